"""From drafts to assignments: what an approval will do, and the approval. The same for the chat and the command line."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.handlers.assign import Resolved, assign, notify, past_rungs, reach, resolve
from dondoc.rules.deadlines import ON, Deadline
from dondoc.rules.ladder import Rung
from dondoc.rules.roles import Scope
from dondoc.rules.routes import Leg, TightRoute, tight_routes
from dondoc.rules.unit_matters import answers_from
from dondoc.rules.units import Registry
from dondoc.storage import directives, registry, work
from dondoc.storage.directives import DRAFT, Task
from dondoc.vietnamese.calendar import WorkCalendar
from dondoc.vietnamese.text import fold


@dataclass(frozen=True, slots=True)
class Proposal:
    """One draft with what the registry makes of its units."""

    task: Task
    resolved: Resolved
    past: tuple[Rung, ...]


@dataclass(slots=True)
class Approval:
    """What an approval did: tasks assigned (code, task, units), and drafts left because their units are not settled."""

    assigned: list[tuple[str, Task, Resolved]] = field(default_factory=list)
    left: list[Proposal] = field(default_factory=list)
    assignments: int = 0
    messages: int = 0
    unreached: list[str] = field(default_factory=list)


async def proposals(
    tx: AsyncConnection, directive_id: int, now: datetime, calendar: WorkCalendar, units: Registry | None = None
) -> list[Proposal]:
    """The drafts of a directive with their units as the registry has them today."""
    units = units or await registry.registry(tx)
    answers = answers_from((await directives.get_directive(tx, directive_id)).answers)
    return [
        Proposal(
            task,
            resolve(task.lead, task.cooperate, units, now.date(), via=task.report_via, answers=answers),
            tuple(past_rungs(task, now.date(), calendar)),
        )
        for task in await directives.tasks_of(tx, directive_id, [DRAFT])
    ]


async def approve(
    tx: AsyncConnection,
    directive_id: int,
    *,
    approver_id: int | None,
    now: datetime,
    calendar: WorkCalendar,
    only: Collection[int] | None = None,
    holds_no_secret: bool = False,
) -> Approval:
    """Assign every draft whose units are known, in the order of the document, and tell the units. The rest stay drafts.

    A draft with some units settled and some not goes to the settled ones; the names left over stay with the task.
    Approving again assigns what has become clear since, and nothing twice. ``only``: the ids of the drafts meant, else
    all; ``holds_no_secret``: the approver has declared that the document holds no state secret.
    """
    directive = await directives.get_directive(tx, directive_id, lock=True)
    approval = Approval()
    ready: list[Proposal] = []
    for proposal in await proposals(tx, directive_id, now, calendar):
        if only is None or proposal.task.id in only:
            (ready if proposal.resolved.lead else approval.left).append(proposal)
    codes = await directives.next_codes(tx, directive.office_id, len(ready)) if ready else []
    ids: list[int] = []
    for code, proposal in zip(codes, ready, strict=True):
        new = await assign(tx, proposal.task, proposal.resolved, code, now)
        approval.assigned.append((code, proposal.task, proposal.resolved))
        ids.extend(new)
        await work.record(
            tx,
            "task.assigned",
            actor_id=approver_id,
            at=now,
            directive_id=directive_id,
            task_id=proposal.task.id,
            detail={"code": code, "units": len(new)},
        )
    approval.assignments = sum(len(resolved.lead) for _, _, resolved in approval.assigned)
    if ids:
        items = await work.find(tx, Scope.office(), directive_id=directive_id)
        fresh = set(ids)
        approval.messages, approval.unreached = await notify(tx, [item for item in items if item.id in fresh])
        detail = {"tasks": len(ready), "units": len(ids), "holds_no_secret": holds_no_secret}
        await work.record(
            tx, "directive.approved", actor_id=approver_id, at=now, directive_id=directive_id, detail=detail
        )
    if ids and directive.approved_at is None:
        await directives.set_approved(tx, directive_id, now)
    return approval


@dataclass(frozen=True, slots=True)
class Forecast:
    """What an approval will do.

    ``assignments`` to lead units, ``people`` who get ``messages`` between them, ``unreached`` units in which nobody can
    be reached, ``past`` rungs that are over already, ``routes`` on which a via-unit has no day after its units.
    """

    tasks: int
    assignments: int
    people: int
    messages: int
    unreached: tuple[str, ...]
    past: tuple[Rung, ...]
    routes: tuple[TightRoute, ...]


async def forecast(
    tx: AsyncConnection,
    drafts: Sequence[Proposal],
    today: date,
    calendar: WorkCalendar,
    units: Registry,
    *,
    among: Sequence[Proposal] | None = None,
) -> Forecast:
    """Said before anything is sent: the same as ``approve`` will do for these drafts. ``among``: all drafts of the
    directive, if these are some of them."""
    ready = [draft for draft in drafts if draft.resolved.lead]
    names = {unit.id: unit.name for draft in ready for unit in (*draft.resolved.lead, *draft.resolved.cooperate)}
    numbers = {draft.task.position for draft in ready}
    reached = await reach(tx, names)
    people = {person for person in reached.listeners.values() if person is not None}
    past = {rung for draft in ready for rung in draft.past}
    return Forecast(
        tasks=len(ready),
        assignments=sum(len(draft.resolved.lead) for draft in ready),
        people=len(people),
        messages=len(people),  # one notice each, whatever number of tasks
        unreached=tuple(sorted(names[unit] for unit, person in reached.listeners.items() if person is None)),
        past=tuple(sorted(past, key=lambda rung: rung.day)),
        routes=tuple(
            route
            for route in tight_routes([_leg(draft) for draft in among or ready], today, calendar, units)
            if numbers & {*route.numbers}
        ),
    )


def _leg(draft: Proposal) -> Leg:
    task = draft.task
    return Leg(
        task.position,
        frozenset(unit.id for unit in draft.resolved.lead),
        draft.resolved.via,
        Deadline(task.deadline, task.deadline_rule or ON, task.deadline_time) if task.deadline else None,
        collects="tong hop" in fold(f"{task.content} {task.quote}"),
    )
