"""``dondoc run``: the bot as a service."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import sys
import uuid
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
import uvicorn
from filelock import FileLock, Timeout
from prometheus_client import CollectorRegistry
from starlette.applications import Starlette

from dondoc.bot.command import FAILED, OK, USAGE, tell
from dondoc.bot.metrics import DatabaseCollector
from dondoc.bot.polling import PollerConflict, TelegramPoller
from dondoc.bot.program import Program, oldest_due
from dondoc.bot.settings import Settings
from dondoc.chat.channel import ChannelError, TryLater
from dondoc.chat.telegram import TelegramChannel
from dondoc.chat.telegram_incoming import storable
from dondoc.handlers.menu import command_menu
from dondoc.rules.clock import machine_now
from dondoc.rules.traces import where
from dondoc.storage import inbox, leases
from dondoc.storage.database import Database
from dondoc.storage.files import FileStore
from dondoc.storage.folders import private_folder
from dondoc.storage.migrate import migrate
from dondoc.storage.offices import ensure_office
from dondoc.storage.trouble import is_trouble
from dondoc.web.app import build_app
from dondoc.web.doors import Doors, Health, TelegramDoor

log = structlog.get_logger(__name__)

LOCK_NAME = "dondoc.lock"
_POLL_LEASE = timedelta(seconds=15)
_POLL_RENEW = 5.0
_DEAF_AFTER = timedelta(minutes=2)
_STUCK_AFTER = timedelta(minutes=10)
_INTRODUCED_AGAIN, _INTRODUCED_SELDOM = 5.0, 300.0  # seconds
_HEALTH_WAITS = 5.0

pause = asyncio.sleep


def run(settings: Settings) -> int:
    """Run until SIGTERM or SIGINT; the exit status."""
    if settings.telegram_token is None:
        tell("dondoc: no channel is configured: set DONDOC_TELEGRAM_TOKEN, or try `dondoc demo`")
        return USAGE
    private_folder(settings.data_dir)
    with contextlib.ExitStack() as stack:
        if settings.database_url.startswith("sqlite"):
            # SQLite has one writer. Knowing that we are the only process, what a dead one left in flight comes back at once.
            try:
                stack.enter_context(FileLock(settings.data_dir / LOCK_NAME, timeout=0))
            except Timeout:
                tell(f"dondoc: another dondoc is running on {settings.data_dir}; stop it first")
                return FAILED
        return asyncio.run(_serve(settings, alone=settings.database_url.startswith("sqlite")))


async def _serve(settings: Settings, *, alone: bool) -> int:
    service = await _Service.open(settings, alone=alone)
    try:
        return await service.run()
    finally:
        await service.leave()
        await service.program.close()


class _Service:
    """One process with Telegram, HTTP doors and the loops."""

    def __init__(self, settings: Settings, program: Program, telegram: TelegramChannel, *, alone: bool) -> None:
        self.settings = settings
        self.program = program
        self.telegram = telegram
        self.alone = alone
        self.owner = uuid.uuid4().hex
        self.poller: TelegramPoller | None = None
        self.introduced = False
        self.started = machine_now()
        self.status = OK

    @staticmethod
    async def open(settings: Settings, *, alone: bool) -> _Service:
        if settings.telegram_token is None:
            raise ValueError("no token")
        database = Database(settings.database_url)
        await migrate(database)
        async with database.write() as tx:
            await ensure_office(tx, machine_now())
        files = FileStore(settings.files_dir)
        telegram = TelegramChannel(
            settings.telegram_token.get_secret_value(),
            base_url=settings.telegram_base_url,
            base_file_url=settings.telegram_base_file_url,
            files=files,
            read_timeout=settings.send_timeout_seconds,
            sending_limit=settings.send_lease_seconds * 0.8,
        )
        channels = {(telegram.name, telegram.account): telegram}
        program = Program(
            database,
            files,
            settings.clock(),
            channels,
            send_lease=settings.send_lease_seconds,
            max_upload=settings.max_upload_bytes,
        )
        return _Service(settings, program, telegram, alone=alone)

    async def run(self) -> int:
        if self.alone:
            await self.program.delivery.recover_everything()
        app = build_app(self._doors())
        stop = asyncio.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
        async with serving(app, self.settings.http_host, self.settings.http_port) as url:
            sys.stdout.write(f"ready {url}\n")
            sys.stdout.flush()
            work = asyncio.create_task(self._work())
            stopped = asyncio.create_task(stop.wait())
            await asyncio.wait([work, stopped], return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                work.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await work
            stopped.cancel()
        return self.status

    async def _work(self) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self.program.run())
            group.create_task(self._introduce())
            group.create_task(self._listen())

    async def _introduce(self) -> None:
        """Say which commands there are and where the webhook is, until the platform has heard it."""
        wait = _INTRODUCED_AGAIN
        while not self.introduced:
            try:
                await self._say_who_we_are()
            except ChannelError as error:
                name = type(error).__name__
                log.warning("the bot could not be introduced", action="start", error=name, wait=wait)
                await pause(max(wait, error.after if isinstance(error, TryLater) else 0.0))
                wait = min(wait * 2, _INTRODUCED_SELDOM)

    async def _say_who_we_are(self) -> None:
        await self.telegram.me()
        await self.telegram.set_commands(command_menu())
        if self.settings.telegram_mode == "webhook" and self.settings.telegram_webhook_secret:
            url = f"{self.settings.public_url}/telegram"
            await self.telegram.set_webhook(url, self.settings.telegram_webhook_secret.get_secret_value())
        self.introduced = True

    async def _listen(self) -> None:
        """Poll, while this process holds the lease of the bot: of several on one database, one polls."""
        if self.settings.telegram_mode == "webhook":
            return
        while True:
            if not self.alone and not await self._hold():
                await asyncio.sleep(_POLL_RENEW)
                continue
            self.poller = TelegramPoller(self.telegram, self.store)
            polling = asyncio.create_task(self.poller.run())
            try:
                while not polling.done():
                    await asyncio.wait([polling], timeout=_POLL_RENEW)
                    if not self.alone and not await self._hold():
                        log.warning("another process polls now", action="poll")
                        break
                if polling.done():
                    polling.result()
            except PollerConflict:
                log.error("another program polls this bot; stopping", action="poll")
                self.status = FAILED
                signal.raise_signal(signal.SIGTERM)
                return
            finally:
                polling.cancel()
                await asyncio.wait([polling])

    @property
    def _poll_lease(self) -> str:
        return f"poll:{self.telegram.name}:{self.telegram.account}"

    async def _hold(self) -> bool:
        """Whether the lease is ours; what cannot be known for the database's trouble is not."""
        try:
            async with self.program.database.write() as tx:
                return await leases.take_lease(tx, self._poll_lease, self.owner, machine_now(), lasts=_POLL_LEASE)
        except Exception as error:
            if not is_trouble(error):
                raise
            log.warning("database in trouble", action="poll", where=where(error))
            return False

    async def leave(self) -> None:
        """Let another process poll at once, instead of when the lease of this one is over."""
        if self.alone:
            return
        try:
            async with self.program.database.write() as tx:
                await leases.drop_lease(tx, self._poll_lease, self.owner)
        except Exception as error:
            if not is_trouble(error):
                raise
            log.warning("database in trouble", action="stop", where=where(error))  # the lease ends by itself

    async def store(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Commit raw updates to the inbox, before the platform is told that they were taken."""
        async with self.program.database.write() as tx:
            for update in updates:
                await inbox.receive(
                    tx,
                    channel=self.telegram.name,
                    account=self.telegram.account,
                    external_id=str(update["update_id"]),
                    chat_id=chat_of(update),
                    payload=storable(dict(update)),
                    now=machine_now(),
                )

    def _doors(self) -> Doors:
        registry = CollectorRegistry()
        registry.register(DatabaseCollector(self.program.database, asyncio.get_running_loop()))
        secret = self.settings.telegram_webhook_secret
        door = None
        if self.settings.telegram_mode == "webhook" and secret is not None:
            door = TelegramDoor(secret.get_secret_value(), self.store)
        return Doors(health=self._health, metrics=registry, telegram=door)

    async def _health(self) -> Health:
        now = machine_now()
        oldest, answers = await self._oldest_due()
        troubled = self.program.troubled_since()
        heard = self.poller.last_success if self.poller else None
        stuck = oldest is not None and now - oldest > _STUCK_AFTER
        looked = self.program.engine.last_success
        asleep = looked is not None and now - looked > _STUCK_AFTER
        unplanned = self.program.engine.overdue() > _STUCK_AFTER
        details = {
            "database_in_trouble_since": troubled.isoformat() if troubled else None,
            "database_answers": answers,
            "introduced": self.introduced,
            "last_poll": heard.isoformat() if heard else None,
            "oldest_due_message": oldest.isoformat() if oldest else None,
            "last_look_at_the_clock": looked.isoformat() if looked else None,
            "office_time": self.program.clock.now().isoformat(),
        }
        well = answers and troubled is None and not self._is_deaf(now)
        return Health(well and not (stuck or asleep or unplanned), details)

    async def _oldest_due(self) -> tuple[datetime | None, bool]:
        """Since when the oldest message is due, and whether the database answers at all."""
        try:
            async with asyncio.timeout(_HEALTH_WAITS):
                return await oldest_due(self.program.database), True
        except TimeoutError:
            return None, False
        except Exception as error:
            if not is_trouble(error):
                raise
            return None, False

    def _is_deaf(self, now: datetime) -> bool:
        """Whether nothing of what people write can reach this process."""
        if self.settings.telegram_mode == "webhook":
            return not self.introduced and now - self.started > _DEAF_AFTER
        if self.poller is None:
            return False  # another process polls
        return now - (self.poller.last_success or self.poller.started) > _DEAF_AFTER


def chat_of(update: Mapping[str, Any]) -> str:
    """The chat of a raw update, by which its order is kept; "" for one that makes no sense."""
    for value in update.values():
        if not isinstance(value, Mapping):
            continue
        holder = value.get("message") if isinstance(value.get("message"), Mapping) else value
        chat = holder.get("chat") if isinstance(holder, Mapping) else None
        if isinstance(chat, Mapping) and "id" in chat:
            return str(chat["id"])[:64]
    return ""


@contextlib.asynccontextmanager
async def serving(app: Starlette, host: str, port: int) -> AsyncIterator[str]:
    """Serve HTTP while the block runs; the URL. Port 0 picks a free one."""
    listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setblocking(False)
    address = listener.getsockname()
    config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=3)
    server = uvicorn.Server(config)
    # The process's signals are ours: uvicorn would swallow them.
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        while not server.started and not task.done():  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.01)
        shown = f"[{address[0]}]" if ":" in address[0] else address[0]
        yield f"http://{shown}:{address[1]}"
    finally:
        server.should_exit = True
        await task
        listener.close()
