"""One-time codes: who they let in, for how long, and what guessing costs."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.rules.roles import Role
from dondoc.storage import invitations, offices
from dondoc.storage.database import Database
from dondoc.storage.outbox import Address
from dondoc.storage.tables import invitations as codes
from tests.support.offices import ACCOUNT, CHANNEL, START, SampleOffice

STRANGER = Address(CHANNEL, ACCOUNT, "99")
DAY = timedelta(days=1)


async def _invite(tx: AsyncConnection, office: SampleOffice) -> str:
    return await invitations.invite(
        tx, office.id, Role.CONTACT, START, unit_id=office.units["X-AP"], person_name="Phan Văn Lộc"
    )


async def test_a_code_lets_one_person_join(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        code = await _invite(tx, office)
        assert invitations.looks_like_code(f" {code.lower()}\n")
        found = await invitations.open_invitation(tx, f" {code.lower()} ", START)
        assert found is not None
        assert (found.unit_id, found.role, found.person_name) == (office.units["X-AP"], Role.CONTACT, "Phan Văn Lộc")
        await invitations.use_invitation(tx, found, office.people["nam"], START, admit=True)
        assert await invitations.open_invitation(tx, code, START) is None


async def test_codes_are_kept_as_hashes_only(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        made = [await _invite(tx, office) for _ in range(20)]
        kept = [str(tuple(row)) for row in await tx.execute(select(codes))]
    assert len(set(made)) == 20
    assert not any(code in row for code in made for row in kept)
    assert not any(letter in code for code in made for letter in "0O1IL")


async def test_a_code_is_good_for_thirty_days(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        code = await _invite(tx, office)
        end = START + offices.DEFAULT_INVITATION_DAYS * DAY
        assert await invitations.open_invitation(tx, code, end - timedelta(seconds=1)) is not None
        assert await invitations.open_invitation(tx, code, end) is None


async def test_two_people_with_one_code(database: Database, second_database: Database, office: SampleOffice) -> None:
    """Both send it at the same moment, to two processes: one joins."""

    async def use(one: Database, name: str) -> str | None:
        async with one.write() as tx:
            found = await invitations.open_invitation(tx, code, START)
            if found is None:
                return None
            await asyncio.sleep(0)
            await invitations.use_invitation(tx, found, office.people[name], START, admit=True)
            return name

    async with database.write() as tx:
        code = await _invite(tx, office)
    joined = await asyncio.gather(*(use(one, name) for one in (database, second_database) for name in ("nam", "mai")))
    assert len([name for name in joined if name]) == 1


@pytest.mark.parametrize("text", ["", "ABCDEFG", "ABCDEFGHJ", "ABCDEFG0", "ABCD EFG", "chào cả nhà"])
def test_words_are_no_codes(text: str) -> None:
    assert not invitations.looks_like_code(text)


async def test_five_wrong_codes_slow_a_chat_down_for_a_quarter_of_an_hour(database: Database) -> None:
    async with database.write() as tx:
        for _ in range(4):
            await invitations.count_wrong_code(tx, STRANGER, START)
            assert not await invitations.slowed_down(tx, STRANGER, START)
        await invitations.count_wrong_code(tx, STRANGER, START)
        assert await invitations.slowed_down(tx, STRANGER, START)
        assert not await invitations.slowed_down(tx, Address(CHANNEL, ACCOUNT, "98"), START)
        end = START + timedelta(minutes=15)
        assert await invitations.slowed_down(tx, STRANGER, end - timedelta(seconds=1))
        assert not await invitations.slowed_down(tx, STRANGER, end)
        for _ in range(4):
            await invitations.count_wrong_code(tx, STRANGER, end)
            assert not await invitations.slowed_down(tx, STRANGER, end)
        await invitations.count_wrong_code(tx, STRANGER, end)
        assert await invitations.slowed_down(tx, STRANGER, end)
        await invitations.forget_wrong_codes(tx, STRANGER)
        assert not await invitations.slowed_down(tx, STRANGER, end)
