"""Old messages are blanked once a day; what they led to stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from dondoc.rules.clock import machine_now
from dondoc.scheduler.housekeeping import tidy
from dondoc.storage import offices
from dondoc.storage.database import Database
from dondoc.storage.tables import inbox, outbox
from tests.support.offices import ACCOUNT, CHANNEL, SampleOffice

DAY = timedelta(days=1)


async def payloads(database: Database) -> list[Any]:
    async with database.read() as tx:
        received = (await tx.execute(select(inbox.c.payload).order_by(inbox.c.id))).scalars().all()
        sent = (await tx.execute(select(outbox.c.payload).order_by(outbox.c.id))).scalars().all()
        return [*received, *sent]


async def test_only_what_is_old_and_settled_is_blanked(database: Database, office: SampleOffice) -> None:
    """By the office's own number of days."""
    now = machine_now()
    async with database.write() as tx:
        await offices.set_setting(tx, office.id, offices.RETENTION_DAYS, 30)
        base = {"channel": CHANNEL, "account": ACCOUNT, "chat_id": "21", "payload": {"text": "chào"}, "not_before": now}
        for number, (state, age) in enumerate((("done", 31), ("done", 29), ("received", 31))):
            row = {**base, "external_id": str(number), "files": [], "state": state, "received_at": now - age * DAY}
            await tx.execute(inbox.insert().values(**row, done_at=now - age * DAY if state == "done" else None))
        for state, age in (("sent", 31), ("sent", 29), ("pending", 31)):
            row = {**base, "kind": "answer", "state": state, "created_at": now - age * DAY}
            await tx.execute(outbox.insert().values(**row))
    assert await tidy(database, now) == 2
    assert await payloads(database) == [{}, *[{"text": "chào"}] * 2, {}, *[{"text": "chào"}] * 2]
    assert await tidy(database, now + DAY / 2) == 0, "once a day"
    assert await tidy(database, now + 2 * DAY) == 2, "and what became old since"
