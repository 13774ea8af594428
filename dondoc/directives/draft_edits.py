"""What staff may change in a draft before approval, as values; ``draft_words`` reads them, ``draft_desk`` does them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Literal

from dondoc.directives.drafts import TaskClass
from dondoc.directives.reasons import Reason


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it is reviewed: the columns of a task that staff may change. ``dropped`` drafts are assigned to nobody.

    ``lead`` and ``cooperate`` are names as written, each of which the registry reads; ``deadline_text`` stays the
    source's words whatever day staff set.
    """

    content: str
    quote: str
    task_class: TaskClass = "standing"
    section: str | None = None
    page: int | None = None
    deadline: date | None = None
    deadline_rule: str | None = None
    deadline_time: time | None = None
    deadline_text: str | None = None
    lead: tuple[str, ...] = ()
    cooperate: tuple[str, ...] = ()
    report_to: str | None = None
    report_via: str | None = None
    urgent: bool = False
    confidence: float | None = None
    why: tuple[Reason, ...] = ()
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class SetDeadline:
    """``words`` as typed. ``day`` is None where they name none, or several.

    ``far``: the next such day is nearly a year ahead; ``whole``: the words say nothing but the day.
    """

    words: str
    day: date | None = None
    rule: str | None = None
    time: time | None = None
    urgent: bool = False
    far: bool = False
    whole: bool = True


@dataclass(frozen=True, slots=True)
class ClearDeadline:
    """Without a deadline: then it is a task with a product at most."""


@dataclass(frozen=True, slots=True)
class AddLead:
    """Give it to these units as well."""

    names: str


@dataclass(frozen=True, slots=True)
class SetLead:
    """Give it to these units and nobody else."""

    names: str


@dataclass(frozen=True, slots=True)
class RemoveUnits:
    """Take these units out, whether they lead or cooperate."""

    names: str


@dataclass(frozen=True, slots=True)
class AddCooperate:
    names: str


@dataclass(frozen=True, slots=True)
class SetCooperate:
    """These units cooperate; nobody does if ``names`` is empty."""

    names: str


@dataclass(frozen=True, slots=True)
class SetContent:
    text: str


@dataclass(frozen=True, slots=True)
class SetTo:
    """Who receives the result; nobody in particular if ``name`` is empty."""

    name: str


@dataclass(frozen=True, slots=True)
class SetVia:
    """Through whom the result goes; directly if ``name`` is empty."""

    name: str


@dataclass(frozen=True, slots=True)
class SetClass:
    task_class: TaskClass


@dataclass(frozen=True, slots=True)
class SetUrgent:
    urgent: bool


@dataclass(frozen=True, slots=True)
class Drop:
    """Assign it to nobody: it is no task, or (``untracked``) one that the office does not follow up."""

    untracked: bool = False


@dataclass(frozen=True, slots=True)
class Merge:
    """Make one draft of the ones meant and these; it keeps the smallest number."""

    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Split:
    """Make several of it: before the words ``at``, or if that is empty where its sentences and clauses part."""

    at: str = ""


@dataclass(frozen=True, slots=True)
class Agree:
    """Staff have looked at it and leave it as it is."""


Edit = (
    SetDeadline
    | ClearDeadline
    | AddLead
    | SetLead
    | RemoveUnits
    | AddCooperate
    | SetCooperate
    | SetContent
    | SetTo
    | SetVia
    | SetClass
    | SetUrgent
    | Drop
    | Merge
    | Split
    | Agree
)

Wish = Literal["show", "next", "undo", "approve", "help"]
"""What is no change: see drafts, go on to the next one, take the last step back, approve, hear what can be said."""


@dataclass(frozen=True, slots=True)
class Order:
    """One thing said: an edit or a wish, and about which drafts.

    ``numbers`` as typed; ``everything`` for all of them; ``others`` for all that the same message does not name. With
    none of these the draft just shown is meant.
    """

    what: Edit | Wish
    numbers: tuple[int, ...] = ()
    everything: bool = False
    others: bool = False

    @property
    def named(self) -> bool:
        """Whether the words themselves say which drafts are meant."""
        return bool(self.numbers) or self.everything or self.others


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question: what it stands for, and the words for it where they are a name or a quotation."""

    value: Any
    label: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What has to be known before anything is changed. The answer is given back under ``key``.

    ``kind``: unknown, ambiguous, closed, members (units: see ``rules.unit_matters``), receiver, day_missing, day_past,
    day_far, merge_deadline, merge_report_to, merge_report_via, split. ``words`` is what the question is about.
    """

    kind: str
    words: str
    key: str
    options: tuple[Option, ...] = ()


class Unsettled(Exception):
    """An order leaves something open; nothing of it was done."""

    def __init__(self, question: Question) -> None:
        super().__init__(question.kind)
        self.question = question


class Refused(Exception):
    """An order that makes no sense for these drafts; nothing of it was done.

    ``code``: no_draft, which_draft, alone, nothing_to_split, words_not_found, not_there.
    """

    def __init__(self, code: str, words: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.words = words


Answered = Mapping[str, Any]
"""Answers to questions by their keys; plain JSON, so that they can wait for the next one."""
