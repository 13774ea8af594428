"""Joining by one-time code."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from dondoc.handlers import dangky
from dondoc.rules.clock import machine_now
from dondoc.rules.roles import Role
from dondoc.storage import invitations, registry
from dondoc.storage.tables import addresses, contacts, office_roles
from dondoc.storage.tables import invitations as codes
from dondoc.storage.tables import people as people_table
from tests.support.office import Desk


async def code_for(desk: Desk, unit: str | None = None, role: Role = Role.CONTACT, name: str = "") -> str:
    async with desk.database.write() as tx:
        unit_id = desk.office.units[unit] if unit else None
        return await invitations.invite(tx, desk.office.id, role, machine_now(), unit_id=unit_id, person_name=name)


async def test_the_first_contact_takes_the_units_code(desk: Desk) -> None:
    """As the person of the registry, with the open tasks; the second one becomes a further contact."""
    await desk.give("MN-HD", deadline=date(2024, 6, 28))
    await desk.says("41", f"/start {await code_for(desk, 'MN-HD')}")
    text = desk.hears("41", "handlers.join.welcome_unit", "handlers.join.open_tasks", unit="Trường Mầm non Hướng Dương")
    assert "Bùi Tuyết Mai" in text
    assert "NV-001" in text
    await desk.says("42", await code_for(desk, "MN-HD"), sender_name="Hà Thị Phó")
    assert "Hà Thị Phó" in desk.hears("42", "handlers.join.welcome_unit")
    async with desk.database.read() as tx:
        found = await registry.contacts_of(tx, [desk.office.units["MN-HD"]])
    assert [(contact.name, contact.rank) for contact in found] == [("Bùi Tuyết Mai", 1), ("Hà Thị Phó", 2)]


async def test_two_codes_without_a_name_used_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is somebody of their own: the second waits until the first has joined."""
    person_for = dangky._person_for
    both = asyncio.Barrier(2)

    async def hurried(*arguments: Any, **options: Any) -> int:
        found = await person_for(*arguments, **options)
        with suppress(TimeoutError):  # nobody comes while the unit is locked
            async with asyncio.timeout(0.3):
                await both.wait()
        return found

    codes = [await code_for(desk, "MN-HD") for _ in range(2)]
    monkeypatch.setattr(dangky, "_person_for", hurried)
    for chat, code in zip(("41", "42"), codes, strict=True):
        await desk.arrives(chat, f"/start {code}", sender_name=f"Người {chat}")
    await desk.settle()
    statement = select(addresses.c.person_id).where(addresses.c.chat_id.in_(("41", "42")))
    joined = [row[0] for row in await desk.rows(statement)]
    assert len(joined) == len(set(joined)) == 2
    assert desk.office.people["mai"] in joined
    async with desk.database.read() as tx:
        found = await registry.contacts_of(tx, [desk.office.units["MN-HD"]])
    assert sorted(contact.rank for contact in found) == [1, 2]


async def test_a_code_works_once_and_in_time(desk: Desk) -> None:
    """Used, expired and unknown codes get the same words."""
    code = await code_for(desk, "X-AP")
    await desk.says("41", f"/start {code}")
    desk.hears("41", "handlers.join.welcome_unit")
    expired = await code_for(desk, "X-AP")
    async with desk.database.write() as tx:
        await tx.execute(codes.update().where(codes.c.used_at.is_(None)).values(expires_at=machine_now()))
    for text in (f"/start {code}", f"/start {expired}", "/start ABCDEFGH", "ABCDEFGH"):
        await desk.says("43", text)
        desk.hears_only("43", "handlers.join.bad_code")
    assert len(await desk.rows(select(addresses.c.id).where(addresses.c.chat_id == "43"))) == 0


async def test_guessing_is_slowed_down(desk: Desk) -> None:
    """After five wrong codes even the right one has to wait; other people do not."""
    code = await code_for(desk, role=Role.STAFF)
    for _ in range(5):
        await desk.says("43", "/start WRNGCDE2")
        desk.hears_only("43", "handlers.join.bad_code")
    await desk.says("43", f"/start {code}")
    desk.hears_only("43", "handlers.join.slow_down")
    await desk.says("44", f"/start {code}")
    desk.hears("44", "handlers.join.welcome_office")


async def test_a_role_joins_with_its_name(desk: Desk) -> None:
    await desk.says("41", f"/start {await code_for(desk, role=Role.LEADER, name='Lý Thế Vinh')}", sender_name="VL")
    assert "Lý Thế Vinh" in desk.hears("41", "handlers.join.welcome_office", role="lãnh đạo")
    statement = select(people_table.c.name, office_roles.c.role).join(office_roles)
    assert ("Lý Thế Vinh", "leader") in await desk.rows(statement)


async def test_somebody_known_joins_once_more(desk: Desk) -> None:
    """A further unit for a contact, and an office role for somebody who was one; nothing is lost."""
    await desk.says("huong", f"/start {await code_for(desk, 'X-AP')}")
    desk.hears("huong", "handlers.join.welcome_unit", unit="UBND xã An Phú")
    units = select(contacts.c.unit_id).where(contacts.c.person_id == desk.office.people["huong"])
    assert {row[0] for row in await desk.rows(units)} == {desk.office.units["TH-HS"], desk.office.units["X-AP"]}
    await desk.says("huong", "/start")
    desk.hears_only("huong", "handlers.join.welcome_back")


async def test_what_strangers_get(desk: Desk) -> None:
    """One line whatever they write; nothing in a group, not even for a code."""
    code = await code_for(desk, role=Role.STAFF)
    for text in ("xin chào", "/tiendo", "NV-001 đã xong", "", "/start", "/start a b c"):
        await desk.says("43", text)
        desk.hears_only("43", "handlers.join.how")
    await desk.says("-7", f"/start {code}", sender_id="43", is_group=True)
    desk.hears_nothing("-7")
    await desk.says("43", f"/start {code}")
    desk.hears("43", "handlers.join.welcome_office")


async def test_who_comes_back_is_reached_again(desk: Desk) -> None:
    """Blocking and coming back are told by the platform; writing alone says it, too."""
    statement = select(addresses.c.reachable).where(addresses.c.chat_id == desk.office.chats["huong"])
    for service, reachable in (("blocked", False), ("unblocked", True), ("blocked", False)):
        await desk.says("huong", "", service=service)
        assert await desk.rows(statement) == [(reachable,)]
        desk.hears_nothing("huong")
    await desk.says("huong", "em đây ạ")
    assert await desk.rows(statement) == [(True,)]


async def test_an_invitation_lasts_by_the_machines_time(desk: Desk) -> None:
    """Moving the office's clock ends no invitation."""
    code = await code_for(desk, "X-AP")
    desk.clock.set(desk.clock.now() + timedelta(days=400))
    await desk.says("41", f"/start {code}")
    desk.hears("41", "handlers.join.welcome_unit")
