"""Contacts change: nobody answers for a unit that is no longer theirs, and nothing of what they did is lost."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.rules.clock import machine_now
from dondoc.rules.roles import Right, Role
from dondoc.storage import handover, invitations, people, registry
from dondoc.storage.database import Database
from dondoc.storage.tables import events
from dondoc.storage.unit_records import ContactRecord, UnitRecord
from tests.support.offices import START, SampleOffice

TODAY = START.date()


def sheet(code: str, *contacts: ContactRecord) -> UnitRecord:
    return UnitRecord(code, "", "primary", None, (), contacts)


async def names(tx: AsyncConnection, office: SampleOffice, code: str, on: date | None = None) -> list[str]:
    return [one.name for one in await registry.contacts_of(tx, [office.units[code]], on)]


async def test_a_principal_hands_over_in_one_step(database: Database, office: SampleOffice) -> None:
    """The new one stands in the same place; codes of before end; who went may do nothing for the unit any more."""
    unit_id = office.units["TH-HS"]
    async with database.write() as tx:
        code = await invitations.invite(tx, office.id, Role.CONTACT, machine_now(), unit_id=unit_id)
        first, _ = await registry.contacts_of(tx, [unit_id])
        new = await handover.hand_over(
            tx, unit_id, first, ContactRecord("Đào Bích Liên", "Hiệu trưởng", "0900000099"), actor_id=None, at=START
        )
        assert await names(tx, office, "TH-HS") == ["Đào Bích Liên", "Vũ Hoài Nam"]
        assert await invitations.open_invitation(tx, code, machine_now()) is None
        gone = await people.get_person(tx, office.people["huong"])
        assert (gone.name, gone.unit_ids) == ("Lê Thu Hường", ())
        [trail] = (await tx.execute(select(events.c.detail))).scalars()
        assert trail == {"unit_id": unit_id, "from": [office.people["huong"]], "to": [new]}


async def test_the_yearly_rotation_knows_people_again(database: Database, office: SampleOffice) -> None:
    """Two principals change places and keep their chats; one leaves, one is new; who is not in the sheet stays."""
    records = [
        sheet("TH-HS", ContactRecord("Ngô Thanh Bình", "Hiệu trưởng", "0900000023", "first")),
        sheet("THCS-BM", ContactRecord("Lê Thu Hường", "Hiệu trưởng", "+84900000021", "first")),
        sheet("MN-HD", ContactRecord("Bùi Tuyết Mai", "Hiệu trưởng", "")),
        sheet("X-AP"),
    ]
    async with database.write() as tx:
        found = await handover.rotations(tx, records)
        assert [(one.code, [gone.name for gone in one.goes]) for one in found] == [
            ("TH-HS", ["Lê Thu Hường", "Vũ Hoài Nam"]),
            ("THCS-BM", ["Ngô Thanh Bình"]),
        ]
        [binh] = found[0].comes
        assert (binh.person_id, binh.before) == (office.people["binh"], "Trường THCS Bình Minh")
        await handover.rotate(tx, found, actor_id=None, at=START)
        assert await names(tx, office, "TH-HS") == ["Ngô Thanh Bình"]
        assert await names(tx, office, "THCS-BM") == ["Lê Thu Hường"]
        assert await names(tx, office, "PGD") == ["Đỗ Tiến Dũng"]
        huong = await people.identify(tx, "test", "office", office.chats["huong"], TODAY)
        assert huong is not None
        assert huong.unit_ids == (office.units["THCS-BM"],)
        assert await handover.rotations(tx, records) == [], "the same sheet again changes nothing"


async def test_two_people_of_one_name_are_not_taken_for_one(database: Database, office: SampleOffice) -> None:
    """Another number under a known name is another person."""
    async with database.write() as tx:
        records = [sheet("X-AP", ContactRecord("Lê Thu Hường", "Chủ tịch", "0911222333"))]
        [change] = await handover.rotations(tx, records)
        assert change.comes[0].person_id is None


async def test_somebody_stands_in_for_a_while(database: Database, office: SampleOffice) -> None:
    """On those days the other one is reached and may answer; before and after nothing has changed."""
    unit_id, binh = office.units["TH-HS"], office.people["binh"]
    last = TODAY + timedelta(days=7)
    async with database.write() as tx:
        await handover.stand_in(
            tx, unit_id, office.people["huong"], binh, TODAY, last, actor_id=office.people["khanh"], at=START
        )
        expected = ["Ngô Thanh Bình", "Vũ Hoài Nam"]
        for day in (TODAY, last):
            assert await names(tx, office, "TH-HS", day) == expected
            assert (await people.get_person(tx, binh, day)).scope().may(Right.ANSWER, [unit_id])
        for day in (TODAY - timedelta(days=1), last + timedelta(days=1)):
            assert (await names(tx, office, "TH-HS", day))[0] == "Lê Thu Hường"
            assert not (await people.get_person(tx, binh, day)).scope().may(Right.ANSWER, [unit_id])


async def test_who_stands_in_for_a_colleague_is_reached_once(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        unit_id = office.units["TH-HS"]
        away, there = office.people["huong"], office.people["nam"]
        await handover.stand_in(tx, unit_id, away, there, TODAY, TODAY, actor_id=None, at=START)
        found = await registry.contacts_of(tx, [unit_id], TODAY)
        assert [(one.name, one.rank) for one in found] == [("Vũ Hoài Nam", 1)]


async def test_contacts_are_reached_by_their_functions(database: Database, office: SampleOffice) -> None:
    unit_id = office.units["X-AP"]
    async with database.write() as tx:
        for function in ("summer", "clerk", "second", "first", "contact"):
            person_id = await people.add_person(tx, START, name=function)
            await people.add_contact(tx, unit_id, person_id, function=function)
        await people.order_contacts(tx, unit_id)
        assert await names(tx, office, "X-AP") == ["first", "contact", "second", "clerk", "summer"]
