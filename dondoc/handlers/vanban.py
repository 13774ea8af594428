"""Staff send a directive to the bot: it is read and stored as drafts, which are then reviewed (``soanthao``)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dondoc.directives.drafts import DirectiveDraft
from dondoc.directives.parse import parse_directive
from dondoc.directives.reading import read_document
from dondoc.directives.secrecy import caution_marks, document_mark
from dondoc.directives.unreadable import NOT_KEPT, UnreadableDocument
from dondoc.handlers import intake, nop, soanthao
from dondoc.handlers.context import Context, ReceivedFile
from dondoc.handlers.secret import refuse, release
from dondoc.rules.roles import Right
from dondoc.storage import directives
from dondoc.vietnamese.reply_details import codes_in
from dondoc.vietnamese.words import count


@dataclass(frozen=True, slots=True)
class _Read:
    """What came of reading a file: the draft, or the reason why it cannot be read."""

    draft: DirectiveDraft | None = None
    cautions: tuple[str, ...] = ()
    reason: str | None = None
    marked: bool = False


def _read(path: Path) -> _Read:
    try:
        source = read_document(path)
    except UnreadableDocument as error:
        return _Read(reason=error.reason)
    if document_mark(source) is not None:
        return _Read(marked=True)
    return _Read(draft=parse_directive(source), cautions=caution_marks(source.text))


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
    read = ctx.outside(f"read:{sha256}", lambda: _read(ctx.services.files.path(sha256)))
    if read.marked:  # on a page of a scan that was not looked at before
        await refuse(ctx)
        return
    if read.reason is not None:
        if read.reason in NOT_KEPT:
            # It may be secret for all we know, so it is not kept.
            await release(ctx, file)
        await ctx.say(f"handlers.document.unreadable.{read.reason}", file=file.name)
        return
    draft = read.draft
    if draft is None or not draft.tasks:
        await ctx.say("handlers.document.no_tasks", file=file.name)
        return
    stored = await intake.store(
        ctx.tx,
        ctx.office,
        draft,
        file_sha256=sha256,
        file_name=file.name[:300],
        created_by=ctx.me.id,
        now=ctx.now,
    )
    if stored.existed:
        directive = await directives.get_directive(ctx.tx, stored.directive_id)
        await ctx.say("handlers.document.known", citation=intake.citation(directive))
    if read.cautions:
        warned = ", ".join(ctx.t(f"handlers.document.caution.{name}") for name in read.cautions)
        await ctx.say("handlers.document.caution", what=warned)
    await soanthao.show(ctx, stored.directive_id)


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
