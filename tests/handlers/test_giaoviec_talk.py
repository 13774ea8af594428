"""/giaoviec as a conversation: step by step, changed in words, taken back, left and taken up again, given once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from dondoc.bot.program import Program
from dondoc.rules.roles import Role
from dondoc.storage import offices, people
from dondoc.storage.tables import assignments, order_drafts, tasks, units
from tests.support.office import PDF, Desk
from tests.support.offices import START
from tests.support.sayings import says

LINE = "/giaoviec TH Hoa Sen: báo cáo cơ sở vật chất hè, nộp trước 28/6"


async def given(desk: Desk) -> list[Any]:
    statement = select(tasks.c.content, tasks.c.deadline, tasks.c.deadline_rule).where(tasks.c.status == "approved")
    return [tuple(row) for row in await desk.rows(statement.order_by(tasks.c.id))]


async def led_by(desk: Desk) -> set[tuple[str, str]]:
    return {tuple(row) for row in await desk.rows(select(units.c.code, assignments.c.role).join(assignments))}


# --- step by step ----------------------------------------------------------------------------------------------------


async def test_alone_it_asks_one_thing_after_the_other(desk: Desk) -> None:
    await desk.says("khanh", "/giaoviec")
    desk.hears_only("khanh", "handlers.assign.ask_line")
    await desk.says("khanh", "TH Hoa Sen và THCS Bình Minh")
    desk.hears_only("khanh", "handlers.assign.ask_content")
    await desk.says("khanh", "rà soát tủ thuốc y tế, báo cáo về PGD")
    desk.hears_only("khanh", "handlers.assign.ask_deadline")
    await desk.says("khanh", "16h thứ 6 tuần này")
    draft = desk.hears("khanh", "handlers.assign.draft_units", number="02")
    assert says(draft, "handlers.assign.draft_deliverable", deliverable="Báo cáo kết quả rà soát")
    assert says(draft, "handlers.assign.draft_to", to="Phòng Giáo dục và Đào tạo")
    assert "16 giờ" in draft
    await desk.presses("khanh", "handlers.assign.give")
    assert [(content, day) for content, day, _ in await given(desk)] == [("rà soát tủ thuốc y tế", date(2024, 6, 21))]


async def test_a_question_is_answered_after_a_restart(desk: Desk) -> None:
    """The draft and the step are rows: another process goes on."""
    await desk.says("khanh", "/giaoviec TH Hoa Sen: báo cáo cơ sở vật chất hè")
    desk.hears_only("khanh", "handlers.assign.ask_deadline")
    channels = {(desk.channel.name, desk.channel.account): desk.channel}
    desk.program = Program(desk.database, desk.files, desk.clock, channels)
    await desk.says("khanh", "28/6")
    desk.hears("khanh", "handlers.assign.draft_units", number="01")


@pytest.mark.parametrize("word", ["thôi", "hủy", "Huỷ bỏ", "thôi ạ", "dừng", "huy"])
async def test_a_word_leaves_and_a_tap_brings_it_back(desk: Desk, word: str) -> None:
    await desk.says("khanh", "/giaoviec TH Hoa Sen: báo cáo cơ sở vật chất hè")
    await desk.says("khanh", word)
    desk.hears("khanh", "handlers.assign.dropped")
    await desk.says("khanh", "28/6")
    desk.hears_only("khanh", "handlers.not_understood_office")
    await desk.presses("khanh", "handlers.assign.restore")
    desk.hears_only("khanh", "handlers.assign.ask_deadline")
    await desk.says("khanh", "28/6")
    desk.hears("khanh", "handlers.assign.draft_units")


async def test_another_command_leaves_the_draft_waiting(desk: Desk) -> None:
    await desk.says("khanh", "/giaoviec TH Hoa Sen: báo cáo cơ sở vật chất hè")
    await desk.says("khanh", "/duyet")
    desk.forget_news()
    await desk.says("khanh", "/giaoviec")
    desk.hears("khanh", "handlers.assign.left", content="báo cáo cơ sở vật chất hè")
    await desk.presses("khanh", "handlers.assign.go_on")
    desk.hears_only("khanh", "handlers.assign.ask_deadline")


async def test_or_a_new_one_is_begun(desk: Desk) -> None:
    await desk.says("khanh", LINE)
    await desk.says("khanh", "/giaoviec")
    await desk.presses("khanh", "handlers.assign.anew")
    desk.hears("khanh", "handlers.assign.ask_line")
    assert [row for (row,) in await desk.rows(select(order_drafts.c.status))] == ["dropped", "open"]


async def test_words_about_a_task_are_no_answer(desk: Desk) -> None:
    """A result on paper is entered in between; the question still stands."""
    await desk.give("TH-HS", deadline=date(2024, 6, 28))
    await desk.says("khanh", "/giaoviec TH Hoa Sen: báo cáo cơ sở vật chất hè")
    await desk.says("khanh", "TH Hoa Sen nộp NV-001 số 45 ngày 18/6")
    assert not says(desk.heard("khanh"), "handlers.assign.draft_units")
    await desk.says("khanh", "28/6")
    desk.hears("khanh", "handlers.assign.draft_units")


async def test_no_content_is_asked_too(desk: Desk) -> None:
    await desk.says("khanh", "/giaoviec TH Hoa Sen trước 28/6")
    desk.hears_only("khanh", "handlers.assign.ask_content")
    await desk.says("khanh", "kiểm tra TH Hoa Sen B")
    assert "Kiểm tra TH Hoa Sen B" in desk.hears("khanh", "handlers.assign.draft_units", number="01")


async def test_of_several_days_one_is_chosen(desk: Desk) -> None:
    await desk.says("khanh", "/giaoviec TH Hoa Sen nộp kế hoạch trước 25/6 và báo cáo trước 28/6")
    question = desk.news("khanh")[-1]
    assert says(question.text, "handlers.assign.which_day")
    assert list(question.choices) == ["Trước ngày 25/6/2024", "Trước ngày 28/6/2024"]
    await desk.presses("khanh", "Trước ngày 28/6/2024")
    assert "trước ngày 28/6/2024" in desk.hears("khanh", "handlers.assign.draft_units")


async def test_an_hour_that_is_over_is_refused(desk: Desk) -> None:
    desk.clock.set(START.replace(hour=15))
    await desk.says("khanh", "/giaoviec TH Hoa Sen báo cáo sĩ số trước 10h hôm nay")
    desk.hears_only("khanh", "handlers.date_past", day="19/6/2024")


async def test_an_unknown_name_comes_with_the_nearest(desk: Desk) -> None:
    await desk.says("khanh", "/giaoviec Trường Tiểu học Hoa Sem: báo cáo sĩ số trước 28/6")
    await desk.presses("khanh", "Trường Tiểu học Hoa Sen")
    desk.hears("khanh", "handlers.assign.draft_units", number="01", units="Trường Tiểu học Hoa Sen")


# --- changed in words --------------------------------------------------------------------------------------------------


async def test_the_draft_is_changed_in_words(desk: Desk) -> None:
    await desk.says("khanh", LINE)
    await desk.says("khanh", "hạn 30/6")
    assert "30/6/2024" in desk.hears("khanh", "handlers.assign.draft_units", number="01")
    await desk.says("khanh", "thêm THCS Bình Minh")
    desk.hears("khanh", "handlers.assign.draft_units", number="02")
    await desk.says("khanh", "phối hợp PGD")
    desk.hears("khanh", "handlers.assign.draft_cooperate", units="Phòng Giáo dục và Đào tạo")
    await desk.says("khanh", "bỏ TH Hoa Sen")
    desk.hears("khanh", "handlers.assign.draft_units", number="01", units="Trường THCS Bình Minh")
    await desk.says("khanh", "nội dung: báo cáo nhân sự")
    assert "Báo cáo nhân sự" in desk.heard("khanh")
    await desk.says("khanh", "duyệt")
    desk.hears("khanh", "handlers.assign.given", code="NV-001", number="01")
    assert await given(desk) == [("báo cáo nhân sự", date(2024, 6, 30), "on")]
    assert await led_by(desk) == {("THCS-BM", "lead"), ("PGD", "cooperate")}


async def test_each_step_is_taken_back(desk: Desk) -> None:
    await desk.says("khanh", LINE)
    await desk.says("khanh", "thêm THCS Bình Minh")
    await desk.says("khanh", "hạn 05/7")
    desk.forget_news()
    await desk.says("khanh", "hoàn tác")
    assert "28/6/2024" in desk.hears("khanh", "handlers.assign.draft_units", number="02")
    await desk.says("khanh", "hoàn tác")
    desk.hears("khanh", "handlers.assign.draft_units", number="01")
    await desk.says("khanh", "hoàn tác")
    desk.hears_only("khanh", "handlers.assign.nothing_to_undo")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("thêm Trường Tiểu học Mai Vàng", "handlers.assign.unknown_unit"),
        ("bỏ THCS Bình Minh", "handlers.assign.not_in_draft"),
        ("thường xuyên", "handlers.assign.not_standing"),
        ("sửa", "handlers.assign.edit_help"),
        ("giao thêm chi bộ TH Hoa Sen", "handlers.assign.party"),
    ],
)
async def test_what_cannot_be_done_is_said_and_changes_nothing(desk: Desk, words: str, sentence: str) -> None:
    await desk.says("khanh", LINE)
    before = await desk.rows(select(order_drafts.c.data))
    desk.forget_news()
    await desk.says("khanh", words)
    desk.hears_only("khanh", sentence)
    assert await desk.rows(select(order_drafts.c.data)) == before


async def test_a_day_that_is_over_is_refused_in_words_too(desk: Desk) -> None:
    await desk.says("khanh", LINE)
    await desk.says("khanh", "hạn 10/6/2024")
    desk.hears("khanh", "handlers.date_past", day="10/6/2024")
    await desk.says("khanh", "05/7")
    assert "05/7/2024" in desk.hears("khanh", "handlers.assign.draft_units")


async def test_an_older_button_does_not_give_an_older_draft(desk: Desk) -> None:
    """After a change the first "Giao việc" shows what stands now; the task is given once, as it was changed."""
    await desk.says("khanh", LINE)
    old = desk.button("khanh", "handlers.assign.give")
    await desk.says("khanh", "hạn 05/7")
    desk.forget_news()
    await desk.presses_data("khanh", old)
    desk.hears("khanh", "handlers.assign.changed_since", "handlers.assign.draft_units")
    assert await given(desk) == []
    await desk.presses("khanh", "handlers.assign.give")
    await desk.presses_data("khanh", old)
    await desk.says("khanh", "duyệt")
    assert [day for _, day, _ in await given(desk)] == [date(2024, 7, 5)]


# --- what the line says besides -----------------------------------------------------------------------------------------


async def test_urgency_period_basis_and_product_go_out_with_the_notice(desk: Desk) -> None:
    await desk.says(
        "khanh",
        "/giaoviec HỎA TỐC: TH Hoa Sen báo cáo tai nạn thương tích quý I trước 16h hôm nay, kể cả báo cáo không "
        "(theo chỉ đạo đ/c PCT tại giao ban sáng nay)",
    )
    draft = desk.heard("khanh")
    assert says(draft, "handlers.assign.draft_hours", hours="13 giờ, 15 giờ, 16 giờ")
    assert says(draft, "handlers.assign.draft_period", first="15/12/2023", last="14/3/2024")
    await desk.presses("khanh", "handlers.assign.give")
    notice = desk.hears(
        "huong",
        "scheduler.notice.flash",
        "scheduler.notice.nil",
        "scheduler.notice.head_direct",
    )
    assert says(notice, "scheduler.notice.period", first="15/12/2023", last="14/3/2024")
    assert says(notice, "scheduler.notice.basis", basis="chỉ đạo miệng của PCT, giao ban 19/6/2024")
    assert says(notice, "scheduler.notice.deliverable", deliverable="Báo cáo (cho phép báo cáo không)")
    row = select(tasks.c.urgency, tasks.c.deliverable, tasks.c.data_from, tasks.c.nil_report)
    assert await desk.rows(row) == [("flash", "Báo cáo (cho phép báo cáo không)", date(2023, 12, 15), True)]


async def test_what_comes_again_begins_with_its_first_day(desk: Desk) -> None:
    await desk.says("khanh", "/giaoviec các trường mầm non báo cáo bán trú hằng tháng trước ngày 20")
    draft = desk.hears("khanh", "handlers.assign.draft_recurring", periods="hằng tháng")
    assert "trước ngày 20/6/2024" in draft
    await desk.presses("khanh", "handlers.assign.give")
    assert await desk.rows(select(tasks.c.deadline, tasks.c.recurrence_rule)) == [
        (date(2024, 6, 20), "FREQ=MONTHLY;BYMONTHDAY=20")
    ]


async def test_two_orders_in_one_line_are_given_one_after_the_other(desk: Desk) -> None:
    await desk.says("khanh", "/giaoviec TH Hoa Sen rà soát tủ thuốc trước 25/6; THCS Bình Minh nộp dự toán trước 28/6")
    desk.hears("khanh", "handlers.assign.draft_units", number="01", units="Trường Tiểu học Hoa Sen")
    await desk.presses("khanh", "handlers.assign.give")
    desk.hears("khanh", "handlers.assign.given", "handlers.assign.draft_units")
    await desk.presses("khanh", "handlers.assign.give")
    assert [(content, day) for content, day, _ in await given(desk)] == [
        ("rà soát tủ thuốc", date(2024, 6, 25)),
        ("dự toán", date(2024, 6, 28)),
    ]


async def test_an_organ_of_the_party_is_declined(desk: Desk) -> None:
    await desk.says("khanh", "/giaoviec Ban Tuyên giáo Huyện ủy báo cáo công tác tuyên truyền trước 28/6")
    desk.hears_only("khanh", "handlers.assign.party", what="Ban Tuyên giáo Huyện ủy")
    await desk.says("khanh", "/giaoviec TH Hoa Sen, chi bộ TH Hoa Sen nộp kế hoạch trước 28/6")
    draft = desk.hears("khanh", "handlers.assign.draft_units", number="01", units="Trường Tiểu học Hoa Sen")
    assert says(draft, "handlers.assign.party", what="chi bộ TH Hoa Sen")


async def test_an_office_of_the_party_may_address_them(desk: Desk) -> None:
    async with desk.database.write() as tx:
        await offices.name_office(tx, desk.office.id, organ="Huyện ủy Thanh Lâm")
    await desk.says("khanh", "/giaoviec Chi bộ TH Hoa Sen báo cáo trước 28/6")
    assert not says(desk.heard("khanh"), "handlers.assign.party")


async def test_an_invitation_is_answered(desk: Desk) -> None:
    await desk.says("khanh", "/giaoviec mời TH Hoa Sen, THCS Bình Minh họp giao ban 8h00 ngày 28/6/2024")
    desk.hears("khanh", "handlers.assign.meeting_how")
    await desk.presses("khanh", "handlers.assign.announce")
    invited = desk.hears("huong", "handlers.assign.announcement_at", units="Trường Tiểu học Hoa Sen")
    assert "08 giờ, thứ Sáu, 28/6/2024" in invited
    desk.forget_news()
    await desk.presses("huong", "handlers.assign.attend")
    desk.hears_only("huong", "handlers.assign.attends_noted")
    desk.hears("khanh", "handlers.assign.attends", units="Trường Tiểu học Hoa Sen")
    await desk.presses("binh", "handlers.assign.absent")
    desk.hears("khanh", "handlers.assign.is_absent", units="Trường THCS Bình Minh")
    assert await given(desk) == []


async def test_an_invitation_without_its_hour_is_asked_for_it(desk: Desk) -> None:
    await desk.says("khanh", "/giaoviec mời TH Hoa Sen họp giao ban")
    desk.hears_only("khanh", "handlers.assign.ask_event")
    await desk.says("khanh", "2h chiều thứ 6")
    desk.hears("khanh", "handlers.assign.meeting_at", at="14 giờ, thứ Sáu, 21/6/2024")


async def test_an_invitation_can_be_followed_up_as_a_task(desk: Desk) -> None:
    """Its hour is no deadline: that is asked."""
    await desk.says("khanh", "/giaoviec mời TH Hoa Sen họp giao ban 8h00 ngày 28/6/2024")
    await desk.presses("khanh", "handlers.assign.as_task")
    desk.hears("khanh", "handlers.assign.ask_deadline")


# --- files ---------------------------------------------------------------------------------------------------------------


def _files(desk: Desk, who: str) -> list[str]:
    mine = [sent.message for sent in desk.channel.sent if sent.chat_id == desk.office.chats[who]]
    return [file.name for message in mine for file in message.attachments]


async def test_a_file_with_the_command_goes_out_with_the_notice(desk: Desk) -> None:
    await desk.sends("khanh", "mau-bao-cao.pdf", caption=LINE)
    desk.hears("khanh", "handlers.assign.draft_files", files="mau-bao-cao.pdf")
    await desk.presses("khanh", "handlers.assign.give")
    assert _files(desk, "huong") == ["mau-bao-cao.pdf"]


async def test_the_command_answers_a_message_with_a_file(desk: Desk) -> None:
    await desk.sends("khanh", "mau.pdf")
    await desk.says("khanh", LINE, reply_to="u1")
    desk.hears("khanh", "handlers.assign.draft_files", files="mau.pdf")
    await desk.presses("khanh", "handlers.assign.give")
    assert _files(desk, "huong") == ["mau.pdf"]


async def test_an_album_with_the_command_goes_out_whole(desk: Desk) -> None:
    await desk.sends_album("khanh", {"a.pdf": PDF, "b.pdf": PDF + b"2"}, caption=LINE)
    desk.hears("khanh", "handlers.assign.attached", files="b.pdf")
    await desk.says("khanh", "duyệt")
    assert _files(desk, "huong") == ["a.pdf", "b.pdf"]


async def test_a_file_is_added_to_the_draft(desk: Desk) -> None:
    await desk.says("khanh", LINE)
    await desk.presses("khanh", "handlers.assign.attach")
    desk.hears("khanh", "handlers.assign.ask_files")
    await desk.sends("khanh", "mau.pdf")
    desk.hears("khanh", "handlers.assign.draft_files", files="mau.pdf")


async def test_another_file_in_between_is_a_document(desk: Desk) -> None:
    await desk.says("khanh", LINE)
    await desk.sends("khanh", "mau.pdf")
    assert not says(desk.heard("khanh"), "handlers.assign.draft_files")


async def test_who_may_not_assign_gets_nothing(desk: Desk) -> None:
    async with desk.database.write() as tx:
        await people.add_role(tx, desk.office.people["loan"], desk.office.id, Role.LEADER)
    await desk.says("huong", LINE)
    desk.hears_only("huong", "handlers.no_right")
    assert await desk.rows(select(order_drafts.c.id)) == []
