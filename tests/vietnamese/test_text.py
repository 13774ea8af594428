"""One normal form in storage, folding only for comparing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.vietnamese.text import fold, nfc, strip_marks, utf16_length

WORDS = "Đề nghị các trường Tiểu học gửi báo cáo trước ngày 28/6; ưu tiên những xã vùng sâu, ở huyện Nghĩa Đàn"
vietnamese = st.text(st.sampled_from(WORDS + WORDS.upper() + "\n\t  🙂"))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Trường Tiểu học Hoa Sen", "truong tieu hoc hoa sen"),
        ("  ĐẮK   LẮK\n", "dak lak"),
        ("Ủy ban", "uy ban"),
        ("Tru\u031bo\u031b\u0300ng", "truong"),
        ("ngoằn ngoèo, khuỷu", "ngoan ngoeo, khuyu"),
        ("", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(vietnamese)
def test_the_form_of_the_letters_makes_no_difference(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert nfc(decomposed) == nfc(text)
    assert fold(decomposed) == fold(text)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(vietnamese)
def test_folded_vietnamese_is_plain(text: str) -> None:
    assert fold(text).replace("🙂", "").isascii()


@given(st.text())
def test_offsets_carry_over_when_marks_are_stripped(text: str) -> None:
    assert len(strip_marks(text)) == len(nfc(text))


@given(st.text())
def test_the_normal_form_is_stable(text: str) -> None:
    assert nfc(nfc(text)) == nfc(text)


@pytest.mark.parametrize(("text", "length"), [("", 0), ("abc", 3), ("Đề", 2), ("🙂", 2), ("a🏫b", 4)])
def test_lengths_are_counted_as_the_platforms_count(text: str, length: int) -> None:
    assert utf16_length(text) == length
