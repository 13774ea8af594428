"""Whatever text comes, reading its deadlines never fails and points at words that stand there."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.vietnamese.deadlines import find_deadlines
from dondoc.vietnamese.text import nfc

_PIECES = """
trước ngày|chậm nhất|đến hết|hạn chót|hạn|trong tháng|quý II|28/6/2024|30/6|5 tháng 7|hằng tháng|hàng tuần|thứ sáu|16h30
|kể từ ngày|05 ngày làm việc|ngay sau khi|dịp hè|mai|chiều nay|gấp|báo cáo|hoàn thành|gửi về|số 12/KH-UBND|năm 2024
|,|.|;|(|)|từ|đến|31/02/2024|99/99/9999|İ|ﬁ|①
"""
_WORDS = st.sampled_from(_PIECES.split("|"))
TEXTS = st.one_of(st.text(max_size=200), st.lists(_WORDS, max_size=14).map(" ".join))
DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2150, 12, 31))


@given(TEXTS, DAYS, st.booleans())
def test_never_raises_and_points_at_its_words(text: str, reference: date, colloquial: bool) -> None:
    found = find_deadlines(text, reference, colloquial=colloquial)
    ends = 0
    for phrase in found:
        assert nfc(text)[phrase.start : phrase.end] == phrase.text
        assert ends <= phrase.start < phrase.end
        ends = phrase.end
        assert phrase.day is None or phrase.rule in ("before", "on")


@given(TEXTS, DAYS)
def test_composed_and_decomposed_letters_read_the_same(text: str, reference: date) -> None:
    assert find_deadlines(unicodedata.normalize("NFD", text), reference) == find_deadlines(nfc(text), reference)


@pytest.mark.parametrize("year", [1, 9999])
def test_the_ends_of_the_calendar(year: int) -> None:
    for text in ("trước ngày 31/12", "hoàn thành trong tháng 12", "cuối tháng", "mai nộp", "chậm nhất thứ 2 tuần sau"):
        find_deadlines(text, date(year, 12, 31), colloquial=True)
