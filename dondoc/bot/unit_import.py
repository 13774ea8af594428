"""What a sheet of units changes in the registry, and the storing of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.registry.sheet import UnitRow
from dondoc.rules.clock import machine_now
from dondoc.rules.unit_names import locality_of
from dondoc.rules.units import Kind, Registry, Unit
from dondoc.storage import offices, people, registry, unit_records
from dondoc.storage.offices import Office
from dondoc.storage.registry import UnitContact
from dondoc.storage.unit_changes import open_assignments
from dondoc.storage.unit_records import ContactRecord, UnitRecord
from dondoc.vietnamese.text import fold


@dataclass(slots=True)
class Changes:
    """How many units are new, changed and as they were; ``lines`` say what changes, one line a unit.

    ``refused`` says what cannot be stored, and then nothing is.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def records(rows: Sequence[UnitRow], known: Sequence[Unit]) -> list[UnitRecord]:
    """One record a unit. A code is written as it is stored, whatever capitals the sheet uses."""
    spelling = {unit.code.casefold(): unit.code for unit in known}
    grouped: dict[str, list[UnitRow]] = {}
    for row in rows:
        grouped.setdefault(row.code.casefold(), []).append(row)
    codes = _codes(rows, known)
    return [_record(spelling.get(code, some[0].code), some, codes) for code, some in grouped.items()]


def _codes(rows: Sequence[UnitRow], known: Sequence[Unit]) -> dict[str, str]:
    """The code of each unit by its code and by its name, both folded; a name that two units have tells none."""
    spelling = {unit.code.casefold(): unit.code for unit in known}
    named: dict[str, set[str]] = {}
    for name, code in [*((unit.name, unit.code) for unit in known), *((row.name, row.code) for row in rows)]:
        named.setdefault(fold(name), set()).add(spelling.get(code.casefold(), code))
    codes = {name: next(iter(some)) for name, some in named.items() if len(some) == 1}
    return (
        codes
        | {fold(row.code): spelling.get(row.code.casefold(), row.code) for row in rows}
        | {fold(unit.code): unit.code for unit in known}
    )


def _unknown_successors(rows: Sequence[UnitRow], known: Sequence[Unit]) -> list[str]:
    codes = _codes(rows, known)
    unknown = ((row, name) for row in rows for name in row.successors if fold(name) not in codes)
    return list(
        dict.fromkeys(f"{row.code} {row.name}: no unit is called “{name}”, its successor" for row, name in unknown)
    )


def _record(code: str, rows: Sequence[UnitRow], codes: Mapping[str, str]) -> UnitRecord:
    first = rows[0]
    contacts = sorted(
        (row for row in rows if row.has_contact), key=lambda row: people.FUNCTIONS.index(row.contact_function)
    )
    return UnitRecord(
        code=code,
        name=first.name,
        kind=first.kind,
        parent=first.parent,
        aliases=tuple(dict.fromkeys(alias for row in rows for alias in row.aliases)),
        contacts=tuple(
            ContactRecord(row.contact_name, row.contact_title, row.contact_phone, row.contact_function)
            for row in contacts
        ),
        valid_from=first.valid_from,
        valid_to=first.valid_to,
        successors=tuple(
            dict.fromkeys(
                codes[fold(name)] for name in first.successors if fold(name) in codes and codes[fold(name)] != code
            )
        ),
    )


async def changes(tx: AsyncConnection, rows: Sequence[UnitRow]) -> Changes:
    """What storing the rows would change."""
    known = await registry.all_units(tx)
    contacts: dict[int, list[UnitContact]] = {}
    for contact in await registry.contacts_of(tx, [unit.id for unit in known]):
        contacts.setdefault(contact.unit_id, []).append(contact)
    by_code = {unit.code: unit for unit in known}
    by_id = {unit.id: unit for unit in known}
    found = Changes(refused=_unknown_successors(rows, known))
    wanted = records(rows, known)
    ending = [by_code[one.code].id for one in wanted if one.valid_to is not None and one.code in by_code]
    owed = await open_assignments(tx, ending)
    for record in wanted:
        unit = by_code.get(record.code)
        if unit is None:
            found.new += 1
            found.lines.append(f"+ {record.code} {record.name} ({record.kind}), {len(record.contacts)} contacts")
            same_name = [other.code for other in known if fold(other.name) == fold(record.name)]
            if same_name:
                found.notes.append(f'"{record.name}" is now the name of {record.code} and of {", ".join(same_name)}')
            continue
        if owed.get(unit.id) and record.valid_to != unit.valid_to:
            found.refused.append(
                f"{unit.code} {unit.name} has {owed[unit.id]} open assignments: dondoc units close {unit.code} --to CODE"
            )
        taking_over = {by_id[one].code for one in unit.successors if one in by_id}
        differences = [*_unit_changes(record, unit), *_contact_changes(record, contacts.get(unit.id, []))]
        differences += [f"succeeded by {code}" for code in record.successors if code not in taking_over]
        if differences:
            found.changed += 1
            found.lines.append(f"~ {record.code} {unit.name}: {'; '.join(differences)}")
        else:
            found.same += 1
    return found


def _unit_changes(record: UnitRecord, unit: Unit) -> list[str]:
    pairs = (("name", unit.name, record.name), ("kind", unit.kind, record.kind), ("parent", unit.parent, record.parent))
    told = [f"{what} {old or '–'} → {new or '–'}" for what, old, new in pairs if (old or None) != (new or None)]
    days = (("from", unit.valid_from, record.valid_from), ("until", unit.valid_to, record.valid_to))
    told += [f"{what} {old or '–'} → {new}" for what, old, new in days if new is not None and new != old]
    had = {fold(alias) for alias in unit.aliases}
    return told + [f"also called {alias}" for alias in record.aliases if fold(alias) not in had]


def _contact_changes(record: UnitRecord, present: Sequence[UnitContact]) -> list[str]:
    by_name = {fold(contact.name): contact for contact in present}
    told: list[str] = []
    for new in record.contacts:
        old = by_name.get(fold(new.name))
        if old is None:
            told.append(f"new contact {new.name or new.phone}")
        else:
            pairs = (("title", old.title, new.title), ("phone", old.phone, new.phone))
            told += [f"{new.name}: {what} {was or '–'} → {now}" for what, was, now in pairs if now and now != was]
            if new.function not in (old.function, people.UNSAID):
                told.append(f"{new.name}: is {new.function} now")
    return told


async def store(
    tx: AsyncConnection, office: Office, rows: Sequence[UnitRow], *, progress: Callable[[int], None] | None = None
) -> Changes:
    """Store the rows, and take the office's own names from the registry if it says them; what that changed.

    ``progress`` is called with the number of units that were just written.
    """
    found = await changes(tx, rows)
    if found.refused:
        return found
    now = machine_now()
    await unit_records.save_units(tx, records(rows, await registry.all_units(tx)), now, progress=progress)
    units = await registry.all_units(tx)
    await _save_address_forms(tx, rows, units)
    await _name_office(tx, office, units, found)
    return found


async def _save_address_forms(tx: AsyncConnection, rows: Sequence[UnitRow], units: Sequence[Unit]) -> None:
    said = {(row.code.casefold(), fold(row.contact_name)): row.contact_address for row in rows if row.contact_address}
    codes = {unit.id: unit.code.casefold() for unit in units}
    wanted = {code for code, _ in said}
    ids = [unit_id for unit_id, code in codes.items() if code in wanted]
    for contact in await registry.contacts_of(tx, ids):
        form = said.get((codes[contact.unit_id], fold(contact.name)))
        if form and form != contact.address_form:
            await people.update_person(tx, contact.person_id, address_form=form)


async def _name_office(tx: AsyncConnection, office: Office, units: Sequence[Unit], found: Changes) -> None:
    """The office signs under its full name in the registry; its organ is the committee that the registry is about.

    Once an administrator has named it by hand, that name stays.
    """
    if await offices.setting(tx, office.id, offices.NAMED_BY_HAND, False):
        return
    own = Registry(units).own_committee
    named = [unit for unit in units if unit.kind == Kind.OFFICE]
    if len(named) > 1:
        found.notes.append(f"{len(named)} units are offices; the name of this one stays {office.name}")
    await offices.name_office(
        tx,
        office.id,
        name=named[0].name if len(named) == 1 else None,
        organ=own.name if own else None,
        place=_place(own.name) if own else None,
    )


def _place(committee: str) -> str | None:
    """The place before the date on papers: "Bình Sơn" of "UBND huyện Bình Sơn" (Nghị định 30/2020/NĐ-CP)."""
    words = locality_of(committee)
    place = " ".join(committee.split()[-len(words) :]) if words else ""
    return place if fold(place) == " ".join(words) else None
