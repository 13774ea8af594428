"""The whole program from outside: a process, a database, and people on Telegram."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.support.postgres import Postgres
from tests.support.running import AttentiveWorld, Installation, installed
from tests.telegram_server import spawned_server


@pytest.fixture
def telegram_url() -> Iterator[str]:
    """Telegram as a process of its own: it lives on while the program is killed."""
    with spawned_server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """The database's URL, or None: SQLite in the data folder, as the program chooses it by itself."""
    if request.param == "sqlite":
        yield None
    else:
        postgres: Postgres = request.getfixturevalue("postgres")
        with postgres.database() as url:
            yield url


@pytest.fixture
def expected_failures() -> list[str]:
    """Patterns of the failures in the logs that a test provokes; it adds its own."""
    return []


@pytest.fixture
async def office(
    where: str | None, telegram_url: str, tmp_path: Path, expected_failures: list[str]
) -> AsyncIterator[tuple[Installation, AttentiveWorld]]:
    """An empty installation and its Telegram. The logs of every life are looked through at the end."""
    async with installed(tmp_path, telegram_url, where, expected_failures) as made:
        yield made


@pytest.fixture
def installation(office: tuple[Installation, AttentiveWorld]) -> Installation:
    return office[0]


@pytest.fixture
def world(office: tuple[Installation, AttentiveWorld]) -> AttentiveWorld:
    return office[1]
