"""The words of papers."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from dondoc.reports.wording import (
    CATEGORY_CODES,
    CATEGORY_WORDS,
    deadline_words,
    directive_words,
    marked_status,
    moment_words,
    printable,
    receiver_words,
    remarks,
    task_words,
)
from dondoc.rules.deadlines import BEFORE, ON, Deadline
from dondoc.rules.progress import Category, time_status
from dondoc.rules.states import Demand, Result, State
from dondoc.vietnamese.calendar import WorkCalendar

TODAY = date(2024, 7, 3)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "🔴 quá hạn 05 ngày – đang thực hiện"),
        ({"deadline": date(2024, 8, 30), "state": State.NEW}, "🟢 trong hạn – mới giao"),
        ({"deadline": date(2024, 7, 8)}, "🟡 sắp đến hạn (còn 02 ngày làm việc) – đang thực hiện"),
        ({"deadline": date(2024, 7, 4)}, "🟡 đến hạn hôm nay – đang thực hiện"),
        ({"deadline": date(2024, 7, 3)}, "🟡 đến hạn – đang thực hiện"),
        ({"deadline": None, "state": State.RECEIVED}, "⚪ không thời hạn – đã tiếp nhận"),
        ({"state": State.DECLINED}, "🔴 quá hạn 05 ngày – đề nghị giao lại"),
        ({"state": State.PAUSED}, "tạm dừng theo chỉ đạo"),
        ({"state": State.WITHDRAWN}, "rút nhiệm vụ"),
        (
            {"state": State.AWAITING_CONFIRMATION, "submitted_at": datetime(2024, 7, 1, 9, 0)},  # noqa: DTZ001
            "🔵 chờ xác nhận (nộp 01/7/2024), đã chờ 02 ngày làm việc",
        ),
        ({"state": State.AWAITING_ISSUE}, "🔵 đã trình, chờ ký ban hành"),
        (
            {"state": State.RETURNED, "demand": Demand.SUPPLEMENT, "supplement_by": date(2024, 7, 15)},
            "🟢 trong hạn – yêu cầu bổ sung (chậm nhất 15/7/2024)",
        ),
        ({"state": State.RETURNED, "demand": Demand.REDO}, "🔴 quá hạn 05 ngày – không đạt, thực hiện lại"),
        ({"state": State.DONE, "result": Result.EARLY}, "✅ hoàn thành, đúng hạn (trước hạn)"),
        ({"state": State.DONE, "result": Result.ON_TIME}, "✅ hoàn thành, đúng hạn"),
        ({"state": State.DONE, "result": Result.LATE, "late_days": 4}, "✅ hoàn thành, quá hạn 04 ngày"),
        ({"state": State.DONE, "result": Result.NO_DEADLINE}, "✅ hoàn thành, không thời hạn"),
    ],
)
def test_status_in_words_with_its_mark(make, changes: dict[str, object], words: str) -> None:
    row = make(**changes)
    assert marked_status(row, time_status(row, TODAY, WorkCalendar())) == words


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        (None, "không thời hạn"),
        (Deadline(date(2024, 6, 28), BEFORE), "trước ngày 28/6/2024"),
        (Deadline(date(2024, 2, 5), ON), "05/02/2024"),
        (Deadline(date(2024, 6, 21), ON, time(16, 0)), "16 giờ ngày 21/6/2024"),
        (Deadline(date(2024, 6, 21), BEFORE, time(16, 30)), "trước 16 giờ 30 ngày 21/6/2024"),
    ],
)
def test_deadlines_in_words(deadline: Deadline | None, words: str) -> None:
    assert deadline_words(deadline) == words


def test_remarks_tell_extension_promise_obstacle_and_note(make) -> None:
    row = make(
        granted_deadline=date(2024, 7, 17),
        extensions=2,
        extension_pending=True,
        promised_on=date(2024, 7, 2),
        obstacle="mất điện",
        note="theo dõi riêng",
    )
    assert remarks(row, TODAY) == [
        "đã gia hạn lần 2 (thời hạn ban đầu: trước ngày 28/6/2024)",
        "đang đề nghị gia hạn",
        "quá ngày hẹn 02/7/2024",
        "vướng mắc: mất điện",
        "theo dõi riêng",
    ]
    assert "hẹn nộp ngày 02/7/2024" in remarks(row, date(2024, 7, 2))


def test_what_is_done_has_no_open_remarks(make) -> None:
    row = make(state=State.DONE, extension_pending=True, promised_on=TODAY, obstacle="mất điện", note="gửi bản giấy")
    assert remarks(row, TODAY) == ["gửi bản giấy"]


def test_names_of_task_source_and_receiver(make) -> None:
    row = make()
    assert task_words(row).startswith("NV-001 – rà soát tủ sách")
    assert task_words(row).endswith("(mục II.2)")
    assert directive_words(row) == "Kế hoạch số 12/KH-UBND ngày 05/02/2024"
    assert directive_words(make(directive=None, directive_number=None)) == "Giao trực tiếp"
    assert receiver_words(row) == "UBND huyện (qua Phòng Giáo dục và Đào tạo)"
    assert receiver_words(make(report_to=None)) == "qua Phòng Giáo dục và Đào tạo"
    assert receiver_words(make(report_via=None)) == "UBND huyện"
    assert receiver_words(make(report_to=None, report_via=None)) == ""


def test_an_instant_in_words() -> None:
    assert moment_words(datetime(2024, 2, 5, 7, 15)) == "07 giờ 15 ngày 05/02/2024"  # noqa: DTZ001


def test_every_category_has_its_own_mark_and_words() -> None:
    assert len(set(CATEGORY_CODES.values())) == len(set(CATEGORY_WORDS.values())) == len(Category)


def test_what_files_cannot_hold_is_left_out() -> None:
    assert printable("a\x00b\x0bc\ud800d\ufffee\nf\tg") == "abcde\nf\tg"
    assert printable("Tiê\u0301n đô\u0323") == "Tiến độ"
