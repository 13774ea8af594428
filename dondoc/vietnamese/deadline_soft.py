"""Deadlines without a date: those that count from an event, and those that name a season or "ngay sau khi …"."""

from __future__ import annotations

import re

from dondoc.vietnamese.deadline_dates import CLOCK, WrittenDate
from dondoc.vietnamese.deadline_phrase import DeadlinePhrase, Line

_COUNT = r"\d{1,3}\s*(?:\([^)\n]{2,30}\)\s*)?(?:ngay|gio|tuan|thang)(?:\s+lam viec)?(?:\s+lien tuc)?"
_CLAUSE = r"[^.,;:()\n]{0,20}(?:\n?[^.,;:()\n]){0,110}"
_FROM_EVENT = re.compile(
    rf"\b(?:(?:trong|trong vong|trong thoi han|thoi han|sau|khong qua|cham nhat(?: la| sau| trong)*|toi da|han"
    rf"|trong thoi gian)\s+)*{_COUNT}\s*,?\s*(?:ke tu|tu khi|tu ngay|sau khi|sau ngay|truoc khi|truoc ngay"
    rf"|truoc thoi diem"
    rf"|tinh tu)\b{_CLAUSE}"
)
_WITHIN = re.compile(rf"\b(?:trong (?:vong|thoi han)|thoi han|cham nhat(?: la| trong| sau)*|khong qua)\s+{_COUNT}\b")
_NEXT_WORKING_DAY = re.compile(r"\b(?:cham nhat|truoc)[^.;,]{0,25}ngay (?:lam viec )?(?:tiep theo|ke tiep|hom sau)\b")
_COUNT_HINT = re.compile(r"\d|\b(?:tiep theo|ke tiep|hom sau)\b")
_SOFT_HINT = re.compile(
    r"\b(?:nam hoc|hoc ky|he|tet|khai giang|nhiem ky|mua mua|ky hop|dai hoi|(?:cuoi|dau|giua) nam|tuan|som|gan nhat|ngay"
    r" (?:sau|khi))\b"
)
_PROJECT = re.compile(r"\b(?:thuc hien du an|du an|hop dong|bao hanh|dao tao|cong tac)[^.;]{0,20}:?\s*$")

_SEASON = (
    r"(?:nam hoc(?: moi| nay)?(?:\s+(?:19|20)\d\d\s*-\s*(?:19|20)?\d\d)?|hoc ky\s*(?:iii|ii|i|1|2)?(?: nam hoc)?"
    r"|dip he(?: nam)?(?: 20\d\d)?|he(?: nam)?(?: 20\d\d)?|(?:ky nghi )?tet(?: nguyen dan)?|(?:le )?khai giang|nhiem ky"
    r"|mua mua(?: bao)?|ky hop|dai hoi)"
)
_SEASONAL = re.compile(
    rf"\b(?:(?:vao|trong) dip (?:cuoi|dau|he|tet)|vao (?:cuoi|dau|dip)|truoc khi (?:het|ket thuc|khai giang|buoc vao"
    rf"|vao)"
    rf"|truoc(?: dip| ky| them)?|trong|xong trong|cuoi|dau|giua|het|ket thuc)\s*{_SEASON}"
    r"(?:\s+hoac truoc khi (?:het|ket thuc) \w+(?: \w+)?)?"
    r"|(?<!thang )\b(?:(?:vao|trong) (?:dip )?)?(?:cuoi|dau|giua) nam\b(?: 20\d\d| nay| sau)?"
    r"(?:\s+hoac truoc khi (?:het|ket thuc) \w+(?: \w+)?)?"
)
_SOONEST = re.compile(
    r"\b(?:trong |vao )?tuan (?:(?:thu )?\w{1,4}|dau|cuoi)(?: tien)? (?:cua )?thang \d{1,2}(?:\s?/\s?\d{4}"
    r"| nam \d{4})?(?!\s?\d)|"
    r"\b(?:trong )?thoi gian (?:som|ngan|nhanh) nhat(?: co the)?|\bsom nhat co the\b|\b(?:cang som cang tot)\b"
    r"|\btrong thoi gian gan nhat\b"
)
_RIGHT_AFTER = re.compile(rf"\bngay (?:sau )?(?:khi|sau)\b{_CLAUSE}")
_WORK_NEAR = re.compile(
    r"\b(?:hoan thanh|hoan tat|xong|bao cao|gui|nop|trinh|ban hanh|thuc hien|to chuc|trien khai|tien hanh|chuan bi"
    r"|khac phuc|giai quyet|ra soat)\b[^.;]{0,100}$"
)
_LEADS_TO_DAY = re.compile(
    rf"(?P<cue>\b(?:truoc|cham nhat(?: la| vao| den| trong)?|den het|han (?:chot|cuoi))\s+(?:{CLOCK}\s*)?ngay\b)"
    r"(?P<rest>[ \t]*[^\s.,;]{0,14})"
)
_UNREAD = re.compile(r"(?:trước|chậm nhất|đến hết|hạn)\b.*\bngày\b", re.IGNORECASE)
_SCOPE_BEFORE = re.compile(
    r"\b(?:nhiem vu|ket qua|ke hoach|chi tieu|tong ket|so ket|chuong trinh|cua|so voi|nhu|tu)\s*$"
)


def find_relative(line: Line) -> list[DeadlinePhrase]:
    """Phrases that count days or hours from or before an event; nothing is computed from them."""
    found: list[DeadlinePhrase] = []
    if _COUNT_HINT.search(line.flat) is None:
        return found
    for pattern in (_FROM_EVENT, _NEXT_WORKING_DAY, _WITHIN):
        for match in pattern.finditer(line.flat):
            bare = match.group()[0].isdigit() or match.group().startswith("thoi han")
            if bare and _PROJECT.search(line.before(match.start(), 40)):
                continue
            start, end = _trimmed(line, *match.span())
            if any(start < other.end and other.start < end for other in found):
                continue
            words = line.text[start:end]
            found.append(DeadlinePhrase(start, end, words, relative=words))
    return found


def find_soft(line: Line) -> list[DeadlinePhrase]:
    """Seasons and "ngay sau khi …" beside a verb of work: words from which staff must choose a day."""
    found: list[DeadlinePhrase] = []
    if _SOFT_HINT.search(line.flat) is None:
        return found
    for pattern in (_SEASONAL, _SOONEST, _RIGHT_AFTER):
        for match in pattern.finditer(line.flat):
            left = line.before(match.start())
            if pattern is _SEASONAL and (not _WORK_NEAR.search(left) or _SCOPE_BEFORE.search(left)):
                continue
            start, end = _trimmed(line, *match.span())
            if any(start < other.end and other.start < end for other in found):
                continue
            words = line.text[start:end]
            found.append(DeadlinePhrase(start, end, words, soft=words, urgent=pattern is _RIGHT_AFTER))
    return found


def find_unread(line: Line, dates: list[WrittenDate]) -> list[DeadlinePhrase]:
    """ "trước ngày" where a scan lost or tore the day that followed: a deadline there is, but nobody can read it here.

    ``dates`` are those of the line that can be read, whatever they mean.
    """
    found: list[DeadlinePhrase] = []
    read = {written.start for written in dates}
    for match in _LEADS_TO_DAY.finditer(line.flat):
        rest = line.text[match.start("rest") : match.end("rest")].strip("()\"'“”* ")
        event = len(rest) > 1 and rest.isalpha() and rest.islower()
        if event or not read.isdisjoint(range(match.end("cue"), match.end("cue") + 4)):
            continue
        words = line.text[match.start() : match.end()].rstrip()
        found.append(DeadlinePhrase(match.start(), match.start() + len(words), words, soft=words))
    return found


def is_unread(soft: str) -> bool:
    """Whether the words of a soft deadline are those before a day that could not be read."""
    return _UNREAD.match(soft) is not None


def _trimmed(line: Line, start: int, end: int) -> tuple[int, int]:
    while end > start and not line.flat[end - 1].isalnum():
        end -= 1
    return start, end
