"""What leaves: leased once, in order within a chat, never faster than the platform takes it, never lost."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.storage import outbox, pacing
from dondoc.storage.database import Database
from dondoc.storage.outbox import Address, Limits, OutboxRow, queued
from dondoc.storage.tables import outbox as table
from tests.support.postgres import Postgres

NOW = datetime(2024, 6, 19, 1, 0, tzinfo=UTC)
FAST = Limits(rate=1_000_000, chat_gap=0, group_gap=0)
TELEGRAM = Limits(rate=27, chat_gap=1, group_gap=3)
LEASE = timedelta(seconds=60)


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


async def put(
    tx: AsyncConnection,
    chat_id: str = "1",
    kind: str = "notice",
    *,
    account: str = "office",
    key: str | None = None,
    not_before: datetime | None = None,
) -> int:
    row = queued(
        Address("test", account, chat_id), kind, {"message": {"text": "…"}}, NOW, dedup_key=key, not_before=not_before
    )
    made = await outbox.enqueue(tx, row)
    assert made is not None
    return made


async def take(
    tx: AsyncConnection, now: datetime = NOW, limits: Limits = FAST, *, account: str = "office"
) -> list[OutboxRow]:
    return await outbox.lease(tx, "test", account, limits, now, lease_for=LEASE)


async def state_of(tx: AsyncConnection, row_id: int) -> tuple[str, int]:
    row = (await tx.execute(select(table.c.state, table.c.doubts).where(table.c.id == row_id))).one()
    return row.state, row.doubts


async def sending(tx: AsyncConnection, chat_id: str = "1") -> OutboxRow:
    """A row that is being sent."""
    await put(tx, chat_id)
    (row,) = await take(tx)
    assert await outbox.begin_sending(tx, row, NOW + LEASE)
    return row


# --- queueing ----------------------------------------------------------------------------------------------------------


async def test_the_same_key_is_queued_once(database: Database) -> None:
    async with database.write() as tx:
        await put(tx, key="reminder:1:slot")
        again = queued(Address("test", "office", "2"), "reminder", {}, NOW, dedup_key="reminder:1:slot")
        assert await outbox.enqueue(tx, again) is None
        await outbox.enqueue_many(tx, [again, queued(Address("test", "office", "2"), "digest", {}, NOW, dedup_key="x")])
        assert await outbox.counts(tx) == {"pending": 2}


async def test_messages_without_a_key_are_all_queued(database: Database) -> None:
    async with database.write() as tx:
        assert len({await put(tx) for _ in range(3)}) == 3


async def test_queueing_wakes_delivery(database: Database) -> None:
    woken: list[int] = []
    database.on_wake(lambda: woken.append(1))
    async with database.write() as tx:
        await put(tx)
    async with database.write() as tx:
        await outbox.enqueue_many(tx, [])
    assert len(woken) == 1


# --- leasing -----------------------------------------------------------------------------------------------------------


async def test_one_message_of_a_chat_at_a_time_in_the_order_of_queueing(database: Database) -> None:
    async with database.write() as tx:
        first, second = await put(tx), await put(tx)
        (row,) = await take(tx)
        assert row.id == first
        assert await take(tx) == [], "the first is still on its way"
        await outbox.settle(tx, first, outbox.SENT)
        (row,) = await take(tx)
        assert row.id == second


async def test_answers_overtake_what_a_slot_brings(database: Database) -> None:
    kinds = ("reminder", "digest", "notice", "answer")
    async with database.write() as tx:
        made = {kind: await put(tx, kind=kind) for kind in kinds}
        others = {kind: await put(tx, chat_id=kind, kind=kind) for kind in kinds}
        rows = await take(tx)
        assert [row.id for row in rows] == [made["answer"], others["answer"], *map(others.get, kinds[2::-1])]
        order: list[int] = []
        for _ in kinds:
            order.append(made["answer"] if not order else (await take(tx))[0].id)
            await outbox.settle(tx, order[-1], outbox.SENT)
        assert order == [made[kind] for kind in reversed(kinds)]


async def test_only_what_is_due_and_of_this_account(database: Database) -> None:
    async with database.write() as tx:
        later = await put(tx, "1", not_before=NOW + seconds(10))
        other = await put(tx, "2", account="another bot")
        assert not await outbox.has_work(tx, "test", "office", NOW)
        assert await take(tx) == []
        assert await outbox.has_work(tx, "test", "office", NOW + seconds(10))
        assert [row.id for row in await take(tx, NOW + seconds(10))] == [later]
        assert [row.id for row in await take(tx, account="another bot")] == [other]


async def test_a_chat_that_is_held_delays_nobody_else(database: Database) -> None:
    async with database.write() as tx:
        held, free = await put(tx, "1"), await put(tx, "2")
        await pacing.hold(tx, "test", "office", "1", NOW + timedelta(hours=1))
        assert [row.id for row in await take(tx, limits=TELEGRAM)] == [free]
        assert [row.id for row in await take(tx, NOW + timedelta(hours=1), TELEGRAM)] == [held]


async def test_a_hold_is_never_shortened(database: Database) -> None:
    async with database.write() as tx:
        held = await put(tx, "1")
        await pacing.hold(tx, "test", "office", "1", NOW + timedelta(hours=1))
        await pacing.hold(tx, "test", "office", "1", NOW + seconds(1))
        assert await take(tx, NOW + seconds(2)) == []
        await pacing.hold(tx, "test", "office", "1", NOW + timedelta(hours=2))
        assert await take(tx, NOW + timedelta(hours=1, minutes=1)) == []
        assert [row.id for row in await take(tx, NOW + timedelta(hours=2))] == [held]


async def test_while_slots_are_given_out_far_ahead_there_is_nothing_to_look_for(database: Database) -> None:
    async with database.write() as tx:
        await put(tx, "1")
        await pacing.hold(tx, "test", "office", "", NOW + seconds(3))
        assert not await outbox.has_work(tx, "test", "office", NOW)
        assert await outbox.has_work(tx, "test", "office", NOW + seconds(0.5))
        assert len(await take(tx, NOW + seconds(0.5))) == 1


async def test_many_held_chats_delay_nobody_else(database: Database) -> None:
    """More than may be in flight at once."""
    few = replace(TELEGRAM, max_in_flight=3)
    async with database.write() as tx:
        for chat in "abcde":
            await put(tx, chat)
            await pacing.hold(tx, "test", "office", chat, NOW + timedelta(hours=1))
        free = await put(tx, "free")
        assert [row.id for row in await take(tx, limits=few)] == [free]


async def test_a_held_account_sends_nothing(database: Database) -> None:
    async with database.write() as tx:
        await put(tx)
        await pacing.hold(tx, "test", "office", "", NOW + seconds(30))
        assert await take(tx, NOW + seconds(20)) == []
        assert len(await take(tx, NOW + seconds(30))) == 1


async def test_no_more_in_flight_than_allowed(database: Database) -> None:
    few = replace(FAST, max_in_flight=3)
    async with database.write() as tx:
        for chat in "abcde":
            await put(tx, chat)
        first = await take(tx, limits=few)
        assert len(first) == 3
        assert await take(tx, limits=few) == []
        await outbox.settle(tx, first[0].id, outbox.SENT)
        assert len(await take(tx, limits=few)) == 1


# --- pace --------------------------------------------------------------------------------------------------------------


async def deliver_all(database: Database, now: datetime, limits: Limits) -> list[tuple[str, datetime]]:
    """Tick ten times a second and settle every row at its slot: (chat, slot) of everything, by slot."""
    slots: list[tuple[str, datetime]] = []
    flying: list[OutboxRow] = []
    for _ in range(600):
        async with database.write() as tx:
            for row in [row for row in flying if row.send_at and row.send_at <= now]:
                await outbox.settle(tx, row.id, outbox.SENT)
                flying.remove(row)
            leased = await take(tx, now, limits)
            counts = await outbox.counts(tx)
        flying.extend(leased)
        slots.extend((row.chat_id, row.send_at) for row in leased if row.send_at)
        if not counts.get("pending") and not flying:
            break
        now += seconds(0.1)
    return sorted(slots, key=lambda slot: slot[1])


def most_in_a_second(slots: list[tuple[str, datetime]]) -> int:
    moments = [moment for _, moment in slots]
    # A hair less than a second: steps are rounded to microseconds.
    return max(sum(start <= moment < start + seconds(0.9999) for moment in moments) for start in moments)


async def test_no_more_than_27_a_second_over_the_whole_account(database: Database) -> None:
    async with database.write() as tx:
        for n in range(120):
            await put(tx, str(n))
    slots = await deliver_all(database, NOW, TELEGRAM)
    assert len(slots) == 120
    assert most_in_a_second(slots) == 27
    assert slots[-1][1] - NOW < seconds(120 / 27 + 0.1), "and no slower"


async def test_a_second_between_messages_to_one_person_and_three_to_one_group(database: Database) -> None:
    async with database.write() as tx:
        for _ in range(4):
            await put(tx, "1")
            await put(tx, "-100")
    slots = await deliver_all(database, NOW, TELEGRAM)
    for chat, gap in (("1", 1), ("-100", 3)):
        moments = [moment for one, moment in slots if one == chat]
        assert [later - earlier for earlier, later in pairwise(moments)] == [seconds(gap)] * 3


async def test_long_queues_of_many_chats_stay_below_what_the_platform_takes(database: Database) -> None:
    """Second messages are pushed back by the gap of their chat; they must not pile up on those that follow."""
    async with database.write() as tx:
        for n in range(40):
            await put(tx, str(n))
    early = await deliver_all(database, NOW, TELEGRAM)
    async with database.write() as tx:
        for n in range(80):
            await put(tx, str(79 - n))
    late = await deliver_all(database, early[-1][1], TELEGRAM)
    assert most_in_a_second(sorted([*early, *late], key=lambda slot: slot[1])) <= 30


# --- one delivery ------------------------------------------------------------------------------------------------------


async def test_sending_begins_once(database: Database) -> None:
    async with database.write() as tx:
        await put(tx)
        (row,) = await take(tx)
        assert await outbox.begin_sending(tx, row, NOW + LEASE)
        assert not await outbox.begin_sending(tx, row, NOW + LEASE)


async def test_who_lost_the_lease_sends_nothing(database: Database) -> None:
    async with database.write() as tx:
        await put(tx)
        (old,) = await take(tx)
        late = NOW + LEASE + seconds(1)
        assert await outbox.recover(tx, late) == []
        (new,) = await take(tx, late)
        assert not await outbox.begin_sending(tx, old, late + LEASE)
        await outbox.release(tx, old)
        assert await outbox.begin_sending(tx, new, late + LEASE)


async def test_what_missed_its_slot_gets_another(database: Database) -> None:
    async with database.write() as tx:
        row_id = await put(tx)
        (row,) = await take(tx)
        await outbox.release(tx, row)
        assert await state_of(tx, row_id) == ("pending", 0)
        assert [again.id for again in await take(tx)] == [row_id]


async def test_a_lease_that_is_over_is_simply_pending_again(database: Database) -> None:
    async with database.write() as tx:
        row_id = await put(tx)
        (row,) = await take(tx)
        assert row.lease_until == NOW + LEASE
        await outbox.recover(tx, NOW + LEASE)
        assert await state_of(tx, row_id) == ("leased", 0)
        assert not await outbox.has_work(tx, "test", "office", NOW + LEASE)
        assert await outbox.has_work(tx, "test", "office", NOW + LEASE + seconds(1))
        await outbox.recover(tx, NOW + LEASE + seconds(1))
        assert await state_of(tx, row_id) == ("pending", 0)


async def test_what_was_being_sent_is_in_doubt_once_and_then_for_good(database: Database) -> None:
    late = NOW
    async with database.write() as tx:
        row = await sending(tx)
        late += LEASE + seconds(1)
        assert await outbox.recover(tx, late) == []
        assert await state_of(tx, row.id) == ("pending", 1)
        (again,) = await take(tx, late)
        assert again.doubts == 1
        assert await outbox.begin_sending(tx, again, late + LEASE)
        lost = await outbox.recover(tx, late + LEASE + seconds(1))
        assert [one.id for one in lost] == [row.id]
        assert await state_of(tx, row.id) == ("in_doubt", 2)
        assert await take(tx, late + LEASE) == []
        assert await outbox.recover(tx, late + LEASE + seconds(2)) == [], "and it is told once"


async def test_a_process_that_is_alone_takes_back_everything_at_its_start(database: Database) -> None:
    async with database.write() as tx:
        flying = await sending(tx, "1")
        await put(tx, "2")
        (leased,) = await take(tx)
        await outbox.recover(tx, NOW)
        assert await state_of(tx, flying.id) == ("sending", 0)
        await outbox.recover(tx, NOW, everything=True)
        assert await state_of(tx, flying.id) == ("pending", 1)
        assert await state_of(tx, leased.id) == ("pending", 0)


async def test_an_address_that_is_gone_ends_what_waits_for_it(database: Database) -> None:
    async with database.write() as tx:
        here, there, elsewhere = await put(tx, "1"), await put(tx, "2"), await put(tx, "1", account="another bot")
        assert await outbox.fail_pending(tx, Address("test", "office", "1"), "blocked") == [here]
        assert [await state_of(tx, row) for row in (here, there, elsewhere)] == [
            ("failed", 0),
            ("pending", 0),
            ("pending", 0),
        ]


async def test_a_chat_that_moved_takes_its_messages_along(database: Database) -> None:
    async with database.write() as tx:
        row_id = await put(tx, "-1")
        await outbox.move_chat(tx, "test", "office", "-1", "-1001")
        assert [(row.id, row.chat_id) for row in await take(tx)] == [(row_id, "-1001")]


async def test_a_reply_finds_the_message_it_answers(database: Database) -> None:
    async with database.write() as tx:
        row = await sending(tx, "1")
        await outbox.settle(tx, row.id, outbox.SENT, external_id="m1", sent_at=NOW)
        found = await outbox.find_sent(tx, "test", "office", "1", "m1")
        assert found is not None
        assert found.id == row.id
        assert await outbox.find_sent(tx, "test", "office", "2", "m1") is None


# --- several processes -------------------------------------------------------------------------------------------------


async def test_two_processes_lease_everything_once_and_share_the_pace(
    database: Database, second_database: Database
) -> None:
    async with database.write() as tx:
        for n in range(60):
            await put(tx, str(n % 20))

    taken: list[tuple[str, datetime]] = []
    rows: Counter[int] = Counter()

    async def process(one: Database) -> None:
        now = NOW
        while True:
            async with one.write() as tx:
                leased = await take(tx, now, TELEGRAM)
            for row in leased:
                async with one.write() as tx:
                    assert await outbox.begin_sending(tx, row, now + LEASE)
                rows[row.id] += 1
                taken.append((row.chat_id, row.send_at or now))
                async with one.write() as tx:
                    await outbox.settle(tx, row.id, outbox.SENT)
            async with one.read() as tx:
                counts = await outbox.counts(tx)
            if set(counts) == {"sent"}:
                return
            now += seconds(0.2)

    await asyncio.gather(process(database), process(second_database))
    assert len(rows) == 60
    assert set(rows.values()) == {1}
    taken.sort(key=lambda slot: slot[1])
    assert most_in_a_second(taken) <= 30
    for chat in {chat for chat, _ in taken}:
        moments = [moment for one, moment in taken if one == chat]
        assert all(later - earlier >= seconds(1) for earlier, later in pairwise(moments))


async def test_two_processes_that_lease_at_the_same_moment(
    postgres: Postgres, postgres_template: str, open_database: Callable[[str], Database]
) -> None:
    """While one has the account's pace row, the other waits and then finds what is left. (SQLite has one writer.)"""
    with postgres.database(postgres_template) as url:
        database, second_database = open_database(url), open_database(url)
        await _lease_at_once(database, second_database)
        await database.close()
        await second_database.close()


async def _lease_at_once(database: Database, second_database: Database) -> None:
    async with database.write() as tx:
        for n in range(4):
            await put(tx, str(n))

    async def lease_all(one: Database) -> list[int]:
        async with one.write() as tx:
            return [row.id for row in await take(tx)]

    async with database.write() as tx:
        mine = [row.id for row in await take(tx)]
        other = asyncio.create_task(lease_all(second_database))
        done, _ = await asyncio.wait([other], timeout=0.2)
        assert not done
    assert len(mine) == 4
    assert await other == []
