"""What a reply mentions besides its meaning: task codes, letters of a list, its own document's number, a reason."""

from __future__ import annotations

import re

from dondoc.vietnamese.phrases import Cue, Hit
from dondoc.vietnamese.reading import Reading
from dondoc.vietnamese.reply_groups import GROUPS

_CODE = re.compile(r"(?<![\w/])(?:NV[-–_ ]{0,2}|#)(\d{1,5})(?![\w/])", re.IGNORECASE)
_LETTER = re.compile(
    r"(?<![\w&/-])([A-DF-HJ-Z]\d{0,2}|[A-Ha-h]\d{1,2}|(?<=việc )[A-Ha-h])(?![\w&/-])(?!\s+(?:ơi|oi)\b)"
)
_LETTERS_ONLY = re.compile(r"(?:[A-Z]\d{0,2}|[a-h]\d{1,2}|và|va|với|voi|việc|viec|[\s,;.+&])+$")
_EVERYTHING = Cue(
    "all tasks",
    """
    cả|hết|tất_cả|toàn_bộ [FEW|hai|ba|bốn|năm|các|những] việc|nhiệm_vụ|đầu_việc|mục|nội_dung|cái !này
    cả|ca hai|ba|bốn|2|3|4|5 !tuần|ngày|tháng|năm|bản|trường|xã|thôn
    tất_cả đã|đều|xong|rồi|nộp
    """,
    GROUPS,
)
_OWN_NUMBER = re.compile(
    r"(?P<about>(?:theo|thực hiện|căn cứ|thuc hien|can cu|tại|tai|trong)\s+(?:[^\s,;.]+\s+){0,4})?"
    r"(?P<kind>(?:phiếu giao việc|phieu giao viec|thông báo|thong bao|TB|công văn chỉ đạo)\s+)?"
    r"(?:(?:số|so|SỐ|Số)(?:\s+(?:đi|di|hiệu|hieu|công văn|cong van|văn bản|van ban|là|la))*\s*[:.]?\s*)?"
    r"(?<![\w/.,-])(?P<number>\d{1,5}(?:/[^\W\d_][\w.&-]*(?:/[\w.&-]*\w)?)?)(?![\w/%])"
)
_NUMBER_WORD = re.compile(
    r"(?:số|so)(?:\s+(?:đi|di|hiệu|hieu|công văn|cong van|văn bản|van ban|là|la))*\s*[:.]?\s*$", re.IGNORECASE
)
_REASON = re.compile(
    r"(?P<cue>(?:^|(?<=[\s,;.(:]))(?:vì lý do|vi ly do|lý do(?: là)?|ly do(?: la)?|nguyên nhân(?: do| là)?|vì|vi|do|bởi vì|bởi|tại vì|tại|để)\s*:?\s+)"
    r"(?P<reason>[^.;!?\n]{4,300})",
    re.IGNORECASE,
)
_TRIM = " \t\r\n,;.:!?-–()…"
_POLITE_END = re.compile(
    r"(?:[\s,]+(?:ạ|nhé|nha|nghen|nhe|a|với|anh ạ|chị ạ|anh ơi|chị ơi|anh nhé|chị nhé|ah|ak))+$", re.IGNORECASE
)
_POLITE_START = re.compile(r"^(?:(?:dạ|da|vâng|vang|thưa anh|thưa chị|anh ơi|chị ơi)[\s,]+)+", re.IGNORECASE)


def codes_in(text: str) -> tuple[str, ...]:
    """Task codes in one form: "nv12", "NV 012" and "#12" are NV-012."""
    return tuple(dict.fromkeys(f"NV-{int(match[1]):03d}" for match in _CODE.finditer(text)))


def letters_in(text: str) -> tuple[str, ...]:
    """Letters of a list: "A", "B và C1". Small letters count only with a number ("a1"): "a" and "c" are people."""
    if _LETTERS_ONLY.fullmatch(text.strip()) is None and re.search(r"\b[A-Z]\d{0,2}\b", text) is None:
        found = [m[1] for m in _LETTER.finditer(text) if m[1][0].islower()]
    else:
        found = [m[1] for m in _LETTER.finditer(text)]
    return tuple(dict.fromkeys(letter.upper() for letter in found if letter.lower() not in _NOT_LETTERS))


_NOT_LETTERS = frozenset(
    {"t2", "t3", "t4", "t5", "t6", "t7", "v", "z", "k", "r", "j", "h", "m", "c1", "c2", "c3", "m2", "m3"}
)


def names_everything(line: str) -> bool:
    """Whether all of a list is meant: "cả 3 việc xong"."""
    return _EVERYTHING.find(line) is not None


def own_document(text: str, *, asked: bool = False) -> str | None:
    """The number under which the unit sent its own document, as written: "45/BC-THCS", or "45" of "số 45 ngày 26/6".

    A number after "theo", "thực hiện", "thông báo" belongs to the directive. ``asked``: the bot asked for the number.
    """
    for match in _OWN_NUMBER.finditer(text):
        if match["about"] or match["kind"]:
            continue
        number = match["number"]
        said = "/" in number or _NUMBER_WORD.search(text[: match.start("number")]) is not None
        if said and not number.endswith(("/TB-UBND", "/TB-HU")):
            return number
        if asked:
            return number
    return None


def reason_of(reading: Reading, hit: Hit | None) -> str | None:
    """Why, in the writer's own words: what follows "vì", "do", "lý do", else the other clauses than the request's."""
    told = _REASON.search(reading.text)
    if told:
        return _trimmed(told["reason"])
    if hit is None:
        return None
    bounds = reading.clause(hit.start)
    parts = [part for part in _clauses(reading) if not (part[0] >= bounds[0] - 1 and part[1] <= bounds[1] + 1)]
    texts = [_trimmed(reading.source(start, end)) for start, end in parts]
    kept = [text for text in texts if len(text.split()) > 2]
    return ", ".join(kept) or None


def obstacle_of(reading: Reading) -> str | None:
    """The obstacle in the writer's own words: the message without its politeness."""
    return _trimmed(reading.text) or None


def _clauses(reading: Reading) -> list[tuple[int, int]]:
    bounds = [i for i, sign in enumerate(reading.line) if sign == "|"]
    return [(a + 2, b) for a, b in zip(bounds, bounds[1:], strict=False) if b > a + 2]


def _trimmed(text: str) -> str:
    text = _POLITE_START.sub("", text.strip(_TRIM))
    return _POLITE_END.sub("", text).strip(_TRIM)
