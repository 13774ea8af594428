"""A task that is cancelled in the middle of a transaction, as at every stop of the program, holds nobody up."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import text

from dondoc.storage.database import Database
from dondoc.storage.tables import blobs
from tests.support.offices import START

# The first of its rows takes a second; there are more, so that the statement is not at its end when it is left.
SLOW_QUERY = """
    WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 3000000) SELECT x FROM c WHERE x > 2999000
"""
BLOB = {"sha256": "0" * 64, "size": 1, "media_type": "text/plain", "stored_at": START}


async def test_what_a_cancelled_task_wrote_is_undone_and_locks_nothing(database: Database) -> None:
    """Also while something still refers to the statement that was interrupted: a traceback, a finished task."""
    begun = asyncio.Event()

    async def work() -> None:
        async with database.write() as tx:
            await tx.execute(blobs.insert().values(**BLOB))
            begun.set()
            await tx.execute(text(SLOW_QUERY))

    task = asyncio.create_task(work())
    await begun.wait()
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError) as kept:
        await task
    async with asyncio.timeout(15), database.write() as tx:
        assert (await tx.execute(blobs.select())).all() == []
        await tx.execute(blobs.insert().values(**BLOB))
    assert kept.value is not None
