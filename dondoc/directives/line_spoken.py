"""Days and hours as people say them, written as the rules for deadlines read them.

"ngày mười lăm tháng mười", "mùng 5 tháng sau", "trước ngày 20" (the next such day), "4h chiều" (16 hours).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from dondoc.vietnamese.deadline_dates import make_date
from dondoc.vietnamese.text import strip_marks

_UNITS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
_ONE = "|".join(_UNITS)
_MARKED = frozenset(
    ("một", "mốt", "hai", "ba", "bốn", "tư", "năm", "lăm", "sáu", "bảy", "bẩy", "tám", "chín", "mười", "mươi")
)
# At most three words: "hai mươi mốt", "ba mươi"; the longest reading first.
_SPOKEN = rf"(?:(?:hai|ba) muoi(?: (?:{_ONE}))?|muoi(?: (?:{_ONE}))?|{_ONE})"
_NUMBER = rf"(?:\d{{1,2}}|{_SPOKEN})"
_WORDS = re.compile(
    rf"\b(?P<head>ngay|mung|mong|hom)\s+(?P<day>{_NUMBER})\s+thang\s+(?P<month>{_NUMBER})\b(?:\s+nam\s+(?P<year>20\d\d))?(?!\s*[/\d])"
    rf"|\b(?P<only>ngay|mung|mong)\s+(?P<alone>{_SPOKEN})\b(?!\s+(?:lam viec|nghi|thang|nua|toi|ke|sau|le|tet|am))"
)
_BY_MONTH = re.compile(
    r"\b(?:ngay\s+|mung\s+|mong\s+)?(?P<day>\d{1,2})\s+thang\s+(?P<which>nay|sau|toi)\b|\b(?:ngay|mung|mong)\s+(?P<next>\d{1,2})"
    r"\s+(?P<so>nay|toi)\b"
)
_CUE = r"(?:truoc|cham nhat|muon nhat|tre nhat|(?:thoi )?han(?: chot| cuoi| nop)?|den het|het|xong|chot)"
_BARE_DAY = re.compile(
    rf"\b{_CUE}(?:\s*(?:la|vao|truoc|trong|het|:))*\s+(?:ngay|mung|mong)\s+(?P<day>\d{{1,2}})\b"
    r"(?!\s*[/.\-:]\s*\d|\s*(?:thang|ngay|ha[nm]g|moi|lam viec|cua|gio|h\b|g\b|%|den\b|nguoi|hoc sinh"
    r"|truong|xa|phong|don vi)|\d)"
)
_AGAIN = re.compile(r"\b(?:ha[nm]g|moi|cac|dinh ky)\s+(?:thang|quy|nam)\b")
_HOUR = re.compile(
    r"\b(?P<hour>[1-9]|1[01])(?P<unit>\s*(?:gio|h|g|:)\s*)(?P<rest>[0-5]\d|ruoi|30)?\s*(?P<part>chieu|toi|trua)\b(?! thieu)"
)
_HALF = re.compile(r"\b(?P<hour>\d{1,2}\s*(?:gio|h|g))\s*ruoi\b")
_HOURS_IN_WORDS = re.compile(rf"\b(?P<hour>{_SPOKEN})\s+gio(?P<half>\s+ruoi)?\b(?!\s+hanh chinh)")
_LEADING_UNTIL = re.compile(r"(?P<lead>^\s*|[,;.:(]\s*)(?:den|toi|cho den)\s+het(?:\s+ngay)?\s+(?=\d{1,2}\s*/\s*\d)")
# Words of everyday speech that a microphone writes down before the order begins, or between its words.
_HUMMING = re.compile(
    r"^(?:(?:ờ|ừ|ừm|à|ơ|alo|dạ|vâng|thế|thì|này|em ơi|bot ơi|nhờ bot)\b[\s,.:]*)+"
    r"|\bcái (?=trường|phòng|xã|báo cáo|kế hoạch|danh sách)",
    re.IGNORECASE,
)
_CALL_OUT = re.compile(r"(?<!\w)@\w+\s*")


def write_days(text: str, today: date) -> str:
    """The line with days and hours in figures. Places in it are not those of the line as typed."""
    text = _CALL_OUT.sub("", _HUMMING.sub("", text))
    again = _AGAIN.search(strip_marks(text).lower()) is not None
    for pattern, written in (
        (_WORDS, _words),
        (_BY_MONTH, _by_month),
        (_BARE_DAY, _next_such_day),
        (_HOURS_IN_WORDS, _hours_in_words),
        (_HALF, _half),
        (_HOUR, _afternoon),
        (_LEADING_UNTIL, _until),
    ):
        if not (again and pattern is _BARE_DAY):  # "hằng tháng trước ngày 20" is every month's
            text = _replaced(text, pattern, written, today)
    return text


def _replaced(
    text: str, pattern: re.Pattern[str], written: Callable[[re.Match[str], str, date], str], today: date
) -> str:
    """What the pattern finds in the text without marks, replaced in the text itself."""
    flat = strip_marks(text).lower()
    if len(flat) != len(text):
        return text
    parts: list[str] = []
    last = 0
    for match in pattern.finditer(flat):
        parts += [text[last : match.start()], written(match, text[match.start() : match.end()], today)]
        last = match.end()
    return "".join((*parts, text[last:]))


def _words(match: re.Match[str], typed: str, today: date) -> str:
    spoken = [word for word in typed.lower().split() if not word.isdigit()]
    numbers = [word for word in spoken if word not in {"ngày", "mùng", "mồng", "mong", "mung", "hôm", "tháng", "năm"}]
    if not numbers or (not typed.isascii() and not _MARKED.issuperset(numbers)):
        return typed  # figures are read as they are; "tháng sau" is no "tháng sáu", "ngày làm" no "ngày lăm"
    if match["only"]:
        number = None if typed.isascii() and match["alone"] in {"lam", "sau"} else _number(match["alone"])
        return f"ngày {number}" if number else typed
    if typed.isascii() and match["month"] == "sau":
        return typed
    day, month = _number(match["day"]), _number(match["month"])
    if not (day and month and make_date(int(match["year"] or 2024), month, day)):
        return typed
    return f"ngày {day}/{month}" + (f"/{match['year']}" if match["year"] else "")


def _by_month(match: re.Match[str], typed: str, today: date) -> str:
    """ "ngày 5 tháng sau"; "ngày 20 tới" is the next such day."""
    if match["next"]:
        day = _upcoming(int(match["next"]), today)
    else:
        later = match["which"] != "nay"
        year, month = _month(today, 1) if later else (today.year, today.month)
        day = make_date(year, month, int(match["day"]))
    return f"ngày {day:%d/%m/%Y}" if day else typed


def _next_such_day(match: re.Match[str], typed: str, today: date) -> str:
    day = _upcoming(int(match["day"]), today)
    return f"{typed}/{day.month}/{day.year}" if day else typed


def _upcoming(number: int, today: date) -> date | None:
    """The next day of this number, today included; a month without it gives none: nobody can tell what was meant."""
    year, month = (today.year, today.month) if number >= today.day else _month(today, 1)
    return make_date(year, month, number)


def _month(today: date, ahead: int) -> tuple[int, int]:
    months = today.year * 12 + today.month - 1 + ahead
    return months // 12, months % 12 + 1


def _afternoon(match: re.Match[str], typed: str, today: date) -> str:
    hour = int(match["hour"])
    if match["part"] == "trua" and hour in (10, 11):
        return typed
    shown = typed[match.start("part") - match.start() :]
    return f"{hour + 12}h{match['rest'] or '00'} {shown}"


def _half(match: re.Match[str], typed: str, today: date) -> str:
    return re.sub(r"\D", "", match["hour"]) + "h30"


def _hours_in_words(match: re.Match[str], typed: str, today: date) -> str:
    number = _number(match["hour"])
    return f"{number}h{'30' if match['half'] else '00'}" if number and number <= 24 else typed


def _until(match: re.Match[str], typed: str, today: date) -> str:
    return f"{match['lead']}chậm nhất ngày "


def _number(words: str) -> int | None:
    """The number that figures or up to three words say: 15, "mười lăm", "hai mươi mốt"."""
    if words.isdigit():
        return int(words)
    first, *rest = words.split()
    if first == "muoi":
        return 10 + (_UNITS.get(rest[0], 0) if rest else 0)
    if rest and rest[0] == "muoi":
        return 10 * _UNITS[first] + (_UNITS.get(rest[1], 0) if len(rest) > 1 else 0)
    return _UNITS.get(first)
