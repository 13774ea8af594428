"""Which of the days in a reply is the one promised, and which the one asked for."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from dondoc.vietnamese.phrases import Cue, Hit, word_forms
from dondoc.vietnamese.reply_day_words import DatePhrase, later
from dondoc.vietnamese.reply_groups import GROUPS
from dondoc.vietnamese.reply_matters import EXTENSION, HOW_TO_EXTEND, LATE_BY, LEAVE, LEAVE_IF_LATE, TIME_ALLOWED
from dondoc.vietnamese.reply_message import Message
from dondoc.vietnamese.reply_questions import DATE

PROMISE = Cue(
    "promise",
    """
    nộp|gửi|trình|xong|mang|đưa|chuyển|báo_cáo|bổ_sung|phát_hành|ban_hành|hoàn_thành|hoàn_tất|hoàn_thiện|hoàn_chỉnh
    chốt|bàn_giao|tải_lên|đẩy_lên|làm|trả|đủ|báo|cố_gắng|phấn_đấu|tranh_thủ
    có [=liền|=ngay|luôn|rồi] $
    có báo_cáo|kết_quả|văn_bản|file|bản|số
    """,
)
"""Doing or handing in something, beside a day to come."""

HANDING_IN = Cue("handing in", "nộp|gửi|trình|xong|hoàn_thành|hoàn_tất|phát_hành|bổ_sung\nbáo_cáo !LEADER|lại", GROUPS)

_ONLY_NOW = Cue("only now", "mới nhớ|biết|thấy|đọc|xem|báo|đi|nhận|về|rảnh|hay|được")
_BESIDE_A_DAY = word_forms(
    """
    em anh chị cô thầy xin chắc là cho đến khoảng tầm vào trường xã tôi mình thì lúc ngày hẹn vâng ok có chiều sáng tối trưa
    bên đầu cuối sớm nhất chậm nghe đó
    """
)
_UNTIL = re.compile(r"(?:den|toi|sang|qua|vao|lui|het|ngay|cuoi) (?:\S+ )?$")
_WEEK_END = re.compile(r"(?:cuoi|het|trong) tuan ")
_BEGINS_WITH_UNTIL = re.compile(r"(?:den|sang|qua|het|cuoi) ")


def promised(message: Message) -> DatePhrase | None:
    """The last day to come that stands beside handing in or finishing, or stands alone."""
    found = None
    for phrase in message.dates:
        if phrase.past or (phrase.day is None and phrase.added is not None):
            continue
        if not (message.beside(PROMISE, phrase) or _stands_alone(message, phrase)):
            continue
        if phrase.day == message.today and message.beside(_ONLY_NOW, phrase):
            continue
        told = phrase.day is None or phrase.day <= message.today or "/" in message.told(phrase)
        if not (told and message.is_perfect(phrase)):
            found = phrase
    return found


def _stands_alone(message: Message, phrase: DatePhrase) -> bool:
    if message.question == DATE:
        return True
    start, end = message.bounds(phrase)
    rest = message.line[start:end]
    for other in message.dates:
        if start <= other.start < end:
            rest = rest.replace(message.told(other), "", 1)
    return _BESIDE_A_DAY.issuperset(rest.split())


def asks_for_time(message: Message, *, done: bool) -> Hit | None:
    """The words that ask for a later date. ``done``: the message also says that the work was handed in."""
    if hit := message.says(EXTENSION):
        return None if message.says(HOW_TO_EXTEND) else hit
    if not done and (hit := message.says(LATE_BY)):
        return hit
    for cue in (TIME_ALLOWED, LEAVE, LEAVE_IF_LATE):
        if hit := message.says(cue):
            days = _inside(message, hit)
            if cue is LEAVE_IF_LATE:
                days = [phrase for phrase in days if _is_late(message, phrase)]
            if days:
                return hit
    return None


def requested(message: Message, request: Hit | None) -> tuple[date | None, time | None]:
    """The day asked for. Added days count from the deadline; without a deadline they name no day."""
    pool = (_inside(message, request) if request else []) or [phrase for phrase in message.dates if not phrase.past]
    until = [phrase for phrase in pool if _is_until(message, phrase)]
    if not pool:
        return None, None
    chosen = (until or pool)[-1]
    if (
        chosen.day
        and message.deadline
        and chosen.day <= message.deadline
        and _WEEK_END.match(message.line, chosen.start)
    ):
        return chosen.day + timedelta(days=2), chosen.clock  # Friday would be no extension: to the end of Sunday
    if chosen.added is not None and message.deadline is not None:
        return later(message.deadline, chosen.added, working=chosen.working), chosen.clock
    return chosen.day, chosen.clock


def _is_late(message: Message, phrase: DatePhrase) -> bool:
    """Whether the day lies after the deadline; "tuần sau" does where the deadline is in this week."""
    if message.deadline is None:
        return False
    if phrase.day:
        return phrase.day > message.deadline
    sunday = message.today + timedelta(days=6 - message.today.weekday())
    return message.told(phrase).startswith("tuan ") and message.deadline <= sunday


def _inside(message: Message, hit: Hit) -> list[DatePhrase]:
    start, end = message.bounds(hit)
    return [phrase for phrase in message.dates if not phrase.past and start <= phrase.start < end]


def _is_until(message: Message, phrase: DatePhrase) -> bool:
    before = message.line[max(0, phrase.start - 14) : phrase.start]
    return bool(_UNTIL.search(before) or _BEGINS_WITH_UNTIL.match(message.line, phrase.start))
