"""Who is both of the office and a unit's contact: what they send is read by what it says."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from dondoc.rules.roles import Role
from dondoc.storage import people
from dondoc.storage.tables import directives
from tests.support.handed_in import files, versions
from tests.support.office import Desk

DEADLINE = date(2024, 6, 28)
DIRECTIVE = """\
ỦY BAN NHÂN DÂN
HUYỆN THANH LÂM
Số: 90/TB-UBND

Thanh Lâm, ngày 17 tháng 6 năm 2024

THÔNG BÁO

Kết luận của Chủ tịch UBND huyện tại cuộc họp giao ban

1. Trường Tiểu học Hoa Sen

- Báo cáo UBND huyện kết quả tuyển sinh trước ngày 05/7/2024.
""".encode()


async def both(desk: Desk) -> tuple[int, int]:
    """dung is the department's contact and staff. NV-001 is the school's, NV-002 the department's."""
    async with desk.database.write() as tx:
        await people.add_role(tx, desk.office.people["dung"], desk.office.id, Role.STAFF)
    [school] = await desk.give("TH-HS", deadline=DEADLINE)
    [own] = await desk.give("PGD", deadline=DEADLINE, task={"content": "Tổng hợp kết quả tuyển sinh"})
    await desk.at(26, 6)
    desk.forget_news()
    return school, own


async def test_a_line_about_paper_is_not_their_own_report(desk: Desk) -> None:
    school, own = await both(desk)
    await desk.says("dung", "TH Hoa Sen nộp NV-001 số 45 ngày 25/6")
    desk.hears("dung", "handlers.paper.entered", code="NV-001", unit="Trường Tiểu học Hoa Sen", document="45")
    [entered] = await versions(desk, school)
    assert (entered.way, entered.document) == ("paper", "45")
    assert (await desk.item(school)).state == "awaiting_confirmation"
    assert await versions(desk, own) == []
    assert (await desk.item(own)).state == "new"


async def test_a_line_about_a_unit_without_that_task(desk: Desk) -> None:
    """The code is their own task's, the unit is not theirs: nothing is noted for either."""
    school, own = await both(desk)
    await desk.says("dung", "TH Hoa Sen nộp NV-002 số 45")
    desk.hears_only("dung", "handlers.paper.not_assigned", code="NV-002", unit="Trường Tiểu học Hoa Sen")
    assert [await versions(desk, one) for one in (school, own)] == [[], []]


async def test_a_file_with_their_own_code_is_their_report(desk: Desk) -> None:
    """It is not read as a directive, even when it could be."""
    school, own = await both(desk)
    await desk.sends("dung", "bao-cao.txt", DIRECTIVE, caption="gửi báo cáo NV-002")
    desk.hears("dung", "scheduler.receipt.files", code="NV-002", files="bao-cao.txt")
    assert await files(desk, own) == [["bao-cao.txt"]]
    assert (await desk.item(own)).state == "awaiting_confirmation"
    assert await versions(desk, school) == []
    assert await desk.rows(select(directives)) == []


async def test_a_file_without_a_code_is_a_directive(desk: Desk) -> None:
    _, own = await both(desk)
    await desk.sends("dung", "thong-bao.txt", DIRECTIVE)
    desk.hears("dung", "handlers.document.summary")
    assert [row.number for row in await desk.rows(select(directives))] == ["90/TB-UBND"]
    assert await versions(desk, own) == []


async def test_their_own_words_are_their_answer(desk: Desk) -> None:
    """What names no other unit is said of their own task."""
    school, own = await both(desk)
    await desk.says("dung", "NV-002 đang làm được 60%")
    assert ((await desk.item(own)).state, (await desk.item(own)).percent) == ("in_progress", 60)
    await desk.says("dung", "em đã nộp NV-002 số 12 rồi")
    assert (await desk.item(own)).state == "awaiting_confirmation"
    assert [one.way for one in await versions(desk, own)] == ["chat"]
    assert await versions(desk, school) == []


async def test_who_is_only_a_contact_enters_no_paper(desk: Desk) -> None:
    """The same line from a contact of another unit says nothing about that unit."""
    school, own = await both(desk)
    await desk.says("binh", "TH Hoa Sen nộp NV-001 số 45")
    assert [await versions(desk, one) for one in (school, own)] == [[], []]
    assert (await desk.item(school)).state == "new"
