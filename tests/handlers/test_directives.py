"""Staff send a directive: drafts with the quoted sentences, approval, notices; and what is no directive."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from dondoc.storage.tables import assignments, directives, tasks
from tests.support.office import Desk
from tests.support.sayings import says

DIRECTIVE = """\
ỦY BAN NHÂN DÂN
HUYỆN THANH LÂM
Số: 64/TB-UBND

Thanh Lâm, ngày 17 tháng 6 năm 2024

THÔNG BÁO

Kết luận của Chủ tịch UBND huyện tại cuộc họp về tuyển sinh

1. Các trường học thuộc huyện

- Rà soát chỉ tiêu tuyển sinh, báo cáo kết quả về UBND huyện (qua Phòng Giáo dục và Đào tạo) trước ngày 28/6/2024.

- Tăng cường tuyên truyền đến phụ huynh.

2. Phòng Giáo dục và Đào tạo

- Tổng hợp, báo cáo UBND huyện. Hoàn thành trước ngày 05/7/2024.

3. Công ty Cấp nước Thanh Lâm

- Báo cáo phương án cấp nước cho các trường trước ngày 10/7/2024.

TL. CHỦ TỊCH
CHÁNH VĂN PHÒNG

Trịnh Văn Sơn
"""


async def sent(desk: Desk, who: str = "khanh", text: str = DIRECTIVE, name: str = "thong-bao-64.txt") -> str:
    desk.forget_news()
    await desk.sends(who, name, text.encode())
    return desk.heard(who)


async def test_drafts_are_shown_with_their_sentences(desk: Desk) -> None:
    """Nothing reaches a unit before approval."""
    text = await sent(desk)
    assert "> - Rà soát chỉ tiêu tuyển sinh" in text or "> Rà soát chỉ tiêu tuyển sinh" in text, text
    assert "Thông báo số 64/TB-UBND ngày 17/6/2024" in text
    assert "Công ty Cấp nước Thanh Lâm" in text
    assert says(text, "handlers.document.unresolved")
    for who in ("huong", "binh", "dung", "loan"):
        desk.hears_nothing(who)
    assert {row.status for row in await desk.rows(select(tasks.c.status))} == {"draft"}
    assert await desk.rows(select(assignments.c.id)) == []


async def test_approval_assigns_what_is_settled_and_leaves_the_rest(desk: Desk) -> None:
    await sent(desk)
    await desk.presses("khanh", "handlers.document.approve")
    heard = desk.hears("khanh", "handlers.document.approved", "handlers.document.left")
    assert "Trường Mầm non Hướng Dương" in heard  # nobody there has joined
    for who in ("huong", "binh"):
        notice = desk.hears(who, "scheduler.notice.head", citation="Thông báo số 64/TB-UBND ngày 17/6/2024")
        assert "thứ Năm, 27/6/2024" in notice
    assert "05/7/2024" in desk.heard("dung")
    found = await desk.rows(
        select(tasks.c.code, tasks.c.task_class, tasks.c.status, tasks.c.deadline).order_by(tasks.c.id)
    )
    assert [tuple(row) for row in found] == [
        ("NV-001", "dated", "approved", date(2024, 6, 28)),
        ("NV-002", "standing", "approved", None),
        ("NV-003", "dated", "approved", date(2024, 7, 5)),
        (None, "dated", "draft", date(2024, 7, 10)),
    ]
    desk.forget_news()
    await desk.presses("khanh", "handlers.document.approve")
    desk.hears_only("khanh", "handlers.document.nothing_approved")
    desk.hears_nothing("huong")


async def test_the_same_document_again(desk: Desk) -> None:
    """Another clerk sends it, or a scan of the same number: nothing is doubled."""
    await sent(desk)
    text = await sent(desk, "son")
    assert says(text, "handlers.document.known")
    await desk.presses("son", "handlers.document.approve")
    text = await sent(desk, "khanh", DIRECTIVE + "\n")
    assert says(text, "handlers.document.known")
    assert len(await desk.rows(select(directives.c.id))) == 1
    assert len(await desk.rows(select(tasks.c.id))) == 4


async def test_what_waits_is_found_again(desk: Desk) -> None:
    """/vanban, also after a day; and dropped when it was a mistake."""
    await desk.says("khanh", "/vanban")
    desk.hears_only("khanh", "handlers.document.none_waiting")
    await sent(desk)
    await desk.at(20, 6)
    desk.forget_news()
    await desk.says("son", "/vanban")
    [listed] = desk.news("son")
    assert says(listed.text, "handlers.document.waiting", number="01")
    await desk.presses_data("son", next(iter(listed.choices.values())))
    assert "64/TB-UBND" in desk.heard("son")
    await desk.presses("son", "handlers.document.discard")
    desk.hears("son", "handlers.document.discarded")
    assert await desk.rows(select(tasks.c.id)) == []
    await desk.presses("khanh", "handlers.document.approve")
    desk.hears("khanh", "handlers.button_old")


async def test_rungs_that_are_past_are_said_to_be(desk: Desk) -> None:
    """Approved three days before the day: the notice takes the place of what would have been said before."""
    await desk.at(25, 6)
    text = await sent(desk)
    assert says(text, "handlers.document.past")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("trang.txt", b"   \n\n", "empty"),
        ("anh.docx", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, None),
        ("so-lieu.txt", bytes(range(256)) * 8, None),
        ("vb.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_doc"),
        ("hong.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 8, None),
        ("hong.docx", b"PK\x03\x04" + bytes(range(256)) * 8, None),
    ],
)
async def test_what_cannot_be_read_gets_one_line(desk: Desk, name: str, content: bytes, reason: str | None) -> None:
    await desk.sends("khanh", name, content)
    [only] = desk.news("khanh")
    assert name in only.text
    assert not only.choices
    if reason is not None:
        assert says(only.text, f"handlers.document.unreadable.{reason}", file=name), only.text
    assert await desk.rows(select(directives.c.id)) == []


async def test_a_letter_without_tasks(desk: Desk) -> None:
    text = await sent(desk, text="Kính gửi đồng chí,\n\nXin cảm ơn đồng chí đã quan tâm.\n", name="thu.txt")
    assert says(text, "handlers.document.no_tasks", file="thu.txt")
    assert await desk.rows(select(directives.c.id)) == []


async def test_cautions_are_said(desk: Desk) -> None:
    text = await sent(desk, text=DIRECTIVE.replace("THÔNG BÁO\n", "LƯU HÀNH NỘI BỘ\n\nTHÔNG BÁO\n", 1))
    assert says(text, "handlers.document.caution")
