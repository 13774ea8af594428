"""What a person of the office has to read: obstacles, questions, and messages that fit no task."""

from __future__ import annotations

from dondoc.handlers.asking import about_of
from dondoc.handlers.context import Context
from dondoc.rules.roles import Right
from dondoc.storage import people
from dondoc.storage.work import Assignment
from dondoc.vietnamese.text import nfc


async def tell_office(ctx: Context, name: str, item: Assignment, text: str) -> None:
    sender = " – ".join(filter(None, (ctx.me.name, ctx.me.title, ctx.me.phone)))
    for person_id in await people.with_right(ctx.tx, ctx.office.id, Right.CONFIRM):
        await ctx.tell(
            person_id,
            lambda t: t(name, unit=item.unit_name, code=item.code, sender=sender, text=text),
            about=about_of(item),
        )


async def to_office(ctx: Context) -> None:
    """A message that fits no task goes to a person of the office with its words and the names of its files."""
    sender = " – ".join(filter(None, (ctx.me.name, ctx.me.title, ctx.me.phone)))
    text = "; ".join(filter(None, (nfc(ctx.text), *(file.name for file in ctx.files))))
    for person_id in await people.with_right(ctx.tx, ctx.office.id, Right.CONFIRM):
        await ctx.tell(person_id, lambda t: t("handlers.office.message", sender=sender, text=text))
