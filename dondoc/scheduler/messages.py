"""Messages whose text is made at the moment of sending: reminders, assignment notices, receipts of albums, digests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.chat.messages import Attachment, Choice, Outbound
from dondoc.locales import Translator, translator
from dondoc.reports.phrases import ANSWERS, Phrases, letter
from dondoc.rules.clock import machine_now
from dondoc.rules.roles import Scope
from dondoc.rules.states import OWING, SETTLED, State
from dondoc.scheduler.hours import hour_now, is_hour
from dondoc.scheduler.reminder_text import ReminderText
from dondoc.scheduler.reminders import Due, rung_now
from dondoc.scheduler.rendering import Renderer, nothing
from dondoc.storage import people, planning, submissions, task_files, work
from dondoc.storage.conversations import make_button
from dondoc.storage.offices import the_office, work_calendar
from dondoc.storage.outbox import OutboxRow
from dondoc.storage.work import Assignment
from dondoc.vietnamese.calendar import WorkCalendar
from dondoc.vietnamese.words import count, format_date, format_hour


def about(items: Sequence[Assignment]) -> tuple[str, ...]:
    """What a message speaks of, in the order of its letters."""
    return tuple(f"assignment:{item.id}" for item in items)


async def reminder(tx: AsyncConnection, row: OutboxRow, now: datetime) -> Outbound | None:
    """What of the planned reminders is still owed under the same deadline; None if nothing is."""
    if row.person_id is None:
        return None
    planned = await planning.reminders_of(tx, row.id)
    items = {item.id: item for item in await work.find(tx, Scope.office(), ids=[p.assignment_id for p in planned])}
    office = await the_office(tx)
    calendar = await work_calendar(tx, office.id)
    again = await planning.planned_again(tx, row.id)
    due: list[Due] = []
    gone: list[int] = []
    for entry in planned:
        item = items.get(entry.assignment_id)
        owed = item is not None and item.state in OWING and item.version == entry.deadline_version
        owed = owed and entry.assignment_id not in again
        rung = _rung_now(item, entry.rung, now, calendar) if item is not None and owed else None
        if item is None or rung is None:
            gone.append(entry.assignment_id)
        else:
            due.append(Due(item, rung))
    if gone:
        await planning.drop_reminders(tx, row.id, gone)
    if not due:
        return None
    person = await people.get_person(tx, row.person_id)
    t = translator(person.language)
    text = ReminderText(t, office.name, now, calendar).write(due)
    choices = await answer_choices(tx, person.id, [entry.assignment for entry in due], t)
    return Outbound(text, choices, about=about([entry.assignment for entry in due]))


def _rung_now(item: Assignment, planned: str, now: datetime, calendar: WorkCalendar) -> str | None:
    return hour_now(item, planned, now) if is_hour(planned) else rung_now(item, planned, now.date(), calendar)


async def answer_choices(
    tx: AsyncConnection, person_id: int, items: Sequence[Assignment], t: Translator
) -> tuple[tuple[Choice, ...], ...]:
    """The five answers to one task; of several tasks, one button each that opens its answers."""
    now = machine_now()
    if len(items) > 1:
        return tuple(
            [
                (
                    Choice(
                        await make_button(tx, person_id, "pick", {"assignment": item.id}, now),
                        f"{letter(index)} · {item.code}",
                    ),
                )
                for index, item in enumerate(items)
            ]
        )
    buttons = [
        Choice(
            await make_button(tx, person_id, "answer", {"assignment": items[0].id, "answer": answer}, now),
            t(f"scheduler.answer.{answer}"),
        )
        for answer in ANSWERS
    ]
    return (tuple(buttons[:2]), tuple(buttons[2:4]), tuple(buttons[4:]))


async def notice(tx: AsyncConnection, row: OutboxRow, now: datetime) -> Outbound | None:
    """The assignment notice: what a unit was given at one approval, dated tasks in full, standing ones in one line."""
    if row.person_id is None:
        return None
    found = await work.find(tx, Scope.office(), ids=row.payload["assignments"])
    items = [item for item in found if item.state not in SETTLED]
    if not items:
        return None
    person = await people.get_person(tx, row.person_id)
    t = translator(person.language)
    office = await the_office(tx)
    phrases = Phrases(t, now.date(), await work_calendar(tx, office.id))
    chased = [item for item in items if item.role == "lead" and item.task_class != "standing"]
    helping = [item for item in items if item.role == "cooperate" and item.task_class != "standing"]
    standing = [item for item in items if item.task_class == "standing"]
    units = ", ".join(sorted({item.unit_name for item in items}))
    citation = items[0].citation
    pressing = {item.urgency for item in items}
    level = next((level for level in ("flash", "urgent") if level in pressing), None)
    if citation:
        lines = [t("scheduler.notice.head", office=office.name, unit=units, citation=citation)]
    else:
        lines = [t("scheduler.notice.head_direct", office=office.name, unit=units)]
    if level is not None:
        lines[0] = f"{t(f'scheduler.notice.{level}')} {lines[0]}"
    for index, item in enumerate(chased):
        lines.append(_notice_item(t, phrases, item, letter(index) if len(chased) > 1 else ""))
    lines.extend(t("scheduler.notice.cooperate", title=phrases.title(item, cited=False)) for item in helping)
    if standing:
        lines.append(t("scheduler.notice.standing", number=count(len(standing))))
    if chased:
        lines.append(t("scheduler.notice.tail", noun=phrases.noun(chased[0])))
    choices: tuple[tuple[Choice, ...], ...] = ()
    fresh = [item.id for item in chased if item.state is State.NEW]
    if fresh:
        button = await make_button(tx, person.id, "received", {"assignments": fresh}, machine_now())
        choices = ((Choice(button, t("scheduler.notice.received")),),)
    files = await task_files.of_tasks(tx, {item.task_id for item in items})
    attachments = tuple(Attachment(file.name, file.size, file.media_type, sha256=file.sha256) for file in files)
    return Outbound("\n\n".join(lines), choices, attachments, about=about(chased))


def _notice_item(t: Translator, phrases: Phrases, item: Assignment, mark: str) -> str:
    name = "scheduler.notice.item" if item.deadline else "scheduler.notice.item_undated"
    title = phrases.title(item, cited=False)
    section = t("lines.section_only", section=item.section) if item.section else ""
    text = t(
        name,
        title=f"{title} ({section})" if section else title,
        deadline=phrases.deadline(item.deadline),
        destination=phrases.destination(item),
    ).strip()
    text = "\n".join((text, *_particulars(t, item)))
    return f"**{mark}.** {text}" if mark else text


def _particulars(t: Translator, item: Assignment) -> list[str]:
    """What the unit would ask next: what to hand in, whose figures, whether nil counts, on whose word."""
    said = []
    if item.deliverable:
        said.append(t("scheduler.notice.deliverable", deliverable=item.deliverable))
    if item.data_from and item.data_to:
        said.append(t("scheduler.notice.period", first=format_date(item.data_from), last=format_date(item.data_to)))
    if item.nil_report:
        said.append(t("scheduler.notice.nil"))
    if item.basis:
        said.append(t("scheduler.notice.basis", basis=item.basis))
    return said


async def receipt(tx: AsyncConnection, row: OutboxRow, now: datetime) -> Outbound | None:
    """What was received: file names, size, time, number, and that the office has yet to confirm."""
    submission = await submissions.get_submission(tx, int(row.payload["submission"]))
    item = await work.get(tx, Scope.office(), submission.assignment_id)
    if item is None or row.person_id is None:
        return None
    person = await people.get_person(tx, row.person_id)
    t = translator(person.language)
    arrived = submission.arrived_at.astimezone(now.tzinfo)
    when = {"hour": format_hour(arrived), "date": format_date(arrived.date())}
    common = {"code": item.code, "unit": item.unit_name, "receipt": submission.code, **when}
    if submission.files:
        size = human_size(sum(file.size for file in submission.files))
        names = ", ".join(file.name for file in submission.files)
        text = t("scheduler.receipt.files", files=names, size=size, **common)
    elif submission.document:
        text = t("scheduler.receipt.document", document=submission.document, **common)
    else:
        text = t("scheduler.receipt.words", **common)
    if submission.version > 1:
        text += " " + t("scheduler.receipt.version", version=count(submission.version))
    state = "complete" if submission.complete else "partial"
    office = await the_office(tx)
    phrases = Phrases(t, now.date(), await work_calendar(tx, office.id))
    text += " " + t(f"scheduler.receipt.{state}", deadline=phrases.deadline(item.deadline, remaining=False))
    return Outbound(text, about=about([item]))


def human_size(size: int) -> str:
    """Bytes as people read them: 820 B, 35 KB, 2,4 MB."""
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{size / 1024:.0f} KB"
    return f"{size / (1024 * 1024):.1f} MB".replace(".", ",")


async def queue(tx: AsyncConnection, row: OutboxRow, now: datetime) -> Renderer:
    """How many results wait for the office; nothing if they were dealt with meanwhile."""
    if row.person_id is None:
        return nothing
    scope = (await people.get_person(tx, row.person_id, now.date())).scope()
    waiting = await work.find(tx, scope, role="lead", condition=work.waiting_condition())
    if not waiting:
        return nothing
    names = "; ".join(f"{item.unit_name} ({item.code})" for item in waiting[:3])
    more = " …" if len(waiting) > 3 else ""
    return partial(_queue, row.person_id, count(len(waiting)), names + more)


async def _queue(
    person_id: int, number: str, names: str, tx: AsyncConnection, _row: OutboxRow, _now: datetime
) -> Outbound | None:
    t = translator((await people.get_person(tx, person_id)).language)
    button = await make_button(tx, person_id, "duyet", {}, machine_now())
    text = t("scheduler.queue.waiting", number=number, names=names)
    return Outbound(text, ((Choice(button, t("scheduler.queue.open")),),))
