"""Trouble of the database is told apart from statements that are wrong, by what the databases themselves raise."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dondoc.storage.database import Database
from dondoc.storage.trouble import LONGEST_WAIT, Patience, is_trouble


async def _raised(database: Database, statement: str) -> DBAPIError:
    with pytest.raises(DBAPIError) as caught:
        async with database.write() as tx:
            await tx.execute(text(statement))
    return caught.value


@pytest.mark.parametrize("statement", ["SELECT nothing FROM nowhere", "SELECT FROM WHERE"])
async def test_a_wrong_statement_is_no_trouble(database: Database, statement: str) -> None:
    assert not is_trouble(await _raised(database, statement))


async def test_a_lock_that_others_hold_is_trouble(database: Database, second_database: Database) -> None:
    impatient = "PRAGMA busy_timeout=1" if database.is_sqlite else "SET lock_timeout = 1"
    statement = "DELETE FROM stamps" if database.is_sqlite else "LOCK TABLE stamps"
    async with database.write() as tx:
        await tx.execute(text(statement))
        engine = second_database._reader if second_database.is_sqlite else second_database._writer
        async with engine.connect() as other:
            await other.execute(text(impatient))
            with pytest.raises(DBAPIError) as caught:
                await other.execute(text(statement))
    assert is_trouble(caught.value)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_connection_that_is_lost_is_trouble(database: Database) -> None:
    assert is_trouble(await _raised(database, "SELECT pg_terminate_backend(pg_backend_pid())"))


async def test_patience(database: Database) -> None:
    """It waits longer each time up to a bound, remembers since when, and has none with other failures."""
    patience = Patience("test")
    trouble = await _raised(database, "SELECT nothing FROM nowhere")
    with pytest.raises(DBAPIError):
        patience.met(trouble)
    assert patience.since is None
    trouble.connection_invalidated = True
    waits = [patience.met(trouble) for _ in range(8)]
    assert waits == [1, 2, 4, 8, 16, LONGEST_WAIT, LONGEST_WAIT, LONGEST_WAIT]
    since = patience.since
    assert since is not None
    patience.over()
    assert patience.since is None
    assert patience.met(trouble) == 1
