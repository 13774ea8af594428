"""What the office has to know about delivery itself: people who cannot be reached, messages in doubt or failed."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.chat.messages import Outbound
from dondoc.locales import translator
from dondoc.rules.clock import machine_now
from dondoc.rules.roles import Right
from dondoc.storage import outbox, people
from dondoc.storage.offices import the_office
from dondoc.storage.outbox import OutboxRow
from dondoc.vietnamese.words import count


async def report_delivery(tx: AsyncConnection, row: OutboxRow, what: str) -> None:
    """Tell the office: ``what`` is "in_doubt", "unreachable" or "failed". An alert about an alert is never sent."""
    if row.kind == "alert":
        return
    person = "?"
    if row.person_id is not None:
        known = await people.get_person(tx, row.person_id)
        person = " – ".join(filter(None, (known.name, known.title, known.phone))) or f"#{known.id}"
    await _alert(
        tx, f"scheduler.alert.{what}", key=f"{what}:{row.id}", about=row.person_id, person=person, number=row.id
    )


async def report_slot(tx: AsyncConnection, slot: str, left: int) -> None:
    """Tell the office that messages of a slot have not gone out half an hour later."""
    await _alert(tx, "scheduler.alert.slot", key=None, about=None, slot=f"scheduler.slot.{slot}", number=count(left))


async def _alert(tx: AsyncConnection, name: str, *, key: str | None, about: int | None, **values: object) -> None:
    office = await the_office(tx)
    for person_id, to in (
        await people.addresses_of(tx, await people.with_right(tx, office.id, Right.RECEIVE_ALERTS))
    ).items():
        if person_id == about:
            continue
        t = translator((await people.get_person(tx, person_id)).language)
        said = {k: t(v) if k == "slot" else v for k, v in values.items()}  # type: ignore[arg-type]
        message = Outbound(t(name, **said))
        dedup = f"alert:{person_id}:{key}" if key else None
        row = outbox.queued(to, "alert", {"message": message.to_json()}, machine_now(), dedup_key=dedup)
        await outbox.enqueue(tx, row)
