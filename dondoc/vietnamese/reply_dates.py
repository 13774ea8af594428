"""The days that replies name: "t6", "mùng 2/7", "cuối tháng", "10h sáng mai", and those of ``reply_day_words.py``.

Conventions. A weekday is the next such day after today; "tuần này" and "tuần sau" name the week (Monday to Sunday).
"Đầu tuần" is the coming Monday, "giữa tuần" Wednesday, "cuối tuần" and "hết tuần" Friday; "cuối tháng", "hết quý" the
last day. A day without month or year is the next such day. "Thêm, lùi, chậm n ngày" counts calendar days from the
deadline, "n ngày nữa" from today. "Vài hôm nữa", "tuần sau" and "tháng sau" alone name no day: a date is never made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from dondoc.vietnamese.deadline_dates import make_date, month_end, next_such_day
from dondoc.vietnamese.reply_day_words import DatePhrase, named_by_lengths, named_by_words

Spans = tuple[tuple[int, int], ...]

_COMING = r"(?:sau|den|toi)"
_YEAR = r"(?:/(?P<{0}>\d{{4}})| nam (?P<{0}2>\d{{4}}))?"
_WRITTEN = re.compile(
    r"(?<!\S)(?:(?P<cue>ngay|hom|mung|mong|den|sang|qua|truoc|vao|toi|cham nhat|het|luc) )?"
    r"(?:(?P<dm>\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?)(?!\S)"
    rf"|(?P<d>\d{{1,2}}) thang (?P<m>\d{{1,2}}){_YEAR.format('y')}(?!\S)"
    r"|(?P<day>\d{1,2})(?= (?:nay|tay|em|truong|xa|ben|nop|gui|xong|tui|thi|la|duoc|vi|do|phong|voi|moi|[|?]) ))"
)
_BARE_DAY = re.compile(
    r"(?<=\| )(?P<day>\d{1,2}) (?=(?:(?:em|truong|xa|ben em|tui|minh) )?(?:se )?(?:nop|gui|xong|bao) )"
)
_ONLY_A_NUMBER = re.compile(r"\| (?:den |sang |toi )?(?P<day>\d{1,2}) \| ")
_WEEKDAY = re.compile(
    r"(?<!\S)(?P<past>(?:hom|hoi|hoi hom|(?<!dien )tu|tu hom|luc) )?(?<!lan )(?<!nguoi )(?<!dot )(?<!ban )"
    r"(?:thu (?P<w>[2-7]|ba|tu|nam|sau|bay)|(?P<sunday>chu nhat))(?!\S)"
    rf"(?P<ago> (?:tuan truoc|truoc|vua roi|vua qua|roi)(?!\S))?(?: (?:cua )?tuan (?P<week>nay|{_COMING}))?"
    r"(?P<next> sau(?!\S))?"
)
_PERIOD = re.compile(
    r"(?<!\S)(?P<edge>đầu|dau|giua|cuoi|het|trong|trong het) (?P<what>tuan|thang|quy|nam)"
    rf"(?: (?P<which>nay|{_COMING})| (?P<number>\d{{1,2}}|iv|i{{1,3}}){_YEAR.format('y')})?(?!\S)(?! hoc )"
)
_PERIOD_WORDS = re.compile(r" (?:tuan|thang|quy|nam) ")
_ANY_DIGIT = re.compile(r"\d")
_QUARTER = re.compile(
    rf"(?<!\S)(?:den|sang|qua|vao) (?:het |cuoi )?quy (?P<quarter>iv|i{{1,3}}|[1-4]){_YEAR.format('y')}(?!\S)"
)
_CLOCK = re.compile(
    r"(?<!\S)(?P<h>\d{1,2})(?:[hg:](?P<mi>\d{2})?| gio(?: (?P<mi2>[0-5]?\d)(?! thang)| (?P<half>ruoi))?)(?!\S)"
    r"(?! (?:nữa|nua|hanh|lam) )(?: (?P<part>sang|trua|chieu|toi|dem)(?!\S))?"
)
_PART_OF_DAY = re.compile(r"(?<!\S)(?P<part>trua|chieu|toi) (?:nay|mai|mốt|thu|ngay) ")
_TOLD = re.compile(r"(?<!\S)(?:tu|hoi|hom|luc|vao luc) $")
_NEARLY_A_YEAR = 270
"""Days ahead beyond which a date without its year was a day just gone: the 21/6 of a document, said on 25/6."""
_WEEKDAYS = {"ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def find_dates(line: str, now: datetime, taken: Spans = (), *, asked: bool = False) -> list[DatePhrase]:
    """All days named in a reading's line, in order.

    ``taken`` are spans that mean something else (fractions). ``asked``: the bot has just asked for a day, so that a
    number alone is one.
    """
    found: list[DatePhrase] = []
    for phrase in _candidates(line, now):
        others = [*taken, *((other.start, other.end) for other in found)]
        if not any(phrase.start < end and start < phrase.end for start, end in others):
            found.append(phrase)
    if asked and not found and (number := _ONLY_A_NUMBER.fullmatch(line)):
        found.append(DatePhrase(*number.span("day"), _next_day_number(int(number["day"]), now.date())))
    found.sort(key=lambda phrase: phrase.start)
    return _with_clocks(line, found, now, taken)


def _candidates(line: str, now: datetime) -> Iterator[DatePhrase]:
    today = now.date()
    yield from named_by_lengths(line, now)
    for match in _PERIOD.finditer(line) if _PERIOD_WORDS.search(line) else ():
        yield DatePhrase(*match.span(), _period(match, today))
    for match in _QUARTER.finditer(line):
        yield DatePhrase(*match.span(), _quarter_end(match["quarter"], match["y"] or match["y2"], today))
    for match in _WEEKDAY.finditer(line):
        yield _weekday(match, today)
    yield from named_by_words(line, today)
    if _ANY_DIGIT.search(line) is None:
        return
    for match in _WRITTEN.finditer(line):
        if (phrase := _written(match, today)) is not None:
            yield phrase
    for match in _BARE_DAY.finditer(line):
        yield DatePhrase(*match.span(), _next_day_number(int(match["day"]), today))


def _weekday(match: re.Match[str], today: date) -> DatePhrase:
    start, end = match.span()
    word = match["w"]
    index = 6 if match["sunday"] else _WEEKDAYS[word] if word in _WEEKDAYS else int(word) - 2
    monday = today - timedelta(days=today.weekday())
    if match["past"] or match["ago"]:
        back = (today.weekday() - index - 1) % 7 + 1
        return DatePhrase(start, end, today - timedelta(days=back), past=True)
    if match["week"] == "nay":
        return DatePhrase(start, end, monday + timedelta(days=index))
    if match["week"] or match["next"]:
        return DatePhrase(start, end, monday + timedelta(days=7 + index))
    return DatePhrase(start, end, today + timedelta(days=(index - today.weekday() - 1) % 7 + 1))


def _period(match: re.Match[str], today: date) -> date | None:
    edge, what, which = match["edge"].replace("dau", "đầu"), match["what"], match["which"]
    later = which is not None and which != "nay"
    if what == "tuan":
        return _week(edge, today, later=later, named=which is not None)
    if what == "thang":
        return _month(edge, match, today, later=later)
    if edge in ("đầu", "giua"):
        return None
    if what == "quy":
        return _quarter_end(match["number"], match["y"] or match["y2"], today)
    return date(today.year + later, 12, 31)


def _week(edge: str, today: date, *, later: bool, named: bool) -> date:
    monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * later)
    if edge == "đầu":
        return monday if named else monday + timedelta(days=7)
    if edge == "giua":
        wednesday = monday + timedelta(days=2)
        return wednesday if wednesday > today else wednesday + timedelta(days=7)
    return max(monday + timedelta(days=4), today)


def _month(edge: str, match: re.Match[str], today: date, *, later: bool) -> date | None:
    if match["number"]:
        if not match["number"].isdigit():
            return None
        month, given = int(match["number"]), match["y"] or match["y2"]
        year = int(given) if given else today.year + (month < today.month)
    else:
        ahead = later or (edge == "đầu" and match["which"] is None)
        month = today.month % 12 + 1 if ahead else today.month
        year = today.year + (ahead and month == 1)
    if edge == "đầu":
        return make_date(year, month, 1)
    return make_date(year, month, 15) if edge == "giua" else month_end(year, month)


def _quarter_end(written: str | None, year: str | None, today: date) -> date | None:
    quarter = (_ROMAN.get(written) or int(written)) if written else (today.month + 2) // 3
    if quarter > 4:
        return None
    return month_end(int(year) if year else today.year + (quarter * 3 < today.month), quarter * 3)


def _written(match: re.Match[str], today: date) -> DatePhrase | None:
    cue = match["cue"] or ""
    if match["dm"]:
        parts = re.split(r"[/.-]", match["dm"])
        if "/" not in match["dm"] and cue not in ("ngay", "mung", "mong", "den") and len(parts) < 3:
            return None
        day, month, year = int(parts[0]), int(parts[1]), parts[2] if len(parts) > 2 else None
    elif match["d"]:
        day, month, year = int(match["d"]), int(match["m"]), match["y"] or match["y2"]
    elif cue and cue != "luc":
        day, month, year = int(match["day"]), 0, None
    else:
        return None
    if year:
        found = make_date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    else:
        found = next_such_day(month, day, today) if month else _next_day_number(day, today)
    if found is None:
        return None
    just_gone = not year and (found - today).days > _NEARLY_A_YEAR
    told = cue == "hom" or _TOLD.search(match.string, 0, match.start()) is not None
    return DatePhrase(
        *match.span(), found, past=found < today or just_gone or (told and (cue != "hom" or day <= today.day))
    )


def _next_day_number(day: int, today: date) -> date | None:
    for ahead in range(3):
        month = today.month + ahead
        found = make_date(today.year + (month > 12), (month - 1) % 12 + 1, day)
        if found is not None and found >= today:
            return found
    return None


def _with_clocks(line: str, found: list[DatePhrase], now: datetime, taken: Spans) -> list[DatePhrase]:
    for match in _CLOCK.finditer(line):
        clock = _clock(match)
        if clock is None or any(match.start() < end and start < match.end() for start, end in taken):
            continue
        left, right = line.rfind("|", 0, match.start()), line.find("|", match.start())
        near = [i for i, phrase in enumerate(found) if left < phrase.start < right]
        if near:
            nearest = min(near, key=lambda i: abs(found[i].start - match.start()))
            if found[nearest].clock is None:
                found[nearest] = replace(found[nearest], clock=clock)
        else:
            told = _TOLD.search(line, 0, match.start()) is not None
            past = told and clock <= now.time().replace(tzinfo=None)
            found.append(DatePhrase(*match.span(), now.date(), clock, past=past))
    return found


def _clock(match: re.Match[str]) -> time | None:
    hour = int(match["h"])
    minute = int(match["mi"] or match["mi2"] or (30 if match["half"] else 0))
    after = _PART_OF_DAY.search(match.string)
    part = match["part"] or (after["part"] if after else None)
    if hour < 12 and (part in ("chieu", "toi") or (part is None and 1 <= hour <= 6) or (part == "trua" and hour < 4)):
        hour += 12
    return time(hour % 24, minute) if hour <= 24 and minute < 60 else None
