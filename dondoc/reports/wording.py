"""The words of papers: how statuses, deadlines and remarks are written in Excel and Word. Papers are Vietnamese.

Dates and counts follow Nghị định 30/2020/NĐ-CP (see ``dondoc.vietnamese.words``). Overdue is said in calendar days,
time left and time waiting in working days, and the words tell which.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dondoc.rules.deadlines import BEFORE, Deadline
from dondoc.rules.progress import Category, Row, TimeKind, TimeStatus
from dondoc.rules.states import OWING, WAITING, Demand, Result, State
from dondoc.vietnamese.text import nfc
from dondoc.vietnamese.words import count, format_date, format_hour

DRAFT = "DỰ THẢO"
DRAFT_NOTE = "Dự thảo – chưa có giá trị pháp lý"
GIVEN_DIRECTLY = "Giao trực tiếp"
_NOT_PRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])


@dataclass(frozen=True, slots=True)
class OfficeName:
    """Who writes the paper: ``organ`` is the body above it ("UBND huyện Bình Sơn"), ``name`` the office itself in full,
    ``place`` the name before the date ("Bình Sơn")."""

    name: str
    organ: str
    place: str


CATEGORY_CODES = {
    Category.DONE_EARLY: "1a",
    Category.DONE_ON_TIME: "1b",
    Category.DONE_LATE: "1c",
    Category.DONE_UNDATED: "1d",
    Category.AWAITING: "2",
    Category.IN_TIME: "3a",
    Category.OVERDUE: "3b",
    Category.OVERDUE_LONG: "3c",
    Category.UNDATED: "3d",
}
"""Short marks that tie every figure of a report to the rows of its appendix."""

CATEGORY_WORDS = {
    Category.DONE_EARLY: "hoàn thành trước hạn",
    Category.DONE_ON_TIME: "hoàn thành đúng hạn (không kể trước hạn)",
    Category.DONE_LATE: "hoàn thành quá hạn",
    Category.DONE_UNDATED: "hoàn thành, không thời hạn",
    Category.AWAITING: "chờ xác nhận",
    Category.IN_TIME: "trong hạn",
    Category.OVERDUE: "quá hạn đến 30 ngày",
    Category.OVERDUE_LONG: "quá hạn trên 30 ngày",
    Category.UNDATED: "chưa hoàn thành, không thời hạn",
}

_STATES = {
    State.NEW: "mới giao",
    State.RECEIVED: "đã tiếp nhận",
    State.IN_PROGRESS: "đang thực hiện",
    State.AWAITING_CONFIRMATION: "chờ xác nhận",
    State.AWAITING_ISSUE: "đã trình, chờ ký ban hành",
    State.DECLINED: "đề nghị giao lại",
    State.PAUSED: "tạm dừng theo chỉ đạo",
    State.WITHDRAWN: "rút nhiệm vụ",
    State.DONE: "hoàn thành",
}
_DEMANDS: dict[str, str] = {Demand.SUPPLEMENT: "yêu cầu bổ sung", Demand.REDO: "không đạt, thực hiện lại"}
_RESULTS: dict[str, str] = {Result.EARLY: "đúng hạn (trước hạn)", Result.ON_TIME: "đúng hạn"}
_TIMES = {
    TimeKind.NO_DEADLINE: "không thời hạn",
    TimeKind.IN_TIME: "trong hạn",
    TimeKind.DUE_SOON: "sắp đến hạn",
    TimeKind.DUE_TODAY: "đến hạn hôm nay",
}
_MARKS = {
    TimeKind.NO_DEADLINE: "⚪",
    TimeKind.IN_TIME: "🟢",
    TimeKind.DUE_SOON: "🟡",
    TimeKind.DUE_TODAY: "🟡",
    TimeKind.OVERDUE: "🔴",
}


def printable(text: str) -> str:
    """The text in its stored form without the characters that the file formats (XML) cannot hold."""
    return nfc(text).translate(_NOT_PRINTABLE)


def time_words(status: TimeStatus) -> str:
    """ "quá hạn 05 ngày", "sắp đến hạn (còn 02 ngày làm việc)"; nothing where no time runs."""
    if status.kind is TimeKind.OVERDUE:
        return f"quá hạn {count(status.days)} ngày"
    if status.kind is TimeKind.DUE_SOON:
        return f"{_TIMES[status.kind]} (còn {count(status.days)} ngày làm việc)"
    if status.kind is TimeKind.DUE_TODAY and status.days:
        return "đến hạn"  # past the last safe day, and a submission still counts as on time
    return _TIMES.get(status.kind, "")


def life_words(row: Row) -> str:
    """Where the assignment stands in its life."""
    if row.state != State.RETURNED:
        return _STATES[row.state]
    words = _DEMANDS[row.demand or Demand.SUPPLEMENT]
    if row.demand != Demand.REDO and row.supplement_by:
        words += f" (chậm nhất {format_date(row.supplement_by)})"
    return words


def result_words(row: Row) -> str:
    """How a finished assignment was judged, without "hoàn thành"."""
    if row.result == Result.LATE:
        return f"quá hạn {count(row.late_days or 0)} ngày"
    return _RESULTS.get(row.result or Result.NO_DEADLINE, "không thời hạn")


def status_words(row: Row, status: TimeStatus) -> str:
    """Time and life of an assignment in one phrase: "quá hạn 05 ngày – đang thực hiện"."""
    if row.state == State.DONE:
        return f"{_STATES[State.DONE]}, {result_words(row)}"
    if row.state in WAITING:
        handed_in = f" (nộp {format_date(row.submitted_at.date())})" if row.submitted_at else ""
        waiting = f", đã chờ {count(status.days)} ngày làm việc" if status.days else ""
        return f"{life_words(row)}{handed_in}{waiting}"
    return " – ".join(part for part in (time_words(status), life_words(row)) if part)


def status_mark(row: Row, status: TimeStatus) -> str:
    """The sign that stands beside the words; empty for what is paused or withdrawn."""
    if row.state == State.DONE:
        return "✅"
    if row.state in WAITING:
        return "🔵"
    return _MARKS.get(status.kind, "")


def marked_status(row: Row, status: TimeStatus) -> str:
    """The status with its mark: "🔴 quá hạn 05 ngày – đang thực hiện"."""
    return f"{status_mark(row, status)} {status_words(row, status)}".strip()


def deadline_words(deadline: Deadline | None) -> str:
    """ "trước ngày 28/6/2024"; an inclusive deadline is just its date; with an hour "16 giờ 30 ngày 28/6/2024"."""
    if deadline is None:
        return "không thời hạn"
    day = format_date(deadline.day)
    before = "trước " if deadline.rule == BEFORE else ""
    if deadline.time is not None:
        return f"{before}{format_hour(datetime.combine(deadline.day, deadline.time))} ngày {day}"
    return f"{before}ngày {day}" if before else day


def moment_words(moment: datetime) -> str:
    """ "07 giờ 15 ngày 28/6/2024"."""
    return f"{format_hour(moment)} ngày {format_date(moment.date())}"


def task_words(row: Row) -> str:
    """The task as tables name it: code, content and, where known, its section of the directive."""
    section = f" (mục {row.section})" if row.section else ""
    return f"{row.task_code} – {row.content}{section}"


def receiver_words(row: Row) -> str:
    """To whom, and through whom."""
    if row.report_via is None:
        return row.report_to or ""
    return f"{row.report_to} (qua {row.report_via})" if row.report_to else f"qua {row.report_via}"


def directive_words(row: Row) -> str:
    """The directive cited by kind, number and date, or that the task was given directly."""
    return row.directive or row.directive_number or GIVEN_DIRECTLY


def remarks(row: Row, today: date) -> list[str]:
    """What else there is to say of an assignment: extension, promise, obstacle, note."""
    said: list[str] = []
    if row.granted_deadline is not None:
        nth = f" lần {row.extensions}" if row.extensions else ""
        said.append(f"đã gia hạn{nth} (thời hạn ban đầu: {deadline_words(row.written)})")
    if row.state in OWING or row.state == State.DECLINED:
        if row.extension_pending:
            said.append("đang đề nghị gia hạn")
        if row.promised_on is not None:
            kept = row.promised_on >= today
            said.append(f"{'hẹn nộp ngày' if kept else 'quá ngày hẹn'} {format_date(row.promised_on)}")
    if row.obstacle and row.state not in (State.DONE, State.WITHDRAWN):
        said.append(f"vướng mắc: {row.obstacle}")
    if row.note:
        said.append(row.note)
    return said
