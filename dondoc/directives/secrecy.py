"""Marks that decide whether a document may be here at all: secrecy (Luật Bảo vệ bí mật nhà nước 2018) and cautions.

A secrecy mark stands alone in the head of a document: on a line of its own or beside the header's columns. Running
text, "mật khẩu", "mật độ" and what a scan makes of "Mặt trận" are none. What people write about a document, in a message or
in the name of a file, is read in ``secrecy_said``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dondoc.vietnamese.text import nfc, strip_marks

if TYPE_CHECKING:
    from dondoc.directives.reading import SourceText

_HEAD_LINES = 30
_HEAD_LETTERS = 2_500
_LEVELS = {"tuyet mat": "TUYỆT MẬT", "toi mat": "TỐI MẬT", "mat": "MẬT"}
_ALONE = re.compile(r"^[^\w]*(?:do mat|muc do mat|dau mat)?[\s:.\-]*(?P<level>tuyet mat|toi mat|mat)[^\w]*$")
_BESIDE = re.compile(
    r"(?:^|\s{2,}|\t|\|)\W{0,3}(?P<level>(?:TUYET|TOI)\s+MAT|MAT)\W{0,3}"
    r"(?=$|\s{2,}|\t|\||\b(?:Kinh gui|CONG HO|Doc lap|So\s?:|V/v|UBND|UY BAN))"
)
_PAGE_LINES = 8
_MARKED_WORD = frozenset({"mật", "mât", "mặt", "mạt", "mat", "mắt"})

_CAUTIONS = (
    ("internal", re.compile(r"\bluu hanh noi bo\b|\btai lieu noi bo\b|\bkhong pho bien\b")),
    (
        "recalled",
        re.compile(r"\btai lieu thu hoi\b|\bthu hoi sau (?:khi )?(?:hop|hoi nghi|su dung)\b|\bxong hoi nghi tra lai\b"),
    ),
    (
        "pupils",
        re.compile(
            r"\bdanh sach (?:cac )?(?:em )?(?:hoc sinh|hs|tre em|tre|con em)\b"
            r"|\|[^\n|]*\bho (?:va )?ten\b[^\n|]*\|[^\n]*\bngay(?: thang nam)? sinh\b[^\n]*\|[^\n]*\blop\b"
        ),
    ),
)


def secrecy_mark(text: str) -> str | None:
    """The secrecy level that the head of the text carries: "MẬT", "TỐI MẬT", "TUYỆT MẬT", or None."""
    head = nfc(text)[:_HEAD_LETTERS].split("\n")[:_HEAD_LINES]
    for line in head:
        plain = line.replace("*", " ").replace("_", " ").replace("#", " ")
        level = _alone(plain) or _beside(plain)
        if level is not None:
            return level
    return None


def document_mark(source: SourceText) -> str | None:
    """The mark of a document: in its head, in the margins of its pages, or stamped alone at the top of a later page, where a
    further document begins."""
    found = secrecy_mark(source.text) or secrecy_mark(source.margins)
    for page in source.pages[1:]:
        if found is not None:
            break
        lines = [line for line in page[:_HEAD_LETTERS].split("\n") if line.strip()]
        stamped = (line for line in lines[:_PAGE_LINES] if line.strip(" *|").isupper())
        found = next(filter(None, map(_alone, stamped)), None)
    return found


def caution_marks(text: str) -> tuple[str, ...]:
    """What to warn about before a document is kept: "internal", "recalled", "pupils" (a list of named children)."""
    flat = strip_marks(text[:200_000]).lower()
    return tuple(name for name, pattern in _CAUTIONS if pattern.search(flat))


def _alone(line: str) -> str | None:
    match = _ALONE.match(" ".join(strip_marks(line).lower().split()))
    if match is None or not _written_so(line):
        return None
    return _LEVELS[match["level"]]


def _beside(line: str) -> str | None:
    match = _BESIDE.search(strip_marks(line))
    if match is None or not _written_so(nfc(line)[match.start() : match.end()]):
        return None
    return _LEVELS[" ".join(match["level"].lower().split())]


def _written_so(words: str) -> bool:
    """Whether the word is "mật", possibly without its marks, and begins with a capital as a stamp does."""
    found = [word for word in re.findall(r"\w+", nfc(words)) if word.lower() in _MARKED_WORD]
    return bool(found) and found[-1].lower() in ("mật", "mât", "mat") and found[-1][:1].isupper()
