"""What tests of several rooms share. See README.md beside this file."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import settings

from dondoc.rules.clock import FixedClock
from dondoc.storage.database import Database
from dondoc.storage.files import FileStore
from dondoc.storage.migrate import migrate
from tests.support.channels import ScriptedChannel
from tests.support.offices import START, SampleOffice, found_office
from tests.support.postgres import Postgres, running_postgres

TEMPLATE = "dondoc_template"

# A busy machine must not fail a property: how long an example takes says nothing about it.
settings.register_profile("dondoc", deadline=None)
settings.load_profile("dondoc")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The PostgreSQL server of this test process."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres) -> str:
    """The name of a database with the newest schema, to be copied."""
    _migrate(postgres.create(TEMPLATE))
    return TEMPLATE


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the newest schema, to be copied."""
    path = tmp_path_factory.mktemp("template") / "dondoc.db"
    _migrate(f"sqlite:///{path}")
    return path


def _migrate(url: str) -> None:
    async def run() -> None:
        database = Database(url)
        await migrate(database)
        await database.close()

    # In a thread of its own, because a test's loop may be about to run in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(run())).result()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a new database with the newest schema: every test that needs one runs on both."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "dondoc.db")
        yield f"sqlite:///{tmp_path / 'dondoc.db'}"
    else:
        template = request.getfixturevalue("postgres_template")
        with request.getfixturevalue("postgres").database(template) as url:
            yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database that holds nothing yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        with request.getfixturevalue("postgres").database() as url:
            yield url


@pytest.fixture
async def open_database() -> AsyncIterator[Callable[[str], Database]]:
    """Opens databases by URL and closes them at the end. Two on one URL stand for two processes."""
    opened: list[Database] = []

    def open_one(url: str) -> Database:
        opened.append(Database(url))
        return opened[-1]

    yield open_one
    for one in opened:
        await one.close()


@pytest.fixture
async def database(database_url: str, open_database: Callable[[str], Database]) -> Database:
    """A new database with the newest schema, on SQLite and on PostgreSQL."""
    return open_database(database_url)


@pytest.fixture
async def second_database(database_url: str, open_database: Callable[[str], Database]) -> Database:
    """The same database as another process sees it."""
    return open_database(database_url)


@pytest.fixture
def clock() -> FixedClock:
    """The office's clock, standing at 07:00 on Wednesday 19/6/2024 in Vietnam until a test sets it."""
    return FixedClock(START)


@pytest.fixture
def file_store(tmp_path: Path) -> FileStore:
    """An empty content store."""
    return FileStore(tmp_path / "files")


@pytest.fixture
async def office(database: Database) -> SampleOffice:
    """A made-up office with units and people in the database."""
    async with database.write() as tx:
        return await found_office(tx)


@pytest.fixture
def channel() -> ScriptedChannel:
    """The channel "test", on which the people of the office are reached."""
    return ScriptedChannel()
