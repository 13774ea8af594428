"""Urgent work of today is spoken of by the hour, whatever the slots and the office's hours."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from dondoc.rules.clock import FixedClock
from dondoc.scheduler import hours
from dondoc.scheduler.delivery import Delivery
from dondoc.storage.database import Database
from tests.support.channels import ScriptedChannel
from tests.support.offices import ZONE, SampleOffice, change, give
from tests.support.sayings import says

TODAY = date(2024, 6, 19)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2024, 6, 19, hour, minute, tzinfo=ZONE)


class Day:
    """One day on which the clock is looked at."""

    def __init__(
        self, database: Database, office: SampleOffice, delivery: Delivery, clock: FixedClock, channel: ScriptedChannel
    ) -> None:
        self.database, self.office, self.delivery = database, office, delivery
        self.clock, self.channel = clock, channel

    async def give(self, *units: str, by: time, urgent: bool = True, **values: Any) -> list[int]:
        task = {"urgent": urgent, "deadline_time": by, "content": "Báo cáo thiệt hại"}
        values = {"assigned_at": at(8), "deadline_time": by, **values}
        async with self.database.write() as tx:
            return await give(tx, self.office, *units, deadline=TODAY, task=task, **values)

    async def looks(self, *moments: datetime) -> list[tuple[str, str]]:
        """(hour, text) of what came at these looks."""
        heard = []
        for moment in moments:
            self.clock.set(moment)
            self.channel.sent.clear()
            await hours.plan(self.database, moment)
            await self.delivery.drain()
            heard += [(f"{moment:%H:%M}", sent.text) for sent in self.channel.sent]
        return heard


@pytest.fixture
def day(
    database: Database, office: SampleOffice, delivery: Delivery, clock: FixedClock, channel: ScriptedChannel
) -> Day:
    return Day(database, office, delivery, clock, channel)


async def test_three_hours_one_hour_and_the_hour_itself(day: Day) -> None:
    """Each once, however often the clock is looked at; also at the end of the office's day."""
    await day.give("TH-HS", by=time(17))
    heard = await day.looks(at(13, 59), at(14), at(14, 1), at(15), at(16), at(16, 20), at(17), at(17, 1), at(18))
    assert [hour for hour, _ in heard] == ["14:00", "16:00", "17:00"]
    assert says(heard[0][1], "scheduler.reminder.hours_left", hours="03", unit="Trường Tiểu học Hoa Sen")
    assert says(heard[1][1], "scheduler.reminder.hours_left", hours="01")
    assert says(heard[2][1], "scheduler.reminder.hour_has_come")


async def test_what_was_over_when_the_work_was_given_is_not_said(day: Day) -> None:
    await day.give("TH-HS", by=time(10))
    assert [hour for hour, _ in await day.looks(at(8, 1), at(9), at(10))] == ["09:00", "10:00"]


async def test_nothing_of_what_is_handed_in_or_can_wait(day: Day) -> None:
    (done,) = await day.give("TH-HS", by=time(16))
    await day.give("TH-HS", by=time(16), urgent=False)
    await day.looks(at(13))
    async with day.database.write() as tx:
        await change(tx, done, state="awaiting_confirmation", submitted_at=at(14))
    assert await day.looks(at(15), at(16)) == []


async def test_one_message_a_person_and_hour(day: Day) -> None:
    await day.give("TH-HS", by=time(16))
    await day.give("TH-HS", by=time(16))
    assert [hour for hour, _ in await day.looks(at(15))] == ["15:00"]


async def test_a_long_sleep_says_only_what_is_still_of_use(day: Day) -> None:
    await day.give("TH-HS", by=time(12))
    assert await day.looks(at(10, 30), at(13, 30)) == []
