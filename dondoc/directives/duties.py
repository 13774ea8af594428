"""The duties of a block: where one ends and the next begins, whose they are, and which deadline belongs to which."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from dondoc.directives.announcements import PLAN_OPENS
from dondoc.directives.duty_words import (
    CLOSES,
    DESCRIBES,
    SUBMISSION,
    SUBMISSION_SUBJECT,
    VERB_AT,
    lists_duties,
    only_compliance,
)
from dondoc.directives.judging import Piece, judge
from dondoc.directives.requests import find_request
from dondoc.directives.sections import Item
from dondoc.directives.sentences import sentences
from dondoc.directives.units_in_text import read_units
from dondoc.vietnamese.deadlines import DeadlinePhrase, find_deadlines

_LABEL = re.compile(r"^[^.;:]{2,150}?:\s+(?=\S)")
_MAX_LABEL = 110
_CONDITION = re.compile(r"\s*(?:da|chua|co|khong|con|duoc|dang|nam trong)\b[^.;:]{0,90}:\s*$")
"""What of some units: those that a label then means."""

_REPORTS = re.compile(
    r"\b(?:bao cao|lap danh sach|gui|nop|thong ke|tong hop|dang ky|cung cap|hoan chinh bao cao|de xuat)\b"
)
_AFTER_DAY = re.compile(r"[;,.]|\s+(?:và|đồng thời)\s")
_MAX_ANNOUNCEMENT = 120
_BARE_REQUEST = re.compile(
    r"\b(?:yeu cau|de nghi|chi thi|ket luan|chi dao|quyet nghi|phan cong(?: nhiem vu| thuc hien| trach nhiem)?)\W*:\W*$"
)
_ASIDE = re.compile(r"\W*\([^()]*\)\W*$")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty in a block: its stretch, where its own words begin, who has it, and the deadline in it.

    ``how`` is what makes it one: request, imperative, must, submission. ``source`` tells where ``lead`` comes from:
    own, label, heading, default or "", and ``origin`` in which words. ``pending`` marks the announcement of a report whose
    sending is said elsewhere; ``group`` is where the duties begin that were parted by their days: what is said of
    their addressee they share.
    ``told`` is where the duty's own words end: a sentence about the sending may follow.
    """

    start: int
    end: int
    words: int
    lead: tuple[str, ...]
    source: str
    how: str
    phrase: DeadlinePhrase | None = None
    inherited: bool = False
    pending: bool = False
    group: int = 0
    told: int | None = None
    origin: str = ""


def duties_of(item: Item, reference: date, *, last: bool) -> list[Duty]:
    """All duties of an item. ``last``: the block stands at the end of the body, where closing formulas are."""
    block = item.block
    phrases = find_deadlines(block.text, reference)
    if (last and _only_closes(item, phrases)) or (is_aside(block.text) and not phrases):
        return []
    label_end, label_units = _label(item)
    if label_end and not label_units and DESCRIBES.match(block.flat) and not phrases:
        return []  # "Hội nghị cán bộ: tổ chức 01 ngày …"
    spans = [(max(start, label_end), end) for start, end in sentences(block.text) if end > label_end]
    assigned = bool(block.mark and (label_units or item.context.source in ("heading", "default")))
    pieces = [
        piece
        for index, span in enumerate(spans)
        for piece in judge(item, span, phrases, assigned=assigned and index == 0)
    ]
    if item.announces and pieces and _only_announces(item, pieces[-1]):
        pieces[-1] = replace(pieces[-1], how="")
    if last or block.text.rstrip().endswith("./."):
        pieces = [replace(piece, how="") if _only_complies(item, piece, phrases) else piece for piece in pieces]
    groups = _grouped(pieces, item)
    duties: list[Duty] = []
    for index, group in enumerate(groups):
        lead, source, origin = _lead(item, group[0], label_units)
        start = group[0].start
        if index == 0 and label_end and group[0] is pieces[0]:
            start = 0
            if not label_units and group[0].how != "request" and group[0].lead is None:
                group[0] = replace(group[0], words=0)
        whole = Duty(start, group[-1].end, max(group[0].words, start), lead, source, group[0].how, origin=origin)
        duties += _by_deadline(item, group, whole, phrases)
    duties = [duty for duty in duties if _LETTER.search(block.flat, duty.words, duty.end)]
    if item.announces and duties and item.context.zone != "duties":
        final = duties[-1]
        reports = _REPORTS.search(block.flat[final.words : final.end]) is not None
        duties[-1] = replace(final, pending=reports and final.phrase is None)
    return duties


def is_aside(text: str) -> bool:
    """Whether a block stands in parentheses as a whole: "(Có đề cương gửi kèm)"."""
    return _ASIDE.match(text) is not None


def _only_announces(item: Item, piece: Piece) -> bool:
    """Whether the sentence before a list says no more than that a list comes."""
    words = item.block.flat[piece.words : piece.end]
    if (
        lists_duties(words)
        or _BARE_REQUEST.search(words)
        or (item.opens and piece.how == "request" and len(words) <= _MAX_ANNOUNCEMENT)
    ):
        return True
    return piece.how == "imperative" and PLAN_OPENS.search(item.block.flat[piece.start : piece.end]) is not None


def _only_complies(item: Item, piece: Piece, phrases: list[DeadlinePhrase]) -> bool:
    words = item.block.flat[piece.words : piece.end]
    if piece.how != "request" or not only_compliance(words):
        return False
    return not any(phrase.day and piece.start < phrase.end <= piece.end for phrase in phrases)


def _only_closes(item: Item, phrases: list[DeadlinePhrase]) -> bool:
    """A closing formula, or a request for nothing but compliance, without a day of its own."""
    block = item.block
    if any(phrase.day or phrase.recurrence_rule for phrase in phrases):
        return False
    if CLOSES.match(block.flat):
        return True
    request = find_request(block.text, block.flat, 0, len(block.text))
    return request is not None and only_compliance(block.flat[request.duty :])


def _label(item: Item) -> tuple[int, tuple[str, ...]]:
    """Where a leading "Các trường tiểu học: …" or "Chế độ báo cáo: …" ends, and the units it names."""
    text, flat = item.block.text, item.block.flat
    match = _LABEL.match(flat)
    if match is None or find_request(text, flat, 0, match.end()) is not None:
        return 0, ()
    prefix = re.match(r"\W*(?:doi voi|rieng|ve phia)\s+", flat)
    units = read_units(text, flat, prefix.end() if prefix is not None else 0)
    if units is not None and units.end >= match.end() - 4:
        return match.end(), units.names
    if units is not None and prefix is not None and _CONDITION.match(flat[units.end : match.end()]):
        return match.end(), units.names  # "Đối với các đơn vị chưa báo cáo: …"
    if units is not None and re.match(r"\s*\w", flat[units.end :]):
        return 0, ()  # a sentence whose colon stands further in
    label = match.group()
    if len(label) > _MAX_LABEL or VERB_AT.match(flat) or SUBMISSION.search(label) or re.search(r"\d\s*/\s*\d", label):
        return 0, ()
    return match.end(), ()


def _grouped(pieces: list[Piece], item: Item) -> list[list[Piece]]:
    """Neighbouring pieces of one duty together: a new one begins where somebody else is ordered."""
    groups: list[list[Piece]] = []
    open_group = False
    for piece in pieces:
        if not piece.how:
            told = DESCRIBES.match(item.block.flat[piece.start : piece.end]) is not None
            if open_group and item.context.zone == "duties" and not told:
                groups[-1].append(piece)
            else:
                open_group = False
        elif open_group and not _begins_anew(piece, groups[-1]):
            groups[-1].append(piece)
        else:
            groups.append([piece])
            open_group = True
    for group in groups:
        while not group[-1].how:
            group.pop()
    return groups


def _begins_anew(piece: Piece, group: list[Piece]) -> bool:
    if piece.lead is None or piece.how == "submission":
        return False
    return piece.lead != (group[0].lead or ())


def _lead(item: Item, piece: Piece, label_units: tuple[str, ...]) -> tuple[tuple[str, ...], str, str]:
    own = piece.lead or label_units
    if own:
        return own, "own", "; ".join(own)
    return item.context.units, item.context.source, item.context.origin


def _by_deadline(item: Item, group: list[Piece], whole: Duty, everywhere: list[DeadlinePhrase]) -> list[Duty]:
    """One duty for each day that the stretch names; the first has everything before its day, the next what follows it."""
    text = item.block.text
    start, end, words = whole.start, whole.end, whole.words
    whole = replace(whole, group=start, told=_told(item, group))
    phrases = [phrase for phrase in everywhere if start < phrase.end <= end]
    firm = _distinct([phrase for phrase in phrases if phrase.day is not None or phrase.recurrence_rule is not None])
    if len(firm) <= 1:
        return _whole_or_periodic(item, whole, phrases, firm[0] if firm else None)
    duties = []
    begin = start
    for index, phrase in enumerate(firm):
        stop = end if index == len(firm) - 1 else _cut(text, phrase, firm[index + 1])
        duties.append(replace(whole, start=begin, end=stop, words=max(words, begin), phrase=phrase))
        begin = stop
        while begin < end and not text[begin].isalnum():
            begin += 1
    return duties


def _told(item: Item, group: list[Piece]) -> int | None:
    """Where sentences begin that only say when and where to send what the first ones ask for."""
    for piece in group[1:]:
        if piece.how == "submission" and SUBMISSION_SUBJECT.match(item.block.flat[piece.start : piece.end]):
            return piece.start
    return None


def _whole_or_periodic(
    item: Item, whole: Duty, phrases: list[DeadlinePhrase], firm: DeadlinePhrase | None
) -> list[Duty]:
    """The stretch as one duty; a last clause like "hàng tuần báo cáo …" stands for itself."""
    heading = item.context.deadline
    periodic = next((phrase for phrase in phrases if _reports_periodically(item.block.text, whole, phrase)), None)
    before = [phrase for phrase in phrases if periodic is None or phrase.start < periodic.start]
    if firm is not None and firm not in before and periodic is not firm:
        periodic, before = None, phrases
    if firm is periodic:
        firm = None
    if firm is not None and not firm.recurrence:
        firm = replace(firm, recurrence=next((phrase.recurrence for phrase in before if phrase.recurrence), ()))
    phrase = firm or _loose(before) or heading
    whole = replace(whole, phrase=phrase, inherited=phrase is not None and phrase is heading)
    if periodic is None:
        return [whole]
    begin = periodic.start
    return [replace(whole, end=begin), replace(whole, start=begin, words=begin, phrase=periodic, inherited=False)]


def _reports_periodically(text: str, whole: Duty, phrase: DeadlinePhrase) -> bool:
    """Whether a clause of its own begins with a bare adverb of time: "…; định kỳ hàng tháng báo cáo …"."""
    if not phrase.recurrence:
        return False
    after = text[phrase.start : phrase.start + 60]
    return (
        re.search(r";\s*$", text[whole.start : phrase.start]) is not None
        and re.search(r"\bbáo cáo\b", after) is not None
    )


def _distinct(phrases: list[DeadlinePhrase]) -> list[DeadlinePhrase]:
    kept: list[DeadlinePhrase] = []
    for phrase in phrases:
        if not any(_same(phrase, other) for other in kept):
            kept.append(phrase)
    return kept


def _same(phrase: DeadlinePhrase, other: DeadlinePhrase) -> bool:
    mine, others = (phrase.day, phrase.recurrence_rule), (other.day, other.recurrence_rule)
    return mine == others and (phrase.time == other.time or phrase.time is None)


def _loose(phrases: list[DeadlinePhrase]) -> DeadlinePhrase | None:
    """Of phrases without a day: a relative one first, then a recurring, then a soft one."""
    for wanted in ("relative", "recurrence", "soft"):
        for phrase in phrases:
            if getattr(phrase, wanted):
                return phrase
    return None


def _cut(text: str, phrase: DeadlinePhrase, following: DeadlinePhrase) -> int:
    """Where the duty of ``phrase`` ends: at the first comma, semicolon, full stop or "và" after its day."""
    match = _AFTER_DAY.search(text, phrase.end, following.start)
    if match is None:
        return phrase.end
    return match.end() if match.group() in ";,." else match.start()
