"""Staff change the drafts of a directive in their own words, before approval.

Every change is made on the drafts as they are at that moment and shown as they are then, so that two people may review
one directive. What is not clear is asked, and until it is answered nothing of the message is done.
"""

from __future__ import annotations

from collections.abc import Sequence

from dondoc.directives.draft_edits import Agree, Answered, Drop, Order, Refused, Unsettled
from dondoc.directives.draft_words import read_orders, seems_an_order
from dondoc.handlers import approving, draft_asking, draft_steps, draft_text, draft_views
from dondoc.handlers.context import Context
from dondoc.handlers.draft_focus import APPROVE, ASKED, FLOW, Focus, focus_from, focus_of_reply
from dondoc.handlers.draft_steps import open_review
from dondoc.handlers.draft_views import View, look, show
from dondoc.storage.conversations import Conversation
from dondoc.vietnamese.text import nfc

__all__ = ["FLOWS", "carry_out", "edit", "show", "undo", "words"]

_SHOWN = 4


async def words(ctx: Context) -> bool:
    """Words about drafts without a conversation: the answer to a draft's message, or orders with numbers soon after it."""
    if ctx.files or not ctx.text:
        return False
    focus, text = await focus_of_reply(ctx), nfc(ctx.text)
    if focus is None:
        return False
    if ctx.inbound.reply_to:
        return await _told(ctx, focus, text, answered=True)
    orders = read_orders(text, ctx.now.date()) or ()
    if not orders or not all(order.named or order.what == "undo" for order in orders):
        return False
    await carry_out(ctx, focus, text, {})
    return True


async def _continue(ctx: Context, conversation: Conversation) -> bool:
    if ctx.files or not ctx.text:
        return False
    text = nfc(ctx.text)
    if ctx.inbound.reply_to:
        replied = await focus_of_reply(ctx)
        return replied is not None and await _told(ctx, replied, text, answered=True)
    focus = focus_from(conversation.data)
    if conversation.step == APPROVE and approving.confirms(text):
        await approving.approve_said(ctx, conversation)
        return True
    if conversation.step == ASKED:
        answer = await draft_asking.read_answer(ctx, conversation, text)
        if answer == draft_asking.CANCELLED:
            await focus.keep(ctx)
            await ctx.say("handlers.draft.kept")
            return True
        if answer is not None:
            answers = {**conversation.data["answers"], conversation.data["key"]: answer}
            await carry_out(ctx, focus, conversation.data["text"], answers)
            return True
    return await _told(ctx, focus, text, answered=False)


async def _told(ctx: Context, focus: Focus, text: str, *, answered: bool) -> bool:
    """Whether a message is about drafts; if it seems to be but is not understood, examples are given."""
    orders = read_orders(text, ctx.now.date())
    if orders is not None:
        if focus.task is None and all(isinstance(order.what, Agree) and not order.named for order in orders):
            return False  # "ok" to whatever else was said
        await carry_out(ctx, focus, text, {})
        return True
    if answered or seems_an_order(text):
        await ctx.say("handlers.draft.not_understood", about=focus.about)
        return True
    return False


async def carry_out(ctx: Context, focus: Focus, text: str, answers: Answered) -> None:
    """Do what a message says, with the answers to what was asked about it."""
    orders = read_orders(text, ctx.now.date()) or ()
    edits = [order for order in orders if not isinstance(order.what, str)]
    try:
        if edits:
            await edit(ctx, focus, edits, answers)
        for order in orders:
            if isinstance(order.what, str):
                await _wish(ctx, focus, order)
    except Unsettled as unsettled:
        await draft_asking.ask(ctx, focus, unsettled.question, text, answers)
    except Refused as refused:
        await focus.keep(ctx)
        await ctx.say(f"handlers.draft.refused.{refused.code}", words=refused.words, about=focus.about)


async def edit(ctx: Context, focus: Focus, edits: Sequence[Order], answers: Answered) -> None:
    """Make the changes and show the drafts as they are now; who agrees or drops goes on to the next one.

    Raises ``Unsettled`` and ``Refused`` with nothing changed.
    """
    review = await open_review(ctx, focus.directive)
    if review is None:
        await ctx.say("handlers.button_old")
        return
    others = [] if focus.seen is None else await draft_steps.steps_of_others(ctx, review, focus.seen)
    said = [await draft_text.by_others(ctx, review, others)] if others else []
    changed = await draft_steps.carry_out(ctx, review, edits, review.number_of(focus.task), answers)
    view = await look(ctx, focus)
    if view is None:
        return
    kept = [draft for draft in view.drafts if draft.task.position in changed]
    gone = sorted({*changed} - {draft.task.position for draft in kept})
    passes = focus.task is not None and not any(order.named for order in edits)
    agreed = all(isinstance(order.what, Agree) for order in edits)
    if kept and not agreed:
        said.append(ctx.t("handlers.draft.changed", numbers=draft_text.numbers(draft.task.position for draft in kept)))
    merged = [number for number in gone if draft_text.holds(kept, number)]
    if merged:
        said.append(ctx.t("handlers.draft.merged", numbers=draft_text.numbers(merged)))
    if len(gone) > len(merged):
        said.append(ctx.t("handlers.draft.dropped", numbers=draft_text.numbers({*gone} - {*merged})))
    if not changed and not agreed:
        said.append(ctx.t("handlers.draft.nothing_changed"))
    if passes and all(isinstance(order.what, Agree | Drop) for order in edits):
        await draft_views.show_next(ctx, view, "\n".join(said))
    else:
        if agreed:
            said.append(ctx.t("handlers.draft.agreed"))
        await draft_views.show_several(ctx, view, kept, "\n".join(said))


async def _wish(ctx: Context, focus: Focus, order: Order) -> None:
    """What changes no draft."""
    if order.what == "undo":
        await undo(ctx, focus)
        return
    view = await look(ctx, focus)
    if view is None:
        return
    if order.what == "approve":
        await approving.preview(ctx, view.review, view.drafts, order, view.focus)
    elif order.what == "next":
        await draft_views.show_next(ctx, view)
    elif order.what == "help":
        await ctx.say("handlers.draft.how_to_edit", number=view.review.number_of(focus.task) or 3)
    elif order.numbers:
        await _show_numbers(ctx, view, order.numbers)
    else:
        await draft_views.show_all(ctx, view)


async def _show_numbers(ctx: Context, view: View, numbers: Sequence[int]) -> None:
    wanted = [draft for draft in view.drafts if draft.task.position in numbers]
    missing = sorted(set(numbers) - {draft.task.position for draft in wanted})
    if missing:
        raise Refused("no_draft", draft_text.numbers(missing))
    for draft in wanted[:_SHOWN]:
        await draft_views.show_one(ctx, view, draft)


async def undo(ctx: Context, focus: Focus) -> None:
    """Take the sender's own last step back, unless somebody has built on it."""
    review = await open_review(ctx, focus.directive)
    if review is None:
        await ctx.say("handlers.button_old")
        return
    step = await draft_steps.undo(ctx, review)
    if isinstance(step, str):
        await ctx.say(f"handlers.draft.undo_not.{step}", about=focus.about)
        return
    view = await look(ctx, focus)
    if view is None:
        return
    touched = [draft for draft in view.drafts if draft.task.id in step.before]
    numbers = draft_text.numbers(draft.task.position for draft in touched)
    await draft_views.show_several(ctx, view, touched, ctx.t("handlers.draft.undone", numbers=numbers))


FLOWS = {FLOW: _continue}
