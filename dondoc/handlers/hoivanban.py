"""What a document does not say is asked before it is approved: its number, its day of issue, then the units in doubt.

Answers are typed freely ("số 203/TB-UBND", "18/6", "không số"). What answers nothing goes on to whatever it is about.
"""

from __future__ import annotations

from datetime import date

from dondoc.directives.reference import read_reference
from dondoc.handlers import blanks, hoidonvi, intake, soanthao, suadoi
from dondoc.handlers.context import Context
from dondoc.handlers.documents import reading_of
from dondoc.storage import directives
from dondoc.storage.conversations import Button, Conversation
from dondoc.storage.directives import Directive
from dondoc.vietnamese.text import nfc
from dondoc.vietnamese.words import count, format_date

UNIT = "unit"


async def ask(ctx: Context, directive_id: int) -> bool:
    """Ask the next thing that is missing; False if nothing is, or if there are no drafts that wait for it."""
    if await blanks.ask(ctx, await directives.get_directive(ctx.tx, directive_id)):
        return True
    matter = await hoidonvi.ask(ctx, directive_id)
    if matter is None:
        return False
    await blanks.wait_for(ctx, UNIT, {"directive": directive_id, "key": matter.key})
    return True


async def _continue(ctx: Context, conversation: Conversation) -> bool:
    """The answer to what was asked; anything else belongs to what was spoken of before, or to nothing of it (False)."""
    if ctx.files or not ctx.text:
        return False
    if await _answered(ctx, conversation):
        return True
    before = blanks.before(conversation)
    return before is not None and await soanthao.FLOWS[before.flow](ctx, before)


async def _answered(ctx: Context, conversation: Conversation) -> bool:
    directive_id = int(conversation.data["directive"])
    try:
        directive = await directives.get_directive(ctx.tx, directive_id, lock=True)
    except LookupError:
        await ctx.forget()
        return False
    if conversation.step == UNIT:
        if not await hoidonvi.answered(ctx, directive_id, str(conversation.data["key"])):
            return False
        await _next(ctx, directive_id)
        return True
    answer = read_reference(nfc(ctx.text), ctx.now.date(), asked=conversation.step)
    if answer.is_empty or directive.approved_at is not None:
        return False
    if answer.issued_on is not None and answer.issued_on > ctx.now.date():
        await ctx.say("handlers.reference.future", day=format_date(answer.issued_on))
        return True
    for what, said in ((blanks.NUMBER, answer.no_number), (blanks.DAY, answer.no_day)):
        if said:
            await blanks.has_none(ctx, directive_id, what)
    if answer.number or answer.issued_on:
        known = await fill_in(ctx, directive, answer.number, answer.issued_on)
        if known is not None:
            await ctx.forget()
            return True
    await _next(ctx, directive_id)
    return True


async def fill_in(ctx: Context, directive: Directive, number: str | None, issued_on: date | None) -> Directive | None:
    """Take what staff say, read the document again with it, and recognise it: the directive that it turns out to be."""
    number, issued_on = number or directive.number, issued_on or directive.issued_on
    await directives.set_directive(ctx.tx, directive.id, number=number, issued_on=issued_on)
    directive = await directives.get_directive(ctx.tx, directive.id)
    read = reading_of(ctx, directive)
    if read is None or read.draft is None:
        await ctx.say("handlers.reference.taken", citation=intake.citation(directive))
        return None
    draft = read.draft
    same = await intake.recognise(ctx.tx, ctx.office, draft, None, besides=directive.id)
    if same is not None:
        sha256, name = directive.file_sha256 or "", directive.file_name or ""
        await directives.delete_directive(ctx.tx, directive.id)
        await suadoi.came_again(ctx, same, read, sha256, name)
        return same
    dated = await intake.read_again(ctx.tx, directive, draft)
    text = ctx.t(
        "handlers.reference.taken", citation=intake.citation(await directives.get_directive(ctx.tx, directive.id))
    )
    if dated:
        text += " " + ctx.t("handlers.reference.dated", number=count(dated))
    await ctx.say_text(text)
    return None


async def _next(ctx: Context, directive_id: int) -> None:
    """The next question, or the drafts as they are now."""
    await ctx.forget()
    if not await ask(ctx, directive_id):
        await suadoi.show(ctx, directive_id)


async def _none(ctx: Context, button: Button) -> None:
    """ "Văn bản không số", "Văn bản không ghi ngày"."""
    directive_id = int(button.data["directive"])
    try:
        await blanks.has_none(ctx, directive_id, str(button.data["what"]))
    except LookupError:
        await ctx.say("handlers.button_old")
        return
    await _next(ctx, directive_id)


async def _unit(ctx: Context, button: Button) -> None:
    directive_id = await hoidonvi.pressed(ctx, button)
    if directive_id is not None:
        await _next(ctx, directive_id)


ACTIONS = {"reference_none": _none, "unit_answer": _unit}
FLOWS = {blanks.FLOW: _continue}
