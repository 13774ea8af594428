"""Percentages, fractions and days among each other's look-alikes."""

from __future__ import annotations

from datetime import date

import pytest

from dondoc.vietnamese.percent import find_percent
from dondoc.vietnamese.reading import read
from dondoc.vietnamese.reply_dates import find_dates
from tests.vietnamese.labelled import NOW


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("đang làm 70%", 70),
        ("tầm 95 phần trăm", 95),
        ("70-80% rồi", 70),
        ("xong 2/3 rồi", 67),
        ("đã có 8/10 lớp nộp", 80),
        ("nhập dc 18/24 lop", 75),
        ("được nửa rồi", 50),
        ("hai phần ba", 67),
        ("làm được 1 phần 3", 33),
        ("được 7 phần rồi", 70),
        ("còn 20% nữa", 80),
        ("đạt 35% kế hoạch", 35),
        ("75", 75),
        ("tỷ lệ huy động đạt 98,6%", None),
        ("xong 100% phần số liệu", None),
        ("gần 100%", None),
        ("27/6 em nộp", None),
        ("mùng 2/7", None),
        ("đến 3/7", None),
        ("250%", None),
        ("30 phút nữa", None),
        ("chút nữa", None),
    ],
)
def test_how_far(text: str, percent: int | None) -> None:
    assert find_percent(read(text).line).value == percent


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("3/4 rồi, 27/6 nộp", [date(2024, 6, 27)]),
        ("mùng 5", [date(2024, 7, 5)]),
        ("ngày 2 tháng 7", [date(2024, 7, 2)]),
        ("28 em nộp", [date(2024, 6, 28)]),
        ("thứ hai tuần sau", [date(2024, 7, 1)]),
        ("chủ nhật", [date(2024, 6, 30)]),
        ("giữa tháng 7", [date(2024, 7, 15)]),
        ("đầu tháng", [date(2024, 7, 1)]),
        ("cuối năm", [date(2024, 12, 31)]),
        ("quý I/2027 đến quý I/2027", [date(2027, 3, 31)]),
        ("ngày kia", [date(2024, 6, 27)]),
        ("mốt", [date(2024, 6, 27)]),
        ("cô Mai nộp", []),
        ("lần thứ 2", []),
        ("ngày 31/2", []),
        ("99/99", []),
    ],
)
def test_days(text: str, days: list[date]) -> None:
    line = read(text).line
    found = find_dates(line, NOW, find_percent(line).spans)
    assert [phrase.day for phrase in found if phrase.day] == days


@pytest.mark.parametrize("text", ["hôm qua", "từ thứ 2", "hôm thứ 6 rồi", "ngày 24/6", "số 45 ngày 21/6", "năm ngoái"])
def test_days_gone(text: str) -> None:
    line = read(text).line
    assert [phrase.past for phrase in find_dates(line, NOW)] == [True]
