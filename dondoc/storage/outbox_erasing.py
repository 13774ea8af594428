"""What was said of something that must not be kept is blanked in the outbox, and what has not left yet does not leave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, and_, cast, or_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.storage.outbox import DROPPED, LEASED, PENDING, SENDING, Address
from dondoc.storage.tables import outbox

_WAITING = outbox.c.state.in_([PENDING, LEASED])


async def erase_answers(tx: AsyncConnection, to: Address, since: datetime, keys: Sequence[str]) -> None:
    """Blank what was said to a chat since a machine time: it may quote what must not be kept.

    Of what has not left yet, what was queued under one of ``keys`` (or a key made of it) does not leave.
    """
    there = and_(outbox.c.channel == to.channel, outbox.c.account == to.account, outbox.c.chat_id == to.chat_id)
    said = and_(there, outbox.c.kind == "answer", outbox.c.created_at >= since)
    named = or_(
        *(outbox.c.dedup_key == key for key in keys),
        *(outbox.c.dedup_key.startswith(f"{key}:", autoescape=True) for key in keys),
    )
    waiting = and_(said, named, _WAITING)
    await tx.execute(update(outbox).where(waiting).values(state=DROPPED, payload={}, lease_until=None, send_at=None))
    await tx.execute(update(outbox).where(said, outbox.c.external_id.is_not(None)).values(payload={}))


async def erase_carrying(tx: AsyncConnection, sha256: str) -> None:
    """Blank every message that carries a file with this content, or is about to; not what is just being sent."""
    carrying = cast(outbox.c.payload, String).contains(sha256)
    waiting = and_(carrying, _WAITING)
    await tx.execute(update(outbox).where(waiting).values(state=DROPPED, payload={}, lease_until=None, send_at=None))
    await tx.execute(update(outbox).where(carrying, outbox.c.state != SENDING).values(payload={}))
