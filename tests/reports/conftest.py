"""A small made-up office in the summer of 2024 with work in every state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from dondoc.reports.wording import OfficeName
from dondoc.rules.progress import Row
from dondoc.rules.states import Demand, Result, State
from dondoc.vietnamese.calendar import WorkCalendar

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

PLAN = Row(
    assignment_id=1,
    task_code="NV-001",
    directive="Kế hoạch số 12/KH-UBND ngày 05/02/2024",
    directive_number="12/KH-UBND",
    issued_on=date(2024, 2, 5),
    content="rà soát tủ sách dùng chung, đề xuất bổ sung cho năm học mới",
    section="II.2",
    unit_id=1,
    unit_code="TH01",
    unit_name="Trường Tiểu học Hoa Sen",
    unit_short="TH Hoa Sen",
    unit_kind="tieu_hoc",
    cooperate=("Phòng Tài chính - Kế hoạch", "Thư viện huyện"),
    report_to="UBND huyện",
    report_via="Phòng Giáo dục và Đào tạo",
    in_charge="Phó Chủ tịch Lê Thị Mai",
    role="lead",
    state=State.IN_PROGRESS,
    demand=None,
    deadline=date(2024, 6, 28),
    granted_deadline=None,
    deadline_rule="before",
    percent=70,
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

UNITS = (
    (1, "TH01", "Trường Tiểu học Hoa Sen"),
    (2, "MN01", "Trường Mầm non Hướng Dương"),
    (3, "BT01", "Trường Phổ thông dân tộc bán trú Tiểu học và Trung học cơ sở số 2 Sơn Trà"),
    (4, "XA01", "UBND xã Sơn Trà"),
)

Make = Callable[..., Row]


@pytest.fixture
def office() -> OfficeName:
    return OfficeName("Văn phòng HĐND và UBND huyện Sơn Trà", "UBND huyện Sơn Trà", "Sơn Trà")


@pytest.fixture
def as_of() -> datetime:
    return datetime(2024, 7, 30, 7, 15, tzinfo=ZONE)


@pytest.fixture
def calendar() -> WorkCalendar:
    return WorkCalendar()


@pytest.fixture
def make() -> Make:
    """One assignment that differs from the plan's in what is named; ``unit`` chooses one of the four units."""

    def build(unit: int = 1, **changes: object) -> Row:
        unit_id, code, name = UNITS[unit - 1]
        return replace(PLAN, unit_id=unit_id, unit_code=code, unit_name=name, unit_short=name, **changes)  # type: ignore[arg-type]

    return build


@pytest.fixture
def rows(make: Make) -> list[Row]:
    """Twenty-one rows with at least one in every category, a cooperating unit and a withdrawn assignment."""
    direct = {
        "task_code": "NV-002",
        "directive": None,
        "directive_number": None,
        "issued_on": None,
        "section": None,
        "content": "báo cáo tình hình dạy bơi",
        "report_via": None,
        "deadline_rule": "on",
    }
    undated = {"task_code": "NV-003", "deadline": None, "deadline_rule": None, "content": "xây dựng quy chế thư viện"}
    sent = datetime(2024, 6, 26, 15, 20, tzinfo=ZONE)
    done = {"state": State.DONE, "submitted_at": sent, "evidence": "45/BC-TH ngày 26/6/2024"}
    coming = date(2024, 8, 16)
    listed = [
        make(1, **done, result=Result.EARLY),
        make(2, **done, result=Result.ON_TIME),
        make(3, **done, result=Result.LATE, late_days=4),
        make(4),
        make(1, **direct, deadline=date(2024, 7, 26)),
        make(2, **direct, deadline=coming, state=State.NEW),
        make(3, **direct, deadline=coming, granted_deadline=date(2024, 8, 23), extensions=1),
        make(4, **direct, deadline=coming, state=State.PAUSED),
        make(1, **undated, state=State.RECEIVED),
        make(2, **{**undated, **done}, result=Result.NO_DEADLINE),
        make(3, **undated, state=State.PAUSED),
        make(4, **undated, role="cooperate"),
        make(1, task_code="NV-004", state=State.AWAITING_CONFIRMATION, submitted_at=sent),
        make(2, task_code="NV-004", state=State.AWAITING_ISSUE, submitted_at=sent),
        make(3, task_code="NV-004", state=State.RETURNED, demand=Demand.SUPPLEMENT, supplement_by=date(2024, 7, 31)),
        make(4, task_code="NV-004", state=State.DECLINED),
        make(1, task_code="NV-005", obstacle="thiếu nhân viên thư viện", promised_on=date(2024, 7, 24)),
        make(2, task_code="NV-005", obstacle="Thiếu nhân viên  thư viện", extension_pending=True),
        make(3, task_code="NV-005", state=State.RETURNED, demand=Demand.REDO),
        make(4, task_code="NV-005", state=State.WITHDRAWN),
        make(1, task_code="NV-006", deadline=date(2024, 8, 1), promised_on=date(2024, 7, 31)),
    ]
    return [replace(row, assignment_id=number) for number, row in enumerate(listed, 1)]
