"""The cells of an Excel or CSV file as text, row by row as Excel counts them."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
from openpyxl.utils.cell import range_boundaries

from dondoc.vietnamese.text import nfc

MAX_FILE = 20 * 1024 * 1024
MAX_UNPACKED = 300 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 100
AS_DATE = "was turned into a date or time by Excel: format the cell as text"
_OLE = b"\xd0\xcf\x11\xe0"
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]+\d+:[A-Z]+\d+)\"")


class UnreadableSheet(Exception):
    """The file is no sheet of units that can be read; the message says in one line why."""


@dataclass(slots=True)
class Grid:
    """One sheet. ``rows[0]`` is the row that Excel shows as 1; all cells are text, empty ones "".

    ``problems`` tells by (row number, column from 0) why a cell has no text that can be used. ``across`` are the
    cells merged over several columns of one row, as (first, last column). ``from_number`` are cells that Excel held as a
    number.
    """

    title: str
    rows: list[list[str]]
    problems: dict[tuple[int, int], str] = field(default_factory=dict)
    across: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    from_number: set[tuple[int, int]] = field(default_factory=set)


def read_grids(path: Path) -> list[Grid]:
    """The sheets of an .xlsx file that are not hidden, or the one of a .csv file; told by content, not by name.

    Raises ``UnreadableSheet``.
    """
    try:
        size = path.stat().st_size
        if size > MAX_FILE:
            raise UnreadableSheet(f"{path.name} is larger than {MAX_FILE // 1024 // 1024} MB")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableSheet(f"{path.name} cannot be opened: {error.strerror}") from error
    if data.startswith(_OLE):
        raise UnreadableSheet(f"{path.name} is an old or encrypted Excel file: save it as .xlsx without a password")
    if data.startswith(b"PK"):
        return _read_xlsx(path.name, data)
    return [_read_csv(path.name, data)]


def clean(text: str) -> str:
    """A cell's text in one line, composed, without invisible characters."""
    return " ".join(_INVISIBLE.sub("", nfc(text)).split())


def _read_xlsx(name: str, data: bytes) -> list[Grid]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise UnreadableSheet(f"{name} is too large when unpacked")
        with warnings.catch_warnings():
            # openpyxl warns of features that it drops (styles, data validation); none of them concerns the text of cells.
            warnings.simplefilter("ignore")
            return _read_workbook(name, data)
    except UnreadableSheet:
        raise
    except Exception as error:
        # A damaged workbook makes openpyxl raise nearly anything, from KeyError to XML errors.
        raise UnreadableSheet(f"{name} is no readable Excel file ({type(error).__name__})") from error


def _read_workbook(name: str, data: bytes) -> list[Grid]:
    formulas: set[tuple[str, int, int]] = set()
    grids: list[Grid] = []
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            # Some programs write a wrong size into the sheet; the rows themselves are right.
            sheet.reset_dimensions()
            grid = Grid(f"{name}, sheet {sheet.title}", [])
            for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
                if number > MAX_ROWS:
                    raise UnreadableSheet(f"{name} has more than {MAX_ROWS} rows")
                grid.rows.append([""] * len(row))
                for column, cell in enumerate(row):
                    if cell.value is None:
                        continue
                    if cell.data_type == "f":
                        formulas.add((sheet.title, number, column))
                    else:
                        _put(grid, number, column, cell.value, cell.data_type)
            # The path inside the archive is the only link from a sheet to its merged ranges in read-only mode.
            _merge(grid, zipfile.ZipFile(io.BytesIO(data)).read(sheet._worksheet_path))
            grids.append(grid)
    finally:
        book.close()
    if formulas:
        _fill_formulas(data, grids, formulas, name)
    return grids


def _fill_formulas(data: bytes, grids: list[Grid], formulas: set[tuple[str, int, int]], name: str) -> None:
    """Put the results that Excel stored beside the formulas; a formula without one is a problem of its cell."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    by_title = {grid.title: grid for grid in grids}
    try:
        for sheet in book.worksheets:
            grid = by_title.get(f"{name}, sheet {sheet.title}")
            if grid is None:
                continue
            sheet.reset_dimensions()
            for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, max_row=len(grid.rows)), start=1):
                for column, cell in enumerate(row):
                    if (sheet.title, number, column) not in formulas:
                        continue
                    if cell.value is None:
                        grid.problems[number, column] = "holds a formula without a stored result: paste it as a value"
                    else:
                        _put(grid, number, column, cell.value, cell.data_type)
    finally:
        book.close()


def _put(grid: Grid, number: int, column: int, value: object, data_type: str) -> None:
    if data_type == "e":
        grid.problems[number, column] = f"holds the Excel error {value}"
    elif isinstance(value, (datetime, date, time, timedelta)):
        if isinstance(value, date):
            # A column of days takes it as it is; in any other Excel has made a day of something else.
            grid.rows[number - 1][column] = f"{value.day:02}/{value.month:02}/{value.year}"
        grid.problems[number, column] = AS_DATE
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        whole = isinstance(value, int) or value.is_integer()
        grid.rows[number - 1][column] = str(int(value)) if whole else repr(value)
        grid.from_number.add((number, column))
    else:
        # Aliases may be written one below the other in a cell, so line breaks are kept here.
        grid.rows[number - 1][column] = "\n".join(filter(None, map(clean, str(value).splitlines())))


def _merge(grid: Grid, xml: bytes) -> None:
    """Give merged rows the value of their first cell, and note the cells that are merged across."""
    for found in _MERGE.findall(xml):
        left, top, right, bottom = range_boundaries(found.decode())
        if top > len(grid.rows) or left > len(grid.rows[top - 1]):
            continue
        text = grid.rows[top - 1][left - 1]
        if right > left and bottom == top:
            grid.across.setdefault(top, []).append((left - 1, right - 1))
        if left != right:
            continue
        for number in range(top + 1, min(bottom, len(grid.rows)) + 1):
            row = grid.rows[number - 1]
            row.extend([""] * (left - len(row)))
            row[left - 1] = text
            if (top, left - 1) in grid.from_number:
                grid.from_number.add((number, left - 1))


def _read_csv(name: str, data: bytes) -> Grid:
    text = _decode(name, data)
    best: list[list[str]] = []
    for delimiter in ",;\t":
        try:
            rows = [
                [clean_cell(cell) for cell in row]
                for row in _limited(name, csv.reader(io.StringIO(text, ""), delimiter=delimiter))
            ]
        except csv.Error as error:
            raise UnreadableSheet(f"{name} is no readable CSV file: {error}") from error
        if _width(rows) > _width(best):
            best = rows
    return Grid(name, best)


def clean_cell(text: str) -> str:
    """A cell's text with its line breaks, each line cleaned."""
    return "\n".join(filter(None, map(clean, text.splitlines())))


def _limited(name: str, rows: Iterable[list[str]]) -> Iterable[list[str]]:
    for number, row in enumerate(rows, start=1):
        if number > MAX_ROWS:
            raise UnreadableSheet(f"{name} has more than {MAX_ROWS} rows")
        yield row[:MAX_COLUMNS]


def _width(rows: list[list[str]]) -> int:
    """How many cells of the first rows are filled: most with the right delimiter."""
    return max((sum(bool(cell) for cell in row) for row in rows[:30]), default=0)


def _decode(name: str, data: bytes) -> str:
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableSheet(f"{name} is neither an Excel file nor text")
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableSheet(f"{name} is not in UTF-8: save it as .xlsx or as CSV UTF-8") from error
