"""Files that units send: with words, before them, after them, several at once, and those that cannot be taken."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from dondoc.chat.channel import TryLater
from dondoc.chat.messages import Attachment
from dondoc.storage.tables import blobs, inbox, outbox, submission_files, submissions
from tests.support.channels import arrives
from tests.support.office import PDF, Desk
from tests.support.sayings import says

DEADLINE = date(2024, 6, 28)


async def kept(desk: Desk) -> list[tuple[int, str]]:
    """(version, file name) of everything that was handed in."""
    statement = select(submissions.c.version, submission_files.c.name).outerjoin(submission_files)
    return [tuple(row) for row in await desk.rows(statement.order_by(submissions.c.id, submission_files.c.position))]


async def test_a_file_is_acknowledged_at_once(desk: Desk) -> None:
    """With its name, size, time and receipt number; it waits for the office, which hears of it."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.sends("huong", "Báo cáo Hoa Sen.pdf", PDF + b"x" * 3000)
    receipt = desk.hears_only(
        "huong", "scheduler.receipt.files", files="Báo cáo Hoa Sen.pdf", size="3 KB", code="NV-001"
    )
    assert "TN-" in receipt.text
    assert (await desk.item(item_id)).state == "awaiting_confirmation"
    for who in ("khanh", "son"):
        desk.hears(who, "scheduler.queue.waiting")
    desk.hears_nothing("loan")


@pytest.mark.parametrize(
    ("caption", "complete"),
    [
        ("em gửi báo cáo ạ", True),
        ("vâng ạ", True),
        ("bản mềm trước, bản ký gửi sau ạ", False),
        ("mới được 70%, còn phụ lục em gửi sau", False),
    ],
)
async def test_the_words_with_a_file_say_whether_it_is_all(desk: Desk, caption: str, complete: bool) -> None:
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.sends("huong", "bc.pdf", caption=caption)
    assert (await desk.item(item_id)).state == ("awaiting_confirmation" if complete else "in_progress")
    desk.hears("huong", f"scheduler.receipt.{'complete' if complete else 'partial'}")
    assert bool(desk.news("khanh")) == complete


async def test_a_file_after_the_words_is_the_same_submission(desk: Desk) -> None:
    await desk.give("TH-HS", deadline=DEADLINE)
    await desk.says("huong", "em nộp báo cáo số 9/BC-THHS rồi ạ")
    await desk.sends("huong", "bc.pdf")
    assert await kept(desk) == [(1, "bc.pdf")]
    assert await desk.rows(select(submissions.c.document)) == [("9/BC-THHS",)]


async def test_words_after_the_file_are_the_same_submission(desk: Desk) -> None:
    await desk.give("TH-HS", deadline=DEADLINE)
    await desk.sends("huong", "bc.pdf")
    await desk.says("huong", "em nộp rồi ạ, số 9/BC-THHS")
    assert await kept(desk) == [(1, "bc.pdf")]
    assert await desk.rows(select(submissions.c.document)) == [("9/BC-THHS",)]


async def test_a_new_file_is_a_new_version(desk: Desk) -> None:
    """Nothing is overwritten; the receipt counts them."""
    await desk.give("TH-HS", deadline=DEADLINE)
    await desk.sends("huong", "bc.pdf", caption="NV-001")
    await desk.sends("huong", "bc.pdf", PDF + b"2", caption="NV-001 bản mới ạ")
    assert await kept(desk) == [(1, "bc.pdf"), (2, "bc.pdf")]
    desk.hears("huong", "scheduler.receipt.version", version="02")
    assert len(await desk.rows(select(blobs.c.sha256))) == 2


async def test_an_album_is_one_submission_with_one_receipt(desk: Desk) -> None:
    await desk.give("TH-HS", deadline=DEADLINE)
    await desk.sends_album(
        "huong", {"a.pdf": PDF, "b.jpg": b"\xff\xd8\xff\xe0b", "c.docx": b"PK c"}, caption="em nộp ạ"
    )
    desk.hears_only("huong", "scheduler.receipt.files", files="a.pdf, b.jpg, c.docx")
    assert await kept(desk) == [(1, "a.pdf"), (1, "b.jpg"), (1, "c.docx")]


async def test_the_last_file_of_an_album_comes_after_the_receipt(desk: Desk) -> None:
    """A large one takes long: it belongs to the same submission, and its sender hears that it came."""
    await desk.give("TH-HS", deadline=DEADLINE)
    await desk.sends_album("huong", {"a.pdf": PDF}, caption="em nộp ạ")
    desk.hears_only("huong", "scheduler.receipt.files", files="a.pdf")
    await desk.arrives("huong", files={"b.pdf": PDF + b"b"}, album="a1")
    await desk.settle()
    desk.hears_only("huong", "scheduler.receipt.files", files="a.pdf, b.pdf")
    assert await kept(desk) == [(1, "a.pdf"), (1, "b.pdf")]


async def test_an_album_about_one_of_several_tasks_is_asked_about_once(desk: Desk) -> None:
    await desk.give("TH-HS", deadline=DEADLINE)
    [second] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.sends_album("huong", {"a.pdf": PDF, "b.pdf": PDF + b"b"}, caption="em nộp ạ")
    [question] = desk.news("huong")
    assert says(question.text, "handlers.report.which")
    await desk.presses_data("huong", next(data for name, data in question.choices.items() if "NV-002" in name))
    desk.hears_only("huong", "scheduler.receipt.files", files="a.pdf, b.pdf")
    assert await kept(desk) == [(1, "a.pdf"), (1, "b.pdf")]
    assert (await desk.item(second)).state == "awaiting_confirmation"


async def test_files_that_cannot_be_taken(desk: Desk) -> None:
    """One line each; nothing is handed in, even if the words say so."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    for caption in ("", "em nộp báo cáo ạ", "vâng ạ"):
        for name, content, sentence in (
            ("rong.docx", b"", "handlers.file.empty"),
            ("bao-cao.exe", b"MZ" + b"\0" * 100, "handlers.file.refused"),
            ("bao-cao.pdf", b"MZ" + b"\0" * 100, "handlers.file.refused"),
        ):
            await desk.sends("huong", name, content, caption=caption)
            desk.hears_only("huong", sentence, file=name)
    assert (await desk.item(item_id)).state == "new"
    assert await kept(desk) == []
    desk.hears_nothing("khanh")


async def test_a_file_too_large_is_not_even_asked_for(desk: Desk) -> None:
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    update = desk.channel.update("21", "em nộp báo cáo ạ", files={"to.pdf": PDF})
    update["files"][0]["size"] = 100_000_000
    desk.channel.files.clear()
    await arrives(desk.database, desk.channel, update)
    await desk.settle()
    desk.hears_only("huong", "handlers.file.too_large", file="to.pdf")
    assert (await desk.item(item_id)).state == "new"


async def test_words_that_stand_without_the_file_are_taken(desk: Desk) -> None:
    """ "Đang làm 70%" with a file that was refused."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.sends("huong", "x.exe", b"MZ" + b"\0" * 100, caption="đang làm 70% ạ")
    desk.hears("huong", "handlers.file.refused", "handlers.report.percent", percent=70)
    assert (await desk.item(item_id)).percent == 70


async def test_a_file_that_cannot_be_fetched_now_is_fetched_later(desk: Desk) -> None:
    """And given up by name after some tries, while the next message waits for its turn."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    real = desk.channel.download

    def offline(attachment: Attachment) -> object:
        raise TryLater(1)

    desk.channel.download = offline  # type: ignore[assignment,method-assign]
    await desk.arrives("huong", "em nộp ạ", files={"bc.pdf": PDF})
    await desk.arrives("huong", "NV-001 à quên, số 9/BC")
    await desk.settle()
    assert await desk.inbox_states() == ["received", "received"]
    desk.channel.download = real  # type: ignore[method-assign]
    await desk.try_again()
    assert await desk.inbox_states() == ["done", "done"]
    assert await kept(desk) == [(1, "bc.pdf")]
    assert (await desk.item(item_id)).state == "awaiting_confirmation"


async def test_a_file_that_never_comes_is_named(desk: Desk) -> None:
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)

    def offline(attachment: Attachment) -> object:
        raise TryLater(1)

    desk.channel.download = offline  # type: ignore[assignment,method-assign]
    await desk.arrives("huong", "em nộp ạ", files={"bc.pdf": PDF})
    for _ in range(6):
        await desk.try_again()
    assert await desk.inbox_states() == ["done"]
    desk.hears_only("huong", "handlers.file.unavailable", file="bc.pdf")
    assert (await desk.item(item_id)).state == "new"


async def test_a_file_without_any_task_goes_to_the_office(desk: Desk) -> None:
    await desk.sends("huong", "don.pdf", caption="em gửi đơn ạ")
    desk.hears_only("huong", "handlers.report.no_open_task")
    [message] = desk.news("khanh")
    assert [file.name for file in message.message.attachments] == ["don.pdf"]


async def test_nothing_of_a_stranger_is_fetched(desk: Desk) -> None:
    await desk.sends("99", "bc.pdf")
    assert await desk.rows(select(blobs.c.sha256)) == []
    assert list(desk.files.root.rglob("*.*")) == []


SECRET = "ỦY BAN NHÂN DÂN HUYỆN\nSố: 05/KH-UBND\nTỐI MẬT\n\nKế hoạch thập lục".encode()


@pytest.mark.parametrize("who", ["huong", "khanh"])
async def test_a_secret_file_is_erased_whoever_sends_it(desk: Desk, who: str) -> None:
    """Bytes, name, words; the trail keeps who, when and the hash. Also when it came before as something harmless."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.sends(who, "ke-hoach-thap-luc.txt", SECRET, caption="gửi văn phòng ạ")
    text = desk.hears(who, "handlers.document.secret")
    assert "thap-luc" not in text
    assert await desk.rows(select(inbox.c.payload, inbox.c.files)) == [({}, [])]
    assert await desk.rows(select(blobs.c.sha256)) == []
    assert [path for path in desk.files.root.rglob("*") if path.is_file()] == []
    assert "thap-luc" not in str(await desk.rows(select(outbox.c.payload)))
    assert (await desk.item(item_id)).state == "new"


@pytest.mark.parametrize("who", ["huong", "khanh", "99"])
async def test_a_secret_text_is_erased_whoever_types_it(desk: Desk, who: str) -> None:
    await desk.says(who, "TUYỆT MẬT\nphương án thập lục")
    assert await desk.rows(select(inbox.c.payload)) == [({},)]
    assert "thập lục" not in str(await desk.rows(select(outbox.c.payload)))
