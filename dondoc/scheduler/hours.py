"""The ladder of urgent work: a word three hours and one hour before the hour of today by which it is due, and at it.

Not tied to the day's slots nor to the office's hours: who gives work until 17 hours wants to hear of it by then.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from dondoc.rules.clock import machine_now
from dondoc.rules.deadlines import Deadline
from dondoc.rules.ladder import hour_rungs
from dondoc.scheduler.reminders import recipients
from dondoc.storage import outbox, planning, urgent
from dondoc.storage.database import Database
from dondoc.storage.outbox import Address
from dondoc.storage.planning import PlannedReminder
from dondoc.storage.urgent import UrgentRow
from dondoc.storage.work import Assignment

# A rung that was slept through for longer says nothing any more.
_WORTH = timedelta(minutes=45)
_MARK = "h"


async def plan(database: Database, now: datetime) -> int:
    """Queue what has come since the last look; how many messages. Looking again adds nothing."""
    midnight = datetime.combine(now.date(), time(), now.tzinfo)
    async with database.read() as tx:
        due = [(row, at) for row in await urgent.due_today(tx, now.date()) if (at := _rung(row, now)) is not None]
        if not due:
            return 0
        to = await recipients(tx, {row.unit_id for row, _ in due}, now.date())
        known = await planning.planned_since(tx, midnight)
    planned: dict[Address, list[tuple[PlannedReminder, datetime]]] = {}
    for row, at in due:
        recipient = to[row.unit_id]
        if recipient.contact is None or recipient.address is None:
            continue  # the office heard of it when the work was given
        one = PlannedReminder(recipient.contact.person_id, row.assignment_id, _name(row, at), row.deadline_version)
        if one not in known:
            planned.setdefault(recipient.address, []).append((one, at))
    queued = 0
    async with database.write() as tx:
        for address, some in planned.items():
            at = max(moment for _, moment in some)
            key = f"hour:{address.person_id}:{at.isoformat()}:{min(one.assignment_id for one, _ in some)}"
            message = outbox.queued(address, "notice", {"render": "reminder"}, machine_now(), dedup_key=key)
            outbox_id = await outbox.enqueue(tx, message)
            if outbox_id is not None:
                await planning.add_reminders(tx, at, [(one, outbox_id) for one, _ in some])
                queued += 1
    return queued


def is_hour(rung: str) -> bool:
    """Whether a planned rung is one of the hours: "3h", "1h", "0h"."""
    return rung.endswith(_MARK) and rung[:-1].isdigit()


def hour_now(item: Assignment, planned: str, now: datetime) -> str | None:
    """The rung when its message leaves; None once the hour is long over or the deadline is another."""
    deadline = item.deadline
    if deadline is None or deadline.time is None or deadline.day != now.date():
        return None
    end = datetime.combine(deadline.day, deadline.time, now.tzinfo)
    if now > end + _WORTH:
        return None
    return f"0{_MARK}" if now >= end else planned


def _rung(row: UrgentRow, now: datetime) -> datetime | None:
    """The moment of its ladder that has come last, if the unit knew of the work by then and it is still worth a word."""
    deadline = Deadline(now.date(), time=row.deadline_time)
    told = row.told_at.astimezone(now.tzinfo)
    came = [at for at in hour_rungs(deadline, told) if at <= now]
    return came[-1] if came and now - came[-1] <= _WORTH else None


def _name(row: UrgentRow, at: datetime) -> str:
    end = datetime.combine(at.date(), row.deadline_time, at.tzinfo)
    return f"{round((end - at) / timedelta(hours=1))}{_MARK}"
