"""Is a sentence a duty? One of this document's requests, an order in a list of duties, something to send, or none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dondoc.directives.duty_words import (
    CLOSES,
    DESCRIBES,
    MUST,
    SUBMISSION,
    SUBMISSION_SUBJECT,
    VERB_AT,
    only_compliance,
)
from dondoc.directives.requests import Request, find_request, own_units
from dondoc.directives.sections import Item
from dondoc.directives.sentences import clauses
from dondoc.vietnamese.deadlines import DeadlinePhrase

_ADVERB = re.compile(
    r"(?:\W*(?:ben canh do|ngoai ra|dong thoi|cung voi do|truoc mat|trong do|rieng|can|phai|hang tuan|hang thang"
    r"|hang quy"
    r"|hang nam|tham gia|cung|thuong xuyen|ngay|sau do|tiep do|song song)\b\W*)+"
)
_ENUMERATION = re.compile(r"^\W*\(?[i\d]{1,4}\d?\)\s*")
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


def judge(item: Item, span: tuple[int, int], phrases: list[DeadlinePhrase]) -> list[Piece]:
    """The pieces of a sentence: its clauses where one tells and another orders, or orders go to several; else itself.

    ``phrases`` are the deadline phrases of the whole block.
    """
    text, flat = item.block.text, item.block.flat
    parts = clauses(text, *span)
    if len(parts) > 1:
        judged = [_judge(item, part, phrases) for part in parts]
        ordered = [piece for piece in judged if piece.request is not None and piece.request.units is not None]
        told = DESCRIBES.match(flat[parts[0][0] : parts[0][1]]) is not None
        if told or len(ordered) > 1 or (ordered and ordered[0] is not judged[0]):
            return judged
    return [_judge(item, span, phrases)]


def _judge(item: Item, span: tuple[int, int], phrases: list[DeadlinePhrase]) -> Piece:
    text, flat = item.block.text, item.block.flat
    start, end = span
    stretch = flat[start:end]
    listed = item.context.zone == "duties"
    dated = any((phrase.day or phrase.recurrence_rule) and start < phrase.end <= end for phrase in phrases)
    formula = CLOSES.match(stretch) is not None and not dated
    subject = own_units(text, flat, start, listed=listed and bool(item.block.mark) and start <= 2)
    imperative = is_imperative(flat, start, end)
    request = find_request(text, flat, start, end)
    if request is not None and listed and request.start > start + 2 and (subject is not None or imperative):
        request = None  # an order passed on within a duty is part of it
    if request is not None and not (formula and (request.units is None or only_compliance(flat[request.duty : end]))):
        names = request.units.names if request.units is not None else None
        return Piece(request.start, end, request.duty, "request", names, request)
    how = _how(stretch, listed=listed, dated=dated, formula=formula, ordered=subject is not None or imperative)
    if not how:
        return Piece(start, end, start, "")
    words = subject.end if subject is not None else start
    return Piece(start, end, words, how, subject.names if subject is not None else None)


def _how(stretch: str, *, listed: bool, dated: bool, formula: bool, ordered: bool) -> str:
    tells = DESCRIBES.match(stretch) is not None
    if SUBMISSION.search(stretch) and (dated or (listed and SUBMISSION_SUBJECT.match(stretch) and not tells)):
        return "submission"
    if listed and ordered and not formula and not tells:
        return "imperative"
    if dated and MUST.search(stretch):
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
        if VERB_AT.match(flat, position):
            return True
        adverb = _ADVERB.match(flat, position)
        if adverb is not None and VERB_AT.match(flat, adverb.end()):
            return True
        comma = flat.find(",", position, min(end, position + _MAX_OPENING))
        if comma < 0:
            return False
        position = comma + 1
    return False
