"""Units answer: in their own words, with a button, or with a file.

A unit saying "xong" makes chờ xác nhận, never hoàn thành; and what is not clear is asked, never closed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date

from dondoc.handlers import giahan, nop, steps, tiepnhan
from dondoc.handlers.asking import (
    ALBUM,
    FLOW,
    about_of,
    ask_if_all_sent,
    ask_if_sent,
    ask_which,
    collect_album,
    offer_answers,
)
from dondoc.handlers.context import Context, ReceivedFile
from dondoc.handlers.office_inbox import tell_office, to_office
from dondoc.handlers.targets import find_targets
from dondoc.reports.phrases import Phrases
from dondoc.rules.states import SETTLED, WAITING
from dondoc.storage import conversations
from dondoc.storage.conversations import Button, Conversation
from dondoc.storage.work import Assignment
from dondoc.vietnamese.replies import Reply, understand
from dondoc.vietnamese.reply_questions import DOCUMENT, EXTENSION, OBSTACLE, PERCENT
from dondoc.vietnamese.text import nfc
from dondoc.vietnamese.words import format_day

_UNCLEAR = "unclear"
_LONG = 500

# With a file these words hand it in; anything else ("bản ký gửi sau", "mới được 70%") makes it a part.
_WITH_A_FILE_DONE = frozenset({"hoan_thanh", "xac_nhan", "khong_lien_quan"})

# What was asked after a button, as the reader of replies calls it.
_QUESTIONS = {"sent": DOCUMENT, "working": PERCENT, "obstacle": OBSTACLE, "extension": EXTENSION}


async def answer(ctx: Context) -> bool:
    """A free message of a unit's contact, with or without files: whatever it says, it is an answer."""
    await _answer(ctx)
    return True


async def _answer(ctx: Context) -> None:
    files = await nop.usable_files(ctx)
    if ctx.files and not files and not ctx.text:
        return
    if files and await nop.continue_album(ctx, files):
        return
    reply = _understand(ctx, ctx.text)
    if ctx.files and not files and reply.intent in _WITH_A_FILE_DONE:
        return  # the words were about the file that did not come: without it nothing is handed in
    targets = await find_targets(ctx, reply)
    if len(targets.items) == 1:
        await _about(ctx, targets.items[0], reply, files)
    elif targets.items:
        await _about_many(ctx, targets.items, reply, files)
    elif targets.candidates:
        await ask_which(ctx, targets.candidates, files)
    elif files or reply.intent not in ("xac_nhan", "khong_lien_quan"):
        told = await to_office(ctx, files)
        await ctx.say("handlers.report.no_open_task" if told else "handlers.report.office_unreachable")
    else:
        await ctx.say("handlers.report.nothing_open")


def _understand(ctx: Context, text: str, deadline: date | None = None, question: str | None = None) -> Reply:
    return understand(nfc(text), ctx.now, deadline, question)


# --- one assignment --------------------------------------------------------------------------------------------------


async def _about(ctx: Context, target: Assignment, reply: Reply, files: Sequence[ReceivedFile]) -> None:
    item = await steps.fresh(ctx, target.id)
    if item is None or item.state in SETTLED:
        await ctx.say("handlers.report.settled", code=target.code)
        return
    if item.deadline is not None and ctx.text:
        reply = _understand(ctx, ctx.text, item.deadline.day)
    if files:
        # A file alone is the report; with words that say otherwise ("bản ký gửi sau") it is a part of it.
        complete = not ctx.text or reply.intent in _WITH_A_FILE_DONE
        await nop.hand_in(ctx, item, list(files), document=reply.document, complete=complete)
        return
    await _BY_INTENT[reply.intent](ctx, item, reply)


async def _finished(ctx: Context, item: Assignment, reply: Reply) -> None:
    if reply.closes and not item.nil_report:
        await nop.hand_in(ctx, item, [], document=reply.document)
        return
    # Heard from somebody else, perhaps, or a nil report.
    await ask_if_sent(ctx, item, document=reply.document)


async def _working(ctx: Context, item: Assignment, reply: Reply) -> None:
    phrases = Phrases(ctx.t, ctx.now.date(), ctx.calendar)
    if item.state in WAITING and not await steps.retract(ctx, item):
        await ctx.say("handlers.report.settled", code=item.code)
        return
    item = await steps.fresh(ctx, item.id) or item
    if not await steps.progress(ctx, item, percent=reply.percent, promised_on=reply.date):
        await ctx.say("handlers.report.not_now", code=item.code, state=phrases.state(item))
        return
    said = [ctx.t("handlers.report.working", code=item.code)]
    if reply.percent is not None:
        said.append(ctx.t("handlers.report.percent", percent=reply.percent))
    if reply.date is not None:
        said.append(ctx.t("handlers.report.promised", day=format_day(reply.date)))
    text = ctx.t("handlers.report.noted", what=", ".join(said))
    if item.deadline is not None:
        late = reply.date is not None and reply.date > item.deadline.day
        name = "handlers.report.promise_late" if late else "handlers.report.deadline"
        text += " " + ctx.t(name, deadline=phrases.deadline(item.deadline, remaining=False))
    await ctx.say_text(text, about=about_of(item))


async def _not_begun(ctx: Context, item: Assignment, reply: Reply) -> None:
    await steps.receive(ctx, item)
    deadline = Phrases(ctx.t, ctx.now.date(), ctx.calendar).deadline(item.deadline)
    await ctx.say("handlers.report.not_begun", code=item.code, deadline=deadline, about=about_of(item))


async def _wants_extension(ctx: Context, item: Assignment, reply: Reply) -> None:
    await giahan.ask(ctx, item, wanted=reply.date, reason=reply.reason)


async def _obstacle(ctx: Context, item: Assignment, reply: Reply) -> None:
    text = nfc(ctx.text)
    if not await steps.obstacle(ctx, item, text):
        await ctx.say("handlers.report.settled", code=item.code)
        return
    await tell_office(ctx, "handlers.office.obstacle", item, text)
    await ctx.say("handlers.report.obstacle", code=item.code, about=about_of(item))


async def _not_ours(ctx: Context, item: Assignment, reply: Reply) -> None:
    await tiepnhan.not_ours(ctx, item)


async def _question(ctx: Context, item: Assignment, reply: Reply) -> None:
    """The facts of the task at once, and the question to a person of the office."""
    phrases = Phrases(ctx.t, ctx.now.date(), ctx.calendar)
    text = ctx.t("handlers.report.facts", title=phrases.title(item), deadline=phrases.deadline(item.deadline))
    destination = phrases.destination(item)
    text = " ".join(filter(None, (text, destination, ctx.t("handlers.report.question_passed_on"))))
    await tell_office(ctx, "handlers.office.question", item, nfc(ctx.text))
    await ctx.say_text(text, about=about_of(item))


async def _acknowledged(ctx: Context, item: Assignment, reply: Reply) -> None:
    """ "vâng", "ok", 👍 finish nothing: at most the task is received."""
    await steps.receive(ctx, item)
    deadline = Phrases(ctx.t, ctx.now.date(), ctx.calendar).deadline(item.deadline)
    await ctx.say("handlers.report.received", code=item.code, deadline=deadline, about=about_of(item))


async def _unclear(ctx: Context, item: Assignment, reply: Reply) -> None:
    """Ask once, with the answers to choose from; what is still unclear then, or long, a person of the office reads."""
    before = await conversations.recall(ctx.tx, ctx.address, ctx.machine)
    if len(ctx.text) > _LONG or (before is not None and before.step == _UNCLEAR):
        await ctx.forget()
        told = await to_office(ctx)
        name = "handlers.report.passed_on" if told else "handlers.report.office_unreachable"
        await ctx.say(name, code=item.code, about=about_of(item))
        return
    await ctx.remember(FLOW, _UNCLEAR, {"assignment": item.id})
    await offer_answers(ctx, item, "handlers.report.unclear")


_BY_INTENT: dict[str, Callable[[Context, Assignment, Reply], Awaitable[None]]] = {
    "hoan_thanh": _finished,
    "dang_lam": _working,
    "chua_lam": _not_begun,
    "xin_gia_han": _wants_extension,
    "vuong_mac": _obstacle,
    "tra_lai": _not_ours,
    "hoi_lai": _question,
    "xac_nhan": _acknowledged,
    "khong_lien_quan": _unclear,
}


# --- several, or not yet known which ---------------------------------------------------------------------------------


async def _about_many(ctx: Context, items: Sequence[Assignment], reply: Reply, files: Sequence[ReceivedFile]) -> None:
    """ "cả 3 việc em nộp rồi": asked once with the list, then all at once. Everything else goes one by one."""
    if files or reply.intent != "hoan_thanh":
        await ask_which(ctx, items, files)
        return
    await ask_if_all_sent(ctx, items, document=reply.document)


async def _which(ctx: Context, button: Button) -> None:
    """The task was chosen: what was said before is handled as if it had been said about it."""
    if button.used_at is not None:
        await ctx.say("handlers.button_old")
        return
    item = await steps.fresh(ctx, int(button.data["assignment"]))
    if item is None:
        await ctx.say("handlers.button_foreign")
        return
    kept = dict(button.data["kept"])
    if kept["album"]:
        conversation = await conversations.recall(ctx.tx, ctx.address, ctx.machine)
        if conversation is not None and conversation.data.get("album") == kept["album"]:
            kept["files"] = conversation.data["files"]
            await ctx.forget()
    files = [ReceivedFile(name, size, sha256, media_type) for name, size, sha256, media_type in kept["files"]]
    # With the album's name, so that what is still to come of it follows.
    ctx.inbound = replace(ctx.inbound, text=kept["text"], choice=None, album=kept["album"])
    if not ctx.text and not files:
        await offer_answers(ctx, item, "handlers.report.choose")
        return
    if await nop.album_is_handed_in(ctx):
        await ctx.say("handlers.button_old")
        return
    await _about(ctx, item, _understand(ctx, ctx.text), files)


# --- buttons ---------------------------------------------------------------------------------------------------------


async def _pressed_answer(ctx: Context, button: Button) -> None:
    """One of the five answers under a reminder."""
    item = await steps.fresh(ctx, int(button.data["assignment"]))
    if item is None:
        await ctx.say("handlers.button_foreign")
        return
    if item.state in SETTLED:
        await ctx.say("handlers.report.settled", code=item.code)
        return
    chosen = str(button.data["answer"])
    if chosen == "not_ours":
        await tiepnhan.not_ours(ctx, item)
        return
    await ctx.remember(FLOW, chosen, {"assignment": item.id})
    await steps.receive(ctx, item)
    deadline = Phrases(ctx.t, ctx.now.date(), ctx.calendar).deadline(item.deadline, remaining=False)
    await ctx.say(f"handlers.report.ask.{chosen}", code=item.code, deadline=deadline, about=about_of(item))


async def _pick(ctx: Context, button: Button) -> None:
    item = await steps.fresh(ctx, int(button.data["assignment"]))
    if item is None:
        await ctx.say("handlers.button_foreign")
        return
    await offer_answers(ctx, item, "handlers.report.choose")


async def _which_of(ctx: Context, button: Button) -> None:
    items = [await steps.fresh(ctx, int(one)) for one in button.data["assignments"]]
    await ask_which(ctx, [item for item in items if item is not None], ())


async def _sent(ctx: Context, button: Button) -> None:
    """The unit confirms that it has sent these."""
    if button.used_at is not None:
        await ctx.say("handlers.button_old")
        return
    for one in button.data["assignments"]:
        item = await steps.fresh(ctx, int(one))
        if item is None:
            await ctx.say("handlers.button_foreign")
        else:
            await nop.hand_in(ctx, item, [], document=button.data.get("document"))


# --- the step after a button -----------------------------------------------------------------------------------------


async def _continue(ctx: Context, conversation: Conversation) -> bool:
    """The answer to what was asked after a button. False hands the message on, when it says something else."""
    if conversation.step == _UNCLEAR:
        return False  # it only remembers that something was unclear before
    if conversation.step == ALBUM:
        return await collect_album(ctx, conversation)
    item = await steps.fresh(ctx, int(conversation.data["assignment"]))
    await ctx.forget()
    if item is None or item.state in SETTLED:
        return False
    files = await nop.usable_files(ctx)
    question = _QUESTIONS.get(conversation.step)
    reply = _understand(ctx, ctx.text, item.deadline.day if item.deadline else None, question)
    if reply.codes and item.code not in reply.codes:
        return False
    step = conversation.step
    if files:
        await nop.hand_in(
            ctx, item, files, document=reply.document, complete=not ctx.text or reply.intent in _WITH_A_FILE_DONE
        )
    elif ctx.files:
        await ctx.remember(FLOW, step, conversation.data)
    elif step == "sent":
        await _evidence(ctx, item, reply)
    elif step == "working" and (reply.percent is not None or reply.date is not None):
        await _working(ctx, item, reply)
    elif step == "obstacle":
        await _obstacle(ctx, item, reply)
    elif step == "extension":
        await giahan.ask(ctx, item, wanted=reply.date, reason=reply.reason or nfc(ctx.text))
    else:
        await _BY_INTENT[reply.intent](ctx, item, reply)
    return True


async def _evidence(ctx: Context, item: Assignment, reply: Reply) -> None:
    """After "Đã gửi": the document's number, or words that say it is done. A button and a "vâng" finish nothing."""
    words = nfc(ctx.text)[:200] or None
    if reply.intent == "hoan_thanh" and reply.closes:
        await nop.hand_in(ctx, item, [], document=reply.document or words)
    elif reply.intent in ("hoan_thanh", "khong_lien_quan"):
        await ask_if_sent(ctx, item, document=reply.document or words)
    elif reply.intent == "xac_nhan":
        await ctx.remember(FLOW, "sent", {"assignment": item.id})
        await ctx.say("handlers.report.ask.sent", code=item.code, about=about_of(item))
    else:
        await _BY_INTENT[reply.intent](ctx, item, reply)


ACTIONS = {
    "answer": _pressed_answer,
    "pick": _pick,
    "which": _which,
    "which_of": _which_of,
    "sent": _sent,
}
FLOWS = {FLOW: _continue}
