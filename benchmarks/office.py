"""An office of any size, written by the database itself: units with one contact each, tasks, and what is open of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text

from benchmarks.databases import fill, settle_statistics
from dondoc.rules.deadlines import ON, Deadline
from dondoc.rules.ladder import due_rung, ladder
from dondoc.storage import offices
from dondoc.storage.database import Database
from dondoc.storage.tables import tasks
from dondoc.vietnamese.calendar import WorkCalendar

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SLOT = datetime(2024, 6, 19, 8, 0, tzinfo=ZONE)
GIVEN = SLOT - timedelta(days=90)
CALENDAR = WorkCalendar()
# Each task goes to one unit in five, and each day is the deadline of one task: 40 days behind, the others ahead.
_EVERY, _BEHIND = 5, 40

_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :units) "
_UNITS = _NUMBERS + "INSERT INTO units (id, code, name, kind) SELECT i, 'U' || i, 'Trường số ' || i, 'tieu_hoc' FROM n"
_PEOPLE = _NUMBERS + "INSERT INTO people (id, name, created_at) SELECT i, 'Người số ' || i, :given FROM n"
_CONTACTS = _NUMBERS + "INSERT INTO contacts (unit_id, person_id, rank) SELECT i, i, 1 FROM n"
_ADDRESSES = _NUMBERS + (
    "INSERT INTO addresses (person_id, channel, account, chat_id, joined_at) "
    "SELECT i, 'test', 'office', 'chat-' || i, :given FROM n"
)
_ASSIGNMENTS = (
    "INSERT INTO assignments (task_id, unit_id, role, state, deadline, deadline_rule, assigned_at) "
    "SELECT t.id, u.id, 'lead', 'in_progress', t.deadline, t.deadline_rule, :given "
    f"FROM tasks t JOIN units u ON u.id % {_EVERY} = t.id % {_EVERY} ORDER BY t.id, u.id"
)


@dataclass(frozen=True, slots=True)
class Size:
    """How many units (and people), and how many assignments are open."""

    people: int
    open: int

    @property
    def tasks(self) -> int:
        return self.open * _EVERY // self.people

    def due_days(self) -> list[date]:
        """The deadlines that stand on a rung of their ladder at the slot."""
        today = SLOT.date()
        days = (_deadline(number) for number in range(self.tasks))
        yesterday = today - timedelta(days=1)
        return [day for day in days if due_rung(ladder(Deadline(day, ON), CALENDAR), yesterday, today)]

    @property
    def due(self) -> int:
        """How many assignments are due at the slot."""
        return len(self.due_days()) * self.people // _EVERY


def _deadline(number: int) -> date:
    return SLOT.date() + timedelta(days=number - _BEHIND)


async def found(database: Database, size: Size) -> None:
    """Write the office into an empty database."""
    async with database.write() as tx:
        office = await offices.ensure_office(tx, GIVEN)
        for statement in (_UNITS, _PEOPLE, _CONTACTS, _ADDRESSES):
            await tx.execute(text(_for(statement, database)), _given(database, units=size.people))
    await fill(database, tasks, [_task(office.id, number) for number in range(size.tasks)])
    async with database.write() as tx:
        await tx.execute(text(_for(_ASSIGNMENTS, database)), _given(database))
    await settle_statistics(database)


def _for(statement: str, database: Database) -> str:
    """PostgreSQL wants the numbers after INSERT INTO, and to be told what the instant is."""
    if database.is_sqlite:
        return statement
    if statement.startswith(_NUMBERS):
        head, _, rest = statement.removeprefix(_NUMBERS).partition(" SELECT ")
        statement = f"{head} {_NUMBERS}SELECT {rest}"
    return statement.replace(":given", "CAST(:given AS TIMESTAMP WITH TIME ZONE)")


def _given(database: Database, **values: Any) -> dict[str, Any]:
    # As the column types would store it.
    stored = GIVEN.astimezone(ZoneInfo("UTC"))
    return {"given": f"{stored:%Y-%m-%d %H:%M:%S.%f}" if database.is_sqlite else stored, **values}


def _task(office_id: int, number: int) -> dict[str, Any]:
    lists: dict[str, list[str]] = {"lead": [], "cooperate": [], "unresolved": [], "groups": [], "why": []}
    return {
        "id": number + 1,
        "office_id": office_id,
        "code": f"NV-{number + 1:04d}",
        "status": "approved",
        "content": f"Báo cáo kết quả công tác số {number}",
        "task_class": "dated",
        "deadline": _deadline(number),
        "deadline_rule": ON,
        "created_at": GIVEN,
        **lists,
    }
