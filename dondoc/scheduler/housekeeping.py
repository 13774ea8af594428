"""What is done once a day and tells nobody: messages older than the office keeps them are blanked."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import structlog

from dondoc.rules.clock import machine_now
from dondoc.storage import offices
from dondoc.storage.database import Database
from dondoc.storage.privacy import blank_old_messages
from dondoc.storage.trouble import Patience

log = structlog.get_logger(__name__)

# Looked at often, done when a day is over: a program that is started each morning does it, too.
_LOOK_EVERY = 3600.0
_A_DAY = timedelta(days=1)
_EVER = datetime(2000, 1, 1, tzinfo=UTC)


async def tidy(database: Database, now: datetime) -> int:
    """Blank what is older than the office keeps messages, by machine time; how many. Once a day, however often called."""
    async with database.write() as tx:
        office = await offices.the_office(tx)
        days = int(await offices.setting(tx, office.id, offices.RETENTION_DAYS, offices.DEFAULT_RETENTION_DAYS))
        before = now - timedelta(days=days)
        done = await offices.setting(tx, office.id, offices.BLANKED_UNTIL, None)
        since = datetime.fromisoformat(done) if done else _EVER
        if before - since < _A_DAY:
            return 0
        number = await blank_old_messages(tx, since, before)
        await offices.set_setting(tx, office.id, offices.BLANKED_UNTIL, before.isoformat())
    if number:
        log.info("old messages blanked", action="housekeeping", number=number)
    return number


async def keep_house(database: Database) -> None:
    """Until cancelled."""
    patience = Patience("housekeeping")
    while True:
        try:
            await tidy(database, machine_now())
            patience.over()
        except Exception as error:  # noqa: BLE001 - raised again if it is not the database's trouble
            await asyncio.sleep(patience.met(error))
            continue
        await asyncio.sleep(_LOOK_EVERY)
