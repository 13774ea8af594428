"""The days that replies name: "mai", "t6", "mùng 2/7", "cuối tháng", "lùi 5 ngày", "30 phút nữa".

Conventions. A weekday is the next such day after today; "tuần này" and "tuần sau" name the week (Monday to Sunday).
"Đầu tuần" is the coming Monday, "giữa tuần" Wednesday, "cuối tuần" and "hết tuần" Friday; "cuối tháng", "hết quý" the
last day. A day without month or year is the next such day. "Thêm, lùi, chậm n ngày" counts calendar days from the
deadline, "n ngày nữa" from today. "Vài hôm nữa", "tuần sau" and "tháng sau" alone name no day: a date is never made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from dondoc.vietnamese.calendar import WorkCalendar
from dondoc.vietnamese.deadline_dates import make_date, month_end, next_such_day

_NUMBERS = {"mot": 1, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8}
_N = r"(?P<n>\d{1,3}|mot|ba|bon|nam|sau|bay|tam|nua|vai|may|it|đôi|dam|1-2|2-3|3-4)"
_MORE = r"(?:nữa|nua)"
_COMING = r"(?:sau|den|toi)"

_MOMENT = re.compile(
    rf"\b{_N}(?: ba)? (?P<unit>phut|tieng|gio)(?: ruoi)?(?: (?:dong ho|hanh chinh))?(?P<more> {_MORE})?\b"
)
_LENGTH = re.compile(
    rf"\b(?P<cue>them|lui(?: han| lai)?|cham(?: lai)?|tre(?: han)?|muon|khat|gia han|gian|xin|xin lui|xin them|cho em|"
    rf"sau|trong vong|trong)?(?: (?:them|khoang|tam|tầm|dộ|do|chung|mat))*\b ?{_N}(?: ba| 3)? "
    rf"(?<!thu [2-7] )(?P<unit>ngay|hom|tuan|thang)(?P<work> lam viec)?(?P<more> {_MORE})?\b(?! (?:\d|nay\b|truoc|qua\b|roi))"
)
_WRITTEN = re.compile(
    r"\b(?P<cue>(?:ngay|hom|mung|mong|den|sang|qua|truoc|vao|toi|cham nhat|het|luc) )?"
    r"(?:(?P<dm>\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?)(?![/\d])"
    r"|(?P<d>\d{1,2}) thang (?P<m>\d{1,2})(?:/(?P<y>\d{4})|(?: nam (?P<y2>\d{4})))?"
    r"|(?:(?<=\| )(?P<first>\d{1,2})(?= (?:em|truong|xa|ben em|tui|minh|se) (?:nop|gui|xong|bao|se)\b|(?: se)? (?:nop|gui)\b))"
    r"|(?P<day>\d{1,2})(?= (?:nay|nha|tay|em|truong|xa|ben|nop|gui|xong|tui|thi|la|duoc|vi|do|phong|voi|moi)\b| [|?]|$))"
)
_WEEKDAY = re.compile(
    r"(?P<past>\b(?:hom|hoi|hoi hom|tu|tu hom|luc) )?\b(?<!lan )(?<!nguoi )(?<!dot )(?<!ban )(?:thu (?P<w>[2-7]|ba|tu|nam|sau|bay)"
    rf"|(?P<sunday>chu nhat))\b(?P<ago> (?:tuan truoc|truoc|vua roi|vua qua|roi\b))?"
    rf"(?: (?:cua )?tuan (?P<week>nay|{_COMING}))?(?P<next> sau\b)?"
)
_DAY_WORD = re.compile(
    r"\b(?P<vague>mai (?:mot|mốt|kia|sau|nay)|mot mai|nay mai|(?:tuan|thang) (?:sau|den|toi))\b"
    r"|\b(?<!co )(?<!chi )(?<!thay )(?<!hoa )(?<!ban )(?P<d1>mai)\b"
    r"|\b(?P<d2>mốt|ngay (?:kia|mot\b)|(?:sang|trua|chieu|toi|hom) mot|(?:(?<=\| )|(?<=chac ))mot(?= (?:em|tui|minh|xa|truong|ben|nop|gui|moi|la)\b))"
    r"|\b(?P<past>hom (?:qua|kia|truoc|no|rong)|(?:sang|chieu|toi|trua|dem) qua|tuan (?:truoc|roi|qua)|thang truoc|nam ngoai)\b"
    r"|\b(?P<d0>hom nay|(?:sang|trua|chieu|toi|dem|khuya) nay|trong ngay|cuoi ngay|het ngay(?= \|)|trong (?:buoi )?(?:sang|chieu)"
    r"|(?:đầu|dau|cuoi|het|tan) (?:gio|buoi)(?: (?:sang|chieu|toi|hanh chinh|lam viec))*"
    r"|(?<=\| )(?:trua|chieu)(?= (?:em|tui|minh|xa|truong|ben|nop|gui|xong|se|con_cai|phong|anh|chi)\b)|(?:(?<=\| )|(?<=den ))toi(?= (?:em|minh|xa|truong)\b)"
    r"|(?<!con )(?:lat|ti|chut|xiu|teo|tẹo|lat sau) (?:nữa|nua)|(?<=\| )(?:1 |mot )?lat(?= (?:em|tui|minh|sau|xa|truong)\b))\b"
)
_PERIOD = re.compile(
    rf"\b(?P<edge>đầu|dau|giua|cuoi|het|trong|trong het) (?P<what>tuan|thang|quy|nam)"
    rf"(?: (?P<which>nay|{_COMING})| (?P<number>\d{{1,2}}|iv|i{{1,3}})(?:/(?P<y>\d{{4}})| nam (?P<y2>\d{{4}}))?)?\b(?! hoc\b)"
    r"|\b(?:(?:den|sang|qua|vao|het|trong|cuoi) )(?:het )?quy (?P<quarter>iv|i{1,3}|[1-4])(?:/(?P<qy>\d{4})| nam (?P<qy2>\d{4}))?\b"
)
_CLOCK = re.compile(
    r"\b(?P<h>\d{1,2})(?:[hg:](?P<mi>\d{2})?| gio(?: (?P<mi2>[0-5]?\d)(?! (?:thang|/))| (?P<half>ruoi))?(?! (?:nữa|nua|hanh|lam)))"
    r"(?: (?P<part>sang|trua|chieu|toi|dem))?"
)
_PART_AFTER = re.compile(r"\b(?P<part>trua|chieu|toi) (?:nay|mai|mốt|thu|ngay)")
_UNITS = {"ngay": 1, "hom": 1, "tuan": 7, "thang": 30}


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """A day named in ``line[start:end]``: the day (None: no exact one), the hour if one is said, whether it is gone.

    ``added`` are calendar days counted from the deadline ("thêm 3 ngày").
    """

    start: int
    end: int
    day: date | None
    clock: time | None = None
    past: bool = False
    added: int | None = None


def find_dates(line: str, now: datetime, taken: tuple[tuple[int, int], ...] = ()) -> list[DatePhrase]:
    """All days named in a reading's line, in order. ``taken`` are spans that mean something else (fractions)."""
    today = now.date()
    found: list[DatePhrase] = []
    for phrase in _candidates(line, now, today):
        if not any(phrase.start < end and start < phrase.end for start, end in taken) and not any(
            phrase.start < other.end and other.start < phrase.end for other in found
        ):
            found.append(phrase)
    found.sort(key=lambda phrase: phrase.start)
    return _with_clocks(line, found, now, taken)


def _candidates(line: str, now: datetime, today: date) -> Iterator[DatePhrase]:
    for match in _MOMENT.finditer(line):
        if (number := _number(match["n"])) and (match["more"] or match["unit"] == "tieng"):
            minutes = number * (1 if match["unit"] == "phut" else 60)
            moment = now + timedelta(minutes=minutes)
            yield DatePhrase(*match.span(), moment.date(), moment.time().replace(second=0, microsecond=0, tzinfo=None))
    for match in _LENGTH.finditer(line):
        yield _length(match, today)
    for match in _PERIOD.finditer(line):
        yield DatePhrase(*match.span(), _period_end(match, today))
    for match in _WEEKDAY.finditer(line):
        yield _weekday(match, today)
    for match in _DAY_WORD.finditer(line):
        ahead = {"d0": 0, "d1": 1, "d2": 2}.get(match.lastgroup or "")
        day = None if ahead is None else today + timedelta(days=ahead)
        yield DatePhrase(*match.span(), day, past=match.lastgroup == "past")
    for match in _WRITTEN.finditer(line):
        if (phrase := _written(match, today)) is not None:
            yield phrase


def _number(word: str) -> int | None:
    """The number in figures or words; None for vài, mấy, ít, 1-2."""
    return int(word) if word.isdigit() else _NUMBERS.get(word)


def _length(match: re.Match[str], today: date) -> DatePhrase:
    number, unit, cue = _number(match["n"]), match["unit"], match["cue"] or ""
    start, end = match.span()
    if match["n"] == "nua" and unit == "thang":
        days: int | None = 15
    else:
        days = None if number is None else number * _UNITS[unit]
    if re.search(r"\d (?:\| )?$", match.string[max(0, match.start("n") - 4) : match.start("n")]):
        days = None  # "2, 3 hôm" is no day
    if days is None:
        return DatePhrase(start, end, None)
    ahead = today + timedelta(days=days)
    if match["work"] and number is not None:
        ahead = WorkCalendar().after(today, number)
    if (match["more"] and not cue) or cue in ("sau", "trong", "trong vong"):
        return DatePhrase(start, end, ahead, added=days)
    return DatePhrase(start, end, None, added=days)


def _weekday(match: re.Match[str], today: date) -> DatePhrase:
    word = match["w"]
    number = 6 if match["sunday"] else {"ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7}.get(word) or int(word)
    index = 6 if match["sunday"] else number - 2
    monday = today - timedelta(days=today.weekday())
    if match["past"] or match["ago"]:
        back = (today.weekday() - index - 1) % 7 + 1
        return DatePhrase(*match.span(), today - timedelta(days=back), past=True)
    if match["week"] == "nay":
        return DatePhrase(*match.span(), monday + timedelta(days=index))
    if match["week"] or match["next"]:
        return DatePhrase(*match.span(), monday + timedelta(days=7 + index))
    return DatePhrase(*match.span(), today + timedelta(days=(index - today.weekday() - 1) % 7 + 1))


def _period_end(match: re.Match[str], today: date) -> date | None:
    if match["quarter"]:
        return _quarter_end(match["quarter"], match["qy"] or match["qy2"], today)
    edge, what, which = match["edge"], match["what"], match["which"]
    later = which is not None and which != "nay"
    if what == "tuan":
        monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * later)
        if edge in ("đầu", "dau"):
            return monday if which else monday + timedelta(days=7)
        if edge == "giua":
            wednesday = monday + timedelta(days=2)
            return wednesday if wednesday > today else wednesday + timedelta(days=7)
        return max(monday + timedelta(days=4), today)
    if what == "nam":
        return date(today.year + later, 12, 31) if edge in ("cuoi", "het", "trong", "trong het") else None
    if what == "quy":
        return (
            _quarter_end(match["number"], match["y"] or match["y2"], today)
            if edge not in ("đầu", "dau", "giua")
            else None
        )
    if match["number"]:
        number = _roman(match["number"])
        given = match["y"] or match["y2"]
        year = int(given) if given else today.year + (number < today.month)
        month = number
    else:
        ahead = later or (edge in ("đầu", "dau") and which is None)
        month = today.month % 12 + 1 if ahead else today.month
        year = today.year + (ahead and month == 1)
    if edge in ("đầu", "dau"):
        return make_date(year, month, 1)
    return make_date(year, month, 15) if edge == "giua" else month_end(year, month)


def _roman(written: str) -> int:
    return int(written) if written.isdigit() else {"i": 1, "ii": 2, "iii": 3, "iv": 4}[written]


def _quarter_end(written: str | None, year: str | None, today: date) -> date | None:
    quarter = _roman(written) if written else (today.month + 2) // 3
    if quarter > 4:
        return None
    given = int(year) if year else today.year + (quarter * 3 < today.month)
    return month_end(given, quarter * 3)


def _written(match: re.Match[str], today: date) -> DatePhrase | None:
    cue = (match["cue"] or "").strip()
    before = match.string[max(0, match.start() - 10) : match.start()]
    told = cue == "hom" or re.search(r"\b(?:tu|hoi|hom) $", before) is not None
    if match["dm"]:
        parts = re.split(r"[/.-]", match["dm"])
        if "/" not in match["dm"] and cue not in ("ngay", "mung", "mong", "den") and len(parts) < 3:
            return None
        day, month, year = int(parts[0]), int(parts[1]), parts[2] if len(parts) > 2 else None
    elif match["d"]:
        day, month, year = int(match["d"]), int(match["m"]), match["y"] or match["y2"]
    elif match["first"]:
        day, month, year = int(match["first"]), 0, None
    elif cue and not cue.startswith("luc"):
        day, month, year = int(match["day"]), 0, None
    else:
        return None
    if year:
        found = make_date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    elif month:
        found = next_such_day(month, day, today)
    else:
        found = _next_day_number(day, today)
    if found is None:
        return None
    return DatePhrase(*match.span(), found, past=found < today or (told and (cue != "hom" or day <= today.day)))


def _next_day_number(day: int, today: date) -> date | None:
    for ahead in range(3):
        month = today.month + ahead
        found = make_date(today.year + (month > 12), (month - 1) % 12 + 1, day)
        if found is not None and found >= today:
            return found
    return None


def _with_clocks(
    line: str, found: list[DatePhrase], now: datetime, taken: tuple[tuple[int, int], ...]
) -> list[DatePhrase]:
    for match in _CLOCK.finditer(line):
        clock = _clock(match, line)
        if clock is None or any(match.start() < end and start < match.end() for start, end in taken):
            continue
        clause = line.rfind("|", 0, match.start()), line.find("|", match.start())
        near = [i for i, p in enumerate(found) if clause[0] < p.start < (clause[1] if clause[1] > 0 else len(line))]
        if near:
            nearest = min(near, key=lambda i: abs(found[i].start - match.start()))
            if found[nearest].clock is None:
                found[nearest] = replace(found[nearest], clock=clock)
        else:
            told = re.search(r"\b(?:luc|tu|hoi|vao luc) $", line[: match.start()]) is not None
            ahead = clock > now.time().replace(tzinfo=None)
            found.append(DatePhrase(*match.span(), now.date(), clock, past=told and not ahead))
    return found


def _clock(match: re.Match[str], line: str) -> time | None:
    hour = int(match["h"])
    minute = int(match["mi"] or match["mi2"] or (30 if match["half"] else 0))
    after = _PART_AFTER.search(line)
    part = match["part"] or (after["part"] if after else None)
    if hour < 12 and (part in ("chieu", "toi") or (part is None and 1 <= hour <= 6) or (part == "trua" and hour < 4)):
        hour += 12
    return time(hour % 24, minute) if hour <= 24 and minute < 60 else None
