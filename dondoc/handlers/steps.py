"""The steps of an assignment as handlers take them: each checks that it is allowed, changes the row, leaves a trail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from dondoc.handlers.context import Context
from dondoc.rules.deadlines import Deadline
from dondoc.rules.states import WAITING, Action, Demand, State, after, allowed, judge
from dondoc.storage import submissions, work
from dondoc.storage.submissions import Submission
from dondoc.storage.work import Assignment


async def fresh(ctx: Context, assignment_id: int) -> Assignment | None:
    """The assignment as it is now, locked for this transaction, if the sender may see it."""
    return await work.get(ctx.tx, ctx.scope, assignment_id, lock=True)


async def receive(ctx: Context, item: Assignment) -> bool:
    """mới giao → đã tiếp nhận. False if it was received before."""
    if not allowed(Action.RECEIVE, item.state):
        return False
    await _step(ctx, item, Action.RECEIVE, received_at=ctx.now)
    return True


async def progress(
    ctx: Context, item: Assignment, *, percent: int | None = None, promised_on: date | None = None
) -> bool:
    """đang thực hiện, with what was said of it. False if the assignment is not the unit's to work on now."""
    if not allowed(Action.PROGRESS, item.state):
        return False
    said: dict[str, Any] = {"percent": percent, "promised_on": promised_on}
    await _step(ctx, item, Action.PROGRESS, **{key: value for key, value in said.items() if value is not None})
    return True


async def obstacle(ctx: Context, item: Assignment, text: str) -> bool:
    """Record what stands in the way; the state does not change for it."""
    if not allowed(Action.PROGRESS, item.state):
        return False
    await _step(ctx, item, Action.PROGRESS, obstacle=text)
    return True


async def decline(ctx: Context, item: Assignment) -> bool:
    """đề nghị giao lại: pending and unchased until staff decide."""
    if not allowed(Action.DECLINE, item.state):
        return False
    await _step(ctx, item, Action.DECLINE)
    return True


async def submit(
    ctx: Context,
    item: Assignment,
    *,
    way: str = "chat",
    files: Sequence[tuple[str, str]] = (),
    document: str | None = None,
    arrived_at: datetime | None = None,
    complete: bool = True,
) -> Submission | None:
    """A new version of the unit's result; None if the assignment is settled.

    A complete one makes chờ xác nhận, never hoàn thành; a partial one leaves the assignment with the unit.
    """
    # A further part of what already waits for the office leaves it waiting.
    action = Action.SUBMIT if complete or item.state in WAITING else Action.PROGRESS
    if not allowed(action, item.state):
        return None
    arrived = arrived_at or ctx.now
    submission = await submissions.add_submission(
        ctx.tx,
        item.id,
        person_id=ctx.me.id,
        arrived_at=arrived,
        way=way,
        document=document,
        complete=complete,
        files=files,
    )
    values: dict[str, Any] = {}
    if complete:
        values = {
            "submitted_at": arrived,
            "first_submitted_at": item.first_submitted_at or arrived,
            "promised_on": None,
        }
        if document:
            values["evidence"] = document
    await _step(ctx, item, action, detail={"submission": submission.code, "version": submission.version}, **values)
    return submission


async def retract(ctx: Context, item: Assignment) -> bool:
    """The unit says that it has not submitted after all: what it said before counts for nothing."""
    if not allowed(Action.RETRACT, item.state):
        return False
    for submission in await submissions.open_submissions(ctx.tx, item.id):
        await submissions.set_submission(ctx.tx, submission.id, verdict="retracted")
    # What a supplement was demanded of has been checked and stands.
    first = item.first_submitted_at if item.demand == Demand.SUPPLEMENT else None
    await _step(ctx, item, Action.RETRACT, submitted_at=None, first_submitted_at=first)
    return True


async def keep(ctx: Context, item: Assignment) -> bool:
    """Staff decide that the task stays with the unit that asked for it to be reassigned; it is reminded again."""
    if not allowed(Action.KEEP, item.state):
        return False
    await _step(ctx, item, Action.KEEP, deadline_version=item.version + 1, deadline_set_at=ctx.now)
    return True


async def withdraw(ctx: Context, item: Assignment) -> bool:
    """rút nhiệm vụ: the assignment is gone, and counts nowhere."""
    if not allowed(Action.WITHDRAW, item.state):
        return False
    await submissions.close_extension(ctx.tx, item.id, at=ctx.now, by=ctx.me.id)
    await _step(ctx, item, Action.WITHDRAW, closed_at=ctx.now)
    return True


async def confirm(ctx: Context, item: Assignment) -> Assignment | None:
    """hoàn thành: the office confirms, and the result is frozen by the day on which the submission arrived.

    Of a supplemented submission the first date stands if the supplement came by its day. None if it is settled.
    """
    if not allowed(Action.CONFIRM, item.state):
        return None
    arrived = counts_from(item, ctx)
    result, late = judge(item.deadline, arrived.astimezone(ctx.now.tzinfo).date(), ctx.calendar)
    judged = [submission.id for submission in await submissions.open_submissions(ctx.tx, item.id)]
    for submission_id in judged:
        await submissions.set_submission(ctx.tx, submission_id, verdict="accepted")
    # A request for more time has nothing left to extend.
    await submissions.close_extension(ctx.tx, item.id, at=ctx.now, by=ctx.me.id)
    await _step(
        ctx,
        item,
        Action.CONFIRM,
        detail={"submissions": judged},
        result=result.value,
        late_days=late,
        closed_at=ctx.now,
        submitted_at=item.submitted_at or arrived,
        percent=100,
        demand=None,
        demand_due=None,
        demand_reason=None,
        obstacle=None,
    )
    return await work.get(ctx.tx, ctx.scope, item.id)


def counts_from(item: Assignment, ctx: Context) -> datetime:
    """The instant by which the result is judged."""
    submitted = item.submitted_at or ctx.now
    if item.demand != Demand.SUPPLEMENT or item.first_submitted_at is None:
        return submitted
    in_time = item.demand_due is None or submitted.astimezone(ctx.now.tzinfo).date() <= item.demand_due
    return item.first_submitted_at if in_time else submitted


async def hand_back(ctx: Context, item: Assignment, demand: Demand, *, reason: str, due: date | None) -> bool:
    """yêu cầu bổ sung or không đạt, thực hiện lại. The demanded day has a ladder of its own."""
    if not allowed(Action.RETURN, item.state):
        return False
    judged = [submission.id for submission in await submissions.open_submissions(ctx.tx, item.id)]
    for submission_id in judged:
        await submissions.set_submission(ctx.tx, submission_id, verdict=demand.value, note=reason)
    # After "thực hiện lại" the first date no longer stands.
    first = item.first_submitted_at if demand is Demand.SUPPLEMENT else None
    await _step(
        ctx,
        item,
        Action.RETURN,
        detail={"submissions": judged},
        demand=demand.value,
        demand_due=due,
        demand_reason=reason,
        deadline_version=item.version + 1,
        deadline_set_at=ctx.now,
        first_submitted_at=first,
        submitted_at=None,
        percent=None,
    )
    return True


async def move_deadline(ctx: Context, item: Assignment, granted: Deadline) -> None:
    """A granted extension: the original stays with the task, both are kept.

    A supplement that was wanted before the new day is wanted by the new day.
    """
    moved = item.demand_due is not None and item.demand_due < granted.day
    await work.change(
        ctx.tx,
        item,
        "extension.granted",
        actor_id=ctx.me.id,
        at=ctx.now,
        deadline=granted.day,
        deadline_rule=granted.rule,
        deadline_time=None,
        granted_deadline=granted.day,
        demand_due=granted.day if moved else item.demand_due,
        extensions=item.extensions + 1,
        deadline_version=item.version + 1,
        deadline_set_at=ctx.now,
        promised_on=None,
    )


async def _step(
    ctx: Context, item: Assignment, action: Action, *, detail: dict[str, Any] | None = None, **values: Any
) -> None:
    state = after(action, item.state)
    if action is Action.RETRACT and item.demand:
        state = State.RETURNED  # the office's demand still stands
    if item.received_at is None and "received_at" not in values:
        values["received_at"] = ctx.now
    await work.change(
        ctx.tx,
        item,
        f"assignment.{action.value}",
        actor_id=ctx.me.id,
        at=ctx.now,
        detail=detail,
        state=state.value,
        last_reply_at=ctx.now,
        **values,
    )
