"""The log of who did and read what, as administrators look at it. It is only ever added to (``work.record``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.storage.tables import assignments, events, people, tasks, units


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log. ``name`` is "" for the program itself, the command line, and for people who were blanked."""

    id: int
    at: datetime
    actor_id: int | None
    name: str
    kind: str
    task_code: str | None
    unit_name: str | None
    detail: Mapping[str, Any]


async def entries(
    tx: AsyncConnection,
    zone: tzinfo | None,
    *,
    task_code: str | None = None,
    name: str | None = None,
    day: date | None = None,
    limit: int = 20,
) -> tuple[list[Entry], int]:
    """The latest lines that fit all that is given, latest first, and how many fit. ``name`` is a part of a person's."""
    task = func.coalesce(events.c.task_id, assignments.c.task_id)
    joined = (
        events.outerjoin(people, people.c.id == events.c.actor_id)
        .outerjoin(assignments, assignments.c.id == events.c.assignment_id)
        .outerjoin(tasks, tasks.c.id == task)
        .outerjoin(units, units.c.id == assignments.c.unit_id)
    )
    conditions = []
    if task_code is not None:
        conditions.append(tasks.c.code == task_code)
    if name is not None:
        # Compared as written: the databases fold Vietnamese letters in different ways.
        conditions.append(people.c.name.contains(name, autoescape=True))
    if day is not None:
        begins = datetime.combine(day, time(), tzinfo=zone)
        conditions += [events.c.at >= begins, events.c.at < begins + timedelta(days=1)]
    columns = (
        events.c.id,
        events.c.at,
        events.c.actor_id,
        func.coalesce(people.c.name, "").label("name"),
        events.c.kind,
        tasks.c.code,
        units.c.name.label("unit_name"),
        events.c.detail,
    )
    statement = select(*columns).select_from(joined).where(*conditions).order_by(events.c.id.desc()).limit(limit)
    found = [
        Entry(row.id, row.at, row.actor_id, row.name, row.kind, row.code, row.unit_name, row.detail)
        for row in await tx.execute(statement)
    ]
    total = select(func.count()).select_from(joined).where(*conditions)
    return found, int((await tx.execute(total)).scalar_one())
