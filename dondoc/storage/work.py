"""Assignments: what each unit was given, how far it is, and the trail of everything that happened to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, false, func, literal_column, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.rules.deadlines import ON, Deadline
from dondoc.rules.roles import Scope
from dondoc.rules.states import OWING, SETTLED, WAITING, State
from dondoc.storage.bulk import among
from dondoc.storage.tables import assignments, directives, events, tasks, units
from dondoc.vietnamese.words import cite


@dataclass(frozen=True, slots=True)
class Assignment:
    """One task as given to one unit, with what every message about it needs.

    ``deadline`` is the one in force; ``original_deadline`` the one of the task. ``version`` changes with the deadline.
    """

    id: int
    task_id: int
    code: str
    content: str
    section: str | None
    task_class: str
    report_to: str | None
    report_via: str | None
    nil_report: bool
    urgent: bool
    urgency: str | None
    deliverable: str | None
    data_from: date | None
    data_to: date | None
    to_be_issued: bool
    directive_id: int | None
    directive_kind: str | None
    directive_number: str | None
    directive_issued_on: date | None
    basis: str | None
    office_id: int
    assigned_by: int | None
    unit_id: int
    unit_code: str
    unit_name: str
    unit_kind: str
    role: str
    state: State
    demand: str | None
    demand_due: date | None
    demand_reason: str | None
    percent: int | None
    deadline_day: date | None
    deadline_rule: str | None
    deadline_time: time | None
    original_deadline: date | None
    original_rule: str | None
    version: int
    deadline_set_at: datetime | None
    granted_deadline: date | None
    extensions: int
    promised_on: date | None
    obstacle: str | None
    assigned_at: datetime
    received_at: datetime | None
    last_reply_at: datetime | None
    first_submitted_at: datetime | None
    submitted_at: datetime | None
    evidence: str | None
    result: str | None
    late_days: int | None

    @property
    def deadline(self) -> Deadline | None:
        """The deadline in force; None for an undated task."""
        if self.deadline_day is None:
            return None
        return Deadline(self.deadline_day, self.deadline_rule or ON, self.deadline_time)

    @property
    def citation(self) -> str | None:
        """The document it comes from, as documents are cited; None when it was given directly."""
        if self.directive_id is None:
            return None
        return cite(self.directive_kind, self.directive_number, self.directive_issued_on)


_COLUMNS = (
    assignments.c.id,
    assignments.c.task_id,
    tasks.c.code,
    tasks.c.content,
    tasks.c.section,
    tasks.c.task_class,
    tasks.c.report_to,
    tasks.c.report_via,
    tasks.c.nil_report,
    tasks.c.urgent,
    tasks.c.urgency,
    tasks.c.deliverable,
    tasks.c.data_from,
    tasks.c.data_to,
    tasks.c.to_be_issued,
    tasks.c.directive_id,
    directives.c.kind.label("directive_kind"),
    directives.c.number.label("directive_number"),
    directives.c.issued_on.label("directive_issued_on"),
    tasks.c.basis,
    tasks.c.office_id,
    tasks.c.created_by.label("assigned_by"),
    assignments.c.unit_id,
    units.c.code.label("unit_code"),
    units.c.name.label("unit_name"),
    units.c.kind.label("unit_kind"),
    assignments.c.role,
    assignments.c.state,
    assignments.c.demand,
    assignments.c.demand_due,
    assignments.c.demand_reason,
    assignments.c.percent,
    assignments.c.deadline.label("deadline_day"),
    assignments.c.deadline_rule,
    assignments.c.deadline_time,
    # As the document says. What was handed in before the document was amended keeps the day that held then.
    case((assignments.c.granted_deadline.is_(None), assignments.c.deadline), else_=tasks.c.deadline).label(
        "original_deadline"
    ),
    case((assignments.c.granted_deadline.is_(None), assignments.c.deadline_rule), else_=tasks.c.deadline_rule).label(
        "original_rule"
    ),
    assignments.c.deadline_version.label("version"),
    assignments.c.deadline_set_at,
    assignments.c.granted_deadline,
    assignments.c.extensions,
    assignments.c.promised_on,
    assignments.c.obstacle,
    assignments.c.assigned_at,
    assignments.c.received_at,
    assignments.c.last_reply_at,
    assignments.c.first_submitted_at,
    assignments.c.submitted_at,
    assignments.c.evidence,
    assignments.c.result,
    assignments.c.late_days,
)


def visible(scope: Scope) -> ColumnElement[bool]:
    """The condition that keeps a query within what the asker may see."""
    seen = scope.seen_units
    if seen is None:
        return true()
    conditions: list[ColumnElement[bool]] = [false()]
    if seen:
        conditions.append(among(assignments.c.unit_id, sorted(seen)))
    if scope.routed:
        # What is reported through the asker's unit.
        conditions.append(among(tasks.c.via_unit_id, sorted(scope.routed)))
    return or_(*conditions)


def _select(scope: Scope) -> Select[Any]:
    return (
        select(*_COLUMNS)
        .join(tasks, tasks.c.id == assignments.c.task_id)
        .join(units, units.c.id == assignments.c.unit_id)
        .outerjoin(directives, directives.c.id == tasks.c.directive_id)
        .where(visible(scope))
    )


async def get(tx: AsyncConnection, scope: Scope, assignment_id: int, *, lock: bool = False) -> Assignment | None:
    """The assignment, if the scope may see it; ``lock`` keeps others from changing it in this transaction."""
    if lock:
        held = select(assignments.c.id).where(assignments.c.id == assignment_id).with_for_update(key_share=True)
        await tx.execute(held)
    row = (await tx.execute(_select(scope).where(assignments.c.id == assignment_id))).mappings().first()
    return None if row is None else _assignment(row)


async def find(
    tx: AsyncConnection,
    scope: Scope,
    *,
    ids: Sequence[int] | None = None,
    code: str | None = None,
    unit_id: int | None = None,
    unit_ids: Sequence[int] | None = None,
    task_id: int | None = None,
    directive_id: int | None = None,
    states: Sequence[State] | frozenset[State] | None = None,
    role: str | None = None,
    condition: ColumnElement[bool] | None = None,
) -> list[Assignment]:
    """Assignments within the scope that fit all that is given, nearest deadline first, undated ones last."""
    statement = _select(scope)
    filters: list[tuple[object, ColumnElement[bool]]] = [
        (ids, among(assignments.c.id, ids or ())),
        (code, tasks.c.code == code),
        (unit_id, assignments.c.unit_id == unit_id),
        (unit_ids, among(assignments.c.unit_id, unit_ids or ())),
        (task_id, assignments.c.task_id == task_id),
        (directive_id, tasks.c.directive_id == directive_id),
        (states, assignments.c.state.in_([state.value for state in states or ()])),
        (role, assignments.c.role == role),
    ]
    for given, clause in filters:
        if given is not None:
            statement = statement.where(clause)
    if condition is not None:
        statement = statement.where(condition)
    statement = statement.order_by(assignments.c.deadline.is_(None), assignments.c.deadline, tasks.c.code, units.c.code)
    return [_assignment(row) for row in (await tx.execute(statement)).mappings()]


def waiting_condition() -> ColumnElement[bool]:
    return assignments.c.state.in_([state.value for state in WAITING])


def open_condition() -> ColumnElement[bool]:
    return assignments.c.state.not_in([state.value for state in SETTLED])


def owing_condition() -> ColumnElement[bool]:
    """Lead units that owe something. Spelled letter for letter as the partial index spells it."""
    states = [literal_column(f"'{state.value}'", String) for state in State if state in OWING]
    return and_(assignments.c.role == literal_column("'lead'", String), assignments.c.state.in_(states))


async def directives_of(tx: AsyncConnection, scope: Scope) -> frozenset[int]:
    """The directives that gave anything the asker sees."""
    statement = select(tasks.c.directive_id).join(assignments, assignments.c.task_id == tasks.c.id)
    seen = statement.where(visible(scope), tasks.c.directive_id.is_not(None)).distinct()
    return frozenset((await tx.execute(seen)).scalars())


async def units_of(tx: AsyncConnection, ids: Sequence[int]) -> frozenset[int]:
    """The units of some assignments, whoever asks: to decide whether the asker may."""
    statement = select(assignments.c.unit_id).where(among(assignments.c.id, ids))
    return frozenset((await tx.execute(statement)).scalars())


async def add_assignments(tx: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert assignments in batches; their ids in the order of the rows."""
    if not rows:
        return []
    statement = assignments.insert().returning(assignments.c.id, sort_by_parameter_order=True)
    return list((await tx.execute(statement, [dict(row) for row in rows])).scalars())


async def change(
    tx: AsyncConnection,
    assignment: Assignment,
    kind: str,
    *,
    actor_id: int | None,
    at: datetime,
    detail: Mapping[str, Any] | None = None,
    **values: Any,
) -> None:
    """Set columns of an assignment and write what happened into its trail, with what the columns held before."""
    before = _plain({name: getattr(assignment, _FIELDS.get(name, name), None) for name in values})
    if values:
        await tx.execute(update(assignments).where(assignments.c.id == assignment.id).values(**values))
    await record(
        tx,
        kind,
        actor_id=actor_id,
        at=at,
        task_id=assignment.task_id,
        assignment_id=assignment.id,
        detail={"from": assignment.state.value, **_plain(values), "before": before, **(detail or {})},
    )


async def record(
    tx: AsyncConnection,
    kind: str,
    *,
    actor_id: int | None,
    at: datetime,
    directive_id: int | None = None,
    task_id: int | None = None,
    assignment_id: int | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Append to the log of who did what. It is never changed and never holds a person's words."""
    await tx.execute(
        events.insert().values(
            at=at,
            actor_id=actor_id,
            kind=kind,
            directive_id=directive_id,
            task_id=task_id,
            assignment_id=assignment_id,
            detail=dict(detail or {}),
        )
    )


async def open_states_of_task(tx: AsyncConnection, task_id: int) -> dict[str, int]:
    """How many lead assignments of a task are in each state."""
    statement = (
        select(assignments.c.state, func.count())
        .where(assignments.c.task_id == task_id, assignments.c.role == "lead")
        .group_by(assignments.c.state)
    )
    return dict((await tx.execute(statement)).all())


# Columns that an assignment has under another name.
_FIELDS = {"deadline": "deadline_day", "deadline_version": "version"}
# Columns that hold a person's own words stay out of the trail.
_WORDS = frozenset({"obstacle", "demand_reason", "evidence", "note"})


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: value.isoformat() if isinstance(value, date | time) else value
        for key, value in values.items()
        if key not in _WORDS
    }


def _assignment(row: Mapping[Any, Any]) -> Assignment:
    values = dict(row)
    values["state"] = State(values["state"])
    return Assignment(**values)
