"""When the clock speaks: the day's slots, as APScheduler triggers that are asked by the office's own clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from dondoc.vietnamese.calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class Slot:
    """A moment of each working day."""

    name: str
    hour: int
    minute: int

    def next_after(self, moment: datetime, calendar: WorkCalendar, zone: ZoneInfo) -> datetime:
        """The first occurrence strictly after ``moment`` on a working day."""
        trigger = CronTrigger(hour=self.hour, minute=self.minute, timezone=zone)
        after = moment
        while True:
            found: datetime = trigger.get_next_fire_time(None, after + timedelta(microseconds=1))
            if calendar.is_working(found.date()):
                return found
            after = found


PREVIEW = Slot("preview", 7, 0)
DIGEST = Slot("digest", 7, 30)
MORNING = Slot("morning", 8, 0)
AFTERNOON = Slot("afternoon", 14, 0)
SLOTS = (PREVIEW, DIGEST, MORNING, AFTERNOON)
REMINDER_SLOTS = (MORNING, AFTERNOON)
CHECK_AFTER = timedelta(minutes=30)
# Nobody is reminded at night or on a day off, whenever the program comes back.
OPENS, CLOSES = time(7, 0), time(17, 0)
# A digest that was missed is worth sending until the morning is nearly over.
DIGEST_UNTIL = time(11, 30)


@dataclass(frozen=True, slots=True)
class DueSlot:
    """A slot that has come. ``at`` is the last occurrence until now; earlier missed ones are merged into it."""

    slot: Slot
    at: datetime
    since: datetime


def due(slot: Slot, since: datetime, now: datetime, calendar: WorkCalendar, zone: ZoneInfo) -> DueSlot | None:
    """The slot if it occurred in (since, now], however often; None otherwise."""
    at = slot.next_after(since, calendar, zone)
    if at > now:
        return None
    # A long downtime holds many occurrences: step from the last day back, not from the first one forward.
    last = _last_until(slot, now, calendar, zone)
    return DueSlot(slot, max(at, last), since)


def _last_until(slot: Slot, now: datetime, calendar: WorkCalendar, zone: ZoneInfo) -> datetime:
    back = now
    for _ in range(60):
        back -= timedelta(days=1)
        found = slot.next_after(back, calendar, zone)
        if found <= now:
            return found
    raise ValueError("no working day within two months")


def opening(now: datetime, calendar: WorkCalendar) -> datetime:
    """``now`` in the hours of a working day; else the next morning slot, with which what was held up may leave."""
    hour = now.timetz().replace(tzinfo=None)
    working = calendar.is_working(now.date())
    if working and OPENS <= hour < CLOSES:
        return now
    day = now.date() if working and hour < OPENS else calendar.after(now.date())
    return datetime.combine(day, time(MORNING.hour, MORNING.minute), now.tzinfo)


def still_wanted(due_slot: DueSlot, now: datetime) -> bool:
    """Whether a slot that is looked at this late is still worth its messages.

    Slots of earlier days are not: what they would have said of today's slots say.
    """
    if due_slot.at.date() != now.date():
        return False
    closes = CLOSES if due_slot.slot in REMINDER_SLOTS else DIGEST_UNTIL
    return now.timetz().replace(tzinfo=None) < closes


def upcoming(now: datetime, calendar: WorkCalendar, zone: ZoneInfo) -> tuple[Slot, datetime]:
    """The next slot of any kind and when it comes."""
    return min(((slot, slot.next_after(now, calendar, zone)) for slot in SLOTS), key=lambda pair: pair[1])
