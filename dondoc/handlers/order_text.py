"""How the draft of an order reads: everything that was understood, in the order of a register, and what is doubtful."""

from __future__ import annotations

from collections.abc import Mapping

from dondoc.handlers.context import Context
from dondoc.handlers.order import Order
from dondoc.reports.phrases import Phrases
from dondoc.rules.deadlines import Deadline
from dondoc.rules.ladder import hour_rungs
from dondoc.rules.units import Unit
from dondoc.vietnamese.words import capital, count, format_date, format_day, format_hour

# More names than these make a message that nobody reads; the count is always whole.
_SHOWN = 40


def draft_text(ctx: Context, order: Order, units: Mapping[int, Unit]) -> str:
    """The draft of a task."""
    phrases = Phrases(ctx.t, ctx.now.date(), ctx.calendar)
    lines = [
        ctx.t("handlers.assign.draft", content=capital(order.content)),
        ctx.t("handlers.assign.draft_units", number=count(len(order.lead)), units=names(order.lead, units)),
    ]
    if order.cooperate:
        lines.append(ctx.t("handlers.assign.draft_cooperate", units=names(order.cooperate, units)))
    if order.deliverable:
        lines.append(ctx.t("handlers.assign.draft_deliverable", deliverable=order.deliverable))
    lines.append(ctx.t("handlers.assign.draft_deadline", deadline=phrases.deadline(order.deadline)))
    lines += _recurring(ctx, order)
    if order.urgent or order.urgency:
        lines.append(_urgency(ctx, order))
    if order.report_to or order.report_via:
        lines.append(ctx.t("handlers.assign.draft_to", to=_receiver(ctx, order)))
    if order.basis:
        lines.append(ctx.t("handlers.assign.draft_basis", basis=order.basis))
    if order.data_period:
        first, last = order.data_period
        lines.append(ctx.t("handlers.assign.draft_period", first=format_date(first), last=format_date(last)))
    if order.nil_report:
        lines.append(ctx.t("handlers.assign.draft_nil"))
    if order.files:
        lines.append(ctx.t("handlers.assign.draft_files", files=", ".join(file.name for file in order.files)))
    if order.excluded:
        lines.append(ctx.t("handlers.assign.draft_excluded", units=names(order.excluded, units)))
    return "\n".join((*lines, *warnings(ctx, order)))


def meeting_text(ctx: Context, order: Order, units: Mapping[int, Unit]) -> str:
    """The draft of an invitation."""
    lines = [ctx.t("handlers.assign.meeting", content=capital(order.content))]
    if order.event_at is not None:
        lines.append(ctx.t("handlers.assign.meeting_at", at=event_time(order)))
    lines.append(ctx.t("handlers.assign.meeting_units", number=count(len(order.lead)), units=names(order.lead, units)))
    if order.files:
        lines.append(ctx.t("handlers.assign.draft_files", files=", ".join(file.name for file in order.files)))
    if order.excluded:
        lines.append(ctx.t("handlers.assign.draft_excluded", units=names(order.excluded, units)))
    return "\n".join((*lines, *warnings(ctx, order), ctx.t("handlers.assign.meeting_how")))


def event_time(order: Order) -> str:
    """07 giờ 30, thứ Hai, 24/6/2024; empty if the invitation does not say."""
    at = order.event_at
    return f"{format_hour(at)}, {format_day(at.date())}" if at is not None else ""


def names(ids: tuple[int, ...], units: Mapping[int, Unit]) -> str:
    """The names of units, shortened to what a message can hold."""
    known = [units[one].name for one in ids if one in units]
    return "; ".join(known[:_SHOWN]) + (" …" if len(known) > _SHOWN else "")


def day_label(ctx: Context, deadline: Deadline) -> str:
    """One of several days, as a choice."""
    return capital(Phrases(ctx.t, ctx.now.date(), ctx.calendar).written(deadline))


def warnings(ctx: Context, order: Order) -> list[str]:
    """What the reader of the line was not sure of, in sentences."""
    sentences = []
    if order.party:
        sentences.append("⚠ " + ctx.t("handlers.assign.party", what="; ".join(order.party)))
    for warning in order.warnings:
        name, _, what = warning.partition(":")
        sentences.append(ctx.t(f"handlers.assign.warning.{name}", what=what))
    if order.rest:
        sentences.append(ctx.t("handlers.assign.warning.several_orders", what=order.rest))
    return sentences


def _receiver(ctx: Context, order: Order) -> str:
    if order.report_to and order.report_via:
        return order.report_to + ctx.t("handlers.document.draft_via", via=order.report_via)
    return order.report_to or ctx.t("handlers.assign.only_via", via=order.report_via or "")


def _recurring(ctx: Context, order: Order) -> list[str]:
    if not order.recurrence:
        return []
    periods = ", ".join(ctx.t(f"handlers.assign.every.{period.replace('-', '_')}") for period in order.recurrence)
    return [ctx.t("handlers.assign.draft_recurring", periods=periods)]


def _urgency(ctx: Context, order: Order) -> str:
    """How pressing it is, and at which hours of the day the units are reminded."""
    word = ctx.t(f"handlers.assign.urgency.{order.urgency or 'today'}")
    hours = [format_hour(at) for at in hour_rungs(order.deadline, ctx.now)] if order.deadline else []
    if not hours:
        return ctx.t("handlers.assign.draft_urgent", word=word)
    return ctx.t("handlers.assign.draft_hours", word=word, hours=", ".join(hours))
