"""Who people are, where they are reached, and how they join."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dondoc.rules.roles import Right, Role
from dondoc.storage import people, registry
from dondoc.storage.database import Database
from dondoc.storage.outbox import Address
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
