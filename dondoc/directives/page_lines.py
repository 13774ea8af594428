"""Words with their places on a page, put together to lines in the order in which the page is read.

The head and the foot of a Vietnamese paper stand in two columns (Nghị định 30/2020/NĐ-CP, Phụ lục I): who issues beside the
name of the state, the recipients beside the signature. Their lines are read column by column, everything else row by row.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from dondoc.vietnamese.text import strip_marks

_WIDE = 1.8
"""A gap between two columns, in heights of a line; justified words stand nearer to each other."""
_NEAR = 4.0
"""The farthest that the next row of a column lies below, in heights of a line: room for a signature."""
_MIDDLE = (0.2, 0.75)
"""Where the gap may lie, as parts of the page's width."""
_TWO_COLUMNS = re.compile(r"cong h[o0]a|xa hoi chu|d[o0]c lap|dang cong san|(?P<foot>n[o0]i nhan)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box, in any unit, from the top left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


Row = list[Word]


def page_lines(words: Iterable[Word], width: float) -> list[tuple[float, str]]:
    """The lines of a page of that width, each with the height at which its row or its block of columns begins."""
    found = [word for word in words if word.text.strip()]
    if not found:
        return []
    height = median(word.bottom - word.top for word in found)
    rows = _rows(found)
    lines: list[tuple[float, str]] = []
    place = 0
    while place < len(rows):
        block = _columns(rows[place:], width, height)
        if block is None:
            lines.append((rows[place][0].top, _text(rows[place])))
            place += 1
            continue
        top, used, gap = rows[place][0].top, block[0], block[1]
        for side in (0, 1):
            column = [[word for word in row if (word.left >= gap) == bool(side)] for row in rows[place : place + used]]
            lines += [(top, _text(row)) for row in column if row]
        place += used
    return lines


def _text(row: Row) -> str:
    return " ".join(word.text for word in row)


def _rows(words: Sequence[Word]) -> list[Row]:
    """Words side by side, from the top. Tall words make the rows; a dash or a comma belongs to the row that it lies in."""
    usual = median(word.bottom - word.top for word in words)
    rows: list[Row] = []
    for word in sorted((word for word in words if word.bottom - word.top > usual / 2), key=lambda word: word.middle):
        last = rows[-1][-1] if rows else None
        if last is not None and last.top <= word.middle <= last.bottom and word.top <= last.middle:
            rows[-1].append(word)
        else:
            rows.append([word])
    bands = [(min(word.top for word in row), max(word.bottom for word in row), row) for row in rows]
    for word in (word for word in words if word.bottom - word.top <= usual / 2):
        around = [band for band in bands if band[0] <= word.middle <= band[1]]
        if around:
            min(around, key=lambda band: abs(band[0] + band[1] - 2 * word.middle))[2].append(word)
        else:
            rows.append([word])
    rows.sort(key=lambda row: row[0].middle)
    return [sorted(row, key=lambda word: word.left) for row in rows]


def _columns(rows: list[Row], width: float, height: float) -> tuple[int, float] | None:
    """How many of the rows are two columns, and where the right one begins; None if the first row is no part of such."""
    gap = _gap(rows[0], width, height)
    if gap is None:
        return None
    left, right = gap
    used = 0
    for row in rows:
        before = rows[used - 1] if used else row
        if row[0].middle - before[0].middle > _NEAR * height:
            break
        centre = (left + right) / 2
        ends = [word.right for word in row if word.left < centre]
        starts = [word.left for word in row if word.left >= centre]
        if max(ends, default=left) > right or min(starts, default=right) - max([left, *ends]) < height / 2:
            break
        left, right = max([left, *ends]), min([right, *starts])
        used += 1
    text = strip_marks(" ".join(_text(row) for row in rows[:used]))
    part = _TWO_COLUMNS.search(text)
    if part is None:
        return None
    if part["foot"] is None:
        # The head ends with number and date side by side; what stands below is the subject or the title.
        beside = [n for n, row in enumerate(rows[:used], 1) if row[0].left < left and row[-1].left >= right]
        used = max(beside, default=0)
    return (used, (left + right) / 2) if used > 1 else None


def _gap(row: Row, width: float, height: float) -> tuple[float, float] | None:
    """The widest gap of a row if it is as wide as one between columns and lies near the page's middle."""
    gaps = [(b.left - a.right, a.right, b.left) for a, b in itertools.pairwise(row)]
    wide = max(gaps, default=(0.0, 0.0, 0.0))
    if wide[0] < _WIDE * height or not _MIDDLE[0] * width < (wide[1] + wide[2]) / 2 < _MIDDLE[1] * width:
        return None
    return wide[1], wide[2]
