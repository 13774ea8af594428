"""Day words of staff's one-liners: "chiều nay", "mai", "thứ 6 tuần này", "cuối tuần", "hạn 25/6", "trước 16h hôm nay"."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from dondoc.vietnamese.deadline_cues import find_cue, is_cited
from dondoc.vietnamese.deadline_dates import CLOCK, find_clock, find_dates, month_end
from dondoc.vietnamese.deadline_phrase import BEFORE, ON, DeadlinePhrase, Line
from dondoc.vietnamese.text import strip_marks

HALF_DAYS = {"sang": time(11, 30), "trua": time(11, 30), "chieu": time(17, 0)}
"""Until when a morning or an afternoon lasts in an office: the end of its working hours. An evening has no such end."""

_WEEKDAYS = {"hai": 0, "2": 0, "ba": 1, "3": 1, "tu": 2, "4": 2, "nam": 3, "5": 3, "sau": 4, "6": 4, "bay": 5, "7": 5}
_PART = r"(?:(?P<part>sang|trua|chieu|toi)\s+)?"
_WHICH = r"(?:\s+(?:cua\s+)?tuan\s+(?P<week>nay|sau|toi))?(?P<next>\s+(?:toi|sau)\b)?"
_WORD = re.compile(
    rf"\b(?:(?P<part1>sang|trua|chieu|toi) nay|hom nay|hnay|trong ngay(?! (?:\d|mai|mot|kia|hom|thu|chu nhat)))\b"
    rf"|\b{_PART.replace('<part>', '<part2>')}(?:ngay )?(?P<mai>mai|mot|kia)\b"
    rf"|\b{_PART.replace('<part>', '<part3>')}(?:thu\s*(?P<weekday>hai|ba|tu|nam|sau|bay|[2-7])|t(?P<short>[2-7])"
    rf"|(?P<sunday>chu nhat|cn))\b{_WHICH}"
    rf"|\b(?P<endweek>cuoi tuan(?: (?P<ew>nay|sau|toi))?|het tuan(?: nay)?|trong tuan(?: nay)?)\b"
    rf"|\b(?P<startweek>dau tuan (?:sau|toi))\b|\b(?P<endmonth>(?:cuoi|het|trong) thang(?: (?P<em>nay|sau"
    rf"|toi))?)\b(?! \d)"
)
_LEFT = re.compile(
    rf"(?P<urgent>\b(?:gap|khan|hoa toc|ngay)\s+)?(?P<cue>(?:cham nhat|muon nhat|tre nhat|truoc|han(?: chot| cuoi"
    rf"| nop)?"
    rf"|den het|den|trong|vao)\b(?:\s*(?:la|vao|truoc|trong|den|het|:))*\s*)?(?P<clock>(?:luc )?{CLOCK}\s*,?\s*)?"
    r"(?:ngay\s*)?$"
)
_SPOKEN_BEFORE = re.compile(r"\b(?:tai|giao ban|cuoc hop|theo|chi dao|hom|tu|moi|hop|vua)\b[^,;.]{0,30}$")
_MEETING = re.compile(
    r"\b(?:moi|du) (?:[^,;.]{0,60} )?(?:hop|hoi nghi|tap huan|du|giao ban|hoc)\b|\bhop (?:truc tuyen|giao ban)\b"
)
_URGENT = re.compile(r"\b(?:gap|khan|hoa toc|khan cap|ngay lap tuc)\b")


def find_spoken(line: Line, reference: date) -> list[DeadlinePhrase]:
    """Day words and bare dates of a one-line order, counted from ``reference``.

    A weekday is the next such day after today ("tuần này" names the one of this week), "cuối tuần" is Friday, "trong
    tháng" its last day. An invitation to a meeting has no deadline in its hour.
    """
    meeting = _MEETING.search(line.flat) is not None
    found: list[DeadlinePhrase] = []
    for match in _WORD.finditer(line.flat):
        day, clock = _day_of(line, match, reference)
        if day is not None:
            _add(found, line, match.span(), day, clock, reference, meeting=meeting)
    for written in find_dates(line, reference, short_years=True):
        if not is_cited(line, written.start) and find_cue(line, written.start) is None:
            _add(found, line, (written.start, written.end), written.day, None, reference, meeting=meeting)
    return found


def find_urgency(line: Line) -> list[DeadlinePhrase]:
    """A bare "gấp", "khẩn", "hỏa tốc": urgent without a day."""
    return [
        DeadlinePhrase(match.start(), match.end(), line.text[match.start() : match.end()], urgent=True)
        for match in _URGENT.finditer(line.flat)
        if not _other_word(line, match)
    ]


def _add(
    found: list[DeadlinePhrase],
    line: Line,
    span: tuple[int, int],
    day: date,
    clock: time | None,
    reference: date,
    *,
    meeting: bool,
) -> None:
    start, end = span
    left = line.before(start, 60)
    cue = _LEFT.search(left)
    if cue is None or any(start < other.end and other.start < end for other in found):
        return
    words = (cue["cue"] or "").strip()
    if not words and (meeting or _SPOKEN_BEFORE.search(left[: cue.start()])):
        return
    clock = find_clock(cue["clock"] or "") or clock
    rule = BEFORE if words.endswith("truoc") and "nhat" not in words and clock is None else ON
    start += cue.start() - len(left)
    urgent = _is_urgent(line, start, cue["urgent"]) or day == reference
    found.append(DeadlinePhrase(start, end, line.text[start:end], day=day, time=clock, rule=rule, urgent=urgent))


def _is_urgent(line: Line, position: int, word: str | None) -> bool:
    """Whether the word before the day presses: "ngay chiều nay", not "ngày 25/6" nor the "ngay" of a text without marks."""
    if word is None or word.strip() != "ngay":
        return word is not None
    return line.text[position : position + 4].lower() == "ngay" and not line.text.isascii()


def _day_of(line: Line, match: re.Match[str], reference: date) -> tuple[date | None, time | None]:
    groups = match.groupdict()
    part = groups["part1"] or groups["part2"] or groups["part3"]
    clock = HALF_DAYS.get(part) if part else None
    if groups["mai"]:
        return _mai(line, match, reference), clock
    if groups["weekday"] or groups["short"] or groups["sunday"]:
        if _other_word(line, match):
            return None, None
        number = 6 if groups["sunday"] else _WEEKDAYS[groups["weekday"] or groups["short"] or ""]
        return _weekday(number, groups, reference), clock
    if groups["endweek"]:
        friday = reference + timedelta(days=(4 - reference.weekday()) % 7)
        return friday + timedelta(days=7 * (groups["ew"] in ("sau", "toi"))), None
    if groups["startweek"]:
        return reference + timedelta(days=7 - reference.weekday()), None
    if groups["endmonth"]:
        later = groups["em"] in ("sau", "toi")
        month = reference.month % 12 + 1 if later else reference.month
        return month_end(reference.year + (later and month == 1), month), None
    return (None, None) if _other_word(line, match) else (reference, clock)


def _mai(line: Line, match: re.Match[str], reference: date) -> date | None:
    word = line.text[match.start("mai") : match.end("mai")]
    named = match.group().startswith("ngay ") or match["part2"]
    if not named and (word[:1].isupper() and match.start() > 0):
        return None  # a person's or a school's name
    if word.lower() == "mai":
        return reference + timedelta(days=1)
    if word.lower() == "kia":
        return reference + timedelta(days=2) if "ngay" in match.group() else None
    return reference + timedelta(days=2) if word.lower() == "mốt" or "ngay" in match.group() else None


def _weekday(number: int, groups: dict[str, str | None], reference: date) -> date:
    monday = reference - timedelta(days=reference.weekday())
    if groups["week"] == "nay":
        return monday + timedelta(days=number)
    if groups["week"] or groups["next"]:
        return monday + timedelta(days=7 + number)
    return reference + timedelta(days=(number - reference.weekday() - 1) % 7 + 1)


_TWINS = ("tự", "tới", "gặp", "gắp", "khăn", "khán", "sang", "thủ", "thư", "mải", "mài", "chú")


def _other_word(line: Line, match: re.Match[str]) -> bool:
    """Whether the marked words are another word that only folds alike: "thứ tự", "tới nay", "gặp"."""
    words = line.text[match.start() : match.end()].lower().split()
    if match.group() == strip_marks(" ".join(words)) == " ".join(words):
        return False  # typed without marks: taken at its word
    return any(word in _TWINS for word in words)
