"""/moi: invitations made in the chat."""

from __future__ import annotations

import re
from io import BytesIO

import pdfplumber
import pytest
from sqlalchemy import select

from dondoc.rules.roles import Role
from dondoc.storage import people
from dondoc.storage.outbox import Address
from dondoc.storage.tables import invitations
from tests.support.office import Desk
from tests.support.offices import START


@pytest.fixture
async def admin(desk: Desk) -> Desk:
    """The office with its administrator, Quân."""
    async with desk.database.write() as tx:
        person_id = await people.add_person(tx, START, name="Lương Quân")
        await people.add_role(tx, person_id, desk.office.id, Role.ADMIN)
        await people.join(tx, person_id, Address(desk.channel.name, desk.channel.account, "14"), START)
    desk.office.chats["quan"] = "14"  # type: ignore[index]
    return desk


def code_in(text: str) -> str:
    found = re.search(r"\b[A-Z2-9]{8}\b", text)
    assert found, text
    return found[0]


async def test_one_unit_by_name_or_code(admin: Desk) -> None:
    for wanted in ("UBND xã An Phú", "x-ap"):
        await admin.says("quan", f"/moi {wanted}")
        code = code_in(admin.hears("quan", "handlers.invite.unit", "handlers.invite.pass_on", unit="UBND xã An Phú"))
    await admin.says("41", code)
    admin.hears("41", "handlers.join.welcome_unit", unit="UBND xã An Phú")


async def test_a_role_with_its_field(admin: Desk) -> None:
    await admin.says("quan", "/moi lãnh đạo: Trường THCS Bình Minh")
    text = admin.hears("quan", "handlers.invite.role")
    assert "phạm vi: Trường THCS Bình Minh" in text
    await admin.says("41", code_in(text))
    admin.hears("41", "handlers.join.welcome_office")
    await admin.says("quan", "/moi lãnh đạo: Trường THCS Bình Minh; Trường Nào Đó")
    admin.hears_only("quan", "handlers.invite.unclear_field")
    await admin.says("quan", "/moi Trường Nào Đó")
    admin.hears_only("quan", "handlers.invite.unknown")


async def test_slips_for_all_units_where_nobody_joined(admin: Desk) -> None:
    """Once: each slip carries a code that works, and pressing again makes no further ones."""
    await admin.says("quan", "/moi")
    admin.hears_only("quan", "handlers.invite.offer", number="02")
    await admin.presses("quan", "handlers.invite.make_sheet")
    admin.hears("quan", "handlers.invite.sheet", number="02")
    [file] = admin.last("quan").message.attachments
    assert file.name == "phieu-moi.pdf"
    assert file.media_type == "application/pdf"
    content = admin.files.path(file.sha256 or "").read_bytes()
    with pdfplumber.open(BytesIO(content)) as pdf:
        [page] = pdf.pages
        text = page.extract_text()
    assert "Trường Mầm non Hướng Dương" in text
    assert "Bùi Tuyết Mai – Hiệu trưởng" in text
    codes = re.findall(r"\b[A-Z2-9]{8}\b", text)
    assert len(set(codes)) == 2
    await admin.says("41", codes[0])
    admin.hears("41", "handlers.join.welcome_unit")
    await admin.presses("quan", "handlers.invite.make_sheet")
    admin.hears_only("quan", "handlers.button_old")
    assert len(await admin.rows(select(invitations.c.id))) == 2


async def test_a_group_is_offered_as_slips(admin: Desk) -> None:
    await admin.says("quan", "/moi các trường tiểu học")
    admin.hears_only("quan", "handlers.invite.offer", number="01")
