"""/nhatky: administrators look who did and read what; by task, by person, by day."""

from __future__ import annotations

from datetime import date
from typing import Any

from dondoc.handlers.context import Context
from dondoc.locales import Translator
from dondoc.storage import audit
from dondoc.storage.audit import Entry
from dondoc.vietnamese.deadline_dates import find_dates, line_of
from dondoc.vietnamese.reply_details import codes_in
from dondoc.vietnamese.text import nfc, shorten
from dondoc.vietnamese.words import count, format_date, format_hour

_SHOWN = 20


async def show(ctx: Context) -> None:
    """/nhatky, /nhatky NV-012, /nhatky 18/6, /nhatky Hường; latest first."""
    wanted = nfc(ctx.argument).strip()
    found, total = await audit.entries(ctx.tx, ctx.now.tzinfo, limit=_SHOWN, **_filter(wanted, ctx.now.date()))
    if not found:
        await ctx.say("handlers.log.nothing")
        return
    lines = [ctx.t("handlers.log.head", shown=count(len(found)), total=count(total))]
    lines += [_line(ctx, entry) for entry in found]
    await ctx.say_text("\n".join(lines))


def _filter(wanted: str, today: date) -> dict[str, Any]:
    codes = codes_in(wanted)
    if codes:
        return {"task_code": codes[0]}
    days = [written.day for written in find_dates(line_of(wanted), today)]
    if days:
        # The log looks back: a day without its year is the last such day.
        day = days[0] if days[0] <= today else days[0].replace(year=days[0].year - 1)
        return {"day": day}
    return {"name": wanted} if wanted else {}


def _line(ctx: Context, entry: Entry) -> str:
    local = entry.at.astimezone(ctx.now.tzinfo)
    about = ", ".join(filter(None, (entry.task_code, shorten(entry.unit_name, 40) if entry.unit_name else None)))
    return ctx.t(
        "handlers.log.line",
        when=f"{format_hour(local)}, {format_date(local.date())}",
        who=_who(ctx.t, entry),
        what=_what(ctx.t, entry.kind) + (f" ({about})" if about else ""),
    )


def _who(t: Translator, entry: Entry) -> str:
    if entry.actor_id is None:
        return t("handlers.log.program")
    return entry.name or t("handlers.log.person", number=entry.actor_id)


def _what(t: Translator, kind: str) -> str:
    """The step in words; one that has none yet under its own name, because nothing may be left out of the log."""
    name = f"handlers.log.kind.{kind}"
    return t(name) if t.has(name) else kind
