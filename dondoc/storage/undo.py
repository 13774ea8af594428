"""The last change that somebody of the office made to an assignment, taken back as if it had not been.

The trail is only added to: that something was taken back is a line of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.rules.roles import Scope
from dondoc.storage import work
from dondoc.storage.columns import Instant
from dondoc.storage.tables import assignments, events, extensions, submissions
from dondoc.storage.work import Assignment

# What can be taken back: the office's own decisions about what came in.
UNDOABLE = ("assignment.confirm", "assignment.return", "assignment.keep", "assignment.withdraw")
UNDONE = "assignment.undone"
# A version of a deadline is used once, or a reminder of the next one would be taken for one already sent.
_ONLY_FORWARD = frozenset({"deadline_version", "deadline_set_at", "last_reply_at"})


@dataclass(frozen=True, slots=True)
class Change:
    """A change as the trail has it."""

    id: int
    kind: str
    at: datetime
    assignment_id: int
    detail: Mapping[str, Any]


async def last_change(tx: AsyncConnection, actor_id: int, since: datetime) -> Change | None:
    """The person's last change of an assignment since an instant, if it can be taken back and nothing followed on it."""
    theirs = (
        select(events)
        .where(events.c.actor_id == actor_id, events.c.assignment_id.is_not(None), events.c.at >= since)
        .order_by(events.c.id.desc())
        .limit(1)
    )
    row = (await tx.execute(theirs)).first()
    if row is None or row.kind not in UNDOABLE or "before" not in row.detail:
        return None
    later = select(events.c.id).where(events.c.assignment_id == row.assignment_id, events.c.id > row.id).limit(1)
    if (await tx.execute(later)).first() is not None:
        return None
    return Change(row.id, row.kind, row.at, row.assignment_id, row.detail)


async def take_back(tx: AsyncConnection, change: Change, item: Assignment, *, actor_id: int, at: datetime) -> None:
    """Put everything that the change set back to what it was, what was closed with it included."""
    before = {name: _value(name, value) for name, value in change.detail["before"].items() if name not in _ONLY_FORWARD}
    ids = change.detail.get("submissions", [])
    await tx.execute(update(submissions).where(submissions.c.id.in_(ids)).values(verdict=None, note=None))
    closed_with_it = (
        (extensions.c.assignment_id == item.id)
        & (extensions.c.status == "closed")
        & (extensions.c.decided_at == change.at)
    )
    reopened = {"status": "pending", "decided_at": None, "decided_by": None}
    await tx.execute(update(extensions).where(closed_with_it).values(**reopened))
    # A demand that was never made has no new ladder; one that stands again gets a version of its own.
    version = {"deadline_version": item.version + 1, "deadline_set_at": at}
    await work.change(
        tx,
        item,
        UNDONE,
        actor_id=actor_id,
        at=at,
        detail={"event": change.id, "kind": change.kind},
        **before,
        **version,
    )


def _value(name: str, value: Any) -> Any:
    """A value of the trail as its column has it."""
    if not isinstance(value, str):
        return value
    kind = assignments.c[name].type
    if isinstance(kind, Instant):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value


async def changed_item(tx: AsyncConnection, scope: Scope, change: Change) -> Assignment | None:
    """The assignment, locked, if the asker sees it."""
    return await work.get(tx, scope, change.assignment_id, lock=True)
