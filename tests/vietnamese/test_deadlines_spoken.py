"""Day words of one-line orders, said on Wednesday 19 June 2024."""

from __future__ import annotations

from datetime import date, time

import pytest

from dondoc.vietnamese.deadlines import DeadlinePhrase, find_deadlines

TODAY = date(2024, 6, 19)


def said(text: str) -> list[DeadlinePhrase]:
    return find_deadlines(text, TODAY, colloquial=True)


@pytest.mark.parametrize(
    ("text", "words", "day", "clock", "rule"),
    [
        ("nộp mai", "mai", date(2024, 6, 20), None, "on"),
        ("gửi sáng mai nhé", "sáng mai", date(2024, 6, 20), time(11, 30), "on"),
        ("ngày kia gửi", "ngày kia", date(2024, 6, 21), None, "on"),
        ("gửi trong chiều nay", "trong chiều nay", TODAY, time(17), "on"),
        ("báo cáo trước 16h hôm nay", "trước 16h hôm nay", TODAY, time(16), "on"),
        ("chậm nhất 15h30 thứ 6 tuần này", "chậm nhất 15h30 thứ 6 tuần này", date(2024, 6, 21), time(15, 30), "on"),
        ("trước thứ 6", "trước thứ 6", date(2024, 6, 21), None, "before"),
        ("thứ 4 nộp", "thứ 4", date(2024, 6, 26), None, "on"),
        ("t5 nộp", "t5", date(2024, 6, 20), None, "on"),
        ("hạn chủ nhật", "hạn chủ nhật", date(2024, 6, 23), None, "on"),
        ("thứ 2 tuần sau gửi", "thứ 2 tuần sau", date(2024, 6, 24), None, "on"),
        ("đầu tuần sau gửi", "đầu tuần sau", date(2024, 6, 24), None, "on"),
        ("cuối tuần gửi", "cuối tuần", date(2024, 6, 21), None, "on"),
        ("cuối tháng gửi", "cuối tháng", date(2024, 6, 30), None, "on"),
        ("hạn 25/6 file excel", "hạn 25/6", date(2024, 6, 25), None, "on"),
        ("gửi danh sách 25/6", "25/6", date(2024, 6, 25), None, "on"),
        ("nộp trước 28/6", "trước 28/6", date(2024, 6, 28), None, "before"),
        ("nộp trước 28/6/24", "trước 28/6/24", date(2024, 6, 28), None, "before"),
        ("xong trong ngày", "trong ngày", TODAY, None, "on"),
        ("chieu nay nop", "chieu nay", TODAY, time(17), "on"),
    ],
)
def test_day_words(text: str, words: str, day: date, clock: time | None, rule: str) -> None:
    (phrase,) = said(text)
    assert (phrase.text, phrase.day, phrase.time, phrase.rule) == (words, day, clock, rule)


@pytest.mark.parametrize("text", ["bổ sung gấp trong chiều nay", "bo sung gap trong chieu nay", "nộp trong hôm nay"])
def test_what_is_due_today_is_urgent(text: str) -> None:
    assert said(text)[0].urgent


def test_a_bare_word_of_haste_is_urgent_without_a_day() -> None:
    (phrase,) = said("làm gấp danh sách")
    assert (phrase.urgent, phrase.day) == (True, None)


@pytest.mark.parametrize(
    "text",
    [
        "mời các đồng chí hiệu trưởng họp 7h30 thứ 2 tuần sau",
        "làm theo thứ tự ưu tiên",
        "giao cô Mai làm",
        "từ trước tới nay chưa làm",
        "theo chỉ đạo tại giao ban sáng nay",
        "theo Công văn số 31/UBND ngày 12/6/2024",
    ],
)
def test_what_only_sounds_like_a_day(text: str) -> None:
    assert said(text) == []


def test_documents_do_not_know_day_words() -> None:
    assert find_deadlines("mai báo cáo, thứ 6 nộp", TODAY) == []
