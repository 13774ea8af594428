"""Reading a directive never fails, whatever the text, and quotes only what stands there."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dondoc.directives.drafts import to_json
from dondoc.directives.parse import parse_directive
from dondoc.directives.reading import SourceText
from dondoc.vietnamese.text import nfc

_PIECES = """
UBND HUYỆN MỸ THẠNH|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|Số: 12/TB-UBND|Mỹ Thạnh, ngày 05 tháng 4 năm 2024|
THÔNG BÁO|KẾ HOẠCH|Kính gửi: Các trường;|V/v báo cáo|I. NHIỆM VỤ|1. Phòng Nội vụ|2.1.|a)|- |+ |Giao |
Đề nghị |các đơn vị |báo cáo |UBND huyện|(qua Phòng Y tế)|trước ngày 28/6/2024|hằng tháng|như sau:|;|.|,|
(|)|:|**|\t\t|Nơi nhận:|- Lưu: VT.|TL. CHỦ TỊCH|Trần Văn An|./.|| a | b | c ||phối hợp với |chủ trì |
Căn cứ Nghị định|Trên đây là|İ|①|\ufb01
"""
_WORDS = [*(piece.strip("\n") for piece in _PIECES.split("|")), "\n", "\n\n", "|"]
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(_WORDS), max_size=40).map("".join),
)


@settings(deadline=None)
@given(TEXTS)
@example("Giao UBND")
def test_never_raises_and_quotes_the_source(text: str) -> None:
    normal = nfc(text)
    draft = parse_directive(SourceText(normal, (normal,), "text/plain"))
    source = " ".join(normal.split())
    for task in draft.tasks:
        assert task.quote
        assert task.quote in source
        assert task.content
        assert 0 < task.confidence < 1
    to_json(draft)


@settings(deadline=None)
@given(TEXTS)
def test_decomposed_letters_read_the_same_once_read(text: str) -> None:
    composed, decomposed = nfc(text), nfc(unicodedata.normalize("NFD", text))
    assert parse_directive(SourceText(composed, (composed,), "")) == parse_directive(
        SourceText(decomposed, (decomposed,), "")
    )


REPEATED = """
các phòng, ban, |Giao Phòng Nội vụ, |(|giao |đề nghị các |trước ngày 28/6/2024; |báo cáo;| |\t|1|.|Số: |ngày 5 tháng |a: |\n
"""


@pytest.mark.parametrize("unit", [*REPEATED[1:-1].split("|"), "| a ", "yêu cầu các đơn vị "])
def test_long_and_repetitive_texts_take_no_long_time(unit: str) -> None:
    text = "KẾ HOẠCH\n\n1. " + unit * (200_000 // len(unit))
    started = time.perf_counter()
    parse_directive(SourceText(text, (text,), "text/plain"))
    assert time.perf_counter() - started < 5


def test_blanks_without_end_in_a_text_without_line_breaks_take_no_long_time() -> None:
    text = "KẾ HOẠCH\n\nxNơi nhận: " + " " * 200_000 + "Giao"
    started = time.perf_counter()
    parse_directive(SourceText(text, (text,), "text/plain"))
    assert time.perf_counter() - started < 5
