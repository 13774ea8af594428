"""Orders of staff that are being put together in chat, with what they were before each change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, cast, literal_column, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.storage.tables import order_drafts

OPEN, GIVEN, ANNOUNCED, DROPPED = "open", "given", "announced", "dropped"
# How many changes can be taken back.
_KEPT = 20
_IS_OPEN = order_drafts.c.status == literal_column(f"'{OPEN}'", String)


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """A draft as it stands. ``version`` grows with every change; ``earlier`` holds the data before each, newest last."""

    id: int
    person_id: int
    status: str
    version: int
    data: dict[str, Any]
    earlier: list[dict[str, Any]]
    changed_at: datetime


async def create(tx: AsyncConnection, person_id: int, data: Mapping[str, Any], now: datetime) -> OrderDraft:
    """A new open draft. ``now`` is machine time, here and below."""
    values = {"person_id": person_id, "status": OPEN, "data": dict(data), "earlier": []}
    statement = order_drafts.insert().values(**values, created_at=now, changed_at=now).returning(order_drafts.c.id)
    draft_id = int((await tx.execute(statement)).scalar_one())
    return OrderDraft(draft_id, person_id, OPEN, 1, dict(data), [], now)


async def get(tx: AsyncConnection, draft_id: int) -> OrderDraft | None:
    """The draft, kept from others in this transaction."""
    statement = select(order_drafts).where(order_drafts.c.id == draft_id).with_for_update(key_share=True)
    row = (await tx.execute(statement)).first()
    return None if row is None else _draft(row)


async def open_of(tx: AsyncConnection, person_id: int, since: datetime) -> OrderDraft | None:
    """The person's open draft that was worked on last, not longer ago than ``since``."""
    statement = (
        select(order_drafts)
        .where(order_drafts.c.person_id == person_id, _IS_OPEN, order_drafts.c.changed_at > since)
        .order_by(order_drafts.c.changed_at.desc(), order_drafts.c.id.desc())
        .limit(1)
    )
    row = (await tx.execute(statement)).first()
    return None if row is None else _draft(row)


async def change(tx: AsyncConnection, draft: OrderDraft, data: Mapping[str, Any], now: datetime) -> OrderDraft:
    """The draft with other data; what it was is kept."""
    earlier = [*draft.earlier, draft.data][-_KEPT:]
    return await _put(tx, draft, dict(data), earlier, now)


async def step_back(tx: AsyncConnection, draft: OrderDraft, now: datetime) -> OrderDraft | None:
    """The draft as it was before the last change; None if nothing was changed."""
    if not draft.earlier:
        return None
    return await _put(tx, draft, draft.earlier[-1], draft.earlier[:-1], now)


async def settle(tx: AsyncConnection, draft: OrderDraft, status: str, now: datetime) -> None:
    await tx.execute(update(order_drafts).where(order_drafts.c.id == draft.id).values(status=status, changed_at=now))


async def forget_file(tx: AsyncConnection, sha256: str) -> None:
    """Take a file out of every draft and of what it was before: the content is no longer kept."""
    mentions = cast(order_drafts.c.data, String).contains(sha256) | cast(order_drafts.c.earlier, String).contains(
        sha256
    )
    for row in (await tx.execute(select(order_drafts).where(mentions))).all():
        data, earlier = _without(row.data, sha256), [_without(one, sha256) for one in row.earlier]
        await tx.execute(update(order_drafts).where(order_drafts.c.id == row.id).values(data=data, earlier=earlier))


async def mentions_file(tx: AsyncConnection, sha256: str) -> bool:
    """Whether an open draft is to go out with this content."""
    statement = select(order_drafts.c.id).where(_IS_OPEN, cast(order_drafts.c.data, String).contains(sha256))
    return (await tx.execute(statement.limit(1))).first() is not None


async def _put(
    tx: AsyncConnection, draft: OrderDraft, data: dict[str, Any], earlier: list[dict[str, Any]], now: datetime
) -> OrderDraft:
    values = {"data": data, "earlier": earlier, "version": draft.version + 1, "status": OPEN, "changed_at": now}
    await tx.execute(update(order_drafts).where(order_drafts.c.id == draft.id).values(**values))
    return OrderDraft(draft.id, draft.person_id, OPEN, draft.version + 1, data, earlier, now)


def _without(data: dict[str, Any], sha256: str) -> dict[str, Any]:
    return {**data, "files": [file for file in data.get("files", ()) if file["sha256"] != sha256]}


def _draft(row: Any) -> OrderDraft:
    return OrderDraft(row.id, row.person_id, row.status, row.version, row.data, row.earlier, row.changed_at)
