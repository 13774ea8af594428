"""What people have to settle about the units that a directive names, and what their answers make of the names.

A matter is asked once for a directive. What was answered stands with the directive; a name that always means one unit is
remembered in the registry besides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from dondoc.rules.unit_model import Resolution, Unit
from dondoc.rules.unit_nearest import nearest
from dondoc.rules.units import Registry
from dondoc.vietnamese.text import fold

_OF_MANY = re.compile(r"^(?:cac|nhung|toan (?:the|bo)|moi|tat ca|hai|ba|bon|\d+)\b")
_LONGEST_ALIAS = 300


class Doubt(StrEnum):
    """Why a name does not settle which units are meant."""

    UNKNOWN = "unknown"  # the registry has no such name
    AMBIGUOUS = "ambiguous"  # several units have it, or it fits one only nearly
    CLOSED = "closed"  # the unit exists no more
    MEMBERS = "members"  # a group that may or may not hold some units


@dataclass(frozen=True, slots=True)
class Matter:
    """One name, or part of one, that is not settled; ``choices`` are the units to choose from, all of them members of a
    group in doubt, or the successors of a closed unit."""

    doubt: Doubt
    text: str
    choices: tuple[Unit, ...] = ()

    @property
    def key(self) -> str:
        """The same for the same matter in another task of the directive."""
        return f"{self.doubt}:{fold(self.text)}"

    @property
    def is_lasting(self) -> bool:
        """Whether the answer will be the same in the next directive: an unknown name of one unit, or one successor."""
        if len(self.text) > _LONGEST_ALIAS or _OF_MANY.match(fold(self.text)):
            return False
        return self.doubt is Doubt.UNKNOWN or (self.doubt is Doubt.CLOSED and len(self.choices) == 1)


class Verdict(StrEnum):
    UNITS = "units"  # these units are meant; of a group in doubt, perhaps none
    OUTSIDE = "outside"  # none of the registry: the name stays with the task, nobody is assigned
    DROPPED = "dropped"  # nobody is meant: the name is passed over


@dataclass(frozen=True, slots=True)
class Answer:
    """What people said about a matter."""

    verdict: Verdict
    units: tuple[int, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {"verdict": self.verdict.value, "units": list(self.units)}


Answers = Mapping[str, Answer]
NO_ANSWERS: Answers = {}


def answers_from(stored: Mapping[str, Any] | None) -> dict[str, Answer]:
    """The answers as a directive keeps them."""
    units = (stored or {}).get("units") or {}
    return {key: Answer(Verdict(one["verdict"]), tuple(one["units"])) for key, one in units.items()}


def matters_of(name: str, found: Resolution, units: Registry, on: date) -> list[Matter]:
    """What is open about a name, in the order of the text; nothing if it is settled."""
    open_matters: list[Matter] = []
    for part in found.parts:
        text = part.text if len(found.parts) > 1 or found.unread else name
        if part.doubtful:
            open_matters.append(Matter(Doubt.MEMBERS, text, part.doubtful))
        elif part.closed:
            successors = (one for unit in part.closed for one in units.successors_of(unit, on))
            open_matters.append(Matter(Doubt.CLOSED, text, tuple(dict.fromkeys(successors))))
        elif part.candidates:
            open_matters.append(Matter(Doubt.AMBIGUOUS, text, part.candidates))
    # A name of which nothing is known is asked about whole, a list piece by piece.
    pieces = (name,) if found.unknown and len(found.unread) == 1 else found.unread
    open_matters += [_unknown(piece, units, on) for piece in pieces]
    if found.doubtful and not any(matter.doubt is Doubt.MEMBERS for matter in open_matters):
        open_matters.append(Matter(Doubt.MEMBERS, name, found.doubtful))  # "… trừ Đông Hà": which of them is left out
    if not open_matters and not found.units:
        open_matters.append(_unknown(name, units, on))
    return open_matters


def _unknown(text: str, units: Registry, on: date) -> Matter:
    return Matter(Doubt.UNKNOWN, text, tuple(nearest(text, units.units, on)))


@dataclass(frozen=True, slots=True)
class Meant:
    """The units that a list of names means by the registry and the answers, and what is left open."""

    units: tuple[Unit, ...]
    groups: tuple[str, ...]
    unsettled: tuple[str, ...]  # names for which nobody is assigned as yet, or at all
    matters: tuple[Matter, ...]  # those of which nothing was answered


def meant_by(names: Sequence[str], units: Registry, on: date, answers: Answers) -> Meant:
    """Nothing is guessed: what neither the registry nor an answer settles is handed back."""
    meant: dict[int, Unit] = {}
    groups: list[str] = []
    unsettled: list[str] = []
    waiting: list[Matter] = []
    for name in names:
        found = units.resolve(name, on)
        of_name = {unit.id: unit for unit in found.units}
        for matter in matters_of(name, found, units, on):
            answer = answers.get(matter.key)
            if answer is None:
                waiting.append(matter)
            elif answer.verdict is Verdict.UNITS:
                chosen = (units.by_id(one) for one in answer.units)
                of_name.update((unit.id, unit) for unit in chosen if unit is not None)
            if answer is None or answer.verdict is Verdict.OUTSIDE:
                unsettled.append(name)
        meant.update(of_name)
        if found.group and of_name:
            groups.append(f"{found.group} ({len(of_name)})")
    return Meant(tuple(meant.values()), tuple(groups), tuple(dict.fromkeys(unsettled)), tuple(waiting))
