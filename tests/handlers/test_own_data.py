"""/dulieu: a person sees, corrects, takes away and deletes what is kept about them."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
from sqlalchemy import select

from dondoc.storage import registry
from dondoc.storage.tables import addresses, buttons, contacts, events, inbox, outbox, people, submissions
from tests.support.office import Desk

DEADLINE = date(2024, 6, 28)
WORDS = "dạ số 15/BC-THHS ngày 18/6 em nộp rồi ạ, máy em 0912345678"


async def test_it_is_shown_with_the_reason(desk: Desk) -> None:
    await desk.says("huong", "/dulieu")
    text = desk.hears("huong", "handlers.data.head", "handlers.data.why", days=730)
    for part in ("Lê Thu Hường", "Hiệu trưởng", "0900000021", "Trường Tiểu học Hoa Sen", "đầu mối"):
        assert part in text
    assert "Vũ Hoài Nam" not in text


async def test_it_is_corrected(desk: Desk) -> None:
    """The log says that something was changed, and not to what."""
    await desk.says("huong", "/dulieu")
    await desk.presses("huong", "handlers.data.change.phone")
    desk.hears("huong", "handlers.data.ask")
    await desk.says("huong", "0" * 60)
    desk.hears("huong", "handlers.data.too_long")
    await desk.says("huong", "0977 000 111")
    desk.hears("huong", "handlers.data.changed", value="0977 000 111")
    async with desk.database.read() as tx:
        [first, _] = await registry.contacts_of(tx, [desk.office.units["TH-HS"]])
    assert first.phone == "0977 000 111"
    [trail] = await desk.rows(select(events.c.detail).where(events.c.kind == "person.changed"))
    assert trail.detail == {"field": "phone"}


async def test_everything_can_be_taken_away(desk: Desk) -> None:
    await desk.give("TH-HS", deadline=DEADLINE)
    await desk.says("huong", WORDS)
    await desk.says("huong", "/dulieu")
    await desk.presses("huong", "handlers.data.export")
    desk.hears("huong", "handlers.data.exported")
    [file] = desk.last("huong").message.attachments
    book = openpyxl.load_workbook(BytesIO(desk.files.path(file.sha256 or "").read_bytes()))
    cells = [str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert any(WORDS in cell for cell in cells)
    assert any("0900000021" in cell for cell in cells)
    assert any(cell.startswith("TN") or "-" in cell for cell in cells)
    assert "assignment.submit" in cells


async def test_it_is_deleted_and_the_work_stays(desk: Desk) -> None:
    """Once, after a question: no name, number or word is left anywhere; the submission and the trail are."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.says("huong", WORDS)
    await desk.says("huong", "/dulieu")
    await desk.presses("huong", "handlers.data.delete")
    desk.hears("huong", "handlers.data.delete_ask")
    await desk.presses("huong", "handlers.data.delete_sure")
    desk.hears("huong", "handlers.data.deleted")
    assert "/bangiao" in desk.hears("khanh", "handlers.data.office_told")
    huong = desk.office.people["huong"]
    [row] = await desk.rows(select(people).where(people.c.id == huong))
    assert (row.name, row.title, row.phone) == ("", "", "")
    for table in (addresses, contacts, buttons):
        assert await desk.rows(select(table).where(table.c.person_id == huong)) == []
    everything = [
        *await desk.rows(select(inbox.c.payload, inbox.c.files).where(inbox.c.chat_id == desk.office.chats["huong"])),
        *await desk.rows(select(outbox.c.payload).where(outbox.c.person_id == huong)),
        *await desk.rows(select(events.c.detail)),
    ]
    for secret in ("Hường", "0900000021", "0912345678"):
        assert not any(secret in str(row) for row in everything), secret
    assert (await desk.item(item_id)).state == "awaiting_confirmation"
    assert len(await desk.rows(select(submissions))) == 1
    await desk.says("huong", "em chào")
    desk.hears("huong", "handlers.join.how")
    await desk.at(20, 6, 8, 1)
    desk.hears_nothing("huong")
