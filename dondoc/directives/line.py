"""One line of staff ("/giaoviec …" without the command) read into a draft: who, what, until when, to whom.

Units, content and deadline may stand in any order, with or without marks, abbreviated. Nothing is chosen in doubt: an
ambiguous name comes back as candidates, a missing date as missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Literal

from dondoc.directives.line_facts import (
    Urgency,
    data_period_of,
    deliverable_of,
    is_to_be_issued,
    names_pupils,
    take_basis,
    take_form,
    take_urgency,
    urgency_of,
)
from dondoc.directives.line_meeting import attending, cut_invitation, is_meeting, take_meeting_time
from dondoc.directives.line_spoken import write_days
from dondoc.directives.line_text import MASK, LineText
from dondoc.directives.line_units import Named, find_named
from dondoc.directives.line_when import take_deadline
from dondoc.rules.deadlines import Deadline
from dondoc.rules.units import Registry, Resolution, Unit
from dondoc.vietnamese.deadlines import BEFORE, ON
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


@dataclass(frozen=True, slots=True)
class LineDraft:
    """What a line says. ``candidates`` and ``doubtful`` are to be asked; ``missing`` is what has to be given.

    ``deadline_rule`` is "before" or "on"; ``group`` the canonical name of the group addressed; ``report_to`` and
    ``report_via`` receive the result; ``data_period`` the first and last day of the figures; ``quote`` the line as typed.
    ``excluded`` are units that the group leaves out by rule, for showing. ``recurrence`` and ``recurrence_rule`` (RFC 5545)
    tell of a task that comes again; ``deadline`` is then its first day. ``to_be_issued`` is a draft that is done when the
    document has been signed and issued. ``party`` names the organs of the Party among those addressed.
    ``urgency`` is the word that presses, "flash" for hỏa tốc; ``urgent`` also a day that is today. ``deadlines`` are several
    named days, ``rest`` the words of another order, which were not read;
    ``undated`` says that the words want no deadline.
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
    recurrence: tuple[str, ...] = ()
    recurrence_rule: str | None = None
    to_be_issued: bool = False
    party: tuple[str, ...] = ()
    urgency: Urgency | None = None
    deadlines: tuple[Deadline, ...] = ()
    rest: str = ""
    undated: bool = False


def parse_line(text: str, now: datetime, registry: Registry) -> LineDraft:
    """Read one line of staff. ``now`` is the office's present instant; days without a year are counted from it."""
    quote = _COMMAND.sub("", nfc(text)).strip()
    written = write_days(quote, now.date())
    draft, here, rest = _read(written, quote, now, registry)
    if not rest:
        return draft
    # Another unit is told something else: what is said to it, its day included, is not the first one's.
    first, _, _ = _read(here, quote, now, registry)
    return replace(first, warnings=(*first.warnings, "several_orders"), rest=rest)


def _read(text: str, quote: str, now: datetime, registry: Registry) -> tuple[LineDraft, str, str]:
    """The draft, the words of its order, and those of another order behind it."""
    today = now.date()
    line = LineText(text)
    warnings: list[str] = []
    basis = take_basis(line, today)
    form = take_form(line)
    meeting = is_meeting(line, registry, today)
    searched = _without_names(line, registry, today)
    when = take_meeting_time(line, searched, now, warnings) if meeting else take_deadline(line, searched, now, warnings)
    when.urgent = take_urgency(line) or when.urgent
    named = find_named(line, registry, today)
    if meeting:
        cut_invitation(line)
    content = line.content()
    if meeting and content:
        content = attending(content)
    content = _smooth(content)
    found = named.lead or Resolution("")
    if "vague" in found.notes:
        found = replace(found, doubtful=(), excluded=())  # "các đơn vị liên quan": which, only the writer knows
    warnings += _about_units(named, found)
    if names_pupils(content):
        warnings.append("pupil_data")
    candidates = tuple(dict.fromkeys((*found.candidates, *named.unsure)))
    missing: list[Missing] = []
    if not found.units:
        missing.append("units")
    if not content:
        missing.append("content")
    if when.day is None and not meeting and not form.undated:
        missing.append("deadline")
    draft = LineDraft(
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
        recurrence=when.recurrence,
        recurrence_rule=when.recurrence_rule,
        to_be_issued=not meeting and is_to_be_issued(content, submits=named.submits),
        party=named.party,
        urgency=urgency_of(line.text),
        deadlines=when.several,
        undated=form.undated and when.day is None and not when.several,
    )
    end = named.next_order or len(line.text)
    return draft, line.text[:end], line.text[end:].strip()


def _without_names(line: LineText, registry: Registry, today: date) -> str:
    """The line with the names of units hidden: Trường Mầm non Hoa Mai is due on no "mai"."""
    letters = list(line.masked)
    for span in registry.find(line.masked, today):
        if not span.weak and not span.is_group:
            letters[span.start : span.end] = "x" * (span.end - span.start)
    return "".join(letters)


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
