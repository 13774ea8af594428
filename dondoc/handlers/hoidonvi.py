"""Units that a directive names and the registry does not settle are asked once; what always holds is remembered.

An unknown name becomes another name of the unit that is chosen. What is ambiguous, or a group with members in doubt, is
settled for this directive alone. A unit that ended offers its successors; nothing is chosen for anybody.
"""

from __future__ import annotations

from dataclasses import dataclass

from dondoc.chat.messages import Choice
from dondoc.handlers.context import Context
from dondoc.rules.unit_matters import Answer, Doubt, Matter, Verdict, answers_from, meant_by
from dondoc.rules.units import Registry
from dondoc.storage import directives, registry, work
from dondoc.storage.conversations import Button
from dondoc.storage.directives import DRAFT, DROPPED, Directive, Task
from dondoc.vietnamese.text import nfc
from dondoc.vietnamese.words import count

_OFFERED = 6


@dataclass(frozen=True, slots=True)
class _Open:
    """What is not settled in the drafts of a directive, in the order of the document, and the registry it was read with."""

    directive: Directive
    drafts: list[Task]
    units: Registry
    matters: list[Matter]


async def ask(ctx: Context, directive_id: int) -> Matter | None:
    """Ask the next open question about units; the matter, or None if there is none."""
    found = await _open(ctx, directive_id)
    if not found.matters:
        return None
    matter = found.matters[0]
    lines = [_question(ctx, matter)]
    if len(found.matters) > 1:
        lines.append(ctx.t("handlers.unit.more", number=count(len(found.matters) - 1)))
    await ctx.say_text(" ".join(lines), choices=await _choices(ctx, found.directive, matter))
    return matter


async def answered(ctx: Context, directive_id: int, key: str) -> bool:
    """A typed answer to the question about a matter; False if it names no units for certain."""
    found = await _open(ctx, directive_id, lock=True)
    matter = next((one for one in found.matters if one.key == key), None)
    if matter is None:
        return False
    meant = found.units.resolve(nfc(ctx.text), ctx.now.date())
    if not meant.is_settled:
        return False
    await _settle(ctx, found, matter, Answer(Verdict.UNITS, tuple(unit.id for unit in meant.units)))
    return True


async def pressed(ctx: Context, button: Button) -> int | None:
    """A button under a question was pressed; the directive, or None if there is nothing more to ask there."""
    directive_id = int(button.data["directive"])
    try:
        found = await _open(ctx, directive_id, lock=True)
    except LookupError:
        await ctx.say("handlers.button_old")
        return None
    matter = next((one for one in found.matters if one.key == button.data["key"]), None)
    if matter is None:
        await ctx.say("handlers.unit.answered_before")
    else:
        answer = Answer(Verdict(button.data["verdict"]), tuple(button.data["units"]))
        await _settle(ctx, found, matter, answer)
    return directive_id


async def _open(ctx: Context, directive_id: int, *, lock: bool = False) -> _Open:
    directive = await directives.get_directive(ctx.tx, directive_id, lock=lock)
    drafts = await directives.tasks_of(ctx.tx, directive_id, [DRAFT])
    units = await registry.registry(ctx.tx)
    answers = answers_from(directive.answers)
    matters: dict[str, Matter] = {}
    for draft in drafts:
        for matter in meant_by(draft.lead, units, ctx.now.date(), answers).matters:
            matters.setdefault(matter.key, matter)
    return _Open(directive, drafts, units, list(matters.values()))


def _question(ctx: Context, matter: Matter) -> str:
    name = f"handlers.unit.ask_{matter.doubt}"
    if matter.doubt is Doubt.CLOSED and not matter.choices:
        name = "handlers.unit.ask_closed_alone"
    return ctx.t(name, name=matter.text, units="; ".join(unit.name for unit in matter.choices))


async def _choices(ctx: Context, directive: Directive, matter: Matter) -> list[list[Choice]]:
    async def choice(label: str, verdict: Verdict, units: tuple[int, ...] = ()) -> list[Choice]:
        data = {"directive": directive.id, "key": matter.key, "verdict": verdict.value, "units": list(units)}
        return [await ctx.button("unit_answer", data, label)]

    offered = matter.choices[:_OFFERED]
    everyone = tuple(unit.id for unit in matter.choices)
    if matter.doubt is Doubt.MEMBERS:
        rows = [
            await choice(ctx.t("handlers.unit.include"), Verdict.UNITS, everyone),
            await choice(ctx.t("handlers.unit.leave_out"), Verdict.UNITS),
        ]
        if len(matter.choices) > 1:
            rows += [
                await choice(ctx.t("handlers.unit.only", unit=unit.name), Verdict.UNITS, (unit.id,)) for unit in offered
            ]
        return rows
    rows = [await choice(unit.name, Verdict.UNITS, (unit.id,)) for unit in offered]
    if matter.doubt is Doubt.CLOSED and len(matter.choices) > 1:
        label = ctx.t("handlers.unit.all", number=count(len(matter.choices)))
        rows.append(await choice(label, Verdict.UNITS, everyone))
    rows.append(await choice(ctx.t("handlers.unit.outside"), Verdict.OUTSIDE))
    rows.append(await choice(ctx.t("handlers.unit.drop"), Verdict.DROPPED))
    return rows


async def _settle(ctx: Context, found: _Open, matter: Matter, answer: Answer) -> None:
    """Keep the answer with the directive, and in the registry where it will always be the same."""
    await directives.keep_answer(ctx.tx, found.directive, "units", matter.key, answer.to_json())
    if answer.verdict is Verdict.OUTSIDE:
        await ctx.say("handlers.unit.is_outside", name=matter.text)
    elif answer.verdict is Verdict.DROPPED:
        await _drop(ctx, found, matter, answer)
    elif not answer.units:
        await ctx.say("handlers.unit.nobody", name=matter.text)
    else:
        units = [unit for one in answer.units if (unit := found.units.by_id(one)) is not None]
        lasting = matter.is_lasting and len(units) == 1
        if lasting:
            await registry.add_alias(ctx.tx, units[0].id, matter.text)
            detail = {"unit": units[0].id, "alias": matter.text}
            await work.record(ctx.tx, "unit.alias", actor_id=ctx.me.id, at=ctx.now, detail=detail)
        name = "handlers.unit.learned" if lasting else "handlers.unit.settled"
        named = "; ".join(unit.name for unit in units)
        await ctx.say(name, name=matter.text, unit=named, units=named)
    detail = {"verdict": answer.verdict.value, "units": list(answer.units)}
    await work.record(
        ctx.tx, "directive.unit", actor_id=ctx.me.id, at=ctx.now, directive_id=found.directive.id, detail=detail
    )


async def _drop(ctx: Context, found: _Open, matter: Matter, answer: Answer) -> None:
    """Drafts that were for nobody else are given up with the name."""
    answers = {**answers_from(found.directive.answers), matter.key: answer}
    dropped = 0
    for draft in found.drafts:
        meant = meant_by(draft.lead, found.units, ctx.now.date(), answers)
        before = meant_by(draft.lead, found.units, ctx.now.date(), answers_from(found.directive.answers))
        concerned = any(one.key == matter.key for one in before.matters)
        if concerned and not (meant.units or meant.matters or meant.unsettled):
            await directives.set_task(ctx.tx, draft.id, status=DROPPED)
            dropped += 1
    text = ctx.t("handlers.unit.dropped", name=matter.text)
    if dropped:
        text += " " + ctx.t("handlers.unit.dropped_tasks", number=count(dropped))
    await ctx.say_text(text)
