"""An order that staff gave in one line is carried out: the task, its assignments and its files."""

from __future__ import annotations

from dondoc.handlers.assign import Resolved, assign, notify
from dondoc.handlers.context import Context
from dondoc.handlers.order import Order
from dondoc.rules.roles import Scope
from dondoc.storage import directives, registry, task_files, work
from dondoc.vietnamese.words import count

_SHOWN = 10


async def give(ctx: Context, order: Order) -> None:
    """Make the task of an order and tell its units."""
    by_id = {unit.id: unit for unit in await registry.all_units(ctx.tx)}
    deadline, period = order.deadline, order.data_period
    task_id = await directives.add_task(
        ctx.tx,
        {
            "office_id": ctx.office.id,
            "content": order.content,
            "quote": order.quote,
            "task_class": "dated" if deadline else "product",
            "deadline": deadline.day if deadline else None,
            "deadline_rule": deadline.rule if deadline else None,
            "deadline_time": deadline.time if deadline else None,
            "lead": [by_id[one].name for one in order.lead],
            "cooperate": [by_id[one].name for one in order.cooperate],
            "report_to": order.report_to,
            "report_via": order.report_via,
            "nil_report": order.nil_report,
            "urgent": order.urgent,
            "urgency": order.urgency,
            "deliverable": order.deliverable,
            "data_from": period[0] if period else None,
            "data_to": period[1] if period else None,
            "recurrence_rule": order.recurrence_rule,
            "to_be_issued": order.to_be_issued,
            "basis": order.basis,
            "created_by": ctx.me.id,
            "created_at": ctx.now,
        },
    )
    await task_files.add(ctx.tx, task_id, [(file.sha256, file.name) for file in order.files])
    resolved = Resolved(
        tuple(by_id[one] for one in order.lead),
        tuple(by_id[one] for one in order.cooperate),
        (f"{order.group} ({len(order.lead)})",) if order.group else (),
        (),
        via=next((unit.id for unit in by_id.values() if unit.name == order.report_via), None),
    )
    [code] = await directives.next_codes(ctx.tx, ctx.office.id, 1)
    ids = await assign(ctx.tx, await directives.get_task(ctx.tx, task_id), resolved, code, ctx.now)
    detail = {"code": code, "units": len(ids)}
    await work.record(ctx.tx, "task.assigned", actor_id=ctx.me.id, at=ctx.now, task_id=task_id, detail=detail)
    messages, unreached = await notify(ctx.tx, await work.find(ctx.tx, Scope.office(), ids=ids))
    lines = [ctx.t("handlers.assign.given", code=code, number=count(len(resolved.lead)), messages=count(messages))]
    if unreached:
        shown = "; ".join(unreached[:_SHOWN]) + (" …" if len(unreached) > _SHOWN else "")
        lines.append(ctx.t("handlers.document.unreached", number=count(len(unreached)), units=shown))
    await ctx.say_text("\n".join(lines))
