"""Dates and hours as Vietnamese documents write them, scans with torn digits included; years that the text leaves out."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from dondoc.vietnamese.deadline_phrase import Line
from dondoc.vietnamese.text import nfc, strip_marks

_SAME_LENGTH = str.maketrans({"⁄": "/", "∕": "/", "–": "-", "—": "-", "−": "-", "\u00a0": " ", "\t": " "})

_YEAR = r"(?:19|20)\s?\d\s?\d"
_MONTH = r"(?:0\s?[1-9]|1\s?[0-2]|[1-9])"
_DAY = r"(?:[12]\s?\d|3\s?[01]|0?\s?[1-9])"
_FREE = r"(?:(?<![\w/.,-])|(?<=ngay))"  # a scan may glue "ngày" to its number
_TAIL_YEAR = r"(?:\s*,?\s*(?:cua\s+)?nam\s+(?P<{0}>sau|toi|tiep theo|ke tiep|lien ke|nay)(?:\s+(?:lien ke|ke tiep))?)?"
_TORN_YEAR = r"(?:\s?/\s?(?:19|20)\d?\s?[\[\]|!lio]{1,2}(?!\w))?"  # "20/9/201 ]": the year is lost, the day is not
_READ_AS_LETTERS = str.maketrans("lio", "110")  # what a scan makes of digits
_DATE = re.compile(
    rf"{_FREE}(?P<d1>{_DAY})\s?/\s?(?P<m1>{_MONTH})\s?[/.]\s?(?P<y1>{_YEAR})(?!\s?/|\d)"
    rf"|{_FREE}(?P<d2>{_DAY})\s?[-.]\s?(?P<m2>{_MONTH})\s?[-.]\s?(?P<y2>{_YEAR})(?![\d/])"
    rf"|{_FREE}(?P<d3>{_DAY})\s*-?\s*thang\s*-?\s*(?P<m3>{_MONTH})(?!\s?\d)(?:\s*(?:,\s*)?nam\s*(?P<y3>{_YEAR})(?!\d)"
    rf"|\s?/\s?(?P<y3b>{_YEAR})(?!\d))?"
    + _TAIL_YEAR.format("r3")
    + rf"|{_FREE}(?P<d4>{_DAY})\s?/\s?(?P<m4>{_MONTH}){_TORN_YEAR}(?!\s?[/\d]|\s?-\s?\d)"
    + _TAIL_YEAR.format("r4")
    + r"|(?<=ngay )(?P<d5>[0-3lio]?\s?[\dlio])\s?/\s?(?P<m5>[01lio]?\s?[\dlio])\s?/\s?(?P<y5>[12][\do]\s?[\dlio]\s?[\dlio])"
    r"(?![\w/])"
)
_START = re.compile(rf"{_FREE}\d|(?<=ngay )[\dlio]")
_SHORT_YEAR = re.compile(r"(?<![\w/.,-])(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>2\d)(?![\d/])")
CLOCK = r"(?:[01]?\d|2[0-4])\s*(?:gio|h|g|:)\s*(?:[0-5]\d(?!\d))?(?:\s*phut|['’′])?"
_CLOCK = re.compile(r"(?<![\d/])(?P<hour>[01]?\d|2[0-4])\s*(?:gio|h|g|:)\s*(?P<minute>[0-5]\d(?!\d))?")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as it stands in a line; ``year_given`` tells whether its year does too."""

    start: int
    end: int
    day: date
    year_given: bool


def line_of(text: str) -> Line:
    """The text in NFC with its flat form, both equally long."""
    text = nfc(text)
    flat = strip_marks(text).translate(_SAME_LENGTH)
    lowered = flat.lower()
    if len(lowered) != len(flat):  # a few letters of other scripts grow when lowered
        lowered = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in flat)
    return Line(text, lowered)


def find_dates(line: Line, reference: date, *, short_years: bool = False) -> list[WrittenDate]:
    """All dates of a line, cited ones and stamps included. ``short_years`` takes 28/6/24 as well."""
    found = [written for match in _matches(line.flat) if (written := _read(match, reference)) is not None]
    if short_years:
        for match in _SHORT_YEAR.finditer(line.flat):
            day = make_date(2000 + int(match["y"]), int(match["m"]), int(match["d"]))
            if day is not None and not any(match.start() < w.end and w.start < match.end() for w in found):
                found.append(WrittenDate(match.start(), match.end(), day, year_given=True))
    return sorted(found, key=lambda written: written.start)


def _matches(flat: str) -> Iterator[re.Match[str]]:
    """The dates as written, from left to right: looked for only where a number begins."""
    end = 0
    for start in _START.finditer(flat):
        match = _DATE.match(flat, start.start()) if start.start() >= end else None
        if match is not None:
            end = match.end()
            yield match


def _read(match: re.Match[str], reference: date) -> WrittenDate | None:
    groups = match.groupdict()
    kind = next(n for n in "12345" if groups[f"d{n}"])
    day, month = _number(groups[f"d{kind}"]), _number(groups[f"m{kind}"])
    year_text = groups.get(f"y{kind}") or (groups["y3b"] if kind == "3" else None)
    by_reference = groups.get(f"r{kind}")
    if year_text:
        resolved = make_date(_number(year_text), month, day)
    elif by_reference:
        resolved = make_date(reference.year + (by_reference != "nay"), month, day)
    else:
        resolved = next_such_day(month, day, reference)
    if resolved is None:
        return None
    return WrittenDate(match.start(), match.end(), resolved, year_given=bool(year_text or by_reference))


def _number(digits: str) -> int:
    return int(re.sub(r"\s", "", digits).translate(_READ_AS_LETTERS))


def make_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has none such."""
    if 1 <= month <= 12 and 1 <= year <= 9998 and 1 <= day <= monthrange(year, month)[1]:
        return date(year, month, day)
    return None


def next_such_day(month: int, day: int, reference: date) -> date | None:
    """The next such day on or after ``reference``; 29 February looks ahead up to eight years."""
    for year in range(reference.year, reference.year + 9):
        found = make_date(year, month, day)
        if found is not None and found >= reference:
            return found
    return None


def month_end(year: int, month: int) -> date | None:
    """The last day of a month, None outside the calendar."""
    if not (1 <= month <= 12 and 1 <= year <= 9998):
        return None
    return date(year, month, monthrange(year, month)[1])


def find_clock(flat: str) -> time | None:
    """The last hour named in a flat text: 16h, 16h30, 16 giờ 30, 16:00, 10g45; 24h is the last minute of the day."""
    clock = None
    for match in _CLOCK.finditer(flat):
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if match.group().endswith(":"):
            continue
        clock = time(23, 59) if hour == 24 else time(hour, minute)
    return clock
