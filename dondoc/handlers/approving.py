"""Staff approve drafts: what it will do is said first, it is done once, and only with what the approver has seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dondoc.chat.messages import Choice
from dondoc.directives.draft_edits import Order, Refused
from dondoc.handlers import blanks, draft_steps, draft_text
from dondoc.handlers.approval import Approval, Forecast, Proposal, approve, forecast, proposals
from dondoc.handlers.context import Context
from dondoc.handlers.draft_focus import APPROVE, Focus, focus_from
from dondoc.handlers.draft_steps import Review, open_review
from dondoc.storage import directives, draft_edits
from dondoc.storage.conversations import Button, Conversation
from dondoc.storage.directives import DRAFT
from dondoc.vietnamese.text import fold, shorten
from dondoc.vietnamese.words import count, format_date

_CONFIRMS = frozenset({"dong y", "duyet", "giao", "xac nhan", "dong y giao", "duyet va giao", "ok"})
_UNREACHED_SHOWN = 10


async def offer(ctx: Context, review: Review, drafts: Sequence[Proposal], focus: Focus) -> None:
    """What an approval of all drafts would do, with the button that does it."""
    foreseen = await forecast(ctx.tx, drafts, ctx.now.date(), ctx.calendar, review.units)
    data = focus.of(None).data
    buttons = [
        [await ctx.button("approve", data, ctx.t("handlers.document.approve"))],
        [
            await ctx.button("draft_one_by_one", {**data, "passed": []}, ctx.t("handlers.draft.button.one_by_one")),
            await ctx.button("draft_all", data, ctx.t("handlers.draft.button.all")),
        ],
        *await _internal_days(ctx, review, foreseen, data),
        [await ctx.button("discard", data, ctx.t("handlers.document.discard"))],
    ]
    text = draft_text.approval(ctx, review.directive, drafts, foreseen)
    await ctx.say_text(text, choices=buttons, about=focus.about)


async def preview(ctx: Context, review: Review, drafts: Sequence[Proposal], order: Order, focus: Focus) -> None:
    """The same in answer to words: for all drafts or those named, to be confirmed with a button or a word."""
    chosen = [draft for draft in drafts if not order.numbers or draft.task.position in order.numbers]
    missing = sorted(set(order.numbers) - {draft.task.position for draft in chosen})
    if missing:
        raise Refused("no_draft", draft_text.numbers(missing))
    foreseen = await forecast(ctx.tx, chosen, ctx.now.date(), ctx.calendar, review.units, among=drafts)
    only = [draft.task.id for draft in chosen] if order.numbers else None
    data = {**focus.data, "only": only}
    buttons = [[await ctx.button("approve", data, ctx.t("handlers.document.approve"))]]
    current = next((draft for draft in drafts if draft.task.id == focus.task), None)
    if current is not None and not order.named and len(drafts) > 1:
        label = ctx.t("handlers.draft.button.only_this", number=current.task.position)
        buttons.append([await ctx.button("approve", {**data, "only": [current.task.id]}, label)])
    buttons += await _internal_days(ctx, review, foreseen, focus.data)
    await focus.keep(ctx, APPROVE, only=only)
    text = draft_text.approval(ctx, review.directive, chosen, foreseen)
    await ctx.say_text(f"{text}\n{ctx.t('handlers.draft.confirm')}", choices=buttons, about=focus.about)


def confirms(text: str) -> bool:
    """Whether words confirm an approval that was offered: only these and nothing besides."""
    return fold(text).strip(" .!") in _CONFIRMS


async def _internal_days(ctx: Context, review: Review, foreseen: Forecast, data: dict[str, Any]) -> list[list[Choice]]:
    rows = []
    for route in foreseen.routes:
        if route.offer is None:
            continue
        tasks = [review.tasks[number].id for number in route.numbers if number in review.tasks]
        label = ctx.t("handlers.draft.button.internal_day", day=format_date(route.offer))
        kept = {**data, "tasks": tasks, "day": route.offer.isoformat()}
        rows.append([await ctx.button("draft_internal_day", kept, label)])
    return rows


async def _pressed(ctx: Context, button: Button) -> None:
    await _approve(ctx, focus_from(button.data), button.data.get("only"))


async def approve_said(ctx: Context, conversation: Conversation) -> None:
    """The approval that was offered is confirmed in words."""
    await _approve(ctx, focus_from(conversation.data), conversation.data["only"])


async def _approve(ctx: Context, focus: Focus, only: list[int] | None) -> None:
    """Approve what was shown. What somebody else has changed since is shown anew instead."""
    review = await open_review(ctx, focus.directive)
    if review is None:
        await ctx.say("handlers.button_old")
        return
    if await blanks.ask(ctx, review.directive):
        return  # units are never told of a document by half its name
    others = [] if focus.seen is None else await draft_steps.steps_of_others(ctx, review, focus.seen, only)
    if others and review.tasks:
        await ctx.say_text(await draft_text.by_others(ctx, review, others))
        drafts = await proposals(ctx.tx, focus.directive, ctx.now, ctx.calendar, review.units)
        now = focus.having_seen(await draft_edits.newest(ctx.tx, focus.directive))
        await offer(ctx, review, drafts, now)
        return
    approval = await approve(
        ctx.tx,
        focus.directive,
        approver_id=ctx.me.id,
        now=ctx.now,
        calendar=ctx.calendar,
        only=only,
        holds_no_secret=True,
    )
    await _approved(ctx, focus, approval)


async def _approved(ctx: Context, focus: Focus, approval: Approval) -> None:
    if not approval.assigned:
        await ctx.say("handlers.document.nothing_approved")
        return
    chased = [entry for entry in approval.assigned if entry[1].task_class != "standing"]
    lines = [
        ctx.t(
            "handlers.document.approved",
            tasks=count(len(approval.assigned)),
            assignments=count(approval.assignments),
            messages=count(approval.messages),
        )
    ]
    lines += [f"• {code} – {shorten(task.content, 110)} ({count(len(found.lead))})" for code, task, found in chased]
    if approval.unreached:
        more = " …" if len(approval.unreached) > _UNREACHED_SHOWN else ""
        shown = "; ".join(approval.unreached[:_UNREACHED_SHOWN]) + more
        lines.append(ctx.t("handlers.document.unreached", number=count(len(approval.unreached)), units=shown))
    if approval.left:
        lines.append(ctx.t("handlers.document.left", number=count(len(approval.left))))
    waiting = len(await directives.tasks_of(ctx.tx, focus.directive, [DRAFT])) - len(approval.left)
    if waiting > 0:
        lines.append(ctx.t("handlers.draft.waiting", number=count(waiting)))
    if waiting + len(approval.left):
        await focus.of(None).keep(ctx)
    else:
        await ctx.forget()
    await ctx.say_text("\n".join(lines))


async def _discard(ctx: Context, button: Button) -> None:
    review = await open_review(ctx, int(button.data["directive"]))
    if review is None:
        await ctx.say("handlers.button_old")
        return
    await ctx.forget()
    if review.directive.approved_at is not None:
        dropped = await directives.drop_drafts(ctx.tx, review.directive.id)
        await ctx.say("handlers.document.drafts_dropped" if dropped else "handlers.document.approved_before")
        return
    await directives.delete_directive(ctx.tx, review.directive.id)
    await ctx.say("handlers.document.discarded")


ACTIONS = {"approve": _pressed, "discard": _discard}
