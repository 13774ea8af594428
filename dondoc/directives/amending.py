"""What a document says about another document: that it amends, corrects or replaces it, and which deadlines it moves."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal

from dondoc.directives.reading import SourceText
from dondoc.vietnamese.deadlines import ON, find_deadlines
from dondoc.vietnamese.text import strip_marks

_KINDS = (
    r"(?:thong bao|ke hoach|cong van|quyet dinh|chi thi|huong dan|ket luan|chuong trinh|cong dien|van ban|thong tri)"
)
_HOW = r"(?:sua doi|bo sung|dieu chinh|dinh chinh|thay the|bai bo|huy bo|thay doi|gia han|lui thoi han|keo dai)"
_CITED = re.compile(
    rf"\b(?P<how>{_HOW})\b(?P<between>(?:[^.;\n]|\.(?=\d)){{0,200}}?)\b{_KINDS}\s+so\s*:?\s*"
    r"(?P<number>\d{1,5}[a-z]?\s*[/-]\s*[a-z0-9&]+(?:\s?[-/.]\s?[a-z0-9&]+)*)"
    r"(?:\s*,?\s*ngay\s+(?P<day>\d{1,2})\s*(?:[/-]|thang)\s*(?P<month>\d{1,2})\s*(?:[/-]|nam)\s*(?P<year>\d{4}))?"
)
# A document also names what it rests on; what is amended there is another law.
_BASIS = re.compile(r"^\W*(?:can cu|theo|xet|thuc hien|trien khai)\b")
_REPLACES = frozenset({"thay the", "bai bo", "huy bo"})
_MOVE = re.compile(
    r"\b(?:dieu chinh|sua doi|gia han|keo dai|lui|thay doi|doi|dinh chinh)\b[^.;\n]{0,120}?"
    r"\b(?:thoi han|thoi gian|han|tien do|ngay)\b"
)
_BECOMES = re.compile(r"\b(?:thanh|sang|den het|den truoc|den|toi|la)\b")
_SECTION = re.compile(
    r"\b(?:muc|phan|khoan|diem|gach dau dong)\s+(?:thu\s+)?(?P<name>[ivx]+(?:\.\d+)*|\d+(?:\.\d+)*|[a-e])\b"
)
_DATE = re.compile(r"\b(?P<day>\d{1,2})\s*[/-]\s*(?P<month>\d{1,2})(?:\s*[/-]\s*(?P<year>\d{4}))?")
_CITED_NUMBER = re.compile(
    r"\bso\s*:?\s*\d{1,5}[a-z]?\s*[/-]\s*[a-z0-9&/-]+(?:\s*,?\s*ngay\s+\d{1,2}\s*[/-]\s*\d{1,2}(?:\s*[/-]\s*\d{4})?)?"
)
_SENTENCE = re.compile(r"[^\n.;]+(?:[.](?=\d)[^\n.;]+)*")
_LETTERS = 60_000


@dataclass(frozen=True, slots=True)
class Amended:
    """The document that another one amends. ``number`` as it is written there, ``words`` what says so."""

    how: Literal["amends", "replaces"]
    number: str
    issued_on: date | None
    words: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Move:
    """A deadline that a sentence moves: to which day, from which day and of which sections if it says so."""

    quote: str
    deadline: date
    rule: str
    time: time | None
    from_day: date | None
    sections: tuple[str, ...]


def find_amended(source: SourceText) -> Amended | None:
    """The first document which this one says that it amends or replaces; None for an ordinary document."""
    text = source.text[:_LETTERS]
    flat = strip_marks(text).lower()
    for match in _CITED.finditer(flat):
        line = flat[flat.rfind("\n", 0, match.start()) + 1 : match.start()]
        if _BASIS.match(line):
            continue
        how: Literal["amends", "replaces"] = "replaces" if match["how"] in _REPLACES else "amends"
        if how == "replaces" and re.search(r"\b(?:muc|diem|khoan|noi dung|phu luc|mot so)\b", match["between"]):
            how = "amends"  # "thay thế nội dung tại mục 2 Thông báo số …"
        number = "".join(text[match.start("number") : match.end("number")].split())
        words = text[match.start() : match.end()]
        return Amended(how, number, _day(match["day"], match["month"], match["year"]), words)
    return None


def find_moves(source: SourceText, reference: date) -> list[Move]:
    """The deadlines that sentences of an amending document move. ``reference`` is its day of issue."""
    text = source.text[:_LETTERS]
    flat = strip_marks(text).lower()
    return [
        move
        for match in _SENTENCE.finditer(flat)
        if (start := _MOVE.search(match.group())) is not None
        and (move := _move(text[match.start() : match.end()], match.group(), start.start(), reference)) is not None
    ]


def _move(sentence: str, flat: str, start: int, reference: date) -> Move | None:
    becomes = [word for word in _BECOMES.finditer(flat, start) if _DATE.search(flat, word.end(), word.end() + 40)]
    if not becomes:
        return None
    seam = becomes[-1]
    phrases = find_deadlines(sentence[seam.end() :], reference, colloquial=True)
    found = next((phrase for phrase in phrases if phrase.day is not None), None)
    if found is None or found.day is None:
        return None
    before = "before" if seam.group() == "den truoc" else None
    cited = list(_CITED_NUMBER.finditer(flat))
    old = [
        day
        for date_match in _DATE.finditer(flat, start, seam.start())
        if not any(match.start() <= date_match.start() < match.end() for match in cited)
        and (day := _day(date_match["day"], date_match["month"], date_match["year"] or str(reference.year)))
    ]
    return Move(
        quote=" ".join(sentence.split()),
        deadline=found.day,
        rule=before or found.rule or ON,
        time=found.time,
        from_day=old[-1] if old else None,
        sections=tuple(match["name"] for match in _SECTION.finditer(flat)),
    )


def _day(day: str | None, month: str | None, year: str | None) -> date | None:
    if not (day and month and year):
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
