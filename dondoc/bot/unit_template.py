"""The spreadsheet of units as we write it: empty for the office to fill in, or with what the registry holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from dondoc.registry.headings import Column

# Width in characters. Columns that the sheet may leave empty stand to the right.
COLUMNS = {
    Column.CODE: 12,
    Column.NAME: 40,
    Column.KIND: 18,
    Column.PARENT: 28,
    Column.ALIASES: 30,
    Column.CONTACT_NAME: 26,
    Column.CONTACT_TITLE: 18,
    Column.CONTACT_PHONE: 16,
    Column.CONTACT_ADDRESS: 12,
    Column.CONTACT_FUNCTION: 18,
    Column.VALID_FROM: 14,
    Column.VALID_TO: 14,
    Column.SUCCESSORS: 20,
}
_ROWS = 300
_TEXT = "@"


def write_template(path: Path) -> None:
    """Write the headings. Raises OSError."""
    book = Workbook()
    set_up(book.active, _ROWS)
    book.save(path)


def set_up(sheet: Any, rows: int) -> None:
    """The headings of a worksheet, and the rows below them ready for text."""
    for number, (column, width) in enumerate(COLUMNS.items(), 1):
        heading = sheet.cell(1, number, column.value)
        heading.font = Font(bold=True)
        heading.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(number)].width = width
        for row in range(2, rows + 2):
            # As text, or Excel drops the zero before a telephone number and turns codes into dates.
            sheet.cell(row, number).number_format = _TEXT
    sheet.freeze_panes = "C2"
