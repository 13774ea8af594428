"""Short questions back: which task is meant, and which of the five answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dondoc.handlers import nop
from dondoc.handlers.context import Context, ReceivedFile
from dondoc.reports.phrases import ANSWERS, Phrases
from dondoc.storage.conversations import Conversation
from dondoc.storage.work import Assignment
from dondoc.vietnamese.words import capital, count

FLOW = "baocao"
ALBUM = "album"
_SHOWN = 12


def about_of(*items: Assignment) -> list[str]:
    """What a message speaks of, so that a reply to it is understood."""
    return [f"assignment:{item.id}" for item in items]


async def ask_which(ctx: Context, items: Sequence[Assignment], files: Sequence[ReceivedFile]) -> None:
    """Keep what was said and ask which task it is about; of an album once, while its files come in."""
    entries = [[file.name, file.size, file.sha256, file.media_type] for file in files]
    kept: dict[str, Any] = {"text": ctx.text, "files": entries, "album": ctx.inbound.album}
    if ctx.inbound.album:
        await ctx.remember(FLOW, ALBUM, {"album": ctx.inbound.album, "files": entries})
    phrases = Phrases(ctx.t, ctx.now.date(), ctx.calendar)
    rows = []
    several = len({item.unit_id for item in items}) > 1
    for item in items[:_SHOWN]:
        what = item.unit_name if several else capital(item.content)
        label = f"{item.code} · {what}"
        rows.append([await ctx.button("which", {"assignment": item.id, "kept": kept}, label)])
    of_unit = [f" ({item.unit_name})" if several else "" for item in items[:_SHOWN]]
    titles = [phrases.title(item, cited=False) for item in items[:_SHOWN]]
    listed = "\n".join(f"• {title}{unit}" for title, unit in zip(titles, of_unit, strict=True))
    await ctx.say("handlers.report.which", tasks=listed, choices=rows)


async def offer_answers(ctx: Context, item: Assignment, name: str) -> None:
    choices = [
        [await ctx.button("answer", {"assignment": item.id, "answer": one}, ctx.t(f"scheduler.answer.{one}"))]
        for one in ANSWERS
    ]
    title = Phrases(ctx.t, ctx.now.date(), ctx.calendar).title(item, cited=False)
    await ctx.say(name, title=title, code=item.code, choices=choices, about=about_of(item))


async def ask_if_sent(ctx: Context, item: Assignment, *, document: str | None) -> None:
    """Whether it was handed in: one question before anything is noted."""
    yes = await ctx.button("sent", {"assignments": [item.id], "document": document}, ctx.t("handlers.yes"))
    no = await ctx.button("answer", {"assignment": item.id, "answer": "working"}, ctx.t("handlers.report.not_yet"))
    noun = Phrases(ctx.t, ctx.now.date(), ctx.calendar).noun(item)
    await ctx.say("handlers.report.is_it_sent", noun=noun, code=item.code, choices=[[yes, no]], about=about_of(item))


async def ask_if_all_sent(ctx: Context, items: Sequence[Assignment], *, document: str | None) -> None:
    """The same of several, with the list."""
    phrases = Phrases(ctx.t, ctx.now.date(), ctx.calendar)
    listed = "\n".join(f"• {phrases.title(item, cited=False)}" for item in items)
    ids = [item.id for item in items]
    yes = await ctx.button("sent", {"assignments": ids, "document": document}, ctx.t("handlers.yes"))
    no = await ctx.button("which_of", {"assignments": ids}, ctx.t("handlers.no"))
    await ctx.say(
        "handlers.report.all_sent", number=count(len(items)), tasks=listed, choices=[[yes, no]], about=about_of(*items)
    )


async def collect_album(ctx: Context, conversation: Conversation) -> bool:
    """A further file of an album whose task is being asked for."""
    if ctx.inbound.album != conversation.data["album"]:
        return False
    files = [[file.name, file.size, file.sha256, file.media_type] for file in await nop.usable_files(ctx)]
    kept = {"album": ctx.inbound.album, "files": [*conversation.data["files"], *files]}
    await ctx.remember(FLOW, ALBUM, kept)
    return True
