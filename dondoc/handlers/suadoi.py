"""A document that came again with another content, or that amends an earlier one: the difference is shown, staff decide.

Nothing is sent before they do, and only what changed changes.
"""

from __future__ import annotations

from dondoc.directives.document_file import Reading
from dondoc.directives.drafts import DirectiveDraft
from dondoc.handlers import intake, soanthao
from dondoc.handlers.amend import Doing, Done, carry_out, take_over
from dondoc.handlers.amend_plan import Plan, plan_amending, plan_revision
from dondoc.handlers.amend_text import AmendmentText
from dondoc.handlers.context import Context
from dondoc.handlers.documents import reading, reading_of
from dondoc.reports.phrases import Phrases
from dondoc.storage import directives, registry
from dondoc.storage.conversations import Button
from dondoc.storage.directives import Directive
from dondoc.vietnamese.words import count


async def came_again(ctx: Context, known: Directive, read: Reading, sha256: str, name: str) -> bool:
    """A document that is here already: nothing changes if it says the same (True), else the difference is shown."""
    draft = read.draft
    if draft is None:
        return False
    plan = await _plan_of_revision(ctx, known, draft)
    if plan.is_empty:
        await ctx.say("handlers.document.known", citation=intake.citation(known))
        await show(ctx, known.id)
        return True
    data = {"directive": known.id, "sha256": sha256, "name": name}
    buttons = [
        [await ctx.button("amend_apply", data, ctx.t("handlers.amended.apply"))],
        [await ctx.button("amend_keep", data, ctx.t("handlers.amended.keep"))],
        [await ctx.button("amend_separate", data, ctx.t("handlers.amended.separate"))],
    ]
    head = ctx.t("handlers.amended.head_revision", citation=intake.citation(known))
    writer = await _writer(ctx)
    await ctx.say_text("\n".join((head, *writer.lines(plan), await writer.forecast(ctx.tx, plan))), choices=buttons)
    return False


async def show(ctx: Context, directive_id: int) -> None:
    """What waits of a directive: its difference from the one that it amends until staff decide, then its drafts.

    Raises LookupError if there is no such directive.
    """
    directive = await directives.get_directive(ctx.tx, directive_id)
    if directive.amends_id is None or directive.approved_at is not None:
        await soanthao.show(ctx, directive_id)
        return
    original = await directives.get_directive(ctx.tx, directive.amends_id)
    plan = await _plan_of_amending(ctx, original, directive)
    data = {"directive": directive_id}
    buttons = [
        [await ctx.button("amend_carry", data, ctx.t("handlers.amended.carry"))],
        [await ctx.button("amend_ordinary", data, ctx.t("handlers.amended.ordinary"))],
        [await ctx.button("discard", data, ctx.t("handlers.document.discard"))],
    ]
    head = ctx.t(
        f"handlers.amended.head_{directive.amendment}",
        citation=intake.citation(directive),
        subject=directive.subject or "",
        original=intake.citation(original),
    )
    writer = await _writer(ctx)
    await ctx.say_text("\n".join((head, *writer.lines(plan), await writer.forecast(ctx.tx, plan))), choices=buttons)


async def _plan_of_revision(ctx: Context, known: Directive, draft: DirectiveDraft) -> Plan:
    before = reading_of(ctx, known)
    units = await registry.registry(ctx.tx)
    return await plan_revision(ctx.tx, known, before.draft if before else None, draft, units, ctx.now.date())


async def _plan_of_amending(ctx: Context, original: Directive, directive: Directive) -> Plan:
    read = reading_of(ctx, directive)
    units = await registry.registry(ctx.tx)
    moves = read.moves if read else ()
    return await plan_amending(ctx.tx, original, directive, moves, units, ctx.now.date())


async def _writer(ctx: Context) -> AmendmentText:
    phrases = Phrases(ctx.t, ctx.now.date(), ctx.calendar)
    return AmendmentText(ctx.t, phrases, await registry.registry(ctx.tx), ctx.now.date())


# --- buttons ---------------------------------------------------------------------------------------------------------


async def _apply(ctx: Context, button: Button) -> None:
    """The new copy takes the place of the old one, with what is true now: units may have answered meanwhile."""
    known = await _directive(ctx, button)
    if known is None:
        return
    sha256 = str(button.data["sha256"])
    draft = reading(ctx, sha256, number=known.number, issued_on=known.issued_on).draft
    if draft is None:
        await ctx.say("handlers.button_old")
        return
    plan = await _plan_of_revision(ctx, known, draft)
    if plan.is_empty:
        await ctx.say("handlers.amended.nothing", citation=intake.citation(known))
        return
    doing = _doing(ctx, known)
    done = await take_over(ctx.tx, plan, draft, doing, file_sha256=sha256, file_name=str(button.data["name"])[:300])
    if known.approved_at is None:
        await ctx.say("handlers.amended.drafts_done", citation=intake.citation(known))
    else:
        await _say_done(ctx, known, done)
    await soanthao.show(ctx, known.id)


async def _keep(ctx: Context, button: Button) -> None:
    known = await _directive(ctx, button)
    if known is not None:
        await ctx.say("handlers.amended.kept", citation=intake.citation(known))


async def _separate(ctx: Context, button: Button) -> None:
    """Two documents of one number and day, whose issuers could not be told apart."""
    sha256, name = str(button.data["sha256"]), str(button.data["name"])
    draft = reading(ctx, sha256).draft
    if button.used_at is not None or draft is None:
        await ctx.say("handlers.button_old")
        return
    stored = await intake.store_new(
        ctx.tx, ctx.office, draft, file_sha256=sha256, file_name=name[:300], created_by=ctx.me.id, now=ctx.now
    )
    await soanthao.show(ctx, stored)


async def _carry(ctx: Context, button: Button) -> None:
    """What a document amends in an earlier one is carried out; its own new duties are then reviewed as drafts."""
    directive = await _directive(ctx, button)
    if directive is None:
        return
    if directive.amends_id is None or directive.approved_at is not None:
        await ctx.say("handlers.button_old")
        return
    original = await directives.get_directive(ctx.tx, directive.amends_id, lock=True)
    plan = await _plan_of_amending(ctx, original, directive)
    done = await carry_out(ctx.tx, plan, _doing(ctx, directive))
    await directives.set_approved(ctx.tx, directive.id, ctx.now)
    await _say_done(ctx, original, done)
    await soanthao.show(ctx, directive.id)


async def _ordinary(ctx: Context, button: Button) -> None:
    """It only mentions the other document."""
    directive = await _directive(ctx, button)
    if directive is None:
        return
    if directive.approved_at is not None:
        await ctx.say("handlers.button_old")
        return
    await directives.set_directive(ctx.tx, directive.id, amends_id=None, amendment=None)
    await soanthao.show(ctx, directive.id)


async def _directive(ctx: Context, button: Button) -> Directive | None:
    try:
        return await directives.get_directive(ctx.tx, int(button.data["directive"]), lock=True)
    except LookupError:
        await ctx.say("handlers.button_old")
        return None


def _doing(ctx: Context, source: Directive) -> Doing:
    return Doing(ctx.office, ctx.me.id, ctx.now, ctx.calendar, intake.citation(source))


async def _say_done(ctx: Context, original: Directive, done: Done) -> None:
    assigned = done.approval.assignments if done.approval else 0
    lines = [
        ctx.t(
            "handlers.amended.done",
            citation=intake.citation(original),
            new=count(len(done.new) + assigned),
            moved=count(len(done.moved)),
            withdrawn=count(len(done.withdrawn)),
            messages=count(done.messages + (done.approval.messages if done.approval else 0)),
        )
    ]
    if done.left:
        lines.append((await _writer(ctx)).left(done.left))
    unreached = sorted({*done.unreached, *(done.approval.unreached if done.approval else ())})
    if unreached:
        shown = "; ".join(unreached[:10]) + (" …" if len(unreached) > 10 else "")
        lines.append(ctx.t("handlers.document.unreached", number=count(len(unreached)), units=shown))
    await ctx.say_text("\n".join(lines))


ACTIONS = {
    "amend_apply": _apply,
    "amend_keep": _keep,
    "amend_separate": _separate,
    "amend_carry": _carry,
    "amend_ordinary": _ordinary,
}
