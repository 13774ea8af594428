"""The poll loop against Telegram's double over real HTTP: nothing is lost, nothing stops it, two of them notice."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest

from dondoc.bot.polling import MAX_CONFLICTS, PollerConflict, TelegramPoller
from dondoc.chat import telegram_account
from dondoc.chat.telegram import TelegramChannel
from dondoc.rules.clock import machine_now
from tests.telegram_server import TOKEN, TelegramServer, TelegramWorld


class Inbox:
    """What was stored, and how storing goes wrong at first."""

    def __init__(self, *failures: Exception) -> None:
        self.batches: list[list[dict[str, Any]]] = []
        self.failures = list(failures)
        self.attempts = 0

    async def store(self, updates: list[dict[str, Any]]) -> None:
        self.attempts += 1
        if self.failures:
            raise self.failures.pop(0)
        self.batches.append(updates)

    @property
    def texts(self) -> list[str | None]:
        return [update.get("message", {}).get("text") for batch in self.batches for update in batch]


class Pauses:
    """Sleeps that are noted and do not last."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0)


@asynccontextmanager
async def running(poller: TelegramPoller) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(poller.run())
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError, PollerConflict):
            await task


async def until(condition: Callable[[], bool], task: asyncio.Task[None] | None = None) -> None:
    async with asyncio.timeout(10):
        while not condition():
            assert task is None or not task.done(), task
            await asyncio.sleep(0.01)


def being_polled(server: TelegramServer) -> bool:
    return any(state.polling for state in server._update_queues._bots.values())


async def test_a_batch_is_stored_before_it_is_confirmed(channel: TelegramChannel, world: TelegramWorld) -> None:
    await world.user(1001).say("một")
    await world.user(1002).say("hai")
    waiting_while_stored: list[int] = []
    inbox = Inbox()

    async def store(updates: list[dict[str, Any]]) -> None:
        waiting_while_stored.append(await world.pending())
        await inbox.store(updates)

    async with running(TelegramPoller(channel, store, long_poll=1)) as task:
        await until(lambda: len(inbox.texts) == 2, task)
        await world.all_taken()
    assert inbox.texts == ["một", "hai"]
    assert waiting_while_stored == [2]


async def test_a_batch_that_is_not_stored_comes_again(channel: TelegramChannel, world: TelegramWorld) -> None:
    """A locked database once ended polling in silence; here it only takes longer."""
    await world.user(1001).say("một")
    inbox, pauses = Inbox(OSError("disk full"), RuntimeError("database is locked"), ValueError("?")), Pauses()
    poller = TelegramPoller(channel, inbox.store, long_poll=1, sleep=pauses)
    async with running(poller) as task:
        await until(lambda: bool(inbox.batches), task)
        await world.user(1001).say("hai")
        await until(lambda: len(inbox.texts) == 2, task)
    assert inbox.texts == ["một", "hai"]
    assert pauses.seconds == [1, 2, 4]


async def test_while_nothing_can_be_stored_the_poller_does_not_look_alive(
    channel: TelegramChannel, world: TelegramWorld
) -> None:
    await world.user(1001).say("một")
    inbox = Inbox(*[OSError()] * 1000)
    poller = TelegramPoller(channel, inbox.store, long_poll=1, sleep=Pauses())
    async with running(poller) as task:
        await until(lambda: inbox.attempts >= 3, task)
        assert poller.last_success is None


async def test_a_killed_process_loses_nothing(channel: TelegramChannel, world: TelegramWorld) -> None:
    """Killed after storing and before confirming, the next one gets the batch again, and what came meanwhile."""
    await world.user(1001).say("trước")
    stored = asyncio.Event()
    first = Inbox()

    async def store_and_die(updates: list[dict[str, Any]]) -> None:
        await first.store(updates)
        stored.set()
        await asyncio.Event().wait()

    async with running(TelegramPoller(channel, store_and_die, long_poll=1)):
        await asyncio.wait_for(stored.wait(), 10)
    await world.user(1001).say("trong lúc nghỉ")
    second = Inbox()
    async with running(TelegramPoller(channel, second.store, long_poll=1)) as task:
        await until(lambda: len(second.texts) == 2, task)
    assert first.texts == ["trước"]
    assert second.texts == ["trước", "trong lúc nghỉ"]
    assert second.batches[0][0]["update_id"] == first.batches[0][0]["update_id"]


async def test_an_update_without_sense_stops_nothing(channel: TelegramChannel, world: TelegramWorld) -> None:
    await world.raw({"message": {"chat": None, "date": "hôm qua"}})
    await world.raw({"callback_query": []})
    await world.user(1001).say("sau rác")
    inbox = Inbox()
    async with running(TelegramPoller(channel, inbox.store, long_poll=1)) as task:
        await until(lambda: len(inbox.batches) > 0, task)
        calls = await world.calls("getUpdates")
    assert [list(update)[1] for update in inbox.batches[0]] == ["message", "callback_query", "message"]
    assert len(calls) <= 2, "the loop spins"


async def test_what_came_while_the_bot_was_down_is_never_dropped(
    channel: TelegramChannel, world: TelegramWorld
) -> None:
    await world.user(1001).say("lúc máy tắt")
    await channel.set_webhook("http://127.0.0.1:1/telegram", "bi-mat")
    inbox = Inbox()
    async with running(TelegramPoller(channel, inbox.store, long_poll=1)) as task:
        await until(lambda: len(inbox.texts) == 1, task)
        await world.user(1001).say("lúc máy chạy")
        await until(lambda: len(inbox.texts) == 2, task)
    calls = await world.calls()
    assert [call["method"] for call in calls].count("deleteWebhook") == 1
    assert not any("drop_pending_updates" in call["fields"] for call in calls)


@pytest.mark.parametrize("kind", ["gateway", "drop", "flood"])
async def test_a_network_that_fails_is_asked_more_and_more_rarely(
    channel: TelegramChannel, world: TelegramWorld, kind: str
) -> None:
    await world.fault(kind, method="deleteWebhook", retry_after=5)
    await world.fault(kind, method="getUpdates", times=4, retry_after=5, delivered=False)
    inbox, pauses = Inbox(), Pauses()
    poller = TelegramPoller(channel, inbox.store, long_poll=1, sleep=pauses)
    before = machine_now()
    async with running(poller) as task:
        await until(lambda: len(pauses.seconds) == 5, task)
        await world.user(1001).say("có mạng lại")
        await until(lambda: bool(inbox.texts), task)
        await until(lambda: poller.last_success is not None, task)
    assert pauses.seconds == [5, 5, 5, 8, 16]
    assert poller.last_success is not None
    assert before <= poller.last_success <= machine_now()


async def test_a_poll_that_hangs_does_not_make_the_bot_deaf(
    channel: TelegramChannel, world: TelegramWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram_account, "_POLLING_GRACE", 0.3)
    await world.fault("hang", method="getUpdates", times=2, delivered=False)
    inbox = Inbox()
    async with running(TelegramPoller(channel, inbox.store, long_poll=1, sleep=Pauses())) as task:
        await world.user(1001).say("nghe không?")
        await until(lambda: bool(inbox.texts), task)


async def test_two_pollers_do_not_go_on_for_ever(
    channel: TelegramChannel, world: TelegramWorld, server: TelegramServer
) -> None:
    other = TelegramChannel(TOKEN, base_url=world.base_url)
    polling = asyncio.create_task(other.raw_updates(None, 30))
    await until(lambda: being_polled(server))
    inbox, pauses = Inbox(), Pauses()
    with pytest.raises(PollerConflict):
        await asyncio.wait_for(TelegramPoller(channel, inbox.store, long_poll=1, sleep=pauses).run(), 10)
    assert len(pauses.seconds) == MAX_CONFLICTS - 1
    assert not polling.done()
    polling.cancel()
    await other.close()


async def test_a_conflict_that_passes_is_no_reason_to_stop(channel: TelegramChannel, world: TelegramWorld) -> None:
    words = "Conflict: terminated by other getUpdates request"
    await world.fault("error", status=409, description=words, method="getUpdates", times=MAX_CONFLICTS - 1)
    await world.user(1001).say("chào")
    inbox = Inbox()
    async with running(TelegramPoller(channel, inbox.store, long_poll=1, sleep=Pauses())) as task:
        await until(lambda: bool(inbox.texts), task)


async def test_stopping_ends_the_open_poll_at_once(
    channel: TelegramChannel, world: TelegramWorld, server: TelegramServer
) -> None:
    inbox = Inbox()
    async with running(TelegramPoller(channel, inbox.store, long_poll=30)) as task:
        await until(lambda: being_polled(server))
        began = time.monotonic()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert time.monotonic() - began < 1
    await world.user(1001).say("chào")
    async with asyncio.timeout(10):
        async with running(TelegramPoller(channel, inbox.store, long_poll=1)) as task:
            await until(lambda: inbox.texts == ["chào"], task)


async def test_batches_keep_the_order_of_their_coming(channel: TelegramChannel, world: TelegramWorld) -> None:
    for number in range(120):
        await world.user(1001).say(str(number))
    inbox = Inbox()
    async with running(TelegramPoller(channel, inbox.store, long_poll=1)) as task:
        await until(lambda: len(inbox.texts) == 120, task)
    assert inbox.texts == [str(number) for number in range(120)]
    assert [len(batch) for batch in inbox.batches] == [100, 20]
