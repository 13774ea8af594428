"""Giving tasks to units: names become units, units become assignments, and each contact gets one notice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.rules.clock import machine_now
from dondoc.rules.deadlines import ON, Deadline
from dondoc.rules.ladder import Rung, ladder
from dondoc.rules.states import State
from dondoc.rules.unit_matters import NO_ANSWERS, Answers, meant_by
from dondoc.rules.units import Registry, Unit
from dondoc.storage import directives, outbox, people, registry, work
from dondoc.storage.directives import APPROVED, Task
from dondoc.vietnamese.calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class Resolved:
    """What the registry makes of the units of a task. ``unresolved`` are names that staff have to settle; ``via`` is the unit
    through which is reported, if the registry knows it for certain."""

    lead: tuple[Unit, ...]
    cooperate: tuple[Unit, ...]
    groups: tuple[str, ...]
    unresolved: tuple[str, ...]
    via: int | None = None


def resolve(
    lead: Sequence[str],
    cooperate: Sequence[str],
    units: Registry,
    on: date,
    *,
    via: str | None = None,
    answers: Answers = NO_ANSWERS,
) -> Resolved:
    """The units that the names stand for on a day. Nothing is guessed: what is not settled is handed back.

    ``answers`` are what staff said about names of this directive.
    """
    leading = meant_by(lead, units, on, answers)
    lead_ids = {unit.id for unit in leading.units}
    helping: dict[int, Unit] = {}
    for name in cooperate:
        # "các cơ quan, đơn vị có liên quan" names nobody: who helps is not asked, because helpers owe nothing.
        found = units.resolve(name, on)
        if "vague" not in found.notes:
            helping.update((unit.id, unit) for unit in found.units if unit.id not in lead_ids)
    through = units.resolve(via, on) if via else None
    return Resolved(
        leading.units,
        tuple(helping.values()),
        leading.groups,
        leading.unsettled,
        via=through.units[0].id if through and through.is_settled and len(through.units) == 1 else None,
    )


async def assign(tx: AsyncConnection, task: Task, resolved: Resolved, code: str, now: datetime) -> list[int]:
    """Turn a draft into a task with a code and an assignment a unit; the ids of the new assignments."""
    await directives.set_task(
        tx,
        task.id,
        code=code,
        status=APPROVED,
        approved_at=now,
        groups=list(resolved.groups),
        unresolved=list(resolved.unresolved),
        via_unit_id=resolved.via,
    )
    deadline = {
        "deadline": task.deadline,
        "deadline_rule": (task.deadline_rule or ON) if task.deadline else None,
        "deadline_time": task.deadline_time,
    }
    new = {"task_id": task.id, "state": State.NEW.value, "assigned_at": now, **deadline}
    roles = (("lead", resolved.lead), ("cooperate", resolved.cooperate))
    rows = [{**new, "unit_id": unit.id, "role": role} for role, units in roles for unit in units]
    return await work.add_assignments(tx, rows)


@dataclass(frozen=True, slots=True)
class Reach:
    """Who hears for a unit: its first contact with an address, None where nobody has one."""

    listeners: Mapping[int, int | None]
    addresses: Mapping[int, outbox.Address]


async def reach(tx: AsyncConnection, unit_ids: Collection[int]) -> Reach:
    """By unit who hears for it."""
    contacts: dict[int, list[int]] = {unit_id: [] for unit_id in unit_ids}
    for contact in await registry.contacts_of(tx, unit_ids):
        contacts[contact.unit_id].append(contact.person_id)
    addresses = await people.addresses_of(tx, [person for some in contacts.values() for person in some])
    first = {unit: next((one for one in some if one in addresses), None) for unit, some in contacts.items()}
    return Reach(first, addresses)


async def notify(tx: AsyncConnection, assignments: Iterable[work.Assignment]) -> tuple[int, list[str]]:
    """Queue one notice a person for new assignments; how many messages, and the units where nobody can be reached."""
    by_unit: dict[int, list[work.Assignment]] = {}
    versions: dict[int, int] = {}
    for item in assignments:
        by_unit.setdefault(item.unit_id, []).append(item)
        versions[item.id] = item.version
    reached = await reach(tx, by_unit)
    by_person: dict[int, list[int]] = {}
    unreached: list[str] = []
    for unit_id, items in by_unit.items():
        person_id = reached.listeners[unit_id]
        if person_id is None:
            unreached.append(items[0].unit_name)
        else:
            by_person.setdefault(person_id, []).extend(item.id for item in items)
    machine = machine_now()
    rows = [
        outbox.queued(
            reached.addresses[person_id],
            "notice",
            {"render": "notice", "assignments": ids},
            machine,
            # With the version: what was withdrawn and is given again has its number still.
            dedup_key=f"notice:{person_id}:{min(ids)}:{versions[min(ids)]}",
        )
        for person_id, ids in by_person.items()
    ]
    await outbox.enqueue_many(tx, rows)
    return len(rows), sorted(unreached)


def past_rungs(task: Task, today: date, calendar: WorkCalendar) -> list[Rung]:
    """Rungs of the ladder that are already over on the day of approval: the notice replaces them."""
    if task.deadline is None or task.task_class != "dated":
        return []
    rungs = ladder(Deadline(task.deadline, task.deadline_rule or ON), calendar)
    return [rung for rung in rungs if rung.day <= today and not rung.name.startswith("+")]
