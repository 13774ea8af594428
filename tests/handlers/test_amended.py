"""An amended directive: the difference is shown, nothing leaves before approval, and only what changed changes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from dondoc.handlers.approval import approve
from dondoc.storage.directives import delete_directive
from dondoc.storage.offices import work_calendar
from dondoc.storage.tables import assignments, directives, events, outbox, tasks, units
from tests.handlers.test_directives import DIRECTIVE
from tests.support.office import Desk
from tests.support.sayings import says

CITATION = "Thông báo số 64/TB-UBND ngày 17/6/2024"
LATER = DIRECTIVE.replace("trước ngày 28/6/2024", "trước ngày 10/7/2024")
MORE_UNITS = DIRECTIVE.replace("2. Phòng Giáo dục và Đào tạo", "2. Phòng Giáo dục và Đào tạo, UBND xã An Phú")
OTHER_UNIT = DIRECTIVE.replace("2. Phòng Giáo dục và Đào tạo", "2. UBND xã An Phú")
NEW_DUTY = DIRECTIVE.replace(
    "3. Công ty", "- Lập danh sách học sinh chưa ra lớp, gửi UBND huyện trước ngày 12/7/2024.\n\n3. Công ty"
)
GONE = DIRECTIVE.replace(
    "2. Phòng Giáo dục và Đào tạo\n\n- Tổng hợp, báo cáo UBND huyện. Hoàn thành trước ngày 05/7/2024.\n\n", ""
)
OTHER_WORDS = DIRECTIVE.replace(
    "- Tổng hợp, báo cáo UBND huyện.", "- Tổng hợp, đối chiếu với dân số trong độ tuổi, báo cáo UBND huyện."
)

AMENDING = """\
ỦY BAN NHÂN DÂN
HUYỆN THANH LÂM
Số: 70/TB-UBND

Thanh Lâm, ngày 18 tháng 6 năm 2024

THÔNG BÁO

Về việc điều chỉnh, bổ sung một số nội dung tại Thông báo số 64/TB-UBND ngày 17/6/2024

1. Điều chỉnh thời hạn báo cáo kết quả rà soát chỉ tiêu tuyển sinh của các trường học thuộc huyện tại mục 1 Thông báo số \
64/TB-UBND từ trước ngày 28/6/2024 thành trước ngày 10/7/2024.

2. Phòng Giáo dục và Đào tạo

- Xây dựng phương án phân tuyến tuyển sinh, trình UBND huyện trước ngày 12/7/2024.

TL. CHỦ TỊCH
CHÁNH VĂN PHÒNG

Trịnh Văn Sơn
"""


async def loaded(desk: Desk, *, approved: bool = True) -> None:
    """Directive 64 is here, and its notices have gone out."""
    await desk.sends("khanh", "tb-64.txt", DIRECTIVE.encode())
    if approved:
        [row] = await desk.rows(select(directives))
        async with desk.database.write() as tx:
            calendar = await work_calendar(tx, desk.office.id)
            await approve(tx, row.id, approver_id=desk.office.people["khanh"], now=desk.clock.now(), calendar=calendar)
        await desk.settle()
    desk.forget_news()


async def comes(desk: Desk, text: str, name: str = "tb-64-moi.txt") -> str:
    await desk.sends("khanh", name, text.encode())
    return desk.heard("khanh")


async def given(desk: Desk) -> dict[tuple[str, str], Any]:
    """Every assignment by task code and unit code."""
    statement = (
        select(assignments, tasks.c.code.label("task"), units.c.code.label("unit"))
        .join(tasks, tasks.c.id == assignments.c.task_id)
        .join(units, units.c.id == assignments.c.unit_id)
    )
    return {(row.task, row.unit): row for row in await desk.rows(statement)}


async def everything(desk: Desk) -> list[Any]:
    return [await desk.rows(select(table)) for table in (tasks, assignments, directives)]


@pytest.mark.parametrize("text", [LATER, MORE_UNITS, OTHER_UNIT, NEW_DUTY, GONE, OTHER_WORDS])
async def test_nothing_happens_before_staff_decide(desk: Desk, text: str) -> None:
    await loaded(desk)
    before = await everything(desk)
    heard = await comes(desk, text)
    assert says(heard, "handlers.amended.head_revision", citation=CITATION)
    assert says(heard, "handlers.amended.forecast")
    assert await everything(desk) == before
    for who in ("huong", "binh", "dung"):
        desk.hears_nothing(who)
    await desk.presses("khanh", "handlers.amended.keep")
    desk.hears_only("khanh", "handlers.amended.kept", citation=CITATION)
    assert await everything(desk) == before


async def test_a_moved_deadline(desk: Desk) -> None:
    """A new version of the deadline for those who owe it; who handed in keeps what was."""
    await loaded(desk)
    await desk.sends("binh", "bao-cao.pdf", caption="NV-001 em nộp ạ")
    heard = await comes(desk, LATER)
    assert says(heard, "handlers.amended.what_deadline", before="trước ngày 28/6/2024", after="trước ngày 10/7/2024")
    assert "NV-001 – Trường THCS Bình Minh" in heard
    desk.forget_news()
    await desk.presses("khanh", "handlers.amended.apply")
    heard = desk.hears("khanh", "handlers.amended.done", citation=CITATION, moved="02", withdrawn="00", new="00")
    assert "NV-001 – Trường THCS Bình Minh" in heard
    rows = await given(desk)
    open_one, handed_in = rows["NV-001", "TH-HS"], rows["NV-001", "THCS-BM"]
    assert (open_one.deadline, open_one.deadline_rule, open_one.deadline_version) == (date(2024, 7, 10), "before", 2)
    assert (handed_in.deadline, handed_in.deadline_version) == (date(2024, 6, 28), 1)
    assert handed_in.state == "awaiting_confirmation"
    assert rows["NV-003", "PGD"].deadline_version == 1
    desk.hears("huong", "handlers.amended.unit_deadline", before="trước ngày 28/6/2024")
    for who in ("binh", "dung"):
        desk.hears_nothing(who)
    [trail] = [row for row in await desk.rows(select(events)) if row.kind == "directive.amended"]
    assert (trail.actor_id, trail.detail["changed"], len(trail.detail["moved"])) == (
        desk.office.people["khanh"],
        ["NV-001"],
        2,
    )


async def test_pressed_twice_it_is_done_once(desk: Desk) -> None:
    await loaded(desk)
    await comes(desk, LATER)
    await desk.presses("khanh", "handlers.amended.apply")
    before, messages = await everything(desk), len(await desk.rows(select(outbox).where(outbox.c.kind == "notice")))
    desk.forget_news()
    await desk.presses("khanh", "handlers.amended.apply")
    desk.hears_only("khanh", "handlers.amended.nothing", citation=CITATION)
    assert await everything(desk) == before
    assert len(await desk.rows(select(outbox).where(outbox.c.kind == "notice"))) == messages
    assert says(await comes(desk, LATER), "handlers.document.known", citation=CITATION)


async def test_a_granted_extension_that_reaches_further_stays(desk: Desk) -> None:
    await loaded(desk)
    item = (await given(desk))["NV-001", "TH-HS"]
    far = date(2024, 7, 20)
    await desk.change(item.id, deadline=far, deadline_rule="on", granted_deadline=far, deadline_version=2, extensions=1)
    await comes(desk, LATER)
    await desk.presses("khanh", "handlers.amended.apply")
    rows = await given(desk)
    assert (rows["NV-001", "TH-HS"].deadline, rows["NV-001", "TH-HS"].deadline_version) == (far, 2)
    assert rows["NV-001", "THCS-BM"].deadline == date(2024, 7, 10)


async def test_a_unit_that_comes_to_a_task_gets_its_notice(desk: Desk) -> None:
    await loaded(desk)
    heard = await comes(desk, MORE_UNITS)
    assert says(heard, "handlers.amended.what_lead", units="UBND xã An Phú")
    await desk.presses("khanh", "handlers.amended.apply")
    desk.hears("khanh", "handlers.amended.done", new="01", moved="00", withdrawn="00")
    row = (await given(desk))["NV-003", "X-AP"]
    assert (row.role, row.state, row.deadline) == ("lead", "new", date(2024, 7, 5))
    desk.hears_nothing("dung")


async def test_a_unit_that_is_named_no_more_hears_of_it(desk: Desk) -> None:
    await loaded(desk)
    heard = await comes(desk, OTHER_UNIT)
    assert says(heard, "handlers.amended.what_withdrawn", units="Phòng Giáo dục và Đào tạo")
    await desk.presses("khanh", "handlers.amended.apply")
    rows = await given(desk)
    assert rows["NV-003", "PGD"].state == "withdrawn"
    assert rows["NV-003", "PGD"].closed_at is not None
    assert rows["NV-003", "X-AP"].state == "new"
    desk.hears("dung", "handlers.amended.unit_withdrawn", "handlers.amended.revised", citation=CITATION)
    # And back again: the same assignment lives on under a new version.
    await comes(desk, DIRECTIVE)
    await desk.presses("khanh", "handlers.amended.apply")
    rows = await given(desk)
    assert (rows["NV-003", "PGD"].state, rows["NV-003", "PGD"].deadline_version) == ("new", 2)
    assert rows["NV-003", "X-AP"].state == "withdrawn"
    desk.hears("dung", "scheduler.notice.head", citation=CITATION)


async def test_a_duty_that_is_gone(desk: Desk) -> None:
    await loaded(desk)
    assert says(await comes(desk, GONE), "handlers.amended.gone", number="01")
    await desk.presses("khanh", "handlers.amended.apply")
    assert {unit: row.state for (code, unit), row in (await given(desk)).items() if code == "NV-003"} == {
        "PGD": "withdrawn"
    }
    desk.hears("dung", "handlers.amended.unit_withdrawn")


async def test_what_was_handed_in_is_not_withdrawn(desk: Desk) -> None:
    await loaded(desk)
    await desk.sends("dung", "bao-cao.pdf", caption="NV-003 em nộp ạ")
    await comes(desk, GONE)
    await desk.presses("khanh", "handlers.amended.apply")
    assert (await given(desk))["NV-003", "PGD"].state == "awaiting_confirmation"
    assert not says(desk.heard("dung"), "handlers.amended.unit_withdrawn")


async def test_a_new_duty_is_assigned(desk: Desk) -> None:
    await loaded(desk)
    assert says(await comes(desk, NEW_DUTY), "handlers.amended.added", number="01")
    await desk.presses("khanh", "handlers.amended.apply")
    desk.hears("khanh", "handlers.amended.done", new="01", moved="00", withdrawn="00")
    [new] = [row for (code, unit), row in (await given(desk)).items() if code == "NV-004"]
    assert (new.deadline, new.deadline_version) == (date(2024, 7, 12), 1)
    assert "12/7/2024" in desk.hears("dung", "scheduler.notice.head", citation=CITATION)
    desk.hears_nothing("huong")


async def test_other_words(desk: Desk) -> None:
    await loaded(desk)
    await comes(desk, OTHER_WORDS)
    await desk.presses("khanh", "handlers.amended.apply")
    assert "độ tuổi" in desk.hears("dung", "handlers.amended.unit_content")
    assert (await given(desk))["NV-003", "PGD"].deadline_version == 1


async def test_what_staff_changed_by_hand_stays(desk: Desk) -> None:
    """Texts are compared with texts: a deadline that staff set is no difference between them."""
    await loaded(desk, approved=False)
    [first, *_] = await desk.rows(select(tasks.c.id).order_by(tasks.c.position))
    async with desk.database.write() as tx:
        await tx.execute(
            tasks.update().where(tasks.c.id == first.id).values(deadline=date(2024, 6, 21), deadline_rule="on")
        )
    assert says(await comes(desk, DIRECTIVE), "handlers.document.known")
    await comes(desk, NEW_DUTY)
    await desk.presses("khanh", "handlers.amended.apply")
    rows = await desk.rows(select(tasks).order_by(tasks.c.position))
    assert rows[0].deadline == date(2024, 6, 21)
    assert len(rows) == 5


async def test_drafts_that_nobody_approved_are_only_changed(desk: Desk) -> None:
    await loaded(desk, approved=False)
    assert says(await comes(desk, LATER), "handlers.amended.forecast_drafts")
    await desk.presses("khanh", "handlers.amended.apply")
    desk.hears("khanh", "handlers.amended.drafts_done", citation=CITATION)
    rows = await desk.rows(select(tasks).order_by(tasks.c.position))
    assert (rows[0].deadline, {row.status for row in rows}) == (date(2024, 7, 10), {"draft"})
    assert await given(desk) == {}
    desk.hears_nothing("huong")


async def test_another_document_after_all(desk: Desk) -> None:
    """Two communes use one number on one day, and their scans have no head."""
    await loaded(desk)
    await comes(desk, LATER)
    await desk.presses("khanh", "handlers.amended.separate")
    assert len(await desk.rows(select(directives))) == 2
    assert (await given(desk))["NV-001", "TH-HS"].deadline == date(2024, 6, 28)


# --- a document of its own that amends --------------------------------------------------------------------------------


async def test_a_document_that_amends_another(desk: Desk) -> None:
    await loaded(desk)
    before = await given(desk)
    heard = await comes(desk, AMENDING, "tb-70.txt")
    assert says(heard, "handlers.amended.head_amends", original=CITATION)
    assert says(heard, "handlers.amended.what_deadline", before="trước ngày 28/6/2024", after="trước ngày 10/7/2024")
    assert await given(desk) == before
    await desk.presses("khanh", "handlers.amended.carry")
    desk.hears("khanh", "handlers.amended.done", citation=CITATION)
    rows = await given(desk)
    assert rows["NV-001", "TH-HS"].deadline == date(2024, 7, 10)
    told = desk.hears("huong", "handlers.amended.notice", citation=CITATION)
    assert "theo Thông báo số 70/TB-UBND ngày 18/6/2024" in told
    own = [row for row in await desk.rows(select(tasks)) if row.status == "draft" and "phân tuyến" in row.content]
    assert [row.deadline for row in own] == [date(2024, 7, 12)]
    desk.hears_nothing("dung")


async def test_it_waits_where_drafts_wait(desk: Desk) -> None:
    await loaded(desk)
    await comes(desk, AMENDING.split("2. Phòng")[0] + "TL. CHỦ TỊCH\n", "tb-70.txt")
    desk.forget_news()
    await desk.says("son", "/vanban")
    [choice] = [data for name, data in desk.last("son").choices.items() if "70/TB-UBND" in name]
    await desk.presses_data("son", choice)
    desk.hears("son", "handlers.amended.head_amends", original=CITATION)
    await desk.presses("son", "handlers.amended.carry")
    assert (await given(desk))["NV-001", "TH-HS"].deadline == date(2024, 7, 10)
    await desk.presses("son", "handlers.amended.carry")
    desk.hears("son", "handlers.button_old")


async def test_what_it_amends_is_discarded(desk: Desk) -> None:
    """Then it is a document like any other."""
    await loaded(desk, approved=False)
    [first] = await desk.rows(select(directives))
    await comes(desk, AMENDING, "tb-70.txt")
    async with desk.database.write() as tx:
        await delete_directive(tx, first.id)
    await desk.presses("khanh", "handlers.amended.carry")
    assert says(desk.heard("khanh"), "handlers.button_old")
    [left] = await desk.rows(select(directives))
    assert (left.number, left.amends_id) == ("70/TB-UBND", None)


async def test_a_document_that_only_mentions_another(desk: Desk) -> None:
    await loaded(desk)
    await comes(desk, AMENDING, "tb-70.txt")
    await desk.presses("khanh", "handlers.amended.ordinary")
    assert "phân tuyến" in desk.heard("khanh")
    assert (await given(desk))["NV-001", "TH-HS"].deadline == date(2024, 6, 28)


async def test_what_it_amends_is_not_here(desk: Desk) -> None:
    heard = await comes(desk, AMENDING, "tb-70.txt")
    assert says(heard, "handlers.amended.original_missing", number="64/TB-UBND")
    assert "phân tuyến" in heard


async def test_a_document_that_replaces_another(desk: Desk) -> None:
    """What it says again goes on, what it does not say is withdrawn."""
    await loaded(desk)
    text = (
        GONE.replace("Số: 64", "Số: 71")
        .replace("ngày 17 tháng", "ngày 18 tháng")
        .replace("TL. CHỦ TỊCH", f"Thông báo này thay thế {CITATION}.\n\nTL. CHỦ TỊCH")
    )
    assert says(await comes(desk, text, "tb-71.txt"), "handlers.amended.head_replaces", original=CITATION)
    await desk.presses("khanh", "handlers.amended.carry")
    rows = await given(desk)
    assert {code for (code, _), row in rows.items() if row.state == "withdrawn"} == {"NV-003"}
    assert rows["NV-001", "TH-HS"].state == "new"
    assert [
        row.status for row in await desk.rows(select(tasks)) if row.directive_id == 2 and row.status == "draft"
    ] == []
