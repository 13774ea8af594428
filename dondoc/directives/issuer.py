"""Who issued a document: from the left column of its head, else from its number, its place and its own text."""

from __future__ import annotations

import re

from dondoc.directives.agency_names import TERRITORIES, official_case
from dondoc.directives.layout import TextLine, flatten

_CUT = re.compile(
    r"\bcong\s+ho|\bc[oe]ng hoa|\bdoc lap\b|\bdang cong san|\bxa hoi chu nghia|\bhanh phuc\b|\s-{3,}|\*{3,}"
    r"|^(?:hoi )?chu nghia viet"
)
_STOP = re.compile(
    r"\bs[o0]\s*[:.]|^\W*v\s?/\s?v|\bkinh gui\b|\bngay\b.*\bthang\b|^\W*so\s*\d"
    r"|\d{2,}\s*/\s?[a-z]{2,4}[.\-–][a-z]"
)
_ORGAN = re.compile(
    r"^(?:uy b[a-z]n|chu tich|ubnd|hdnd|hoi dong|s[o0] |bo |phong |van phong|ban |chi cuc|cuc |tong cuc|trung tam"
    r"|cong an|thanh tra"
    r"|truong |huyen uy|tinh uy|thanh uy|quan uy|thi uy|dang uy|dang bo|hoi |lien doan|doan |kho bac|bao hiem"
    r"|benh vien|dai "
    r"|vien |mat tran|toa an"
    r"|tong cong ty|cong ty|tap doan|khoa |tinh doan|huyen doan|chi bo|hat |tram |quoc hoi|chinh phu|ngan hang|to |doi )"
)
_LOCAL = re.compile(r"^(?:tinh|thanh pho|huyen|quan|thi xa|thi tran|phuong|xa|tp\.?|dac khu)\s(?!uy\b)")
_MAX_LINE = 300
_PARTY = re.compile(r"^(?:huyen|tinh|thanh|quan|thi|dang) uy\b")
_SPECK = re.compile(r"(?<=[A-ZĐÀ-Ỹ]{2})\.(?=[A-ZĐÀ-Ỹ]{2})")
_GLUED = re.compile(r"\b(SỞ|PHÒNG|TRƯỜNG)(?=[A-ZĐÀ-Ỹ])")
"""The kind of an agency that a scan has written in one with its name: "SỞY TẾ"."""

_OWN_NAME = re.compile(r"^(?:s[o0]|phong|ban|chi cuc|trung tam|cong an|thanh tra|van phong)\b")
_CITIES = frozenset({"ha noi", "hai phong", "da nang", "can tho", "ho chi minh", "hue"})
_CODES = (
    (re.compile(r"UBND"), "Ủy ban nhân dân"), (re.compile(r"HĐND"), "Hội đồng nhân dân"),
    (re.compile(r"[SP]?GD&?[ĐD]+T"), "Giáo dục và Đào tạo"), (re.compile(r"SYT"), "Y tế"), (re.compile(r"SNV"), "Nội vụ"),
    (re.compile(r"STC"), "Tài chính"), (re.compile(r"SXD"), "Xây dựng"), (re.compile(r"STP"), "Tư pháp"),
    (re.compile(r"SCT"), "Công Thương"),
)  # fmt: skip


def issuer_from_head(lines: list[TextLine], place: str | None) -> str | None:
    """The issuing agency from the capitals of the head's left column, or None when the head has none.

    An agency named without its place takes that of the agency above: "UBND TỈNH X / SỞ Y TẾ" is Sở Y tế tỉnh X.
    """
    names: list[str] = []
    wrapped = False
    for line in lines:
        cell = _left_cell(line)
        if wrapped and cell.endswith(" NAM"):
            cell = cell[:-4]  # the end of the country's name, broken in the other column
        wrapped = line.flat.rstrip().endswith("viet")
        flat = flatten(cell)
        if _STOP.search(flat):
            if names:
                break
            continue
        if not _capitals(cell):
            continue
        if _ORGAN.match(flat) and not (names and _LOCAL.match(flat)):
            names.append(cell)
        elif names and (_LOCAL.match(flat) or len(flat.split()) <= 8):
            names[-1] = f"{names[-1]} {cell}"
    if not names:
        return None
    return _composed([official_case(_corrected(name, place)) for name in names])


def _left_cell(line: TextLine) -> str:
    text = line.text[:_MAX_LINE].strip("*|_# \t")
    cut = _CUT.search(flatten(text))
    text = text[: cut.start()] if cut else text
    text = re.split(r"\s{3,}|\t|\|", text)[0]
    words = _GLUED.sub(r"\1 ", _SPECK.sub(" ", text.replace("*", " "))).split()
    while words and not re.search(r"[^\W\d_]", words[0]):
        words.pop(0)
    while words and (not re.search(r"[^\W\d_]{2}", words[-1]) and not re.search(r"\d/", words[-1])):
        words.pop()  # specks at the edge of a column
    while words and words[-1].islower():
        words.pop()
    return " ".join(words).strip(" .,:;'`ˆ-–")


def _capitals(cell: str) -> bool:
    letters = [letter for letter in cell if letter.isalpha()]
    return len(letters) >= 3 and sum(letter.isupper() for letter in letters) >= 0.8 * len(letters)


def _corrected(name: str, place: str | None) -> str:
    """The place in a header takes the spelling of the date line when both are the same but for marks."""
    if place and flatten(name).endswith(flatten(place)):
        return name[: len(name) - len(place)] + place.upper()
    return name


def _composed(names: list[str]) -> str:
    own, above = names[-1], names[-2] if len(names) > 1 else None
    if above is None:
        return own
    territory = _territory(above)
    flat = flatten(own)
    if _PARTY.match(flat) or flatten(above).startswith("dang bo"):
        return own
    if _PARTY.match(flatten(above)) or flat in ("ban thuong vu", "ban chap hanh", "ban thuong truc"):
        return f"{own} {above}"
    if flat == "van phong":
        return f"{own} {above}"
    if territory and not _territory(own) and (_OWN_NAME.match(flat) or " " in flat):
        last = territory.split(maxsplit=1)[-1]
        return own if flatten(last) in flat else f"{own} {territory}"
    if not territory and re.match(r"(?:van phong|thanh tra)$|(?:phong|khoa|ban) ", flat):
        return f"{own} {above}"  # a part of a school, a company or a ministry
    return own


def _territory(name: str) -> str | None:
    """ "tỉnh Thái Bình" of "Ủy ban nhân dân tỉnh Thái Bình"; "huyện X" of "Huyện ủy X"."""
    for territory in TERRITORIES:
        found = re.search(rf"\b{territory} (?=\w)", name)
        if found is not None:
            return name[found.start() :]
    return None


def issuer_from_text(text: str, foot: str, suffix: str | None, place: str | None) -> str | None:
    """The issuer of a document whose head is lost: told by its number and place, confirmed by its own words.

    Without a place, or without a code or signature that names the kind of agency, there is no guess: None.
    """
    if place is None:
        return None
    bare = re.sub(r"(?i)^(?:tp\.?|thành phố|huyện|quận|thị xã)\s*", "", place).strip()
    kind = _agency_kind(suffix, foot)
    if kind is None or not bare:
        return None
    if kind.startswith(("Sở ",)):
        return f"{kind} {'thành phố' if flatten(bare) in _CITIES else 'tỉnh'} {bare}"
    named = re.search(rf"(?i)\b(?P<type>{'|'.join(TERRITORIES)})\s+{re.escape(bare)}\b", text)
    return f"{kind} {named['type'].lower()} {bare}" if named else None


def _agency_kind(suffix: str | None, foot: str) -> str | None:
    code = re.split(r"[-/]", suffix)[1:] if suffix else []
    for part in code[:1]:
        for pattern, name in _CODES:
            if pattern.fullmatch(part.upper()):
                if name.startswith(("Ủy ban", "Hội đồng")):
                    return name
                return f"{'Phòng' if part.upper().startswith('P') else 'Sở'} {name}"
    flat = flatten(foot)
    if re.search(r"\bt\s?/?m\.?\s+uy ban nhan dan\b|\bt\s?/?m\.?\s+ubnd\b", flat):
        return "Ủy ban nhân dân"
    return None
