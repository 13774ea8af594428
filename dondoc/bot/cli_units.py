"""``dondoc units``: the registry of units and contacts, from and to the office's spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from dondoc.bot.command import FAILED, REFUSED, Installation, fail, say, say_json, tell, with_installation

app = typer.Typer(help="The registry of units and their contacts.", no_args_is_help=True, rich_markup_mode=None)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An .xlsx or .csv file.", show_default=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change; store nothing.")] = False,
) -> None:
    """Add new units and update known ones, by code. A file with any row that is refused changes nothing."""
    from dondoc.registry.sheet import UnreadableSheet, read_sheet

    try:
        sheet = read_sheet(file)
    except UnreadableSheet as error:
        fail(REFUSED, str(error))
    for warning in sheet.warnings:
        tell(f"note: {warning}")
    if sheet.errors:
        for refused in sheet.errors:
            tell(str(refused))
        fail(FAILED, f"{len(sheet.errors)} rows refused, nothing imported")
    if not sheet.rows:
        fail(FAILED, f"{file.name} holds no units")

    async def work(here: Installation) -> None:
        from dondoc.bot import unit_import

        if dry_run:
            async with here.database.read() as tx:
                changes = await unit_import.changes(tx, sheet.rows)
            for line in changes.lines:
                say(line)
            _refuse(changes.refused)
            say(f"{changes.new} new, {changes.changed} changed, {changes.same} as they were; nothing was stored.")
            return
        from dondoc.bot.tables import progress_bar

        with progress_bar("units", len({row.code.casefold() for row in sheet.rows})) as progress:
            async with here.database.write() as tx:
                imported = await unit_import.store(tx, here.office, sheet.rows, progress=progress)
        _refuse(imported.refused)
        for note in imported.notes:
            tell(f"note: {note}")
        say(f"{imported.new} new, {imported.changed} changed, {imported.same} as they were.")

    with_installation(work)


def _refuse(refused: list[str]) -> None:
    for line in refused:
        tell(line)
    if refused:
        fail(FAILED, f"{len(refused)} units refused, nothing imported")


@app.command("list")
def list_(as_json: Annotated[bool, typer.Option("--json", help="A JSON list on stdout.")] = False) -> None:
    """List all units with their contacts, and who of them has joined."""
    units = with_installation(_units)
    if as_json:
        say_json(units)
        return
    from dondoc.bot.tables import show_table

    rows = [
        (
            unit["code"],
            unit["name"],
            unit["kind"],
            "; ".join(unit["aliases"]),
            "; ".join(f"{contact['name']}{' ✓' if contact['joined'] else ''}" for contact in unit["contacts"]),
        )
        for unit in units
    ]
    show_table(("code", "name", "kind", "other names", "contacts (✓ joined)"), rows)


async def _units(here: Installation) -> list[dict[str, Any]]:
    from dondoc.storage import people, registry

    async with here.database.read() as tx:
        units = await registry.all_units(tx)
        contacts = await registry.contacts_of(tx, [unit.id for unit in units])
        joined = await people.addresses_of(tx, [contact.person_id for contact in contacts])
    of_unit: dict[int, list[dict[str, Any]]] = {}
    for contact in contacts:
        of_unit.setdefault(contact.unit_id, []).append(
            {
                "name": contact.name,
                "title": contact.title,
                "phone": contact.phone,
                "joined": contact.person_id in joined,
            }
        )
    codes = {unit.id: unit.code for unit in units}
    return [
        {
            "code": unit.code,
            "name": unit.name,
            "kind": unit.kind,
            "parent": unit.parent,
            "aliases": sorted(unit.aliases),
            "contacts": of_unit.get(unit.id, []),
            "valid_from": unit.valid_from.isoformat() if unit.valid_from else None,
            "valid_to": unit.valid_to.isoformat() if unit.valid_to else None,
            "successors": [codes[one] for one in unit.successors],
        }
        for unit in units
    ]


@app.command()
def template(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="Where to write it.", show_default=False)],
) -> None:
    """Write an empty spreadsheet with the headings that import understands."""
    from dondoc.bot.unit_template import write_template

    if file.exists():
        fail(FAILED, f"{file} is there already and is not overwritten")
    try:
        write_template(file)
    except OSError as error:
        fail(FAILED, f"{file} cannot be written: {error.strerror}")
    say(f"Written: {file}")


@app.command()
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=".xlsx or .csv; not overwritten.", show_default=False)],
) -> None:
    """Write the registry with its contacts as the spreadsheet that import reads."""
    from dondoc.bot import unit_export

    if file.exists():
        fail(FAILED, f"{file} is there already and is not overwritten")

    async def work(here: Installation) -> None:
        from dondoc.storage import registry

        async with here.database.read() as tx:
            units = await registry.all_units(tx)
            table = unit_export.rows(units, await registry.contacts_of(tx, [unit.id for unit in units]))
        try:
            unit_export.write(file, table)
        except OSError as error:
            fail(FAILED, f"{file} cannot be written: {error.strerror}")
        say(f"{len(units)} units, {len(table)} rows: {file}")

    with_installation(work)
