"""Names of agencies as they are written officially: capitals of headers undone, the marks that a scan lost put back."""

from __future__ import annotations

import re
from functools import lru_cache

from dondoc.directives.layout import flatten

_TYPES = "sở|bộ|phòng|ban|cục|chi cục|tổng cục|thanh tra|trung tâm|hội|viện"
_FIELDS = (
    "Giáo dục và Đào tạo", "Y tế", "Nội vụ", "Tài chính - Kế hoạch", "Tài chính", "Kế hoạch và Đầu tư", "Công Thương",
    "Nông nghiệp và Phát triển nông thôn", "Nông nghiệp và PTNT", "Nông nghiệp và Môi trường", "Tài nguyên và Môi trường",
    "Giao thông vận tải", "Giao thông Vận tải", "Tư pháp", "Văn hóa và Thông tin", "Văn hóa, Thể thao và Du lịch",
    "Văn hóa và Thể thao", "Văn hóa - Xã hội", "Thông tin và Truyền thông", "Khoa học và Công nghệ",
    "Lao động - Thương binh và Xã hội", "Kinh tế và Hạ tầng", "Kinh tế", "Xây dựng", "Quản lý đô thị",
    "Dân tộc và Tôn giáo", "Ngoại vụ", "Du lịch", "Tổ chức cán bộ", "Tuyên giáo", "Tuyên giáo và Dân vận", "Dân vận",
    "Tổ chức", "Nội chính", "Quản lý thị trường", "An toàn vệ sinh thực phẩm",
)  # fmt: skip
_NAMES = (
    "Ủy ban Dân tộc", "Ủy ban", "Chính phủ", "Quốc hội", "Công đoàn", "Tổng cục", "Kiểm tra", "Ban Dân tộc",
    "Đại học", "Cao đẳng", "Trung cấp", "Khoa", "Công ty", "Tập đoàn", "Tổng công ty",
    "Ủy ban nhân dân", "Hội đồng nhân dân", "Ủy ban Mặt trận Tổ quốc Việt Nam", "Mặt trận Tổ quốc", "Văn phòng",
    "Ban Chỉ đạo", "Ban Chỉ huy", "Ban Thường vụ", "Ban Thường trực", "Ban Quản lý dự án", "Thanh tra", "Công an",
    "Bộ Chỉ huy quân sự", "Ban Chỉ huy Quân sự", "Chi cục", "Trung tâm", "Kho bạc Nhà nước", "Bảo hiểm xã hội", "Đảng ủy",
    "Đảng bộ", "Tỉnh ủy", "Thành ủy", "Huyện ủy", "Quận ủy", "Thị ủy", "Liên đoàn Lao động", "Hội Liên hiệp Phụ nữ",
    "Đoàn TNCS Hồ Chí Minh", "Huyện đoàn", "Tỉnh đoàn", "Trường", "Tiểu học", "Trung học cơ sở", "Trung học phổ thông",
    "Mầm non", "Đoàn đại biểu Quốc hội", "Hội đồng", "Bệnh viện", "Đài Truyền thanh",
)  # fmt: skip
TERRITORIES = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "thị trấn", "phường", "xã", "đặc khu")
_NAMED_AFTER_PLACES = frozenset(
    {"Tỉnh ủy", "Thành ủy", "Huyện ủy", "Quận ủy", "Thị ủy", "Huyện đoàn", "Tỉnh đoàn", "Tiểu học", "Mầm non"}
    | {"Đại học", "Cao đẳng", "Trung cấp", "Công ty", "Tập đoàn"}
    | {"Trung học cơ sở", "Trung học phổ thông", "Công an", "Bệnh viện"}
)
_ABBREVIATIONS = frozenset(
    {
        "UBND",
        "HĐND",
        "HĐND&UBND",
        "UBMTTQ",
        "MTTQ",
        "TH",
        "THCS",
        "TH&THCS",
        "THPT",
        "MN",
        "TNCS",
        "GDĐT",
        "GD&ĐT",
        "BCĐ",
        "VH-XH",
    }
)
_SCHOOLS = frozenset({"MN", "TH", "THCS", "TH&THCS", "THCS&THPT", "THPT", "PTDTBT", "PTDTNT"})
"""Kinds of schools: the name of a person or a place follows."""

_SPELLINGS = {flatten(name).replace(" - ", "-"): name for name in (*_NAMES, *_FIELDS)}


def _loose(name: str) -> str:
    """A pattern for the flat name that forgives how dashes, commas and blanks are set."""
    words = re.split(r"[\s,\-]+", flatten(name))
    return r"[\s,.\-–—]+".join(re.escape(word) for word in words)


_TYPE_FLAT = "|".join(_loose(name) for name in sorted(_TYPES.split("|"), key=len, reverse=True))
_FIELD_PATTERNS = tuple(
    (re.compile(rf"\b(?P<type>{_TYPE_FLAT})(?:,\s*|\s+)(?P<name>{_loose(name)})\b"), name)
    for name in sorted(_FIELDS, key=len, reverse=True)
)
_REPAIRS = tuple(
    (re.compile(rf"\b{_loose(name)}\b"), name)
    for name in ("Ủy ban nhân dân", "Hội đồng nhân dân", "Mặt trận Tổ quốc", "thành phố")
)


_TORN = (
    (re.compile(r"\b([Cc])h[íỉĩ] (?=(?:bộ|cục|đoàn|hội|nhánh|ủy|uỷ)\b)"), r"\1hi "),
    (re.compile(r"\b[UƯÚÙ]BN[DĐÐ]\b"), "UBND"),
    (re.compile(r"\bH[ĐÐD]N[DĐÐ]\b"), "HĐND"),
    (re.compile(r"\b([Đđ])[ẳãẵàạ]ng (?=(?:bộ|ủy|uỷ|viên)\b)"), r"\1ảng "),
)
"""What scans make of "chi bộ", "chi cục", "UBND", "HĐND", "đảng bộ"."""


@lru_cache(maxsize=4_096)
def repaired(name: str) -> str:
    """A unit's name with the marks restored that a scan lost in well-known words; everything else as written."""
    flat = flatten(name)
    for pattern, proper in _FIELD_PATTERNS:
        match = pattern.search(flat)
        if match is not None and not match["type"].endswith("truong"):
            written = name[match.start("name") : match.end("name")]
            if flatten(written) == flatten(proper) and written.lower() != proper.lower():
                name = name[: match.start("name")] + proper + name[match.end("name") :]
            kind = name[match.start("type") : match.end("type")]
            name = f"{name[: match.start('type')]}{_type_like(kind)} {name[match.end('type') :].lstrip(' ,')}"
            break
    for torn, whole in _TORN:
        name = torn.sub(whole, name)
    for pattern, proper in _REPAIRS:
        name = _replace(pattern, proper, name)
    return name


def _type_like(written: str) -> str:
    proper = next(kind for kind in _TYPES.split("|") if flatten(kind) == " ".join(flatten(written).split()))
    return proper.capitalize() if written[:1].isupper() else proper


def _replace(pattern: re.Pattern[str], proper: str, name: str) -> str:
    for match in reversed(list(pattern.finditer(flatten(name)))):
        written = name[match.start() : match.end()]
        if written.lower() == proper.lower() or written.lower() == proper.lower().replace("ủy", "uỷ"):
            continue
        spelled = proper if proper[:1].isupper() == written[:1].isupper() else _first_like(proper, written)
        name = name[: match.start()] + spelled + name[match.end() :]
    return name


def _first_like(proper: str, written: str) -> str:
    first = proper[:1].upper() if written[:1].isupper() else proper[:1].lower()
    return first + proper[1:]


def official_case(capitals: str) -> str:
    """A name in capitals as running text writes it: "SỞ Y TẾ" is Sở Y tế, "HUYỆN BÌNH SƠN" is huyện Bình Sơn.

    Words that are in no list of agencies keep a capital only at the beginning of their part.
    """
    source = re.sub(r"\s+", " ", re.sub(r"\s*[–—]\s*", " - ", capitals)).strip(" -")
    flat = flatten(source)
    result: list[str] = []
    position = 0
    after_territory = after_kind = False
    while position < len(flat):
        known = _known_at(source, flat, position)
        if known is not None:
            length, spelled = known
            result.append(spelled)
            after_territory = spelled in TERRITORIES or spelled in _NAMED_AFTER_PLACES
            after_kind = spelled.lower() in _TYPES.split("|") or spelled in ("Trường", "Khoa", "Văn phòng")
            position += length
        else:
            end = flat.find(" ", position)
            end = len(flat) if end < 0 else end
            word = source[position:end]
            result.append(_word(word, first=not result, proper=after_territory or after_kind))
            after_kind = False
            after_territory = after_territory or word in _SCHOOLS
            position = end
        while position < len(flat) and flat[position] == " ":
            position += 1
    name = " ".join(result)
    return name[:1].upper() + name[1:]


def _word(word: str, *, first: bool, proper: bool) -> str:
    if word in _ABBREVIATIONS or any(letter.isdigit() for letter in word):
        return word
    if len(word) <= 4 and word.isupper() and not _has_vowel(word):
        return word
    if proper or first:
        return word[:1].upper() + word[1:].lower()
    return word.lower()


def _has_vowel(word: str) -> bool:
    return any(letter in "aeiouy" for letter in flatten(word))


def _known_at(source: str, flat: str, position: int) -> tuple[int, str] | None:
    if position == 0 and flat.startswith("ubnd"):
        return 4, "Ủy ban nhân dân"
    if flat.startswith(("tp.", "tp "), position):
        return 3, "thành phố"
    best: tuple[int, str] | None = None
    for spelled_flat, spelled in _SPELLINGS.items():
        for variant in (spelled_flat, spelled_flat.replace("-", " - "), spelled_flat.replace(",", "")):
            end = position + len(variant)
            if flat.startswith(variant, position) and (end == len(flat) or not flat[end].isalnum()):
                best = max(best or (0, ""), (len(variant), spelled))
    if best is not None:
        return best
    for territory in TERRITORIES:
        plain = flatten(territory)
        if flat.startswith(plain + " ", position):
            return len(plain), territory
    for kind in _TYPES.split("|"):
        plain = flatten(kind)
        if flat.startswith(plain + " ", position):
            meant = position == 0 or source[position : position + len(plain)].lower() == kind
            return (len(plain), kind.capitalize()) if meant else None  # "chuyển đổi số" names no department
    return None
