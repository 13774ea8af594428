"""Units and their contacts as stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.rules.units import Registry, Unit
from dondoc.storage.database import insert_new
from dondoc.storage.people import add_contact, add_person, update_person
from dondoc.storage.tables import contacts, people, unit_aliases, units
from dondoc.vietnamese.text import fold, nfc


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """One unit as the office's spreadsheet gives it, with its contacts in their order."""

    code: str
    name: str
    kind: str
    parent: str | None
    aliases: tuple[str, ...]
    contacts: tuple[ContactRecord, ...]


@dataclass(frozen=True, slots=True)
class ContactRecord:
    name: str
    title: str
    phone: str
    function: str = "contact"


@dataclass(frozen=True, slots=True)
class UnitContact:
    """A contact of a unit: rank 1 is the first to be reached."""

    unit_id: int
    person_id: int
    rank: int
    name: str
    title: str
    phone: str


async def all_units(tx: AsyncConnection) -> list[Unit]:
    aliases: dict[int, list[str]] = {}
    for unit_id, alias in await tx.execute(select(unit_aliases.c.unit_id, unit_aliases.c.alias)):
        aliases.setdefault(unit_id, []).append(alias)
    rows = await tx.execute(select(units).order_by(units.c.code))
    return [_unit(row, tuple(aliases.get(row.id, ()))) for row in rows]


async def registry(tx: AsyncConnection) -> Registry:
    """All units, ready for resolving names."""
    return Registry(await all_units(tx))


async def unit_by_code(tx: AsyncConnection, code: str) -> Unit | None:
    row = (await tx.execute(select(units).where(units.c.code == code))).first()
    return None if row is None else _unit(row, ())


async def unit_names(tx: AsyncConnection, unit_ids: Iterable[int]) -> dict[int, str]:
    rows = await tx.execute(select(units.c.id, units.c.name).where(units.c.id.in_(list(unit_ids))))
    return dict(rows.all())


async def add_alias(tx: AsyncConnection, unit_id: int, alias: str) -> None:
    """Remember another name of the unit."""
    alias = nfc(alias).strip()
    await insert_new(tx, unit_aliases, {"unit_id": unit_id, "folded": fold(alias), "alias": alias})


async def save_units(tx: AsyncConnection, records: Sequence[UnitRecord], now: datetime) -> tuple[int, int]:
    """Add new units and update known ones in place, by code; how many were new and how many known."""
    known = dict((await tx.execute(select(units.c.code, units.c.id))).all())
    new = 0
    for record in records:
        values = {"name": record.name, "kind": record.kind, "parent": record.parent}
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


async def contacts_of(tx: AsyncConnection, unit_ids: Iterable[int]) -> list[UnitContact]:
    """The contacts of some units, by unit and rank."""
    statement = (
        select(contacts.c.unit_id, contacts.c.person_id, contacts.c.rank, people.c.name, people.c.title, people.c.phone)
        .join(people, people.c.id == contacts.c.person_id)
        .where(contacts.c.unit_id.in_(list(unit_ids)))
        .order_by(contacts.c.unit_id, contacts.c.rank)
    )
    return [UnitContact(*row) for row in await tx.execute(statement)]


def _unit(row: object, aliases: tuple[str, ...]) -> Unit:
    return Unit(
        id=row.id,  # type: ignore[attr-defined]
        code=row.code,  # type: ignore[attr-defined]
        name=row.name,  # type: ignore[attr-defined]
        kind=row.kind,  # type: ignore[attr-defined]
        parent=row.parent,  # type: ignore[attr-defined]
        short_name=row.short_name,  # type: ignore[attr-defined]
        aliases=aliases,
        valid_from=row.valid_from,  # type: ignore[attr-defined]
        valid_to=row.valid_to,  # type: ignore[attr-defined]
    )
