"""What was planned for an amended document is done: only what changed changes, the units hear of it, and a trail stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.chat.messages import Outbound
from dondoc.directives.drafts import DirectiveDraft
from dondoc.directives.identity import fingerprint
from dondoc.handlers import intake
from dondoc.handlers.amend_plan import Plan, TaskChange
from dondoc.handlers.approval import Approval, approve
from dondoc.handlers.assign import notify, reach
from dondoc.locales import Translator, translator
from dondoc.reports.phrases import Phrases
from dondoc.rules.clock import machine_now
from dondoc.rules.deadlines import ON, Deadline
from dondoc.rules.roles import Scope
from dondoc.rules.states import State
from dondoc.storage import directives, outbox, people, submissions, work
from dondoc.storage.directives import APPROVED, DRAFT, DROPPED
from dondoc.storage.offices import Office
from dondoc.storage.work import Assignment
from dondoc.vietnamese.calendar import WorkCalendar
from dondoc.vietnamese.text import nfc


@dataclass(frozen=True, slots=True)
class Doing:
    """Who does it, when, and in whose name. ``source`` is the document that says so, as it is cited to the units."""

    office: Office
    actor_id: int | None
    now: datetime
    calendar: WorkCalendar
    source: str


@dataclass(slots=True)
class Done:
    """What was done: assignments by id that moved, were withdrawn, are new; who hears of it; what was left alone."""

    moved: list[int] = field(default_factory=list)
    withdrawn: list[int] = field(default_factory=list)
    new: list[int] = field(default_factory=list)
    messages: int = 0
    unreached: list[str] = field(default_factory=list)
    left: list[Assignment] = field(default_factory=list)
    approval: Approval | None = None


@dataclass(frozen=True, slots=True)
class _News:
    """One line for a unit: the sentence by name, and the deadline before."""

    item_id: int
    name: str
    before: Deadline | None = None


async def carry_out(tx: AsyncConnection, plan: Plan, doing: Doing) -> Done:
    """Change the tasks of the plan and tell the units of the assignments that changed. New duties are the caller's."""
    done = Done(left=plan.left)
    news: list[_News] = []
    for change in plan.changes:
        await _change_task(tx, change)
        if change.task.status != APPROVED:
            continue
        done.new += await _add_units(tx, change, doing)
        for item in change.withdrawn:
            await _withdraw(tx, item, doing, done, news)
        for item in change.moved:
            await _move(tx, item, change, doing, done, news)
    for entry in plan.withdrawals:
        if entry.task.status == DRAFT:
            await directives.set_task(tx, entry.task.id, status=DROPPED)
        for item in entry.withdrawn:
            await _withdraw(tx, item, doing, done, news)
    for draft_id in plan.carried:
        await directives.set_task(tx, draft_id, status=DROPPED)
    await _tell(tx, plan, doing, done, news)
    detail = {
        "changed": [change.task.code or change.task.id for change in plan.changes],
        "gone": [entry.task.code or entry.task.id for entry in plan.withdrawals],
        "moved": done.moved,
        "withdrawn": done.withdrawn,
        "new": done.new,
        "left": [item.id for item in done.left],
    }
    await work.record(
        tx,
        "directive.amended",
        actor_id=doing.actor_id,
        at=doing.now,
        directive_id=plan.original.id,
        detail=detail,
    )
    return done


async def take_over(
    tx: AsyncConnection, plan: Plan, new: DirectiveDraft, doing: Doing, *, file_sha256: str, file_name: str
) -> Done:
    """A document that came again with another content: the plan is carried out, new duties are added to the directive, and
    the new text takes the place of the old one. What is new is assigned if the directive was approved before."""
    original = plan.original
    done = await carry_out(tx, plan, doing)
    present = await directives.tasks_of(tx, original.id, [DRAFT, APPROVED, DROPPED])
    first = max((task.position for task in present), default=0) + 1
    added = await intake.add_drafts(
        tx, doing.office.id, original.id, plan.added, created_by=doing.actor_id, now=doing.now, first=first
    )
    document = new.document
    await directives.set_directive(
        tx,
        original.id,
        content_hash=fingerprint(new),
        file_sha256=file_sha256,
        file_name=file_name,
        subject=document.subject or original.subject,
        issuer=original.issuer or document.issuer,
    )
    if added and original.approved_at is not None:
        done.approval = await approve(
            tx, original.id, approver_id=doing.actor_id, now=doing.now, calendar=doing.calendar, only=added
        )
    return done


# --- tasks and assignments -------------------------------------------------------------------------------------------


async def _change_task(tx: AsyncConnection, change: TaskChange) -> None:
    after, values = change.after, dict[str, Any]()
    if "content" in change.fields:
        values.update(content=nfc(after.content))
    if "lead" in change.fields:
        values.update(lead=list(after.lead), unresolved=list(change.unsettled))
    if "cooperate" in change.fields:
        values.update(cooperate=list(after.cooperate))
    if "report" in change.fields:
        values.update(report_to=after.report_to, report_via=after.report_via, via_unit_id=change.via)
    if "deadline" in change.fields:
        undated = "product" if change.task.task_class == "dated" else change.task.task_class
        values.update(
            deadline=after.deadline,
            deadline_rule=after.rule if after.deadline else None,
            deadline_time=after.time,
            task_class="dated" if after.deadline else undated,
        )
    if "content" in change.fields or "deadline" in change.fields:
        values.update(quote=nfc(after.quote))
    await directives.set_task(tx, change.task.id, **values)


async def _add_units(tx: AsyncConnection, change: TaskChange, doing: Doing) -> list[int]:
    """The units that come to a task, also those from which it was once withdrawn; the ids of their assignments."""
    there = {item.unit_id: item for item in await work.find(tx, Scope.office(), task_id=change.task.id)}
    after = await directives.get_task(tx, change.task.id)
    values = {
        "deadline": after.deadline,
        "deadline_rule": (after.deadline_rule or ON) if after.deadline else None,
        "deadline_time": after.deadline_time,
        "assigned_at": doing.now,
    }
    rows: list[dict[str, Any]] = []
    ids: list[int] = []
    for role, unit in [*(("lead", one) for one in change.lead), *(("cooperate", one) for one in change.helping)]:
        item = there.get(unit.id)
        if item is None:
            rows.append({"task_id": after.id, "unit_id": unit.id, "role": role, "state": State.NEW.value, **values})
        elif item.state is State.WITHDRAWN:
            again = {"state": State.NEW.value, "closed_at": None, "deadline_version": item.version + 1}
            await _record(tx, item, "assignment.given_again", doing, role=role, **again, **values)
            ids.append(item.id)
        else:
            await _record(tx, item, "assignment.role", doing, role=role, deadline_version=item.version + 1)
            ids.append(item.id)
    return [*ids, *await work.add_assignments(tx, rows)]


async def _move(
    tx: AsyncConnection, item: Assignment, change: TaskChange, doing: Doing, done: Done, news: list[_News]
) -> None:
    """An open assignment of a task that reads differently: its new deadline, unless the unit was granted a later one."""
    after, before = change.after, item.deadline
    rule = (after.rule or ON) if after.deadline else None
    if "deadline" in change.fields and (item.deadline_day, item.deadline_rule, item.deadline_time) != (
        after.deadline,
        rule,
        after.time,
    ):
        if item.granted_deadline and after.deadline and item.granted_deadline > after.deadline:
            done.left.append(item)
            return
        await _record(
            tx,
            item,
            "assignment.deadline_amended",
            doing,
            deadline=after.deadline,
            deadline_rule=rule,
            deadline_time=after.time,
            granted_deadline=None,
            deadline_version=item.version + 1,
            deadline_set_at=doing.now,
        )
        done.moved.append(item.id)
        if item.task_class != "standing" or after.deadline:
            news.append(_News(item.id, "deadline" if after.deadline else "undated", before))
    elif item.task_class != "standing":
        news.extend(_News(item.id, name) for name in ("content", "report") if name in change.fields)


async def _withdraw(tx: AsyncConnection, item: Assignment, doing: Doing, done: Done, news: list[_News]) -> None:
    await submissions.close_extension(tx, item.id, at=doing.now, by=doing.actor_id)
    await _record(tx, item, "assignment.withdraw", doing, state=State.WITHDRAWN.value, closed_at=doing.now)
    done.withdrawn.append(item.id)
    news.append(_News(item.id, "withdrawn"))


async def _record(tx: AsyncConnection, item: Assignment, kind: str, doing: Doing, **values: Any) -> None:
    plain = {key: value for key, value in values.items() if not isinstance(value, datetime)}
    detail = {"source": doing.source, "was": _iso(item.deadline_day)} if "deadline" in plain else {}
    await work.change(tx, item, kind, actor_id=doing.actor_id, at=doing.now, detail=detail, **values)


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


# --- the units hear of it --------------------------------------------------------------------------------------------


async def _tell(tx: AsyncConnection, plan: Plan, doing: Doing, done: Done, news: Sequence[_News]) -> None:
    """One message a person for what changed, and the usual notice for what is new to a unit."""
    items = {item.id: item for item in await work.find(tx, Scope.office(), ids=[one.item_id for one in news])}
    reached = await reach(tx, {item.unit_id for item in items.values()})
    by_person: dict[int, list[_News]] = {}
    for one in news:
        person_id = reached.listeners[items[one.item_id].unit_id]
        if person_id is None:
            done.unreached.append(items[one.item_id].unit_name)
        else:
            by_person.setdefault(person_id, []).append(one)
    for person_id, told in by_person.items():
        t = translator((await people.get_person(tx, person_id)).language)
        text = _notice(t, plan, doing, [(one, items[one.item_id]) for one in told])
        about = tuple(dict.fromkeys(f"assignment:{one.item_id}" for one in told if one.name != "withdrawn"))
        payload = {"message": Outbound(text, about=about).to_json()}
        await outbox.enqueue(tx, outbox.queued(reached.addresses[person_id], "notice", payload, machine_now()))
    messages, unreached = await notify(tx, await work.find(tx, Scope.office(), ids=done.new)) if done.new else (0, [])
    done.messages = len(by_person) + messages
    done.unreached = sorted({*done.unreached, *unreached})


def _notice(t: Translator, plan: Plan, doing: Doing, told: Iterable[tuple[_News, Assignment]]) -> str:
    phrases = Phrases(t, doing.now.date(), doing.calendar)
    entries = list(told)
    citation = intake.citation(plan.original)
    by, reason = t("handlers.amended.by", source=doing.source), doing.source
    if doing.source == citation:  # the same document came again
        by, reason = "", t("handlers.amended.revised", citation=citation)
    units = ", ".join(sorted({item.unit_name for _, item in entries}))
    lines = [t("handlers.amended.notice", office=doing.office.name, unit=units, citation=citation, by=by)]
    for one, item in entries:
        lines.append(
            t(
                f"handlers.amended.unit_{one.name}",
                title=phrases.title(item, cited=False),
                deadline=phrases.deadline(item.deadline),
                before=phrases.written(one.before) if one.before else t("lines.undated"),
                destination=phrases.destination(item),
                source=reason,
                noun=phrases.noun(item),
            )
        )
    return "\n".join(lines)
