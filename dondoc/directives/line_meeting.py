"""Invitations in a line of staff: what invites, when it is held, and that its hour is no deadline."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from dondoc.directives.line_text import LineText
from dondoc.directives.line_when import When
from dondoc.rules.units import Registry
from dondoc.vietnamese.deadlines import find_deadlines

# Possessive: digits that can be parted in many ways would be tried in all of them.
_TIME_FIRST = (
    r"(?:[\s,;:|.-]|\d++(?:[hg]\d*+)?+/?+|(?:luc|vao|gio|sang|trua|chieu|toi|mai|mot|nay|hom|ngay|thu|hai|ba|tu|nam|sau|bay"
    r"|chu nhat|tuan)\b)*+"
)
_MEETING = re.compile(
    rf"^{_TIME_FIRST}(?:kinh )?(?:moi|trieu tap|thong bao (?:moi )?hop|du hop|tham du|hop|tap huan|giao ban"
    r"|du (?:hoi nghi|tap huan|le|giao ban))\b"
)
# "moi thang" without marks is "mỗi tháng" as well.
_EVERY = re.compile(r"^\s*moi (?:thang|tuan|quy|nam|ngay)\b")
# A product or a day to be finished by makes a task of it, even if people meet for it.
_WORK = re.compile(
    r"\b(?:nop|gui|bao cao (?:ve|ket qua)|(?:truoc|cham nhat|muon nhat|han(?: chot| cuoi)?)(?: ngay| thu|:)* ?\d+"
    r"|den het|xong)\b"
)
_GATHERING = re.compile(
    r"\b(?:hop|hoi nghi|tap huan|giao ban|hoi thao|hoi thi|le|buoi|lam viec|du|tham du|chuyen de)\b"
)
_GATHERING_WORDS = re.compile(
    r"\b(?:mời|moi|họp|hop|dự|du|hội nghị|hoi nghi|tập huấn|tap huan|giao ban|học|hoc)\b", re.IGNORECASE
)
_INVITING = re.compile(
    r"(?:^|(?<=[\s,;:|]))(?:kính |kinh )?(?:mời|moi|triệu tập|trieu tap|thông báo mời|thong bao moi)\b\s*(?:các "
    r"|cac )?(?:đ/c |d/c |đồng chí |dong chi )?",
    re.IGNORECASE,
)


def is_meeting(line: LineText, registry: Registry, today: date) -> bool:
    """Whether the line invites: it begins with "mời", "họp", "dự …", before or after the units that are addressed."""
    flat = line.flat
    first = None if _EVERY.match(flat) else _MEETING.match(flat)
    if first is None:
        for span in registry.find(line.masked, today)[:3]:
            first = first or _MEETING.match(flat[span.end :])
    if first is None:
        return False
    return bool(_GATHERING.search(flat)) and not _WORK.search(flat)


def take_meeting_time(line: LineText, searched: str, now: datetime, warnings: list[str]) -> When:
    """Day and hour of the meeting, cut out of the line. They are no deadline."""
    # The deadline rules keep away from meetings by these words; hidden, they read the day as any other.
    plain = _GATHERING_WORDS.sub(lambda match: "_" * len(match.group()), searched)
    when = When()
    phrases = [
        phrase for phrase in find_deadlines(plain, now.date(), colloquial=True) if phrase.day and not phrase.recurrence
    ]
    if not phrases:
        warnings.append("no_event_time")
        return when
    phrase = phrases[0]
    # "sáng thứ 5" gives no hour, though a deadline would end with the morning.
    clock = phrase.time if re.search(r"\d\s*(?:h|g|gio|:)", line.flat[phrase.start : phrase.end]) else None
    if clock is None and (
        hour := re.search(
            r"\b(?:luc\s*)?([01]?\d|2[0-3])\s*(?:gio|h|g|:)\s*([0-5]\d)?(?:\s*(?:sang|trua|chieu|toi))?\b", line.flat
        )
    ):
        clock = time(int(hour[1]), int(hour[2] or 0))
        line.cut(hour.start(), hour.end())
    if clock is None or phrase.day is None:
        warnings.append("no_event_time")
        return when
    line.cut(phrase.start, phrase.end)
    when.event_at = datetime.combine(phrase.day, clock, tzinfo=now.tzinfo)
    return when


def cut_invitation(line: LineText) -> None:
    """Take "kính mời các đ/c" out of the line."""
    if match := _INVITING.search(line.masked):
        line.cut(match.start(), match.end())


def attending(content: str) -> str:
    """ "họp giao ban" is to be attended: "dự họp giao ban"."""
    return content if re.match(r"(?:tham dự|dự|tham gia)\b", content, re.IGNORECASE) else f"dự {content}"
