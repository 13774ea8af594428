"""The morning digest: shown to the office at 07:00 to be held if it is wrong, sent to the leaders at 07:30.

It is sent when all is well, too: silence must never have to be interpreted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.chat.messages import Choice, Outbound
from dondoc.locales import Translator, translator
from dondoc.reports.progress_text import LINES, ProgressText
from dondoc.rules.clock import machine_now
from dondoc.rules.progress import TimeKind, count
from dondoc.rules.roles import Right, Role, Scope
from dondoc.rules.states import OWING
from dondoc.scheduler.rendering import Renderer, nothing
from dondoc.storage import offices, outbox, people, progress
from dondoc.storage.conversations import make_button
from dondoc.storage.offices import the_office, work_calendar
from dondoc.storage.outbox import OutboxRow
from dondoc.vietnamese.words import count as digits
from dondoc.vietnamese.words import format_day


async def plan_preview(tx: AsyncConnection, office_id: int, at: datetime) -> int:
    """Show the digest to those of the office who assign work."""
    return await _queue(tx, await people.with_right(tx, office_id, Right.ASSIGN), at, preview=True)


async def plan_digest(tx: AsyncConnection, office_id: int, at: datetime) -> int:
    """Send it to the leaders, unless it was held this morning. The office has had it as the preview."""
    if await _is_held(tx, office_id, at.date()):
        return 0
    return await _queue(tx, await people.with_role(tx, office_id, Role.LEADER), at, preview=False)


async def _is_held(tx: AsyncConnection, office_id: int, day: date) -> bool:
    held: str | None = await offices.setting(tx, office_id, offices.DIGEST_HELD, None)
    return held == day.isoformat()


async def _queue(tx: AsyncConnection, person_ids: Sequence[int], at: datetime, *, preview: bool) -> int:
    addresses = await people.addresses_of(tx, person_ids)
    name = "preview" if preview else "digest"
    rows = [
        outbox.queued(
            to,
            "digest",
            {"render": "digest", "preview": preview, "day": at.date().isoformat()},
            machine_now(),
            dedup_key=f"{name}:{person_id}:{at.isoformat()}",
        )
        for person_id, to in addresses.items()
    ]
    await outbox.enqueue_many(tx, rows)
    return len(rows)


async def digest(tx: AsyncConnection, row: OutboxRow, now: datetime) -> Renderer:
    """The digest as of the moment of sending; nothing if it is one of another day."""
    if row.person_id is None or row.payload.get("day") != now.date().isoformat():
        return nothing
    person = await people.get_person(tx, row.person_id, now.date())
    return partial(_say, await digest_lines(tx, person.scope(), translator(person.language), now))


async def _say(lines: Sequence[str], tx: AsyncConnection, row: OutboxRow, now: datetime) -> Outbound | None:
    """These lines under their head; None if the digest was held while it waited."""
    preview = bool(row.payload.get("preview"))
    if row.person_id is None or (not preview and await _is_held(tx, (await the_office(tx)).id, now.date())):
        return None
    person = await people.get_person(tx, row.person_id)
    t = translator(person.language)
    head = [t("scheduler.digest.preview")] if preview else []
    head.append(t("scheduler.digest.head", day=format_day(now.date())))
    if Role.LEADER in person.roles:
        head.append(t("scheduler.digest.address", address=_address(person, t)))
    choices: tuple[tuple[Choice, ...], ...] = ()
    if preview:
        hold = await make_button(tx, person.id, "hold_digest", {"day": now.date().isoformat()}, machine_now())
        choices = ((Choice(hold, t("scheduler.digest.hold")),),)
    return Outbound("\n\n".join((*head, *lines)), choices)


def _address(person: people.Person, t: Translator) -> str:
    form = person.address_form or t("scheduler.digest.comrade")
    return f"{form} {person.title or person.name}".strip()


async def digest_lines(tx: AsyncConnection, scope: Scope, t: Translator, now: datetime) -> list[str]:
    """The paragraphs of the digest below its head: of a leader with a field, of that field."""
    office = await the_office(tx)
    calendar = await work_calendar(tx, office.id)
    rows = await progress.rows(tx, scope, now.tzinfo)
    write = ProgressText(t, now, calendar)
    counts = count(rows, now.date(), calendar)
    lines = [write.stamp(), write.figures(counts)]
    lines.extend(
        write.section("reports.progress.due_today", write.by_task(write.with_status(rows, TimeKind.DUE_TODAY)))
    )
    overdue = write.overdue_lines(rows)
    lines.extend(write.section("reports.progress.overdue", overdue) or [t("scheduler.digest.all_well")])
    missed = [row for row in rows if row.state in OWING and row.promised_on and row.promised_on < now.date()]
    lines.extend(write.section("scheduler.digest.broken_promises", write.by_task(missed)))
    submitted = await progress.submitted_since(tx, scope, now - timedelta(days=1))
    facts = [t("scheduler.digest.submitted", number=digits(len(submitted)))]
    facts.append(t("scheduler.digest.waiting", number=digits(counts.awaiting)))
    pending = sum(row.extension_pending for row in rows)
    if pending:
        facts.append(t("reports.progress.decide", number=digits(pending)))
    silent = await progress.units_not_joined(tx, scope)
    if silent:
        facts.append(t("scheduler.digest.not_joined", number=digits(len(silent)), names=write.some(silent, LINES)))
    lines.append("\n".join(facts))
    return lines
