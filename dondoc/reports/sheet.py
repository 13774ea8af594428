"""A sheet in the style of the house, streamed line by line: head, headings, boxed lines, foot; frozen, filtered, printable.

Whatever people wrote goes in as plain text: a cell that begins with "=", "+", "-" or "@" is stored as a string and
marked as quoted, so no spreadsheet runs it, not even after it is edited.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from typing import TYPE_CHECKING, Any

from dondoc.reports.wording import OfficeName, moment_words, printable

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell

HEAD_ROW = 4  # the row of column headings; above it: who, what, as of when
_A4 = 9  # the paper's number in the file format
_FONT = "Times New Roman"
_LINE, _MAX_HEIGHT = 15, 409  # points: a line of 11-point letters, the tallest row there can be
_MAX_CELL = 32_000  # Excel takes 32,767 characters; beyond it the file would be called damaged


@dataclass(frozen=True, slots=True)
class Before:
    """A deadline "trước ngày X": stored as the date X, shown with its word."""

    day: date


Value = str | int | date | Before | None


class Sheet:
    """One streamed sheet: head, column headings, lines, a foot; frozen, filtered and set up for A4 landscape."""

    def __init__(
        self,
        book: Any,
        title: str,
        columns: Sequence[tuple[str, int]],
        caption: str,
        office: OfficeName,
        as_of: datetime,
    ) -> None:
        from openpyxl.utils import get_column_letter

        self._sheet = book.create_sheet(title)
        self._last_column = get_column_letter(len(columns))
        self._widths = [width for _, width in columns]
        self._row = 0
        self.lines = 0
        for index, (_, width) in enumerate(columns, 1):
            self._sheet.column_dimensions[get_column_letter(index)].width = width
        self._set_up(title)
        self._cells = _Cells(self._sheet)
        self._across(f"{office.organ} – {office.name}", "head")
        self._across(caption, "title")
        self._across(f"Số liệu đến {moment_words(as_of)}", "head")
        # One line more than the estimate: the headings are bold, and Excel puts its filter buttons over them.
        height = (_lines_needed([name for name, _ in columns], self._widths) + 1) * _LINE
        self._append([self._cells.text(name, "column") for name, _ in columns], height)

    def add(self, values: Sequence[Value]) -> None:
        """Append one line of the table."""
        cells = [self._cells.of(value, place) for place, value in enumerate(values)]
        self._append(cells, _lines_needed(values, self._widths) * _LINE)
        self.lines += 1

    def finish(self, foot: str, total: Sequence[Value] | None = None) -> None:
        """The total, if there is one, and the closing sentence: below the filter, so that filtering leaves them."""
        self._sheet.auto_filter.ref = f"A{HEAD_ROW}:{self._last_column}{HEAD_ROW + self.lines}"
        if total is not None:
            self._append([self._cells.of(value, place, bold=True) for place, value in enumerate(total)])
        self._append([])
        self._append([self._cells.text(foot, "foot")])

    def _append(self, cells: list[WriteOnlyCell], height: float | None = None) -> None:
        """Stream one row. Its height is given: the format's "fit to the text" is not done by every program on opening."""
        self._row += 1
        if height is not None:
            self._sheet.row_dimensions[self._row].height = min(height, _MAX_HEIGHT)
        self._sheet.append(cells)
        self._sheet.row_dimensions.pop(self._row, None)  # written; kept it would only fill the memory

    def _across(self, text: str, style: str) -> None:
        # "Centre across selection" looks like merged cells and leaves sorting and filtering alone.
        blank = self._cells.text("", style)
        self._append([self._cells.text(text, style), *[blank] * (len(self._widths) - 1)])

    def _set_up(self, title: str) -> None:
        sheet = self._sheet
        sheet.freeze_panes = f"A{HEAD_ROW + 1}"
        sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = _A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        margins = sheet.page_margins
        margins.left = margins.right = 0.4  # inches
        margins.top = margins.bottom = 0.6
        margins.header = margins.footer = 0.3
        sheet.print_options.horizontalCentered = True
        sheet.oddFooter.left.text = title
        sheet.oddFooter.right.text = "Trang &P/&N"


class _Cells:
    """Styled cells, made once for each look and filled anew for each line: styling a cell costs more than writing it."""

    def __init__(self, sheet: Any) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        self._sheet = sheet
        thin = Side(style="thin", color="808080")
        self._box = Border(left=thin, right=thin, top=thin, bottom=thin)
        self._font = Font(name=_FONT, size=11)
        self._bold = Font(name=_FONT, size=11, bold=True)
        self._top = Alignment(vertical="top", wrap_text=True)
        self._middle = Alignment(vertical="top", horizontal="center", wrap_text=True)
        centred = Alignment(horizontal="center", vertical="center", wrap_text=True)
        across = Alignment(horizontal="centerContinuous")
        grey = PatternFill("solid", start_color="E7E6E6")
        title_font = Font(name=_FONT, size=14, bold=True)
        self._looks: dict[str, dict[str, object]] = {
            "head": {"font": self._font, "alignment": across},
            "title": {"font": title_font, "alignment": across},
            "column": {"font": self._bold, "alignment": centred, "border": self._box, "fill": grey},
            "foot": {"font": self._bold},
        }
        self._kept: dict[tuple[int, str, bool], WriteOnlyCell] = {}

    def text(self, text: str, look: str) -> WriteOnlyCell:
        """A cell of the head or foot."""
        return _fill_text(self._make(**self._looks[look]), text)

    def of(self, value: Value, place: int, *, bold: bool = False) -> WriteOnlyCell:
        """The cell of a table's line at a column (counted from 0), good until the next one there is asked for."""
        if isinstance(value, str):
            return _fill_text(self._get(place, "text", bold), value)
        if isinstance(value, Before):
            cell = self._get(place, f'"trước "{_date_format(value.day)}', bold)
            cell.value = value.day
        elif isinstance(value, date):
            cell = self._get(place, _date_format(value), bold)
            cell.value = value
        else:
            cell = self._get(place, "number", bold)
            cell.value = value
        return cell

    def _get(self, place: int, kind: str, bold: bool) -> WriteOnlyCell:
        key = (place, kind, bold)
        if key not in self._kept:
            alignment = self._top if kind == "text" else self._middle
            cell = self._make(font=self._bold if bold else self._font, alignment=alignment, border=self._box)
            if kind == "text":
                cell.quotePrefix = True
            elif kind != "number":
                cell.number_format = kind
            self._kept[key] = cell
        return self._kept[key]

    def _make(self, **style: object) -> WriteOnlyCell:
        from openpyxl.cell import WriteOnlyCell

        cell = WriteOnlyCell(self._sheet)
        for name, value in style.items():
            setattr(cell, name, value)
        return cell


def _lines_needed(values: Sequence[Value], widths: Sequence[int]) -> int:
    """How many lines the fullest cell of a row takes, on the safe side: lines break between words."""
    most = 1
    for value, width in zip(values, widths, strict=True):
        if isinstance(value, str) and len(value) >= width:
            longest_word = max(map(len, value.split()), default=0)
            room = max(1.1 * width - min(longest_word, 6) / 2, 1)  # the letters are narrower than the unit of widths
            most = max(most, ceil(len(value) / room))
    return most


def _fill_text(cell: WriteOnlyCell, text: str) -> WriteOnlyCell:
    """Put text into a cell as text, whatever it begins with."""
    cell.value = printable(text)[:_MAX_CELL]
    cell.data_type = "s"
    return cell


def _date_format(day: date) -> str:
    """The number format that shows a real date as Nghị định 30/2020/NĐ-CP writes it: 28/6/2024, 05/02/2024."""
    return "dd/mm/yyyy" if day.month <= 2 else "dd/m/yyyy"
