"""Drafts and what an approval did, in lines: results on stdout, what staff have to see to on stderr."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from dondoc.bot.command import say, short, tell
from dondoc.bot.directive_file import when

if TYPE_CHECKING:
    from dondoc.handlers.approval import Approval, Proposal
    from dondoc.rules.unit_matters import Matter
    from dondoc.rules.units import Registry
    from dondoc.storage.directives import Directive, Task

_WHY = {
    "unknown": "not in the registry",
    "ambiguous": "may be several units",
    "closed": "exists no more",
    "members": "may or may not include some units",
}


def show_drafts(drafts: Sequence[Proposal], directive: Directive, units: Registry, on: date) -> None:
    """What waits for approval; names that are not settled, a line each on stderr with what they may be."""
    from dondoc.bot.tables import show_table
    from dondoc.rules.unit_matters import answers_from, meant_by

    headings = ("no", "class", "deadline", "lead", "task")
    show_table(headings, [(str(one.task.position), *_draft(one)) for one in drafts])
    matters: dict[str, Matter] = {}
    answers = answers_from(directive.answers)
    for one in drafts:
        matters.update((matter.key, matter) for matter in meant_by(one.task.lead, units, on, answers).matters)
        if not one.task.lead:
            tell(f"draft {one.task.position}: the text names no unit")
    for matter in matters.values():
        choices = ", ".join(f"{unit.code} {unit.name}" for unit in matter.choices)
        tell(f"not settled: “{matter.text}” – {_WHY[matter.doubt]}{f'; nearest: {choices}' if choices else ''}")


def _draft(one: Proposal) -> tuple[str, str, str, str]:
    resolved = one.resolved
    named = "; ".join(unit.name for unit in resolved.lead[:3]) + (" …" if len(resolved.lead) > 3 else "")
    lead = "; ".join(resolved.groups) or named or "; ".join(one.task.lead) or "–"
    return one.task.task_class, _deadline(one.task), lead, short(one.task.content)


def _deadline(task: Task) -> str:
    return when(task.deadline, task.deadline_rule, task.deadline_time) if task.deadline else "–"


def show_approval(approval: Approval) -> None:
    """What was assigned on stdout; what staff have to see to, a line each, on stderr."""
    for code, task, resolved in approval.assigned:
        due = _deadline(task) if task.deadline else task.task_class
        say(f"{code}  {due}  units: {len(resolved.lead)}  {short(task.content)}")
        if resolved.unresolved:
            tell(f"{code}: not settled, and not assigned to: {quoted(resolved.unresolved)}")
    for left in approval.left:
        names = left.resolved.unresolved
        why = f"not in the registry, or not clear: {quoted(names)}" if names else "the text names no unit"
        tell(f"left as a draft: {short(left.task.content)} – {why}")
    if approval.assigned:
        say(
            f"Tasks assigned: {len(approval.assigned)}; assignments: {approval.assignments}; "
            f"notices queued: {approval.messages}; drafts left: {len(approval.left)}."
        )
    else:
        say("Nothing new to assign.")
    if approval.unreached:
        tell(f"nobody has joined yet in: {'; '.join(approval.unreached)}")


def quoted(names: Sequence[str]) -> str:
    """Names in quotation marks, one after the other."""
    return ", ".join(f"“{name}”" for name in names)
