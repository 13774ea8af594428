"""Invitations to meetings: no tasks. They are announced, and each unit says whether it comes."""

from __future__ import annotations

from typing import Any

from dondoc.chat.messages import Attachment, Choice, Outbound
from dondoc.handlers.assign import reach
from dondoc.handlers.context import Context
from dondoc.handlers.order import Order
from dondoc.handlers.order_text import event_time
from dondoc.locales import Translator, translator
from dondoc.storage import conversations, outbox, people, registry
from dondoc.storage.conversations import Button
from dondoc.vietnamese.words import count


async def announce(ctx: Context, order: Order) -> None:
    """Tell the first contact of each unit who can be reached of a meeting, in a few statements however many they are."""
    names = {unit.id: unit.name for unit in await registry.all_units(ctx.tx)}
    heard = await reach(ctx.tx, order.lead)
    units_of: dict[int, list[str]] = {}
    for unit_id, person_id in heard.listeners.items():
        if person_id is not None:
            units_of.setdefault(person_id, []).append(names[unit_id])
    languages = await people.languages_of(ctx.tx, list(units_of))
    data: dict[int, dict[str, Any]] = {
        person_id: {"units": ", ".join(sorted(units)), "by": ctx.me.id, "content": order.content}
        for person_id, units in units_of.items()
    }
    wanted = [(person_id, action, one) for person_id, one in data.items() for action in ACTIONS]
    ids = iter(await conversations.make_buttons(ctx.tx, wanted, ctx.machine))
    files = tuple(Attachment(file.name, file.size, file.media_type, sha256=file.sha256) for file in order.files)
    rows = []
    for person_id, one in data.items():
        t = translator(languages[person_id])
        choices = tuple((Choice(next(ids), t(f"handlers.assign.{action}")),) for action in ACTIONS)
        message = Outbound(_invitation(t, ctx.office.name, one["units"], order), choices, files)
        rows.append(outbox.queued(heard.addresses[person_id], "notice", {"message": message.to_json()}, ctx.machine))
    await outbox.enqueue_many(ctx.tx, rows)
    told = sum(len(units) for units in units_of.values())
    await ctx.say("handlers.assign.announced", number=count(told), total=count(len(order.lead)))


def _invitation(t: Translator, office: str, units: str, order: Order) -> str:
    at = event_time(order)
    name = "handlers.assign.announcement_at" if at else "handlers.assign.announcement"
    return t(name, office=office, units=units, content=order.content, at=at)


async def _attend(ctx: Context, button: Button) -> None:
    await _answered(ctx, button, "attends")


async def _absent(ctx: Context, button: Button) -> None:
    await _answered(ctx, button, "is_absent")


async def _answered(ctx: Context, button: Button, answer: str) -> None:
    """The one who invited hears it; who changes their mind may press the other one."""
    data = button.data
    if button.used_at is None:
        await ctx.tell(
            int(data["by"]),
            lambda t: t(f"handlers.assign.{answer}", units=data["units"], person=ctx.me.name, content=data["content"]),
        )
    await ctx.say(f"handlers.assign.{answer}_noted")


ACTIONS = {"attend": _attend, "absent": _absent}
