"""What an answer adds to an order, one function a question; each says whether the message was an answer at all."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

from dondoc.directives.line import parse_line
from dondoc.directives.line_facts import data_period_of
from dondoc.directives.line_party import PARTY_KINDS
from dondoc.handlers.context import Context
from dondoc.handlers.order import Order, completed, order_of
from dondoc.handlers.order_questions import is_past, next_question
from dondoc.rules.units import kind_of
from dondoc.storage import order_drafts, registry
from dondoc.storage.order_drafts import OrderDraft
from dondoc.vietnamese.deadline_dates import find_dates, line_of
from dondoc.vietnamese.text import fold, nfc, shorten

_UNDATED = re.compile(r"(?:khong|ko|k)(?: co)?(?: thoi)? han|khong can han|chua co han")


async def put(ctx: Context, draft: OrderDraft, order: Order) -> None:
    """The draft is this order now; what is still open is asked."""
    await next_question(ctx, await order_drafts.change(ctx.tx, draft, order.to_json(), ctx.machine))


async def order_from(ctx: Context, text: str) -> Order:
    """What a line of staff orders."""
    units = await registry.registry(ctx.tx)
    return order_of(parse_line(nfc(text), ctx.now, units), of_party=of_party(ctx))


def of_party(ctx: Context) -> bool:
    """Whether the office serves an organ of the Party, which may address the others."""
    return kind_of("", ctx.office.organ) in PARTY_KINDS


async def _line(ctx: Context, draft: OrderDraft, text: str) -> bool:
    """The first answer: units, or as much of the line as is typed."""
    order = Order.from_json(draft.data)
    found = (await registry.registry(ctx.tx)).resolve(text, ctx.now.date())
    told = await order_from(ctx, text)
    if found.is_settled and not (told.deadline or told.content):
        told = replace(told, lead=tuple(unit.id for unit in found.units), candidates=(), party=told.party)
    await put(ctx, draft, completed(order, told))
    return True


async def _units(ctx: Context, draft: OrderDraft, text: str) -> bool:
    """Units by name, code or group, also with a day behind them."""
    order = Order.from_json(draft.data)
    if order.doubtful and (answer := _yes_or_no(text)) is not None:
        more = order.doubtful if answer else ()
        await put(ctx, draft, replace(order, lead=(*order.lead, *more), doubtful=()))
        return True
    warnings = tuple(one for one in order.warnings if not one.startswith(("unknown_unit:", "closed_unit:")))
    asked = replace(order, lead=(), candidates=(), doubtful=(), party=(), warnings=warnings)
    told = await order_from(ctx, f"{text}: {order.content or 'việc'}")
    if not (told.lead or told.candidates or told.doubtful or told.party):
        if text.rstrip().endswith("?"):
            return False
        await ctx.say("handlers.assign.unknown_unit", name=shorten(text, 100))
        return True
    told = replace(told, content="", quote="", meeting=False, warnings=())
    await put(ctx, draft, completed(asked, told))
    return True


def _yes_or_no(text: str) -> bool | None:
    said = fold(text).strip(" .!,")
    if re.fullmatch(r"(?:co|gom ca|gom|co gom|dung|u|vang|da|co a|co nhe)", said):
        return True
    return False if re.fullmatch(r"(?:khong|ko|k|khong gom|khong a|khong nhe)", said) else None


async def _content(ctx: Context, draft: OrderDraft, text: str) -> bool:
    """What is to be done, with whatever else the answer tells."""
    order = Order.from_json(draft.data)
    told = await order_from(ctx, text)
    if told.lead or told.candidates or not told.content:
        # Units in it are spoken of: "kiểm tra TH Hoa Sen".
        told = replace(told, content=text, lead=(), candidates=(), doubtful=())
    await put(ctx, draft, completed(order, replace(told, warnings=(), party=())))
    return True


async def _deadline(ctx: Context, draft: OrderDraft, text: str) -> bool:
    """A day, an hour of today, a period that comes again, or that there is none."""
    order = replace(
        Order.from_json(draft.data), deadline=None, days=(), undated=False, recurrence=(), recurrence_rule=None
    )
    if _UNDATED.fullmatch(fold(text).strip(" .!,")):
        await put(ctx, draft, replace(order, undated=True))
        return True
    for words in (text, f"hạn {text}", f"nộp trước {text}"):
        told = await order_from(ctx, words)
        if told.deadline or told.days:
            break
    else:
        if text.rstrip().endswith("?"):
            return False
        far = "deadline_far" in told.warnings
        await ctx.say("handlers.assign.warning.deadline_far" if far else "handlers.assign.no_day")
        return True
    days = Order(
        deadline=told.deadline, days=told.days, recurrence=told.recurrence, recurrence_rule=told.recurrence_rule,
        urgent=told.urgent, urgency=told.urgency, warnings=tuple(one for one in told.warnings if one == "counted_deadline"),
    )  # fmt: skip
    if days.deadline is not None and is_past(ctx, days.deadline):
        await next_question(ctx, replace(draft, data=completed(order, days).to_json()))
        return True
    await put(ctx, draft, completed(order, days))
    return True


async def _event(ctx: Context, draft: OrderDraft, text: str) -> bool:
    """When the meeting is held."""
    told = await order_from(ctx, f"mời họp {text}")
    if told.event_at is None:
        await ctx.say("handlers.assign.no_event")
        return True
    order = replace(Order.from_json(draft.data), event_at=told.event_at)
    await put(ctx, draft, order)
    return True


async def _period(ctx: Context, draft: OrderDraft, text: str) -> bool:
    """Whose figures: two days, or a period by its name."""
    order = Order.from_json(draft.data)
    days = sorted(written.day for written in find_dates(line_of(text), ctx.now.date(), short_years=True))
    period = (days[0], days[1]) if len(days) == 2 else data_period_of(f"báo cáo {text}", ctx.now.date())
    if period is None:
        await ctx.say("handlers.assign.no_period")
        return True
    await put(ctx, draft, replace(order, data_period=period))
    return True


ANSWERS: dict[str, Callable[[Context, OrderDraft, str], Awaitable[bool]]] = {
    "line": _line,
    "units": _units,
    "content": _content,
    "deadline": _deadline,
    "event": _event,
    "period": _period,
}
