"""What has to survive a restart besides the work itself: conversations, buttons, leases, settings, the office."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from dondoc.storage import conversations, leases, offices
from dondoc.storage.conversations import Conversation
from dondoc.storage.database import Database
from dondoc.storage.tables import calendar_overrides
from dondoc.storage.tables import offices as offices_table
from tests.support.offices import NAME, START, SampleOffice

MINUTE = timedelta(minutes=1)


# --- conversations -----------------------------------------------------------------------------------------------------


async def test_a_conversation_is_remembered_for_a_day(database: Database, office: SampleOffice) -> None:
    to = office.address("huong")
    async with database.write() as tx:
        await conversations.remember(tx, to, "nop", "which", {"files": [1]}, START)
        await conversations.remember(tx, to, "nop", "sure", {"files": [1, 2]}, START + MINUTE)
        assert await conversations.recall(tx, to, START + MINUTE) == Conversation("nop", "sure", {"files": [1, 2]})
        assert await conversations.recall(tx, office.address("binh"), START) is None
        end = START + MINUTE + conversations.LASTS
        assert await conversations.recall(tx, to, end - MINUTE) is not None
        assert await conversations.recall(tx, to, end) is None
        await conversations.forget(tx, to)
        assert await conversations.recall(tx, to, START) is None


async def test_two_bots_in_one_chat_remember_apart(database: Database, office: SampleOffice) -> None:
    to = office.address("huong")
    other = replace(to, account="second")
    async with database.write() as tx:
        await conversations.remember(tx, to, "nop", "which", {}, START)
        await conversations.remember(tx, other, "giahan", "reason", {}, START)
        await conversations.forget(tx, to)
        assert await conversations.recall(tx, to, START) is None
        assert await conversations.recall(tx, other, START) == Conversation("giahan", "reason", {})


async def test_a_button_says_whose_it_is_and_whether_it_was_used(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        made = [
            await conversations.make_button(tx, office.people["huong"], "answer", {"assignment": n}, START)
            for n in range(3)
        ]
        assert len({*made}) == 3
        assert all(len(button_id.encode()) <= 20 for button_id in made)
        button = await conversations.get_button(tx, made[1])
        assert button is not None
        assert (button.person_id, button.action, button.data, button.used_at) == (
            office.people["huong"],
            "answer",
            {"assignment": 1},
            None,
        )
        await conversations.use_button(tx, made[1], START)
        used = await conversations.get_button(tx, made[1])
        assert used is not None
        assert used.used_at == START
        assert await conversations.get_button(tx, "made up") is None


# --- leases ------------------------------------------------------------------------------------------------------------


async def test_one_process_holds_a_lease_until_it_is_over_or_given_back(database: Database) -> None:
    lasts = timedelta(seconds=30)
    async with database.write() as tx:
        assert await leases.take_lease(tx, "poll:1", "a", START, lasts=lasts)
        assert not await leases.take_lease(tx, "poll:1", "b", START, lasts=lasts)
        assert await leases.take_lease(tx, "poll:2", "b", START, lasts=lasts)
        assert await leases.take_lease(tx, "poll:1", "a", START + timedelta(seconds=20), lasts=lasts), "renewed"
        assert not await leases.take_lease(tx, "poll:1", "b", START + timedelta(seconds=50), lasts=lasts)
        assert await leases.take_lease(tx, "poll:1", "b", START + timedelta(seconds=51), lasts=lasts)
        assert not await leases.take_lease(tx, "poll:1", "a", START + timedelta(seconds=52), lasts=lasts)
        await leases.drop_lease(tx, "poll:1", "a")
        assert not await leases.take_lease(tx, "poll:1", "a", START + timedelta(seconds=53), lasts=lasts)
        await leases.drop_lease(tx, "poll:1", "b")
        assert await leases.take_lease(tx, "poll:1", "a", START + timedelta(seconds=54), lasts=lasts)


async def test_processes_that_want_a_lease_at_once(database: Database, second_database: Database) -> None:
    async def want(one: Database, owner: str) -> bool:
        async with one.write() as tx:
            return await leases.take_lease(tx, "poll", owner, START, lasts=MINUTE)

    got = await asyncio.gather(*(want((database, second_database)[n % 2], str(n)) for n in range(8)))
    assert sum(got) == 1


# --- the office --------------------------------------------------------------------------------------------------------


async def test_there_is_no_office_before_it_is_made(database: Database) -> None:
    async with database.read() as tx:
        with pytest.raises(LookupError, match="migrate"):
            await offices.the_office(tx)


async def test_processes_that_start_at_once_make_one_office(database: Database, second_database: Database) -> None:
    async def start(one: Database) -> int:
        async with one.write() as tx:
            return (await offices.ensure_office(tx, START)).id

    ids = await asyncio.gather(*(start(one) for one in (database, second_database) * 3))
    async with database.read() as tx:
        assert (await tx.execute(select(func.count()).select_from(offices_table))).scalar() == 1
    assert len(set(ids)) == 1


async def test_only_what_is_given_of_a_name_changes(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        await offices.name_office(tx, office.id, organ="UBND xã Thanh Lâm", place="")
        found = await offices.the_office(tx)
    assert (found.name, found.organ, found.place) == (NAME, "UBND xã Thanh Lâm", "Thanh Lâm")


async def test_settings_have_defaults_and_are_set_in_place(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        assert await offices.setting(tx, office.id, "approval", False) is False
        for value in (True, None, ["a"]):
            await offices.set_setting(tx, office.id, "approval", value)
            assert await offices.setting(tx, office.id, "approval", "default") == value


async def test_the_calendar_knows_the_offices_own_days(database: Database, office: SampleOffice) -> None:
    saturday, friday = date(2024, 6, 22), date(2024, 6, 21)
    async with database.write() as tx:
        assert not (await offices.work_calendar(tx, office.id)).is_working(saturday)
        await tx.execute(calendar_overrides.insert().values(day=friday, working=False))
        await offices.set_setting(tx, office.id, "saturdays", True)
        calendar = await offices.work_calendar(tx, office.id)
    assert calendar.is_working(saturday)
    assert not calendar.is_working(friday)
