"""Contacts change: one principal hands over to another, many at once by the year's sheet, somebody stands in for a while.

Who goes answers for the unit no more. What they did stays under their name; no earlier code of the unit lets anybody in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.storage import invitations, people, registry, work
from dondoc.storage.registry import UnitContact
from dondoc.storage.tables import contacts, stand_ins
from dondoc.storage.unit_records import ContactRecord, UnitRecord
from dondoc.vietnamese.text import fold


@dataclass(frozen=True, slots=True)
class Coming:
    """Who becomes a contact: somebody new, or ``person_id``, known from the unit called ``before``."""

    record: ContactRecord
    person_id: int | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Rotation:
    """What the year's sheet changes in one unit."""

    unit_id: int
    code: str
    name: str
    goes: tuple[UnitContact, ...]
    comes: tuple[Coming, ...]


async def rotations(tx: AsyncConnection, records: Sequence[UnitRecord]) -> list[Rotation]:
    """The units whose contacts differ from the sheet's. A unit for which the sheet names nobody stays as it is.

    Somebody is known again by the telephone number, or by the name where the registry has it once.
    """
    units = {unit.code: unit for unit in await registry.all_units(tx)}
    names = {unit.id: unit.name for unit in units.values()}
    present: dict[int, list[UnitContact]] = {}
    for contact in await registry.contacts_of(tx, [unit.id for unit in units.values()]):
        present.setdefault(contact.unit_id, []).append(contact)
    known = _Known(one for some in present.values() for one in some)
    found: list[Rotation] = []
    for record in records:
        unit = units.get(record.code)
        if unit is None or not record.contacts:
            continue
        here = present.get(unit.id, [])
        stays: set[int] = set()
        comes: list[Coming] = []
        for wanted in record.contacts:
            same = known.find(wanted, here) or known.find(wanted)
            if same is not None and same.unit_id == unit.id:
                stays.add(same.person_id)
            elif same is not None:
                comes.append(Coming(wanted, same.person_id, names[same.unit_id]))
            else:
                comes.append(Coming(wanted))
        goes = tuple(one for one in here if one.person_id not in stays)
        if goes or comes:
            found.append(Rotation(unit.id, unit.code, unit.name, goes, tuple(comes)))
    return found


class _Known:
    """Contacts found again by number or name."""

    def __init__(self, everybody: Iterable[UnitContact]) -> None:
        self._all = list(everybody)

    def find(self, wanted: ContactRecord, among: Sequence[UnitContact] | None = None) -> UnitContact | None:
        some = self._all if among is None else among
        number, name = _digits(wanted.phone), fold(wanted.name)
        by_number = [one for one in some if number and _digits(one.phone) == number]
        if by_number and all(fold(one.name) == name or among is not None for one in by_number):
            return by_number[0]
        by_name = [one for one in some if name and fold(one.name) == name]
        # A number that both have and that differs tells two people of one name apart.
        if len({one.person_id for one in by_name}) == 1 and not (
            number and _digits(by_name[0].phone) and among is None
        ):
            return by_name[0]
        return None


def _digits(phone: str) -> str:
    digits = "".join(letter for letter in phone if letter.isdigit())
    return "0" + digits[2:] if digits.startswith("84") and len(digits) > 9 else digits


async def rotate(tx: AsyncConnection, changes: Sequence[Rotation], *, actor_id: int | None, at: datetime) -> None:
    """Carry out what ``rotations`` found, all of it: first everybody goes, then everybody comes."""
    for change in changes:
        for gone in change.goes:
            await people.remove_contact(tx, change.unit_id, gone.person_id)
    for change in changes:
        new = [await _add(tx, change.unit_id, coming, at) for coming in change.comes]
        await people.order_contacts(tx, change.unit_id)
        await invitations.revoke(tx, change.unit_id, at)
        await _record(tx, change.unit_id, [one.person_id for one in change.goes], new, actor_id, at)


async def hand_over(
    tx: AsyncConnection,
    unit_id: int,
    gone: UnitContact | None,
    to: ContactRecord,
    *,
    actor_id: int | None,
    at: datetime,
) -> int:
    """A contact hands over to somebody else, who takes the same place in the unit; the id of who comes."""
    if gone is not None:
        await people.remove_contact(tx, unit_id, gone.person_id)
    new = await _add(tx, unit_id, Coming(to), at)
    if gone is not None:
        mine = (contacts.c.unit_id == unit_id) & (contacts.c.person_id == new)
        await tx.execute(update(contacts).where(mine).values(rank=gone.rank, function=gone.function))
    await invitations.revoke(tx, unit_id, at)
    await _record(tx, unit_id, [gone.person_id] if gone else [], [new], actor_id, at)
    return new


async def _add(tx: AsyncConnection, unit_id: int, coming: Coming, at: datetime) -> int:
    record = coming.record
    person_id = coming.person_id
    if person_id is None:
        person_id = await people.add_person(tx, at, name=record.name, title=record.title, phone=record.phone)
    else:
        given: Mapping[str, str] = {"title": record.title, "phone": record.phone}
        await people.update_person(tx, person_id, **{name: value for name, value in given.items() if value})
    await people.add_contact(tx, unit_id, person_id, function=record.function)
    return person_id


async def _record(
    tx: AsyncConnection, unit_id: int, gone: list[int], new: list[int], actor_id: int | None, at: datetime
) -> None:
    detail = {"unit_id": unit_id, "from": gone, "to": new}
    await work.record(tx, "contact.handed_over", actor_id=actor_id, at=at, detail=detail)


async def stand_in(
    tx: AsyncConnection,
    unit_id: int,
    absent_id: int,
    substitute_id: int,
    first_day: date,
    last_day: date,
    *,
    actor_id: int | None,
    at: datetime,
) -> None:
    """From one day to another, both counted, somebody else is reached in a contact's place and answers for the unit."""
    values = {
        "unit_id": unit_id,
        "person_id": absent_id,
        "substitute_id": substitute_id,
        "first_day": first_day,
        "last_day": last_day,
    }
    await tx.execute(stand_ins.insert().values(**values))
    days = {"first_day": first_day.isoformat(), "last_day": last_day.isoformat()}
    await work.record(tx, "contact.stand_in", actor_id=actor_id, at=at, detail={**values, **days})
