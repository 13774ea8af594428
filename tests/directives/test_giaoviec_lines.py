"""Lines as different staff type them, with what a careful clerk makes of each; and what holds for any line.

``lines/first.jsonl`` was looked at while the rules were written, ``lines/held.jsonl`` only afterwards.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dondoc.directives.line import WARNINGS, LineDraft
from dondoc.vietnamese.text import fold
from tests.directives.line_office import LINES, NOW, REGISTRY, read, understood


def _lines() -> Iterator[Any]:
    for file in sorted(LINES.glob("*.jsonl")):
        for number, row in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            yield pytest.param(json.loads(row), id=f"{file.stem}-{number}")


@pytest.mark.parametrize("row", list(_lines()))
def test_a_line_of_staff(row: dict[str, Any]) -> None:
    expected = {key: value for key, value in row.items() if key != "text"}
    assert understood(read(row["text"])) == expected


_UNITS = [
    "TH Thanh Sơn",
    "th thanh hai",
    "PGD",
    "MN Hoa Sen",
    "các xã, thị trấn",
    "các trường mầm non",
    "TC-KH",
    "Thanh Hải",
]
_DAYS = ["trước 20/10", "hạn 25/10", "chậm nhất 16h ngày 11/10", "trc 15/10", "trước ngày mười lăm tháng mười"]
_WORDS = [
    "báo cáo", "rà soát", "nộp", "gửi", "về", "qua", "chủ trì", "phối hợp", "mời", "họp", "gấp", "hỏa tốc", "nhé", ",", ":",
    ";", "(", ")", "1)", "và", "với", "trừ", "theo chỉ đạo", "kể cả báo cáo không", "file excel", "hằng tháng", "quý III",
    "chi bộ", "Huyện ủy", "|", "😀", "30/4", "5 tháng sau", "4h chiều", "mười", "@all", "danh sách hs", "trình ký",
    "Kim Đồng", "\n",
]  # fmt: skip


def _joined(pieces: list[str], words: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from([*pieces, *words]), max_size=14).map(" ".join)


def _asked(draft: LineDraft) -> bool:
    return not (
        draft.lead or draft.cooperate or draft.candidates or draft.doubtful or draft.report_to or draft.report_via
    )


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), _joined([*_UNITS, *_DAYS], _WORDS)))
def test_any_words_give_a_draft(text: str) -> None:
    """Whatever is typed: a draft, no unit in two parts, and what is missing is said."""
    draft = read(text)
    assert not set(draft.lead) & set(draft.cooperate)
    assert ("units" in draft.missing) == (not draft.lead)
    assert ("content" in draft.missing) == (not draft.content)
    assert (draft.deadline is None) == (draft.deadline_rule is None)
    assert draft.kind == "meeting" or ("deadline" in draft.missing) == (draft.deadline is None)
    assert {warning.partition(":")[0] for warning in draft.warnings} <= set(WARNINGS)
    assert draft.quote == read(draft.quote).quote


@settings(max_examples=200, deadline=None)
@given(_joined(_DAYS, [word for word in _WORDS if word not in {"chi bộ", "Huyện ủy"}]))
@example("5 tháng sau " * 8)  # a pattern once tried every way to part hidden days
def test_no_unit_that_the_words_do_not_name(text: str) -> None:
    assert _asked(read(text)), text


_UNDATED = [
    word for word in _WORDS if not any(letter.isdigit() for letter in word) and word not in {"mười", "hằng tháng"}
]


@settings(max_examples=200, deadline=None)
@given(_joined(_UNITS, _UNDATED))
def test_no_day_that_the_words_do_not_give(text: str) -> None:
    draft = read(text)
    assert (draft.deadline, draft.time, draft.event_at, draft.deadlines) == (None, None, None, ()), text


@settings(max_examples=150, deadline=None)
@given(
    unit=st.sampled_from(
        [("TH Thanh Sơn", "TH01"), ("phòng nội vụ", "NOIVU"), ("xa lam binh", "XA03"), ("MN Hoa Sen", "MN01")]
    ),
    work=st.sampled_from(["rà soát bếp ăn", "sửa mái hiên", "nộp dự toán", "báo cáo sĩ số", "dọn vệ sinh sân trường"]),
    ahead=st.integers(1, 250),
    rule=st.sampled_from(
        [("trước ngày", "before"), ("trước", "before"), ("chậm nhất", "on"), ("hạn", "on"), ("xong trước", "before")]
    ),
    order=st.permutations([0, 1, 2]),
)
def test_unit_work_and_day_in_any_order(
    unit: tuple[str, str], work: str, ahead: int, rule: tuple[str, str], order: list[int]
) -> None:
    """A generated line with a known answer, its parts in any order."""
    day = (NOW + timedelta(days=ahead)).date()
    parts = [f"giao {unit[0]}" if order[0] != 0 else unit[0], work, f"{rule[0]} {day.day}/{day.month}/{day.year}"]
    draft = read(", ".join(parts[place] for place in order))
    assert [one.code for one in draft.lead] == [unit[1]]
    assert (draft.deadline, draft.deadline_rule) == (day, rule[1])
    assert fold(draft.content) in fold(work)
    assert draft.missing == ()


def test_a_line_takes_a_moment_and_a_long_one_in_proportion() -> None:
    """Ten times the words take about ten times as long; by the time of this process, the best of several tries."""
    short = "các trường mầm non rà soát tủ thuốc y tế, báo cáo về PGD chậm nhất 16h thứ 6 tuần này; "
    assert _seconds(short * 40) < 25 * _seconds(short * 4)


def _seconds(text: str) -> float:
    taken = []
    for _ in range(3):
        begin = time.process_time()
        read(text)
        taken.append(time.process_time() - begin)
    return min(taken)


def test_units_of_the_registry_are_understood_by_code_and_name() -> None:
    for unit in REGISTRY.units:
        if unit.kind not in {"own_committee", "office"}:
            assert read(f"{unit.name}: nộp sổ theo dõi trước 20/10").lead == (unit,), unit.name
