"""Drafts shown to staff: the document's head, all drafts at once or one by one, unsure ones first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dondoc.chat.messages import Choice
from dondoc.handlers import approving, draft_text
from dondoc.handlers.approval import Proposal, proposals
from dondoc.handlers.context import Context
from dondoc.handlers.draft_focus import Focus
from dondoc.handlers.draft_steps import Review, open_review
from dondoc.storage import draft_edits

_AT_ONCE = 10
"""Up to so many drafts are shown together when a directive comes in; more are shown one by one."""


@dataclass(frozen=True, slots=True)
class View:
    """The drafts as they are now, and what the person is looking at."""

    review: Review
    focus: Focus
    drafts: list[Proposal]

    def draft(self, task_id: int | None) -> Proposal | None:
        return next((draft for draft in self.drafts if draft.task.id == task_id), None)


async def look(ctx: Context, focus: Focus) -> View | None:
    """The drafts as they are now; None, and it is said, if there are none any more."""
    review = await open_review(ctx, focus.directive)
    if review is None:
        await ctx.say("handlers.button_old")
        return None
    drafts = await proposals(ctx.tx, focus.directive, ctx.now, ctx.calendar, review.units)
    if not drafts:
        mine = await draft_edits.last_of(ctx.tx, focus.directive, ctx.me.id)
        undo = [[await _undo_button(ctx, focus)]] if mine is not None else []
        await ctx.say("handlers.draft.none_left", choices=undo, about=focus.about)
        return None
    return View(review, focus.having_seen(await draft_edits.newest(ctx.tx, focus.directive)), drafts)


async def show(ctx: Context, directive_id: int) -> None:
    """The head of the document, then its drafts."""
    view = await look(ctx, Focus(directive_id))
    if view is None:
        return
    await ctx.say_text(draft_text.head(ctx, view.review.directive, view.drafts), about=view.focus.about)
    if len(draft_text.in_order(view.drafts)) <= _AT_ONCE:
        await show_all(ctx, view)
    else:
        await approving.offer(ctx, view.review, view.drafts, view.focus)
        await show_next(ctx, view)


async def show_all(ctx: Context, view: View) -> None:
    """Every draft in one text, which is cut between drafts only, and what an approval would do."""
    blocks = [draft_text.block(ctx, draft, full=False) for draft in draft_text.in_order(view.drafts)]
    if standing := draft_text.standing(ctx, view.drafts):
        blocks.append(standing)
    await ctx.say_text("\n\n".join(blocks), about=view.focus.about)
    await approving.offer(ctx, view.review, view.drafts, view.focus)
    await view.focus.of(None).keep(ctx)


async def show_one(ctx: Context, view: View, draft: Proposal, before: str = "", *, changed: bool = False) -> None:
    """One draft in full with what can be done about it; it is the one that words without a number mean from now on."""
    focus = view.focus.of(draft.task.id)
    buttons = [
        [await _button(ctx, focus, "agree"), await _button(ctx, focus, "edit")],
        [await _button(ctx, focus, "drop"), await _button(ctx, focus, "next")],
        [await _button(ctx, focus, "all"), *([await _undo_button(ctx, focus)] if changed else [])],
    ]
    await focus.keep(ctx)
    text = draft_text.block(ctx, draft, full=True)
    text = f"{before}\n\n{text}" if before else text
    await ctx.say_text(text, choices=buttons, about=[f"draft:{draft.task.id}"])


async def show_next(ctx: Context, view: View, before: str = "") -> None:
    """The next draft that was not passed; after the last one the standing tasks and what an approval would do."""
    focus = view.focus.passing()
    view = View(view.review, focus, view.drafts)
    waiting = [draft for draft in draft_text.in_order(view.drafts) if draft.task.id not in focus.passed]
    if waiting:
        await show_one(ctx, view, waiting[0], before)
        return
    parts = [before, ctx.t("handlers.draft.all_seen"), draft_text.standing(ctx, view.drafts)]
    await ctx.say_text("\n\n".join(filter(None, parts)), about=focus.about)
    await approving.offer(ctx, view.review, view.drafts, focus)
    await focus.keep(ctx)


async def show_several(ctx: Context, view: View, drafts: Sequence[Proposal], before: str) -> None:
    """A few drafts after a change: one in full, some in short, many in a line each."""
    if len(drafts) == 1:
        await show_one(ctx, view, drafts[0], before, changed=True)
        return
    if len(drafts) <= _AT_ONCE // 2:
        shown = [draft_text.block(ctx, draft, full=False) for draft in drafts]
    else:
        shown = ["\n".join(draft_text.line(ctx, draft) for draft in drafts)]
    buttons = [[await _undo_button(ctx, view.focus), await _button(ctx, view.focus, "all")]]
    await view.focus.of(None if drafts else view.focus.task).keep(ctx)
    await ctx.say_text("\n\n".join((before, *shown)), choices=buttons, about=view.focus.about)


async def _button(ctx: Context, focus: Focus, name: str) -> Choice:
    data = {"directive": focus.directive, "task": focus.task, "seen": focus.seen}
    return await ctx.button(f"draft_{name}", data, ctx.t(f"handlers.draft.button.{name}"))


async def _undo_button(ctx: Context, focus: Focus) -> Choice:
    return await ctx.button("draft_undo", {"directive": focus.directive}, ctx.t("handlers.draft.button.undo"))
