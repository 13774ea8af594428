"""Units that a duty is to be done with: "phối hợp với Phòng Nội vụ và các đơn vị liên quan"."""

from __future__ import annotations

import re

from dondoc.directives.units_in_text import read_units

_WITH = re.compile(
    r"\bchu tri\W+cung(?: voi)?\s+(?=\w)|\bphoi(?:,| va)?\s+hop\b(?:\s+(?:chat che|tot|thuong xuyen|kip thoi"
    r"|thuc hien))?(?:\s+(?:voi|cung voi|cung"
    r"|giua))?\s+(?=\w)"
)
_LEADS_WITH = re.compile(r"\b(?:chu tri|dau moi)\s*[,;]\s*(?:cung\s+)?(?=\w)")
_COOPERATES = re.compile(r"\s*(?:cung )?(?:phoi hop|tham gia)\b")
_MAX_LETTERS = 600


def find_cooperation(text: str, flat: str, start: int, end: int) -> tuple[str, ...]:
    """The cooperating units of a stretch, as written, in its first sentences."""
    names: list[str] = []
    for match in _WITH.finditer(flat, start, min(end, start + _MAX_LETTERS)):
        units = read_units(text, flat, match.end())
        if units is not None:
            names += [name for name in units.names if name not in names]
    for match in _LEADS_WITH.finditer(flat, start, min(end, start + _MAX_LETTERS)):
        units = read_units(text, flat, match.end())
        if units is not None and _COOPERATES.match(flat, units.end):
            names += [name for name in units.names if name not in names]
    return tuple(names)
