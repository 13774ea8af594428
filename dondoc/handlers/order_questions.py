"""What is asked about an order, one thing at a time and with choices, until its draft can be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from dondoc.chat.messages import Choice
from dondoc.handlers.assign import reach
from dondoc.handlers.context import Context
from dondoc.handlers.order import Order
from dondoc.handlers.order_text import day_label, draft_text, meeting_text, names
from dondoc.rules.deadlines import Deadline, last_day
from dondoc.rules.unit_nearest import nearest
from dondoc.rules.units import Registry, Unit
from dondoc.storage import order_drafts, registry
from dondoc.storage.order_drafts import OrderDraft
from dondoc.vietnamese.words import capital, count, format_date

FLOW = "giaoviec"
_CHOICES = 8


async def next_question(ctx: Context, draft: OrderDraft) -> None:
    """Ask the next thing that is open, or show the draft."""
    units = await registry.registry(ctx.tx)
    by_id = {unit.id: unit for unit in units.units}
    order = Order.from_json(draft.data)
    asking = _Asking(ctx, draft, order, units, by_id)
    if order.party and not (order.lead or order.candidates or order.doubtful):
        await asking.decline()
    elif order.candidates:
        await asking.candidates()
    elif order.doubtful:
        await asking.doubtful()
    elif not order.lead:
        await asking.units_missing()
    elif not order.content:
        await asking.ask("content", "handlers.assign.ask_content")
    elif order.invites:
        await asking.meeting()
    elif order.deadline is not None and is_past(ctx, order.deadline):
        await asking.past(order.deadline)
    elif order.days:
        await asking.days()
    elif order.deadline is None and not order.undated:
        await asking.deadline()
    else:
        await asking.show()


def is_past(ctx: Context, deadline: Deadline) -> bool:
    """Whether the last day, or the hour of today, is over."""
    today = ctx.now.date()
    if deadline.time is not None and deadline.day == today:
        return datetime.combine(today, deadline.time, ctx.now.tzinfo) <= ctx.now
    return today > last_day(deadline, ctx.calendar)


def reference(draft: OrderDraft, order: Order, **more: Any) -> dict[str, Any]:
    """What a button or a step keeps: which draft, which version of it, and the units that it is about."""
    about = {"lead": list(order.lead), "cooperate": list(order.cooperate)}
    return {"order": draft.id, "version": draft.version, "draft": about, **more}


class _Asking:
    """One draft in front of the person who writes it."""

    def __init__(
        self, ctx: Context, draft: OrderDraft, order: Order, units: Registry, by_id: Mapping[int, Unit]
    ) -> None:
        self._ctx = ctx
        self._draft = draft
        self._order = order
        self._units = units
        self._by_id = by_id

    async def ask(
        self, step: str, name: str, choices: Sequence[Sequence[Choice]] = (), before: str = "", **values: object
    ) -> None:
        """One question; the answer may be typed as well."""
        await self._remember(step)
        await self._ctx.say_text(before + self._ctx.t(name, **values), choices=choices)

    async def decline(self) -> None:
        """Organs of the Party take no tasks from a government office."""
        ctx = self._ctx
        await order_drafts.settle(ctx.tx, self._draft, order_drafts.DROPPED, ctx.machine)
        await ctx.forget()
        await ctx.say("handlers.assign.party", what="; ".join(self._order.party))

    async def candidates(self) -> None:
        """An ambiguous name is asked, never chosen."""
        rows = [
            [await self._choice(self._by_id[one].name, lead=[*self._order.lead, one], candidates=[])]
            for one in self._order.candidates[:_CHOICES]
            if one in self._by_id
        ]
        await self.ask("units", "handlers.assign.which_unit", rows)

    async def doubtful(self) -> None:
        """Whether units that the group may or may not hold belong to it: all of them, none, or as typed."""
        order, t = self._order, self._ctx.t
        rows = [
            [
                await self._choice(t("handlers.assign.include"), lead=[*order.lead, *order.doubtful], doubtful=[]),
                await self._choice(t("handlers.assign.leave_out"), doubtful=[]),
            ]
        ]
        asked = names(order.doubtful, self._by_id)
        group = capital(order.group) if order.group else t("handlers.assign.the_group")
        await self.ask("units", "handlers.assign.doubtful", rows, group=group, units=asked)

    async def units_missing(self) -> None:
        """Who is to do it; an unknown name with the nearest that the registry has."""
        unknown = [one.partition(":")[2] for one in self._order.warnings if one.startswith("unknown_unit:")]
        ctx, today = self._ctx, self._ctx.now.date()
        near = [unit for name in unknown for unit in nearest(name, self._units.units, today)][:_CHOICES]
        rows = [[await self._choice(unit.name, lead=[unit.id], warnings=self._known())] for unit in near]
        before = "".join(ctx.t("handlers.assign.unknown_unit", name=name) + "\n" for name in unknown)
        if self._order.party:
            before = ctx.t("handlers.assign.party", what="; ".join(self._order.party)) + "\n"
        await self.ask("units", "handlers.assign.ask_units", rows, before)

    async def meeting(self) -> None:
        """An invitation: when, and then whether it is only sent or followed up."""
        ctx, order, t = self._ctx, self._order, self._ctx.t
        if order.event_at is not None and order.event_at < ctx.now:
            await self.ask("event", "handlers.assign.event_past", at=format_date(order.event_at.date()))
            return
        if order.event_at is None and not order.untimed:
            await self.ask(
                "event", "handlers.assign.ask_event", [[await self._choice(t("handlers.assign.untimed"), untimed=True)]]
            )
            return
        rows = [
            [await self._button("assign_announce", t("handlers.assign.announce"))],
            [await self._choice(t("handlers.assign.as_task"), as_task=True)],
            [await self._button("assign_drop", t("handlers.assign.drop"))],
        ]
        await self._remember("draft")
        await ctx.say_text(meeting_text(ctx, order, self._by_id), choices=rows)

    async def past(self, deadline: Deadline) -> None:
        await self.ask("deadline", "handlers.date_past", day=format_date(deadline.day))

    async def days(self) -> None:
        """Several days are named: which of them is the deadline."""
        rows = [
            [await self._choice(day_label(self._ctx, one), deadline=Order(deadline=one).to_json()["deadline"], days=[])]
            for one in self._order.days[:_CHOICES]
        ]
        await self.ask("deadline", "handlers.assign.which_day", rows)

    async def deadline(self) -> None:
        choice = await self._choice(self._ctx.t("handlers.assign.undated"), undated=True)
        await self.ask("deadline", "handlers.assign.ask_deadline", [[choice]])

    async def show(self) -> None:
        """The draft, what giving it will do, and what can be done with it."""
        ctx, t = self._ctx, self._ctx.t
        heard = await reach(ctx.tx, {*self._order.lead, *self._order.cooperate})
        people = {person for person in heard.listeners.values() if person is not None}
        deaf = [unit for unit, person in heard.listeners.items() if person is None]
        lines = [draft_text(ctx, self._order, self._by_id), t("handlers.assign.forecast", people=count(len(people)))]
        if deaf:
            shown = names(tuple(deaf[:_CHOICES]), self._by_id)
            lines.append(t("handlers.document.unreached", number=count(len(deaf)), units=shown))
        lines.append(t("handlers.assign.edit_help"))
        rows = [
            [await self._button("assign_give", t("handlers.assign.give"))],
            [
                await self._button("assign_ask", t("handlers.assign.change_deadline"), step="deadline"),
                await self._button("assign_ask", t("handlers.assign.attach"), step="files"),
            ],
        ]
        if self._order.data_period:
            rows.append([await self._button("assign_ask", t("handlers.assign.change_period"), step="period")])
        rows.append([await self._button("assign_drop", t("handlers.assign.drop"))])
        await self._remember("draft")
        await ctx.say_text("\n".join(lines), choices=rows)

    def _known(self) -> list[str]:
        """The warnings without those on names that the registry does not hold."""
        return [one for one in self._order.warnings if not one.startswith("unknown_unit:")]

    async def _choice(self, label: str, **changes: Any) -> Choice:
        return await self._button("assign_draft", label, set=changes)

    async def _button(self, action: str, label: str, **more: Any) -> Choice:
        return await self._ctx.button(action, reference(self._draft, self._order, **more), label)

    async def _remember(self, step: str) -> None:
        album = self._ctx.inbound.album
        await self._ctx.remember(FLOW, step, reference(self._draft, self._order, album=album))
