"""Which of the days in a reply is the one promised, and which the one asked for."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from dondoc.vietnamese.phrases import Cue, Hit
from dondoc.vietnamese.reply_day_words import DatePhrase, later
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

HANDING_IN = Cue("handing in", "nộp|gửi|trình|xong|hoàn_thành|hoàn_tất|báo_cáo|phát_hành|bổ_sung")

_ONLY_A_DAY = re.compile(
    r"\|(?: (?:em|anh|chi|xin|chac|la|cho|den|khoang|tầm|tam|vao|truong|xa|tui|minh|thi|luc|ngay|hẹn|hen|vang|ok|co|"
    r"chieu|sang|toi|trua|ben|dau|cuoi|som|nhat|cham))* DAY"
    r"(?: (?:anh|chi|em|co|thay|nghe|do|la|thi|chieu|sang|luc|\d+h?))* \| "
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
        told = phrase.day is None or phrase.day <= message.today or "/" in message.told(phrase)
        if not (told and message.is_perfect(phrase)):
            found = phrase
    return found


def _stands_alone(message: Message, phrase: DatePhrase) -> bool:
    if message.question == DATE:
        return True
    return _ONLY_A_DAY.fullmatch(message.clause(phrase).replace(message.told(phrase), "DAY", 1)) is not None


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
                days = [phrase for phrase in days if phrase.day and message.deadline and phrase.day > message.deadline]
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


def _inside(message: Message, hit: Hit) -> list[DatePhrase]:
    start, end = message.bounds(hit)
    return [phrase for phrase in message.dates if not phrase.past and start <= phrase.start < end]


def _is_until(message: Message, phrase: DatePhrase) -> bool:
    before = message.line[max(0, phrase.start - 14) : phrase.start]
    return bool(_UNTIL.search(before) or _BEGINS_WITH_UNTIL.match(message.line, phrase.start))
