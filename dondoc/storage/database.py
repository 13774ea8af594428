"""One door to SQLite or PostgreSQL.

SQLite: one writing connection whose transactions begin IMMEDIATE, WAL, and synchronous FULL, because NORMAL can lose a
commit when power fails. No network call belongs inside a transaction on either database.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Select, Table, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from dondoc.storage.folders import private_folder
from dondoc.storage.stamps import watch

_WAKE = "dondoc_wake"
_WIPE = "dondoc_wipe"
_BUSY = 30_000  # milliseconds to wait for another process's transaction
# What is deleted is overwritten with zeros: a secret document must not stay in the file's free space.
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", f"busy_timeout={_BUSY}")
_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


def database_url(text: str) -> URL:
    """The URL with the async driver added. Raises ValueError for a database that is neither SQLite nor PostgreSQL."""
    scheme, _, rest = text.partition(":")
    base = scheme.partition("+")[0]
    if base not in _DRIVERS:
        raise ValueError("DONDOC_DATABASE_URL must begin with sqlite: or postgresql:")
    return make_url(f"{_DRIVERS[base]}:{rest}")


class Database:
    """Engines and transactions."""

    def __init__(self, url: str) -> None:
        self.url = database_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        # Parameters hold people's words; they must not reach a log through an exception.
        common: dict[str, Any] = {"hide_parameters": True}
        self._listeners: list[Callable[[], None]] = []
        if self.is_sqlite:
            if not self.url.database or self.url.database == ":memory:":
                raise ValueError("a SQLite database must be a file")
            private_folder(Path(self.url.database).parent)
            self._writer = create_async_engine(self.url, pool_size=1, max_overflow=0, pool_timeout=600, **common)
            self._reader = create_async_engine(self.url, pool_size=4, **common)
            _prepare_sqlite(self._writer, "BEGIN IMMEDIATE")
            _prepare_sqlite(self._reader, "BEGIN")
        else:
            self._writer = create_async_engine(self.url, pool_size=10, pool_pre_ping=True, **common)
            # The same connections; the figures of one reading must belong to one moment.
            self._reader = self._writer.execution_options(isolation_level="REPEATABLE READ")
        watch(self._writer)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that commits when the block ends and rolls back when it raises."""
        async with self._writer.connect() as tx:
            try:
                async with tx.begin():
                    yield tx
                woken = tx.info.pop(_WAKE, False)
                if tx.info.pop(_WIPE, False) and self.is_sqlite:
                    await _empty_log(tx)
            finally:
                if not tx.invalidated and not tx.closed:
                    tx.info.pop(_WAKE, None)
                    tx.info.pop(_WIPE, None)
        if woken:
            for listener in self._listeners:
                listener()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A consistent view for reading only."""
        async with self._reader.connect() as tx, tx.begin():
            yield tx

    def on_wake(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` after each commit that brought work (see ``wake``)."""
        self._listeners.append(listener)

    async def close(self) -> None:
        await self._writer.dispose()
        if self.is_sqlite:
            await self._reader.dispose()


def wake(tx: AsyncConnection) -> None:
    """Ask that, once this transaction is committed, whoever waits for work looks at once."""
    tx.info[_WAKE] = True


def wipe(tx: AsyncConnection) -> None:
    """Ask that, once this transaction is committed, what it overwrote is gone from the database's files too.

    On PostgreSQL old versions of rows and the server's log are the server's to clear.
    """
    tx.info[_WIPE] = True


async def _empty_log(connection: AsyncConnection) -> None:
    """Bring what is in SQLite's log into the file, where overwritten content is zeroed, and cut the log to nothing."""
    driver = (await connection.get_raw_connection()).driver_connection
    if driver is None:
        return
    # A reader that takes long (a backup) must not hold up the writer: the log is then cut when it is next full.
    for pragma in ("busy_timeout=2000", "wal_checkpoint(TRUNCATE)", f"busy_timeout={_BUSY}"):
        cursor = await driver.execute(f"PRAGMA {pragma}")
        await cursor.close()


def _prepare_sqlite(engine: AsyncEngine, begin: str) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    undoing: set[asyncio.Task[None]] = set()

    @event.listens_for(engine.sync_engine, "invalidate")
    def _undo(connection: Any, _record: Any, _error: BaseException | None) -> None:
        # A task that is cancelled within a statement leaves that statement behind, and SQLite keeps a closed connection
        # with its transaction, locks and all, as long as something refers to one of its statements. A task of its own
        # stands before the closing in the connection's queue, and a second cancellation does not touch it.
        task = asyncio.get_running_loop().create_task(connection.driver_connection.rollback())
        undoing.add(task)
        task.add_done_callback(undoing.discard)


async def insert_new(
    tx: AsyncConnection, table: Table, values: Mapping[str, Any], *, conflict: Sequence[str] | None = None
) -> int | None:
    """Insert a row unless one with the same key is there; its id (or first key), or None if it was there."""
    statement = _insert(tx, table).values(**values).on_conflict_do_nothing(index_elements=conflict)
    key = next(iter(table.primary_key.columns))
    row = (await tx.execute(statement.returning(key))).first()
    return None if row is None else row[0]


async def insert_many_new(tx: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows in batches, leaving alone those whose key is there."""
    for start in range(0, len(rows), 500):
        await tx.execute(_insert(tx, table).on_conflict_do_nothing(), [dict(row) for row in rows[start : start + 500]])


def insert_from(tx: AsyncConnection, table: Table, columns: Sequence[str], rows: Select[Any]) -> Any:
    """An INSERT of selected rows, to be finished with ``on_conflict_do_nothing`` or ``on_conflict_do_update``."""
    return _insert(tx, table).from_select(list(columns), rows)


async def upsert(tx: AsyncConnection, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Insert the row or set ``values`` on the one that has this key."""
    statement = _insert(tx, table).values(**key, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=list(key), set_=dict(values)))


async def upsert_many(tx: AsyncConnection, table: Table, key: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows, or set what is not their key on those that are there; all rows have the same columns."""
    statement = _insert(tx, table)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in key}
    await tx.execute(statement.on_conflict_do_update(index_elements=key, set_=changed), [dict(row) for row in rows])


def _insert(tx: AsyncConnection, table: Table) -> Any:
    # Both dialects offer the same ON CONFLICT methods, but SQLAlchemy types them apart.
    return (sqlite if tx.dialect.name == "sqlite" else postgresql).insert(table)
