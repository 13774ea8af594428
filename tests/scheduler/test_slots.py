"""The slots of a working day, asked by the office's clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.scheduler.slots import MORNING, SLOTS, DueSlot, Slot, due, opening, upcoming
from dondoc.vietnamese.calendar import WorkCalendar
from tests.support.offices import ZONE

CALENDAR = WorkCalendar()


def at(text: str) -> datetime:
    """ "2024-06-19 08:00" in Vietnam."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2024-06-19 07:00", "2024-06-19 08:00"),
        ("2024-06-19 07:59:59", "2024-06-19 08:00"),
        ("2024-06-19 08:00", "2024-06-20 08:00"),
        ("2024-06-21 08:00", "2024-06-24 08:00"),  # over the weekend
        ("2024-04-26 08:00", "2024-05-02 08:00"),  # over the holidays of 29/4 to 01/5
        ("2025-01-24 08:00", "2025-02-03 08:00"),  # over Tết
        ("2024-09-01 23:00", "2024-09-04 08:00"),  # over the National Day
    ],
)
def test_the_morning_slot_comes_on_working_days(moment: str, expected: str) -> None:
    assert MORNING.next_after(at(moment), CALENDAR, ZONE) == at(expected)


def test_the_offices_own_days_count() -> None:
    calendar = WorkCalendar({date(2024, 6, 20): False, date(2024, 6, 22): True})
    assert MORNING.next_after(at("2024-06-19 08:00"), calendar, ZONE) == at("2024-06-21 08:00")
    assert MORNING.next_after(at("2024-06-21 08:00"), calendar, ZONE) == at("2024-06-22 08:00")


def test_the_day_goes_from_the_preview_to_the_afternoon() -> None:
    moment, seen = at("2024-06-19 00:00"), []
    for _ in range(5):
        slot, moment = upcoming(moment, CALENDAR, ZONE)
        seen.append((slot.name, f"{moment:%d %H:%M}"))
    assert seen == [
        ("preview", "19 07:00"),
        ("digest", "19 07:30"),
        ("morning", "19 08:00"),
        ("afternoon", "19 14:00"),
        ("preview", "20 07:00"),
    ]


def test_a_slot_is_due_from_its_second_on_and_once() -> None:
    since = at("2024-06-18 08:00")
    assert due(MORNING, since, at("2024-06-19 07:59:59"), CALENDAR, ZONE) is None
    found = due(MORNING, since, at("2024-06-19 08:00"), CALENDAR, ZONE)
    assert found == DueSlot(MORNING, at("2024-06-19 08:00"), since)
    assert due(MORNING, found.at, at("2024-06-19 08:00:01"), CALENDAR, ZONE) is None


@pytest.mark.parametrize(
    ("since", "now", "expected"),
    [
        ("2024-06-12 08:00", "2024-06-19 09:00", "2024-06-19 08:00"),  # a week without the program
        ("2024-06-12 08:00", "2024-06-23 09:00", "2024-06-21 08:00"),  # back on a Sunday
        ("2025-01-23 08:00", "2025-02-03 08:00", "2025-02-03 08:00"),  # off over Tết
        ("2025-01-23 08:00", "2025-01-31 12:00", "2025-01-24 08:00"),  # back in the middle of Tết
        ("2023-06-19 08:00", "2024-06-19 07:00", "2024-06-18 08:00"),  # a year
    ],
)
def test_missed_slots_are_merged_into_the_last(since: str, now: str, expected: str) -> None:
    found = due(MORNING, at(since), at(now), CALENDAR, ZONE)
    assert found is not None
    assert (found.at, found.since) == (at(expected), at(since))


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2024-06-19 06:59", "2024-06-19 08:00"),
        ("2024-06-19 07:00", "2024-06-19 07:00"),
        ("2024-06-19 16:59:59", "2024-06-19 16:59:59"),
        ("2024-06-19 17:00", "2024-06-20 08:00"),
        ("2024-06-21 23:30", "2024-06-24 08:00"),  # Friday night
        ("2024-06-22 10:00", "2024-06-24 08:00"),  # Saturday
        ("2025-01-28 03:00", "2025-02-03 08:00"),  # Tết
    ],
)
def test_people_are_reminded_in_office_hours(moment: str, expected: str) -> None:
    assert opening(at(moment), CALENDAR) == at(expected)


moments = st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 1), timezones=st.just(ZONE))  # noqa: DTZ001


@given(slot=st.sampled_from(SLOTS), since=moments, gap=st.timedeltas(timedelta(0), timedelta(days=40)))
def test_what_is_due_is_the_last_occurrence_and_no_occurrence_is_lost(
    slot: Slot, since: datetime, gap: timedelta
) -> None:
    now = since + gap
    found = due(slot, since, now, CALENDAR, ZONE)
    days = [since.date() + timedelta(days=n) for n in range((now.date() - since.date()).days + 1)]
    occurrences = [
        moment
        for day in days
        if CALENDAR.is_working(day)
        and since < (moment := datetime(day.year, day.month, day.day, slot.hour, slot.minute, tzinfo=ZONE)) <= now
    ]
    assert (found.at if found else None) == (occurrences[-1] if occurrences else None)


@given(slot=st.sampled_from(SLOTS), moment=moments)
def test_the_next_occurrence_is_the_first_working_day_that_fits(slot: Slot, moment: datetime) -> None:
    found = slot.next_after(moment, CALENDAR, ZONE)
    day = moment.date()
    while True:
        candidate = datetime(day.year, day.month, day.day, slot.hour, slot.minute, tzinfo=ZONE)
        if CALENDAR.is_working(day) and candidate > moment:
            break
        day += timedelta(days=1)
    assert found == candidate
