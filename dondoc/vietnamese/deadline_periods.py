"""Deadlines that are the end of a period: a month, a quarter, half a year, a year."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dondoc.vietnamese.deadline_dates import month_end, next_such_day
from dondoc.vietnamese.deadline_phrase import ON, DeadlinePhrase, Line

_YEAR = r"(?:19|20)\s?\d\s?\d"
_OF_YEAR = rf"(?:\s*(?:/|-|,?\s*nam)\s*(?P<year>{_YEAR})(?!\d)|\s+nam (?P<by>nay|sau|toi|tiep theo))?"
_PERIOD = re.compile(
    rf"\bthang\s*(?P<month>0?[1-9]|1[0-2])(?!\s?\d|\s?,\s?\d){_OF_YEAR}"
    rf"|\bquy\s*(?P<torn>[1-4])(?P<tyear>20\d\d)(?!\d)"  # "quý 12020": a scan lost the slash
    rf"|\bquy\s*(?P<quarter>iv|[il1|]{{1,3}}|[1-4])(?![\w]){_OF_YEAR.replace('year', 'qyear').replace('<by', '<qby')}"
    rf"|\b(?P<months>0?[369]) thang (?:dau|cuoi)(?: nam)?{_OF_YEAR.replace('year', 'hyear').replace('<by', '<hby')}"
    rf"|\bnam (?P<whole>{_YEAR})(?!\d)|\b(?P<this>nam nay)\b"
)
_DO = (
    r"(?:hoan thanh|hoan tat|xong|ban hanh|trinh|phe duyet|tham muu|xay dung|trien khai|khoi cong|ban giao"
    r"|nghiem thu|khanh thanh|giai ngan|thuc hien xong"
    r"|bao cao (?:ket qua )?(?:chu tich |thuong truc |lanh dao )?(?:ubnd|uy ban|hdnd|huyen uy|tinh uy|thanh uy|dang uy"
    r"|thu tuong|chinh phu|ban thuong vu|ban chi dao)"
    r"|ky ket|khac phuc|giai quyet dut diem|to chuc|(?:bao cao|gui|nop)\b[^.;,]{0,60}\bve)"
)
_WITHIN = re.compile(
    r"(?P<cue>\b(?:cham nhat|muon nhat|han chot|han cuoi|thoi han)(?:\s*(?:la|vao|trong|den|het|cuoi|:))*"
    r"|\b(?:thoi (?:gian|han)|tien do) (?:hoan thanh|nop|gui|bao cao|trinh)[^.;:]{0,40}?:?\s*(?:la|vao|trong|den"
    r"|truoc)?"
    r"|\b(?:xong|hoan thanh|hoan tat)(?:\s*(?:truoc|trong|vao|den|het|cuoi|:))*"
    r"|\bngay trong|\bden het|\btruoc)\s*$"
)
_LOOSE = re.compile(
    rf"(?s:.*)\b(?P<do>{_DO})\b(?P<between>[^.;]{{0,160}}?)(?P<cue>\b(?:ngay )?(?:trong|vao|den|cuoi))\s*$"
)
_EVENT = re.compile(
    r"(?s:.*)\b(?P<do>so ket|tong ket|ra soat|kiem tra|thanh tra|khao sat|mo \d+ lop|mo (?:cac )?lop|tap huan|dai hoi"
    r"|thanh lap|kien toan|tuyen dung|bo tri|xu ly|giai quyet|nang cap|sua chua|mua sam|chi tra|ban hanh)\b"
    r"(?P<between>[^.;]{0,90}?)(?P<cue>\b(?:ngay )?(?:trong|vao))\s*$"
)
_STANDS_LAST = re.compile(r"\s*(?:[.;)|]|/\.|$)")
_OTHER_PERIODS = re.compile(r"(?P<cue>\b(?:trong|vao)\s+)(?:(?:thang|quy)\s*(?:\d{1,2}|[ivl1]{1,3})\s*(?:,|va)\s*)+$")
"""The periods before the last one of several: "trong quý II, quý III năm 2022"."""

_PAREN = re.compile(r"[(|]\s*(?P<cue>(?:trong|vao))\s*$")
_NOT_LOOSE = re.compile(
    r"\b(?:ket qua|tinh hinh|so lieu|phat sinh|da|nhiem vu|cong tac|chi tieu|hoi nghi|phong trao|vi pham"
    r"|du kien to chuc"
    r"|dat|phan dau)\b"
)
_NOUN_OF = re.compile(r"\b(?:ket qua|tinh hinh|cong tac|nhiem vu|so lieu|viec|tien do)\s+(?:\w+\s+){0,2}$")
_HORIZON_AFTER = re.compile(
    r"^\s*(?:va (?:(?:cac|nhung) (?:nam|thang|quy)|ke hoach|phuong huong|du kien|nhiem vu)|,?\s*(?:tam nhin"
    r"|dinh huong)|-\s*20|\s*(?:va|,) (?:nam|thang|quy)\b|,\s*\d)"
)
_DURATION_BEFORE = re.compile(r"\b(?:nam hoc|giai doan|nhiem ky|ngay \d{1,2})\s*$")
_DONE_BEFORE = re.compile(r"\bda\b[^.;,]{0,60}$")


def find_period_ends(line: Line, reference: date) -> list[DeadlinePhrase]:
    """Phrases like "hoàn thành trong tháng 8/2020", "xong trong quý I"; the day is the last of the period.

    "trước tháng 10" ends on 30 September. A period without a cue, and one that is data or scope, gives nothing.
    """
    found: list[DeadlinePhrase] = []
    if not ("thang" in line.flat or "nam" in line.flat or "quy" in line.flat):
        return found
    for match in _PERIOD.finditer(line.flat):
        left = line.before(match.start(), 240)
        several = _OTHER_PERIODS.search(left)
        others = len(left) - several.end("cue") if several is not None else 0
        left = left[: len(left) - others]
        if _DURATION_BEFORE.search(left) or _HORIZON_AFTER.match(line.after(match.end(), 40)):
            continue
        last = _STANDS_LAST.match(line.after(match.end(), 40)) is not None
        cue = _cue(left, whole_year=bool(match["whole"] or match["this"]), last=last)
        if cue is None or _DONE_BEFORE.search(left[: cue.start("cue")]):
            continue
        day = _last_day(match, reference)
        if day is None:
            continue
        words = cue["cue"]
        if words.strip().endswith("truoc"):
            day = _before(match, day)
        start = match.start() - others - len(left) + cue.start("cue")
        found.append(
            DeadlinePhrase(
                start, match.end(), line.text[start : match.end()], day=day, rule=ON, urgent=words.startswith("ngay")
            )
        )
    return found


def _cue(left: str, *, whole_year: bool, last: bool) -> re.Match[str] | None:
    """The words that make a period a deadline; ``last``: nothing follows it in its clause."""
    near = _WITHIN.search(left)
    if near is not None:
        if whole_year and re.fullmatch(r"(?:truoc|den het|ngay trong|(?:xong|hoan thanh|hoan tat))\s*", near["cue"]):
            return near if near["cue"].strip() in ("truoc", "den het") else None
        return near
    loose = _LOOSE.search(left)
    if loose is not None and not _NOT_LOOSE.search(loose["between"]) and not _NOUN_OF.search(left[: loose.start("do")]):
        if whole_year and len(loose["between"]) > 40:
            return None
        return loose
    event = _EVENT.search(left) if last and not whole_year else None
    if event is not None and not _NOUN_OF.search(left[: event.start("do")]):
        return event
    return _PAREN.search(left)


def _last_day(match: re.Match[str], reference: date) -> date | None:
    groups = match.groupdict()
    year_text = groups["year"] or groups["qyear"] or groups["tyear"] or groups["hyear"] or groups["whole"]
    by = groups["by"] or groups["qby"] or groups["hby"]
    year = int(re.sub(r"\s", "", year_text)) if year_text else None
    if by:
        year = reference.year + (by != "nay")
    if groups["this"]:
        year = reference.year
    month = _end_month(groups)
    if year is not None:
        return month_end(year, month)
    for candidate in (reference.year, reference.year + 1):
        day = month_end(candidate, month)
        if day is not None and day >= reference:
            return day
    return None


def _end_month(groups: dict[str, str | None]) -> int:
    if groups["month"]:
        return int(groups["month"])
    if groups["quarter"] or groups["torn"]:
        return 3 * quarter_number(groups["quarter"] or groups["torn"] or "")
    if groups["months"]:
        return int(groups["months"])
    return 12


def quarter_number(written: str) -> int:
    """1–4 of "I", "2", "IV" and of what a scan makes of Roman ones: "I1" is II, "1l" too, "Il1" is III."""
    if written == "iv":
        return 4
    if len(written) == 1 and written in "1234":
        return int(written)
    return len(written)


def _before(match: re.Match[str], day: date) -> date:
    if match["month"]:
        return day.replace(day=1) - timedelta(days=1)
    if match["quarter"] or match["torn"]:
        return (month_end(day.year, day.month - 2) or day).replace(day=1) - timedelta(days=1)
    return next_such_day(12, 31, date(day.year - 1, 1, 1)) or day
