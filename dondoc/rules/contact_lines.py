"""Lines of staff about a unit's people: who hands over to whom, and who stands in for how long."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dondoc.vietnamese.deadline_dates import find_dates, line_of
from dondoc.vietnamese.text import nfc

_PHONE = re.compile(r"\+?\d[\d .]{7,14}\d")
_ARROW = re.compile(r"\s*(?:->|→|=>)\s*")
_UNTIL = re.compile(r"\b(từ|tu|từ ngày|tu ngay)\b.*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Handover:
    """ "TH Hoa Sen: Lê Thu Hường → Đào Bích Liên, Hiệu trưởng, 0900000099". ``gone`` is empty for the first contact."""

    unit: str
    gone: str
    name: str
    title: str
    phone: str


@dataclass(frozen=True, slots=True)
class StandIn:
    """ "TH Hoa Sen: Vũ Hoài Nam từ 01/7 đến 15/7": both days count. ``absent`` is empty for the first contact."""

    unit: str
    absent: str
    name: str
    first_day: date
    last_day: date


def read_handover(text: str) -> Handover | None:
    """None if the line does not name a unit and, behind a colon, a person."""
    unit, gone, rest = _parts(text)
    phone = _PHONE.search(rest)
    if phone:
        rest = rest[: phone.start()] + rest[phone.end() :]
    name, _, title = rest.strip(" ,;").partition(",")
    if not unit or not name.strip():
        return None
    number = phone[0].replace(" ", "").replace(".", "") if phone else ""
    return Handover(unit, gone, " ".join(name.split())[:200], " ".join(title.strip(" ,;").split())[:200], number)


def read_stand_in(text: str, today: date) -> StandIn | None:
    """None if the line does not name a unit, a person and two days in order."""
    unit, absent, rest = _parts(text)
    found = _UNTIL.search(rest)
    if not unit or found is None:
        return None
    name = " ".join(rest[: found.start()].strip(" ,;").split())
    days = [written.day for written in find_dates(line_of(found[0]), today)]
    if not name or len(days) != 2 or days[1] < days[0]:
        return None
    return StandIn(unit, absent, name, days[0], days[1])


def _parts(text: str) -> tuple[str, str, str]:
    """The unit, who was before, and the rest."""
    unit, _, rest = nfc(text).partition(":")
    before, arrow, after = rest, "", ""
    if found := _ARROW.search(rest):
        before, arrow, after = rest[: found.start()], found[0], rest[found.end() :]
    return " ".join(unit.split()), " ".join(before.split()) if arrow else "", (after if arrow else before).strip()
