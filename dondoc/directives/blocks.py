"""The body of a document as blocks: paragraphs and list items put together again from lines that a page broke."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dondoc.directives.labels import opens_with_label
from dondoc.directives.layout import TextLine, flatten
from dondoc.directives.run_on import LOWER
from dondoc.directives.units_in_text import read_units

PART, ROMAN, NUMBER, DOTTED, LETTER, DASH, PLUS, PLAIN = 0, 1, 2, 3, 6, 7, 8, 9
"""Levels of list marks, from "A." down to "+"; PLAIN is a paragraph without a mark. DOTTED grows with its dots."""

_NOISE = r"^[\s_.,:;'\"“”‘’`*ˆ^´¨·¬]*"
_MARKERS = (
    (ROMAN, re.compile(_NOISE + r"(?P<mark>(?:X{1,2}V?I{0,3}|IX|IV|VI{0,3}|I{1,3}))\s?[.)/](?=\s*\S)")),
    (ROMAN, re.compile(_NOISE + r"(?P<mark>X?(?:IX|IV|VI{0,3}|I{1,3}))\s+(?=[A-ZĐÀ-Ỹ]{2,}[A-ZĐÀ-Ỹ\s,\-–]*$)")),
    (ROMAN, re.compile(_NOISE + r"(?P<mark>(?=\d*[IlH|])[1IlH|]{2,4}|[1l|]V)\s?[.)](?=\s*[A-ZĐÀ-Ỹ])")),
    (
        PART,
        re.compile(
            _NOISE + r"(?P<mark>(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC)\s+(?:[IVX]{1,5}|\d{1,2}|thứ \w+))\b\s*[.:]?"
        ),
    ),
    (PART, re.compile(_NOISE + r"(?P<mark>[A-EĐ])\s?[.)](?=\s*[A-ZĐÀ-Ỹ][\wÀ-ỹ])")),
    (NUMBER, re.compile(_NOISE + r"(?P<mark>Điều\s+\d{1,3})\s?[.:]")),
    (DOTTED, re.compile(_NOISE + r"(?P<mark>\d{1,2}(?:\.\d{1,2}){1,3})\s?[.)/]?(?=\s*[^\d\s%.,/])")),
    (NUMBER, re.compile(_NOISE + r"[lI]?(?P<mark>\d{1,2})\s?(?:\.{1,2}|\)|/(?=\s))\s*(?=[^\d\s])")),
    (NUMBER, re.compile(r"^[-–_]{1,2}\s?(?P<mark>\d{1,2})\.(?=\s[A-ZĐÀ-Ỹ])")),
    (NUMBER, re.compile(_NOISE + r"(?P<mark>\d{1,2})[,:](?=\s[A-ZĐÀ-Ỹ])")),
    (NUMBER, re.compile(_NOISE + r"(?P<mark>\d{1,2})\s?[-–](?=\s*[A-ZĐÀ-Ỹ])(?!\s*\d)")),
    (LETTER, re.compile(_NOISE + r"(?P<mark>[a-zđ])\s?[.)](?=\s*\S)")),
    (PLUS, re.compile(_NOISE + r"(?P<mark>\((?:[ivx]{1,4}|\d{1,2}|[a-zđ])\))\s*(?=[^\W\d_])")),
    (PLUS, re.compile(_NOISE + r"(?P<mark>[+•○▪◦])\s*(?=\S)")),
    (DASH, re.compile(_NOISE + r"(?P<mark>[-–—~●✓✔➢❖\uf0b7\uf02d\uf0a7\uf0d8]|\*(?=\s))[\s_\-–—]*(?=[^\s\d]|\d)")),
)
_COMMA_MARK = re.compile(r"\W*\d{1,2}[,:]\s|[-–_]{1,2}\s?\d{1,2}\.\s")
_SPECK = re.compile(rf"(?<=[{LOWER}])\.(?=[{LOWER}]{{2}})")
_ADDRESS = re.compile(r"@|://|www\.|\.(?:vn|com|net|org|edu|gov|html?|pdf|docx?|xlsx?|zip|rar|tt)\b", re.IGNORECASE)
_FINISHED = re.compile(r"[.;:!?][\s*_\"”’'«»)\]]*$|\./\.?\W*$")
_OPEN_END = re.compile(
    r"(?:[,\-–—(/]|\b(?:và|của|với|về|các|cho|tại|theo|từ|đến|trong|do|là|để|có|được|năm|số|thuộc|hoặc))$"
)
_CUT_END = re.compile(
    r"(?:[,(/]|\b(?:và|của|với|các|cho|tại|theo|thuộc|hoặc|những|trước|ngày|tháng|từ|đến|trong|do|để|được|là|bằng|vào"
    r"|khi|phải|đã|đang|sẽ|bị|như|nhằm|gồm|hết|mỗi|Sở|Bộ|Cục|UBND|HĐND|Ủy|Uỷ|Chủ|Phó))$"
)
_DUST_BEHIND = re.compile(r"(?<=[.;])\s[\s.,:;'’‘`ˆ~]*$")
_DUST = re.compile(r"[\s_.,:;'`ˆ~¬\-–—]*[_'`ˆ~¬][\s_.,:;'`ˆ~¬\-–—]*(?=[^\W\d_])|[-–—]\s*(?=[A-ZĐÀ-Ỹ])")
_AFTER_ALL = re.compile(r"Sau(?: đây)?\s*:")
_LIST_FOLLOWS = re.compile(r"\b(?:sau|yeu cau|chi dao|ket luan|chi thi|the|gom|nghi|viec)\s*:$")
_PARAGRAPH_WIDTH = 160
_FULL_LINE = 60
_MIN_LINES = 4


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or list item: its text on one line without mark-up, and for each letter its place in the source."""

    level: int
    mark: str
    text: str
    places: Sequence[int]
    flat: str

    def quote(self, source: str, start: int = 0, end: int | None = None) -> str:
        """The exact words of the source for a stretch of the text, blanks folded."""
        stop = len(self.text) if end is None else end
        if start >= stop:
            return ""
        return " ".join(source[self.places[start] : self.places[stop - 1] + 1].split())


_WORD = re.compile(r"[^\s*|_\u200b\ufeff\u00ad]+")
_HASHES = re.compile(r"^.{0,3}#+")


def _blanks(match: re.Match[str]) -> str:
    """The first letters of a line, blanks for the marks of a heading among them."""
    return match.group()[:4].replace("#", " ") + match.group()[4:]


class _Builder:
    """A block while lines are still being added to it."""

    def __init__(self, level: int, mark: str) -> None:
        self.level, self.mark = level, mark
        self._words: list[str] = []
        self._places = array("I")
        self.lines = 0

    def add(self, text: str, place: int) -> None:
        for word in _WORD.finditer(_HASHES.sub(_blanks, _without_specks(text), 1)):
            if self._words:
                self._words.append(" ")
                self._places.append(self._places[-1] + 1)
            self._words.append(word.group())
            self._places.extend(range(place + word.start(), place + word.end()))
        self.lines += 1

    def block(self) -> Block:
        text = _DUST_BEHIND.sub("", "".join(self._words))
        return Block(self.level, self.mark, text, self._places[: len(text)], flatten(text))


def marker_of(text: str) -> tuple[int, str, int] | None:
    """Level, mark and length of the list mark that a line begins with, or None."""
    for level, pattern in _MARKERS:
        match = pattern.match(text)
        if match is not None:
            mark = " ".join(match["mark"].split())
            return (level + mark.count(".") - 1 if level == DOTTED else level), mark, match.end()
    return None


def blocks_of(lines: tuple[TextLine, ...]) -> list[Block]:
    """Put lines together into blocks. Table rows (lines of three cells and more) are left to ``tables``."""
    lines = _without_false_gaps(tuple(line for line in lines if not is_row(line.text)))
    width = _width(lines)
    built: list[Block] = []
    latest: dict[int, str] = {}
    current: _Builder | None = None
    previous: TextLine | None = None
    for line in lines:
        mark = marker_of(line.text)
        if (
            mark is not None
            and current is not None
            and previous is not None
            and not _begins(line, mark, latest, previous)
        ):
            mark = None
            joins = True
        else:
            joins = (
                mark is None
                and current is not None
                and previous is not None
                and _continues(line, previous, current, width)
            )
        if joins and current is not None:
            skip = _dust_before(line.text, previous.text if previous is not None else "")
            current.add(line.text[skip:], line.start + skip)
        else:
            level, written, skip = mark if mark is not None else (PLAIN, "", 0)
            if current is not None:
                built.append(current.block())
            latest[level] = written
            current = _Builder(level, written)
            current.add(line.text[skip:], line.start + skip)
        previous = line
    if current is not None:
        built.append(current.block())
    return _with_misread_parts([block for block in built if block.text])


def _dust_before(text: str, before: str) -> int:
    """How many letters at the beginning of a line are dust that a scan set before the middle of a sentence."""
    dust = _DUST.match(text)
    if dust is None or (dust.group()[0] in "-–—" and _OPEN_END.search(before.rstrip("* ")) is None):
        return 0
    return dust.end()


def _with_misread_parts(blocks: list[Block]) -> list[Block]:
    """ "1. MỤC ĐÍCH" directly over another "1." was "I.": a scan read the Roman number as an Arabic one."""
    for index, (block, following) in enumerate(pairwise(blocks)):
        if (
            block.level == following.level == NUMBER
            and following.mark == "1"
            and set(block.mark) == {"1"}
            and not _FINISHED.search(block.text)
        ):
            blocks[index] = replace(block, level=ROMAN)
    return blocks


def _without_false_gaps(lines: tuple[TextLine, ...]) -> tuple[TextLine, ...]:
    """The lines of a scan that sets blank lines anywhere, without those that stand within sentences."""
    within = [
        after.blank_before
        for line, after in pairwise(lines)
        if after.text[:1].islower() and not _FINISHED.search(line.text) and marker_of(after.text) is None
    ]
    if len(within) < _MIN_LINES or sum(within) * 4 < len(within):
        return lines
    return tuple(
        replace(line, blank_before=False) if before is not None and not _FINISHED.search(before.text) else line
        for before, line in zip((None, *lines), lines, strict=False)
    )


def is_row(text: str) -> bool:
    """Whether a line is a row of a table of data."""
    return text.count("|") >= 3 and len([cell for cell in text.strip("| ").split("|") if cell.strip()]) >= 2


def _width(lines: tuple[TextLine, ...]) -> int:
    """The width to which lines were broken; 0 when each line is a paragraph."""
    lengths = sorted(len(line.text) for line in lines)
    if len(lengths) < 4:
        return 0 if not lengths or lengths[-1] > _PARAGRAPH_WIDTH else lengths[-1]
    ninth = lengths[int(len(lengths) * 0.9)]
    if ninth >= _PARAGRAPH_WIDTH:
        return 0
    unfinished = sum(
        not _FINISHED.search(line.text) and marker_of(after.text) is None for line, after in pairwise(lines)
    )
    return ninth if unfinished * 4 >= len(lines) else 0


def _begins(line: TextLine, mark: tuple[int, str, int], latest: dict[int, str], previous: TextLine) -> bool:
    """Whether a mark really begins an item: a line that breaks within "Covid-19. Phối hợp" only looks so."""
    if _COMMA_MARK.match(line.text):
        return _expected(mark[1], latest)  # a scan's comma for a full stop
    small = line.text[mark[2] : mark[2] + 1].islower()
    if mark[0] == DASH and small and len(previous.text) >= _FULL_LINE and not _FINISHED.search(previous.text):
        return False  # dust before a line within a sentence
    if line.blank_before or _FINISHED.search(previous.text):
        return not (previous.text.endswith("-") and mark[0] == NUMBER and not _expected(mark[1], latest))
    if mark[0] in (NUMBER, LETTER) and not mark[1].startswith("Điều"):
        return _expected(mark[1], latest)
    if mark[0] <= ROMAN and not line.text[mark[2] :].lstrip()[:1].isupper():
        return False
    if mark[0] == DASH:
        return not _OPEN_END.search(previous.text.rstrip("* ")) and not small
    return True


def _expected(mark: str, latest: dict[int, str]) -> bool:
    """Whether a number or letter follows the last one of its sort, or is a first."""
    if mark in ("1", "a"):
        return True
    last = latest.get(NUMBER if mark.isdigit() else LETTER, "")
    if mark.isdigit():
        return last.isdigit() and int(mark) - int(last) in (1, 2)
    return len(last) == 1 and (0 < ord(mark) - ord(last) <= 3 or mark in "đe")


def _without_specks(text: str) -> str:
    """The text with a blank for each full stop that a scan set between two words: "Hiệu.trưởng"; as long as it was."""
    return text if _ADDRESS.search(text) else _SPECK.sub(" ", text)


def _names_units(text: str) -> bool:
    """Whether a line with a list mark is a heading that names units and nothing else: "4. Phòng Y tế các huyện"."""
    mark = marker_of(text)
    if mark is None:
        return False
    title = text[mark[2] :].strip(" *_:.")
    units = read_units(title, flatten(title), 0)
    return units is not None and units.end >= len(title)


def _continues(line: TextLine, previous: TextLine, current: _Builder, width: int) -> bool:
    """Whether an unmarked line goes on with the paragraph before it."""
    if opens_with_label(flatten(line.text)):
        return False
    begun, ended = line.text.lstrip('*_"“( .,:;ˆ'), previous.text.rstrip("* ")
    if not _FINISHED.search(previous.text):
        if (
            begun[:1].islower()
            or begun[:1].isdigit()
            or (_OPEN_END.search(ended) and not line.blank_before)
            or _CUT_END.search(ended)
            or _AFTER_ALL.match(begun)
        ):
            return True
        if current.lines == 1 and (current.level <= ROMAN or (begun[:1].isupper() and _names_units(previous.text))):
            return False  # a heading; its text begins with a capital
        full = width > 0 and len(previous.text) >= 0.8 * width and current.lines > 1
        return full if line.blank_before else width > 0 and len(previous.text) >= 0.6 * width
    if begun[:1].islower() and ended.endswith(";") and current.level != PLAIN:
        return True  # a scan's blank line within an item
    if begun[:1].islower() and ended.endswith(".") and 0 < 0.8 * width <= len(previous.text):
        return True  # a full stop that is none, at the end of a full line
    if line.blank_before or width == 0 or _LIST_FOLLOWS.search(flatten(ended)):
        return False
    return len(previous.text) >= 0.8 * width
