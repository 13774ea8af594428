"""Which drafts staff mean: "3", "2, 4 và 5", "dự thảo 2-5", "tất cả", "còn lại"."""

from __future__ import annotations

import re
from dataclasses import dataclass

NOUN = r"(?:(?:cac\s+)?(?:du thao(?:\s+so)?|nhiem vu|muc|viec|so|nv|y)\s*)?"
_SOME = rf"{NOUN}\d{{1,3}}(?:\s*(?:-|\bden\b|\btoi\b)\s*\d{{1,3}})?(?![\w%/]|[.,]\d{{1,2}}/)"
NUMBERS = rf"{_SOME}(?:\s*(?:[,+&]|\bva\b)\s*{_SOME})*"
_NUMBERS = re.compile(NUMBERS)
_RANGE = re.compile(r"(\d{1,3})(?:\s*(?:-|den|toi)\s*(\d{1,3}))?")
_EVERYTHING = re.compile(
    r"(?:tat ca|toan bo)(?:\s+(?:cac\s+)?(?:du thao|nhiem vu|viec))?(?!\w)|het(?=\s*(?:$|[,;.!\n]))"
)
_OTHERS = re.compile(r"(?:(?:cac\s+)?(?:du thao|nhiem vu|viec|cai)\s+)?con lai(?!\w)")


@dataclass(frozen=True, slots=True)
class Which:
    """Which drafts are meant, and where the words end that say it. With nothing set the draft just shown is meant."""

    numbers: tuple[int, ...] = ()
    everything: bool = False
    others: bool = False
    end: int = 0


def which_at(flat: str, place: int) -> Which | None:
    """The drafts that the flat text names at this place; None if it names none there."""
    if match := _EVERYTHING.match(flat, place):
        return Which(everything=True, end=match.end())
    if match := _OTHERS.match(flat, place):
        return Which(others=True, end=match.end())
    match = _NUMBERS.match(flat, place)
    numbers = numbers_in(match.group()) if match else ()
    return Which(numbers, end=match.end()) if match and numbers else None


def numbers_in(flat: str) -> tuple[int, ...]:
    """The numbers of "2, 4-6 và 9"; empty if a range runs backwards."""
    found: list[int] = []
    for first, last in _RANGE.findall(flat):
        if last and int(last) < int(first):
            return ()
        found.extend(range(int(first), int(last or first) + 1))
    return tuple(dict.fromkeys(found))
