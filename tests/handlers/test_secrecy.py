"""What is marked MẬT leaves nothing behind, whoever sends it and in whatever form."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest
from sqlalchemy import select

from dondoc.storage.tables import blobs, directives, events, inbox, outbox, submission_files
from tests.support.handed_in import files, versions
from tests.support.office import PDF, Desk

DEADLINE = date(2024, 6, 28)
SECRET = """\
ỦY BAN NHÂN DÂN
HUYỆN THANH LÂM
MẬT
Số: 12/BC-UBND

BÁO CÁO

Về việc bố trí lực lượng tại kho Đồng Găng
""".encode()
HARMLESS = """\
TRƯỜNG TIỂU HỌC HOA SEN
Số: 12/BC-THHS

BÁO CÁO

Về việc tuyển sinh lớp 1
""".encode()
TYPED = "MẬT\nDanh sách kho Đồng Găng gồm: kho số 3, kho số 5"


def in_store(desk: Desk) -> list[str]:
    """The names of all files that lie in the content store."""
    return sorted(path.name for path in desk.files.root.rglob("*") if path.is_file())


async def assert_erased(desk: Desk, content: bytes, *words: str) -> None:
    """No bytes, no row, no words; in the trail stand the sender, the time and the hash."""
    sha256 = hashlib.sha256(content).hexdigest()
    assert sha256[2:] not in in_store(desk)
    assert await desk.rows(select(blobs).where(blobs.c.sha256 == sha256)) == []
    assert await desk.rows(select(submission_files).where(submission_files.c.sha256 == sha256)) == []
    last = (await desk.rows(select(inbox).order_by(inbox.c.id.desc())))[0]
    assert (last.state, last.payload, last.files) == ("done", {}, [])
    trail = [row for row in await desk.rows(select(events)) if row.kind == "document.refused"]
    assert [row.detail for row in trail] == [{"sha256": sha256, "size": len(content)}]
    assert trail[0].actor_id is not None
    assert trail[0].at is not None
    await assert_unwritten(desk, *words)


async def assert_unwritten(desk: Desk, *words: str) -> None:
    """None of the words stands anywhere in what we keep of messages, in the trail, or in what we said."""
    kept = [
        *(json.dumps([row.payload, row.files], ensure_ascii=False) for row in await desk.rows(select(inbox))),
        *(json.dumps(row.payload, ensure_ascii=False) for row in await desk.rows(select(outbox))),
        *(json.dumps(row.detail, ensure_ascii=False) for row in await desk.rows(select(events))),
        *(sent.text for sent in desk.channel.sent),
    ]
    for word in words:
        assert not [text for text in kept if word in text]


@pytest.mark.parametrize("who", ["huong", "khanh", "loan"])
async def test_a_document_with_a_mark_in_its_head(desk: Desk, who: str) -> None:
    """From a unit's contact, from staff, from a leader."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.sends(who, "kho-dong-gang.txt", SECRET)
    desk.hears_only(who, "handlers.document.secret")
    assert await versions(desk, item_id) == []
    assert await desk.rows(select(directives)) == []
    assert (await desk.item(item_id)).state == "new"
    await assert_erased(desk, SECRET, "kho-dong-gang", "Đồng Găng")


@pytest.mark.parametrize("content", [PDF, HARMLESS], ids=["unreadable", "harmless"])
async def test_a_caption_with_a_mark(desk: Desk, content: bytes) -> None:
    """Whatever the file says: who writes MẬT above it means it."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.sends("huong", "kho-dong-gang.txt", content, caption="MẬT\nem nộp danh sách kho Đồng Găng ạ")
    desk.hears_only("huong", "handlers.document.secret")
    assert await versions(desk, item_id) == []
    await assert_erased(desk, content, "kho-dong-gang", "Đồng Găng")


@pytest.mark.parametrize("who", ["huong", "khanh"])
async def test_typed_text_with_a_mark(desk: Desk, who: str) -> None:
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    before = await desk.item(item_id)
    await desk.says(who, TYPED)
    desk.hears_only(who, "handlers.document.secret")
    assert [(row.state, row.payload) for row in await desk.rows(select(inbox))] == [("done", {})]
    assert await desk.item(item_id) == before
    await assert_unwritten(desk, "Đồng Găng")


async def test_an_answer_to_a_question_with_a_mark(desk: Desk) -> None:
    """In the middle of a conversation, where the text would be kept as an obstacle."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.says("huong", "abc xyz")
    await desk.presses("huong", "scheduler.answer.obstacle")
    desk.forget_news()
    await desk.says("huong", TYPED)
    desk.hears_only("huong", "handlers.document.secret")
    assert (await desk.item(item_id)).obstacle is None
    await assert_unwritten(desk, "Đồng Găng")
    await desk.says("huong", "chưa có kinh phí")
    assert (await desk.item(item_id)).obstacle == "chưa có kinh phí"


async def test_every_file_of_a_marked_message_goes(desk: Desk) -> None:
    """Two files in one message, one of them marked."""
    await desk.give("TH-HS", deadline=DEADLINE)
    await desk.says("huong", "em nộp ạ", files={"mat.txt": SECRET, "phu-luc.txt": HARMLESS})
    desk.hears_only("huong", "handlers.document.secret")
    assert in_store(desk) == []
    assert await desk.rows(select(blobs)) == []


async def test_every_file_of_a_marked_album_goes(desk: Desk) -> None:
    """Only the first of its messages bears the caption; it is said once. The next album is another matter."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    album = {"kho-1.pdf": PDF, "kho-2.pdf": PDF + b"2", "kho-3.pdf": PDF + b"3"}
    await desk.sends_album("huong", album, caption="MẬT\nem nộp danh sách kho Đồng Găng ạ")
    desk.hears_only("huong", "handlers.document.secret")
    assert await versions(desk, item_id) == []
    assert in_store(desk) == []
    assert await desk.rows(select(blobs)) == []
    assert [row.payload for row in await desk.rows(select(inbox))] == [{}, {}, {}]
    await assert_unwritten(desk, "kho-", "Đồng Găng")
    await desk.sends_album("huong", {"bao-cao.txt": HARMLESS, "phu-luc.txt": HARMLESS + b"2"}, album="a2")
    assert await files(desk, item_id) == [["bao-cao.txt", "phu-luc.txt"]]


async def test_bytes_that_another_unit_handed_in_before(desk: Desk) -> None:
    """They are marked now, so they go there too, and the message is handled at the first try."""
    mine, other = await desk.give("TH-HS", "THCS-BM", deadline=DEADLINE)
    await desk.sends("binh", "bao-cao.txt", HARMLESS)
    await desk.sends("binh", "phu-luc.pdf")
    assert await files(desk, other) == [["bao-cao.txt"], ["phu-luc.pdf"]]
    desk.forget_news()
    await desk.sends("huong", "bao-cao.txt", HARMLESS, caption="MẬT\nem nộp ạ")
    desk.hears_only("huong", "handlers.document.secret")
    assert set(await desk.inbox_states()) == {"done"}
    assert await files(desk, other) == [[], ["phu-luc.pdf"]]
    assert (await desk.item(other)).state == "awaiting_confirmation"
    assert await versions(desk, mine) == []
    await assert_erased(desk, HARMLESS)
    await desk.says("khanh", "/duyet")
    desk.hears("khanh", "handlers.check.item")


async def test_bytes_of_a_directive_that_was_loaded_before(desk: Desk) -> None:
    """The directive stays with its tasks; its file does not."""
    text = """\
ỦY BAN NHÂN DÂN
HUYỆN THANH LÂM
Số: 90/TB-UBND

Thanh Lâm, ngày 17 tháng 6 năm 2024

THÔNG BÁO

Kết luận của Chủ tịch UBND huyện tại cuộc họp giao ban

1. Phòng Giáo dục và Đào tạo

- Báo cáo UBND huyện kết quả tuyển sinh trước ngày 05/7/2024.
""".encode()
    await desk.sends("khanh", "thong-bao.txt", text)
    assert [row.file_sha256 for row in await desk.rows(select(directives))] == [hashlib.sha256(text).hexdigest()]
    desk.forget_news()
    await desk.sends("khanh", "thong-bao.txt", text, caption="MẬT")
    desk.hears_only("khanh", "handlers.document.secret")
    [row] = await desk.rows(select(directives))
    assert (row.number, row.file_sha256) == ("90/TB-UBND", None)
    await assert_erased(desk, text)


async def test_words_that_only_sound_alike(desk: Desk) -> None:
    """ "mật khẩu" is no mark, and a report with it is handed in."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.sends("huong", "bao-cao.txt", HARMLESS, caption="em nộp báo cáo ạ, mật khẩu mở tệp em gửi riêng")
    assert await files(desk, item_id) == [["bao-cao.txt"]]
    assert in_store(desk) == [hashlib.sha256(HARMLESS).hexdigest()[2:]]
