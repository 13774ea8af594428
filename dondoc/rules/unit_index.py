"""Looks units up by the ways in which they may be called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dondoc.rules.group_grammar import Home
from dondoc.rules.unit_kinds import COMMITTEES, PRIVATE_SCHOOLS, SCHOOLS, Kind, as_kind
from dondoc.rules.unit_model import Unit
from dondoc.rules.unit_names import Key, Strength, keys_of, proper_name, without_number
from dondoc.rules.unit_words import MARKS_INSIDE_NAMES, Word, marks_of, nfc_words

_LONGEST = 24
_TYPES: tuple[tuple[str, frozenset[Kind]], ...] = (
    ("tieu hoc", frozenset({Kind.PRIMARY, Kind.PRIMARY_LOWER})),
    ("cap 1", frozenset({Kind.PRIMARY, Kind.PRIMARY_LOWER})),
    ("trung hoc co so", frozenset({Kind.LOWER_SECONDARY, Kind.PRIMARY_LOWER, Kind.MULTI_LEVEL})),
    ("cap 2", frozenset({Kind.LOWER_SECONDARY, Kind.PRIMARY_LOWER, Kind.MULTI_LEVEL})),
    ("trung hoc pho thong", frozenset({Kind.UPPER_SECONDARY, Kind.MULTI_LEVEL})),
    ("cap 3", frozenset({Kind.UPPER_SECONDARY, Kind.MULTI_LEVEL})),
    ("mam non", frozenset({Kind.PRESCHOOL, Kind.PRIVATE_PRESCHOOL})),
    ("mau giao", frozenset({Kind.PRESCHOOL, Kind.PRIVATE_PRESCHOOL})),
    ("tu thuc", PRIVATE_SCHOOLS),
    ("dan lap", PRIVATE_SCHOOLS),
    ("xa", COMMITTEES),
    ("phuong", COMMITTEES),
    ("thi tran", COMMITTEES),
    ("tt", COMMITTEES),
)
_DISTRICTS = frozenset({"huyen", "quan", "thi xa", "thanh pho", "tinh"})
_BODY_LEVELS = frozenset({"huyen", "tinh", "thanh", "thi", "quan", "dang", "xa", "phuong"})
_COMMUNES = frozenset({"xa", "phuong", "thi tran"})
_MANY_KINDS = frozenset({"tieu hoc", "trung hoc co so", "trung hoc pho thong", "mam non", "mau giao"})
# Schools are offered first: most lines are about them.
_ORDER = {kind: i for i, kind in enumerate((
    Kind.PRIMARY, Kind.PRIMARY_LOWER, Kind.LOWER_SECONDARY, Kind.MULTI_LEVEL, Kind.PRESCHOOL, Kind.PRIVATE_PRESCHOOL,
    Kind.PRIVATE_SCHOOL, Kind.UPPER_SECONDARY, Kind.CONTINUING, Kind.COMMUNE_COMMITTEE, Kind.TOWNSHIP_COMMITTEE,
    Kind.WARD_COMMITTEE, Kind.OWN_COMMITTEE,
))}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hit:
    """Units that the words from some place up to ``end`` may mean.

    ``sure`` is False where the name fits only nearly (another type of school, other tone marks). ``head`` are the words
    of the type, which a following bare name shares: "TH Bình Chánh, Bình Trị".
    """

    end: int
    strength: Strength
    units: tuple[Unit, ...]
    sure: bool = True
    head: Key = ()
    elsewhere: bool = False
    several: bool = False


class UnitIndex:
    """All keys of all units."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._by_key: dict[Key, dict[int, tuple[Strength, Unit]]] = {}
        self._by_place: dict[Key, list[Unit]] = {}
        for position, unit in enumerate(units):
            kind = as_kind(unit.kind)
            others = tuple(name for name in (unit.short_name, *unit.aliases) if name)
            for key, strength in keys_of(kind, unit.code, unit.name, others):
                entry = self._by_key.setdefault(key, {})
                known = entry.get(position)
                if key and (known is None or strength < known[0]):
                    entry[position] = (strength, unit)
            for name in (unit.name, *others):
                place = proper_name(kind, name)
                for key in {place, without_number(place)}:
                    if key and unit not in self._by_place.setdefault(key, []):
                        self._by_place[key].append(unit)

    def at(self, words: Sequence[Word], start: int, head: Key = ()) -> Hit | None:
        """The longest name that begins at a word. ``head`` is the type of a unit named just before in the same list."""
        if is_head(words[start]):
            return None
        hits = [self._exact(words, start), self._several_types(words, start), self._nearly(words, start)]
        bare = " ".join(head)
        best = max(filter(None, hits), key=lambda hit: (hit.end, -hit.strength, hit.sure), default=None)
        if head and (best is None or best.strength == Strength.PLACE):
            borrowed = self._exact(words, start, head) or self._nearly(words, start, bare.removeprefix("truong "))
            if borrowed and (best is None or borrowed.end >= best.end):
                best = borrowed
        return best

    def _exact(self, words: Sequence[Word], start: int, head: Key = ()) -> Hit | None:
        key = list(head)
        best: Hit | None = None
        comma = False
        for j in range(start, min(start + _LONGEST, len(words))):
            word = words[j]
            if word.is_mark:
                if j == start or (word.text not in MARKS_INSIDE_NAMES and word.text != ","):
                    break
                comma = comma or word.text == ","
                continue
            if word.text == "so" and j + 1 < len(words) and words[j + 1].text.isdigit():
                continue
            key.append(word.text)
            found = self._entry(tuple(key), comma)
            if found and (not head or found[0] <= Strength.USUAL):
                best = self._hit(words[start : j + 1], j + 1, found, key)
        return best

    def _entry(self, key: Key, comma: bool) -> tuple[Strength, tuple[Unit, ...]] | None:
        entries = list(self._by_key.get(key, {}).values())
        if comma:
            entries = [entry for entry in entries if entry[1].kind not in SCHOOLS | COMMITTEES]
        if not entries:
            return None
        surest = min(strength for strength, _ in entries)
        return surest, tuple(unit for strength, unit in entries if strength == surest)

    def _hit(self, words: Sequence[Word], end: int, found: tuple[Strength, tuple[Unit, ...]], key: list[str]) -> Hit:
        strength, units = found
        fitting = tuple(unit for unit in units if _marks_fit(words, unit))
        chosen = fitting or units
        head: Key = ()
        if len(chosen) == 1 and strength <= Strength.USUAL:
            place = _place_of(chosen[0])
            if place and tuple(key[-len(place) :]) == place:
                head = tuple(key[: -len(place)])
        return Hit(end, strength, ordered(chosen), sure=bool(fitting), head=head)

    def _several_types(self, words: Sequence[Word], start: int) -> Hit | None:
        """ "MN và TH Bình Chánh": several types that share one name."""
        types: list[Key] = []
        at = start
        while True:
            if at < len(words) and words[at].text == "truong":
                at += 1
            phrase = _phrase_at(words, at, _MANY_KINDS)
            if not phrase:
                return None
            types.append(tuple(phrase.split()))
            at += len(types[-1])
            if at < len(words) and words[at].text in {",", "va", "&", "-", "+"}:
                at += 1
            else:
                break
        if len(types) < 2:
            return None
        found = [self._exact(words, at, kind) for kind in types]
        hits = [hit for hit in found if hit is not None]
        if len(hits) < len(types) or len({hit.end for hit in hits}) > 1 or any(len(hit.units) > 1 for hit in hits):
            return None
        units = tuple(dict.fromkeys(unit for hit in hits for unit in hit.units))
        return Hit(hits[0].end, Strength.USUAL, units, sure=all(hit.sure for hit in hits), several=True)

    def _nearly(self, words: Sequence[Word], start: int, borrowed: str = "") -> Hit | None:
        """A type and a place of which no unit has exactly this name: "trường Bình Chánh", "TH Bình Trị" for a TH&THCS."""
        at = start
        phrase, school = borrowed, False
        if not borrowed:
            school = at < len(words) and words[at].text == "truong"
            at += school
            phrase = _phrase_at(words, at, frozenset(name for name, _ in _TYPES))
            at += len(phrase.split())
        if not (phrase or school):
            return None
        kinds = next((kinds for name, kinds in _TYPES if name == phrase), SCHOOLS)
        best: Hit | None = None
        key: list[str] = []
        for j in range(at, min(at + 8, len(words))):
            if words[j].is_mark:
                break
            if words[j].text == "so" and j + 1 < len(words) and words[j + 1].text.isdigit():
                continue
            key.append(words[j].text)
            units = tuple(unit for unit in self._by_place.get(tuple(key), ()) if unit.kind in kinds)
            fitting = tuple(unit for unit in units if _marks_fit(words[at : j + 1], unit)) or units
            if fitting:
                sure = not phrase and len(fitting) == 1 and _place_of(fitting[0]) == tuple(key)
                best = Hit(j + 1, Strength.USUAL, ordered(fitting), sure=sure)
        return best


def is_head(word: Word) -> bool:
    """Whether a word is "trưởng" (head), which without its marks looks like "trường" (school)."""
    return word.text == "truong" and marks_of(word.source) == marks_of("trưởng")


def ordered(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Units in the order in which they are offered for choice."""
    return tuple(sorted(units, key=lambda unit: _ORDER.get(as_kind(unit.kind), len(_ORDER))))


def _place_of(unit: Unit) -> Key:
    return proper_name(as_kind(unit.kind), unit.name)


def _phrase_at(words: Sequence[Word], at: int, phrases: frozenset[str]) -> str:
    best = ""
    first = words[at].text if at < len(words) else "\0"
    for phrase in phrases:
        if not phrase.startswith(first):
            continue
        parts = phrase.split()
        if len(phrase) > len(best) and [word.text for word in words[at : at + len(parts)]] == parts:
            best = phrase
    return best


def _marks_fit(words: Sequence[Word], unit: Unit) -> bool:
    """Whether the tone marks that were written agree with a name of the unit; words without marks agree with all."""
    marked = [word for word in words if not word.short and word.source.lower() != word.text]
    if not marked:
        return True
    return any(_agrees(marked, name) for name in (unit.name, unit.short_name, *unit.aliases) if name)


def _agrees(marked: Sequence[Word], name: str) -> bool:
    in_name = nfc_words(name)
    for word in marked:
        same = [source for text, source in in_name if text == word.text]
        if same and all(marks_of(source) != marks_of(word.source) for source in same):
            return False
    return True


def with_locality(hit: Hit, words: Sequence[Word], home: Home) -> Hit:
    """The hit together with the territory named after it: "huyện", "huyện Bình Sơn", "xã Bình Chánh".

    Another territory than the office's own makes it another unit ("Công an xã Bình Chánh" is not Công an huyện), which is
    noted; a commune after a school only says where the school lies.
    """
    at = hit.end
    of_schools = all(unit.kind in SCHOOLS for unit in hit.units)
    # After a comma only a district with its name goes with the unit; "huyện ủy" and "huyện đoàn" are bodies of their own.
    if at < len(words) and words[at].text == "," and (after := _phrase_at(words, at + 1, _DISTRICTS)):
        named = at + 1 + len(after.split())
        if (
            _place_end(words, named) == named
            and tuple(w.text for w in words[named : named + len(home.name)]) != home.name
        ):
            return hit
        at += 1
    if body_of_territory(words, at):
        return hit
    if (
        home.level
        and all(unit.kind == Kind.OWN_COMMITTEE for unit in hit.units)
        and words[at - 1].text in home.level.split()
    ):
        end = _place_end(words, at)
        return replace(hit, end=end, elsewhere=end > at)
    each = at < len(words) and words[at].text == "cac" and not of_schools
    level = _phrase_at(words, at + each, _DISTRICTS | _COMMUNES)
    if not level:
        return hit
    at += each + len(level.split())
    if home.name and tuple(word.text for word in words[at : at + len(home.name)]) == home.name:
        return replace(hit, end=at + len(home.name), elsewhere=level != home.level and not of_schools)
    start = at
    at = _place_end(words, at)
    if of_schools and level in _COMMUNES:
        return replace(hit, end=at) if at > start else hit
    elsewhere = bool(home.level) and (each or level != home.level or at > start)
    return replace(hit, end=at, elsewhere=elsewhere)


def body_of_territory(words: Sequence[Word], at: int) -> bool:
    """Whether "Huyện ủy", "Tỉnh đoàn" or the like stands here."""
    here = [word.text for word in words[at : at + 2]]
    return len(here) == 2 and here[0] in _BODY_LEVELS and here[1] in {"uy", "doan", "doi"}


def _place_end(words: Sequence[Word], start: int) -> int:
    """The word after a place's name of at most three words, told by their capital letters."""
    at = start
    while at < len(words) and at < start + 3 and _is_place_word(words[at]):
        at += 1
    return at


def _is_place_word(word: Word) -> bool:
    return not word.is_mark and not word.short and word.capital and not re.fullmatch(r"[A-ZĐ0-9]{2,}", word.source)
