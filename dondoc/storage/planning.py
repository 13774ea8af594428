"""What is due: the rows that a reminder slot works from and leaves behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.rules.roles import Scope
from dondoc.storage import work
from dondoc.storage.bulk import among
from dondoc.storage.database import insert_many_new, insert_new
from dondoc.storage.tables import assignments, outbox, reminders, slots, tasks
from dondoc.storage.work import Assignment

# Rungs lie within these bounds around a deadline, also over Tết.
_AHEAD = timedelta(days=40)
_BEHIND = timedelta(days=40)
_NO_ADDRESS = "no_address"


@dataclass(frozen=True, slots=True)
class PlannedReminder:
    """One rung of one assignment for one person."""

    person_id: int
    assignment_id: int
    rung: str
    deadline_version: int


async def deadlines_in_play(tx: AsyncConnection, today: date) -> list[tuple[date, str | None]]:
    """The distinct deadlines (day, rule) that are owed and near enough to have a rung today."""
    statement = (
        select(assignments.c.deadline, assignments.c.deadline_rule)
        .where(work.owing_condition(), assignments.c.deadline.between(today - _BEHIND, today + _AHEAD))
        .where(assignments.c.demand_due.is_(None))
        .distinct()
    )
    return [(day, rule) for day, rule in await tx.execute(statement)]


async def with_deadlines(tx: AsyncConnection, pairs: Sequence[tuple[date, str | None]]) -> list[Assignment]:
    """What is owed under these deadlines."""
    if not pairs:
        return []
    fits = or_(*(and_(assignments.c.deadline == day, assignments.c.deadline_rule == rule) for day, rule in pairs))
    condition = and_(work.owing_condition(), fits, assignments.c.demand_due.is_(None), tasks.c.task_class == "dated")
    return await work.find(tx, Scope.office(), condition=condition)


async def with_demands(tx: AsyncConnection, today: date) -> list[Assignment]:
    """What was returned and has a day of its own by which it is wanted."""
    near = assignments.c.demand_due.between(today - _BEHIND, today + _AHEAD)
    return await work.find(tx, Scope.office(), condition=and_(work.owing_condition(), near))


async def with_promises(tx: AsyncConnection, after: date, today: date) -> list[Assignment]:
    """What was promised for a day in (after, today]."""
    due = and_(assignments.c.promised_on > after, assignments.c.promised_on <= today)
    return await work.find(tx, Scope.office(), condition=and_(work.owing_condition(), due))


async def already_planned(
    tx: AsyncConnection, keys: Sequence[tuple[int, int, str, int]]
) -> set[tuple[int, int, str, int]]:
    """Of these (person, assignment, rung, version), those that were planned to be sent."""
    table = reminders.c
    columns = (table.person_id, table.assignment_id, table.rung, table.deadline_version)
    found: set[tuple[int, int, str, int]] = set()
    for start in range(0, len(keys), 400):
        statement = select(*columns).where(tuple_(*columns).in_(keys[start : start + 400]), _addressed())
        found.update((p, a, r, v) for p, a, r, v in await tx.execute(statement))
    return found


def _addressed() -> ColumnElement[bool]:
    return reminders.c.state != _NO_ADDRESS


async def add_reminders(
    tx: AsyncConnection, planned: Sequence[PlannedReminder], slot: datetime, outbox_id: int | None
) -> None:
    """Rows of one message, or of people who have no address (then ``outbox_id`` is None)."""
    state = "planned" if outbox_id is not None else _NO_ADDRESS
    table = reminders.c
    columns = (table.person_id, table.assignment_id, table.rung, table.deadline_version)
    keys = [(item.person_id, item.assignment_id, item.rung, item.deadline_version) for item in planned]
    # Who had no address in an earlier slot may have joined since.
    await tx.execute(reminders.delete().where(tuple_(*columns).in_(keys), ~_addressed()))
    rows = [
        {
            "person_id": item.person_id,
            "assignment_id": item.assignment_id,
            "rung": item.rung,
            "deadline_version": item.deadline_version,
            "slot": slot,
            "outbox_id": outbox_id,
            "state": state,
        }
        for item in planned
    ]
    await insert_many_new(tx, reminders, rows)


async def reminders_of(tx: AsyncConnection, outbox_id: int) -> list[PlannedReminder]:
    """What a message was planned to remind of."""
    table = reminders.c
    statement = (
        select(table.person_id, table.assignment_id, table.rung, table.deadline_version)
        .where(table.outbox_id == outbox_id, table.state == "planned")
        .order_by(table.id)
    )
    return [PlannedReminder(*row) for row in await tx.execute(statement)]


async def planned_again(tx: AsyncConnection, outbox_id: int) -> set[int]:
    """The assignments of a message that was held up of which a later message to the same person speaks as well."""
    later = reminders.alias("later")
    again = exists().where(
        later.c.person_id == reminders.c.person_id,
        later.c.assignment_id == reminders.c.assignment_id,
        later.c.id > reminders.c.id,
        later.c.outbox_id != outbox_id,
        later.c.state.in_(("planned", "sent")),
    )
    statement = select(reminders.c.assignment_id).where(reminders.c.outbox_id == outbox_id, again)
    return set((await tx.execute(statement)).scalars())


async def drop_reminders(tx: AsyncConnection, outbox_id: int, assignment_ids: Sequence[int]) -> None:
    """These are no longer owed: the message goes without them."""
    table = reminders.c
    there = (table.outbox_id == outbox_id) & among(table.assignment_id, assignment_ids)
    await tx.execute(update(reminders).where(there).values(state="dropped"))


async def settle_reminders(tx: AsyncConnection, outbox_id: int, state: str) -> bool:
    """What became of the reminders that a message carried; whether it carried any."""
    there = (reminders.c.outbox_id == outbox_id) & (reminders.c.state == "planned")
    return (await tx.execute(update(reminders).where(there).values(state=state))).rowcount > 0


# --- slots -----------------------------------------------------------------------------------------------------------


async def last_slot(tx: AsyncConnection, name: str) -> datetime | None:
    """When the last planned slot of this name was due."""
    last: datetime | None = (await tx.execute(select(func.max(slots.c.at)).where(slots.c.name == name))).scalar()
    return last


async def slot_done(tx: AsyncConnection, name: str, at: datetime, now: datetime, messages: int) -> None:
    """Record a slot as planned."""
    values = {"name": name, "at": at, "planned_at": now, "messages": messages}
    await insert_new(tx, slots, values)


async def unchecked_slots(tx: AsyncConnection, until: datetime) -> list[tuple[str, datetime, datetime]]:
    """(name, due, planned) of slots planned until a machine time that nobody has looked back at."""
    statement = select(slots.c.name, slots.c.at, slots.c.planned_at).where(
        slots.c.checked_at.is_(None), slots.c.planned_at <= until
    )
    return [(name, at, planned) for name, at, planned in await tx.execute(statement)]


async def slot_checked(tx: AsyncConnection, name: str, at: datetime, now: datetime) -> None:
    await tx.execute(update(slots).where(slots.c.name == name, slots.c.at == at).values(checked_at=now))


async def unsettled(tx: AsyncConnection, until: datetime) -> int:
    """Digests and reminders queued until a machine time that have not left yet."""
    statement = select(func.count()).where(
        outbox.c.state.in_(("pending", "leased", "sending")),
        outbox.c.kind.in_(("reminder", "digest")),
        outbox.c.created_at <= until,
    )
    return int((await tx.execute(statement)).scalar_one())
