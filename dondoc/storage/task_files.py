"""Files that staff send out with a task: templates, the document that it rests on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.storage.tables import blobs, task_files


@dataclass(frozen=True, slots=True)
class TaskFile:
    """A file of a task. ``size`` is in bytes."""

    sha256: str
    name: str
    size: int
    media_type: str


async def add(tx: AsyncConnection, task_id: int, files: Sequence[tuple[str, str]]) -> None:
    """Let files (hash, name) go out with a task; one whose content is no longer kept stays behind."""
    wanted = [sha256 for sha256, _ in files]
    kept = (
        set((await tx.execute(select(blobs.c.sha256).where(blobs.c.sha256.in_(wanted)))).scalars()) if wanted else set()
    )
    rows = [
        {"task_id": task_id, "position": place, "sha256": sha256, "name": name[:300]}
        for place, (sha256, name) in enumerate(files)
        if sha256 in kept
    ]
    if rows:
        await tx.execute(task_files.insert(), rows)


async def of_tasks(tx: AsyncConnection, task_ids: Collection[int]) -> list[TaskFile]:
    """The files of some tasks, each once, in the order of the tasks and of their files."""
    statement = (
        select(task_files.c.sha256, task_files.c.name, blobs.c.size, blobs.c.media_type)
        .join(blobs, blobs.c.sha256 == task_files.c.sha256)
        .where(task_files.c.task_id.in_(sorted(task_ids)))
        .order_by(task_files.c.task_id, task_files.c.position)
    )
    found = (TaskFile(row.sha256, row.name, row.size, row.media_type) for row in await tx.execute(statement))
    return list(dict.fromkeys(found))
