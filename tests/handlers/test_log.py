"""/nhatky: who did and read what, for administrators."""

from __future__ import annotations

import pytest

from dondoc.rules.roles import Role
from dondoc.storage import people
from dondoc.storage.outbox import Address
from tests.support.office import Desk
from tests.support.offices import START

BOTH = {"Lê Thu Hường", "Cao Thị Loan"}


@pytest.fixture
async def admin(desk: Desk) -> Desk:
    """The office with its administrator, Quân."""
    async with desk.database.write() as tx:
        person_id = await people.add_person(tx, START, name="Lương Quân")
        await people.add_role(tx, person_id, desk.office.id, Role.ADMIN)
        await people.join(tx, person_id, Address(desk.channel.name, desk.channel.account, "14"), START)
    desk.office.chats["quan"] = "14"  # type: ignore[index]
    return desk


async def test_what_was_done_and_read_stands_in_the_log(admin: Desk) -> None:
    await admin.give("TH-HS")
    await admin.says("huong", "NV-001 em đang làm 70% ạ")
    await admin.says("loan", "/tiendo")
    await admin.says("quan", "/nhatky")
    head, *lines = admin.heard("quan").splitlines()
    assert "03/03" in head
    assert lines == [
        "• 07 giờ, 19/6/2024 – Lương Quân: xem nhật ký",
        "• 07 giờ, 19/6/2024 – Cao Thị Loan: xem tiến độ",
        "• 07 giờ, 19/6/2024 – Lê Thu Hường: báo cáo tiến độ (NV-001, Trường Tiểu học Hoa Sen)",
    ]


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        ("NV-001", {"Lê Thu Hường"}),
        ("Loan", {"Cao Thị Loan"}),
        ("18/6", set()),
        ("19/6/2024", {"Lê Thu Hường", "Cao Thị Loan"}),
    ],
)
async def test_it_is_narrowed_by_task_person_and_day(admin: Desk, wanted: str, shown: set[str]) -> None:
    await admin.give("TH-HS")
    await admin.says("huong", "NV-001 em đang làm 70% ạ")
    await admin.says("loan", "/tiendo")
    await admin.says("quan", f"/nhatky {wanted}")
    text = admin.heard("quan")
    assert {name for name in ("Lê Thu Hường", "Cao Thị Loan") if name in text} == shown


async def test_nobody_else_reads_it(admin: Desk) -> None:
    for who in ("huong", "khanh", "son", "loan"):
        await admin.says(who, "/nhatky")
        admin.hears_only(who, "handlers.no_right")
