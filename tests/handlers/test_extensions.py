"""More time: asked for, changed, decided; never for what is done, for a day that is over, or unseen."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from dondoc.storage.tables import extensions
from tests.support.handed_in import confirms, demands
from tests.support.office import Desk

DEADLINE = date(2024, 6, 28)
GRANT, OTHER_DAY, REFUSE = (f"handlers.extension.{name}" for name in ("grant", "other_day", "refuse"))


async def asked(desk: Desk, until: str = "10/7", day: int = 25) -> int:
    """The unit asked, some days before its deadline."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.at(day, 6)
    desk.forget_news()
    await desk.says("huong", f"em xin gia hạn đến {until} vì thiếu số liệu")
    desk.hears_only("huong", "handlers.extension.noted", code="NV-001")
    desk.hears_only("loan", "handlers.extension.to_decide")
    return item_id


async def statuses(desk: Desk) -> list[tuple[str, date | None]]:
    return [(row.status, row.granted) for row in await desk.rows(select(extensions).order_by(extensions.c.id))]


async def test_a_finished_task_is_not_extended(desk: Desk) -> None:
    """The request ends with the confirmation, and its buttons with it."""
    item_id = await asked(desk)
    await desk.at(26, 6)
    await desk.sends("huong", "bao-cao.pdf")
    await confirms(desk)
    assert await statuses(desk) == [("closed", None)]
    done = await desk.item(item_id)
    desk.forget_news()
    for name in (GRANT, OTHER_DAY, REFUSE):
        await desk.presses("loan", name)
        desk.hears_only("loan", "handlers.extension.decided_before")
    await desk.says("loan", "/giahan")
    desk.hears_only("loan", "handlers.extension.none")
    desk.hears_nothing("huong")
    assert await desk.item(item_id) == done
    assert (done.state, done.granted_deadline, done.extensions) == ("done", None, 0)


async def test_a_withdrawn_task_is_not_extended(desk: Desk) -> None:
    """Asked for, then asked to be reassigned, then withdrawn."""
    item_id = await asked(desk)
    await desk.change(item_id, state="declined")
    await desk.says("khanh", "/duyet")
    await desk.presses("khanh", "handlers.check.withdraw")
    assert await statuses(desk) == [("closed", None)]
    desk.forget_news()
    await desk.presses("loan", GRANT)
    desk.hears_only("loan", "handlers.extension.decided_before")
    assert (await desk.item(item_id)).deadline_day == DEADLINE


@pytest.mark.parametrize("name", [GRANT, OTHER_DAY, REFUSE])
async def test_what_was_not_shown_is_not_decided(desk: Desk, name: str) -> None:
    """The unit changed its request after the leader's message: an old button shows the new one."""
    item_id = await asked(desk, "1/7")
    old = desk.button("loan", name)
    await desk.says("huong", "em xin gia hạn đến 30/8 vì thiếu số liệu")
    desk.forget_news()
    await desk.presses_data("loan", old)
    desk.hears("loan", "handlers.extension.changed", "handlers.extension.to_decide")
    assert "30/8" in desk.last("loan").text
    assert await statuses(desk) == [("pending", None)]
    assert (await desk.item(item_id)).deadline_day == DEADLINE
    desk.hears_nothing("huong")
    await desk.presses_data("loan", desk.last("loan").choices["Đồng ý"])
    assert (await desk.item(item_id)).deadline_day == date(2024, 8, 30)
    desk.hears("huong", "handlers.extension.granted", code="NV-001")


async def test_no_day_that_is_over(desk: Desk) -> None:
    """Decided too late: the day asked for has passed, and the next day named has passed as well."""
    item_id = await asked(desk, "1/7")
    await desk.at(5, 7)
    desk.forget_news()
    await desk.presses("loan", GRANT)
    desk.hears_only("loan", "handlers.date_past", day="01/7/2024")
    await desk.presses("loan", OTHER_DAY)
    desk.hears_only("loan", "handlers.extension.until_when", code="NV-001")
    await desk.says("loan", "đến 3/7")
    desk.hears_only("loan", "handlers.extension.no_day")
    assert await statuses(desk) == [("pending", None)]
    assert (await desk.item(item_id)).deadline_day == DEADLINE
    desk.hears_nothing("huong")
    await desk.says("loan", "9/7")
    assert await statuses(desk) == [("granted", date(2024, 7, 9))]
    desk.hears("huong", "handlers.extension.granted", code="NV-001")


@pytest.mark.parametrize("day", ["27/6", "28/6"])
async def test_no_day_up_to_the_present_deadline(desk: Desk, day: str) -> None:
    """An extension that extends nothing is neither asked for nor granted."""
    item_id = await asked(desk, "10/7", day=24)
    await desk.presses("loan", OTHER_DAY)
    desk.hears("loan", "handlers.extension.until_when")
    await desk.says("loan", day)
    desk.hears_only("loan", "handlers.extension.not_later", code="NV-001")
    assert await statuses(desk) == [("pending", None)]
    await desk.says("loan", "3/7")
    assert (await desk.item(item_id)).deadline_day == date(2024, 7, 3)
    desk.forget_news()
    await desk.says("huong", f"em xin gia hạn đến {day} vì thiếu số liệu")
    desk.hears_only("huong", "handlers.extension.not_later", code="NV-001")
    assert [status for status, _ in await statuses(desk)] == ["granted"]


@pytest.mark.parametrize(("wanted", "due"), [("24/6", date(2024, 7, 10)), ("15/7", date(2024, 7, 15))])
async def test_an_earlier_supplement_moves_along(desk: Desk, wanted: str, due: date) -> None:
    """Nobody is chased for a supplement before the day that was granted; a later day of the supplement stays."""
    item_id = await asked(desk, "10/7", day=20)
    grant = desk.button("loan", GRANT)
    await desk.sends("huong", "bao-cao.pdf")
    await demands(desk, "handlers.check.supplement", f"thiếu phụ lục, gửi lại chậm nhất {wanted}")
    assert (await desk.item(item_id)).state == "returned"
    await desk.presses_data("loan", grant)
    item = await desk.item(item_id)
    assert (item.deadline_day, item.demand, item.demand_due) == (date(2024, 7, 10), "supplement", due)
    desk.forget_news()
    await desk.at(25, 6)
    desk.hears_nothing("huong")
