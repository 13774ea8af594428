"""What stands to the left and right of a date: the words that make it a deadline, and those that say it is none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dondoc.vietnamese.deadline_dates import CLOCK
from dondoc.vietnamese.deadline_phrase import BEFORE, ON, Line

_WEEKDAY = r"(?:(?:sang|trua|chieu|toi)\s+)?(?:thu\s+(?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)"
_FILL = r"(?:\s*(?:la|vao|den|toi|het|truoc|trong|ngay|khong qua|thoi diem|[:*_|(]|-(?=\s)|(?<=\s)[.'](?=\s)|\.(?=\s+ngay)))*"
_ADJOINING = rf"{_FILL}\s*(?:(?:luc\s*)?{CLOCK}\s*)?,?\s*(?:{_WEEKDAY}\s*,?\s*)?(?:\(?\s*(?:ngay|mung|mong)\s*)*$"
_TORN_LATEST = re.compile(
    rf"\b(?P<late>[a-z]{{3,5}})\s+(?P<most>[a-z]{{3,5}})\s+(?:la\s+|vao\s+)?(?:{CLOCK}\s*,?\s*)?(?P<day>[a-z]{{3,5}})\s*$"
)
_TORN_CUE = re.compile(rf"\b(?P<cue>[a-z]{{4,6}})\s+(?P<clock>{CLOCK}\s*,?\s*)?(?P<day>[a-z]{{3,5}})\s*$")
_LATEST = {"late": "cham", "most": "nhat", "day": "ngay"}
_OBJECT = r"[^.;:\n]{0,60}?"
_CUES: tuple[tuple[str, str, re.Pattern[str], str], ...] = (
    ("latest", "nhat", re.compile(rf"\b(?:cham|muon|tre) nhat{_ADJOINING}"), ON),
    ("latest", "khong", re.compile(rf"\bkhong (?:muon|cham|tre|qua)(?: hon)?{_ADJOINING}"), ON),
    (
        "limit",
        "han",
        re.compile(
            rf"(?<!gioi )(?<!quyen )(?<!ngan )\b(?:thoi )?han(?! che)"
            r"(?: (?:chot|cuoi cung|cuoi|nop|gui|bao cao|hoan thanh|tra loi|nhan)){0,2}"
            rf"(?:{_OBJECT}(?::|\bla\b))?{_ADJOINING}"
        ),
        ON,
    ),
    (
        "before",
        "truoc",
        re.compile(
            rf"(?:(?<!nam )(?<!thang )(?<!tuan )(?<!ky )\btruoc|\btruoc(?=\s*(?:ngay|luc|$|{CLOCK}))){_ADJOINING}"
        ),
        BEFORE,
    ),
    ("until", "het", re.compile(rf"\b(?:den|toi)\s*het{_ADJOINING}"), ON),
    ("until", "", re.compile(rf"\b(?:den|toi)(?:\s*cuoi)?{_ADJOINING}"), ON),
    ("until", "het", re.compile(rf"(?<!den )\bhet{_ADJOINING}"), ON),
    (
        "label",
        "",
        re.compile(
            rf"\b(?:thoi (?:gian|diem|han)|tien do|ngay) (?:hoan thanh|nop|gui|bao cao|trinh|tra loi){_OBJECT}"
            rf":?{_ADJOINING}"
        ),
        ON,
    ),
    ("done", "", re.compile(rf"\b(?:hoan thanh|xong|hoan tat){_ADJOINING}"), ON),
    ("within", "trong", re.compile(rf"\btrong{_ADJOINING}"), ON),
    ("at", "vao", re.compile(rf"\bvao{_ADJOINING}"), ON),
)
_WORK = r"\b(?:bao cao|gui|nop|trinh|hoan thanh|hoan tat|xong|hoan chinh|ban hanh|tra loi|nhap lieu|cap nhat|dang ky)\b"
_WORK_BEFORE = re.compile(_WORK + r"[^.;]*$")
_WORK_AFTER = re.compile(
    r"^[\s,:)*]*(?:phai |se |can |co ban )*(?:hoan thanh|xong|hoan tat|ban hanh|gui|nop|bao cao)\b"
)

_NUMBER_BEFORE = re.compile(
    r"(?:\bso\b\s*:?\s*[\w./&-]*|/[a-z][\w&./-]*|\b\d+[a-z]{0,2}\s*[/-]\s*[a-z][\w&./-]*)"
    r"[\s,]*(?:-\s*[a-z]+)?[\s,(]*(?:ky |ban hanh )?(?:ngay)?\s*$"
)
_DATA_BEFORE = re.compile(
    r"\b(?:so lieu|du lieu|(?:duoc )?tinh(?= tu| den| ke)|chot so|phat sinh|thong ke|ky bao cao|thoi gian bao cao"
    r"|thoi diem|moc|ke tu)\b(?:[^.;]|\.(?=\d)){0,60}$|\btinh\s*$"
    r"|\b(?:ket qua|tinh hinh)\b(?![^.;]{0,60}\b(?:ve|qua|len|cho(?! thay| biet))\b)[^.;]{0,40}$"
)
_STATE_BEFORE = re.compile(
    r"\b(?:hieu luc|tam dung|cach ly|ap dung|duy tri|keo dai|(?<!hoi )(?<!de )(?<!kien )nghi(?! quyet| dinh| viec)"
    r"|nhiem ky|giai doan|tam nhin|su dung|luu hanh|dien ra)\b[^.;]{0,60}$"
)
_EVENT_BEFORE = re.compile(
    r"\b(?:(?:cuoc|du|phien|moi) hop|hop (?:giao ban|truc tuyen|trien khai|ban)|hoi nghi|hoi thi|hoi thao|tap huan"
    r"|khai mac|to chuc vao|dien ra|ky niem|giao ban)\b[^.;]{0,80}$"
)
_PAST_BEFORE = re.compile(
    r"\bda (?:\w+ ){0,8}$|\bda (?:co ban )?(?:hoan thanh|hoan tat|gui|nop|bao cao|trinh|ban hanh)\b[^.;:]{0,100}$"
    r"|\bduoc (?:tuyen dung|cap|ban hanh|phe duyet|ky|ky ket|tiep nhan|thanh lap|cong nhan|bo nhiem|dao tao|sinh ra"
    r"|xay dung|dau tu|giao dat|thu ly)\b[^.;,]{0,40}$"
    r"|\b(?:(?<!tuyen )(?<!hoc )(?<!ve )(?<!thi )sinh|tuyen dung|tiep nhan|thu ly|phat sinh|ton dong)\s+$"
)
_DONE = re.compile(r"(?<!da )(?<!duoc )\b(?:hoan thanh|hoan tat|thuc hien xong)\s*$")
_RESULTS_SINCE = re.compile(r"\b(?:ket qua|tinh hinh)\b[^.;]{0,140}\btu ngay\b[^.;]{0,24}$")
_PROVINCE = re.compile(r"\b[Tt]ỉnh\b")
_CLAUSES = re.compile(r",\s*(?=(?:gui|nop|bao cao|hoan thanh|trinh|xong)\b)")
_RESULT_REPORTED = re.compile(
    r"\b(?:bao cao|gui|nop|bao) (?:ket qua|ho so|danh sach|van ban)(?: thuc hien| xu ly| giai quyet)?"
    r"(?: (?:ve|cho|den|len) [^.;,]{2,50}?)?\s*$"
)
"""What goes to somebody "trong ngày X"; "kết quả trong ngày X" alone is data."""

_TRANSITION_AFTER = re.compile(
    r"^[^.;]{0,80}?\b(?:thi (?:duoc|van|tiep tuc|thuc hien theo|ap dung)|duoc tinh|van (?:duoc|thuc hien|ap dung)"
    r"|tiep tuc (?:duoc )?(?:ap dung|co hieu luc|tinh|huong|thuc hien (?:theo|cho den))|co hieu luc)\b"
)
_UNDONE_AFTER = re.compile(
    r"^[^.]{0,30}?\b(?:tuy nhien|nhung|song|den nay|den thoi diem nay|hien nay|qua thoi han)\b"
    r"[^.;]{0,120}?\b(?:chua|con|van)\b"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """The words to the left of a date: where they begin, their name and the rule they give."""

    start: int
    name: str
    rule: str


def find_cue(line: Line, position: int) -> Cue | None:
    """The cue that directly adjoins the date at ``position``, or None.

    "chậm nhất trước ngày X" counts as "chậm nhất"; an hour makes every cue inclusive of its day.
    """
    left = line.before(position)
    offset = position - len(left)
    for name, word, pattern, rule in _CUES:
        match = pattern.search(left) if word in left else None
        if match is None:
            continue
        words = match.group()
        if rule == ON and name in ("limit", "label") and re.search(r"\btruoc\b", words):
            rule = BEFORE
        if re.search(CLOCK, words):
            rule = ON
        return Cue(offset + match.start(), name, rule)
    latest, before = _TORN_LATEST.search(left), _TORN_CUE.search(left)
    if latest is not None and all(_nearly(latest[name], word) for name, word in _LATEST.items()):
        return Cue(offset + latest.start(), "latest", ON)
    if before is not None and _nearly(before["cue"], "truoc") and _nearly(before["day"], "ngay"):
        return Cue(offset + before.start("cue"), "before", ON if before["clock"] else BEFORE)
    return None


# "kế hoạch trực ngày 20/3": near to "trước ngày", and yet what it says.
_WORDS_OF_THEIR_OWN = frozenset({"truc", "ngang", "nga", "thuoc", "duoc", "tham", "nhan", "truong"})


def _nearly(word: str, proper: str) -> bool:
    """Whether a scan may have made ``word`` of ``proper``: at most one letter differs, is lost or is added."""
    if word in _WORDS_OF_THEIR_OWN:
        return False
    if len(word) == len(proper):
        return sum(a != b for a, b in zip(word, proper, strict=True)) <= 1
    longer, shorter = sorted((word, proper), key=len, reverse=True)
    return len(longer) == len(shorter) + 1 and any(
        longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))
    )


def is_deadline(line: Line, cue: Cue, end: int, *, past: bool) -> bool:
    """Whether cue and surroundings make the date ending at ``end`` a deadline. ``past``: it lies before the reference."""
    left, right = _before(line, cue.start), line.after(end)
    if _UNDONE_AFTER.search(right) and past:
        return False
    if cue.name == "before":
        quoted = past and re.search(r"\bso\b[^.;]{0,200}\b(?:yeu cau|de nghi|ve viec|thoi gian|giao)\b", left)
        return not (_PAST_BEFORE.search(left) or _TRANSITION_AFTER.search(right) or quoted)
    if cue.name in ("latest", "limit"):
        return not re.search(r"\b(?:hieu luc|su dung|bao hanh)\b[^.;]{0,20}$", left)
    if cue.name == "until" and re.search(r"\bcho\s*$", left):
        return False  # "trực 24/24 giờ cho đến hết ngày X": how long, not by when
    if cue.name == "until" and _RESULTS_SINCE.search(left):
        return False  # "báo cáo kết quả thực hiện … từ ngày X đến ngày Y": of what days the results are
    if cue.name == "label":
        return not _DATA_BEFORE.search(left + line.flat[cue.start : end])
    if _DONE.search(left):
        return True
    worked = bool(_WORK_BEFORE.search(left) or _WORK_AFTER.search(right)) or cue.name == "done"
    left = _CLAUSES.split(left)[-1]
    if cue.name == "within" and _RESULT_REPORTED.search(left):
        return True
    if not worked or _STATE_BEFORE.search(left) or _DATA_BEFORE.search(left) or _PAST_BEFORE.search(left):
        return False
    return not (cue.name in ("at", "within") and _EVENT_BEFORE.search(left))


def _before(line: Line, position: int) -> str:
    """The flat text before a cue, with "tỉnh" told from "tính": "gửi UBND tỉnh đến hết ngày" counts nothing."""
    left, start = line.before(position, 260), max(0, position - 260)
    for match in _PROVINCE.finditer(line.text, start, position):
        left = left[: match.start() - start] + "TINH" + left[match.end() - start :]
    return left


def is_cited(line: Line, start: int) -> bool:
    """Whether the date at ``start`` is that of a cited document: "số 12/KH-UBND ngày …"."""
    return _NUMBER_BEFORE.search(line.before(start, 60)) is not None
