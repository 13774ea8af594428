"""People: who they are to the office, where they are reached, and how they join."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.rules.roles import Right, Role, Scope, rights_of, scope_for
from dondoc.storage.database import insert_new, upsert
from dondoc.storage.outbox import Address
from dondoc.storage.tables import addresses, contacts, invitations, join_attempts, office_roles, people

# No letters that are mistaken for others when read aloud or typed from paper.
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_CODE_LENGTH = 8
INVITATION_DAYS = 30
WRONG_CODES_ALLOWED = 5
SLOWED_FOR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Person:
    """A registered person with what they are to the office."""

    id: int
    name: str
    title: str
    address_form: str
    phone: str
    language: str
    roles: frozenset[Role]
    unit_ids: tuple[int, ...]

    def scope(self, *, in_group: bool = False) -> Scope:
        return scope_for(self.id, self.roles, frozenset(self.unit_ids), in_group=in_group)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time code that is still good."""

    id: int
    office_id: int
    unit_id: int | None
    role: Role
    person_name: str


async def get_person(tx: AsyncConnection, person_id: int) -> Person:
    """The person. Raises LookupError."""
    row = (await tx.execute(select(people).where(people.c.id == person_id))).first()
    if row is None:
        raise LookupError(f"no person {person_id}")
    unit_rows = select(contacts.c.unit_id).where(contacts.c.person_id == person_id).order_by(contacts.c.unit_id)
    unit_ids = tuple((await tx.execute(unit_rows)).scalars())
    role_rows = select(office_roles.c.role).where(office_roles.c.person_id == person_id)
    roles = {Role(role) for role in (await tx.execute(role_rows)).scalars()}
    if unit_ids:
        roles.add(Role.CONTACT)
    return Person(
        id=row.id,
        name=row.name,
        title=row.title,
        address_form=row.address_form,
        phone=row.phone,
        language=row.language,
        roles=frozenset(roles),
        unit_ids=unit_ids,
    )


async def identify(tx: AsyncConnection, channel: str, account: str, chat_id: str) -> Person | None:
    """Who writes from this chat; None for an unknown person."""
    statement = select(addresses.c.person_id).where(
        addresses.c.channel == channel, addresses.c.account == account, addresses.c.chat_id == chat_id
    )
    person_id = (await tx.execute(statement)).scalar()
    return None if person_id is None else await get_person(tx, person_id)


async def add_person(tx: AsyncConnection, now: datetime, *, name: str = "", title: str = "", phone: str = "") -> int:
    """A new person; their id."""
    address_form = _address_form(title)
    values = {"name": name, "title": title, "phone": phone, "address_form": address_form, "created_at": now}
    result = await tx.execute(people.insert().values(**values).returning(people.c.id))
    return int(result.scalar_one())


def _address_form(title: str) -> str:
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


async def add_role(tx: AsyncConnection, person_id: int, office_id: int, role: Role) -> None:
    await insert_new(tx, office_roles, {"person_id": person_id, "office_id": office_id, "role": role.value})


async def with_right(tx: AsyncConnection, office_id: int, right: Right) -> list[int]:
    """The people of the office who have a right, in the order in which they came."""
    roles = [role.value for role in Role if right in rights_of(role)]
    statement = (
        select(office_roles.c.person_id)
        .where(office_roles.c.office_id == office_id, office_roles.c.role.in_(roles))
        .distinct()
        .order_by(office_roles.c.person_id)
    )
    return list((await tx.execute(statement)).scalars())


async def with_role(tx: AsyncConnection, office_id: int, role: Role) -> list[int]:
    statement = select(office_roles.c.person_id).where(
        office_roles.c.office_id == office_id, office_roles.c.role == role.value
    )
    return list((await tx.execute(statement.order_by(office_roles.c.person_id))).scalars())


# --- addresses -------------------------------------------------------------------------------------------------------


async def address_of(tx: AsyncConnection, person_id: int) -> Address | None:
    """Where the person is reached now: the address joined last among those that work."""
    return (await addresses_of(tx, [person_id])).get(person_id)


async def addresses_of(tx: AsyncConnection, person_ids: Iterable[int]) -> dict[int, Address]:
    """The working address of each person who has one."""
    statement = (
        select(addresses)
        .where(addresses.c.person_id.in_(list(person_ids)), addresses.c.reachable)
        .order_by(addresses.c.joined_at)
    )
    return {
        row.person_id: Address(row.channel, row.account, row.chat_id, row.person_id)
        for row in await tx.execute(statement)
    }


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


async def move_address(tx: AsyncConnection, channel: str, account: str, old: str, new: str) -> None:
    there = (addresses.c.channel == channel) & (addresses.c.account == account) & (addresses.c.chat_id == old)
    await tx.execute(update(addresses).where(there).values(chat_id=new))


async def join(tx: AsyncConnection, person_id: int, to: Address, now: datetime) -> None:
    """The person is reached at this address from now on."""
    key = {"channel": to.channel, "account": to.account, "chat_id": to.chat_id}
    await upsert(tx, addresses, key, {"person_id": person_id, "joined_at": now, "reachable": True, "reason": None})


# --- invitations -----------------------------------------------------------------------------------------------------


def code_hash(code: str) -> str:
    """Codes are kept as hashes only: who reads the database cannot join with what is in it."""
    return hashlib.sha256(code.strip().upper().encode()).hexdigest()


async def invite(
    tx: AsyncConnection,
    office_id: int,
    role: Role,
    now: datetime,
    *,
    unit_id: int | None = None,
    person_name: str = "",
    days: int = INVITATION_DAYS,
) -> str:
    """A new one-time code for a unit's contact or an office role."""
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
    await tx.execute(
        invitations.insert().values(
            code_hash=code_hash(code),
            office_id=office_id,
            unit_id=unit_id,
            role=role.value,
            person_name=person_name,
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
    )
    return code


def looks_like_code(text: str) -> bool:
    word = text.strip().upper()
    return len(word) == _CODE_LENGTH and all(letter in _ALPHABET for letter in word)


async def open_invitation(tx: AsyncConnection, code: str, now: datetime) -> Invitation | None:
    """The invitation of a code that is neither used nor expired; locked until the transaction ends."""
    statement = (
        select(invitations)
        .where(
            invitations.c.code_hash == code_hash(code), invitations.c.used_at.is_(None), invitations.c.expires_at > now
        )
        .with_for_update()
    )
    row = (await tx.execute(statement)).first()
    if row is None:
        return None
    return Invitation(row.id, row.office_id, row.unit_id, Role(row.role), row.person_name)


async def use_invitation(tx: AsyncConnection, invitation_id: int, person_id: int, now: datetime) -> None:
    await tx.execute(
        update(invitations).where(invitations.c.id == invitation_id).values(used_at=now, used_by=person_id)
    )


async def slowed_down(tx: AsyncConnection, to: Address, now: datetime) -> bool:
    """Whether this chat tried too many wrong codes lately."""
    row = (await tx.execute(select(join_attempts.c.blocked_until).where(*_attempts(to)))).first()
    return row is not None and row.blocked_until is not None and row.blocked_until > now


async def count_wrong_code(tx: AsyncConnection, to: Address, now: datetime) -> None:
    row = (await tx.execute(select(join_attempts.c.wrong).where(*_attempts(to)))).first()
    wrong = (row.wrong if row else 0) + 1
    slowed = now + SLOWED_FOR if wrong % WRONG_CODES_ALLOWED == 0 else None
    key = {"channel": to.channel, "account": to.account, "chat_id": to.chat_id}
    await upsert(tx, join_attempts, key, {"wrong": wrong, "blocked_until": slowed})


async def forget_wrong_codes(tx: AsyncConnection, to: Address) -> None:
    await tx.execute(delete(join_attempts).where(*_attempts(to)))


def _attempts(to: Address) -> Sequence[ColumnElement[bool]]:
    table = join_attempts.c
    return (table.channel == to.channel, table.account == to.account, table.chat_id == to.chat_id)
