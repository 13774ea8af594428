"""The double itself: what other tests rely on."""

from __future__ import annotations

import httpx
import pytest

from dondoc.chat.messages import Choice, Outbound
from dondoc.chat.telegram import TelegramChannel
from tests.telegram_server import TOKEN, TelegramWorld, spawned_server


async def test_it_serves_as_a_process_of_its_own() -> None:
    with spawned_server() as address:
        async with TelegramWorld(address) as world:
            channel = TelegramChannel(TOKEN, base_url=world.base_url)
            await channel.send("1001", Outbound("Chào"), key="1")
            await channel.close()
            message = await world.wait_for(1001, "Chào", timeout=5)
            assert (message.chat_id, message.message_id, message.time > 1_700_000_000) == (1001, 1, True)
    async with TelegramWorld(address) as gone:
        with pytest.raises(httpx.TransportError):
            await gone.sent()


async def test_what_was_not_sent_fails_with_what_was(channel: TelegramChannel, world: TelegramWorld) -> None:
    await channel.send("1001", Outbound("Nhắc NV-012"), key="1")
    with pytest.raises(AssertionError, match="Nhắc NV-012"):
        await world.wait_for(1001, "Giao việc", timeout=0)


async def test_a_person_hears_one_message_after_the_other(channel: TelegramChannel, world: TelegramWorld) -> None:
    lan = world.user(1001, "Lan")
    for text in ("một", "hai", "ba"):
        await channel.send("1001", Outbound(text), key=text)
        await channel.send("1002", Outbound(f"cho người khác: {text}"), key=text)
    assert [(await lan.hears()).text, (await lan.hears("ba")).text] == ["một", "ba"]
    with pytest.raises(AssertionError):
        await lan.hears("hai", timeout=0)


async def test_only_a_button_that_is_there_is_pressed(channel: TelegramChannel, world: TelegramWorld) -> None:
    lan = world.user(1001)
    await channel.send(
        "1001", Outbound("?", choices=((Choice("a", "Đúng rồi"), Choice("b", "Đúng một phần")),)), key="1"
    )
    question = await lan.hears()
    await lan.press(question, "Đúng rồi")
    for label in ("Sai", "Đúng"):
        with pytest.raises(AssertionError):
            await lan.press(question, label)
    with pytest.raises(AssertionError, match="no message"):
        await lan.press_data(4711, "a")


async def test_an_album_is_one_update_for_each_file(channel: TelegramChannel, world: TelegramWorld) -> None:
    await world.user(1001).send_album([("a.pdf", b"a"), ("b.pdf", b"b")], caption="Báo cáo")
    seen = [channel.parse(update) for update in await channel.raw_updates(None, 0)]
    assert [(inbound.text, inbound.attachments[0].name) for inbound in seen if inbound] == [
        ("Báo cáo", "a.pdf"),
        ("", "b.pdf"),
    ]
    assert len({inbound.album for inbound in seen if inbound}) == 1


async def test_people_in_groups_replies_edits_and_every_kind_of_file(
    channel: TelegramChannel, world: TelegramWorld
) -> None:
    lan = world.user(1001, "Lan").in_group(-100, "Trường")
    reminder = await channel.send("-100", Outbound("Nhắc"), key="1")
    await lan.reply(await lan.hears(), "mai em nộp")
    await lan.edit("mốt em nộp")
    kinds = ["document", "photo", "voice", "audio", "video", "sticker"]
    for kind in kinds:
        await lan.send_file(f"tệp.{kind}", kind=kind)
    seen = [channel.parse(update) for update in await channel.raw_updates(None, 0)]
    messages = [inbound for inbound in seen if inbound]
    assert len(messages) == 1 + len(kinds), "an edit is not asked for"
    assert all(inbound.is_group and inbound.chat_id == "-100" and inbound.sender_id == "1001" for inbound in messages)
    assert messages[0].reply_to == reminder
    assert [len(inbound.attachments) for inbound in messages] == [0] + [1] * len(kinds)


@pytest.mark.parametrize(
    "text", ["<b>a", "a & b", "a < b", "<script>x</script>", "<b><i>a</b></i>", "<blockquote><blockquote>a", "</b>"]
)
async def test_it_refuses_html_that_telegram_would_refuse(world: TelegramWorld, text: str) -> None:
    fields = {"chat_id": 1, "text": text, "parse_mode": "HTML"}
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(f"{world.base_url}{TOKEN}/sendMessage", data=fields)
    assert answer.status_code == 400
    assert "can't parse entities" in answer.json()["description"]


async def test_it_takes_a_forced_reply(world: TelegramWorld) -> None:
    fields = {"chat_id": 1, "text": "Số văn bản?", "reply_markup": '{"force_reply": true}'}
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(f"{world.base_url}{TOKEN}/sendMessage", data=fields)
    assert answer.status_code == 200
    assert (await world.sent())[0].reply_markup == {"force_reply": True}


async def test_a_fault_lasts_as_often_as_was_said_and_where(channel: TelegramChannel, world: TelegramWorld) -> None:
    await world.fault("blocked", chat_id=1001, times=2)
    await channel.send("1002", Outbound("a"), key="1")
    for _ in range(2):
        with pytest.raises(Exception, match="blocked"):
            await channel.send("1001", Outbound("a"), key="1")
    await channel.send("1001", Outbound("a"), key="1")
    await world.fault("gone", times=100)
    await world.heal()
    await channel.send("1001", Outbound("a"), key="1")
