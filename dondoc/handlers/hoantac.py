"""/hoantac: staff take back their last decision about a unit's result, and the unit is told."""

from __future__ import annotations

from datetime import timedelta

from dondoc.handlers.context import Context
from dondoc.reports.phrases import Phrases
from dondoc.storage import registry, undo
from dondoc.storage.conversations import Button
from dondoc.storage.undo import Change
from dondoc.storage.work import Assignment

# Later on people have acted on what was decided.
_WITHIN = timedelta(hours=24)


async def show(ctx: Context) -> None:
    """What would be taken back, and a button to do so."""
    found = await _last(ctx)
    if found is None:
        await ctx.say("handlers.undo.nothing")
        return
    change, item = found
    yes = await ctx.button("undo", {"assignment": item.id, "event": change.id}, ctx.t("handlers.undo.yes"))
    what = ctx.t(f"handlers.log.kind.{change.kind}")
    await ctx.say("handlers.undo.ask", what=what, code=item.code, unit=item.unit_name, choices=[[yes]])


async def _last(ctx: Context) -> tuple[Change, Assignment] | None:
    change = await undo.last_change(ctx.tx, ctx.me.id, ctx.now - _WITHIN)
    item = await undo.changed_item(ctx.tx, ctx.scope, change) if change else None
    return (change, item) if change and item else None


async def _undo(ctx: Context, button: Button) -> None:
    found = await _last(ctx)
    if found is None or found[0].id != button.data["event"]:
        await ctx.say("handlers.undo.nothing")
        return
    change, item = found
    await undo.take_back(ctx.tx, change, item, actor_id=ctx.me.id, at=ctx.now)
    now = await undo.changed_item(ctx.tx, ctx.scope, change) or item
    state = Phrases(ctx.t, ctx.now.date(), ctx.calendar).state(now)
    await ctx.say("handlers.undo.done", code=item.code, unit=item.unit_name, state=state)
    for contact in await registry.contacts_of(ctx.tx, [item.unit_id], ctx.now.date()):
        told = await ctx.tell(
            contact.person_id,
            lambda t: t(
                "handlers.undo.unit",
                office=ctx.office.name,
                unit=now.unit_name,
                title=Phrases(t, ctx.now.date(), ctx.calendar).title(now, cited=False),
                state=Phrases(t, ctx.now.date(), ctx.calendar).state(now),
            ),
            about=[f"assignment:{now.id}"],
        )
        if told:
            return


ACTIONS = {"undo": _undo}
