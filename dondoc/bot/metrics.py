"""Metrics for Prometheus, read from the database when they are asked for: the tables are the only truth."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import structlog
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from dondoc.rules.traces import where
from dondoc.storage import inbox, outbox
from dondoc.storage.database import Database
from dondoc.storage.trouble import is_trouble

log = structlog.get_logger(__name__)


class DatabaseCollector(Collector):
    """Rows by state. It holds the last figures that were read, and reads anew in the background at each scrape."""

    def __init__(self, database: Database, loop: asyncio.AbstractEventLoop) -> None:
        self._database = database
        self._loop = loop
        self._outbox: dict[str, int] = {}
        self._inbox = 0
        self._reading: asyncio.Task[None] | None = None

    def describe(self) -> Iterator[Metric]:
        return iter(())

    def collect(self) -> Iterator[Metric]:
        if self._reading is None or self._reading.done():
            self._reading = self._loop.create_task(self._read())
        messages = GaugeMetricFamily("dondoc_outbox_messages", "Messages in the outbox by state", labels=["state"])
        for state, number in self._outbox.items():
            messages.add_metric([state], number)
        yield messages
        yield GaugeMetricFamily("dondoc_inbox_open", "Received messages not yet handled", value=self._inbox)

    async def _read(self) -> None:
        try:
            async with self._database.read() as tx:
                self._outbox = await outbox.counts(tx)
                self._inbox = await inbox.open_count(tx)
        except Exception as error:
            if not is_trouble(error):
                raise
            log.warning("figures could not be read", action="metrics", where=where(error))
