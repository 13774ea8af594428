"""How the time of an assignment stands, and that the figures add up whatever the office's work looks like."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.rules.deadlines import BEFORE, ON, Deadline, days_overdue, last_day
from dondoc.rules.progress import (
    Category,
    Counts,
    Judge,
    Row,
    TimeKind,
    TimeStatus,
    count,
    count_by,
    standard_line,
    time_status,
)
from dondoc.rules.states import Demand, Result, State
from dondoc.vietnamese.calendar import WorkCalendar

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CALENDAR = WorkCalendar()

BASE = Row(
    assignment_id=1,
    task_code="NV-001",
    directive="Kế hoạch số 12/KH-UBND ngày 03/6/2024",
    directive_number="12/KH-UBND",
    issued_on=date(2024, 6, 3),
    content="rà soát tủ sách dùng chung",
    section=None,
    unit_id=1,
    unit_code="TH01",
    unit_name="Trường Tiểu học Hoa Sen",
    unit_short="TH Hoa Sen",
    unit_kind="tieu_hoc",
    cooperate=(),
    report_to="UBND huyện",
    report_via=None,
    in_charge=None,
    role="lead",
    state=State.IN_PROGRESS,
    demand=None,
    deadline=date(2024, 6, 28),
    granted_deadline=None,
    deadline_rule=BEFORE,
    percent=None,
    result=None,
    late_days=None,
    submitted_at=None,
    evidence=None,
    promised_on=None,
    extension_pending=False,
    extensions=0,
    obstacle=None,
    note=None,
)


def status(row: Row, day: int, month: int = 6) -> TimeStatus:
    return time_status(row, date(2024, month, day), CALENDAR)


# ---- time


@pytest.mark.parametrize(
    ("day", "month", "expected"),
    [
        (21, 6, TimeStatus(TimeKind.IN_TIME)),  # four working days to Thursday 27/6
        (24, 6, TimeStatus(TimeKind.DUE_SOON, 3)),
        (26, 6, TimeStatus(TimeKind.DUE_SOON, 1)),
        (27, 6, TimeStatus(TimeKind.DUE_TODAY, 0)),  # the last safe day
        (28, 6, TimeStatus(TimeKind.DUE_TODAY, 1)),  # X itself still counts
        (29, 6, TimeStatus(TimeKind.OVERDUE, 1)),
        (3, 7, TimeStatus(TimeKind.OVERDUE, 5)),
    ],
)
def test_before_a_day_counts_to_the_working_day_before_and_is_overdue_the_day_after(
    day: int, month: int, expected: TimeStatus
) -> None:
    assert status(BASE, day, month) == expected


@pytest.mark.parametrize(
    ("day", "month", "expected"),
    [
        (27, 6, TimeStatus(TimeKind.DUE_SOON, 1)),
        (28, 6, TimeStatus(TimeKind.DUE_TODAY, 0)),
        (30, 6, TimeStatus(TimeKind.DUE_TODAY, 2)),  # a Sunday, and still on time
        (1, 7, TimeStatus(TimeKind.OVERDUE, 1)),
    ],
)
def test_before_a_sunday_never_rolls_forward(day: int, month: int, expected: TimeStatus) -> None:
    assert status(replace(BASE, deadline=date(2024, 6, 30)), day, month) == expected


@pytest.mark.parametrize(
    ("day", "month", "expected"),
    [
        (28, 6, TimeStatus(TimeKind.DUE_TODAY, 0)),
        (1, 7, TimeStatus(TimeKind.DUE_TODAY, 3)),  # the next working day
        (2, 7, TimeStatus(TimeKind.OVERDUE, 3)),  # calendar days from the written day
    ],
)
def test_an_inclusive_deadline_on_a_day_off_is_overdue_after_the_next_working_day(
    day: int, month: int, expected: TimeStatus
) -> None:
    saturday = replace(BASE, deadline=date(2024, 6, 29), deadline_rule=ON)
    assert status(saturday, day, month) == expected


def test_the_safe_day_lies_before_tet() -> None:
    row = replace(BASE, deadline=date(2025, 2, 3))
    assert time_status(row, date(2025, 1, 24), CALENDAR) == TimeStatus(TimeKind.DUE_TODAY, 0)


def test_a_granted_deadline_is_inclusive_and_in_force() -> None:
    granted = replace(BASE, granted_deadline=date(2024, 7, 17), deadline_time=time(16, 0))
    assert granted.due == Deadline(date(2024, 7, 17), ON)
    assert granted.written == Deadline(date(2024, 6, 28), BEFORE, time(16, 0))
    assert status(granted, 17, 7) == TimeStatus(TimeKind.DUE_TODAY, 0)
    assert status(granted, 18, 7) == TimeStatus(TimeKind.OVERDUE, 1)


def test_without_a_deadline_no_time_runs() -> None:
    row = replace(BASE, deadline=None, deadline_rule=None)
    assert row.due is None
    assert status(row, 28) == TimeStatus(TimeKind.NO_DEADLINE)


@pytest.mark.parametrize("state", [State.AWAITING_CONFIRMATION, State.AWAITING_ISSUE])
def test_time_stops_at_submission_and_the_wait_is_the_offices(state: State) -> None:
    handed_in = replace(BASE, state=state, submitted_at=datetime(2024, 6, 27, 16, 0, tzinfo=ZONE))
    assert status(handed_in, 27) == TimeStatus(TimeKind.STOPPED, 0)
    assert status(handed_in, 1, 7) == TimeStatus(TimeKind.STOPPED, 2)
    assert Judge(date(2024, 12, 1), CALENDAR).category(handed_in) is Category.AWAITING


@pytest.mark.parametrize("state", [State.PAUSED, State.WITHDRAWN, State.DONE])
def test_time_does_not_run_against_what_is_paused_withdrawn_or_done(state: State) -> None:
    assert status(replace(BASE, state=state), 15, 9) == TimeStatus(TimeKind.STOPPED)


def test_a_supplement_is_in_time_until_its_day_then_the_old_deadline_counts() -> None:
    row = replace(BASE, state=State.RETURNED, demand=Demand.SUPPLEMENT, supplement_by=date(2024, 7, 9))
    assert status(row, 1, 7) == TimeStatus(TimeKind.IN_TIME)
    assert status(row, 8, 7) == TimeStatus(TimeKind.DUE_SOON, 1)
    assert status(row, 9, 7) == TimeStatus(TimeKind.DUE_TODAY, 0)
    assert status(row, 10, 7) == TimeStatus(TimeKind.OVERDUE, 12)
    assert status(replace(row, supplement_by=None), 10, 7) == TimeStatus(TimeKind.IN_TIME)


def test_what_must_be_redone_runs_on() -> None:
    row = replace(BASE, state=State.RETURNED, demand=Demand.REDO, supplement_by=date(2024, 7, 9))
    assert status(row, 2, 7) == TimeStatus(TimeKind.OVERDUE, 4)


# ---- counting


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (replace(BASE, state=State.DONE, result=Result.EARLY), Category.DONE_EARLY),
        (replace(BASE, state=State.DONE, result=Result.ON_TIME), Category.DONE_ON_TIME),
        (replace(BASE, state=State.DONE, result=Result.LATE, late_days=4), Category.DONE_LATE),
        (replace(BASE, state=State.DONE, result=Result.NO_DEADLINE), Category.DONE_UNDATED),
        (replace(BASE, state=State.DONE, result=None), Category.DONE_UNDATED),
        (replace(BASE, state=State.NEW, deadline=date(2024, 8, 30)), Category.IN_TIME),
        (replace(BASE, state=State.NEW), Category.OVERDUE),
        (replace(BASE, state=State.NEW, deadline=date(2024, 6, 26)), Category.OVERDUE),  # 30 days
        (replace(BASE, state=State.NEW, deadline=date(2024, 6, 25)), Category.OVERDUE_LONG),  # 31 days
        (replace(BASE, state=State.DECLINED), Category.OVERDUE),
        (replace(BASE, state=State.RECEIVED, deadline=None), Category.UNDATED),
        (replace(BASE, state=State.PAUSED), Category.IN_TIME),
        (replace(BASE, state=State.PAUSED, deadline=None), Category.UNDATED),
        (replace(BASE, state=State.WITHDRAWN), None),
        (replace(BASE, role="cooperate"), None),
    ],
)
def test_each_assignment_belongs_to_one_category(row: Row, expected: Category | None) -> None:
    assert Judge(date(2024, 7, 26), CALENDAR).category(row) is expected


def test_an_unknown_state_is_not_counted_in_silence() -> None:
    odd = replace(BASE, state="lost")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="lost"):
        count([odd], date(2024, 7, 26), CALENDAR)


def test_tasks_are_counted_apart_and_done_when_all_their_lead_units_are() -> None:
    done = replace(BASE, state=State.DONE, result=Result.EARLY)
    rows = [
        done,
        replace(done, unit_id=2),
        replace(BASE, role="cooperate", unit_id=3),
        replace(BASE, state=State.WITHDRAWN, unit_id=4),
        replace(done, task_code="NV-002"),
        replace(BASE, task_code="NV-002", unit_id=2),
        replace(BASE, task_code="NV-003", state=State.WITHDRAWN),
    ]
    counts = count(rows, date(2024, 6, 20), CALENDAR)
    assert (counts.total, counts.tasks, counts.tasks_done) == (4, 2, 1)


def test_the_standard_line_is_the_sentence_offices_know() -> None:
    counts = Counts(
        tasks=10, on_time=84, early=60, late=6, awaiting=8, in_time=30, overdue=13, overdue_long=2, undated=7
    )
    assert standard_line(counts) == (
        "Tổng số 148 lượt giao (10 nhiệm vụ). Đã hoàn thành 90 (đúng hạn 84, quá hạn 06). Chờ xác nhận 08. "
        "Chưa hoàn thành 50: trong hạn 30; quá hạn 13, trong đó trên 30 ngày 02; không thời hạn 07."
    )


def test_the_standard_line_names_the_undated_among_the_done_when_there_are_any() -> None:
    line = standard_line(Counts(tasks=2, on_time=3, done_undated=2))
    assert "Đã hoàn thành 05 (đúng hạn 03, quá hạn 00, không thời hạn 02)." in line


def test_groups_come_in_their_order_and_empty_ones_not_at_all() -> None:
    rows = [replace(BASE, unit_id=2), replace(BASE, unit_id=1), replace(BASE, unit_id=3, state=State.WITHDRAWN)]
    assert list(count_by(rows, lambda row: row.unit_id, date(2024, 6, 20), CALENDAR)) == [2, 1]


# ---- whatever the work looks like

DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31))


@st.composite
def office_rows(draw: st.DrawFn) -> Row:
    deadline = draw(st.none() | DAYS)
    state = draw(st.sampled_from(State))
    results = [Result.EARLY, Result.ON_TIME, Result.LATE] if deadline else [Result.NO_DEADLINE]
    return replace(
        BASE,
        task_code=f"NV-{draw(st.integers(1, 5)):03d}",
        unit_id=draw(st.integers(1, 4)),
        role=draw(st.sampled_from(["lead", "lead", "lead", "cooperate"])),
        state=state,
        demand=draw(st.sampled_from(Demand)) if state is State.RETURNED else None,
        supplement_by=draw(st.none() | DAYS) if state is State.RETURNED else None,
        deadline=deadline,
        deadline_rule=draw(st.sampled_from([BEFORE, ON])) if deadline else None,
        granted_deadline=draw(st.none() | DAYS) if deadline else None,
        result=draw(st.sampled_from(results)) if state is State.DONE else None,
        submitted_at=datetime.combine(draw(DAYS), time(9), ZONE),
    )


ROWS = st.lists(office_rows(), max_size=40)


def recount(rows: list[Row], today: date) -> dict[str, int]:
    """The figures by their definitions, one question at a time, for comparing."""
    leads = [row for row in rows if row.role == "lead" and row.state is not State.WITHDRAWN]
    awaiting = [row for row in leads if row.state in (State.AWAITING_CONFIRMATION, State.AWAITING_ISSUE)]
    done = [row for row in leads if row.state is State.DONE]
    still_open = [row for row in leads if row not in awaiting and row not in done]

    def days_late(row: Row) -> int:
        if row.due is None or row.state is State.PAUSED:
            return 0
        supplement = row.state is State.RETURNED and row.demand is Demand.SUPPLEMENT
        if supplement and (row.supplement_by is None or today <= last_day(Deadline(row.supplement_by), CALENDAR)):
            return 0
        return days_overdue(row.due, today, CALENDAR)

    codes = {row.task_code for row in leads}
    return {
        "total": len(leads),
        "tasks": len(codes),
        "tasks_done": sum(all(row in done for row in leads if row.task_code == code) for code in codes),
        "done": len(done),
        "on_time": sum(row.result in (Result.EARLY, Result.ON_TIME) for row in done),
        "early": sum(row.result is Result.EARLY for row in done),
        "late": sum(row.result is Result.LATE for row in done),
        "done_undated": sum(row.result is Result.NO_DEADLINE for row in done),
        "awaiting": len(awaiting),
        "open": len(still_open),
        "in_time": sum(row.due is not None and not days_late(row) for row in still_open),
        "overdue": sum(days_late(row) > 0 for row in still_open),
        "overdue_long": sum(days_late(row) > 30 for row in still_open),
        "undated": sum(row.due is None for row in still_open),
        "paused": sum(row.state is State.PAUSED for row in still_open),
    }


@given(ROWS, DAYS)
def test_the_figures_are_those_of_their_definitions(rows: list[Row], today: date) -> None:
    counts = count(rows, today, CALENDAR)
    assert {name: getattr(counts, name) for name in recount(rows, today)} == recount(rows, today)


@given(ROWS, DAYS)
def test_the_line_that_people_read_adds_up(rows: list[Row], today: date) -> None:
    line = standard_line(count(rows, today, CALENDAR))
    total, _tasks, *rest = map(int, re.findall(r"(?<!trên )\b\d+", line))
    done, on_time, late = rest[:3]
    undated_done = rest.pop(3) if line.count("không thời hạn") == 2 else 0
    awaiting, still_open, in_time, overdue, long, undated = rest[3:]
    assert total == done + awaiting + still_open
    assert done == on_time + late + undated_done
    assert still_open == in_time + overdue + undated
    assert long <= overdue


@given(ROWS, DAYS, st.randoms())
def test_order_does_not_matter_and_groups_add_up_to_the_whole(rows: list[Row], today: date, random: Random) -> None:
    whole = count(rows, today, CALENDAR)
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert count(shuffled, today, CALENDAR) == whole
    groups = count_by(rows, lambda row: row.unit_id, today, CALENDAR).values()
    for name in ("total", "on_time", "early", "late", "done_undated", "awaiting", "in_time", "overdue", "undated"):
        assert sum(getattr(group, name) for group in groups) == getattr(whole, name)


@given(DAYS, st.sampled_from([BEFORE, ON]))
def test_time_never_runs_backwards(deadline: date, rule: str) -> None:
    row = replace(BASE, deadline=deadline, deadline_rule=rule)
    order = [TimeKind.IN_TIME, TimeKind.DUE_SOON, TimeKind.DUE_TODAY, TimeKind.OVERDUE]
    seen = [time_status(row, deadline + timedelta(days=n), CALENDAR) for n in range(-20, 20)]
    places = [order.index(status.kind) for status in seen]
    assert places == sorted(places)
    assert set(places) == {0, 1, 2, 3}
    for n, status in zip(range(-20, 20), seen, strict=True):
        if status.kind is TimeKind.OVERDUE:
            assert status.days == n
        if status.kind is TimeKind.DUE_SOON:
            assert 1 <= status.days <= 3
