"""The registry of units: what a name in a directive or in a line of staff means.

Pure values: a registry is built from units and asked with a text and a day. What is ambiguous is handed back as candidates,
what usage leaves open as doubtful; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from dondoc.rules.group_grammar import GroupReader, Home
from dondoc.rules.groups import Group, Noun, Scope
from dondoc.rules.unit_index import Hit, UnitIndex, body_of_territory, ordered
from dondoc.rules.unit_kinds import (
    COMMITTEES,
    PRIVATE_SCHOOLS,
    PUBLIC_SCHOOLS,
    SCHOOLS,
    Kind,
    as_kind,
    is_clear_label,
    kind_of,
)
from dondoc.rules.unit_model import Resolution, Unit, UnitSpan
from dondoc.rules.unit_names import Strength, locality_of, proper_name
from dondoc.rules.unit_scan import Mention, Scanner
from dondoc.rules.unit_words import Word, key_of, read_words
from dondoc.vietnamese.text import fold, nfc

__all__ = [
    "COMMITTEES",
    "PRIVATE_SCHOOLS",
    "PUBLIC_SCHOOLS",
    "SCHOOLS",
    "Kind",
    "Registry",
    "Resolution",
    "Unit",
    "UnitSpan",
    "as_kind",
    "find_units",
    "is_clear_label",
    "kind_of",
]

_TERRITORIES = {
    "huyen": "huyện", "quan": "quận", "thi xa": "thị xã", "thanh pho": "thành phố", "tinh": "tỉnh",
    "xa": "xã", "phuong": "phường", "thi tran": "thị trấn", "dac khu": "đặc khu",
}  # fmt: skip
_BODIES_OF_SCHOOLS = frozenset(
    tuple(body.split())
    for body in ("chi bo", "dang bo", "cong doan", "chi doan", "lien doi", "hoi dong", "doan truong")
)
_VOWELS = frozenset("aeiouy")


class Registry:
    """Units that can be found by name. Building it costs about 0.1 ms a unit; keep it while the units do not change."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = tuple(units)
        self._by_id = {unit.id: unit for unit in units}
        self._by_code = {unit.code.casefold(): unit for unit in units if unit.code}
        self._index = UnitIndex(self.units)
        self._own = self._find_own()
        self.home = self._find_home()
        beginnings: dict[tuple[str, ...], int] = {}
        for unit in self.units:
            words = key_of(unit.name)
            for size in range(2, min(len(words), 8)):
                beginnings[words[:size]] = beginnings.get(words[:size], 0) + 1
        self._scanner = Scanner(self._index, GroupReader(self.home, beginnings))

    def by_code(self, code: str) -> Unit | None:
        """The unit with this code, any case."""
        return self._by_code.get(code.strip().casefold())

    @property
    def own_committee(self) -> Unit | None:
        """The committee whose office uses the program, if the registry tells which one that is."""
        return self._own

    def by_id(self, unit_id: int) -> Unit | None:
        """The unit with this id."""
        return self._by_id.get(unit_id)

    def successors_of(self, unit: Unit, on: date) -> tuple[Unit, ...]:
        """The units existing on a day that took over from a unit, or from those who did; people choose among them."""
        found: dict[int, Unit] = {}
        seen, waiting = {unit.id}, list(unit.successors)
        while waiting:
            next_id = waiting.pop(0)
            successor = self._by_id.get(next_id)
            if successor is None or next_id in seen:
                continue
            seen.add(next_id)
            if successor.is_valid(on):
                found[next_id] = successor
            else:
                waiting.extend(successor.successors)
        return tuple(found.values())

    def parent_of(self, unit: Unit) -> Unit | None:
        """The unit that a unit's "Đơn vị cấp trên" names for certain."""
        if not unit.parent:
            return None
        named = self.by_code(unit.parent)
        if named:
            return named
        wanted = key_of(unit.parent)
        same = [other for other in self.units if key_of(other.name) == wanted and other is not unit]
        return same[0] if len(same) == 1 else None

    def resolve(self, text: str, on: date) -> Resolution:
        """What a text that should name nothing but units means on a day."""
        composed = nfc(text)
        words = read_words(composed)
        mentions = self._scanner.all(words)
        if any(m.hit and not m.minus for m in mentions):
            mentions = [m for m in mentions if not m.heading]
        parts = [self._part(m, words, composed, on) for m in mentions if m.is_known and not m.minus]
        minus = [self._part(m, words, composed, on) for m in mentions if m.is_known and m.minus]
        unread = tuple(dict.fromkeys(_cut(composed, words, m) for m in mentions if not m.is_known))
        # "báo cáo về huyện": the territory alone is its committee, but only where nothing else is said.
        if not parts and self._own and " ".join(key_of(composed)) in self._home_words():
            parts, unread = [Resolution(composed, units=(self._own,))], ()
        return _together(composed, parts, minus, unread, all_groups=all(m.group for m in mentions if not m.minus))

    def find(self, text: str, on: date) -> list[UnitSpan]:
        """Every unit or group that a text names anywhere, in order. Places count in the composed (NFC) text."""
        composed = nfc(text)
        words = read_words(composed)
        spans: list[UnitSpan] = []
        head: tuple[str, ...] = ()
        at = 0
        while at < len(words):
            word = words[at]
            if word.is_mark:
                if word.text not in {",", "va", "&", "+", "-", ";"}:
                    head = ()
                at += 1
                continue
            mention = self._scanner.at(words, at, head)
            if (
                mention is None
                or (mention.hit and not _stands_out(words[mention.start : mention.end], mention))
                or _belongs_to_another(words, mention)
            ):
                head = ()
                at += 1
                continue
            resolution = self._part(mention, words, composed, on)
            start, end = words[mention.start].start, words[mention.end - 1].end
            weak = mention.hit is not None and _is_weak(words[mention.start : mention.end], mention.hit)
            spans.append(UnitSpan(start, end, composed[start:end], resolution, weak, mention.group is not None))
            head = mention.hit.head if mention.hit else ()
            at = mention.end
        return spans

    def _home_words(self) -> tuple[str, ...]:
        return (self.home.level, " ".join((self.home.level, *self.home.name))) if self.home.level else ()

    def _part(self, mention: Mention, words: Sequence[Word], text: str, on: date) -> Resolution:
        piece = _cut(text, words, mention)
        if mention.group:
            return self._members(mention.group, piece, on)
        hit = mention.hit
        if hit is None:
            return Resolution(piece, unknown=True)
        valid = tuple(unit for unit in hit.units if unit.is_valid(on))
        closed = () if valid else hit.units
        notes = ("other_locality",) if hit.elsewhere else ()
        if hit.sure and not hit.elsewhere and valid and (len(valid) == 1 or hit.several):
            return Resolution(piece, units=valid)
        return Resolution(piece, candidates=valid, closed=closed, notes=notes)

    def _members(self, group: Group, text: str, on: date) -> Resolution:
        members = group.members()
        sure: list[Unit] = []
        doubtful: list[Unit] = []
        excluded: list[Unit] = []
        for unit in self.units:
            if unit is self._own or not unit.is_valid(on) or not self._is_in(unit, group):
                continue
            if unit.kind in members.sure:
                under_other = group.scope is not Scope.AREA and _is_under_province(unit) and unit.kind in SCHOOLS
                (excluded if under_other else sure).append(unit)
            elif unit.kind in members.doubtful:
                doubtful.append(unit)
            elif unit.kind in members.excluded:
                excluded.append(unit)
        if group.place and not sure:
            sure, doubtful = [], [unit for unit in self.units if self._lies_in(unit, group, on)]
        notes = [note for note, holds in (("other_locality", group.elsewhere), ("vague", group.vague)) if holds]
        return Resolution(
            text,
            units=tuple(sure),
            group=group.name(_TERRITORIES.get(self.home.level, "huyện")),
            doubtful=tuple(doubtful),
            excluded=tuple(excluded),
            notes=tuple(notes),
        )

    def _is_in(self, unit: Unit, group: Group) -> bool:
        if group.noun == Noun.NAMED:
            return key_of(unit.name)[: len(group.beginning)] == group.beginning
        if group.of_schools and "truong" not in key_of(unit.name):
            return False
        if group.place and unit.kind in SCHOOLS:
            parent = self.parent_of(unit)
            return parent is not None and proper_name(as_kind(parent.kind), parent.name) == group.place
        return not (group.place and unit.kind in COMMITTEES)

    def _lies_in(self, unit: Unit, group: Group, on: date) -> bool:
        """Whether a school bears the name of the commune that was named; where it lies the registry does not say."""
        members = group.members()
        named = proper_name(as_kind(unit.kind), unit.name) if unit.kind in SCHOOLS else ()
        inside = " ".join(group.place) in " ".join(named)
        return inside and unit.kind in members.sure | members.doubtful and unit.is_valid(on)

    def _find_own(self) -> Unit | None:
        own = [unit for unit in self.units if unit.kind == Kind.OWN_COMMITTEE]
        if len(own) == 1:
            return own[0]
        above = {
            parent
            for unit in self.units
            if unit.kind in {Kind.OFFICE, Kind.DEPARTMENT} and (parent := self.parent_of(unit)) is not None
        }
        fitting = [unit for unit in above if unit.kind in COMMITTEES | {Kind.OWN_COMMITTEE}]
        return fitting[0] if len(fitting) == 1 else None

    def _find_home(self) -> Home:
        if self._own is None:
            return Home()
        words = " ".join(key_of(self._own.name))
        level = next((level for level in _TERRITORIES if f"nhan dan {level} " in f"{words} "), "")
        return Home(level, locality_of(self._own.name))


def find_units(text: str, registry: Registry, on: date) -> list[UnitSpan]:
    """Every unit or group that a line names, with its place: see ``Registry.find``."""
    return registry.find(text, on)


def _stands_out(words: Sequence[Word], mention: Mention) -> bool:
    """Whether a name is unlikely to be ordinary words: not short, or written as an abbreviation."""
    hit = mention.hit
    if hit is None or hit.strength == Strength.FULL:
        return len(words) > 1 or words[0].capital or any(letter.isdigit() for letter in words[0].text)
    if len(words) == 1 and hit.strength != Strength.PLACE:
        source = words[0].source
        return source.isupper() or (len(source) >= 3 and not _VOWELS & set(words[0].text))
    return len(words) > 1


def _is_weak(words: Sequence[Word], hit: Hit) -> bool:
    """Whether the name may be ordinary words too: a bare place, a department's task without "phòng" and not abbreviated."""
    if hit.strength <= Strength.USUAL or hit.head:
        return False
    if hit.strength == Strength.PLACE:
        return True
    abbreviated = all(word.short or word.is_mark for word in words) or (len(words) == 1 and words[0].source.isupper())
    return not (abbreviated or words[0].text in {"phong", "p"})


def _belongs_to_another(words: Sequence[Word], mention: Mention) -> bool:
    """Whether the name is only the end of another body's: "Công đoàn Trường …", "Chi bộ Trường …"."""
    if mention.hit and mention.hit.strength > Strength.FULL and body_of_territory(words, mention.end):
        return True
    before = tuple(word.text for word in words[max(0, mention.start - 2) : mention.start])
    if mention.hit is None:
        return False
    if mention.hit.strength > Strength.USUAL and (before[-1:] == ("phong",) or before == ("trung", "tam")):
        return True
    if not all(unit.kind in SCHOOLS for unit in mention.hit.units):
        return False
    return before in _BODIES_OF_SCHOOLS


def _is_under_province(unit: Unit) -> bool:
    return fold(unit.parent or "").startswith(("so ", "bo ", "tinh ", "sgd"))


def _cut(text: str, words: Sequence[Word], mention: Mention) -> str:
    return text[words[mention.start].start : words[mention.end - 1].end]


def _unique(units: Iterable[Unit]) -> tuple[Unit, ...]:
    return tuple(dict.fromkeys(units))


def _together(
    text: str, parts: Sequence[Resolution], minus: Sequence[Resolution], unread: tuple[str, ...], *, all_groups: bool
) -> Resolution:
    """The parts of a list as one answer; what stands after "trừ" is taken out of it."""
    taken = {unit for part in minus for unit in part.units}
    # "trừ Đông Hà": which of the members is meant has to be asked, so none of them is certain.
    perhaps = {unit for part in minus for unit in (*part.candidates, *part.doubtful)} - taken
    named = _unique(unit for part in parts for unit in part.units if unit not in taken)
    units = tuple(unit for unit in named if unit not in perhaps)
    sure = set(units) | taken
    names = [part.group for part in parts if part.group]
    excluded = _unique(unit for part in parts for unit in part.excluded if unit not in sure)
    return Resolution(
        text,
        units=units,
        group="; ".join(dict.fromkeys(names)) if names and all_groups else None,
        candidates=ordered(_unique(u for part in parts for u in part.candidates if u not in sure)),
        doubtful=_unique(
            (
                *(unit for part in parts for unit in part.doubtful if unit not in sure),
                *(unit for unit in named if unit in perhaps),
            )
        ),
        excluded=(*excluded, *(unit for part in minus for unit in part.units)),
        closed=_unique(unit for part in parts for unit in part.closed),
        unread=unread,
        unknown=not parts,
        notes=tuple(dict.fromkeys(note for part in parts for note in part.notes)),
        parts=tuple(parts),
    )
