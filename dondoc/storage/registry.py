"""Units and their contacts as stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import URL, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.rules.units import Registry, Unit
from dondoc.storage import stamps
from dondoc.storage.bulk import among
from dondoc.storage.database import insert_new
from dondoc.storage.tables import contacts, people, stand_ins, unit_aliases, unit_successors, units
from dondoc.vietnamese.text import fold, nfc


@dataclass(frozen=True, slots=True)
class UnitContact:
    """A contact of a unit: rank 1 is the first to be reached. ``function`` is "contact" where the registry does not say."""

    unit_id: int
    person_id: int
    rank: int
    name: str
    title: str
    phone: str
    address_form: str
    function: str


_OF_PERSON = (people.c.name, people.c.title, people.c.phone, people.c.address_form)


async def all_units(tx: AsyncConnection) -> list[Unit]:
    aliases: dict[int, list[str]] = {}
    for unit_id, alias in await tx.execute(select(unit_aliases.c.unit_id, unit_aliases.c.alias)):
        aliases.setdefault(unit_id, []).append(alias)
    successors: dict[int, list[int]] = {}
    for unit_id, successor_id in await tx.execute(select(unit_successors.c.unit_id, unit_successors.c.successor_id)):
        successors.setdefault(unit_id, []).append(successor_id)
    rows = await tx.execute(select(units).order_by(units.c.code))
    return [
        replace(_unit(row, tuple(aliases.get(row.id, ()))), successors=tuple(sorted(successors.get(row.id, ()))))
        for row in rows
    ]


# By database, the stamp of its units and what was made of them: 0.2 s of work at 5,000 units, and about 20 MB.
_made: dict[URL, tuple[str, Registry]] = {}


async def registry(tx: AsyncConnection) -> Registry:
    """All units, ready for resolving names. Kept in memory until somebody changes a unit, in whatever process."""
    url = tx.engine.url
    stamp = await stamps.stamp(tx, stamps.UNITS)
    kept = _made.get(url)
    if kept is not None and kept[0] == stamp:
        return kept[1]
    made = Registry(await all_units(tx))
    if stamp is not None:
        _made.clear()  # a process has one database
        _made[url] = stamp, made
    return made


async def unit_by_code(tx: AsyncConnection, code: str) -> Unit | None:
    row = (await tx.execute(select(units).where(units.c.code == code))).first()
    return None if row is None else _unit(row, ())


async def unit_names(tx: AsyncConnection, unit_ids: Iterable[int]) -> dict[int, str]:
    rows = await tx.execute(select(units.c.id, units.c.name).where(among(units.c.id, unit_ids)))
    return dict(rows.all())


async def add_alias(tx: AsyncConnection, unit_id: int, alias: str) -> None:
    """Remember another name of the unit."""
    alias = nfc(alias).strip()
    await insert_new(tx, unit_aliases, {"unit_id": unit_id, "folded": fold(alias), "alias": alias})


async def contacts_of(tx: AsyncConnection, unit_ids: Iterable[int], on: date | None = None) -> list[UnitContact]:
    """The contacts of some units, by unit and rank; ``on`` a day, stand-ins in the places of those who are on leave."""
    wanted = list(unit_ids)
    statement = (
        select(contacts.c.unit_id, contacts.c.person_id, contacts.c.rank, *_OF_PERSON, contacts.c.function)
        .join(people, people.c.id == contacts.c.person_id)
        .where(among(contacts.c.unit_id, wanted))
        .order_by(contacts.c.unit_id, contacts.c.rank)
    )
    found = [UnitContact(*row) for row in await tx.execute(statement)]
    away = {} if on is None else await _stand_ins(tx, wanted, on)
    if not away:
        return found
    placed = [replace(away.get((one.unit_id, one.person_id), one), rank=one.rank) for one in found]
    # Who stands in for another contact of the unit is reached once, in the higher of the two places.
    return list({(one.unit_id, one.person_id): one for one in reversed(placed)}.values())[::-1]


async def _stand_ins(tx: AsyncConnection, unit_ids: list[int], on: date) -> dict[tuple[int, int], UnitContact]:
    """By unit and the contact who is on leave."""
    statement = (
        select(stand_ins.c.person_id.label("absent_id"), stand_ins.c.unit_id, people.c.id, *_OF_PERSON)
        .join(people, people.c.id == stand_ins.c.substitute_id)
        .where(among(stand_ins.c.unit_id, unit_ids), stand_ins.c.first_day <= on, stand_ins.c.last_day >= on)
    )
    return {
        (row.unit_id, row.absent_id): UnitContact(
            row.unit_id, row.id, 0, row.name, row.title, row.phone, row.address_form, "stand_in"
        )
        for row in await tx.execute(statement)
    }


async def successors_of(tx: AsyncConnection, unit_ids: Iterable[int]) -> list[int]:
    """Who took over from some units, as people chose."""
    statement = select(unit_successors.c.successor_id).where(among(unit_successors.c.unit_id, unit_ids))
    return list((await tx.execute(statement.distinct().order_by(unit_successors.c.successor_id))).scalars())


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
