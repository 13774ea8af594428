"""Reads the office's sheet of units and contacts into rows, and says of each row that cannot be taken why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

from dondoc.registry.grid import AS_DATE, Grid, UnreadableSheet, clean, read_grids
from dondoc.registry.headings import Column, Header, find_header, known_columns
from dondoc.rules.units import Kind, is_clear_label, kind_of
from dondoc.vietnamese.text import fold

__all__ = ["FUNCTION_LABELS", "RowError", "Sheet", "UnitRow", "UnreadableSheet", "read_sheet"]

_LIMITS = {
    Column.CODE: 40,
    Column.NAME: 300,
    Column.PARENT: 300,
    Column.ALIASES: 300,
    Column.SUCCESSORS: 300,
    Column.CONTACT_NAME: 200,
    Column.CONTACT_TITLE: 200,
    Column.CONTACT_PHONE: 40,
    Column.CONTACT_ADDRESS: 40,
}
_FUNCTIONS = {
    "first": ("dau moi chinh", "chinh", "dau moi", "1", "dau moi 1"),
    "second": ("dau moi du phong", "du phong", "dau moi phu", "phu", "2", "dau moi 2"),
    "clerk": ("van thu", "can bo van thu", "nhan vien van thu"),
    "summer": ("truc he", "dau moi truc he", "nguoi truc he"),
}
# As an exported sheet writes them; a contact of whom nothing is said has none.
FUNCTION_LABELS = {"first": "đầu mối chính", "second": "đầu mối dự phòng", "clerk": "văn thư", "summer": "trực hè"}
_FUNCTION_OF = {word: function for function, words in _FUNCTIONS.items() for word in words}
_SECTION_NUMBER = re.compile(r"^([IVX]+|[A-Z])[.)]?$")
_SHORTENED = re.compile(r"^\d([.,]\d+)?E\+\d+$", re.IGNORECASE)
_DAY = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")
_PLACE_NUMBER = re.compile(r"^\(?(\d+|[a-z])\)?$")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One contact of one unit, or a unit without a contact. Rows with the same code are one unit's further contacts.

    ``line`` is the row as Excel shows it, ``kind`` a value of ``Kind`` and ``kind_label`` the cell as written,
    ``contact_function`` "first", "second", "clerk", "summer", or "contact" if the sheet does not say,
    ``contact_address`` the form of address ("Thầy", "Cô", "đồng chí"), ``valid_from`` and ``valid_to`` the unit's days, and
    ``successors`` the codes or names of who took over.
    """

    line: int
    code: str
    name: str
    kind: str
    kind_label: str
    parent: str | None
    aliases: tuple[str, ...]
    contact_name: str
    contact_title: str
    contact_phone: str
    contact_function: str
    contact_address: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[str, ...] = ()

    @property
    def has_contact(self) -> bool:
        return bool(self.contact_name or self.contact_phone or self.contact_title)


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with a cell: the row as Excel shows it, the heading of the column, and a sentence for the operator."""

    line: int
    column: str
    what: str

    def __str__(self) -> str:
        return f"row {self.line}, {self.column}: {self.what}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows that can be taken, the errors of those that cannot, and warnings of rows which are taken nevertheless."""

    rows: tuple[UnitRow, ...]
    errors: tuple[RowError, ...]
    warnings: tuple[RowError, ...] = ()


def read_sheet(path: Path) -> Sheet:
    """Read units and contacts from an .xlsx or .csv file.

    Raises ``UnreadableSheet`` with one clear line if the file cannot be read or has no headings "Mã đơn vị" and "Tên đơn vị".
    """
    grids = read_grids(path)
    for grid in grids:
        header = find_header(grid.rows)
        if header:
            return _Reader(grid, header).read()
    if not any(any(cell for cell in row) for grid in grids for row in grid.rows):
        raise UnreadableSheet(f"{path.name} is empty")
    found = max((known_columns(grid.rows) for grid in grids), key=len)
    missing = [column.value for column in (Column.CODE, Column.NAME) if column not in found]
    raise UnreadableSheet(
        f"{path.name} has no row of headings with " + " and ".join(f'"{heading}"' for heading in missing)
    )


class _Reader:
    """Goes through the rows below the headings and remembers what the earlier rows said."""

    def __init__(self, grid: Grid, header: Header) -> None:
        self._grid = grid
        self._header = header
        self._rows: list[UnitRow] = []
        self._errors: list[RowError] = []
        self._warnings: list[RowError] = []
        self._units: dict[str, UnitRow] = {}
        self._names: dict[str, list[UnitRow]] = {}
        self._contacts: dict[tuple[str, ...], int] = {}

    def read(self) -> Sheet:
        for number in range(self._header.row + 1, len(self._grid.rows) + 1):
            if self._is_heading(number) or self._is_empty(number) or self._counts_columns(number):
                continue
            before = len(self._errors)
            self._check_cells(number)
            if len(self._errors) == before:
                self._take(number)
        return Sheet(tuple(self._rows), tuple(self._errors), tuple(self._warnings))

    def _cell(self, number: int, place: int | None) -> str:
        row = self._grid.rows[number - 1]
        return row[place] if place is not None and place < len(row) else ""

    def _value(self, number: int, column: Column) -> str:
        return clean(self._cell(number, self._header.columns.get(column)))

    def _heading(self, column: Column, contact: int = 0) -> str:
        places = {**self._header.columns, **(self._header.contacts[contact] if self._header.contacts else {})}
        return self._header.titles.get(places.get(column, -1), column.value)

    def _is_empty(self, number: int) -> bool:
        return not any(
            self._cell(number, place) or (number, place) in self._grid.problems for place in self._header.titles
        )

    def _is_heading(self, number: int) -> bool:
        """Whether the row only heads the units below it: one cell merged across, or "II" and a title."""
        filled = [place for place in self._header.titles if self._cell(number, place)]
        for left, right in self._grid.across.get(number, ()):
            inside = [place for place in self._header.titles if left <= place <= right]
            if len(inside) > 1 and all(left <= place <= right for place in filled):
                return True
        first = self._cell(number, 0)
        return filled == [self._header.columns[Column.NAME]] and 0 not in filled and bool(_SECTION_NUMBER.match(first))

    def _counts_columns(self, number: int) -> bool:
        """Whether the row below the headings only numbers the columns: (1) (2) (3), or A B C."""
        if number != self._header.row + 1:
            return False
        cells = [fold(cell) for cell in self._grid.rows[number - 1] if cell]
        if len(cells) < 3 or not all(_PLACE_NUMBER.match(cell) for cell in cells):
            return False
        names = [cell.strip("()") for cell in cells]
        steps = {int(b) - int(a) if a.isdigit() and b.isdigit() else ord(b[0]) - ord(a[0]) for a, b in pairwise(names)}
        return steps == {1}

    def _check_cells(self, number: int) -> None:
        for place, heading in self._header.titles.items():
            problem = self._grid.problems.get((number, place))
            if problem and not (problem == AS_DATE and place in self._day_places):
                self._errors.append(RowError(number, heading, f"The cell {problem}."))
        for column, limit in _LIMITS.items():
            for place in self._places(column):
                parts = (
                    _split_aliases(self._cell(number, place))
                    if column in (Column.ALIASES, Column.SUCCESSORS)
                    else [self._cell(number, place)]
                )
                if any(len(part) > limit for part in parts):
                    heading = self._header.titles[place]
                    self._errors.append(RowError(number, heading, f"The text is longer than {limit} characters."))
        for place in self._places(Column.CONTACT_PHONE):
            if _SHORTENED.match(self._cell(number, place)):
                what = "Excel has shortened the number: format the column as text and type the number again."
                self._errors.append(RowError(number, self._header.titles[place], what))
        if (
            not self._value(number, Column.CODE)
            and (number, self._header.columns[Column.CODE]) not in self._grid.problems
        ):
            self._errors.append(RowError(number, self._heading(Column.CODE), "The code of the unit is missing."))

    def _places(self, column: Column) -> Iterator[int]:
        if column in self._header.columns:
            yield self._header.columns[column]
        yield from (contact[column] for contact in self._header.contacts if column in contact)

    def _take(self, number: int) -> None:
        code = self._value(number, Column.CODE)
        known = self._units.get(code.casefold())
        unit = self._new_unit(number, code) if known is None else self._again(number, known)
        if unit is None:
            return
        if known is None:
            self._units[code.casefold()] = unit
        contacts = [row for row in self._with_contacts(number, unit) if row.has_contact]
        if contacts or known is None:
            self._rows.extend(contacts or [unit])

    def _new_unit(self, number: int, code: str) -> UnitRow | None:
        name = self._value(number, Column.NAME)
        label = self._value(number, Column.KIND)
        if not name:
            self._errors.append(RowError(number, self._heading(Column.NAME), "The name of the unit is missing."))
            return None
        kind = kind_of(label, name)
        valid_from, valid_to = self._day(number, Column.VALID_FROM), self._day(number, Column.VALID_TO)
        if any(error.line == number for error in self._errors):
            return None
        if valid_from and valid_to and valid_to < valid_from:
            self._errors.append(RowError(number, self._heading(Column.VALID_TO), "The last day lies before the first."))
            return None
        unit = UnitRow(
            line=number,
            code=code,
            name=name,
            kind=kind.value,
            kind_label=label,
            parent=self._value(number, Column.PARENT) or None,
            aliases=_split_aliases(self._cell(number, self._header.columns.get(Column.ALIASES))),
            contact_name="",
            contact_title="",
            contact_phone="",
            contact_function="contact",
            valid_from=valid_from,
            valid_to=valid_to,
            successors=_split_aliases(self._cell(number, self._header.columns.get(Column.SUCCESSORS))),
        )
        if not self._name_is_free(unit):
            return None
        if not is_clear_label(label) or (kind == Kind.OTHER and not label):
            said = f'"{label}" is not known' if label else "is not given and the name does not tell it"
            what = f"The kind {said}; the unit is taken as {kind.value}."
            self._warnings.append(RowError(number, self._heading(Column.KIND), what))
        return unit

    @property
    def _day_places(self) -> set[int]:
        columns = self._header.columns
        return {columns[column] for column in (Column.VALID_FROM, Column.VALID_TO) if column in columns}

    def _day(self, number: int, column: Column) -> date | None:
        text = self._value(number, column)
        found = _DAY.match(text)
        try:
            day = date(int(found[3]), int(found[2]), int(found[1])) if found else None
        except ValueError:
            day = None
        if text and day is None:
            self._errors.append(RowError(number, self._heading(column), f'"{text}" is no day: write it as 30/6/2025.'))
        return day

    def _name_is_free(self, unit: UnitRow) -> bool:
        """Two units of one name under one upper unit cannot be told apart; under different ones they can."""
        same = self._names.setdefault(fold(unit.name), [])
        for other in same:
            what = f'"{unit.name}" is already the name of unit {other.code} in row {other.line}'
            if fold(other.parent or "") == fold(unit.parent or ""):
                self._errors.append(RowError(unit.line, self._heading(Column.NAME), f"{what}."))
                return False
            what += " under another upper unit; whoever names it will be asked which one is meant."
            self._warnings.append(RowError(unit.line, self._heading(Column.NAME), what))
        same.append(unit)
        return True

    def _again(self, number: int, known: UnitRow) -> UnitRow | None:
        """A further row of a unit: what it says of the unit must not contradict the first one."""
        name = self._value(number, Column.NAME)
        label = self._value(number, Column.KIND)
        if name and fold(name) != fold(known.name):
            what = f'Code {known.code} has the name "{known.name}" in row {known.line} and "{name}" here.'
            self._errors.append(RowError(number, self._heading(Column.NAME), what))
            return None
        if label and kind_of(label, known.name) != known.kind:
            what = f"Code {known.code} is {known.kind} in row {known.line} and {kind_of(label, known.name).value} here."
            self._errors.append(RowError(number, self._heading(Column.KIND), what))
            return None
        more = _split_aliases(self._cell(number, self._header.columns.get(Column.ALIASES)))
        aliases = tuple(dict.fromkeys((*known.aliases, *more)))
        return replace(known, line=number, aliases=aliases)

    def _with_contacts(self, number: int, unit: UnitRow) -> Iterator[UnitRow]:
        for index, places in enumerate(self._header.contacts):
            said = {column: clean(self._cell(number, place)) for column, place in places.items()}
            place = places.get(Column.CONTACT_PHONE)
            row = replace(
                unit,
                contact_name=said.get(Column.CONTACT_NAME, ""),
                contact_title=said.get(Column.CONTACT_TITLE, ""),
                contact_phone=phone_text(said.get(Column.CONTACT_PHONE, ""), (number, place) in self._grid.from_number),
                contact_address=said.get(Column.CONTACT_ADDRESS, ""),
                contact_function=self._function(number, index, said.get(Column.CONTACT_FUNCTION, "")),
            )
            key = (unit.code.casefold(), fold(row.contact_name), row.contact_phone)
            if row.has_contact and key in self._contacts:
                what = f"The contact is the same as in row {self._contacts[key]} and is taken once."
                self._warnings.append(RowError(number, self._heading(Column.CONTACT_NAME, index), what))
                continue
            self._contacts[key] = number
            yield row

    def _function(self, number: int, index: int, said: str) -> str:
        if not said:
            return "contact"
        function = _FUNCTION_OF.get(fold(said))
        if function is None:
            what = (
                f'"{said}" is no role of a contact (đầu mối chính, đầu mối dự phòng, văn thư, trực hè); it is left out.'
            )
            self._warnings.append(RowError(number, self._heading(Column.CONTACT_FUNCTION, index), what))
        return function or "contact"


def _split_aliases(cell: str) -> tuple[str, ...]:
    """The other names in a cell, separated by ";", "|" or line breaks; commas belong to names."""
    return tuple(dict.fromkeys(filter(None, map(clean, re.split(r"[;|\n]", cell)))))


def phone_text(text: str, was_number: bool = False) -> str:
    """A telephone number as text. Excel drops the zero in front of numbers; it is put back where the length shows that it
    was lost (9 digits of a mobile, 10 of a landline, which begins with 2); 84… becomes +84…."""
    text = text.lstrip("'")
    digits = text if text.isdigit() else ""
    if (len(digits) == 9 and digits[0] != "0") or (len(digits) == 10 and digits[0] == "2"):
        return "0" + digits
    if was_number and len(digits) in {11, 12} and digits.startswith("84"):
        return "+" + digits
    return text
