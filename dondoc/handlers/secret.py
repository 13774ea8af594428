"""Documents marked MẬT have no place here, in any form: file, caption, typed text.

What was received is erased – payload, file, file name, text – and only time, sender and hash stay in the trail. The sender is
asked to delete it and to use the paper route (Luật Bảo vệ bí mật nhà nước 2018).
"""

from __future__ import annotations

from pathlib import Path

from dondoc.chat.messages import Outbound
from dondoc.directives.reading import read_document
from dondoc.directives.secrecy import secrecy_mark
from dondoc.directives.unreadable import UnreadableDocument
from dondoc.handlers.context import Context, ReceivedFile
from dondoc.storage import files as content
from dondoc.storage import inbox, outbox, work


async def refuse_secret(ctx: Context) -> bool:
    """Erase and refuse the message if its text or one of its files carries a secrecy mark. False if none does."""
    marked = secrecy_mark(ctx.text) is not None or any(_is_marked(ctx, file) for file in ctx.files)
    if not marked and not await _album_is_refused(ctx):
        return False
    for file in ctx.files:
        await forget(ctx, file)
    await _blank(ctx)
    await _refuse(ctx)
    return True


async def _refuse(ctx: Context) -> None:
    """Once for an album, whose files are messages of their own of which only one bears the caption."""
    if not ctx.inbound.album:
        await ctx.say("handlers.document.secret")
        return
    payload = {"message": Outbound(ctx.t("handlers.document.secret")).to_json()}
    row = outbox.queued(ctx.address, "answer", payload, ctx.machine, dedup_key=_album_key(ctx))
    await outbox.enqueue(ctx.tx, row)


async def _album_is_refused(ctx: Context) -> bool:
    return bool(ctx.inbound.album) and await outbox.by_key(ctx.tx, _album_key(ctx)) is not None


def _album_key(ctx: Context) -> str:
    return f"secret:{ctx.address.channel}:{ctx.address.chat_id}:{ctx.inbound.album}"


async def erase_of_stranger(ctx: Context) -> None:
    """The same for somebody unknown, who hears nothing about it. Files of strangers are never fetched."""
    if secrecy_mark(ctx.text) is not None:
        await _blank(ctx)


async def _blank(ctx: Context) -> None:
    await inbox.erase(ctx.tx, ctx.inbox_id)
    ctx.after_commit.append(lambda: ctx.services.forget_message(ctx.inbound))


async def forget(ctx: Context, file: ReceivedFile) -> None:
    """Erase the bytes and every trace but time, sender and hash."""
    sha256 = file.sha256
    if sha256 is None:
        return
    await content.erase(ctx.tx, sha256)
    await work.record(
        ctx.tx, "document.refused", actor_id=ctx.me.id, at=ctx.now, detail={"sha256": sha256, "size": file.size}
    )

    async def unlink() -> None:
        ctx.services.files.forget(sha256)

    # Only once the database has forgotten them: a transaction that is tried again still needs the bytes.
    ctx.after_commit.append(unlink)


def _is_marked(ctx: Context, file: ReceivedFile) -> bool:
    sha256 = file.sha256
    if sha256 is None:
        return False
    return ctx.outside(f"secret:{sha256}", lambda: _head_is_marked(ctx.services.files.path(sha256)))


def _head_is_marked(path: Path) -> bool:
    try:
        return secrecy_mark(read_document(path).text) is not None
    except UnreadableDocument:
        return False  # a picture or a program: what cannot be read carries no mark that could be
