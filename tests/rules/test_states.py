"""The life of an assignment: a unit's word never closes it, and what is settled stays settled."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.rules.deadlines import BEFORE, ON, Deadline, last_day, safe_day
from dondoc.rules.states import OWING, SETTLED, WAITING, Action, Result, State, after, allowed, judge
from dondoc.vietnamese.calendar import WorkCalendar

CALENDAR = WorkCalendar()
UNIT = (Action.RECEIVE, Action.PROGRESS, Action.SUBMIT, Action.RETRACT, Action.DECLINE)


def reachable(actions: tuple[Action, ...], start: State) -> set[State]:
    """Every state that these actions can lead to."""
    found, new = {start}, [start]
    while new:
        state = new.pop()
        for action in actions:
            if allowed(action, state) and (then := after(action, state)) not in found:
                found.add(then)
                new.append(then)
    return found


def test_a_unit_alone_never_closes_or_withdraws() -> None:
    for start in set(State) - SETTLED:
        assert not reachable(UNIT, start) & SETTLED


@pytest.mark.parametrize("state", sorted(SETTLED))
@pytest.mark.parametrize("action", Action)
def test_what_is_settled_stays_settled(state: State, action: Action) -> None:
    assert not allowed(action, state)


def test_from_every_open_state_staff_can_close_and_withdraw() -> None:
    for state in set(State) - SETTLED:
        assert allowed(Action.CONFIRM, state)
        assert after(Action.CONFIRM, state) is State.DONE
        assert allowed(Action.WITHDRAW, state)
        assert after(Action.WITHDRAW, state) is State.WITHDRAWN


def test_every_state_is_owed_by_somebody_or_nobody() -> None:
    assert not OWING & WAITING
    assert set(State) - OWING - WAITING - SETTLED == {State.DECLINED, State.PAUSED}


@pytest.mark.parametrize(
    ("action", "before", "then"),
    [
        (Action.RECEIVE, State.NEW, State.RECEIVED),
        (Action.PROGRESS, State.NEW, State.IN_PROGRESS),
        (Action.PROGRESS, State.RETURNED, State.RETURNED),
        (Action.SUBMIT, State.NEW, State.AWAITING_CONFIRMATION),
        (Action.SUBMIT, State.AWAITING_CONFIRMATION, State.AWAITING_CONFIRMATION),
        (Action.SUBMIT, State.RETURNED, State.AWAITING_CONFIRMATION),
        (Action.SUBMIT, State.DECLINED, State.AWAITING_CONFIRMATION),
        (Action.RETRACT, State.AWAITING_CONFIRMATION, State.IN_PROGRESS),
        (Action.RETURN, State.AWAITING_CONFIRMATION, State.RETURNED),
        (Action.DECLINE, State.NEW, State.DECLINED),
    ],
)
def test_steps(action: Action, before: State, then: State) -> None:
    assert allowed(action, before)
    assert after(action, before) is then


@pytest.mark.parametrize(
    ("action", "state"),
    [
        (Action.RECEIVE, State.IN_PROGRESS),
        (Action.PROGRESS, State.AWAITING_CONFIRMATION),
        (Action.SUBMIT, State.PAUSED),
        (Action.RETRACT, State.NEW),
        (Action.RETURN, State.IN_PROGRESS),
        (Action.DECLINE, State.AWAITING_CONFIRMATION),
    ],
)
def test_steps_that_make_no_sense(action: Action, state: State) -> None:
    assert not allowed(action, state)


# --- results -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "submitted", "result", "late"),
    [
        (BEFORE, date(2024, 6, 26), Result.EARLY, 0),
        (BEFORE, date(2024, 6, 27), Result.ON_TIME, 0),
        (BEFORE, date(2024, 6, 28), Result.ON_TIME, 0),
        (BEFORE, date(2024, 6, 29), Result.LATE, 1),
        (ON, date(2024, 6, 27), Result.EARLY, 0),
        (ON, date(2024, 6, 28), Result.ON_TIME, 0),
        (ON, date(2024, 7, 3), Result.LATE, 5),
    ],
)
def test_the_result_is_judged_by_the_day_of_submission(rule: str, submitted: date, result: Result, late: int) -> None:
    assert judge(Deadline(date(2024, 6, 28), rule), submitted, CALENDAR) == (result, late)


def test_a_deadline_on_a_sunday_is_kept_on_monday() -> None:
    assert judge(Deadline(date(2024, 6, 30), ON), date(2024, 7, 1), CALENDAR) == (Result.ON_TIME, 0)


def test_without_a_deadline_nothing_is_late() -> None:
    assert judge(None, date(2030, 1, 1), CALENDAR) == (Result.NO_DEADLINE, 0)


days = st.dates(date(2024, 1, 1), date(2027, 1, 31))


@given(st.builds(Deadline, days, st.sampled_from([BEFORE, ON])), days)
def test_a_later_submission_is_never_judged_better(deadline: Deadline, submitted: date) -> None:
    order = [Result.EARLY, Result.ON_TIME, Result.LATE]
    result, late = judge(deadline, submitted, CALENDAR)
    then, later = judge(deadline, submitted + timedelta(days=1), CALENDAR)
    assert order.index(result) <= order.index(then)
    assert late <= later
    assert (result is Result.LATE) == (submitted > last_day(deadline, CALENDAR)) == (late > 0)
    assert (result is Result.EARLY) == (submitted < safe_day(deadline, CALENDAR))
