"""The buttons below drafts: what they stand for is done to the drafts as they are when the button is pressed."""

from __future__ import annotations

from datetime import date

from dondoc.directives.draft_edits import Agree, Drop, Order, Refused, SetDeadline, Unsettled
from dondoc.handlers import draft_steps, draft_text, draft_views, soanthao
from dondoc.handlers.context import Context
from dondoc.handlers.draft_focus import focus_from, focus_on
from dondoc.handlers.draft_steps import open_review
from dondoc.handlers.draft_views import look
from dondoc.rules.deadlines import ON
from dondoc.storage.conversations import Button
from dondoc.vietnamese.words import format_date


async def _agree(ctx: Context, button: Button) -> None:
    await _decide(ctx, button, Agree())


async def _drop(ctx: Context, button: Button) -> None:
    await _decide(ctx, button, Drop())


async def _decide(ctx: Context, button: Button, edit: Agree | Drop) -> None:
    """About the draft that was shown, not about one that somebody else has changed meanwhile."""
    focus = await focus_on(ctx, focus_from(button.data))
    view = await look(ctx, focus)
    if view is None:
        return
    shown = view.draft(focus.task)
    if shown is None:
        await ctx.say("handlers.draft.gone")
        return
    others = await draft_steps.steps_of_others(ctx, view.review, int(button.data["seen"]), [shown.task.id])
    if others:
        await draft_views.show_one(ctx, view, shown, await draft_text.by_others(ctx, view.review, others))
        return
    await soanthao.edit(ctx, focus, [Order(edit)], {})


async def _ask_for_words(ctx: Context, button: Button) -> None:
    focus = await focus_on(ctx, focus_from(button.data))
    review = await open_review(ctx, focus.directive)
    number = review.number_of(focus.task) if review else None
    if number is None:
        await ctx.say("handlers.draft.gone")
        return
    await focus.keep(ctx)
    await ctx.say("handlers.draft.how_to_edit", number=number, about=[f"draft:{focus.task}"])


async def _next(ctx: Context, button: Button) -> None:
    view = await look(ctx, await focus_on(ctx, focus_from(button.data)))
    if view is not None:
        await draft_views.show_next(ctx, view)


async def _one_by_one(ctx: Context, button: Button) -> None:
    """From the first one on."""
    view = await look(ctx, focus_from(button.data))
    if view is not None:
        await draft_views.show_next(ctx, view)


async def _all(ctx: Context, button: Button) -> None:
    view = await look(ctx, focus_from(button.data))
    if view is not None:
        await draft_views.show_all(ctx, view)


async def _undo(ctx: Context, button: Button) -> None:
    """A second press takes no second step back."""
    if button.used_at is not None:
        await ctx.say("handlers.button_old")
        return
    await soanthao.undo(ctx, await focus_on(ctx, focus_from(button.data)))


async def _answered(ctx: Context, button: Button) -> None:
    """One of the answers that were offered to a question."""
    if button.used_at is not None:
        await ctx.say("handlers.button_old")
        return
    focus = await focus_on(ctx, focus_from(button.data))
    answers = {**button.data["answers"], button.data["key"]: button.data["value"]}
    await soanthao.carry_out(ctx, focus, button.data["text"], answers)


async def _internal_day(ctx: Context, button: Button) -> None:
    """The units of a via-unit get an earlier day than the document's, so that it has time to consolidate."""
    focus = await focus_on(ctx, focus_from(button.data))
    review = await open_review(ctx, focus.directive)
    wanted = [number for number, task in review.tasks.items() if task.id in button.data["tasks"]] if review else []
    day = date.fromisoformat(button.data["day"])
    if not wanted or day <= ctx.now.date():
        await ctx.say("handlers.button_old")
        return
    words = ctx.t("handlers.draft.internal_words", day=format_date(day))
    order = Order(SetDeadline(words, day, ON), tuple(wanted))
    try:
        await soanthao.edit(ctx, focus, [order], {})
    except (Unsettled, Refused):
        await ctx.say("handlers.button_old")


ACTIONS = {
    "draft_agree": _agree,
    "draft_drop": _drop,
    "draft_edit": _ask_for_words,
    "draft_next": _next,
    "draft_one_by_one": _one_by_one,
    "draft_all": _all,
    "draft_undo": _undo,
    "draft_answer": _answered,
    "draft_internal_day": _internal_day,
}
