"""What an amended document changes, in lines of the command line: changed, new, gone, left alone, and what is not clear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dondoc.bot.command import say, short, tell
from dondoc.bot.directive_file import when
from dondoc.bot.draft_lines import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dondoc.handlers.amend import Done
    from dondoc.handlers.amend_plan import Plan, TaskChange
    from dondoc.rules.units import Unit
    from dondoc.storage.directives import Task
    from dondoc.storage.work import Assignment


def show_plan(plan: Plan) -> None:
    """The difference on stdout; what is not clear, a line each, on stderr."""
    for change in plan.changes:
        for what in _what(change):
            say(f"changed  {_task(change.task)}: {what}")
    for task in plan.added:
        due = when(task.deadline, task.deadline_rule, task.time) if task.deadline else task.task_class
        say(f"new      {due}  {quoted(task.lead) or '–'}  {short(task.content)}")
    for entry in plan.withdrawals:
        units = f" – withdrawn from: {_assigned(entry.withdrawn)}" if entry.withdrawn else ""
        say(f"gone     {_task(entry.task)}{units}")
    for item in plan.left:
        say(f"left     {item.code}  {item.unit_name}: {item.state.value}")
    for quote in plan.unclear:
        tell(f"not clear which task this changes: {short(quote)}")


def show_done(done: Done) -> None:
    """What was carried out, and who hears of it."""
    new = len(done.new) + (done.approval.assignments if done.approval else 0)
    messages = done.messages + (done.approval.messages if done.approval else 0)
    say(
        f"Carried out: {new} new assignments, {len(done.moved)} with a new deadline, {len(done.withdrawn)} withdrawn; "
        f"notices queued: {messages}."
    )
    unreached = sorted({*done.unreached, *(done.approval.unreached if done.approval else ())})
    if unreached:
        tell(f"nobody has joined yet in: {'; '.join(unreached)}")


def _what(change: TaskChange) -> Iterable[str]:
    task, after = change.task, change.after
    if "deadline" in change.fields:
        old = when(task.deadline, task.deadline_rule, task.deadline_time) if task.deadline else "none"
        new = when(after.deadline, after.rule, after.time) if after.deadline else "none"
        yield f"deadline {old} → {new}"
    if "content" in change.fields:
        yield f"content → {short(after.content)}"
    if "lead" in change.fields:
        yield f"lead {quoted(task.lead) or '–'} → {quoted(after.lead) or '–'}"
    if "cooperate" in change.fields:
        yield f"cooperating {quoted(task.cooperate) or '–'} → {quoted(after.cooperate) or '–'}"
    if "report" in change.fields:
        yield f"report to → {' via '.join(filter(None, (after.report_to, after.report_via))) or '–'}"
    if change.lead or change.helping:
        yield f"also given to: {_named((*change.lead, *change.helping))}"
    if change.withdrawn:
        yield f"withdrawn from: {_assigned(change.withdrawn)}"
    if change.unsettled:
        yield f"not settled: {quoted(change.unsettled)}"


def _task(task: Task) -> str:
    return f"{task.code or f'draft {task.position}'}  {short(task.content)}"


def _named(units: Iterable[Unit]) -> str:
    return "; ".join(unit.name for unit in units)


def _assigned(items: Iterable[Assignment]) -> str:
    return "; ".join(item.unit_name for item in items)
