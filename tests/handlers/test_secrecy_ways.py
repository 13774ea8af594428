"""MẬT by every way in: the name of a file, an archive, a workbook, an album whose caption comes last, a group, a stranger."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import date

import openpyxl
import pytest
from sqlalchemy import select

from dondoc.storage.tables import blobs, buttons, directives, events, inbox, outbox, submission_files, tasks
from tests.handlers.test_directives import DIRECTIVE
from tests.handlers.test_secrecy import HARMLESS, SECRET, assert_erased, assert_unwritten, in_store
from tests.support.handed_in import files, versions
from tests.support.office import PDF, Desk
from tests.support.sayings import says

DEADLINE = date(2024, 6, 28)
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(200)) * 3


def packed(**entries: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(f"{name}.bin", content)
    return target.getvalue()


def workbook(*cells: str) -> bytes:
    book = openpyxl.Workbook()
    for cell in cells:
        book.active.append([cell])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


async def refusals(desk: Desk) -> list[dict[str, object]]:
    return [row.detail for row in await desk.rows(select(events)) if row.kind == "document.refused"]


@pytest.mark.parametrize("name", ["KH-12_MAT.docx", "Kế hoạch MẬT.pdf", "toi-mat.txt", "ke hoach (Mật).txt"])
async def test_the_name_of_a_file(desk: Desk, name: str) -> None:
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.sends("huong", name, HARMLESS, caption="em nộp ạ")
    desk.hears_only("huong", "handlers.document.secret")
    assert await versions(desk, item_id) == []
    await assert_erased(desk, HARMLESS, name)


@pytest.mark.parametrize(
    "content",
    [
        packed(harmless=HARMLESS, kho=SECRET),
        packed(inner=packed(kho=SECRET)),
        packed(**{"MẬT - kho": PDF}),
        workbook("UBND HUYỆN", "TỐI MẬT", "Danh sách kho"),
    ],
    ids=["archive", "archive in an archive", "name in an archive", "workbook"],
)
async def test_what_is_packed(desk: Desk, content: bytes) -> None:
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.sends("huong", "ho-so", content, caption="em nộp ạ")
    desk.hears_only("huong", "handlers.document.secret")
    assert await versions(desk, item_id) == []
    await assert_erased(desk, content)


@pytest.mark.parametrize(
    "content", [packed(harmless=HARMLESS), packed(broken=b"PK\x03\x04xx"), workbook("Độ mật", "Thường", "Số bảo mật")]
)
async def test_archives_without_a_mark_are_handed_in(desk: Desk, content: bytes) -> None:
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.sends("huong", "ho-so.zip", content, caption="em nộp ạ")
    assert await files(desk, item_id) == [["ho-so.zip"]]


async def test_typed_text_leaves_who_and_when_and_a_hash(desk: Desk) -> None:
    text = "MẬT - kho Đồng Găng dời sang xã An Phú"
    await desk.says("huong", text)
    desk.hears_only("huong", "handlers.document.secret")
    words = text.encode()
    assert await refusals(desk) == [{"sha256": hashlib.sha256(words).hexdigest(), "size": len(words)}]
    await assert_unwritten(desk, "Đồng Găng")


async def test_a_stranger_leaves_as_little(desk: Desk) -> None:
    await desk.says("99", "MẬT\nkho Đồng Găng")
    await desk.says("99", "", files={"MẬT kho Đồng Găng.pdf": PDF})
    assert len(await refusals(desk)) == 2
    assert [row.payload for row in await desk.rows(select(inbox))] == [{}, {}]
    await assert_unwritten(desk, "Đồng Găng")


async def test_in_a_group(desk: Desk) -> None:
    """A chat that somebody joined from and that is a group now."""
    await desk.says("huong", "TỐI MẬT\nkho Đồng Găng", is_group=True)
    desk.hears_only("huong", "handlers.document.secret")
    await assert_unwritten(desk, "Đồng Găng")


# --- an album whose caption comes last --------------------------------------------------------------------------------


async def album_of(desk: Desk, who: str, first: bytes, *, name: str = "kho-dong-gang.txt") -> None:
    """The file, handled and answered; then the caption with a second file of the same album."""
    await desk.says(who, "", files={name: first}, album="a1")
    desk.forget_news()
    await desk.says(who, "MẬT\nkho Đồng Găng", files={"kho-2.pdf": PDF}, album="a1")


async def nothing_is_left(desk: Desk) -> None:
    assert in_store(desk) == []
    assert await desk.rows(select(blobs)) == []
    assert await desk.rows(select(submission_files)) == []
    assert {str(row.payload) for row in await desk.rows(select(inbox))} == {"{}"}
    kept = [str(row.payload) for row in await desk.rows(select(outbox))]
    kept += [str(row.data) for row in await desk.rows(select(buttons))]
    assert not [text for text in kept if "kho-" in text or "Đồng Găng" in text]


async def test_what_was_handed_in_with_it_is_taken_back(desk: Desk) -> None:
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await album_of(desk, "huong", HARMLESS)
    assert says(desk.heard("huong"), "handlers.document.secret")
    await nothing_is_left(desk)
    assert [version.verdict for version in await versions(desk, item_id)] == ["retracted"]
    item = await desk.item(item_id)
    assert (item.state, item.submitted_at) == ("in_progress", None)
    assert len(await refusals(desk)) == 2


async def test_while_it_is_asked_which_task_is_meant(desk: Desk) -> None:
    await desk.give("TH-HS", deadline=DEADLINE)
    await desk.give("TH-HS", deadline=DEADLINE)
    await album_of(desk, "huong", HARMLESS)
    await nothing_is_left(desk)


async def test_what_staff_loaded_with_it(desk: Desk) -> None:
    await album_of(desk, "khanh", DIRECTIVE.encode())
    await nothing_is_left(desk)
    assert await desk.rows(select(directives)) == []
    assert await desk.rows(select(tasks)) == []
    written = [row.payload for row in await desk.rows(select(outbox).where(outbox.c.kind == "answer"))]
    assert not [payload for payload in written if "tuyển sinh" in str(payload)]


async def test_what_went_to_the_office_with_it(desk: Desk) -> None:
    await album_of(desk, "huong", HARMLESS)
    await nothing_is_left(desk)


async def test_a_third_file_after_the_caption(desk: Desk) -> None:
    await album_of(desk, "huong", HARMLESS)
    desk.forget_news()
    await desk.says("huong", "", files={"kho-3.pdf": PDF + b"3"}, album="a1")
    desk.hears_nothing("huong")
    await nothing_is_left(desk)
    assert len(await refusals(desk)) == 3


# --- what may be secret and cannot be read -----------------------------------------------------------------------------


async def test_a_scan_that_cannot_be_read_is_not_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")  # nothing here reads scans
    await desk.sends("khanh", "quet.png", PICTURE)
    desk.hears_only("khanh", "handlers.document.unreadable.scan", file="quet.png")
    assert in_store(desk) == []
    assert await desk.rows(select(blobs)) == []
    assert [row.files for row in await desk.rows(select(inbox))] == [[]]
    await desk.sends("khanh", "quet.png", PICTURE)
    assert in_store(desk) == []


async def test_a_scan_that_a_unit_handed_in_stays_with_the_unit(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Staff send the same picture: it is not read, and nothing of the unit's is touched."""
    monkeypatch.setenv("PATH", "")  # nothing here reads scans
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.sends("huong", "bao-cao.png", PICTURE, caption="em nộp ạ")
    await desk.sends("khanh", "quet.png", PICTURE)
    assert says(desk.heard("khanh"), "handlers.document.unreadable.scan", file="quet.png")
    assert await files(desk, item_id) == [["bao-cao.png"]]
    assert desk.files.path(hashlib.sha256(PICTURE).hexdigest()).read_bytes() == PICTURE
