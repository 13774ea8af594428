"""Organs of the Party that a line of staff names, also those that no registry of a government office holds.

A government office gives them no tasks: they are addressed through the Party's own office.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dondoc.directives.line_text import ACTION
from dondoc.rules.unit_kinds import Kind
from dondoc.rules.units import UnitSpan
from dondoc.vietnamese.text import strip_marks

PARTY_KINDS = frozenset({Kind.PARTY_CELL, Kind.PARTY_ORGAN})
_COMMITTEE = r"(?:huyen|thi|thanh|tinh|quan|dang|khu) ?uy"
_OF = rf"(?: (?:cua )?(?:{_COMMITTEE}|dang bo|dang))"
_ORGAN = re.compile(
    rf"\b(?:(?:ban )?(?:thuong vu|thuong truc|chap hanh|btv|bch|tt){_OF}"
    rf"|(?:van phong|vp) (?:{_COMMITTEE}|cap uy|hu)"
    rf"|ban (?:tuyen giao(?: va dan van)?|dan van|noi chinh|to chuc(?={_OF})){_OF}?|(?:ubkt|uy ban kiem tra){_OF}?"
    rf"|(?:btg|btgdv|btc|bdv) (?:hu|tu|du|{_COMMITTEE})"
    r"|(?:(?:pho )?bi thu )?(?:cac )?(?:chi bo|dang bo(?! phan)|chi uy|dang uy)"
    rf"|(?:(?:pho )?bi thu )?{_COMMITTEE}|to chuc (?:co so )?dang|co quan dang)\b"
)
# "Đảng ủy xã …", "Chi bộ cơ quan …": the name goes on until the verb.
_BODY = re.compile(
    rf" (?:xa|phuong|thi tran|tt|huyen|co quan|khoi|truong|mn|th|thcs|thpt)\b(?: (?!(?:{ACTION})\b)\w+){{0,4}}"
)
_TWINS = re.compile(r"chỉ |chị | bỏ|đang |bọ")


def find_party(text: str, flat: str, spans: Sequence[UnitSpan]) -> list[tuple[int, int]]:
    """Where organs of the Party are named, each with the body that belongs to its name.

    ``flat`` is ``text`` without marks and in lower case, letter for letter; ``spans`` is what the registry finds in it.
    """
    found: list[tuple[int, int]] = []
    for match in _ORGAN.finditer(flat):
        start, end = match.span()
        if _TWINS.search(text[start:end].lower()) or (found and start < found[-1][1]):
            continue
        whole = next((s for s in spans if s.start <= start and s.end >= end), None)
        beside = next((s for s in spans if s.start > start and s.end > end and not flat[end : s.start].strip()), None)
        body = _BODY.match(flat, end)
        if whole is not None:
            end = whole.end
        elif beside is not None:
            end = beside.end
        elif body is not None:
            end = body.end()
        found.append((start, end))
    return found


def names_party(text: str) -> bool:
    """Whether words that should name units name an organ of the Party."""
    return bool(find_party(text, strip_marks(text).lower(), ()))
