"""What a person of the office has to read: obstacles, questions, and messages that fit no task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dondoc.chat.messages import Attachment
from dondoc.handlers.asking import about_of
from dondoc.handlers.context import Context, ReceivedFile
from dondoc.rules.roles import Right
from dondoc.storage import people
from dondoc.storage.work import Assignment
from dondoc.vietnamese.text import nfc


async def tell_office(
    ctx: Context,
    name: str,
    item: Assignment,
    text: str,
    *,
    choices: Sequence[tuple[str, str, Mapping[str, Any]]] = (),
) -> int:
    """The sentence called ``name`` to everybody who checks results; how many could be reached."""
    told = 0
    for person_id in await people.with_right(ctx.tx, ctx.office.id, Right.CONFIRM, [item.unit_id]):
        told += await ctx.tell(
            person_id,
            lambda t: t(name, unit=item.unit_name, code=item.code, sender=_sender(ctx), text=text),
            about=about_of(item),
            choices=choices,
        )
    return told


async def to_office(ctx: Context, files: Sequence[ReceivedFile] = ()) -> int:
    """A message that fits no task goes to a person of the office, with its words and its files; how many got it."""
    attachments = [Attachment(file.name, file.size, file.media_type, sha256=file.sha256) for file in files]
    told = 0
    for person_id in await people.with_right(ctx.tx, ctx.office.id, Right.CONFIRM):
        told += await ctx.tell(
            person_id,
            lambda t: t("handlers.office.message", sender=_sender(ctx), text=nfc(ctx.text)),
            attachments=attachments,
        )
    return told


def _sender(ctx: Context) -> str:
    return " – ".join(filter(None, (ctx.me.name, ctx.me.title, ctx.me.phone)))
