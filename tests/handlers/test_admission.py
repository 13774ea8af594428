"""The office looks who joins: the list, and letting people in one by one where the office wants that."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from dondoc.rules.clock import machine_now
from dondoc.rules.roles import Role
from dondoc.storage import invitations, offices, registry
from dondoc.storage.tables import contacts, events, office_roles
from tests.support.office import Desk


async def code_for(desk: Desk, unit: str | None = None, role: Role = Role.CONTACT, **values: str) -> str:
    async with desk.database.write() as tx:
        unit_id = desk.office.units[unit] if unit else None
        return await invitations.invite(tx, desk.office.id, role, machine_now(), unit_id=unit_id, **values)


@pytest.fixture
async def checked(desk: Desk) -> Desk:
    """An office that lets people in itself."""
    async with desk.database.write() as tx:
        await offices.set_setting(tx, desk.office.id, offices.JOINING_IS_CHECKED, True)
    return desk


async def test_staff_see_who_joined(desk: Desk) -> None:
    await desk.says("41", f"/start {await code_for(desk, 'X-AP')}", sender_name="Phan Lộc")
    await desk.says("khanh", "/dangky")
    text = desk.hears("khanh", "handlers.join.coverage", reached="04", total="05")
    assert "Phan Lộc (UBND xã An Phú)" in text


async def test_nobody_is_let_in_before_the_office_says_so(checked: Desk) -> None:
    desk = checked
    await desk.give("X-AP")
    await desk.says("41", f"/start {await code_for(desk, 'X-AP')}", sender_name="Phan Lộc")
    desk.hears_only("41", "handlers.join.waits")
    assert "Phan Lộc (UBND xã An Phú)" in desk.hears("son", "handlers.join.to_admit")
    for text in ("/nhiemvu", "NV-001 đã xong", "/start"):
        await desk.says("41", text)
        assert "NV-001" not in desk.heard("41"), text
    assert await desk.rows(select(contacts).where(contacts.c.unit_id == desk.office.units["X-AP"])) == []
    await desk.presses("khanh", "handlers.join.admit")
    desk.hears("khanh", "handlers.join.admitted")
    desk.hears("41", "handlers.join.welcome_unit", unit="UBND xã An Phú")
    await desk.says("41", "/nhiemvu")
    assert "NV-001" in desk.heard("41")
    # The other one who was asked is too late, and nothing happens twice.
    await desk.presses("son", "handlers.join.turn_away")
    desk.hears("son", "handlers.button_old")
    kinds = [row.kind for row in await desk.rows(select(events.c.kind).order_by(events.c.id))]
    assert kinds.count("person.admitted") == 1
    assert "person.turned_away" not in kinds


async def test_who_is_turned_away_is_nobody(checked: Desk) -> None:
    desk = checked
    code = await code_for(desk, role=Role.STAFF)
    await desk.says("41", f"/start {code}")
    desk.forget_news()
    await desk.says("khanh", "/dangky")
    await desk.presses("khanh", "handlers.join.turn_away")
    desk.hears("41", "handlers.join.not_admitted")
    await desk.says("41", f"/start {code}")
    desk.hears_only("41", "handlers.join.bad_code")
    await desk.says("41", "/tiendo")
    desk.hears_only("41", "handlers.no_right")
    assert len(await desk.rows(select(office_roles))) == 3


async def test_a_code_leads_to_a_field_or_a_function(desk: Desk) -> None:
    """A leader sees and hears of the schools that are theirs; a clerk stands in the unit's list as one."""
    await desk.give("TH-HS")
    await desk.give("THCS-BM")
    await desk.says("41", f"/start {await code_for(desk, role=Role.LEADER, field='Trường THCS Bình Minh')}")
    assert "phạm vi: Trường THCS Bình Minh" in desk.hears("41", "handlers.join.welcome_office")
    await desk.says("41", "/tiendo")
    assert "Tổng số 01 lượt giao" in desk.heard("41")
    await desk.says("42", f"/start {await code_for(desk, 'X-AP', function='clerk')}")
    async with desk.database.read() as tx:
        [clerk] = await registry.contacts_of(tx, [desk.office.units["X-AP"]])
    assert clerk.function == "clerk"


async def test_a_field_that_the_registry_forgot_opens_nothing(desk: Desk) -> None:
    await desk.give("TH-HS")
    await desk.says("41", f"/start {await code_for(desk, role=Role.LEADER, field='Trường Tiểu học Không Còn')}")
    desk.forget_news()
    await desk.says("41", "/tiendo")
    assert "lượt giao" not in desk.heard("41")


async def test_the_digest_of_a_field_is_of_that_field(desk: Desk) -> None:
    """A leader for some units reads their figures in the morning, and nobody else's."""
    await desk.give("TH-HS")
    await desk.give("THCS-BM")
    await desk.says("41", f"/start {await code_for(desk, role=Role.LEADER, field='Trường THCS Bình Minh')}")
    desk.forget_news()
    desk.news("41")
    await desk.at(20, 6, 7, 31)
    assert "Tổng số 01 lượt giao" in desk.heard("41")
    assert "Tổng số 02 lượt giao" in desk.heard("loan")
