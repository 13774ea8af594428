"""What came in: written once, handled once, in order within a chat."""

from __future__ import annotations

import asyncio
import random
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.storage import inbox, work
from dondoc.storage.database import Database
from dondoc.storage.tables import events
from dondoc.storage.tables import inbox as table
from tests.support.offices import START

NOW = datetime(2024, 6, 19, 1, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)


async def _receive(
    tx: AsyncConnection, external_id: str, chat_id: str = "1", *, account: str = "office", text: str = ""
) -> int | None:
    return await inbox.receive(
        tx,
        channel="test",
        account=account,
        external_id=external_id,
        chat_id=chat_id,
        payload={"text": text},
        now=NOW,
    )


async def _head_ids(tx: AsyncConnection, *, now: datetime = NOW, busy: tuple[int, ...] = ()) -> list[int]:
    return [row.id for row in await inbox.heads(tx, now, busy=busy)]


async def test_an_update_is_written_once(database: Database) -> None:
    async with database.write() as tx:
        first = await _receive(tx, "u1", text="một")
        assert await _receive(tx, "u1", text="hai") is None
        assert await _receive(tx, "u1", account="another bot") is not None
        row = await inbox.lock(tx, first or 0)
    assert row is not None
    assert (row.payload, row.state, row.files, row.attempts) == ({"text": "một"}, inbox.RECEIVED, [], 0)


async def test_only_a_new_update_wakes_the_workers(database: Database) -> None:
    woken = []
    database.on_wake(lambda: woken.append(1))
    for _ in range(3):
        async with database.write() as tx:
            await _receive(tx, "u1")
    assert len(woken) == 1


async def test_the_oldest_open_update_of_each_chat_comes_first(database: Database) -> None:
    async with database.write() as tx:
        a1, b1, a2 = [await _receive(tx, f"u{n}", chat) for n, chat in enumerate("aba")]
        assert await _head_ids(tx) == [a1, b1]
        assert await _head_ids(tx, busy=(a1 or 0,)) == [b1], "a chat whose message is being handled waits"
        await inbox.done(tx, a1 or 0, NOW)
        assert await _head_ids(tx) == [b1, a2]
        await inbox.failed(tx, b1 or 0, error="unparseable", now=NOW)
        await inbox.fetched(tx, a2 or 0, [{"name": "a.pdf"}])
        assert await _head_ids(tx) == [a2]
        assert [row.files for row in await inbox.heads(tx, NOW)] == [[{"name": "a.pdf"}]]


async def test_an_update_that_is_tried_later_holds_back_its_chat_only(database: Database) -> None:
    async with database.write() as tx:
        a1, _, b1 = [await _receive(tx, f"u{n}", chat) for n, chat in enumerate("aab")]
        await inbox.retry(tx, a1 or 0, attempts=1, not_before=LATER, error="TryLater")
        assert await _head_ids(tx) == [b1]
        assert await _head_ids(tx, now=LATER) == [a1, b1]


async def test_no_more_heads_than_asked_for(database: Database) -> None:
    async with database.write() as tx:
        for n in range(5):
            await _receive(tx, f"u{n}", str(n))
        assert len(await inbox.heads(tx, NOW, limit=3)) == 3


async def test_a_settled_update_cannot_be_taken(database: Database) -> None:
    async with database.write() as tx:
        done, failed = [await _receive(tx, f"u{n}") for n in range(2)]
        await inbox.done(tx, done or 0, NOW)
        await inbox.failed(tx, failed or 0, error="x" * 500, now=NOW)
        assert await inbox.lock(tx, done or 0) is None
        assert await inbox.lock(tx, failed or 0) is None
        assert await inbox.open_count(tx) == 0


async def test_what_was_handled_in_vain_is_open_again(database: Database) -> None:
    async def handle_and_fail() -> None:
        async with database.write() as tx:
            await inbox.lock(tx, row_id or 0)
            await work.record(tx, "handled", actor_id=None, at=START)
            await inbox.done(tx, row_id or 0, NOW)
            raise RuntimeError

    async with database.write() as tx:
        row_id = await _receive(tx, "u1")
    await asyncio.gather(handle_and_fail(), return_exceptions=True)
    async with database.read() as tx:
        assert await _head_ids(tx) == [row_id]
        assert (await tx.execute(select(events))).all() == []


async def test_an_erased_update_keeps_its_row_and_nothing_else(database: Database) -> None:
    async with database.write() as tx:
        row_id = await _receive(tx, "u1", text="MẬT")
        await inbox.fetched(tx, row_id or 0, [{"name": "mat.pdf"}])
        await inbox.erase(tx, row_id or 0)
        row = (await tx.execute(select(table.c.payload, table.c.files, table.c.external_id))).one()
        assert await _receive(tx, "u1", text="MẬT") is None
    assert row == ({}, [], "u1")


async def _work(database: Database, number: int) -> None:
    """A worker as it stands in any process: takes heads, does something, says so, all in one transaction."""
    chances = random.Random(number)
    while True:
        async with database.read() as tx:
            heads = await inbox.heads(tx, NOW)
            if not await inbox.open_count(tx):
                return
        chances.shuffle(heads)
        for head in heads:
            async with database.write() as tx:
                row = await inbox.lock(tx, head.id)
                if row is None:
                    continue
                if chances.random() < 0.1:
                    await tx.rollback()  # the process dies here
                    break
                await work.record(
                    tx, "handled", actor_id=None, at=START, detail={"chat": row.chat_id, "text": row.payload["text"]}
                )
                await inbox.done(tx, row.id, NOW)


async def test_workers_of_two_processes_handle_everything_once_and_in_order(
    database: Database, second_database: Database
) -> None:
    async with database.write() as tx:
        for n in range(60):
            await _receive(tx, f"u{n}", f"chat {n % 7}", text=str(n))
    workers = [_work(one, number) for number, one in enumerate((database, second_database) * 3)]
    await asyncio.gather(*workers)
    async with database.read() as tx:
        handled = (await tx.execute(select(events.c.detail).order_by(events.c.id))).scalars().all()
    assert Counter(int(entry["text"]) for entry in handled) == Counter(range(60))
    by_chat: dict[str, list[int]] = defaultdict(list)
    for entry in handled:
        by_chat[entry["chat"]].append(int(entry["text"]))
    assert all(texts == sorted(texts) for texts in by_chat.values())
