"""Documents marked MẬT have no place here, in any form: file, file name, caption, typed text, album, archive.

What was received is erased – payload, file, file name, text, and what was made of it – and only time, sender and hash stay in
the trail. The sender is asked to delete it and to use the paper route (Luật Bảo vệ bí mật nhà nước 2018).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import timedelta

from dondoc.chat.messages import Outbound
from dondoc.directives.marked import file_mark
from dondoc.directives.secrecy_said import name_mark, said_mark
from dondoc.handlers import nop
from dondoc.handlers.context import Context, ReceivedFile
from dondoc.storage import conversations, directives, inbox, outbox, outbox_erasing, work
from dondoc.storage import files as content

# Within this time the parts of an album come in, in the office's time: what staff loaded with one of them goes with it.
_TOGETHER = timedelta(minutes=10)


async def refuse_secret(ctx: Context) -> bool:
    """Erase and refuse the message if its text, a file or the name of one carries a secrecy mark. False if none does."""
    claimed = said_mark(ctx.text) is not None or any(name_mark(file.name) for file in ctx.inbound.attachments)
    if not claimed and not any(_is_marked(ctx, file) for file in ctx.files) and not await _album_is_refused(ctx):
        return False
    await refuse(ctx)
    return True


async def refuse(ctx: Context) -> None:
    """Erase the message with its files, and say so."""
    if not await _erase_files(ctx, ctx.files):
        await _note_words(ctx)
    if ctx.inbound.album:
        await _erase_rest_of_album(ctx, ctx.inbound.album)
    await _blank(ctx)
    await _answer(ctx)


async def erase_of_stranger(ctx: Context) -> None:
    """The same for somebody unknown, who hears nothing about it. Files of strangers are never fetched."""
    if said_mark(ctx.text) is not None or any(name_mark(file.name) for file in ctx.inbound.attachments):
        await _note_words(ctx)
        await _blank(ctx)


async def release(ctx: Context, file: ReceivedFile) -> None:
    """Keep nothing of a file that may be secret for all we know; what others handed in with the same bytes stays."""
    sha256 = file.sha256
    if sha256 is None or not await content.release(ctx.tx, sha256, ctx.inbox_id):
        return
    await inbox.erase_files(ctx.tx, ctx.inbox_id)
    await _note(ctx, sha256, file.size)
    _unlink(ctx, sha256)


async def _answer(ctx: Context) -> None:
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


async def _erase_rest_of_album(ctx: Context, album: str) -> None:
    """Its messages that came before the caption, with what was made and said of them."""
    earlier = await inbox.of_album(ctx.tx, ctx.inbox_id, album)
    for row in earlier:
        files = [ReceivedFile(**entry) for entry in row.files]
        for file in files:
            await directives.delete_drafts_of_file(ctx.tx, file.sha256 or "", ctx.me.id, ctx.now - _TOGETHER)
        await _erase_files(ctx, files)
        await inbox.erase(ctx.tx, row.id)
    if not earlier:
        return
    keys = [nop.album_key(ctx), *(f"{kind}:{row.id}" for row in earlier for kind in ("answer", "receipt"))]
    await nop.take_back_album(ctx)
    await outbox_erasing.erase_answers(ctx.tx, ctx.address, min(row.received_at for row in earlier), keys)
    conversation = await conversations.recall(ctx.tx, ctx.address, ctx.machine)
    if conversation is not None and conversation.data.get("album") == album:
        await ctx.forget()
    await conversations.forget_buttons(ctx.tx, ctx.me.id, "which", album)


async def _erase_files(ctx: Context, files: Iterable[ReceivedFile]) -> bool:
    """Erase bytes and every trace but time, sender and hash; False if there was nothing to erase."""
    stored = [(file.sha256, file.size) for file in files if file.sha256 is not None]
    for sha256, size in stored:
        await content.erase(ctx.tx, sha256)
        await outbox_erasing.erase_carrying(ctx.tx, sha256)
        await _note(ctx, sha256, size)
        _unlink(ctx, sha256)
    return bool(stored)


async def _note_words(ctx: Context) -> None:
    words = ctx.text.encode()
    await _note(ctx, hashlib.sha256(words).hexdigest(), len(words))


async def _note(ctx: Context, sha256: str, size: int | None) -> None:
    actor = ctx.person.id if ctx.person else None
    await work.record(ctx.tx, "document.refused", actor_id=actor, at=ctx.now, detail={"sha256": sha256, "size": size})


def _unlink(ctx: Context, sha256: str) -> None:
    async def unlink() -> None:
        ctx.services.files.forget(sha256)

    # Only once the database has forgotten them: a transaction that is tried again still needs the bytes.
    ctx.after_commit.append(unlink)


async def _blank(ctx: Context) -> None:
    await inbox.erase(ctx.tx, ctx.inbox_id)
    ctx.after_commit.append(lambda: ctx.services.forget_message(ctx.inbound))


def _is_marked(ctx: Context, file: ReceivedFile) -> bool:
    sha256 = file.sha256
    if sha256 is None:
        return False
    return ctx.outside(f"secret:{sha256}", lambda: file_mark(ctx.services.files.path(sha256), file.name)) is not None
