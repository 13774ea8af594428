"""Progress figures: the one place where every paper, picture and chat line gets its rows from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.rules.progress import Row
from dondoc.rules.roles import Scope
from dondoc.rules.states import Demand, Result
from dondoc.storage import work
from dondoc.storage.tables import addresses, assignments, contacts, extensions, tasks, units
from dondoc.storage.work import Assignment

FOLLOWED_UP = ("dated", "product")


async def rows(
    tx: AsyncConnection,
    scope: Scope,
    zone: tzinfo | None,
    *,
    directive_id: int | None = None,
    unit_ids: Sequence[int] | None = None,
    due: tuple[date, date] | None = None,
) -> list[Row]:
    """What is followed up, as reports see it: tasks with a deadline or a product, not the standing ones.

    ``due`` keeps the deadlines in force within two days, both inclusive.
    """
    conditions: list[ColumnElement[bool]] = [tasks.c.task_class.in_(FOLLOWED_UP)]
    if due is not None:
        conditions.append(assignments.c.deadline.between(*due))
    items = await work.find(tx, scope, directive_id=directive_id, unit_ids=unit_ids, condition=and_(*conditions))
    asked = await _with_pending_extension(tx)
    helpers: dict[int, list[str]] = {}
    for item in items:
        if item.role == "cooperate":
            helpers.setdefault(item.task_id, []).append(item.unit_name)
    return [_row(item, tuple(helpers.get(item.task_id, ())), item.id in asked, zone) for item in items]


async def _with_pending_extension(tx: AsyncConnection) -> set[int]:
    statement = select(extensions.c.assignment_id).where(extensions.c.status == "pending")
    return set((await tx.execute(statement)).scalars())


def _row(item: Assignment, helpers: tuple[str, ...], extension_pending: bool, zone: tzinfo | None) -> Row:
    return Row(
        assignment_id=item.id,
        task_code=item.code,
        directive=item.citation,
        directive_number=item.directive_number,
        issued_on=item.directive_issued_on,
        content=item.content,
        section=item.section,
        unit_id=item.unit_id,
        unit_code=item.unit_code,
        unit_name=item.unit_name,
        unit_short="",
        unit_kind=item.unit_kind,
        cooperate=helpers if item.role == "lead" else (),
        report_to=item.report_to,
        report_via=item.report_via,
        in_charge=None,
        role=item.role,
        state=item.state,
        demand=Demand(item.demand) if item.demand else None,
        deadline=item.original_deadline,
        granted_deadline=item.granted_deadline,
        deadline_rule=item.original_rule,
        percent=item.percent,
        result=Result(item.result) if item.result else None,
        late_days=item.late_days,
        submitted_at=item.submitted_at.astimezone(zone) if item.submitted_at else None,
        evidence=item.evidence,
        promised_on=item.promised_on,
        extension_pending=extension_pending,
        extensions=item.extensions,
        obstacle=item.obstacle,
        note=None,
        supplement_by=item.demand_due,
        deadline_time=item.deadline_time,
    )


async def submitted_since(tx: AsyncConnection, scope: Scope, since: datetime) -> list[Assignment]:
    """What was handed in since an instant."""
    return await work.find(tx, scope, role="lead", condition=assignments.c.submitted_at >= since)


async def standing_tasks(tx: AsyncConnection, scope: Scope) -> int:
    """How many standing tasks there are: never chased and in no figure of what is done or owed."""
    statement = select(func.count()).where(tasks.c.status == "approved", tasks.c.task_class == "standing")
    if scope.seen_units is not None:
        given = select(assignments.c.task_id).join(tasks, tasks.c.id == assignments.c.task_id)
        statement = statement.where(tasks.c.id.in_(given.where(work.visible(scope))))
    return int((await tx.execute(statement)).scalar_one())


async def units_not_joined(tx: AsyncConnection, scope: Scope) -> list[str]:
    """Units that owe something the asker sees and have nobody who can be reached."""
    reached = (
        select(contacts.c.unit_id)
        .join(addresses, addresses.c.person_id == contacts.c.person_id)
        .where(addresses.c.reachable)
    )
    owing = (
        select(assignments.c.unit_id)
        .join(tasks, tasks.c.id == assignments.c.task_id)
        .where(work.owing_condition(), work.visible(scope))
    )
    statement = select(units.c.name).where(units.c.id.in_(owing), units.c.id.not_in(reached)).order_by(units.c.code)
    return list((await tx.execute(statement)).scalars())
