"""The deadline of a line of staff: a day with its rule and hour, or a period that comes again with its first day.

With several different days none is chosen; a day that the words do not give is never made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dondoc.directives.line_facts import urgency_of
from dondoc.directives.line_text import LineText
from dondoc.rules.deadlines import Deadline
from dondoc.rules.recurrence import first_day
from dondoc.vietnamese.calendar import WorkCalendar
from dondoc.vietnamese.deadlines import BEFORE, ON, DeadlinePhrase, find_deadlines

_COUNTED = re.compile(
    r"\b(?:trong(?: vong)?|(?:thoi )?han|sau)\s*:?\s+(?P<n>\d{1,2}) ngay(?: lam viec)?(?: (?:toi|nua))?\b"
    r"(?! lam viec| ke tu| tu)"
    r"|\b(?P<m>\d{1,2}) ngay(?: lam viec)? nua\b"
)
_COUNTED_HOURS = re.compile(
    r"\b(?:trong(?: vong)?|sau)\s+(?P<hours>\d{1,2})\s*(?:h|gio|tieng)(?: (?:toi|nua))?\b(?! ke tu)"
)
_BARE_HOUR = re.compile(
    r"\b(?P<cue>truoc|cham nhat(?: la)?|muon nhat|luc|han)\s*(?P<h>[01]?\d|2[0-3])\s*(?:gio|h|g|:)\s*(?P<m>[0-5]\d)?\b"
)
_IN_PERIOD = re.compile(r"\btrong (?:thang \d{1,2}|quy (?:iv|i{1,3}|[1-4]))\b(?:\s*/\s*20\d\d)?")
_ABOUT_FIGURES = re.compile(r"\b(?:bao cao|thong ke|so lieu|tong hop|tinh hinh)\b")
_DONE_BY = re.compile(r"\b(?:xong|hoan thanh|nop|gui|han|cham nhat)\s*$")
_BARE_DATE = re.compile(r"(?:ngay\s*)?\d{1,2}\s*[/.-]")
_FAR = timedelta(days=300)


@dataclass(slots=True)
class When:
    """Until when, or for a meeting (``event_at``) when.

    ``several`` are the deadlines of which one has to be chosen; ``recurrence`` as in ``DeadlinePhrase``.
    """

    day: date | None = None
    rule: str | None = None
    clock: time | None = None
    urgent: bool = False
    event_at: datetime | None = None
    several: tuple[Deadline, ...] = ()
    recurrence: tuple[str, ...] = ()
    recurrence_rule: str | None = None


def take_deadline(line: LineText, searched: str, now: datetime, warnings: list[str]) -> When:
    """The one deadline of the line, cut out of it. ``searched`` is the line with the names of units hidden."""
    when = When()
    phrases = find_deadlines(searched, now.date(), colloquial=True)
    phrases = [phrase for phrase in phrases if not _is_data_period(line, phrase)]
    recurring = [phrase for phrase in phrases if phrase.recurrence]
    dated = _with_cue([phrase for phrase in phrases if phrase.day is not None and not phrase.recurrence], line)
    for phrase in phrases:
        if phrase.day is None and (
            line.flat.startswith(" truong", phrase.end) or line.flat.endswith("kho ", 0, phrase.start)
        ):
            continue  # "khẩn trương" (with dispatch) is less than "khẩn" (urgent), "khó khăn" is neither
        if phrase.day is not None and not phrase.recurrence and phrase not in dated:
            continue  # a day of the matter itself ("mô hình 30/4") stays in the content
        # "khó khăn … trước 30/6" presses nobody, "hôm nay" and "ngay" do.
        pressing = (
            phrase.day in (None, now.date()) or "ngay " in phrase.text.lower() or urgency_of(line.text) is not None
        )
        when.urgent = when.urgent or (phrase.urgent and pressing)
        if phrase.recurrence or phrase.day is not None or phrase.urgent:
            line.cut(phrase.start, phrase.end)
        elif not dated and not _COUNTED.search(line.flat):
            warnings.append("soft_deadline" if phrase.soft else "relative_deadline")
    if recurring:
        _take_recurring(recurring, dated, now, when, warnings)
        return when
    if len({(phrase.day, phrase.time, phrase.rule) for phrase in dated}) > 1:
        warnings.append("several_deadlines")
        named = [Deadline(phrase.day, phrase.rule or ON, phrase.time) for phrase in dated if phrase.day is not None]
        when.several = tuple(dict.fromkeys(named))
        return when
    if dated:
        _take_dated(dated[0], now, when, warnings)
        if when.day == now.date() and when.clock is None and (hour := _BARE_HOUR.search(line.flat)):
            _take_hour(line, hour, now, when)  # "hôm nay … trước 16h"
    elif month := _within_month(line, now.date()):
        when.day, when.rule = month, ON
    else:
        _take_counted(line, now, when, warnings)
    return when


def _with_cue(dated: Sequence[DeadlinePhrase], line: LineText) -> list[DeadlinePhrase]:
    """Where one day is led by "trước", "hạn" and the like, a bare day beside it is only spoken of."""
    led = [phrase for phrase in dated if not _BARE_DATE.match(line.flat, phrase.start)]
    return led or list(dated)


def _take_recurring(
    recurring: Sequence[DeadlinePhrase],
    dated: Sequence[DeadlinePhrase],
    now: datetime,
    when: When,
    warnings: list[str],
) -> None:
    """A period that comes again; its first day is the one the line gives, or the next that the period gives."""
    when.recurrence = tuple(dict.fromkeys(name for phrase in recurring for name in phrase.recurrence))
    ruled = [phrase for phrase in recurring if phrase.recurrence_rule]
    if len({phrase.recurrence_rule for phrase in ruled}) > 1 or len({phrase.day for phrase in dated}) > 1:
        warnings.append("several_deadlines")
        return
    if ruled:
        chosen = ruled[0]
        when.recurrence_rule, when.rule, when.clock = chosen.recurrence_rule, chosen.rule or ON, chosen.time
        # "trước ngày 20 hằng tháng" said on the 20th asks for the next one.
        since = now.date() + timedelta(days=when.rule == BEFORE)
        if when.clock is not None and when.clock <= now.time():
            since = now.date() + timedelta(days=1)
        when.day = first_day(chosen.recurrence_rule or "", since)
    if dated:
        _take_dated(dated[0], now, when, warnings)


def _is_data_period(line: LineText, phrase: DeadlinePhrase) -> bool:
    """ "báo cáo sĩ số trong tháng 3": whether the figures or the report belong to March nobody can tell."""
    here = line.flat[phrase.start : phrase.end]
    before = line.flat[: phrase.start]
    return bool(_IN_PERIOD.match(here) and _ABOUT_FIGURES.search(before) and not _DONE_BY.search(before))


def _take_dated(phrase: DeadlinePhrase, now: datetime, when: When, warnings: list[str]) -> None:
    if phrase.day is None:
        return
    if phrase.day - now.date() > _FAR and str(phrase.day.year) not in phrase.text:
        # "trước 15/6" said on 19/6 hardly means next year's.
        warnings.append("deadline_far")
        return
    when.day, when.rule, when.clock = phrase.day, phrase.rule, phrase.time
    if phrase.day < now.date() or (phrase.day == now.date() and phrase.time and phrase.time <= now.time()):
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


def _take_counted(line: LineText, now: datetime, when: When, warnings: list[str]) -> None:
    """ "trong 3 ngày", "trong 24h" count from now, "trước 11h" means today if that hour is still to come."""
    if counted := _COUNTED.search(line.flat):
        number = int(counted["n"] or counted["m"])
        working = "lam viec" in counted.group()
        today = now.date()
        when.day = WorkCalendar().after(today, number) if working else today + timedelta(days=number)
        when.rule = ON
        warnings.append("counted_deadline")
        line.cut(counted.start(), counted.end())
        return
    if hours := _COUNTED_HOURS.search(line.flat):
        end = now + timedelta(hours=int(hours["hours"]))
        when.day, when.rule, when.clock, when.urgent = end.date(), ON, time(end.hour, end.minute), True
        warnings.append("counted_deadline")
        line.cut(hours.start(), hours.end())
        return
    if hour := _BARE_HOUR.search(line.flat):
        _take_hour(line, hour, now, when)


def _take_hour(line: LineText, hour: re.Match[str], now: datetime, when: When) -> None:
    """An hour of today; one that is over says nothing of a day."""
    clock = time(int(hour["h"]), int(hour["m"] or 0))
    line.cut(hour.start(), hour.end())
    if clock > now.time():
        when.day, when.rule, when.clock, when.urgent = now.date(), ON, clock, True
