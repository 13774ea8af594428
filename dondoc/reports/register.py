"""The register in Excel ("Theo dõi nhiệm vụ") with its summaries by unit and by directive.

Rows are streamed: one pass over the assignments writes the first sheet and counts for the other two, so the memory
needed does not grow with their texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dondoc.reports.sheet import Before, Sheet, Value
from dondoc.reports.wording import (
    GIVEN_DIRECTLY,
    OfficeName,
    deadline_words,
    marked_status,
    receiver_words,
    remarks,
    task_words,
)
from dondoc.rules.deadlines import BEFORE
from dondoc.rules.progress import LEAD, Counts, Judge, Row, Tally, standard_line
from dondoc.rules.states import State
from dondoc.vietnamese.calendar import WorkCalendar
from dondoc.vietnamese.words import capital

TASKS_SHEET = "Theo dõi nhiệm vụ"
UNITS_SHEET = "Theo đơn vị"
DIRECTIVES_SHEET = "Theo văn bản"
PROGRESS_EVERY = 1000

# Heading and width in characters.
COLUMNS = (
    ("STT", 6),
    ("Nội dung nhiệm vụ", 36),
    ("Số/ký hiệu văn bản", 15),
    ("Ngày ban hành", 11),
    ("Thời hạn hoàn thành", 15),
    ("Cơ quan, đơn vị chủ trì", 21),
    ("Cơ quan, đơn vị phối hợp", 17),
    ("Nơi nhận (qua)", 18),
    ("Lãnh đạo phụ trách", 14),
    ("Tiến độ (%)", 8),
    ("Trạng thái", 19),
    ("Kết quả xử lý (số văn bản)", 14),
    ("Ghi chú", 22),
)
_FIGURES: tuple[tuple[str, Callable[[Counts], int]], ...] = (
    ("Số nhiệm vụ", lambda c: c.tasks),
    ("Số lượt giao", lambda c: c.total),
    ("Đã hoàn thành", lambda c: c.done),
    ("Hoàn thành đúng hạn", lambda c: c.on_time),
    ("Trong đó trước hạn", lambda c: c.early),
    ("Hoàn thành quá hạn", lambda c: c.late),
    ("Hoàn thành, không thời hạn", lambda c: c.done_undated),
    ("Chờ xác nhận", lambda c: c.awaiting),
    ("Chưa hoàn thành", lambda c: c.open),
    ("Chưa hoàn thành, trong hạn", lambda c: c.in_time),
    ("Chưa hoàn thành, quá hạn", lambda c: c.overdue),
    ("Trong đó quá hạn trên 30 ngày", lambda c: c.overdue_long),
    ("Chưa hoàn thành, không thời hạn", lambda c: c.undated),
    ("Chưa hoàn thành, tạm dừng theo chỉ đạo", lambda c: c.paused),
)


def write_register(
    path: Path | str,
    rows: Iterable[Row],
    *,
    office: OfficeName,
    as_of: datetime,
    calendar: WorkCalendar,
    on_progress: Callable[[int], None] | None = None,
) -> Counts:
    """Write the register of the lead assignments among ``rows``, in their order, and return its figures.

    ``as_of`` is aware and in the office's zone. ``on_progress`` hears of the number of rows written, each thousand.
    """
    from openpyxl import Workbook  # imported here: the bot starts without it

    book = Workbook(write_only=True)
    judge = Judge(as_of.date(), calendar)
    whole = Tally()
    by_unit: dict[int, _Group] = {}
    by_directive: dict[tuple[str, date | None], _Group] = {}

    sheet = Sheet(book, TASKS_SHEET, COLUMNS, "SỔ THEO DÕI NHIỆM VỤ", office, as_of)
    for row in rows:
        if row.role != LEAD:
            continue
        sheet.add(_register_line(row, judge, sheet.lines + 1))
        category = judge.category(row)
        if category is not None:
            unit = by_unit.setdefault(row.unit_id, _Group((row.unit_name,), Tally()))
            number = row.directive_number or GIVEN_DIRECTLY
            directive = by_directive.setdefault((number, row.issued_on), _Group((number, row.issued_on), Tally()))
            for tally in (whole, unit.tally, directive.tally):
                tally.add(row, category)
        if on_progress is not None and sheet.lines % PROGRESS_EVERY == 0:
            on_progress(sheet.lines)
    counts = whole.counts()
    sheet.finish(standard_line(counts))

    _summary(book, UNITS_SHEET, (("Đơn vị chủ trì", 40),), by_unit.values(), counts, office, as_of)
    heads = (("Số/ký hiệu văn bản", 28), ("Ngày ban hành", 12))
    _summary(book, DIRECTIVES_SHEET, heads, by_directive.values(), counts, office, as_of)
    book.save(path)
    return counts


@dataclass(slots=True)
class _Group:
    names: tuple[str | date | None, ...]
    tally: Tally


def _register_line(row: Row, judge: Judge, number: int) -> list[Value]:
    due = row.due
    deadline: Value = None
    notes = remarks(row, judge.today)
    if due is not None:
        deadline = Before(due.day) if due.rule == BEFORE else due.day
        if due.time is not None:
            notes.insert(0, f"thời hạn: {deadline_words(due)}")
    return [
        number,
        task_words(row),
        row.directive_number or GIVEN_DIRECTLY,
        row.issued_on,
        deadline,
        row.unit_name,
        "; ".join(row.cooperate),
        receiver_words(row),
        row.in_charge,
        100 if row.state == State.DONE else row.percent,
        marked_status(row, judge.status(row)),
        row.evidence,
        capital("; ".join(notes)),
    ]


def _summary(
    book: Any,
    title: str,
    heads: Sequence[tuple[str, int]],
    groups: Iterable[_Group],
    whole: Counts,
    office: OfficeName,
    as_of: datetime,
) -> None:
    """One line of figures a group, and the whole below. A task in several groups counts in each, once in the whole."""
    columns = (("STT", 6), *heads, *((name, 11) for name, _ in _FIGURES))
    sheet = Sheet(book, title, columns, f"TỔNG HỢP {title.upper()}", office, as_of)
    for group in groups:
        counts = group.tally.counts()
        sheet.add([sheet.lines + 1, *group.names, *(figure(counts) for _, figure in _FIGURES)])
    total: list[Value] = [None, "Toàn bộ", *(None for _ in heads[1:]), *(figure(whole) for _, figure in _FIGURES)]
    sheet.finish(standard_line(whole), total=total)
