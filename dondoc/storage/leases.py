"""Named leases: of several processes on one database, one polls a bot."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.storage.database import insert_new
from dondoc.storage.tables import leases


async def take_lease(tx: AsyncConnection, name: str, owner: str, now: datetime, *, lasts: timedelta) -> bool:
    """Take or renew a lease; False while somebody else holds it. ``now`` is machine time."""
    if await insert_new(tx, leases, {"name": name, "owner": owner, "until": now + lasts}) is not None:
        return True
    mine_or_over = or_(leases.c.owner == owner, leases.c.until < now)
    statement = update(leases).where(leases.c.name == name, mine_or_over).values(owner=owner, until=now + lasts)
    return (await tx.execute(statement)).rowcount == 1


async def drop_lease(tx: AsyncConnection, name: str, owner: str) -> None:
    await tx.execute(delete(leases).where(leases.c.name == name, leases.c.owner == owner))
