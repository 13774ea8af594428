"""How far the work is, in percent: "70%", "được 3/4", "nửa rồi", "hai phần ba", "8/10 lớp", "còn 20% nữa".

A percentage of another indicator ("tỷ lệ huy động đạt 98,6%") or of one part ("xong 100% phần số liệu") says nothing
about the whole: none. Fractions are rounded (2/3 is 67).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_COUNTED = (
    r"(?:lop|to|thon|truong|xa|diem|ho|hộ|ho so|bieu|muc|don vi|khoi|giao vien|gv|phong|hoc sinh|em|noi dung|phieu|viec|bo|"
    r"mau|bao cao|phan|ap|xom|co so|doan|chi bo|cong trinh|cau|nhom|tieu chi|phu luc|van ban|danh muc|buoc|mon|bai)"
)
_SIGNED = re.compile(r"(?P<sign>~ ?)?\b(?P<n>\d{1,4}(?:[.,]\d{1,3})?) ?(?:%|phan tram\b)")
_RANGE = re.compile(r"\b(?P<n>\d{1,3}) (?P<up>\d{1,3})(?= ?%| phan tram\b)")
_FRACTION = re.compile(
    rf"(?<![\w/.,])(?P<a>\d{{1,4}})(?:/| phan | tren )(?P<b>\d{{1,4}})\b(?![/%])(?P<counted> {_COUNTED}\b)?"
)
_WORDS = {
    "1": 1,
    "mot": 1,
    "2": 2,
    "3": 3,
    "ba": 3,
    "4": 4,
    "tu": 4,
    "bon": 4,
    "5": 5,
    "nam": 5,
    "6": 6,
    "8": 8,
    "10": 10,
}
_SPOKEN = re.compile(r"\b(?P<a>1|mot|2|3|ba|4|bon) phan (?P<b>2|3|ba|4|tu|bon|5|nam|6|8|10)\b(?! tram)")
_TENTHS = re.compile(
    r"\b(?:duoc|tầm|tam|khoang|co|xong|dat) (?P<n>[1-9]|mot|ba|bon|nam|bay|tam) phan(?= (?:roi|thoi)|(?: 10)? \|)"
)
_HALF = re.compile(
    r"\b(?:(?:1|mot|phan|phân|hon|gan|qua|khoang|tầm|tam|co|cỡ|duoc) (?:1 |mot )?nua|nua (?:chung|chang|chặng|phan|duong|khoi luong))\b"
    r"(?! (?:thang|tieng|gio|ngay|buoi|tuan|nam|la|em|minh|tui|chi|anh|xong|gui|nop|thoi)\b)"
)
_PROGRESS = re.compile(
    r"\b(?:duoc|xong|lam|nhap|dat|thu|da|moi|hoan thanh|thuc hien|khoang|tầm|cỡ|tong hop|ra soat|gom|nop|gui|co|xu ly|len|vao|len toi)$"
)
_OTHER = re.compile(
    r"\b(?:ty le|ti le|huy dong|chi tieu|hoc sinh|phu huynh|ho ngheo|hộ|chuyen can|tot nghiep|so voi|giam|tang|giai ngan|"
    r"trẻ|tre em|tiem|do vao|bao hiem|dan so|phu song|hai long|sinh vien|thi|diem|len lop|chất lượng|chat luong)\b"
)
_OF_A_PART = re.compile(
    r" (?:phan|bieu|muc|phu luc|noi dung|so lieu|cau|chuong|khoi|cua phan)\b(?! mem| luong)(?! (?:duoc giao|cong viec|viec|nhiem vu))"
)
_LEFT = re.compile(r"\b(?:con|thieu)(?: (?:lai|khoang|tầm|tam|chung|do|độ|co))* ?$")
_BARE = re.compile(r"\|(?: (?:khoang|tầm|tam|chung|độ|do|duoc|dat))? (?P<n>\d{1,3}) \| ")


@dataclass(frozen=True, slots=True)
class Percent:
    """How far: ``value`` 0 to 100, or None where the message's figures speak of something else; where it says so."""

    value: int | None
    words: str
    spans: tuple[tuple[int, int], ...]
    """Every figure in the line that is a fraction or percentage, whatever it counts."""


def find_percent(line: str, *, asked: bool = False) -> Percent:
    """The progress a reading's line states. ``asked``: the bot has just asked for the percentage."""
    spans: list[tuple[int, int]] = []
    value: int | None = None
    words = ""
    for match, number in _figures(line):
        spans.append(match.span())
        clause_start = line.rfind("|", 0, match.start()) + 1
        before = line[clause_start : match.start()]
        if number is None or number > 100 or _OTHER.search(before) or value is not None:
            continue
        if _OF_A_PART.match(line, match.end()) and match.re is _SIGNED:
            continue
        if (lower := _RANGE.search(before + match.group())) and int(lower["n"]) < number:
            number = float(lower["n"])  # "70-80%" is 70 at least
        value = round(100 - number) if _LEFT.search(before) else _rounded(number)
        words = match.group().strip()
    if value is None and not spans and (bare := _BARE.fullmatch(line)) and int(bare["n"]) <= 100:
        if asked or int(bare["n"]) >= 10:
            value, words = int(bare["n"]), bare["n"]
    return Percent(value, words, tuple(spans))


def _rounded(number: float) -> int:
    return int(number + 0.5)


def _figures(line: str) -> list[tuple[re.Match[str], float | None]]:
    found: list[tuple[re.Match[str], float | None]] = []
    for match in _SIGNED.finditer(line):
        found.append((match, float(match["n"].replace(",", "."))))
    for match in _FRACTION.finditer(line):
        if (number := _fraction(match, line)) is not None:
            found.append((match, number))
    for match in _SPOKEN.finditer(line):
        found.append((match, 100 * _WORDS[match["a"]] / _WORDS[match["b"]]))
    for match in _TENTHS.finditer(line):
        found.append(
            (match, 10.0 * (_WORDS.get(match["n"]) or {"bay": 7, "tam": 8}.get(match["n"]) or int(match["n"])))
        )
    for match in _HALF.finditer(line):
        found.append((match, 50.0))
    found.sort(key=lambda item: item[0].start())
    return found


def _fraction(match: re.Match[str], line: str) -> float | None:
    """Its value, or None where the two figures are a date ("27/6", "mùng 2/7") or nothing countable."""
    part, whole = int(match["a"]), int(match["b"])
    if not whole > 0 or part > whole or "phan" in match.group():
        return None
    before = line[: match.start()].rstrip()
    if re.search(r"\b(?:ngay|mung|mong|den|truoc|sang|hom|vao|chieu|toi|thu \d|han|tu|kien|hẹn|hen)$", before):
        return None
    could_be_a_date = part <= 31 and whole <= 12 and "tren" not in match.group()
    if could_be_a_date and not match["counted"] and not _PROGRESS.search(before):
        after = line[match.end() :]
        if not re.match(r" (?:roi|thoi|khoi luong|cong viec)\b", after):
            return None
    if (
        could_be_a_date
        and not match["counted"]
        and re.match(r" (?:em|minh|tui|xa|truong|ben|nop|gui|xong)\b", line[match.end() :])
    ):
        return None
    return 100 * part / whole
