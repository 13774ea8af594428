"""Reminder slots: who is due for a word today, planned in batches; and the words, made when they are sent."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.rules.clock import machine_now
from dondoc.rules.deadlines import ON, Deadline, days_overdue
from dondoc.rules.ladder import ON_THE_DAY, PROMISE, due_rung, ladder
from dondoc.rules.roles import Scope
from dondoc.scheduler.due import due_rows
from dondoc.storage import people, planning, registry, work
from dondoc.storage.database import Database
from dondoc.storage.outbox import Address
from dondoc.storage.planning import PlannedReminder
from dondoc.storage.registry import UnitContact
from dondoc.storage.work import Assignment
from dondoc.vietnamese.calendar import WorkCalendar

BATCH = 5000
"""People whose messages are committed together."""

# Said in place of a rung: its day is over, and the deadline is not.
SAFE_DAY_PAST = "0+"


@dataclass(frozen=True, slots=True)
class Due:
    """One assignment that is due for a word, and which rung of its ladder it stands on."""

    assignment: Assignment
    rung: str


@dataclass(frozen=True, slots=True)
class Message:
    """What one person is reminded of in one slot. ``person_id`` is None for a unit without any contact."""

    person_id: int | None
    address: Address | None
    contact: UnitContact | None
    unit_id: int
    items: tuple[Due, ...]


def supplement_deadline(item: Assignment) -> Deadline | None:
    """The deadline that is reminded of: the day of a demanded supplement before the task's own."""
    return Deadline(item.demand_due, ON) if item.demand_due else item.deadline


async def due_assignments(
    tx: AsyncConnection, after: date, today: date, calendar: WorkCalendar, *, zone: tzinfo | None
) -> list[Due]:
    """Everything with a rung in (after, today], most urgent first, with all that a message says of it."""
    rows = await due_rows(tx, after, today, calendar, zone)
    items = await work.find(tx, Scope.office(), ids=[row.assignment_id for row in rows])
    by_id = {item.id: item for item in items}
    return [Due(by_id[row.assignment_id], row.rung) for row in rows]


def rung_now(item: Assignment, planned: str, today: date, calendar: WorkCalendar) -> str | None:
    """What a planned rung has become by the day on which its message leaves; None if nothing is left to say of it.

    A message that is held up for a day must not say that today is the last one.
    """
    if planned.startswith(PROMISE):
        return PROMISE if planned == _written(PROMISE, item.promised_on) else None
    deadline = supplement_deadline(item)
    rung = due_rung(ladder(deadline, calendar), date.min, today) if deadline else None
    if deadline is None or rung is None:
        return planned
    if rung.day < today and rung.name in ("0", ON_THE_DAY):
        return "+1" if days_overdue(deadline, today, calendar) else SAFE_DAY_PAST
    return rung.name


def _written(rung: str, promised_on: date | None) -> str:
    """The rung as its row has it: every promise of a day is one of its own."""
    return f"{PROMISE}{promised_on:%y%m%d}" if rung == PROMISE else rung


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is written to for a unit: ``address`` is None if nobody of it can be reached, both if it has no contact."""

    contact: UnitContact | None
    address: Address | None


async def recipients(tx: AsyncConnection, unit_ids: Iterable[int], today: date) -> dict[int, Recipient]:
    """For each unit the first contact who can be reached, else the first contact at all."""
    contacts: dict[int, list[UnitContact]] = {unit_id: [] for unit_id in unit_ids}
    for one in await registry.contacts_of(tx, contacts, today):
        contacts[one.unit_id].append(one)
    addresses = await people.addresses_of(tx, {one.person_id for some in contacts.values() for one in some})
    found = {}
    for unit_id, some in contacts.items():
        contact = next((one for one in some if one.person_id in addresses), some[0] if some else None)
        found[unit_id] = Recipient(contact, addresses.get(contact.person_id) if contact else None)
    return found


async def messages_for(tx: AsyncConnection, due: Sequence[Due], today: date) -> list[Message]:
    """One message a person, and one for each unit that has nobody."""
    to = await recipients(tx, {item.assignment.unit_id for item in due}, today)
    # Somebody who answers for two units gets one message; a unit without anybody stands alone.
    grouped: dict[tuple[int | None, int], list[Due]] = {}
    for item in due:
        contact = to[item.assignment.unit_id].contact
        key = (contact.person_id, 0) if contact else (None, item.assignment.unit_id)
        grouped.setdefault(key, []).append(item)
    messages = []
    for (person_id, _), items in grouped.items():
        unit_id = items[0].assignment.unit_id
        messages.append(Message(person_id, to[unit_id].address, to[unit_id].contact, unit_id, tuple(items)))
    return messages


async def plan(database: Database, at: datetime, since: datetime, calendar: WorkCalendar) -> int:
    """Queue the reminders of the slot ``at``; how many messages.

    In batches of whole people, each committed by itself. Planning the same slot again, after a crash or in another
    process, adds what is missing and nothing else.
    """
    with _collector_resting():
        planned, addresses = await _to_plan(database, at, _day_before(since, at), calendar)
        queued = 0
        everybody = list(planned)
        for start in range(0, len(everybody), BATCH):
            batch = {person_id: planned[person_id] for person_id in everybody[start : start + BATCH]}
            async with database.write() as tx:
                queued += await _queue(tx, batch, addresses, at)
    return queued


async def _to_plan(
    database: Database, at: datetime, after: date, calendar: WorkCalendar
) -> tuple[dict[int, list[PlannedReminder]], dict[int, Address | None]]:
    """By person what was not planned yet, most urgent first, and where they are reached."""
    today = at.date()
    async with database.read() as tx:
        rows = await due_rows(tx, after, today, calendar, at.tzinfo)
        to = await recipients(tx, {row.unit_id for row in rows}, today)
        # A rung is planned on its day at the earliest.
        known = await planning.planned_since(tx, datetime.combine(after, time(), at.tzinfo))
    addresses: dict[int, Address | None] = {}
    planned: dict[int, list[PlannedReminder]] = {}
    for row in rows:
        recipient = to[row.unit_id]
        if recipient.contact is None:
            continue
        person_id = recipient.contact.person_id
        rung = _written(row.rung, row.promised_on)
        one = PlannedReminder(person_id, row.assignment_id, rung, row.deadline_version)
        if one not in known:
            addresses[person_id] = recipient.address
            planned.setdefault(person_id, []).append(one)
    return planned, addresses


@contextmanager
def _collector_resting() -> Iterator[None]:
    """Without Python's search for cycles: among the many rows of a big slot, which hold none, it takes half the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _day_before(since: datetime, at: datetime) -> date:
    """The last day whose rungs were looked at: today's own rungs are due in every slot of today."""
    day_before = date.fromordinal(at.date().toordinal() - 1)
    return min(since.astimezone(at.tzinfo).date(), day_before)


async def _queue(
    tx: AsyncConnection,
    planned: Mapping[int, Sequence[PlannedReminder]],
    addresses: Mapping[int, Address | None],
    at: datetime,
) -> int:
    """One message for each of these people who has an address; how many are new."""
    to = [address for person_id in planned if (address := addresses[person_id]) is not None]
    messages = await planning.add_messages(tx, at, to, machine_now())
    # Who has a message of this slot already got it from another process, which may have sent it: nothing is added to it.
    written = [
        (one, messages.get(person_id))
        for person_id, some in planned.items()
        if person_id in messages or addresses[person_id] is None
        for one in some
    ]
    await planning.add_reminders(tx, at, written)
    return len(messages)
