"""/giaoviec: one line of staff, or one answer after another, becomes a draft; one tap or word gives it, once.

The draft is a row of its own, so a restart, another command or a file in between loses nothing: /giaoviec takes it up again.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from dondoc.handlers.context import Context
from dondoc.handlers.invitations import announce
from dondoc.handlers.order import Order, OrderFile
from dondoc.handlers.order_answers import ANSWERS, of_party, order_from, put
from dondoc.handlers.order_edits import Trouble, carry_out
from dondoc.handlers.order_files import files_of
from dondoc.handlers.order_questions import FLOW, is_past, next_question, reference
from dondoc.handlers.orders import give
from dondoc.storage import order_drafts, outbox, registry
from dondoc.storage.conversations import Button, Conversation
from dondoc.storage.order_drafts import ANNOUNCED, DROPPED, GIVEN, OPEN, OrderDraft
from dondoc.vietnamese.reply_details import codes_in
from dondoc.vietnamese.text import fold, nfc, shorten

# A draft that was left is offered again within this time.
_KEPT = timedelta(days=3)
_LEAVE = re.compile(
    r"(?:thoi|huy|huy bo|bo|dung|dung lai|thoi khong giao nua|khong giao nua|thoi khong can|huy giao viec|thoat|bo du thao)"
    r"(?: (?:nhe|a|nha|di))?"
)
_ATTACHED = re.compile(r"\b(?:kem|dinh kem|gui kem)\b")


async def start(ctx: Context) -> None:
    """/giaoviec with the line behind it, or alone: then step by step, or on with the draft that was left."""
    files = await files_of(ctx)
    if ctx.argument:
        await _read(ctx, ctx.argument, files)
        return
    left = await order_drafts.open_of(ctx.tx, ctx.me.id, ctx.machine - _KEPT)
    if left is not None and not files and _is_begun(Order.from_json(left.data)):
        await _offer(ctx, left)
        return
    await _begin(ctx, files)


def _is_begun(order: Order) -> bool:
    return bool(order.content or order.lead or order.candidates or order.doubtful)


async def _offer(ctx: Context, left: OrderDraft) -> None:
    """Whether to go on with the draft that was left."""
    order = Order.from_json(left.data)
    kept = reference(left, order)
    go_on = await ctx.button("assign_draft", {**kept, "set": {}}, ctx.t("handlers.assign.go_on"))
    anew = await ctx.button("assign_drop", {**kept, "anew": True}, ctx.t("handlers.assign.anew"))
    await ctx.say("handlers.assign.left", content=shorten(order.content or order.quote, 120), choices=[[go_on], [anew]])


async def _begin(ctx: Context, files: tuple[OrderFile, ...]) -> None:
    order = Order(files=files)
    draft = await order_drafts.create(ctx.tx, ctx.me.id, order.to_json(), ctx.machine)
    await ctx.remember(FLOW, "line", reference(draft, order, album=ctx.inbound.album))
    await ctx.say("handlers.assign.ask_line")


async def _read(ctx: Context, line: str, files: tuple[OrderFile, ...]) -> None:
    order = replace(await order_from(ctx, line), files=files)
    draft = await order_drafts.create(ctx.tx, ctx.me.id, order.to_json(), ctx.machine)
    await next_question(ctx, draft)


# --- what is typed while a draft is open ---------------------------------------------------------------------------------


async def _continue(ctx: Context, conversation: Conversation) -> bool:
    """The answer to what was asked, a change of the draft, or something else altogether: then the draft waits."""
    draft = await order_drafts.get(ctx.tx, int(conversation.data["order"]))
    if draft is None or draft.status != OPEN or draft.person_id != ctx.me.id:
        await ctx.forget()
        return False
    if ctx.files:
        return await _more_files(ctx, conversation, draft)
    if await _is_something_else(ctx):
        return False
    if not ctx.text:
        await ctx.say("handlers.assign.text_only")
        return True
    text = nfc(ctx.text)
    if _LEAVE.fullmatch(fold(text).strip(" .!,")):
        await _leave(ctx, draft)
        return True
    return await _STEPS[conversation.step](ctx, draft, text)


async def _is_something_else(ctx: Context) -> bool:
    """A task's code, or an answer to a message that speaks of one."""
    if codes_in(ctx.text):
        return True
    if ctx.inbound.reply_to is None:
        return False
    to = ctx.address
    ours = await outbox.find_sent(ctx.tx, to.channel, to.account, to.chat_id, ctx.inbound.reply_to)
    return bool(ours and ours.payload.get("message", {}).get("about"))


async def _more_files(ctx: Context, conversation: Conversation, draft: OrderDraft) -> bool:
    """Files of the command's album, those that were asked for, and those that come with "kèm …"."""
    of_album = ctx.inbound.album is not None and ctx.inbound.album == conversation.data.get("album")
    if not (of_album or conversation.step == "files" or _ATTACHED.search(fold(ctx.text))):
        return False
    order = Order.from_json(draft.data)
    more = await files_of(ctx)
    if not more:
        return True
    order = replace(order, files=tuple(dict.fromkeys((*order.files, *more))))
    if of_album or (ctx.inbound.album and conversation.step != "files"):
        # The draft was shown with the first of them; the others are told in a line each.
        changed = await order_drafts.change(ctx.tx, draft, order.to_json(), ctx.machine)
        kept = reference(changed, order, album=ctx.inbound.album)
        await ctx.remember(FLOW, conversation.step, kept)
        names = ", ".join(file.name for file in more)
        again = await ctx.button("assign_draft", {**kept, "set": {}}, ctx.t("handlers.assign.show_again"))
        await ctx.say("handlers.assign.attached", files=names, choices=[[again]])
        return True
    await put(ctx, draft, order)
    return True


async def _edit(ctx: Context, draft: OrderDraft, text: str) -> bool:
    """Changes of the draft in words; what is none of them belongs to somebody else."""
    order = Order.from_json(draft.data)
    units = await registry.registry(ctx.tx)
    try:
        changed = carry_out(text, order, units, ctx.now.date(), of_party=of_party(ctx))
    except Trouble as trouble:
        await ctx.say(trouble.name, name=trouble.what, what=trouble.what)
        return True
    if changed is None:
        return False
    if changed.order != order:
        draft = await order_drafts.change(ctx.tx, draft, changed.order.to_json(), ctx.machine)
    if changed.wish == "undo":
        await _undo(ctx, draft)
    elif changed.wish == "drop":
        await _leave(ctx, draft)
    elif changed.wish == "approve":
        await _carry_out(ctx, draft)
    elif changed.wish in ("help", "next"):
        await ctx.say("handlers.assign.edit_help")
    else:
        await next_question(ctx, draft)
    return True


async def _undo(ctx: Context, draft: OrderDraft) -> None:
    back = await order_drafts.step_back(ctx.tx, draft, ctx.machine)
    if back is None:
        await ctx.say("handlers.assign.nothing_to_undo")
    else:
        await next_question(ctx, back)


async def _leave(ctx: Context, draft: OrderDraft) -> None:
    """Give the draft up; a tap brings it back."""
    await order_drafts.settle(ctx.tx, draft, DROPPED, ctx.machine)
    await ctx.forget()
    again = await ctx.button("assign_restore", {"order": draft.id}, ctx.t("handlers.assign.restore"))
    await ctx.say("handlers.assign.dropped", choices=[[again]])


_STEPS: dict[str, Callable[[Context, OrderDraft, str], Awaitable[bool]]] = {
    **ANSWERS,
    "files": _edit,
    "draft": _edit,
}


# --- buttons -------------------------------------------------------------------------------------------------------------


async def _current(ctx: Context, button: Button) -> OrderDraft | None:
    """The draft that a button is about, if it still stands as it did when the button was shown; else the person is told."""
    draft = await order_drafts.get(ctx.tx, int(button.data["order"]))
    if draft is None or draft.status != OPEN:
        await ctx.say("handlers.button_old")
        return None
    if draft.version != button.data["version"]:
        await ctx.say("handlers.assign.changed_since")
        await next_question(ctx, draft)
        return None
    return draft


async def _set(ctx: Context, button: Button) -> None:
    """A choice: it sets what was asked about."""
    draft = await _current(ctx, button)
    if draft is None:
        return
    changes: dict[str, Any] = button.data["set"]
    if not changes:
        await next_question(ctx, draft)
        return
    await put(ctx, draft, Order.from_json({**draft.data, **changes}))


async def _ask(ctx: Context, button: Button) -> None:
    """What is to be changed: the deadline, the period, the files."""
    draft = await _current(ctx, button)
    if draft is not None:
        step = str(button.data["step"])
        await ctx.remember(FLOW, step, reference(draft, Order.from_json(draft.data)))
        await ctx.say(f"handlers.assign.ask_{step}")


async def _drop(ctx: Context, button: Button) -> None:
    draft = await order_drafts.get(ctx.tx, int(button.data["order"]))
    if draft is None or draft.status != OPEN:
        await ctx.say("handlers.button_old")
    elif button.data.get("anew"):
        await order_drafts.settle(ctx.tx, draft, DROPPED, ctx.machine)
        await _begin(ctx, ())
    else:
        await _leave(ctx, draft)


async def _restore(ctx: Context, button: Button) -> None:
    draft = await order_drafts.get(ctx.tx, int(button.data["order"]))
    if draft is None or draft.status != DROPPED:
        await ctx.say("handlers.button_old")
        return
    await order_drafts.settle(ctx.tx, draft, OPEN, ctx.machine)
    await next_question(ctx, replace(draft, status=OPEN))


async def _give(ctx: Context, button: Button) -> None:
    draft = await _current(ctx, button)
    if draft is not None:
        await _carry_out(ctx, draft)


async def _carry_out(ctx: Context, draft: OrderDraft) -> None:
    """Give the order of the draft, or send the invitation: once, whatever is pressed and typed."""
    order = Order.from_json(draft.data)
    if not order.lead or not order.content or order.candidates or order.doubtful:
        await next_question(ctx, draft)
        return
    if order.invites:
        await order_drafts.settle(ctx.tx, draft, ANNOUNCED, ctx.machine)
        await ctx.forget()
        await announce(ctx, order)
    elif (
        order.days
        or (order.deadline is None and not order.undated)
        or (order.deadline and is_past(ctx, order.deadline))
    ):
        await next_question(ctx, draft)
        return
    else:
        await order_drafts.settle(ctx.tx, draft, GIVEN, ctx.machine)
        await ctx.forget()
        await give(ctx, order)
    if order.rest:
        await _read(ctx, order.rest, ())


ACTIONS = {
    "assign_draft": _set,
    "assign_ask": _ask,
    "assign_drop": _drop,
    "assign_restore": _restore,
    "assign_give": _give,
    "assign_announce": _give,
}
FLOWS = {FLOW: _continue}
