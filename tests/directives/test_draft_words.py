"""What staff type about drafts, in many spellings, and what is no word about drafts at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.directives.draft_edits import (
    AddCooperate,
    AddLead,
    Agree,
    ClearDeadline,
    Drop,
    Edit,
    Merge,
    Order,
    RemoveUnits,
    SetClass,
    SetContent,
    SetCooperate,
    SetDeadline,
    SetLead,
    SetTo,
    SetUrgent,
    SetVia,
    Split,
    Wish,
)
from dondoc.directives.draft_verbs import is_typed
from dondoc.directives.draft_words import read_orders, seems_an_order
from dondoc.vietnamese.text import strip_marks

TODAY = date(2024, 6, 19)  # a Wednesday


def until(words: str, day: date, rule: str = "on", hour: time | None = None) -> SetDeadline:
    return SetDeadline(words, day, rule, hour)


SAID: list[tuple[str, Edit | Wish]] = [
    ("hạn 30/6", until("hạn 30/6", date(2024, 6, 30))),
    ("hạn trước 30/6", until("hạn trước 30/6", date(2024, 6, 30), "before")),
    ("trước ngày 30/6", until("trước ngày 30/6", date(2024, 6, 30), "before")),
    ("hạn 28-6", until("hạn 28-6", date(2024, 6, 28))),
    ("đổi hạn thành 30/6", until("hạn thành 30/6", date(2024, 6, 30))),
    ("hạn thứ 6", until("hạn thứ 6", date(2024, 6, 21))),
    ("hạn hết tháng 7", until("hạn hết tháng 7", date(2024, 7, 31))),
    ("chậm nhất 16h30 ngày 28/6", until("chậm nhất 16h30 ngày 28/6", date(2024, 6, 28), hour=time(16, 30))),
    ("30/6", until("30/6", date(2024, 6, 30))),
    ("bỏ hạn", ClearDeadline()),
    ("không thời hạn", ClearDeadline()),
    ("giao thêm Phòng TC-KH", AddLead("Phòng TC-KH")),
    ("thêm Phòng TC-KH và Phòng Nội vụ nhé", AddLead("Phòng TC-KH và Phòng Nội vụ")),
    ("bỏ Phòng TC-KH", RemoveUnits("Phòng TC-KH")),
    ("giao cho TH Bình Chánh", SetLead("TH Bình Chánh")),
    ("chủ trì: PGD", SetLead("PGD")),
    ("giao PGD chủ trì", SetLead("PGD")),
    ("giao các trường MN, TH trừ TH Bình Chánh", SetLead("các trường MN, TH trừ TH Bình Chánh")),
    ("phối hợp: Phòng TC-KH", SetCooperate("Phòng TC-KH")),
    ("phối hợp thêm Phòng TC-KH", AddCooperate("Phòng TC-KH")),
    ("bỏ phối hợp", SetCooperate("")),
    ("nội dung: Lập kế hoạch; gửi phụ huynh, hạn 30/6", SetContent("Lập kế hoạch; gửi phụ huynh, hạn 30/6")),
    ("gửi UBND huyện", SetTo("UBND huyện")),
    ("nơi nhận: UBND huyện", SetTo("UBND huyện")),
    ("qua PGD", SetVia("PGD")),
    ("không qua", SetVia("")),
    ("thường xuyên", SetClass("standing")),
    ("có sản phẩm", SetClass("product")),
    ("khẩn", SetUrgent(urgent=True)),
    ("không khẩn", SetUrgent(urgent=False)),
    ("bỏ", Drop()),
    ("không theo dõi", Drop(untracked=True)),
    ("gộp với 3", Merge((3,))),
    ("gộp với 3 và 5", Merge((3, 5))),
    ("tách", Split()),
    ("tách làm 2", Split()),
    ("tách ở “và lập danh sách”", Split("và lập danh sách")),
    ("đồng ý", Agree()),
    ("tiếp", "next"),
    ("bỏ qua", "next"),
    ("hoàn tác", "undo"),
    ("duyệt", "approve"),
    ("xem lại", "show"),
    ("sửa", "help"),
]


@pytest.mark.parametrize(("words", "what"), SAID)
def test_each_thing_that_can_be_said(words: str, what: Edit | Wish) -> None:
    assert read_orders(words, TODAY) == (Order(what),)


@pytest.mark.parametrize(("words", "what"), SAID)
def test_the_same_without_marks(words: str, what: Edit | Wish) -> None:
    orders = read_orders(strip_marks(words), TODAY)
    assert orders is not None
    [order] = orders
    if isinstance(what, SetDeadline) and isinstance(order.what, SetDeadline):
        assert (order.what.day, order.what.rule, order.what.time) == (what.day, what.rule, what.time)
    else:
        assert type(order.what) is type(what)


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("3: bỏ", (3,)),
        ("3. bỏ", (3,)),
        ("3 bỏ", (3,)),
        ("bỏ 3", (3,)),
        ("dự thảo 3: bỏ", (3,)),
        ("sửa 3: bỏ", (3,)),
        ("bỏ dự thảo số 3 nhé", (3,)),
        ("2,4,5 bỏ", (2, 4, 5)),
        ("2, 4 và 5: bỏ", (2, 4, 5)),
        ("bỏ 2-5", (2, 3, 4, 5)),
        ("bỏ từ", None),
        ("2 đến 4 bỏ", (2, 3, 4)),
        ("bỏ 5-2", None),
    ],
)
def test_numbers(words: str, numbers: tuple[int, ...] | None) -> None:
    expected = None if numbers is None else (Order(Drop(), numbers),)
    assert read_orders(words, TODAY) == expected or (numbers is None and _drops_nothing(words))


def _drops_nothing(words: str) -> bool:
    return not any(isinstance(order.what, Drop) for order in read_orders(words, TODAY) or ())


def test_all_and_the_rest() -> None:
    assert read_orders("tất cả thường xuyên", TODAY) == (Order(SetClass("standing"), everything=True),)
    assert read_orders("1,3 bỏ; còn lại thường xuyên", TODAY) == (
        Order(Drop(), (1, 3)),
        Order(SetClass("standing"), others=True),
    )
    assert read_orders("duyệt tất cả", TODAY) == (Order("approve", everything=True),)
    assert read_orders("duyệt 1,3", TODAY) == (Order("approve", (1, 3)),)


def test_several_at_once() -> None:
    assert read_orders("3: giao PGD phối hợp TC-KH hạn 30/6, gửi UBND huyện qua PGD; 5, 6: bỏ", TODAY) == (
        Order(SetLead("PGD"), (3,)),
        Order(SetCooperate("TC-KH"), (3,)),
        Order(until("hạn 30/6", date(2024, 6, 30)), (3,)),
        Order(SetTo("UBND huyện"), (3,)),
        Order(SetVia("PGD"), (3,)),
        Order(Drop(), (5, 6)),
    )
    assert read_orders("bỏ 3, 5: hạn 30/6", TODAY) == (
        Order(Drop(), (3,)),
        Order(until("hạn 30/6", date(2024, 6, 30)), (5,)),
    )
    assert read_orders("gộp 2, 3 và 4\ntách 5", TODAY) == (Order(Merge((3, 4)), (2,)), Order(Split(), (5,)))
    assert read_orders("hạn 30/6 cho các dự thảo 3,4", TODAY) == (Order(until("hạn 30/6", date(2024, 6, 30)), (3, 4)),)


def test_days_that_have_to_be_asked_about() -> None:
    """No day, two days, a day nearly a year ahead."""
    for words in ("hạn 30", "hạn 30/6 hoặc 5/7", "hạn cuối năm học", "hạn"):
        orders = read_orders(words, TODAY)
        assert orders is not None
        [order] = orders
        assert isinstance(order.what, SetDeadline)
        assert order.what.day is None
    [far] = read_orders("hạn 15/6", TODAY) or ()
    assert isinstance(far.what, SetDeadline)
    assert (far.what.day, far.what.far) == (date(2025, 6, 15), True)
    [given_year] = read_orders("hạn 15/6/2025", TODAY) or ()
    assert isinstance(given_year.what, SetDeadline)
    assert not given_year.what.far


@pytest.mark.parametrize(
    "words",
    [
        "",
        "trường nào chưa nộp?",
        "TH Bình Chánh nộp NV-012 số 45 ngày 26/6",
        "5 trường chưa nộp",
        "Bộ Giáo dục nói gì",
        "đơn vị nào chưa nộp",
        "nội dung cuộc họp chiều nay",
        "cảm ơn em",
        "hạn 30/6 nhưng giao cho ai thì chưa rõ",
        "3: làm khác đi",
        "bỏ hạn, rồi tính sau",
        "duyệt NV-012",
    ],
)
def test_what_is_not_wholly_understood_is_not_understood(words: str) -> None:
    assert read_orders(words, TODAY) is None


def test_a_hint_is_worth_it_where_words_begin_like_an_order() -> None:
    assert seems_an_order("3: làm khác đi")
    assert seems_an_order("bỏ hạn, rồi tính sau")
    assert not seems_an_order("trường nào chưa nộp?")


@pytest.mark.parametrize(
    ("word", "meant", "same"),
    [
        ("hòan", "hoàn", True),
        ("hoan", "hoàn", True),
        ("thuờng", "thường", True),
        ("bộ", "bỏ", False),
        ("bo", "bỏ", True),
        ("bọ", "bỏ", False),
        ("tach", "tách", True),
    ],
)
def test_half_typed_marks(word: str, meant: str, same: bool) -> None:
    assert is_typed(word, meant) is same


# --- properties ------------------------------------------------------------------------------------------------------

_ALONE = [
    (words, what) for words, what in SAID if not isinstance(what, str | SetContent | Merge | Split) and words != "30/6"
]
_numbers = st.lists(st.integers(1, 99), min_size=1, max_size=4, unique=True)


@given(
    st.lists(st.tuples(_numbers, st.sampled_from(_ALONE)), min_size=1, max_size=4), st.sampled_from(["; ", "\n", ";"])
)
def test_orders_one_behind_the_other(said: Sequence[tuple[list[int], tuple[str, Edit]]], between: str) -> None:
    """Each order with its own numbers: all of them are read, in their order, and none is mixed with the next."""
    text = between.join(f"{', '.join(map(str, numbers))}: {words}" for numbers, (words, _) in said)
    assert read_orders(text, TODAY) == tuple(Order(what, tuple(numbers)) for numbers, (_, what) in said)


@given(st.text(max_size=300), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_any_text_is_read_or_not_but_never_fails(text: str, today: date) -> None:
    orders = read_orders(text, today)
    assert orders is None or orders
    seems_an_order(text)


_WORDS = [*" ".join(words for words, _ in SAID).split(), "3", "5:", "2-4", ",", ";", "và", "tất", "cả"]


@given(st.lists(st.sampled_from(_WORDS), max_size=25).map(" ".join))
def test_any_mixture_of_these_words_is_read_or_not(text: str) -> None:
    orders = read_orders(text, TODAY)
    assert orders is None or orders


def test_a_message_of_any_length_is_read_at_once() -> None:
    assert read_orders("3: hạn 30/6; " * 300, TODAY) is not None
    assert read_orders("a, " * 3_000, TODAY) is None
