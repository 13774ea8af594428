"""/giaoviec: one line becomes a draft, what is missing is asked one by one, one tap assigns it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from dondoc.storage import unit_records
from dondoc.storage.tables import assignments, conversations, tasks, units
from dondoc.storage.unit_records import UnitRecord
from tests.support.office import Desk
from tests.support.offices import START
from tests.support.sayings import says

LINE = "/giaoviec TH Hoa Sen: báo cáo cơ sở vật chất hè, nộp trước 28/6"


async def given(desk: Desk) -> list[tuple[str, date | None, str | None]]:
    statement = select(tasks.c.content, tasks.c.deadline, tasks.c.deadline_rule).where(tasks.c.status == "approved")
    return [tuple(row) for row in await desk.rows(statement.order_by(tasks.c.id))]


async def test_one_line_and_one_tap(desk: Desk) -> None:
    """The draft counts the units and says the weekday and the last safe day; nobody hears of it before it is given."""
    await desk.says("khanh", LINE)
    draft = desk.hears("khanh", "handlers.assign.draft_units", number="01", units="Trường Tiểu học Hoa Sen")
    assert "trước ngày 28/6/2024" in draft
    assert "thứ Năm, 27/6/2024" in draft
    desk.hears_nothing("huong")
    assert await given(desk) == []
    await desk.presses("khanh", "handlers.assign.give")
    desk.hears_only("khanh", "handlers.assign.given", code="NV-001", number="01", messages="01")
    notice = desk.hears("huong", "scheduler.notice.head_direct", unit="Trường Tiểu học Hoa Sen")
    assert "cơ sở vật chất hè" in notice
    [(content, day, rule)] = await given(desk)
    assert (content.lower(), day, rule) == ("báo cáo cơ sở vật chất hè", date(2024, 6, 28), "before")


async def test_what_is_missing_is_asked_one_by_one(desk: Desk) -> None:
    """Nothing, then the line without units, without a day."""
    await desk.says("khanh", "/giaoviec")
    desk.hears_only("khanh", "handlers.assign.ask_line")
    await desk.says("khanh", "báo cáo cơ sở vật chất hè")
    desk.hears_only("khanh", "handlers.assign.ask_units")
    await desk.says("khanh", "TH Hoa Sen")
    desk.hears_only("khanh", "handlers.assign.ask_deadline")
    await desk.says("khanh", "khi nào rảnh")
    desk.hears_only("khanh", "handlers.assign.no_day")
    await desk.says("khanh", "28/6")
    desk.hears("khanh", "handlers.assign.draft_units", number="01")
    await desk.presses("khanh", "handlers.assign.give")
    assert [(day, rule) for _, day, rule in await given(desk)] == [(date(2024, 6, 28), "on")]


async def test_without_a_date_if_staff_say_so(desk: Desk) -> None:
    """A date is never invented."""
    await desk.says("khanh", "/giaoviec TH Hoa Sen: báo cáo cơ sở vật chất hè")
    desk.hears("khanh", "handlers.assign.ask_deadline")
    await desk.presses("khanh", "handlers.assign.undated")
    await desk.presses("khanh", "handlers.assign.give")
    assert [day for _, day, _ in await given(desk)] == [None]
    assert await desk.rows(select(tasks.c.task_class)) == [("product",)]


@pytest.mark.parametrize("day", ["trước 28/5/2024", "18/6/2024", "chậm nhất 18/6"])
async def test_a_day_that_is_over_is_asked_again(desk: Desk, day: str) -> None:
    """Without a year it may be meant for the next one: then the day is simply asked for."""
    await desk.says("khanh", f"/giaoviec TH Hoa Sen: báo cáo cơ sở vật chất hè, nộp {day}")
    desk.hears_only("khanh", "handlers.date_past" if "2024" in day else "handlers.assign.ask_deadline")
    await desk.says("khanh", "28/6")
    assert "28/6/2024" in desk.hears("khanh", "handlers.assign.draft_units")
    assert await given(desk) == []


async def test_a_draft_that_lay_until_its_day_was_over(desk: Desk) -> None:
    await desk.says("khanh", LINE)
    await desk.at(29, 6)
    desk.forget_news()
    await desk.presses("khanh", "handlers.assign.give")
    desk.hears_only("khanh", "handlers.date_past")
    assert await given(desk) == []
    await desk.says("khanh", "05/7")
    await desk.presses("khanh", "handlers.assign.give")
    assert [day for _, day, _ in await given(desk)] == [date(2024, 7, 5)]


async def test_an_unknown_unit_is_asked_again(desk: Desk) -> None:
    """One clear line; the rest of the draft is kept."""
    await desk.says("khanh", "/giaoviec Trường Tiểu học Mai Vàng: báo cáo cơ sở vật chất hè, nộp trước 28/6")
    desk.hears("khanh", "handlers.assign.ask_units")
    await desk.says("khanh", "Trường Tiểu học Mai Đỏ")
    desk.hears_only("khanh", "handlers.assign.unknown_unit", name="Trường Tiểu học Mai Đỏ")
    await desk.says("khanh", "TH-HS")
    desk.hears("khanh", "handlers.assign.draft_units", number="01")


async def test_an_ambiguous_name_is_asked_never_chosen(desk: Desk) -> None:
    async with desk.database.write() as tx:
        await unit_records.save_units(
            tx, [UnitRecord("MN-HS", "Trường Mầm non Hoa Sen", "preschool", None, (), ())], START
        )
    await desk.says("khanh", "/giaoviec Trường Hoa Sen: báo cáo cơ sở vật chất hè, nộp trước 28/6")
    question = desk.news("khanh")[-1]
    assert says(question.text, "handlers.assign.which_unit"), question.text
    assert set(question.choices) == {"Trường Mầm non Hoa Sen", "Trường Tiểu học Hoa Sen"}
    await desk.presses("khanh", "Trường Mầm non Hoa Sen")
    desk.hears("khanh", "handlers.assign.draft_units", units="Trường Mầm non Hoa Sen")
    await desk.presses("khanh", "handlers.assign.give")
    assert await desk.rows(select(units.c.code).join(assignments)) == [("MN-HS",)]


async def test_a_group_is_counted_before_it_is_given(desk: Desk) -> None:
    """And units where nobody can be reached are named when it is."""
    await desk.says("khanh", "/giaoviec các trường học: báo cáo sĩ số, nộp trước 28/6")
    desk.hears("khanh", "handlers.assign.draft_units", number="03")
    desk.forget_news()
    await desk.presses("khanh", "handlers.assign.give")
    heard = desk.hears("khanh", "handlers.assign.given", number="03", messages="02")
    assert "Trường Mầm non Hướng Dương" in heard
    for who in ("huong", "binh"):
        desk.hears(who, "scheduler.notice.head_direct")
    desk.hears_nothing("dung")


async def test_changing_the_day_and_dropping(desk: Desk) -> None:
    await desk.says("khanh", LINE)
    await desk.presses("khanh", "handlers.assign.change_deadline")
    await desk.says("khanh", "chậm nhất thứ Sáu, 05/7")
    assert "05/7/2024" in desk.heard("khanh")
    await desk.presses("khanh", "handlers.assign.drop")
    desk.hears("khanh", "handlers.assign.dropped")
    assert await given(desk) == []
    assert await desk.rows(select(conversations.c.step)) == []


async def test_given_once_however_often_it_is_pressed(desk: Desk) -> None:
    await desk.says("khanh", LINE)
    for _ in range(3):
        await desk.presses("khanh", "handlers.assign.give")
    assert len(await given(desk)) == 1
    assert len([text for text in desk.all("huong") if says(text, "scheduler.notice.head_direct")]) == 1


async def test_a_meeting_is_announced_and_not_followed_up(desk: Desk) -> None:
    """An invitation is no task: it is sent to the unit's contact and nothing is owed."""
    await desk.says("khanh", "/giaoviec mời TH Hoa Sen, THCS Bình Minh họp giao ban 8h00 ngày 28/6/2024 tại hội trường")
    desk.hears("khanh", "handlers.assign.meeting")
    await desk.presses("khanh", "handlers.assign.announce")
    for who in ("huong", "binh"):
        assert "họp giao ban" in desk.hears(who, "handlers.assign.announcement")
    await desk.presses("khanh", "handlers.assign.announce")
    desk.hears_nothing("huong")
    assert await given(desk) == []


async def test_endless_words(desk: Desk) -> None:
    """A line as long as a message can be: shown, and sent in parts that fit."""
    line = "/giaoviec TH Hoa Sen: báo cáo " + "chi tiết rất dài " * 230
    await desk.says("khanh", line[:4070] + ", nộp trước 28/6")
    assert desk.news("khanh")
    await desk.presses("khanh", "handlers.assign.give")
    assert len(await given(desk)) == 1
    assert all(len(sent.text) <= 4096 for sent in desk.channel.sent)
    assert desk.news("huong")


async def test_something_else_in_between(desk: Desk) -> None:
    """A command ends the question; a file is a file."""
    await desk.says("khanh", "/giaoviec")
    await desk.says("khanh", "/duyet")
    desk.hears("khanh", "handlers.check.none")
    await desk.says("khanh", "28/6")
    desk.hears("khanh", "handlers.not_understood_office")
    assert await given(desk) == []
