"""Transactions: whole or not at all, one writer at a time, a still view for readers."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from dondoc.storage import outbox
from dondoc.storage.database import Database, database_url, insert_many_new, insert_new, upsert, wake
from dondoc.storage.tables import offices, people, settings, unit_aliases
from tests.support.offices import START, SampleOffice

NOW = datetime(2024, 6, 19, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "backend", "driver"),
    [
        ("sqlite:////tmp/a.db", "sqlite", "aiosqlite"),
        ("sqlite+aiosqlite:////tmp/a.db", "sqlite", "aiosqlite"),
        ("postgresql://u:p@h/d", "postgresql", "psycopg"),
        ("postgres://u:p@h/d?sslmode=require", "postgresql", "psycopg"),
        ("postgresql+asyncpg://u:p@h/d", "postgresql", "psycopg"),
    ],
)
def test_urls_as_providers_give_them(given: str, backend: str, driver: str) -> None:
    url = database_url(given)
    assert (url.get_backend_name(), url.get_driver_name()) == (backend, driver)


@pytest.mark.parametrize("given", ["mysql://h/d", "", "data/dondoc.db"])
def test_other_databases_are_refused(given: str) -> None:
    with pytest.raises(ValueError, match="DONDOC_DATABASE_URL"):
        database_url(given)


@pytest.mark.parametrize("given", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match="file"):
        Database(given)


async def test_what_fails_leaves_nothing(database: Database, office: SampleOffice) -> None:
    async def fail_at_the_end() -> None:
        async with database.write() as tx:
            await tx.execute(people.insert().values(name="Ai đó", created_at=START))
            row = outbox.queued(office.address("huong"), "notice", {"message": {"text": "…"}}, NOW)
            await outbox.enqueue(tx, row)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail_at_the_end()
    async with database.read() as tx:
        assert (await tx.execute(select(func.count()).where(people.c.name == "Ai đó"))).scalar() == 0
        assert await outbox.counts(tx) == {}


async def test_waiters_are_woken_after_the_commit_and_never_for_what_was_rolled_back(database: Database) -> None:
    async def wake_and_fail() -> None:
        async with database.write() as tx:
            wake(tx)
            raise RuntimeError

    woken: list[str] = []
    database.on_wake(lambda: woken.append("woken"))
    async with database.write() as tx:
        wake(tx)
        assert woken == []
    assert woken == ["woken"]
    with pytest.raises(RuntimeError):
        await wake_and_fail()
    for _ in range(12):  # also none of the pooled connections remembers it
        async with database.write():
            pass
    assert woken == ["woken"]


async def test_a_reader_sees_one_moment(database: Database) -> None:
    async with database.read() as tx:
        before = (await tx.execute(select(func.count()).select_from(people))).scalar()
        async with database.write() as other:
            await other.execute(people.insert().values(name="Ai đó", created_at=START))
        assert (await tx.execute(select(func.count()).select_from(people))).scalar() == before
    async with database.read() as tx:
        assert (await tx.execute(select(func.count()).select_from(people))).scalar() == 1


async def test_writers_wait_for_each_other(database: Database, second_database: Database) -> None:
    """Two processes that count up the same number lose nothing."""
    async with database.write() as tx:
        await tx.execute(offices.insert().values(id=1, name="0", organ="", created_at=START))

    async def count_up(one: Database) -> None:
        async with one.write() as tx:
            row = (await tx.execute(select(offices.c.name).where(offices.c.id == 1).with_for_update())).one()
            await tx.execute(offices.update().values(name=str(int(row.name) + 1)))

    await asyncio.gather(*(count_up(one) for one in (database, second_database) for _ in range(10)))
    async with database.read() as tx:
        assert (await tx.execute(select(offices.c.name))).scalar() == "20"


async def test_instants_keep_their_moment(database: Database) -> None:
    async with database.write() as tx:
        await tx.execute(people.insert().values(name="a", created_at=START))
        found = (await tx.execute(select(people.c.created_at))).scalar_one()
        assert found == START
        assert found.utcoffset() == timedelta(0)
        later = select(func.count()).where(people.c.created_at > START - timedelta(seconds=1))
        assert (await tx.execute(later)).scalar() == 1


async def test_an_instant_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="zone"):
        async with database.write() as tx:
            await tx.execute(people.insert().values(name="a", created_at=datetime(2024, 6, 19)))  # noqa: DTZ001


async def test_references_are_kept(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.write() as tx:
            await tx.execute(unit_aliases.insert().values(unit_id=4711, folded="a", alias="A"))


async def test_errors_do_not_tell_what_people_wrote(database: Database) -> None:
    with pytest.raises(IntegrityError) as caught:
        async with database.write() as tx:
            await tx.execute(
                unit_aliases.insert().values(unit_id=4711, folded="bi mat cua toi", alias="Bí mật của tôi")
            )
    assert "Bí mật" not in str(caught.value)
    assert "bi mat" not in str(caught.value)


async def test_insert_new_leaves_alone_what_is_there(database: Database) -> None:
    async with database.write() as tx:
        values = {"id": 7, "name": "một", "organ": "", "created_at": START}
        assert await insert_new(tx, offices, values) == 7
        assert await insert_new(tx, offices, {**values, "name": "hai"}) is None
        await insert_many_new(tx, offices, [{**values, "id": n, "name": "nhiều"} for n in range(1, 1202)])
        names: dict[str, int] = dict(
            (await tx.execute(select(offices.c.name, func.count()).group_by(offices.c.name))).all()
        )
        assert names == {"một": 1, "nhiều": 1200}


async def test_upsert_sets_the_row_of_its_key(database: Database) -> None:
    async with database.write() as tx:
        await tx.execute(offices.insert().values(id=1, name="", organ="", created_at=START))
        for value in (1, {"hai": [2]}):
            await upsert(tx, settings, {"office_id": 1, "name": "n"}, {"value": value})
        assert (await tx.execute(select(settings.c.value))).scalars().all() == [{"hai": [2]}]


async def test_sqlite_is_asked_to_keep_commits_through_a_power_cut(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new folder' / 'dondoc.db'}")
    names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    async with database.write() as tx:
        found = {name: (await tx.execute(text(f"PRAGMA {name}"))).scalar() for name in names}
    await database.close()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30000}
