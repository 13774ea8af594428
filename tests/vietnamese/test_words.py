"""Dates, hours, counts and citations as official papers write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.vietnamese.words import capital, cite, count, format_date, format_day, format_hour, weekday


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2024, 6, 28), "28/6/2024"),
        (date(2024, 5, 8), "08/5/2024"),
        (date(2024, 2, 5), "05/02/2024"),
        (date(2024, 1, 31), "31/01/2024"),
        (date(2024, 12, 9), "09/12/2024"),
        (date(2024, 10, 10), "10/10/2024"),
    ],
)
def test_dates(day: date, text: str) -> None:
    assert format_date(day) == text


@given(st.dates(date(1000, 1, 1)))
def test_a_date_can_be_read_back(day: date) -> None:
    written, month, year = format_date(day).split("/")
    assert date(int(year), int(month), int(written)) == day
    assert len(written) == 2
    assert month.startswith("0") == (day.month <= 2)


def test_days_of_the_week() -> None:
    assert [weekday(date(2024, 6, day)) for day in range(24, 31)] == [
        "thứ Hai",
        "thứ Ba",
        "thứ Tư",
        "thứ Năm",
        "thứ Sáu",
        "thứ Bảy",
        "Chủ nhật",
    ]
    assert format_day(date(2024, 6, 27)) == "thứ Năm, 27/6/2024"


@pytest.mark.parametrize(
    ("hour", "minute", "text"), [(7, 15, "07 giờ 15"), (16, 0, "16 giờ"), (0, 5, "00 giờ 05"), (8, 30, "08 giờ 30")]
)
def test_hours(hour: int, minute: int, text: str) -> None:
    assert format_hour(datetime(2024, 6, 19, hour, minute, tzinfo=UTC)) == text


@pytest.mark.parametrize(("number", "text"), [(0, "00"), (3, "03"), (37, "37"), (148, "148")])
def test_counts_have_two_digits_at_least(number: int, text: str) -> None:
    assert count(number) == text


@pytest.mark.parametrize(
    ("text", "written"), [("đơn vị", "Đơn vị"), ("ủy ban", "Ủy ban"), ("", ""), ("UBND", "UBND"), ("1 tệp", "1 tệp")]
)
def test_only_the_first_letter_becomes_a_capital(text: str, written: str) -> None:
    assert capital(text) == written


@pytest.mark.parametrize(
    ("kind", "number", "issued_on", "text"),
    [
        ("Thông báo", "88/TB-UBND", date(2024, 6, 10), "Thông báo số 88/TB-UBND ngày 10/6/2024"),
        ("Kế hoạch", None, date(2024, 6, 10), "Kế hoạch ngày 10/6/2024"),
        ("Công văn", "12/UBND-VX", None, "Công văn số 12/UBND-VX"),
        (None, "5/BC", None, "Văn bản số 5/BC"),
        (None, None, None, "Văn bản"),
    ],
)
def test_documents_are_cited_by_what_is_known(
    kind: str | None, number: str | None, issued_on: date | None, text: str
) -> None:
    assert cite(kind, number, issued_on) == text
