"""Short questions back: which task is meant, and which of the five answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dondoc.handlers.context import Context, ReceivedFile
from dondoc.reports.phrases import ANSWERS, Phrases
from dondoc.storage.work import Assignment
from dondoc.vietnamese.words import capital

_SHOWN = 12


def about_of(*items: Assignment) -> list[str]:
    """What a message speaks of, so that a reply to it is understood."""
    return [f"assignment:{item.id}" for item in items]


async def ask_which(ctx: Context, items: Sequence[Assignment], files: Sequence[ReceivedFile]) -> None:
    """Keep what was said and ask which task it is about."""
    kept: dict[str, Any] = {
        "text": ctx.text,
        "files": [[file.name, file.size, file.sha256, file.media_type] for file in files],
    }
    phrases = Phrases(ctx.t, ctx.now.date(), ctx.calendar)
    rows = []
    for item in items[:_SHOWN]:
        label = f"{item.code} · {capital(item.content)}"
        rows.append([await ctx.button("which", {"assignment": item.id, "kept": kept}, label[:60])])
    listed = "\n".join(f"• {phrases.title(item, cited=False)}" for item in items[:_SHOWN])
    await ctx.say("handlers.report.which", tasks=listed, choices=rows)


async def offer_answers(ctx: Context, item: Assignment, name: str) -> None:
    choices = [
        [await ctx.button("answer", {"assignment": item.id, "answer": one}, ctx.t(f"scheduler.answer.{one}"))]
        for one in ANSWERS
    ]
    title = Phrases(ctx.t, ctx.now.date(), ctx.calendar).title(item, cited=False)
    await ctx.say(name, title=title, code=item.code, choices=choices, about=about_of(item))
