"""What runs each second reads the few rows in play and not the many that are settled: the databases' own plans say so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.engine import Engine

from dondoc.rules.deadlines import BEFORE
from dondoc.rules.ladder import PROMISE
from dondoc.storage import inbox, outbox, planning, work
from dondoc.storage.database import Database
from dondoc.storage.outbox import Limits
from dondoc.storage.planning import Standing
from dondoc.storage.tables import assignments, reminders, tasks, units
from dondoc.storage.tables import inbox as inbox_table
from dondoc.storage.tables import outbox as outbox_table
from tests.support.offices import START, SampleOffice

NOW = datetime(2024, 6, 19, 1, 0, tzinfo=UTC)
TODAY = date(2024, 6, 19)
PAST = NOW - timedelta(days=1)
LIMITS = Limits(27, 1, 3)


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """Collects every statement that is run meanwhile."""
    found: list[tuple[str, Any]] = []

    def keep(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        found.append((statement, parameters[0] if many else parameters))

    event.listen(Engine, "before_cursor_execute", keep)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", keep)


def reads(connection: Connection, statement: str, parameters: Any, table: str) -> set[str]:
    """How a statement gets at a table: the names of the indexes used, "" for reading all of it."""
    if connection.dialect.name == "sqlite":
        return _reads_sqlite(connection, statement, parameters, table)
    plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).scalar_one()
    return set(_walk(plan if isinstance(plan, list) else json.loads(plan), table))


def _reads_sqlite(connection: Connection, statement: str, parameters: Any, table: str) -> set[str]:
    plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    found = set()
    for row in plan:
        words = row.detail.split()
        if words[0] not in ("SCAN", "SEARCH") or words[1] not in (table, *_ALIASES):
            continue
        after = row.detail.partition("INDEX ")[2].split()
        found.add(after[0] if after else "primary key" if "PRIMARY KEY" in row.detail else "")
    return found


_ALIASES = ("flying",)


def _walk(node: Any, table: str) -> Iterator[str]:
    if isinstance(node, list):
        for one in node:
            yield from _walk(one, table)
    elif isinstance(node, dict):
        if node.get("Relation Name") == table:
            name = node.get("Index Name") or _bitmap_index(node) or ""
            yield "primary key" if name.startswith("pk_") else name
        for value in node.values():
            yield from _walk(value, table)


def _bitmap_index(node: dict[str, Any]) -> str | None:
    for child in node.get("Plans", ()):
        if child.get("Index Name"):
            return str(child["Index Name"])
        if found := _bitmap_index(child):
            return found
    return None


@pytest.fixture
async def busy_outbox(database: Database, office: SampleOffice) -> Database:
    """Thousands of messages that were sent, some that wait, and a few on their way."""

    def row(number: int, state: str) -> dict[str, Any]:
        flying = state in ("leased", "sending")
        return {
            "channel": "test",
            "account": "office",
            "chat_id": str(number % 300),
            "person_id": None,
            "kind": "reminder",
            "priority": 3,
            "payload": {"message": {"text": "…" * 100}},
            "state": state,
            "not_before": PAST,
            "created_at": PAST,
            "lease_until": PAST if flying else None,
            "send_at": PAST if flying else None,
            "external_id": f"m{number}" if state == "sent" else None,
        }

    async with database.write() as tx:
        await tx.execute(outbox_table.insert(), [row(n, "sent") for n in range(4000)])
        await tx.execute(outbox_table.insert(), [row(n, "pending") for n in range(30)])
        await tx.execute(outbox_table.insert(), [row(n, s) for s in ("leased", "sending") for n in range(5)])
    await _analyse(database)
    return database


async def _analyse(database: Database) -> None:
    async with database.write() as tx:
        await tx.execute(text("ANALYZE"))


async def test_a_tick_reads_only_what_is_pending_or_in_flight(busy_outbox: Database) -> None:
    async with busy_outbox.write() as tx:
        with statements() as run:
            assert await outbox.has_work(tx, "test", "office", NOW)
            await outbox.recover(tx, NOW)
            assert await outbox.lease(tx, "test", "office", LIMITS, NOW, lease_for=timedelta(seconds=60))
            await outbox.recover(tx, NOW, everything=True)
        await tx.rollback()
    partial = {"ix_outbox_pending", "ix_outbox_in_flight", "ix_outbox_unsettled", "primary key"}
    looked = [(statement, parameters) for statement, parameters in run if "outbox" in statement]
    assert len(looked) >= 8
    async with busy_outbox.write() as tx:
        for statement, parameters in looked:
            found = await tx.run_sync(reads, statement, parameters, "outbox")
            assert found <= partial, statement


async def test_a_reply_finds_its_message_by_an_index(busy_outbox: Database) -> None:
    async with busy_outbox.read() as tx:
        with statements() as run:
            assert await outbox.find_sent(tx, "test", "office", "7", "m7") is not None
        ((statement, parameters),) = run
        assert await tx.run_sync(reads, statement, parameters, "outbox") == {"ix_outbox_external"}


async def test_the_heads_of_the_inbox_are_read_from_what_is_open(database: Database) -> None:
    def row(number: int, state: str) -> dict[str, Any]:
        return {
            "channel": "test",
            "account": "office",
            "external_id": f"{state}{number}",
            "chat_id": str(number % 300),
            "payload": {"text": "…" * 100},
            "files": [],
            "state": state,
            "received_at": PAST,
            "not_before": PAST,
        }

    async with database.write() as tx:
        await tx.execute(inbox_table.insert(), [row(n, "done") for n in range(4000)])
        await tx.execute(inbox_table.insert(), [row(n, "received") for n in range(20)])
    await _analyse(database)
    async with database.read() as tx:
        with statements() as run:
            assert len(await inbox.heads(tx, NOW)) == 20
            assert await inbox.open_count(tx) == 20
        for statement, parameters in run:
            found = await tx.run_sync(reads, statement, parameters, "inbox")
            assert found <= {"ix_inbox_open", "primary key"}, statement


@pytest.fixture
async def much_done(database: Database, office: SampleOffice) -> Database:
    """Thousands of assignments that are done and a few that are owed."""
    async with database.write() as tx:
        await tx.execute(
            units.insert(),
            [{"id": 1000 + n, "code": f"U{n}", "name": f"Đơn vị {n}", "kind": "khac"} for n in range(60)],
        )
        empty: dict[str, list[str]] = {"lead": [], "cooperate": [], "unresolved": [], "groups": [], "why": []}
        await tx.execute(
            tasks.insert(),
            [
                {
                    "id": 1000 + n,
                    "office_id": office.id,
                    "status": "approved",
                    "content": "Báo cáo",
                    "task_class": "dated",
                    "created_at": START,
                    **empty,
                }
                for n in range(80)
            ],
        )
        await tx.execute(
            assignments.insert(),
            [
                {
                    "task_id": 1000 + task,
                    "unit_id": 1000 + unit,
                    "role": "lead",
                    "state": "in_progress" if (task + unit) % 200 == 0 else "done",
                    "deadline": TODAY + timedelta(days=task % 20),
                    "deadline_rule": "before",
                    "assigned_at": START,
                }
                for task in range(80)
                for unit in range(60)
            ],
        )
        await tx.execute(reminders.delete())
    await _analyse(database)
    return database


async def test_a_slot_reads_only_what_is_owed(much_done: Database) -> None:
    async with much_done.read() as tx:
        with statements() as run:
            rungs = [Standing(TODAY + timedelta(days=n), BEFORE, "3", NOW, TODAY) for n in range(9)]
            assert await planning.standing_by_deadline(tx, rungs)
            await planning.standing_by_demand(tx, rungs)
            await planning.promised(tx, TODAY - timedelta(days=3), TODAY, PROMISE)
        for statement, parameters in run:
            found = await tx.run_sync(reads, statement, parameters, "assignments")
            assert found <= {f"ix_assignments_{name}" for name in ("owing", "demanded", "promised")}, statement


async def test_what_is_owed_is_spelled_as_its_index_spells_it(database: Database) -> None:
    async with database.read() as tx:
        spelled = str(work.owing_condition().compile(tx.sync_connection))
    index = next(index for index in assignments.indexes if index.name == "ix_assignments_owing")
    assert spelled.replace("assignments.", "") == str(index.dialect_options["sqlite"]["where"])
