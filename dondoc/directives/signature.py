"""The foot of a document: who signed under which title, and who receives it (Nơi nhận)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dondoc.directives.layout import TextLine, flatten
from dondoc.vietnamese.text import strip_marks

_SURNAME_LIST = """
    a alang an au bach ban be bien bling bo bui cam can cao cha chau chieu chu chung chuong cil co cu cung cut dam dang
    danh dao dau deo diep dieu dinh do doan dong duong duy ech giang giap giau gio h ha ham hau ho hoa hoang hu
    hua huong huynh kha khau khieu khong khuat khuc khuong kien kieu kim kon kpa kpah ksor kso la lac lai lam lang lau
    le leng lieu linh lo loi lu luc luong luu luyen ly ma mac mach mai manh mau mong mua mui muong nay nghi nghiem
    ngo nguy nguyen nhu nhan ninh nong o ong pham phan phi phu phung phuong po quach quan quang quyen rahlan rcham
    rcom rmah ro sam sen siu son sung ta tan tang tao tat te thach thai tham than thao thi thieu thoi thong thuong
    tieu to ton tong tran trang trieu trinh truong tu tuong ung uong van vang vi vien vo vu vuong vy xa y
"""
_SURNAMES = frozenset(_SURNAME_LIST.split())
_SYLLABLE = re.compile(r"^[^\W\d_]+$")
_TITLE = re.compile(
    r"^\W*(?P<title>(?:(?:T\s?/\s?[LM]|K\s?/\s?T)\s+|(?:T\s?[LM]|K\s?T|TUQ)\s?[./]\s*)?(?:TAP THE |Q\.\s?)?"
    r"(?:UY BAN|CHU TICH|GIAM DOC|PHO|CHANH"
    r"|TRUONG|HIEU TRUONG|BI THU|BAN |BO TRUONG|THU TRUONG|CHI CUC|CUC TRUONG|VIEN TRUONG|TONG|THUONG TRUC|DANG UY"
    r"|DOAN)"
    r"[A-Z ,.\-/&0-9]*)$"
)
_TITLE_AFTER = re.compile(
    r"(?:^|[\s;.:)|])(?P<title>(?:(?:T\s?/?[LM]|K\s?/?T|TUQ)\s?\.\s?)?(?:GIAM DOC|PHO GIAM DOC|CHU TICH"
    r"|PHO CHU TICH|CHANH VAN PHONG"
    r"|PHO CHANH VAN PHONG|TRUONG BAN|TRUONG PHONG|PHO TRUONG PHONG|BI THU|HIEU TRUONG)(?: THUONG TRUC)?)\W*$"
)
_RECIPIENTS = re.compile(r"n[o0]i nh[a-z]{2}\b\W*")
_BULLET = re.compile(r"^[-–—•+~*]\s*")
_BESIDE = re.compile(r"[;.,)]?\s+(?:(?:KT|TL|TM|TUQ)\.\s?)?(?:PHÓ |CHÁNH |TRƯỞNG |GIÁM |CHỦ |BÍ |HIỆU )[A-ZĐÀ-Ỹ ]+$")
"""A title that stands beside a recipient in the second column."""

_RANKS = re.compile(
    r"^(?:(?:PGS|GS|TSKH|TS|ThS|Ths|THS|BS|DS|KS|CN|LS|CKI{1,2}|CK[12]|BSCKI{1,2}|BSCK[12]|NGƯT|NGND|TTƯT|TTND|Dr|Mr"
    r"|(?:Thiếu|Trung|Thượng|Đại) (?:tá|úy|uý|tướng))(?:[.,\s]+|$))+"
)
"""Academic degrees and ranks before a name."""

_EDGES = re.compile(r"^[\W\d_ˆˇ˘˙˚˛˜˝]+|[\W\d_ˆˇ˘˙˚˛˜˝]+$")
_BESIDE_KEPT = re.compile(r"\bL[ưu]u\b(?P<rest>.*)$")
"""The line "Lưu: VT" of the recipients, beside which a scan may set the signer's name."""

_SIGNED = re.compile(r"\(\s*(?:da ky|ky ten|ky)[^)]*\)")


@dataclass(frozen=True, slots=True)
class Foot:
    """What the foot says; what is unreadable is None."""

    signer: str | None
    signer_title: str | None
    recipients: tuple[str, ...]


def read_foot(lines: tuple[TextLine, ...]) -> Foot:
    """Read the foot of a document."""
    cells = _cells(lines)
    titles = _titles(cells)
    return Foot(_signer(lines, cells), ", ".join(titles) or None, _recipients(cells))


def _cells(lines: tuple[TextLine, ...]) -> list[str]:
    """The cells of the foot: what stands left first, what stands beside it in a second column after it."""
    left: list[str] = []
    right: list[str] = []
    for line in lines:
        if "|" in line.text:
            parts = [part.strip(" *") for part in line.text.strip("|").split("|")]
        else:
            parts = [part.strip(" *") for part in re.split(r"\t+|\s{3,}", line.text)]
        left.append(parts[0])
        right += parts[1:]
    return [cell for cell in (*left, *right) if cell]


def _titles(cells: list[str]) -> list[str]:
    found: list[str] = []
    for cell in cells:
        plain = strip_marks(cell)
        if found and plain.strip() in ("NHAN DAN", "DAN"):
            found[-1] = f"{found[-1]} {cell.strip()}"  # "TM. ỦY BAN / NHÂN DÂN" in a narrow cell
            continue
        match = _TITLE.match(plain.strip()) or _TITLE_AFTER.search(plain)
        if match is not None and cell[match.start("title") :].strip().isupper():
            found.append(" ".join(cell[match.start("title") : match.end("title")].split()).strip(" ,-"))
    return found[:4]


def _signer(lines: tuple[TextLine, ...], cells: list[str]) -> str | None:
    """The last line that is a person's name and nothing else, or a name at the end of the list of recipients."""
    names = [name for cell in cells if (name := person_name(_SIGNED.sub("", cell))) is not None]
    if names:
        return names[-1]
    for line in reversed(lines):
        beside = _BESIDE_KEPT.search(line.text)
        if beside is not None and (name := _last_name(beside["rest"])) is not None:
            return name
    return None


def _last_name(text: str) -> str | None:
    """The person whose name ends a text; the words before it are what a scan set on the same line."""
    words = text.split()
    for first in range(max(0, len(words) - 5), len(words) - 1):
        name = person_name(" ".join(words[first:]))
        if name is not None:
            return name
    return None


def person_name(text: str) -> str | None:
    """The text if it is a Vietnamese person's name: two to five syllables, the first a surname, each with a capital."""
    words = _RANKS.sub("", _EDGES.sub("", text)).split()
    if not 2 <= len(words) <= 5 or not all(_SYLLABLE.match(word) and len(word) <= 7 for word in words):
        return None
    if flatten(words[0]) not in _SURNAMES:
        return None
    if all(word.istitle() for word in words):
        return " ".join(words)
    if all(word.isupper() for word in words) and not _TITLE.match(strip_marks(" ".join(words))):
        return " ".join(word.capitalize() for word in words)
    return None


def _recipients(cells: list[str]) -> tuple[str, ...]:
    listed: list[str] = []
    inside = False
    for cell in cells:
        start = _RECIPIENTS.search(flatten(cell))
        if start is not None and start.start() < 4:
            inside = True
            cell = cell[start.end() :]
        if not inside or not any(letter.isalpha() for letter in cell):
            continue
        bullet = _BULLET.match(cell)
        if bullet is not None:
            listed += [part for part in re.split(r";\s*[-–]\s*", cell[bullet.end() :]) if part]
        elif (
            listed and not listed[-1].rstrip().endswith((";", ".")) and not cell.isupper() and person_name(cell) is None
        ):
            listed[-1] = f"{listed[-1]} {cell}"
    names = (_BESIDE.sub("", " ".join(entry.split())).strip(" ;.,:„“”'") for entry in listed)
    return tuple(name for name in names if name)
