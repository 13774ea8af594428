"""What sentences like "… thực hiện một số nội dung sau:" promise for the list below them: duties, an outline, or neither."""

from __future__ import annotations

import re
from dataclasses import replace

from dondoc.directives.blocks import PLAIN, ROMAN, Block
from dondoc.directives.duty_words import ANNOUNCES, concludes, lists_duties
from dondoc.directives.frames import Frame, Zone
from dondoc.directives.headings import CONTENTS, heading_units
from dondoc.directives.openings import opens_with_verb
from dondoc.directives.requests import find_request, own_units
from dondoc.directives.sentences import sentences
from dondoc.directives.units_in_text import read_units

PLANS = ("Kế hoạch", "Chương trình", "Phương án", "Đề án")
_DIRECTING = ("Thông báo", "Công văn", "Công điện", "Chỉ thị", "Kết luận", "Hướng dẫn", None)
PLAN_OPENS = re.compile(
    r"\b(?:xay dung|ban hanh|trien khai) (?:ke hoach|chuong trinh|phuong an|de an)\b|\bke hoach\b.*\bsau\W*$"
)
"""How a plan's text passes over to its parts: "… ban hành kế hoạch … như sau:"."""

_OUTLINE = re.compile(
    r"\b(?:bao cao|noi dung|de cuong|mau|gop y|y kien|dang ky|thong ke|danh sach|cung cap|danh gia|lap|gui|ho so|tieu chi)\b"
)
"""What is asked for in a request whose list below is the outline of a paper and no list of duties."""

_LIST_TAIL = re.compile(r"\b(?:cac |mot so |nhung )?noi dung(?: cu the| cong viec)?(?: nhu)? sau(?: day)?\W*$")
_FINDINGS = re.compile(
    r"\b(?:ket qua|tinh hinh|ton tai|han che|nguyen nhan|thanh phan|ho so|dieu kien|tieu chuan|tieu chi|muc dich|kien nghi"
    r"|da (?:dat|thuc hien|hoan thanh)|gom)\b"
)
"""What a list tells of that only looks like a list of orders."""


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


def announced_by(block: Block, top: Frame, kind: str | None, below: list[Block]) -> Frame | None:
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
            or (
                bool(below)
                and _orders(below[0])
                and not _OUTLINE.search(_LIST_TAIL.sub("", block.flat[request.duty : end]))
            )
        )
        origin = block.text[start:end] if named else top.origin
        zone: Zone = "duties" if duties else "outline"
        return replace(top, level=level, mark=mark, zone=zone, firm=duties, units=units, source=source, origin=origin)
    if concludes(flat):
        return replace(top, level=level, mark=mark, zone="duties", firm=True)
    if kind in PLANS and level == PLAIN and PLAN_OPENS.search(flat):
        return replace(top, zone="duties")
    subject = own_units(block.text, block.flat, start)
    if subject is not None:
        top = replace(top, units=subject.names, source="default", origin=block.text[start:end])
    if top.zone == "duties" and lists_duties(flat):
        return replace(top, level=level, mark=mark)
    if top.zone == "duties" and CONTENTS.search(flat):
        return replace(top, level=level, mark=mark, zone="none")
    if kind in _DIRECTING and not top.firm and _mostly_assigned(below):
        return replace(top, level=level, mark=mark, zone="duties", firm=True)
    if re.search(r"\b(?:huong dan|thong bao|bao gom|gom)\b", flat) and level <= ROMAN + 8 and top.zone != "duties":
        return replace(top, level=level, mark=mark, zone="none")
    if kind in _DIRECTING and not top.firm and not _FINDINGS.search(flat) and _mostly_orders(below):
        return replace(top, level=level, mark=mark, zone="duties")
    return None
