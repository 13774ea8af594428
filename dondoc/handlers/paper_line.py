"""One line of staff for what came on paper: "TH Bình Chánh nộp NV-012 số 45 ngày 26/6"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from dondoc.rules.units import Registry, Unit
from dondoc.vietnamese.text import fold

_CODE = re.compile(r"\bnv[\s-]*0*(\d{1,5})\b", re.IGNORECASE)
_SUBMITTED = re.compile(r"\b(nop|gui|da nop|da gui|bao cao|trinh|den)\b")
_NUMBER = re.compile(r"\bsố\s+([\w/&.\-]+)", re.IGNORECASE)
_DAY = re.compile(r"\b(?:ngày\s+)?(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?")


@dataclass(frozen=True, slots=True)
class PaperLine:
    """Which unit handed in which task, on which day, under which document number."""

    unit: Unit
    code: str
    document: str | None
    arrived: date


def read_paper_line(text: str, units: Registry, now: datetime) -> PaperLine | None:
    """The line, or None if it is no such line: it needs one unit, one task code, and a word for handing in."""
    code = _CODE.search(text)
    if code is None or not _SUBMITTED.search(fold(text)):
        return None
    named = [span for span in units.find(text, now.date()) if len(span.resolution.units) == 1]
    found = {span.resolution.units[0].id: span.resolution.units[0] for span in named}
    if len(found) != 1:
        return None
    number = _NUMBER.search(text)
    arrived = _arrival(text, now.date())
    document = number.group(1).rstrip(".,") if number else None
    return PaperLine(next(iter(found.values())), f"NV-{int(code.group(1)):03d}", document, arrived)


def _arrival(text: str, today: date) -> date:
    """The day that is named, in the past; today if none is."""
    match = _DAY.search(text)
    if match is None:
        return today
    day, month, year = (int(part) if part else None for part in match.groups())
    if day is None or month is None:
        return today
    try:
        named = date(year or today.year, month, day)
    except ValueError:
        return today
    # Without a year a day after today is last year's: what is entered has already come.
    return named.replace(year=named.year - 1) if year is None and named > today else named
