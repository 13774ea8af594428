"""Vietnam's working days: weekends, public holidays with Tết and Giỗ Tổ, swapped days, and the office's own overrides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

import holidays

_DAY = timedelta(days=1)

# Swaps that were announced and that the library does not know: the Friday after New Year 2026 for a Saturday.
_ANNOUNCED = {date(2026, 1, 2): False, date(2026, 1, 10): True}


@lru_cache(maxsize=16)
def _year(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """The public holidays of a year, and the weekend days that are worked in exchange for one."""
    known = holidays.country_holidays("VN", years=year)
    return frozenset(known.keys()), frozenset(known.weekend_workdays)


class WorkCalendar:
    """Says which days are worked. ``overrides`` maps a day to True (worked) or False (off) and wins over everything."""

    def __init__(self, overrides: Mapping[date, bool] | None = None, *, saturdays: bool = False) -> None:
        self._overrides = _ANNOUNCED | dict(overrides or {})
        self._saturdays = saturdays

    def is_working(self, day: date) -> bool:
        if day in self._overrides:
            return self._overrides[day]
        off, swapped = _year(day.year)
        if day in swapped:
            return True
        if day.weekday() == 6 or (day.weekday() == 5 and not self._saturdays):
            return False
        return day not in off

    def on_or_before(self, day: date) -> date:
        """The last working day not after ``day``."""
        while not self.is_working(day):
            day -= _DAY
        return day

    def on_or_after(self, day: date) -> date:
        """The first working day not before ``day``."""
        while not self.is_working(day):
            day += _DAY
        return day

    def before(self, day: date, count: int = 1) -> date:
        """The working day ``count`` working days before ``day`` (which need not be worked itself)."""
        for _ in range(count):
            day = self.on_or_before(day - _DAY)
        return day

    def after(self, day: date, count: int = 1) -> date:
        """The working day ``count`` working days after ``day``."""
        for _ in range(count):
            day = self.on_or_after(day + _DAY)
        return day

    def days_between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and including ``end``; negative when ``end`` lies before ``start``."""
        if end < start:
            return -self.days_between(end, start)
        return sum(self.is_working(start + _DAY * n) for n in range(1, (end - start).days + 1))
