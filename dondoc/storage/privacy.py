"""What is kept about one person: to be shown, handed out, and deleted.

The trail of the work stays: it names people by number only, so a person who was blanked is in it nobody any more. What a unit
handed in is the office's and stays, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, false, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.storage.database import wipe
from dondoc.storage.tables import (
    addresses,
    buttons,
    contacts,
    conversations,
    events,
    inbox,
    invitations,
    office_roles,
    outbox,
    people,
    stand_ins,
    submissions,
    web_messages,
)

_SETTLED_OUT = ("sent", "failed", "dropped", "in_doubt")


@dataclass(frozen=True, slots=True)
class Kept:
    """How much is kept about a person, besides who they are."""

    chats: tuple[tuple[str, datetime], ...]  # the platform, and since when
    received: int
    sent: int
    submissions: int
    events: int


async def kept(tx: AsyncConnection, person_id: int) -> Kept:
    """What is kept about the person, in numbers."""
    rows = (await tx.execute(select(addresses).where(addresses.c.person_id == person_id))).all()
    mine = _chats(inbox, rows)
    return Kept(
        chats=tuple((row.channel, row.joined_at) for row in rows),
        received=await _count(tx, inbox, mine),
        sent=await _count(tx, outbox, outbox.c.person_id == person_id),
        submissions=await _count(tx, submissions, submissions.c.person_id == person_id),
        events=await _count(tx, events, events.c.actor_id == person_id),
    )


@dataclass(frozen=True, slots=True)
class Everything:
    """The rows themselves, oldest first: (when, what)."""

    received: list[tuple[datetime, str]]
    sent: list[tuple[datetime, str]]
    submissions: list[tuple[datetime, str]]
    events: list[tuple[datetime, str]]


async def everything(tx: AsyncConnection, person_id: int) -> Everything:
    """What is kept about the person, for them to have."""
    rows = (await tx.execute(select(addresses).where(addresses.c.person_id == person_id))).all()
    received = select(inbox.c.received_at, inbox.c.payload).where(_chats(inbox, rows)).order_by(inbox.c.id)
    sent = select(outbox.c.created_at, outbox.c.payload).where(outbox.c.person_id == person_id).order_by(outbox.c.id)
    handed_in = select(submissions.c.arrived_at, submissions.c.code).where(submissions.c.person_id == person_id)
    done = select(events.c.at, events.c.kind).where(events.c.actor_id == person_id).order_by(events.c.id)
    return Everything(
        received=[(row[0], _words(row[1])) for row in await tx.execute(received)],
        sent=[(row[0], _words(row[1])) for row in await tx.execute(sent)],
        submissions=[(row[0], row[1]) for row in await tx.execute(handed_in.order_by(submissions.c.id))],
        events=[(row[0], row[1]) for row in await tx.execute(done)],
    )


def _words(payload: Any) -> str:
    """The text somewhere in a raw update or a message of ours; "" where there is none."""
    if isinstance(payload, dict):
        for name in ("text", "caption"):
            if isinstance(payload.get(name), str):
                return str(payload[name])
        return next((found for value in payload.values() if (found := _words(value))), "")
    return ""


async def erase_person(tx: AsyncConnection, person_id: int) -> None:
    """Blank the person and everything they wrote or were sent in their chats; only the number stays, for the trail."""
    wipe(tx)
    rows = (await tx.execute(select(addresses).where(addresses.c.person_id == person_id))).all()
    blank = {"name": "", "title": "", "phone": "", "address_form": ""}
    await tx.execute(update(people).where(people.c.id == person_id).values(**blank))
    await tx.execute(update(inbox).where(_chats(inbox, rows)).values(payload={}, files=[]))
    mine = outbox.c.person_id == person_id
    waiting = update(outbox).where(mine, outbox.c.state.in_(["pending", "leased"]))
    await tx.execute(waiting.values(state="dropped", lease_until=None))
    await tx.execute(update(outbox).where(mine, outbox.c.state.in_(_SETTLED_OUT)).values(payload={}))
    await tx.execute(update(invitations).where(invitations.c.used_by == person_id).values(person_name=""))
    for table in (addresses, buttons, contacts, conversations, office_roles, stand_ins):
        await tx.execute(delete(table).where(table.c.person_id == person_id))
    await tx.execute(delete(stand_ins).where(stand_ins.c.substitute_id == person_id))
    await tx.execute(delete(web_messages).where(web_messages.c.chat_id.in_([row.chat_id for row in rows])))


def _chats(table: Any, rows: Sequence[Any]) -> ColumnElement[bool]:
    there = [
        (table.c.channel == row.channel) & (table.c.account == row.account) & (table.c.chat_id == row.chat_id)
        for row in rows
    ]
    return or_(false(), *there)


async def _count(tx: AsyncConnection, table: Any, condition: ColumnElement[bool]) -> int:
    return int((await tx.execute(select(func.count()).select_from(table).where(condition))).scalar_one())


async def blank_old_messages(tx: AsyncConnection, since: datetime, before: datetime) -> int:
    """Retention: blank what was said between two instants and is settled, both ways; how many messages.

    Buttons of before are forgotten. What was handed in, decided and recorded stays.
    """
    came = update(inbox).where(
        inbox.c.state.in_(["done", "failed"]), inbox.c.done_at >= since, inbox.c.done_at < before
    )
    went = update(outbox).where(
        outbox.c.state.in_(_SETTLED_OUT), outbox.c.created_at >= since, outbox.c.created_at < before
    )
    number = (await tx.execute(came.values(payload={}, files=[]))).rowcount
    number += (await tx.execute(went.values(payload={}))).rowcount
    await tx.execute(delete(buttons).where(buttons.c.created_at < before))
    if number:
        wipe(tx)
    return int(number)
