"""Invitations for units, made in one go: a code each, and the slips that carry them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta, tzinfo

from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.reports.invitation_sheet import Slip
from dondoc.rules.roles import Role
from dondoc.rules.units import Unit
from dondoc.storage import invitations, offices, people, registry
from dondoc.storage.registry import UnitContact


async def unit_slips(
    tx: AsyncConnection,
    office_id: int,
    units: Sequence[Unit],
    now: datetime,
    links: Callable[[str], Sequence[str]],
    *,
    codes: Sequence[str],
    created_by: int | None = None,
) -> list[Slip]:
    """One of the codes for each unit, for its first contact who has not joined. Earlier codes stay good until they expire."""
    contacts = await registry.contacts_of(tx, [unit.id for unit in units])
    joined = await people.addresses_of(tx, [contact.person_id for contact in contacts])
    waiting: dict[int, UnitContact] = {}
    for contact in contacts:
        if contact.person_id not in joined:
            waiting.setdefault(contact.unit_id, contact)
    slips: list[Slip] = []
    for unit, code in zip(units, codes, strict=True):
        await invitations.invite(tx, office_id, Role.CONTACT, now, unit_id=unit.id, created_by=created_by, code=code)
        found = links(code)
        slips.append(Slip(unit.name, _named(waiting.get(unit.id)), code, found[0] if found else None))
    return slips


async def last_day(tx: AsyncConnection, office_id: int, now: datetime, zone: tzinfo | None) -> date:
    """The last whole day on which a code made now is good."""
    days = int(await offices.setting(tx, office_id, offices.INVITATION_DAYS, offices.DEFAULT_INVITATION_DAYS))
    return (now + timedelta(days=days)).astimezone(zone).date() - timedelta(days=1)


async def without_anybody(tx: AsyncConnection, units: Iterable[Unit]) -> list[Unit]:
    """Of some units those where nobody has joined."""
    wanted = list(units)
    contacts = await registry.contacts_of(tx, [unit.id for unit in wanted])
    joined = await people.addresses_of(tx, [contact.person_id for contact in contacts])
    reached = {contact.unit_id for contact in contacts if contact.person_id in joined}
    return [unit for unit in wanted if unit.id not in reached]


def _named(contact: UnitContact | None) -> str:
    if contact is None:
        return ""
    name = f"{contact.address_form} {contact.name}".strip()
    return " – ".join(filter(None, (name, contact.title)))
