"""The units whose names come nearest to one that the registry does not know: offered for choice, never taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from difflib import SequenceMatcher

from dondoc.rules.unit_model import Unit
from dondoc.rules.unit_words import key_of

# Words that half of all names have: sharing them brings no two names nearer.
_COMMON = frozenset(
    {
        "truong",
        "phong",
        "ban",
        "uy",
        "nhan",
        "dan",
        "xa",
        "huyen",
        "thi",
        "tran",
        "phuong",
        "quan",
        "tinh",
        "thanh",
        "pho",
    }
)
_LEAST = 0.5


def nearest(name: str, units: Sequence[Unit], on: date, limit: int = 4) -> list[Unit]:
    """Units that exist on a day and may be meant, the nearest first; none that has nothing in common with the name."""
    wanted = key_of(name)
    if not wanted:
        return []
    scored = [(score, unit) for unit in units if unit.is_valid(on) and (score := _score(wanted, unit)) >= _LEAST]
    scored.sort(key=lambda entry: (-entry[0], entry[1].code))
    return [unit for _, unit in scored[:limit]]


def _score(wanted: tuple[str, ...], unit: Unit) -> float:
    return max(_likeness(wanted, key_of(name)) for name in (unit.name, unit.short_name, *unit.aliases) if name)


def _likeness(wanted: tuple[str, ...], named: tuple[str, ...]) -> float:
    telling = {word for word in wanted if word not in _COMMON}
    shared = telling & set(named)
    if not shared and not _misspelt(telling, set(named) - _COMMON):
        return 0.0
    return SequenceMatcher(None, " ".join(wanted), " ".join(named), autojunk=False).ratio()


def _misspelt(words: set[str], named: set[str]) -> bool:
    return any(
        len(word) > 2 and SequenceMatcher(None, word, other, autojunk=False).ratio() >= 0.75
        for word in words
        for other in named
    )
