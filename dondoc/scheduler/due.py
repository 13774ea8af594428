"""What is due for a word: the ladder is worked out once for each deadline there can be, and the database only compares."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from operator import attrgetter

from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.rules.deadlines import BEFORE, ON, Deadline, safe_day
from dondoc.rules.ladder import BEFORE_RUNGS, PROMISE, due_rung, ladder
from dondoc.storage import planning
from dondoc.storage.planning import DueRow, Standing
from dondoc.vietnamese.calendar import WorkCalendar

# Rungs lie within these bounds around a deadline, also over Tết.
_REACH = timedelta(days=40)
_AHEAD = frozenset(str(days) for days in BEFORE_RUNGS if days)


async def due_rows(
    tx: AsyncConnection, after: date, today: date, calendar: WorkCalendar, zone: tzinfo | None
) -> list[DueRow]:
    """Everything with a rung in (after, today], most urgent first.

    Rungs until the day on which the unit was told of the deadline are replaced by what it was told: the assignment
    notice, a granted extension, a demanded supplement.
    """
    standing = list(_standing(after, today, calendar, zone))
    rows = await planning.standing_by_deadline(tx, standing)
    found = {row.assignment_id: row for row in rows if not _waits_for_promise(row, today)}
    demands = [one for one in standing if one.rule == ON]
    found.update((row.assignment_id, row) for row in await planning.standing_by_demand(tx, demands))
    for row in await planning.promised(tx, after, today, PROMISE):
        ladder_says = found.get(row.assignment_id)
        # A promise that is due is what the next reminder is about, unless the deadline itself has come.
        if ladder_says is None or ladder_says.rung in _AHEAD:
            found[row.assignment_id] = row
    return sorted(found.values(), key=attrgetter("due_on", "code"))


def _standing(after: date, today: date, calendar: WorkCalendar, zone: tzinfo | None) -> Iterator[Standing]:
    """Each deadline there can be that has a rung in (after, today], with that rung."""
    day = min(after, today) - _REACH
    while day <= today + _REACH:
        for rule in (ON, BEFORE):
            deadline = Deadline(day, rule)
            rung = due_rung(ladder(deadline, calendar), after, today)
            if rung is not None:
                began = datetime.combine(rung.day, time(), zone)
                yield Standing(day, rule, rung.name, began, safe_day(deadline, calendar))
        day += timedelta(days=1)


def _waits_for_promise(row: DueRow, today: date) -> bool:
    """A promise of a day before the last safe day is taken at its word: nothing is said before that day."""
    if row.promised_on is None or row.safe_day is None:
        return False
    return today < row.promised_on <= row.safe_day
