"""The morning digest: shown to the office at 07:00 to be held if it is wrong, sent to the leaders at 07:30.

It is sent when all is well, too: silence must never have to be interpreted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.chat.messages import Choice, Outbound
from dondoc.locales import Translator, translator
from dondoc.rules.clock import machine_now
from dondoc.rules.progress import Judge, Row, TimeKind, count, standard_line
from dondoc.rules.roles import Right, Role, Scope
from dondoc.storage import offices, outbox, people, progress
from dondoc.storage.conversations import make_button
from dondoc.storage.offices import the_office, work_calendar
from dondoc.storage.outbox import OutboxRow
from dondoc.vietnamese.words import count as digits
from dondoc.vietnamese.words import format_date, format_day, format_hour

HELD = "digest_held"
_LINES = 5
_NAMES = 3


async def plan_preview(tx: AsyncConnection, office_id: int, at: datetime) -> int:
    """Show the digest to those of the office who assign work."""
    return await _queue(tx, await people.with_right(tx, office_id, Right.ASSIGN), at, preview=True)


async def plan_digest(tx: AsyncConnection, office_id: int, at: datetime) -> int:
    """Send it to the leaders and the chief of office, unless it was held this morning."""
    if await offices.setting(tx, office_id, HELD, None) == at.date().isoformat():
        return 0
    receivers = {
        *await people.with_role(tx, office_id, Role.LEADER),
        *await people.with_role(tx, office_id, Role.CHIEF),
    }
    return await _queue(tx, sorted(receivers), at, preview=False)


async def _queue(tx: AsyncConnection, person_ids: Sequence[int], at: datetime, *, preview: bool) -> int:
    addresses = await people.addresses_of(tx, person_ids)
    name = "preview" if preview else "digest"
    rows = [
        outbox.queued(
            to,
            "digest",
            {"render": "digest", "preview": preview},
            machine_now(),
            dedup_key=f"{name}:{person_id}:{at.isoformat()}",
        )
        for person_id, to in addresses.items()
    ]
    await outbox.enqueue_many(tx, rows)
    return len(rows)


async def digest(tx: AsyncConnection, row: OutboxRow, now: datetime) -> Outbound | None:
    """The digest as of the moment of sending."""
    if row.person_id is None:
        return None
    person = await people.get_person(tx, row.person_id)
    t = translator(person.language)
    preview = bool(row.payload.get("preview"))
    lines = [t("scheduler.digest.preview")] if preview else []
    lines.append(t("scheduler.digest.head", day=format_day(now.date())))
    if Role.LEADER in person.roles:
        lines.append(t("scheduler.digest.address", address=_address(person, t)))
    lines.extend(await digest_lines(tx, t, now))
    choices: tuple[tuple[Choice, ...], ...] = ()
    if preview:
        hold = await make_button(tx, person.id, "hold_digest", {"day": now.date().isoformat()}, machine_now())
        choices = ((Choice(hold, t("scheduler.digest.hold")),),)
    return Outbound("\n\n".join(lines), choices)


def _address(person: people.Person, t: Translator) -> str:
    form = person.address_form or t("scheduler.digest.comrade")
    return f"{form} {person.title or person.name}".strip()


async def digest_lines(tx: AsyncConnection, t: Translator, now: datetime) -> list[str]:
    """The paragraphs of the digest below its head."""
    office = await the_office(tx)
    calendar = await work_calendar(tx, office.id)
    scope = Scope.office()
    zone = now.tzinfo if isinstance(now.tzinfo, ZoneInfo) else ZoneInfo("UTC")
    rows = await progress.rows(tx, scope, zone)
    judge = Judge(now.date(), calendar)
    counts = count(rows, now.date(), calendar)
    lines = [
        t("scheduler.digest.stamp", hour=format_hour(now), date=format_date(now.date())),
        standard_line(counts) if t.language == "vi" else english_line(t, counts),
    ]
    lead = [(row, judge.status(row)) for row in rows if row.role == "lead"]
    today = [row for row, status in lead if status.kind is TimeKind.DUE_TODAY]
    lines.extend(_section(t, "scheduler.digest.due_today", _by_task(t, today)))
    late = sorted(
        ((status.days, row) for row, status in lead if status.kind is TimeKind.OVERDUE),
        key=lambda pair: (-pair[0], pair[1].task_code, pair[1].unit_code),
    )
    if late:
        entries = [
            t(
                "scheduler.digest.line",
                code=row.task_code,
                unit=row.unit_name,
                status=t("lines.time.overdue", days=digits(days)),
            )
            for days, row in late
        ]
        lines.extend(_section(t, "scheduler.digest.overdue", entries))
    else:
        lines.append(t("scheduler.digest.all_well"))
    missed = [row for row, status in lead if row.promised_on and row.promised_on < now.date() and _owed(status.kind)]
    lines.extend(_section(t, "scheduler.digest.broken_promises", _by_task(t, missed)))
    submitted = await progress.submitted_since(tx, scope, progress.yesterday(now))
    facts = [t("scheduler.digest.submitted", number=digits(len(submitted)))]
    facts.append(t("scheduler.digest.waiting", number=digits(counts.awaiting)))
    pending = sum(row.extension_pending for row in rows)
    if pending:
        facts.append(t("scheduler.digest.decide", number=digits(pending)))
    silent = await progress.units_not_joined(tx)
    if silent:
        names = _some(t, silent, _LINES)
        facts.append(t("scheduler.digest.not_joined", number=digits(len(silent)), names=names))
    lines.append("\n".join(facts))
    return lines


def _owed(kind: TimeKind) -> bool:
    return kind is not TimeKind.STOPPED


def english_line(t: Translator, counts: object) -> str:
    """The standard line for readers of another language, from the catalogue."""
    names = ("total", "tasks", "done", "on_time", "late", "awaiting", "open", "in_time", "overdue", "overdue_long")
    return t("scheduler.digest.standard_line", **{n: getattr(counts, n) for n in (*names, "undated")})


def _section(t: Translator, name: str, entries: Sequence[str]) -> list[str]:
    if not entries:
        return []
    shown = list(entries[:_LINES])
    if len(entries) > _LINES:
        shown.append(t("scheduler.digest.more", number=digits(len(entries) - _LINES)))
    return ["\n".join((f"**{t(name)}**", *shown))]


def _by_task(t: Translator, rows: Iterable[Row]) -> list[str]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row.task_code, []).append(row)
    return [
        t(
            "scheduler.digest.grouped",
            code=code,
            content=shorten(some[0].content),
            number=digits(len(some)),
            names=_some(t, [row.unit_name for row in some], _NAMES),
        )
        for code, some in sorted(grouped.items())
    ]


def _some(t: Translator, names: Sequence[str], most: int) -> str:
    shown = "; ".join(names[:most])
    if len(names) > most:
        shown += " " + t("scheduler.digest.more", number=digits(len(names) - most))
    return shown


def shorten(text: str, limit: int = 90) -> str:
    """The text cut at a word, with an ellipsis, for one line of a list."""
    text = text.strip()
    if len(text) <= limit:
        return text
    return text[: text.rfind(" ", 0, limit)].rstrip(" ,;:") + "…"
