"""The files that go out with an order: sent with the command, in its album, or in the message that the command answers."""

from __future__ import annotations

from collections.abc import Iterable

from dondoc.handlers import nop
from dondoc.handlers.context import Context, ReceivedFile
from dondoc.handlers.order import OrderFile
from dondoc.storage import inbox, outbox


async def files_of(ctx: Context) -> tuple[OrderFile, ...]:
    """The usable files of the message and of the one that it answers; for each of the others one clear line is said."""
    sent = _kept(await nop.usable_files(ctx))
    return tuple(dict.fromkeys((*sent, *await _answered(ctx))))


async def _answered(ctx: Context) -> tuple[OrderFile, ...]:
    """The files of the message of this chat that was answered: the sender's own, with the rest of its album, or ours."""
    if ctx.inbound.reply_to is None or ctx.inbound.choice is not None:
        return ()
    theirs = await inbox.with_files(ctx.tx, ctx.inbox_id, ctx.inbound.reply_to)
    if theirs:
        files = [ReceivedFile(**entry) for row in theirs for entry in row.files]
        return _kept(file for file in files if not nop.refused(file))
    to = ctx.address
    ours = await outbox.find_sent(ctx.tx, to.channel, to.account, to.chat_id, ctx.inbound.reply_to)
    entries = ours.payload.get("message", {}).get("attachments", []) if ours else []
    return tuple(OrderFile(name, size, sha, kind) for name, size, kind, sha in entries if sha)


def _kept(files: Iterable[ReceivedFile]) -> tuple[OrderFile, ...]:
    return tuple(OrderFile(file.name, file.size, file.sha256, file.media_type) for file in files if file.sha256)
