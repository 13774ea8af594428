"""From drafts to assignments: what an approval will do, and the approval. The same for the chat and the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.handlers.assign import Resolved, assign, notify, past_rungs, resolve
from dondoc.rules.ladder import Rung
from dondoc.rules.roles import Scope
from dondoc.rules.unit_matters import answers_from
from dondoc.rules.units import Registry
from dondoc.storage import directives, people, registry, work
from dondoc.storage.directives import DRAFT, Task
from dondoc.vietnamese.calendar import WorkCalendar


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
    tx: AsyncConnection, directive_id: int, *, approver_id: int | None, now: datetime, calendar: WorkCalendar
) -> Approval:
    """Assign every draft whose units are known, in the order of the document, and tell the units. The rest stay drafts.

    A draft with some units settled and some not goes to the settled ones; the names left over stay with the task.
    Approving again assigns what has become clear since, and nothing twice.
    """
    directive = await directives.get_directive(tx, directive_id, lock=True)
    approval = Approval()
    ready: list[Proposal] = []
    for proposal in await proposals(tx, directive_id, now, calendar):
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
    if ids and directive.approved_at is None:
        await directives.set_approved(tx, directive_id, now)
    return approval


@dataclass(frozen=True, slots=True)
class Forecast:
    """What an approval will do: assignments to lead units, people who get a notice, units where nobody can be reached,
    and the rungs that are over already."""

    assignments: int
    people: int
    unreached: int
    past: tuple[Rung, ...]


async def forecast(tx: AsyncConnection, drafts: Sequence[Proposal]) -> Forecast:
    """Said before anything is sent."""
    unit_ids = {unit.id for draft in drafts for unit in (*draft.resolved.lead, *draft.resolved.cooperate)}
    contacts: dict[int, list[int]] = {}
    for contact in await registry.contacts_of(tx, unit_ids):
        contacts.setdefault(contact.unit_id, []).append(contact.person_id)
    reachable = await people.addresses_of(tx, [person for some in contacts.values() for person in some])
    first = {next((one for one in contacts.get(unit, ()) if one in reachable), None) for unit in unit_ids}
    unreached = sum(not any(one in reachable for one in contacts.get(unit, ())) for unit in unit_ids)
    past = {rung for draft in drafts for rung in draft.past}
    lead = sum(len(draft.resolved.lead) for draft in drafts)
    return Forecast(lead, len(first - {None}), unreached, tuple(sorted(past, key=lambda rung: rung.day)))
