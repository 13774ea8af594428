"""What an amended document changes in what was given out: planned from the texts, shown before it is done.

Two kinds: a document that comes again with another content, and one of its own number that amends or replaces an earlier one.
What was handed in or is finished is left alone and listed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.directives.amending import Amended, Move
from dondoc.directives.amendments import Change, Duty, Field, compare, duty_of, likeness
from dondoc.directives.drafts import DirectiveDraft, TaskDraft
from dondoc.directives.identity import letters
from dondoc.handlers.assign import resolve
from dondoc.rules.roles import Scope
from dondoc.rules.states import SETTLED, WAITING, State
from dondoc.rules.unit_matters import Answers, answers_from, meant_by
from dondoc.rules.units import Registry, Unit
from dondoc.storage import directives, work
from dondoc.storage.directives import APPROVED, DRAFT, DROPPED, Directive, Task
from dondoc.storage.work import Assignment

# Another document says a duty again only when most of its words are the same.
_ALIKE_IN_ANOTHER = 0.62
_ALIKE_EDITED = 0.45
_ABOUT = 0.25


@dataclass(frozen=True, slots=True)
class TaskChange:
    """One task that reads differently now. ``lead`` and ``helping`` are units that come to it, ``withdrawn`` the open
    assignments of units that are named no more, ``moved`` the other open ones, ``left`` what was handed in or is done;
    ``via`` the unit through which is reported now, ``unsettled`` new names that the registry does not settle."""

    task: Task
    after: Duty
    fields: tuple[Field, ...]
    lead: tuple[Unit, ...] = ()
    helping: tuple[Unit, ...] = ()
    withdrawn: tuple[Assignment, ...] = ()
    moved: tuple[Assignment, ...] = ()
    left: tuple[Assignment, ...] = ()
    via: int | None = None
    unsettled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A task that the new text no longer holds."""

    task: Task
    withdrawn: tuple[Assignment, ...] = ()
    left: tuple[Assignment, ...] = ()


@dataclass(slots=True)
class Plan:
    """What follows from an amended document for ``original``.

    ``added`` are duties that become tasks; ``carried`` drafts of the amending document that tasks of the original carry
    on; ``unclear`` the words that may concern several tasks, or none.
    """

    original: Directive
    changes: list[TaskChange] = field(default_factory=list)
    withdrawals: list[Withdrawal] = field(default_factory=list)
    added: tuple[TaskDraft, ...] = ()
    carried: list[int] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.changes or self.withdrawals or self.added or self.unclear)

    @property
    def left(self) -> list[Assignment]:
        """What stays as it is although its task changes."""
        return [
            *(item for one in self.changes for item in one.left),
            *(item for one in self.withdrawals for item in one.left),
        ]


async def plan_revision(
    tx: AsyncConnection,
    original: Directive,
    base: DirectiveDraft | None,
    new: DirectiveDraft,
    units: Registry,
    on: date,
) -> Plan:
    """The same document with another content. ``base`` is the earlier text as read; without it the tasks stand for it.

    The texts are compared with each other, not with the tasks: what staff changed by hand stays as they changed it.
    """
    tasks = await directives.tasks_of(tx, original.id, [DRAFT, APPROVED, DROPPED])
    if base is not None:
        before = [duty_of(place, task) for place, task in enumerate(base.tasks, 1)]
    else:
        before = [_duty_of_task(task) for task in tasks if task.status != DROPPED]
    found = compare(before, [duty_of(place, task) for place, task in enumerate(new.tasks)])
    planner = _Planner(tasks, await _assignments(tx, original), units, on, answers_from(original.answers))
    by_id = {task.id: task for task in tasks}
    plan = Plan(original, added=tuple(new.tasks[duty.ref] for duty in found.added))
    for change in found.changed:
        for task in _tasks_of_duty(change.before, tasks) if base is not None else [by_id[change.before.ref]]:
            plan.changes.append(planner.change(task, change))
    held = {task.id for duty, _ in found.kept for task in _tasks_of_duty(duty, tasks)} if base is not None else set()
    held |= {change.task.id for change in plan.changes}
    for duty in found.removed:
        for task in _tasks_of_duty(duty, tasks) if base is not None else [by_id[duty.ref]]:
            if task.id in held:
                plan.unclear.append(duty.quote)  # staff joined it with a duty that stays
            else:
                plan.withdrawals.append(planner.withdrawal(task))
    return plan


async def plan_amending(
    tx: AsyncConnection, original: Directive, amending: Directive, moves: Sequence[Move], units: Registry, on: date
) -> Plan:
    """A document of its own that amends or replaces an earlier one. What is new in it stays its own."""
    tasks = await directives.tasks_of(tx, original.id, [DRAFT, APPROVED])
    drafts = await directives.tasks_of(tx, amending.id, [DRAFT])
    found = compare(
        [_duty_of_task(task) for task in tasks], [_duty_of_task(task) for task in drafts], alike=_ALIKE_IN_ANOTHER
    )
    planner = _Planner(tasks, await _assignments(tx, original), units, on, answers_from(original.answers))
    by_id = {task.id: task for task in tasks}
    plan = Plan(original, carried=[after.ref for _, after in found.kept])
    for change in found.changed:
        plan.changes.append(planner.change(by_id[change.before.ref], change))
        plan.carried.append(change.after.ref)
    if amending.amendment == "replaces":
        plan.withdrawals.extend(planner.withdrawal(by_id[duty.ref]) for duty in found.removed)
    done = {change.task.id for change in plan.changes}
    for move in moves:
        meant = [task for task in _meant_by_move(move, tasks) if task.id not in done]
        if not meant:
            plan.unclear.append(move.quote)
        for task in meant:
            before = _duty_of_task(task)
            after = replace(before, deadline=move.deadline, rule=move.rule, time=move.time)
            plan.changes.append(planner.change(task, Change(before, after, ("deadline",))))
    return plan


def own_duties(tasks: Sequence[TaskDraft], amended: Amended, moves: Sequence[Move]) -> tuple[TaskDraft, ...]:
    """The duties of an amending document without the sentences that only speak of the earlier one."""
    said = [letters(move.quote) for move in moves]
    names = letters(amended.words)
    return tuple(
        task
        for task in tasks
        if not any(letters(task.quote) in one for one in said)
        and not (task.deadline is None and names in letters(task.quote))
    )


class _Planner:
    """Knows the tasks, who has them, and what the names mean."""

    def __init__(
        self, tasks: Sequence[Task], items: Sequence[Assignment], units: Registry, on: date, answers: Answers
    ) -> None:
        self._items = {task.id: [item for item in items if item.task_id == task.id] for task in tasks}
        self._units, self._on, self._answers = units, on, answers

    def change(self, task: Task, change: Change) -> TaskChange:
        items = [item for item in self._items[task.id] if item.state is not State.WITHDRAWN]
        here = {(item.unit_id, item.role) for item in items}
        lead = helping = gone = ()  # type: tuple[Unit, ...]
        if "lead" in change.fields:
            lead, gone = self._apart(change.before.lead, change.after.lead)
        if "cooperate" in change.fields:
            helping, parted = self._apart(change.before.cooperate, change.after.cooperate)
            gone = (*gone, *parted)
        coming = {unit.id for unit in (*lead, *helping)}
        leaving = {unit.id for unit in gone} - coming
        still_open = [item for item in items if _is_open(item)]
        resolved = resolve(
            change.after.lead, (), self._units, self._on, via=change.after.report_via, answers=self._answers
        )
        return TaskChange(
            task=task,
            after=change.after,
            fields=change.fields,
            lead=tuple(unit for unit in lead if (unit.id, "lead") not in here),
            helping=tuple(unit for unit in helping if (unit.id, "cooperate") not in here),
            withdrawn=tuple(item for item in still_open if item.unit_id in leaving),
            moved=tuple(item for item in still_open if item.unit_id not in leaving),
            left=tuple(item for item in items if not _is_open(item)),
            via=resolved.via,
            unsettled=resolved.unresolved if "lead" in change.fields else (),
        )

    def withdrawal(self, task: Task) -> Withdrawal:
        items = [item for item in self._items[task.id] if item.state is not State.WITHDRAWN]
        return Withdrawal(
            task,
            tuple(item for item in items if _is_open(item)),
            tuple(item for item in items if not _is_open(item)),
        )

    def _apart(self, before: Sequence[str], after: Sequence[str]) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
        """The units that only the new names mean, and those that only the old ones meant."""
        old = meant_by(before, self._units, self._on, self._answers).units
        new = meant_by(after, self._units, self._on, self._answers).units
        return tuple(unit for unit in new if unit not in old), tuple(unit for unit in old if unit not in new)


def _is_open(item: Assignment) -> bool:
    """Whether nothing was handed in that waits for the office, and nothing is settled."""
    return item.state not in WAITING | SETTLED


async def _assignments(tx: AsyncConnection, directive: Directive) -> list[Assignment]:
    return await work.find(tx, Scope.office(), directive_id=directive.id)


def _duty_of_task(task: Task) -> Duty:
    return Duty(
        ref=task.id,
        content=task.content,
        quote=task.quote,
        section=task.section,
        lead=tuple(task.lead),
        cooperate=tuple(task.cooperate),
        deadline=task.deadline,
        rule=task.deadline_rule,
        time=task.deadline_time,
        report_to=task.report_to,
        report_via=task.report_via,
    )


def _tasks_of_duty(duty: Duty, tasks: Sequence[Task]) -> list[Task]:
    """The tasks that staff made of a duty of the text: usually one; none where they dropped it."""
    quote = letters(duty.quote)
    same = [task for task in tasks if quote and (quote in letters(task.quote) or letters(task.quote) in quote)]
    exact = [task for task in same if task.position == duty.ref] or [
        task for task in same if letters(task.content) == letters(duty.content)
    ]
    found = exact or same
    if not found:
        scored = [(likeness(duty, _duty_of_task(task)), task) for task in tasks]
        found = [task for score, task in sorted(scored, key=lambda one: -one[0])[:1] if score >= _ALIKE_EDITED]
    return [task for task in found if task.status != DROPPED]


def _meant_by_move(move: Move, tasks: Sequence[Task]) -> list[Task]:
    """The tasks whose deadline a sentence moves: by the day it had, the section, and the words; several only if all of
    them stand in the section that is named or have the day that is named."""
    dated = [task for task in tasks if task.deadline is not None and task.task_class != "standing"]
    if move.from_day is not None:
        dated = [task for task in dated if task.deadline == move.from_day]
    named = [task for task in dated if _section(task.section) in {_section(name) for name in move.sections}]
    pool = named or dated
    if len(pool) <= 1:
        return pool if named or move.from_day is not None or _shares(move, pool) else []
    close = _shares(move, pool)
    return close or (pool if named else [])


def _shares(move: Move, tasks: Sequence[Task]) -> list[Task]:
    """Those whose words the sentence repeats."""
    words = set(_plain(move.quote))
    shares = {task.id: _share(set(_plain(task.content)), words) for task in tasks}
    best = max(shares.values(), default=0.0)
    return [task for task in tasks if shares[task.id] >= max(_ABOUT, best - 0.1)]


def _share(of: set[str], words: set[str]) -> float:
    return len(of & words) / len(of) if of else 0.0


def _plain(text: str) -> list[str]:
    return [letters(word) for word in text.split() if not any(letter.isdigit() for letter in word)]


def _section(name: str | None) -> str:
    return letters(name or "")
