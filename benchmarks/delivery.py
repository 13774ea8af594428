"""A tick of delivery over a table that has grown old, beside the bare select of what is due, and the tick over a young one.

10,000 messages to 10,000 chats are due. A tick looks for expired leases, gives send slots and leases what fits into the next
seconds at Telegram's pace. It must not matter that 100,000 messages were sent before: that is what the partial indexes are
for. Sending itself is left out; the platform's limit is the only thing that matters there.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select, text, update

from benchmarks.databases import KINDS, fill, new_database, settle_statistics
from benchmarks.timing import Line, best_of
from dondoc.chat.messages import Capabilities
from dondoc.rules.clock import FixedClock, machine_now
from dondoc.scheduler.alerts import report_delivery
from dondoc.scheduler.delivery import Delivery
from dondoc.storage.database import Database
from dondoc.storage.files import FileStore
from dondoc.storage.outbox import Address, OutboxRow, queued
from dondoc.storage.tables import outbox, pace
from tests.support.channels import ScriptedChannel
from tests.support.offices import START
from tests.support.postgres import Postgres

SETTLED, FULL, DUE = 100_000, 1_000_000, 10_000
ROUNDS = 7
BARE = text(
    "SELECT id, channel, account, chat_id, person_id, kind, payload, priority, attempts, doubts FROM outbox "
    "WHERE state = 'pending' AND not_before <= :now ORDER BY priority, id"
)
TELEGRAM = Capabilities(buttons=True, files_in=True, files_out=True, edit=True, max_chars=4096, groups=True)
PAYLOAD = {"message": {"text": "Văn phòng nhắc Trường Tiểu học Hoa Sen: nhiệm vụ NV-012. " * 6}}


class TickOnly(Delivery):
    """Delivery that leases and does not send."""

    async def deliver(self, row: OutboxRow) -> None:
        return


async def run(server: Postgres, *, full: bool = False) -> AsyncIterator[Line]:
    settled = FULL if full else SETTLED
    for kind in KINDS:
        young, _ = await _tick(kind, server, settled=0)
        old, bare = await _tick(kind, server, settled=settled)
        what = f"a delivery tick: {DUE:,} due, {settled:,} settled ({kind})"
        yield Line(what, old, "bare SQL that selects the due rows", bare)
        yield Line("  the same", old, "the same with none settled", young)


async def _tick(kind: str, server: Postgres, *, settled: int) -> tuple[float, float]:
    async with new_database(kind, server) as database:
        await _fill(database, settled)
        with tempfile.TemporaryDirectory() as folder:
            return await _measure(database, FileStore(Path(folder)))


async def _measure(database: Database, files: FileStore) -> tuple[float, float]:
    """The tick, and the bare select of the rows it looks at."""
    channel = ScriptedChannel(capabilities=TELEGRAM)
    delivery = TickOnly(
        database,
        {(channel.name, channel.account): channel},
        files,
        FixedClock(START),
        renderers={},
        draw=lambda _: b"",
        report=report_delivery,
    )

    async def again() -> None:
        async with database.write() as tx:
            await tx.execute(update(outbox).where(outbox.c.state == "leased").values(state="pending", lease_until=None))
            await tx.execute(delete(pace))

    async def tick() -> None:
        if not 100 < await delivery.tick() <= TELEGRAM.rate * 6:
            raise AssertionError("the tick did not lease what fits into the next seconds")

    async def bare() -> None:
        async with database.read() as tx:
            if len((await tx.execute(BARE, {"now": _stored(database)})).all()) != DUE:
                raise AssertionError("the bare select finds other rows")

    base, seconds = await best_of(ROUNDS, bare, tick, before=again)
    async with database.read() as tx:
        total = (await tx.execute(select(func.count()).where(outbox.c.state.in_(("pending", "leased"))))).scalar_one()
    if total != DUE:
        raise AssertionError(f"{total} rows in play instead of {DUE}")
    return seconds, base


def _stored(database: Database) -> Any:
    """This moment as the column stores it."""
    now = machine_now()
    return f"{now:%Y-%m-%d %H:%M:%S.%f}" if database.is_sqlite else now


async def _fill(database: Database, settled: int) -> None:
    now = machine_now() - timedelta(minutes=1)
    rows: list[dict[str, Any]] = []
    for number in range(settled):
        row = queued(Address("test", "office", str(number % DUE)), "reminder", PAYLOAD, now, dedup_key=f"old:{number}")
        rows.append({**row, "state": "sent", "external_id": str(number), "sent_at": now})
    await fill(database, outbox, rows)
    due = [
        queued(Address("test", "office", str(n)), "reminder", PAYLOAD, now, dedup_key=f"due:{n}") for n in range(DUE)
    ]
    await fill(database, outbox, due)
    await settle_statistics(database)
