"""The program put together: database, content store, clock, channels, and the three loops that live on them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from dondoc.bot.handler_services import HandlerServices
from dondoc.chat.channel import Channel
from dondoc.chat.messages import Inbound
from dondoc.handlers.dispatch import dispatch
from dondoc.handlers.worker import InboxWorker
from dondoc.rules.clock import Clock, machine_now
from dondoc.rules.progress import Counts
from dondoc.scheduler import digest, messages
from dondoc.scheduler.alerts import report_delivery, report_slot
from dondoc.scheduler.delivery import Delivery, Timing
from dondoc.scheduler.engine import Engine
from dondoc.scheduler.housekeeping import keep_house
from dondoc.scheduler.rendering import ReadFirst, Renderer
from dondoc.storage import inbox, outbox
from dondoc.storage.database import Database
from dondoc.storage.files import FileStore

RENDERERS: Mapping[str, Renderer | ReadFirst] = {
    "reminder": messages.reminder,
    "notice": messages.notice,
    "receipt": messages.receipt,
    "queue": ReadFirst(messages.queue),
    "digest": ReadFirst(digest.digest),
}
_QUIET_LOOKS = 0.02
MAX_UPLOAD = 50 * 1024 * 1024


def draw(picture: Mapping[str, Any]) -> bytes:
    """The progress picture from the plain values that a handler left."""
    from dondoc.reports.picture import UnitBar, progress_picture

    bars = [UnitBar(name, Counts(**counts)) for name, counts in picture["bars"]]
    return progress_picture(Counts(**picture["counts"]), bars, title=picture["title"], stamp=picture["stamp"])


class Program:
    """One process of the bot. Starting and stopping the HTTP server and the poller is the caller's."""

    def __init__(
        self,
        database: Database,
        files: FileStore,
        clock: Clock,
        channels: Mapping[tuple[str, str], Channel],
        *,
        send_lease: float = 60.0,
        max_upload: int = MAX_UPLOAD,
        forget: Callable[[Inbound], Awaitable[None]] | None = None,
    ) -> None:
        self.database = database
        self.files = files
        self.clock = clock
        self.channels = channels
        services = HandlerServices(files, max_upload, database, channels, forget)
        self.worker = InboxWorker(database, channels, services, clock, dispatch)
        self.delivery = Delivery(
            database,
            channels,
            files,
            clock,
            renderers=RENDERERS,
            draw=draw,
            report=report_delivery,
            timing=Timing(lease=send_lease),
        )
        self.engine = Engine(database, clock, report_slot)

    async def run(self) -> None:
        """Handle, send and watch the clock until cancelled; the first loop to break ends the others."""
        self.engine.start()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self.worker.run())
                group.create_task(self.delivery.run())
                group.create_task(keep_house(self.database))
        finally:
            self.engine.stop()

    async def drain(self) -> None:
        """Handle and send everything that can be done now, without the loops: for tests and the demo's play."""
        while True:
            await self.worker.drain()
            await self.delivery.drain()
            if await self.is_quiet():
                return

    async def is_quiet(self) -> bool:
        """Whether nothing is left to handle or to send at this moment."""
        async with self.database.read() as tx:
            if await inbox.open_count(tx):
                return False
            return not await outbox.busy(tx, machine_now())

    async def quiet(self, within: float = 10.0) -> None:
        """Wait until the loops have nothing left to do now, at most so many seconds."""
        until = machine_now() + timedelta(seconds=within)
        while machine_now() < until and not await self.is_quiet():  # noqa: ASYNC110 - the database says it
            await asyncio.sleep(_QUIET_LOOKS)

    def troubled_since(self) -> datetime | None:
        """Machine time since when a loop has met trouble of the database; None while all is well."""
        loops = (self.worker.patience, self.delivery.patience, self.engine.patience)
        return min((patience.since for patience in loops if patience.since is not None), default=None)

    async def close(self) -> None:
        for channel in self.channels.values():
            await channel.close()
        await self.database.close()


async def oldest_due(database: Database) -> datetime | None:
    """The creation of the oldest message that is due and not yet sent: what health looks at."""
    async with database.read() as tx:
        return await outbox.oldest_due(tx, machine_now())
