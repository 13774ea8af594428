"""Orders carried out on drafts: what each does, what is asked, what is refused, and what can never happen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.directives.draft_desk import Desk
from dondoc.directives.draft_edits import (
    AddCooperate,
    AddLead,
    Agree,
    ClearDeadline,
    Draft,
    Drop,
    Merge,
    Order,
    Question,
    Refused,
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
    Unsettled,
)
from dondoc.directives.draft_words import read_orders
from dondoc.directives.reasons import Reason
from dondoc.rules.unit_kinds import Kind
from dondoc.rules.units import Registry, Unit

TODAY, ISSUED = date(2024, 6, 19), date(2024, 6, 17)
UNITS = Registry(
    [
        Unit(1, "UB", "Ủy ban nhân dân huyện Thanh Lâm", Kind.OWN_COMMITTEE, aliases=("UBND huyện",)),
        Unit(2, "PGD", "Phòng Giáo dục và Đào tạo", Kind.DEPARTMENT, "UB", aliases=("PGD",)),
        Unit(3, "TCKH", "Phòng Tài chính - Kế hoạch", Kind.DEPARTMENT, "UB", aliases=("TC-KH",)),
        Unit(4, "NV", "Phòng Nội vụ", Kind.DEPARTMENT, "UB"),
        Unit(5, "TH1", "Trường Tiểu học Thanh Sơn", Kind.PRIMARY, "PGD"),
        Unit(6, "TH2", "Trường Tiểu học Thanh Hải", Kind.PRIMARY, "PGD"),
        Unit(7, "TH3", "Trường Tiểu học Lâm Bình", Kind.PRIMARY, "PGD"),
        Unit(8, "LC", "Trường TH&THCS Suối Bạc", Kind.PRIMARY_LOWER, "PGD"),
        Unit(9, "CS", "Trường THCS Thanh Hải", Kind.LOWER_SECONDARY, "PGD"),
        Unit(10, "CU", "Phòng Y tế", Kind.DEPARTMENT, "UB", valid_to=date(2020, 1, 1)),
    ]
)
DRAFTS = {
    1: Draft(
        "Rà soát tủ thuốc y tế, lập danh mục thuốc và báo cáo kết quả",
        "- Rà soát tủ thuốc y tế, lập danh mục thuốc và báo cáo kết quả trước ngày 28/6/2024.",
        "dated",
        deadline=date(2024, 6, 28),
        deadline_rule="before",
        deadline_text="trước ngày 28/6/2024",
        lead=("các trường tiểu học trừ Trường TH&THCS Suối Bạc",),
        report_to="UBND huyện",
        confidence=0.9,
        why=(Reason("unit_heading", "1. Các trường tiểu học"), Reason("deadline_before", "trước ngày 28/6/2024")),
    ),
    2: Draft(
        "Tăng cường tuyên truyền",
        "Tăng cường tuyên truyền. Xây dựng kế hoạch năm học mới; báo cáo UBND huyện trước ngày 05/7/2024.",
        lead=("Phòng Tài chính - Kế hoạch", "PGD"),
        confidence=0.5,
    ),
    4: Draft(
        "Tổng hợp kết quả", "Tổng hợp kết quả.", "product", lead=("Công ty Cấp nước",), cooperate=("Phòng Nội vụ",)
    ),
}


def desk(answers: dict[str, Any] | None = None) -> Desk:
    return Desk(dict(DRAFTS), UNITS, TODAY, ISSUED, answers=answers or {}, taken=(3, 6))


def done(words: str, current: int | None = 1, **answers: Any) -> dict[int, Draft]:
    orders = read_orders(words, TODAY)
    assert orders is not None, words
    return desk(answers).carry_out(orders, current)


def asked(words: str, current: int | None = 1) -> Question:
    with pytest.raises(Unsettled) as raised:
        done(words, current)
    return raised.value.question


def refused(words: str, current: int | None = 1) -> str:
    with pytest.raises(Refused) as raised:
        done(words, current)
    return raised.value.code


@pytest.mark.parametrize(
    ("words", "number", "changes"),
    [
        ("hạn 30/6", 1, {"deadline": date(2024, 6, 30), "deadline_rule": "on"}),
        ("2: hạn trước 30/6", 2, {"deadline": date(2024, 6, 30), "deadline_rule": "before", "task_class": "dated"}),
        ("bỏ hạn", 1, {"deadline": None, "deadline_rule": None, "task_class": "product"}),
        ("2: bỏ hạn", 2, {"deadline": None, "task_class": "standing"}),
        ("thường xuyên", 1, {"deadline": None, "task_class": "standing"}),
        ("4: có thời hạn 30/6", 4, {"deadline": date(2024, 6, 30), "task_class": "dated"}),
        ("khẩn", 1, {"urgent": True}),
        ("nội dung: Rà soát lại", 1, {"content": "Rà soát lại", "quote": DRAFTS[1].quote}),
        ("2: giao cho TC-KH", 2, {"lead": ("Phòng Tài chính - Kế hoạch",)}),
        ("2: giao thêm Phòng Nội vụ", 2, {"lead": ("Phòng Tài chính - Kế hoạch", "PGD", "Phòng Nội vụ")}),
        ("2: bỏ tc-kh", 2, {"lead": ("PGD",)}),
        ("2: bỏ Phòng GDĐT", 2, {"lead": ("Phòng Tài chính - Kế hoạch",)}),
        ("4: bỏ công ty cấp nước", 4, {"lead": ()}),
        ("4: bỏ Phòng Nội vụ", 4, {"cooperate": ()}),
        ("2: phối hợp PGD", 2, {"lead": ("Phòng Tài chính - Kế hoạch",), "cooperate": ("Phòng Giáo dục và Đào tạo",)}),
        ("4: giao cho Phòng Nội vụ", 4, {"lead": ("Phòng Nội vụ",), "cooperate": ()}),
        ("qua pgd", 1, {"report_via": "Phòng Giáo dục và Đào tạo"}),
        ("gửi ubnd huyen", 1, {"report_to": "Ủy ban nhân dân huyện Thanh Lâm"}),
        ("gửi Sở Tài chính", 1, {"report_to": "Sở Tài chính"}),
        ("bỏ", 1, {"dropped": True}),
        ("không theo dõi", 1, {"dropped": True}),
    ],
)
def test_what_each_order_does(words: str, number: int, changes: dict[str, object]) -> None:
    changed = done(words)
    assert list(changed) == [number]
    draft = changed[number]
    assert {name: getattr(draft, name) for name in changes} == changes
    assert draft.deadline_text == DRAFTS[number].deadline_text  # stays what the source says


def test_one_of_a_group_is_taken_out_by_name() -> None:
    """The group stays a group; the registry reads what is left the same way tomorrow."""
    [draft] = done("bỏ TH Thanh Sơn").values()
    [entry] = draft.lead
    left = UNITS.resolve(entry, TODAY)
    assert {unit.code for unit in left.units} == {"TH2", "TH3"}
    assert left.is_settled


def test_several_drafts_at_once() -> None:
    changed = done("1,4: hạn 12/7; 2: bỏ", None)
    assert {number: (draft.deadline, draft.dropped) for number, draft in changed.items()} == {
        1: (date(2024, 7, 12), False),
        4: (date(2024, 7, 12), False),
        2: (None, True),
    }
    assert set(done("tất cả khẩn")) == {1, 2, 4}
    assert {number for number, draft in done("1 bỏ; còn lại khẩn").items() if draft.urgent} == {2, 4}


def test_why_tells_what_staff_set() -> None:
    [draft] = done("hạn 30/6, giao cho PGD").values()
    assert [one.code for one in draft.why] == ["staff_deadline", "staff_unit", "staff_checked"]
    assert "staff_checked" not in {one.code for one in done("tất cả khẩn")[1].why}  # nobody looked at each of them
    [draft] = done("đồng ý").values()
    assert draft == replace(DRAFTS[1], why=(*DRAFTS[1].why, Reason("staff_checked")))


# --- questions -------------------------------------------------------------------------------------------------------


def test_units_are_asked_about_with_choices() -> None:
    assert asked("giao thêm Phòng Không Có").kind == "unknown"
    assert asked("giao thêm Phòng Y tế").kind == "closed"
    members = asked("giao cho các trường tiểu học")
    assert (members.kind, members.words) == ("members", "Trường TH&THCS Suối Bạc")
    some = asked("giao thêm Thanh Hải")
    assert some.kind in ("ambiguous", "unknown")
    assert {option.label for option in some.options} >= {"Trường Tiểu học Thanh Hải", "Trường THCS Thanh Hải"}


def test_the_answer_settles_what_was_asked() -> None:
    question = asked("giao cho các trường tiểu học")
    for option, codes in zip(question.options, ({"TH1", "TH2", "TH3", "LC"}, {"TH1", "TH2", "TH3"}), strict=True):
        [draft] = done("giao cho các trường tiểu học", **{question.key: option.value}).values()
        found = [UNITS.resolve(entry, TODAY) for entry in draft.lead]
        assert all(one.is_settled for one in found)
        assert {unit.code for one in found for unit in one.units} == codes


def test_days_are_asked_about_with_choices() -> None:
    assert asked("hạn 30").kind == "day_missing"
    past = asked("hạn 15/6/2024")
    assert (past.kind, [option.value for option in past.options]) == ("day_past", ["=2024-06-15", "=2025-06-15"])
    far = asked("hạn 15/6")
    assert (far.kind, [option.value for option in far.options]) == ("day_far", ["=2025-06-15", "=2024-06-15"])
    assert asked("hạn 29/02/2024").options[0].value == "=2024-02-29"
    [draft] = done("hạn 15/6", **{far.key: "=2024-06-15"}).values()
    assert draft.deadline == date(2024, 6, 15)
    [draft] = done("hạn 15/6", **{far.key: "trước thứ 6"}).values()
    assert (draft.deadline, draft.deadline_rule) == (date(2024, 6, 21), "before")
    with pytest.raises(Unsettled):
        done("hạn 15/6", **{far.key: "15/6/2024"})  # typed again, it is asked about again


def test_nothing_is_done_by_half() -> None:
    here = desk()
    orders = read_orders("1: hạn 12/7; 2: giao thêm Phòng Không Có", TODAY)
    assert orders is not None
    with pytest.raises(Unsettled):
        here.carry_out(orders, None)
    assert here.drafts == DRAFTS


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("3: bỏ", "no_draft"),
        ("bỏ Phòng Nội vụ", "not_there"),
        ("qua các trường học thuộc huyện", "not_one_unit"),
        ("4: tách", "nothing_to_split"),
        ("tách ở “không có câu này”", "words_not_found"),
        ("gộp với 1", "alone"),
    ],
)
def test_what_makes_no_sense_is_refused(words: str, code: str) -> None:
    assert refused(words) == code


def test_bare_words_need_a_draft() -> None:
    assert refused("khẩn", None) == "which_draft"


# --- merging and splitting -------------------------------------------------------------------------------------------


def test_merging_keeps_every_word_and_unit() -> None:
    changed = done("gộp với 2")
    assert changed[2].dropped
    whole = changed[1]
    assert whole.content == "Rà soát tủ thuốc y tế, lập danh mục thuốc và báo cáo kết quả; tăng cường tuyên truyền"
    assert whole.quote == f"{DRAFTS[1].quote}\n{DRAFTS[2].quote}"
    assert whole.lead == (*DRAFTS[1].lead, *DRAFTS[2].lead)
    assert (whole.deadline, whole.task_class, whole.confidence) == (date(2024, 6, 28), "dated", 0.5)


def test_different_deadlines_are_asked() -> None:
    question = asked("2: hạn 5/7; gộp 1 và 2")
    assert (question.kind, [option.value for option in question.options]) == ("merge_deadline", [1, 2])
    changed = done("2: hạn 5/7; gộp 1 và 2", **{question.key: 2})
    assert changed[1].deadline == date(2024, 7, 5)


def test_splitting_by_sentences_and_clauses() -> None:
    """Each part has the day of its own words; new ones get numbers that nobody had."""
    changed = done("2: tách")
    assert sorted(changed) == [2, 7, 8]
    assert [changed[number].quote for number in (2, 7, 8)] == [
        "Tăng cường tuyên truyền.",
        "Xây dựng kế hoạch năm học mới;",
        "báo cáo UBND huyện trước ngày 05/7/2024.",
    ]
    assert [changed[number].deadline for number in (2, 7, 8)] == [None, None, date(2024, 7, 5)]
    assert [changed[number].task_class for number in (2, 7, 8)] == ["standing", "product", "dated"]


def test_splitting_one_clause_asks_where() -> None:
    question = asked("tách")
    assert question.kind == "split"
    assert [option.label for option in question.options] == [
        "lập danh mục thuốc và báo cáo kết",
        "báo cáo kết quả trước ngày 28/6/2024.",
    ]
    changed = done("tách", **{question.key: "bao cao ket qua"})
    assert changed[1].content == "Rà soát tủ thuốc y tế, lập danh mục thuốc"
    assert changed[7].quote == "báo cáo kết quả trước ngày 28/6/2024."
    assert changed[1].deadline == changed[7].deadline == date(2024, 6, 28)


# --- properties ------------------------------------------------------------------------------------------------------

_names = st.sampled_from(
    ["PGD", "Phòng TC-KH", "Phòng Nội vụ", "TH Thanh Sơn", "các trường tiểu học", "Phòng Ma", "Thanh Hải"]
)
_days = st.builds(SetDeadline, st.just("hạn"), st.none() | st.dates(date(2023, 1, 1), date(2026, 1, 1)), st.just("on"))
_edits = st.one_of(
    _days,
    st.sampled_from([ClearDeadline(), Drop(), Split(), Merge(), Agree(), SetClass("dated"), SetClass("standing")]),
    st.builds(AddLead, _names),
    st.builds(SetLead, _names),
    st.builds(RemoveUnits, _names),
    st.builds(AddCooperate, _names),
    st.builds(SetCooperate, st.just("") | _names),
    st.builds(SetContent, st.text(min_size=1, max_size=20)),
    st.builds(SetTo, st.just("") | _names),
    st.builds(SetVia, st.just("") | _names),
    st.builds(SetUrgent, st.booleans()),
    st.builds(Merge, st.lists(st.integers(1, 6), max_size=3).map(tuple)),
    st.builds(Split, st.sampled_from(["", "lập danh mục", "xyz"])),
)
_orders = st.builds(Order, _edits, st.lists(st.integers(1, 6), max_size=3).map(tuple), st.booleans(), st.booleans())


@given(st.lists(_orders, max_size=6), st.sampled_from([None, 1, 2, 3]))
def test_whatever_is_ordered_the_drafts_stay_sound(orders: list[Order], current: int | None) -> None:
    """All or nothing; no number twice; a dated task has a day and no other has; the words of the source are kept."""
    here = desk()
    try:
        changed = here.carry_out(orders, current)
    except (Unsettled, Refused):
        assert here.drafts == DRAFTS
        return
    assert here.drafts == DRAFTS
    assert not {3, 6} & changed.keys()
    after = {**DRAFTS, **changed}
    for draft in after.values():
        assert (draft.deadline is not None) == (draft.task_class == "dated") or draft.dropped
        assert len(set(draft.lead)) == len(draft.lead)
    if any(isinstance(order.what, Merge | Split) for order in orders):
        return
    assert changed.keys() <= DRAFTS.keys()
    assert {number: draft.quote for number, draft in after.items()} == {n: d.quote for n, d in DRAFTS.items()}


_SYLLABLES = ("rà", "soát", "báo", "cáo", "kế", "hoạch", "kết", "quả", "trường", "lớp", "năm", "mới", "huyện")
_sentence = st.lists(st.sampled_from(_SYLLABLES), min_size=3, max_size=9).map(lambda some: " ".join(some).capitalize())


@given(st.lists(_sentence, min_size=2, max_size=5), st.sampled_from([". ", "; "]))
def test_splitting_and_merging_again_keeps_every_word(sentences: list[str], between: str) -> None:
    text = between.join(sentences) + "."
    here = Desk({1: Draft("Việc", text, lead=("PGD",))}, UNITS, TODAY)
    try:
        pieces = here.carry_out([Order(Split(), (1,))], None)
    except (Unsettled, Refused):
        return
    assert "".join(pieces[number].quote for number in sorted(pieces)).replace(" ", "") == text.replace(" ", "")
    again = Desk(dict(pieces), UNITS, TODAY).carry_out([Order(Merge(), tuple(pieces))], None)[1]
    assert again.quote.split() == text.split() or len(set(sentences)) < len(sentences)
    assert again.lead == ("PGD",)
