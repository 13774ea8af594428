"""Extensions from the asking to the decision: a day and a reason, before the deadline; decided by those who may."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from dondoc.storage.tables import extensions
from tests.support.office import Desk
from tests.support.sayings import says

FRIDAY = date(2024, 6, 28)


async def asked(desk: Desk, text: str = "xin gia hạn đến 05/7 vì chờ số liệu của Sở") -> int:
    [item_id] = await desk.give("TH-HS", deadline=FRIDAY)
    await desk.says("huong", text)
    return item_id


async def requests(desk: Desk) -> list[tuple[str, date, date | None]]:
    return [
        tuple(row) for row in await desk.rows(select(extensions.c.status, extensions.c.wanted, extensions.c.granted))
    ]


async def test_with_a_day_and_a_reason_it_goes_to_those_who_decide(desk: Desk) -> None:
    """Leader and chief; the old deadline keeps running."""
    item_id = await asked(desk)
    desk.hears_only("huong", "handlers.extension.noted", code="NV-001", reason="chờ số liệu của Sở")
    for who in ("loan", "son"):
        heard = desk.hears(who, "handlers.extension.to_decide", unit="Trường Tiểu học Hoa Sen")
        assert "05/7/2024" in heard
        assert "chờ số liệu của Sở" in heard
    desk.hears_nothing("khanh")
    item = await desk.item(item_id)
    assert (item.deadline_day, item.granted_deadline, item.state.value) == (FRIDAY, None, "new")


async def test_what_is_missing_is_asked_one_thing_at_a_time(desk: Desk) -> None:
    await asked(desk, "em xin gia hạn ạ")
    desk.hears_only("huong", "handlers.extension.which_day", code="NV-001")
    await desk.says("huong", "đến 05/7 ạ")
    desk.hears_only("huong", "handlers.extension.which_reason", code="NV-001")
    assert await requests(desk) == []
    await desk.says("huong", "chờ Sở cấp số liệu")
    desk.hears_only("huong", "handlers.extension.noted", reason="chờ Sở cấp số liệu")
    assert await requests(desk) == [("pending", date(2024, 7, 5), None)]


async def test_a_day_that_is_not_later_is_asked_again(desk: Desk) -> None:
    await asked(desk, "xin gia hạn đến 27/6 vì bận họp")
    desk.hears_only("huong", "handlers.extension.not_later", code="NV-001")
    await desk.says("huong", "đến 02/7")
    desk.hears_only("huong", "handlers.extension.noted", reason="bận họp")


async def test_after_the_deadline_it_is_an_explanation(desk: Desk) -> None:
    """Noted for the office; the deadline does not move."""
    [item_id] = await desk.give("TH-HS", deadline=FRIDAY)
    await desk.at(2, 7)
    desk.forget_news()
    await desk.says("huong", "NV-001 xin gia hạn đến 05/7 vì mất điện cả tuần")
    desk.hears("huong", "handlers.extension.too_late", code="NV-001")
    assert await requests(desk) == []
    item = await desk.item(item_id)
    assert "mất điện cả tuần" in (item.obstacle or "")
    assert item.deadline_day == FRIDAY


async def test_an_undated_task_needs_none(desk: Desk) -> None:
    await desk.give("TH-HS")
    await desk.says("huong", "xin gia hạn đến 05/7 vì bận")
    desk.hears_only("huong", "handlers.extension.undated", code="NV-001")


async def test_asking_again_changes_the_one_request(desk: Desk) -> None:
    await asked(desk)
    await desk.says("huong", "NV-001 xin gia hạn đến 08/7 vì Sở lại chậm")
    assert await requests(desk) == [("pending", date(2024, 7, 8), None)]


async def test_granted(desk: Desk) -> None:
    """Both days are kept, the ladder follows the new one, the unit hears who granted it."""
    item_id = await asked(desk)
    desk.forget_news()
    await desk.presses("loan", "handlers.extension.grant")
    desk.hears("loan", "handlers.extension.granted_done", code="NV-001")
    heard = desk.hears("huong", "handlers.extension.granted", code="NV-001")
    assert "Chủ tịch" in heard
    item = await desk.item(item_id)
    assert (item.deadline_day, item.granted_deadline, item.original_deadline) == (
        date(2024, 7, 5),
        date(2024, 7, 5),
        FRIDAY,
    )
    assert item.extensions == 1
    assert await requests(desk) == [("granted", date(2024, 7, 5), date(2024, 7, 5))]
    await desk.at(26, 6, 8, 1)
    assert "05/7/2024" in desk.hears("huong", "scheduler.reminder.one")  # seven working days before the new one
    await desk.at(28, 6, 8, 1)
    desk.hears_nothing("huong")  # the old deadline's last day
    await desk.at(2, 7, 8, 1)
    assert says(desk.heard("huong"), "scheduler.reminder.one")


async def test_granted_until_another_day(desk: Desk) -> None:
    item_id = await asked(desk)
    await desk.presses("loan", "handlers.extension.other_day")
    desk.hears("loan", "handlers.extension.until_when", code="NV-001")
    await desk.says("loan", "cứ làm đi")
    desk.hears_only("loan", "handlers.extension.no_day")
    await desk.says("loan", "đến 03/7")
    desk.hears("loan", "handlers.extension.granted_done")
    assert (await desk.item(item_id)).deadline_day == date(2024, 7, 3)


async def test_refused(desk: Desk) -> None:
    item_id = await asked(desk)
    desk.forget_news()
    await desk.presses("loan", "handlers.extension.refuse")
    desk.hears("huong", "handlers.extension.refused", code="NV-001")
    assert (await desk.item(item_id)).deadline_day == FRIDAY
    assert await requests(desk) == [("refused", date(2024, 7, 5), None)]


@pytest.mark.parametrize(
    "second", ["handlers.extension.grant", "handlers.extension.refuse", "handlers.extension.other_day"]
)
async def test_decided_once(desk: Desk, second: str) -> None:
    """Leader and chief press one after the other."""
    item_id = await asked(desk)
    await desk.presses("loan", "handlers.extension.grant")
    desk.forget_news()
    await desk.presses("son", second)
    desk.hears_only("son", "handlers.extension.decided_before")
    desk.hears_nothing("huong")
    assert (await desk.item(item_id)).extensions == 1


async def test_the_queue_of_requests(desk: Desk) -> None:
    await desk.says("loan", "/giahan")
    desk.hears_only("loan", "handlers.extension.none")
    await asked(desk)
    desk.forget_news()
    await desk.says("loan", "/giahan")
    desk.hears("loan", "handlers.extension.head", "handlers.extension.to_decide", number="01")
    await desk.presses("loan", "handlers.extension.grant")
    await desk.says("loan", "/giahan")
    desk.hears("loan", "handlers.extension.none")


async def test_a_question_half_answered_can_be_left(desk: Desk) -> None:
    """ "Thôi em nộp luôn" instead of a day; a command; a file."""
    item_id = await asked(desk, "em xin gia hạn ạ")
    await desk.says("huong", "/nhiemvu")
    desk.hears("huong", "handlers.tasks.head")
    await desk.says("huong", "NV-001 xin gia hạn ạ")
    await desk.sends("huong", "bc.pdf", caption="em nộp báo cáo ạ")
    assert (await desk.item(item_id)).state == "awaiting_confirmation"
    assert await requests(desk) == []
