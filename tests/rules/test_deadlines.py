"""What a deadline means in days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.rules.deadlines import BEFORE, ON, Deadline, days_overdue, last_day, safe_day
from dondoc.vietnamese.calendar import WorkCalendar

CALENDAR = WorkCalendar()


@pytest.mark.parametrize(
    ("day", "rule", "safe", "last"),
    [
        (date(2024, 6, 28), BEFORE, date(2024, 6, 27), date(2024, 6, 28)),
        (date(2024, 6, 30), BEFORE, date(2024, 6, 28), date(2024, 6, 30)),  # a Sunday
        (date(2024, 7, 1), BEFORE, date(2024, 6, 28), date(2024, 7, 1)),  # a Monday
        (date(2024, 6, 28), ON, date(2024, 6, 28), date(2024, 6, 28)),
        (date(2024, 6, 30), ON, date(2024, 6, 28), date(2024, 7, 1)),
        (date(2024, 4, 30), ON, date(2024, 4, 26), date(2024, 5, 2)),  # four days of holidays
        (date(2025, 1, 30), BEFORE, date(2025, 1, 24), date(2025, 1, 30)),  # Tết
        (date(2025, 1, 30), ON, date(2025, 1, 24), date(2025, 2, 3)),
    ],
)
def test_the_last_safe_day_and_the_last_day_in_time(day: date, rule: str, safe: date, last: date) -> None:
    deadline = Deadline(day, rule)
    assert (safe_day(deadline, CALENDAR), last_day(deadline, CALENDAR)) == (safe, last)


@pytest.mark.parametrize(
    ("rule", "today", "late"),
    [
        (BEFORE, date(2024, 6, 30), 0),
        (BEFORE, date(2024, 7, 1), 1),
        (BEFORE, date(2024, 7, 5), 5),
        (ON, date(2024, 7, 1), 0),
        (ON, date(2024, 7, 2), 2),  # counted from the written day
    ],
)
def test_calendar_days_overdue_of_a_sunday(rule: str, today: date, late: int) -> None:
    assert days_overdue(Deadline(date(2024, 6, 30), rule), today, CALENDAR) == late


days = st.dates(date(2024, 1, 1), date(2027, 1, 31))
deadlines = st.builds(Deadline, days, st.sampled_from([BEFORE, ON]))


@given(deadline=deadlines)
def test_the_safe_day_is_the_last_working_day_that_is_safe(deadline: Deadline) -> None:
    safe = safe_day(deadline, CALENDAR)
    assert CALENDAR.is_working(safe)
    assert safe < deadline.day if deadline.rule == BEFORE else safe <= deadline.day
    between = [safe + timedelta(days=n) for n in range(1, (deadline.day - safe).days)]
    assert not any(CALENDAR.is_working(day) for day in between)


@given(deadline=deadlines, today=days)
def test_overdue_begins_after_the_last_day_and_grows_by_one_a_day(deadline: Deadline, today: date) -> None:
    late = days_overdue(deadline, today, CALENDAR)
    assert (late > 0) == (today > last_day(deadline, CALENDAR))
    tomorrow = days_overdue(deadline, today + timedelta(days=1), CALENDAR)
    assert tomorrow == late + 1 if late else tomorrow >= 0


@given(deadline=deadlines)
def test_a_deadline_is_never_earlier_than_written(deadline: Deadline) -> None:
    last = last_day(deadline, CALENDAR)
    assert last == deadline.day if deadline.rule == BEFORE else last >= deadline.day
