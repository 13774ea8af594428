"""Staff check what came in: see, open, confirm, or return it with a reason and a day; and enter what came on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time

from dondoc.chat.messages import Attachment
from dondoc.handlers import steps
from dondoc.handlers.context import Context
from dondoc.handlers.paper_line import PaperLine, read_paper_line
from dondoc.locales import Translator
from dondoc.reports.phrases import Phrases
from dondoc.rules.deadlines import ON, Deadline
from dondoc.rules.states import Demand, Result, State
from dondoc.storage import offices, registry, submissions, work
from dondoc.storage.conversations import Button, Conversation
from dondoc.storage.submissions import Submission
from dondoc.storage.work import Assignment
from dondoc.vietnamese.deadlines import find_deadlines
from dondoc.vietnamese.text import nfc
from dondoc.vietnamese.words import count, format_date, format_hour

FLOW = "duyet"
_PAGE = 5
# A supplement without a day of its own is wanted within two working days.
_SUPPLEMENT_DAYS = 2


async def queue(ctx: Context) -> None:
    """/duyet: what waits for the office, oldest first, one message each with its files and buttons."""
    waiting = await work.find(ctx.tx, ctx.scope, role="lead", condition=work.waiting_condition())
    waiting.sort(key=lambda item: (item.submitted_at or item.assigned_at, item.id))
    declined = await work.find(ctx.tx, ctx.scope, role="lead", states=[State.DECLINED])
    for item in declined[:_PAGE]:
        await _show_declined(ctx, item)
    if not waiting and declined:
        return
    if not waiting:
        await ctx.say("handlers.check.none")
        return
    await ctx.say("handlers.check.head", number=count(len(waiting)))
    for item in waiting[:_PAGE]:
        await _show(ctx, item)
    if len(waiting) > _PAGE:
        more = await ctx.button("duyet", {}, ctx.t("handlers.check.refresh"))
        await ctx.say("handlers.check.more", number=count(len(waiting) - _PAGE), choices=[[more]])


async def _show_declined(ctx: Context, item: Assignment) -> None:
    """A request to be reassigned: pending and unchased until staff decide here."""
    data = {"assignment": item.id}
    buttons = [
        [await ctx.button("keep", data, ctx.t("handlers.check.keep"))],
        [await ctx.button("withdraw", data, ctx.t("handlers.check.withdraw"))],
    ]
    title = Phrases(ctx.t, ctx.now.date(), ctx.calendar).title(item)
    await ctx.say("handlers.check.declined", unit=item.unit_name, title=title, choices=buttons)


async def _keep(ctx: Context, button: Button) -> None:
    item = await _declined(ctx, button)
    if item is not None and await steps.keep(ctx, item):
        await ctx.say("handlers.check.kept", code=item.code, unit=item.unit_name)
        await _tell_unit(ctx, item, lambda t: _decided_text(ctx, t, item, "handlers.check.unit_kept"))


async def _withdraw(ctx: Context, button: Button) -> None:
    item = await _declined(ctx, button)
    if item is not None and await steps.withdraw(ctx, item):
        await ctx.say("handlers.check.withdrawn", code=item.code, unit=item.unit_name)
        await _tell_unit(ctx, item, lambda t: _decided_text(ctx, t, item, "handlers.check.unit_withdrawn"))


async def _declined(ctx: Context, button: Button) -> Assignment | None:
    item = await steps.fresh(ctx, int(button.data["assignment"]))
    if item is None or item.state is not State.DECLINED:
        await ctx.say("handlers.button_old")
        return None
    return item


def _decided_text(ctx: Context, t: Translator, item: Assignment, name: str) -> str:
    phrases = Phrases(t, ctx.now.date(), ctx.calendar)
    return t(
        name,
        office=ctx.office.name,
        unit=item.unit_name,
        title=phrases.title(item, cited=False),
        deadline=phrases.deadline(item.deadline),
    )


async def _show(ctx: Context, item: Assignment) -> None:
    """Everything that the unit handed in since the office last judged it."""
    handed_in = await submissions.open_submissions(ctx.tx, item.id)
    phrases = Phrases(ctx.t, ctx.now.date(), ctx.calendar)
    submitted = (item.submitted_at or item.assigned_at).astimezone(ctx.now.tzinfo)
    text = ctx.t(
        "handlers.check.item",
        unit=item.unit_name,
        title=phrases.title(item),
        deadline=phrases.written(item.deadline) if item.deadline else phrases.deadline(None),
        hour=format_hour(submitted),
        date=format_date(submitted.date()),
        evidence=" ".join(_evidence(ctx.t, one) for one in handed_in),
    )
    data = {"assignment": item.id, "submission": handed_in[-1].id if handed_in else None}
    buttons = [
        [await ctx.button("confirm", data, ctx.t("handlers.check.confirm"))],
        [
            await ctx.button("supplement", data, ctx.t("handlers.check.supplement")),
            await ctx.button("redo", data, ctx.t("handlers.check.redo")),
        ],
    ]
    files = _attachments(handed_in)
    await ctx.say_text(text, choices=buttons, about=[f"assignment:{item.id}"], attachments=files[:1])
    for extra in files[1:]:
        await ctx.say_text(extra.name, attachments=[extra])


def _attachments(handed_in: Sequence[Submission]) -> list[Attachment]:
    files = {file.sha256: file for submission in handed_in for file in submission.files}
    return [Attachment(file.name, file.size, file.media_type, sha256=file.sha256) for file in files.values()]


def _evidence(t: Translator, submission: Submission) -> str:
    if submission.files:
        return t("handlers.check.files", files=", ".join(file.name for file in submission.files), code=submission.code)
    if submission.document:
        return t("handlers.check.document", document=submission.document, code=submission.code)
    return t("handlers.check.words_only", code=submission.code)


async def _confirm(ctx: Context, button: Button) -> None:
    item = await _open(ctx, button)
    if item is not None:
        await confirm(ctx, item)


async def confirm(ctx: Context, item: Assignment) -> None:
    """hoàn thành, and the unit hears of it at once."""
    done = await steps.confirm(ctx, item)
    if done is None:
        await ctx.say("handlers.button_old")
        return
    phrases = Phrases(ctx.t, ctx.now.date(), ctx.calendar)
    await ctx.say("handlers.check.confirmed", code=done.code, unit=done.unit_name, result=phrases.state(done))
    await _tell_unit(ctx, done, lambda t: _confirmed_text(ctx, t, done))


def _confirmed_text(ctx: Context, t: Translator, item: Assignment) -> str:
    phrases = Phrases(t, ctx.now.date(), ctx.calendar)
    thanks = t("handlers.check.thanks") if item.result != Result.LATE else ""
    return t(
        "handlers.check.unit_confirmed",
        office=ctx.office.name,
        unit=item.unit_name,
        title=phrases.title(item, cited=False),
        result=phrases.state(item),
        thanks=thanks,
    ).strip()


async def _supplement(ctx: Context, button: Button) -> None:
    await _ask_reason(ctx, button, Demand.SUPPLEMENT)


async def _redo(ctx: Context, button: Button) -> None:
    await _ask_reason(ctx, button, Demand.REDO)


async def _ask_reason(ctx: Context, button: Button, demand: Demand) -> None:
    item = await _open(ctx, button)
    if item is None:
        return
    await ctx.remember(FLOW, demand.value, {"assignment": item.id})
    await ctx.say(f"handlers.check.ask_{demand.value}", code=item.code, unit=item.unit_name)


async def _continue(ctx: Context, conversation: Conversation) -> bool:
    """The reason and the day: "thiếu phụ lục 2, gửi lại chậm nhất 2/7"."""
    if ctx.files:
        return False
    item = await steps.fresh(ctx, int(conversation.data["assignment"]))
    demand = Demand(conversation.step)
    if item is None:
        return False
    if not ctx.text:
        await ctx.say(f"handlers.check.ask_{demand.value}", code=item.code, unit=item.unit_name)
        return True
    due, reason = read_reason(nfc(ctx.text), ctx.now.date())
    if due is not None and due < ctx.now.date():
        await ctx.say("handlers.date_past", day=format_date(due))
        return True
    if due is None and (demand is Demand.SUPPLEMENT or item.deadline is None or item.deadline.day < ctx.now.date()):
        due = ctx.calendar.after(ctx.now.date(), _SUPPLEMENT_DAYS)
    await ctx.forget()
    if not await steps.hand_back(ctx, item, demand, reason=reason, due=due):
        await ctx.say("handlers.button_old")
        return True
    wanted = Deadline(due, ON) if due else item.deadline
    by = Phrases(ctx.t, ctx.now.date(), ctx.calendar).written(wanted) if wanted else ""
    await ctx.say(f"handlers.check.{demand.value}_done", code=item.code, unit=item.unit_name, reason=reason, by=by)
    first = item.first_submitted_at or item.submitted_at
    await _tell_unit(ctx, item, lambda t: _returned_text(ctx, t, item, demand, reason, due, first))
    return True


def read_reason(text: str, today: date) -> tuple[date | None, str]:
    """The day in a reason, if it gives one, and the reason without the words of the day."""
    phrases = [phrase for phrase in find_deadlines(text, today, colloquial=True) if phrase.day is not None]
    if not phrases:
        return None, text.strip(" .")
    last = phrases[-1]
    reason = (text[: last.start] + text[last.end :]).strip(" ,.;")
    for tail in (", gửi lại", ", nộp lại", " gửi lại", " nộp lại", ", gửi", ", hạn"):
        reason = reason.removesuffix(tail)
    return last.day, reason.strip(" ,.;") or text.strip()


def _returned_text(
    ctx: Context,
    t: Translator,
    item: Assignment,
    demand: Demand,
    reason: str,
    due: date | None,
    first: datetime | None,
) -> str:
    phrases = Phrases(t, ctx.now.date(), ctx.calendar)
    deadline = Deadline(due, ON) if due else item.deadline
    by = phrases.written(deadline) if deadline else ""
    when = format_date(first.astimezone(ctx.now.tzinfo).date()) if first else ""
    return t(
        f"handlers.check.unit_{demand.value}",
        office=ctx.office.name,
        unit=item.unit_name,
        title=phrases.title(item, cited=False),
        reason=reason,
        by=by,
        first=when,
    )


async def _tell_unit(ctx: Context, item: Assignment, make: Callable[[Translator], str]) -> None:
    """To the person who handed it in, or else to the unit's first contact who can be reached."""
    last = await submissions.last_submission(ctx.tx, item.id)
    contacts = [contact.person_id for contact in await registry.contacts_of(ctx.tx, [item.unit_id])]
    if last is not None and last.person_id in contacts:
        contacts.insert(0, last.person_id)
    for person_id in contacts:
        if await ctx.tell(person_id, make, about=[f"assignment:{item.id}"]):
            return


async def _open(ctx: Context, button: Button) -> Assignment | None:
    """The assignment behind a button, if it still waits for the office."""
    item = await steps.fresh(ctx, int(button.data["assignment"]))
    if item is None or item.state not in (State.AWAITING_CONFIRMATION, State.AWAITING_ISSUE):
        await ctx.say("handlers.check.not_waiting")
        return None
    handed_in = await submissions.open_submissions(ctx.tx, item.id)
    if "submission" in button.data and handed_in and handed_in[-1].id != button.data["submission"]:
        # A newer version came since: nobody confirms what they have not seen.
        await ctx.say("handlers.check.newer")
        await _show(ctx, item)
        return None
    return item


async def _refresh(ctx: Context, button: Button) -> None:
    await queue(ctx)


async def one_line(ctx: Context) -> bool:
    """What came on paper or by the document system: "TH Bình Chánh nộp NV-012 số 45 ngày 26/6"."""
    if ctx.files:
        return False
    units = await registry.registry(ctx.tx)
    line = read_paper_line(nfc(ctx.text), units, ctx.now)
    if line is None:
        return False
    items = await work.find(ctx.tx, ctx.scope, code=line.code, unit_id=line.unit.id, role="lead")
    item = await steps.fresh(ctx, items[0].id) if items else None
    if item is None:
        await ctx.say("handlers.paper.not_assigned", code=line.code, unit=line.unit.name)
    elif line.arrived > ctx.now.date():
        await ctx.say("handlers.date_past_future", day=format_date(line.arrived))
    else:
        await _enter_paper(ctx, item, line)
    return True


async def _enter_paper(ctx: Context, item: Assignment, line: PaperLine) -> None:
    # Judged by its arrival: the day that staff give, at the end of office hours when they give no hour.
    arrived = datetime.combine(line.arrived, time(17, 0), tzinfo=ctx.now.tzinfo)
    arrived = min(arrived, ctx.now)
    submission = await steps.submit(ctx, item, way="paper", document=line.document, arrived_at=arrived)
    if submission is None:
        await ctx.say("handlers.report.settled", code=item.code)
        return
    data = {"assignment": item.id, "submission": submission.id}
    yes = await ctx.button("confirm", data, ctx.t("handlers.check.confirm"))
    await ctx.say(
        "handlers.paper.entered",
        code=item.code,
        unit=item.unit_name,
        document=line.document or "–",
        date=format_date(line.arrived),
        choices=[[yes]],
    )


async def _hold_digest(ctx: Context, button: Button) -> None:
    """Hold this morning's digest."""
    await offices.set_setting(ctx.tx, ctx.office.id, offices.DIGEST_HELD, button.data["day"])
    await ctx.say("handlers.digest_held")


ACTIONS = {
    "duyet": _refresh,
    "confirm": _confirm,
    "supplement": _supplement,
    "redo": _redo,
    "keep": _keep,
    "withdraw": _withdraw,
    "hold_digest": _hold_digest,
}
FLOWS = {FLOW: _continue}
