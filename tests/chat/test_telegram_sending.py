"""Messages to Telegram over real HTTP: text, buttons, replies, edits, files, presses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dondoc.chat.channel import FileTooLarge, Refused, TryLater, Uncertain
from dondoc.chat.messages import Attachment, Choice, Inbound, Outbound
from dondoc.chat.rendering import fit
from dondoc.chat.telegram import CAPABILITIES, TelegramChannel
from tests.chat.conftest import FolderOfFiles
from tests.telegram_server import TelegramServer, TelegramWorld

ASKED = ((Choice("a:1:ok", "Đúng"), Choice("a:1:no", "Khác")),)
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


async def test_a_text_arrives_with_its_marks_and_buttons(channel: TelegramChannel, world: TelegramWorld) -> None:
    external_id = await channel.send("1001", Outbound("**NV-012** < 3 ngày\n> Nguyên văn", choices=ASKED), key="1")
    (sent,) = await world.sent()
    assert external_id == str(sent.message_id)
    assert sent.text == "NV-012 < 3 ngày\nNguyên văn"
    assert sent.html == "<b>NV-012</b> &lt; 3 ngày\n<blockquote>Nguyên văn</blockquote>"
    assert sent.buttons == {"Đúng": "a:1:ok", "Khác": "a:1:no"}
    (call,) = await world.calls("sendMessage")
    assert call["fields"]["link_preview_options"] == {"is_disabled": True}


async def test_the_longest_text_arrives_although_its_html_is_longer(
    channel: TelegramChannel, world: TelegramWorld
) -> None:
    text = "&<" * 2048
    await channel.send("1001", Outbound(text), key="1")
    assert (await world.sent())[0].text == text
    with pytest.raises(Refused, match="too long"):
        await channel.send("1001", Outbound(text + "🟢"), key="2")


async def test_every_part_of_a_long_message_is_taken(channel: TelegramChannel, world: TelegramWorld) -> None:
    text = "Đoạn văn có **chữ đậm** & dấu <lạ>. 🟢\n\n" * 400
    parts = fit(Outbound(text, choices=ASKED), channel.capabilities, numbered=lambda n, label: f"{n} – {label}")
    for part in parts:
        await channel.send("1001", part.marked("(gửi lại)"), key="1")
    sent = await world.sent()
    assert len(sent) == len(parts) > 3
    assert [bool(message.buttons) for message in sent] == [False] * (len(parts) - 1) + [True]


async def test_a_reply_names_its_message_and_survives_its_loss(channel: TelegramChannel, world: TelegramWorld) -> None:
    lan = world.user(1001, "Lan")
    said = await lan.say("Em nộp rồi ạ")
    await channel.send("1001", Outbound("Đã nhận", reply_to=str(said)), key="1")
    await channel.send("1001", Outbound("Mất gốc", reply_to="999999"), key="2")
    await channel.send("1001", Outbound("Không phải số", reply_to="99999999999"), key="3")
    assert [message.reply_to for message in await world.sent()] == [said, None, None]


async def test_a_message_is_edited_in_place(channel: TelegramChannel, world: TelegramWorld) -> None:
    first = await channel.send("1001", Outbound("Nhắc NV-012", choices=ASKED), key="1")
    second = await channel.send("1001", Outbound("Đã trả lời: Đúng", replaces=first), key="2")
    assert second == first
    edit = (await world.sent())[-1]
    assert (edit.edited, edit.text, edit.buttons) == (True, "Đã trả lời: Đúng", {})


async def test_an_edit_that_changes_nothing_is_a_success(channel: TelegramChannel, world: TelegramWorld) -> None:
    first = await channel.send("1001", Outbound("Nhắc", choices=ASKED), key="1")
    assert await channel.send("1001", Outbound("Nhắc", choices=ASKED, replaces=first), key="2") == first
    assert len(await world.sent()) == 1


@pytest.mark.parametrize("replaces", ["4711", "not-a-number"])
async def test_what_cannot_be_edited_is_sent_anew(
    channel: TelegramChannel, world: TelegramWorld, replaces: str
) -> None:
    external_id = await channel.send("1001", Outbound("Mới", replaces=replaces), key="1")
    (sent,) = await world.sent()
    assert (sent.edited, str(sent.message_id)) == (False, external_id)


async def test_an_edit_without_an_answer_is_tried_later_because_it_can_be_repeated(
    channel: TelegramChannel, world: TelegramWorld
) -> None:
    first = await channel.send("1001", Outbound("Nhắc"), key="1")
    await world.fault("hang", method="editMessageText")
    message = Outbound("Đã trả lời", replaces=first)
    with pytest.raises(TryLater):
        await channel.send("1001", message, key="2")
    assert await channel.send("1001", message, key="2") == first
    assert len(await world.sent()) == 2


async def test_a_file_takes_the_text_as_its_caption(
    channel: TelegramChannel, world: TelegramWorld, files: FolderOfFiles
) -> None:
    report = files.put("Báo cáo tuần 24.xlsx", b"PK-rows")
    await channel.send("1001", Outbound("**Báo cáo** & phụ lục", choices=ASKED, attachments=(report,)), key="1")
    (sent,) = await world.sent()
    assert sent.method == "sendDocument"
    assert (sent.text, list(sent.buttons)) == ("Báo cáo & phụ lục", ["Đúng", "Khác"])
    assert [(file["name"], file["size"]) for file in sent.files] == [("Báo cáo tuần 24.xlsx", 7)]
    assert await world.file(sent.files[0]["file_id"]) == b"PK-rows"


async def test_a_text_too_long_for_a_caption_goes_before_the_file(
    channel: TelegramChannel, world: TelegramWorld, files: FolderOfFiles
) -> None:
    message = Outbound("chữ " * 300, choices=ASKED, attachments=(files.put("a.docx", b"a"),), reply_to="1")
    external_id = await channel.send("1001", message, key="1")
    text, file = await world.sent()
    assert (text.method, file.method) == ("sendMessage", "sendDocument")
    assert external_id == str(text.message_id)
    assert (bool(text.buttons), file.text, file.buttons) == (True, "", {})


async def test_a_picture_is_shown_as_a_photo(
    channel: TelegramChannel, world: TelegramWorld, files: FolderOfFiles
) -> None:
    picture = files.put("tien-do.png", PNG, "image/png")
    await channel.send("1001", Outbound("Tiến độ", attachments=(picture, files.put("b.xlsx", b"b"))), key="1")
    assert [(m.method, m.text) for m in await world.sent()] == [("sendPhoto", "Tiến độ"), ("sendDocument", "")]


async def test_a_picture_that_telegram_takes_for_no_photo_goes_as_a_document(
    channel: TelegramChannel, world: TelegramWorld, files: FolderOfFiles
) -> None:
    await world.fault("error", method="sendPhoto", description="Bad Request: PHOTO_INVALID_DIMENSIONS")
    await channel.send("1001", Outbound("Tiến độ", attachments=(files.put("a.png", PNG, "image/png"),)), key="1")
    assert [(m.method, m.text) for m in await world.sent()] == [("sendDocument", "Tiến độ")]


@pytest.mark.parametrize("kind", ["flood", "hang", "gateway"])
async def test_when_a_later_part_fails_the_message_is_in_doubt(
    channel: TelegramChannel, world: TelegramWorld, files: FolderOfFiles, kind: str
) -> None:
    await world.fault(kind, method="sendDocument")
    message = Outbound("chữ " * 300, attachments=(files.put("a.docx", b"a"),))
    with pytest.raises(Uncertain, match="only part"):
        await channel.send("1001", message, key="1")


async def test_nothing_is_sent_of_a_message_that_cannot_go_as_a_whole(
    channel: TelegramChannel, world: TelegramWorld, files: FolderOfFiles
) -> None:
    good = files.put("a.docx", b"a")
    channel.capabilities = replace(CAPABILITIES, max_file_out=10)
    for bad in (
        Attachment("b.docx", sha256="0" * 64),
        Attachment("c.docx"),
        files.put("d.docx", b"12345678901"),
        files.put("e.docx", b""),
    ):
        with pytest.raises(Refused):
            await channel.send("1001", Outbound("chữ", attachments=(good, bad)), key="1")
    with pytest.raises(Refused):
        await channel.send("1001", Outbound(" "), key="1")
    assert await world.calls() == []


async def test_a_press_is_acknowledged(channel: TelegramChannel, world: TelegramWorld) -> None:
    lan = world.user(1001, "Lan")
    await channel.send("1001", Outbound("Đúng không ạ?", choices=ASKED), key="1")
    await lan.press(await lan.hears(), "Đúng")
    (update,) = await channel.raw_updates(None, 0)
    inbound = channel.parse(update)
    assert inbound is not None
    assert inbound.choice == "a:1:ok"
    await channel.acknowledge(inbound)
    (call,) = await world.calls("answerCallbackQuery")
    assert (call["fields"]["callback_query_id"], call["status"]) == (inbound.ack, 200)


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "error", "description": "Bad Request: query is too old and response timeout expired"},
        {"kind": "gateway"},
        {"kind": "drop"},
        {"kind": "flood"},
    ],
)
async def test_an_acknowledgement_never_fails(
    channel: TelegramChannel, world: TelegramWorld, pressed: Inbound, fault: dict[str, str]
) -> None:
    await world.fault(**fault)
    await channel.acknowledge(pressed)
    assert len(await world.calls("answerCallbackQuery")) == 1


async def test_a_message_needs_no_acknowledgement(
    channel: TelegramChannel, world: TelegramWorld, pressed: Inbound
) -> None:
    await channel.acknowledge(replace(pressed, ack=None))
    assert await world.calls() == []


@pytest.fixture
def pressed(channel: TelegramChannel) -> Inbound:
    chat = {"id": 1001, "type": "private", "first_name": "Lan"}
    person = {"id": 1001, "is_bot": False, "first_name": "Lan"}
    message = {"message_id": 3, "date": 1, "chat": chat, "text": "?"}
    query = {"id": "55", "from": person, "chat_instance": "1", "message": message, "data": "x"}
    inbound = channel.parse({"update_id": 1, "callback_query": query})
    assert inbound is not None
    return inbound


async def fetched(channel: TelegramChannel, attachment: Attachment) -> bytes:
    return b"".join([chunk async for chunk in channel.download(attachment)])


async def incoming(channel: TelegramChannel) -> Attachment:
    (update,) = await channel.raw_updates(None, 0)
    inbound = channel.parse(update)
    assert inbound is not None
    return inbound.attachments[0]


async def test_a_file_comes_down_in_chunks(channel: TelegramChannel, world: TelegramWorld) -> None:
    content = bytes(range(256)) * 1000
    await world.user(1001).send_file("bao_cao.pdf", content, media_type="application/pdf")
    attachment = await incoming(channel)
    chunks = [chunk async for chunk in channel.download(attachment)]
    assert b"".join(chunks) == content
    assert len(chunks) > 1


async def test_a_file_too_large_is_not_asked_for(channel: TelegramChannel, world: TelegramWorld) -> None:
    await world.user(1001).send_file("phim.mp4", None, size=20_000_001)
    attachment = await incoming(channel)
    with pytest.raises(FileTooLarge) as failure:
        await fetched(channel, attachment)
    assert failure.value.limit == 20_000_000
    assert await world.calls("getFile") == []


async def test_a_file_that_hides_its_size_is_too_large_all_the_same(
    channel: TelegramChannel, world: TelegramWorld, server: TelegramServer
) -> None:
    await world.user(1001).send_file("phim.mp4", None, size=20_000_001)
    attachment = replace(await incoming(channel), size=None)
    with pytest.raises(FileTooLarge):
        await fetched(channel, attachment)
    server.assets[attachment.remote_id]["size"] = 5
    server.assets[attachment.remote_id]["data"] = b"x" * 1000
    channel.capabilities = replace(CAPABILITIES, max_file_in=999)
    with pytest.raises(FileTooLarge):
        await fetched(channel, attachment)


async def test_downloads_that_may_work_later_and_those_that_never_will(
    channel: TelegramChannel, world: TelegramWorld, server: TelegramServer
) -> None:
    await world.user(1001).send_file("a.pdf", b"abc")
    attachment = await incoming(channel)
    for kind in ("gateway", "hang", "drop", "flood"):
        await world.fault(kind, method="getFile")
        with pytest.raises(TryLater):
            await fetched(channel, attachment)
    with pytest.raises(Refused):
        await fetched(channel, replace(attachment, remote_id="unknown"))
    with pytest.raises(Refused):
        await fetched(channel, replace(attachment, remote_id=None))
    assert await fetched(channel, attachment) == b"abc"
