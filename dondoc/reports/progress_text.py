"""Progress as text: one screen for a phone. The figures are those of every other paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dondoc.locales import Translator
from dondoc.rules.progress import Counts, Judge, Row, TimeKind, count, standard_line
from dondoc.rules.states import OWING
from dondoc.vietnamese.calendar import WorkCalendar
from dondoc.vietnamese.text import shorten
from dondoc.vietnamese.words import count as digits
from dondoc.vietnamese.words import format_date, format_hour

LINES = 5
NAMES = 3


@dataclass(frozen=True, slots=True)
class ProgressText:
    """Writes progress in one language as of one moment."""

    t: Translator
    now: datetime
    calendar: WorkCalendar

    def screen(self, rows: Sequence[Row], *, title: str = "", standing: int = 0) -> str:
        """The standard line, what is due this week, the longest overdue, what waits for a decision."""
        head = f"**{title or self.t('reports.progress.title')}**"
        lines = [f"{head}\n{self.stamp()}"]
        if not any(row.role == "lead" for row in rows):
            return "\n\n".join((*lines, self.t("reports.progress.nothing")))
        lines.append(self.figures(count(rows, self.now.date(), self.calendar)))
        lines.extend(
            self.section("reports.progress.due_today", self.by_task(self.with_status(rows, TimeKind.DUE_TODAY)))
        )
        lines.extend(self.section("reports.progress.this_week", self.by_task(self._this_week(rows))))
        lines.extend(self.section("reports.progress.overdue", self.overdue_lines(rows)))
        pending = sum(row.extension_pending for row in rows)
        if pending:
            lines.append(self.t("reports.progress.decide", number=digits(pending)))
        if standing:
            lines.append(self.t("reports.progress.standing", number=digits(standing)))
        return "\n\n".join(lines)

    def stamp(self) -> str:
        return self.t("reports.progress.stamp", hour=format_hour(self.now), date=format_date(self.now.date()))

    def figures(self, counts: Counts) -> str:
        """The standard line, in the reader's language."""
        if self.t.language == "vi":
            return standard_line(counts)
        names = ("total", "tasks", "done", "on_time", "late", "awaiting", "open", "in_time", "overdue", "overdue_long")
        return self.t("reports.progress.standard_line", **{name: getattr(counts, name) for name in (*names, "undated")})

    def who_owes(self, rows: Sequence[Row], *, title: str = "") -> str:
        """By task, overdue first, then the nearest deadline: how many of how many have not submitted, and who."""
        judge = Judge(self.now.date(), self.calendar)
        by_task: dict[str, list[Row]] = {}
        for row in rows:
            if row.role == "lead":
                by_task.setdefault(row.task_code, []).append(row)
        owing = [(code, some) for code, some in by_task.items() if any(row.state in OWING for row in some)]
        if not owing:
            return self.t("reports.progress.nobody_owes")
        owing.sort(key=lambda entry: self._most_urgent(entry[1], judge))
        lines = [f"**{self.t('reports.progress.who_owes')}**" + (f" – {title}" if title else "")]
        for code, some in owing:
            left = [row for row in some if row.state in OWING]
            waiting = sum(judge.category(row) == "awaiting" for row in some)
            late = max(judge.status(row).days if judge.status(row).kind is TimeKind.OVERDUE else 0 for row in left)
            lines.append(
                self.t(
                    "reports.progress.owes",
                    code=code,
                    content=shorten(some[0].content),
                    left=digits(len(left)),
                    total=digits(len(some)),
                    names=self.some([row.unit_name for row in left], 20),
                    late=self.t("reports.progress.owes_late", days=digits(late)) if late else "",
                    waiting=self.t("reports.progress.owes_waiting", number=digits(waiting)) if waiting else "",
                )
            )
        return "\n\n".join(lines)

    def overdue_lines(self, rows: Sequence[Row]) -> list[str]:
        """One line an assignment, longest overdue first."""
        judge = Judge(self.now.date(), self.calendar)
        late = sorted(
            ((judge.status(row).days, row) for row in self.with_status(rows, TimeKind.OVERDUE)),
            key=lambda pair: (-pair[0], pair[1].task_code, pair[1].unit_code),
        )
        return [
            self.t(
                "reports.progress.line",
                code=row.task_code,
                unit=row.unit_name,
                status=self.t("lines.time.overdue", days=digits(days)),
            )
            for days, row in late
        ]

    def by_task(self, rows: Sequence[Row]) -> list[str]:
        """One line a task with the number and the names of its units."""
        grouped: dict[str, list[Row]] = {}
        for row in rows:
            grouped.setdefault(row.task_code, []).append(row)
        return [
            self.t(
                "reports.progress.grouped",
                code=code,
                content=shorten(some[0].content),
                number=digits(len(some)),
                names=self.some([row.unit_name for row in some], NAMES),
            )
            for code, some in sorted(grouped.items())
        ]

    def section(self, name: str, entries: Sequence[str]) -> list[str]:
        """A heading with its first lines; nothing at all without entries."""
        if not entries:
            return []
        shown = list(entries[:LINES])
        if len(entries) > LINES:
            shown.append(self.t("reports.progress.more", number=digits(len(entries) - LINES)))
        return ["\n".join((f"**{self.t(name)}**", *shown))]

    def some(self, names: Sequence[str], most: int) -> str:
        """The first names, and how many more there are."""
        shown = "; ".join(names[:most])
        if len(names) > most:
            shown += " " + self.t("reports.progress.more", number=digits(len(names) - most))
        return shown

    def with_status(self, rows: Sequence[Row], kind: TimeKind) -> list[Row]:
        """The lead assignments whose time stands so."""
        judge = Judge(self.now.date(), self.calendar)
        return [row for row in rows if row.role == "lead" and judge.status(row).kind is kind]

    def _this_week(self, rows: Sequence[Row]) -> list[Row]:
        """Owed with a deadline after today and not after Sunday."""
        today = self.now.date()
        sunday = today + timedelta(days=6 - today.weekday())
        owed = [row for row in rows if row.role == "lead" and row.state in OWING and row.due is not None]
        soon = self.with_status(rows, TimeKind.DUE_TODAY)
        return [row for row in owed if row.due and today < row.due.day <= sunday and row not in soon]

    def _most_urgent(self, rows: Sequence[Row], judge: Judge) -> tuple[int, str]:
        late = max((judge.status(r).days for r in rows if judge.status(r).kind is TimeKind.OVERDUE), default=0)
        days = [row.due.day.isoformat() for row in rows if row.due and row.state in OWING]
        return (-late, min(days, default="9999"))
