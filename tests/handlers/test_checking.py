"""Staff check what came in: confirm, ask for a supplement, have it redone; and what the result says."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from dondoc.storage.tables import assignments, events, submissions
from tests.support.office import Desk
from tests.support.offices import ZONE
from tests.support.sayings import says

BEFORE: dict[str, Any] = {
    "deadline": date(2024, 6, 28),
    "rule": "before",
}  # a Friday; the last safe day is Thursday 27/6
ON_SUNDAY: dict[str, Any] = {"deadline": date(2024, 6, 30), "rule": "on"}


async def handed_in(desk: Desk, day: int, month: int = 6, **deadline: Any) -> int:
    """TH-HS handed in on a day; staff have /duyet on the screen."""
    [item_id] = await desk.give("TH-HS", **deadline)
    await desk.at(day, month, 10)
    await desk.sends("huong", "bc.pdf", caption="em nộp ạ")
    await desk.says("khanh", "/duyet")
    return item_id


@pytest.mark.parametrize(
    ("day", "month", "deadline", "result", "late"),
    [
        (26, 6, BEFORE, "early", 0),
        (27, 6, BEFORE, "on_time", 0),
        (28, 6, BEFORE, "on_time", 0),  # on X itself, of "trước ngày X"
        (29, 6, BEFORE, "late", 1),
        (3, 7, BEFORE, "late", 5),
        (30, 6, ON_SUNDAY, "on_time", 0),
        (1, 7, ON_SUNDAY, "on_time", 0),  # a day off: until the next working day
        (2, 7, ON_SUNDAY, "late", 2),
        (2, 7, {}, "no_deadline", 0),
    ],
)
async def test_the_result_is_judged_by_the_day_it_came(
    desk: Desk, day: int, month: int, deadline: dict[str, Any], result: str, late: int
) -> None:
    """However long the office takes to confirm."""
    item_id = await handed_in(desk, day, month, **deadline)
    await desk.at(15, 7)
    desk.forget_news()
    await desk.presses("khanh", "handlers.check.confirm")
    item = await desk.item(item_id)
    assert (item.state.value, item.result, item.late_days) == ("done", result, late)
    desk.hears("khanh", "handlers.check.confirmed", code="NV-001", unit="Trường Tiểu học Hoa Sen")
    heard = desk.hears("huong", f"lines.result.{result}", days=f"{late:02d}")
    assert says(heard, "handlers.check.thanks") == (result != "late")
    assert await desk.rows(select(submissions.c.verdict)) == [("accepted",)]


async def test_what_waits_is_shown_with_its_files(desk: Desk) -> None:
    """Oldest first, five at a time; nothing waits, and that is said."""
    await desk.says("khanh", "/duyet")
    desk.hears_only("khanh", "handlers.check.none")
    for number in range(6):
        await desk.give("TH-HS", deadline=date(2024, 6, 28), task={"content": f"Việc {number}"})
        await desk.sends("huong", f"bc-{number}.pdf", caption=f"NV-{number + 1:03d} em nộp ạ")
    desk.forget_news()
    await desk.says("khanh", "/duyet")
    head, *shown, more = desk.news("khanh")
    assert says(head.text, "handlers.check.head", number="06")
    assert [file.name for sent in shown for file in sent.message.attachments] == [f"bc-{n}.pdf" for n in range(5)]
    assert says(more.text, "handlers.check.more", number="01")
    await desk.presses("khanh", "handlers.check.confirm")
    await desk.presses("khanh", "handlers.check.refresh")
    assert "NV-006" in desk.heard("khanh")


async def test_a_supplement_keeps_the_first_day_if_it_comes_in_time(desk: Desk) -> None:
    """Handed in early, supplemented in time after the deadline: early."""
    item_id = await handed_in(desk, 26, **BEFORE)
    await desk.at(28, 6, 15)
    await desk.presses("khanh", "handlers.check.supplement")
    desk.forget_news()
    await desk.says("khanh", "thiếu phụ lục 2, gửi lại chậm nhất 02/7")
    desk.hears("khanh", "handlers.check.supplement_done", reason="thiếu phụ lục 2")
    heard = desk.hears("huong", "handlers.check.unit_supplement", reason="thiếu phụ lục 2")
    assert "02/7/2024" in heard
    assert "26/6/2024" in heard
    item = await desk.item(item_id)
    assert (item.state.value, item.demand, item.demand_due) == ("returned", "supplement", date(2024, 7, 2))
    await desk.at(2, 7, 10)
    await desk.sends("huong", "bc-2.pdf", caption="em bổ sung ạ")
    await desk.says("son", "/duyet")
    await desk.presses("son", "handlers.check.confirm")
    item = await desk.item(item_id)
    assert (item.result, item.late_days, item.demand) == ("early", 0, None)
    verdicts = select(submissions.c.verdict).order_by(submissions.c.id)
    assert await desk.rows(verdicts) == [("supplement",), ("accepted",)]


async def test_a_supplement_after_its_day_is_judged_by_its_own(desk: Desk) -> None:
    item_id = await handed_in(desk, 26, **BEFORE)
    await desk.presses("khanh", "handlers.check.supplement")
    await desk.says("khanh", "thiếu phụ lục, gửi lại chậm nhất 28/6")
    await desk.at(3, 7, 10)
    await desk.sends("huong", "bc-2.pdf", caption="em bổ sung ạ")
    await desk.says("khanh", "/duyet")
    await desk.presses("khanh", "handlers.check.confirm")
    item = await desk.item(item_id)
    assert (item.result, item.late_days) == ("late", 5)


async def test_what_is_redone_is_judged_anew(desk: Desk) -> None:
    item_id = await handed_in(desk, 26, **BEFORE)
    await desk.presses("khanh", "handlers.check.redo")
    await desk.says("khanh", "sai biểu mẫu, làm lại chậm nhất 01/7")
    desk.hears("huong", "handlers.check.unit_redo")
    assert (await desk.item(item_id)).first_submitted_at is None
    await desk.at(1, 7, 10)
    await desk.sends("huong", "bc-2.pdf", caption="em nộp lại rồi ạ")
    await desk.says("khanh", "/duyet")
    await desk.presses("khanh", "handlers.check.confirm")
    assert (await desk.item(item_id)).result == "late"


async def test_a_returned_result_is_reminded_of_by_its_own_day(desk: Desk) -> None:
    item_id = await handed_in(desk, 24, **BEFORE)
    await desk.presses("khanh", "handlers.check.supplement")
    await desk.says("khanh", "thiếu phụ lục, gửi lại chậm nhất 28/6")
    desk.forget_news()
    await desk.at(28, 6, 8, 1)
    assert says(desk.heard("huong"), "scheduler.reminder.supplement")
    assert (await desk.item(item_id)).state == "returned"


@pytest.mark.parametrize("step", ["supplement", "redo"])
async def test_a_reason_without_a_day_and_a_day_that_is_over(desk: Desk, step: str) -> None:
    """A day in the past is asked again; without one a supplement is wanted within two working days."""
    item_id = await handed_in(desk, 24, **BEFORE)
    await desk.presses("khanh", f"handlers.check.{step}")
    desk.hears("khanh", f"handlers.check.ask_{step}", code="NV-001")
    await desk.says("khanh", "thiếu phụ lục, gửi lại chậm nhất 20/6/2024")
    desk.hears_only("khanh", "handlers.date_past")
    assert (await desk.item(item_id)).state == "awaiting_confirmation"
    await desk.says("khanh", "thiếu phụ lục")
    item = await desk.item(item_id)
    expected = date(2024, 6, 26) if step == "supplement" else None
    assert (item.state.value, item.demand_due) == ("returned", expected)


async def test_two_clerks_decide_once(desk: Desk) -> None:
    """The chief confirms what staff were about to return: the second one is told so."""
    item_id = await handed_in(desk, 26, **BEFORE)
    await desk.says("son", "/duyet")
    await desk.presses("khanh", "handlers.check.supplement")
    await desk.presses("son", "handlers.check.confirm")
    desk.forget_news()
    await desk.says("khanh", "thiếu phụ lục")
    desk.hears_only("khanh", "handlers.button_old")
    await desk.presses("khanh", "handlers.check.confirm")
    desk.hears_only("khanh", "handlers.check.not_waiting")
    assert (await desk.item(item_id)).state == "done"
    confirmed = await desk.rows(select(events.c.id).where(events.c.kind == "assignment.confirm"))
    assert len(confirmed) == 1


# --- on paper --------------------------------------------------------------------------------------------------------


async def test_what_came_on_paper_is_entered_in_one_line(desk: Desk) -> None:
    """Judged by the day on which it came, not by the day on which it was entered."""
    item_id, _ = await desk.give("TH-HS", "THCS-BM", deadline=date(2024, 6, 21), rule="on")
    await desk.at(26, 6)
    desk.forget_news()
    await desk.says("khanh", "TH Hoa Sen nộp NV-001 số 45/BC-THHS ngày 21/6")
    desk.hears("khanh", "handlers.paper.entered", code="NV-001", unit="Trường Tiểu học Hoa Sen", date="21/6/2024")
    item = await desk.item(item_id)
    assert (item.state.value, item.evidence) == ("awaiting_confirmation", "45/BC-THHS")
    assert item.submitted_at == datetime(2024, 6, 21, 17, tzinfo=ZONE)
    await desk.presses("khanh", "handlers.check.confirm")
    item = await desk.item(item_id)
    assert (item.state.value, item.result) == ("done", "on_time")
    assert await desk.rows(select(submissions.c.way)) == [("paper",)]
    desk.hears("huong", "handlers.check.unit_confirmed")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("UBND xã An Phú nộp NV-001 số 45 ngày 21/6", "handlers.paper.not_assigned"),
        ("TH Hoa Sen nộp NV-099 số 45 ngày 21/6", "handlers.paper.not_assigned"),
        ("TH Hoa Sen nộp NV-001 số 45 ngày 30/6/2025", "handlers.date_past_future"),
        ("TH Không Có nộp NV-001 số 45 ngày 21/6", "handlers.not_understood_office"),
    ],
)
async def test_a_line_about_paper_that_cannot_be(desk: Desk, line: str, sentence: str) -> None:
    await desk.give("TH-HS", deadline=date(2024, 6, 28))
    await desk.says("khanh", line)
    desk.hears_only("khanh", sentence)
    assert await desk.rows(select(submissions.c.id)) == []
    assert {row.state for row in await desk.rows(select(assignments.c.state))} == {"new"}
