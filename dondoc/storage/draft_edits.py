"""The steps of staff who review the drafts of a directive, each with what it changed, so that it can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.storage.directives import DRAFT, DROPPED, Task
from dondoc.storage.tables import draft_edits, tasks

COLUMNS = (
    "status",
    "section",
    "page",
    "content",
    "quote",
    "task_class",
    "deadline",
    "deadline_rule",
    "deadline_time",
    "deadline_text",
    "lead",
    "cooperate",
    "report_to",
    "report_via",
    "urgent",
    "confidence",
    "why",
)
"""What reviewing may change of a task."""

_PARSED = {"deadline": date.fromisoformat, "deadline_time": time.fromisoformat}


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``before`` holds the columns of each task that it changed, by id; None for a task that it made."""

    id: int
    actor_id: int
    at: datetime
    before: Mapping[int, Mapping[str, Any] | None]


async def record(
    tx: AsyncConnection, directive_id: int, before: Mapping[int, Task | None], *, actor_id: int, at: datetime
) -> int:
    """Write down what a step is about to change; its number."""
    kept = {str(task_id): None if task is None else _columns(task) for task_id, task in before.items()}
    values = {"directive_id": directive_id, "actor_id": actor_id, "at": at, "before": kept}
    return int((await tx.execute(insert(draft_edits).values(**values).returning(draft_edits.c.id))).scalar_one())


async def last_of(tx: AsyncConnection, directive_id: int, actor_id: int) -> Step | None:
    """The last step of a person that was not taken back."""
    statement = (
        select(draft_edits)
        .where(
            draft_edits.c.directive_id == directive_id,
            draft_edits.c.actor_id == actor_id,
            draft_edits.c.undone_at.is_(None),
        )
        .order_by(draft_edits.c.id.desc())
        .limit(1)
    )
    row = (await tx.execute(statement)).first()
    return None if row is None else _step(row)


async def since(tx: AsyncConnection, directive_id: int, step_id: int, *, undone: bool = False) -> list[Step]:
    """The later steps of whoever, oldest first; ``undone``: with those that were taken back and the taking back itself."""
    later = (draft_edits.c.directive_id == directive_id) & (draft_edits.c.id > step_id)
    statement = select(draft_edits).where(later).order_by(draft_edits.c.id)
    if not undone:
        statement = statement.where(draft_edits.c.undone_at.is_(None))
    return [_step(row) for row in await tx.execute(statement)]


async def newest(tx: AsyncConnection, directive_id: int) -> int:
    """The number of the newest step of any kind; 0 before the first."""
    statement = select(func.max(draft_edits.c.id)).where(draft_edits.c.directive_id == directive_id)
    return (await tx.execute(statement)).scalar() or 0


async def take_back(tx: AsyncConnection, directive_id: int, step: Step, at: datetime) -> bool:
    """Let the drafts be as before the step; that is a step, too, but none to be taken back. False, and nothing is
    changed, if one of them was assigned in the meantime."""
    ids = list(step.before)
    rows = (await tx.execute(select(tasks.c.id).where(tasks.c.id.in_(ids), tasks.c.status.in_((DRAFT, DROPPED))))).all()
    if len(rows) != len(ids):
        return False
    for task_id, columns in step.before.items():
        values = {"status": DROPPED} if columns is None else _values(columns)
        await tx.execute(update(tasks).where(tasks.c.id == task_id).values(**values))
    await tx.execute(update(draft_edits).where(draft_edits.c.id == step.id).values(undone_at=at))
    touched = {str(task_id): None for task_id in step.before}
    row = {"directive_id": directive_id, "actor_id": step.actor_id, "at": at, "before": touched, "undone_at": at}
    await tx.execute(insert(draft_edits).values(**row))
    return True


def _columns(task: Task) -> dict[str, Any]:
    values = {name: getattr(task, name) for name in COLUMNS}
    return {name: value.isoformat() if isinstance(value, date | time) else value for name, value in values.items()}


def _values(columns: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _PARSED[name](value) if name in _PARSED and value is not None else value
        for name, value in columns.items()
    }


def _step(row: Any) -> Step:
    return Step(row.id, row.actor_id, row.at, {int(task_id): columns for task_id, columns in row.before.items()})
