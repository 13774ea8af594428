"""/hoantac: the last decision of one's own is taken back, as if it had not been, and everybody concerned hears of it."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from dondoc.rules.states import State
from dondoc.storage.tables import events, extensions, submissions
from tests.support.office import PDF, Desk
from tests.support.offices import START

DEADLINE = date(2024, 6, 28)


async def handed_in(desk: Desk) -> int:
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.says("huong", "NV-001 xin gia hạn đến 05/7 vì chờ số liệu của Sở")
    await desk.sends("huong", "bc.pdf", PDF, caption="NV-001 em nộp ạ")
    await desk.says("khanh", "/duyet")
    desk.forget_news()
    return item_id


async def test_a_confirmation_is_taken_back(desk: Desk) -> None:
    """State, result, verdict and the request that was closed with it are as they were; the unit is told."""
    item_id = await handed_in(desk)
    before = await desk.item(item_id)
    await desk.presses("khanh", "handlers.check.confirm")
    assert (await desk.item(item_id)).state is State.DONE
    desk.forget_news()
    await desk.says("khanh", "/hoan tac")
    desk.hears("khanh", "handlers.undo.ask", code="NV-001")
    await desk.presses("khanh", "handlers.undo.yes")
    desk.hears("khanh", "handlers.undo.done", code="NV-001")
    desk.hears("huong", "handlers.undo.unit", unit="Trường Tiểu học Hoa Sen")
    after = await desk.item(item_id)
    for name in ("state", "result", "late_days", "submitted_at", "percent", "demand", "deadline_day"):
        assert getattr(after, name) == getattr(before, name), name
    assert [row.verdict for row in await desk.rows(select(submissions.c.verdict))] == [None]
    assert [row.status for row in await desk.rows(select(extensions.c.status))] == ["pending"]
    kinds = [row.kind for row in await desk.rows(select(events.c.kind).order_by(events.c.id))]
    assert kinds[-1] == "assignment.undone"
    assert "assignment.confirm" in kinds, "the trail is only added to"
    # And it is decided anew.
    await desk.says("khanh", "/duyet")
    await desk.presses("khanh", "handlers.check.confirm")
    assert (await desk.item(item_id)).state is State.DONE


async def test_a_return_is_taken_back(desk: Desk) -> None:
    """The unit owes nothing and is not reminded; a later demand has reminders of its own."""
    item_id = await handed_in(desk)
    await desk.presses("khanh", "handlers.check.supplement")
    await desk.says("khanh", "thiếu phụ lục 2, gửi lại chậm nhất 21/6")
    assert (await desk.item(item_id)).state is State.RETURNED
    await desk.says("khanh", "/hoantac")
    await desk.presses("khanh", "handlers.undo.yes")
    item = await desk.item(item_id)
    assert (item.state, item.demand, item.demand_due) == (State.AWAITING_CONFIRMATION, None, None)
    desk.forget_news()
    await desk.at(21, 6, 8, 1)
    assert "NV-001" not in desk.heard("huong")


async def test_only_the_own_last_decision_and_only_while_nothing_followed(desk: Desk) -> None:
    item_id = await handed_in(desk)
    await desk.says("khanh", "/hoantac")
    desk.hears_only("khanh", "handlers.undo.nothing")
    await desk.presses("khanh", "handlers.check.supplement")
    await desk.says("khanh", "thiếu phụ lục 2")
    desk.forget_news()
    await desk.says("son", "/hoantac")
    desk.hears_only("son", "handlers.undo.nothing")
    await desk.says("khanh", "/hoantac")
    await desk.sends("huong", "bc2.pdf", PDF, caption="NV-001 em bổ sung ạ")
    desk.forget_news()
    await desk.presses("khanh", "handlers.undo.yes")
    desk.hears_only("khanh", "handlers.undo.nothing")
    assert (await desk.item(item_id)).state is State.AWAITING_CONFIRMATION


async def test_after_a_day_it_stands(desk: Desk) -> None:
    item_id = await handed_in(desk)
    await desk.presses("khanh", "handlers.check.confirm")
    desk.clock.set(START + timedelta(hours=25))
    desk.forget_news()
    await desk.says("khanh", "/hoantac")
    desk.hears_only("khanh", "handlers.undo.nothing")
    assert (await desk.item(item_id)).state is State.DONE
