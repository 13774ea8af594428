"""The clock: each slot of a working day is planned once, whatever is killed, moved or started twice."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from dondoc.rules.clock import FixedClock, machine_now
from dondoc.scheduler import engine as engine_module
from dondoc.scheduler import reminders
from dondoc.scheduler.alerts import report_slot
from dondoc.scheduler.delivery import Delivery
from dondoc.scheduler.engine import Engine
from dondoc.storage import outbox, planning
from dondoc.storage.database import Database
from dondoc.storage.tables import calendar_overrides
from dondoc.storage.tables import outbox as outbox_table
from dondoc.storage.tables import reminders as reminders_table
from dondoc.storage.tables import slots as slots_table
from tests.support.channels import ScriptedChannel
from tests.support.offices import ZONE, SampleOffice, give

FRIDAY = date(2024, 6, 28)
KHANH = "11"


def at(text: str) -> datetime:
    """ "19 08:00" of June 2024 in Vietnam."""
    return datetime.strptime(f"2024-06-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


@pytest.fixture
def engine(database: Database, clock: FixedClock) -> Engine:
    return Engine(database, clock, report_slot)


async def planned(database: Database) -> list[str]:
    """Every planned slot: "morning 19 08:00"."""
    async with database.read() as tx:
        rows = await tx.execute(select(slots_table.c.name, slots_table.c.at).order_by(slots_table.c.at))
        return [f"{row.name} {row.at.astimezone(ZONE):%d %H:%M}" for row in rows]


async def queued(database: Database) -> list[tuple[str, str]]:
    """(kind, chat) of everything in the outbox, sorted."""
    async with database.read() as tx:
        rows = await tx.execute(select(outbox_table.c.kind, outbox_table.c.chat_id))
        return sorted((row.kind, row.chat_id) for row in rows)


async def live(engine: Engine, clock: FixedClock, *moments: str) -> None:
    for moment in moments:
        clock.set(at(moment))
        await engine.tick()


async def test_a_working_day(database: Database, office: SampleOffice, engine: Engine, clock: FixedClock) -> None:
    async with database.write() as tx:
        await give(tx, office, "TH-HS", deadline=date(2024, 6, 20))
    await live(engine, clock, "19 06:59", "19 07:00", "19 07:29", "19 07:30", "19 08:00", "19 08:01", "19 14:00")
    assert await planned(database) == ["preview 19 07:00", "digest 19 07:30", "morning 19 08:00", "afternoon 19 14:00"]
    assert await queued(database) == [("digest", "11"), ("digest", "12"), ("digest", "13"), ("reminder", "21")]


async def test_the_first_start_plans_nothing_of_the_past(
    database: Database, office: SampleOffice, engine: Engine, clock: FixedClock
) -> None:
    async with database.write() as tx:
        await give(tx, office, "TH-HS", deadline=date(2024, 6, 18))
    await live(engine, clock, "19 09:00", "19 13:59")
    assert await planned(database) == []
    assert await queued(database) == []
    await live(engine, clock, "19 14:00")
    assert await planned(database) == ["afternoon 19 14:00"]
    assert await queued(database) == [("reminder", "21")], "the rung of today is said in the next slot"


async def test_nothing_comes_on_days_off(
    database: Database, office: SampleOffice, engine: Engine, clock: FixedClock
) -> None:
    async with database.write() as tx:
        await tx.execute(calendar_overrides.insert().values(day=date(2024, 6, 24), working=False))
    await live(engine, clock, "21 15:00", "22 08:00", "23 14:00", "24 08:00", "24 23:59")
    assert await planned(database) == []
    await live(engine, clock, "25 07:00")
    assert await planned(database) == ["preview 25 07:00"]


async def test_a_process_that_is_started_again_goes_on_where_the_last_one_stopped(
    database: Database, office: SampleOffice, engine: Engine, clock: FixedClock
) -> None:
    await live(engine, clock, "19 07:59", "19 08:00")
    await live(Engine(database, clock, report_slot), clock, "19 08:00", "19 09:00", "19 14:30")
    assert await planned(database) == ["morning 19 08:00", "afternoon 19 14:00"]


async def test_a_week_without_the_program(
    database: Database, office: SampleOffice, engine: Engine, clock: FixedClock
) -> None:
    """Each slot is made up for once, and a person gets one message about the last rung."""
    async with database.write() as tx:
        (item,) = await give(tx, office, "TH-HS", deadline=FRIDAY, rule="before")
    await live(engine, clock, "17 07:00", "17 14:00")
    await live(Engine(database, clock, report_slot), clock, "26 14:30")
    assert (await planned(database))[-4:] == [
        "preview 26 07:00",
        "digest 26 07:30",
        "morning 26 08:00",
        "afternoon 26 14:00",
    ]
    async with database.read() as tx:
        rows = (await tx.execute(select(reminders_table.c.assignment_id, reminders_table.c.rung))).all()
    assert rows == [(item, "1")]
    assert [kind for kind, chat in await queued(database) if chat == "21"] == ["reminder"]


async def test_killed_between_planning_and_saying_so(
    database: Database,
    office: SampleOffice,
    engine: Engine,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def killed(*_arguments: object) -> None:
        raise asyncio.CancelledError

    async with database.write() as tx:
        await give(tx, office, "TH-HS", "THCS-BM", deadline=date(2024, 6, 20))
    await live(engine, clock, "19 07:59")
    for moment in ("19 08:00", "20 07:00", "20 07:30"):
        with monkeypatch.context() as patched:
            patched.setattr(planning, "slot_done", killed)
            with pytest.raises(asyncio.CancelledError):
                await live(engine, clock, moment)
        await live(Engine(database, clock, report_slot), clock, moment)
    assert await planned(database) == ["morning 19 08:00", "preview 20 07:00", "digest 20 07:30"]
    assert await queued(database) == [
        ("digest", "11"),
        ("digest", "12"),
        ("digest", "13"),
        ("reminder", "21"),
        ("reminder", "23"),
    ]


async def test_a_slot_that_failed_is_tried_again_at_the_next_look(
    database: Database,
    office: SampleOffice,
    engine: Engine,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def broken(*_arguments: object) -> int:
        raise OSError("the database is away")

    await live(engine, clock, "19 07:59")
    with monkeypatch.context() as patched:
        patched.setattr(reminders, "plan", broken)
        with pytest.raises(OSError, match="away"):
            await live(engine, clock, "19 08:00")
    assert await planned(database) == []
    await live(engine, clock, "19 08:00")
    assert await planned(database) == ["morning 19 08:00"]


async def test_two_processes_plan_a_slot_once(
    database: Database, second_database: Database, office: SampleOffice, clock: FixedClock
) -> None:
    async with database.write() as tx:
        await give(tx, office, "TH-HS", "THCS-BM", "PGD", deadline=date(2024, 6, 20))
    both = [Engine(one, clock, report_slot) for one in (database, second_database)]
    for moment in ("19 06:59", "19 07:00", "19 07:30", "19 08:00", "19 14:00"):
        clock.set(at(moment))
        await asyncio.gather(*(one.tick() for one in both))
    assert len(await planned(database)) == 4
    assert await queued(database) == [
        ("digest", "11"),
        ("digest", "12"),
        ("digest", "13"),
        ("reminder", "21"),
        ("reminder", "23"),
        ("reminder", "24"),
    ]


async def test_a_clock_that_is_moved_ahead_brings_what_lies_between(
    database: Database, office: SampleOffice, engine: Engine, clock: FixedClock
) -> None:
    await live(engine, clock, "19 07:00", "20 08:00")
    assert await planned(database) == ["preview 20 07:00", "digest 20 07:30", "morning 20 08:00"]


# --- nights and days off -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("back", ["20 17:00", "20 23:30", "21 06:59"])
async def test_nobody_is_reminded_at_night_because_the_program_comes_back(
    database: Database, office: SampleOffice, engine: Engine, clock: FixedClock, back: str
) -> None:
    """The next slot makes up for what was missed, in one message."""
    async with database.write() as tx:
        (item,) = await give(tx, office, "TH-HS", deadline=date(2024, 6, 21))
    await live(engine, clock, "19 13:00", "19 14:00", back)
    assert [kind for kind, _ in await queued(database) if kind == "reminder"] == []
    await live(Engine(database, clock, report_slot), clock, "21 07:00", "21 08:00", "21 14:00")
    assert await planned(database) == [
        "afternoon 19 14:00",
        "preview 20 07:00",
        "digest 20 07:30",
        "preview 21 07:00",
        "digest 21 07:30",
        "morning 21 08:00",
        "afternoon 21 14:00",
    ]
    async with database.read() as tx:
        rows = (await tx.execute(select(reminders_table.c.assignment_id, reminders_table.c.rung))).all()
    assert rows == [(item, "0")]
    assert [chat for kind, chat in await queued(database) if kind == "reminder"] == ["21"]


async def test_nobody_is_reminded_on_a_day_off_because_the_program_comes_back(
    database: Database, office: SampleOffice, engine: Engine, clock: FixedClock
) -> None:
    async with database.write() as tx:
        await give(tx, office, "TH-HS", deadline=date(2024, 7, 1))
    await live(engine, clock, "27 13:00", "27 14:00", "29 10:00", "30 15:00")
    assert await planned(database) == ["afternoon 27 14:00", "preview 28 07:00", "digest 28 07:30"]
    assert await queued(database) == [], "nor is the digest of Friday news"


@pytest.mark.parametrize(("back", "digests"), [("20 11:29", 3), ("20 11:30", 0), ("20 16:00", 0)])
async def test_a_missed_digest_is_sent_while_it_is_morning(
    database: Database, office: SampleOffice, engine: Engine, clock: FixedClock, back: str, digests: int
) -> None:
    await live(engine, clock, "19 15:00", back)
    assert len([kind for kind, _ in await queued(database) if kind == "digest"]) == digests
    assert (await planned(database))[:2] == ["preview 20 07:00", "digest 20 07:30"]


# --- looking back ------------------------------------------------------------------------------------------------------


class Machine:
    """Machine time that a test moves."""

    def __init__(self) -> None:
        self.now = machine_now()

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    moved = Machine()
    monkeypatch.setattr(engine_module, "machine_now", moved)
    return moved


async def test_half_an_hour_after_a_slot_the_office_hears_of_what_has_not_gone_out(
    database: Database,
    office: SampleOffice,
    engine: Engine,
    clock: FixedClock,
    machine: Machine,
    delivery: Delivery,
    channel: ScriptedChannel,
) -> None:
    async with database.write() as tx:
        await give(tx, office, "TH-HS", "THCS-BM", deadline=date(2024, 6, 20))
    await live(engine, clock, "19 07:59")
    machine.now = machine_now() + timedelta(seconds=5)  # planning takes its time
    await live(engine, clock, "19 08:00")
    machine.now += timedelta(minutes=29)
    await live(engine, clock, "19 08:29")
    async with database.read() as tx:
        assert await outbox.counts(tx) == {"pending": 2}
    machine.now += timedelta(minutes=2)
    for moment in ("19 08:31", "19 08:32", "19 08:33"):
        await live(engine, clock, moment)
        machine.now += timedelta(minutes=1)
    await delivery.drain()
    assert channel.texts(KHANH) == ["Kiểm tra sau phiên nhắc sáng: còn 02 tin chưa gửi đi."]


async def test_nothing_is_said_when_all_went_out(
    database: Database,
    office: SampleOffice,
    engine: Engine,
    clock: FixedClock,
    machine: Machine,
    delivery: Delivery,
    channel: ScriptedChannel,
) -> None:
    async with database.write() as tx:
        await give(tx, office, "TH-HS", deadline=date(2024, 6, 20))
    await live(engine, clock, "19 07:59", "19 08:00")
    await delivery.drain()
    machine.now += timedelta(hours=1)
    await live(engine, clock, "19 09:00")
    await delivery.drain()
    assert channel.texts(KHANH) == []
    async with database.read() as tx:
        assert await planning.unchecked_slots(tx, machine.now + timedelta(days=1)) == []


async def test_what_a_later_slot_has_just_queued_is_not_late(
    database: Database,
    office: SampleOffice,
    engine: Engine,
    clock: FixedClock,
    machine: Machine,
    delivery: Delivery,
    channel: ScriptedChannel,
) -> None:
    """Shortly after 08:00 the digest of 07:30 is looked back at, while the reminders have just been queued."""
    async with database.write() as tx:
        await give(tx, office, "TH-HS", deadline=date(2024, 6, 20))
    await live(engine, clock, "19 07:29", "19 07:30")
    await delivery.drain()
    channel.sent.clear()
    machine.now += timedelta(minutes=29)
    await live(engine, clock, "19 08:00")
    async with database.write() as tx:
        just_queued = outbox_table.update().where(outbox_table.c.state == "pending")
        assert (await tx.execute(just_queued.values(created_at=machine.now))).rowcount == 1
    machine.now += timedelta(minutes=2)
    await live(engine, clock, "19 08:02")
    async with database.read() as tx:
        assert [name for name, _, _ in await planning.unchecked_slots(tx, machine.now)] == ["morning"]
    await delivery.drain()
    assert channel.texts(KHANH) == []


async def test_looks_that_fail_are_seen_from_outside(
    database: Database,
    office: SampleOffice,
    engine: Engine,
    clock: FixedClock,
    machine: Machine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def broken(*_arguments: object) -> int:
        raise OSError("the database is away")

    assert engine.last_success is None
    await live(engine, clock, "19 07:59")
    last = engine.last_success
    assert last == machine.now
    assert engine.overdue() == timedelta(0)
    machine.now += timedelta(minutes=20)
    with monkeypatch.context() as patched:
        patched.setattr(reminders, "plan", broken)
        with pytest.raises(OSError, match="away"):
            await live(engine, clock, "19 08:20")
    assert engine.last_success == last
    assert engine.overdue() == timedelta(minutes=20)
    await live(engine, clock, "19 08:21")
    assert engine.last_success == machine.now
    assert engine.overdue() == timedelta(0)


async def test_it_looks_each_second(tmp_path: Path, clock: FixedClock) -> None:
    looked = asyncio.Event()

    class Looking(Engine):
        async def tick(self) -> None:
            looked.set()

    engine = Looking(Database(f"sqlite:///{tmp_path / 'unused.db'}"), clock, report_slot)
    engine.start()
    assert engine.last_success is not None, "from the start on it is known how long nobody has looked"
    async with asyncio.timeout(10):
        await looked.wait()
    engine.stop()


async def test_a_database_that_does_not_answer_is_asked_again_later(
    engine: Engine, office: SampleOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More and more rarely, and the health check hears of it; a slot is planned late, not never."""
    looks: list[int] = []

    async def troubled() -> None:
        looks.append(1)
        raise OperationalError("…", {}, sqlite3.OperationalError("database is locked"))

    with monkeypatch.context() as patched:
        patched.setattr(engine, "tick", troubled)
        await engine._look()
        await engine._look()
    assert len(looks) == 1, "a second has not passed"
    assert engine.patience.since is not None
    engine._rests_until = machine_now()
    await engine._look()
    assert engine.patience.since is None
