"""New databases with the newest schema: SQLite with its real durability, PostgreSQL from the wheel of the tests."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from dondoc.storage.database import Database
from dondoc.storage.migrate import migrate
from tests.support.postgres import Postgres

KINDS = ("SQLite", "PostgreSQL")
_BATCH = 5000


@asynccontextmanager
async def new_database(kind: str, server: Postgres) -> AsyncIterator[Database]:
    """An empty database of this kind; it is gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as folder, server.database() as postgres_url:
        url = f"sqlite:///{Path(folder) / 'bench.db'}" if kind == "SQLite" else postgres_url
        database = Database(url)
        try:
            await migrate(database)
            yield database
        finally:
            await database.close()


async def fill(database: Database, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert many rows."""
    for start in range(0, len(rows), _BATCH):
        async with database.write() as tx:
            await tx.execute(table.insert(), list(rows[start : start + _BATCH]))


async def settle_statistics(database: Database) -> None:
    """Let the planner know the tables, as it does on a database that has lived for a day."""
    async with database.write() as tx:
        await tx.exec_driver_sql("ANALYZE")
