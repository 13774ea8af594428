"""Questions about an edit: an unknown or ambiguous unit, a day that is over, where to split. Until then nothing is done."""

from __future__ import annotations

from datetime import date
from typing import Any

from dondoc.directives.draft_edits import Answered, Option, Question
from dondoc.directives.draft_time import read_day
from dondoc.directives.draft_words import read_orders
from dondoc.handlers.context import Context
from dondoc.handlers.draft_focus import ASKED, Focus
from dondoc.handlers.draft_steps import Review, open_review
from dondoc.reports.phrases import Phrases
from dondoc.rules.deadlines import ON, Deadline
from dondoc.rules.unit_matters import NO_ANSWERS, Answer, Doubt, Verdict, meant_by
from dondoc.storage import registry
from dondoc.storage.conversations import Conversation
from dondoc.vietnamese.text import fold
from dondoc.vietnamese.words import format_day

CANCELLED = "cancelled"
"""What ``read_answer`` gives for words that leave everything as it is."""

_CANCEL = frozenset({"thoi", "huy", "khong", "de sau", "bo qua", "giu nguyen"})
_UNITS = frozenset(doubt.value for doubt in Doubt)
_DAYS = ("day_missing", "day_past", "day_far")


async def ask(ctx: Context, focus: Focus, question: Question, text: str, answers: Answered) -> None:
    """Ask with choices, and keep what was said until the answer comes."""
    review = await open_review(ctx, focus.directive)
    rows = []
    for place, option in enumerate(question.options):
        kept = {"text": text, "answers": dict(answers), "key": question.key, "value": option.value}
        label = _label(ctx, question, option, place, review)
        rows.append([await ctx.button("draft_answer", {**focus.data, **kept}, label)])
    pending = {"text": text, "answers": dict(answers), "key": question.key, "kind": question.kind}
    await focus.keep(ctx, ASKED, **pending, values=[option.value for option in question.options])
    await ctx.say(f"handlers.draft.ask.{question.kind}", words=question.words, choices=rows, about=focus.about)


def _label(ctx: Context, question: Question, option: Option, place: int, review: Review | None) -> str:
    if option.label:
        return option.label
    if question.kind == Doubt.MEMBERS:
        return ctx.t("handlers.assign.leave_out" if place else "handlers.assign.include")
    if question.kind in _DAYS:
        return format_day(date.fromisoformat(option.value[1:]))
    task = review.tasks.get(option.value) if review else None
    if task is None:
        return str(option.value)
    if question.kind == "merge_deadline":
        deadline = Deadline(task.deadline, task.deadline_rule or ON, task.deadline_time) if task.deadline else None
        words = Phrases(ctx.t, ctx.now.date(), ctx.calendar).deadline(deadline, remaining=False)
    else:
        words = getattr(task, question.kind.removeprefix("merge_")) or "–"
    return ctx.t("handlers.draft.option", number=option.value, words=words)


async def read_answer(ctx: Context, conversation: Conversation, text: str) -> Any:
    """The answer in a person's words, as the key of the question takes it; None if it is something else they say."""
    kind, values = conversation.data["kind"], conversation.data["values"]
    if fold(text).strip(" .!") in _CANCEL:
        return CANCELLED
    if kind.startswith("merge_"):
        number = text.strip(" .")
        return int(number) if number.isdecimal() and int(number) in values else None
    orders = read_orders(text, ctx.now.date())
    if kind in _DAYS:
        named = orders is not None and any(order.named for order in orders)
        return text if not named and read_day(text, ctx.now.date()).day is not None else None
    if orders is not None:
        return None
    return await _units(ctx, text) if kind in _UNITS else text


async def _units(ctx: Context, text: str) -> dict[str, Any] | None:
    """The units of another name for what was not clear, if that one is."""
    units = await registry.registry(ctx.tx)
    meant = meant_by([text], units, ctx.now.date(), NO_ANSWERS)
    if meant.matters or not meant.units:
        return None
    return Answer(Verdict.UNITS, tuple(unit.id for unit in meant.units)).to_json()
