"""How names of units begin, and what only looks like one: "phòng, chống", "cơ sở vật chất", "tổ chức thực hiện"."""

from __future__ import annotations

import re

_PLURAL = r"(?:(?:tat ca |toan the )?(?:cac|nhung)|moi|toan bo|tung|tat ca|toan the)\s+"
_HEADS = (
    r"(?:giam doc|pho giam doc|thu truong|thu linh|lanh dao|hieu truong|pho hieu truong|chu tich|pho chu tich|bi thu"
    r"|pho bi thu"
    r"|truong (?=cac |phong|ban|khoa|tram|cong an|doan)|pho truong|chanh|pho chanh|cuc truong|chi cuc truong"
    r"|tong giam doc"
    r"|tong cuc truong|nguoi dung dau|chi huy truong|vien truong|thuong truc|ban thuong vu|ban giam hieu|ban can su"
    r"|bo truong"
    r"|to truong)"
)
_COMMON = (
    r"(?:co quan|don vi|dia phuong|uy ban|ubnd|hdnd|ub ?mttq|truong hoc|co so|chi bo|dang bo|dang uy|cap uy|huyen uy"
    r"|tinh uy"
    r"|thanh uy|quan uy|thi uy|chi cuc|tong cuc|trung tam|cong an|thanh tra|hoi dong|bo phan|ban chi dao|bcd"
    r"|ban chi huy"
    r"|bo chi huy|ban quan ly|ban giam doc|mat tran|kho bac|bao hiem xa hoi|lien doan|benh vien|tram y te|doanh nghiep"
    r"|ngan hang|chi nhanh|cong ty|tap doan|hat kiem lam|van phong|toa an|vien kiem sat|huyen doan|tinh doan|thanh doan"
    r"|doan thanh nien|hoi lien hiep|hoi nong dan|hoi cuu chien binh|hoi phu nu|dien luc|dai truyen|dai phat|bao va dai"
    r"|to chuc (?=dang|chinh tri|xa hoi|thanh vien|hanh chinh|co lien quan|doan the)|doan the|so,? ban,? nganh"
    r"|so,? nganh"
    r"|phong,? ban|ban,? nganh|nganh|doan kiem tra|to cong tac|phong (?:chuyen mon|chuc nang)|chu dau tu|nha dau tu"
    r"|nha truong"
    r"|luc luong|xa, phuong|xa, thi tran|quan, huyen|huyen, thi|huyen, thanh|can bo, cong chuc|thi sinh)"
)
_PROPER = (
    r"(?:so|bo|vu|phong|ban|vien|hoi|doan|bao|dai|to|cuc|truong|khoa|huyen|thanh pho|tinh|xa|phuong|quan|thi xa"
    r"|thi tran)"
)
_START = re.compile(rf"(?:dong chi |d/c |quy )?(?:{_PLURAL})?(?:{_HEADS}|{_COMMON})\b")
_PROPER_START = re.compile(rf"(?:dong chi |d/c )?(?:{_PLURAL})?(?P<noun>{_PROPER})(?:\s*[:,])?\s+(?=\S)")
_PLURAL_NOUNS = re.compile(
    rf"(?:{_PLURAL})(?P<noun>so|bo|phong|ban|nganh|truong|hoi|doan the|to chuc|dia phuong|xa|phuong|huyen|quan|tinh|khoa"
    rf"|vien|dai|bao"
    r"|to|cuc|trung tam|benh vien|tram|co so|cap|chi,? (?:va )?dang bo|chi bo|dang bo|doi|hop tac xa|don vi|co quan"
    r"|thi sinh)\b"
)
_OTHERS = re.compile(
    r"(?:moi truong(?! (?:hoc|mam|tieu|thcs|thpt|trung|pho))|cap uy,? quyen|thanh tra,? kiem tra|don vi tinh|nganh nghe"
    r"|co so (?:vat chat|du lieu|ha tang|phap ly|ly luan|de|danh gia)|to chuc (?=va|nay|lai|tot)|luc luong lao dong"
    r"|bo phan (?!giup viec|mot cua|chuyen mon|tham muu|thuong truc|tiep)|van phong pham|phong,? chong"
    r"|cac bo (?:tieu|cau|mau)"
    r"|cac (?:so (?:lieu|sach)|bao cao|truong hop|doi tuong|to khai|khoan|phong trao|hoi nghi|hoi thi|ban hanh|cap do))"
)
_SAID = {
    "so": ("sở", "sơ", "sờ", "sỏ"),
    "bo": ("bộ", "bô"),
    "ban": ("ban",),
    "to": ("tổ",),
    "bao": ("báo",),
    "doan": ("đoàn",),
    "vu": ("vụ",),
}
"""Nouns that fold like common words (số, bỏ, bản, to, bao): for these the marks decide."""


def starts_unit(text: str, flat: str, position: int) -> bool:
    """Whether a unit's name begins at this place: "các phòng", "Sở Y tế", "UBND", "Hiệu trưởng"."""
    if _OTHERS.match(flat, position):
        return False
    if flat.startswith(("thanh tra", "mat tran"), position) and text[position].islower():
        return False
    plural = _PLURAL_NOUNS.match(flat, position)
    if _START.match(flat, position) or (plural is not None and _said(text, plural)):
        return True
    match = _PROPER_START.match(flat, position)
    if match is None or not text[match.end()].isupper():
        return False
    return _said(text, match)


def _said(text: str, match: re.Match[str]) -> bool:
    """Whether the noun of a match is the one that is meant, by its marks."""
    noun = text[match.start("noun") : match.end("noun")].lower()
    return noun in _SAID.get(match["noun"], (noun,))
