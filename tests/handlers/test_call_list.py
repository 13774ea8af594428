"""/goidien: whom the office has to telephone."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl

from dondoc.storage import people
from tests.support.office import Desk

DEADLINE = date(2024, 6, 21)


async def test_who_cannot_be_reached_and_who_was_reminded_to_the_end(desk: Desk) -> None:
    """With names, titles, numbers and what was not reported, to be printed."""
    await desk.give("MN-HD", "X-AP", "TH-HS", deadline=DEADLINE, task={"content": "báo cáo tuyển sinh"})
    await desk.says("khanh", "/goidien")
    text = desk.hears("khanh", "handlers.calls.head", number="02")
    assert "Bùi Tuyết Mai, Hiệu trưởng, 0900000025" in text
    assert "UBND xã An Phú" in text
    assert "Hoa Sen" not in text, "it can be reached and is being reminded"
    [file] = desk.last("khanh").message.attachments
    sheet = openpyxl.load_workbook(BytesIO(desk.files.path(file.sha256 or "").read_bytes())).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert rows[0][1:6] == ["Đơn vị", "Họ tên", "Chức vụ", "Số điện thoại", "Nhiệm vụ chưa báo cáo"]
    assert rows[1][1:7] == [
        "Trường Mầm non Hướng Dương",
        "Bùi Tuyết Mai",
        "Hiệu trưởng",
        "0900000025",
        "NV-001: Báo cáo tuyển sinh (thời hạn 21/6/2024)",
        "chưa có ai nhận được tin",
    ]
    await desk.at(28, 6, 9)
    await desk.says("khanh", "/goidien")
    assert "Lê Thu Hường" in desk.hears("khanh", "handlers.calls.head", number="03")


async def test_nobody_to_call(desk: Desk) -> None:
    await desk.give("TH-HS", deadline=DEADLINE)
    await desk.says("khanh", "/goidien")
    desk.hears_only("khanh", "handlers.calls.nobody")


async def test_levels_of_the_office_where_nobody_can_be_reached(desk: Desk) -> None:
    async with desk.database.write() as tx:
        await people.set_reachable(tx, desk.office.address("loan"), False, "blocked")
    await desk.says("khanh", "/goidien")
    desk.hears("khanh", "handlers.calls.levels", roles="lãnh đạo")
