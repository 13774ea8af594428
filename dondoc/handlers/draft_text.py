"""What staff read of drafts under review: a draft in full or in a line, the head of the document, what an approval does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dondoc.handlers.approval import Forecast, Proposal
from dondoc.handlers.context import Context
from dondoc.handlers.draft_steps import Review
from dondoc.handlers.intake import citation
from dondoc.reports.phrases import Phrases
from dondoc.reports.reasons import explain
from dondoc.rules.deadlines import ON, Deadline
from dondoc.rules.ladder import ON_THE_DAY, Rung
from dondoc.rules.routes import TightRoute
from dondoc.storage import people
from dondoc.storage.directives import Directive, Task
from dondoc.storage.draft_edits import Step
from dondoc.vietnamese.text import shorten
from dondoc.vietnamese.words import count, format_date

_SURE = 0.6
_NAMES_IN_FULL, _NAMES_IN_LIST = 40, 6
_QUOTE_IN_FULL, _QUOTE_IN_LIST = 2_000, 400
_UNREACHED_SHOWN = 10


def is_checked(task: Task) -> bool:
    """Whether staff have looked at the draft."""
    return any(one["code"] == "staff_checked" for one in task.why)


def is_unsure(draft: Proposal) -> bool:
    """Whether staff should look before it is assigned: unsettled units, or a doubtful reading that nobody has checked."""
    doubtful = (draft.task.confidence or 0) < _SURE and not is_checked(draft.task)
    return doubtful or not draft.resolved.lead or bool(draft.resolved.unresolved)


def in_order(drafts: Iterable[Proposal]) -> list[Proposal]:
    """The drafts to look at one by one or in full, unsure ones first. Standing tasks are only listed."""
    chased = [draft for draft in drafts if draft.task.task_class != "standing"]
    return sorted(chased, key=lambda draft: (not is_unsure(draft), draft.task.position))


def holds(drafts: Iterable[Proposal], number: int) -> bool:
    """Whether one of the drafts was made of the one with this number and others."""
    merged = (one["words"] for draft in drafts for one in draft.task.why if one["code"] == "staff_merged")
    return any(str(number) in words.split(", ") for words in merged)


def head(ctx: Context, directive: Directive, drafts: Sequence[Proposal]) -> str:
    """The document and how many tasks of which class were read in it."""
    return ctx.t(
        "handlers.document.summary",
        citation=citation(directive),
        subject=directive.subject or "",
        tasks=count(len(drafts)),
        **_classes(drafts),
    ).replace("\n\n", "\n")


def _classes(drafts: Sequence[Proposal]) -> dict[str, str]:
    by_class = [draft.task.task_class for draft in drafts]
    return {name: count(by_class.count(name)) for name in ("dated", "product", "standing")}


def block(ctx: Context, draft: Proposal, *, full: bool) -> str:
    """One draft with its sentence. It holds no blank line, so that a long list is cut between drafts only."""
    task, resolved = draft.task, draft.resolved
    lines = [
        ctx.t("handlers.document.draft", number=task.position, content=shorten(task.content, 300 if full else 160)),
        ctx.t("handlers.document.draft_units", units=units(ctx, draft, full=full)),
    ]
    if resolved.cooperate:
        names = _some([unit.name for unit in resolved.cooperate], full=full)
        lines.append(ctx.t("handlers.draft.cooperate", units=names))
    lines.append(ctx.t("handlers.document.draft_deadline", deadline=deadline(ctx, task)))
    if task.report_to or task.report_via:
        via = ctx.t("handlers.document.draft_via", via=task.report_via) if task.report_via else ""
        lines.append(ctx.t("handlers.document.draft_to", to=task.report_to or "–", via=via))
    urgent = ctx.t("handlers.draft.urgent") if task.urgent else ""
    name = ctx.t(f"handlers.draft.class.{task.task_class}")
    lines.append(ctx.t("handlers.draft.class_line", name=name, urgent=urgent))
    if why := explain(ctx.t, task.why):
        lines.append(ctx.t("handlers.draft.why", why=shorten(why, 600 if full else 240)))
    if resolved.unresolved:
        names = ", ".join(f"“{name}”" for name in resolved.unresolved)
        lines.append(ctx.t("handlers.document.unresolved", names=shorten(names, 240)))
    percent = round(100 * (task.confidence or 0))
    lines.append(ctx.t("handlers.draft.unsure" if is_unsure(draft) else "handlers.draft.sure", percent=percent))
    return "\n".join((*lines, quote(task, _QUOTE_IN_FULL if full else _QUOTE_IN_LIST)))


def quote(task: Task, letters: int) -> str:
    """The words of the document, marked as such."""
    return "\n".join(f"> {line.strip()}" for line in shorten(task.quote, letters).splitlines() if line.strip())


def line(ctx: Context, draft: Proposal) -> str:
    """One draft in one line of a list."""
    task = draft.task
    said = shorten(task.content, 110)
    who = _groups(ctx, draft) if draft.resolved.groups else units(ctx, draft, full=False)
    if task.task_class == "standing":
        return ctx.t("handlers.draft.line", number=task.position, content=said, units=who)
    return ctx.t(
        "handlers.draft.line_dated", number=task.position, content=said, units=who, deadline=deadline(ctx, task)
    )


def standing(ctx: Context, drafts: Sequence[Proposal]) -> str:
    """The standing tasks, a line each; empty if there are none."""
    some = [draft for draft in drafts if draft.task.task_class == "standing"]
    if not some:
        return ""
    listed = "\n".join(line(ctx, draft) for draft in some)
    return ctx.t("handlers.document.standing", number=count(len(some)), tasks=listed)


def units(ctx: Context, draft: Proposal, *, full: bool) -> str:
    """The units of a draft as the registry has them: groups with their counts, and names."""
    resolved = draft.resolved
    names = _some([unit.name for unit in resolved.lead], full=full)
    if not resolved.lead or not resolved.groups:
        return names or ctx.t("handlers.document.units_unknown", names="; ".join(draft.task.lead) or "–")
    return ctx.t("handlers.draft.units_of_groups", named=_groups(ctx, draft), names=names)


def _groups(ctx: Context, draft: Proposal) -> str:
    """The groups of a draft with their counts, and how many units that makes where it is more than one group."""
    resolved = draft.resolved
    named = "; ".join(resolved.groups)
    if len(resolved.groups) == len(draft.task.lead) == 1:
        return named
    return ctx.t("handlers.draft.groups_total", named=named, total=count(len(resolved.lead)))


def _some(names: Sequence[str], *, full: bool) -> str:
    shown = _NAMES_IN_FULL if full else _NAMES_IN_LIST
    return "; ".join(names[:shown]) + (" …" if len(names) > shown else "")


def deadline(ctx: Context, task: Task) -> str:
    """The deadline with its rule and the last safe day; without one, the words that the document has instead."""
    phrases = Phrases(ctx.t, ctx.now.date(), ctx.calendar)
    if task.deadline is not None:
        return phrases.deadline(Deadline(task.deadline, task.deadline_rule or ON, task.deadline_time), remaining=False)
    if task.deadline_text:
        return ctx.t("handlers.draft.undated_words", undated=phrases.deadline(None), words=shorten(task.deadline_text))
    return phrases.deadline(None)


def approval(ctx: Context, directive: Directive, drafts: Sequence[Proposal], foreseen: Forecast) -> str:
    """Everything that staff are told before they approve these drafts."""
    lines = [
        ctx.t("handlers.draft.ready", citation=citation(directive), **_classes(drafts)),
        ctx.t(
            "handlers.document.forecast",
            tasks=count(foreseen.tasks),
            assignments=count(foreseen.assignments),
            people=count(foreseen.people),
            messages=count(foreseen.messages),
        ),
    ]
    if foreseen.unreached:
        lines.append(
            ctx.t("handlers.document.unreached", number=count(len(foreseen.unreached)), units=_first(foreseen))
        )
    if foreseen.past:
        lines.append(ctx.t("handlers.document.past", rungs=", ".join(_rung(ctx, rung) for rung in foreseen.past)))
    unresolved = [f"“{name}”" for draft in drafts for name in draft.resolved.unresolved]
    if unresolved:
        lines.append(ctx.t("handlers.document.unresolved", names=", ".join(dict.fromkeys(unresolved))))
    nobody = [draft.task.position for draft in drafts if not draft.resolved.lead]
    if nobody:
        lines.append(ctx.t("handlers.draft.stay", numbers=numbers(nobody)))
    lines.extend(route(ctx, one) for one in foreseen.routes)
    lines.append(ctx.t("handlers.draft.declaration"))
    return "\n".join(lines)


def _first(foreseen: Forecast) -> str:
    more = " …" if len(foreseen.unreached) > _UNREACHED_SHOWN else ""
    return "; ".join(foreseen.unreached[:_UNREACHED_SHOWN]) + more


def route(ctx: Context, tight: TightRoute) -> str:
    """A via-unit that has no day left after its units."""
    day = format_date(tight.until)
    return ctx.t("handlers.draft.tight_route", unit=tight.name, day=day, numbers=numbers(tight.numbers))


def _rung(ctx: Context, rung: Rung) -> str:
    day = format_date(rung.day)
    if rung.name == ON_THE_DAY:
        return ctx.t("handlers.document.rung_on_the_day", day=day)
    return ctx.t("handlers.document.rung", number=count(int(rung.name)), day=day)


async def by_others(ctx: Context, review: Review, steps: Iterable[Step]) -> str:
    """Who else has changed which drafts since they were shown."""
    touched: dict[int, set[int]] = {}
    for step in steps:
        touched.setdefault(step.actor_id, set()).update(step.before)
    lines = []
    for actor_id, ids in touched.items():
        person = await people.get_person(ctx.tx, actor_id)
        found = {review.numbers[task_id] for task_id in ids if task_id in review.numbers}
        lines.append(ctx.t("handlers.draft.by_others", who=person.name, numbers=numbers(found) or "–"))
    return "\n".join(lines)


def numbers(some: Iterable[int]) -> str:
    """2, 4, 5."""
    return ", ".join(map(str, sorted(some)))
