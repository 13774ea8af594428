"""The life of an assignment: its states and which step may follow which.

Time and result are apart from it: time is computed, never stored; the result is frozen when the office confirms.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from dondoc.rules.deadlines import Deadline, days_overdue, safe_day
from dondoc.vietnamese.calendar import WorkCalendar


class State(StrEnum):
    NEW = "new"
    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    AWAITING_CONFIRMATION = "awaiting_confirmation"
    AWAITING_ISSUE = "awaiting_issue"
    RETURNED = "returned"
    DECLINED = "declined"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"
    DONE = "done"


class Demand(StrEnum):
    """Why a submission was returned."""

    SUPPLEMENT = "supplement"
    REDO = "redo"


class Action(StrEnum):
    RECEIVE = "receive"
    PROGRESS = "progress"
    SUBMIT = "submit"
    RETRACT = "retract"
    CONFIRM = "confirm"
    RETURN = "return"
    DECLINE = "decline"
    KEEP = "keep"
    WITHDRAW = "withdraw"


# States in which the unit owes something and is reminded.
OWING = frozenset({State.NEW, State.RECEIVED, State.IN_PROGRESS, State.RETURNED})
# States in which the office owes an answer.
WAITING = frozenset({State.AWAITING_CONFIRMATION, State.AWAITING_ISSUE})
SETTLED = frozenset({State.DONE, State.WITHDRAWN})

_ALLOWED: dict[Action, frozenset[State]] = {
    Action.RECEIVE: frozenset({State.NEW}),
    Action.PROGRESS: OWING,
    # A new version may come while the office has not decided; a confirmed one is not reopened by the unit.
    Action.SUBMIT: OWING | WAITING | {State.DECLINED},
    Action.RETRACT: WAITING,
    # Staff may enter what came on paper, so confirming is possible from every open state.
    Action.CONFIRM: OWING | WAITING | {State.DECLINED, State.PAUSED},
    Action.RETURN: WAITING,
    Action.DECLINE: OWING,
    # Staff decide a request to be reassigned: the unit keeps the task, or it is withdrawn.
    Action.KEEP: frozenset({State.DECLINED}),
    Action.WITHDRAW: frozenset(State) - SETTLED,
}

_AFTER: dict[Action, State] = {
    Action.RECEIVE: State.RECEIVED,
    Action.PROGRESS: State.IN_PROGRESS,
    Action.SUBMIT: State.AWAITING_CONFIRMATION,
    Action.RETRACT: State.IN_PROGRESS,
    Action.CONFIRM: State.DONE,
    Action.RETURN: State.RETURNED,
    Action.DECLINE: State.DECLINED,
    Action.KEEP: State.IN_PROGRESS,
    Action.WITHDRAW: State.WITHDRAWN,
}


def allowed(action: Action, state: State) -> bool:
    return state in _ALLOWED[action]


def after(action: Action, state: State) -> State:
    """The state that follows. A returned assignment stays returned while its unit works on it."""
    if action is Action.PROGRESS and state is State.RETURNED:
        return state
    return _AFTER[action]


class Result(StrEnum):
    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    NO_DEADLINE = "no_deadline"


def judge(deadline: Deadline | None, submitted_on: date, calendar: WorkCalendar) -> tuple[Result, int]:
    """The result and the calendar days late, by the day on which the accepted submission arrived."""
    if deadline is None:
        return Result.NO_DEADLINE, 0
    late = days_overdue(deadline, submitted_on, calendar)
    if late:
        return Result.LATE, late
    if submitted_on < safe_day(deadline, calendar):
        return Result.EARLY, 0
    return Result.ON_TIME, 0
