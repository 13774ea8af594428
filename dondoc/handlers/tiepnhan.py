"""The first answers to a task: it is received, or it is not ours."""

from __future__ import annotations

from dondoc.handlers import steps
from dondoc.handlers.asking import about_of
from dondoc.handlers.context import Context
from dondoc.handlers.office_inbox import tell_office
from dondoc.storage.conversations import Button
from dondoc.storage.work import Assignment


async def _received(ctx: Context, button: Button) -> None:
    """Đã tiếp nhận, under an assignment notice."""
    codes = []
    for one in button.data["assignments"]:
        item = await steps.fresh(ctx, int(one))
        if item is not None and await steps.receive(ctx, item):
            codes.append(item.code)
    if codes:
        await ctx.say("handlers.report.received_all", codes=", ".join(codes))
    else:
        await ctx.say("handlers.report.received_before")


async def not_ours(ctx: Context, item: Assignment) -> None:
    """Asked once: đề nghị giao lại is pending and unchased until staff decide."""
    yes = await ctx.button("not_ours", {"assignment": item.id}, ctx.t("handlers.report.not_ours_yes"))
    no = await ctx.button("pick", {"assignment": item.id}, ctx.t("handlers.no"))
    await ctx.say("handlers.report.not_ours_sure", code=item.code, choices=[[yes], [no]], about=about_of(item))


async def _declined(ctx: Context, button: Button) -> None:
    item = await steps.fresh(ctx, int(button.data["assignment"]))
    if item is None or not await steps.decline(ctx, item):
        await ctx.say("handlers.button_old")
        return
    data = {"assignment": item.id}
    decide = [("keep", "handlers.check.keep", data), ("withdraw", "handlers.check.withdraw", data)]
    await tell_office(ctx, "handlers.office.not_ours", item, "", choices=decide)
    await ctx.say("handlers.report.not_ours_done", code=item.code)


ACTIONS = {"received": _received, "not_ours": _declined}
