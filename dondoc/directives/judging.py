"""Is a sentence a duty? One of this document's requests, an order in a list of duties, something to send, or none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from dondoc.directives.duty_words import (
    CLOSES,
    DESCRIBES,
    MUST,
    SUBMISSION,
    SUBMISSION_SUBJECT,
    only_compliance,
)
from dondoc.directives.openings import TELLS_AT, opens_with_verb
from dondoc.directives.requests import Request, find_request, own_units
from dondoc.directives.sections import Item
from dondoc.directives.sentences import clauses
from dondoc.directives.units_in_text import UnitList, read_units
from dondoc.vietnamese.deadlines import DeadlinePhrase

_ADVERB = re.compile(
    r"(?:\W*(?:ben canh do|ngoai ra|dong thoi|cung voi do|truoc mat|trong do|rieng|can|phai|hang tuan|hang thang"
    r"|hang quy"
    r"|hang nam|tham gia|cung|thuong xuyen|ngay|sau do|tiep do|song song)\b\W*)+"
)
_ADVERBIAL = re.compile(
    r"\W*(?:[^.;:,]{3,40}:\s*)?(?:dinh ky|hang|truoc|cham nhat|muon nhat|tre nhat|khong qua"
    r"|sau khi|can cu|tren co so|theo|de|nham|ngoai ra|dong thoi"
    r"|ben canh|khi|truong hop|trong|tu ngay|den ngay|vao|thuc hien (?:nghi|ke|chi|cong|quyet|thong)|ngay sau|ket thuc)\b"
)
_ENACTS = re.compile(r"\bthi hanh (?:quyet dinh|nghi quyet)\b|\b(?:quyet dinh|nghi quyet) nay\b")
"""The articles of a decision that order nothing but the decision itself."""

_PAST_SPAN = re.compile(
    r"\W*tu (?:ngay|thang|dau nam)\b[^,;]{0,40}? den (?:nay|ngay|het)\b[^,;]{0,30},[^;]*?\b(?:dat|con|tang|giam) "
)
"""A span of time of which a figure is told."""

_SEVERAL = re.compile(
    r"(?:cac|nhung|tung|moi|tat ca|thu truong|lanh dao|co quan thuong truc|cap uy"
    r"|hieu truong|giam doc|giao vien|truong (?:cac|thon|phong|tram)|chi bo)\b"
)
_RECOUNTS = re.compile(
    r"\W*(?:(?:sang|chieu) )?ngay \d{1,2}[^.;]{0,90}?\b(?:da|co|ban hanh)\b[^.;]{0,30}\b(?:cong van|van ban|ke hoach"
    r"|thong bao|cong dien|quyet dinh|huong dan)\b"
)
"""What was asked for by another letter: "Ngày 10/9/2021, Sở Nội vụ có Công văn số … đề nghị gửi trước ngày 30/9"."""

_NAMED_ACTOR = re.compile(
    r"\W*(?P<who>\w[^.,;:()]{2,60}?)\s+(?:chu tri,? (?:va )?phoi hop|phoi hop (?:voi|cung)|co trach nhiem|chiu trach nhiem)\b"
)
_ENUMERATION = re.compile(r"^\W*\(?[i\d]{1,4}\d?\)\s*")
_MIN_ORDER = 30
_MAX_OPENINGS = 6
_MAX_OPENING = 260


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause or sentence that was judged: its stretch, where the duty's own words begin, and to whom it goes.

    ``how`` is request, imperative, must or submission, or empty when it is no duty. ``lead`` is None where the piece
    names nobody.
    """

    start: int
    end: int
    words: int
    how: str
    lead: tuple[str, ...] | None = None
    request: Request | None = None


def judge(item: Item, span: tuple[int, int], phrases: list[DeadlinePhrase], *, assigned: bool = False) -> list[Piece]:
    """The pieces of a sentence: its clauses where one tells and another orders, or orders go to several; else itself.

    ``phrases`` are the deadline phrases of the whole block. ``assigned``: the sentence opens an item that stands under
    a unit's name, so that it orders unless its first words tell of something.
    """
    text, flat = item.block.text, item.block.flat
    parts = _without_bare_units(item, clauses(text, *span))
    if len(parts) > 1:
        judged = [_judge(item, part, phrases, assigned=assigned and part[0] == span[0]) for part in parts]
        ordered = [piece for piece in judged if piece.request is not None and piece.request.units is not None]
        told = DESCRIBES.match(flat[parts[0][0] : parts[0][1]]) is not None
        if told or len(ordered) > 1 or (ordered and ordered[0] is not judged[0]):
            return judged
    whole = _judge(item, span, phrases, assigned=assigned)
    turns = _turns(item, parts, whole) if whole.how else []
    if not turns:
        return [whole]
    edges = [*(subject.start for subject in turns), span[1]]
    first = _judge(item, (span[0], edges[0]), phrases, assigned=assigned)
    later = [
        Piece(start, end, subject.end, "must", subject.names)
        for subject, (start, end) in zip(turns, pairwise(edges), strict=True)
    ]
    return [first, *later]


def _without_bare_units(item: Item, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The clauses with those that only name units joined to the next: "Đề nghị Sở A; Sở B rà soát …"."""
    text, flat = item.block.text, item.block.flat
    joined: list[tuple[int, int]] = []
    begin: int | None = None
    for start, end in parts:
        named = _names_until(text, flat, start, end)
        first = start if begin is None else begin
        begin = None
        if named >= end - 1 > start and end != parts[-1][1]:
            begin = first
        else:
            joined.append((first, end))
    return joined


def _names_until(text: str, flat: str, start: int, end: int) -> int:
    """Where the units end that stand bare at the beginning of a clause, behind a request or behind an opening."""
    units = read_units(text, flat, start)
    if units is None:
        request = find_request(text, flat, start, end)
        units = request.units if request is not None else None
    if units is None:  # "Sau khi có kết quả, Sở A; Sở B rà soát …"
        opening = _ADVERBIAL.match(flat, start, end)
        comma = flat.find(",", opening.end(), end) if opening is not None else -1
        units = read_units(text, flat, comma + 2) if 0 < comma < end - 2 else None
    return units.end if units is not None else start


def _turns(item: Item, parts: list[tuple[int, int]], whole: Piece) -> list[UnitList]:
    """The subjects of the clauses of a duty that are somebody else's: "Giao huyện A …; Sở B có trách nhiệm …"."""
    if whole.lead is None or item.context.source == "heading":
        return []
    text, flat = item.block.text, item.block.flat
    subjects = [own_units(text, flat, start) for start, _ in parts[1:]]
    return [subject for subject in subjects if subject is not None and subject.names != whole.lead]


def _judge(item: Item, span: tuple[int, int], phrases: list[DeadlinePhrase], *, assigned: bool) -> Piece:
    text, flat = item.block.text, item.block.flat
    start, end = span
    stretch = flat[start:end]
    listed = item.context.zone == "duties"
    dated = any((phrase.day or phrase.recurrence_rule) and start < phrase.end <= end for phrase in phrases)
    formula = CLOSES.match(stretch) is not None and not dated
    subject = own_units(text, flat, start, listed=listed and bool(item.block.mark) and start <= 2)
    article = item.block.mark.startswith("Điều")
    if subject is None and (listed or dated or article) and item.context.source != "heading":
        subject = _subject_behind(text, flat, start, end)
    if subject is not None and article and not _ENACTS.search(stretch):
        listed = True
    imperative = is_imperative(flat, start, end)
    if subject is None and listed:
        subject = _subject_by_form(text, flat, start)
    request = find_request(text, flat, start, end)
    if request is None and not dated and _did(text, flat, start):
        return Piece(start, end, start, "")
    within = request is not None and listed and request.start > start + 2
    if request is not None and within and (subject is not None or is_imperative(flat, start, request.start - 2)):
        request = None  # an order passed on within a duty is part of it
    if request is not None and not (formula and (request.units is None or only_compliance(flat[request.duty : end]))):
        names = request.units.names if request.units is not None else None
        return Piece(request.start, end, request.duty, "request", names, request)
    ordered = subject is not None or imperative or (assigned and _may_order(stretch))
    how = _how(stretch, listed=listed, dated=dated, formula=formula, ordered=ordered, named=subject is not None)
    if not how:
        return Piece(start, end, start, "")
    words = subject.end if subject is not None else start
    return Piece(start, end, words, how, subject.names if subject is not None else None)


def _subject_behind(text: str, flat: str, start: int, end: int) -> UnitList | None:
    """The units behind an opening that says when or why: "Định kỳ hằng quý, các đơn vị báo cáo …"."""
    opening = _ADVERBIAL.match(flat, start, end)
    if opening is None:
        return None
    for comma in re.compile(r",\s*").finditer(flat, opening.end(), min(end, start + _MAX_OPENING)):
        subject = own_units(text, flat, comma.end())
        if subject is not None and (text[subject.start].isupper() or _SEVERAL.match(flat, subject.start)):
            return subject
    return None


def _did(text: str, flat: str, start: int) -> bool:
    """Whether a sentence tells what units have done: "Bộ Y tế đã tích cực, chủ động …"."""
    opening = re.compile(r"\W*").match(flat, start)
    units = read_units(text, flat, opening.end()) if opening is not None else None
    return units is not None and re.compile(r"\s*da\b").match(flat, units.end) is not None


def _subject_by_form(text: str, flat: str, start: int) -> UnitList | None:
    """Somebody whom no word list has, before words that only follow a subject: "Đoàn cơ sở chủ trì, phối hợp với …"."""
    match = _NAMED_ACTOR.match(flat, start)
    if (
        match is None
        or opens_with_verb(flat, match.start("who"))
        or not text[match.start("who")].isupper()
        or TELLS_AT.match(flat, match.start("who"))
    ):
        return None
    return UnitList((text[match.start("who") : match.end("who")],), match.start("who"), match.end("who"))


def _may_order(stretch: str) -> bool:
    """Whether a sentence under a unit's name is taken for an order though its verb is unknown."""
    opening = re.search(r"\w", stretch)
    return len(stretch) >= _MIN_ORDER and opening is not None and TELLS_AT.match(stretch, opening.start()) is None


def _how(stretch: str, *, listed: bool, dated: bool, formula: bool, ordered: bool, named: bool) -> str:
    tells = DESCRIBES.match(stretch) is not None or (not named and _PAST_SPAN.match(stretch) is not None)
    if tells and _RECOUNTS.match(stretch):
        return ""
    if SUBMISSION.search(stretch) and (dated or (listed and SUBMISSION_SUBJECT.match(stretch) and not tells)):
        return "submission"
    if listed and ordered and not formula and not tells:
        return "imperative"
    if dated and (MUST.search(stretch) or (not formula and not tells and (listed or named))):
        return "must"
    return "must" if listed and not formula and not tells and MUST.search(stretch) else ""


def is_imperative(flat: str, start: int, end: int) -> bool:
    """Whether a sentence opens with a verb of work, after an adverb or after clauses that only say when or why."""
    position = start
    skipped = _ENUMERATION.match(flat[start:end])
    if skipped is not None:
        position += skipped.end()
    for _ in range(_MAX_OPENINGS):
        while position < end and not flat[position].isalnum():
            position += 1
        if opens_with_verb(flat, position):
            return True
        adverb = _ADVERB.match(flat, position)
        if adverb is not None and opens_with_verb(flat, adverb.end()):
            return True
        comma = flat.find(",", position, min(end, position + _MAX_OPENING))
        if comma < 0:
            return False
        position = comma + 1
    return False
