"""Urgent work of today: what is spoken of by the hour instead of in the day's slots."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.storage import work
from dondoc.storage.tables import assignments, tasks


class UrgentRow(NamedTuple):
    """An assignment that is owed by an hour of today. ``told_at`` is when the unit heard of this deadline."""

    assignment_id: int
    unit_id: int
    deadline_version: int
    code: str
    deadline_time: time
    told_at: datetime


async def due_today(tx: AsyncConnection, today: date) -> list[UrgentRow]:
    """What is owed today by an hour and presses, by its hour."""
    statement = (
        select(
            assignments.c.id,
            assignments.c.unit_id,
            assignments.c.deadline_version,
            tasks.c.code,
            assignments.c.deadline_time,
            func.coalesce(assignments.c.deadline_set_at, assignments.c.assigned_at),
        )
        .join(tasks, tasks.c.id == assignments.c.task_id)
        .where(
            work.owing_condition(),
            assignments.c.deadline == today,
            assignments.c.deadline_time.is_not(None),
            assignments.c.demand_due.is_(None),
            tasks.c.urgent,
        )
        .order_by(assignments.c.deadline_time, tasks.c.code)
    )
    return [UrgentRow(*row) for row in (await tx.execute(statement)).all()]
