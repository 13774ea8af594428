"""Sentences about an assignment that several rooms say alike: what it is, by when, to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dondoc.locales import Translator
from dondoc.rules.deadlines import BEFORE, Deadline, days_overdue, safe_day
from dondoc.rules.states import Demand, State
from dondoc.rules.unit_kinds import SCHOOLS
from dondoc.storage.work import Assignment
from dondoc.vietnamese.calendar import WorkCalendar
from dondoc.vietnamese.words import capital, count, format_date, format_day, format_hour, lower_first

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

# The answers that a reminder offers, in the order of their numbers.
ANSWERS = ("sent", "working", "obstacle", "extension", "not_ours")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Speaks of assignments in one language on one day."""

    t: Translator
    today: date
    calendar: WorkCalendar

    def title(self, item: Assignment, *, cited: bool = True) -> str:
        """NV-012 – đề xuất giải pháp … (mục II.2, Thông báo số 203/TB-UBND ngày 18/6/2024)."""
        source = self.source(item) if cited else ""
        name = "lines.title_with_source" if source else "lines.title"
        return self.t(name, code=item.code, content=lower_first(item.content.rstrip(" .;")), source=source)

    def source(self, item: Assignment) -> str:
        """The document with its section, or the basis that staff gave; empty if there is none."""
        if item.citation is None:
            return item.basis or ""
        if item.section:
            return self.t("lines.section", section=item.section, citation=item.citation)
        return item.citation

    def deadline(self, deadline: Deadline | None, *, remaining: bool = True) -> str:
        """trước ngày 28/6/2024; đề nghị gửi chậm nhất thứ Năm, 27/6/2024 (còn 03 ngày làm việc)."""
        if deadline is None:
            return self.t("lines.undated")
        written = self.written(deadline)
        safe = safe_day(deadline, self.calendar)
        left = self.calendar.days_between(self.today, safe)
        if safe != deadline.day:
            written = self.t("lines.deadline_safe", written=written, safe=format_day(safe))
        if not remaining or left <= 0:
            return written
        return self.t("lines.deadline_left", written=written, left=count(left))

    def written(self, deadline: Deadline) -> str:
        """The deadline in the words of the document: "trước ngày 28/6/2024", "chậm nhất thứ Sáu, 21/6/2024"."""
        if deadline.rule == BEFORE:
            return self.t("lines.deadline_before", day=format_date(deadline.day))
        if deadline.time is not None:
            hour = format_hour(datetime.combine(deadline.day, deadline.time))
            return self.t("lines.deadline_on_time", day=format_day(deadline.day), hour=hour)
        return self.t("lines.deadline_on", day=format_day(deadline.day))

    def destination(self, item: Assignment) -> str:
        """Nơi nhận: UBND huyện, qua Phòng Giáo dục và Đào tạo. Empty when the task does not say."""
        if item.report_to and item.report_via:
            return self.t("lines.destination_via", to=item.report_to, via=item.report_via)
        if item.report_to:
            return self.t("lines.destination", to=item.report_to)
        return ""

    def noun(self, item: Assignment) -> str:
        """nhà trường for schools, đơn vị for everybody else."""
        return self.t("lines.school" if item.unit_kind in SCHOOLS else "lines.unit")

    def state(self, item: Assignment) -> str:
        """The state with its mark: 🔵 chờ xác nhận, 🔴 quá hạn 05 ngày."""
        if item.state == State.DONE:
            return self.t(f"lines.result.{item.result}", days=count(item.late_days or 0))
        if item.state == State.RETURNED and item.demand == Demand.SUPPLEMENT:
            return self.t("lines.state.supplement")
        if item.state in (State.NEW, State.RECEIVED, State.IN_PROGRESS, State.RETURNED):
            return self._running(item)
        return self.t(f"lines.state.{item.state.value}")

    def _running(self, item: Assignment) -> str:
        percent = self.t("lines.percent", percent=item.percent) if item.percent else ""
        if item.deadline is None:
            return self.t("lines.time.undated") + percent
        late = days_overdue(item.deadline, self.today, self.calendar)
        left = self.calendar.days_between(self.today, safe_day(item.deadline, self.calendar))
        if late:
            return self.t("lines.time.overdue", days=count(late)) + percent
        if left <= 0:
            return self.t("lines.time.today") + percent
        return self.t("lines.time.soon" if left <= 3 else "lines.time.in_time", days=count(left)) + percent


def sentence(text: str) -> str:
    """The text as a sentence of its own: a capital first letter and a full stop."""
    return capital(text.strip().rstrip(".")) + "."


def letter(index: int) -> str:
    """A, B, … Z, then A2, B2, …: how the tasks of one message are told apart."""
    turn, place = divmod(index, len(_LETTERS))
    return _LETTERS[place] + (str(turn + 1) if turn else "")
