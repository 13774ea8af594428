"""Where a duty's result goes: "gửi về UBND huyện (qua Phòng Giáo dục và Đào tạo)"."""

from __future__ import annotations

import re

from dondoc.directives.units_in_text import UnitList, read_units

_TO = re.compile(
    r"\b(?:gui|bao cao|bao ket qua|nop|trinh|chuyen(?= (?:ve|den|cho|ho so|van ban|ket qua|don|danh sach))|tong hop"
    r"|cung cap (?:so lieu|thong tin|danh sach|ho so)|danh sach|dang ky|phan anh|ket qua|thong tin|de xuat"
    r"|lap)\b[^.;]{0,240}?"
    r"\b(?:ve|den|cho|len|toi)(?: gui ve)?\s+(?=[\w(])"
)
_DIRECT = re.compile(
    r"\b(?P<verb>(?:bao cao|bao)(?: ket qua)?(?: thuc hien| xu ly| giai quyet)? voi|bao cao|trinh|gui|nop"
    r"|tham muu(?: voi| cho| giup)?|de xuat(?: voi)?|xin y kien(?: cua)?"
    r"|kien nghi(?: voi)?"
    r"|bao cao, xin y kien|cho)\s+"
    r"(?:\w{1,2}\s+)?(?=\w)"
)
_REPORTS = ("bao cao", "gui", "nop")
"""What tells to whom a result goes before all else: a paper submitted for signature may have another way."""

_VIA = re.compile(r"(?:\(|\b)(?:gui |nop )?(?:thong )?qua\s+(?=\w)")
_PERSON = re.compile(r"(?:đ/c|Đ/c|đồng chí|ông|bà|Ông|Bà)\s+(?:[A-ZĐÀ-Ỹ][a-zà-ỹ]+\s?){2,5}")
_BARE = re.compile(
    r"\b(?:về|đến|cho|lên) (?P<name>Bộ|Sở|Phòng|Huyện|Tỉnh|Thành phố|Xã|Phường|Trường|Trung tâm|Cục|Chi cục|Văn phòng)"
    r"(?=\s*(?:[,.;(]|$|trước\b|chậm\b|muộn\b|để\b|theo\b|vào\b|trong\b|bằng\b|qua\b))"
)
"""The agency that writes, called by its kind alone: "gửi về Sở trước ngày …"."""

_PURPOSE = re.compile(
    r"\b(?:de|nham)(?! nghi| xuat| cuong| an)\b[^.;(]{0,60}\b(?:tong hop|theo doi|kip)\b[^.;(]{0,40}$"
    r"|\bde\s+(?:kip thoi\s+)?$"
)
_ADDRESS = re.compile(r",\s*(?:s[oốô]|địa chỉ|email|đường|tầng|phòng \d|ĐT)\b.*$", re.IGNORECASE | re.DOTALL)
_LEADERS = re.compile(
    r"(?:thu tuong|chinh phu|lanh dao|ban bi thu|bo chinh tri|quoc hoi|cap co tham quyen|cap uy, chinh quyen)"
)


def find_addressee(text: str, flat: str, start: int, end: int) -> tuple[str | None, str | None]:
    """To whom and through whom, as written; None where the stretch does not say. Who gets it afterwards does not count."""
    return _receiver(text, flat, start, end), _channel(text, flat, start, end)


def _receiver(text: str, flat: str, start: int, end: int) -> str | None:
    for match in _TO.finditer(flat, start, end):
        direct = _DIRECT.match(flat, match.start())
        told = direct is not None and direct["verb"] in _REPORTS
        units = read_units(text, flat, direct.end()) if direct is not None and told else None
        if units is not None and units.end <= match.end() and not _purpose(flat, start, match.start()):
            return _words(text, units)  # "báo cáo UBND xã về các …": what follows is the matter
        for place in _places_after(flat, match.start(), end):
            units = read_units(text, flat, place)
            if units is not None and not _purpose(flat, start, match.start()):
                return _words(text, units)
    bare = _BARE.search(text, start, end)
    if bare is not None and not _purpose(flat, start, bare.start()):
        return bare["name"]
    found = [match for match in _DIRECT.finditer(flat, start, end) if match["verb"] != "cho"]
    for match in sorted(found, key=lambda match: match["verb"] not in _REPORTS):
        if _purpose(flat, start, match.start()):
            continue
        for place in (match.end(), match.end("verb") + 1):
            units = read_units(text, flat, place)
            if units is not None:
                return _words(text, units)
            leaders = _LEADERS.match(flat, place)
            if leaders is not None:
                return _named(text[place : _clause_end(flat, place, end)])
    return None


def _places_after(flat: str, start: int, end: int) -> list[int]:
    """Every place after "về", "đến" … in the clause: the first may lead to a matter ("về việc …")."""
    return [
        match.end()
        for match in re.compile(r"\b(?:ve|den|cho|len|toi)\s+(?:gui ve\s+)?(?=\w)").finditer(
            flat, start, min(end, start + 320)
        )
    ]


def _channel(text: str, flat: str, start: int, end: int) -> str | None:
    for match in _VIA.finditer(flat, start, end):
        units = read_units(text, flat, match.end())
        if units is not None:
            return _words(text, units)
        person = _PERSON.match(text, match.end())
        if person is not None:
            return person.group().strip()
    return None


def _purpose(flat: str, start: int, position: int) -> bool:
    """Whether the words stand behind "để": "… để tổng hợp, báo cáo Bộ" names who gets it afterwards."""
    return _PURPOSE.search(flat[max(start, position - 80) : position]) is not None


def _clause_end(flat: str, start: int, end: int) -> int:
    match = re.compile(r"[.;,(:]|\s(?:xem xet|theo|trong|vao|truoc|ve|cho|ky|de|quyet dinh)\b").search(flat, start, end)
    return match.start() if match else end


def _words(text: str, units: UnitList) -> str:
    """The receivers as written: one name, or the stretch of several."""
    if len(units.names) == 1:
        return _named(units.names[0])
    return _named(re.sub(r"\([^)]*\)", " ", text[units.start : units.end]))


def _named(name: str) -> str:
    return re.sub(r"\s(?:và|cùng)$", "", _ADDRESS.sub("", " ".join(name.split())).strip(" ,;.()"))
