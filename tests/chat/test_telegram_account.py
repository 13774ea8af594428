"""The account: who the bot is, its links, its menu, its webhook, its updates as they come."""

from __future__ import annotations

import traceback

import pytest
from aiohttp import web

from dondoc.chat.channel import Channel, Refused, TryLater
from dondoc.chat.telegram import CAPABILITIES, TelegramChannel
from dondoc.chat.telegram_account import ALLOWED_UPDATES, Me
from dondoc.chat.telegram_errors import PollingConflict
from tests.telegram_server import TOKEN, USERNAME, TelegramWorld


def test_it_is_a_channel(channel: TelegramChannel) -> None:
    """For the type checker; the assertion is what it leaves at run time."""
    one: Channel = channel
    assert one.name == "telegram"


async def test_who_the_bot_is(channel: TelegramChannel) -> None:
    assert channel.account == "7001"
    assert await channel.me() == Me("7001", USERNAME, "Đôn Đốc")
    assert channel.username == USERNAME


async def test_a_wrong_token_is_told_without_the_token(channel: TelegramChannel, world: TelegramWorld) -> None:
    await world.fault("error", status=401, description="Unauthorized")
    with pytest.raises(Refused, match="not accepted") as failure:
        await channel.me()
    assert TOKEN not in "".join(traceback.format_exception(failure.value))
    await world.fault("gateway")
    with pytest.raises(TryLater):
        await channel.me()


async def test_a_deep_link_needs_the_name_of_the_bot_and_a_code_it_can_carry(channel: TelegramChannel) -> None:
    with pytest.raises(ValueError, match="username"):
        channel.deep_link("MOI-1")
    await channel.me()
    assert channel.deep_link("MOI-k3_9") == f"https://t.me/{USERNAME}?start=MOI-k3_9"
    for code in ("", "mã", "a b", "a" * 65):
        with pytest.raises(ValueError):
            channel.deep_link(code)


async def test_the_menu_in_each_language_and_for_one_chat(channel: TelegramChannel, world: TelegramWorld) -> None:
    menu = {"": [("tiendo", "Xem tiến độ")], "en": [("tiendo", "See progress")]}
    await channel.set_commands(menu)
    await channel.set_commands({"": [("giaoviec", "Giao việc")]}, chat_id="1001")
    calls = [call["fields"] for call in await world.calls("setMyCommands")]
    assert [call["commands"][0]["description"] for call in calls] == ["Xem tiến độ", "See progress", "Giao việc"]
    assert [call.get("language_code") for call in calls] == [None, "en", None]
    assert [call.get("scope") for call in calls] == [None, None, {"type": "chat", "chat_id": 1001}]


async def test_updates_come_raw_with_the_exact_list_each_time(channel: TelegramChannel, world: TelegramWorld) -> None:
    garbage = {"message": {"chat": "nowhere", "text": "a\x00b"}}
    number = await world.raw(garbage)
    await world.user(1001).say("chào")
    first = await channel.raw_updates(None, 0)
    again = await channel.raw_updates(number + 1, 0)
    assert first[0] == {"update_id": number, "message": {"chat": "nowhere", "text": "a\ufffdb"}}
    assert again == first[1:]
    calls = [call["fields"] for call in await world.calls("getUpdates")]
    assert [call["allowed_updates"] for call in calls] == [ALLOWED_UPDATES] * 2
    assert [call.get("offset") for call in calls] == [None, str(number + 1)]
    assert ALLOWED_UPDATES == ["message", "callback_query", "my_chat_member"]


async def test_a_poll_waits_longer_than_other_calls_do(channel: TelegramChannel, world: TelegramWorld) -> None:
    """The channel of these tests gives up other calls after half a second."""
    await world.fault("slow", method="getUpdates", seconds=1)
    assert await channel.raw_updates(None, 1) == []


async def test_what_waits_survives_the_change_of_mode(channel: TelegramChannel, world: TelegramWorld) -> None:
    await world.user(1001).say("tin lúc chương trình nghỉ")
    await channel.set_webhook("https://vanphong.example/telegram", "bi-mat")
    with pytest.raises(PollingConflict):
        await channel.raw_updates(None, 0)
    await channel.delete_webhook()
    assert [update["message"]["text"] for update in await channel.raw_updates(None, 0)] == ["tin lúc chương trình nghỉ"]
    (call,) = await world.calls("setWebhook")
    assert (call["fields"]["secret_token"], call["fields"]["allowed_updates"]) == ("bi-mat", ALLOWED_UPDATES)
    assert not any("drop_pending_updates" in call["fields"] for call in await world.calls())


async def test_a_webhook_is_offered_each_update_until_it_takes_it(
    channel: TelegramChannel, world: TelegramWorld
) -> None:
    taken: list[tuple[str, str]] = []
    answers = iter([503, 200, 200])

    async def door(request: web.Request) -> web.Response:
        update = await request.json()
        taken.append((update["message"]["text"], request.headers["X-Telegram-Bot-Api-Secret-Token"]))
        return web.Response(status=next(answers))

    app = web.Application()
    app.router.add_post("/telegram", door)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        await channel.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/telegram", "bi-mat")
        await world.user(1001).say("một")
        await world.user(1001).say("hai")
        await world.all_taken()
    finally:
        await runner.cleanup()
    assert taken == [("một", "bi-mat"), ("một", "bi-mat"), ("hai", "bi-mat")]


def test_the_limits_are_telegrams() -> None:
    assert (CAPABILITIES.max_chars, CAPABILITIES.max_caption) == (4096, 1024)
    assert (CAPABILITIES.max_file_in, CAPABILITIES.max_file_out) == (20_000_000, 50_000_000)
    assert CAPABILITIES.rate == 27
