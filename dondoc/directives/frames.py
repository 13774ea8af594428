"""What a heading or an announcement sets for the blocks below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dondoc.vietnamese.deadlines import DeadlinePhrase

Zone = Literal["duties", "outline", "none"]
"""Under "duties" every item is one unless it only tells; under "outline" and "none" only what is asked for expressly."""


@dataclass(frozen=True, slots=True)
class Frame:
    """``firm``: the zone was said expressly, so that no vaguer title below changes it. The rest as in ``Context``."""

    level: float
    mark: str
    zone: Zone
    firm: bool = False
    units: tuple[str, ...] = ()
    source: str = ""
    deadline: DeadlinePhrase | None = None
    origin: str = ""
    deadline_origin: str = ""


NO_FRAME = Frame(-1, "", "none")
