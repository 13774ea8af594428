"""Results that go through a unit on the way: whether it has a day left after the units that report through it.

A via-unit checks, chases and consolidates; it needs days of its own after theirs (Nghị định 09/2019/NĐ-CP leaves at least
one working day for every level). Where a directive leaves none, staff may set the units an earlier day within the office.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dondoc.rules.deadlines import Deadline, safe_day
from dondoc.rules.units import Registry
from dondoc.vietnamese.calendar import WorkCalendar

DAYS_TO_CONSOLIDATE = 2
"""Working days that are offered to a via-unit; one where two are not left."""


@dataclass(frozen=True, slots=True)
class Leg:
    """A task on its way: its number, the units that do it, the unit it goes through, its deadline, and whether it is itself
    the consolidating of what others report."""

    number: int
    lead: frozenset[int]
    via: int | None
    deadline: Deadline | None
    collects: bool


@dataclass(frozen=True, slots=True)
class TightRoute:
    """A via-unit without a day after the tasks of these numbers. ``until`` is the last safe day of the via-unit itself;
    ``offer`` the day that could be set for its units, None where it is too late for any."""

    via: int
    name: str
    numbers: tuple[int, ...]
    until: date
    offer: date | None


def tight_routes(legs: Sequence[Leg], today: date, calendar: WorkCalendar, units: Registry) -> tuple[TightRoute, ...]:
    """The via-units that would have to pass on what they receive on the very day on which it is due to them."""
    found: dict[tuple[int, date], list[int]] = {}
    for leg in legs:
        if leg.via is None or leg.deadline is None or leg.lead <= {leg.via}:
            continue
        own = [safe_day(other.deadline, calendar) for other in legs if _consolidates(other, leg) and other.deadline]
        due = safe_day(leg.deadline, calendar)
        until = min(own, default=due)
        if until <= due:
            found.setdefault((leg.via, until), []).append(leg.number)
    routes = []
    for (via, until), numbers in found.items():
        unit = units.by_id(via)
        if unit is not None:
            routes.append(TightRoute(via, unit.name, tuple(sorted(numbers)), until, _offer(until, today, calendar)))
    return tuple(routes)


def _consolidates(other: Leg, leg: Leg) -> bool:
    """Whether a task of the via-unit is to put together what this one reports."""
    return other is not leg and leg.via in other.lead and other.collects


def _offer(until: date, today: date, calendar: WorkCalendar) -> date | None:
    for days in range(DAYS_TO_CONSOLIDATE, 0, -1):
        day = calendar.before(until, days)
        if day > today:
            return day
    return None
