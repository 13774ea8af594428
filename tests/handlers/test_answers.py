"""What a unit's words do to its task."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from dondoc.storage.tables import events, submissions
from tests.support.office import Desk

DEADLINE = date(2024, 6, 28)


@pytest.mark.parametrize(
    ("text", "state", "percent", "promised"),
    [
        ("dạ em đang làm được 70% ạ", "in_progress", 70, None),
        ("đang làm, thứ 6 em nộp", "in_progress", None, date(2024, 6, 21)),
        ("xong 2/3 rồi", "in_progress", 67, None),
        ("Em báo cáo anh là bên em chưa xong", "in_progress", None, None),
        ("trưa em gửi", "in_progress", None, date(2024, 6, 19)),
        ("ok", "received", None, None),
        ("vâng ạ", "received", None, None),
        ("👍", "received", None, None),
        ("em nop roi a", "awaiting_confirmation", None, None),
        ("Trường đã gửi báo cáo số 45/BC-THHS ngày 18/6", "awaiting_confirmation", None, None),
    ],
)
async def test_words_and_what_becomes_of_the_task(
    desk: Desk, text: str, state: str, percent: int | None, promised: date | None
) -> None:
    """Nothing but a clear "done" waits for the office, and nothing a unit says is hoàn thành."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.says("huong", text)
    item = await desk.item(item_id)
    assert (item.state.value, item.percent, item.promised_on) == (state, percent, promised)
    assert item.received_at is not None
    assert len(desk.news("huong")) == 1
    handed_in = await desk.rows(select(submissions.c.document))
    assert len(handed_in) == (state == "awaiting_confirmation")
    assert bool(desk.news("khanh")) == (state == "awaiting_confirmation")


async def test_a_document_number_is_the_evidence(desk: Desk) -> None:
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.says("huong", "em gửi báo cáo số 45/BC-THHS ngày 18/6 rồi ạ")
    desk.hears("huong", "scheduler.receipt.document", unit="Trường Tiểu học Hoa Sen", code="NV-001")
    item = await desk.item(item_id)
    assert "45/BC-THHS" in (item.evidence or "")
    assert item.submitted_at == desk.clock.now()


async def test_saying_it_again_is_no_second_version(desk: Desk) -> None:
    """And does not make an early submission a late one."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.says("huong", "em nộp rồi ạ")
    first = (await desk.item(item_id)).submitted_at
    await desk.at(1, 7)
    await desk.says("huong", "em nộp rồi mà sao vẫn nhắc ạ")
    assert (await desk.item(item_id)).submitted_at == first
    assert len(await desk.rows(select(submissions.c.id))) == 1


async def test_a_promise_after_the_deadline_moves_nothing(desk: Desk) -> None:
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.says("huong", "đang làm, 02/7 em nộp ạ")
    desk.hears("huong", "handlers.report.promise_late")
    item = await desk.item(item_id)
    assert (item.promised_on, item.deadline_day) == (date(2024, 7, 2), DEADLINE)


async def test_taking_it_back(desk: Desk) -> None:
    """ "Xong" and then "à chưa": the office no longer waits, and the ladder goes on."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.says("huong", "em nộp rồi ạ")
    await desk.says("huong", "à nhầm, NV-001 em vẫn đang làm, mới 80%")
    item = await desk.item(item_id)
    assert (item.state.value, item.percent, item.submitted_at) == ("in_progress", 80, None)
    assert await desk.rows(select(submissions.c.verdict)) == [("retracted",)]


async def test_an_obstacle_goes_to_the_office(desk: Desk) -> None:
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    words = "trường vướng mắc kinh phí, chưa có dự toán ạ"
    await desk.says("huong", words)
    desk.hears_only("huong", "handlers.report.obstacle", code="NV-001")
    for who in ("khanh", "son"):
        desk.hears(who, "handlers.office.obstacle", unit="Trường Tiểu học Hoa Sen", code="NV-001", text=words)
    desk.hears_nothing("loan")
    item = await desk.item(item_id)
    assert (item.state.value, item.obstacle, item.deadline_day) == ("in_progress", words, DEADLINE)
    trail = await desk.rows(select(events.c.detail))
    assert not any("kinh phí" in str(detail) for detail in trail)


async def test_a_question_is_answered_and_passed_on(desk: Desk) -> None:
    await desk.give("TH-HS", deadline=DEADLINE)
    await desk.says("huong", "cho em hỏi nộp về đâu ạ?")
    assert "UBND huyện" in desk.hears("huong", "handlers.report.question_passed_on")
    desk.hears("khanh", "handlers.office.question", text="cho em hỏi nộp về đâu ạ?")


async def test_not_ours_is_asked_once_and_then_waits_for_the_office(desk: Desk) -> None:
    """đề nghị giao lại: unchased, still counted, until staff decide."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.says("huong", "việc này không phải của trường em ạ")
    desk.hears("huong", "handlers.report.not_ours_sure", code="NV-001")
    assert (await desk.item(item_id)).state == "new"
    await desk.presses("huong", "handlers.report.not_ours_yes")
    desk.hears("huong", "handlers.report.not_ours_done", code="NV-001")
    assert (await desk.item(item_id)).state == "declined"
    await desk.at(27, 6, 8, 1)
    desk.hears_nothing("huong")
    desk.hears("khanh", "handlers.office.not_ours", code="NV-001")
    await desk.presses("khanh", "handlers.check.keep")
    desk.hears("huong", "handlers.check.unit_kept")
    assert (await desk.item(item_id)).state.value in ("new", "received", "in_progress")


async def test_staff_take_a_task_back(desk: Desk) -> None:
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.says("huong", "việc này không phải của trường em ạ")
    await desk.presses("huong", "handlers.report.not_ours_yes")
    await desk.says("khanh", "/duyet")
    await desk.presses("khanh", "handlers.check.withdraw")
    desk.hears("huong", "handlers.check.unit_withdrawn")
    assert (await desk.item(item_id)).state == "withdrawn"
    await desk.presses("khanh", "handlers.check.keep")
    assert (await desk.item(item_id)).state == "withdrawn"


async def test_what_is_unclear_is_asked_and_then_read_by_a_person(desk: Desk) -> None:
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.says("huong", "trời mưa to quá")
    desk.hears("huong", "handlers.report.unclear")
    desk.hears_nothing("khanh")
    await desk.says("huong", "trời vẫn mưa")
    desk.hears("huong", "handlers.report.passed_on")
    desk.hears("khanh", "handlers.office.message", text="trời vẫn mưa")
    assert (await desk.item(item_id)).state == "new"


async def test_an_endless_message_is_not_lost(desk: Desk) -> None:
    await desk.give("TH-HS", deadline=DEADLINE)
    text = "Trường xin trình bày. " + "chi tiết rất dài " * 230
    await desk.says("huong", text[:4096])
    assert len(desk.news("huong")) == 1
    assert "chi tiết rất dài" in desk.heard("khanh")


async def test_a_settled_task_is_not_reopened(desk: Desk) -> None:
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE, state="done", result="on_time", late_days=0)
    for text in ("NV-001 em nộp lại ạ", "NV-001 đang làm 50%", "NV-001 xin gia hạn đến 05/7 vì bận"):
        await desk.says("huong", text)
        desk.hears_only("huong", "handlers.report.settled", code="NV-001")
    await desk.sends("huong", "moi.pdf", caption="NV-001")
    desk.hears_only("huong", "handlers.report.settled", code="NV-001")
    assert (await desk.item(item_id)).state == "done"


async def test_nothing_open_and_words_all_the_same(desk: Desk) -> None:
    await desk.says("huong", "dạ vâng ạ")
    desk.hears_only("huong", "handlers.report.nothing_open")
    desk.hears_nothing("khanh")
    await desk.says("huong", "trường em nộp báo cáo tuyển sinh rồi ạ")
    desk.hears_only("huong", "handlers.report.no_open_task")
    desk.hears("khanh", "handlers.office.message", text="trường em nộp báo cáo tuyển sinh rồi ạ")


# --- the five buttons of a reminder ------------------------------------------------------------------------------------


async def reminded(desk: Desk) -> int:
    """It is the morning of the third working day before the last; the reminder has come."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.at(25, 6, 8, 1)
    assert [sent.choices for sent in desk.news("huong")][-1]
    desk.forget_news()
    return item_id


async def test_sent_and_then_the_number(desk: Desk) -> None:
    item_id = await reminded(desk)
    await desk.presses("huong", "scheduler.answer.sent")
    desk.hears_only("huong", "handlers.report.ask.sent", code="NV-001")
    assert (await desk.item(item_id)).state == "received"
    await desk.says("huong", "số 12/BC-THHS ngày 24/6")
    desk.hears("huong", "scheduler.receipt.document")
    assert (await desk.item(item_id)).state == "awaiting_confirmation"


@pytest.mark.parametrize("text", ["chưa ạ, mai em gửi", "vâng ạ", "ok", "dạ để em xem lại"])
async def test_sent_and_then_words_that_are_no_evidence(desk: Desk, text: str) -> None:
    """A button and a "vâng" finish nothing."""
    item_id = await reminded(desk)
    await desk.presses("huong", "scheduler.answer.sent")
    await desk.says("huong", text)
    assert (await desk.item(item_id)).state.value in ("received", "in_progress")
    assert await desk.rows(select(submissions.c.id)) == []


async def test_sent_and_then_words_that_may_be_evidence(desk: Desk) -> None:
    """They are asked about, and kept when they are confirmed."""
    item_id = await reminded(desk)
    await desk.presses("huong", "scheduler.answer.sent")
    await desk.says("huong", "qua eOffice")
    desk.hears("huong", "handlers.report.is_it_sent")
    assert (await desk.item(item_id)).state == "received"
    await desk.presses("huong", "handlers.yes")
    item = await desk.item(item_id)
    assert (item.state.value, item.evidence) == ("awaiting_confirmation", "qua eOffice")


async def test_working_and_then_how_far(desk: Desk) -> None:
    item_id = await reminded(desk)
    await desk.presses("huong", "scheduler.answer.working")
    desk.hears_only("huong", "handlers.report.ask.working", code="NV-001")
    await desk.says("huong", "60%, thứ 5 nộp")
    item = await desk.item(item_id)
    assert (item.state.value, item.percent, item.promised_on) == ("in_progress", 60, date(2024, 6, 27))


async def test_obstacle_and_then_what(desk: Desk) -> None:
    item_id = await reminded(desk)
    await desk.presses("huong", "scheduler.answer.obstacle")
    desk.hears_only("huong", "handlers.report.ask.obstacle", code="NV-001")
    await desk.says("huong", "máy chủ của Sở bị lỗi")
    assert (await desk.item(item_id)).obstacle == "máy chủ của Sở bị lỗi"


async def test_extension_and_then_the_day(desk: Desk) -> None:
    item_id = await reminded(desk)
    await desk.presses("huong", "scheduler.answer.extension")
    desk.hears_only("huong", "handlers.report.ask.extension", code="NV-001")
    await desk.says("huong", "đến 05/7, chờ số liệu của Sở")
    desk.hears("huong", "handlers.extension.noted", code="NV-001")
    desk.hears("loan", "handlers.extension.to_decide", unit="Trường Tiểu học Hoa Sen")
    assert (await desk.item(item_id)).deadline_day == DEADLINE


async def test_not_ours_by_button(desk: Desk) -> None:
    item_id = await reminded(desk)
    await desk.presses("huong", "scheduler.answer.not_ours")
    await desk.presses("huong", "handlers.no")
    desk.hears("huong", "handlers.report.choose")
    assert (await desk.item(item_id)).state == "new"


async def test_a_button_is_forgotten_when_something_else_is_said(desk: Desk) -> None:
    """After "Có vướng mắc" another task is named, or a command given."""
    await reminded(desk)
    [other] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.presses("huong", "scheduler.answer.obstacle")
    await desk.says("huong", "NV-002 em làm được 30% ạ")
    item = await desk.item(other)
    assert (item.percent, item.obstacle) == (30, None)
    await desk.presses("huong", "scheduler.answer.obstacle")
    await desk.says("huong", "/nhiemvu")
    desk.hears("huong", "handlers.tasks.head")
    await desk.says("huong", "NV-001 đang làm 40%")
    assert "40%" in desk.heard("huong")
