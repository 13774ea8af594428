"""An order that staff gave in one line is carried out: the task and its assignments, or an announcement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dondoc.handlers.assign import Resolved, assign, notify
from dondoc.handlers.context import Context
from dondoc.locales import Translator
from dondoc.rules.deadlines import Deadline
from dondoc.rules.roles import Scope
from dondoc.storage import directives, registry, work
from dondoc.vietnamese.words import count


async def give(ctx: Context, draft: Mapping[str, Any], deadline: Deadline | None) -> None:
    """Make the task of a draft and tell its units."""
    by_id = {unit.id: unit for unit in await registry.all_units(ctx.tx)}
    task_id = await directives.add_task(
        ctx.tx,
        {
            "office_id": ctx.office.id,
            "content": draft["content"],
            "quote": draft["quote"] or "",
            "task_class": "dated" if deadline else "product",
            "deadline": deadline.day if deadline else None,
            "deadline_rule": deadline.rule if deadline else None,
            "deadline_time": deadline.time if deadline else None,
            "lead": [by_id[one].name for one in draft["lead"]],
            "cooperate": [by_id[one].name for one in draft["cooperate"]],
            "report_to": draft["report_to"],
            "report_via": draft["report_via"],
            "nil_report": draft["nil_report"],
            "urgent": draft["urgent"],
            "basis": draft["basis"],
            "created_by": ctx.me.id,
            "created_at": ctx.now,
        },
    )
    resolved = Resolved(
        tuple(by_id[one] for one in draft["lead"]),
        tuple(by_id[one] for one in draft["cooperate"]),
        (f"{draft['group']} ({len(draft['lead'])})",) if draft["group"] else (),
        (),
        via=next((unit.id for unit in by_id.values() if unit.name == draft["report_via"]), None),
    )
    [code] = await directives.next_codes(ctx.tx, ctx.office.id, 1)
    ids = await assign(ctx.tx, await directives.get_task(ctx.tx, task_id), resolved, code, ctx.now)
    detail = {"code": code, "units": len(ids)}
    await work.record(ctx.tx, "task.assigned", actor_id=ctx.me.id, at=ctx.now, task_id=task_id, detail=detail)
    messages, unreached = await notify(ctx.tx, await work.find(ctx.tx, Scope.office(), ids=ids))
    text = ctx.t("handlers.assign.given", code=code, number=count(len(resolved.lead)), messages=count(messages))
    if unreached:
        shown = "; ".join(unreached[:10]) + (" …" if len(unreached) > 10 else "")
        text += "\n" + ctx.t("handlers.document.unreached", number=count(len(unreached)), units=shown)
    await ctx.say_text(text)


async def announce(ctx: Context, draft: Mapping[str, Any]) -> None:
    """Tell each unit's first contact who can be reached of a meeting."""
    values = {"office": ctx.office.name, "content": draft["quote"] or draft["content"]}

    def make(t: Translator) -> str:
        return t("handlers.assign.announcement", **values)

    told: set[int] = set()
    for contact in await registry.contacts_of(ctx.tx, draft["lead"]):
        if contact.unit_id in told:
            continue
        if await ctx.tell(contact.person_id, make):
            told.add(contact.unit_id)
    await ctx.say("handlers.assign.announced", number=count(len(told)), total=count(len(draft["lead"])))
