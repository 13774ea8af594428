"""Units as running text names them: where a list of units begins, where it ends, and which names it holds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dondoc.directives.agency_names import repaired
from dondoc.directives.duty_words import VERB_AT
from dondoc.directives.more_verbs import further_verb_behind
from dondoc.directives.openings import verb_behind_unit
from dondoc.directives.unit_ends import ends_before
from dondoc.directives.unit_words import HEAD_AT, is_person, starts_unit

_MAX_LETTERS = 700
_BOUNDARY = re.compile(
    r"\s*[,;]\s*(?:va\s+|cung\s+)?|\s+(?:va|cung voi|cung|&)\s+(?=\S)|\s*[-–]\s*(?=[A-ZĐÀ-Ỹ])|\s*/\s*"
)
_WEAK = re.compile(
    r"(?:to chuc|ban|nganh|doan the|huyen|xa|thi xa|thi tran|thanh pho|phuong|quan|tieu hoc|thcs|thpt|trung hoc"
    r"|mam non|mau giao"
    r"|nhom|cum|lop|chinh quyen|ca nhan|dia phuong(?= trong| tren)|dac khu|dai|bao|th|th&thcs|mn|dang vien|cong chuc"
    r"|vien chuc"
    r"|nguoi lao dong|van thu|ke toan|thu quy|nganh chuc nang|cac cap|dai hoc|cao dang|don vi)\b"
)
"""Words that go on with the name before them when they follow a comma in small letters: "UBND các xã, thị trấn"."""

_STOP_WORD = re.compile(
    r"(?:để|đề|đê|nhằm|theo|trong|tại|về|vê|khi|nếu|thì|từ|đến|đên|trước|sau|bằng|qua|với|cho(?! Hội đồng| Ban)|đưa"
    r"|ngay|phải|cần"
    r"|đúng|đủ|kịp|sớm|ít nhất|tối thiểu|trực tiếp|làm (?:đầu mối|chủ trì|cơ quan|thường trực|nòng cốt)|đầu mối"
    r"|là|sẽ|đang|đã|chưa|không|được|bị|mà|do|kể|nêu|như|(?<!giúp )việc|kết quả|tình hình|nội dung|tiến độ|hạn|thời hạn"
    r"|danh sách|nhu cầu|hết|đề nghị|yêu cầu"
    r"|phương án|số liệu|(?<![Tt]hư )ký|văn bản"
    r"|dự thảo|tờ trình|đề án|chương trình|chính sách|chủ trương|chậm|muộn|vào|hằng"
    r"|(?<![Nn]gân )(?<![Cc]ửa )(?<![Kk]hách )hàng|gồm|bao gồm|định kỳ"
    r"|(?:các|những) (?:nội dung|giải pháp|khó khăn|vướng mắc|biện pháp|vấn đề|kết quả|trường hợp|nhiệm vụ|chỉ tiêu)"
    r"|có (?:tên|trách nhiệm|văn bản|kế hoạch|giải pháp|biện pháp|phương án"
    r"|ý kiến))\b"
)
_TWINS = {
    "giao": "giao",
    "can": "cần",
    "hop": "họp",
    "gan": "gắn",
    "phai": "phải",
    "xet": "xét",
    "lap": "lập",
}
"""Verbs that fold like other words (giáo, cán, hợp): for these the marks decide."""

_COMPOUND = re.compile(
    r"\b(?:(?:cong|chuong|quy|lich|to|hanh|tien|lo) trinh|(?:doc|cong|dan|tu) lap|(?:thu|chu|hoc|nhiem) ky"
    r"|(?:ngoai|xa) giao|thuong truc(?: ban)?|(?:su|tap the|ban|doi ngu|cap|chuc danh|quan ly) lanh dao)$"
)
"""Nouns that end in a syllable which alone is a verb: "công trình", "thường trực"."""

_NAME_BEFORE = re.compile(
    r"(?:\bban|(?<!chi )(?<!dang )\bbo|\bhoi dong|\bto|\bdoi|\btrung tam|\bphong|\bcuc|\bvan phong"
    r"|\bdoan|\bco quan|\bchi cuc|\buy ban|\bbo phan)\s+$"
)
_NAME_VERB = re.compile(
    r"(?:chi dao|chi huy|to chuc|quan ly|kiem tra|dieu phoi|thanh tra|tham dinh|xet|bao ve|ho tro|tuyen truyen"
    r"|giup viec|tham muu|bien tap|soan thao"
    r"|thuong truc|kiem dinh|phat trien|tu van|dich vu|dang ky|giao duc|xay dung|boi duong|tiep|thong tin|thong ke)"
)
_OPEN_NAME = re.compile(
    r"\b(?:phong|ban|cuc|chi cuc|tong cuc|trung tam|vu)\s+(?:quan ly|bao ve|phat trien|kiem soat|dieu hanh|xuc tien)\s+$"
)
"""The beginning of a name that lacks its object: "Phòng Quản lý | bảo vệ rừng"."""

_TRADES = (
    r"(?:quan ly|van hanh|thi cong|tu van|kinh doanh|san xuat|khai thac|su dung|dau tu|cung cap dich vu|cung ung|thue"
    r"|kiem dinh|giam sat|xay dung|tham dinh)"
)
_ACTORS = re.compile(
    rf"\b(?:don vi|doanh nghiep|co so|cong ty|nha thau|chu|to chuc|ho)\s+(?:{_TRADES}(?:,| va|, va)\s+)*$"
)
_ACTOR_VERB = re.compile(rf"{_TRADES}(?! (?:chat|tot|nghiem|hieu|day du|co |dung|ke hoach|phuong an|va bao cao))")
"""What kinds of units do by trade: "các đơn vị quản lý hồ chứa"; with an adverb or a paper it is an order again."""

_NAME_PAIRS = re.compile(
    r"(?:giao duc thuong xuyen|co so dao tao|cong lap|doc lap|thanh lap|du an dau tu|chu dau tu|dau tu xay dung"
    r"|dieu phoi xay dung"
    r"|tu van phat trien"
    r"|chuc nang quan ly)\b"
)
_ENUMERATION = re.compile(
    r"\bcac (?:so|phong|ban|bo|hoi|truong|don vi|co quan|so, nganh|phong, ban|dia phuong|chi cuc|trung tam)\s*$"
)
_LISTED = re.compile(
    r"\s*(?:co ten|duoc neu|neu)? ?(?:trong|tai|theo) (?:ban )?(?:danh sach|phu luc)(?: (?:kem theo|dinh kem|tren|nay))?"
)
"""Which of some units are meant, behind their names: "các đơn vị có tên trong danh sách kèm theo"."""

_NUMBERED = re.compile(r"\bso \d+$")
_SHARED = re.compile(
    r"^(?:[^,;:]{0,24}?\b[cC]ác\s+)?(?P<noun>[Ss]ở|[Pp]hòng|[Bb]an|[Bb]ộ|[Hh]ội|[Cc]hi cục"
    r"|[Tt]rung tâm)\s*(?P<colon>:)?\s+"
    r"(?=[A-ZĐÀ-Ỹ])"
)
_LAST_WORDS = re.compile(r"\w+ \w+(?: \w+)? (?:va|cung) ")
"""The end of a name that holds a comma, and the next name: "… hồ thủy điện, thủy lợi và các đơn vị …"."""

_ASIDE = re.compile(r"\((?!bà\)|[A-ZĐ&\-]{2,12}\))(?:[^()]|\([^()]*\))*\)?")
_COMPOSITE = re.compile(
    r"\b(?:van hoa, (?:the thao|khoa hoc|the duc)|phong,? chong|lao dong, thuong binh|kinh te, ha tang"
    r"|khoa hoc, cong nghe"
    r"|nong nghiep, moi truong|giao duc, dao tao|huyen, thanh uy|huyen, thi, thanh uy|thi, thanh uy"
    r"|tieu chuan, do luong|noi vu, lao dong|chi,? (?:va )?dang bo)\b"
)
"""Names that hold a comma themselves."""


@dataclass(frozen=True, slots=True)
class UnitList:
    """A list of units in a text: their names as written and the stretch they take."""

    names: tuple[str, ...]
    start: int
    end: int


def read_units(text: str, flat: str, position: int) -> UnitList | None:
    """The list of units that begins at ``position``, or None. It ends before a verb, a full stop or a colon."""
    if not starts_unit(text, flat, position):
        return None
    end = _list_end(text, flat, position)
    names = _names(text, flat, position, end)
    listed = _LISTED.match(flat, end)
    return UnitList(names, position, listed.end() if listed is not None else end) if names else None


def _list_end(text: str, flat: str, start: int) -> int:
    position, enumerated = start, False
    limit = min(len(flat), start + _MAX_LETTERS)
    while position < limit:
        letter = flat[position]
        if letter in "([":
            closing = flat.find(")", position)
            if closing > 0 and "(" in flat[position + 1 : closing]:
                closing = flat.find(")", closing + 1)  # "(hoàn thành trước ngày 10/3 (thứ Tư))"
            if closing < 0 or closing - position > 160:
                return position
            position = closing + 1
            continue
        if (
            letter == ":"
            and _ENUMERATION.search(flat[start:position])
            and text[position + 1 : position + 3].strip().isupper()
        ):
            enumerated = True
        elif letter in ".:!?" and not re.match(r"\.\w", flat[position:]) and not _abbreviated(text, position):
            return position
        elif letter.isalnum() and position > start and not flat[position - 1].isalnum():
            if not starts_unit(text, flat, position) and (
                verb_at(text, flat, position) or _STOP_WORD.match(text, position) or ends_before(text, start, position)
            ):
                return position
        elif letter in ")]" or (letter in ",;" and not _goes_on(text, flat, position, enumerated=enumerated)):
            return position
        position += 1
    return position


def _abbreviated(text: str, position: int) -> bool:
    return re.search(r"\b(?:TP|Tp|TT|T\.P|Q|P|ThS|TS|BS|St|v\.v)$", text[max(0, position - 4) : position]) is not None


def verb_at(text: str, flat: str, position: int) -> bool:
    """A verb of work in small letters; within a name ("Ban Tổ chức", "dự án đầu tư xây dựng") it is none."""
    if not verb_behind_unit(text, flat, position) or _within_name(flat, position):
        return False
    match = VERB_AT.match(flat, position)
    if match is None or further_verb_behind(text, position):
        return True
    if _COMPOUND.search(flat, max(0, position - 14), match.end()):
        return False
    return _TWINS.get(match.group(), text[position : match.end()]) == text[position : match.end()]


def _within_name(flat: str, position: int) -> bool:
    pair = _NAME_PAIRS.search(flat, max(0, position - 12), position + 16)
    if pair is not None and pair.start() < position < pair.end():
        return True
    if _does_by_trade(flat, position) or _OPEN_NAME.search(flat, max(0, position - 28), position):
        return True
    before = flat[max(0, position - 14) : position]
    return _NAME_VERB.match(flat, position) is not None and _NAME_BEFORE.search(before) is not None


def _does_by_trade(flat: str, position: int) -> bool:
    """Whether the verb here only says what kind of unit it is: "các công ty quản lý, vận hành hồ chứa"."""
    return _ACTOR_VERB.match(flat, position) is not None and (
        _ACTORS.search(flat[max(0, position - 60) : position]) is not None
    )


def _goes_on(text: str, flat: str, position: int, *, enumerated: bool) -> bool:
    """Whether the list goes on after a comma: with a unit, or with a word that cannot stand alone."""
    match = re.compile(r"[,;]\s*(?:va\s+|cung\s+)?").match(flat, position)
    if match is None or match.end() >= len(flat):
        return False
    after = match.end()
    if _COMPOSITE.search(flat, max(0, position - 14), after + 12) or _does_by_trade(flat, after):
        return True
    if _NUMBERED.search(flat[max(0, position - 12) : position]) and re.match(r"so \d", flat[after:]):
        return True  # "Phòng Thanh tra số 1, số 2"
    if starts_unit(text, flat, after) or _WEAK.match(flat, after):
        return True
    last = _LAST_WORDS.match(flat, after)
    if last is not None and not verb_at(text, flat, after) and starts_unit(text, flat, last.end()):
        return True
    return text[after].isupper() and (enumerated or VERB_AT.match(flat, after) is None)


def _names(text: str, flat: str, start: int, end: int) -> tuple[str, ...]:
    """Cut a stretch into names: at a comma or "và" only where a new unit begins."""
    cuts = [start]
    shared: dict[int, str] = {}
    for match in _BOUNDARY.finditer(flat, start, end):
        before, after = match.start(), match.end()
        if (
            after >= end
            or _inside_parentheses(flat, start, before)
            or _COMPOSITE.search(flat, max(start, before - 14), after + 12)
        ):
            continue
        noun = _SHARED.match(text[cuts[-1] : before])
        if starts_unit(text, flat, after) and not _joined(text, flat, cuts[-1], before, after):
            cuts += [before, after]
        elif match.group().strip()[:1] in (",", ";") and text[after].isupper() and (noun or cuts[-1] in shared):
            word = noun["noun"].capitalize() if noun else shared[cuts[-1]]
            if noun and noun["colon"]:
                cuts[-1] += noun.end()
                shared[cuts[-1]] = word
            cuts += [before, after]
            shared[after] = word
    cuts.append(end)
    names = []
    for begin, stop in zip(cuts[::2], cuts[1::2], strict=True):
        name = _trimmed(text[begin:stop])
        if name:
            names.append(repaired(f"{shared[begin]} {name}" if begin in shared else name))
    return tuple(names)


def _joined(text: str, flat: str, start: int, before: int, after: int) -> bool:
    """Whether what follows is the other half of the name before it: "cơ quan, đơn vị", "HĐND và UBND"."""
    if flat[start:before].endswith("hdnd") and flat.startswith("ubnd", after):
        return True
    if re.search(r"\b(?:so|phong|bo)$", flat[start:before]) and re.match(r"(?:ban,? )?nganh\b", flat[after:]):
        return True
    if is_person(text, start) and HEAD_AT.match(flat, after):
        return True  # a person and the office held: "đồng chí Nguyễn Văn A, Phó Chủ tịch UBND xã"
    if flat.startswith(("to dan pho", "khu pho", "ban lang"), after) and text[after].islower():
        return flat[start:before].endswith("thon")
    weak = _WEAK.match(flat, after) if text[after].islower() else None
    if weak is None or text[weak.end() + 1 : weak.end() + 2].isupper():
        return False
    return not flat.startswith("don vi", after) or re.search(r"\b(?:co quan|to chuc)$", flat[start:before]) is not None


def _inside_parentheses(flat: str, start: int, position: int) -> bool:
    return flat.count("(", start, position) > flat.count(")", start, position)


def _trimmed(name: str) -> str:
    name = re.sub(r"\s+", " ", _ASIDE.sub(" ", name)).strip(" ,;.:-–\"'“”‘’*")
    name = re.sub(r"^(?:và|cùng|với)\s+", "", name)
    return name if 2 <= len(name) <= 300 else ""
