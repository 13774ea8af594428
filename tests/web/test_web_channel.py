"""The web channel itself: payloads in, messages of the log out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from dondoc.chat.channel import Channel, Refused, Unparseable
from dondoc.chat.messages import Attachment, Choice, Outbound
from dondoc.chat.web import WebChannel
from dondoc.rules.clock import FixedClock
from tests.web.fake_office import START, ZONE, MemoryLog

SHA = "a" * 64
PAYLOAD: dict[str, Any] = {
    "chat_id": "mn",
    "message_id": "12",
    "text": "em gửi ạ",
    "choice": None,
    "reply_to": "11",
    "files": [{"name": "báo cáo.docx", "size": 3, "sha256": SHA, "media_type": "application/x"}],
    "sent_at": "2024-06-20T08:05:00+07:00",
    "sender_name": "Nguyễn Thị Lan",
}


@pytest.fixture
def log() -> MemoryLog:
    return MemoryLog()


@pytest.fixture
def channel(log: MemoryLog) -> WebChannel:
    return WebChannel("demo", log, FixedClock(START))


def test_it_is_a_channel(channel: WebChannel) -> None:
    as_channel: Channel = channel
    assert (as_channel.name, as_channel.account) == ("web", "demo")
    assert as_channel.capabilities.buttons
    assert (as_channel.capabilities.rate, as_channel.capabilities.chat_gap) == (1000, 0)


def test_a_payload_becomes_an_inbound(channel: WebChannel) -> None:
    inbound = channel.parse(PAYLOAD)
    assert inbound is not None
    assert (inbound.channel, inbound.account, inbound.chat_id, inbound.sender_id) == ("web", "demo", "mn", "mn")
    assert (inbound.message_id, inbound.reply_to, inbound.text) == ("12", "11", "em gửi ạ")
    assert inbound.sent_at == datetime(2024, 6, 20, 8, 5, tzinfo=ZONE)
    assert inbound.attachments == (Attachment("báo cáo.docx", 3, "application/x", sha256=SHA),)
    assert inbound.sender_name == "Nguyễn Thị Lan"
    assert not inbound.is_group


def test_a_press_becomes_a_choice(channel: WebChannel) -> None:
    inbound = channel.parse({**PAYLOAD, "text": "", "files": [], "choice": "yes"})
    assert inbound is not None
    assert (inbound.choice, inbound.reply_to, inbound.text) == ("yes", "11", "")


def test_nothing_is_of_no_interest(channel: WebChannel) -> None:
    assert channel.parse({**PAYLOAD, "text": " \n", "files": []}) is None


@pytest.mark.parametrize(
    "change",
    [
        {"chat_id": None},
        {"chat_id": 5},
        {"message_id": ""},
        {"text": ["x"]},
        {"sent_at": "2024-06-20T08:05:00"},
        {"sent_at": "hôm qua"},
        {"sent_at": None},
        {"files": "x"},
        {"files": ["x"]},
        {"files": [{"name": "x"}]},
        {"files": [{"name": "x", "sha256": SHA, "size": "3"}]},
    ],
)
def test_nonsense_is_unparseable(channel: WebChannel, change: dict[str, Any]) -> None:
    with pytest.raises(Unparseable):
        channel.parse({**PAYLOAD, **change})


async def test_a_message_is_appended_once(channel: WebChannel, log: MemoryLog) -> None:
    message = Outbound("**Đã nhận**", ((Choice("a", "Đúng"), Choice("b", "Xem", "https://example.org")),), reply_to="3")
    first = await channel.send("mn", message, key="k1")
    assert await channel.send("mn", message, key="k1") == first
    (entry,) = await log.since("mn", 0)
    assert entry.message == {
        "from": "office",
        "text": "**Đã nhận**",
        "choices": [
            [{"id": "a", "label": "Đúng", "url": None}, {"id": "b", "label": "Xem", "url": "https://example.org"}]
        ],
        "files": [],
        "reply_to": "3",
        "sent_at": "2024-06-20T08:05:00+07:00",
    }


async def test_an_edit_keeps_the_id_and_a_lost_original_makes_a_new_message(
    channel: WebChannel, log: MemoryLog
) -> None:
    first = await channel.send("mn", Outbound("một"), key="k1")
    assert await channel.send("mn", Outbound("hai", replaces=first), key="k2") == first
    other = await channel.send("mn", Outbound("ba", replaces="999"), key="k3")
    assert other != first
    assert log.texts("mn") == ["hai", "ba"]


async def test_what_can_never_be_shown_is_refused(channel: WebChannel, log: MemoryLog) -> None:
    with pytest.raises(Refused):
        await channel.send("mn", Outbound("🟢" * 2049), key="k1")
    with pytest.raises(Refused):
        await channel.send("mn", Outbound("tệp", attachments=(Attachment("a.txt"),)), key="k2")
    assert await log.since("mn", 0) == []


async def test_nothing_is_ever_fetched(channel: WebChannel) -> None:
    chunks = channel.download(Attachment("a.txt", sha256=SHA))
    with pytest.raises(Refused):
        await anext(chunks)
