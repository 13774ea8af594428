"""Extensions: asked with a day and a reason before the deadline, decided by those who may; the old deadline keeps running."""

from __future__ import annotations

from datetime import date
from typing import Any

from dondoc.handlers import steps
from dondoc.handlers.context import Context
from dondoc.handlers.office_inbox import tell_office
from dondoc.reports.phrases import Phrases
from dondoc.rules.deadlines import ON, Deadline, last_day
from dondoc.rules.roles import Right, Role
from dondoc.rules.states import OWING
from dondoc.storage import people, submissions, work
from dondoc.storage.conversations import Button, Conversation
from dondoc.storage.submissions import Extension
from dondoc.storage.work import Assignment
from dondoc.vietnamese.replies import understand
from dondoc.vietnamese.reply_questions import EXTENSION
from dondoc.vietnamese.text import nfc
from dondoc.vietnamese.words import count, format_date, format_day

FLOW = "giahan"
_PAGE = 5


async def ask(ctx: Context, item: Assignment, *, wanted: date | None, reason: str | None) -> None:
    """A unit asks for a later deadline. What is missing is asked for, one thing at a time."""
    phrases = Phrases(ctx.t, ctx.now.date(), ctx.calendar)
    if item.state not in OWING:
        await ctx.say("handlers.report.not_now", code=item.code, state=phrases.state(item))
        return
    if item.deadline is None:
        await ctx.say("handlers.extension.undated", code=item.code)
        return
    if ctx.now.date() > last_day(item.deadline, ctx.calendar):
        # After the deadline it is an explanation (giải trình), not an extension.
        await steps.obstacle(ctx, item, nfc(ctx.text))
        await tell_office(ctx, "handlers.office.explanation", item, nfc(ctx.text))
        await ctx.say("handlers.extension.too_late", code=item.code, about=[f"assignment:{item.id}"])
        return
    reason = (reason or "").strip()
    kept = {"assignment": item.id, "wanted": wanted.isoformat() if wanted else None, "reason": reason}
    if wanted is None:
        await ctx.remember(FLOW, "date", kept)
        await ctx.say("handlers.extension.which_day", code=item.code, deadline=phrases.written(item.deadline))
        return
    if wanted <= item.deadline.day:
        await ctx.remember(FLOW, "date", {**kept, "wanted": None})
        await ctx.say("handlers.extension.not_later", code=item.code, deadline=phrases.written(item.deadline))
        return
    if not reason:
        await ctx.remember(FLOW, "reason", kept)
        await ctx.say("handlers.extension.which_reason", code=item.code, day=format_day(wanted))
        return
    await ctx.forget()
    extension_id = await submissions.ask_extension(
        ctx.tx, item.id, asked_by=ctx.me.id, asked_at=ctx.now, wanted=wanted, reason=reason
    )
    await ctx.say(
        "handlers.extension.noted",
        code=item.code,
        day=format_day(wanted),
        reason=reason,
        deadline=phrases.written(item.deadline),
        about=[f"assignment:{item.id}"],
    )
    for person_id in await people.with_right(ctx.tx, ctx.office.id, Right.DECIDE, [item.unit_id]):
        await ctx.tell(
            person_id,
            lambda t: t(
                "handlers.extension.to_decide",
                unit=item.unit_name,
                title=Phrases(t, ctx.now.date(), ctx.calendar).title(item),
                deadline=Phrases(t, ctx.now.date(), ctx.calendar).written(item.deadline) if item.deadline else "",
                day=format_day(wanted),
                reason=reason,
            ),
            choices=_decisions(extension_id, wanted),
            about=[f"extension:{extension_id}"],
        )


def _decisions(extension_id: int, wanted: date) -> list[tuple[str, str, dict[str, Any]]]:
    # The day belongs to the button: what is granted is what was shown.
    data = {"extension": extension_id, "wanted": wanted.isoformat()}
    return [
        ("extension_grant", "handlers.extension.grant", data),
        ("extension_other", "handlers.extension.other_day", data),
        ("extension_refuse", "handlers.extension.refuse", data),
    ]


async def queue(ctx: Context) -> None:
    """/giahan: the requests that wait for a decision."""
    extensions = await submissions.pending_extensions(ctx.tx)
    asked = await work.find(ctx.tx, ctx.scope, ids=[extension.assignment_id for extension in extensions])
    # Of what the asker sees, what they may also decide.
    by_id = {item.id: item for item in asked if ctx.scope.may(Right.DECIDE, [item.unit_id])}
    pending = [extension for extension in extensions if extension.assignment_id in by_id]
    if not pending:
        await ctx.say("handlers.extension.none")
        return
    await ctx.say("handlers.extension.head", number=count(len(pending)))
    for extension in pending[:_PAGE]:
        item = by_id[extension.assignment_id]
        if item.deadline is not None:
            await _show(ctx, extension, item, item.deadline)
    if len(pending) > _PAGE:
        await ctx.say("handlers.extension.more", number=count(len(pending) - _PAGE))


async def _show(ctx: Context, extension: Extension, item: Assignment, deadline: Deadline) -> None:
    phrases = Phrases(ctx.t, ctx.now.date(), ctx.calendar)
    decisions = _decisions(extension.id, extension.wanted)
    await ctx.say(
        "handlers.extension.to_decide",
        unit=item.unit_name,
        title=phrases.title(item),
        deadline=phrases.written(deadline),
        day=format_day(extension.wanted),
        reason=extension.reason,
        choices=[[await ctx.button(action, data, ctx.t(label))] for action, label, data in decisions],
    )


async def _grant(ctx: Context, button: Button) -> None:
    found = await _open(ctx, button)
    if found is not None and await _is_possible(ctx, found[1], found[0].wanted):
        await _decide(ctx, *found, found[0].wanted)


async def _refuse(ctx: Context, button: Button) -> None:
    found = await _open(ctx, button)
    if found is not None:
        await _decide(ctx, *found, None)


async def _other_day(ctx: Context, button: Button) -> None:
    found = await _open(ctx, button)
    if found is not None:
        await ctx.remember(FLOW, "grant", {"extension": found[0].id})
        await ctx.say("handlers.extension.until_when", code=found[1].code)


async def _open(ctx: Context, button: Button) -> tuple[Extension, Assignment] | None:
    """The request behind a button, if it still waits and the presser may decide it."""
    extension = await submissions.get_extension(ctx.tx, int(button.data["extension"]), lock=True)
    item = await steps.fresh(ctx, extension.assignment_id) if extension else None
    if extension is None or item is None or extension.status != "pending" or item.deadline is None:
        await ctx.say("handlers.extension.decided_before")
        return None
    if button.data["wanted"] != extension.wanted.isoformat():
        await ctx.say("handlers.extension.changed")
        await _show(ctx, extension, item, item.deadline)
        return None
    return extension, item


async def _is_possible(ctx: Context, item: Assignment, day: date) -> bool:
    """Whether a deadline can be granted until a day; if not, it is said why."""
    if day < ctx.now.date():
        await ctx.say("handlers.date_past", day=format_date(day))
        return False
    if item.deadline is not None and day <= item.deadline.day:
        deadline = Phrases(ctx.t, ctx.now.date(), ctx.calendar).written(item.deadline)
        await ctx.say("handlers.extension.not_later", code=item.code, deadline=deadline)
        return False
    return True


async def _decide(ctx: Context, extension: Extension, item: Assignment, granted: date | None) -> None:
    await submissions.decide_extension(ctx.tx, extension.id, granted=granted, decided_by=ctx.me.id, decided_at=ctx.now)
    phrases = Phrases(ctx.t, ctx.now.date(), ctx.calendar)
    by = _decider(ctx)
    written = phrases.written(item.deadline) if item.deadline else ""
    if granted is None:
        told = {"code": item.code, "by": by, "deadline": written, "noun": phrases.noun(item)}
        name = "handlers.extension.refused"
    else:
        await steps.move_deadline(ctx, item, Deadline(granted, ON))
        told = {
            "code": item.code,
            "by": by,
            "day": format_date(granted),
            "weekday": format_day(granted).partition(",")[0],
            "time": str(item.extensions + 1),
            "deadline": written,
        }
        name = "handlers.extension.granted"
    if extension.asked_by is not None:
        await ctx.tell(extension.asked_by, lambda t: t(name, **told), about=[f"assignment:{item.id}"])
    done = "handlers.extension.refused_done" if granted is None else "handlers.extension.granted_done"
    day = format_day(granted) if granted else ""
    await ctx.say(done, code=item.code, unit=item.unit_name, day=day)


def _decider(ctx: Context) -> str:
    """Đồng chí Chủ tịch …: the decision is a person's, under their title."""
    who = ctx.me.title or ctx.me.name
    return f"{ctx.t('handlers.comrade_capital')} {who}" if Role.LEADER in ctx.me.roles else who or ctx.office.name


async def _continue(ctx: Context, conversation: Conversation) -> bool:
    if conversation.step == "grant":
        return await _grant_day(ctx, conversation)
    item = await steps.fresh(ctx, int(conversation.data["assignment"]))
    if item is None or ctx.files:
        return False
    reply = understand(nfc(ctx.text), ctx.now, item.deadline.day if item.deadline else None, EXTENSION)
    if reply.closes:
        await ctx.forget()
        return False
    wanted = reply.date or (date.fromisoformat(conversation.data["wanted"]) if conversation.data["wanted"] else None)
    reason = conversation.data["reason"]
    if conversation.step == "reason":
        reason = nfc(ctx.text)
    elif reply.reason:
        reason = reply.reason
    await ask(ctx, item, wanted=wanted, reason=reason)
    return True


async def _grant_day(ctx: Context, conversation: Conversation) -> bool:
    reply = understand(nfc(ctx.text), ctx.now, None, EXTENSION)
    if reply.date is None:
        await ctx.say("handlers.extension.no_day")
        return True
    extension = await submissions.get_extension(ctx.tx, int(conversation.data["extension"]), lock=True)
    item = await steps.fresh(ctx, extension.assignment_id) if extension else None
    await ctx.forget()
    if extension is None or item is None or extension.status != "pending":
        await ctx.say("handlers.extension.decided_before")
        return True
    if not await _is_possible(ctx, item, reply.date):
        await ctx.remember(FLOW, "grant", conversation.data)
        return True
    await _decide(ctx, extension, item, reply.date)
    return True


ACTIONS = {"extension_grant": _grant, "extension_other": _other_day, "extension_refuse": _refuse}
FLOWS = {FLOW: _continue}
