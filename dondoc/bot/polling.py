"""Fetching updates from Telegram so that none is lost: each batch is stored before the next one is asked for.

Telegram keeps an update until a later one is asked for, so asking is what confirms. A process that is killed between
storing and asking gets the batch again; the inbox, unique by the update's number, drops what it has.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Protocol

from dondoc.chat.channel import TryLater
from dondoc.chat.telegram_errors import PollingConflict
from dondoc.rules.clock import machine_now

LONG_POLL = 25
"""Seconds for which Telegram holds a poll open when nothing comes."""

MAX_CONFLICTS = 5
"""Conflicts after which the poller gives up: somebody else really is polling."""

# Two live pollers cut each other's polls off, and each still gets a batch now and then: a success between two conflicts
# proves nothing, only time without one does.
_CONFLICT_FORGOTTEN = 120.0
_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 30.0

_log = logging.getLogger(__name__)

Update = dict[str, Any]


class UpdateSource(Protocol):
    """Where updates come from; TelegramChannel is one."""

    async def delete_webhook(self) -> None:
        """Let updates wait to be fetched. Raises TryLater."""

    async def raw_updates(self, offset: int | None, timeout: int) -> list[Update]:
        """Updates from ``offset`` on, confirming those before it. Raises TryLater, PollingConflict."""


class PollerConflict(Exception):
    """Another process fetches this bot's updates, or a webhook is set again and again: this one must not go on."""


class TelegramPoller:
    """The loop that fetches and stores. ``run()`` goes on until it is cancelled.

    ``store`` commits a batch of raw updates, each with an int "update_id"; it may get the same update twice, and it may
    raise: the batch then comes again. ``last_success`` (machine time) is when a poll was last answered and its batch
    stored, for the health check; None before the first time.
    """

    def __init__(
        self,
        source: UpdateSource,
        store: Callable[[list[Update]], Awaitable[None]],
        *,
        long_poll: int = LONG_POLL,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._source = source
        self._store = store
        self._long_poll = long_poll
        self._sleep = sleep
        self._offset: int | None = None
        self.started = machine_now()
        self.last_success: datetime | None = None

    async def run(self) -> None:
        """Poll until cancelled. Raises PollerConflict when another poller stays."""
        failures = conflicts = 0
        last_conflict = time.monotonic()
        webhook_set = True
        while True:
            try:
                if webhook_set:
                    await self._source.delete_webhook()
                    webhook_set = False
                await self._take_batch()
            except PollingConflict:
                moment = time.monotonic()
                conflicts = conflicts + 1 if moment - last_conflict < _CONFLICT_FORGOTTEN else 1
                last_conflict = moment
                _log.warning("polling conflict %d of %d", conflicts, MAX_CONFLICTS)
                if conflicts >= MAX_CONFLICTS:
                    raise PollerConflict("another poller or a webhook takes this bot's updates") from None
                await self._sleep(_pause(conflicts))
            except TryLater as failure:
                failures += 1
                _log.warning("polling failed, attempt %d: %s", failures, failure)
                await self._sleep(max(failure.after, _pause(failures)))
            except Exception as error:  # noqa: BLE001
                # Whatever it is (a locked database, a full disk), a poller that ends here would leave the bot deaf. The
                # words are not logged: a database's error quotes what was to be stored.
                failures += 1
                _log.error("a batch was not stored, attempt %d: %s", failures, type(error).__name__)
                await self._sleep(_pause(failures))
            else:
                failures = 0

    async def _take_batch(self) -> None:
        batch = await self._source.raw_updates(self._offset, self._long_poll)
        if batch:
            await self._store(batch)
            self._offset = max(update["update_id"] for update in batch) + 1
        self.last_success = machine_now()


def _pause(failures: int) -> float:
    return min(_LONGEST_PAUSE, _FIRST_PAUSE * (1 << min(failures - 1, 10)))
