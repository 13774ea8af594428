"""The registry in memory: built once, and right whoever changes a unit, in whatever process and however it ends."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.rules.units import Registry
from dondoc.storage import registry
from dondoc.storage.database import Database
from dondoc.storage.tables import units
from tests.support.offices import SampleOffice

TODAY = date(2024, 6, 19)


async def read(database: Database) -> Registry:
    async with database.read() as tx:
        return await registry.registry(tx)


def codes(known: Registry, name: str) -> list[str]:
    return [unit.code for unit in known.resolve(name, TODAY).units]


async def test_it_is_built_once(database: Database, office: SampleOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await read(database)

    async def never(_tx: AsyncConnection) -> list[object]:
        raise AssertionError("built again")

    monkeypatch.setattr(registry, "all_units", never)
    assert await read(database) is first
    async with database.write() as tx:
        assert await registry.registry(tx) is first


async def test_another_process_changes_a_unit(
    database: Database, second_database: Database, office: SampleOffice
) -> None:
    assert codes(await read(database), "Trường Hoa Sen Trắng") == []
    async with second_database.write() as tx:
        await registry.add_alias(tx, office.units["TH-HS"], "Trường Hoa Sen Trắng")
        assert codes(await registry.registry(tx), "Trường Hoa Sen Trắng") == ["TH-HS"]
    assert codes(await read(database), "Trường Hoa Sen Trắng") == ["TH-HS"]


async def test_any_statement_about_units_counts(database: Database, office: SampleOffice) -> None:
    await read(database)
    async with database.write() as tx:
        await tx.execute(update(units).where(units.c.code == "TH-HS").values(name="Trường Tiểu học Sơn Ca"))
    assert codes(await read(database), "Trường Tiểu học Sơn Ca") == ["TH-HS"]


async def test_what_is_undone_was_never_known(database: Database, office: SampleOffice) -> None:
    """A registry that was built on changes which were rolled back is not taken for the one that was committed."""
    async with database._writer.connect() as tx, tx.begin() as transaction:
        await registry.add_alias(tx, office.units["TH-HS"], "Trường Gác Mây")
        assert codes(await registry.registry(tx), "Trường Gác Mây") == ["TH-HS"]
        await transaction.rollback()
    assert codes(await read(database), "Trường Gác Mây") == []
    async with database.write() as tx:
        await registry.add_alias(tx, office.units["THCS-BM"], "Trường Gác Mây")
    assert codes(await read(database), "Trường Gác Mây") == ["THCS-BM"]


async def test_two_changes_in_one_transaction(database: Database, office: SampleOffice) -> None:
    """What is built between them is not what is committed."""
    async with database.write() as tx:
        await registry.add_alias(tx, office.units["TH-HS"], "Trường Gác Mây")
        await registry.registry(tx)
        await registry.add_alias(tx, office.units["THCS-BM"], "Trường Ven Sông")
    assert codes(await read(database), "Trường Ven Sông") == ["THCS-BM"]
