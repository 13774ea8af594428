"""A unit says that a task is not its own: nobody chases it until staff decide, and staff are asked to."""

from __future__ import annotations

from datetime import date

import pytest

from dondoc.rules.progress import count
from dondoc.rules.roles import Scope
from dondoc.storage import progress
from dondoc.storage.offices import work_calendar
from tests.support.handed_in import versions
from tests.support.office import Desk
from tests.support.offices import ZONE
from tests.support.sayings import says

DEADLINE = date(2024, 6, 28)
KEEP, WITHDRAW = "handlers.check.keep", "handlers.check.withdraw"


async def declined(desk: Desk) -> int:
    """NV-001, which TH-HS has said to be somebody else's."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.at(24, 6)
    desk.forget_news()
    await desk.says("huong", "việc này không thuộc nhiệm vụ của trường em ạ")
    desk.hears_only("huong", "handlers.report.not_ours_sure", code="NV-001")
    await desk.presses("huong", "handlers.report.not_ours_yes")
    desk.hears_only("huong", "handlers.report.not_ours_done", code="NV-001")
    assert (await desk.item(item_id)).state == "declined"
    return item_id


async def test_staff_hear_of_it_and_can_decide_at_once(desk: Desk) -> None:
    item_id = await declined(desk)
    for who in ("khanh", "son"):
        sent = desk.hears_only(who, "handlers.office.not_ours", code="NV-001", unit="Trường Tiểu học Hoa Sen")
        assert len(sent.choices) == 2
    await desk.presses("son", KEEP)
    assert (await desk.item(item_id)).state == "in_progress"


async def test_the_task_is_kept(desk: Desk) -> None:
    """Nobody was reminded meanwhile; from now on the unit is again, and it is told so."""
    item_id = await declined(desk)
    await desk.at(26, 6)
    desk.forget_news()
    before = await desk.item(item_id)
    await desk.at(27, 6, 8, 5)
    desk.hears_nothing("huong")
    await desk.says("khanh", "/duyet")
    shown = desk.last("khanh")
    assert says(shown.text, "handlers.check.declined", unit="Trường Tiểu học Hoa Sen")
    desk.forget_news()
    await desk.presses("khanh", KEEP)
    desk.hears_only("khanh", "handlers.check.kept", code="NV-001")
    desk.hears_only("huong", "handlers.check.unit_kept")
    kept = await desk.item(item_id)
    assert (kept.state, kept.deadline_day) == ("in_progress", DEADLINE)
    assert kept.version == before.version + 1
    await desk.at(28, 6, 9)
    assert "NV-001" in desk.heard("huong")
    await desk.at(1, 7, 9)
    assert "NV-001" in desk.heard("huong")


async def test_the_task_is_withdrawn(desk: Desk) -> None:
    """The unit is told, is never reminded of it, and it is in no figure."""
    item_id = await declined(desk)
    [other] = await desk.give("THCS-BM", deadline=DEADLINE)
    await desk.says("khanh", "/duyet")
    desk.forget_news()
    await desk.presses("khanh", WITHDRAW)
    desk.hears_only("khanh", "handlers.check.withdrawn", code="NV-001")
    desk.hears_only("huong", "handlers.check.unit_withdrawn")
    assert (await desk.item(item_id)).state == "withdrawn"
    await desk.at(5, 7)
    desk.hears_nothing("huong")
    async with desk.database.read() as tx:
        rows = await progress.rows(tx, Scope.office(), ZONE)
        counts = count(rows, date(2024, 7, 5), await work_calendar(tx, desk.office.id))
    assert (counts.tasks, counts.overdue, counts.open) == (1, 1, 1)
    await desk.says("khanh", "/duyet")
    desk.hears("khanh", "handlers.check.none")
    assert (await desk.item(other)).state == "new"


@pytest.mark.parametrize(("first", "then", "state"), [(KEEP, WITHDRAW, "in_progress"), (WITHDRAW, KEEP, "withdrawn")])
async def test_it_is_decided_once(desk: Desk, first: str, then: str, state: str) -> None:
    """Two members of staff look at the same request."""
    item_id = await declined(desk)
    await desk.presses("khanh", first)
    desk.forget_news()
    await desk.presses("son", then)
    await desk.presses("khanh", first)
    for who in ("son", "khanh"):
        desk.hears_only(who, "handlers.button_old")
    desk.hears_nothing("huong")
    assert (await desk.item(item_id)).state == state


async def test_what_waits_is_shown_beside_it(desk: Desk) -> None:
    """A request to be reassigned does not hide the results that wait."""
    await declined(desk)
    await desk.give("THCS-BM", deadline=DEADLINE)
    await desk.sends("binh", "bao-cao.pdf")
    desk.forget_news()
    await desk.says("khanh", "/duyet")
    desk.hears("khanh", "handlers.check.declined", "handlers.check.head", "handlers.check.item")


async def test_a_part_does_not_move_it(desk: Desk) -> None:
    """ "mới làm được 50%" with a draft: the request still waits for staff."""
    item_id = await declined(desk)
    await desk.sends("huong", "ban-nhap.pdf", caption="em mới làm được 50% ạ, bản chính thức gửi sau")
    desk.hears_only("huong", "handlers.report.not_now", code="NV-001")
    assert (await desk.item(item_id)).state == "declined"
    assert await versions(desk, item_id) == []


async def test_the_whole_report_ends_the_request(desk: Desk) -> None:
    """Who hands the result in has taken the task on."""
    item_id = await declined(desk)
    await desk.sends("huong", "bao-cao.pdf", caption="em nộp báo cáo ạ")
    assert (await desk.item(item_id)).state == "awaiting_confirmation"
    await desk.presses("khanh", KEEP)
    assert (await desk.item(item_id)).state == "awaiting_confirmation"
