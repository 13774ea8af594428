"""The office that owns directives, its settings and its calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.storage.database import upsert
from dondoc.storage.tables import calendar_overrides, offices, settings
from dondoc.vietnamese.calendar import WorkCalendar

DEFAULT_NAME = "Văn phòng"
DEFAULT_ORGAN = "Ủy ban nhân dân"

# Settings that several rooms read: the day (ISO) whose morning digest is held back.
DIGEST_HELD = "digest_held"
# How many days a code of invitation is good, and whether who uses one waits for a person of the office.
INVITATION_DAYS = "invitation_days"
DEFAULT_INVITATION_DAYS = 30
JOINING_IS_CHECKED = "joining_is_checked"
# How many days messages are kept once they are settled, and until when older ones are blanked (an instant).
RETENTION_DAYS = "retention_days"
DEFAULT_RETENTION_DAYS = 730
BLANKED_UNTIL = "blanked_until"
# Whether Saturdays are worked, and whether the office was named by an administrator and no longer by the registry.
SATURDAYS = "saturdays"
NAMED_BY_HAND = "named_by_hand"
DEFAULTS: Mapping[str, int | bool] = {
    SATURDAYS: False,
    INVITATION_DAYS: DEFAULT_INVITATION_DAYS,
    JOINING_IS_CHECKED: False,
    RETENTION_DAYS: DEFAULT_RETENTION_DAYS,
}


@dataclass(frozen=True, slots=True)
class Office:
    """An office under the full name in which the bot writes, and the organ it serves."""

    id: int
    name: str
    organ: str
    place: str


async def the_office(tx: AsyncConnection) -> Office:
    """The office of this installation. Raises LookupError before ``ensure_office`` has run once."""
    row = (await tx.execute(select(offices).order_by(offices.c.id).limit(1))).first()
    if row is None:
        raise LookupError("no office yet: run dondoc migrate")
    return Office(row.id, row.name, row.organ, row.place)


async def ensure_office(tx: AsyncConnection, now: datetime) -> Office:
    """The office, made under a plain name if there is none. Its real name comes with the registry or the settings."""
    if not await _has_office(tx):
        if tx.dialect.name == "postgresql":
            # Processes that start at once must not make one each. SQLite has one writer at a time anyway.
            await tx.execute(text("LOCK TABLE offices IN SHARE ROW EXCLUSIVE MODE"))
        if not await _has_office(tx):
            await tx.execute(offices.insert().values(name=DEFAULT_NAME, organ=DEFAULT_ORGAN, place="", created_at=now))
    return await the_office(tx)


async def _has_office(tx: AsyncConnection) -> bool:
    return (await tx.execute(select(offices.c.id).limit(1))).first() is not None


async def name_office(
    tx: AsyncConnection, office_id: int, *, name: str | None = None, organ: str | None = None, place: str | None = None
) -> None:
    """Set what is given of the office's names."""
    given = {"name": name, "organ": organ, "place": place}
    values = {key: value for key, value in given.items() if value}
    if values:
        await tx.execute(update(offices).where(offices.c.id == office_id).values(**values))


async def setting(tx: AsyncConnection, office_id: int, name: str, default: Any) -> Any:
    """A setting of the office, or the default."""
    statement = select(settings.c.value).where(settings.c.office_id == office_id, settings.c.name == name)
    row = (await tx.execute(statement)).first()
    return default if row is None else row.value


async def set_setting(tx: AsyncConnection, office_id: int, name: str, value: Any) -> None:
    await upsert(tx, settings, {"office_id": office_id, "name": name}, {"value": value})


async def work_calendar(
    tx: AsyncConnection, office_id: int, *, saturdays: bool | None = None, also: Mapping[date, bool] | None = None
) -> WorkCalendar:
    """The working days with the office's own overrides; ``saturdays`` and ``also`` show what a change would make of them."""
    rows = await tx.execute(select(calendar_overrides.c.day, calendar_overrides.c.working))
    if saturdays is None:
        saturdays = bool(await setting(tx, office_id, SATURDAYS, DEFAULTS[SATURDAYS]))
    return WorkCalendar({**dict(rows.all()), **(also or {})}, saturdays=saturdays)


async def set_working(tx: AsyncConnection, day: date, *, working: bool) -> None:
    """A day that is worked, or not, whatever the calendar says."""
    await upsert(tx, calendar_overrides, {"day": day}, {"working": working, "note": ""})


async def calendar_overrides_from(tx: AsyncConnection, day: date) -> list[tuple[date, bool]]:
    """The office's own days from a day on, and whether each is worked."""
    statement = select(calendar_overrides.c.day, calendar_overrides.c.working).where(calendar_overrides.c.day >= day)
    return [(row.day, row.working) for row in await tx.execute(statement.order_by(calendar_overrides.c.day))]
