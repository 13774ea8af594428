"""How broken words are put together and a message is made readable."""

from __future__ import annotations

import unicodedata

import pytest

from dondoc.vietnamese.phrases import Cue
from dondoc.vietnamese.reading import read
from dondoc.vietnamese.repair import repair
from dondoc.vietnamese.typing_slips import compose, is_syllable


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddax", "đã"),
        ("nopoj", "nộp"),
        ("noopj", "nộp"),
        ("rooif", "rồi"),
        ("dduwowcj", "được"),
        ("chuwa", "chưa"),
        ("treex", "trễ"),
        ("d9a4", "đã"),
        ("no65p", "nộp"),
        ("gu7i3", "gửi"),
        ("ro62i", "rồi"),
        ("link", None),
        ("form", None),
        ("zalo", None),
    ],
)
def test_telex_and_vni_keys(typed: str, meant: str | None) -> None:
    assert compose(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("r", "rồi"),
        ("ko", "không"),
        ("đc", "được"),
        ("t6", "thứ sáu"),
        ("xonggg", "xong"),
        ("rồiiii", "rồi"),
        ("thanhf", "thành"),
        ("mần", "làm"),
        ("BC", "báo cáo"),
        ("file", "file"),
        ("qwrt", "qwrt"),
    ],
)
def test_words_are_repaired(typed: str, meant: str) -> None:
    assert repair(typed) == meant


def test_syllables() -> None:
    assert all(map(is_syllable, ("nộp", "nghiêng", "quyết", "gửi", "a")))
    assert not any(map(is_syllable, ("link", "nopj", "", "bcd")))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Em nộp báo cáo rồi ạ, chị kiểm tra giúp em?", "| em nop bao cao roi | chi kiem tra giup em ? | "),
        ("e nop r a", "| em nop roi | "),
        ("da xong", "| da xong | "),
        ("da em chua lam", "| em chua lam | "),
        ("trẻ nộp trễ", "| trẻ nop tre | "),
        ("Trường TH Kim Đồng, cô Hạnh", "| truong th <name> <name> | co <name> | "),
        ("số 88/BC-UBND ngày 24/6/2024: đạt 98,6%", "| so <number> ngay 24/6/2024 | dat 98,6% | "),
        ("👍🏻", "| <thumb> | "),
        ("anh ơi", "| "),
        ("", "| "),
    ],
)
def test_reading(text: str, line: str) -> None:
    assert read(text).line == line
    assert read(unicodedata.normalize("NFD", text)).line == line


def test_words_know_where_they_stand() -> None:
    reading = read("Dạ, em gửi b\u00e1o c\u00e1o r ạ")
    start = reading.line.index("bao cao")
    assert reading.source(start, start + len("bao cao roi")) == "báo cáo r"


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("nộp .. rồi", "nộp cho chị rồi", True),
        ("nộp .. rồi", "nộp cho chị ở phòng rồi", False),
        ("nộp ... rồi", "nộp, em đi rồi", False),
        ("^ chưa $", "dạ chưa ạ", True),
        ("^ chưa $", "em chưa", False),
        ("nộp !lại|sau", "nộp sau", False),
        ("~chưa nộp", "chưa nộp", False),
        ("=chờ duyệt", "cho duyệt", False),
        ("chờ duyệt", "cho duyệt", True),
        ("đã [được] nộp", "đã được nộp", True),
        ("còn NUM việc", "còn 3 việc", True),
        ("sắp|gần_như xong", "gần như xong", True),
    ],
)
def test_the_language_of_phrases(phrase: str, text: str, found: bool) -> None:
    assert (Cue("test", phrase).find(read(text).line) is not None) is found


def test_phrases_that_are_none() -> None:
    with pytest.raises(ValueError, match="unknown group"):
        Cue("test", "NOBODY nộp")
    with pytest.raises(ValueError, match="not a place"):
        Cue("test", "nộp)")
