"""One line of staff ("/giaoviec …" without the command) read into a draft: who, what, until when, to whom.

Units, content and deadline may stand in any order, with or without marks, abbreviated. Nothing is chosen in doubt: an
ambiguous name comes back as candidates, a missing date as missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from dondoc.directives.line_facts import (
    data_period_of,
    deliverable_of,
    names_pupils,
    take_basis,
    take_form,
    take_urgency,
)
from dondoc.directives.line_text import MASK, LineText
from dondoc.directives.line_units import Named, find_named
from dondoc.rules.units import Registry, Resolution, Unit
from dondoc.vietnamese.calendar import WorkCalendar
from dondoc.vietnamese.deadlines import BEFORE, ON, DeadlinePhrase, find_deadlines
from dondoc.vietnamese.text import nfc

Missing = Literal["units", "content", "deadline"]

WARNINGS = (
    "pupil_data",  # personal data of pupils: numbers only, or through the unit's own page
    "deadline_past",  # the day lies before today
    "deadline_far",  # a date without a year whose next such day is nearly a year ahead; it was not chosen
    "several_deadlines",  # several days are named; none was chosen
    "soft_deadline",  # "đầu tháng sau", "dịp hè": words without a day
    "relative_deadline",  # "trong 05 ngày làm việc kể từ ngày nhận": counts from an event
    "counted_deadline",  # "trong 3 ngày": counted from today
    "recurring",  # "hằng tuần": a single line makes one task
    "no_event_time",  # an invitation without day or hour
    "several_orders",  # another unit is told something else in the same line; only the first order was read
    "unknown_unit",  # after a colon: the name that the registry does not hold
    "closed_unit",  # after a colon: the code of a unit that no longer exists
    "other_locality",  # another district is named
    "vague",  # "các đơn vị liên quan"
    "cooperate_unclear",  # a cooperating unit's name is ambiguous
    "receiver_unclear",  # so is the receiver's
)
"""Codes in ``LineDraft.warnings``."""

_COMMAND = re.compile(r"^\s*/\w+(?:@\w+)?\s*")
_TIME_FIRST = (
    r"(?:[\s,;:|.-]|\d+[hg]?\d*/?|(?:luc|vao|gio|sang|trua|chieu|toi|mai|mot|nay|hom|ngay|thu|hai|ba|tu|nam|sau|bay"
    r"|chu nhat|tuan|toi)\b)*"
)
_MEETING = re.compile(
    rf"^{_TIME_FIRST}(?:kinh )?(?:moi|trieu tap|thong bao (?:moi )?hop|du hop|tham du|hop|tap huan|giao ban"
    r"|du (?:hoi nghi|tap huan|le|giao ban))\b"
)
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
_COUNTED = re.compile(
    r"\b(?:trong(?: vong)?|(?:thoi )?han|sau)\s*:?\s+(?P<n>\d{1,2}) ngay(?: lam viec)?(?: (?:toi|nua))?\b(?! ke tu| tu)"
    r"|\b(?P<m>\d{1,2}) ngay(?: lam viec)? nua\b"
)
_BARE_HOUR = re.compile(
    r"\b(?P<cue>truoc|cham nhat(?: la)?|muon nhat|luc|han)\s*(?P<h>[01]?\d|2[0-3])\s*(?:gio|h|g|:)\s*(?P<m>[0-5]\d)?\b"
)
_IN_PERIOD = re.compile(r"\btrong (?:thang \d{1,2}|quy (?:iv|i{1,3}|[1-4]))\b(?:\s*/\s*20\d\d)?")
_ABOUT_FIGURES = re.compile(r"\b(?:bao cao|thong ke|so lieu|tong hop|tinh hinh)\b")
_DONE_BY = re.compile(r"\b(?:xong|hoan thanh|nop|gui|han|cham nhat)\s*$")
_FAR = timedelta(days=300)


@dataclass(frozen=True, slots=True)
class LineDraft:
    """What a line says. ``candidates`` and ``doubtful`` are to be asked; ``missing`` is what has to be given.

    ``deadline_rule`` is "before" or "on"; ``group`` the canonical name of the group addressed; ``report_to`` and
    ``report_via`` receive the result; ``data_period`` the first and last day of the figures; ``quote`` the line as typed.
    ``excluded`` are units that the group leaves out by rule, for showing.
    """

    lead: tuple[Unit, ...]
    group: str | None
    candidates: tuple[Unit, ...]
    doubtful: tuple[Unit, ...]
    cooperate: tuple[Unit, ...]
    content: str
    deadline: date | None
    deadline_rule: str | None
    time: time | None
    urgent: bool
    report_to: Unit | None
    deliverable: str | None
    nil_report: bool
    basis: str | None
    data_period: tuple[date, date] | None
    kind: Literal["task", "meeting"]
    event_at: datetime | None
    warnings: tuple[str, ...]
    missing: tuple[Missing, ...]
    quote: str
    report_via: Unit | None = None
    excluded: tuple[Unit, ...] = ()


@dataclass(slots=True)
class _When:
    day: date | None = None
    rule: str | None = None
    clock: time | None = None
    urgent: bool = False
    event_at: datetime | None = None


def parse_line(text: str, now: datetime, registry: Registry) -> LineDraft:
    """Read one line of staff. ``now`` is the office's present instant; days without a year are counted from it."""
    quote = _COMMAND.sub("", nfc(text)).strip()
    line = LineText(quote)
    warnings: list[str] = []
    today = now.date()
    basis = take_basis(line, today)
    form = take_form(line)
    meeting = _is_meeting(line, registry, today)
    searched = _without_names(line, registry, today)
    when = _meeting_time(line, searched, now, warnings) if meeting else _deadline(line, searched, now, warnings)
    when.urgent = take_urgency(line) or when.urgent
    named = find_named(line, registry, today)
    if meeting:
        _cut_invitation(line)
    content = line.content()
    if meeting and content:
        content = _attending(content)
    content = _smooth(content)
    found = named.lead or Resolution("")
    warnings += _about_units(named, found)
    if names_pupils(content):
        warnings.append("pupil_data")
    candidates = tuple(dict.fromkeys((*found.candidates, *named.unsure)))
    missing: list[Missing] = []
    if not found.units:
        missing.append("units")
    if not content:
        missing.append("content")
    if when.day is None and not meeting:
        missing.append("deadline")
    return LineDraft(
        lead=found.units,
        group=found.group,
        candidates=candidates,
        doubtful=found.doubtful,
        cooperate=tuple(unit for unit in named.cooperate if unit not in found.units),
        content=content,
        deadline=when.day,
        deadline_rule=when.rule if when.day else None,
        time=when.clock,
        urgent=when.urgent,
        report_to=named.report_to,
        deliverable=None
        if meeting
        else deliverable_of(content, form, reports=named.reports or line.asks_report, submits=named.submits),
        nil_report=form.nil,
        basis=basis,
        data_period=None if meeting else data_period_of(content, today),
        kind="meeting" if meeting else "task",
        event_at=when.event_at,
        warnings=tuple(dict.fromkeys(warnings)),
        missing=tuple(missing),
        quote=quote,
        report_via=named.report_via,
        excluded=found.excluded,
    )


def _without_names(line: LineText, registry: Registry, today: date) -> str:
    """The line with the names of units hidden: Trường Mầm non Hoa Mai is due on no "mai"."""
    letters = list(line.masked)
    for span in registry.find(line.masked, today):
        if not span.weak and not span.is_group:
            letters[span.start : span.end] = "x" * (span.end - span.start)
    return "".join(letters)


def _deadline(line: LineText, searched: str, now: datetime, warnings: list[str]) -> _When:
    """The one deadline of the line, cut out of it; with several different days none is chosen."""
    when = _When()
    phrases = find_deadlines(searched, now.date(), colloquial=True)
    phrases = [phrase for phrase in phrases if not _is_data_period(line, phrase)]
    dated = [phrase for phrase in phrases if phrase.day is not None and not phrase.recurrence]
    for phrase in phrases:
        if phrase.day is None and line.flat.startswith(" truong", phrase.end):
            continue  # "khẩn trương" (with dispatch) is less than "khẩn" (urgent)
        when.urgent = when.urgent or phrase.urgent
        if phrase.recurrence:
            warnings.append("recurring")
        elif phrase.day is not None or phrase.urgent:
            line.cut(phrase.start, phrase.end)
        elif not dated and not _COUNTED.search(line.flat):
            warnings.append("soft_deadline" if phrase.soft else "relative_deadline")
    if len({(phrase.day, phrase.time, phrase.rule) for phrase in dated}) > 1:
        warnings.append("several_deadlines")
        return when
    if dated:
        _take_dated(dated[0], now, when, warnings)
    elif month := _within_month(line, now.date()):
        when.day, when.rule = month, ON
    else:
        _take_counted(line, now, when, warnings)
    return when


def _is_data_period(line: LineText, phrase: DeadlinePhrase) -> bool:
    """ "báo cáo sĩ số trong tháng 3": whether the figures or the report belong to March nobody can tell."""
    here = line.flat[phrase.start : phrase.end]
    before = line.flat[: phrase.start]
    return bool(_IN_PERIOD.match(here) and _ABOUT_FIGURES.search(before) and not _DONE_BY.search(before))


def _take_dated(phrase: DeadlinePhrase, now: datetime, when: _When, warnings: list[str]) -> None:
    if phrase.day is None:
        return
    if phrase.day - now.date() > _FAR and str(phrase.day.year) not in phrase.text:
        # "trước 15/6" said on 19/6 hardly means next year's.
        warnings.append("deadline_far")
        return
    when.day, when.rule, when.clock = phrase.day, phrase.rule, phrase.time
    if phrase.day < now.date():
        warnings.append("deadline_past")


def _within_month(line: LineText, today: date) -> date | None:
    """ "rà soát … trong tháng 6" ends with the month; "báo cáo … trong tháng 6" is about its figures."""
    match = _IN_PERIOD.search(line.flat)
    if match is None or _ABOUT_FIGURES.search(line.flat[: match.start()]):
        return None
    phrases = find_deadlines("hoàn thành " + match.group(), today, colloquial=True)
    if len(phrases) != 1 or phrases[0].day is None:
        return None
    line.cut(match.start(), match.end())
    return phrases[0].day


def _take_counted(line: LineText, now: datetime, when: _When, warnings: list[str]) -> None:
    """ "trong 3 ngày" counts from today, "trước 11h" means today if that hour is still to come."""
    if counted := _COUNTED.search(line.flat):
        number = int(counted["n"] or counted["m"])
        working = "lam viec" in counted.group()
        today = now.date()
        when.day = WorkCalendar().after(today, number) if working else today + timedelta(days=number)
        when.rule = ON
        warnings.append("counted_deadline")
        line.cut(counted.start(), counted.end())
        return
    if hour := _BARE_HOUR.search(line.flat):
        clock = time(int(hour["h"]), int(hour["m"] or 0))
        line.cut(hour.start(), hour.end())
        if clock > now.time():
            when.day, when.rule, when.clock, when.urgent = now.date(), ON, clock, True


def _is_meeting(line: LineText, registry: Registry, today: date) -> bool:
    """Whether the line invites: it begins with "mời", "họp", "dự …", before or after the units that are addressed."""
    flat = line.flat
    first = _MEETING.match(flat)
    if first is None:
        for span in registry.find(line.masked, today)[:3]:
            first = first or _MEETING.match(flat[span.end :])
    if first is None:
        return False
    return bool(_GATHERING.search(flat)) and not _WORK.search(flat)


def _meeting_time(line: LineText, searched: str, now: datetime, warnings: list[str]) -> _When:
    """Day and hour of the meeting, cut out of the line. They are no deadline."""
    # The deadline rules keep away from meetings by these words; hidden, they read the day as any other.
    plain = _GATHERING_WORDS.sub(_hide, searched)
    when = _When()
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
        hour := re.search(r"\b(?:luc\s*)?([01]?\d|2[0-3])\s*(?:gio|h|g|:)\s*([0-5]\d)?\b", line.flat)
    ):
        clock = time(int(hour[1]), int(hour[2] or 0))
        line.cut(hour.start(), hour.end())
    if clock is None or phrase.day is None:
        warnings.append("no_event_time")
        return when
    line.cut(phrase.start, phrase.end)
    when.event_at = datetime.combine(phrase.day, clock, tzinfo=now.tzinfo)
    return when


def _hide(match: re.Match[str]) -> str:
    return "_" * len(match.group())


def _cut_invitation(line: LineText) -> None:
    if match := _INVITING.search(line.masked):
        line.cut(match.start(), match.end())


def _attending(content: str) -> str:
    return content if re.match(r"(?:tham dự|dự|tham gia)\b", content, re.IGNORECASE) else f"dự {content}"


def _smooth(content: str) -> str:
    """ "báo cáo trẻ em đuối nước" reports on how things stand: "báo cáo tình hình …"."""
    return re.sub(
        r"^(báo cáo) (?=(?:trẻ|học sinh|người|hộ)\b)",
        r"\1 tình hình ",
        content,
        flags=re.IGNORECASE,
    )


def _about_units(named: Named, found: Resolution) -> list[str]:
    warnings = [*named.notes]
    warnings += [f"closed_unit:{unit.code}" for unit in found.closed]
    unknown = [*found.unread, *([named.unknown] if named.unknown else [])]
    warnings += [f"unknown_unit:{name}" for name in unknown]
    return warnings


__all__ = ["BEFORE", "MASK", "ON", "WARNINGS", "LineDraft", "parse_line"]
