"""/tiendo, /xuat, /nhiemvu and questions in words: figures that add up, within what the asker may see."""

from __future__ import annotations

import asyncio
import io
import re
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from dondoc.rules.progress import Row
from dondoc.storage import progress
from dondoc.storage.offices import set_setting
from tests.support import offices
from tests.support.office import Desk
from tests.support.offices import ZONE
from tests.support.sayings import says

FRIDAY = date(2024, 6, 28)
_FIGURES = re.compile(
    r"Tổng số (\d+) lượt giao \((\d+) nhiệm vụ\)\. "
    r"Đã hoàn thành (\d+) \(đúng hạn (\d+), quá hạn (\d+)(?:, không thời hạn (\d+))?\)\. Chờ xác nhận (\d+)\. "
    r"Chưa hoàn thành (\d+): trong hạn (\d+); quá hạn (\d+), trong đó trên 30 ngày (\d+); không thời hạn (\d+)\."
)


def figures(text: str) -> list[int]:
    found = _FIGURES.search(text)
    assert found is not None, text
    return [int(one or 0) for one in found.groups()]


async def some_work(desk: Desk) -> None:
    """Six assignments of four tasks; one of them from a directive."""
    async with desk.database.write() as tx:
        directive_id = await offices.directive(tx, desk.office, "88/TB-UBND")
    moment = datetime(2024, 6, 18, 9, tzinfo=ZONE)
    await desk.give("TH-HS", "THCS-BM", "MN-HD", deadline=FRIDAY, task={"directive_id": directive_id})
    await desk.give("TH-HS", deadline=date(2024, 6, 17))
    await desk.give("THCS-BM", deadline=FRIDAY, state="awaiting_confirmation", submitted_at=moment)
    await desk.give("PGD", state="done", result="no_deadline", late_days=0, closed_at=moment)
    await desk.give("TH-HS", deadline=FRIDAY, role="cooperate")


async def test_the_figures_add_up(desk: Desk) -> None:
    """With a picture; cooperating units count nowhere."""
    await some_work(desk)
    await desk.says("loan", "/tiendo")
    [answer] = desk.news("loan")
    total, tasks_, done, on_time, late, free, waiting, open_, in_time, overdue, _, undated = figures(answer.text)
    assert (total, tasks_, done, waiting, open_) == (6, 4, 1, 1, 4)
    assert (done, open_, total) == (on_time + late + free, in_time + overdue + undated, done + waiting + open_)
    assert (in_time, overdue) == (3, 1)
    assert [file.media_type for file in answer.message.attachments] == ["image/png"]


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("/tiendo 88/TB-UBND", 3),
        ("/tiendo 88", 3),
        ("/tiendo TH Hoa Sen", 2),
        ("/tiendo các trường học", 5),
        ("/tiendo tuần này", 1),
        ("/tiendo Phòng Giáo dục và Đào tạo", 1),
    ],
)
async def test_narrowed(desk: Desk, text: str, total: int) -> None:
    await some_work(desk)
    await desk.says("loan", text)
    assert figures(desk.heard("loan"))[0] == total


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("/tiendo Trường Không Có", "handlers.progress.unknown"), ("/tiendo 999/TB", "handlers.progress.no_directive")],
)
async def test_what_is_not_known_is_said(desk: Desk, text: str, sentence: str) -> None:
    await desk.says("loan", text)
    desk.hears_only("loan", sentence)


async def test_who_has_not_handed_in(desk: Desk) -> None:
    """By the button and in words; of one directive, too."""
    await some_work(desk)
    await desk.says("loan", "/tiendo")
    desk.forget_news()
    await desk.presses("loan", "handlers.progress.who_owes")
    text = desk.heard("loan")
    assert all(name in text for name in ("Hoa Sen", "Bình Minh", "Hướng Dương"))
    assert "Phòng Giáo dục" not in text
    await desk.says("loan", "trường nào chưa nộp?")
    assert "Hoa Sen" in desk.heard("loan")
    await desk.says("loan", "văn bản 88 còn ai nợ?")
    assert figures(desk.heard("loan"))[0] == 3


async def test_the_register(desk: Desk) -> None:
    """As a file that opens, with a row for each assignment."""
    await some_work(desk)
    await desk.says("khanh", "/xuat")
    [answer] = desk.news("khanh")
    [file] = answer.message.attachments
    assert file.name.endswith(".xlsx")
    book = openpyxl.load_workbook(io.BytesIO(desk.files.path(file.sha256 or "").read_bytes()))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert sum("Trường Tiểu học Hoa Sen" in cell for cell in cells) >= 2


async def test_a_unit_sees_its_own_tasks_only(desk: Desk) -> None:
    await some_work(desk)
    await desk.give("TH-HS", task={"task_class": "standing", "content": "Tăng cường tuyên truyền"})
    await desk.says("huong", "/nhiemvu")
    text = desk.hears("huong", "handlers.tasks.head")
    assert "NV-001" in text
    assert "NV-002" in text
    assert "NV-003" not in text
    assert "NV-004" not in text
    assert says(text, "handlers.tasks.standing")
    await desk.says("dung", "/nhiemvu")
    desk.hears_only("dung", "handlers.tasks.none")
    for question in ("trường nào chưa nộp?", "/tiendo", "THCS Bình Minh nộp chưa ạ?"):
        await desk.says("huong", question)
        assert "Bình Minh" not in desk.heard("huong")


# --- groups and languages ----------------------------------------------------------------------------------------------


async def test_a_group_learns_nothing(desk: Desk) -> None:
    """Whoever writes there, whatever they write; and nothing is taken for an answer."""
    await some_work(desk)
    for who in ("huong", "khanh", "loan", "99"):
        sender = desk.office.chats.get(who, who)
        for text in ("/tiendo", "/nhiemvu", "/duyet", "NV-001 em nộp rồi ạ", "trường nào chưa nộp?"):
            await desk.says("-5", text, sender_id=sender, is_group=True)
        await desk.says("-5", "", sender_id=sender, is_group=True, files={"bc.pdf": b"%PDF-1.7"})
    heard = desk.heard("-5")
    for word in ("NV-", "Hoa Sen", "Bình Minh", "Tổng số"):
        assert word not in heard
    assert (await desk.item(1)).state == "new"


async def test_everybody_hears_their_own_language(desk: Desk) -> None:
    """Chosen by button; the same event is told to each in theirs."""
    await desk.says("son", "/ngonngu")
    await desk.presses("son", "handlers.language.en")
    desk.hears("son", "handlers.language.done", language="en")
    [item_id] = await desk.give("TH-HS", deadline=FRIDAY)
    desk.forget_news()
    await desk.says("huong", "trường vướng mắc kinh phí ạ")
    desk.hears("son", "handlers.office.obstacle", language="en", code="NV-001")
    desk.hears("khanh", "handlers.office.obstacle", code="NV-001")
    await desk.says("huong", "em nộp rồi ạ")
    desk.hears("son", "scheduler.queue.waiting", language="en")
    await desk.says("son", "/duyet")
    await desk.presses("son", "handlers.check.confirm", language="en")
    desk.hears("son", "handlers.check.confirmed", language="en", code="NV-001")
    desk.hears("huong", "handlers.check.unit_confirmed")
    assert (await desk.item(item_id)).state == "done"
    await desk.says("son", "/ngonngu")
    await desk.presses("son", "handlers.language.vi", language="en")
    desk.hears("son", "handlers.language.done")


async def test_a_reminder_in_another_language(desk: Desk) -> None:
    await desk.says("huong", "/ngonngu")
    await desk.presses("huong", "handlers.language.en")
    await desk.give("TH-HS", deadline=FRIDAY)
    desk.forget_news()
    await desk.at(25, 6, 8, 1)
    desk.hears("huong", "scheduler.reminder.one", language="en")
    await desk.presses("huong", "scheduler.answer.working", language="en")
    desk.hears("huong", "handlers.report.ask.working", language="en", code="NV-001")


@pytest.mark.parametrize("command", ["/tiendo", "/xuat", "còn ai nợ"])
async def test_the_office_goes_on_writing_while_figures_are_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """What takes long is read outside the transaction that answers; SQLite has one writer."""
    await some_work(desk)
    rows = progress.rows
    written: list[str] = []

    async def beside(*arguments: Any, **options: Any) -> list[Row]:
        async with asyncio.timeout(20), desk.database.write() as tx:  # a deadlock must end as a failure
            await set_setting(tx, desk.office.id, "beside", "written")
        written.append(command)
        return await rows(*arguments, **options)

    monkeypatch.setattr(progress, "rows", beside)
    await desk.says("loan", command)
    assert written == [command]
    assert len(desk.news("loan")) == 1
