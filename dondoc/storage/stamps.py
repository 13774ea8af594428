"""Stamps: what a process keeps in memory of some tables holds while their stamp in the database is the same.

Each statement that changes a watched table gives its stamp a new random value within the same transaction, whoever writes
it and in whatever process. Random, not counted: after a rollback the same number would mean two different contents.
"""

from __future__ import annotations

import secrets
from typing import Any, Final

from sqlalchemy import Connection, Table, event, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from dondoc.storage.tables import stamps, unit_aliases, unit_successors, units

UNITS: Final = "units"

_WATCHED: dict[Table, str] = {units: UNITS, unit_aliases: UNITS, unit_successors: UNITS}
_RENEW = text(
    "INSERT INTO stamps (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
# The transaction whose stamp is new already, so that an import does not renew it with each row.
_RENEWED = "dondoc_stamp"


def watch(engine: AsyncEngine) -> None:
    """Renew stamps from now on with whatever is written through this engine."""

    @event.listens_for(engine.sync_engine, "after_execute")
    def _after(connection: Connection, statement: Any, *_: Any) -> None:
        name = _WATCHED.get(statement.table) if getattr(statement, "is_dml", False) else None
        transaction = connection.get_transaction()
        if name is None or connection.info.get(_RENEWED) is transaction:
            return
        connection.execute(_RENEW, {"name": name, "value": secrets.token_hex(16)})
        connection.info[_RENEWED] = transaction


async def stamp(tx: AsyncConnection, name: str) -> str | None:
    """The present stamp; None if none of its tables was ever written. Read it before what it stands for."""
    # What is read now may be kept under this stamp, so a later change in the same transaction needs another.
    tx.info.pop(_RENEWED, None)
    value: str | None = (await tx.execute(select(stamps.c.value).where(stamps.c.name == name))).scalar()
    return value
