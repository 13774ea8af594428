"""Progress: how the time of an assignment stands and how assignments are counted, once, for every paper and chat line.

Two units are counted and never mixed: a *task* (nhiệm vụ) and an *assignment* (lượt giao, a task given to one unit).
Only assignments to lead units are counted; cooperating units owe nothing and withdrawn assignments are gone. Every
other assignment falls into exactly one `Category`, and all figures are sums of categories, so the lines add up.

How the doubtful cases are counted:

- *awaiting confirmation* and *awaiting issue* are one figure ("chờ xác nhận"): the unit has submitted, its clock stands;
- *returned for a supplement*: open; until the day given for the supplement it is in time, because the first submission
  still stands; after that day the deadline of the assignment counts again. Without such a day the clock stands;
- *returned to be redone* and *declined* (the unit asks that somebody else be charged): open, and the clock runs on;
- *paused by direction*: open, but nothing runs, so it is never overdue: "trong hạn" if it has a deadline, otherwise
  "không thời hạn"; ``Counts.paused`` says how many of the open ones these are.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar

from dondoc.rules.deadlines import ON, Deadline, days_overdue, last_day, safe_day
from dondoc.rules.states import WAITING, Demand, Result, State
from dondoc.vietnamese.calendar import WorkCalendar
from dondoc.vietnamese.words import count as digits

SOON_WORKING_DAYS = 3
LONG_OVERDUE_DAYS = 30
LEAD = "lead"

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Row:
    """One assignment as reports see it. Instants are aware and in the office's zone, texts as people read them."""

    assignment_id: int
    task_code: str
    directive: str | None  # the full citation: "Thông báo số 203/TB-UBND ngày 18/6/2024"
    directive_number: str | None
    issued_on: date | None
    content: str
    section: str | None
    unit_id: int
    unit_code: str
    unit_name: str
    unit_short: str
    unit_kind: str
    cooperate: tuple[str, ...]
    report_to: str | None
    report_via: str | None
    in_charge: str | None
    role: str  # "lead" or "cooperate"
    state: State
    demand: str | None  # "supplement" or "redo" of a returned one
    deadline: date | None
    granted_deadline: date | None
    deadline_rule: str | None
    percent: int | None
    result: str | None  # "early", "on_time", "late", "no_deadline", once done
    late_days: int | None
    submitted_at: datetime | None
    evidence: str | None  # number and date of the document that settles it
    promised_on: date | None
    extension_pending: bool
    extensions: int
    obstacle: str | None
    note: str | None
    supplement_by: date | None = None
    deadline_time: time | None = None

    @property
    def due(self) -> Deadline | None:
        """The deadline in force. A granted one is inclusive ("gia hạn đến hết ngày …")."""
        if self.granted_deadline is not None:
            return Deadline(self.granted_deadline, ON)
        return self.written

    @property
    def written(self) -> Deadline | None:
        """The deadline as the directive gave it, whatever was granted since."""
        if self.deadline is None:
            return None
        return Deadline(self.deadline, self.deadline_rule or ON, self.deadline_time)


class TimeKind(StrEnum):
    NO_DEADLINE = "no_deadline"
    IN_TIME = "in_time"
    DUE_SOON = "due_soon"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    STOPPED = "stopped"  # submitted, settled or paused: nothing runs against the unit


@dataclass(frozen=True, slots=True)
class TimeStatus:
    """``days`` by kind: overdue – calendar days overdue; due soon – working days left to the last safe day; due today –
    calendar days since the last safe day (0 on it, more on a day on which a submission still counts as on time);
    stopped while the office has not confirmed – working days it has been waiting; otherwise 0."""

    kind: TimeKind
    days: int = 0


class Category(StrEnum):
    """Where a counted assignment belongs: exactly one."""

    DONE_EARLY = "done_early"
    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    DONE_UNDATED = "done_undated"
    AWAITING = "awaiting"
    IN_TIME = "in_time"
    OVERDUE = "overdue"
    OVERDUE_LONG = "overdue_long"
    UNDATED = "undated"


_DONE: dict[str, Category] = {
    Result.EARLY: Category.DONE_EARLY,
    Result.ON_TIME: Category.DONE_ON_TIME,
    Result.LATE: Category.DONE_LATE,
    Result.NO_DEADLINE: Category.DONE_UNDATED,
}
_RUNNING = frozenset({State.NEW, State.RECEIVED, State.IN_PROGRESS, State.RETURNED, State.DECLINED})


class Judge:
    """Reads the time of many rows on one day; equal deadlines are worked out once."""

    def __init__(self, today: date, calendar: WorkCalendar) -> None:
        self.today = today
        self.calendar = calendar
        self._not_soon = calendar.after(today, SOON_WORKING_DAYS + 1)
        self._known: dict[Deadline, TimeStatus] = {}

    def status(self, row: Row) -> TimeStatus:
        """How the time of the assignment stands. It stops at submission."""
        if row.state in WAITING:
            since = row.submitted_at.date() if row.submitted_at else self.today
            return TimeStatus(TimeKind.STOPPED, max(0, self.calendar.days_between(since, self.today)))
        if row.state not in _RUNNING:
            return TimeStatus(TimeKind.STOPPED)
        due = row.due
        if row.state == State.RETURNED and row.demand == Demand.SUPPLEMENT:
            supplement = self._supplement(row)
            if supplement is not None:
                return supplement
        return TimeStatus(TimeKind.NO_DEADLINE) if due is None else self._read(due)

    def category(self, row: Row) -> Category | None:
        """Where the assignment is counted; None if it is not counted at all."""
        if row.role != LEAD or row.state == State.WITHDRAWN:
            return None
        if row.state == State.DONE:
            # Confirmed before results were judged, or entered without a date: done all the same.
            return _DONE[row.result] if row.result is not None else Category.DONE_UNDATED
        if row.state in WAITING:
            return Category.AWAITING
        if row.state != State.PAUSED and row.state not in _RUNNING:
            raise ValueError(f"assignment {row.assignment_id} is in no known state: {row.state!r}")
        if row.due is None:
            return Category.UNDATED
        status = self.status(row)
        if status.kind is not TimeKind.OVERDUE:
            return Category.IN_TIME
        return Category.OVERDUE_LONG if status.days > LONG_OVERDUE_DAYS else Category.OVERDUE

    def _supplement(self, row: Row) -> TimeStatus | None:
        """The time of a supplement, or None once its day has passed."""
        if row.supplement_by is None:
            return TimeStatus(TimeKind.NO_DEADLINE if row.due is None else TimeKind.IN_TIME)
        status = self._read(Deadline(row.supplement_by, ON))
        return None if status.kind is TimeKind.OVERDUE else status

    def _read(self, deadline: Deadline) -> TimeStatus:
        status = self._known.get(deadline)
        if status is None:
            status = self._known[deadline] = self._work_out(deadline)
        return status

    def _work_out(self, deadline: Deadline) -> TimeStatus:
        if self.today > last_day(deadline, self.calendar):
            return TimeStatus(TimeKind.OVERDUE, days_overdue(deadline, self.today, self.calendar))
        safe = safe_day(deadline, self.calendar)
        if self.today >= safe:
            return TimeStatus(TimeKind.DUE_TODAY, (self.today - safe).days)
        if safe < self._not_soon:
            return TimeStatus(TimeKind.DUE_SOON, self.calendar.days_between(self.today, safe))
        return TimeStatus(TimeKind.IN_TIME)


def time_status(row: Row, today: date, calendar: WorkCalendar) -> TimeStatus:
    """How the time of one assignment stands on a day. For many rows keep a `Judge`."""
    return Judge(today, calendar).status(row)


@dataclass(slots=True)
class Counts:
    """The figures of the standard line. ``early`` is part of ``on_time``, ``overdue_long`` (more than 30 calendar days)
    part of ``overdue``, ``paused`` part of ``in_time`` and ``undated``; a task is done when all its lead units are."""

    tasks: int = 0
    tasks_done: int = 0
    on_time: int = 0
    early: int = 0
    late: int = 0
    done_undated: int = 0
    awaiting: int = 0
    in_time: int = 0
    overdue: int = 0
    overdue_long: int = 0
    undated: int = 0
    paused: int = 0

    @property
    def done(self) -> int:
        return self.on_time + self.late + self.done_undated

    @property
    def open(self) -> int:
        return self.in_time + self.overdue + self.undated

    @property
    def total(self) -> int:
        return self.done + self.awaiting + self.open


class Tally:
    """Counts assignments while they stream by; keeps the codes of the tasks and nothing else of them."""

    def __init__(self) -> None:
        self._counts: dict[Category, int] = dict.fromkeys(Category, 0)
        self._all_done: dict[str, bool] = {}
        self._paused = 0

    def add(self, row: Row, category: Category | None) -> None:
        """Count one row as the judge saw it; None is not counted."""
        if category is None:
            return
        self._counts[category] += 1
        self._paused += row.state == State.PAUSED
        self._all_done[row.task_code] = self._all_done.get(row.task_code, True) and row.state == State.DONE

    def counts(self) -> Counts:
        """The figures so far."""
        n = self._counts
        return Counts(
            tasks=len(self._all_done),
            tasks_done=sum(self._all_done.values()),
            on_time=n[Category.DONE_EARLY] + n[Category.DONE_ON_TIME],
            early=n[Category.DONE_EARLY],
            late=n[Category.DONE_LATE],
            done_undated=n[Category.DONE_UNDATED],
            awaiting=n[Category.AWAITING],
            in_time=n[Category.IN_TIME],
            overdue=n[Category.OVERDUE] + n[Category.OVERDUE_LONG],
            overdue_long=n[Category.OVERDUE_LONG],
            undated=n[Category.UNDATED],
            paused=self._paused,
        )


def count(rows: Iterable[Row], today: date, calendar: WorkCalendar) -> Counts:
    """The figures of the rows on a day."""
    judge, tally = Judge(today, calendar), Tally()
    for row in rows:
        tally.add(row, judge.category(row))
    return tally.counts()


def count_by(rows: Iterable[Row], key: Callable[[Row], Key], today: date, calendar: WorkCalendar) -> dict[Key, Counts]:
    """The figures of each group, in the order in which the groups first appear. Groups with nothing counted are left
    out. Assignments of the groups add up to the whole; tasks do not, because one task may be in several groups."""
    judge = Judge(today, calendar)
    tallies: dict[Key, Tally] = {}
    for row in rows:
        category = judge.category(row)
        if category is not None:
            tallies.setdefault(key(row), Tally()).add(row, category)
    return {name: tally.counts() for name, tally in tallies.items()}


def standard_line(counts: Counts) -> str:
    """The sentence that offices report by; it adds up. "Không thời hạn" among the done is said only if there are any."""
    undated = f", không thời hạn {digits(counts.done_undated)}" if counts.done_undated else ""
    return (
        f"Tổng số {digits(counts.total)} lượt giao ({digits(counts.tasks)} nhiệm vụ). "
        f"Đã hoàn thành {digits(counts.done)} (đúng hạn {digits(counts.on_time)}, quá hạn {digits(counts.late)}{undated}). "
        f"Chờ xác nhận {digits(counts.awaiting)}. "
        f"Chưa hoàn thành {digits(counts.open)}: trong hạn {digits(counts.in_time)}; "
        f"quá hạn {digits(counts.overdue)}, trong đó trên 30 ngày {digits(counts.overdue_long)}; "
        f"không thời hạn {digits(counts.undated)}."
    )
