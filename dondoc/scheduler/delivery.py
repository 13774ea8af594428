"""Delivery: the outbox is the only truth, this is just clock and transport.

tick: recover expired leases; give due rows a send slot and lease them in one batch. deliver: wait for the slot, commit
leased → sending, send, commit what came of it. Delivery is at least once; what is in doubt goes once more, marked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.chat.channel import Channel, Moved, Refused, TryLater, Uncertain, Unreachable
from dondoc.chat.messages import Outbound
from dondoc.rules.clock import Clock, machine_now
from dondoc.rules.traces import where
from dondoc.scheduler.rendering import NOW, Draw, ReadFirst, Renderer, Rendering, RenderingFailed
from dondoc.storage import outbox, pacing, people, planning
from dondoc.storage.database import Database
from dondoc.storage.files import FileStore
from dondoc.storage.outbox import Address, Limits, OutboxRow
from dondoc.storage.trouble import Patience

log = structlog.get_logger(__name__)

MAX_IN_FLIGHT = 300
LATE = timedelta(seconds=1)
RETRY_CEILING = 300.0
_AFTER_SENDS = 0.2  # seconds

pause = asyncio.sleep
# Tells the office about a message that failed or is in doubt.
Report = Callable[[AsyncConnection, OutboxRow, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Timing:
    """How long a lease lasts (seconds). It must be longer than the channel's own timeout, or it doubles messages."""

    lease: float = 60.0

    @property
    def lease_for(self) -> timedelta:
        return timedelta(seconds=self.lease)


class Delivery:
    """Sends what the outbox holds, through every channel of this process."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[tuple[str, str], Channel],
        files: FileStore,
        clock: Clock,
        *,
        renderers: Mapping[str, Renderer | ReadFirst],
        draw: Draw,
        report: Report,
        timing: Timing | None = None,
    ) -> None:
        self._database = database
        self._channels = channels
        self._rendering = Rendering(database, files, clock, renderers=renderers, draw=draw)
        self._report = report
        self._timing = timing or Timing()
        self.patience = Patience("delivery")
        self._work = asyncio.Event()
        self._running: dict[int, asyncio.Task[None]] = {}
        self._ended = 0
        self._look_again: asyncio.TimerHandle | None = None
        database.on_wake(self._work.set)

    async def recover_everything(self) -> None:
        """At start, when this process is known to be the only one: whatever is in flight was left by a dead one."""
        async with self._database.write() as tx:
            await self._recover(tx, everything=True)

    async def _recover(self, tx: AsyncConnection, *, everything: bool = False) -> None:
        for row in await outbox.recover(tx, machine_now(), everything=everything):
            await planning.settle_reminders(tx, row.id, "in_doubt")
            await self._report(tx, row, "in_doubt")

    async def run(self) -> None:
        """Until cancelled. What is in flight then is given the time of one send to finish."""
        try:
            while True:
                self._work.clear()
                if self._look_again is not None:
                    self._look_again.cancel()
                    self._look_again = None
                try:
                    await self.tick()
                except Exception as error:  # noqa: BLE001 - raised again if it is not the database's trouble
                    await pause(self.patience.met(error))
                    continue
                self.patience.over()
                try:
                    async with asyncio.timeout(1.0):
                        await self._work.wait()
                except TimeoutError:
                    pass  # a later row may have become due, or another process may have queued one
        finally:
            running = list(self._running.values())
            if running:
                await asyncio.wait(running, timeout=5)

    async def drain(self) -> None:
        """Send everything that is due now: for tests and the demo's play."""
        while True:
            ended = self._ended
            leased = await self.tick()
            if self._running:
                await asyncio.wait(list(self._running.values()), return_when=asyncio.FIRST_COMPLETED)
            elif not leased and self._ended == ended:
                return  # and nothing that ended during the look has left something new

    async def tick(self) -> int:
        """One look at the outbox; how many rows were leased."""
        leased = 0
        for (name, account), channel in self._channels.items():
            now = machine_now()
            async with self._database.read() as tx:
                if not await outbox.has_work(tx, name, account, now):
                    continue
            capabilities = channel.capabilities
            limits = Limits(capabilities.rate, capabilities.chat_gap, capabilities.group_gap, MAX_IN_FLIGHT)
            async with self._database.write() as tx:
                await self._recover(tx)
                rows = await outbox.lease(tx, name, account, limits, now, lease_for=self._timing.lease_for)
            for row in rows:
                task = asyncio.create_task(self.deliver(row))
                self._running[row.id] = task
                task.add_done_callback(partial(self._finished, row.id))
            leased += len(rows)
        return leased

    def _finished(self, row_id: int, task: asyncio.Task[None]) -> None:
        self._running.pop(row_id, None)
        self._ended += 1
        if self._look_again is None:
            # Many sends end together; what a commit brings is looked at without waiting for this.
            self._look_again = asyncio.get_running_loop().call_later(_AFTER_SENDS, self._work.set)
        if not task.cancelled() and (error := task.exception()) is not None:
            # The row keeps its lease; when that is over it comes back by itself.
            log.error("delivery broke off", action="deliver", outbox_id=row_id, where=where(error))

    async def deliver(self, row: OutboxRow) -> None:
        """Take one leased row to its end. A row that was settled or taken by another is left alone."""
        channel = self._channels[(row.channel, row.account)]
        try:
            if not await self._wait_for_slot(row):
                return
            lease_until = machine_now() + self._timing.lease_for
            renderer = await self._rendering.prepare(row)
            message, rest = await self._begin(row, lease_until, channel, renderer)
            if message is None:
                return
        except RenderingFailed as error:
            # A message that cannot be made must not stop the others; it is not sent, and the office hears of it.
            log.error("message could not be rendered", action="deliver", outbox_id=row.id, where=where(error))
            await self._failed(row, "rendering failed")
            return
        row = replace(row, lease_until=lease_until)
        try:
            message = await self._rendering.with_picture(row, message)
            # Rows that carry several parts change their key with each part.
            external_id = await channel.send(row.chat_id, message, key=f"{row.id}:{len(rest)}")
        except Unreachable as error:
            await self._unreachable(row, str(error))
        except TryLater as error:
            await self._later(row, error)
        except Moved as error:
            await self._moved(row, error.chat_id)
        except Refused as error:
            log.warning("message refused", action="deliver", outbox_id=row.id, error=str(error))
            await self._failed(row, str(error))
        except Uncertain as error:
            log.warning("message perhaps delivered", action="deliver", outbox_id=row.id, error=str(error))
            await self._uncertain(row, str(error))
        else:
            await self._sent(row, message, external_id, rest)

    # --- before sending ----------------------------------------------------------------------------------------------

    async def _wait_for_slot(self, row: OutboxRow) -> bool:
        send_at = row.send_at or machine_now()
        wait = (send_at - machine_now()).total_seconds()
        if wait > 0:
            await asyncio.sleep(wait)
        if machine_now() - send_at > LATE:
            # Sending late rows at once would burst over the account's limit.
            async with self._database.write() as tx:
                await outbox.release(tx, row)
            return False
        return True

    async def _begin(
        self, row: OutboxRow, lease_until: datetime, channel: Channel, renderer: Renderer
    ) -> tuple[Outbound | None, list[Outbound]]:
        """leased → sending, with the text made from what is true now; the first part and the parts after it."""
        async with self._database.write() as tx:
            if (closed := await self._rendering.closed_for(tx, row)) > NOW:
                await outbox.release(tx, row, not_before=machine_now() + closed)
                return None, []
            if not await outbox.begin_sending(tx, row, lease_until):
                return None, []
            parts = await self._rendering.parts(tx, row, channel.capabilities, renderer)
            if parts is None:
                await outbox.settle(tx, row.id, outbox.DROPPED)
                return None, []
            return parts[0], parts[1:]

    # --- after sending -----------------------------------------------------------------------------------------------

    async def _sent(self, row: OutboxRow, message: Outbound, external_id: str, rest: list[Outbound]) -> None:
        async with self._database.write() as tx:
            now = machine_now()
            # What was really said stays with the row: a reply to it is understood from there.
            payload = {**row.payload, "message": message.to_json()}
            if rest:
                await outbox.add_sent(tx, row, payload["message"], external_id, now)
                payload["parts"] = [part.to_json() for part in rest]
                await self._settle(tx, row, outbox.PENDING, payload=payload, not_before=now, doubts=0)
                return
            # It arrived: that is a fact, whoever has the lease meanwhile.
            await outbox.settle(
                tx, row.id, outbox.SENT, payload=payload, external_id=external_id, sent_at=now, error=None
            )
            await planning.settle_reminders(tx, row.id, "sent")

    async def _later(self, row: OutboxRow, error: TryLater) -> None:
        attempts = row.attempts + 1
        # The platform's own wait is kept to the second; a network that is down is asked more and more rarely.
        wait = error.after if not error.whole_account else min(error.after * 2.0 ** min(attempts, 8), RETRY_CEILING)
        until = machine_now() + timedelta(seconds=wait)
        async with self._database.write() as tx:
            values = {"not_before": until, "attempts": attempts, "error": str(error)[:300]}
            await self._settle(tx, row, outbox.PENDING, **values)
            held = "" if error.whole_account else row.chat_id
            await pacing.hold(tx, row.channel, row.account, held, until)

    async def _uncertain(self, row: OutboxRow, error: str) -> None:
        async with self._database.write() as tx:
            doubts = row.doubts + 1
            values = {"doubts": doubts, "error": error[:300]}
            if doubts < 2:
                await self._settle(tx, row, outbox.PENDING, not_before=machine_now(), **values)
            elif await self._settle(tx, row, outbox.IN_DOUBT, **values):
                await planning.settle_reminders(tx, row.id, "in_doubt")
                await self._report(tx, row, "in_doubt")

    async def _unreachable(self, row: OutboxRow, error: str) -> None:
        to = Address(row.channel, row.account, row.chat_id, row.person_id)
        async with self._database.write() as tx:
            failed = await outbox.fail_pending(tx, to, error[:300])
            if await self._settle(tx, row, outbox.FAILED, error=error[:300]):
                failed.append(row.id)
            reminded = [await planning.settle_reminders(tx, row_id, "failed") for row_id in failed]
            news = await people.set_reachable(tx, to, False, error[:200]) is not None
            # That a person left may be known already; that they were not reminded is not.
            if news or any(reminded):
                await self._report(tx, row, "unreachable")

    async def _moved(self, row: OutboxRow, chat_id: str) -> None:
        async with self._database.write() as tx:
            await people.move_address(tx, row.channel, row.account, row.chat_id, chat_id)
            await self._settle(tx, row, outbox.PENDING, not_before=machine_now())
            await outbox.move_chat(tx, row.channel, row.account, row.chat_id, chat_id)

    async def _failed(self, row: OutboxRow, error: str) -> None:
        async with self._database.write() as tx:
            if await self._settle(tx, row, outbox.FAILED, error=error[:300]):
                await planning.settle_reminders(tx, row.id, "failed")
                await self._report(tx, row, "failed")

    async def _settle(self, tx: AsyncConnection, row: OutboxRow, state: str, **values: Any) -> bool:
        """End this try if the row is still ours: who lost its lease must not undo what another did since."""
        return await outbox.settle(tx, row.id, state, lease_until=row.lease_until, **values)
