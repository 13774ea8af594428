"""``dondoc demo``: the made-up office in a browser window, with a clock that the visitor moves."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import sys
from datetime import datetime, time, timedelta
from pathlib import Path

from filelock import FileLock, Timeout
from prometheus_client import CollectorRegistry

from dondoc.bot.app import LOCK_NAME, serving
from dondoc.bot.command import FAILED, OK, tell
from dondoc.bot.settings import Settings
from dondoc.bot.stage import OPENS, PLAYERS, ZONE, Player, Stage, build
from dondoc.rules.clock import OfficeClock
from dondoc.rules.roles import Role
from dondoc.samples import DIRECTIVE, REPORT, sample
from dondoc.scheduler.slots import upcoming
from dondoc.storage import offices
from dondoc.storage.folders import private_folder
from dondoc.web.app import build_app
from dondoc.web.doors import Demo, Doors, Health, Phone, Sample, Slot
from dondoc.web.doors import Role as PhoneRole

_SAVED = "demo_now"
_DAY_BEGINS = time(6, 0)


def run(settings: Settings, *, anew: bool = False) -> int:
    """Serve the demo until it is stopped. Its folder keeps the story, so it goes on after a restart."""
    folder = settings.data_dir
    private_folder(folder)
    try:
        with FileLock(folder / LOCK_NAME, timeout=0):
            if anew:
                for entry in folder.iterdir():
                    if entry.name != LOCK_NAME:
                        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
            return asyncio.run(_serve(settings, folder))
    except Timeout:
        tell(f"dondoc: a demo is already running on {folder}; stop it first")
        return FAILED


async def _serve(settings: Settings, folder: Path) -> int:
    clock = OfficeClock(ZONE, OPENS)
    stage = await build(folder, clock)
    bar = DemoClock(stage, clock)
    await bar.resume()
    await stage.program.delivery.recover_everything()
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    doors = Doors(health=_healthy, metrics=CollectorRegistry(), demo=_page(stage, bar))
    try:
        async with serving(build_app(doors), settings.http_host, settings.http_port) as url:
            sys.stdout.write(f"ready {url}\n")
            sys.stdout.flush()
            work = asyncio.create_task(stage.program.run())
            stopped = asyncio.create_task(stop.wait())
            await asyncio.wait([work, stopped], return_when=asyncio.FIRST_COMPLETED)
            work.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await work
            # Open pages hold streams; without this they would hold the server.
            stage.pulse.close()
    finally:
        await bar.save()
        await stage.program.close()
    return OK


async def _healthy() -> Health:
    return Health(True, {"demo": True, "pid": os.getpid()})


def _page(stage: Stage, bar: DemoClock) -> Demo:
    return Demo(
        office=stage.office,
        phones=[_phone(player) for player in PLAYERS],
        log=stage.log,
        inbox=stage.inbox,
        content=stage.program.files,
        clock=bar,
        pulse=stage.pulse,
        samples=[
            Sample("Thông báo số 57/TB-UBND", sample(DIRECTIVE), "office"),
            Sample("Báo cáo của trường", sample(REPORT), "unit"),
        ],
    )


_PHONE_ROLES: dict[Role, PhoneRole] = {Role.CHIEF: "office", Role.LEADER: "leader", Role.CONTACT: "unit"}
_UNIT_NAMES = {
    "PGDDT": "Phòng Giáo dục và Đào tạo",
    "MN01": "Trường Mầm non Hoa Sen",
    "TH01": "Trường Tiểu học Thanh Sơn",
    "CS01": "Trường THCS Thanh Lâm",
}


def _phone(player: Player) -> Phone:
    role = "via" if player.unit_code == "PGDDT" else _PHONE_ROLES[player.role]
    unit = _UNIT_NAMES.get(player.unit_code or "", "UBND huyện Thanh Lâm")
    initials = "".join(word[0] for word in player.name.split()[-2:])
    return Phone(player.chat_id, player.name, player.title, unit, initials, role)


class DemoClock:
    """The clock bar: forward only, stopping at every slot on the way so that each day is lived through."""

    def __init__(self, stage: Stage, clock: OfficeClock) -> None:
        self._stage = stage
        self._clock = clock

    def now(self) -> datetime:
        return self._clock.now()

    def next_slot(self) -> Slot:
        slot, at = upcoming(self._clock.now(), self._stage.calendar, ZONE)
        return Slot(slot.name, at)

    async def to_next_slot(self) -> None:
        await self.to(self.next_slot().at)

    async def to_next_day(self) -> None:
        tomorrow = self._clock.now().date() + timedelta(days=1)
        await self.to(datetime.combine(tomorrow, _DAY_BEGINS, tzinfo=ZONE))

    async def to(self, instant: datetime) -> None:
        """Go to a later instant, doing what falls due on the way."""
        while (at := self.next_slot().at) <= instant:
            await self._stop_at(at)
        if instant > self._clock.now():
            await self._stop_at(instant)
        await self.save()

    async def _stop_at(self, instant: datetime) -> None:
        await self._stage.program.quiet()
        self._clock.set(instant)
        await self._stage.program.engine.tick()
        await self._stage.program.quiet()
        self._stage.pulse.beat()

    async def save(self) -> None:
        """Keep where the clock is, so that the story goes on there after a restart."""
        database = self._stage.program.database
        async with database.write() as tx:
            office = await offices.the_office(tx)
            await offices.set_setting(tx, office.id, _SAVED, self._clock.now().isoformat())

    async def resume(self) -> None:
        """Go on where the clock was left."""
        async with self._stage.program.database.read() as tx:
            office = await offices.the_office(tx)
            saved = await offices.setting(tx, office.id, _SAVED, None)
        if saved is not None:
            self._clock.set(max(datetime.fromisoformat(saved), OPENS))
