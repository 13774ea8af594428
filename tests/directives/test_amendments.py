"""The difference between two versions of a directive."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.directives.amendments import Duty, compare

CONTENTS = (
    "Rà soát chỉ tiêu tuyển sinh, báo cáo kết quả về UBND huyện",
    "Tăng cường tuyên truyền đến phụ huynh về an toàn giao thông",
    "Tổng hợp kinh phí sửa chữa trường lớp, trình UBND huyện phê duyệt",
    "Kiểm tra công tác phòng cháy, chữa cháy tại các đơn vị",
    "Xây dựng phương án phân tuyến cho năm học mới",
)


def duty(ref: int, content: str, **values: object) -> Duty:
    plain = Duty(ref, content, content, None, ("Các trường học",), (), date(2024, 6, 28), "before", None, None, None)
    return replace(plain, **values)  # type: ignore[arg-type]


BEFORE = tuple(duty(ref, content, section=str(ref)) for ref, content in enumerate(CONTENTS, 1))


def test_the_same_text_makes_no_difference() -> None:
    found = compare(BEFORE, BEFORE)
    assert found.is_empty
    assert len(found.kept) == len(BEFORE)


@given(st.permutations(BEFORE))
def test_the_order_makes_no_difference(after: list[Duty]) -> None:
    assert compare(BEFORE, after).is_empty


def test_marks_and_spaces_make_no_difference() -> None:
    after = [replace(one, content=f"-  {one.content.upper()} ;", quote="…") for one in BEFORE]
    assert compare(BEFORE, after).is_empty


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"deadline": date(2024, 7, 5)}, "deadline"),
        ({"rule": "on"}, "deadline"),
        ({"deadline": None, "rule": None}, "deadline"),
        ({"lead": ("Các trường học", "Phòng Giáo dục và Đào tạo")}, "lead"),
        ({"cooperate": ("Phòng Nội vụ",)}, "cooperate"),
        ({"report_to": "Phòng Nội vụ"}, "report"),
        ({"content": CONTENTS[0] + " bằng văn bản"}, "content"),
    ],
)
def test_what_changed_is_named(values: dict[str, object], field: str) -> None:
    after = [replace(BEFORE[0], **values), *BEFORE[1:]]  # type: ignore[arg-type]
    found = compare(BEFORE, after)
    assert [(one.before.ref, one.fields) for one in found.changed] == [(1, (field,))]
    assert (found.added, found.removed, len(found.kept)) == ((), (), 4)


def test_abbreviations_are_the_same_unit() -> None:
    one = duty(1, CONTENTS[0], lead=("Phòng Giáo dục và Đào tạo",))
    assert compare([one], [replace(one, lead=("Phòng GD&ĐT",))]).is_empty


def test_new_and_gone() -> None:
    new = duty(9, "Chuẩn bị cơ sở vật chất cho lễ khai giảng năm học")
    found = compare(BEFORE, [*BEFORE[:3], BEFORE[4], new])
    assert [one.ref for one in found.added] == [9]
    assert [one.ref for one in found.removed] == [4]
    assert found.changed == ()


def test_one_sentence_with_three_dates_stays_three() -> None:
    """The same words for each: what sets them apart is the day."""
    days = (date(2024, 6, 28), date(2024, 7, 5), date(2024, 7, 12))
    three = [duty(ref, "Báo cáo kết quả", deadline=day) for ref, day in enumerate(days)]
    assert compare(three, three[::-1]).is_empty
    moved = [*three[:2], replace(three[2], deadline=date(2024, 7, 19))]
    found = compare(three, moved)
    assert [(one.before.ref, one.fields) for one in found.changed] == [(2, ("deadline",))]


def test_two_documents_about_different_things() -> None:
    other = [
        duty(ref, content) for ref, content in enumerate(("Bàn giao trụ sở", "Cấp thẻ cán bộ", "Trồng cây đầu xuân"))
    ]
    found = compare(BEFORE, other)
    assert (len(found.added), len(found.removed), found.changed) == (3, 5, ())
