"""What a deadline means in days.

"trước ngày X" (rule "before"): X is the deadline as written, the last safe day is the working day before X, a
submission on X still counts as on time, overdue begins the day after X; it never rolls forward. "chậm nhất / đến hết /
hạn X" (rule "on"): X is inclusive; if X is a day off people are reminded on the last working day before and overdue
begins only after the next working day (Bộ luật Dân sự 2015, Điều 148 khoản 5).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from dondoc.vietnamese.calendar import WorkCalendar

BEFORE = "before"
ON = "on"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day in the office's zone, the rule that its words give, and an hour if they give one."""

    day: date
    rule: str = ON
    time: time | None = None


def safe_day(deadline: Deadline, calendar: WorkCalendar) -> date:
    """The last working day on which the unit is asked to submit; reminders count to it."""
    if deadline.rule == BEFORE:
        return calendar.before(deadline.day)
    return calendar.on_or_before(deadline.day)


def last_day(deadline: Deadline, calendar: WorkCalendar) -> date:
    """The last day on which a submission still counts as on time."""
    if deadline.rule == BEFORE:
        return deadline.day
    return calendar.on_or_after(deadline.day)


def days_overdue(deadline: Deadline, today: date, calendar: WorkCalendar) -> int:
    """Calendar days overdue as reports count them: from the written day; 0 while it is not overdue."""
    if today <= last_day(deadline, calendar):
        return 0
    return (today - deadline.day).days
