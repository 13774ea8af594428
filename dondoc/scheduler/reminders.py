"""Reminder slots: who is due for a word today, planned in batches; and the words, made when they are sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.rules.clock import machine_now
from dondoc.rules.deadlines import ON, Deadline, days_overdue, safe_day
from dondoc.rules.ladder import BEFORE_RUNGS, ON_THE_DAY, PROMISE, due_rung, ladder
from dondoc.storage import outbox, people, planning, registry
from dondoc.storage.database import Database
from dondoc.storage.outbox import Address
from dondoc.storage.planning import PlannedReminder
from dondoc.storage.registry import UnitContact
from dondoc.storage.work import Assignment
from dondoc.vietnamese.calendar import WorkCalendar

BATCH = 500
# Said in place of a rung: its day is over, and the deadline is not.
SAFE_DAY_PAST = "0+"
_AHEAD = frozenset(str(days) for days in BEFORE_RUNGS if days)


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
    """Everything with a rung in (after, today], most urgent first.

    Rungs until the day on which the unit was told of the deadline are replaced by what it was told: the assignment
    notice, a granted extension, a demanded supplement.
    """
    found: dict[int, Due] = {}
    rungs_today = {}
    for day, rule in await planning.deadlines_in_play(tx, today):
        rung = due_rung(ladder(Deadline(day, rule or ON), calendar), after, today)
        if rung is not None:
            rungs_today[day, rule] = rung
    for item in await planning.with_deadlines(tx, list(rungs_today)):
        rung = rungs_today[item.deadline_day, item.deadline_rule]  # type: ignore[index]
        if rung.day > _told_on(item, zone) and not _waits_for_promise(item, today, calendar):
            found[item.id] = Due(item, rung.name)
    for item in await planning.with_demands(tx, today):
        demanded = due_rung(ladder(Deadline(item.demand_due, ON), calendar), after, today)  # type: ignore[arg-type]
        if demanded is not None and demanded.day > _told_on(item, zone):
            found[item.id] = Due(item, demanded.name)
    for item in await planning.with_promises(tx, after, today):
        ladder_says = found.get(item.id)
        # A promise that is due is what the next reminder is about, unless the deadline itself has come.
        if ladder_says is None or ladder_says.rung in _AHEAD:
            found[item.id] = Due(item, PROMISE)
    return sorted(found.values(), key=_urgency)


def _told_on(item: Assignment, zone: tzinfo | None) -> date:
    """The day on which the unit was told of the deadline in force."""
    return (item.deadline_set_at or item.assigned_at).astimezone(zone).date()


def _waits_for_promise(item: Assignment, today: date, calendar: WorkCalendar) -> bool:
    """A promise of a day before the last safe day is taken at its word: nothing is said before that day."""
    if item.promised_on is None or item.deadline is None:
        return False
    return today < item.promised_on <= safe_day(item.deadline, calendar)


def rung_now(item: Assignment, planned: str, today: date, calendar: WorkCalendar) -> str | None:
    """What a planned rung has become by the day on which its message leaves; None if nothing is left to say of it.

    A message that is held up for a day must not say that today is the last one.
    """
    if planned.startswith(PROMISE):
        return PROMISE if planned == _written(Due(item, PROMISE)) else None
    deadline = supplement_deadline(item)
    rung = due_rung(ladder(deadline, calendar), date.min, today) if deadline else None
    if deadline is None or rung is None:
        return planned
    if rung.day < today and rung.name in ("0", ON_THE_DAY):
        return "+1" if days_overdue(deadline, today, calendar) else SAFE_DAY_PAST
    return rung.name


def _written(due: Due) -> str:
    """The rung as its row has it: every promise of a day is one of its own."""
    return f"{PROMISE}{due.assignment.promised_on:%y%m%d}" if due.rung == PROMISE else due.rung


def _urgency(due: Due) -> tuple[date, str]:
    deadline = supplement_deadline(due.assignment)
    return (deadline.day if deadline else date.max, due.assignment.code)


async def messages_for(tx: AsyncConnection, due: Sequence[Due]) -> list[Message]:
    """One message a person: to the first contact of each unit who can be reached, else to the first contact at all."""
    contacts: dict[int, list[UnitContact]] = {}
    for one in await registry.contacts_of(tx, {item.assignment.unit_id for item in due}):
        contacts.setdefault(one.unit_id, []).append(one)
    everybody = [one.person_id for some in contacts.values() for one in some]
    addresses = await people.addresses_of(tx, everybody)
    grouped: dict[tuple[int | None, int], list[Due]] = {}
    chosen: dict[tuple[int | None, int], UnitContact | None] = {}
    for item in due:
        some = contacts.get(item.assignment.unit_id, [])
        first = some[0] if some else None
        contact = next((c for c in some if c.person_id in addresses), first)
        # Somebody who answers for two units gets one message; a unit without anybody stands alone.
        key = (contact.person_id, 0) if contact else (None, item.assignment.unit_id)
        grouped.setdefault(key, []).append(item)
        chosen[key] = contact
    return [
        Message(
            person_id=key[0],
            address=addresses.get(key[0]) if key[0] is not None else None,
            contact=chosen[key],
            unit_id=items[0].assignment.unit_id,
            items=tuple(items),
        )
        for key, items in grouped.items()
    ]


async def plan(database: Database, at: datetime, since: datetime, calendar: WorkCalendar) -> int:
    """Queue the reminders of the slot ``at``; how many messages. Planning the same slot again adds nothing."""
    async with database.read() as tx:
        due = await due_assignments(tx, _day_before(since, at), at.date(), calendar, zone=at.tzinfo)
        messages = await messages_for(tx, due)
    queued = 0
    for batch in _batches(messages, BATCH):
        async with database.write() as tx:
            for message in batch:
                queued += await _queue(tx, message, at)
    return queued


def _day_before(since: datetime, at: datetime) -> date:
    """The last day whose rungs were looked at: today's own rungs are due in every slot of today."""
    day_before = date.fromordinal(at.date().toordinal() - 1)
    return min(since.astimezone(at.tzinfo).date(), day_before)


async def _queue(tx: AsyncConnection, message: Message, at: datetime) -> int:
    if message.person_id is None:
        return 0
    planned = [
        PlannedReminder(message.person_id, item.assignment.id, _written(item), item.assignment.version)
        for item in message.items
    ]
    known = await planning.already_planned(
        tx, [(p.person_id, p.assignment_id, p.rung, p.deadline_version) for p in planned]
    )
    fresh = [p for p in planned if (p.person_id, p.assignment_id, p.rung, p.deadline_version) not in known]
    if not fresh:
        return 0
    if message.address is None:
        await planning.add_reminders(tx, fresh, at, None)
        return 0
    row = outbox.queued(
        message.address,
        "reminder",
        {"render": "reminder"},
        machine_now(),
        dedup_key=f"reminder:{message.person_id}:{at.isoformat()}",
    )
    outbox_id = await outbox.enqueue(tx, row)
    if outbox_id is None:
        return 0
    await planning.add_reminders(tx, fresh, at, outbox_id)
    return 1


def _batches(items: Sequence[Message], size: int) -> Iterable[Sequence[Message]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
