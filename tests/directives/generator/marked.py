"""A generated directive and what a clerk would enter from it; marks in the text keep the two together.

While a text is being written and damaged, letters of the private use area stand before and after the words of each task
and of each sentence that is none. They are taken out last, so that what is expected speaks of the text as it came to be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, time

_TASK, _DECOY, _END = 0xE100, 0xE200, "\ue000"
_MARKED = re.compile(r"[\ue000\ue100-\ue2ff]")


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is due, in words and in what they mean."""

    words: str
    day: date | None = None
    rule: str | None = None
    time: time | None = None
    recurrence: tuple[str, ...] = ()
    recurrence_rule: str | None = None
    relative: bool = False
    family: str = ""

    @property
    def firm(self) -> bool:
        return self.day is not None or self.recurrence_rule is not None


NEVER = Moment("")


@dataclass(frozen=True, slots=True)
class ExpectedTask:
    """One task. ``snippet`` is set when the text is finished; an ``optional`` one may be read or left out."""

    lead: tuple[str, ...] = ()
    cooperate: tuple[str, ...] = ()
    moment: Moment = NEVER
    report_to: str | None = None
    report_via: str | None = None
    section: str | None = None
    optional: bool = False
    snippet: str = ""
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class ExpectedHead:
    """Head and foot as they were written; None is not asked for."""

    kind: str
    number: str | None
    issuer: str
    place: str
    issued_on: date | None
    subject: str
    signer: str


@dataclass(frozen=True, slots=True)
class Generated:
    """A directive with its answers. ``damage`` names what was done to it, nothing for a clean text."""

    text: str
    head: ExpectedHead
    tasks: tuple[ExpectedTask, ...]
    not_tasks: tuple[str, ...]
    not_deadlines: frozenset[date]
    damage: tuple[str, ...] = ()


@dataclass(slots=True)
class Answers:
    """The tasks and decoys of a text that is still being written."""

    tasks: list[ExpectedTask] = field(default_factory=list)
    decoys: int = 0
    not_deadlines: set[date] = field(default_factory=set)

    def task(self, words: str, expected: ExpectedTask) -> str:
        """The words, marked as those of a task."""
        self.tasks.append(expected)
        return f"{chr(_TASK + len(self.tasks) - 1)}{words}{_END}"

    def decoy(self, words: str) -> str:
        """The words, marked as none of a task."""
        self.decoys += 1
        return f"{chr(_DECOY + self.decoys - 1)}{words}{_END}"


def unmarked(text: str) -> str:
    return _MARKED.sub("", text)


def marked_words(text: str, mark: int) -> str:
    """What stands between a mark and the next end."""
    start = text.index(chr(mark))
    return unmarked(text[start : text.index(_END, start)])


def finished(text: str, head: ExpectedHead, answers: Answers, damage: tuple[str, ...]) -> Generated:
    """The text without its marks, each task with the words that it has there."""
    from dataclasses import replace

    tasks = [replace(task, snippet=marked_words(text, _TASK + index)) for index, task in enumerate(answers.tasks)]
    order = sorted(range(len(tasks)), key=lambda index: text.index(chr(_TASK + index)))
    decoys = tuple(marked_words(text, _DECOY + index) for index in range(answers.decoys))
    due = {task.moment.day for task in tasks if task.moment.day}
    return Generated(
        unmarked(text),
        head,
        tuple(tasks[index] for index in order),
        decoys,
        frozenset(answers.not_deadlines - due),
        damage,
    )
