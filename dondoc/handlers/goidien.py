"""/goidien: who has to be telephoned, and which levels of the office nobody has joined for."""

from __future__ import annotations

from dondoc.chat.messages import Attachment
from dondoc.handlers.context import Context
from dondoc.reports.call_list import calls, levels_without_anybody, write_call_list
from dondoc.reports.wording import OfficeName
from dondoc.storage import files
from dondoc.vietnamese.words import count

_SHOWN = 10


async def show(ctx: Context) -> None:
    """The list as text and as a sheet to print."""
    found = await calls(ctx.tx, ctx.scope, ctx.now.date(), ctx.calendar)
    missing = await levels_without_anybody(ctx.tx, ctx.office.id)
    lines = []
    if missing:
        roles = ", ".join(ctx.t(f"handlers.role.{role.value}") for role in missing)
        lines.append(ctx.t("handlers.calls.levels", roles=roles))
    if not found:
        await ctx.say_text("\n".join([*lines, ctx.t("handlers.calls.nobody")]))
        return
    office = OfficeName(ctx.office.name, ctx.office.organ, ctx.office.place)
    now = ctx.now
    content = ctx.outside("calls", lambda: write_call_list(found, office=office, as_of=now))
    stored = await ctx.services.files.store_bytes(content)
    await files.register(ctx.tx, stored)
    lines.append(ctx.t("handlers.calls.head", number=count(len(found))))
    for call in found[:_SHOWN]:
        first = call.contacts[0] if call.contacts else None
        who = ", ".join(filter(None, (first.name, first.title, first.phone))) if first else "–"
        codes = ", ".join(item.code for item in call.tasks)
        lines.append(ctx.t("handlers.calls.line", unit=call.unit_name, who=who, codes=codes))
    if len(found) > _SHOWN:
        lines.append(ctx.t("handlers.calls.more", number=count(len(found) - _SHOWN)))
    attachment = Attachment(
        f"danh-sach-goi-dien-{now:%Y-%m-%d}.xlsx", stored.size, stored.media_type, sha256=stored.sha256
    )
    await ctx.say_text("\n".join(lines), attachments=[attachment])
