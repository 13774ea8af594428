"""Raw updates as Inbound: what people send, and what nobody should have sent."""

from __future__ import annotations

import contextlib
import unicodedata
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.chat.channel import Unparseable
from dondoc.chat.messages import Attachment, Inbound
from dondoc.chat.telegram_incoming import parse_update, storable

LAN = {"id": 1001, "is_bot": False, "first_name": "Lan", "last_name": "Nguyễn"}
PRIVATE = {"id": 1001, "type": "private", "first_name": "Lan"}
GROUP = {"id": -1001234567890123, "type": "supergroup", "title": "Văn phòng"}
BOT = {"id": 7001, "is_bot": True, "first_name": "Đôn Đốc", "username": "dondoc_test_bot"}
SENT_AT = 1718700000


def message(**content: Any) -> dict[str, Any]:
    return {"update_id": 1, "message": {"message_id": 5, "date": SENT_AT, "chat": PRIVATE, "from": LAN, **content}}


def parse(update: dict[str, Any], username: str | None = "dondoc_test_bot") -> Inbound | None:
    return parse_update(update, account="7001", username=username)


def parsed(update: dict[str, Any]) -> Inbound:
    inbound = parse(update)
    assert inbound is not None
    return inbound


def test_a_message() -> None:
    assert parsed(message(text="Em nộp rồi ạ")) == Inbound(
        channel="telegram",
        account="7001",
        chat_id="1001",
        sender_id="1001",
        sender_name="Lan Nguyễn",
        message_id="5",
        sent_at=datetime.fromtimestamp(SENT_AT, UTC),
        text="Em nộp rồi ạ",
    )


def test_text_and_names_are_nfc() -> None:
    apart = unicodedata.normalize("NFD", "Báo cáo quý II của trường Tiểu học")
    inbound = parsed(
        message(caption=apart, document={"file_id": "f", "file_unique_id": "u", "file_name": apart + ".docx"})
    )
    assert inbound.text == unicodedata.normalize("NFC", apart)
    assert inbound.attachments[0].name == unicodedata.normalize("NFC", apart) + ".docx"


def test_the_code_of_a_deep_link_stays_in_the_text() -> None:
    assert parsed(message(text="/start MOI-k3J9")).text == "/start MOI-k3J9"


def test_a_reply_names_the_message_it_answers() -> None:
    answered = {"message_id": 3, "date": 1, "chat": PRIVATE, "text": "Nhắc"}
    assert parsed(message(text="mai em nộp", reply_to_message=answered)).reply_to == "3"


def test_a_message_in_a_topic_answers_nothing() -> None:
    opened = {"message_id": 2, "date": 1, "chat": GROUP, "forum_topic_created": {"name": "x", "icon_color": 1}}
    update = message(chat=GROUP, text="a", is_topic_message=True, message_thread_id=2, reply_to_message=opened)
    assert parsed(update).reply_to is None


def test_a_group_and_its_long_id() -> None:
    inbound = parsed(message(chat=GROUP, text="chào cả nhà"))
    assert (inbound.chat_id, inbound.is_group, inbound.sender_id) == ("-1001234567890123", True, "1001")


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("/tiendo@dondoc_test_bot NV-012", "/tiendo NV-012"),
        ("/tiendo@Dondoc_Test_Bot", "/tiendo"),
        ("/tiendo@another_bot", None),
        ("gửi lan@truong.edu.vn", "gửi lan@truong.edu.vn"),
    ],
)
def test_a_command_in_a_group_names_its_bot(text: str, seen: str | None) -> None:
    inbound = parse(message(chat=GROUP, text=text))
    assert (inbound.text if inbound else None) == seen


def test_a_command_is_ours_while_our_name_is_not_known() -> None:
    inbound = parse(message(chat=GROUP, text="/tiendo@any_bot"), username=None)
    assert inbound is not None
    assert inbound.text == "/tiendo"


def test_an_administrator_who_writes_in_the_groups_name() -> None:
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    inbound = parsed(message(chat=GROUP, text="a", sender_chat=GROUP, **{"from": anonymous}))
    assert (inbound.sender_id, inbound.sender_name) == ("-1001234567890123", "Văn phòng")


FILE = {"file_id": "F1", "file_unique_id": "U1", "file_size": 2048}


@pytest.mark.parametrize(
    ("content", "attachment"),
    [
        (
            {"document": {**FILE, "file_name": "bao_cao.pdf", "mime_type": "application/pdf"}},
            Attachment("bao_cao.pdf", 2048, "application/pdf", "F1"),
        ),
        ({"document": FILE}, Attachment("document", 2048, None, "F1")),
        (
            {"photo": [{**FILE, "file_id": "F0", "width": 90, "height": 60}, {**FILE, "width": 1280, "height": 853}]},
            Attachment("photo.jpg", 2048, "image/jpeg", "F1"),
        ),
        (
            {"voice": {**FILE, "duration": 3, "mime_type": "audio/ogg"}},
            Attachment("voice.ogg", 2048, "audio/ogg", "F1"),
        ),
        (
            {"video": {**FILE, "duration": 3, "width": 1, "height": 1, "mime_type": "video/mp4"}},
            Attachment("video.mp4", 2048, "video/mp4", "F1"),
        ),
        ({"video_note": {**FILE, "duration": 3, "length": 1}}, Attachment("video.mp4", 2048, None, "F1")),
        ({"audio": {**FILE, "duration": 3, "file_name": "ghi.mp3"}}, Attachment("ghi.mp3", 2048, None, "F1")),
        (
            {
                "animation": {**FILE, "duration": 3, "width": 1, "height": 1},
                "document": {**FILE, "file_name": "a.mp4", "mime_type": "video/mp4"},
            },
            Attachment("a.mp4", 2048, "video/mp4", "F1"),
        ),
    ],
)
def test_a_file_of_every_kind_is_one_attachment(content: dict[str, Any], attachment: Attachment) -> None:
    inbound = parsed(message(caption="Gửi Văn phòng", **content))
    assert inbound.attachments == (attachment,)
    assert inbound.text == "Gửi Văn phòng"


def test_a_sticker_is_an_attachment_and_its_emoji() -> None:
    shape = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular", "emoji": "👍"}
    inbound = parsed(message(sticker={**FILE, **shape}))
    assert inbound.attachments == (Attachment("sticker", 2048, "image/webp", "F1"),)
    assert inbound.text == "👍"


def test_a_file_name_cannot_hide_its_ending() -> None:
    document = {**FILE, "file_name": "cong_van\u202efdp.exe\x00\n"}
    assert parsed(message(document=document)).attachments[0].name == "cong_vanfdp.exe"


def test_the_files_of_an_album_share_its_name() -> None:
    first = parsed(message(document=FILE, caption="Báo cáo và phụ lục", media_group_id="99"))
    second = parsed(message(document=FILE, media_group_id="99"))
    assert (first.album, first.text) == ("99", "Báo cáo và phụ lục")
    assert (second.album, second.text) == ("99", "")


def test_a_shared_contact_is_read_as_text() -> None:
    inbound = parsed(message(contact={"phone_number": "0912345678", "first_name": "Lan", "user_id": 1001}))
    assert inbound.text == "Lan 0912345678"


def press(**content: Any) -> dict[str, Any]:
    shown = {"message_id": 8, "date": SENT_AT, "chat": PRIVATE, "from": BOT, "text": "Đúng không ạ?"}
    return {
        "update_id": 2,
        "callback_query": {"id": "777", "from": LAN, "chat_instance": "1", "message": shown} | content,
    }


def test_a_pressed_button() -> None:
    inbound = parsed(press(data="c:12:ok"))
    assert (inbound.choice, inbound.ack, inbound.reply_to, inbound.sender_id) == ("c:12:ok", "777", "8", "1001")
    assert inbound.chat_id == "1001"
    assert inbound.text == ""
    assert inbound.sent_at.tzinfo is not None


def test_a_button_of_a_message_that_telegram_no_longer_shows() -> None:
    inbound = parsed(press(data="c:12:ok", message={"message_id": 8, "date": 0, "chat": PRIVATE}))
    assert (inbound.choice, inbound.reply_to) == ("c:12:ok", "8")


def membership(old: str, new: str, chat: dict[str, Any] = PRIVATE) -> dict[str, Any]:
    states = [{"status": s, "user": BOT} | ({"until_date": 0} if s == "kicked" else {}) for s in (old, new)]
    change = {"chat": chat, "from": LAN, "date": SENT_AT, "old_chat_member": states[0], "new_chat_member": states[1]}
    return {"update_id": 3, "my_chat_member": change}


@pytest.mark.parametrize(
    ("old", "new", "chat", "service"),
    [
        ("member", "kicked", PRIVATE, "blocked"),
        ("kicked", "member", PRIVATE, "unblocked"),
        ("member", "left", GROUP, "blocked"),
        ("left", "member", GROUP, "unblocked"),
    ],
)
def test_who_blocks_the_bot_and_who_comes_back(old: str, new: str, chat: dict[str, Any], service: str) -> None:
    inbound = parsed(membership(old, new, chat))
    assert (inbound.service, inbound.chat_id) == (service, str(chat["id"]))


def test_an_edit_is_of_no_interest() -> None:
    update = message(text="xong", edit_date=SENT_AT)
    assert parse({"update_id": 1, "edited_message": update["message"]}) is None


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 1},
        {"update_id": 1, "something_new": {"id": 1}},
        message(chat={"id": -1, "type": "channel", "title": "Kênh"}, text="tin"),
        message(chat=GROUP, new_chat_members=[LAN]),
        message(location={"latitude": 10.7, "longitude": 106.7}),
        message(text="tin của kênh", is_automatic_forward=True, chat=GROUP),
        press(),
        press(data="x", message=None, inline_message_id="1"),
        membership("member", "member"),
    ],
)
def test_what_is_of_no_interest(update: dict[str, Any]) -> None:
    assert parse(update) is None


@pytest.mark.parametrize(
    "update",
    [
        {},
        {"update_id": 1, "message": {}},
        {"update_id": 1, "message": "chữ"},
        {"update_id": 1, "message": {"message_id": 1, "date": "hôm qua", "chat": PRIVATE, "from": LAN, "text": "mật"}},
        {"update_id": 1, "message": {"message_id": 1, "date": 10**30, "chat": PRIVATE, "from": LAN, "text": "mật"}},
        {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": PRIVATE, "from": LAN, "text": ["mật"]}},
        {"update_id": 1, "callback_query": {"id": "1"}},
        {"update_id": 1, "my_chat_member": {"chat": PRIVATE, "from": LAN}},
    ],
)
def test_garbage_is_unparseable_and_not_quoted(update: dict[str, Any]) -> None:
    with pytest.raises(Unparseable) as failure:
        parse(update)
    assert "mật" not in str(failure.value)
    assert failure.value.__suppress_context__


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*LAN, "chat", "text", "photo", "date"]), inner)
    ),
    max_leaves=8,
)


@given(st.sampled_from(["message", "callback_query", "my_chat_member", "poll"]), JSON)
def test_no_update_does_more_than_fail(kind: str, content: Any) -> None:
    with contextlib.suppress(Unparseable):
        assert parse({"update_id": 1, kind: content}) is None


def test_what_no_database_stores_is_replaced() -> None:
    update = {"message": {"text": "a\x00b\ud83d", "entities": [{"url": "\udc00"}], "date": 5, "x": None}}
    clean = storable(update)
    assert clean == {"message": {"text": "a\ufffdb\ufffd", "entities": [{"url": "\ufffd"}], "date": 5, "x": None}}
    assert clean["message"]["text"].encode()
    assert storable({"t": "Đúng 🟢"}) == {"t": "Đúng 🟢"}
