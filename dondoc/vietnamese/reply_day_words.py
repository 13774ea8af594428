"""Days named by words and lengths of time: "mai", "chiều nay", "vài hôm nữa", "lùi 5 ngày", "30 phút nữa"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dondoc.vietnamese.calendar import WorkCalendar
from dondoc.vietnamese.phrases import Cue
from dondoc.vietnamese.reply_groups import GROUPS


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """A day named in ``line[start:end]``: the day (None: no exact one), the hour if one is said, whether it is gone.

    ``added`` are days counted from the deadline ("thêm 3 ngày"), calendar days unless ``working``.
    """

    start: int
    end: int
    day: date | None
    clock: time | None = None
    past: bool = False
    added: int | None = None
    working: bool = False


_VAGUE = Cue(
    "some day",
    """
    mai|nay mốt|một|kia|sau|này|mai
    mốt|một mai
    tuần|tháng sau|tới|đến
    """,
)
_PAST = Cue(
    "a day gone",
    """
    hôm|bữa qua|kia|trước|nọ
    sáng|trưa|chiều|tối|đêm qua
    tuần|tháng trước
    tuần rồi|qua
    năm ngoái
    """,
)
_BEFORE_A_VERB = "?em|tôi|mình|xã|trường|bên|nộp|gửi|xong|sẽ|con|phòng|anh|chị"
_AHEAD = (
    (
        0,
        Cue(
            "today",
            f"""
            hôm nay
            sáng|trưa|chiều|tối|đêm|khuya nay
            trong|cuối ngày !NUM
            hết ngày $
            trong [buổi] sáng|chiều
            đầu|cuối|hết|tan giờ|buổi {{sáng|chiều|tối|hành_chính|làm_việc}}
            ~hồi|từ|lúc|buổi|đầu|cuối|giờ trưa|chiều {_BEFORE_A_VERB}
            ^ tối ?em|mình|xã|trường
            ~còn lát|tí|chút|xíu|tẹo nữa
            ^ [một|1] lát ?em|tôi|mình|sau|xã|trường
            """,
            GROUPS,
        ),
    ),
    (1, Cue("tomorrow", "~cô|chị|thầy|hoa|bạn|ban|sao mai")),
    (
        2,
        Cue(
            "the day after tomorrow",
            """
            =mốt
            ngày kia|mốt|một
            sáng|trưa|chiều|tối|hôm một
            ^ một ?em|tôi|mình|xã|trường|bên|nộp|gửi|mới|là
            ~chả|chẳng chắc một ?em|tôi|mình|xã|trường|bên|nộp|gửi|mới|là
            """,
            GROUPS,
        ),
    ),
)


_DAY_WORDS: tuple[tuple[Cue, int | None, bool], ...] = (
    (_VAGUE, None, False),
    (_PAST, None, True),
    *((cue, ahead, False) for ahead, cue in _AHEAD),
)


def named_by_words(line: str, today: date) -> Iterator[DatePhrase]:
    """Days named by a word counted from today. What names no exact day comes first, so that it wins its words."""
    words = frozenset(line.split())
    for cue, ahead, past in _DAY_WORDS:
        if cue.may_speak(words):
            for hit in cue.find_all(line):
                day = None if ahead is None else today + timedelta(days=ahead)
                yield DatePhrase(hit.start, hit.end, day, past=past)


_NUMBERS = {"mot": 1, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8}
_N = r"(?P<n>\d{1,3}|mot|ba|bon|nam|sau|bay|tam|nua|vai|may|it|đôi|dam|1-2|2-3|3-4)"
_MORE = r"(?P<more> (?:nữa|nua))?"
_MOMENT = re.compile(rf"(?<!\S){_N}(?: ba)? (?P<unit>phut|tieng|gio)(?: ruoi)?(?: dong ho)?{_MORE}(?!\S)")
_CUE = (
    r"(?P<cue>them|lui(?: han| lai)?|cham(?: lai)?|tre(?: han)?|muon|khat|gia han|gian|xin|xin lui|xin them|cho em|"
    r"sau|trong vong|trong)"
)
_LENGTH = re.compile(
    rf"(?<!\S)(?:{_CUE} )?(?:(?:them|khoang|tam|tầm|độ|do|chung|mat) )*{_N}(?: ba| 3)? "
    rf"(?<!thu [2-7] )(?P<unit>ngay|hom|tuan|thang)(?P<work> lam viec)?{_MORE}(?!\S)(?! (?:\d|nay |truoc |qua |roi ))"
)
_SPAN_WORDS = re.compile(r" (?:ngay|hom|tuan|thang|phut|tieng|gio) ")
_RANGE_BEFORE = re.compile(r"\d (?:\| )?$")
_UNITS = {"ngay": 1, "hom": 1, "tuan": 7, "thang": 30}


def named_by_lengths(line: str, now: datetime) -> Iterator[DatePhrase]:
    """Days at the end of a length of time, from now ("3 ngày nữa") or, as ``added``, from the deadline ("thêm 3 ngày")."""
    if _SPAN_WORDS.search(line) is None:
        return
    for match in _MOMENT.finditer(line):
        number = _number(match["n"])
        if number and (match["more"] or match["unit"] == "tieng"):
            moment = now + timedelta(minutes=number * (1 if match["unit"] == "phut" else 60))
            clock = moment.time().replace(second=0, microsecond=0)
            yield DatePhrase(match.start(), match.end(), moment.date(), clock)
    for match in _LENGTH.finditer(line):
        yield _length(match, now.date())


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
    if days is None or _RANGE_BEFORE.search(match.string, 0, match.start("n")):
        return DatePhrase(start, end, None)  # "vài hôm" and "2, 3 hôm" are no day
    counted_from_today = cue in ("sau", "trong", "trong vong") or (match["more"] and not cue)
    working = match["work"] is not None
    day = later(today, days, working=working) if counted_from_today else None
    return DatePhrase(start, end, day, added=days, working=working)


def later(day: date, days: int, *, working: bool) -> date:
    """The day so many calendar or working days after another."""
    return WorkCalendar().after(day, days) if working else day + timedelta(days=days)
