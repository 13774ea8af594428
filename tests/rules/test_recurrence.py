"""Days that come again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.rules.recurrence import first_day


@pytest.mark.parametrize(
    ("rule", "since", "day"),
    [
        ("FREQ=WEEKLY;BYDAY=FR", date(2024, 10, 9), date(2024, 10, 11)),
        ("FREQ=WEEKLY;BYDAY=WE", date(2024, 10, 9), date(2024, 10, 9)),
        ("FREQ=MONTHLY;BYMONTHDAY=20", date(2024, 10, 21), date(2024, 11, 20)),
        ("FREQ=MONTHLY;BYMONTHDAY=31", date(2024, 11, 1), date(2024, 12, 31)),
        ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15", date(2024, 10, 9), date(2024, 12, 15)),
        ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1", date(2024, 7, 1), date(2025, 6, 30)),
        ("FREQ=DAILY", date(2024, 10, 9), date(2024, 10, 9)),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", date(2024, 3, 1), date(2028, 2, 29)),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", date(2024, 3, 1), None),
        ("FREQ=MONTHLY", date(2024, 10, 9), None),
        ("", date(2024, 10, 9), None),
    ],
)
def test_the_first_such_day(rule: str, since: date, day: date | None) -> None:
    assert first_day(rule, since) == day


@given(st.integers(1, 28), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_every_month_has_its_day(number: int, since: date) -> None:
    day = first_day(f"FREQ=MONTHLY;BYMONTHDAY={number}", since)
    assert day is not None
    assert day.day == number
    assert 0 <= (day - since).days <= 31
