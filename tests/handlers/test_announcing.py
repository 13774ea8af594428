"""A meeting is announced to many in a few statements, and to each person once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from dondoc.storage import people
from tests.support.office import Desk

LINE = "/giaoviec mời {} họp giao ban 8h00 ngày 28/6/2024 tại hội trường"


async def _statements(desk: Desk, units: str) -> int:
    """How many statements it takes to handle the tap."""
    await desk.says("khanh", LINE.format(units))
    button = desk.button("khanh", "handlers.assign.announce")
    await desk.arrives("khanh", choice=button)
    found: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        found.append(statement)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        await desk.program.worker.drain()
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    await desk.settle()
    return len(found)


async def test_a_few_statements_however_many_units(desk: Desk) -> None:
    one = await _statements(desk, "TH Hoa Sen")
    assert await _statements(desk, "TH Hoa Sen, THCS Bình Minh, Phòng Giáo dục và Đào tạo") == one


async def test_who_answers_for_two_units_hears_it_once(desk: Desk) -> None:
    async with desk.database.write() as tx:
        await people.add_contact(tx, desk.office.units["X-AP"], desk.office.people["huong"])
    await desk.says("khanh", LINE.format("TH Hoa Sen, UBND xã An Phú"))
    await desk.presses("khanh", "handlers.assign.announce")
    assert len(desk.news("huong")) == 1
    desk.hears("khanh", "handlers.assign.announced", number="02", total="02")
