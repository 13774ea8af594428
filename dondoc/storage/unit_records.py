"""Units and contacts as an office's spreadsheet gives them, written into the registry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.rules.unit_model import Unit
from dondoc.storage.database import insert_many_new
from dondoc.storage.people import FUNCTIONS, UNSAID, order_contacts, set_function, title_form, update_person
from dondoc.storage.registry import UnitContact, all_units, contacts_of
from dondoc.storage.tables import contacts, people, unit_aliases, unit_successors, units
from dondoc.vietnamese.text import fold, nfc

# So many units go to the database in one statement.
BATCH = 500


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
    successors: tuple[str, ...] = ()  # codes of units here or in the same sheet


@dataclass(frozen=True, slots=True)
class ContactRecord:
    name: str
    title: str
    phone: str
    function: str = UNSAID


async def save_units(
    tx: AsyncConnection,
    records: Sequence[UnitRecord],
    now: datetime,
    *,
    progress: Callable[[int], None] | None = None,
) -> tuple[int, int]:
    """Add new units and update known ones in place, by code; how many were new and how many known.

    ``progress`` is called with the number of records that were just written.
    """
    known = {unit.code: unit for unit in await all_units(tx)}
    new = 0
    for start in range(0, len(records), BATCH):
        batch = records[start : start + BATCH]
        new += await _save(tx, batch, known, now)
        if progress is not None:
            progress(len(batch))
    await _save_successors(tx, [record for record in records if record.successors])
    return new, len(records) - new


async def _save_successors(tx: AsyncConnection, records: Sequence[UnitRecord]) -> None:
    """Who took over; once all units are here. What was known of successors before stays."""
    ids = {unit.code: unit.id for unit in await all_units(tx)} if records else {}
    rows = [
        {"unit_id": ids[record.code], "successor_id": ids[code]} for record in records for code in record.successors
    ]
    await insert_many_new(tx, unit_successors, rows)


async def _save(tx: AsyncConnection, batch: Sequence[UnitRecord], known: dict[str, Unit], now: datetime) -> int:
    ids = {record.code: known[record.code].id for record in batch if record.code in known}
    here: dict[int, list[UnitContact]] = {}
    for contact in await contacts_of(tx, ids.values()):
        here.setdefault(contact.unit_id, []).append(contact)
    had = {unit_id: {fold(alias) for alias in known[code].aliases} for code, unit_id in ids.items()}
    fresh = [record for record in batch if record.code not in known]
    ids.update(await _add_units(tx, fresh))
    for record in batch:
        if record.code in known:
            await _update_unit(tx, record, known[record.code])
    aliases = [
        {"unit_id": ids[record.code], "folded": fold(alias), "alias": nfc(alias).strip()}
        for record in batch
        for alias in record.aliases
        if fold(alias) not in had.get(ids[record.code], ())
    ]
    await insert_many_new(tx, unit_aliases, aliases)
    await _save_contacts(tx, [(ids[record.code], record.contacts) for record in batch], here, now)
    return len(fresh)


async def _add_units(tx: AsyncConnection, records: Sequence[UnitRecord]) -> dict[str, int]:
    if not records:
        return {}
    rows = [
        {
            "code": record.code,
            "name": record.name,
            "kind": record.kind,
            "parent": record.parent,
            "valid_from": record.valid_from,
            "valid_to": record.valid_to,
        }
        for record in records
    ]
    statement = units.insert().returning(units.c.id, sort_by_parameter_order=True)
    ids = (await tx.execute(statement, rows)).scalars()
    return dict(zip((record.code for record in records), ids, strict=True))


async def _update_unit(tx: AsyncConnection, record: UnitRecord, unit: Unit) -> None:
    values: dict[str, object] = {"name": record.name, "kind": record.kind, "parent": record.parent}
    days = {"valid_from": record.valid_from, "valid_to": record.valid_to}
    values.update((name, day) for name, day in days.items() if day is not None)
    changed = {name: value for name, value in values.items() if value != getattr(unit, name)}
    if changed:
        await tx.execute(update(units).where(units.c.id == unit.id).values(**changed))


async def _save_contacts(
    tx: AsyncConnection,
    wanted: Iterable[tuple[int, Sequence[ContactRecord]]],
    here: dict[int, list[UnitContact]],
    now: datetime,
) -> None:
    coming: list[tuple[int, int, ContactRecord]] = []  # unit, rank, who
    reordered: set[int] = set()
    for unit_id, records in wanted:
        present = {fold(contact.name): contact for contact in here.get(unit_id, ())}
        rank = max((contact.rank for contact in here.get(unit_id, ())), default=0)
        for record in sorted(records, key=lambda one: FUNCTIONS.index(one.function)) if not present else records:
            contact = present.get(fold(record.name))
            if contact is None:
                rank += 1
                coming.append((unit_id, rank, record))
                if present and record.function != UNSAID:
                    reordered.add(unit_id)
                continue
            await _update_contact(tx, contact, record)
            if record.function not in (contact.function, UNSAID):
                await set_function(tx, unit_id, contact.person_id, record.function)
                reordered.add(unit_id)
    await _add_contacts(tx, coming, now)
    for unit_id in sorted(reordered):
        await order_contacts(tx, unit_id)


async def _update_contact(tx: AsyncConnection, contact: UnitContact, record: ContactRecord) -> None:
    given = {"title": (contact.title, record.title), "phone": (contact.phone, record.phone)}
    changed = {name: new for name, (old, new) in given.items() if new and new != old}
    await update_person(tx, contact.person_id, **changed)


async def _add_contacts(tx: AsyncConnection, coming: Sequence[tuple[int, int, ContactRecord]], now: datetime) -> None:
    if not coming:
        return
    rows = [
        {
            "name": record.name,
            "title": record.title,
            "phone": record.phone,
            "address_form": title_form(record.title),
            "created_at": now,
        }
        for _, _, record in coming
    ]
    statement = people.insert().returning(people.c.id, sort_by_parameter_order=True)
    ids = (await tx.execute(statement, rows)).scalars()
    await tx.execute(
        contacts.insert(),
        [
            {"unit_id": unit_id, "person_id": person_id, "rank": rank, "function": record.function}
            for (unit_id, rank, record), person_id in zip(coming, ids, strict=True)
        ],
    )
