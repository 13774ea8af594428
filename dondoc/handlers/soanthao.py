"""The drafts of a directive are shown, and staff approve or discard them. Nothing is sent to units before approval."""

from __future__ import annotations

from dondoc.handlers import intake
from dondoc.handlers.approval import Approval, Proposal, approve, forecast, proposals
from dondoc.handlers.context import Context
from dondoc.reports.phrases import Phrases
from dondoc.rules.deadlines import ON, Deadline
from dondoc.rules.ladder import ON_THE_DAY, Rung
from dondoc.storage import directives, registry
from dondoc.storage.conversations import Button
from dondoc.storage.directives import Task
from dondoc.vietnamese.text import shorten
from dondoc.vietnamese.words import count, format_date

_SURE = 0.6


async def show(ctx: Context, directive_id: int) -> None:
    """The summary with its buttons, after the drafts with their sentences; unsure ones first."""
    drafts = await proposals(ctx.tx, directive_id, ctx.now, ctx.calendar)
    if not drafts:
        return
    directive = await directives.get_directive(ctx.tx, directive_id)
    chased = [draft for draft in drafts if draft.task.task_class != "standing"]
    standing = [draft for draft in drafts if draft.task.task_class == "standing"]
    chased.sort(key=lambda draft: ((draft.task.confidence or 0) >= _SURE, draft.task.position))
    blocks = [_block(ctx, number, draft) for number, draft in enumerate(chased, 1)]
    if standing:
        listed = "\n".join(f"• {shorten(draft.task.content, 110)} — {_units(ctx, draft)}" for draft in standing)
        blocks.append(ctx.t("handlers.document.standing", number=count(len(standing)), tasks=listed))
    if blocks:
        await ctx.say_text("\n\n".join(blocks))
    units = await registry.registry(ctx.tx)
    foreseen = await forecast(ctx.tx, drafts, ctx.now.date(), ctx.calendar, units)
    lines = [
        ctx.t(
            "handlers.document.summary",
            citation=intake.citation(directive),
            subject=directive.subject or "",
            tasks=count(len(drafts)),
            dated=count(sum(draft.task.deadline is not None for draft in drafts)),
            product=count(sum(draft.task.task_class == "product" for draft in drafts)),
            standing=count(len(standing)),
        ).replace("\n\n", "\n"),
        ctx.t(
            "handlers.document.forecast",
            assignments=count(foreseen.assignments),
            people=count(foreseen.people),
            unreached=count(len(foreseen.unreached)),
        ),
    ]
    if foreseen.past:
        rungs = ", ".join(_rung(ctx, rung) for rung in foreseen.past)
        lines.append(ctx.t("handlers.document.past", rungs=rungs))
    unresolved = [f"“{name}”" for draft in drafts for name in draft.resolved.unresolved]
    if unresolved:
        lines.append(ctx.t("handlers.document.unresolved", names=", ".join(dict.fromkeys(unresolved))))
    data = {"directive": directive_id}
    buttons = [
        [await ctx.button("approve", data, ctx.t("handlers.document.approve"))],
        [await ctx.button("discard", data, ctx.t("handlers.document.discard"))],
    ]
    await ctx.say_text("\n".join(lines), choices=buttons)


def _block(ctx: Context, number: int, draft: Proposal) -> str:
    task = draft.task
    lines = [
        ctx.t("handlers.document.draft", number=number, content=shorten(task.content, 160)),
        ctx.t("handlers.document.draft_units", units=_units(ctx, draft)),
        ctx.t("handlers.document.draft_deadline", deadline=_deadline(ctx, task)),
    ]
    if task.report_to:
        via = ctx.t("handlers.document.draft_via", via=task.report_via) if task.report_via else ""
        lines.append(ctx.t("handlers.document.draft_to", to=task.report_to, via=via))
    if draft.resolved.unresolved or (task.confidence or 0) < _SURE:
        lines.append(ctx.t("handlers.document.draft_unsure"))
    quote = "\n".join(f"> {line}" for line in shorten(task.quote, 400).splitlines() if line.strip())
    return "\n".join((*lines, quote))


def _units(ctx: Context, draft: Proposal) -> str:
    resolved = draft.resolved
    if resolved.groups:
        named = "; ".join(resolved.groups)
        return ctx.t("handlers.document.units_total", named=named, total=count(len(resolved.lead)))
    if resolved.lead:
        return ", ".join(unit.name for unit in resolved.lead)
    return ctx.t("handlers.document.units_unknown", names="; ".join(draft.task.lead) or "–")


def _deadline(ctx: Context, task: Task) -> str:
    phrases = Phrases(ctx.t, ctx.now.date(), ctx.calendar)
    if task.deadline is None:
        return phrases.deadline(None)
    deadline = Deadline(task.deadline, task.deadline_rule or ON, task.deadline_time)
    return phrases.deadline(deadline, remaining=False)


def _rung(ctx: Context, rung: Rung) -> str:
    day = format_date(rung.day)
    if rung.name == ON_THE_DAY:
        return ctx.t("handlers.document.rung_on_the_day", day=day)
    return ctx.t("handlers.document.rung", number=count(int(rung.name)), day=day)


async def _approve(ctx: Context, button: Button) -> None:
    directive_id = int(button.data["directive"])
    try:
        approval = await approve(
            ctx.tx, directive_id, approver_id=ctx.me.id, now=ctx.now, calendar=ctx.calendar, holds_no_secret=True
        )
    except LookupError:
        await ctx.say("handlers.button_old")
        return
    await _approved(ctx, approval)


async def _approved(ctx: Context, approval: Approval) -> None:
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
        shown = "; ".join(approval.unreached[:10]) + (" …" if len(approval.unreached) > 10 else "")
        lines.append(ctx.t("handlers.document.unreached", number=count(len(approval.unreached)), units=shown))
    if approval.left:
        lines.append(ctx.t("handlers.document.left", number=count(len(approval.left))))
    await ctx.say_text("\n".join(lines))


async def _discard(ctx: Context, button: Button) -> None:
    try:
        directive = await directives.get_directive(ctx.tx, int(button.data["directive"]), lock=True)
    except LookupError:
        await ctx.say("handlers.button_old")
        return
    if directive.approved_at is not None:
        dropped = await directives.drop_drafts(ctx.tx, directive.id)
        await ctx.say("handlers.document.drafts_dropped" if dropped else "handlers.document.approved_before")
        return
    await directives.delete_directive(ctx.tx, directive.id)
    await ctx.say("handlers.document.discarded")


async def _show_again(ctx: Context, button: Button) -> None:
    await show(ctx, int(button.data["directive"]))


ACTIONS = {"approve": _approve, "discard": _discard, "show_directive": _show_again}
