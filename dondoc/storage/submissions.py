"""What units handed in, and the extensions they asked for."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.storage.tables import blobs, extensions, submission_files, submissions

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class SubmittedFile:
    """A file of a submission. ``size`` is in bytes."""

    sha256: str
    name: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Submission:
    """One version of what a unit handed in. ``code`` is its receipt number."""

    id: int
    assignment_id: int
    version: int
    code: str
    person_id: int | None
    arrived_at: datetime
    way: str
    document: str | None
    complete: bool
    verdict: str | None
    note: str | None
    files: tuple[SubmittedFile, ...]


@dataclass(frozen=True, slots=True)
class Extension:
    """A request for a later deadline."""

    id: int
    assignment_id: int
    asked_by: int | None
    asked_at: datetime
    wanted: date
    reason: str
    status: str


async def add_submission(
    tx: AsyncConnection,
    assignment_id: int,
    *,
    person_id: int | None,
    arrived_at: datetime,
    way: str,
    document: str | None = None,
    complete: bool = True,
    files: Sequence[tuple[str, str]] = (),
) -> Submission:
    """Write down a new version; ``files`` are pairs of hash and name. Earlier versions stay."""
    last = select(func.max(submissions.c.version)).where(submissions.c.assignment_id == assignment_id)
    version = ((await tx.execute(last)).scalar() or 0) + 1
    code = "TN-" + "".join(secrets.choice(_ALPHABET) for _ in range(6))
    values = {
        "assignment_id": assignment_id,
        "version": version,
        "code": code,
        "person_id": person_id,
        "arrived_at": arrived_at,
        "way": way,
        "document": document,
        "complete": complete,
    }
    result = await tx.execute(submissions.insert().values(**values).returning(submissions.c.id))
    submission_id = int(result.scalar_one())
    await add_files(tx, submission_id, files)
    return await get_submission(tx, submission_id)


async def add_files(tx: AsyncConnection, submission_id: int, files: Sequence[tuple[str, str]]) -> None:
    """Add files to a submission, after those it has."""
    taken = select(func.count()).where(submission_files.c.submission_id == submission_id)
    start = int((await tx.execute(taken)).scalar_one())
    for position, (sha256, name) in enumerate(files, start + 1):
        await tx.execute(
            submission_files.insert().values(
                submission_id=submission_id, position=position, sha256=sha256, name=name[:300]
            )
        )


async def set_submission(tx: AsyncConnection, submission_id: int, **values: Any) -> None:
    await tx.execute(update(submissions).where(submissions.c.id == submission_id).values(**values))


async def get_submission(tx: AsyncConnection, submission_id: int) -> Submission:
    """The submission with its files. Raises LookupError."""
    row = (await tx.execute(select(submissions).where(submissions.c.id == submission_id))).mappings().first()
    if row is None:
        raise LookupError(f"no submission {submission_id}")
    return await _with_files(tx, row)


async def open_submissions(tx: AsyncConnection, assignment_id: int) -> list[Submission]:
    """The versions that nobody has judged yet, oldest first: together they are what the unit handed in."""
    statement = (
        select(submissions)
        .where(submissions.c.assignment_id == assignment_id, submissions.c.verdict.is_(None))
        .order_by(submissions.c.version)
    )
    return [await _with_files(tx, row) for row in (await tx.execute(statement)).mappings().all()]


async def last_submission(tx: AsyncConnection, assignment_id: int) -> Submission | None:
    """The newest version."""
    statement = (
        select(submissions)
        .where(submissions.c.assignment_id == assignment_id)
        .order_by(submissions.c.version.desc())
        .limit(1)
    )
    row = (await tx.execute(statement)).mappings().first()
    return None if row is None else await _with_files(tx, row)


async def _with_files(tx: AsyncConnection, row: Mapping[Any, Any]) -> Submission:
    statement = (
        select(submission_files.c.sha256, submission_files.c.name, blobs.c.size, blobs.c.media_type)
        .join(blobs, blobs.c.sha256 == submission_files.c.sha256)
        .where(submission_files.c.submission_id == row["id"])
        .order_by(submission_files.c.position)
    )
    files = tuple(SubmittedFile(*file) for file in await tx.execute(statement))
    return Submission(**dict(row), files=files)


# --- extensions ------------------------------------------------------------------------------------------------------


async def pending_extension(tx: AsyncConnection, assignment_id: int) -> Extension | None:
    statement = select(extensions).where(extensions.c.assignment_id == assignment_id, extensions.c.status == "pending")
    row = (await tx.execute(statement)).first()
    return None if row is None else _extension(row)


async def get_extension(tx: AsyncConnection, extension_id: int, *, lock: bool = False) -> Extension | None:
    statement = select(extensions).where(extensions.c.id == extension_id)
    row = (await tx.execute(statement.with_for_update() if lock else statement)).first()
    return None if row is None else _extension(row)


async def pending_extensions(tx: AsyncConnection) -> list[Extension]:
    """The requests that wait for a decision, oldest first."""
    statement = select(extensions).where(extensions.c.status == "pending").order_by(extensions.c.id)
    return [_extension(row) for row in await tx.execute(statement)]


async def close_extension(tx: AsyncConnection, assignment_id: int, *, at: datetime, by: int | None) -> None:
    """End a pending request that has nothing left to extend."""
    there = (extensions.c.assignment_id == assignment_id) & (extensions.c.status == "pending")
    await tx.execute(update(extensions).where(there).values(status="closed", decided_at=at, decided_by=by))


async def ask_extension(
    tx: AsyncConnection, assignment_id: int, *, asked_by: int, asked_at: datetime, wanted: date, reason: str
) -> int:
    """A new request, or the pending one with its new date and reason; its id."""
    pending = await pending_extension(tx, assignment_id)
    values = {"asked_by": asked_by, "asked_at": asked_at, "wanted": wanted, "reason": reason}
    if pending is not None:
        await tx.execute(update(extensions).where(extensions.c.id == pending.id).values(**values))
        return pending.id
    insert = extensions.insert().values(assignment_id=assignment_id, status="pending", **values)
    return int((await tx.execute(insert.returning(extensions.c.id))).scalar_one())


async def decide_extension(
    tx: AsyncConnection, extension_id: int, *, granted: date | None, decided_by: int, decided_at: datetime
) -> None:
    """Grant until a day, or refuse (None)."""
    values = {
        "status": "granted" if granted else "refused",
        "granted": granted,
        "decided_by": decided_by,
        "decided_at": decided_at,
    }
    await tx.execute(update(extensions).where(extensions.c.id == extension_id).values(**values))


def _extension(row: Any) -> Extension:
    return Extension(**{name: getattr(row, name) for name in Extension.__dataclass_fields__})
