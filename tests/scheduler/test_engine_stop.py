"""The program stops while the clock is being looked at."""

from __future__ import annotations

import asyncio
import logging

import pytest

from dondoc.rules.clock import FixedClock
from dondoc.scheduler.alerts import report_slot
from dondoc.scheduler.engine import Engine
from dondoc.storage.database import Database


class LongLook(Engine):
    """An engine that never comes to the end of a look."""

    def __init__(self, database: Database, clock: FixedClock) -> None:
        super().__init__(database, clock, report_slot)
        self.looking = asyncio.Event()
        self.ended: BaseException | None = None

    async def tick(self) -> None:
        self.looking.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError as error:
            self.ended = error
            raise


async def test_stopping_within_a_look_is_no_failure(
    database: Database, clock: FixedClock, caplog: pytest.LogCaptureFixture
) -> None:
    """It ends, and the log does not call it a failure."""
    engine = LongLook(database, clock)
    engine.start()
    async with asyncio.timeout(5):
        await engine.looking.wait()
    engine.stop()
    async with asyncio.timeout(5):
        while engine.ended is None:  # noqa: ASYNC110 - APScheduler has no event for it
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
