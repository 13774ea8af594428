"""The ladder of reminders: on which days an assignment is due for a word.

Working days before the last safe day: 7, 3, 1 and 0; "X" on the morning of the date in "trước ngày X"; working days
overdue: +1, +3, +5. No rung falls on a day off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dondoc.rules.deadlines import BEFORE, Deadline, last_day, safe_day
from dondoc.vietnamese.calendar import WorkCalendar

BEFORE_RUNGS = (7, 3, 1, 0)
OVERDUE_RUNGS = (1, 3, 5)
ON_THE_DAY = "X"
PROMISE = "hen"
SUPPLEMENT = "bosung"
SNOOZE = "nhaclai"


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: its name ("7" … "0", "X", "+1" …) and its day."""

    name: str
    day: date


def ladder(
    deadline: Deadline,
    calendar: WorkCalendar,
    *,
    before: Sequence[int] = BEFORE_RUNGS,
    overdue: Sequence[int] = OVERDUE_RUNGS,
) -> list[Rung]:
    """All rungs of a deadline in the order of their days."""
    safe = safe_day(deadline, calendar)
    rungs = [Rung(str(n), calendar.before(safe, n)) for n in sorted(before, reverse=True)]
    if deadline.rule == BEFORE and calendar.is_working(deadline.day):
        rungs.append(Rung(ON_THE_DAY, deadline.day))
    end = last_day(deadline, calendar)
    rungs.extend(Rung(f"+{n}", calendar.after(end, n)) for n in sorted(overdue))
    return rungs


def due_rung(rungs: Sequence[Rung], after: date, today: date) -> Rung | None:
    """The rung to speak of now: the last one later than ``after`` and not later than ``today``.

    Rungs that were slept through during a downtime are so merged into one.
    """
    due = [rung for rung in rungs if after < rung.day <= today]
    return due[-1] if due else None


HOURS_BEFORE = (3, 1, 0)


def hour_rungs(deadline: Deadline, now: datetime, *, hours: Sequence[int] = HOURS_BEFORE) -> list[datetime]:
    """When an urgent assignment with an hour is spoken of: hours before it, and at it; what is over by ``now`` is left out.

    Only on the day of the deadline: whatever falls on the day before is the day ladder's.
    """
    if deadline.time is None:
        return []
    end = datetime.combine(deadline.day, deadline.time, now.tzinfo)
    moments = (end - timedelta(hours=number) for number in sorted(hours, reverse=True))
    return [moment for moment in moments if moment > now and moment.date() == deadline.day]
