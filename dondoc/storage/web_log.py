"""The web channel's platform: its messages, in our own database. It satisfies the channel's ``WebLog``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.storage.database import Database, insert_new
from dondoc.storage.tables import web_messages


@dataclass(frozen=True, slots=True)
class LoggedMessage:
    """A message as it stands now. ``seq`` tells of its latest change, ``position`` orders it on the screen."""

    seq: int
    position: int
    external_id: str
    message: dict[str, Any]


class WebMessages:
    """Messages by chat. Rows carry a version that grows with every message and every edit."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def append(self, chat_id: str, *, key: str, message: dict[str, Any]) -> str:
        """Append a message and return its external id. The same key appends once and returns the same id again."""
        async with self._database.write() as tx:
            values = {"chat_id": chat_id, "version": await _next_version(tx), "key": key, "message": message}
            found = await insert_new(tx, web_messages, values, conflict=("key",))
            if found is None:
                statement = select(web_messages.c.id).where(web_messages.c.key == key)
                found = int((await tx.execute(statement)).scalar_one())
        return str(found)

    async def edit(self, chat_id: str, external_id: str, message: dict[str, Any]) -> bool:
        """Put another message in the place of an earlier one; False if the chat has no such message."""
        if not external_id.isdigit():
            return False
        async with self._database.write() as tx:
            there = (web_messages.c.id == int(external_id)) & (web_messages.c.chat_id == chat_id)
            values = {"message": message, "version": await _next_version(tx)}
            return (await tx.execute(update(web_messages).where(there).values(**values))).rowcount == 1

    async def since(self, chat_id: str, after: int) -> list[LoggedMessage]:
        """What was appended or edited with a ``seq`` above ``after``, in the order of ``seq``, each message once."""
        table = web_messages.c
        statement = select(table.version, table.id, table.message).where(
            table.chat_id == chat_id, table.version > after
        )
        async with self._database.read() as tx:
            rows = await tx.execute(statement.order_by(table.version))
            return [LoggedMessage(seq, row_id, str(row_id), message) for seq, row_id, message in rows]


async def _next_version(tx: AsyncConnection) -> int:
    return int((await tx.execute(select(func.coalesce(func.max(web_messages.c.version), 0)))).scalar_one()) + 1
