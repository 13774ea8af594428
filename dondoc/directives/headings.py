"""Headings: the name of a unit, or a title that promises duties or none, over the blocks below it."""

from __future__ import annotations

import re
from datetime import date

from dondoc.directives.blocks import DASH, LETTER, PLAIN, Block
from dondoc.directives.duty_words import VERB_AT, concludes
from dondoc.directives.frames import Frame
from dondoc.directives.labels import opens_with_label
from dondoc.directives.openings import opens_with_verb
from dondoc.directives.requests import find_request, own_units
from dondoc.directives.titles import promises_duties, promises_none
from dondoc.directives.units_in_text import read_units
from dondoc.vietnamese.deadlines import DeadlinePhrase, find_deadlines

_MAX_HEADING = 260
_STRAY = re.compile(r"(?<=[\w)])\s+[.,;'’‘`ˆ\s]+$|(?<=[;.,])[.,:;'’‘`ˆ\s]+$")
"""What a scan sets behind a line, apart from its last word."""

_PREFIX = re.compile(
    r"^\W*(?:(?:giao cho|giao|de nghi|yeu cau|doi voi|ve phia|trach nhiem cua|nhiem vu cua|phan cong|chi dao)\s*:?\s+)?"
)
_TAIL = re.compile(r"^[\s:.;,\-–]*$")
CONTENTS = re.compile(
    r"\b(?:voi|gom|bao gom|theo|co|neu ro|ve) (?:cac |nhung |mot so )?(?:noi dung|thong tin|phan|tai lieu|giay to|tieu chi"
    r"|van de)\b[^:;]{0,40}\W*$"
)
"""What a paper that is asked for is to hold: the list below is its outline."""

_KIND = re.compile(r"\W*(?:doi voi )?(?:cac|moi|tung)\s+\w")
_MATTER = re.compile(
    r"\W*(?:doi voi )?(?:cac|moi|tung)\s+(?:nhiem vu|giai phap|noi dung|hoat dong|chi tieu|khoan|mat hang|linh vuc|van de"
    r"|bien phap|cong trinh|du an|phong trao|chuong trinh|de an|mon|cuoc|ky|le|hinh thuc|tieu|buoc|quy|dieu kien"
    r"|truong hop|doi tuong|loai|yeu cau|cong viec|ket qua|han che|ton tai|nguyen tac|van ban|ho so|khu vuc|dia ban"
    r"|tuyen|diem|nguon|muc|ngay|cap do|co che|chinh sach|thu tuc|tinh huong|su co|phuong an|ke hoach|hang muc)\b"
)
"""What is not a kind of unit."""

_MAX_KIND = 80
_VERB_LEFT = re.compile(
    r"\b(?:chu tri|phoi hop|thuc hien|trien khai|tap trung|tiep tuc|xay dung|tham muu|bao cao|to chuc|chi dao"
    r"|ra soat|gui|khan truong)\b"
)


def heading_of(block: Block, following: Block | None, frames: list[Frame], reference: date) -> Frame | None:
    """A frame when the block is a heading: the name of a unit, or a title with blocks below it."""
    if len(block.text) > _MAX_HEADING or opens_with_label(block.flat):
        return None
    if following is not None and opens_with_label(following.flat) and not heading_units(block):
        return None  # a task, whose labels follow
    level: float = block.level
    if block.level == PLAIN:  # above what follows, so that a numbered list stays below a title without a number
        level = min(LETTER, following.level - 0.5) if following is not None else LETTER
    below = following is not None and (
        following.level > block.level or (block.level == PLAIN and following.level >= DASH)
    )
    title = f"{block.mark}. {block.text}" if block.mark and block.mark[-1].isalnum() else block.text
    written = _STRAY.sub("", block.text.rstrip())
    ended = written.endswith("." if block.level == PLAIN else (".", ";", ","))
    sentence = ended and (block.level == PLAIN or block.level >= DASH)
    units = () if sentence else heading_units(block) or _several_of_a_kind(block, following)
    colon = written.endswith(":")
    titled = not re.search(r"[.;,]$", written) and (colon or block.level < PLAIN or block.text.isupper())
    named = bool(units) and (below or colon or (following is not None and following.level == PLAIN))
    capitals = block.level == PLAIN and block.text.isupper()
    if not named and (
        not titled or not (below or block.text.isupper()) or (block.level >= DASH and not colon and not capitals)
    ):
        return None
    deadline = _own_deadline(block.text, reference)
    promised = block.text.endswith(")") and promises_duties(block.flat)
    orders = opens_with_verb(block.flat, 0) or own_units(block.text, block.flat, 0) is not None
    if not named and not colon and deadline is not None and not promised and orders:
        return None  # an order whose full stop was forgotten or lost
    if named:
        return Frame(level, block.mark, "duties", True, units, "heading", deadline, title, title)
    none = promises_none(block.flat) and (bool(block.mark) or block.text.isupper())
    if colon and not none and _says_more(block, frames[-1]):
        return None
    if promises_none(block.flat):
        return Frame(level, block.mark, "none", True, (), "", deadline, "", title)
    if promises_duties(block.flat) and not (frames[-1].firm and frames[-1].zone == "none"):
        return Frame(level, block.mark, "duties", True, (), "", deadline, "", title)
    parent = frames[-1]
    if block.level >= DASH:
        return None
    return Frame(level, block.mark, parent.zone, parent.firm, (), "", deadline, "", title)


def _says_more(block: Block, parent: Frame) -> bool:
    """Whether a line with a colon is more than a title: a request, a decision, an item of duties."""
    if find_request(block.text, block.flat, 0, len(block.text)) is not None or concludes(block.flat):
        return True
    if opens_with_verb(block.flat, 0) and CONTENTS.search(block.flat):
        return True
    return _VERB_LEFT.search(block.flat) is not None and read_units(block.text, block.flat, 0) is not None


def heading_units(block: Block) -> tuple[str, ...]:
    """The units when the block names units and nothing else, as a heading does: "Giao Phòng Nội vụ:"."""
    prefix = _PREFIX.match(block.flat)
    start = prefix.end() if prefix is not None and "giáo" not in block.text[: prefix.end()].lower() else 0
    units = read_units(block.text, block.flat, start)
    if units is None:
        return ()
    rest = re.sub(r"\((?:[^()]|\([^()]*\))*\)", "", block.flat[units.end :])
    if _TAIL.match(rest):
        return units.names
    more = _VERB_LEFT.search(rest) is not None or concludes(rest)
    if len(rest) <= 60 and len(units.names) == 1 and rest.rstrip().endswith(":") and not more:
        return (block.text[start:].strip(" :"),)
    return ()


def _several_of_a_kind(block: Block, following: Block | None) -> tuple[str, ...]:
    """ "2. Các bến xe khách" over an order: units of a kind that no word list has, told by the form of the heading."""
    title = block.text.strip(" :.*")
    if following is None or not block.mark or not _KIND.match(block.flat) or _MATTER.match(block.flat):
        return ()
    if len(title) > _MAX_KIND or re.search(r"[,;.:]", title) or not opens_with_verb(following.flat, 0):
        return ()
    return () if any(VERB_AT.match(block.flat, place) for place in _words_of(block.flat)) else (title,)


def _words_of(flat: str) -> list[int]:
    return [match.start() for match in re.finditer(r"\b\w", flat)][1:]


def _own_deadline(text: str, reference: date) -> DeadlinePhrase | None:
    found = [phrase for phrase in find_deadlines(text, reference) if phrase.day or phrase.recurrence_rule]
    return found[-1] if found else None
