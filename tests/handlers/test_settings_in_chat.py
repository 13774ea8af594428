"""/caidat: settings are changed in the chat, with a preview, once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from dondoc.rules.clock import machine_now
from dondoc.rules.office_settings import SETTINGS, read_value
from dondoc.rules.roles import Role
from dondoc.storage import invitations, offices, people
from dondoc.storage.outbox import Address
from dondoc.storage.tables import events
from tests.support.office import Desk
from tests.support.offices import NAME, START

TODAY = START.date()


@pytest.fixture
async def admin(desk: Desk) -> Desk:
    """The office with its administrator, Quân."""
    async with desk.database.write() as tx:
        person_id = await people.add_person(tx, START, name="Lương Quân")
        await people.add_role(tx, person_id, desk.office.id, Role.ADMIN)
        await people.join(tx, person_id, Address(desk.channel.name, desk.channel.account, "14"), START)
    desk.office.chats["quan"] = "14"  # type: ignore[index]
    return desk


async def test_the_name_is_changed_after_a_preview(admin: Desk) -> None:
    new = "Văn phòng HĐND và UBND xã Thanh Lâm"
    await admin.says("quan", "/caidat")
    assert NAME in admin.hears("quan", "handlers.settings.head")
    await admin.presses("quan", "handlers.settings.change.name")
    await admin.says("quan", "VP")
    admin.hears("quan", "handlers.settings.bad_text", least=5, most=200)
    await admin.says("quan", new)
    admin.hears("quan", "handlers.settings.preview", "handlers.settings.effect.name", value=new)
    await admin.says("huong", "/start")
    assert NAME in admin.heard("huong"), "nothing is changed before it is saved"
    await admin.presses("quan", "handlers.settings.save")
    admin.hears_only("quan", "handlers.settings.saved", value=new)
    await admin.says("huong", "/start")
    assert new in admin.heard("huong")
    [row] = await admin.rows(select(events.c.detail).where(events.c.kind == "setting.changed"))
    assert row.detail == {"name": "name", "from": NAME, "to": new}
    await admin.presses("quan", "handlers.settings.save")
    admin.hears_only("quan", "handlers.button_old")


async def test_what_is_dropped_changes_nothing(admin: Desk) -> None:
    await admin.says("quan", "/caidat")
    await admin.presses("quan", "handlers.settings.change.joining_is_checked")
    await admin.presses("quan", "handlers.yes")
    admin.hears("quan", "handlers.settings.effect.joining_is_checked.yes")
    await admin.presses("quan", "handlers.settings.drop")
    admin.hears_only("quan", "handlers.settings.dropped")
    async with admin.database.read() as tx:
        assert not await offices.setting(tx, admin.office.id, offices.JOINING_IS_CHECKED, False)


async def test_working_days_are_shown_as_they_will_be(admin: Desk) -> None:
    """An office that works on Saturdays, and a day off of its own: reminders move with them."""
    await admin.says("quan", "/caidat")
    await admin.presses("quan", "handlers.settings.change.saturdays")
    await admin.presses("quan", "handlers.yes")
    assert "thứ Bảy, 22/6/2024" in admin.heard("quan")
    await admin.presses("quan", "handlers.settings.save")
    await admin.says("quan", "/caidat")
    await admin.presses("quan", "handlers.settings.change.day_off")
    await admin.says("quan", "27/6/2024")
    text = admin.heard("quan")
    assert "thứ Tư, 26/6/2024; thứ Sáu, 28/6/2024" in text
    await admin.presses("quan", "handlers.settings.save")
    async with admin.database.read() as tx:
        calendar = await offices.work_calendar(tx, admin.office.id)
    assert calendar.is_working(date(2024, 6, 22))
    assert not calendar.is_working(date(2024, 6, 27))
    await admin.give("TH-HS", deadline=date(2024, 6, 28), rule="before")
    admin.forget_news()
    await admin.at(26, 6, 8, 1)
    assert "26/6/2024" in admin.heard("huong"), "the last safe day lies before the day off"


async def test_days_of_invitations(admin: Desk) -> None:
    await admin.says("quan", "/caidat")
    await admin.presses("quan", "handlers.settings.change.invitation_days")
    await admin.says("quan", "0")
    admin.hears("quan", "handlers.settings.bad_number", least=1, most=365)
    await admin.says("quan", "07 ngày")
    await admin.presses("quan", "handlers.settings.save")
    now = machine_now()
    async with admin.database.write() as tx:
        code = await invitations.invite(tx, admin.office.id, Role.STAFF, now)
        assert await invitations.open_invitation(tx, code, now + timedelta(days=6)) is not None
        assert await invitations.open_invitation(tx, code, now + timedelta(days=8)) is None


async def test_nobody_else_sets_anything(admin: Desk) -> None:
    for who in ("huong", "khanh", "son", "loan"):
        await admin.says(who, "/caidat")
        admin.hears_only(who, "handlers.no_right")


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("invitation_days", "14", 14),
        ("invitation_days", "7 hoặc 14", None),
        ("invitation_days", "vài ngày", None),
        ("retention_days", "89", None),
        ("place", "  Thanh   Lâm ", "Thanh Lâm"),
        ("place", "", None),
        ("day_off", "01/7/2024", "2024-07-01"),
        ("day_off", "01/7/2023", None),
        ("day_off", "mai", None),
        ("saturdays", "có", None),
    ],
)
def test_what_is_written_is_read_or_asked_again(name: str, text: str, value: object) -> None:
    assert read_value(SETTINGS[name], text, TODAY) == value
