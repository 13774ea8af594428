"""The schema: migrations and tables tell the same story, and several processes may start at once."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from dondoc.storage.database import Database
from dondoc.storage.migrate import BrokenReferences, NewerSchema, is_current, migrate
from dondoc.storage.tables import metadata, people
from tests.support.offices import START

OpenDatabase = Callable[[str], Database]


async def _tables(database: Database) -> set[str]:
    async with database.read() as tx:
        return set(await tx.run_sync(lambda connection: inspect(connection).get_table_names()))


async def test_an_empty_database_is_brought_to_the_newest_schema(
    empty_database_url: str, open_database: OpenDatabase
) -> None:
    database = open_database(empty_database_url)
    assert not await is_current(database)
    await migrate(database)
    assert await is_current(database)
    assert await _tables(database) == {*metadata.tables, "alembic_version"}


async def test_migrations_lead_to_the_tables(database: Database) -> None:
    def differences(connection: Connection) -> list[Any]:
        return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))

    async with database.read() as tx:
        found = await tx.run_sync(differences)
    assert found == [], "run python -m dondoc.storage.migrations"


async def test_migrations_lead_to_the_same_defaults_predicates_and_constraints(database: Database) -> None:
    """Alembic compares neither the predicates of partial indexes nor every default; the database's catalogue tells."""
    migrated = await _catalogue(database)
    async with database.write() as tx:
        await tx.run_sync(metadata.drop_all)
        await tx.run_sync(metadata.create_all)
    assert migrated == await _catalogue(database)
    assert any("ix_outbox_pending" in line and re.search(r"WHERE .*state.* = 'pending'", line) for line in migrated)


_SQLITE_CATALOGUE = (
    "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    """SELECT t.name || ' ' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || coalesce(c.dflt_value, '') || c.pk
       FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'""",
    """SELECT t.name || ' ' || f."from" || ' ' || f."table" || ' ' || f."to"
       FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'""",
)
_POSTGRESQL_CATALOGUE = (
    "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    """SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable || coalesce(column_default, '')
       FROM information_schema.columns WHERE table_schema = 'public'""",
    """SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
       WHERE connamespace = 'public'::regnamespace""",
)


async def _catalogue(database: Database) -> set[str]:
    sources = _SQLITE_CATALOGUE if database.is_sqlite else _POSTGRESQL_CATALOGUE
    async with database.read() as tx:
        found = [str(line) for source in sources for line in (await tx.execute(text(source))).scalars()]
    return {line for line in found if "alembic_version" not in line}


async def test_migrating_again_changes_nothing(database: Database) -> None:
    async with database.write() as tx:
        await tx.execute(people.insert().values(name="Hồ Gia Khánh", created_at=START))
    await migrate(database)
    assert await is_current(database)
    async with database.read() as tx:
        assert (await tx.execute(people.select())).one().name == "Hồ Gia Khánh"


_START = """
import asyncio, sys
from dondoc.storage.database import Database
from dondoc.storage.migrate import migrate
sys.stdin.read(1)
asyncio.run(migrate(Database(sys.argv[1])))
"""


async def test_processes_that_start_at_once(empty_database_url: str, open_database: OpenDatabase) -> None:
    pipe = asyncio.subprocess.PIPE
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", _START, empty_database_url, stdin=pipe, stdout=pipe, stderr=pipe
        )
        for _ in range(3)
    ]
    ends = await asyncio.gather(*(process.communicate(b"!") for process in processes))
    assert [process.returncode for process in processes] == [0, 0, 0], ends
    assert all(out == b"" for out, _ in ends), "standard output belongs to the commands"
    assert await is_current(open_database(empty_database_url))


async def test_tasks_of_one_process_that_migrate_at_once(empty_database_url: str, open_database: OpenDatabase) -> None:
    await asyncio.gather(*(migrate(open_database(empty_database_url)) for _ in range(3)))
    assert await is_current(open_database(empty_database_url))


async def test_a_migration_that_breaks_off_leaves_nothing(
    empty_database_url: str, open_database: OpenDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade = command.upgrade

    def broken(*arguments: Any) -> None:
        upgrade(*arguments)
        raise RuntimeError("power cut")

    database = open_database(empty_database_url)
    with monkeypatch.context() as patched:
        patched.setattr(command, "upgrade", broken)
        with pytest.raises(RuntimeError, match="power cut"):
            await migrate(database)
    assert await _tables(database) == set()
    await migrate(database)
    assert await is_current(database)


async def test_a_database_of_a_newer_program_is_left_alone(database: Database) -> None:
    async with database.write() as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert not await is_current(database)
    with pytest.raises(NewerSchema, match="9999"):
        await migrate(database)


async def test_a_step_on_sqlite_must_not_leave_broken_references(
    tmp_path: Path, open_database: OpenDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Foreign keys are off while a step rebuilds tables there, so they are looked at before the commit."""
    database = open_database(f"sqlite:///{tmp_path / 'new.db'}")
    upgrade = command.upgrade

    def careless(config: Any, revision: str) -> None:
        upgrade(config, revision)
        config.attributes["connection"].execute(
            text("INSERT INTO contacts (unit_id, person_id, rank) VALUES (1, 2, 1)")
        )

    monkeypatch.setattr(command, "upgrade", careless)
    with pytest.raises(BrokenReferences, match="contacts"):
        await migrate(database)
    assert await _tables(database) == set()
