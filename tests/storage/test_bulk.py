"""Lists that are longer than a statement may have parameters."""

from __future__ import annotations

from sqlalchemy import select

from dondoc.rules.roles import Scope
from dondoc.storage import people, registry, work
from dondoc.storage.bulk import among
from dondoc.storage.database import Database
from dondoc.storage.tables import units
from tests.support.offices import SampleOffice, give

MANY = range(1, 70_001)


async def test_among(database: Database, office: SampleOffice) -> None:
    ids = set(office.units.values())
    async with database.read() as tx:
        assert set((await tx.execute(select(units.c.id).where(among(units.c.id, MANY)))).scalars()) == ids
        assert set((await tx.execute(select(units.c.id).where(~among(units.c.id, MANY)))).scalars()) == set()
        assert set((await tx.execute(select(units.c.id).where(among(units.c.id, [])))).scalars()) == set()
        one = office.units["TH-HS"]
        assert set((await tx.execute(select(units.c.id).where(among(units.c.id, [one, 4711])))).scalars()) == {one}


async def test_questions_about_very_many(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        (item,) = await give(tx, office, "TH-HS")
    scope = Scope.office()
    async with database.read() as tx:
        assert [found.id for found in await work.find(tx, scope, ids=MANY)] == [item]
        assert [found.id for found in await work.find(tx, scope, unit_ids=MANY)] == [item]
        assert set(await registry.unit_names(tx, MANY)) == set(office.units.values())
        assert {one.unit_id for one in await registry.contacts_of(tx, MANY)} <= set(office.units.values())
        assert set(await people.addresses_of(tx, MANY)) == {office.people[name] for name in office.chats}
