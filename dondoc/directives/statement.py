"""A duty in a register's words: without who orders it, who has it, and by when, since columns of their own say that."""

from __future__ import annotations

import re

from dondoc.directives.layout import flatten
from dondoc.directives.units_in_text import read_units
from dondoc.vietnamese.words import capital

_MAX_LETTERS = 260
_LEADS = re.compile(
    r"^[\s,:;.\-–'\"“”]*(?:(?:co trach nhiem|chiu trach nhiem"
    r"|khan truong)?\s*chu tri\W*(?:va\W*)?)(?:(?:phoi hop|cung)\b\W*(?:chat che\W*)?(?:voi|cung)?\s*)?"
)
_TRIM_FRONT = re.compile(r"^[\s,:;.\-–—+'\"“”*()_]+")
_OPENING = re.compile(r"^(?:ben canh do|ngoai ra|dong thoi|trong do|cung voi do|va|yeu cau|de nghi)\W+(?:can\W+)?")
_DONE = re.compile(
    r"[\s,;.(]*(?:\b(?:phải\s+)?(?:cơ bản\s+)?(?:hoàn thành|hoàn tất|xong|thời gian (?:hoàn thành|thực hiện)"
    r"|(?:tổ chức )?thực hiện xong|dự kiến))?[\s:,(]*$",
    re.IGNORECASE,
)
_SENT = re.compile(
    r"[\s,;]*(?:và\s+)?(?:gửi|nộp)\s+(?:báo cáo\s+|kết quả\s+|văn bản\s+)?(?:về|đến|cho)\s+[^;.]{3,160}$", re.IGNORECASE
)
_PURPOSE = re.compile(r"\s*,?\s*(?:để|đề|đê|nhằm)\s+(?:kịp thời\s+)?tổng hợp\b.*$", re.IGNORECASE | re.DOTALL)
_LIST_END = re.compile(
    r"[\s,]*(?:(?:theo )?(?:các |những |một số )?(?:nội dung|hướng dẫn|mẫu|đề cương|nhiệm vụ)"
    r"|cụ thể)?\s*(?:cụ thể )?(?:như )?sau(?: đây)?\W*$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"^\s*\((?:thứ|ngày|chủ nhật)[^)]{0,30}\)", re.IGNORECASE)
_TIME_LABEL = re.compile(r"^(?:Thời hạn|Thời gian|Hạn)\s+(?=nộp|gửi|báo cáo|đăng ký|nhận|hoàn)", re.IGNORECASE)
_THROUGH = re.compile(r"\s*\((?:gửi |thông )?qua[^)]*\)?", re.IGNORECASE)


def statement(text: str, deadline_text: str | None) -> str:
    """The duty of a stretch of text as one short line that begins with a capital."""
    words = re.sub(r"\s*\./\W*$", "", " ".join(text.split()))
    words = _without_roles(words)
    if deadline_text:
        words = _without_deadline(words, " ".join(deadline_text.split()))
    words = _THROUGH.sub("", _PURPOSE.sub("", words))
    shorter = _SENT.sub("", words).strip(" ,;.(")
    if len(shorter) >= 15:
        words = shorter
    words = _LIST_END.sub("", _without_opening(words))
    words = re.sub(r"\s+([,;.)])", r"\1", re.sub(r",?\s*\(\s*", " (", words))
    words = re.sub(r"[,;]\s*(?:gửi|nộp)$|\s(?:và|đồng thời)$", "", words.strip(" ,;:.(-–—"))
    words = _shortened(_closed(words))
    return capital(words) if words else capital(" ".join(text.split()))


def _closed(words: str) -> str:
    return words + ")" if words.count("(") > words.count(")") else words


def _without_opening(words: str) -> str:
    match = _OPENING.match(flatten(words))
    return words[match.end() :] if match else words


def _without_roles(words: str) -> str:
    """Without "chủ trì, phối hợp với …" at the front: both roles are told apart in their own columns."""
    words = words[_end(_TRIM_FRONT.match(words)) :]
    match = _LEADS.match(flatten(words))
    if match is None:
        return words
    position = match.end()
    if re.search(r"phoi hop|cung", match.group()):
        units = read_units(words, flatten(words), position)
        if units is None:
            return words
        position = units.end
    rest = words[position:].lstrip(" ,;:")
    if len(rest) < 15 or re.match(r"(?:trong|tại|về|theo|để|nhằm|đối với)\b", rest):
        return words
    return rest


def _end(match: re.Match[str] | None) -> int:
    return match.end() if match is not None else 0


def _without_deadline(words: str, deadline: str) -> str:
    deadline = deadline.rsplit(": ", 1)[-1]
    place = words.find(deadline)
    if place < 0:
        return words
    before, after = words[:place], _WEEKDAY.sub("", words[place + len(deadline) :])
    before = _TIME_LABEL.sub("", before)
    before = before[: _DONE.search(before).start()] if _DONE.search(before) else before  # type: ignore[union-attr]
    after = after.strip(" ,;.)*")
    if re.match(r"(?:để|đề|đê|nhằm)\b", after) or not after:
        return before if len(before) >= 6 else words
    return f"{before.rstrip(' ,;.(')}, {after}" if len(before) >= 6 else after


def _shortened(words: str) -> str:
    """At most some 240 letters: whole sentences first, then whole clauses, then words."""
    if len(words) <= _MAX_LETTERS:
        return words
    cut = -1
    for mark in (". ", "; ", ", "):
        cut = words.rfind(mark, 60, _MAX_LETTERS)
        if cut > 0:
            break
    if cut < 0:
        cut = words.rfind(" ", 60, _MAX_LETTERS)
    return words[: cut if cut > 0 else _MAX_LETTERS].rstrip(" ,;.(") + " …"
