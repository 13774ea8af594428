"""Which assignments a message speaks of: the message replied to, a code, a letter, the only open one, the last named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from dondoc.handlers.context import Context
from dondoc.reports.phrases import letter
from dondoc.rules.states import OWING, SETTLED
from dondoc.storage import outbox, work
from dondoc.storage.work import Assignment
from dondoc.vietnamese.replies import Reply

_PREFIX = "assignment:"
_REMEMBERED_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Targets:
    """``items`` is what is meant for certain; when it is empty, ``candidates`` is what may be meant."""

    items: tuple[Assignment, ...]
    candidates: tuple[Assignment, ...] = ()


async def find_targets(ctx: Context, reply: Reply) -> Targets:
    """The assignments of the sender's own units that the message speaks of. Never a guess."""
    own = await work.find(ctx.tx, ctx.scope, role="lead", unit_ids=ctx.me.unit_ids)
    by_id = {item.id: item for item in own}
    if reply.codes:
        return Targets(tuple(item for item in own if item.code in reply.codes))
    named, just_said = await _named(ctx, by_id)
    if reply.letters and len(named) > 1:
        picked = [item for index, item in enumerate(named) if letter(index) in reply.letters]
        if picked:
            return Targets(tuple(picked))
    live = [item for item in own if item.state not in SETTLED and item.task_class != "standing"]
    owing = [item for item in live if item.state in OWING]
    if reply.everything:
        return Targets(tuple(item for item in named if item in owing) or tuple(owing))
    if ctx.inbound.reply_to and named:
        return Targets(tuple(named)) if len(named) == 1 else Targets((), tuple(named))
    if len(named) == 1 and just_said:
        # What was handed in a moment ago: words go with it, but a further file may be another task's.
        repeated = not ctx.files and reply.intent == "hoan_thanh"
        if named[0].state in OWING or not owing or repeated:
            return Targets(tuple(named))
        return Targets((), (named[0], *owing))
    if len(owing) == 1:
        return Targets(tuple(owing))
    if not owing and len(live) == 1:
        return Targets(tuple(live))
    return Targets((), tuple(owing or live))


async def _named(ctx: Context, by_id: dict[int, Assignment]) -> tuple[list[Assignment], bool]:
    """What the message replied to, or else the last one of ours, spoke of; and whether that was our very last word."""
    if ctx.inbound.reply_to:
        sent = await outbox.find_sent(
            ctx.tx, ctx.address.channel, ctx.address.account, ctx.address.chat_id, ctx.inbound.reply_to
        )
        about = sent.payload.get("message", {}).get("about", []) if sent else []
        return _items(about, by_id), True
    about, just_said = await outbox.last_about(ctx.tx, ctx.address, ctx.machine - _REMEMBERED_FOR)
    return _items(about, by_id), just_said


def _items(about: Sequence[str], by_id: dict[int, Assignment]) -> list[Assignment]:
    ids = [int(name.removeprefix(_PREFIX)) for name in about if name.startswith(_PREFIX)]
    return [by_id[one] for one in ids if one in by_id]
