"""Takes inbox rows through received → fetched → done: in order within a chat, side by side across chats.

Attachments are streamed into the content store outside any transaction; then the handler's whole effect, its answers and
"done" are committed together, so that each message takes effect exactly once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.chat.channel import Channel, ChannelError, FileTooLarge, TryLater, Uncertain, Unparseable
from dondoc.chat.messages import Attachment, Inbound, Outbound
from dondoc.directives.reading_bounded import end_readings
from dondoc.handlers.context import Context, LongReading, OutsideWork, ReceivedFile, Services
from dondoc.locales import translator
from dondoc.rules.clock import Clock, machine_now
from dondoc.rules.roles import Right
from dondoc.rules.traces import where
from dondoc.storage import files as content
from dondoc.storage import inbox, outbox, people
from dondoc.storage.database import Database
from dondoc.storage.files import ContentTooLarge
from dondoc.storage.inbox import InboxRow
from dondoc.storage.offices import the_office, work_calendar
from dondoc.storage.outbox import Address
from dondoc.storage.trouble import Patience, is_trouble
from dondoc.vietnamese.words import format_date, format_hour

log = structlog.get_logger(__name__)

MAX_ATTEMPTS = 3
MAX_FETCHES = 5
# How often trouble of the database is no message's fault: about an hour of tries. That such a failure can then be
# written down at all shows that it is this message alone that the database has trouble with.
MAX_HOLDS = 20
SIDE_BY_SIDE = 16
# Files are read in threads of their own, so that fifty photographs at once hold up no other work and fill no memory.
READERS = 2
UNPARSEABLE = "unparseable"
RETRY_CEILING = 300.0

pause = asyncio.sleep

Dispatch = Callable[[Context], Awaitable[None]]


class InboxWorker:
    """Handles what came in. ``dispatch`` decides which conversation a message belongs to."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[tuple[str, str], Channel],
        services: Services,
        clock: Clock,
        dispatch: Dispatch,
    ) -> None:
        self._database = database
        self._channels = channels
        self._services = services
        self._clock = clock
        self._dispatch = dispatch
        self._work = asyncio.Event()
        self._running: dict[int, asyncio.Task[bool]] = {}
        self._ended = 0
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="outside")
        # Rows that the database's own trouble held up: how often so far, and until when. Kept here and not in the row,
        # because a database in trouble is no place to write it down.
        self._held: dict[int, tuple[int, datetime]] = {}
        self.patience = Patience("inbox")
        database.on_wake(self._work.set)

    async def run(self) -> None:
        """Until cancelled."""
        try:
            while True:
                self._work.clear()
                try:
                    await self._start_heads()
                except Exception as error:  # noqa: BLE001 - raised again if it is not the database's trouble
                    await pause(self.patience.met(error))
                    continue
                self.patience.over()
                try:
                    async with asyncio.timeout(1.0):
                        await self._work.wait()
                except TimeoutError:
                    pass  # another process may have written a row
        finally:
            for task in self._running.values():
                task.cancel()
            self._readers.shutdown(wait=False, cancel_futures=True)
            end_readings()
            await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def drain(self) -> None:
        """Handle everything that can be handled now: for tests and the demo's play."""
        while True:
            ended = self._ended
            await self._start_heads()
            if self._running:
                await asyncio.wait(list(self._running.values()), return_when=asyncio.FIRST_COMPLETED)
                await asyncio.sleep(0)
            elif self._ended == ended:
                return  # and nothing that ended during the look has let a later row of its chat come first

    async def _start_heads(self) -> None:
        free = SIDE_BY_SIDE - len(self._running)
        if free <= 0:
            return
        now = machine_now()
        busy = {*self._running, *(row_id for row_id, (_, until) in self._held.items() if until > now)}
        async with self._database.read() as tx:
            rows = await inbox.heads(tx, now, accounts=self._channels.keys(), busy=tuple(busy), limit=free)
        for row in rows:
            task = asyncio.create_task(self._handle(row))
            self._running[row.id] = task
            task.add_done_callback(partial(self._finished, row.id))

    def _finished(self, row_id: int, task: asyncio.Task[bool]) -> None:
        self._running.pop(row_id, None)
        self._ended += 1
        if task.cancelled():
            return
        if (error := task.exception()) is not None:
            log.error("failure could not be written down", action="inbox", inbox_id=row_id, where=where(error))
            self._hold(row_id)
        elif task.result():
            self._work.set()

    async def _handle(self, row: InboxRow) -> bool:
        """Take a row as far as it goes; False if another process has it, so that there is no hurry to look again."""
        taken = True
        try:
            channel = self._channels[(row.channel, row.account)]
            inbound = channel.parse(row.payload)
            if inbound is None:
                async with self._database.write() as tx:
                    await inbox.done(tx, row.id, machine_now())
                return True
            if row.state == inbox.RECEIVED:
                if inbound.ack is not None and row.attempts == 0:
                    await channel.acknowledge(inbound)
                await self._fetch(row, channel, inbound)
                row = replace(row, state=inbox.FETCHED, attempts=0)
            taken = await self._take_effect(row, inbound)
            self._held.pop(row.id, None)
        except Unparseable as error:
            log.warning("update not understood", action="inbox", inbox_id=row.id, error=str(error))
            async with self._database.write() as tx:
                await self._fail(tx, row, UNPARSEABLE)
        except (TryLater, Uncertain) as error:
            await self._again(row, error, attempts=row.attempts + 1, limit=MAX_FETCHES)
        except Exception as error:  # noqa: BLE001 - see below
            if is_trouble(error) and self._held.get(row.id, (0, None))[0] < MAX_HOLDS:
                # It is locked, away, or chose this transaction to end a deadlock: the message is not to blame.
                log.warning("database in trouble", action="inbox", inbox_id=row.id, where=where(error))
                self._hold(row.id)
                return taken
            # Whatever one message does must not stop the others; the row keeps the failure and is tried again.
            log.error("message could not be handled", action="inbox", inbox_id=row.id, where=where(error))
            await self._again(row, error, attempts=row.attempts + 1, limit=MAX_ATTEMPTS)
        return taken

    def _hold(self, row_id: int) -> None:
        """Leave a row alone for a while, longer each time."""
        tries, _ = self._held.get(row_id, (0, None))
        wait = min(2.0 ** min(tries, 10), RETRY_CEILING)
        self._held[row_id] = tries + 1, machine_now() + timedelta(seconds=wait)

    # --- fetching ----------------------------------------------------------------------------------------------------

    async def _fetch(self, row: InboxRow, channel: Channel, inbound: Inbound) -> None:
        entries: list[dict[str, Any]] = []
        if inbound.attachments:
            async with self._database.read() as tx:
                known = await people.identify(tx, row.channel, row.account, row.chat_id)
            if known is not None:  # nothing is fetched from strangers
                entries = [await self._fetch_one(channel, a, row) for a in inbound.attachments]
        async with self._database.write() as tx:
            for entry in entries:
                if entry.get("sha256"):
                    stored = content.StoredFile(entry["sha256"], entry["size"], entry["media_type"])
                    await content.register(tx, stored)
            await inbox.fetched(tx, row.id, entries, inbound.album, inbound.message_id)

    async def _fetch_one(self, channel: Channel, attachment: Attachment, row: InboxRow) -> dict[str, Any]:
        entry: dict[str, Any] = {"name": attachment.name, "size": attachment.size}
        limit = min(channel.capabilities.max_file_in, self._services.max_upload)
        try:
            if attachment.sha256:
                path = self._services.files.path(attachment.sha256)
                return {
                    **entry,
                    "sha256": attachment.sha256,
                    "size": path.stat().st_size,
                    "media_type": await asyncio.to_thread(content.sniff, path),
                }
            if attachment.size is not None and attachment.size > limit:
                return {**entry, "failure": "too_large", "limit": limit}
            stored = await self._services.files.store(channel.download(attachment), limit)
        except (FileTooLarge, ContentTooLarge) as error:
            return {**entry, "failure": "too_large", "limit": error.limit}
        except TryLater:
            if row.attempts + 1 < MAX_FETCHES:
                raise
            return {**entry, "failure": "unavailable"}
        except ChannelError as error:
            log.warning("file not fetched", action="fetch", inbox_id=row.id, error=type(error).__name__)
            return {**entry, "failure": "unavailable"}
        return {**entry, "sha256": stored.sha256, "size": stored.size, "media_type": stored.media_type}

    # --- taking effect -----------------------------------------------------------------------------------------------

    async def _take_effect(self, row: InboxRow, inbound: Inbound) -> bool:
        results: dict[str, Any] = {}
        while True:
            try:
                async with self._database.write() as tx:
                    locked = await inbox.lock(tx, row.id)
                    if locked is None:
                        return False
                    context = await self._context(tx, locked, inbound, results)
                    await self._dispatch(context)
                    await inbox.done(tx, row.id, context.machine)
            except OutsideWork as work:
                loop = asyncio.get_running_loop()
                results[work.key] = await loop.run_in_executor(self._readers, _capture, work.work)
            except LongReading as reading:
                async with self._database.read() as reading_tx:
                    results[reading.key] = await reading.read(reading_tx)
            else:
                for follow_up in context.after_commit:
                    await follow_up()
                return True

    async def _context(
        self, tx: AsyncConnection, row: InboxRow, inbound: Inbound, results: Mapping[str, Any]
    ) -> Context:
        office = await the_office(tx)
        now = self._clock.now()
        # In a group the chat is everybody's: who writes is known by their own chat.
        writer = inbound.sender_id if inbound.is_group else row.chat_id
        person = await people.identify(tx, row.channel, row.account, writer, now.date())
        return Context(
            tx=tx,
            services=self._services,
            inbound=inbound,
            inbox_id=row.id,
            files=tuple(ReceivedFile(**entry) for entry in row.files),
            address=Address(row.channel, row.account, row.chat_id, person.id if person else None),
            person=person,
            office=office,
            calendar=await work_calendar(tx, office.id),
            now=now,
            machine=machine_now(),
            outside_results=results,
        )

    async def _again(self, row: InboxRow, error: Exception, *, attempts: int, limit: int) -> None:
        """Try once more later; after the last try the person and the office are told."""
        async with self._database.write() as tx:
            if attempts < limit:
                wait = error.after if isinstance(error, TryLater) else 2.0**attempts
                await inbox.retry(
                    tx,
                    row.id,
                    attempts=attempts,
                    not_before=machine_now() + timedelta(seconds=wait),
                    error=type(error).__name__,
                )
                return
            await self._fail(tx, row, type(error).__name__)

    async def _fail(self, tx: AsyncConnection, row: InboxRow, error: str) -> None:
        """Give a row up: it is in the office's list from now on, and its sender, if known, is told to write again."""
        self._held.pop(row.id, None)
        now = machine_now()
        if not await inbox.failed(tx, row.id, error=error, now=now):
            return
        person = await people.identify(tx, row.channel, row.account, row.chat_id)
        # An update that no version of ours can read seldom comes alone: of one chat it is told once a day.
        key = f"{row.account}:{row.chat_id}:{now:%y%m%d}" if error == UNPARSEABLE else str(row.id)
        await self._tell_office(tx, row, person, key)
        if person is None:
            return
        to = Address(row.channel, row.account, row.chat_id, person.id)
        message = Outbound(translator(person.language)("handlers.failed")).to_json()
        await outbox.enqueue(tx, outbox.queued(to, "answer", {"message": message}, now, dedup_key=f"failed:{row.id}"))

    async def _tell_office(self, tx: AsyncConnection, row: InboxRow, person: people.Person | None, key: str) -> None:
        """Whose message failed through our fault, and when it came; never what it says."""
        now = machine_now()
        came = self._clock.now() - (now - row.received_at)
        staff = await people.with_right(tx, (await the_office(tx)).id, Right.RECEIVE_ALERTS)
        for staff_id, to in (await people.addresses_of(tx, staff)).items():
            t = translator((await people.get_person(tx, staff_id)).language)
            if person is None:
                who = t("handlers.failed_office.stranger")
            else:
                who = " – ".join(filter(None, (person.name, person.title, person.phone))) or f"#{person.id}"
            text = t(
                "handlers.failed_office.message",
                person=who,
                hour=format_hour(came),
                date=format_date(came.date()),
                number=row.id,
            )
            message, once = Outbound(text).to_json(), f"alert:{staff_id}:inbox:{key}"
            await outbox.enqueue(tx, outbox.queued(to, "alert", {"message": message}, now, dedup_key=once))


def _capture(work: Callable[[], Any]) -> Any:
    """The result of the work, or the exception it raised as a value, for the handler to look at."""
    try:
        return work()
    except (ValueError, OSError) as error:
        return error
