"""Every way in which Telegram fails, over real HTTP, and the name under which delivery hears of it."""

from __future__ import annotations

import asyncio
import logging
import traceback
from typing import Any

import httpx
import pytest
from telegram.error import NetworkError, TelegramError, TimedOut

from dondoc.chat.channel import ChannelError, Moved, Refused, TryLater, Uncertain, Unreachable
from dondoc.chat.messages import Outbound
from dondoc.chat.telegram import TelegramChannel
from dondoc.chat.telegram_errors import named
from tests.telegram_server import TOKEN, TelegramWorld

HELLO = Outbound("Nội dung riêng của nhà trường")


async def failure(channel: TelegramChannel, chat_id: str = "1001") -> ChannelError:
    with pytest.raises(ChannelError) as raised:
        await channel.send(chat_id, HELLO, key="1")
    return raised.value


async def test_a_rate_is_over_for_one_chat_only(channel: TelegramChannel, world: TelegramWorld) -> None:
    await world.fault("flood", chat_id=1001, retry_after=7200)
    error = await failure(channel)
    assert isinstance(error, TryLater)
    assert (error.after, error.whole_account) == (7200, False)
    await channel.send("1002", HELLO, key="2")
    assert [message.chat_id for message in await world.sent()] == [1002]


@pytest.mark.parametrize(
    ("status", "description"),
    [
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: user is deactivated"),
        (403, "Forbidden: bot was kicked from the supergroup chat"),
        (403, "Forbidden: bot can't initiate conversation with a user"),
        (400, "Bad Request: chat not found"),
        (400, "Bad Request: PEER_ID_INVALID"),
        (400, "Bad Request: have no rights to send a message"),
        (400, "Bad Request: not enough rights to send text messages to the chat"),
        (400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
    ],
)
async def test_who_cannot_be_reached(
    channel: TelegramChannel, world: TelegramWorld, status: int, description: str
) -> None:
    await world.fault("error", status=status, description=description)
    assert isinstance(await failure(channel), Unreachable)


async def test_a_person_blocks_the_bot_and_comes_back(channel: TelegramChannel, world: TelegramWorld) -> None:
    lan = world.user(1001, "Lan")
    await lan.block()
    assert isinstance(await failure(channel), Unreachable)
    await lan.unblock()
    await channel.send("1001", HELLO, key="2")
    seen = [channel.parse(update) for update in await channel.raw_updates(None, 0)]
    assert [inbound.service for inbound in seen if inbound] == ["blocked", "unblocked"]


async def test_a_group_that_moved(channel: TelegramChannel, world: TelegramWorld) -> None:
    await world.fault("migrate", chat_id=-55, to=-1001234567890123)
    error = await failure(channel, "-55")
    assert isinstance(error, Moved)
    assert error.chat_id == "-1001234567890123"
    await channel.send(error.chat_id, HELLO, key="1")


@pytest.mark.parametrize(
    ("description", "reason"),
    [
        ("Bad Request: message is too long", "Message is too long"),
        ('Bad Request: can\'t parse entities: Unsupported start tag "Nội dung"', "Can't parse entities"),
        ("Bad Request: inline keyboard button URL 'https://a.example/bi-mat' is invalid", "Inline keyboard button url"),
        ("Bad Request: BUTTON_DATA_INVALID", "Button_data_invalid"),
    ],
)
async def test_our_own_fault_is_told_without_quoting(
    channel: TelegramChannel, world: TelegramWorld, description: str, reason: str
) -> None:
    await world.fault("error", description=description)
    error = await failure(channel)
    assert isinstance(error, Refused)
    assert str(error) == reason


async def test_no_answer_means_perhaps_sent(channel: TelegramChannel, world: TelegramWorld) -> None:
    await world.fault("hang")
    assert isinstance(await failure(channel), Uncertain)
    assert len(await world.sent()) == 1


async def test_a_connection_that_breaks_off_means_perhaps_sent(channel: TelegramChannel, world: TelegramWorld) -> None:
    await world.fault("drop")
    assert isinstance(await failure(channel), Uncertain)
    assert len(await world.sent()) == 1


@pytest.mark.parametrize("delivered", [True, False])
async def test_a_gateways_page_means_perhaps_sent(
    channel: TelegramChannel, world: TelegramWorld, delivered: bool
) -> None:
    await world.fault("gateway", delivered=delivered)
    error = await failure(channel)
    assert isinstance(error, Uncertain)
    assert str(error) == "answered with HTTP 502"
    assert len(await world.sent()) == int(delivered)


@pytest.mark.parametrize("status", [500, 503, 504])
async def test_a_server_that_failed_means_perhaps_sent(
    channel: TelegramChannel, world: TelegramWorld, status: int
) -> None:
    await world.fault("error", status=status, description="Internal Server Error")
    assert isinstance(await failure(channel), Uncertain)


async def test_a_message_has_no_more_time_than_its_lease(world: TelegramWorld) -> None:
    hurried = TelegramChannel(TOKEN, base_url=world.base_url, read_timeout=20, sending_limit=0.2)
    await world.fault("slow", seconds=2)
    error = await failure(hurried)
    await hurried.close()
    assert isinstance(error, Uncertain)


async def test_a_token_that_is_not_accepted_loses_no_message(channel: TelegramChannel, world: TelegramWorld) -> None:
    for status, words in ((401, "Unauthorized"), (404, "Not Found")):
        await world.fault("error", status=status, description=words)
        error = await failure(channel)
        assert isinstance(error, TryLater)
        assert error.whole_account


async def test_nobody_listens() -> None:
    lonely = TelegramChannel(TOKEN, base_url="http://127.0.0.1:1/bot", read_timeout=0.5)
    error = await failure(lonely)
    await lonely.close()
    assert isinstance(error, TryLater)
    assert error.whole_account


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize("cause", [httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ConnectError, httpx.ProxyError])
def test_what_was_never_sent_is_tried_later(cause: type[httpx.RequestError]) -> None:
    error = TimedOut() if issubclass(cause, httpx.TimeoutException) else NetworkError("httpx")
    failed = named(caused(error, cause("x")))
    assert isinstance(failed, TryLater)
    assert failed.whole_account


@pytest.mark.parametrize(
    "cause",
    [httpx.ReadTimeout, httpx.WriteTimeout, httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError],
)
def test_what_was_perhaps_sent_is_uncertain_unless_it_can_be_repeated(cause: type[httpx.RequestError]) -> None:
    error = TimedOut() if issubclass(cause, httpx.TimeoutException) else NetworkError("httpx")
    assert isinstance(named(caused(error, cause("x"))), Uncertain)
    assert isinstance(named(caused(error, cause("x")), repeatable=True), TryLater)


@pytest.mark.parametrize(
    ("status", "payload", "name"),
    [
        (200, b"<html>wifi login</html>", Uncertain),
        (200, b'{"ok": true}', Uncertain),
        (200, b'{"ok": true, "result": {"nothing": "of a message"}}', Uncertain),
        (200, b"\xff\xfe", Uncertain),
        (403, b"<html>forbidden by a proxy</html>", Uncertain),
        (404, b"<html>no such page</html>", Uncertain),
        (413, b"<html>too large</html>", Refused),
        (429, b"<html>slow down</html>", TryLater),
        (429, b'{"ok": false, "error_code": 429, "description": "Too Many Requests"}', TryLater),
        (400, b'{"ok": false, "error_code": 400, "description": "Bad Request: message text is empty"}', Refused),
        (405, b'{"ok": false, "error_code": 405, "description": "Method not allowed"}', Refused),
    ],
)
async def test_answers_that_only_a_gateway_gives(status: int, payload: bytes, name: type[ChannelError]) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = f"HTTP/1.1 {status} X\r\nContent-Length: {len(payload)}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode() + payload)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as gateway:
        port = gateway.sockets[0].getsockname()[1]
        channel = TelegramChannel(TOKEN, base_url=f"http://127.0.0.1:{port}/bot", read_timeout=1)
        error = await failure(channel)
        await channel.close()
    assert type(error) is name


async def test_neither_token_nor_message_is_told_to_anybody(
    channel: TelegramChannel, world: TelegramWorld, caplog: pytest.LogCaptureFixture
) -> None:
    """The gateway's page repeats the URL, and the library would log the page and quote it."""
    caplog.set_level(logging.WARNING)
    faults: list[dict[str, Any]] = [
        {"kind": "gateway"},
        {"kind": "hang"},
        {"kind": "error", "status": 401, "description": "Unauthorized"},
        {"kind": "error", "description": 'Bad Request: can\'t parse "Nội dung riêng"'},
    ]
    told = [repr(channel), str(channel)]
    for fault in faults:
        await world.fault(**fault)
        told += traceback.format_exception(await failure(channel))
    told += [record.getMessage() for record in caplog.records]
    secret = TOKEN.partition(":")[2]
    # The lines of this test's own code may stand in a traceback; nobody's values may.
    assert not any(secret in words or "nội dung riêng" in words.casefold() for words in told)


async def test_what_people_are_told_is_not_logged_even_when_debugging(
    channel: TelegramChannel, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await channel.send("1001", HELLO, key="1")
    assert caplog.records
    assert not any("Nội dung riêng" in record.getMessage() for record in caplog.records)
