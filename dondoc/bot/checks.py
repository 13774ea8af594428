"""What ``dondoc doctor`` looks at. Each check gives findings; a problem is what somebody has to see to."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from sqlalchemy import Table, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.bot.command import Installation
from dondoc.bot.settings import PREFIX, Settings, names
from dondoc.chat.channel import ChannelError
from dondoc.chat.telegram import TelegramChannel
from dondoc.rules.clock import machine_now
from dondoc.rules.roles import Right, Scope
from dondoc.storage import people, progress
from dondoc.storage.tables import inbox, outbox, units

State = Literal["ok", "note", "problem"]

_TELEGRAM_TIMEOUT = 5.0
_LITTLE_DISK = 1 << 30
_CLOCKS_DIFFER = timedelta(seconds=5)
_LISTED = 10
# A machine without a battery for its clock wakes up in 1970 or 2000.
_EARLIEST_YEAR = 2024


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's table. ``note`` is worth knowing, ``problem`` has to be seen to."""

    check: str
    state: State
    words: str


def before_opening(settings: Settings) -> list[Finding]:
    """What can be said without the database."""
    return [*_settings(), *_disk(settings), *_clock(settings)]


async def after_opening(here: Installation) -> list[Finding]:
    """What the open installation shows."""
    found = [Finding("database", "ok", f"{here.database.url.get_backend_name()}, newest schema")]
    async with here.database.read() as tx:
        if not here.database.is_sqlite:
            found.extend(await _database_clock(tx))
        found.extend(await _registry(tx, here))
        found.extend(await _messages(tx))
    return [*found, *await _telegram(here.settings), *_zalo(here.settings)]


def _settings() -> Iterable[Finding]:
    unknown = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in names())
    if unknown:
        yield Finding("settings", "note", f"not known and not used: {', '.join(unknown)}")
    else:
        yield Finding("settings", "ok", "understood")


def _disk(settings: Settings) -> Iterable[Finding]:
    folder = settings.data_dir.absolute()
    there = next(place for place in (folder, *folder.parents) if place.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        yield Finding("disk", "problem", f"{there} cannot be written to")
        return
    free = shutil.disk_usage(there).free
    state: State = "problem" if free < _LITTLE_DISK else "ok"
    yield Finding("disk", state, f"{_size(free)} free in {folder}")


def _clock(settings: Settings) -> Iterable[Finding]:
    office, machine = settings.clock().now(), machine_now()
    if settings.now is not None:
        yield Finding(
            "clock", "note", f"{PREFIX}NOW is set: the office's time is {office:%Y-%m-%d %H:%M %Z}, for trials only"
        )
    else:
        yield Finding("clock", "ok", f"{office:%Y-%m-%d %H:%M %Z}")
    if machine.year < _EARLIEST_YEAR:
        yield Finding("clock", "problem", f"the machine's clock says {machine:%Y-%m-%d}: it was never set")


async def _database_clock(tx: AsyncConnection) -> list[Finding]:
    theirs = (await tx.execute(text("SELECT clock_timestamp()"))).scalar_one()
    away = abs(theirs - machine_now())
    if away > _CLOCKS_DIFFER:
        return [Finding("clock", "problem", f"the database's clock differs by {away.total_seconds():.0f} s")]
    return []


async def _registry(tx: AsyncConnection, here: Installation) -> list[Finding]:
    number = (await tx.execute(select(func.count()).select_from(units))).scalar_one()
    if not number:
        return [Finding("contacts", "note", "no units yet: dondoc units import")]
    found: list[Finding] = []
    alone = await progress.units_not_joined(tx, Scope.office())
    if alone:
        listed = "; ".join(alone[:_LISTED]) + (" …" if len(alone) > _LISTED else "")
        words = f"nobody can be reached in {len(alone)} units that owe something: {listed}"
        found.append(Finding("contacts", "problem", words))
    else:
        found.append(Finding("contacts", "ok", f"{number} units; everybody who owes something can be reached"))
    staff = await people.addresses_of(tx, await people.with_right(tx, here.office.id, Right.RECEIVE_ALERTS))
    if not staff:
        found.append(Finding("contacts", "note", "nobody of the office has joined: dondoc invite --role staff"))
    return found


async def _messages(tx: AsyncConnection) -> list[Finding]:
    found: list[Finding] = []
    for check, table, states in (("outbox", outbox, ("in_doubt", "failed")), ("inbox", inbox, ("failed",))):
        numbers = await _by_state(tx, table, states)
        if numbers:
            listed = ", ".join(f"{number} {state.replace('_', ' ')}" for state, number in sorted(numbers.items()))
            found.append(Finding(check, "problem", f"messages {listed}"))
        else:
            found.append(Finding(check, "ok", f"no message {' or '.join(states).replace('_', ' ')}"))
    return found


async def _by_state(tx: AsyncConnection, table: Table, states: tuple[str, ...]) -> dict[str, int]:
    statement = select(table.c.state, func.count()).where(table.c.state.in_(states)).group_by(table.c.state)
    return dict((await tx.execute(statement)).all())


async def _telegram(settings: Settings) -> list[Finding]:
    if settings.telegram_token is None:
        return [Finding("telegram", "note", f"{PREFIX}TELEGRAM_TOKEN is not set")]
    channel = TelegramChannel(
        settings.telegram_token.get_secret_value(),
        base_url=settings.telegram_base_url,
        base_file_url=settings.telegram_base_file_url,
        connect_timeout=_TELEGRAM_TIMEOUT,
        read_timeout=_TELEGRAM_TIMEOUT,
    )
    try:
        me = await channel.me()
    except ChannelError as error:
        return [Finding("telegram", "problem", str(error))]
    finally:
        await channel.close()
    return [Finding("telegram", "ok", f"@{me.username}, {settings.telegram_mode}")]


def _zalo(settings: Settings) -> list[Finding]:
    if settings.zalo_bot_token or settings.zalo_oa_access_token or settings.zalo_oa_refresh_token:
        return [Finding("zalo", "note", "settings for Zalo are there, but this version does not serve Zalo yet")]
    return []


def _size(number: int) -> str:
    return f"{number / (1 << 30):.1f} GB" if number >= 1 << 30 else f"{number / (1 << 20):.0f} MB"
