"""What a document says about another one: that it amends or replaces it, and which deadlines it moves."""

from __future__ import annotations

from datetime import date

import pytest

from dondoc.directives.amending import Amended, find_amended, find_moves
from dondoc.directives.reading import SourceText

ISSUED = date(2024, 6, 21)


def source(text: str) -> SourceText:
    return SourceText(text, (text,), "text/plain")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Về việc điều chỉnh, bổ sung một số nội dung tại Thông báo số 64/TB-UBND ngày 17/6/2024",
            Amended("amends", "64/TB-UBND", date(2024, 6, 17)),
        ),
        (
            "Thông báo này thay thế Thông báo số 64/TB-UBND ngày 17 tháng 6 năm 2024",
            Amended("replaces", "64/TB-UBND", date(2024, 6, 17)),
        ),
        ("thay thế nội dung tại mục 2 Công văn số 9/UBND-VX", Amended("amends", "9/UBND-VX", None)),
        ("Đính chính Công văn số 12/UBND-VX: thời hạn báo cáo", Amended("amends", "12/UBND-VX", None)),
        ("Gia hạn báo cáo tại mục II.2 Kế hoạch số 15/KH-UBND ngày 02/5/2024 đến 30/7/2024",
         Amended("amends", "15/KH-UBND", date(2024, 5, 2))),
        ("Căn cứ Nghị định sửa đổi, bổ sung Quyết định số 3/QĐ-UBND", None),
        ("Thực hiện Thông báo số 64/TB-UBND ngày 17/6/2024", None),
        ("Rà soát, điều chỉnh chỉ tiêu tuyển sinh. Thông báo số 64/TB-UBND vẫn có hiệu lực", None),
    ],
)  # fmt: skip
def test_the_document_that_is_amended(text: str, wanted: Amended | None) -> None:
    assert find_amended(source(f"UBND HUYỆN\n\n{text}\n")) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "1. Điều chỉnh thời hạn báo cáo chỉ tiêu tuyển sinh tại mục 1 Thông báo số 64/TB-UBND ngày 17/6/2024 từ trước "
            "ngày 28/6/2024 thành trước ngày 05/7/2024.",
            (date(2024, 7, 5), "before", date(2024, 6, 28), ("1",)),
        ),
        (
            "Gia hạn thời gian báo cáo tại mục II.2 Kế hoạch số 15/KH-UBND ngày 02/5/2024 đến hết ngày 30/7/2024.",
            (date(2024, 7, 30), "on", None, ("ii.2",)),
        ),
        ("Lùi thời hạn nộp báo cáo từ ngày 28/6 sang ngày 5/7.", (date(2024, 7, 5), "on", date(2024, 6, 28), ())),
        ("Đính chính thời hạn gửi báo cáo là ngày 15/7/2024 (không phải 15/6).", (date(2024, 7, 15), "on", None, ())),
    ],
)
def test_a_deadline_that_is_moved(text: str, wanted: tuple[date, str, date | None, tuple[str, ...]]) -> None:
    [move] = find_moves(source(f"UBND HUYỆN\n\n{text}\nHết.\n"), ISSUED)
    assert (move.deadline, move.rule, move.from_day, move.sections) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Báo cáo kết quả trước ngày 28/6/2024.",
        "Điều chỉnh chỉ tiêu tuyển sinh từ 120 lên 150 học sinh.",
        "Điều chỉnh quy hoạch sử dụng đất đến năm 2030.",
        "Đề nghị gia hạn thời gian thực hiện nếu cần.",
    ],
)
def test_what_moves_no_deadline(text: str) -> None:
    assert find_moves(source(text), ISSUED) == []
