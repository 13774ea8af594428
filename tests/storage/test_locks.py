"""Locks that are held in common: two who work at the same moment do not wait for each other."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from dondoc.rules.roles import Scope
from dondoc.storage import directives, planning, work
from dondoc.storage.database import Database
from dondoc.storage.planning import PlannedReminder
from tests.support.offices import START, SampleOffice, directive, give


def together(database: Database) -> asyncio.Barrier:
    """Where two transactions meet; SQLite has only one at a time."""
    return asyncio.Barrier(1 if database.is_sqlite else 2)


def draft(office: SampleOffice, **values: Any) -> dict[str, Any]:
    return {"office_id": office.id, "content": "Báo cáo", "task_class": "product", "created_at": START, **values}


async def test_two_give_a_task_at_the_same_moment(database: Database, office: SampleOffice) -> None:
    meeting = together(database)

    async def give_one() -> str:
        async with database.write() as tx:
            task_id = await directives.add_task(tx, draft(office))
            await meeting.wait()
            [code] = await directives.next_codes(tx, office.id, 1)
            await directives.set_task(tx, task_id, code=code)
            return code

    async with asyncio.timeout(20):
        assert sorted(await asyncio.gather(give_one(), give_one())) == ["NV-001", "NV-002"]


@pytest.mark.parametrize("what", ["directive", "assignment"])
async def test_two_lock_what_both_have_added_to(database: Database, office: SampleOffice, what: str) -> None:
    async with database.write() as tx:
        directive_id = await directive(tx, office)
        (item_id,) = await give(tx, office, "TH-HS")
    meeting = together(database)

    async def change(number: int) -> None:
        async with database.write() as tx:
            if what == "directive":
                await directives.add_task(tx, draft(office, directive_id=directive_id))
                await meeting.wait()
                await directives.get_directive(tx, directive_id, lock=True)
                await directives.set_approved(tx, directive_id, START)
            else:
                planned = PlannedReminder(office.people["huong"], item_id, str(number), 1)
                await planning.add_reminders(tx, START, [(planned, None)])
                await meeting.wait()
                item = await work.get(tx, Scope.office(), item_id, lock=True)
                assert item is not None
                await work.change(tx, item, "progress", actor_id=None, at=START, percent=number)

    async with asyncio.timeout(20):
        await asyncio.gather(change(1), change(2))
