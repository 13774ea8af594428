"""What is due: the rows that a reminder slot works from and leaves behind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    String,
    and_,
    case,
    exists,
    func,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import TypeEngine

from dondoc.rules.deadlines import ON
from dondoc.storage import work
from dondoc.storage.bulk import among, given_rows
from dondoc.storage.columns import Id, Instant
from dondoc.storage.database import insert_from, insert_new, wake
from dondoc.storage.outbox import Address, queued
from dondoc.storage.tables import assignments, outbox, reminders, slots, tasks

_NO_ADDRESS = "no_address"
# SQLite takes the ON of ON CONFLICT for a join's where no WHERE stands before it.
_TRUE = text("1 = 1")


class PlannedReminder(NamedTuple):
    """One rung of one assignment for one person."""

    person_id: int
    assignment_id: int
    rung: str
    deadline_version: int


class Standing(NamedTuple):
    """A deadline (day, rule) that stands on a rung of its ladder now. ``safe_day`` is the last safe day of the deadline.

    Who was told of the deadline only at ``told_before`` or later, the first moment of the rung's day, needs no reminder.
    """

    day: date
    rule: str
    rung: str
    told_before: datetime
    safe_day: date


class DueRow(NamedTuple):
    """An assignment that is due for a word. ``due_on`` is the day of its deadline or of what was demanded; else the last."""

    assignment_id: int
    unit_id: int
    deadline_version: int
    code: str
    due_on: date
    promised_on: date | None
    safe_day: date | None
    rung: str


_STANDING: dict[str, TypeEngine[Any]] = {
    "day": Date(),
    "rule": String(),
    "rung": String(),
    "told_before": Instant(),
    "safe_day": Date(),
}


async def standing_by_deadline(tx: AsyncConnection, standing: Sequence[Standing]) -> list[DueRow]:
    """What is owed under one of these deadlines and was told of in time."""
    has_deadline = and_(assignments.c.demand_due.is_(None), tasks.c.task_class == "dated")
    return await _standing(tx, standing, assignments.c.deadline, has_deadline)


async def standing_by_demand(tx: AsyncConnection, standing: Sequence[Standing]) -> list[DueRow]:
    """What was returned and is wanted again by one of these days."""
    return await _standing(tx, standing, assignments.c.demand_due, assignments.c.demand_due.is_not(None))


async def _standing(
    tx: AsyncConnection, standing: Sequence[Standing], day: ColumnElement[Any], condition: ColumnElement[bool]
) -> list[DueRow]:
    # One look into the index for each deadline: the ladder is worked out before, and the database only compares.
    given = given_rows(tx, standing, _STANDING)
    rule = literal(ON) if day is assignments.c.demand_due else func.coalesce(assignments.c.deadline_rule, ON)
    told = func.coalesce(assignments.c.deadline_set_at, assignments.c.assigned_at)
    statement = (
        select(*_DUE, day, assignments.c.promised_on, given.c.safe_day, given.c.rung)
        .select_from(given)
        .join(assignments, and_(day == given.c.day, rule == given.c.rule))
        .join(tasks, tasks.c.id == assignments.c.task_id)
        .where(work.owing_condition(), condition, told < given.c.told_before)
    )
    return list(map(DueRow._make, (await tx.execute(statement)).all()))


_DUE = (assignments.c.id, assignments.c.unit_id, assignments.c.deadline_version, tasks.c.code)


async def promised(tx: AsyncConnection, after: date, today: date, rung: str) -> list[DueRow]:
    """What was promised for a day in (after, today], as standing on this rung."""
    due = and_(assignments.c.promised_on > after, assignments.c.promised_on <= today)
    due_on = func.coalesce(assignments.c.demand_due, assignments.c.deadline, literal(date.max), type_=Date())
    statement = (
        select(*_DUE, due_on, assignments.c.promised_on, literal(None), literal(rung))
        .join(tasks, tasks.c.id == assignments.c.task_id)
        .where(work.owing_condition(), due)
    )
    return list(map(DueRow._make, (await tx.execute(statement)).all()))


# --- the rows of a slot ----------------------------------------------------------------------------------------------

_PLANNED: dict[str, TypeEngine[Any]] = {
    "person_id": Id,
    "assignment_id": Id,
    "rung": String(),
    "deadline_version": Integer(),
    "outbox_id": Id,
}
_KEY = PlannedReminder._fields


async def planned_since(tx: AsyncConnection, moment: datetime) -> set[PlannedReminder]:
    """What was planned to be sent in the slots since a moment."""
    table = reminders.c
    columns = (table.person_id, table.assignment_id, table.rung, table.deadline_version)
    statement = select(*columns).where(table.slot >= moment, table.state != _NO_ADDRESS)
    return set(map(PlannedReminder._make, (await tx.execute(statement)).all()))


async def add_messages(tx: AsyncConnection, slot: datetime, to: Sequence[Address], now: datetime) -> dict[int, int]:
    """Queue one reminder message of the slot for each of these people; by person the ids of those that are new."""
    wake(tx)
    columns: dict[str, TypeEngine[Any]] = {
        "channel": String(),
        "account": String(),
        "chat_id": String(),
        "person_id": Id,
        "dedup_key": String(),
    }
    at = slot.isoformat()
    rows = ((one.channel, one.account, one.chat_id, one.person_id, f"reminder:{one.person_id}:{at}") for one in to)
    given = given_rows(tx, rows, columns)
    common = queued(Address("", "", ""), "reminder", {"render": "reminder"}, now)
    fixed = {name: value for name, value in common.items() if name not in columns}
    values = [given.c[name] for name in columns]
    values += [literal(value, outbox.c[name].type) for name, value in fixed.items()]
    new = insert_from(tx, outbox, [*columns, *fixed], select(*values).where(_TRUE)).on_conflict_do_nothing()
    return dict((await tx.execute(new.returning(outbox.c.person_id, outbox.c.id))).all())


async def add_reminders(
    tx: AsyncConnection, slot: datetime, planned: Iterable[tuple[PlannedReminder, int | None]]
) -> None:
    """Rows with the message that carries each; None for people who have no address.

    Who had no address in an earlier slot may have joined since: that row is taken over.
    """
    rows = ((*one, outbox_id) for one, outbox_id in planned)
    given = given_rows(tx, rows, _PLANNED)
    state = case((given.c.outbox_id.is_(None), _NO_ADDRESS), else_="planned")
    values = select(*(given.c[name] for name in _PLANNED), literal(slot, Instant()), state).where(_TRUE)
    new = insert_from(tx, reminders, [*_PLANNED, "slot", "state"], values)
    taken = {name: new.excluded[name] for name in ("slot", "outbox_id", "state")}
    await tx.execute(new.on_conflict_do_update(index_elements=_KEY, set_=taken, where=reminders.c.state == _NO_ADDRESS))


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
