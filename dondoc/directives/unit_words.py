"""How names of units begin, and what only looks like one: "phòng, chống", "cơ sở vật chất", "tổ chức thực hiện"."""

from __future__ import annotations

import re

_PLURAL = r"(?:(?:tat ca |toan the )?(?:cac|nhung)|moi|toan bo|tung|tat ca|toan the)\s+"
_HEADS = (
    r"(?:giam doc|pho giam doc|thu truong|thu linh|lanh dao(?= (?:cac|cap|don vi|co quan|ubnd|hdnd|uy ban|so"
    r"|phong|ban|bo|van phong|huyen|tinh|thanh|quan|xa|phuong|cong|truong|chi cuc|cuc|nha|doan|hoi|trung tam|benh vien"
    r"|vien|khoa|to|chu chot|dia phuong|dang|doanh nghiep|tap doan|nganh)\b|\W*$)"
    r"|hieu truong|pho hieu truong|chu tich|pho chu tich|bi thu"
    r"|pho bi thu"
    r"|truong (?=cac |phong|ban|khoa|tram|cong an|doan)|pho truong|chanh|pho chanh|cuc truong|chi cuc truong"
    r"|tong giam doc|pho tong giam doc"
    r"|tong cuc truong|nguoi dung dau|chi huy truong|vien truong|thuong truc|ban thuong vu|ban giam hieu|ban can su"
    r"|bo truong"
    r"|to truong|to pho|truong doan|uy vien|truong cong an|truong (?:thon|ap|khu|xom|bon|buon|lang|ban|to|hat|doi|dai)"
    r"|hat truong|pho hat truong|tram truong|khoi truong|cum truong|nhom truong|vu truong|pho vu truong"
    r"|chu nhiem(?! vu)|pho chu nhiem)"
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
    r"|phong,? ban|ban,? nganh|nganh|doan kiem tra|to (?:cong tac|giup viec|thu ky|bien tap|soan thao)"
    r"|phong (?:chuyen mon|chuc nang)|chu dau tu|nha dau tu"
    r"|nha truong"
    r"|luc luong|xa, phuong|xa, thi tran|quan, huyen|huyen, thi|huyen, thanh|can bo, cong chuc|can bo, giao vien"
    r"|thi sinh|cong doan|giao vien|can bo, dang vien|can bo, vien chuc|ban dan van|ban to chuc|ban tuyen giao"
    r"|ubmt|ubmttq|mttq|mttqvn|ldld|cdcs|bhxh|hlhpn|htx|bqlda?|bchqs|btv|ttyt|tyt|nhcsxh|vksnd|tand|kbnn|gvcn|cnvc"
    r"|ban dai dien|dang doan|chi uy|cap (?:tinh|huyen|xa|thanh pho|quan)|ke toan|xa doi|huyen doi|doi truong|nhan vien"
    r"|doan (?:truong|co so|xa|phuong|khoi)|truong tram"
    r"|to dan pho|nha thau|hop tac xa|nha van hoa|dai truyen thanh|buu dien|vnpt|quy tin dung"
    r"|thue (?=tinh|thanh pho|co so|khu vuc)"
    r"|chi hoi|chi doan|lien doi|hoi chu thap do|hoi khuyen hoc|hoi nguoi cao tuoi)"
)
_PROPER = (
    r"(?:so|bo|vu|phong|ban|vien|hoi|doan|bao|dai|to|cuc|truong|khoa|huyen|thanh pho|tinh|xa|phuong|quan|thi xa"
    r"|thi tran|cong chuc|vien chuc|ke toan|van thu|chuyen vien|khoi|thon|ap|khu pho|doi|tram|ong|ba)"
)
_START = re.compile(rf"(?:{_PLURAL})?(?:dong chi |d/c |quy |ong ?[(,/] ?ba\)? )?(?:{_PLURAL})?(?:{_HEADS}|{_COMMON})\b")
_PERSON = re.compile(r"(?:[Đđ]ồng chí|[Đđ]/c|[ÔôBb](?:ng|à)|[Tt]hầy|[Cc]ô)\s+(?:[A-ZĐÀ-Ỹ][a-zà-ỹ]*\.?\s?){1,5}")
HEAD_AT = re.compile(_HEADS)
"""A head or deputy: "Giám đốc", "Phó Chủ tịch"."""

_PROPER_START = re.compile(rf"(?:{_PLURAL})?(?:dong chi |d/c )?(?P<noun>{_PROPER})(?:\s*[:,])?\s+(?=\S)")
_PLURAL_NOUNS = re.compile(
    rf"(?:{_PLURAL})(?P<noun>so|bo|phong|ban|nganh|truong|hoi|doan the|to chuc|dia phuong|xa|phuong|huyen|quan"
    rf"|tinh|khoa"
    rf"|vien|dai|bao"
    r"|to|cuc|trung tam|benh vien|tram|co so|cap|chi,? (?:va )?dang bo|chi bo|dang bo|thanh vien|doi|thon|ap|khu dan cu"
    r"|khu pho|dong chi|khoi|hop tac xa|don vi|co quan"
    r"|thi sinh)\b"
)
_OTHERS = re.compile(
    r"(?:moi truong(?! (?:hoc|mam|tieu|thcs|thpt|trung|pho))|cap uy,? quyen|thanh tra,? kiem tra|don vi tinh|nganh nghe"
    r"|co so (?:vat chat|du lieu|ha tang|phap ly|ly luan|de|danh gia)|to chuc (?=va|nay|lai|tot)|luc luong lao dong"
    r"|bo phan (?!giup viec|mot cua|chuyen mon|tham muu|thuong truc|tiep|ke toan|van thu|hanh chinh|tai vu|y te"
    r"|thu vien"
    r"|thiet bi|cong nghe|ky thuat|van phong|lien quan|quan ly|mot cua)|van phong pham|phong,? chong"
    r"|cac bo (?:tieu|cau|mau)"
    r"|cac (?:so (?:lieu|sach)|bao cao|truong hop|doi tuong|to khai|khoan|phong trao|hoi nghi|hoi thi|ban hanh|cap do))"
)
_NAMED_PART = re.compile(r"bo phan\s+")
_CAPITAL_TITLES = re.compile(
    r"(?:to chuc|hoi (?:nghi|thao|thi|hop|dong thi|vien)|bao cao|doan ket|doan vien|phong,? (?:chong|ngua|trao)"
    r"|truong hop|xa hoi|khoa hoc|bo (?:may|phan)|ban (?:hanh|dau)|vu (?:viec|an|mua|dong|xuan|he)|vien chuc"
    r"|tinh (?:hinh|trang|toan)|phuong (?:an|huong|phap|cham|thuc|tien)|quan (?:diem|ly|triet|tam|trac|su|he|nhan)"
    r"|dai (?:hoi|bieu|le)|cuc (?:bo|dien)|khoa (?:so|hop)|to (?:roi|khai|trinh)|co so)\b"
)
"""What a line in capitals may begin with that is no unit: "TỔ CHỨC THỰC HIỆN", "PHƯƠNG HƯỚNG"."""

_SAID = {
    "so": ("sở", "sơ", "sờ", "sỏ"),
    "bo": ("bộ", "bô"),
    "ban": ("ban",),
    "to": ("tổ",),
    "bao": ("báo",),
    "doan": ("đoàn",),
    "vu": ("vụ",),
    "xa": ("xã", "xà"),
    "tinh": ("tỉnh", "tinh"),
    "quan": ("quận", "quân"),
    "phuong": ("phường", "phương"),
    "huyen": ("huyện", "huyên", "huyền", "huyen"),
    "hoi": ("hội", "hôi"),
    "vien": ("viện", "viên"),
    "dai": ("đài", "đai"),
    "ong": ("ông",),
    "ba": ("bà",),
    "khoi": ("khối",),
    "thon": ("thôn",),
    "ap": ("ấp",),
    "doi": ("đội",),
    "tram": ("trạm",),
}
"""Nouns that fold like common words (số, bỏ, bản, to, bao): for these the marks decide."""


def starts_unit(text: str, flat: str, position: int) -> bool:
    """Whether a unit's name begins at this place: "các phòng", "Sở Y tế", "UBND", "Hiệu trưởng"."""
    part = _NAMED_PART.match(flat, position)
    if part is not None and text[part.end() : part.end() + 1].isupper():
        return True  # "Bộ phận Tài chính", unlike "bộ phận dân cư"
    if _OTHERS.match(flat, position):
        return False
    if flat.startswith(("thanh tra", "mat tran"), position) and text[position].islower():
        return False
    if is_person(text, position):
        return True
    plural = _PLURAL_NOUNS.match(flat, position)
    if _START.match(flat, position) or (plural is not None and _said(text, plural)):
        return True
    match = _PROPER_START.match(flat, position)
    if match is None or not text[match.end()].isupper():
        return False
    if _CAPITAL_TITLES.match(flat, position) and text[position : match.end() + 2].isupper():
        return False
    return _said(text, match)


def is_person(text: str, position: int) -> bool:
    """Whether a person is named at this place: "đồng chí Nguyễn Văn A", "ông Nguyễn Văn B"."""
    return _PERSON.match(text, position) is not None


def _said(text: str, match: re.Match[str]) -> bool:
    """Whether the noun of a match is the one that is meant, by its marks."""
    noun = text[match.start("noun") : match.end("noun")].lower()
    return noun in _SAID.get(match["noun"], (noun,))
