"""The report "Báo cáo tình hình thực hiện nhiệm vụ" as a Word draft after Nghị định 30/2020/NĐ-CP.

Every figure of section I carries the marks of the categories it sums up (1a, 3b, …); Phụ lục I gives the same figures
by unit, Phụ lục II every assignment with its mark, so that each figure can be counted by hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dondoc.reports.wording import (
    CATEGORY_CODES,
    CATEGORY_WORDS,
    OfficeName,
    deadline_words,
    directive_words,
    moment_words,
    remarks,
    status_words,
    task_words,
)
from dondoc.rules.deadlines import safe_day
from dondoc.rules.progress import Category, Counts, Judge, Row, Tally, TimeKind, standard_line
from dondoc.rules.states import OWING, State
from dondoc.vietnamese.calendar import WorkCalendar
from dondoc.vietnamese.text import fold
from dondoc.vietnamese.words import capital, count, format_date

if TYPE_CHECKING:
    from dondoc.reports.layout import Paper

OVERDUE_LINES = 40  # longer lists send the reader to the appendix
_OVERDUE = (Category.OVERDUE_LONG, Category.OVERDUE)
# Within a unit the appendix shows first what is owed.
_ORDER = (
    Category.OVERDUE_LONG,
    Category.OVERDUE,
    Category.IN_TIME,
    Category.UNDATED,
    Category.AWAITING,
    Category.DONE_LATE,
    Category.DONE_ON_TIME,
    Category.DONE_EARLY,
    Category.DONE_UNDATED,
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A counted assignment with its number in Phụ lục II."""

    number: int
    row: Row
    category: Category


def write_report(
    path: Path | str,
    rows: Iterable[Row],
    *,
    office: OfficeName,
    period: tuple[date, date],
    next_until: date,
    as_of: datetime,
    calendar: WorkCalendar,
    proposals: Sequence[str] = (),
    recipients: Sequence[str] = (),
) -> Counts:
    """Write the report on ``rows`` and return its figures, which are those of `dondoc.rules.progress.count`.

    ``period`` is the window of the data as printed, ``next_until`` the last day of the coming period, ``as_of`` the
    instant of the data, aware and in the office's zone. ``proposals`` are the office's own sentences for section IV.
    """
    from dondoc.reports.layout import Paper  # imported here: the bot starts without Word's library

    judge = Judge(as_of.date(), calendar)
    entries, counts = _entries(rows, judge)
    paper = Paper(office, "Báo cáo tình hình thực hiện nhiệm vụ", as_of)
    paper.head(as_of.date())
    window = f"Số liệu tính từ ngày {format_date(period[0])} đến ngày {format_date(period[1])}"
    paper.title("Báo cáo", "Tình hình thực hiện nhiệm vụ", under=f"({window})")
    paper.say(
        f"{office.name} báo cáo tình hình thực hiện các nhiệm vụ được giao, theo số liệu theo dõi đến "
        f"{moment_words(as_of)}, như sau:"
    )
    _results(paper, counts)
    _overdue(paper, entries, counts, judge)
    _obstacles(paper, entries)
    _proposals(paper, entries, proposals)
    _coming(paper, entries, counts, judge, next_until)
    paper.receivers(recipients or _default_recipients(office))
    basis = f"Kèm theo Báo cáo tình hình thực hiện nhiệm vụ, số liệu đến {moment_words(as_of)}"
    _appendix_units(paper, entries, basis)
    _appendix_rows(paper, entries, judge, basis)
    paper.save(path)
    return counts


def _entries(rows: Iterable[Row], judge: Judge) -> tuple[list[_Entry], Counts]:
    """The counted assignments by unit, units in the order of their first row, and the figures."""
    tally = Tally()
    units: dict[int, list[tuple[Category, Row]]] = defaultdict(list)
    for row in rows:
        category = judge.category(row)
        tally.add(row, category)
        if category is not None:
            units[row.unit_id].append((category, row))
    entries: list[_Entry] = []
    for unit in units.values():
        for category, row in sorted(unit, key=lambda pair: (_ORDER.index(pair[0]), pair[1].deadline or date.max)):
            entries.append(_Entry(len(entries) + 1, row, category))
    return entries, tally.counts()


def _results(paper: Paper, counts: Counts) -> None:
    from dondoc.reports.layout import Column

    paper.heading("I. Kết quả chung")
    paper.say(standard_line(counts))
    done = f"Trong {count(counts.tasks)} nhiệm vụ, {count(counts.tasks_done)} nhiệm vụ đã được tất cả đơn vị chủ trì "
    paper.say(done + "hoàn thành.")
    if counts.paused:
        paper.say(
            f"Trong số chưa hoàn thành có {count(counts.paused)} lượt giao tạm dừng theo chỉ đạo, không tính quá hạn."
        )
    paper.say("Số liệu chi tiết (ký hiệu dùng để đối chiếu với Phụ lục I và Phụ lục II kèm theo):")
    lines = [
        ("Tổng số lượt giao", counts.total, "1, 2, 3"),
        ("1. Đã hoàn thành", counts.done, "1a, 1b, 1c, 1d"),
        ("– Đúng hạn", counts.on_time, "1a, 1b"),
        ("   trong đó trước hạn", counts.early, "1a"),
        ("– Quá hạn", counts.late, "1c"),
        ("– Không thời hạn", counts.done_undated, "1d"),
        ("2. Chờ xác nhận", counts.awaiting, "2"),
        ("3. Chưa hoàn thành", counts.open, "3a, 3b, 3c, 3d"),
        ("– Trong hạn", counts.in_time, "3a"),
        ("– Quá hạn", counts.overdue, "3b, 3c"),
        ("   trong đó trên 30 ngày", counts.overdue_long, "3c"),
        ("– Không thời hạn", counts.undated, "3d"),
    ]
    columns = (Column("Chỉ tiêu", 75), Column("Số lượt giao", 35, centred=True), Column("Ký hiệu", 45, centred=True))
    paper.table(columns, [(name, count(number), codes) for name, number, codes in lines])


def _overdue(paper: Paper, entries: Sequence[_Entry], counts: Counts, judge: Judge) -> None:
    from dondoc.reports.layout import Column

    paper.heading("II. Nhiệm vụ quá hạn, nguyên nhân")
    overdue = [entry for entry in entries if entry.category in _OVERDUE]
    if overdue:
        units = len({entry.row.unit_id for entry in overdue})
        long = f", trong đó {count(counts.overdue_long)} lượt quá hạn trên 30 ngày" if counts.overdue_long else ""
        paper.say(
            f"{count(len(overdue))} lượt giao của {count(units)} đơn vị đang quá hạn{long} (số ngày quá hạn là ngày lịch):"
        )
        overdue.sort(key=lambda entry: (-judge.status(entry.row).days, entry.number))
        paper.table(
            (
                Column("STT (Phụ lục II)", 16, centred=True),
                Column("Đơn vị", 34),
                Column("Nhiệm vụ, văn bản giao", 50),
                Column("Thời hạn", 21, centred=True),
                Column("Quá hạn", 15, centred=True),
                Column("Nguyên nhân, tình hình", 29),
            ),
            [_overdue_line(entry, judge) for entry in overdue[:OVERDUE_LINES]],
        )
        if len(overdue) > OVERDUE_LINES:
            paper.say(f"Còn {count(len(overdue) - OVERDUE_LINES)} lượt giao quá hạn khác nêu tại Phụ lục II.")
    else:
        paper.say("Đến thời điểm báo cáo không có lượt giao nào đang quá hạn.")
    if counts.late:
        paper.say(f"{count(counts.late)} lượt giao đã hoàn thành nhưng quá hạn (ký hiệu 1c tại Phụ lục II).")


def _overdue_line(entry: _Entry, judge: Judge) -> tuple[str, ...]:
    row = entry.row
    said = remarks(row, judge.today) or ["đơn vị chưa báo cáo nguyên nhân"]
    return (
        str(entry.number),
        row.unit_name,
        f"{task_words(row)}; {directive_words(row)}",
        deadline_words(row.due),
        f"{count(judge.status(row).days)} ngày",
        capital("; ".join(said)),
    )


def _obstacles(paper: Paper, entries: Sequence[_Entry]) -> None:
    paper.heading("III. Khó khăn, vướng mắc")
    told: dict[str, list[_Entry]] = defaultdict(list)
    for entry in entries:
        if entry.row.obstacle and entry.row.state != State.DONE:
            told[fold(entry.row.obstacle)].append(entry)
    for same in sorted(told.values(), key=len, reverse=True):
        names = dict.fromkeys(entry.row.unit_name for entry in same)
        codes = ", ".join(dict.fromkeys(entry.row.task_code for entry in same))
        text = capital((same[0].row.obstacle or "").strip().rstrip("."))
        paper.say(f"- {text} ({count(len(names))} đơn vị: {_listed(names)}; {codes}).")
    if not told:
        paper.say("Các đơn vị chưa nêu khó khăn, vướng mắc.")
    silent = sum(entry.row.state == State.NEW for entry in entries)
    if silent:
        paper.say(f"{count(silent)} lượt giao chưa được đơn vị tiếp nhận, chưa rõ tình hình thực hiện.")


def _proposals(paper: Paper, entries: Sequence[_Entry], proposals: Sequence[str]) -> None:
    paper.heading("IV. Kiến nghị, đề xuất")
    asked = [entry for entry in entries if entry.row.extension_pending and entry.row.state in OWING | {State.DECLINED}]
    handed_back = [entry for entry in entries if entry.row.state == State.DECLINED]
    for words, chosen in (("gia hạn", asked), ("giao lại (không thuộc nhiệm vụ của đơn vị)", handed_back)):
        for code, same in _by_task(chosen).items():
            names = _listed(dict.fromkeys(entry.row.unit_name for entry in same))
            paper.say(f"- Xem xét, quyết định đề nghị {words} nhiệm vụ {code} của {count(len(same))} đơn vị: {names}.")
    for proposal in proposals:
        paper.say(f"- {proposal}")
    if not asked and not handed_back and not proposals:
        paper.say("Không có đề nghị nào của đơn vị đang chờ quyết định.")
    if not proposals:
        paper.say("[Văn phòng bổ sung kiến nghị, đề xuất nếu có]", italic=True)


def _coming(paper: Paper, entries: Sequence[_Entry], counts: Counts, judge: Judge, until: date) -> None:
    paper.heading("V. Nhiệm vụ trọng tâm kỳ tới")
    paper.say(f"Từ nay đến ngày {format_date(until)}:")
    if counts.overdue:
        paper.say(f"- Đôn đốc hoàn thành {count(counts.overdue)} lượt giao đang quá hạn (mục II).")
    if counts.awaiting:
        paper.say(f"- Kiểm tra, xác nhận {count(counts.awaiting)} lượt giao đơn vị đã nộp (ký hiệu 2).")
    coming = [entry for entry in entries if _falls_due(entry, judge, until)]
    coming.sort(key=lambda entry: (entry.row.due.day if entry.row.due else until, entry.number))
    for same in _by_task(coming).values():
        by_deadline: dict[str, int] = defaultdict(int)
        for entry in same:
            by_deadline[deadline_words(entry.row.due)] += 1
        due = "; ".join(f"thời hạn {words}, {count(number)} đơn vị" for words, number in by_deadline.items())
        paper.say(f"- {task_words(same[0].row)}: {due} chưa nộp.")
    if not coming:
        paper.say("- Không có nhiệm vụ nào đến hạn trong kỳ tới.")
    paper.say("Trên đây là báo cáo tình hình thực hiện nhiệm vụ./.")


def _falls_due(entry: _Entry, judge: Judge, until: date) -> bool:
    """Still owed, not yet overdue, and its last safe day lies in the coming period."""
    if entry.category is not Category.IN_TIME or judge.status(entry.row).kind is TimeKind.STOPPED:
        return False
    return entry.row.due is not None and safe_day(entry.row.due, judge.calendar) <= until


def _appendix_units(paper: Paper, entries: Sequence[_Entry], basis: str) -> None:
    from dondoc.reports.layout import Column

    paper.appendix("Phụ lục I", "Kết quả thực hiện theo đơn vị", basis)
    columns = [Column("TT", 10, centred=True), Column("Đơn vị", 62), Column("Tổng số", 17, centred=True)]
    columns += [Column(f"{capital(CATEGORY_WORDS[c])} ({CATEGORY_CODES[c]})", 18, centred=True) for c in Category]
    units: dict[int, list[_Entry]] = defaultdict(list)
    for entry in entries:
        units[entry.row.unit_id].append(entry)
    lines = [(str(number), same[0].row.unit_name, *_figures(same)) for number, same in enumerate(units.values(), 1)]
    paper.table(columns, [*lines, ("", "Cộng", *_figures(entries))], small=True)


def _figures(entries: Sequence[_Entry]) -> list[str]:
    of = [sum(entry.category is category for entry in entries) for category in Category]
    return [count(sum(of)), *(count(number) if number else "–" for number in of)]


def _appendix_rows(paper: Paper, entries: Sequence[_Entry], judge: Judge, basis: str) -> None:
    from dondoc.reports.layout import Column

    paper.appendix("Phụ lục II", "Danh sách lượt giao theo đơn vị", basis)
    paper.note("Ký hiệu: " + "; ".join(f"{CATEGORY_CODES[c]} – {CATEGORY_WORDS[c]}" for c in Category) + ".")
    lines: list[Sequence[str] | str] = []
    unit: int | None = None
    for entry in entries:
        row = entry.row
        if row.unit_id != unit:
            unit = row.unit_id
            lines.append(f"{row.unit_name}: {count(sum(e.row.unit_id == unit for e in entries))} lượt giao")
        notes = [part for part in (row.evidence, *remarks(row, judge.today)) if part]
        lines.append(
            (
                str(entry.number),
                CATEGORY_CODES[entry.category],
                task_words(row),
                directive_words(row),
                deadline_words(row.due),
                capital(status_words(row, judge.status(row))),
                capital("; ".join(notes)),
            )
        )
    columns = (
        Column("STT", 12, centred=True),
        Column("Ký hiệu", 13, centred=True),
        Column("Nhiệm vụ", 76),
        Column("Văn bản giao", 36),
        Column("Thời hạn", 27, centred=True),
        Column("Tình trạng", 40),
        Column("Kết quả (số văn bản), ghi chú", 46),
    )
    paper.table(columns, lines, small=True)


def _by_task(entries: Iterable[_Entry]) -> dict[str, list[_Entry]]:
    tasks: dict[str, list[_Entry]] = defaultdict(list)
    for entry in entries:
        tasks[entry.row.task_code].append(entry)
    return tasks


def _listed(names: Iterable[str], most: int = 8) -> str:
    """Names with commas; a long list ends with how many there are besides."""
    given = list(names)
    rest = f" và {count(len(given) - most)} đơn vị khác" if len(given) > most else ""
    return ", ".join(given[:most]) + rest


def _default_recipients(office: OfficeName) -> list[str]:
    return [f"Lãnh đạo {office.organ} (để báo cáo)", "Các cơ quan, đơn vị có tên tại Phụ lục", "Lưu: VT"]
