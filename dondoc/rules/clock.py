"""Two times: the office's, which decides deadlines and can be set for trials, and the machine's for leases and pace."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Where the office's "now" comes from."""

    zone: ZoneInfo

    def now(self) -> datetime:
        """The present instant, aware, in the office's zone."""


def machine_now() -> datetime:
    """Machine time, UTC: for leases, pacing, rate limits and stamps of the machinery. Never for deadlines."""
    return datetime.now(UTC)


class OfficeClock:
    """The real clock, or one that was set to another instant and runs on from there."""

    def __init__(self, zone: ZoneInfo, start: datetime | None = None) -> None:
        self.zone = zone
        self._offset = timedelta(0)
        if start is not None:
            self.set(start)

    def now(self) -> datetime:
        return (machine_now() + self._offset).astimezone(self.zone)

    def set(self, instant: datetime) -> None:
        """Let the office's time be ``instant`` now. A naive instant is taken in the office's zone."""
        if instant.tzinfo is None:
            instant = instant.replace(tzinfo=self.zone)
        self._offset = instant.astimezone(UTC) - machine_now()


class FixedClock:
    """A clock that stands still until it is set: for tests and dry runs."""

    def __init__(self, instant: datetime) -> None:
        if not isinstance(instant.tzinfo, ZoneInfo):
            raise TypeError("a fixed clock needs an instant in a named zone")
        self.zone = instant.tzinfo
        self._instant = instant

    def now(self) -> datetime:
        return self._instant

    def set(self, instant: datetime) -> None:
        self._instant = instant.astimezone(self.zone)


def at(day: date, hour: int, minute: int, zone: ZoneInfo) -> datetime:
    """The instant of a wall-clock time of a day in the office's zone."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
