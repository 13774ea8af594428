"""The difference between two versions of a directive, duty by duty: what is new, what changed and in what, what is gone.

Pure: it compares what two texts say. What follows for units and deadlines is for others to decide.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from dondoc.directives.drafts import TaskDraft
from dondoc.directives.identity import letters
from dondoc.rules.unit_words import key_of
from dondoc.vietnamese.text import fold

Field = Literal["content", "deadline", "lead", "cooperate", "report"]

_ALIKE = 0.55
_SAME_SECTION = 0.08
_WORD = re.compile(r"[a-z0-9]+")
_DIGITS = re.compile(r"\d[\d/.:-]*")


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty as a text states it; see ``TaskDraft``. ``ref`` is whatever the caller knows it by."""

    ref: int
    content: str
    quote: str
    section: str | None
    lead: tuple[str, ...]
    cooperate: tuple[str, ...]
    deadline: date | None
    rule: str | None
    time: time | None
    report_to: str | None
    report_via: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One duty in both versions, and in what they differ."""

    before: Duty
    after: Duty
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What the second version adds to the first, changes in it, and no longer holds; ``kept`` is as it was."""

    added: tuple[Duty, ...] = ()
    changed: tuple[Change, ...] = ()
    removed: tuple[Duty, ...] = ()
    kept: tuple[tuple[Duty, Duty], ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.removed)


def duty_of(ref: int, task: TaskDraft) -> Duty:
    """A duty as it was read."""
    return Duty(
        ref=ref,
        content=task.content,
        quote=task.quote,
        section=task.section,
        lead=task.lead,
        cooperate=task.cooperate,
        deadline=task.deadline,
        rule=task.deadline_rule if task.deadline else None,
        time=task.time if task.deadline else None,
        report_to=task.report_to,
        report_via=task.report_via,
    )


def compare(before: Sequence[Duty], after: Sequence[Duty], *, alike: float = _ALIKE) -> Difference:
    """Pair the duties of two versions, surest pairs first, and say how each pair differs.

    ``alike`` (0 to 1) is how much of their words two duties must share to be taken for one.
    """
    pairs: dict[int, int] = {}
    _pair_exact(before, after, pairs, lambda duty: (letters(duty.content), duty.lead, duty.deadline))
    _pair_exact(before, after, pairs, lambda duty: (letters(duty.content), duty.section))
    _pair_exact(before, after, pairs, lambda duty: letters(duty.content))
    _pair_alike(before, after, pairs, alike)
    taken = set(pairs.values())
    changed: list[Change] = []
    kept: list[tuple[Duty, Duty]] = []
    for place, other in sorted(pairs.items()):
        fields = differing(before[place], after[other])
        if fields:
            changed.append(Change(before[place], after[other], fields))
        else:
            kept.append((before[place], after[other]))
    return Difference(
        added=tuple(duty for place, duty in enumerate(after) if place not in taken),
        changed=tuple(changed),
        removed=tuple(duty for place, duty in enumerate(before) if place not in pairs),
        kept=tuple(kept),
    )


def differing(before: Duty, after: Duty) -> tuple[Field, ...]:
    """In what two statements of one duty differ."""
    apart: dict[Field, bool] = {
        "content": letters(before.content) != letters(after.content),
        "deadline": (before.deadline, before.rule, before.time) != (after.deadline, after.rule, after.time),
        "lead": _names(before.lead) != _names(after.lead),
        "cooperate": _names(before.cooperate) != _names(after.cooperate),
        "report": _names((before.report_to or "", before.report_via or ""))
        != _names((after.report_to or "", after.report_via or "")),
    }
    return tuple(name for name, differs in apart.items() if differs)


def likeness(first: Duty, second: Duty) -> float:
    """How much of their words two duties share, from 0 to 1; days and figures do not count."""
    shared = 0.6 * _dice(_words(first.content), _words(second.content))
    shared += 0.4 * _dice(_words(first.quote), _words(second.quote))
    same_section = first.section is not None and first.section == second.section
    return min(1.0, shared + _SAME_SECTION * same_section)


def _names(names: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(key_of(name) for name in names)


def _pair_exact(
    before: Sequence[Duty], after: Sequence[Duty], pairs: dict[int, int], key: Callable[[Duty], object]
) -> None:
    """Pair in order what has the same key; duties that say the same twice stay apart."""
    free: dict[object, list[int]] = {}
    taken = set(pairs.values())
    for place, duty in enumerate(after):
        if place not in taken:
            free.setdefault(key(duty), []).append(place)
    for place, duty in enumerate(before):
        if place not in pairs and free.get(key(duty)):
            pairs[place] = free[key(duty)].pop(0)


def _pair_alike(before: Sequence[Duty], after: Sequence[Duty], pairs: dict[int, int], alike: float) -> None:
    taken = set(pairs.values())
    scores = [
        (likeness(old, new), -abs(place - other), place, other)
        for place, old in enumerate(before)
        if place not in pairs
        for other, new in enumerate(after)
        if other not in taken
    ]
    for score, _, place, other in sorted(scores, reverse=True):
        if score >= alike and place not in pairs and other not in taken:
            pairs[place] = other
            taken.add(other)


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(_DIGITS.sub(" ", fold(text))))


def _dice(first: Counter[str], second: Counter[str]) -> float:
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 1.0
