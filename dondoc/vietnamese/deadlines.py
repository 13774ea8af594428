"""The deadline phrases of Vietnamese administrative prose and of staff's one-line orders.

A date is a deadline only with a cue beside it ("trước ngày", "chậm nhất", "đến hết", "hạn chót", "trong tháng"); dates
of cited documents, meetings, data periods, planning horizons, stamps and slash numbers have none or are ruled out by
their surroundings. Dates are day before month, always.
"""

from __future__ import annotations

import re
from datetime import date

from dondoc.vietnamese.deadline_colloquial import find_spoken, find_urgency
from dondoc.vietnamese.deadline_cues import find_cue, is_deadline
from dondoc.vietnamese.deadline_dates import CLOCK, WrittenDate, find_clock, find_dates, line_of
from dondoc.vietnamese.deadline_periods import find_period_ends
from dondoc.vietnamese.deadline_phrase import BEFORE, ON, DeadlinePhrase, Line
from dondoc.vietnamese.deadline_recurring import find_recurring
from dondoc.vietnamese.deadline_soft import find_relative, find_soft, find_unread

__all__ = ["BEFORE", "ON", "DeadlinePhrase", "find_deadlines", "same_day"]

_RANGE = re.compile(
    r"(?P<label>(?:nhan|nop|gui|dang ky|thuc hien|hoan thanh|du kien|tien hanh|trien khai|danh gia|ra soat|cham"
    r"|xep loai|ky duyet|duyet|thu|tiep nhan|lap|cap nhat|niem yet|khao sat|kiem ke|kiem tra|don doc)"
    r"[^.;:]{0,60}[:,]?\s*(?:du kien )?(?:bat dau )?)?\b(?:ke )?tu (?:ngay )?[^.;,]{1,40}?"
    r"(?:den|-|toi)(?: het)?(?:\s*ngay)?\s*$"
)
_NO_RANGE = re.compile(
    r"\b(?:so lieu|(?:ket qua|tinh hinh) [^.;,]{0,40}"
    r"|thoi gian bao cao|tinh|ky bao cao|hoi nghi|hoi thi|hop|tap huan|lop|khoa|nghi|le|lich|giay bao"
    r"|thi)\b"
)
_URGENT_BEFORE = re.compile(r"\b(?:gap|khan truong|hoa toc|khan cap|khan)\b[^.;]{0,60}$")
_CLOCK_AFTER = re.compile(rf"^\s*[,(]?\s*(?:truoc |luc |vao )?(?P<clock>{CLOCK})(?!\s*(?:-|den))")
_SAME_DAY = re.compile(rf"\b(?:truoc|cham nhat(?: la)?)\s+(?P<clock>{CLOCK})\s*(?:cung ngay)\b")
_NUMBER = re.compile(r"[\d/]")
_MAX_LETTERS = 20_000
_FIRST_DAY, _LAST_DAY = date(1, 1, 8), date(9990, 12, 31)
"""References beyond these are taken as these, so that counting on from them stays within the calendar."""


def find_deadlines(text: str, reference: date, *, colloquial: bool = False) -> list[DeadlinePhrase]:
    """All deadline phrases of a sentence or line, in the order of the text.

    ``reference`` is the day of issue, or today for an order just given: a date without a year is the next such day on
    or after it. ``colloquial`` adds the day words of spoken orders ("mai", "thứ 6 tuần này", "gấp trong chiều nay") and
    takes a bare date as a deadline. Only the first 20,000 letters are read.
    """
    line = line_of(text[:_MAX_LETTERS])
    reference = min(max(reference, _FIRST_DAY), _LAST_DAY)
    candidates = find_recurring(line) + _dated(line, reference, short_years=colloquial)
    if colloquial:
        candidates += find_spoken(line, reference)
    candidates += find_period_ends(line, reference) + find_relative(line) + find_soft(line)
    candidates += find_unread(line, find_dates(line, reference))
    if colloquial:
        candidates += find_urgency(line)
    return _merged(candidates)


def _dated(line: Line, reference: date, *, short_years: bool) -> list[DeadlinePhrase]:
    found: list[DeadlinePhrase] = []
    if _NUMBER.search(line.flat) is None:
        return found
    for written in find_dates(line, reference, short_years=short_years):
        past = written.year_given and written.day < reference
        span = _range(line, written)
        cue = find_cue(line, written.start)
        if span is not None:
            start, rule, left = span, ON, ""
        elif cue is not None and is_deadline(line, cue, written.end, past=past):
            start, rule, left = cue.start, cue.rule, line.flat[cue.start : written.start]
        else:
            continue
        end, clock = written.end, find_clock(left)
        after = _CLOCK_AFTER.match(line.after(written.end, 30))
        if clock is None and after is not None:
            clock = find_clock(after["clock"])
            end += after.end()
            rule = ON
        urgent = _URGENT_BEFORE.search(line.before(start, 40)) is not None
        found.append(
            DeadlinePhrase(start, end, line.text[start:end], day=written.day, time=clock, rule=rule, urgent=urgent)
        )
    return found + (_same_day(line, found) if "cung ngay" in line.flat else [])


def same_day(text: str, day: date) -> DeadlinePhrase | None:
    """The phrase "trước 17 giờ cùng ngày" of a text whose day an earlier text named."""
    line = line_of(text[:_MAX_LETTERS])
    match = _SAME_DAY.search(line.flat)
    if match is None:
        return None
    words = line.text[match.start() : match.end()]
    return DeadlinePhrase(match.start(), match.end(), words, day, find_clock(match["clock"]), ON)


def _same_day(line: Line, found: list[DeadlinePhrase]) -> list[DeadlinePhrase]:
    """ "… trước 11h00 cùng ngày" takes the day of the deadline before it."""
    more = []
    for match in _SAME_DAY.finditer(line.flat):
        earlier = [phrase for phrase in found if phrase.end <= match.start()]
        if earlier:
            words = line.text[match.start() : match.end()]
            clock = find_clock(match["clock"])
            more.append(
                DeadlinePhrase(match.start(), match.end(), words, earlier[-1].day, clock, ON, urgent=earlier[-1].urgent)
            )
    return more


def _range(line: Line, written: WrittenDate) -> int | None:
    """Where "từ ngày A đến ngày B" begins if the date is the B of a span of work, else None.

    A span without a word of work before it is a meeting, a data period or a term; -1 never occurs.
    """
    left = line.before(written.start)
    match = _RANGE.search(left) if "tu " in left else None
    if match is None or match["label"] is None or _NO_RANGE.search(left):
        return None
    return written.start - len(left) + match.end("label")


def _merged(candidates: list[DeadlinePhrase]) -> list[DeadlinePhrase]:
    """Earlier candidates win over later ones they overlap, and lend nothing to them."""
    if len(candidates) < 2:
        return candidates
    kept: list[DeadlinePhrase] = []
    for phrase in candidates:
        if not any(phrase.start < other.end and other.start < phrase.end for other in kept):
            kept.append(phrase)
    return sorted(kept, key=lambda phrase: phrase.start)
