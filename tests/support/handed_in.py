"""What units handed in, as it stands in the database, and what staff see of it."""

from __future__ import annotations

from sqlalchemy import select

from dondoc.storage import submissions
from dondoc.storage.submissions import Submission
from dondoc.storage.tables import submissions as versions_table
from tests.support.office import Desk


async def versions(desk: Desk, assignment_id: int) -> list[Submission]:
    """Everything ever handed in for an assignment, oldest first."""
    table = versions_table
    statement = select(table.c.id).where(table.c.assignment_id == assignment_id).order_by(table.c.version)
    ids = [row.id for row in await desk.rows(statement)]
    async with desk.database.read() as tx:
        return [await submissions.get_submission(tx, one) for one in ids]


async def files(desk: Desk, assignment_id: int) -> list[list[str]]:
    """The names of the files of every version."""
    return [[file.name for file in version.files] for version in await versions(desk, assignment_id)]


def shown_files(desk: Desk, who: str) -> list[str]:
    """The names of the files that came with the news of a chat."""
    return [file.name for sent in desk.news(who) for file in sent.message.attachments]


async def confirms(desk: Desk, who: str = "khanh") -> None:
    """Staff look at what waits and confirm the first of it."""
    await desk.says(who, "/duyet")
    await desk.presses(who, "handlers.check.confirm")


async def demands(desk: Desk, name: str, reason: str, who: str = "khanh") -> None:
    """Staff look at what waits and return it: ``name`` is the button, as in "handlers.check.redo"."""
    await desk.says(who, "/duyet")
    await desk.presses(who, name)
    await desk.says(who, reason)
