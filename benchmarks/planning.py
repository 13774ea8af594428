"""Planning a reminder slot beside the bare SQL that finds the same rows, at several sizes on both databases.

Two yardsticks. "told": one select that is told the days and fetches what is due with who is reached where. "finds": the
same select over everything that is owed with a deadline within 40 days, which is what has to be looked through where
nobody knows the ladder. Planning has to work the ladder out, to find the rows and people, to see what was planned before, and
to commit a message a person and a row a rung. Both are run in turn, and the best of the rounds counts: a busy machine
slows down whatever happens to run.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select, text

from benchmarks.databases import KINDS, new_database
from benchmarks.office import CALENDAR, SLOT, Size, found
from benchmarks.timing import Line, best_of
from dondoc.scheduler import reminders
from dondoc.storage.database import Database
from dondoc.storage.tables import outbox
from dondoc.storage.tables import reminders as reminder_rows
from tests.support.postgres import Postgres

SIZES = (Size(1_000, 10_000), Size(4_000, 40_000), Size(4_000, 160_000))
FULL = (*SIZES, Size(20_000, 1_000_000))
ROUNDS = 3

_SELECT = (
    "SELECT a.id, a.unit_id, a.deadline, a.deadline_version, t.code, c.person_id, d.channel, d.chat_id "
    "FROM assignments a JOIN tasks t ON t.id = a.task_id JOIN contacts c ON c.unit_id = a.unit_id "
    "JOIN addresses d ON d.person_id = c.person_id WHERE d.reachable "
    "AND a.role = 'lead' AND a.state IN ('new', 'received', 'in_progress', 'returned') "
)
TOLD = text(_SELECT + "AND a.deadline IN :days ORDER BY a.deadline, t.code").bindparams(
    bindparam("days", expanding=True)
)
FINDS = text(_SELECT + "AND a.deadline BETWEEN :first AND :last ORDER BY a.deadline, t.code")


async def run(server: Postgres, *, full: bool = False) -> AsyncIterator[Line]:
    for kind in KINDS:
        for size in FULL if full else SIZES:
            async with new_database(kind, server) as database:
                await found(database, size)
                for line in await _measure(database, kind, size):
                    yield line


async def _measure(database: Database, kind: str, size: Size) -> Sequence[Line]:
    def day(value: date) -> Any:
        return value.isoformat() if database.is_sqlite else value

    days = [day(one) for one in size.due_days()]
    window = {"first": day(SLOT.date() - timedelta(days=40)), "last": day(SLOT.date() + timedelta(days=40))}

    async def plan() -> None:
        if not await reminders.plan(database, SLOT, SLOT - timedelta(days=1), CALENDAR):
            raise AssertionError("nothing planned")

    async def again() -> None:
        if await reminders.plan(database, SLOT, SLOT - timedelta(days=1), CALENDAR):
            raise AssertionError("planned twice")

    async def forget() -> None:
        async with database.write() as tx:
            await tx.execute(reminder_rows.delete())
            await tx.execute(outbox.delete())

    async def told() -> None:
        async with database.read() as tx:
            if len((await tx.execute(TOLD, {"days": days})).all()) != size.due:
                raise AssertionError("the bare select finds other rows")

    async def finds() -> None:
        async with database.read() as tx:
            if len((await tx.execute(FINDS, window)).all()) < size.due:
                raise AssertionError("the bare select finds other rows")

    planned, planned_again, told_it, finds_it = await best_of(ROUNDS, plan, again, told, finds, before=forget)
    async with database.read() as tx:
        if (await tx.execute(select(func.count()).select_from(reminder_rows))).scalar_one() != size.due:
            raise AssertionError("other reminders than are due")
    what = f"{size.open:,} open, {size.due:,} due ({kind})"
    return (
        Line(f"plan a slot: {what}", planned, "bare SQL, told the days", told_it),
        Line("  the same", planned, "bare SQL over all that may be due", finds_it),
        Line("  the same slot looked at again", planned_again, "bare SQL, told the days", told_it),
    )
