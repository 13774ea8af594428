"""Brings a database to the newest schema. Safe when several processes start at once: the first one migrates, the others
wait and find nothing left to do."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock
from sqlalchemy import Connection, NullPool, create_engine, event, text
from sqlalchemy.engine import URL

from dondoc.storage.database import Database

# Any number will do, as long as nobody else locks it in our database.
_LOCK = 0x646F6E646F63
# Alembic keeps the running migration in globals.
_one_at_a_time = threading.Lock()


class NewerSchema(Exception):
    """The database was written by a newer version of the program, which alone can use it."""


class BrokenReferences(Exception):
    """A step left rows that refer to rows which are gone; it was undone."""


async def migrate(database: Database) -> None:
    """Bring the database to the newest schema, in one transaction: whole or not at all.

    Raises NewerSchema if it is beyond what this program knows.
    """
    await asyncio.to_thread(_migrate, database.url)


async def is_current(database: Database) -> bool:
    """Whether the database has the newest schema."""
    async with database.read() as tx:
        found = await tx.run_sync(_revision)
    return found == ScriptDirectory.from_config(alembic_config()).get_current_head()


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, made of nothing but the package itself."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "dondoc.storage:migrations")
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


def _migrate(url: URL) -> None:
    with _one_at_a_time, locked_connection(url) as connection:
        config = alembic_config(connection)
        steps = ScriptDirectory.from_config(config)
        found = _revision(connection)
        if found is not None and found not in {step.revision for step in steps.walk_revisions()}:
            raise NewerSchema(f"the database has schema {found}, newer than this program knows: install the newer one")
        if found != steps.get_current_head():
            command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@contextmanager
def locked_connection(url: URL) -> Iterator[Connection]:
    """A transaction that no other process migrates beside. It commits when the block ends."""
    with ExitStack() as stack:
        if url.get_backend_name() == "sqlite":
            # Two processes that turn a new file to WAL at once fail on each other, before any transaction could hold.
            stack.enter_context(FileLock(f"{url.database}.lock"))
            engine = create_engine(url.set(drivername="sqlite"), poolclass=NullPool, hide_parameters=True)
            event.listen(engine, "connect", _connect_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        else:
            engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
        connection = stack.enter_context(engine.begin())
        if connection.dialect.name == "sqlite":
            yield connection
            if broken := connection.execute(text("PRAGMA foreign_key_check")).first():
                raise BrokenReferences(f"a row of {broken[0]} refers to a row of {broken[2]} that is gone")
        else:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            yield connection


def _connect_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    # Foreign keys are off while a table is rebuilt under its own name; they are checked before the commit instead.
    for pragma in ("busy_timeout=60000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=OFF"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
