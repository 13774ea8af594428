"""/giaoviec: one line of staff becomes a draft; what is missing is asked one by one; one tap assigns it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from dondoc.directives.line import LineDraft, parse_line
from dondoc.handlers.context import Context
from dondoc.handlers.orders import announce, give
from dondoc.reports.phrases import Phrases
from dondoc.rules.deadlines import ON, Deadline, last_day
from dondoc.rules.units import Registry, Unit
from dondoc.storage import registry
from dondoc.storage.conversations import Button, Conversation
from dondoc.vietnamese.deadlines import find_deadlines
from dondoc.vietnamese.text import nfc
from dondoc.vietnamese.words import capital, count, format_date

FLOW = "giaoviec"
_SHOWN = 8

# What the draft keeps between two messages; plain JSON.
Draft = dict[str, Any]


async def start(ctx: Context) -> None:
    """/giaoviec with or without the line behind it."""
    line = ctx.argument
    if not line:
        await ctx.remember(FLOW, "line", {})
        await ctx.say("handlers.assign.ask_line")
        return
    await _read(ctx, line)


async def _read(ctx: Context, line: str) -> None:
    units = await registry.registry(ctx.tx)
    parsed = parse_line(nfc(line), ctx.now, units)
    await _next(ctx, _draft(parsed), units)


def _draft(parsed: LineDraft) -> Draft:
    return {
        "lead": [unit.id for unit in parsed.lead],
        "cooperate": [unit.id for unit in parsed.cooperate],
        "group": parsed.group,
        "candidates": [unit.id for unit in parsed.candidates],
        "doubtful": [unit.id for unit in parsed.doubtful],
        "content": parsed.content,
        "deadline": parsed.deadline.isoformat() if parsed.deadline else None,
        "rule": parsed.deadline_rule,
        "time": parsed.time.isoformat() if parsed.time else None,
        "undated": False,
        "urgent": parsed.urgent,
        "report_to": parsed.report_to.name if parsed.report_to else None,
        "nil_report": parsed.nil_report,
        "basis": parsed.basis,
        "quote": parsed.quote,
        "meeting": parsed.kind == "meeting",
        "event_at": parsed.event_at.isoformat() if parsed.event_at else None,
        "report_via": parsed.report_via.name if parsed.report_via else None,
        "excluded": [unit.name for unit in parsed.excluded],
        "warnings": list(parsed.warnings),
    }


async def _next(ctx: Context, draft: Draft, units: Registry | None = None) -> None:
    """Ask the next thing that is missing, or show the draft."""
    units = units or await registry.registry(ctx.tx)
    by_id = {unit.id: unit for unit in units.units}
    if draft["candidates"]:
        await _ask_candidate(ctx, draft, by_id)
    elif draft["doubtful"]:
        await _ask_doubtful(ctx, draft, by_id)
    elif not draft["lead"]:
        await ctx.remember(FLOW, "units", draft)
        await ctx.say("handlers.assign.ask_units")
    elif not draft["content"]:
        await ctx.remember(FLOW, "content", draft)
        await ctx.say("handlers.assign.ask_content")
    elif _is_past(ctx, draft):
        past = format_date(date.fromisoformat(draft["deadline"]))
        await ctx.remember(FLOW, "deadline", {**draft, "deadline": None})
        await ctx.say("handlers.date_past", day=past)
    elif draft["deadline"] is None and not draft["undated"] and not draft["meeting"]:
        await ctx.remember(FLOW, "deadline", draft)
        undated = await ctx.button("assign_undated", {"draft": draft}, ctx.t("handlers.assign.undated"))
        await ctx.say("handlers.assign.ask_deadline", choices=[[undated]])
    else:
        await _show(ctx, draft, by_id)


def _is_past(ctx: Context, draft: Draft) -> bool:
    if draft["deadline"] is None:
        return False
    deadline = Deadline(date.fromisoformat(draft["deadline"]), draft["rule"] or ON)
    return ctx.now.date() > last_day(deadline, ctx.calendar)


async def _ask_candidate(ctx: Context, draft: Draft, by_id: Mapping[int, Unit]) -> None:
    """An ambiguous name is asked, never chosen."""
    rows = []
    for unit_id in draft["candidates"][:_SHOWN]:
        chosen = {**draft, "candidates": [], "lead": [*draft["lead"], unit_id]}
        rows.append([await ctx.button("assign_draft", {"draft": chosen}, by_id[unit_id].name)])
    await ctx.remember(FLOW, "units", {**draft, "candidates": []})
    await ctx.say("handlers.assign.which_unit", choices=rows)


async def _ask_doubtful(ctx: Context, draft: Draft, by_id: Mapping[int, Unit]) -> None:
    """Whether a school of several levels belongs to the group."""
    doubtful = draft["doubtful"]
    names = "; ".join(by_id[unit_id].name for unit_id in doubtful)
    with_them = {**draft, "doubtful": [], "lead": [*draft["lead"], *doubtful]}
    yes = await ctx.button("assign_draft", {"draft": with_them}, ctx.t("handlers.assign.include"))
    no = await ctx.button("assign_draft", {"draft": {**draft, "doubtful": []}}, ctx.t("handlers.assign.leave_out"))
    await ctx.say("handlers.assign.doubtful", units=names, choices=[[yes, no]])


async def _show(ctx: Context, draft: Draft, by_id: Mapping[int, Unit]) -> None:
    lead = [by_id[unit_id] for unit_id in draft["lead"]]
    names = "; ".join(unit.name for unit in lead[:_SHOWN]) + (" …" if len(lead) > _SHOWN else "")
    if draft["meeting"]:
        await _show_meeting(ctx, draft, names, len(lead))
        return
    phrases = Phrases(ctx.t, ctx.now.date(), ctx.calendar)
    lines = [
        ctx.t("handlers.assign.draft", content=capital(draft["content"])),
        ctx.t("handlers.assign.draft_units", number=count(len(lead)), units=names),
    ]
    helpers = [by_id[unit_id].name for unit_id in draft["cooperate"]]
    if helpers:
        lines.append(ctx.t("handlers.assign.draft_cooperate", units="; ".join(helpers)))
    lines.append(ctx.t("handlers.assign.draft_deadline", deadline=phrases.deadline(_deadline(draft))))
    if draft["report_to"]:
        via = ctx.t("handlers.document.draft_via", via=draft["report_via"]) if draft["report_via"] else ""
        lines.append(ctx.t("handlers.document.draft_to", to=draft["report_to"], via=via))
    if draft["basis"]:
        lines.append(ctx.t("handlers.assign.draft_basis", basis=draft["basis"]))
    if draft["nil_report"]:
        lines.append(ctx.t("handlers.assign.draft_nil"))
    if draft["excluded"]:
        lines.append(ctx.t("handlers.assign.draft_excluded", units="; ".join(draft["excluded"][:_SHOWN])))
    lines.extend(_warnings(ctx, draft))
    give = await ctx.button("assign_give", {"draft": draft}, ctx.t("handlers.assign.give"))
    change = await ctx.button("assign_deadline", {"draft": draft}, ctx.t("handlers.assign.change_deadline"))
    drop = await ctx.button("assign_drop", {}, ctx.t("handlers.assign.drop"))
    await ctx.forget()
    await ctx.say_text("\n".join(lines), choices=[[give], [change, drop]])


def _warnings(ctx: Context, draft: Draft) -> list[str]:
    """What the reader of the line was not sure of, in sentences."""
    sentences = []
    for warning in draft["warnings"]:
        name, _, what = warning.partition(":")
        sentences.append(ctx.t(f"handlers.assign.warning.{name}", what=what))
    return sentences


async def _show_meeting(ctx: Context, draft: Draft, names: str, number: int) -> None:
    """An invitation to a meeting is no task: it is sent as an announcement."""
    send = await ctx.button("assign_announce", {"draft": draft}, ctx.t("handlers.assign.announce"))
    drop = await ctx.button("assign_drop", {}, ctx.t("handlers.assign.drop"))
    await ctx.forget()
    await ctx.say(
        "handlers.assign.meeting",
        content=capital(draft["content"]),
        number=count(number),
        units=names,
        choices=[[send], [drop]],
    )


def _deadline(draft: Draft) -> Deadline | None:
    if draft["deadline"] is None:
        return None
    hour = time.fromisoformat(draft["time"]) if draft["time"] else None
    return Deadline(date.fromisoformat(draft["deadline"]), draft["rule"] or ON, hour)


async def _continue(ctx: Context, conversation: Conversation) -> bool:
    """The answer to what was asked."""
    if ctx.files:
        return False
    if not ctx.text:
        await ctx.say("handlers.assign.text_only")
        return True
    text = nfc(ctx.text)
    draft: Draft = dict(conversation.data)
    if conversation.step == "line":
        await _read(ctx, text)
    elif conversation.step == "units":
        await _units(ctx, draft, text)
    elif conversation.step == "content":
        await _next(ctx, {**draft, "content": text})
    else:
        await _day(ctx, draft, text)
    return True


async def _units(ctx: Context, draft: Draft, text: str) -> None:
    units = await registry.registry(ctx.tx)
    found = units.resolve(text, ctx.now.date())
    if found.unknown or not (found.units or found.candidates):
        await ctx.say("handlers.assign.unknown_unit", name=text[:100])
        return
    changes = {
        "lead": [unit.id for unit in found.units],
        "candidates": [unit.id for unit in found.candidates],
        "doubtful": [unit.id for unit in found.doubtful],
        "group": found.group,
    }
    await _next(ctx, {**draft, **changes}, units)


async def _day(ctx: Context, draft: Draft, text: str) -> None:
    """A bare date is taken as "hạn …"."""
    phrases = find_deadlines(text, ctx.now.date(), colloquial=True) or find_deadlines(
        f"hạn {text}", ctx.now.date(), colloquial=True
    )
    dated = [phrase for phrase in phrases if phrase.day is not None]
    if not dated or dated[0].day is None:
        await ctx.say("handlers.assign.no_day")
        return
    first = dated[0]
    found = {
        "deadline": first.day.isoformat() if first.day else None,
        "rule": first.rule or ON,
        "time": first.time.isoformat() if first.time else None,
    }
    await _next(ctx, {**draft, **found})


# --- buttons ---------------------------------------------------------------------------------------------------------


async def _with_draft(ctx: Context, button: Button) -> None:
    await _next(ctx, button.data["draft"])


async def _undated(ctx: Context, button: Button) -> None:
    await _next(ctx, {**button.data["draft"], "undated": True})


async def _change_deadline(ctx: Context, button: Button) -> None:
    await ctx.remember(FLOW, "deadline", {**button.data["draft"], "deadline": None, "time": None})
    await ctx.say("handlers.assign.ask_deadline")


async def _drop(ctx: Context, button: Button) -> None:
    await ctx.forget()
    await ctx.say("handlers.assign.dropped")


async def _give(ctx: Context, button: Button) -> None:
    """Assign the draft: once, however often the button is pressed."""
    draft: Draft = button.data["draft"]
    if button.used_at is not None:
        await ctx.say("handlers.button_old")
    elif _is_past(ctx, draft):
        await _next(ctx, draft)
    else:
        await give(ctx, draft, _deadline(draft))


async def _announce(ctx: Context, button: Button) -> None:
    """Send a meeting as an announcement, once."""
    if button.used_at is not None:
        await ctx.say("handlers.button_old")
    else:
        await announce(ctx, button.data["draft"])


ACTIONS = {
    "assign_draft": _with_draft,
    "assign_undated": _undated,
    "assign_deadline": _change_deadline,
    "assign_drop": _drop,
    "assign_give": _give,
    "assign_announce": _announce,
}
FLOWS = {FLOW: _continue}
