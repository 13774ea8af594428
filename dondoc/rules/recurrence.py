"""Days that come again, as the simple RFC 5545 rules that the words of an office give.

FREQ=DAILY; FREQ=WEEKLY;BYDAY=FR; FREQ=MONTHLY;BYMONTHDAY=20; FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15 (-1: last day).
"""

from __future__ import annotations

from datetime import date, timedelta

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# The longest that a rule of these kinds leaves between two days: 29 February over a century's end.
_LONGEST = 366 * 8 + 3


def first_day(rule: str, since: date) -> date | None:
    """The first day on or after ``since`` that the rule gives; None if it fixes no day.

    A month without the day (31 in June) has none, as RFC 5545 says.
    """
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    frequency = parts.get("FREQ")
    weekdays = {_DAYS.index(day) for day in parts.get("BYDAY", "").split(",") if day in _DAYS}
    months = {int(month) for month in parts.get("BYMONTH", "").split(",") if month}
    days = {int(day) for day in parts.get("BYMONTHDAY", "").split(",") if day}
    if not (
        frequency == "DAILY" or (frequency == "WEEKLY" and weekdays) or (frequency in {"MONTHLY", "YEARLY"} and days)
    ):
        return None
    for ahead in range(_LONGEST):
        day = since + timedelta(days=ahead)
        if weekdays and day.weekday() not in weekdays:
            continue
        if months and day.month not in months:
            continue
        last = (day + timedelta(days=1)).month != day.month
        if days and day.day not in days and not (last and -1 in days):
            continue
        return day
    return None
