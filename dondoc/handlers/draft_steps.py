"""The drafts of a directive taken from storage, changed as staff order, and put back as one step that can be undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from dondoc.directives.draft_desk import Desk
from dondoc.directives.draft_edits import Answered, Draft, Order
from dondoc.directives.reasons import Reason
from dondoc.handlers.context import Context
from dondoc.rules.unit_matters import answers_from
from dondoc.rules.units import Registry
from dondoc.storage import directives, draft_edits, registry, work
from dondoc.storage.directives import APPROVED, DRAFT, DROPPED, Directive, Task
from dondoc.storage.draft_edits import Step

_SAME = tuple(field.name for field in fields(Draft) if field.name not in ("why", "dropped", "lead", "cooperate"))


@dataclass(slots=True)
class Review:
    """A directive whose drafts are reviewed. ``tasks`` are its drafts by their numbers; ``numbers`` those of all its tasks
    by their ids, assigned and dropped ones too."""

    directive: Directive
    tasks: dict[int, Task]
    numbers: dict[int, int]
    units: Registry

    def number_of(self, task_id: int | None) -> int | None:
        """The number of a draft; None if it is none any more."""
        return next((number for number, task in self.tasks.items() if task.id == task_id), None)


async def open_review(ctx: Context, directive_id: int) -> Review | None:
    """The drafts as they are now, held until the end of the transaction; None if the office has no such directive."""
    try:
        directive = await directives.get_directive(ctx.tx, directive_id, lock=True)
    except LookupError:
        return None
    if directive.office_id != ctx.office.id:
        return None
    there = await directives.tasks_of(ctx.tx, directive_id, [DRAFT, DROPPED, APPROVED])
    taken = {task.position for task in there if task.status != DRAFT}
    numbered: dict[int, Task] = {}
    for task in there:
        if task.status == DRAFT:
            numbered[await _own_number(ctx, task, {*taken, *numbered}, there)] = task
    numbers = {task.id: task.position for task in there} | {task.id: number for number, task in numbered.items()}
    return Review(directive, numbered, numbers, await registry.registry(ctx.tx))


async def _own_number(ctx: Context, task: Task, taken: Collection[int], there: Sequence[Task]) -> int:
    """The draft's place in the document is its number, for good; one that came later to a taken place gets a free one."""
    if task.position > 0 and task.position not in taken:
        return task.position
    free = max((*taken, *(other.position for other in there)), default=0) + 1
    await directives.set_task(ctx.tx, task.id, position=free)
    return free


async def carry_out(
    ctx: Context, review: Review, orders: Sequence[Order], current: int | None, answers: Answered
) -> list[int]:
    """Do the edits among the orders and keep them as one step; the numbers of the drafts they changed or made.

    Raises ``Unsettled`` and ``Refused`` with nothing changed.
    """
    desk = Desk(
        {number: _draft(task) for number, task in review.tasks.items()},
        review.units,
        ctx.now.date(),
        review.directive.issued_on,
        answers_from(review.directive.answers),
        answers,
        review.numbers.values(),
        ctx.now.time(),
    )
    changed = desk.carry_out(orders, current)
    if not changed:
        return []
    before: dict[int, Task | None] = {
        review.tasks[number].id: review.tasks[number] for number in changed if number in review.tasks
    }
    for number, draft in sorted(changed.items()):
        if number in review.tasks:
            await directives.set_task(ctx.tx, review.tasks[number].id, **_columns(draft))
        else:
            new = {"office_id": ctx.office.id, "directive_id": review.directive.id, "position": number}
            made = {"created_by": ctx.me.id, "created_at": ctx.now}
            before[await directives.add_task(ctx.tx, {**new, **made, **_columns(draft)})] = None
    step = await draft_edits.record(ctx.tx, review.directive.id, before, actor_id=ctx.me.id, at=ctx.now)
    kinds = [type(order.what).__name__ for order in orders if not isinstance(order.what, str)]
    await _log(ctx, review, "draft.edited", {"step": step, "drafts": sorted(changed), "edits": kinds})
    return sorted(changed)


async def undo(ctx: Context, review: Review) -> Step | str:
    """Take the sender's last step back. If that cannot be: none, changed_since, assigned_since."""
    step = await draft_edits.last_of(ctx.tx, review.directive.id, ctx.me.id)
    if step is None:
        return "none"
    later = await draft_edits.since(ctx.tx, review.directive.id, step.id)
    if any(one.before.keys() & step.before.keys() for one in later):
        return "changed_since"
    if not await draft_edits.take_back(ctx.tx, review.directive.id, step, ctx.now):
        return "assigned_since"
    await _log(ctx, review, "draft.undone", {"step": step.id})
    return step


async def steps_of_others(ctx: Context, review: Review, seen: int, among: Iterable[int] | None = None) -> list[Step]:
    """What others did since the step ``seen``, to the tasks ``among`` or to any."""
    wanted = None if among is None else set(among)
    return [
        step
        for step in await draft_edits.since(ctx.tx, review.directive.id, seen, undone=True)
        if step.actor_id != ctx.me.id and (wanted is None or wanted & step.before.keys())
    ]


async def _log(ctx: Context, review: Review, kind: str, detail: Mapping[str, Any]) -> None:
    await work.record(
        ctx.tx, kind, actor_id=ctx.me.id, at=ctx.now, directive_id=review.directive.id, detail=dict(detail)
    )


def _draft(task: Task) -> Draft:
    same = {name: getattr(task, name) for name in _SAME}
    why = tuple(Reason(one["code"], one["words"]) for one in task.why)
    return Draft(**same, lead=tuple(task.lead), cooperate=tuple(task.cooperate), why=why)


def _columns(draft: Draft) -> dict[str, Any]:
    return {
        **{name: getattr(draft, name) for name in _SAME},
        "lead": list(draft.lead),
        "cooperate": list(draft.cooperate),
        "why": [one.to_json() for one in draft.why],
        "status": DROPPED if draft.dropped else DRAFT,
    }
