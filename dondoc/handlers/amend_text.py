"""A planned amendment in words: what changes, what is new, what is gone, what is left alone, and who will hear of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.directives.drafts import TaskDraft
from dondoc.handlers.amend_plan import Plan, TaskChange, Withdrawal
from dondoc.handlers.assign import reach, resolve
from dondoc.locales import Translator
from dondoc.reports.phrases import Phrases
from dondoc.rules.deadlines import ON, Deadline
from dondoc.rules.unit_matters import answers_from
from dondoc.rules.units import Registry, Unit
from dondoc.storage.directives import APPROVED, Task
from dondoc.storage.work import Assignment
from dondoc.vietnamese.text import shorten
from dondoc.vietnamese.words import capital, count

_CONTENT = 160
_NAMED = 12


class AmendmentText:
    """Says a plan in one language, on one day."""

    def __init__(self, t: Translator, phrases: Phrases, units: Registry, on: date) -> None:
        self._t, self._phrases, self._units, self._on = t, phrases, units, on

    def lines(self, plan: Plan) -> list[str]:
        """The whole difference, a block for each kind of change."""
        t = self._t
        lines: list[str] = []
        if plan.changes:
            lines.append(t("handlers.amended.changed", number=count(len(plan.changes))))
            lines += [self._change(one) for one in plan.changes]
        if plan.added:
            lines.append(t("handlers.amended.added", number=count(len(plan.added))))
            lines += [self._added(one, plan) for one in plan.added]
        if plan.withdrawals:
            lines.append(t("handlers.amended.gone", number=count(len(plan.withdrawals))))
            lines += [self._gone(one) for one in plan.withdrawals]
        lines += [t("handlers.amended.unclear", quote=shorten(quote, _CONTENT)) for quote in plan.unclear]
        if plan.left:
            lines.append(self.left(plan.left))
        return lines

    def left(self, items: Sequence[Assignment]) -> str:
        """What was handed in or is finished: it stays as it is."""
        named = [f"{item.code} – {item.unit_name} ({self._phrases.state(item)})" for item in items]
        return self._t("handlers.amended.left", items=_several(named))

    async def forecast(self, tx: AsyncConnection, plan: Plan) -> str:
        """How many assignments change and how many people hear of it; of drafts that nothing leaves."""
        if plan.original.approved_at is None:
            return self._t("handlers.amended.forecast_drafts")
        moved = {item.id for one in plan.changes for item in one.moved}
        touched = {item.unit_id for one in plan.changes for item in (*one.moved, *one.withdrawn)}
        touched |= {item.unit_id for one in plan.withdrawals for item in one.withdrawn}
        withdrawn = sum(len(one.withdrawn) for one in plan.changes) + sum(
            len(one.withdrawn) for one in plan.withdrawals
        )
        coming = [unit.id for one in plan.changes for unit in (*one.lead, *one.helping)]
        coming += [unit.id for task in plan.added for unit in self._lead(task, plan)]
        listeners = (await reach(tx, touched | set(coming))).listeners.values()
        return self._t(
            "handlers.amended.forecast",
            new=count(len(coming)),
            moved=count(len(moved)),
            withdrawn=count(withdrawn),
            people=count(len(set(listeners) - {None})),
        )

    def _change(self, change: TaskChange) -> str:
        t, task, after = self._t, change.task, change.after
        what: list[str] = []
        if "deadline" in change.fields:
            old = _deadline(task.deadline, task.deadline_rule, task)
            new = Deadline(after.deadline, after.rule or ON, after.time) if after.deadline else None
            what.append(t("handlers.amended.what_deadline", before=self._written(old), after=self._written(new)))
        if "content" in change.fields:
            what.append(t("handlers.amended.what_content", content=shorten(after.content, _CONTENT)))
        if task.status != APPROVED and {"lead", "cooperate"} & set(change.fields):
            before = "; ".join((*task.lead, *task.cooperate)) or "–"
            names = "; ".join((*after.lead, *after.cooperate)) or "–"
            what.append(t("handlers.amended.what_names", before=before, after=names))
        for name, units in (("lead", change.lead), ("helping", change.helping), ("withdrawn", change.withdrawn)):
            if units and task.status == APPROVED:
                what.append(t(f"handlers.amended.what_{name}", units=_several(_names(units))))
        if change.unsettled:
            what.append(t("handlers.amended.what_unsettled", names="; ".join(change.unsettled)))
        if "report" in change.fields:
            via = t("handlers.document.draft_via", via=after.report_via) if after.report_via else ""
            what.append(t("handlers.amended.what_report", to=(after.report_to or "–") + via))
        return "\n".join((self._task(task), *(f"   {one}" for one in what)))

    def _added(self, task: TaskDraft, plan: Plan) -> str:
        units = self._lead(task, plan)
        named = _several(_names(units)) if units else "; ".join(task.lead) or "–"
        deadline = Deadline(task.deadline, task.deadline_rule or ON, task.time) if task.deadline else None
        said = self._t("handlers.amended.task", code=named, content=shorten(task.content, _CONTENT))
        return f"{said}\n   {self._t('handlers.document.draft_deadline', deadline=self._written(deadline))}"

    def _gone(self, entry: Withdrawal) -> str:
        said = self._task(entry.task)
        if not entry.withdrawn:
            return said
        return f"{said}\n   {self._t('handlers.amended.what_withdrawn', units=_several(_names(entry.withdrawn)))}"

    def _task(self, task: Task) -> str:
        content = capital(shorten(task.content, _CONTENT))
        return self._t("handlers.amended.task", code=task.code or task.section or "–", content=content)

    def _lead(self, task: TaskDraft, plan: Plan) -> tuple[Unit, ...]:
        answers = answers_from(plan.original.answers)
        return resolve(task.lead, (), self._units, self._on, answers=answers).lead

    def _written(self, deadline: Deadline | None) -> str:
        return self._phrases.written(deadline) if deadline else self._t("lines.undated")


def _deadline(day: date | None, rule: str | None, task: Task) -> Deadline | None:
    return Deadline(day, rule or ON, task.deadline_time) if day else None


def _names(units: Iterable[Unit | Assignment]) -> list[str]:
    return [unit.name if isinstance(unit, Unit) else unit.unit_name for unit in units]


def _several(names: Sequence[str]) -> str:
    return "; ".join(names[:_NAMED]) + (f" … ({count(len(names))})" if len(names) > _NAMED else "")
