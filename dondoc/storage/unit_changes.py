"""Units end, merge and divide: who took over is written down, and what is open goes to the unit that people name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.rules.roles import Scope
from dondoc.rules.states import State
from dondoc.storage import invitations, work
from dondoc.storage.database import insert_new
from dondoc.storage.tables import assignments, unit_successors, units
from dondoc.storage.work import Assignment


class NobodyTakesOver(Exception):
    """A unit that ends has open assignments and no unit was named for them. The message says how many."""

    def __init__(self, number: int) -> None:
        super().__init__(f"{number} open assignments, and no unit is named that takes them over")
        self.number = number


@dataclass(frozen=True, slots=True)
class Moved:
    """Assignments that went to another unit, and those withdrawn because that unit had the same task already."""

    moved: tuple[int, ...]
    withdrawn: tuple[int, ...]


async def close_unit(
    tx: AsyncConnection,
    unit_id: int,
    last_day: date,
    *,
    successors: Sequence[int] = (),
    receiver: int | None = None,
    receivers: Mapping[str, int] | None = None,
    actor_id: int | None,
    at: datetime,
) -> Moved:
    """End a unit after its last day. Open assignments go to ``receiver``, or to the one named for the code of their task.

    Every code of invitation of the unit ends; its people and what was settled stay as they are. Raises NobodyTakesOver.
    """
    by_code = receivers or {}
    live = await work.find(tx, Scope.office(), unit_id=unit_id, condition=work.open_condition())
    goes_to = [(item, by_code.get(item.code, receiver)) for item in live]
    left = sum(target is None for _, target in goes_to)
    if left:
        raise NobodyTakesOver(left)
    await tx.execute(update(units).where(units.c.id == unit_id).values(valid_to=last_day))
    for successor in successors:
        await insert_new(tx, unit_successors, {"unit_id": unit_id, "successor_id": successor})
    await invitations.revoke(tx, unit_id, at)
    moved: list[int] = []
    withdrawn: list[int] = []
    for item, target in goes_to:
        if target is not None and await _hand_on(tx, item, target, actor_id=actor_id, at=at):
            moved.append(item.id)
        else:
            withdrawn.append(item.id)
    detail = {
        "unit_id": unit_id,
        "last_day": last_day.isoformat(),
        "successors": list(successors),
        "moved": len(moved),
        "withdrawn": len(withdrawn),
    }
    await work.record(tx, "unit.closed", actor_id=actor_id, at=at, detail=detail)
    return Moved(tuple(moved), tuple(withdrawn))


async def _hand_on(tx: AsyncConnection, item: Assignment, target: int, *, actor_id: int | None, at: datetime) -> bool:
    """Give an assignment to another unit; False if that one has the task already and this one is withdrawn."""
    has = select(assignments.c.id).where(assignments.c.task_id == item.task_id, assignments.c.unit_id == target)
    present = (await tx.execute(has)).scalar()
    trail = {"from_unit": item.unit_id, "to_unit": target}
    if present is None:
        await work.change(
            tx, item, "assignment.moved", actor_id=actor_id, at=at, detail=trail, unit_id=target, promised_on=None
        )
        return True
    await work.change(
        tx,
        item,
        "assignment.withdraw",
        actor_id=actor_id,
        at=at,
        detail={**trail, "merged_into": present},
        state=State.WITHDRAWN.value,
        closed_at=at,
    )
    return False


async def open_assignments(tx: AsyncConnection, unit_ids: Sequence[int]) -> dict[int, int]:
    """How many open assignments each of some units has, of those that have any."""
    statement = (
        select(assignments.c.unit_id, func.count())
        .where(assignments.c.unit_id.in_(list(unit_ids)), work.open_condition())
        .group_by(assignments.c.unit_id)
    )
    return dict((await tx.execute(statement)).all())
