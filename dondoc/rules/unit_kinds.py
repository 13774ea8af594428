"""What kind of unit a name is, as the registry's column "Loại" or, failing that, the name itself says."""

from __future__ import annotations

import re
from enum import StrEnum

from dondoc.rules.unit_words import key_of


class Kind(StrEnum):
    """Kinds of units. The values are stored and never change."""

    PRESCHOOL = "preschool"
    PRIVATE_PRESCHOOL = "private_preschool"
    PRIMARY = "primary"
    PRIMARY_LOWER = "primary_lower"
    LOWER_SECONDARY = "lower_secondary"
    UPPER_SECONDARY = "upper_secondary"
    MULTI_LEVEL = "multi_level"
    PRIVATE_SCHOOL = "private_school"
    CONTINUING = "continuing"
    DEPARTMENT = "department"
    PUBLIC_SERVICE = "public_service"
    COMMUNE_COMMITTEE = "commune_committee"
    TOWNSHIP_COMMITTEE = "township_committee"
    WARD_COMMITTEE = "ward_committee"
    OWN_COMMITTEE = "own_committee"
    OFFICE = "office"
    VERTICAL = "vertical"
    PARTY_CELL = "party_cell"
    PARTY_ORGAN = "party_organ"
    FRONT = "front"
    OTHER = "other"


# How the column "Loại" names each kind; ``kind_of`` reads every one of them back.
LABELS = {
    Kind.PRESCHOOL: "Mầm non",
    Kind.PRIVATE_PRESCHOOL: "Mầm non tư thục",
    Kind.PRIMARY: "Tiểu học",
    Kind.PRIMARY_LOWER: "TH&THCS",
    Kind.LOWER_SECONDARY: "THCS",
    Kind.UPPER_SECONDARY: "THPT",
    Kind.MULTI_LEVEL: "Trường có nhiều cấp học",
    Kind.PRIVATE_SCHOOL: "Trường tư thục",
    Kind.CONTINUING: "Giáo dục thường xuyên",
    Kind.DEPARTMENT: "Phòng ban",
    Kind.PUBLIC_SERVICE: "Đơn vị sự nghiệp",
    Kind.COMMUNE_COMMITTEE: "UBND xã",
    Kind.TOWNSHIP_COMMITTEE: "UBND thị trấn",
    Kind.WARD_COMMITTEE: "UBND phường",
    Kind.OWN_COMMITTEE: "UBND huyện",
    Kind.OFFICE: "Văn phòng",
    Kind.VERTICAL: "Cơ quan ngành dọc",
    Kind.PARTY_CELL: "Chi bộ",
    Kind.PARTY_ORGAN: "Cơ quan đảng",
    Kind.FRONT: "Mặt trận và đoàn thể",
    Kind.OTHER: "Khác",
}

_VALUES = {kind.value: kind for kind in Kind}
PUBLIC_SCHOOLS = frozenset({Kind.PRESCHOOL, Kind.PRIMARY, Kind.PRIMARY_LOWER, Kind.LOWER_SECONDARY})
PRIVATE_SCHOOLS = frozenset({Kind.PRIVATE_PRESCHOOL, Kind.PRIVATE_SCHOOL})
SCHOOLS = PUBLIC_SCHOOLS | PRIVATE_SCHOOLS | {Kind.UPPER_SECONDARY, Kind.MULTI_LEVEL}
COMMITTEES = frozenset({Kind.COMMUNE_COMMITTEE, Kind.TOWNSHIP_COMMITTEE, Kind.WARD_COMMITTEE})

_PRIVATE = re.compile(r"\b(tu thuc|dan lap|tu lap|ngoai cong lap)\b")
_LEVELS = (
    ("preschool", re.compile(r"\b(mam non|mau giao|nha tre|nhom tre|lop mau giao)\b")),
    ("primary", re.compile(r"\b(tieu hoc|cap 1)\b")),
    ("lower", re.compile(r"\b(trung hoc co so|cap 2)\b")),
    ("upper", re.compile(r"\b(trung hoc pho thong|cap 3)\b")),
)
_SCHOOL_BY_LEVELS = {
    frozenset({"preschool"}): Kind.PRESCHOOL,
    frozenset({"primary"}): Kind.PRIMARY,
    frozenset({"primary", "lower"}): Kind.PRIMARY_LOWER,
    frozenset({"lower"}): Kind.LOWER_SECONDARY,
    frozenset({"upper"}): Kind.UPPER_SECONDARY,
}
# In this order: the first that fits decides. "^" keeps a word that may stand inside other names to the beginning.
_PATTERNS = (
    (Kind.PARTY_CELL, r"^(cac )?chi bo\b"),
    (Kind.PARTY_ORGAN, r"^(to chuc( co so)? dang|co quan dang|dang (uy|bo)|(huyen|thi|thanh|tinh|quan) uy|van phong ((huyen|thi|thanh|tinh|quan|dang|cap) uy)|ban (tuyen giao|to chuc|dan van|noi chinh)|uy ban kiem tra)\b"),  # noqa: E501
    (Kind.FRONT, r"^((uy ban )?mat tran\b|doan the\b|to chuc chinh tri\b|hoi (?!dong)|(huyen|thi|thanh|xa) doan\b|doan (thanh nien|tncs|thcs|khoi|xa|phuong)\b|lien doan\b|cong doan\b)"),  # noqa: E501
    (Kind.CONTINUING, r"\bgiao duc (nghe nghiep|thuong xuyen)\b"),
    (Kind.OFFICE, r"^van phong\b"),
    (Kind.TOWNSHIP_COMMITTEE, r"^(uy ban( nhan dan)? )?(thi tran|tt)\b"),
    (Kind.WARD_COMMITTEE, r"^uy ban( nhan dan)? (phuong|p)\b|^phuong\b"),
    (Kind.COMMUNE_COMMITTEE, r"^(uy ban( nhan dan)? )?xa\b(?! hoi)"),
    (Kind.OWN_COMMITTEE, r"^(uy ban( nhan dan)? (huyen|quan|thi xa|thanh pho|tinh|cap huyen)|co quan (chu quan|minh|cua minh|cua chinh)|uy ban nhan dan co quan minh)\b"),  # noqa: E501
    (Kind.VERTICAL, r"^(co quan )?(nganh doc|cong an|(ban chi huy |bo chi huy )?quan su|don bien phong|bien phong|luc luong vu trang|(chi cuc |doi )?thue|kho bac|toa an|vien kiem sat|bao hiem xa hoi|(chi cuc )?thi hanh an|chi cuc|hat kiem lam|dien luc|buu dien|ngan hang|(doi )?quan ly thi truong)\b"),  # noqa: E501
    (Kind.DEPARTMENT, r"^(phong|thanh tra|co quan chuyen mon|chuyen mon|ban dan toc)\b"),
    (Kind.PUBLIC_SERVICE, r"^(don vi )?(su nghiep|trung tam|ban quan ly|tram|nha van hoa|thu vien|benh vien|dai (truyen thanh|phat thanh)|don vi truc thuoc)\b"),  # noqa: E501
    (Kind.OTHER, r"^(khac|loai khac|doanh nghiep|cong ty|hop tac xa)\b"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)
# Said of several kinds at once: the name has to tell.
_COARSE = re.compile(
    r"^(truong( hoc)?( cong lap)?|cong lap|co so giao duc|uy ban( nhan dan)?( cap xa)?|cap xa|don vi|co quan|)$"
)


def as_kind(value: str) -> Kind:
    """The kind with this value; ``Kind.OTHER`` for a value of no kind."""
    return _VALUES.get(value, Kind.OTHER)


def kind_of(label: str, name: str) -> Kind:
    """The kind that the cell "Loại" names, in any spelling, also as mam_non or ubnd_xa; if empty or unclear, by the name.

    ``Kind.OTHER`` when neither tells; ``is_clear_label`` says whether the cell was understood.
    """
    slug = label.strip().casefold()
    if slug in _VALUES:
        return Kind(slug)
    said = " ".join(key_of(label.replace("_", " ")))
    called = " ".join(key_of(name))
    private = bool(_PRIVATE.search(said) or _PRIVATE.search(called))
    by_label = None if _COARSE.match(said) else _by_words(said, private)
    return by_label or _by_words(called, private) or Kind.OTHER


def is_clear_label(label: str) -> bool:
    """Whether the cell "Loại" is empty or something that is understood, be it only in part ("Trường")."""
    slug = label.strip().casefold()
    said = " ".join(key_of(label.replace("_", " ")))
    return (
        slug in _VALUES
        or bool(_COARSE.match(said))
        or bool(_PRIVATE.search(said))
        or _by_words(said, False) is not None
    )


def _by_words(words: str, private: bool) -> Kind | None:
    for kind, pattern in _COMPILED:
        if pattern.search(words):
            return kind
    levels = frozenset(level for level, pattern in _LEVELS if pattern.search(words))
    if levels:
        if private:
            return Kind.PRIVATE_PRESCHOOL if levels == {"preschool"} else Kind.PRIVATE_SCHOOL
        return _SCHOOL_BY_LEVELS.get(levels, Kind.MULTI_LEVEL)
    if re.search(r"\b(lien cap|nhieu cap hoc|truong pho thong|pho thong dan toc)\b", words):
        return Kind.PRIVATE_SCHOOL if private else Kind.MULTI_LEVEL
    if private and words.startswith("truong"):
        return Kind.PRIVATE_SCHOOL
    return None
