"""What staff answer when the number or the day of a document could not be read."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from dondoc.directives.reference import Reference, read_reference

TODAY = date(2024, 6, 19)


@pytest.mark.parametrize(
    ("asked", "text", "wanted"),
    [
        ("number", "số 203/TB-UBND", Reference("203/TB-UBND")),
        ("number", "203/tb-ubnd ngày 18/6/2024", Reference("203/TB-UBND", date(2024, 6, 18))),
        ("number", "64-TB/HU", Reference("64-TB/HU")),
        ("number", "203", Reference("203")),
        ("number", "TB 203 ạ", Reference("203")),
        ("day", "203/TB-UBND", Reference("203/TB-UBND")),
        ("day", "18/6", Reference(issued_on=date(2024, 6, 18))),
        ("day", "ngày 18 tháng 6", Reference(issued_on=date(2024, 6, 18))),
        ("day", "18-6-24", Reference(issued_on=date(2024, 6, 18))),
        ("day", "31/12", Reference(issued_on=date(2023, 12, 31))),
        ("number", "không số", Reference(no_number=True)),
        ("number", "chưa có số, ngày 18/6", Reference(None, date(2024, 6, 18), no_number=True)),
        ("number", "không", Reference(no_number=True)),
        ("day", "không", Reference(no_day=True)),
        ("day", "không ghi ngày", Reference(no_day=True)),
    ],
)
def test_answers(asked: str, text: str, wanted: Reference) -> None:
    assert read_reference(text, TODAY, asked=asked) == wanted
    assert read_reference(unicodedata.normalize("NFD", text), TODAY, asked=asked) == wanted


@pytest.mark.parametrize(
    "text",
    ["hạn 30/6", "giao thêm Phòng TC-KH", "bỏ", "gộp với 3", "bỏ 2", "30/2", "tiến độ NV-012", "hạn 203/TB-UBND", ""],
)
@pytest.mark.parametrize("asked", ["number", "day"])
def test_what_answers_something_else(asked: str, text: str) -> None:
    assert read_reference(text, TODAY, asked=asked).is_empty
