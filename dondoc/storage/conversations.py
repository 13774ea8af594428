"""What a chat remembers between two messages: the step of a conversation, and what its buttons mean."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.storage.database import upsert
from dondoc.storage.outbox import Address
from dondoc.storage.tables import buttons, conversations

LASTS = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where a person is in a conversation with the bot."""

    flow: str
    step: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Button:
    """What a pressed button means, and whose it is."""

    id: str
    person_id: int
    action: str
    data: dict[str, Any]
    used_at: datetime | None


async def remember(
    tx: AsyncConnection, to: Address, flow: str, step: str, data: Mapping[str, Any], now: datetime
) -> None:
    """The conversation of this chat is at this step now, for a day."""
    values = {"flow": flow, "step": step, "data": dict(data), "expires_at": now + LASTS}
    await upsert(tx, conversations, _key(to), values)


async def recall(tx: AsyncConnection, to: Address, now: datetime) -> Conversation | None:
    key = _key(to)
    statement = select(conversations).where(
        *(conversations.c[name] == value for name, value in key.items()), conversations.c.expires_at > now
    )
    row = (await tx.execute(statement)).first()
    return None if row is None else Conversation(row.flow, row.step, row.data)


async def forget(tx: AsyncConnection, to: Address) -> None:
    key = _key(to)
    await tx.execute(delete(conversations).where(*(conversations.c[name] == value for name, value in key.items())))


def _key(to: Address) -> dict[str, Any]:
    return {"person_id": to.person_id, "channel": to.channel, "account": to.account, "chat_id": to.chat_id}


async def make_button(tx: AsyncConnection, person_id: int, action: str, data: Mapping[str, Any], now: datetime) -> str:
    """A new button of this person; its id is short and says nothing."""
    button_id = secrets.token_urlsafe(9)
    await tx.execute(
        buttons.insert().values(id=button_id, person_id=person_id, action=action, data=dict(data), created_at=now)
    )
    return button_id


async def make_buttons(
    tx: AsyncConnection, wanted: Sequence[tuple[int, str, Mapping[str, Any]]], now: datetime
) -> list[str]:
    """Buttons for many people at once: (person, action, data) each; their ids in the same order."""
    rows = [
        {
            "id": secrets.token_urlsafe(9),
            "person_id": person_id,
            "action": action,
            "data": dict(data),
            "created_at": now,
        }
        for person_id, action, data in wanted
    ]
    if rows:
        await tx.execute(buttons.insert(), rows)
    return [str(row["id"]) for row in rows]


async def get_button(tx: AsyncConnection, button_id: str) -> Button | None:
    row = (await tx.execute(select(buttons).where(buttons.c.id == button_id))).first()
    return None if row is None else Button(row.id, row.person_id, row.action, row.data, row.used_at)


async def use_button(tx: AsyncConnection, button_id: str, now: datetime) -> None:
    await tx.execute(update(buttons).where(buttons.c.id == button_id).values(used_at=now))


async def forget_buttons(tx: AsyncConnection, person_id: int, action: str, album: str) -> None:
    """Take away the buttons that keep what came with an album."""
    statement = select(buttons.c.id, buttons.c.data).where(buttons.c.person_id == person_id, buttons.c.action == action)
    gone = [row.id for row in await tx.execute(statement) if (row.data.get("kept") or {}).get("album") == album]
    await tx.execute(delete(buttons).where(buttons.c.id.in_(gone)))
