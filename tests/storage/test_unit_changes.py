"""Units end, merge and divide: nothing that is open is lost, and the trail says where it went."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from dondoc.rules.clock import machine_now
from dondoc.rules.roles import Role, Scope
from dondoc.rules.states import State
from dondoc.storage import invitations, registry, work
from dondoc.storage.database import Database
from dondoc.storage.tables import events
from dondoc.storage.unit_changes import NobodyTakesOver, close_unit, open_assignments
from tests.support.offices import START, SampleOffice, assignment, give

LAST_DAY = START.date() - timedelta(days=1)
DEADLINE = date(2024, 6, 28)


async def test_open_assignments_go_to_the_successor_with_their_deadlines(
    database: Database, office: SampleOffice
) -> None:
    old, new = office.units["TH-HS"], office.units["THCS-BM"]
    async with database.write() as tx:
        [open_one] = await give(tx, office, "TH-HS", deadline=DEADLINE, state="in_progress", percent=40)
        [done] = await give(tx, office, "TH-HS", deadline=DEADLINE, state="done", result="on_time", late_days=0)
        assert await open_assignments(tx, [old, new]) == {old: 1}
        moved = await close_unit(tx, old, LAST_DAY, successors=[new], receiver=new, actor_id=None, at=START)
        assert moved.moved == (open_one,)
        item = await assignment(tx, open_one)
        assert (item.unit_id, item.state, item.percent, item.deadline_day) == (new, State.IN_PROGRESS, 40, DEADLINE)
        assert (await assignment(tx, done)).unit_id == old, "what is settled stays where it was done"
        unit = await registry.unit_by_code(tx, "TH-HS")
        assert unit is not None
        assert unit.valid_to == LAST_DAY
        assert await registry.successors_of(tx, [old]) == [new]
        trail = (await tx.execute(select(events.c.kind, events.c.detail).order_by(events.c.id))).all()
        assert [row.kind for row in trail] == ["assignment.moved", "unit.closed"]
        assert (trail[0].detail["from_unit"], trail[0].detail["to_unit"]) == (old, new)


async def test_nothing_open_is_left_behind(database: Database, office: SampleOffice) -> None:
    """Without a unit that takes over nothing happens at all."""
    async with database.write() as tx:
        [item_id] = await give(tx, office, "TH-HS", deadline=DEADLINE)
        with pytest.raises(NobodyTakesOver):
            await close_unit(tx, office.units["TH-HS"], LAST_DAY, actor_id=None, at=START)
        unit = await registry.unit_by_code(tx, "TH-HS")
        assert unit is not None
        assert unit.valid_to is None
        assert (await assignment(tx, item_id)).unit_id == office.units["TH-HS"]


async def test_a_task_that_both_had_is_owed_once(database: Database, office: SampleOffice) -> None:
    """Two schools merge that were both to report: the new one reports once."""
    async with database.write() as tx:
        gone, stays = await give(tx, office, "TH-HS", "THCS-BM", deadline=DEADLINE)
        new = office.units["THCS-BM"]
        moved = await close_unit(
            tx, office.units["TH-HS"], LAST_DAY, successors=[new], receiver=new, actor_id=None, at=START
        )
        assert (moved.moved, moved.withdrawn) == ((), (gone,))
        assert (await assignment(tx, gone)).state is State.WITHDRAWN
        assert (await assignment(tx, stays)).state is State.NEW


async def test_a_unit_that_is_divided_hands_on_task_by_task(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        [first] = await give(tx, office, "TH-HS", deadline=DEADLINE)
        [second] = await give(tx, office, "TH-HS", deadline=DEADLINE)
        one, other = office.units["THCS-BM"], office.units["MN-HD"]
        code = (await assignment(tx, second)).code
        await close_unit(
            tx,
            office.units["TH-HS"],
            LAST_DAY,
            successors=[one, other],
            receiver=one,
            receivers={code: other},
            actor_id=None,
            at=START,
        )
        assert (await assignment(tx, first)).unit_id == one
        assert (await assignment(tx, second)).unit_id == other
        assert await work.find(tx, Scope.office(), unit_id=office.units["TH-HS"]) == []


async def test_codes_of_a_closed_unit_let_nobody_in(database: Database, office: SampleOffice) -> None:
    unit_id = office.units["X-AP"]
    async with database.write() as tx:
        code = await invitations.invite(tx, office.id, Role.CONTACT, machine_now(), unit_id=unit_id)
        await close_unit(tx, unit_id, LAST_DAY, actor_id=None, at=START)
        assert await invitations.open_invitation(tx, code, machine_now()) is None
