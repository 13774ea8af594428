"""What a reply mentions besides its meaning: task codes, letters of a list, its own document's number, a reason."""

from __future__ import annotations

import re
from itertools import pairwise

from dondoc.vietnamese.phrases import Cue, Hit
from dondoc.vietnamese.reading import Reading
from dondoc.vietnamese.reply_groups import GROUPS
from dondoc.vietnamese.reply_progress import DONE

_CODE = re.compile(r"(?<![\w/])(?:NV[-–_ ]{0,2}|#)(\d{1,5})(?![\w/])", re.IGNORECASE)
_LETTER = re.compile(r"(?<![\w&/.-])([A-DFGHLNPQS]|[A-Ha-h]\d{1,2}|(?<=việc )[a-h])(?![\w&/-])(?! ?(?:ơi|oi)\b)")
_SCHOOL_LEVELS = frozenset({"C1", "C2", "C3"})
_EVERYTHING = Cue(
    "all tasks",
    """
    cả|hết|tất_cả|toàn_bộ [FEW|hai|ba|bốn|năm|các|những] việc|nhiệm_vụ|đầu_việc|mục|nội_dung|cái !này
    cả|ca hai|ba|bốn|2|3|4|5 !tuần|ngày|tháng|năm|bản|trường|xã|thôn
    tất_cả đã|đều|xong|rồi|nộp
    """,
    GROUPS,
)
_NUMBER = re.compile(r"(?<!\S)(?:<number>|0*[1-9]\d{0,4}) ")
_NUMBER_WORD = re.compile(r"(?<!\S)(?P<of>\S+ )so (?:(?:di|hieu|cong van|van ban|la) )*$")
_NUMBERED_PARTS = frozenset(
    {"luc ", "bieu ", "mau ", "truong ", "khu ", "muc ", "bang ", "to ", "thon ", "thcs ", "th ", "mn "}
)
_NOT_OWN = Cue(
    "somebody else's document",
    """
    theo|thực_hiện|căn_cứ ... * $
    phiếu_giao_việc|thông_báo|chỉ_thị|công_văn_chỉ_đạo [số] $
    """,
    GROUPS,
)
_REASON = re.compile(
    r"(?:^|[\s,;.(:])"
    r"(?:(?:vì |do )?l[ýy] do(?: là| la)?|nguyên nhân(?: do| là)?|vì|vi|do|bởi(?: vì)?|tại(?: vì)?|để)\s*:?\s+"
    r"(?P<reason>[^.;!?\n]{4,300})",
    re.IGNORECASE,
)
_TRIM = " \t\r\n,;.:!?-–()…"
_POLITE_START = re.compile(r"^(?:(?:dạ|da|vâng|vang|thưa (?:anh|chị)|(?:anh|chị) ơi)[\s,]+)+", re.IGNORECASE)
_POLITE_END = re.compile(r"(?:[\s,]+(?:(?:anh|chị)\s(?:ạ|ơi|nhé)|ạ|nhé|nha|nghen|nhe|a|với|ah|ak))+$", re.IGNORECASE)


def codes_in(text: str) -> tuple[str, ...]:
    """Task codes in one form: "nv12", "NV 012" and "#12" are NV-012."""
    return tuple(dict.fromkeys(f"NV-{int(match[1]):03d}" for match in _CODE.finditer(text)))


def letters_in(text: str) -> tuple[str, ...]:
    """Letters of a list: "A", "B và C1". Small letters count only with a number ("a1"): "a" and "c" are people.

    E and K are left out where they stand alone: em, không. Whether there is such a list is for the caller to know.
    """
    found = dict.fromkeys(match[1].upper() for match in _LETTER.finditer(text))
    return tuple(letter for letter in found if letter not in _SCHOOL_LEVELS)


def names_everything(line: str) -> bool:
    """Whether all of a list is meant: "cả 3 việc xong"."""
    return _EVERYTHING.find(line) is not None


def own_document(reading: Reading, *, asked: bool = False) -> str | None:
    """The number under which the unit sent its own document, as written: "45/BC-THCS", or "45" of "số 45 ngày 26/6".

    A number after "theo", "thực hiện", "thông báo" belongs to the directive. ``asked``: the bot asked for the number.
    """
    for match in _NUMBER.finditer(reading.line):
        start = reading.line.rfind("|", 0, match.start())
        before = reading.line[start : match.start()]
        if _NOT_OWN.find(before + "|"):
            continue
        named = _NUMBER_WORD.search(before)
        numbered_part = named is not None and named["of"] in _NUMBERED_PARTS
        if "<" in match.group() or asked or (named and not numbered_part):
            return reading.source(match.start(), match.end() - 1)
    return None


def reason_of(reading: Reading, request: Hit | None) -> str | None:
    """Why, in the writer's own words: what follows "vì", "do", "lý do", else the clauses beside the request's.

    What is told as finished ("dự thảo xong rồi") is no reason.
    """
    if told := _REASON.search(reading.text):
        return _trimmed(told["reason"])
    if request is None:
        return None
    start, end = reading.clause(request.start)
    others = [(a, b) for a, b in _clauses(reading) if b <= start or a >= end]
    beside = [_trimmed(reading.source(a, b)) for a, b in others if not DONE.find(reading.line, a, b + 1)]
    return ", ".join(text for text in beside if len(text.split()) > 2) or None


def obstacle_of(reading: Reading) -> str | None:
    """The obstacle in the writer's own words: the message without its politeness."""
    return _trimmed(reading.text) or None


def _clauses(reading: Reading) -> list[tuple[int, int]]:
    bounds = [at for at, sign in enumerate(reading.line) if sign == "|"]
    return [(left + 2, right) for left, right in pairwise(bounds) if right > left + 2]


def _trimmed(text: str) -> str:
    text = _POLITE_START.sub("", text.strip(_TRIM))
    return _POLITE_END.sub("", text).strip(_TRIM)
