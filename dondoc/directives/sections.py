"""What stands over a block: its section, the units and the deadline of its heading, and whether duties are to be expected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import Literal

from dondoc.directives.blocks import DASH, LETTER, PLAIN, ROMAN, Block
from dondoc.directives.duty_words import ANNOUNCES, VERB_AT, concludes, lists_duties
from dondoc.directives.labels import opens_with_label
from dondoc.directives.openings import opens_with_verb
from dondoc.directives.requests import find_request, own_units
from dondoc.directives.sentences import sentences
from dondoc.directives.titles import promises_duties, promises_none
from dondoc.directives.units_in_text import read_units
from dondoc.vietnamese.deadlines import DeadlinePhrase, find_deadlines

Zone = Literal["duties", "outline", "none"]
"""Under "duties" every item is one unless it only tells; under "outline" and "none" only what is asked for expressly."""

_PLANS = ("Kế hoạch", "Chương trình", "Phương án", "Đề án")
_DIRECTING = ("Thông báo", "Công văn", "Công điện", "Chỉ thị", "Kết luận", "Hướng dẫn", None)
_LOOK_AHEAD = 40
_MAX_HEADING = 260
_MAX_SECTION = 24
_PREFIX = re.compile(
    r"^\W*(?:(?:giao cho|giao|de nghi|yeu cau|doi voi|ve phia|trach nhiem cua|nhiem vu cua|phan cong|chi dao)\s*:?\s+)?"
)
_TAIL = re.compile(r"^[\s:.;,\-–]*$")
PLAN_OPENS = re.compile(
    r"\b(?:xay dung|ban hanh|trien khai) (?:ke hoach|chuong trinh|phuong an|de an)\b|\bke hoach\b.*\bsau\W*$"
)
"""How a plan's text passes over to its parts: "… ban hành kế hoạch … như sau:"."""

_OUTLINE = re.compile(
    r"\b(?:bao cao|noi dung|de cuong|mau|gop y|y kien|dang ky|thong ke|danh sach|cung cap|danh gia|lap|gui|ho so|tieu chi)\b"
)
"""What is asked for in a request whose list below is the outline of a paper and no list of duties."""

_CONTENTS = re.compile(
    r"\b(?:voi|gom|bao gom|theo|co|neu ro|ve) (?:cac |nhung |mot so )?(?:noi dung|thong tin|phan|tai lieu|giay to|tieu chi"
    r"|van de)\b[^:;]{0,40}\W*$"
)
"""What a paper that is asked for is to hold: the list below is its outline."""

_FINDINGS = re.compile(
    r"\b(?:ket qua|tinh hinh|ton tai|han che|nguyen nhan|thanh phan|ho so|dieu kien|tieu chuan|tieu chi|muc dich|kien nghi"
    r"|da (?:dat|thuc hien|hoan thanh)|gom)\b"
)
"""What a list tells of that only looks like a list of orders."""

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


@dataclass(frozen=True, slots=True)
class Context:
    """What a block inherits. ``source`` tells where ``units`` come from: "heading", "default" or "".

    ``origin`` and ``deadline_origin`` are the words of the heading or sentence that gave the units and the deadline.
    """

    section: str | None
    zone: Zone
    units: tuple[str, ...] = ()
    source: str = ""
    deadline: DeadlinePhrase | None = None
    origin: str = ""
    deadline_origin: str = ""


@dataclass(frozen=True, slots=True)
class _Frame:
    level: int
    mark: str
    zone: Zone
    firm: bool = False
    units: tuple[str, ...] = ()
    source: str = ""
    deadline: DeadlinePhrase | None = None
    origin: str = ""
    deadline_origin: str = ""


_NO_FRAME = _Frame(-1, "", "none")


@dataclass(frozen=True, slots=True)
class Item:
    """A block with its context. ``announces``: its last sentence announces the blocks below it; ``opens``: as orders."""

    block: Block
    context: Context
    announces: bool = False
    opens: bool = False


def items_of(blocks: list[Block], kind: str | None, reference: date) -> Iterator[Item]:
    """The blocks that may hold duties, each with what stands over it. Headings are taken up and left out."""
    frames = [_Frame(-1, "", "duties" if kind in _PLANS else "none")]
    asked: tuple[str, ...] = ()
    asked_in = ""
    for index, (block, following) in enumerate(zip_longest(blocks, blocks[1:])):
        if block.level != PLAIN:
            while len(frames) > 1 and frames[-1].level >= block.level:
                frames.pop()
        frame = _heading(block, following, frames, reference)
        if frame is not None:
            if asked and block.level == PLAIN and frame.zone == "duties" and not any(f.units for f in (*frames, frame)):
                frame = replace(frame, units=asked, source="default", origin=asked_in)
            while len(frames) > 1 and frames[-1].level >= frame.level:
                frames.pop()
            frames.append(frame)
            continue
        request = find_request(block.text, block.flat, 0, len(block.text)) if block.level == PLAIN else None
        asked = request.units.names if request is not None and request.units is not None else ()
        asked_in = block.text
        announced = _announcement(block, frames[-1], kind, blocks[index + 1 : index + _LOOK_AHEAD])
        opens = announced is not None and announced.zone == "duties"
        yield Item(block, _context(frames, block), announces=announced is not None, opens=opens)
        if announced is not None:
            if block.level == PLAIN:
                frames[-1] = replace(announced, level=frames[-1].level, mark=frames[-1].mark)
            else:
                frames.append(announced)


def _context(frames: list[_Frame], block: Block) -> Context:
    top = frames[-1]
    timed = next((frame for frame in reversed(frames) if frame.deadline is not None), _NO_FRAME)
    owner = next((frame for frame in reversed(frames) if frame.units), _NO_FRAME)
    return Context(
        _section(frames, block),
        top.zone,
        owner.units,
        owner.source,
        timed.deadline,
        owner.origin,
        timed.deadline_origin,
    )


def _section(frames: list[_Frame], block: Block) -> str | None:
    """ "II.2" of an item under "2." under "II."; "II.3.1" where the number carries its own parent."""
    marks = [frame.mark for frame in frames if frame.mark]
    if block.mark and block.level <= LETTER:
        marks.append(block.mark)
    parts: list[str] = []
    for mark in marks:
        if re.fullmatch(r"[-+•*~–—○▪◦●✓✔➢❖]", mark):
            continue
        if "." in mark and parts and mark.startswith(f"{parts[-1]}."):
            parts.pop()
        parts.append(mark)
    return ".".join(parts)[:_MAX_SECTION] or None


def _heading(block: Block, following: Block | None, frames: list[_Frame], reference: date) -> _Frame | None:
    """A frame when the block is a heading: the name of a unit, or a title with blocks below it."""
    if len(block.text) > _MAX_HEADING or opens_with_label(block.flat):
        return None
    if following is not None and opens_with_label(following.flat) and not heading_units(block):
        return None  # a task, whose labels follow
    level = block.level if block.level != PLAIN else LETTER
    below = following is not None and (
        following.level > block.level or (block.level == PLAIN and following.level >= DASH)
    )
    title = f"{block.mark}. {block.text}" if block.mark and block.mark[-1].isalnum() else block.text
    sentence = block.level == PLAIN and block.text.rstrip().endswith(".")
    units = () if sentence else heading_units(block) or _several_of_a_kind(block, following)
    colon = block.text.rstrip().endswith(":")
    titled = not re.search(r"[.;,]$", block.text.rstrip()) and (colon or block.level < PLAIN or block.text.isupper())
    named = bool(units) and (below or colon or (following is not None and following.level == PLAIN))
    if not named and (not titled or not (below or block.text.isupper()) or (block.level >= DASH and not colon)):
        return None
    deadline = _own_deadline(block.text, reference)
    if named:
        return _Frame(level, block.mark, "duties", True, units, "heading", deadline, title, title)
    if colon and not (block.text.isupper() and promises_none(block.flat)) and _says_more(block, frames[-1]):
        return None
    if promises_none(block.flat):
        return _Frame(level, block.mark, "none", True, (), "", deadline, "", title)
    if promises_duties(block.flat) and not (frames[-1].firm and frames[-1].zone == "none"):
        return _Frame(level, block.mark, "duties", True, (), "", deadline, "", title)
    parent = frames[-1]
    if block.level >= DASH:
        return None
    return _Frame(level, block.mark, parent.zone, parent.firm, (), "", deadline, "", title)


def _says_more(block: Block, parent: _Frame) -> bool:
    """Whether a line with a colon is more than a title: a request, a decision, an item of duties."""
    if find_request(block.text, block.flat, 0, len(block.text)) is not None or concludes(block.flat):
        return True
    if opens_with_verb(block.flat, 0) and _CONTENTS.search(block.flat):
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


def _orders(block: Block) -> bool:
    """Whether a list item is an order by its own words: a verb of work, or a unit and a verb, at its beginning."""
    if block.level == PLAIN:
        return False
    return (
        opens_with_verb(block.flat, 0)
        or bool(heading_units(block))
        or read_units(block.text, block.flat, 0) is not None
    )


def _list_of(blocks: list[Block]) -> list[Block]:
    """The items of the list that begins here."""
    items: list[Block] = []
    for block in blocks:
        if block.level < blocks[0].level or block.level == PLAIN:
            break
        if block.level == blocks[0].level:
            items.append(block)
    return items


def _mostly_orders(blocks: list[Block]) -> bool:
    """Whether a list begins here most of whose items are orders by their own words."""
    items = _list_of(blocks)
    ordering = [
        item for item in items if opens_with_verb(item.flat, 0) or own_units(item.text, item.flat, 0) is not None
    ]
    return len(items) >= 2 and len(ordering) * 5 >= len(items) * 3


def _mostly_assigned(blocks: list[Block]) -> bool:
    """Whether a list begins here most of whose items say who and then what: "3. Tổ trưởng chuyên môn: nộp báo cáo …"."""
    items = _list_of(blocks)
    assigned = 0
    for item in items:
        units = read_units(item.text, item.flat, 0)
        if units is not None:
            colon = re.match(r"\s*:\s*", item.flat[units.end :])
            named = colon is not None and opens_with_verb(item.flat, units.end + colon.end())
            assigned += named or own_units(item.text, item.flat, 0) is not None
    return len(items) >= 2 and assigned * 5 >= len(items) * 3


def _announcement(block: Block, top: _Frame, kind: str | None, below: list[Block]) -> _Frame | None:
    """What a block that ends in "… như sau:" promises for the blocks ``below`` it."""
    if ANNOUNCES.search(block.flat) is None:
        return None
    start, end = sentences(block.text)[-1]
    flat = block.flat[start:end]
    request = find_request(block.text, block.flat, start, end)
    level, mark = block.level, block.mark
    if request is not None:
        named = request.units
        units, source = (named.names, "default") if named else (top.units, top.source)
        duties = (
            lists_duties(block.flat[request.duty : end])
            or PLAN_OPENS.search(block.flat[request.duty : end]) is not None
            or (bool(below) and _orders(below[0]) and not _OUTLINE.search(block.flat[request.duty : end]))
        )
        origin = block.text[start:end] if named else top.origin
        zone: Zone = "duties" if duties else "outline"
        return replace(top, level=level, mark=mark, zone=zone, firm=duties, units=units, source=source, origin=origin)
    if concludes(flat):
        return replace(top, level=level, mark=mark, zone="duties", firm=True)
    if kind in _PLANS and level == PLAIN and PLAN_OPENS.search(flat):
        return replace(top, zone="duties")
    subject = own_units(block.text, block.flat, start)
    if subject is not None:
        top = replace(top, units=subject.names, source="default", origin=block.text[start:end])
    if top.zone == "duties" and lists_duties(flat):
        return replace(top, level=level, mark=mark)
    if top.zone == "duties" and _CONTENTS.search(flat):
        return replace(top, level=level, mark=mark, zone="none")
    if kind in _DIRECTING and not top.firm and _mostly_assigned(below):
        return replace(top, level=level, mark=mark, zone="duties", firm=True)
    if re.search(r"\b(?:huong dan|thong bao|bao gom|gom)\b", flat) and level <= ROMAN + 8 and top.zone != "duties":
        return replace(top, level=level, mark=mark, zone="none")
    if kind in _DIRECTING and not top.firm and not _FINDINGS.search(flat) and _mostly_orders(below):
        return replace(top, level=level, mark=mark, zone="duties")
    return None
