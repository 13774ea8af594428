"""The words of a reminder, made from what is still owed when it is sent.

It answers the first questions before they are asked: what, from which document, by when, to whom. It never blames, and
it speaks in the office's full name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dondoc.locales import Translator
from dondoc.reports.phrases import ANSWERS, Phrases, letter
from dondoc.rules.deadlines import ON, Deadline, days_overdue, safe_day
from dondoc.rules.ladder import ON_THE_DAY, PROMISE
from dondoc.rules.states import Demand
from dondoc.scheduler.hours import is_hour
from dondoc.scheduler.reminders import SAFE_DAY_PAST, Due
from dondoc.storage.work import Assignment
from dondoc.vietnamese.calendar import WorkCalendar
from dondoc.vietnamese.words import capital, count, format_date, format_day


@dataclass(frozen=True, slots=True)
class ReminderText:
    """Writes reminders as one office in one language at one moment."""

    t: Translator
    office_name: str
    now: datetime
    calendar: WorkCalendar

    @property
    def phrases(self) -> Phrases:
        return Phrases(self.t, self.now.date(), self.calendar)

    def write(self, items: Sequence[Due]) -> str:
        """One message for all that a person is reminded of, most urgent first."""
        if len(items) == 1:
            return self._single(items[0])
        units = {item.assignment.unit_name for item in items}
        head = self.t(
            "scheduler.reminder.many",
            office=self.office_name,
            unit=", ".join(sorted(units)),
            number=count(len(items)),
        )
        parts = [f"**{letter(index)}.** {capital(self._body(item))}" for index, item in enumerate(items)]
        return "\n\n".join((head, *parts, self.t("scheduler.reminder.how_to_answer_many")))

    def answers_line(self) -> str:
        """Trả lời: 1 – Đã gửi (kèm tệp hoặc số, ngày văn bản) · 2 – …: for where there are no buttons."""
        answers = (self.t(f"scheduler.answer_long.{answer}") for answer in ANSWERS)
        numbered = " · ".join(f"{number} – {answer}" for number, answer in enumerate(answers, 1))
        return self.t("scheduler.reminder.answers", answers=numbered)

    def _single(self, due: Due) -> str:
        item = due.assignment
        body = self._body(due)
        if self._opens_with_office(due):
            return self.t("scheduler.reminder.one", office=self.office_name, unit=item.unit_name, body=body)
        return capital(body)

    def _opens_with_office(self, due: Due) -> bool:
        return due.rung.isdigit() and due.rung != "0" and not due.assignment.demand

    def _body(self, due: Due) -> str:
        item, phrases = due.assignment, self.phrases
        deadline = item.deadline
        values = {
            "office": self.office_name,
            "unit": item.unit_name,
            "noun": phrases.noun(item),
            "code": item.code,
            "title": phrases.title(item),
            "short": phrases.title(item, cited=False),
            "destination": phrases.destination(item),
            "deadline": phrases.deadline(deadline),
            "written": phrases.written(deadline) if deadline else self.t("lines.undated"),
            "today": format_day(self.now.date()),
            "date": format_date(self.now.date()),
            "document": item.directive_kind or self.t("scheduler.reminder.document"),
        }
        if item.demand:
            return self._demanded(item, values, late=due.rung.startswith("+"))
        if due.rung == PROMISE and item.promised_on is not None and item.promised_on < self.now.date():
            return self.t("scheduler.reminder.promised_before", promised=format_day(item.promised_on), **values)
        if due.rung == PROMISE:
            return self.t("scheduler.reminder.promised", **values)
        if is_hour(due.rung):
            name = "hour_has_come" if due.rung == "0h" else "hours_left"
            return self.t(f"scheduler.reminder.{name}", hours=count(int(due.rung[:-1])), **values).strip()
        if due.rung == ON_THE_DAY:
            return self.t("scheduler.reminder.on_the_day", **values).strip()
        if due.rung.startswith("+") and deadline is not None:
            late = days_overdue(deadline, self.now.date(), self.calendar)
            explain_by = format_day(self.calendar.after(self.now.date()))
            name = "scheduler.reminder.overdue_first" if due.rung == "+1" else "scheduler.reminder.overdue_again"
            return self.t(name, days=count(late), explain_by=explain_by, **values)
        if due.rung == SAFE_DAY_PAST and deadline is not None:
            safe = format_day(safe_day(deadline, self.calendar))
            return self.t("scheduler.reminder.safe_day_past", safe=safe, **values)
        if due.rung == "0":
            return self.t("scheduler.reminder.last_day", **values)
        return self.t("scheduler.reminder.ahead", **values).strip()

    def _demanded(self, item: Assignment, values: dict[str, str], *, late: bool) -> str:
        name = "supplement" if item.demand == Demand.SUPPLEMENT else "redo"
        by = self.phrases.written(Deadline(item.demand_due, ON)) if item.demand_due else values["written"]
        name = f"scheduler.reminder.{name}_late" if late else f"scheduler.reminder.{name}"
        return self.t(name, by=by, reason=item.demand_reason or "", **values)
