"""Reminder slots: each rung on its day, once, in one message a person."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from dondoc.scheduler import reminders
from dondoc.scheduler.slots import AFTERNOON, MORNING
from dondoc.storage import people
from dondoc.storage.database import Database
from dondoc.storage.tables import outbox
from dondoc.storage.tables import reminders as reminders_table
from dondoc.vietnamese.calendar import WorkCalendar
from tests.support.offices import ZONE, SampleOffice, change, give, join

CALENDAR = WorkCalendar()
FRIDAY = date(2024, 6, 28)


def morning(day: int, month: int = 6) -> datetime:
    return datetime(2024, month, day, 8, 0, tzinfo=ZONE)


def afternoon(day: int, month: int = 6) -> datetime:
    return datetime(2024, month, day, 14, 0, tzinfo=ZONE)


async def plan(database: Database, at: datetime, since: datetime | None = None) -> int:
    """Plan a slot as the engine does; ``since`` is its last occurrence, the working day before unless told."""
    if since is None:
        since = datetime.combine(CALENDAR.before(at.date()), at.time(), ZONE)
    return await reminders.plan(database, at, since, CALENDAR)


async def planned(database: Database) -> list[tuple[int, str, str]]:
    """(assignment, rung, state) of every reminder, in the order of planning."""
    table = reminders_table.c
    async with database.read() as tx:
        rows = await tx.execute(select(table.assignment_id, table.rung, table.state).order_by(table.id))
        return [(row.assignment_id, row.rung, row.state) for row in rows]


async def messages(database: Database) -> list[tuple[str, str]]:
    """(chat, dedup key) of every queued message."""
    async with database.read() as tx:
        rows = await tx.execute(select(outbox.c.chat_id, outbox.c.dedup_key).order_by(outbox.c.id))
        return [(row.chat_id, row.dedup_key) for row in rows]


async def live_through(database: Database, first: datetime, last: datetime) -> dict[str, list[str]]:
    """Every slot from one to another; which rungs came on which day ("dd/mm")."""
    found: dict[str, list[str]] = {}
    before = len(await planned(database))
    day = first.date()
    while day <= last.date():
        for slot in (MORNING, AFTERNOON):
            if CALENDAR.is_working(day):
                await plan(database, datetime(day.year, day.month, day.day, slot.hour, slot.minute, tzinfo=ZONE))
        rows = await planned(database)
        if len(rows) > before:
            found[f"{day:%d/%m}"] = [rung for _, rung, _ in rows[before:]]
            before = len(rows)
        day += timedelta(days=1)
    return found


# --- on which days -----------------------------------------------------------------------------------------------------


async def test_a_deadline_before_a_day(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        await give(tx, office, "TH-HS", deadline=FRIDAY, rule="before")
    assert await live_through(database, morning(10), morning(14, 7)) == {
        "18/06": ["7"],
        "24/06": ["3"],
        "26/06": ["1"],
        "27/06": ["0"],
        "28/06": ["X"],
        "01/07": ["+1"],
        "03/07": ["+3"],
        "05/07": ["+5"],
    }


async def test_a_deadline_on_a_sunday(database: Database, office: SampleOffice) -> None:
    """Reminded of until Friday, overdue only after Monday."""
    async with database.write() as tx:
        await give(tx, office, "TH-HS", deadline=date(2024, 6, 30), rule="on")
    assert await live_through(database, morning(10), morning(14, 7)) == {
        "19/06": ["7"],
        "25/06": ["3"],
        "27/06": ["1"],
        "28/06": ["0"],
        "02/07": ["+1"],
        "04/07": ["+3"],
        "08/07": ["+5"],
    }


async def test_a_deadline_behind_tet(database: Database, office: SampleOffice) -> None:
    """Tết lies between 25/01 and 02/02/2025: nobody is written to, and no working day is lost."""
    async with database.write() as tx:
        await give(tx, office, "TH-HS", deadline=date(2025, 2, 5), rule="before")
    first = datetime(2025, 1, 10, 8, 0, tzinfo=ZONE)
    assert await live_through(database, first, first + timedelta(days=40)) == {
        "17/01": ["7"],
        "23/01": ["3"],
        "03/02": ["1"],
        "04/02": ["0"],
        "05/02": ["X"],
        "06/02": ["+1"],
        "10/02": ["+3"],
        "12/02": ["+5"],
    }


async def test_the_day_of_the_notice_needs_no_reminder(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        await give(
            tx, office, "TH-HS", deadline=FRIDAY, rule="before", assigned_at=datetime(2024, 6, 24, 9, tzinfo=ZONE)
        )
    assert list((await live_through(database, morning(20), morning(28))).values()) == [["1"], ["0"], ["X"]]


async def test_a_deadline_that_was_moved_starts_its_ladder_again(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        (item,) = await give(tx, office, "TH-HS", deadline=date(2024, 6, 21), rule="on")
    assert await live_through(database, morning(17), morning(20)) == {"18/06": ["3"], "20/06": ["1"]}
    async with database.write() as tx:
        told = datetime(2024, 6, 20, 16, 0, tzinfo=ZONE)
        await change(tx, item, deadline=FRIDAY, deadline_version=2, deadline_set_at=told)
    assert list((await live_through(database, morning(21), morning(28))).values()) == [["3"], ["1"], ["0"]]


async def test_what_is_not_owed_is_not_reminded_of(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        await give(tx, office, "TH-HS", deadline=FRIDAY, role="cooperate")
        await give(tx, office, "TH-HS")
        await give(tx, office, "TH-HS", deadline=FRIDAY, task={"task_class": "standing"})
        for state in ("awaiting_confirmation", "awaiting_issue", "declined", "paused", "withdrawn", "done"):
            await give(tx, office, "TH-HS", deadline=FRIDAY, state=state)
    assert await live_through(database, morning(10), morning(12, 7)) == {}


# --- once, and in one message ------------------------------------------------------------------------------------------


async def test_a_rung_is_planned_once(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        (item,) = await give(tx, office, "TH-HS", deadline=FRIDAY, rule="before")
    assert await plan(database, morning(24)) == 1
    assert await plan(database, morning(24)) == 0
    assert await plan(database, afternoon(24)) == 0
    assert await planned(database) == [(item, "3", "planned")]
    assert len(await messages(database)) == 1


async def test_processes_that_plan_a_slot_at_once(
    database: Database, second_database: Database, office: SampleOffice
) -> None:
    async with database.write() as tx:
        await give(tx, office, "TH-HS", "THCS-BM", "PGD", deadline=FRIDAY, rule="before")
    await asyncio.gather(*(plan(one, morning(24)) for one in (database, second_database) * 2))
    assert sorted(chat for chat, _ in await messages(database)) == ["21", "23", "24"]
    assert len(await planned(database)) == 3


async def test_one_message_a_person_with_everything_in_it(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        late = await give(tx, office, "TH-HS", deadline=date(2024, 6, 21))
        soon = await give(tx, office, "TH-HS", "THCS-BM", deadline=FRIDAY, rule="before")
    assert await plan(database, morning(24)) == 2
    assert await planned(database) == [(late[0], "+1", "planned"), (soon[0], "3", "planned"), (soon[1], "3", "planned")]
    assert [chat for chat, _ in await messages(database)] == ["21", "23"]


async def test_who_answers_for_two_units_gets_one_message(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        await people.add_contact(tx, office.units["X-AP"], office.people["huong"])
        await give(tx, office, "TH-HS", "X-AP", deadline=FRIDAY, rule="before")
    assert await plan(database, morning(24)) == 1
    assert [rung for _, rung, _ in await planned(database)] == ["3", "3"]


async def test_killed_in_the_middle_of_planning(
    database: Database, office: SampleOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Batches that were committed stay, and nobody is written to twice."""
    async with database.write() as tx:
        await give(tx, office, "TH-HS", "THCS-BM", "PGD", deadline=FRIDAY, rule="before")
    queue = reminders._queue
    calls: list[object] = []

    async def killed(*arguments: object) -> int:
        if len(calls) == 2:
            raise asyncio.CancelledError
        calls.append(arguments)
        return await queue(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(reminders, "BATCH", 1)
    with monkeypatch.context() as patched:
        patched.setattr(reminders, "_queue", killed)
        with pytest.raises(asyncio.CancelledError):
            await plan(database, morning(24))
    assert len(await messages(database)) == 2
    assert await plan(database, morning(24)) == 1
    assert sorted(chat for chat, _ in await messages(database)) == ["21", "23", "24"]
    assert len(await planned(database)) == 3


# --- after a downtime --------------------------------------------------------------------------------------------------


async def test_a_week_without_the_program_is_one_message_about_the_last_rung(
    database: Database, office: SampleOffice
) -> None:
    async with database.write() as tx:
        overslept = await give(tx, office, "TH-HS", deadline=FRIDAY, rule="before")
        later = await give(tx, office, "TH-HS", deadline=date(2024, 7, 2))
    assert await plan(database, morning(28), since=morning(20)) == 1
    assert await planned(database) == [(overslept[0], "X", "planned"), (later[0], "3", "planned")]
    assert await plan(database, afternoon(28), since=afternoon(20)) == 0


async def test_rungs_before_the_notice_are_not_made_up_for(database: Database, office: SampleOffice) -> None:
    """The program was down from before the task was given until two days later."""
    async with database.write() as tx:
        await give(
            tx, office, "TH-HS", deadline=FRIDAY, rule="before", assigned_at=datetime(2024, 6, 24, 15, tzinfo=ZONE)
        )
    assert await plan(database, morning(25), since=morning(18)) == 0
    assert await plan(database, morning(26), since=morning(18)) == 1


# --- whom --------------------------------------------------------------------------------------------------------------


async def test_the_second_contact_stands_in_for_one_who_cannot_be_reached(
    database: Database, office: SampleOffice
) -> None:
    async with database.write() as tx:
        await give(tx, office, "TH-HS", deadline=FRIDAY, rule="before")
        await join(tx, office, "nam", "22")
        await people.set_reachable(tx, office.address("huong"), False, "blocked")
    await plan(database, morning(24))
    assert [chat for chat, _ in await messages(database)] == ["22"]


async def test_units_that_nobody_can_be_reached_for_are_written_down(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        unjoined, nobody = await give(tx, office, "MN-HD", "X-AP", deadline=FRIDAY, rule="before")
    assert await plan(database, morning(24)) == 0
    assert await planned(database) == [(unjoined, "3", "no_address")]
    assert await messages(database) == []
    async with database.read() as tx:
        due = await reminders.due_assignments(tx, date(2024, 6, 23), date(2024, 6, 24), CALENDAR, zone=ZONE)
        found = await reminders.messages_for(tx, due, date(2024, 6, 24))
    assert {(one.person_id, one.address, one.unit_id, one.items[0].assignment.id) for one in found} == {
        (office.people["mai"], None, office.units["MN-HD"], unjoined),
        (None, None, office.units["X-AP"], nobody),
    }


async def test_who_joins_between_two_slots_is_reminded_in_the_next(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        (item,) = await give(tx, office, "MN-HD", deadline=FRIDAY, rule="before")
    await plan(database, morning(27))
    async with database.write() as tx:
        await join(tx, office, "mai", "25")
    assert await plan(database, afternoon(27)) == 1
    assert await planned(database) == [(item, "0", "planned")]
    assert [chat for chat, _ in await messages(database)] == ["25"]


# --- promises ----------------------------------------------------------------------------------------------------------


async def test_a_promise_before_the_last_safe_day_is_taken_at_its_word(
    database: Database, office: SampleOffice
) -> None:
    async with database.write() as tx:
        await give(tx, office, "TH-HS", deadline=FRIDAY, rule="before", promised_on=date(2024, 6, 26))
    found = await live_through(database, morning(20), morning(28))
    assert found == {"26/06": ["hen240626"], "27/06": ["0"], "28/06": ["X"]}


async def test_a_promise_for_the_last_day_is_overtaken_by_the_deadline(
    database: Database, office: SampleOffice
) -> None:
    async with database.write() as tx:
        await give(tx, office, "TH-HS", deadline=FRIDAY, rule="before", promised_on=date(2024, 6, 27))
    assert await live_through(database, morning(20), morning(28)) == {"27/06": ["0"], "28/06": ["X"]}


async def test_a_promise_after_the_last_safe_day_holds_nothing_back(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        await give(tx, office, "TH-HS", deadline=FRIDAY, rule="before", promised_on=date(2024, 7, 2))
    found = await live_through(database, morning(20), morning(2, 7))
    assert list(found) == ["24/06", "26/06", "27/06", "28/06", "01/07", "02/07"]


async def test_each_promise_is_reminded_of(database: Database, office: SampleOffice) -> None:
    """Also the second one for the same deadline."""
    async with database.write() as tx:
        (item,) = await give(tx, office, "TH-HS", deadline=date(2024, 7, 12), promised_on=date(2024, 6, 20))
    assert await plan(database, morning(20)) == 1
    async with database.write() as tx:
        await change(tx, item, promised_on=date(2024, 6, 25))
    assert await plan(database, morning(24)) == 0
    assert await plan(database, morning(25)) == 1
    assert await plan(database, afternoon(25)) == 0


async def test_a_promise_for_a_saturday_is_reminded_of_on_monday(database: Database, office: SampleOffice) -> None:
    """Also where the task itself has no deadline."""
    async with database.write() as tx:
        await give(tx, office, "TH-HS", promised_on=date(2024, 6, 22))
    assert list(await live_through(database, morning(20), morning(28))) == ["24/06"]


# --- what was returned -------------------------------------------------------------------------------------------------


async def test_a_demanded_supplement_has_a_ladder_of_its_own(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        (item,) = await give(tx, office, "TH-HS", deadline=FRIDAY, rule="before")
    await plan(database, morning(26))
    async with database.write() as tx:
        await change(
            tx,
            item,
            state="returned",
            demand="supplement",
            demand_due=date(2024, 7, 5),
            deadline_version=2,
            deadline_set_at=datetime(2024, 6, 28, 10, 0, tzinfo=ZONE),
        )
    found = await live_through(database, morning(28), morning(12, 7))
    assert found == {"02/07": ["3"], "04/07": ["1"], "05/07": ["0"], "08/07": ["+1"], "10/07": ["+3"], "12/07": ["+5"]}


async def test_a_return_without_a_day_goes_by_the_deadline(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        await give(tx, office, "TH-HS", deadline=FRIDAY, rule="before", state="returned", demand="redo")
    assert list(await live_through(database, morning(26), morning(1, 7))) == ["26/06", "27/06", "28/06", "01/07"]


async def test_a_slot_takes_a_few_statements_however_many_people(database: Database, office: SampleOffice) -> None:
    found: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        found.append(statement)

    async def planned_with(*units: str, day: int) -> int:
        async with database.write() as tx:
            for _ in range(3):
                await give(tx, office, *units, deadline=FRIDAY, rule="before")
        found.clear()
        event.listen(Engine, "before_cursor_execute", count)
        try:
            assert await plan(database, morning(day)) == len(units)
        finally:
            event.remove(Engine, "before_cursor_execute", count)
        return len(found)

    one = await planned_with("TH-HS", day=24)
    assert await planned_with("TH-HS", "THCS-BM", "PGD", day=26) == one


async def test_a_rung_of_long_ago_is_made_up_for_as_one(database: Database, office: SampleOffice) -> None:
    """Also after more weeks than a ladder is long."""
    async with database.write() as tx:
        (item,) = await give(tx, office, "TH-HS", deadline=date(2024, 6, 28), rule="on")
    assert await plan(database, morning(20, 9), since=morning(20)) == 1
    assert await planned(database) == [(item, "+5", "planned")]


async def test_a_big_slot_is_planned_in_batches(
    database: Database, office: SampleOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminders, "BATCH", 2)
    async with database.write() as tx:
        for _ in range(3):
            await give(tx, office, "TH-HS", "THCS-BM", "PGD", "MN-HD", "X-AP", deadline=FRIDAY, rule="before")
    assert await plan(database, morning(24)) == 3
    assert len(await planned(database)) == 12
