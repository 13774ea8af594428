"""Staff send a directive to the bot: it is read and stored as drafts, which are then reviewed (``soanthao``)."""

from __future__ import annotations

from dataclasses import replace

from dondoc.directives.document_file import Reading
from dondoc.directives.drafts import DirectiveDraft
from dondoc.directives.unreadable import NOT_KEPT
from dondoc.handlers import hoivanban, intake, nop, suadoi
from dondoc.handlers.amend_plan import own_duties
from dondoc.handlers.context import Context, ReceivedFile
from dondoc.handlers.documents import reading
from dondoc.handlers.secret import refuse, release
from dondoc.rules.roles import Right
from dondoc.storage import directives
from dondoc.storage.conversations import Button
from dondoc.vietnamese.reply_details import codes_in
from dondoc.vietnamese.words import count


async def offered(ctx: Context) -> bool:
    """A file from somebody who assigns work is a directive. False if there is none, or if it answers their own task."""
    if not ctx.files:
        return False
    if ctx.may(Right.ANSWER) and (ctx.inbound.reply_to or codes_in(ctx.text)):
        return False  # who is both staff and a unit's contact reports like every contact
    for file in await nop.usable_files(ctx):
        await _take(ctx, file)
    return True


async def _take(ctx: Context, file: ReceivedFile) -> None:
    sha256 = file.sha256 or ""
    read = reading(ctx, sha256)
    if read.mark is not None:  # on a page of a scan that was not looked at before
        await refuse(ctx)
        return
    if read.reason is not None:
        if read.reason in NOT_KEPT:
            # It may be secret for all we know, so it is not kept.
            await release(ctx, file)
        await ctx.say(f"handlers.document.unreadable.{read.reason}", file=file.name)
        return
    draft = read.draft
    known = await intake.recognise(ctx.tx, ctx.office, draft, sha256) if draft is not None else None
    if known is not None:
        if await suadoi.came_again(ctx, known, read, sha256, file.name):
            await hoivanban.ask(ctx, known.id)
    elif draft is not None:
        await _take_new(ctx, file, read, draft)


async def _take_new(ctx: Context, file: ReceivedFile, read: Reading, draft: DirectiveDraft) -> None:
    original = None
    if read.amended is not None:
        original = await intake.amended_by(ctx.tx, ctx.office, read.amended, draft.document.issuer)
    if original is not None and read.amended is not None:
        draft = replace(draft, tasks=own_duties(draft.tasks, read.amended, read.moves))
    if not draft.tasks and not (original and read.moves):
        await ctx.say("handlers.document.no_tasks", file=file.name)
        return
    directive_id = await intake.store_new(
        ctx.tx,
        ctx.office,
        draft,
        file_sha256=file.sha256,
        file_name=file.name[:300],
        created_by=ctx.me.id,
        now=ctx.now,
        amends=original,
        amendment=read.amended.how if read.amended else None,
    )
    if read.cautions:
        warned = ", ".join(ctx.t(f"handlers.document.caution.{name}") for name in read.cautions)
        await ctx.say("handlers.document.caution", what=warned)
    if read.unread:
        pages = ", ".join(str(page) for page in read.unread)
        await ctx.say("handlers.document.pages_unread", file=file.name, pages=pages)
    if read.amended is not None and original is None:
        await ctx.say("handlers.amended.original_missing", number=read.amended.number)
    await suadoi.show(ctx, directive_id)
    await hoivanban.ask(ctx, directive_id)


async def list_drafts(ctx: Context) -> None:
    """/vanban: directives with drafts that nobody has approved."""
    waiting = await directives.with_drafts(ctx.tx, ctx.office.id)
    if not waiting:
        await ctx.say("handlers.document.none_waiting")
        return
    rows = []
    for directive, number in waiting:
        label = f"{intake.citation(directive)} ({count(number)})"
        rows.append([await ctx.button("show_directive", {"directive": directive.id}, label)])
    await ctx.say("handlers.document.waiting", number=count(len(waiting)), choices=rows)


async def _show_again(ctx: Context, button: Button) -> None:
    directive_id = int(button.data["directive"])
    try:
        await suadoi.show(ctx, directive_id)
    except LookupError:
        await ctx.say("handlers.button_old")
        return
    await hoivanban.ask(ctx, directive_id)


ACTIONS = {"show_directive": _show_again}
