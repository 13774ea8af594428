"""What came in. A raw update is committed here before its platform is told that it was taken.

received → fetched → done | failed. Rows of one chat are handled in their order, rows of different chats side by side.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, func, literal_column, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.storage.bulk import among
from dondoc.storage.database import insert_new, wake, wipe
from dondoc.storage.tables import inbox

RECEIVED, FETCHED, DONE, FAILED = "received", "fetched", "done", "failed"
# Letter for letter as the partial index says it: SQLite cannot match bound values with its predicate.
_OPEN = inbox.c.state.in_([literal_column(f"'{state}'", String) for state in (RECEIVED, FETCHED)])


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One raw update. ``files`` holds an entry for each attachment once they were fetched."""

    id: int
    channel: str
    account: str
    chat_id: str
    payload: dict[str, Any]
    files: list[dict[str, Any]]
    state: str
    attempts: int
    received_at: datetime


async def receive(
    tx: AsyncConnection,
    *,
    channel: str,
    account: str,
    external_id: str,
    chat_id: str,
    payload: Mapping[str, Any],
    now: datetime,
) -> int | None:
    """Write an update down. None if this external id was written before. ``now`` is machine time."""
    row = await insert_new(
        tx,
        inbox,
        {
            "channel": channel,
            "account": account,
            "external_id": external_id,
            "chat_id": chat_id,
            "payload": dict(payload),
            "files": [],
            "state": RECEIVED,
            "received_at": now,
            "not_before": now,
        },
        conflict=("channel", "account", "external_id"),
    )
    if row is not None:
        wake(tx)
    return row


async def heads(
    tx: AsyncConnection,
    now: datetime,
    *,
    accounts: Collection[tuple[str, str]] | None = None,
    busy: Sequence[int] = (),
    limit: int = 64,
) -> list[InboxRow]:
    """The oldest open row of each chat, if it may be tried now and is not among ``busy``.

    ``accounts`` keeps to these (channel, account): rows of a bot that is not configured any more wait for it.
    """
    first = (
        select(func.min(inbox.c.id).label("id"))
        .where(_OPEN)
        .group_by(inbox.c.channel, inbox.c.account, inbox.c.chat_id)
        .subquery()
    )
    statement = (
        select(inbox)
        .where(inbox.c.id.in_(select(first.c.id)), inbox.c.not_before <= now, ~among(inbox.c.id, busy))
        .order_by(inbox.c.id)
        .limit(limit)
    )
    if accounts is not None:
        statement = statement.where(tuple_(inbox.c.channel, inbox.c.account).in_(list(accounts)))
    return [_row(row) for row in (await tx.execute(statement)).mappings()]


async def lock(tx: AsyncConnection, row_id: int) -> InboxRow | None:
    """Take the row for this transaction; None if it is settled or another process has it."""
    statement = select(inbox).where(inbox.c.id == row_id, _OPEN).with_for_update(skip_locked=True)
    row = (await tx.execute(statement)).mappings().first()
    return None if row is None else _row(row)


async def fetched(
    tx: AsyncConnection,
    row_id: int,
    files: Sequence[Mapping[str, Any]],
    album: str | None = None,
    message_id: str | None = None,
) -> None:
    """What became of the attachments; tries are counted anew, because what failed so far was the fetching.

    ``message_id`` is kept of a message that brought files, for a later one that answers it. A row that another process
    has meanwhile fetched or settled is left as it is.
    """
    received = (inbox.c.id == row_id) & (inbox.c.state == RECEIVED)
    values = {
        "state": FETCHED,
        "files": [dict(file) for file in files],
        "album": album,
        "message_id": message_id if files else None,
        "attempts": 0,
        "error": None,
    }
    await tx.execute(update(inbox).where(received).values(**values))


async def done(tx: AsyncConnection, row_id: int, now: datetime) -> None:
    await _set(tx, row_id, state=DONE, done_at=now, error=None)


async def erase(tx: AsyncConnection, row_id: int) -> None:
    """Blank the payload: a secret document leaves nothing behind but its row."""
    wipe(tx)
    await _set(tx, row_id, payload={}, files=[])


async def erase_files(tx: AsyncConnection, row_id: int) -> None:
    """Blank what is said of the attachments: they are not kept."""
    await _set(tx, row_id, files=[])


async def with_files(tx: AsyncConnection, row_id: int, message_id: str) -> list[InboxRow]:
    """The message of the chat of a row that the platform calls so, if it brought files, with the rest of its album."""
    mine = select(inbox.c.channel, inbox.c.account, inbox.c.chat_id).where(inbox.c.id == row_id).subquery()
    statement = select(inbox).where(
        inbox.c.channel == mine.c.channel,
        inbox.c.account == mine.c.account,
        inbox.c.chat_id == mine.c.chat_id,
        inbox.c.message_id == message_id,
        inbox.c.message_id.is_not(None),
    )
    row = (await tx.execute(statement.order_by(inbox.c.id.desc()))).mappings().first()
    if row is None:
        return []
    others = await of_album(tx, row["id"], row["album"]) if row["album"] else []
    return sorted([_row(row), *others], key=lambda one: one.id)


async def of_album(tx: AsyncConnection, row_id: int, album: str) -> list[InboxRow]:
    """The other messages of an album in the chat of a row, as far as they were fetched."""
    mine = select(inbox.c.channel, inbox.c.account, inbox.c.chat_id).where(inbox.c.id == row_id).subquery()
    statement = select(inbox).where(
        inbox.c.channel == mine.c.channel,
        inbox.c.account == mine.c.account,
        inbox.c.chat_id == mine.c.chat_id,
        inbox.c.album == album,
        inbox.c.id != row_id,
    )
    return [_row(row) for row in (await tx.execute(statement.order_by(inbox.c.id))).mappings()]


async def retry(tx: AsyncConnection, row_id: int, *, attempts: int, not_before: datetime, error: str) -> None:
    await _set(tx, row_id, attempts=attempts, not_before=not_before, error=error[:300])


async def failed(tx: AsyncConnection, row_id: int, *, error: str, now: datetime) -> bool:
    """The row will not be tried again. The error names a kind of failure, never a person's words.

    False if another process has settled it meanwhile: then nothing has failed.
    """
    still_open = update(inbox).where(inbox.c.id == row_id, _OPEN)
    result = await tx.execute(still_open.values(state=FAILED, error=error[:300], done_at=now))
    return bool(result.rowcount)


async def open_count(tx: AsyncConnection) -> int:
    return int((await tx.execute(select(func.count()).where(_OPEN))).scalar_one())


async def _set(tx: AsyncConnection, row_id: int, **values: Any) -> None:
    await tx.execute(update(inbox).where(inbox.c.id == row_id).values(**values))


def _row(row: Mapping[str, Any] | Any) -> InboxRow:
    return InboxRow(**{name: row[name] for name in InboxRow.__dataclass_fields__})
