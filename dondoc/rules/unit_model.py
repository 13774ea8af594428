"""A unit of the registry and what a name in a text may turn out to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as the registry holds it.

    ``kind`` is a value of ``Kind``; ``parent`` the name or code of the upper unit as written; ``valid_from`` and ``valid_to``
    its first and last day, None where open; ``successors`` the ids of the units that took over when it ended.
    """

    id: int
    code: str
    name: str
    kind: str
    parent: str | None = None
    short_name: str = ""
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[int, ...] = ()

    def is_valid(self, on: date) -> bool:
        """Whether the unit exists on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a text that names units means. Nothing in it is guessed: what is not in ``units`` has to be asked.

    - ``units``: named for certain, in the order of the text, a group's members in the order of the registry;
    - ``group``: the canonical name if the text is one group (of several: their names joined by "; ");
    - ``candidates``: units that an ambiguous or inexact name may mean;
    - ``doubtful``: units which the group may or may not hold (a TH&THCS school and "các trường tiểu học");
    - ``excluded``: left out by rule or by "trừ …"; to be shown, not to be asked;
    - ``closed``: named singly but not existing on the day;
    - ``unread``: the parts of the text that name nothing known; ``unknown``: nothing at all was recognised;
    - ``parts``: the same for each of the names in the text, where it is a list;
    - ``notes``: "other_locality" (another district is named), "vague" ("các cơ quan, đơn vị có liên quan").
    """

    text: str
    units: tuple[Unit, ...] = ()
    group: str | None = None
    candidates: tuple[Unit, ...] = ()
    doubtful: tuple[Unit, ...] = ()
    excluded: tuple[Unit, ...] = ()
    closed: tuple[Unit, ...] = ()
    unread: tuple[str, ...] = ()
    unknown: bool = False
    notes: tuple[str, ...] = ()
    parts: tuple[Resolution, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to ask."""
        return bool(self.units) and not (self.candidates or self.doubtful or self.closed or self.unread)


@dataclass(frozen=True, slots=True)
class UnitSpan:
    """A unit or a group named inside a text. ``start`` and ``end`` count in the composed (NFC) text.

    ``weak`` says that only the place makes it a unit ("Bình Chánh", "nội vụ"): it may be an ordinary word of the sentence.
    """

    start: int
    end: int
    text: str
    resolution: Resolution
    weak: bool = False
    is_group: bool = False
