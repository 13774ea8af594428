"""The empty spreadsheet that ``dondoc units import`` reads when it is filled in."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from dondoc.registry.headings import Column

# Width in characters. Columns that the sheet may leave empty stand to the right.
_COLUMNS = {
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
}
_ROWS = 300
_TEXT = "@"


def write_template(path: Path) -> None:
    """Write the headings. Raises OSError."""
    book = Workbook()
    sheet = book.active
    for number, (column, width) in enumerate(_COLUMNS.items(), 1):
        heading = sheet.cell(1, number, column.value)
        heading.font = Font(bold=True)
        heading.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(number)].width = width
        for row in range(2, _ROWS + 2):
            # As text, or Excel drops the zero before a telephone number and turns codes into dates.
            sheet.cell(row, number).number_format = _TEXT
    sheet.freeze_panes = "C2"
    book.save(path)
