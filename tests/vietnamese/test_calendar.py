"""Vietnam's working days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.vietnamese.calendar import WorkCalendar

CALENDAR = WorkCalendar()


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2024, 1, 1), "New Year"),
        (date(2024, 2, 9), "Tết's eve"),
        (date(2024, 2, 14), "Tết, fifth day"),
        (date(2025, 1, 27), "Tết begins on a Monday"),
        (date(2026, 2, 17), "Tết, first day"),
        (date(2024, 4, 18), "Giỗ Tổ"),
        (date(2025, 4, 7), "Giỗ Tổ"),
        (date(2024, 4, 29), "swapped for a Saturday"),
        (date(2026, 1, 2), "swapped for a Saturday"),
        (date(2024, 4, 30), "30/4"),
        (date(2024, 5, 1), "1/5"),
        (date(2024, 9, 3), "National Day, second day"),
        (date(2026, 11, 24), "from 2026"),
        (date(2024, 6, 22), "Saturday"),
        (date(2024, 6, 23), "Sunday"),
    ],
)
def test_days_off(day: date, why: str) -> None:
    assert not CALENDAR.is_working(day), why


@pytest.mark.parametrize("day", [date(2024, 5, 4), date(2026, 1, 10)])
def test_saturdays_worked_for_a_day_off(day: date) -> None:
    assert day.weekday() == 5
    assert CALENDAR.is_working(day)
    assert not WorkCalendar({day: False}).is_working(day)


@pytest.mark.parametrize(
    "day", [date(2024, 6, 19), date(2025, 1, 24), date(2025, 2, 3), date(2025, 11, 24), date(2024, 11, 25)]
)
def test_ordinary_days(day: date) -> None:
    assert CALENDAR.is_working(day)


def test_the_offices_own_days_win_over_everything() -> None:
    calendar = WorkCalendar({date(2024, 6, 23): True, date(2024, 4, 30): True, date(2024, 6, 19): False})
    assert calendar.is_working(date(2024, 6, 23))
    assert calendar.is_working(date(2024, 4, 30))
    assert not calendar.is_working(date(2024, 6, 19))


def test_offices_that_work_on_saturdays() -> None:
    calendar = WorkCalendar(saturdays=True)
    assert calendar.is_working(date(2024, 6, 22))
    assert not calendar.is_working(date(2024, 6, 23))
    assert not calendar.is_working(date(2025, 2, 1)), "Tết on a Saturday"


def test_steps_over_tet() -> None:
    assert CALENDAR.before(date(2025, 2, 3)) == date(2025, 1, 24)
    assert CALENDAR.after(date(2025, 1, 24)) == date(2025, 2, 3)
    assert CALENDAR.days_between(date(2025, 1, 24), date(2025, 2, 4)) == 2


days = st.dates(date(2023, 1, 1), date(2027, 12, 1))
calendars = st.builds(WorkCalendar, st.dictionaries(days, st.booleans(), max_size=20), saturdays=st.booleans())


@given(calendars, days)
def test_the_nearest_working_days(calendar: WorkCalendar, day: date) -> None:
    earlier, later = calendar.on_or_before(day), calendar.on_or_after(day)
    assert earlier <= day <= later
    assert calendar.is_working(earlier)
    assert calendar.is_working(later)
    assert (earlier == day == later) == calendar.is_working(day)
    between = [earlier + timedelta(days=n) for n in range(1, (later - earlier).days)]
    assert not any(calendar.is_working(one) for one in between)


@given(calendars, days, st.integers(0, 30))
def test_as_far_forward_as_back(calendar: WorkCalendar, day: date, count: int) -> None:
    start = calendar.on_or_after(day)
    assert calendar.before(calendar.after(start, count), count) == start
    assert calendar.days_between(start, calendar.after(start, count)) == count
    assert calendar.days_between(calendar.before(start, count), start) == count


@given(calendars, days, st.integers(-60, 60), st.integers(-60, 60))
def test_distances_add_up(calendar: WorkCalendar, day: date, first: int, second: int) -> None:
    middle, end = day + timedelta(days=first), day + timedelta(days=first + second)
    assert calendar.days_between(day, middle) == -calendar.days_between(middle, day)
    assert calendar.days_between(day, middle) + calendar.days_between(middle, end) == calendar.days_between(day, end)
