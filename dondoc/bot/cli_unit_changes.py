"""``dondoc units close`` and ``dondoc units rotate``: what changes in the registry without a unit being new."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dondoc.bot.command import FAILED, REFUSED, USAGE, Installation, fail, say, tell, with_installation

if TYPE_CHECKING:
    from dondoc.rules.units import Registry, Unit
    from dondoc.storage.handover import Rotation


def close(
    codes: Annotated[list[str], typer.Argument(metavar="CODE...", help="The units that end.", show_default=False)],
    on: Annotated[str, typer.Option("--on", metavar="DATE", help="Their last day, such as 2025-06-30.")],
    successor: Annotated[
        list[str] | None,
        typer.Option("--successor", metavar="CODE", help="Who takes over; may be given several times."),
    ] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="CODE", help="Who gets what is open.")] = None,
    task: Annotated[
        list[str] | None, typer.Option("--task", metavar="NV-001=CODE", help="Another unit for one task.")
    ] = None,
) -> None:
    """End units: merged into one (--successor and --to the same), divided (several successors), or closed for good.

    What they have open goes to the unit named by --to, or by --task for one task; that unit is told at once.
    """

    async def work(here: Installation) -> None:
        from dondoc.handlers.assign import notify
        from dondoc.rules.roles import Scope
        from dondoc.storage import registry
        from dondoc.storage.unit_changes import NobodyTakesOver, close_unit
        from dondoc.storage.work import find

        last_day = _past_day(here, on)
        async with here.database.write() as tx:
            units = await registry.registry(tx)
            ending = [_unit(units, code) for code in codes]
            successors = [_unit(units, code) for code in successor or ()]
            receiver = _unit(units, to) if to else successors[0] if len(successors) == 1 else None
            receivers = _by_task(units, task or [])
            for taking in {*successors, *([receiver] if receiver else []), *receivers.values()}:
                if taking in ending or not taking.is_valid(here.now.date()):
                    fail(USAGE, f"{taking.code} cannot take over: it ends, too, or exists no more")
            moved: list[int] = []
            for unit in ending:
                try:
                    outcome = await close_unit(
                        tx,
                        unit.id,
                        last_day,
                        successors=[one.id for one in successors],
                        receiver=receiver.id if receiver else None,
                        receivers={code: one.id for code, one in receivers.items()},
                        actor_id=None,
                        at=here.now,
                    )
                except NobodyTakesOver as error:
                    fail(FAILED, f"{unit.code} {unit.name}: {error} (--to CODE); nothing was changed")
                moved += outcome.moved
                say(
                    f"{unit.code} {unit.name}: closed; {len(outcome.moved)} assignments moved",
                )
                if outcome.withdrawn:
                    tell(f"note: {len(outcome.withdrawn)} assignments withdrawn, their unit had the same task already")
            messages, unreached = await notify(tx, await find(tx, Scope.office(), ids=moved)) if moved else (0, [])
        say(f"{messages} notices queued")
        for name in unreached:
            tell(f"note: nobody can be reached at {name}")

    with_installation(work)


def _past_day(here: Installation, text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        fail(USAGE, f"--on {text}: a day such as 2025-06-30 is needed")
    if day > here.now.date():
        fail(USAGE, f"--on {text} has not come yet: a unit is closed when its last day has come")
    return day


def _unit(units: Registry, code: str) -> Unit:
    found = units.by_code(code)
    if found is None:
        fail(USAGE, f"no unit has the code {code}; see dondoc units list")
    return found


def _by_task(units: Registry, given: list[str]) -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for one in given:
        task, equals, code = one.partition("=")
        if not equals:
            fail(USAGE, f"--task {one}: NV-001=CODE is needed")
        found[task.strip().upper()] = _unit(units, code)
    return found


def rotate(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The sheet of units and contacts.", show_default=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the difference; change nothing.")] = False,
) -> None:
    """Let the contacts of each unit in the sheet be those of the sheet: the yearly rotation of principals.

    People are known again by telephone number or name and keep their chats. Codes that were not used end for every unit
    that changes. Units that the sheet does not name, or names without anybody, stay as they are.
    """
    from dondoc.registry.sheet import UnreadableSheet, read_sheet

    try:
        sheet = read_sheet(file)
    except UnreadableSheet as error:
        fail(REFUSED, str(error))
    for refused in sheet.errors:
        tell(str(refused))
    if sheet.errors:
        fail(FAILED, f"{len(sheet.errors)} rows refused, nothing changed")

    async def work(here: Installation) -> None:
        from dondoc.bot.unit_import import records
        from dondoc.storage import handover, registry

        async with here.database.write() as tx:
            known = await registry.all_units(tx)
            wanted = records(sheet.rows, known)
            codes = {unit.code for unit in known}
            for record in wanted:
                if record.code not in codes:
                    tell(f"note: {record.code} {record.name} is not in the registry: dondoc units import")
            changes = await handover.rotations(tx, wanted)
            for change in changes:
                say(_line(change))
            if not dry_run:
                await handover.rotate(tx, changes, actor_id=None, at=here.now)
        say(f"{len(changes)} units change" + ("; nothing was stored." if dry_run else "d."))
        new = sum(coming.person_id is None for change in changes for coming in change.comes)
        if new and not dry_run:
            tell(f"note: {new} people are new: dondoc invite --all-units --missing --pdf FILE.pdf")

    with_installation(work)


def _line(change: Rotation) -> str:
    goes = ", ".join(one.name or one.phone for one in change.goes) or "–"
    comes = ", ".join(
        (coming.record.name or coming.record.phone) + (f" (before: {coming.before})" if coming.before else "")
        for coming in change.comes
    )
    return f"~ {change.code} {change.name}: {goes} → {comes or '–'}"
