"""The registry as the spreadsheet that ``dondoc units import`` reads: what goes out comes in again unchanged."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from dondoc.bot.unit_template import COLUMNS, set_up
from dondoc.registry.headings import Column
from dondoc.registry.sheet import FUNCTION_LABELS
from dondoc.rules.unit_kinds import LABELS, as_kind
from dondoc.rules.units import Unit
from dondoc.storage.registry import UnitContact


def rows(units: Sequence[Unit], contacts: Iterable[UnitContact]) -> list[dict[Column, str]]:
    """One row a contact, or one row of a unit that has none."""
    of_unit: dict[int, list[UnitContact]] = {}
    for contact in contacts:
        of_unit.setdefault(contact.unit_id, []).append(contact)
    codes = {unit.id: unit.code for unit in units}
    found: list[dict[Column, str]] = []
    for unit in units:
        of_the_unit = {
            Column.CODE: unit.code,
            Column.NAME: unit.name,
            Column.KIND: LABELS[as_kind(unit.kind)],
            Column.PARENT: unit.parent or "",
            Column.ALIASES: "; ".join(sorted(unit.aliases)),
            Column.VALID_FROM: _day(unit.valid_from),
            Column.VALID_TO: _day(unit.valid_to),
            Column.SUCCESSORS: "; ".join(codes[one] for one in unit.successors if one in codes),
        }
        found += [{**of_the_unit, **_contact(one)} for one in of_unit.get(unit.id, [])] or [of_the_unit]
    return found


def _contact(contact: UnitContact) -> dict[Column, str]:
    return {
        Column.CONTACT_NAME: contact.name,
        Column.CONTACT_TITLE: contact.title,
        Column.CONTACT_PHONE: contact.phone,
        Column.CONTACT_ADDRESS: contact.address_form,
        Column.CONTACT_FUNCTION: FUNCTION_LABELS.get(contact.function, ""),
    }


def _day(day: date | None) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}" if day else ""


def write(path: Path, table: Sequence[dict[Column, str]]) -> None:
    """Write .csv, or else .xlsx. Raises OSError."""
    if path.suffix.lower() == ".csv":
        # With the mark by which Excel knows UTF-8.
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([column.value for column in COLUMNS])
            writer.writerows([row.get(column, "") for column in COLUMNS] for row in table)
        return
    book = Workbook()
    sheet = book.active
    set_up(sheet, len(table))
    for number, row in enumerate(table, 2):
        for place, column in enumerate(COLUMNS, 1):
            sheet.cell(number, place).value = row.get(column) or None
    book.save(path)
