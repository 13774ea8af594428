"""One-time codes with which people join, who used them, and those who try too many wrong ones."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.rules.roles import Role
from dondoc.storage import offices
from dondoc.storage.database import upsert
from dondoc.storage.outbox import Address
from dondoc.storage.people import add_contact, add_role
from dondoc.storage.tables import invitations, join_attempts, people, units

# No letters that are mistaken for others when read aloud or typed from paper.
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_CODE_LENGTH = 8
WRONG_CODES_ALLOWED = 5
SLOWED_FOR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a one-time code is for: a contact of a unit in a function, or a role of the office, limited to a field."""

    id: int
    office_id: int
    unit_id: int | None
    role: Role
    person_name: str
    field: str | None
    function: str


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody who used a code. ``admitted`` is None while nobody has decided; ``unit_name`` None for an office role."""

    invitation: Invitation
    person_id: int
    name: str
    title: str
    unit_name: str | None
    used_at: datetime
    admitted: bool | None


def code_hash(code: str) -> str:
    """Codes are kept as hashes only: who reads the database cannot join with what is in it."""
    return hashlib.sha256(code.strip().upper().encode()).hexdigest()


def looks_like_code(text: str) -> bool:
    word = text.strip().upper()
    return len(word) == _CODE_LENGTH and all(letter in _ALPHABET for letter in word)


def new_code() -> str:
    """A code nobody can guess."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))


async def invite(
    tx: AsyncConnection,
    office_id: int,
    role: Role,
    now: datetime,
    *,
    unit_id: int | None = None,
    person_name: str = "",
    field: str | None = None,
    function: str = "contact",
    created_by: int | None = None,
    code: str | None = None,
) -> str:
    """A one-time code for a unit's contact or an office role; it is good for as many days as the office says.

    ``code`` is one of ``new_code`` that was made before.
    """
    code = code or new_code()
    days = int(await offices.setting(tx, office_id, offices.INVITATION_DAYS, offices.DEFAULT_INVITATION_DAYS))
    await tx.execute(
        invitations.insert().values(
            code_hash=code_hash(code),
            office_id=office_id,
            unit_id=unit_id,
            role=role.value,
            field=field,
            function=function,
            person_name=person_name,
            created_at=now,
            created_by=created_by,
            expires_at=now + timedelta(days=days),
        )
    )
    return code


async def open_invitation(tx: AsyncConnection, code: str, now: datetime) -> Invitation | None:
    """The invitation of a code that is still good; locked until the transaction ends, and so is joining its unit.

    Two who join a unit at once must not both be taken for its first contact.
    """
    statement = (
        select(invitations)
        .where(invitations.c.code_hash == code_hash(code), _is_open(), invitations.c.expires_at > now)
        .with_for_update()
    )
    row = (await tx.execute(statement)).first()
    if row is not None and row.unit_id is not None:
        await tx.execute(select(units.c.id).where(units.c.id == row.unit_id).with_for_update(key_share=True))
    return None if row is None else _invitation(row)


async def use_invitation(
    tx: AsyncConnection, invitation: Invitation, person_id: int, now: datetime, *, admit: bool
) -> None:
    """Spend the code. With ``admit`` the person is let in at once, else somebody of the office has to decide."""
    spent = update(invitations).where(invitations.c.id == invitation.id).values(used_at=now, used_by=person_id)
    await tx.execute(spent)
    if admit:
        await decide(tx, invitation, person_id, now, admitted=True)


async def decide(tx: AsyncConnection, invitation: Invitation, person_id: int, now: datetime, *, admitted: bool) -> None:
    """Let the person in as what the code says, or not."""
    decided = update(invitations).where(invitations.c.id == invitation.id)
    await tx.execute(decided.values(decided_at=now, admitted=admitted))
    if not admitted:
        return
    if invitation.unit_id is not None:
        await add_contact(tx, invitation.unit_id, person_id, function=invitation.function)
    else:
        await add_role(tx, person_id, invitation.office_id, invitation.role, invitation.field)


async def revoke(tx: AsyncConnection, unit_id: int, now: datetime) -> int:
    """End every code of a unit that nobody has used; how many."""
    mine = update(invitations).where(invitations.c.unit_id == unit_id, _is_open())
    return (await tx.execute(mine.values(revoked_at=now))).rowcount


async def joined(
    tx: AsyncConnection, office_id: int, *, waiting: bool = False, invitation_id: int | None = None, limit: int = 10
) -> list[Joined]:
    """Who used a code, latest first; only those who wait for a decision, or only one of them."""
    statement = (
        select(invitations, people.c.name.label("name"), people.c.title.label("title"), units.c.name.label("unit_name"))
        .join(people, people.c.id == invitations.c.used_by)
        .outerjoin(units, units.c.id == invitations.c.unit_id)
        .where(invitations.c.office_id == office_id)
        .order_by(invitations.c.used_at.desc(), invitations.c.id.desc())
        .limit(limit)
    )
    if waiting:
        statement = statement.where(invitations.c.decided_at.is_(None))
    if invitation_id is not None:
        statement = statement.where(invitations.c.id == invitation_id)
    return [
        Joined(_invitation(row), row.used_by, row.name, row.title, row.unit_name, row.used_at, row.admitted)
        for row in await tx.execute(statement)
    ]


async def is_waiting(tx: AsyncConnection, person_id: int) -> bool:
    """Whether the person used a code and nobody has let them in yet."""
    mine = and_(invitations.c.used_by == person_id, invitations.c.decided_at.is_(None))
    return (await tx.execute(select(invitations.c.id).where(mine).limit(1))).first() is not None


def _is_open() -> ColumnElement[bool]:
    return and_(invitations.c.used_at.is_(None), invitations.c.revoked_at.is_(None))


def _invitation(row: object) -> Invitation:
    return Invitation(
        id=row.id,  # type: ignore[attr-defined]
        office_id=row.office_id,  # type: ignore[attr-defined]
        unit_id=row.unit_id,  # type: ignore[attr-defined]
        role=Role(row.role),  # type: ignore[attr-defined]
        person_name=row.person_name,  # type: ignore[attr-defined]
        field=row.field,  # type: ignore[attr-defined]
        function=row.function,  # type: ignore[attr-defined]
    )


# --- guessing --------------------------------------------------------------------------------------------------------


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
