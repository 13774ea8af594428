"""Who asks whom in a sentence: "Sở Y tế đề nghị các đơn vị …", "Giao Phòng Nội vụ …", "Các trường … báo cáo …"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dondoc.directives.duty_words import NOT_A_REQUEST_BEFORE, REQUEST, VERB_AT
from dondoc.directives.units_in_text import UnitList, read_units, verb_at

_CLAUSE_START = re.compile(r"(?:^|[.;:,(\-–]\s*|\b(?:va|dong thoi|ngoai ra|vi vay|do do)\s*,?\s*)$")
_AGENCY_BEFORE = re.compile(r"\b(?:[Ss]ở|[Bb]an)\s+$")
"""An agency called by its kind, which folds like "số" and "bản": "Sở đề nghị các đơn vị"."""

_RECITES = re.compile(
    r"\W*(?:thuc hien|can cu|theo|tiep theo|trien khai|xet|nhan duoc) (?:\w+ ){0,3}?(?:cong van|van ban|thong bao|ke hoach"
    r"|chi thi|quyet dinh|nghi quyet|cong dien|huong dan|y kien|to trinh|ket luan)\b"
)
_MEANS = re.compile(
    r"\s*(?:,\s*)?(?:co trach nhiem|chiu trach nhiem|can|phai|can cu|theo|tren co so|khan truong|chu dong"
    r"|la (?:co quan|don vi|bo phan)?\s*(?:dau moi|chu tri|thuong truc|chiu trach nhiem))\b"
)
_CONCERNING = re.compile(r"(?:doi voi|rieng|ve phia)\s+")
_SUBJECT = re.compile(r"(?:^|[.;:,]\s*)(?P<subject>[^.;:,]{2,90})$")
_NO_VERB = re.compile(
    r"(?:va|hoac|thuoc|tren|trong|tu|den|theo|la|co|khong|chua|con|cung|nhung|cac|so|lien quan|nay)\b"
)
_NOT_UNIT_AFTER = re.compile(r"\s*(?:ve|cua|duoc|bi|da|o|tai|de|ma)\b")


@dataclass(frozen=True, slots=True)
class Request:
    """A request or an order in a text: where its clause and its verb begin, to whom, where the duty itself begins."""

    start: int
    verb: int
    units: UnitList | None
    duty: int


def find_request(text: str, flat: str, start: int, end: int) -> Request | None:
    """The first request of this document in a stretch: to units, or a bare verb at the start of a clause.

    After "Thực hiện Công văn số …" a bare "yêu cầu báo cáo" is that letter's; the request to units behind it counts.
    """
    bare: Request | None = None
    for match in REQUEST.finditer(flat, start, end):
        verb = match.start("verb")
        before = flat[max(start, verb - 60) : verb]
        if match["verb"].startswith("giao") and text[verb : verb + 4].lower() != "giao":
            continue  # tuyên giáo, tôn giáo, mẫu giáo
        if (
            before
            and NOT_A_REQUEST_BEFORE.search(before)
            and not _AGENCY_BEFORE.search(text[max(start, verb - 60) : verb])
        ):
            continue
        units = read_units(text, flat, match.end())
        if units is not None:
            return Request(_clause_start(flat, start, verb), verb, units, units.end)
        if match["verb"] in ("giao", "giao cho", "giao nhiem vu cho", "giao trach nhiem cho"):
            continue
        if _CLAUSE_START.search(before) and (VERB_AT.match(flat, match.end())):
            bare = bare or Request(_clause_start(flat, start, verb), verb, None, match.end())
            if not _RECITES.match(flat, start):
                return bare
    return bare


def _clause_start(flat: str, start: int, verb: int) -> int:
    """Where the clause of a request begins: at its subject, when that is short, else at its verb."""
    match = _SUBJECT.search(flat[start:verb])
    if match is None or not match["subject"].strip():
        return verb
    position = start + match.start("subject")
    while position < verb and not flat[position].isalnum():
        position += 1
    return position


def own_units(text: str, flat: str, start: int, *, listed: bool = False) -> UnitList | None:
    """The units that are the subject of a clause beginning at ``start``: followed by a verb of work or by its like.

    ``listed``: in an item of a list of duties any word in small letters that follows is taken for a verb.
    """
    position = start
    while position < len(flat) and not flat[position].isalnum():
        position += 1
    concerning = _CONCERNING.match(flat, position)
    units = read_units(text, flat, concerning.end() if concerning is not None else position)
    if units is None:
        return None
    if concerning is not None and flat[units.end : units.end + 1] in (",", ":"):
        return units
    after = units.end
    rest = re.compile(r"[\s,'\"“”]*").match(flat, after)
    place = rest.end() if rest is not None else after
    if place >= len(flat) or _NOT_UNIT_AFTER.match(flat, after):
        return None
    if verb_at(text, flat, place) or _MEANS.match(flat, after):
        return units
    if listed and text[place].islower() and not _NO_VERB.match(flat, place):
        return units
    return None
