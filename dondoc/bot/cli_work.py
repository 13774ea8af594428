"""``dondoc tasks`` and ``dondoc reminders``: what is assigned, and who would be reminded of what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dondoc.bot.command import USAGE, Installation, fail, say, say_json, short, with_installation

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from dondoc.scheduler.reminders import Message
    from dondoc.storage.work import Assignment

Json = dict[str, Any]
AsJson = Annotated[bool, typer.Option("--json", help="A JSON list on stdout.")]


def tasks(as_json: AsJson = False) -> None:
    """List every assignment and how far it is."""
    rows = with_installation(_tasks)
    if as_json:
        say_json(rows)
        return
    from dondoc.bot.tables import show_table

    headings = ("code", "unit", "role", "deadline", "state", "%", "result", "content")
    show_table(
        headings,
        (
            (
                row["code"],
                row["unit"],
                row["role"],
                row["granted_deadline"] or row["deadline"] or "–",
                "/".join(filter(None, (row["state"], row.get("demand")))),
                "" if row["percent"] is None else str(row["percent"]),
                row["result"] or "",
                short(row["content"]),
            )
            for row in rows
        ),
    )


async def _tasks(here: Installation) -> list[Json]:
    from dondoc.rules.roles import Scope
    from dondoc.storage import work

    async with here.database.read() as tx:
        items = await work.find(tx, Scope.office())
    return [_task_json(item, here) for item in items]


def _task_json(item: Assignment, here: Installation) -> Json:
    submitted = item.submitted_at.astimezone(here.clock.zone) if item.submitted_at else None
    row: Json = {
        "code": item.code,
        "directive": item.directive_number or item.citation,
        "unit": item.unit_name,
        "unit_code": item.unit_code,
        "role": item.role,
        "content": item.content,
        "deadline": _iso(item.original_deadline),
        "granted_deadline": _iso(item.granted_deadline),
        "state": item.state.value,
        "percent": item.percent,
        "result": item.result,
        "submitted_at": submitted.isoformat(timespec="seconds") if submitted else None,
    }
    if item.demand:
        row["demand"] = item.demand
    return row


def reminders(
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="The day, as 2024-06-24.")],
    as_json: AsJson = False,
) -> None:
    """Show who would be reminded of what on a day.

    As things stand now; nothing is stored or sent.
    """
    try:
        day = date.fromisoformat(on)
    except ValueError:
        fail(USAGE, f"--on {on}: a date such as 2024-06-24 is expected")

    async def work(here: Installation) -> list[Json]:
        return await _reminders(here, day)

    entries = with_installation(work)
    if as_json:
        say_json(entries)
        return
    for entry in entries:
        where = entry["channel"] or "has not joined"
        rungs = ", ".join(f"{task['code']} ({task['rung']})" for task in entry["tasks"])
        say(f"{entry['at']}  {entry['person'] or 'nobody'} – {entry['unit_code']} – {where}: {rungs}")
        say("\n".join(f"    {line}" if line else "" for line in entry["text"].splitlines()))
        say()
    if not entries:
        say(f"Nobody is reminded on {day.isoformat()}.")


async def _reminders(here: Installation, day: date) -> list[Json]:
    from dondoc.rules.clock import at
    from dondoc.scheduler.reminders import due_assignments, messages_for
    from dondoc.scheduler.slots import MORNING

    if not here.calendar.is_working(day):
        return []
    slot = at(day, MORNING.hour, MORNING.minute, here.clock.zone)
    # What falls on days off before it (a promise "by Sunday") is spoken of on the next working day.
    after = here.calendar.before(day)
    async with here.database.read() as tx:
        due = await due_assignments(tx, after, day, here.calendar, zone=slot.tzinfo)
        return [await _reminder_json(tx, message, slot, here) for message in await messages_for(tx, due, day)]


async def _reminder_json(tx: AsyncConnection, message: Message, slot: datetime, here: Installation) -> Json:
    from dondoc.chat.rendering import BOLD
    from dondoc.locales import translator
    from dondoc.scheduler.reminder_text import ReminderText
    from dondoc.storage import people

    language = (await people.get_person(tx, message.person_id)).language if message.person_id is not None else "vi"
    writer = ReminderText(translator(language), here.office.name, slot, here.calendar)
    text = writer.write(message.items)
    if len(message.items) == 1:
        text = f"{text}\n{writer.answers_line()}"
    return {
        "at": slot.isoformat(),
        "person": message.contact.name if message.contact else None,
        "unit_code": _unit_codes([item.assignment for item in message.items]),
        "channel": message.address.channel if message.address else None,
        "tasks": [{"code": item.assignment.code, "rung": item.rung} for item in message.items],
        "text": BOLD.sub(r"\1", text),
    }


def _unit_codes(items: Sequence[Assignment]) -> str:
    # Somebody who answers for several units gets one message for all of them.
    return ", ".join(dict.fromkeys(item.unit_code for item in items))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
