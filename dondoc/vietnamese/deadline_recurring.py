"""Deadlines that come again: periods named by an adverb, and days fixed within them, as RFC 5545 rules."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dondoc.vietnamese.deadline_dates import CLOCK, find_clock
from dondoc.vietnamese.deadline_phrase import BEFORE, ON, DeadlinePhrase, Line

_EVERY = r"(?:ha[nm]g|moi)\b[\s.,]{0,3}"
_CUE = (
    r"(?P<cue>(?:cham nhat|muon nhat|tre nhat|truoc|han chot|han cuoi|den het|dinh ky)?"
    r"(?:\s*(?:la|vao|truoc|den|het|trong|cho|:))*\s*)"
)
_CLOCK = rf"(?:(?:luc )?(?P<clock>{CLOCK})\s*,?\s*(?:cua )?)?"
_DAY = r"(?:ngay\s*)?(?:mung |mong )?(?P<day>[12]\s?\d|3[01]|0?[1-9])"
_SPAN = r"(?:tu ngay\s*\d{1,2}\s*(?:den|-)\s*)?"
_WEEKDAYS = {
    "hai": "MO",
    "2": "MO",
    "ba": "TU",
    "3": "TU",
    "tu": "WE",
    "4": "WE",
    "nam": "TH",
    "5": "TH",
    "sau": "FR",
    "6": "FR",
    "bay": "SA",
    "7": "SA",
}
_WEEKLY = re.compile(
    rf"{_CUE}{_CLOCK}(?:(?:cac )?ngay )?(?:(?:sang|chieu|trua|toi) )?(?:(?:vao )?thu (?P<weekday>hai|ba|tu|nam|sau|bay|[2-7])"
    rf"|(?P<sunday>chu nhat)),?\s*(?:cua )?{_EVERY}tuan\b"
    rf"|{_EVERY}tuan[,\s]*(?:\(\s*)?(?P<cue2>(?:(?:truoc|cham nhat|vao)(?:\s*(?:la|vao))*\s*)?)"
    rf"(?:(?P<clock2>{CLOCK})\s*,?\s*)?(?:ngay )?(?:(?:sang|chieu) )?thu (?P<weekday2>hai|ba|tu|nam|sau|bay|[2-7])\b"
)
_DAILY = re.compile(
    rf"{_CUE}(?P<clock>{CLOCK})\s*(?:cua )?{_EVERY}ngay\b"
    rf"|\b{_EVERY}ngay\b[^.;,]{{0,60}}?,?\s*\(?(?P<cue2>(?:truoc|cham nhat)(?:\s*(?:la|vao|luc))*\s*)(?P<clock2>{CLOCK})"
    r"(?!\s*,?\s*(?:ngay|thu)\b)"
)
_WEEKLY_REPORT = re.compile(
    rf"\bbao cao tuan\b[^.;,]{{0,60}}?\s*\(?(?P<cue>(?:truoc|cham nhat)(?:\s*(?:la|vao|luc))*\s*){_CLOCK}"
    r"(?:ngay )?(?:(?:sang|chieu) )?thu (?P<weekday>hai|ba|tu|nam|sau|bay|[2-7])\b(?!\s*,?\s*(?:ngay|\(?\d))"
)
_MONTHLY_LEAD = re.compile(
    rf"\b(?:{_EVERY}thang\b[\s,]*\(?\s*(?:bao cao\s+)?|bao cao thang\b[^.;,]{{0,60}}?\s*\(?)"
    rf"(?P<cue>(?:truoc|cham nhat|vao)(?:\s*(?:la|vao|den))*\s*){_CLOCK}ngay\s*(?P<day>[12]\s?\d|3[01]|0?[1-9])"
    r"(?![\s]?[/\d-]|\s*(?:thang|hang|hang thang|cua thang))"
)
_MONTHLY = re.compile(
    rf"{_CUE}{_CLOCK}{_SPAN}{_DAY}\s*,?\s*(?:cua\s*)?(?:{_EVERY}thang\b"
    r"|(?:cua )?(?P<next>thang (?:tiep theo|ke tiep|lien ke|sau|ke sau))(?: (?:ngay sau|lien ke|cua)[^.,;)]{0,30})?"
    r"|(?:cua )?(?P<last>thang cuoi (?:cua )?quy)|(?:cua )?(?P<first>thang dau (?:tien )?(?:cua )?(?:quy|ky)"
    r"(?: sau| tiep theo| ke tiep)?"
    r"|thang dau tien)"
    r"|cac thang\s*(?P<months>\d{1,2}(?:\s*(?:,|va)\s*\d{1,2})+))"
)
_YEARLY = re.compile(
    rf"{_CUE}{_CLOCK}{_DAY}\s*(?:/|thang)\s*(?P<month>0?[1-9]|1[0-2])(?!\d)\s*,?\s*(?:cua\s*)?{_EVERY}nam\b"
)
_YEARLY_MONTH = re.compile(
    rf"\b(?P<cue>truoc|trong|vao|het)\s+thang\s*(?P<month>0?[1-9]|1[0-2])(?!\d)\s*,?\s*{_EVERY}nam\b"
)
_YEARLY_LEAD = re.compile(
    rf"\b{_EVERY}nam\b[\s,]*\(?\s*(?P<cue>(?:truoc|cham nhat)(?:\s*(?:la|vao|den))*\s*){_CLOCK}{_DAY}\s*(?:/|thang)\s*"
    r"(?P<month>0?[1-9]|1[0-2])(?!\s?/?\d)"
)
_QUARTER = re.compile(r"\bqu[ýíy]\b(?! (?:hoạch|định|chế|trình|mô|tắc|ước|đổi))")
_HINT = re.compile(r"\b(?:ha[nm]g|moi)\b|\bthang (?:tiep|ke|lien|sau|cuoi|dau)|\bcac thang\b|\bbao cao t(?:uan|hang)\b")
"""What every pattern of a day within a period needs."""

_MORE_THAN_WHEN = re.compile(r"\b(?:bao cao|ve|len|gui|so|ket qua)\b")
"""Words between a period and its hour that say what is due and to whom: they are no part of the phrase."""

_PERIODS = {"ngay": "daily", "tuan": "weekly", "thang": "monthly", "quy": "quarterly", "nam": "yearly"}
_WORD = r"(?:ngay|tuan|thang|quy|6 thang|06 thang|sau thang|nam)"
_LIST = rf"{_WORD}(?:\s*(?:,|/|va|;|hoac)\s*(?:{_EVERY}|dinh ky )?{_WORD}(?: dau nam| cuoi nam)?)*"
_ADVERB = re.compile(
    rf"\b(?:dinh ky|{_EVERY.rstrip()})\s*(?:theo\s+)?(?:{_EVERY})?(?P<list>{_LIST})\b(?!\s*(?:\d|lam viec))"
    rf"|\bbao cao (?:dinh ky )?(?:{_EVERY})?(?P<reports>{_WORD}(?:\s*(?:,|/|va)\s*(?:{_EVERY})?{_WORD})+)\b(?!\s*\d)"
)
_REPORT_NEAR = re.compile(r"\b(?:bao cao|tong hop|gui|cap nhat|thong ke|giao ban|so ket|dinh ky)\b")


@dataclass(frozen=True, slots=True)
class _Found:
    match: re.Match[str]
    periods: tuple[str, ...]
    rule: str | None


def find_recurring(line: Line) -> list[DeadlinePhrase]:
    """Phrases like "trước ngày 20 hằng tháng", "trước 16h00 Thứ sáu hàng tuần", "định kỳ hằng quý".

    Days without a year stay without a first occurrence: the text fixes none.
    """
    found = [_phrase(line, item) for item in (*_fixed(line), *_adverbs(line))]
    return sorted(_without_overlaps(found), key=lambda phrase: phrase.start)


def _phrase(line: Line, item: _Found) -> DeadlinePhrase:
    start, end = item.match.span()
    while start < end and line.flat[start].isspace():
        start += 1
    words = item.match.groupdict()
    named = "cue2" if words.get("cue2") else "cue"
    if words.get(named) and _MORE_THAN_WHEN.search(line.flat[start : item.match.start(named)]):
        start = item.match.start(named)
    cue = words.get("cue") or words.get("cue2") or ""
    if "(" in line.flat[start:end] and line.flat[end : end + 1] == ")":
        end += 1
    clock = find_clock(words.get("clock") or words.get("clock2") or "")
    rule = None
    if item.rule is not None:
        whole_month = item.rule.endswith("BYMONTHDAY=-1")
        rule = BEFORE if "truoc" in cue and "nhat" not in cue and clock is None and not whole_month else ON
    return DeadlinePhrase(
        start, end, line.text[start:end], time=clock, rule=rule, recurrence=item.periods, recurrence_rule=item.rule
    )


def _may_recur(flat: str) -> bool:
    named = "hang" in flat or "moi" in flat or "hamg" in flat or "bao cao t" in flat
    return named and _HINT.search(flat) is not None


def _fixed(line: Line) -> list[_Found]:
    if not _may_recur(line.flat):
        return []  # most sentences: no need to look closely
    found = []
    for match in _WEEKLY.finditer(line.flat):
        day = "SU" if match["sunday"] else _WEEKDAYS[match["weekday"] or match["weekday2"]]
        found.append(_Found(match, ("weekly",), f"FREQ=WEEKLY;BYDAY={day}"))
    found += [_Found(match, ("daily",), "FREQ=DAILY") for match in _DAILY.finditer(line.flat)]
    for match in _WEEKLY_REPORT.finditer(line.flat):
        found.append(_Found(match, ("weekly",), f"FREQ=WEEKLY;BYDAY={_WEEKDAYS[match['weekday']]}"))
    found += [_monthly(line, match) for match in _MONTHLY.finditer(line.flat)]
    for match in _MONTHLY_LEAD.finditer(line.flat):
        found.append(_Found(match, ("monthly",), f"FREQ=MONTHLY;BYMONTHDAY={_int(match['day'])}"))
    for pattern in (_YEARLY, _YEARLY_LEAD):
        for match in pattern.finditer(line.flat):
            rule = f"FREQ=YEARLY;BYMONTH={int(match['month'])};BYMONTHDAY={_int(match['day'])}"
            found.append(_Found(match, ("yearly",), rule))
    for match in _YEARLY_MONTH.finditer(line.flat):
        month = int(match["month"])
        if match["cue"] == "truoc":
            month = month - 1 or 12
        found.append(_Found(match, ("yearly",), f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY=-1"))
    return found


def _monthly(line: Line, match: re.Match[str]) -> _Found:
    day = _int(match["day"])
    before = line.text[max(0, match.start() - 80) : match.start()].rsplit(".", 1)[-1].lower()
    quarterly = _QUARTER.search(before) is not None
    if match["months"]:
        months = ",".join(str(int(month)) for month in re.findall(r"\d+", match["months"]))
        return _Found(
            match,
            ("quarterly",) if months == "3,6,9" or months.count(",") == 3 else ("yearly",),
            f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={day}",
        )
    if match["last"]:
        return _Found(match, ("quarterly",), f"FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY={day}")
    if match["first"] or (match["next"] and quarterly):
        return _Found(match, ("quarterly",), f"FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY={day}")
    return _Found(match, ("monthly",), f"FREQ=MONTHLY;BYMONTHDAY={day}")


def _adverbs(line: Line) -> list[_Found]:
    found: list[_Found] = []
    if not ("bao cao" in line.flat or "dinh ky" in line.flat or _may_recur(line.flat)):
        return found
    for match in _ADVERB.finditer(line.flat):
        listed = match["list"] or match["reports"]
        near = line.before(match.start(), 80) + match.group() + line.after(match.end(), 30)
        if not _REPORT_NEAR.search(near):
            continue
        periods = _named_periods(listed)
        if periods == ("daily",) and not re.search(r"\bbao cao\b", near):
            continue
        if match["reports"] is None and re.search(
            r"\b(?:phuc vu|doi song|sinh hoat|chi tieu|theo quy dinh)\s*$", near[:80]
        ):
            continue
        found.append(_Found(match, periods, None))
    return found


def _named_periods(listed: str) -> tuple[str, ...]:
    periods = []
    for word in re.findall(_WORD, listed):
        name = "half-yearly" if word.endswith(" thang") else _PERIODS[word]
        if name not in periods:
            periods.append(name)
    return tuple(periods)


def _int(digits: str) -> int:
    return int(re.sub(r"\s", "", digits))


def _without_overlaps(found: list[DeadlinePhrase]) -> list[DeadlinePhrase]:
    kept: list[DeadlinePhrase] = []
    for phrase in found:
        if not any(phrase.start < other.end and other.start < phrase.end for other in kept):
            kept.append(phrase)
    return kept
