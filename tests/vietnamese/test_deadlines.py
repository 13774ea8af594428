"""Deadline phrases of documents, family by family, with examples of our own."""

from __future__ import annotations

from datetime import date, time

import pytest

from dondoc.vietnamese.deadlines import DeadlinePhrase, find_deadlines

ISSUED = date(2024, 3, 4)


def only(text: str, reference: date = ISSUED) -> DeadlinePhrase:
    found = find_deadlines(text, reference)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "words", "day", "rule"),
    [
        ("Hoàn thành trước ngày 15/4/2024.", "trước ngày 15/4/2024", date(2024, 4, 15), "before"),
        ("nộp hồ sơ trước ngày 05 tháng 4 năm 2024", "trước ngày 05 tháng 4 năm 2024", date(2024, 4, 5), "before"),
        ("tổng kết xong trước 9 tháng 6 năm 2024", "trước 9 tháng 6 năm 2024", date(2024, 6, 9), "before"),
        ("gửi bản cứng trước 20/4/2024", "trước 20/4/2024", date(2024, 4, 20), "before"),
        ("chậm nhất là ngày 01/4/2024", "chậm nhất là ngày 01/4/2024", date(2024, 4, 1), "on"),
        ("gửi chậm nhất trước ngày 12/4/2024", "chậm nhất trước ngày 12/4/2024", date(2024, 4, 12), "on"),
        ("nộp không muộn hơn ngày 8/5/2024", "không muộn hơn ngày 8/5/2024", date(2024, 5, 8), "on"),
        ("nộp về Phòng đến hết ngày 30/4/2024", "đến hết ngày 30/4/2024", date(2024, 4, 30), "on"),
        ("danh sách gửi Sở, hạn chót 18/3/2024", "hạn chót 18/3/2024", date(2024, 3, 18), "on"),
        ("Thời hạn gửi báo cáo: 22/3/2024", "Thời hạn gửi báo cáo: 22/3/2024", date(2024, 3, 22), "on"),
        ("thời gian hoàn thành trong tháng 9/2024", "thời gian hoàn thành trong tháng 9/2024", date(2024, 9, 30), "on"),
        ("hoàn thành trong quý III/2024", "hoàn thành trong quý III/2024", date(2024, 9, 30), "on"),
        ("hoàn thành trong quý I1/2024", "hoàn thành trong quý I1/2024", date(2024, 6, 30), "on"),
        ("việc phải làm ngay trong tháng 5/2024", "ngay trong tháng 5/2024", date(2024, 5, 31), "on"),
        ("| In tài liệu | Văn phòng | Trước ngày 24/8 |", "Trước ngày 24/8", date(2024, 8, 24), "before"),
        ("gửi trước ngày 02/01", "trước ngày 02/01", date(2025, 1, 2), "before"),
        ("chậm nhất là ngày 10 tháng 02 năm sau", "chậm nhất là ngày 10 tháng 02 năm sau", date(2025, 2, 10), "on"),
        (
            "Thời gian nhận hồ sơ: từ ngày 1/4/2024 đến 15/4/2024",
            "từ ngày 1/4/2024 đến 15/4/2024",
            date(2024, 4, 15),
            "on",
        ),
        ("Hoàn thành trước tháng 10/2024", "Hoàn thành trước tháng 10/2024", date(2024, 9, 30), "on"),
    ],
)
def test_a_day_with_its_words_and_its_rule(text: str, words: str, day: date, rule: str) -> None:
    phrase = only(text)
    assert (phrase.text, phrase.day, phrase.rule) == (words, day, rule)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("hoàn thành trước ngày 03/1 1/2024", date(2024, 11, 3)),
        ("hoàn thành trước ngày 08/ 12 /2024", date(2024, 12, 8)),
        ("hoàn thành trước ngày13/8/2024", date(2024, 8, 13)),
        ("hoàn thành trước\nngày 13/8/2024", date(2024, 8, 13)),
        ("hoàn thành **trước ngày 13/8/2024**", date(2024, 8, 13)),
        ("hoan thanh truoc ngay 13/8/2024", date(2024, 8, 13)),
    ],
)
def test_what_a_scan_or_a_hurried_hand_tore_apart_is_still_a_day(text: str, day: date) -> None:
    assert only(text).day == day


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("báo cáo trước 16h30 ngày 20/3/2024", time(16, 30)),
        ("báo cáo trước 16h ngày 20/3/2024", time(16, 0)),
        ("báo cáo chậm nhất 17 giờ 15 ngày 20/3/2024", time(17, 15)),
        ("báo cáo trước 10:45 ngày 20/3/2024", time(10, 45)),
        ("hạn cuối 20/3/2024, 11h00", time(11, 0)),
    ],
)
def test_an_hour_makes_the_day_inclusive(text: str, clock: time) -> None:
    phrase = only(text)
    assert (phrase.day, phrase.time, phrase.rule) == (date(2024, 3, 20), clock, "on")


def test_the_same_day_is_that_of_the_deadline_before_it() -> None:
    first, second = find_deadlines("xong trước 9 giờ ngày 20/3/2024; báo cáo trước 11h30 cùng ngày", ISSUED)
    assert (first.time, second.time) == (time(9), time(11, 30))
    assert first.day == second.day == date(2024, 3, 20)


@pytest.mark.parametrize(
    ("text", "recurrence", "rule"),
    [
        ("Trước ngày 20 hằng tháng", ("monthly",), "FREQ=MONTHLY;BYMONTHDAY=20"),
        ("chậm nhất là ngày 25 hàng tháng", ("monthly",), "FREQ=MONTHLY;BYMONTHDAY=25"),
        ("chậm nhất ngày 05 của tháng tiếp theo", ("monthly",), "FREQ=MONTHLY;BYMONTHDAY=5"),
        ("từ ngày 1 đến ngày 5 hằng tháng", ("monthly",), "FREQ=MONTHLY;BYMONTHDAY=5"),
        ("trước ngày 15 của tháng cuối quý", ("quarterly",), "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15"),
        ("trước ngày 05 của tháng đầu quý sau", ("quarterly",), "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=5"),
        ("trước ngày 20 tháng 11 hằng năm", ("yearly",), "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=20"),
        ("báo cáo trước 15h00 thứ năm hàng tuần", ("weekly",), "FREQ=WEEKLY;BYDAY=TH"),
        ("báo cáo trước tháng 10 hằng năm", ("yearly",), "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=-1"),
        ("hàng tuần báo cáo Lãnh đạo", ("weekly",), None),
        ("gửi báo cáo hàng. tuần", ("weekly",), None),
        ("tham mưu báo cáo tuần, tháng, quý, năm", ("weekly", "monthly", "quarterly", "yearly"), None),
    ],
)
def test_what_comes_again_has_a_rule_where_a_day_is_fixed(
    text: str, recurrence: tuple[str, ...], rule: str | None
) -> None:
    phrase = only(text)
    assert (phrase.recurrence, phrase.recurrence_rule) == (recurrence, rule)
    assert phrase.day is None


def test_two_yearly_days_in_one_sentence() -> None:
    found = find_deadlines("Trước ngày 28/02 hằng năm và trước 15/8 hằng năm", ISSUED)
    assert [phrase.recurrence_rule for phrase in found] == [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28",
        "FREQ=YEARLY;BYMONTH=8;BYMONTHDAY=15",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "trong thời hạn 05 ngày làm việc kể từ ngày nhận được văn bản",
        "trong vòng 10 (mười) ngày kể từ khi có quyết định",
        "chậm nhất 03 ngày trước ngày khai mạc",
        "trong thời hạn 07 ngày",
        "chậm nhất 14 giờ ngày làm việc tiếp theo",
    ],
)
def test_days_counted_from_an_event_are_not_computed(text: str) -> None:
    phrase = only(text)
    assert (phrase.day, phrase.relative) == (None, text)


@pytest.mark.parametrize(
    ("text", "soft"),
    [
        ("tổ chức tập huấn vào dịp hè năm 2024", "vào dịp hè năm 2024"),
        ("hoàn thành trước khai giảng", "trước khai giảng"),
        ("báo cáo trong thời gian sớm nhất", "trong thời gian sớm nhất"),
        ("ngay sau khi có kết quả thi", "ngay sau khi có kết quả thi"),
        ("gửi kết quả trong tuần đầu tháng 9", "trong tuần đầu tháng 9"),
    ],
)
def test_a_season_leaves_the_choice_to_staff(text: str, soft: str) -> None:
    phrase = only(text)
    assert (phrase.day, phrase.soft) == (None, soft)


@pytest.mark.parametrize(
    "text",
    [
        "Căn cứ Kế hoạch số 21/KH-UBND ngày 08/01/2024 của UBND huyện",
        "Nghị định số 61/2018/NĐ-CP, ngày 23/4/2018",
        "Ngày 01/3/2024, tại Hội trường, đồng chí Chủ tịch chủ trì hội nghị",
        "Thời gian tổ chức Hội thi: ngày 20/4/2024",
        "Văn bản có hiệu lực đến hết ngày 31/12/2024",
        "hồ sơ tiếp nhận trước ngày 01/7/2024 thì tiếp tục thực hiện theo quy định cũ",
        "số liệu tính từ ngày 15/12/2023 đến ngày 14/3/2024",
        "Thời gian báo cáo kể từ ngày 01/01/2024 đến hết ngày 31/3/2024",
        "cán bộ, công chức cấp xã tính đến ngày 30/6/2024",
        "giai đoạn 2024-2030, tầm nhìn đến năm 2045",
        "phấn đấu đến năm 2025 đạt 95%",
        "kết quả thực hiện trong năm 2023",
        "báo cáo hoạt động của đơn vị trong năm 2023",
        "các giải pháp trong năm 2024 và các năm tiếp theo",
        "chào mừng kỷ niệm Quốc khánh 2/9",
        "trực 24/24 giờ, bản đồ tỷ lệ 1/500",
        "Ngày ký: 03/08/2020 11:13:29 +07:00",
        "trước hết, trước mắt, trước đây, năm trước",
        "phục vụ đời sống hàng ngày của người dân",
        "theo yêu cầu báo cáo trước ngày 01/2/2024, tuy nhiên đến nay còn 05 đơn vị chưa gửi",
        "từ ngày 13 đến ngày 15/4/2024 tại Trường Chính trị",
    ],
)
def test_dates_that_are_no_deadlines(text: str) -> None:
    assert [
        phrase for phrase in find_deadlines(text, ISSUED) if phrase.day or phrase.recurrence or phrase.relative
    ] == []


def test_a_citation_beside_a_deadline_does_not_hide_it() -> None:
    text = "Căn cứ Công văn số 12/SNV-TCBC ngày 01/3/2024, gửi báo cáo về Sở trước ngày 29/3/2024"
    assert only(text).day == date(2024, 3, 29)


def test_three_deadlines_of_a_sentence_come_in_order() -> None:
    text = (
        "nộp kế hoạch trước ngày 10/4; báo cáo sơ kết trước ngày 10/7/2024, báo cáo tổng kết chậm nhất ngày 10/12/2024"
    )
    assert [phrase.day for phrase in find_deadlines(text, ISSUED)] == [
        date(2024, 4, 10),
        date(2024, 7, 10),
        date(2024, 12, 10),
    ]


def test_urgency_is_told_beside_the_day() -> None:
    assert only("khẩn trương báo cáo trước ngày 06/3/2024").urgent
    assert not only("báo cáo trước ngày 06/3/2024").urgent


def test_an_impossible_day_is_none_but_staff_are_told_of_it() -> None:
    phrase = only("hoàn thành trước ngày 31/4/2024")
    assert (phrase.day, phrase.soft) == (None, "trước ngày 31/4/2024")


@pytest.mark.parametrize(
    "text", ["trước ngày khai giảng", "chậm nhất ngày làm việc tiếp theo", "trước ngày 20 hằng tháng"]
)
def test_days_that_are_said_otherwise_are_not_unread(text: str) -> None:
    assert not any(phrase.soft for phrase in find_deadlines(f"hoàn thành {text}", ISSUED))


def test_29_february_without_a_year_waits_for_a_leap_year() -> None:
    assert only("gửi trước ngày 29/02", date(2024, 3, 1)).day == date(2028, 2, 29)
