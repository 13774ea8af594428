"""Units and contacts as an office's spreadsheet gives them, written into the registry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.storage.people import UNSAID, add_contact, add_person, order_contacts, set_function, update_person
from dondoc.storage.registry import add_alias, contacts_of
from dondoc.storage.tables import units
from dondoc.vietnamese.text import fold


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """One unit as the office's spreadsheet gives it, with its contacts in their order."""

    code: str
    name: str
    kind: str
    parent: str | None
    aliases: tuple[str, ...]
    contacts: tuple[ContactRecord, ...]
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class ContactRecord:
    name: str
    title: str
    phone: str
    function: str = "contact"


async def save_units(tx: AsyncConnection, records: Sequence[UnitRecord], now: datetime) -> tuple[int, int]:
    """Add new units and update known ones in place, by code; how many were new and how many known."""
    known = dict((await tx.execute(select(units.c.code, units.c.id))).all())
    new = 0
    for record in records:
        values: dict[str, object] = {"name": record.name, "kind": record.kind, "parent": record.parent}
        days = {"valid_from": record.valid_from, "valid_to": record.valid_to}
        values.update((name, day) for name, day in days.items() if day is not None)
        unit_id = known.get(record.code)
        if unit_id is None:
            insert = units.insert().values(code=record.code, **values).returning(units.c.id)
            unit_id = int((await tx.execute(insert)).scalar_one())
            known[record.code] = unit_id
            new += 1
        else:
            await tx.execute(update(units).where(units.c.id == unit_id).values(**values))
        for alias in record.aliases:
            await add_alias(tx, unit_id, alias)
        await _save_contacts(tx, unit_id, record.contacts, now)
    return new, len(records) - new


async def _save_contacts(tx: AsyncConnection, unit_id: int, records: Sequence[ContactRecord], now: datetime) -> None:
    present = {fold(contact.name): contact for contact in await contacts_of(tx, [unit_id])}
    for record in records:
        contact = present.get(fold(record.name))
        if contact is None:
            person_id = await add_person(tx, now, name=record.name, title=record.title, phone=record.phone)
            await add_contact(tx, unit_id, person_id, function=record.function)
        else:
            given = {"title": record.title, "phone": record.phone}
            await update_person(tx, contact.person_id, **{key: value for key, value in given.items() if value})
            if record.function not in (contact.function, UNSAID):
                await set_function(tx, unit_id, contact.person_id, record.function)
    if any(record.function != UNSAID for record in records):
        await order_contacts(tx, unit_id)
