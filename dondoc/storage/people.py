"""People: who they are to the office, and where they are reached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.rules.fields import UnclearField, units_of_field
from dondoc.rules.roles import Right, Role, Scope, rights_of, scope_for
from dondoc.storage import registry
from dondoc.storage.bulk import among
from dondoc.storage.database import insert_new, upsert
from dondoc.storage.outbox import Address
from dondoc.storage.tables import addresses, contacts, office_roles, people, stand_ins, tasks, units

# What a contact is to the unit, in the order in which they are reached: đầu mối chính, not said, dự phòng, văn thư, trực hè.
UNSAID = "contact"
FUNCTIONS = ("first", UNSAID, "second", "clerk", "summer")


@dataclass(frozen=True, slots=True)
class Person:
    """A registered person with what they are to the office.

    ``unit_ids`` are the units they answer for, ``closed`` those of them that exist no more, ``fields`` the units to which
    an office role is limited. ``menu`` is what the platform's menu shows where they were identified.
    """

    id: int
    name: str
    title: str
    address_form: str
    phone: str
    language: str
    roles: frozenset[Role]
    unit_ids: tuple[int, ...]
    closed: frozenset[int] = frozenset()
    fields: Mapping[Role, frozenset[int]] = field(default_factory=dict)
    menu: str | None = None

    def scope(self, *, in_group: bool = False) -> Scope:
        return scope_for(
            self.id,
            self.roles,
            frozenset(self.unit_ids),
            in_group=in_group,
            closed=self.closed,
            fields=self.fields,
        )


async def get_person(tx: AsyncConnection, person_id: int, on: date | None = None) -> Person:
    """The person, with the units they stand in for ``on`` a day. Raises LookupError."""
    row = (await tx.execute(select(people).where(people.c.id == person_id))).first()
    if row is None:
        raise LookupError(f"no person {person_id}")
    own = await _units_of(tx, person_id, on)
    role_rows = select(office_roles.c.role, office_roles.c.field).where(office_roles.c.person_id == person_id)
    held = dict((await tx.execute(role_rows)).all())
    roles = {Role(role) for role in held}
    if own:
        roles.add(Role.CONTACT)
        if await _is_via(tx, own):
            roles.add(Role.VIA)
    return Person(
        id=row.id,
        name=row.name,
        title=row.title,
        address_form=row.address_form,
        phone=row.phone,
        language=row.language,
        roles=frozenset(roles),
        unit_ids=tuple(own),
        closed=frozenset(unit for unit, ended in own.items() if on and ended and ended < on),
        fields=await _fields(tx, {Role(role): words for role, words in held.items() if words}, on),
    )


async def _units_of(tx: AsyncConnection, person_id: int, on: date | None) -> dict[int, date | None]:
    """The units that a person answers for, each with its last day."""
    mine = contacts.c.person_id == person_id
    statement = select(units.c.id, units.c.valid_to).join(contacts, contacts.c.unit_id == units.c.id).where(mine)
    found = dict((await tx.execute(statement.order_by(units.c.id))).all())
    if on is not None:
        for_others = (
            select(units.c.id, units.c.valid_to)
            .join(stand_ins, stand_ins.c.unit_id == units.c.id)
            .where(stand_ins.c.substitute_id == person_id, stand_ins.c.first_day <= on, stand_ins.c.last_day >= on)
        )
        found.update((await tx.execute(for_others)).all())
    return found


async def _is_via(tx: AsyncConnection, unit_ids: Iterable[int]) -> bool:
    routed = exists().where(among(tasks.c.via_unit_id, unit_ids), tasks.c.status == "approved")
    return bool((await tx.execute(select(routed))).scalar())


async def _fields(tx: AsyncConnection, written: Mapping[Role, str], on: date | None) -> dict[Role, frozenset[int]]:
    """The units of each limited role. A field that the registry no longer knows holds none: it is closed, not open."""
    if not written:
        return {}
    known = await registry.registry(tx)
    found: dict[Role, frozenset[int]] = {}
    for role, words in written.items():
        try:
            found[role] = units_of_field(known, words, on or date.max)
        except UnclearField:
            found[role] = frozenset()
    return found


async def identify(
    tx: AsyncConnection, channel: str, account: str, chat_id: str, on: date | None = None
) -> Person | None:
    """Who writes from this chat on a day; None for an unknown person."""
    statement = select(addresses.c.person_id, addresses.c.menu).where(
        addresses.c.channel == channel, addresses.c.account == account, addresses.c.chat_id == chat_id
    )
    row = (await tx.execute(statement)).first()
    return None if row is None else replace(await get_person(tx, row.person_id, on), menu=row.menu)


async def add_person(tx: AsyncConnection, now: datetime, *, name: str = "", title: str = "", phone: str = "") -> int:
    """A new person; their id."""
    address_form = title_form(title)
    values = {"name": name, "title": title, "phone": phone, "address_form": address_form, "created_at": now}
    result = await tx.execute(people.insert().values(**values).returning(people.c.id))
    return int(result.scalar_one())


def title_form(title: str) -> str:
    """The form of address that a title is, if it is one."""
    # "Thầy" and "Cô" are stored when the registry says them; nobody's form is guessed from a name or a title.
    return title if title in ("Thầy", "Cô") else ""


async def update_person(tx: AsyncConnection, person_id: int, **values: str) -> None:
    """Set the given columns of a person."""
    if values:
        await tx.execute(update(people).where(people.c.id == person_id).values(**values))


async def add_contact(tx: AsyncConnection, unit_id: int, person_id: int, *, function: str = "contact") -> None:
    """Make the person a contact of the unit, after those it has."""
    taken = (await tx.execute(select(contacts.c.rank).where(contacts.c.unit_id == unit_id))).scalars().all()
    values = {"unit_id": unit_id, "person_id": person_id, "rank": max(taken, default=0) + 1, "function": function}
    await insert_new(tx, contacts, values)


async def set_function(tx: AsyncConnection, unit_id: int, person_id: int, function: str) -> None:
    """What a contact is to the unit from now on."""
    mine = (contacts.c.unit_id == unit_id) & (contacts.c.person_id == person_id)
    await tx.execute(update(contacts).where(mine).values(function=function))


async def order_contacts(tx: AsyncConnection, unit_id: int) -> None:
    """Rank the contacts of a unit by their functions; those of one function stay in their order."""
    statement = select(contacts.c.person_id, contacts.c.rank, contacts.c.function).where(contacts.c.unit_id == unit_id)
    rows = sorted((await tx.execute(statement)).all(), key=lambda row: (FUNCTIONS.index(row.function), row.rank))
    for rank, row in enumerate(rows, 1):
        if row.rank != rank:
            mine = (contacts.c.unit_id == unit_id) & (contacts.c.person_id == row.person_id)
            await tx.execute(update(contacts).where(mine).values(rank=rank))


async def remove_contact(tx: AsyncConnection, unit_id: int, person_id: int) -> None:
    """The person answers for the unit no more; what they did stays in the trail."""
    mine = (contacts.c.unit_id == unit_id) & (contacts.c.person_id == person_id)
    await tx.execute(delete(contacts).where(mine))


async def add_role(tx: AsyncConnection, person_id: int, office_id: int, role: Role, field: str | None = None) -> None:
    """Give a role, limited to a field where one is named; a role that the person has already takes the new field."""
    key = {"person_id": person_id, "office_id": office_id, "role": role.value}
    await upsert(tx, office_roles, key, {"field": field})


async def with_right(tx: AsyncConnection, office_id: int, right: Right, units: Iterable[int] = ()) -> list[int]:
    """The people of the office who have a right, over all of the given units, in the order in which they came."""
    roles = [role.value for role in Role if right in rights_of(role)]
    statement = select(office_roles.c.person_id, office_roles.c.field).where(
        office_roles.c.office_id == office_id, office_roles.c.role.in_(roles)
    )
    found: dict[int, bool] = {}  # whether the person holds it without a limit
    for person_id, field_of_role in await tx.execute(statement.order_by(office_roles.c.person_id)):
        found[person_id] = found.get(person_id, False) or field_of_role is None
    wanted = list(units)
    return [one for one, whole in found.items() if whole or (await get_person(tx, one)).scope().may(right, wanted)]


async def with_role(tx: AsyncConnection, office_id: int, role: Role) -> list[int]:
    statement = select(office_roles.c.person_id).where(
        office_roles.c.office_id == office_id, office_roles.c.role == role.value
    )
    return list((await tx.execute(statement.order_by(office_roles.c.person_id))).scalars())


async def coverage(tx: AsyncConnection, on: date) -> tuple[int, int]:
    """Of how many units, of all that exist on a day, somebody can be reached."""
    exist = or_(units.c.valid_to.is_(None), units.c.valid_to >= on)
    reached = (
        select(contacts.c.unit_id)
        .join(addresses, addresses.c.person_id == contacts.c.person_id)
        .where(addresses.c.reachable)
    )
    total = select(func.count()).select_from(units).where(exist)
    return (
        int((await tx.execute(total.where(units.c.id.in_(reached)))).scalar_one()),
        int((await tx.execute(total)).scalar_one()),
    )


async def languages_of(tx: AsyncConnection, person_ids: Iterable[int]) -> dict[int, str]:
    """The language of each of these people."""
    rows = await tx.execute(select(people.c.id, people.c.language).where(among(people.c.id, person_ids)))
    return dict(rows.all())


# --- addresses -------------------------------------------------------------------------------------------------------


async def address_of(tx: AsyncConnection, person_id: int) -> Address | None:
    """Where the person is reached now: the address joined last among those that work."""
    return (await addresses_of(tx, [person_id])).get(person_id)


async def addresses_of(tx: AsyncConnection, person_ids: Iterable[int]) -> dict[int, Address]:
    """The working address of each person who has one."""
    table = addresses.c
    statement = (
        select(table.channel, table.account, table.chat_id, table.person_id)
        .where(among(addresses.c.person_id, person_ids), addresses.c.reachable)
        .order_by(addresses.c.joined_at, addresses.c.id)
    )
    return {row.person_id: Address(*row) for row in await tx.execute(statement)}


async def set_reachable(tx: AsyncConnection, to: Address, reachable: bool, reason: str | None = None) -> int | None:
    """Mark an address; the person's id, or None for an address nobody has or one that was marked so before."""
    there = (
        (addresses.c.channel == to.channel)
        & (addresses.c.account == to.account)
        & (addresses.c.chat_id == to.chat_id)
        & (addresses.c.reachable != reachable)
    )
    statement = update(addresses).where(there).values(reachable=reachable, reason=reason)
    person_id: int | None = (await tx.execute(statement.returning(addresses.c.person_id))).scalar()
    return person_id


async def set_menu(tx: AsyncConnection, to: Address, menu: str) -> None:
    """What the platform's menu shows at an address."""
    there = (addresses.c.channel == to.channel) & (addresses.c.account == to.account)
    await tx.execute(update(addresses).where(there, addresses.c.chat_id == to.chat_id).values(menu=menu))


async def move_address(tx: AsyncConnection, channel: str, account: str, old: str, new: str) -> None:
    there = (addresses.c.channel == channel) & (addresses.c.account == account) & (addresses.c.chat_id == old)
    await tx.execute(update(addresses).where(there).values(chat_id=new))


async def join(tx: AsyncConnection, person_id: int, to: Address, now: datetime) -> None:
    """The person is reached at this address from now on."""
    key = {"channel": to.channel, "account": to.account, "chat_id": to.chat_id}
    await upsert(tx, addresses, key, {"person_id": person_id, "joined_at": now, "reachable": True, "reason": None})
