"""Drafts that staff do not want are given up; what was assigned is not."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from dondoc.storage import directives
from dondoc.storage.tables import assignments, tasks
from dondoc.storage.tables import directives as directives_table
from tests.support.office import Desk
from tests.support.offices import START, directive
from tests.support.sayings import label

APPROVE, DISCARD = "handlers.document.approve", "handlers.document.discard"
NOBODY = "Sở Không Có Trong Danh Sách"


async def loaded(desk: Desk, units: Sequence[str]) -> int:
    """A directive with one draft for each of the names, shown to khanh with its buttons."""
    async with desk.database.write() as tx:
        directive_id = await directive(tx, desk.office, approved_at=None)
        for position, name in enumerate(units, 1):
            await directives.add_task(
                tx,
                {
                    "office_id": desk.office.id,
                    "directive_id": directive_id,
                    "position": position,
                    "content": f"Báo cáo kết quả {position}",
                    "quote": f"{name} báo cáo kết quả {position}.",
                    "task_class": "product",
                    "lead": [name],
                    "created_at": START,
                },
            )
    await desk.says("khanh", "/vanban")
    [choice] = desk.last("khanh").choices.values()
    await desk.presses_data("khanh", choice)
    desk.forget_news()
    return directive_id


async def statuses(desk: Desk) -> list[str]:
    return [row.status for row in await desk.rows(select(tasks.c.status).order_by(tasks.c.position))]


async def test_a_directive_for_nobody_can_still_be_discarded(desk: Desk) -> None:
    """None of its units is known: approving assigns nothing, and is no approval."""
    directive_id = await loaded(desk, [NOBODY, "Sở Cũng Không Có"])
    await desk.presses("khanh", APPROVE)
    desk.hears_only("khanh", "handlers.document.nothing_approved")
    [row] = await desk.rows(select(directives_table).where(directives_table.c.id == directive_id))
    assert row.approved_at is None
    await desk.presses("khanh", DISCARD)
    desk.hears_only("khanh", "handlers.document.discarded")
    assert await desk.rows(select(directives_table)) == []
    assert await statuses(desk) == []
    await desk.says("khanh", "/vanban")
    desk.hears_only("khanh", "handlers.document.none_waiting")


async def test_what_is_left_of_a_half_approved_directive_can_be_dropped(desk: Desk) -> None:
    """One task went to a unit, the other to nobody: the second goes, the first stays."""
    await loaded(desk, ["Phòng Giáo dục và Đào tạo", NOBODY])
    await desk.presses("khanh", APPROVE)
    desk.hears("khanh", "handlers.document.approved", "handlers.document.left")
    assert await statuses(desk) == ["approved", "draft"]
    await desk.presses("khanh", DISCARD)
    desk.hears_only("khanh", "handlers.document.drafts_dropped")
    assert await statuses(desk) == ["approved", "dropped"]
    given = await desk.rows(select(assignments))
    assert [(row.unit_id, row.state) for row in given] == [(desk.office.units["PGD"], "new")]
    await desk.says("khanh", "/vanban")
    desk.hears_only("khanh", "handlers.document.none_waiting")
    await desk.presses("khanh", APPROVE)
    desk.hears_only("khanh", "handlers.document.nothing_approved")
    assert len(await desk.rows(select(assignments))) == 1


async def test_what_was_assigned_whole_is_not_discarded(desk: Desk) -> None:
    await loaded(desk, ["Phòng Giáo dục và Đào tạo"])
    await desk.presses("khanh", APPROVE)
    desk.forget_news()
    await desk.presses("khanh", DISCARD)
    desk.hears_only("khanh", "handlers.document.approved_before")
    assert await statuses(desk) == ["approved"]
    assert len(await desk.rows(select(assignments))) == 1


async def test_what_is_gone_is_not_discarded_again(desk: Desk) -> None:
    await loaded(desk, [NOBODY])
    await desk.presses("khanh", DISCARD)
    desk.forget_news()
    for name in (DISCARD, APPROVE):
        await desk.presses("khanh", name)
        desk.hears_only("khanh", "handlers.button_old")
    assert label(DISCARD) not in desk.last("khanh").choices
