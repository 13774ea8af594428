"""One clock decides what is due: looks each second whether a slot of the day has come, and lets it be planned once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.rules.clock import Clock, machine_now
from dondoc.scheduler import digest, hours, reminders
from dondoc.scheduler.slots import (
    CHECK_AFTER,
    DIGEST,
    PREVIEW,
    REMINDER_SLOTS,
    SLOTS,
    DueSlot,
    Slot,
    due,
    still_wanted,
    upcoming,
)
from dondoc.storage import offices, outbox, planning
from dondoc.storage.database import Database
from dondoc.storage.offices import Office
from dondoc.storage.trouble import Patience
from dondoc.vietnamese.calendar import WorkCalendar

log = structlog.get_logger(__name__)

STARTED = "clock_started"
_LOOK_EVERY = timedelta(minutes=1)

Alert = Callable[[AsyncConnection, str, int], Awaitable[None]]


class Engine:
    """Plans the slots of the day. ``alert`` tells the office that messages of a slot did not go out."""

    def __init__(self, database: Database, clock: Clock, alert: Alert) -> None:
        self._database = database
        self._clock = clock
        self._alert = alert
        self._next: datetime | None = None
        self._next_look: datetime | None = None
        self._hours_seen: datetime | None = None
        self._scheduler: AsyncIOScheduler | None = None
        self._stopping = False
        self.patience = Patience("clock")
        self._rests_until = machine_now()
        # Machine time of the last look that ended well; of the start, until there is one.
        self.last_success: datetime | None = None

    def start(self) -> None:
        """Look each second from now on."""
        self.last_success = machine_now()
        self._scheduler = AsyncIOScheduler(timezone=self._clock.zone)
        # A late look must still happen, and many missed ones are one: the slots themselves are rows, not jobs.
        options = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._scheduler.add_job(self._look, "interval", seconds=1, **options)
        self._scheduler.start()

    def stop(self) -> None:
        self._stopping = True
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)

    async def _look(self) -> None:
        if machine_now() < self._rests_until:
            return
        try:
            await self.tick()
            self.patience.over()
        except asyncio.CancelledError:
            # The scheduler would log the end of the program as a failure of the look that it interrupts. What was not
            # planned is planned at the next start.
            if not self._stopping:
                raise
        except Exception as error:  # noqa: BLE001 - raised again if it is not the database's trouble
            self._rests_until = machine_now() + timedelta(seconds=self.patience.met(error))

    async def tick(self) -> None:
        """Plan what has come, and look back at what was planned. Cheap while nothing has come."""
        await self._look_back()
        await self._look_ahead()
        await self._look_at_hours()
        self.last_success = machine_now()

    async def _look_at_hours(self) -> None:
        """Urgent work of today has no slot: it is looked at every minute of the office's clock, which may be moved back."""
        now = self._clock.now()
        if self._hours_seen is not None and timedelta(0) <= now - self._hours_seen < _LOOK_EVERY:
            return
        await hours.plan(self._database, now)
        self._hours_seen = now

    def overdue(self) -> timedelta:
        """For how long, by the office's clock, a slot has waited to be planned."""
        waited = self._clock.now() - self._next if self._next is not None else timedelta(0)
        return max(waited, timedelta(0))

    async def _look_ahead(self) -> None:
        now = self._clock.now()
        if self._next is not None and now < self._next:
            return
        async with self._database.write() as tx:
            office = await offices.the_office(tx)
            calendar = await offices.work_calendar(tx, office.id)
            started = await self._started(tx, office, now)
            found = [await self._due(tx, slot, started, now, calendar) for slot in SLOTS]
        for due_slot in sorted((slot for slot in found if slot), key=lambda slot: slot.at):
            if still_wanted(due_slot, now):
                await self._plan(office, due_slot, calendar)
            elif due_slot.slot not in REMINDER_SLOTS:
                await self._pass_over(due_slot)
            # A reminder slot that is missed stays unplanned: the next one looks back to where the last one ended.
        self._next = upcoming(now, calendar, self._clock.zone)[1]

    async def _started(self, tx: AsyncConnection, office: Office, now: datetime) -> datetime:
        """When the office's clock was first looked at: slots before that are nobody's."""
        text = await offices.setting(tx, office.id, STARTED, None)
        if text is None:
            await offices.set_setting(tx, office.id, STARTED, now.isoformat())
            return now
        return datetime.fromisoformat(text).astimezone(self._clock.zone)

    async def _due(
        self, tx: AsyncConnection, slot: Slot, started: datetime, now: datetime, calendar: WorkCalendar
    ) -> DueSlot | None:
        last = await planning.last_slot(tx, slot.name)
        since = last.astimezone(self._clock.zone) if last else started
        return due(slot, since, now, calendar, self._clock.zone)

    async def _plan(self, office: Office, due_slot: DueSlot, calendar: WorkCalendar) -> None:
        slot, at = due_slot.slot, due_slot.at
        messages = 0
        if slot in REMINDER_SLOTS:
            messages = await reminders.plan(self._database, at, due_slot.since, calendar)
        async with self._database.write() as tx:
            if slot in REMINDER_SLOTS:
                # What waits for the office to open need not wait longer, also where its clock was moved.
                await outbox.hasten(tx, "reminder", machine_now())
            if slot is PREVIEW:
                messages = await digest.plan_preview(tx, office.id, at)
            elif slot is DIGEST:
                messages = await digest.plan_digest(tx, office.id, at)
            await planning.slot_done(tx, slot.name, at, machine_now(), messages)
        log.info("slot planned", action="slot", slot=slot.name, at=at.isoformat(), messages=messages)

    async def _pass_over(self, due_slot: DueSlot) -> None:
        """A digest that comes too late to be news is not sent."""
        async with self._database.write() as tx:
            await planning.slot_done(tx, due_slot.slot.name, due_slot.at, machine_now(), 0)
        log.info("slot passed over", action="slot", slot=due_slot.slot.name, at=due_slot.at.isoformat())

    async def _look_back(self) -> None:
        """Half an hour after a slot was planned, see that its messages went out, and tell the office if not.

        By machine time: a trial that moves the office's clock has given nobody half an hour to send anything.
        """
        now = machine_now()
        if self._next_look is not None and now < self._next_look:
            return
        self._next_look = now + _LOOK_EVERY
        async with self._database.read() as tx:
            if not await planning.unchecked_slots(tx, now - CHECK_AFTER):
                return
        async with self._database.write() as tx:
            for name, at, planned_at in await planning.unchecked_slots(tx, now - CHECK_AFTER):
                left = await planning.unsettled(tx, planned_at)
                if left:
                    await self._alert(tx, name, left)
                await planning.slot_checked(tx, name, at, now)
