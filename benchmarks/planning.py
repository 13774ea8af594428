"""Planning a reminder slot beside the bare SQL that finds the same rows.

20,000 open assignments: 400 units with one contact each, 50 tasks whose deadlines lie on 50 days around today, so that
each day some of them stand on a rung of the ladder. The bare select is told the days; planning has to find them, to look
up who is reached where, to see what was planned before, and to commit a message a person with a row a rung.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select, text

from benchmarks.databases import KINDS, fill, new_database, settle_statistics
from benchmarks.timing import Line, median
from dondoc.rules.deadlines import ON, Deadline
from dondoc.rules.ladder import due_rung, ladder
from dondoc.scheduler import reminders
from dondoc.storage import offices
from dondoc.storage.database import Database
from dondoc.storage.tables import addresses, assignments, contacts, outbox, people, tasks, units
from dondoc.storage.tables import reminders as reminder_rows
from dondoc.vietnamese.calendar import WorkCalendar
from tests.support.postgres import Postgres

UNITS, TASKS = 400, 50
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SLOT = datetime(2024, 6, 19, 8, 0, tzinfo=ZONE)
GIVEN = SLOT - timedelta(days=60)
CALENDAR = WorkCalendar()

BARE = text(
    "SELECT a.id, a.unit_id, a.deadline, t.code, t.content FROM assignments a JOIN tasks t ON t.id = a.task_id "
    "WHERE a.role = 'lead' AND a.state IN ('new', 'received', 'in_progress', 'returned') AND a.deadline IN :days"
).bindparams(bindparam("days", expanding=True))


async def run(server: Postgres) -> AsyncIterator[Line]:
    for kind in KINDS:
        async with new_database(kind, server) as database:
            await _found(database)
            yield await _measure(database, kind)


async def _found(database: Database) -> None:
    async with database.write() as tx:
        office = await offices.ensure_office(tx, GIVEN)
    ids = range(1, UNITS + 1)
    await fill(database, units, [{"id": n, "code": f"U{n}", "name": f"Trường số {n}", "kind": "tieu_hoc"} for n in ids])
    await fill(database, people, [{"id": n, "name": f"Người số {n}", "created_at": GIVEN} for n in ids])
    await fill(database, contacts, [{"unit_id": n, "person_id": n, "rank": 1} for n in ids])
    there = {"channel": "test", "account": "office", "reachable": True, "joined_at": GIVEN}
    await fill(database, addresses, [{"person_id": n, "chat_id": str(n), **there} for n in ids])
    await fill(database, tasks, [_task(office.id, n) for n in range(TASKS)])
    await fill(database, assignments, [_assignment(task, unit) for task in range(TASKS) for unit in ids])
    await settle_statistics(database)


def _deadline(task: int) -> date:
    return SLOT.date() + timedelta(days=task - TASKS // 2)


def _task(office_id: int, task: int) -> dict[str, Any]:
    lists: dict[str, list[str]] = {"lead": [], "cooperate": [], "unresolved": [], "groups": [], "why": []}
    return {
        "id": task + 1,
        "office_id": office_id,
        "code": f"NV-{task + 1:03d}",
        "status": "approved",
        "content": f"Báo cáo kết quả công tác số {task}",
        "task_class": "dated",
        "deadline": _deadline(task),
        "deadline_rule": ON,
        "created_at": GIVEN,
        **lists,
    }


def _assignment(task: int, unit: int) -> dict[str, Any]:
    return {
        "task_id": task + 1,
        "unit_id": unit,
        "role": "lead",
        "state": "in_progress",
        "deadline": _deadline(task),
        "deadline_rule": ON,
        "assigned_at": GIVEN,
    }


def _due_days() -> list[date]:
    today = SLOT.date()
    days = {_deadline(task) for task in range(TASKS)}
    return [day for day in days if due_rung(ladder(Deadline(day, ON), CALENDAR), today - timedelta(days=1), today)]


async def _measure(database: Database, kind: str) -> Line:
    days = _due_days()
    due = len(days) * UNITS

    async def plan() -> None:
        messages = await reminders.plan(database, SLOT, SLOT - timedelta(days=1), CALENDAR)
        if messages != UNITS:
            raise AssertionError(f"{messages} messages instead of {UNITS}")

    async def forget() -> None:
        async with database.write() as tx:
            await tx.execute(reminder_rows.delete())
            await tx.execute(outbox.delete())

    async def bare() -> None:
        if len(await _bare(database, days)) != due:
            raise AssertionError("the bare select finds other rows")

    seconds = await median(plan, 3, before=forget)
    async with database.read() as tx:
        planned = (await tx.execute(select(func.count()).select_from(reminder_rows))).scalar_one()
    if planned != due:
        raise AssertionError(f"{planned} reminders instead of {due}")
    what = f"plan a slot: {UNITS * TASKS:,} open, {due:,} due to {UNITS} people ({kind})"
    return Line(what, seconds, "bare SQL select of the due rows", await median(bare, 7))


async def _bare(database: Database, days: list[date]) -> Sequence[Any]:
    statement = BARE
    async with database.read() as tx:
        given: list[Any] = [day.isoformat() for day in days] if database.is_sqlite else list(days)
        return (await tx.execute(statement, {"days": given})).all()
