"""How fast an account may send: until when its send slots are given out, and which chats have to wait."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.storage.database import insert_new, upsert_many
from dondoc.storage.tables import pace

_WHOLE = ""  # the chat that stands for the whole account


def is_ahead(channel: str, account: str, moment: datetime) -> ColumnElement[bool]:
    """The condition that every send slot of the account until ``moment`` is given out."""
    return exists().where(_row(channel, account, _WHOLE), pace.c.next_at > moment)


async def next_slot(tx: AsyncConnection, channel: str, account: str, now: datetime) -> datetime:
    """The account's next free send slot; no other process gives out slots until the transaction ends."""
    await insert_new(tx, pace, {"channel": channel, "account": account, "chat_id": _WHOLE, "next_at": now})
    # This row lock is what lets several processes share one account's rate.
    statement = select(pace.c.next_at).where(_row(channel, account, _WHOLE)).with_for_update()
    next_at: datetime = (await tx.execute(statement)).scalar_one()
    return max(now, next_at)


async def given_out(
    tx: AsyncConnection, channel: str, account: str, until: datetime, chats: Mapping[str, datetime]
) -> None:
    """Slots of the account until this moment have been given out, and those of each chat until its own."""
    await tx.execute(update(pace).where(_row(channel, account, _WHOLE)).values(next_at=until))
    rows = [
        {"channel": channel, "account": account, "chat_id": chat_id, "next_at": next_at}
        for chat_id, next_at in chats.items()
    ]
    await upsert_many(tx, pace, ("channel", "account", "chat_id"), rows)


async def hold(tx: AsyncConnection, channel: str, account: str, chat_id: str, until: datetime) -> None:
    """Send nothing to this chat ('' for the whole account) before ``until``, or later if it was held longer."""
    key = {"channel": channel, "account": account, "chat_id": chat_id}
    if await insert_new(tx, pace, {**key, "next_at": until}) is None:
        shorter = and_(_row(channel, account, chat_id), pace.c.next_at < until)
        await tx.execute(update(pace).where(shorter).values(next_at=until))


def _row(channel: str, account: str, chat_id: str) -> ColumnElement[bool]:
    return and_(pace.c.channel == channel, pace.c.account == account, pace.c.chat_id == chat_id)
