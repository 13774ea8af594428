"""Two times: the office's, which can be moved, and the machine's, which cannot."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dondoc.rules import clock
from dondoc.rules.clock import FixedClock, OfficeClock, at, machine_now

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MOMENT = datetime(2024, 6, 19, 7, 0, tzinfo=ZONE)


def test_machine_time_is_utc() -> None:
    assert machine_now().utcoffset() == timedelta(0)
    assert abs(machine_now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_fixed_clock_stands_still_until_it_is_set() -> None:
    fixed = FixedClock(MOMENT)
    assert fixed.now() == fixed.now() == MOMENT
    assert fixed.zone is ZONE
    fixed.set(datetime(2024, 6, 20, 1, 0, tzinfo=UTC))
    assert fixed.now() == datetime(2024, 6, 20, 8, 0, tzinfo=ZONE)
    assert fixed.now().tzinfo is ZONE


def test_a_fixed_clock_needs_a_named_zone() -> None:
    with pytest.raises(TypeError):
        FixedClock(datetime(2024, 6, 19, tzinfo=UTC))


def test_the_offices_clock_is_the_real_one_unless_it_is_set() -> None:
    now = OfficeClock(ZONE).now()
    assert now.tzinfo is ZONE
    assert abs(now - machine_now()) < timedelta(minutes=1)


@pytest.mark.parametrize(
    "start", [MOMENT, MOMENT.astimezone(UTC), datetime(2024, 6, 19, 7, 0)]  # noqa: DTZ001 - naive is in the office's zone
)  # fmt: skip
def test_a_clock_that_was_set_runs_on_from_there(start: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = datetime(2030, 1, 1, tzinfo=UTC)
    monkeypatch.setattr(clock, "machine_now", lambda: machine)
    office = OfficeClock(ZONE, start)
    assert office.now() == MOMENT
    monkeypatch.setattr(clock, "machine_now", lambda: machine + timedelta(hours=1))
    assert office.now() == MOMENT + timedelta(hours=1)
    assert office.now().tzinfo is ZONE
    office.set(MOMENT + timedelta(days=1))
    assert office.now() == MOMENT + timedelta(days=1)


def test_wall_clock_times_are_the_offices() -> None:
    assert at(date(2024, 6, 19), 7, 0, ZONE) == datetime(2024, 6, 19, 0, 0, tzinfo=UTC)
