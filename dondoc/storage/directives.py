"""Directives and their tasks, from draft to approval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Integer, cast, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.storage.tables import directives, draft_edits, offices, tasks

DRAFT, APPROVED, DROPPED = "draft", "approved", "dropped"
_CODE = "NV-"


@dataclass(frozen=True, slots=True)
class Directive:
    """A document that gives tasks."""

    id: int
    office_id: int
    kind: str | None
    number: str | None
    issuer: str | None
    issued_on: date | None
    subject: str | None
    content_hash: str
    file_sha256: str | None
    file_name: str | None
    amends_id: int | None
    amendment: str | None
    answers: dict[str, Any] | None
    created_by: int | None
    approved_at: datetime | None


@dataclass(frozen=True, slots=True)
class Task:
    """A task as drafted or approved. ``lead`` and ``cooperate`` are the units as written."""

    id: int
    office_id: int
    directive_id: int | None
    position: int
    code: str | None
    status: str
    section: str | None
    page: int | None
    content: str
    quote: str
    task_class: str
    deadline: date | None
    deadline_rule: str | None
    deadline_time: time | None
    deadline_text: str | None
    lead: list[str]
    cooperate: list[str]
    unresolved: list[str]
    groups: list[str]
    report_to: str | None
    report_via: str | None
    nil_report: bool
    urgent: bool
    confidence: float | None
    why: list[dict[str, str]]
    created_by: int | None


async def perhaps_same(
    tx: AsyncConnection, office_id: int, *, content_hash: str, file_sha256: str | None, issued_on: date | None
) -> list[Directive]:
    """Directives that may be a document which came again: of the same content, the same day, or with a blank head."""
    statement = select(directives).where(directives.c.office_id == office_id)
    if issued_on is not None:
        alike = or_(
            directives.c.content_hash == content_hash,
            directives.c.issued_on == issued_on,
            directives.c.issued_on.is_(None),
        )
        if file_sha256 is not None:
            alike = or_(alike, directives.c.file_sha256 == file_sha256)
        statement = statement.where(alike)
    return [_directive(row) for row in await tx.execute(statement.order_by(directives.c.id.desc()))]


async def set_directive(tx: AsyncConnection, directive_id: int, **values: Any) -> None:
    await tx.execute(update(directives).where(directives.c.id == directive_id).values(**values))


async def keep_answer(tx: AsyncConnection, directive: Directive, group: str, key: str, answer: Any) -> None:
    """What staff said about a document: ``answers[group][key]``. Whoever calls holds the directive's lock."""
    answers = dict(directive.answers or {})
    answers[group] = {**(answers.get(group) or {}), key: answer}
    await set_directive(tx, directive.id, answers=answers)


async def add_directive(tx: AsyncConnection, values: Mapping[str, Any]) -> int:
    result = await tx.execute(directives.insert().values(**values).returning(directives.c.id))
    return int(result.scalar_one())


async def get_directive(tx: AsyncConnection, directive_id: int, *, lock: bool = False) -> Directive:
    """The directive. Raises LookupError."""
    statement = select(directives).where(directives.c.id == directive_id)
    # Like every lock on what other rows refer to: it must not wait for a transaction that only added such a row.
    row = (await tx.execute(statement.with_for_update(key_share=True) if lock else statement)).first()
    if row is None:
        raise LookupError(f"no directive {directive_id}")
    return _directive(row)


async def find_directives(tx: AsyncConnection, office_id: int, number: str) -> list[Directive]:
    """Approved directives whose number begins with what was asked for ("203" finds "203/TB-UBND")."""
    wanted = number.strip().upper()
    statement = select(directives).where(directives.c.office_id == office_id, directives.c.approved_at.is_not(None))
    rows = [_directive(row) for row in await tx.execute(statement.order_by(directives.c.id))]
    exact = [row for row in rows if (row.number or "").upper() == wanted]
    return exact or [row for row in rows if (row.number or "").upper().partition("/")[0] == wanted.partition("/")[0]]


async def approved(tx: AsyncConnection, office_id: int, limit: int = 8) -> list[Directive]:
    """The directives approved last."""
    statement = select(directives).where(directives.c.office_id == office_id, directives.c.approved_at.is_not(None))
    rows = await tx.execute(statement.order_by(directives.c.approved_at.desc(), directives.c.id.desc()).limit(limit))
    return [_directive(row) for row in rows]


async def set_approved(tx: AsyncConnection, directive_id: int, at: datetime) -> None:
    await tx.execute(update(directives).where(directives.c.id == directive_id).values(approved_at=at))


async def delete_directive(tx: AsyncConnection, directive_id: int) -> None:
    """Remove a directive that was never approved, with its drafts and what reviewing kept of them.

    A document that was to amend it is one like any other then.
    """
    amending = update(directives).where(directives.c.amends_id == directive_id)
    await tx.execute(amending.values(amends_id=None, amendment=None))
    await tx.execute(draft_edits.delete().where(draft_edits.c.directive_id == directive_id))
    await tx.execute(tasks.delete().where(tasks.c.directive_id == directive_id, tasks.c.status != APPROVED))
    await tx.execute(directives.delete().where(directives.c.id == directive_id, directives.c.approved_at.is_(None)))


async def delete_drafts_of_file(tx: AsyncConnection, sha256: str, created_by: int, since: datetime) -> None:
    """Remove what a person loaded from a file since an office time, as far as it is not approved."""
    mine = (directives.c.file_sha256 == sha256) & (directives.c.created_by == created_by)
    found = select(directives.c.id).where(mine, directives.c.created_at >= since, directives.c.approved_at.is_(None))
    for directive_id in (await tx.execute(found)).scalars().all():
        await delete_directive(tx, directive_id)


async def with_drafts(tx: AsyncConnection, office_id: int) -> list[tuple[Directive, int]]:
    """Directives that still have drafts, or amend others and are not approved, newest first; with how many drafts."""
    number = func.count(tasks.c.id)
    drafts = (tasks.c.directive_id == directives.c.id) & (tasks.c.status == DRAFT)
    amends = directives.c.amends_id.is_not(None) & directives.c.approved_at.is_(None)
    statement = (
        select(directives.c.id, number)
        .outerjoin(tasks, drafts)
        .where(directives.c.office_id == office_id)
        .group_by(directives.c.id, directives.c.amends_id, directives.c.approved_at)
        .having(or_(number > 0, amends))
        .order_by(directives.c.id.desc())
        .limit(10)
    )
    found = (await tx.execute(statement)).all()
    return [(await get_directive(tx, directive_id), drafted) for directive_id, drafted in found]


async def drop_drafts(tx: AsyncConnection, directive_id: int) -> int:
    """Give up the drafts that an approved directive still has; how many."""
    there = (tasks.c.directive_id == directive_id) & (tasks.c.status == DRAFT)
    return (await tx.execute(update(tasks).where(there).values(status=DROPPED))).rowcount


async def add_task(tx: AsyncConnection, values: Mapping[str, Any]) -> int:
    """A new draft; its id."""
    filled = {"lead": [], "cooperate": [], "unresolved": [], "groups": [], "why": [], "status": DRAFT, **values}
    result = await tx.execute(tasks.insert().values(**filled).returning(tasks.c.id))
    return int(result.scalar_one())


async def set_task(tx: AsyncConnection, task_id: int, **values: Any) -> None:
    await tx.execute(update(tasks).where(tasks.c.id == task_id).values(**values))


async def get_task(tx: AsyncConnection, task_id: int) -> Task:
    """The task. Raises LookupError."""
    row = (await tx.execute(select(tasks).where(tasks.c.id == task_id))).first()
    if row is None:
        raise LookupError(f"no task {task_id}")
    return _task(row)


async def tasks_of(tx: AsyncConnection, directive_id: int, statuses: Sequence[str]) -> list[Task]:
    statement = (
        select(tasks)
        .where(tasks.c.directive_id == directive_id, tasks.c.status.in_(statuses))
        .order_by(tasks.c.position, tasks.c.id)
    )
    return [_task(row) for row in await tx.execute(statement)]


async def next_codes(tx: AsyncConnection, office_id: int, count: int) -> list[str]:
    """The next task codes, NV-001 and on. Holds the office's row, so that no two approvals give the same code."""
    # Two who have each added a task hold the office's key in common: a full lock would let each wait for the other.
    await tx.execute(select(offices.c.id).where(offices.c.id == office_id).with_for_update(key_share=True))
    number = cast(func.substr(tasks.c.code, len(_CODE) + 1), Integer)
    last = (await tx.execute(select(func.max(number)).where(tasks.c.code.is_not(None)))).scalar() or 0
    return [f"{_CODE}{last + step:03d}" for step in range(1, count + 1)]


def _directive(row: Any) -> Directive:
    return Directive(**{name: getattr(row, name) for name in Directive.__dataclass_fields__})


def _task(row: Any) -> Task:
    return Task(**{name: getattr(row, name) for name in Task.__dataclass_fields__})
