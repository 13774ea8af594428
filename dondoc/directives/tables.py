"""Tables of tasks: a plan's or an appendix's rows with what, who, and by when in columns of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dondoc.directives.blocks import is_row
from dondoc.directives.labels import deadline_of
from dondoc.directives.layout import TextLine, flatten
from dondoc.directives.units_in_text import read_units
from dondoc.vietnamese.deadlines import DeadlinePhrase

_COLUMNS = (
    ("content", re.compile(r"^\W*(?:noi dung|nhiem vu|cong viec|ten (?:cong )?viec)")),
    ("deadline", re.compile(r"thoi (?:gian|han)|tien do|\bhan\b|hoan thanh")),
    ("cooperate", re.compile(r"phoi hop")),
    (
        "lead",
        re.compile(
            r"chu tri|don vi (?:thuc hien|chu tri)|co quan|trach nhiem|nguoi thuc hien|phu trach|^don vi$|thuc hien$"
        ),
    ),
    ("content", re.compile(r"noi dung|nhiem vu|cong viec|ten viec|hoat dong|nhom viec")),
    ("product", re.compile(r"san pham|ket qua")),
)
_NUMBER = re.compile(r"^\W*(?:[ivx]{1,5}|\d{1,3}(?:\.\d{1,2})*)\W*$")


@dataclass(frozen=True, slots=True)
class TableTask:
    """One row: the place of its line in the source, and its cells read."""

    start: int
    end: int
    number: str | None
    content: str
    lead: tuple[str, ...]
    cooperate: tuple[str, ...]
    phrase: DeadlinePhrase | None


def table_tasks(lines: tuple[TextLine, ...], reference: date) -> list[TableTask]:
    """The tasks of every table that has a column for the work and one for the unit or the time."""
    found: list[TableTask] = []
    columns: dict[str, int] = {}
    for line in lines:
        if not is_row(line.text):
            if line.blank_before and not is_row(line.text):
                columns = {}
            continue
        cells = [" ".join(cell.split()).strip(" *") for cell in line.text.strip().strip("|").split("|")]
        named = _columns(cells)
        if named:
            columns = named
        elif columns and "content" in columns:
            task = _task(line, cells, columns, reference)
            if task is not None:
                found.append(task)
    return found


def _columns(cells: list[str]) -> dict[str, int]:
    """Which column is what, when the row is a header: work, and unit or time."""
    named: dict[str, int] = {}
    for index, cell in enumerate(cells):
        flat = flatten(cell).strip()
        if len(flat) > 60:
            return {}
        for name, pattern in _COLUMNS:
            if name not in named and pattern.search(flat):
                named[name] = index
                break
    return named if "content" in named and ("lead" in named or "deadline" in named) else {}


def _task(line: TextLine, cells: list[str], columns: dict[str, int], reference: date) -> TableTask | None:
    content = _cell(cells, columns, "content")
    if sum(letter.isalpha() for letter in content) < 8 or not any(
        _cell(cells, columns, name) for name in ("lead", "deadline")
    ):
        return None
    number = cells[0].strip(" .") if _NUMBER.match(flatten(cells[0])) else None
    return TableTask(
        line.start,
        line.start + len(line.text),
        number,
        content,
        _units(_cell(cells, columns, "lead")),
        _units(_cell(cells, columns, "cooperate")),
        deadline_of(_cell(cells, columns, "deadline"), reference),
    )


def _cell(cells: list[str], columns: dict[str, int], name: str) -> str:
    index = columns.get(name)
    return cells[index] if index is not None and index < len(cells) else ""


def _units(cell: str) -> tuple[str, ...]:
    if not any(letter.isalpha() for letter in cell):
        return ()
    units = read_units(cell, flatten(cell), 0)
    if units is not None and units.end >= len(cell) - 3:
        return units.names
    return tuple(part.strip(" -.") for part in re.split(r"[;\n]|,\s(?=[A-ZĐ])", cell) if part.strip(" -."))
