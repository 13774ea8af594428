"""The ladder of reminders: every rung on a working day, as far from the deadline as its name says."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.rules.deadlines import BEFORE, ON, Deadline, last_day, safe_day
from dondoc.rules.ladder import Rung, due_rung, ladder
from dondoc.vietnamese.calendar import WorkCalendar

CALENDAR = WorkCalendar()


def days(deadline: Deadline) -> dict[str, str]:
    return {rung.name: f"{rung.day:%d/%m/%y}" for rung in ladder(deadline, CALENDAR)}


def test_before_a_friday() -> None:
    assert days(Deadline(date(2024, 6, 28), BEFORE)) == {
        "7": "18/06/24",
        "3": "24/06/24",
        "1": "26/06/24",
        "0": "27/06/24",
        "X": "28/06/24",
        "+1": "01/07/24",
        "+3": "03/07/24",
        "+5": "05/07/24",
    }


def test_before_a_sunday_there_is_no_word_on_the_day_itself() -> None:
    assert days(Deadline(date(2024, 6, 30), BEFORE)) == {
        "7": "19/06/24",
        "3": "25/06/24",
        "1": "27/06/24",
        "0": "28/06/24",
        "+1": "01/07/24",
        "+3": "03/07/24",
        "+5": "05/07/24",
    }


def test_on_a_sunday_overdue_begins_after_the_next_working_day() -> None:
    found = days(Deadline(date(2024, 6, 30), ON))
    assert (found["0"], found["+1"]) == ("28/06/24", "02/07/24")
    assert "X" not in found


def test_over_tet() -> None:
    """Nobody works from 25/01 to 02/02/2025."""
    assert days(Deadline(date(2025, 2, 4), ON)) == {
        "7": "17/01/25",
        "3": "23/01/25",
        "1": "03/02/25",
        "0": "04/02/25",
        "+1": "05/02/25",
        "+3": "07/02/25",
        "+5": "11/02/25",
    }


def test_an_office_may_have_rungs_of_its_own() -> None:
    found = ladder(Deadline(date(2024, 6, 28), ON), CALENDAR, before=(2, 5), overdue=(2,))
    assert [rung.name for rung in found] == ["5", "2", "+2"]


day_strategy = st.dates(date(2024, 1, 1), date(2027, 1, 31))
calendars = st.builds(
    WorkCalendar,
    st.dictionaries(day_strategy, st.booleans(), max_size=20),
    saturdays=st.booleans(),
)
deadlines = st.builds(Deadline, day_strategy, st.sampled_from([BEFORE, ON]))


@given(deadline=deadlines, calendar=calendars)
def test_every_rung_is_where_its_name_says(deadline: Deadline, calendar: WorkCalendar) -> None:
    rungs = ladder(deadline, calendar)
    safe, end = safe_day(deadline, calendar), last_day(deadline, calendar)
    for rung in rungs:
        assert calendar.is_working(rung.day)
        if rung.name == "X":
            assert rung.day == deadline.day
            assert deadline.rule == BEFORE
        elif rung.name.startswith("+"):
            assert calendar.days_between(end, rung.day) == int(rung.name)
        else:
            assert calendar.days_between(rung.day, safe) == int(rung.name)
    assert all(first.day < second.day for first, second in pairwise(rungs))


@given(deadline=deadlines, calendar=calendars)
def test_the_word_on_the_day_itself_comes_whenever_that_day_is_worked(
    deadline: Deadline, calendar: WorkCalendar
) -> None:
    has = any(rung.name == "X" for rung in ladder(deadline, calendar))
    assert has == (deadline.rule == BEFORE and calendar.is_working(deadline.day))


# --- what is due -------------------------------------------------------------------------------------------------------

RUNGS = ladder(Deadline(date(2024, 6, 28), BEFORE), CALENDAR)


@pytest.mark.parametrize(
    ("after", "today", "name"),
    [
        (date(2024, 6, 23), date(2024, 6, 24), "3"),
        (date(2024, 6, 24), date(2024, 6, 25), None),
        (date(2024, 6, 17), date(2024, 6, 25), "3"),
        (date(2024, 6, 17), date(2024, 6, 28), "X"),
        (date(2024, 6, 28), date(2024, 7, 30), "+5"),
        (date(2024, 7, 5), date(2024, 7, 30), None),
        (date(2024, 6, 27), date(2024, 6, 27), None),
    ],
)
def test_what_was_slept_through_is_merged_into_the_last_rung(after: date, today: date, name: str | None) -> None:
    found = due_rung(RUNGS, after, today)
    assert (found.name if found else None) == name


@given(deadline=deadlines, start=day_strategy, lengths=st.lists(st.integers(1, 20), min_size=1, max_size=8))
def test_looking_more_often_loses_no_rung(deadline: Deadline, start: date, lengths: list[int]) -> None:
    rungs = ladder(deadline, CALENDAR)
    looked, found, after = start, [], start
    for length in lengths:
        looked += timedelta(days=length)
        rung = due_rung(rungs, after, looked)
        if rung:
            assert after < rung.day <= looked
            found.append(rung)
        after = looked
    whole = due_rung(rungs, start, looked)
    assert (found[-1] if found else None) == whole


@given(deadline=deadlines)
def test_looking_each_day_finds_every_rung_once(deadline: Deadline) -> None:
    rungs = ladder(deadline, CALENDAR)
    day, found = rungs[0].day - timedelta(days=3), list[Rung]()
    while day <= rungs[-1].day + timedelta(days=3):
        rung = due_rung(rungs, day - timedelta(days=1), day)
        if rung:
            found.append(rung)
        day += timedelta(days=1)
    assert found == rungs
