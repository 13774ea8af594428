"""What the commands share: how they end, where their words go, and the open installation they work on.

Exit status: 0 ok, 1 ran and failed, 2 wrong usage or settings, 3 a document that cannot be read or is refused.
Results go to stdout; what concerns the person at the keyboard goes to stderr, so that stdout stays fit for a pipe.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import typer

if TYPE_CHECKING:
    from dondoc.bot.logs import HideSecrets
    from dondoc.bot.settings import Settings
    from dondoc.rules.clock import Clock
    from dondoc.storage.database import Database
    from dondoc.storage.offices import Office
    from dondoc.vietnamese.calendar import WorkCalendar

T = TypeVar("T")

OK, FAILED, USAGE, REFUSED = 0, 1, 2, 3
_SHORT = 100


def say(line: str = "") -> None:
    """A line of the result."""
    sys.stdout.write(f"{line}\n")


def tell(line: str) -> None:
    """A line for the person at the keyboard."""
    sys.stderr.write(f"{line}\n")


def fail(code: int, line: str) -> NoReturn:
    """End the command with one line that says why."""
    tell(f"dondoc: {' '.join(line.split())}")
    raise typer.Exit(code)


def say_json(value: object) -> None:
    """The result as JSON, alone on stdout; written piece by piece, for that of a long document is itself long."""
    for piece in json.JSONEncoder(ensure_ascii=False, indent=2).iterencode(value):
        sys.stdout.write(piece)
    sys.stdout.write("\n")


def short(text: str) -> str:
    """A text in one line that a person can take in, cut if it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else line[: _SHORT - 1].rstrip() + "…"


def settings_of_process(*, service: bool = False) -> Settings:
    """The settings, with logs configured by them. Ends the command when they are wrong.

    Only a service logs its everyday life; a command that ends by itself logs what went wrong, unless it is to be debugged.
    """
    from dondoc.bot.logs import configure
    from dondoc.bot.settings import BadSettings, load_settings

    try:
        settings = load_settings()
    except BadSettings as error:
        fail(USAGE, str(error))
    quiet = not service and settings.log_level == "INFO"
    _state.hide = configure(level="WARNING" if quiet else settings.log_level, secrets=settings.secrets())
    return settings


def demo_settings_of_process() -> Settings:
    """The demo's settings: a folder of its own below the data folder, no token, no other database."""
    from dondoc.bot.logs import configure
    from dondoc.bot.settings import BadSettings, demo_settings

    try:
        settings = demo_settings()
    except BadSettings as error:
        fail(USAGE, str(error))
    _state.hide = configure(level=settings.log_level)
    return settings


@dataclass(slots=True)
class _State:
    hide: HideSecrets | None = None


_state = _State()


@dataclass(frozen=True, slots=True)
class Installation:
    """An office's database at the newest schema, with what most commands ask it first."""

    settings: Settings
    database: Database
    clock: Clock
    office: Office
    calendar: WorkCalendar

    @property
    def now(self) -> datetime:
        """The office's time."""
        return self.clock.now()


@asynccontextmanager
async def installation(settings: Settings) -> AsyncIterator[Installation]:
    """Open the database, bring it to the newest schema and see that there is an office."""
    from sqlalchemy.exc import ArgumentError

    from dondoc.rules.clock import machine_now
    from dondoc.storage.database import Database
    from dondoc.storage.migrate import migrate
    from dondoc.storage.offices import ensure_office, work_calendar

    try:
        database = Database(settings.database_url)
    except (ArgumentError, ValueError):  # its words quote the URL
        fail(USAGE, "DONDOC_DATABASE_URL cannot be used: it must name a SQLite file or a PostgreSQL database")
    try:
        await migrate(database)
        async with database.write() as tx:
            office = await ensure_office(tx, machine_now())
            calendar = await work_calendar(tx, office.id)
        yield Installation(settings, database, settings.clock(), office, calendar)
    finally:
        await database.close()


def with_installation(work: Callable[[Installation], Coroutine[Any, Any, T]]) -> T:
    """Run ``work`` on the installation that the settings name; what an operator can mend ends in one line."""

    async def run(settings: Settings) -> T:
        async with installation(settings) as opened:
            return await work(opened)

    settings = settings_of_process()
    return ended_by_name(lambda: asyncio.run(run(settings)))


def ended_by_name(work: Callable[[], T]) -> T:
    """The result of ``work``; the failures that lie outside the program end the command with one line."""
    from sqlalchemy.exc import DBAPIError

    from dondoc.storage.migrate import NewerSchema

    try:
        return work()
    except NewerSchema as error:
        fail(FAILED, str(error))
    except DBAPIError as error:
        logging.getLogger(__name__).debug("the database failed", exc_info=error)
        fail(FAILED, f"the database cannot be used: {_first_line(error.orig)}")
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        fail(FAILED, f"{where}{error.strerror or error}")


def _first_line(error: object) -> str:
    line = next(iter(str(error).splitlines()), type(error).__name__)
    return _state.hide.hide(line) if _state.hide else line
