"""/tiendo: where things stand, in one screen and a picture; narrowed by directive, unit or week; and the register."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.chat.messages import Attachment, Choice
from dondoc.handlers.context import Context
from dondoc.reports.progress_text import ProgressText
from dondoc.reports.register import write_register
from dondoc.reports.wording import OfficeName
from dondoc.rules.progress import Row, count, count_by
from dondoc.storage import directives, files, progress, registry, work
from dondoc.storage.conversations import Button
from dondoc.storage.directives import Directive
from dondoc.storage.files import StoredFile
from dondoc.vietnamese.text import fold, nfc
from dondoc.vietnamese.words import cite, format_date, format_hour

_NUMBER = re.compile(r"^\d{1,5}(/[\w\-/&]+)?$")
_THIS_WEEK = frozenset({"tuan nay", "trong tuan", "trong tuan nay"})
_MAX_ASKED = 8


@dataclass(frozen=True, slots=True)
class Filter:
    """What the figures are narrowed to; all of them None is the whole office."""

    directive_id: int | None = None
    unit_ids: tuple[int, ...] | None = None
    due: tuple[date, date] | None = None
    name: str = ""

    def data(self) -> dict[str, Any]:
        due = [day.isoformat() for day in self.due] if self.due else None
        return {"directive": self.directive_id, "units": self.unit_ids, "due": due, "name": self.name}


async def show(ctx: Context) -> None:
    """/tiendo, /tiendo 203/TB-UBND, /tiendo TH Bình Chánh, /tiendo tuần này."""
    wanted = nfc(ctx.argument).strip(" ?.")
    if not wanted:
        await _show(ctx, Filter())
        return
    if fold(wanted) in _THIS_WEEK:
        await _this_week(ctx)
        return
    if _NUMBER.match(wanted):
        await _by_number(ctx, wanted)
        return
    await _by_unit(ctx, wanted)


async def _this_week(ctx: Context) -> None:
    monday = ctx.now.date() - timedelta(days=ctx.now.weekday())
    sunday = monday + timedelta(days=6)
    name = ctx.t("handlers.progress.week", first=format_date(monday), last=format_date(sunday))
    await _show(ctx, Filter(due=(monday, sunday), name=name))


async def _by_number(ctx: Context, number: str) -> None:
    found = await _visible(ctx, await directives.find_directives(ctx.tx, ctx.office.id, number))
    if not found:
        await ctx.say("handlers.progress.no_directive", number=number)
        return
    choices = [(Filter(directive_id=one.id, name=cite(one.kind, one.number, one.issued_on))) for one in found]
    await _show_or_ask(ctx, choices)


async def _visible(ctx: Context, found: Sequence[Directive]) -> list[Directive]:
    """Those with something that the asker sees."""
    if ctx.scope.seen_units is None:
        return list(found)
    seen = await work.directives_of(ctx.tx, ctx.scope)
    return [one for one in found if one.id in seen]


async def _by_unit(ctx: Context, name: str) -> None:
    units = await registry.registry(ctx.tx)
    found = units.resolve(name, ctx.now.date())
    if found.group and found.units:
        await _show(ctx, Filter(unit_ids=tuple(unit.id for unit in found.units), name=found.group))
        return
    choices = [Filter(unit_ids=(unit.id,), name=unit.name) for unit in (*found.units, *found.candidates)]
    if not choices:
        await ctx.say("handlers.progress.unknown", name=name[:100])
        return
    await _show_or_ask(ctx, choices)


async def _show_or_ask(ctx: Context, choices: Sequence[Filter]) -> None:
    """An ambiguous name is asked."""
    if len(choices) == 1:
        await _show(ctx, choices[0])
        return
    rows = [[await ctx.button("progress", one.data(), one.name)] for one in choices[:_MAX_ASKED]]
    await ctx.say("handlers.progress.which", choices=rows)


async def _show(ctx: Context, wanted: Filter) -> None:
    text, picture = ctx.read_outside(f"screen:{wanted}", partial(_screen, ctx, wanted))
    await ctx.say_text(text, choices=await _drill_down(ctx, wanted) if picture else (), picture=picture)


async def _screen(ctx: Context, wanted: Filter, tx: AsyncConnection) -> tuple[str, dict[str, Any] | None]:
    """The words and the picture; without a picture if there is nothing to show."""
    rows = await _rows(ctx, wanted, tx)
    standing = 0 if wanted.name else await progress.standing_tasks(tx, ctx.scope)
    text = ProgressText(ctx.t, ctx.now, ctx.calendar).screen(rows, title=wanted.name, standing=standing)
    return text, _picture(ctx, rows, wanted) if any(row.role == "lead" for row in rows) else None


async def _rows(ctx: Context, wanted: Filter, tx: AsyncConnection) -> list[Row]:
    return await progress.rows(
        tx, ctx.scope, ctx.now.tzinfo, directive_id=wanted.directive_id, unit_ids=wanted.unit_ids, due=wanted.due
    )


async def _drill_down(ctx: Context, wanted: Filter) -> list[list[Choice]]:
    buttons = [[await ctx.button("who_owes", wanted.data(), ctx.t("handlers.progress.who_owes"))]]
    if wanted.directive_id is None and wanted.unit_ids is None:
        buttons.append([await ctx.button("by_directive", {}, ctx.t("handlers.progress.by_directive"))])
    buttons.append([await ctx.button("export", wanted.data(), ctx.t("handlers.progress.export"))])
    return buttons


def _picture(ctx: Context, rows: Sequence[Row], wanted: Filter) -> dict[str, Any]:
    """The plain values of the picture; it is drawn when the message is sent, from these same figures."""
    today = ctx.now.date()
    by_unit = count_by(rows, lambda row: row.unit_name, today, ctx.calendar)
    return {
        "title": wanted.name or ctx.t("reports.progress.title"),
        "stamp": ctx.t("reports.progress.stamp", hour=format_hour(ctx.now), date=format_date(today)),
        "counts": _plain(count(rows, today, ctx.calendar)),
        "bars": [[name, _plain(counts)] for name, counts in by_unit.items()],
    }


def _plain(counts: Any) -> dict[str, int]:
    return {name: getattr(counts, name) for name in counts.__dataclass_fields__}


# The questions in words that are answered: what is asked for, and the words by which it is known.
_ASKS = re.compile(r"\b(tien do|chua nop|con ai|ai no|no bao cao|toi dau|den han|nop chua)\b")
_ASKS_WHO = re.compile(r"\b(ai|truong nao|don vi nao|xa nao)\b.*\b(chua nop|no)\b|\bcon ai\b")
_ANY_NUMBER = re.compile(r"\b\d{1,5}(/[\w\-]+)?\b")


async def question(ctx: Context) -> bool:
    """A question in words, as far as the same queries answer it: "trường nào chưa nộp?", "203 còn ai nợ", "tuần này".

    False if the text asks nothing about progress.
    """
    folded = fold(ctx.text).strip(" ?.!")
    if not _ASKS.search(folded):
        return False
    number = _ANY_NUMBER.search(nfc(ctx.text))
    if number:
        await _by_number(ctx, number.group(0))
    elif "tuan nay" in folded:
        await _this_week(ctx)
    elif _ASKS_WHO.search(folded):
        await _who_owes(ctx, Filter())
    else:
        await _about_unit(ctx)
    return True


async def _about_unit(ctx: Context) -> None:
    units = await registry.registry(ctx.tx)
    spans = units.find(nfc(ctx.text), ctx.now.date())
    if spans:
        await _by_unit(ctx, spans[0].text)
    else:
        await ctx.say("handlers.progress.question_unknown")


async def _who_owes(ctx: Context, wanted: Filter) -> None:
    async def read(tx: AsyncConnection) -> str:
        rows = await _rows(ctx, wanted, tx)
        return ProgressText(ctx.t, ctx.now, ctx.calendar).who_owes(rows, title=wanted.name)

    await ctx.say_text(ctx.read_outside(f"owes:{wanted}", read))


async def _pressed_owes(ctx: Context, button: Button) -> None:
    await _who_owes(ctx, _filter(button))


async def _pressed_filter(ctx: Context, button: Button) -> None:
    await _show(ctx, _filter(button))


async def _pressed_directives(ctx: Context, button: Button) -> None:
    found = await _visible(ctx, await directives.approved(ctx.tx, ctx.office.id))
    if not found:
        await ctx.say("handlers.progress.no_directives")
        return
    choices = [Filter(directive_id=one.id, name=cite(one.kind, one.number, one.issued_on)) for one in found]
    rows = [[await ctx.button("progress", one.data(), one.name)] for one in choices[:_MAX_ASKED]]
    await ctx.say("handlers.progress.which_directive", choices=rows)


def _filter(button: Button) -> Filter:
    data = button.data
    first, last = data["due"] if data.get("due") else (None, None)
    due = (date.fromisoformat(first), date.fromisoformat(last)) if first and last else None
    units = tuple(data["units"]) if data.get("units") else None
    return Filter(data.get("directive"), units, due, data.get("name", ""))


async def export(ctx: Context) -> None:
    """/xuat: the register as Excel."""
    await _export(ctx, Filter())


async def _pressed_export(ctx: Context, button: Button) -> None:
    await _export(ctx, _filter(button))


async def _export(ctx: Context, wanted: Filter) -> None:
    rows = ctx.read_outside(f"rows:{wanted}", partial(_rows, ctx, wanted))
    office = OfficeName(ctx.office.name, ctx.office.organ, ctx.office.place)
    now, calendar = ctx.now, ctx.calendar

    def write() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "register.xlsx"
            write_register(path, rows, office=office, as_of=now, calendar=calendar)
            return path.read_bytes()

    content = ctx.outside("register", write)
    stored: StoredFile = await ctx.services.files.store_bytes(content)
    await files.register(ctx.tx, stored)
    name = f"theo-doi-nhiem-vu-{now:%Y-%m-%d}.xlsx"
    attachment = Attachment(name, stored.size, stored.media_type, sha256=stored.sha256)
    await ctx.say("handlers.progress.exported", rows=len(rows), attachments=[attachment])


ACTIONS = {
    "progress": _pressed_filter,
    "who_owes": _pressed_owes,
    "by_directive": _pressed_directives,
    "export": _pressed_export,
}
