"""Who people are, where they are reached, and how they join."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.rules.roles import Right, Role
from dondoc.storage import people, registry
from dondoc.storage.database import Database
from dondoc.storage.outbox import Address
from dondoc.storage.tables import invitations
from tests.support.offices import ACCOUNT, CHANNEL, START, SampleOffice, join

STRANGER = Address(CHANNEL, ACCOUNT, "99")
DAY = timedelta(days=1)


async def test_people_are_known_by_their_chat(database: Database, office: SampleOffice) -> None:
    async with database.read() as tx:
        huong = await people.identify(tx, CHANNEL, ACCOUNT, office.chats["huong"])
        assert huong is not None
        assert (huong.name, huong.title, huong.language) == ("Lê Thu Hường", "Hiệu trưởng", "vi")
        assert huong.unit_ids == (office.units["TH-HS"],)
        assert huong.roles == {Role.CONTACT}
        assert await people.identify(tx, CHANNEL, "another bot", office.chats["huong"]) is None
        assert await people.identify(tx, CHANNEL, ACCOUNT, "99") is None
        with pytest.raises(LookupError):
            await people.get_person(tx, 4711)


async def test_rights_come_from_roles(database: Database, office: SampleOffice) -> None:
    async with database.read() as tx:
        names = {office.people[name]: name for name in ("khanh", "son", "loan")}
        holders = {
            right: [names[one] for one in await people.with_right(tx, office.id, right)]
            for right in (Right.DECIDE, Right.CONFIRM, Right.ANSWER)
        }
        assert holders == {Right.DECIDE: ["son", "loan"], Right.CONFIRM: ["khanh", "son"], Right.ANSWER: []}
        assert await people.with_role(tx, office.id, Role.LEADER) == [office.people["loan"]]


async def test_contacts_of_a_unit_keep_their_order(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        person = await people.add_person(tx, START, name="Trần Văn Tư", title="Cô")
        await people.add_contact(tx, office.units["TH-HS"], person)
        await people.add_contact(tx, office.units["TH-HS"], person)
        found = await registry.contacts_of(tx, [office.units["TH-HS"]])
        assert [(one.rank, one.person_id) for one in found] == [
            (1, office.people["huong"]),
            (2, office.people["nam"]),
            (3, person),
        ]
        assert (await people.get_person(tx, person)).address_form == "Cô"
        assert (await people.get_person(tx, office.people["huong"])).address_form == "", "nobody's form is guessed"


# --- addresses ---------------------------------------------------------------------------------------------------------


async def test_a_person_is_reached_where_they_joined_last(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        old = office.address("huong")
        new = await join(tx, office, "huong", "77", START + DAY)
        assert await people.address_of(tx, office.people["huong"]) == new
        assert await people.set_reachable(tx, new, False, "blocked") == office.people["huong"]
        assert await people.address_of(tx, office.people["huong"]) == old
        assert await people.set_reachable(tx, new, False, "blocked") is None, "it was marked so before"
        assert await people.set_reachable(tx, STRANGER, False, "blocked") is None
        await people.set_reachable(tx, old, False, "blocked")
        assert await people.address_of(tx, office.people["huong"]) is None
        await join(tx, office, "huong", "77", START + 2 * DAY)
        assert await people.address_of(tx, office.people["huong"]) == new


async def test_a_chat_belongs_to_who_joined_last(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        await join(tx, office, "nam", office.chats["huong"], START + DAY)
        found = await people.identify(tx, CHANNEL, ACCOUNT, office.chats["huong"])
        assert found is not None
        assert found.id == office.people["nam"]
        assert await people.addresses_of(tx, [office.people["huong"]]) == {}


async def test_an_address_moves_with_its_chat(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        await people.move_address(tx, CHANNEL, ACCOUNT, office.chats["huong"], "-1001")
        found = await people.address_of(tx, office.people["huong"])
    assert found == Address(CHANNEL, ACCOUNT, "-1001", office.people["huong"])


# --- invitations -------------------------------------------------------------------------------------------------------


async def _invite(tx: AsyncConnection, office: SampleOffice) -> str:
    return await people.invite(
        tx, office.id, Role.CONTACT, START, unit_id=office.units["X-AP"], person_name="Phan Văn Lộc"
    )


async def test_a_code_lets_one_person_join(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        code = await _invite(tx, office)
        assert people.looks_like_code(f" {code.lower()}\n")
        found = await people.open_invitation(tx, f" {code.lower()} ", START)
        assert found is not None
        assert (found.unit_id, found.role, found.person_name) == (office.units["X-AP"], Role.CONTACT, "Phan Văn Lộc")
        await people.use_invitation(tx, found.id, office.people["nam"], START)
        assert await people.open_invitation(tx, code, START) is None


async def test_codes_are_kept_as_hashes_only(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        codes = [await _invite(tx, office) for _ in range(20)]
        kept = [str(tuple(row)) for row in await tx.execute(select(invitations))]
    assert len(set(codes)) == 20
    assert not any(code in row for code in codes for row in kept)
    assert not any(letter in code for code in codes for letter in "0O1IL")


async def test_a_code_is_good_for_thirty_days(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        code = await _invite(tx, office)
        end = START + people.INVITATION_DAYS * DAY
        assert await people.open_invitation(tx, code, end - timedelta(seconds=1)) is not None
        assert await people.open_invitation(tx, code, end) is None


async def test_two_people_with_one_code(database: Database, second_database: Database, office: SampleOffice) -> None:
    """Both send it at the same moment, to two processes: one joins."""

    async def use(one: Database, name: str) -> str | None:
        async with one.write() as tx:
            found = await people.open_invitation(tx, code, START)
            if found is None:
                return None
            await asyncio.sleep(0)
            await people.use_invitation(tx, found.id, office.people[name], START)
            return name

    async with database.write() as tx:
        code = await _invite(tx, office)
    joined = await asyncio.gather(*(use(one, name) for one in (database, second_database) for name in ("nam", "mai")))
    assert len([name for name in joined if name]) == 1


@pytest.mark.parametrize("text", ["", "ABCDEFG", "ABCDEFGHJ", "ABCDEFG0", "ABCD EFG", "chào cả nhà"])
def test_words_are_no_codes(text: str) -> None:
    assert not people.looks_like_code(text)


async def test_five_wrong_codes_slow_a_chat_down_for_a_quarter_of_an_hour(database: Database) -> None:
    async with database.write() as tx:
        for _ in range(4):
            await people.count_wrong_code(tx, STRANGER, START)
            assert not await people.slowed_down(tx, STRANGER, START)
        await people.count_wrong_code(tx, STRANGER, START)
        assert await people.slowed_down(tx, STRANGER, START)
        assert not await people.slowed_down(tx, Address(CHANNEL, ACCOUNT, "98"), START)
        end = START + timedelta(minutes=15)
        assert await people.slowed_down(tx, STRANGER, end - timedelta(seconds=1))
        assert not await people.slowed_down(tx, STRANGER, end)
        for _ in range(4):
            await people.count_wrong_code(tx, STRANGER, end)
            assert not await people.slowed_down(tx, STRANGER, end)
        await people.count_wrong_code(tx, STRANGER, end)
        assert await people.slowed_down(tx, STRANGER, end)
        await people.forget_wrong_codes(tx, STRANGER)
        assert not await people.slowed_down(tx, STRANGER, end)
