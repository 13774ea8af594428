"""The lines of a document and its three parts: head, body, foot. What only a scanner or a signature stamp wrote is left out.

Every line knows where it stands in the source, so that whatever is read later can be quoted exactly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from dondoc.directives.run_on import is_glued, lost_breaks
from dondoc.vietnamese.text import strip_marks

_REST = re.compile(r"[\w/\-]{1,10}[).;:,”]+")
_DATE_LEFT = re.compile(r"\W{0,2}\d{1,2}\s?/[\d/ ]{2,9}\W*\w?\W*")
_LEADS_TO_DATE = re.compile(r"\b(?:ngày|trước|hết|đến|từ|là|vào|tháng)$")
_AFTER_ALL = re.compile(r"[Ss]au(?: đây)?\s*:")
_STAMP = re.compile(
    r"^\W*(?:nguoi ky|ky boi|ngay ky|thoi gian ky|ky ngay|ky so|digitally signed|signature|email\s*:\s*\S+$|co quan\s*:"
    r"|thoi gian\s*:\s*\d{4}|page\b|\+07:00)|mergeformat|\d\d:\d\d:\d\d\s*\+07"
)
_MARKER_START = re.compile(r"^\s*(?:[-+•*–]|\d{1,2}\s?[.)/-]|[a-zđ]\s?\)|[IVX]+\.)")

_NATION = re.compile(r"\bcong ho[a-z]* xa hoi|\bxa hoi chu nghia|\bdang cong san viet nam")
_RECIPIENTS = re.compile(r"^\W*(?:[a-z]{1,2}\s+)?\w{0,2}[o0]i nhan\b")
_SIGNATURE = re.compile(
    r"^\W*(?:T\s?[/.]?\s?[LM]|K\s?[/.]?\s?T|TUQ|Q)\s?[./]\s?[A-Z]{2}"
    r"|^\W*(?:(?:CHU TICH|GIAM DOC|PHO GIAM DOC|CHANH VAN PHONG|PHO CHANH VAN PHONG|TRUONG PHONG|PHO TRUONG PHONG"
    r"|HIEU TRUONG"
    r"|PHO HIEU TRUONG|BI THU|PHO BI THU(?: THUONG TRUC)?|TRUONG BAN|PHO TRUONG BAN|PHO CHU TICH|BO TRUONG|THU TRUONG"
    r"|CHI CUC TRUONG|CUC TRUONG|CHANH THANH TRA)\W*)+$"
)
_SIGNATURE_WITHIN = re.compile(
    r"(?:^|[\s;.)|])(?:T\s?/?[LM]|K\s?/?T|TUQ)\s?\.\s?(?:GIAM|CHU|BO|TRUONG|CHANH|HIEU|BAN|UY|THU|CUC|VIEN)[A-Z]*\b"
)
_KEPT = re.compile(r"^\W*luu\b\W*(?:vt|van thu|vp|hs)|\(de (?:b/?c(?:ao)?|bao cao|biet|p/?h)\)")
_END = re.compile(r"\./\.?(?!\w)")
_APPENDIX = re.compile(r"^\W*(?:phu luc|bieu mau|mau so)\b")
_MIN_BODY_SHARE = 0.12


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line without its outer blanks: its text, where it starts in the source, and whether a blank line comes before.

    ``flat`` is the line for comparing: lower case, without marks, letter for letter.
    """

    text: str
    start: int
    blank_before: bool = False
    flat: str = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "flat", flatten(self.text))


@dataclass(frozen=True, slots=True)
class Parts:
    """The lines of a document by part. ``rest`` is what follows its foot: appendices, a further document."""

    head: tuple[TextLine, ...]
    body: tuple[TextLine, ...]
    foot: tuple[TextLine, ...]
    rest: tuple[TextLine, ...]


def flatten(text: str) -> str:
    """NFC text in lower case without marks, as long as it was."""
    flat = strip_marks(text)
    lowered = flat.lower()
    return lowered if len(lowered) == len(flat) else "".join(c.lower() if len(c.lower()) == 1 else c for c in flat)


def lines_of(text: str) -> list[TextLine]:
    """The lines of an NFC text without page numbers, stamps and specks; texts that lost their line breaks get some back."""
    lines: list[TextLine] = []
    blank = False
    glued = is_glued(text)
    position = 0
    for raw in text.split("\n"):
        for piece, offset in _pieces(raw, glued=glued):
            stripped = piece.strip(" \t\u00a0\u200b\ufeff\f\v\u3000")
            if not stripped:
                blank = True
                continue
            start = position + offset + piece.index(stripped)
            if is_speck(stripped) and not (lines and _ends_a_sentence(stripped, lines[-1].text, blank=blank)):
                continue
            lines.append(TextLine(stripped, start, blank))
            blank = False
        position += len(raw) + 1
    return lines


def _pieces(raw: str, *, glued: bool) -> list[tuple[str, int]]:
    edges = [0, *lost_breaks(raw, glued=glued), len(raw)]
    return [(raw[a:b], a) for a, b in pairwise(edges)] if len(edges) > 2 else [(raw, 0)]


def _ends_a_sentence(piece: str, before: str, *, blank: bool) -> bool:
    """Whether a short line is the end of a sentence broken by the page's width: "20/9/2020.", "phố.", "Sau:".

    ``blank``: an empty line stands between; then only a date behind the words that lead to one, or "sau:", is its end.
    """
    open_before = before[-1:] not in ".;:!?" or before.endswith("-")
    if not open_before:
        return False
    if _DATE_LEFT.fullmatch(piece):
        return not blank or _LEADS_TO_DATE.search(before) is not None
    return _AFTER_ALL.match(piece) is not None or (not blank and _REST.fullmatch(piece) is not None)


def is_speck(line: str) -> bool:
    """Whether a line is a page number, a signature stamp or the dust of a scan."""
    if "|" in line and line.count("|") >= 2:
        return not any(letter.isalnum() for letter in line)
    if _MARKER_START.match(line) and sum(letter.isalpha() for letter in line) >= 3:
        return False
    if flatten(line) == "dan":
        return False  # "ỦY BAN NHÂN / DÂN" in a narrow cell
    letters = sum(letter.isalpha() for letter in line)
    if letters <= 2 or sum(letter.isalnum() for letter in line) <= 3:
        return True
    return _STAMP.search(flatten(line)) is not None


def parts_of(lines: list[TextLine], body_start: int) -> Parts:
    """Divide the lines; ``body_start`` is where the head ends (see ``metadata``)."""
    foot_start = _foot_start(lines, body_start)
    foot_end = _foot_end(lines, foot_start)
    return Parts(
        tuple(lines[:body_start]),
        tuple(lines[body_start:foot_start]),
        tuple(lines[foot_start:foot_end]),
        tuple(lines[foot_end:]),
    )


def _foot_start(lines: list[TextLine], body_start: int) -> int:
    for index in range(body_start, len(lines)):
        line = lines[index]
        if _RECIPIENTS.match(line.flat.replace("|", " ")):
            return index
        if index > body_start and _is_signature(line):
            return index
        if _END.search(line.text) and _foot_follows(lines, index):
            return index + 1
    return len(lines)


def _foot_follows(lines: list[TextLine], index: int) -> bool:
    """Whether "./." ends the document: recipients, a signature, a short line or nothing comes next."""
    following = lines[index + 1 : index + 14]
    return not following or any(
        _RECIPIENTS.match(line.flat) or _is_signature(line) or _KEPT.search(line.flat) for line in following
    )


def _is_signature(line: TextLine) -> bool:
    plain = strip_marks(line.text).replace("*", "").replace("|", " ")
    return bool(_SIGNATURE.match(plain) or _SIGNATURE_WITHIN.search(plain))


def _foot_end(lines: list[TextLine], foot_start: int) -> int:
    for index in range(foot_start + 1, len(lines)):
        line = lines[index]
        if _NATION.search(line.flat) or _APPENDIX.match(line.flat):
            back = index
            while back > foot_start + 1 and lines[back - 1].text.isupper() and not lines[back].blank_before:
                back -= 1
            return back
        if line.text.count("|") >= 4 and index > foot_start + 25:
            return index
    return len(lines)
