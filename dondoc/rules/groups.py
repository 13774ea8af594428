"""Groups of units as directives name them, and which kinds of units they hold.

"Các trường học thuộc huyện" leaves out upper secondary and private schools, "trên địa bàn" takes them in; "địa phương"
are the committees of communes and townships; "cơ quan, đơn vị" are departments and public service units, never the office
itself, its own committee or the vertical organs. Where usage differs from place to place a kind is put up as
doubtful and asked about.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dondoc.rules.unit_kinds import COMMITTEES, PRIVATE_SCHOOLS, PUBLIC_SCHOOLS, SCHOOLS, Kind

Key = tuple[str, ...]


class Noun(StrEnum):
    """What the members of a group are."""

    SCHOOLS = "schools"
    FACILITIES = "facilities"  # cơ sở giáo dục
    COMMITTEES = "committees"
    AGENCIES = "agencies"  # cơ quan, đơn vị
    DEPARTMENTS = "departments"  # phòng, ban
    BRANCHES = "branches"  # phòng, ban, ngành
    OFFICES = "offices"  # cơ quan alone
    UNITS = "units"  # đơn vị alone
    SERVICES = "services"  # đơn vị sự nghiệp
    VERTICAL = "vertical"
    FRONT = "front"
    PARTY_CELLS = "party_cells"
    PARTY_ORGANS = "party_organs"
    NAMED = "named"  # "các trạm y tế": whatever begins so


class Scope(StrEnum):
    """ "thuộc" (under the authority) or "trên địa bàn" (in the area)."""

    UNDER = "under"
    AREA = "area"


class Level(StrEnum):
    """Levels of schooling as groups name them, in the order in which they are listed."""

    PRESCHOOL = "mầm non"
    PRIMARY = "tiểu học"
    COMBINED = "TH&THCS"
    LOWER = "THCS"
    SECONDARY = "trung học"
    GENERAL = "phổ thông"
    UPPER = "THPT"


@dataclass(frozen=True, slots=True)
class Members:
    """The kinds that are in a group for certain, those to be asked about, and those that are left out by rule."""

    sure: frozenset[Kind]
    doubtful: frozenset[Kind] = frozenset()
    excluded: frozenset[Kind] = frozenset()


@dataclass(frozen=True, slots=True)
class Group:
    """A group as it was named.

    ``levels`` and ``public`` (True công lập, False tư thục, None not said) narrow schools, ``with_private`` says that
    both are named, ``committees`` the committees.
    ``place`` is the commune that was named, ``beginning`` the first words of the members' names (``Noun.NAMED``),
    ``vague`` says that only part of the group is meant ("có liên quan"), ``elsewhere`` that another district is named.
    """

    noun: Noun
    scope: Scope | None = None
    levels: frozenset[Level] = frozenset()
    public: bool | None = None
    with_private: bool = False
    committees: frozenset[Kind] = frozenset()
    place: Key = ()
    beginning: Key = ()
    vague: bool = False
    elsewhere: bool = False
    of_schools: bool = False
    title: str = ""

    def members(self) -> Members:
        """The kinds of units that this group holds."""
        members = _schools(self) if self.noun in {Noun.SCHOOLS, Noun.FACILITIES} else _others(self)
        if self.vague:
            return Members(frozenset(), members.sure | members.doubtful, members.excluded)
        return members

    def name(self, level: str) -> str:
        """The group's canonical name; ``level`` is what the office's territory is called: huyện, xã, phường …"""
        if self.noun == Noun.NAMED:
            return f"các {self.title}"
        if self.noun in {Noun.SCHOOLS, Noun.FACILITIES}:
            text = _school_name(self, self.title or level)
        elif self.noun == Noun.COMMITTEES:
            text = _committee_name(self.committees)
        elif self.noun == Noun.PARTY_CELLS:
            text = "các chi bộ trường học" if self.of_schools else "các chi bộ"
        else:
            text = _NAMES[self.noun]
        return f"{text} có liên quan" if self.vague else text


_NAMES = {
    Noun.AGENCIES: "các cơ quan, đơn vị",
    Noun.DEPARTMENTS: "các phòng chuyên môn",
    Noun.BRANCHES: "các phòng, ban, ngành",
    Noun.OFFICES: "các cơ quan",
    Noun.UNITS: "các đơn vị",
    Noun.SERVICES: "các đơn vị sự nghiệp",
    Noun.VERTICAL: "các cơ quan ngành dọc",
    Noun.FRONT: "Mặt trận và các đoàn thể",
    Noun.PARTY_ORGANS: "các tổ chức đảng",
}
_OTHERS = {
    Noun.AGENCIES: Members(frozenset({Kind.DEPARTMENT, Kind.PUBLIC_SERVICE}), excluded=frozenset({Kind.VERTICAL})),
    Noun.DEPARTMENTS: Members(frozenset({Kind.DEPARTMENT})),
    Noun.BRANCHES: Members(frozenset({Kind.DEPARTMENT}), frozenset({Kind.VERTICAL, Kind.PUBLIC_SERVICE})),
    Noun.OFFICES: Members(frozenset({Kind.DEPARTMENT}), frozenset({Kind.PUBLIC_SERVICE})),
    Noun.UNITS: Members(frozenset(), PUBLIC_SCHOOLS | {Kind.DEPARTMENT, Kind.PUBLIC_SERVICE}),
    Noun.SERVICES: Members(frozenset({Kind.PUBLIC_SERVICE})),
    Noun.VERTICAL: Members(frozenset({Kind.VERTICAL})),
    Noun.FRONT: Members(frozenset({Kind.FRONT})),
    Noun.PARTY_CELLS: Members(frozenset({Kind.PARTY_CELL})),
    Noun.PARTY_ORGANS: Members(frozenset({Kind.PARTY_ORGAN, Kind.PARTY_CELL})),
}
_COMMITTEE_NAMES = {
    Kind.COMMUNE_COMMITTEE: "xã",
    Kind.WARD_COMMITTEE: "phường",
    Kind.TOWNSHIP_COMMITTEE: "thị trấn",
}
_BY_LEVEL = {
    Level.PRESCHOOL: {Kind.PRESCHOOL},
    Level.PRIMARY: {Kind.PRIMARY},
    Level.COMBINED: {Kind.PRIMARY_LOWER},
    Level.LOWER: {Kind.LOWER_SECONDARY},
    Level.SECONDARY: {Kind.LOWER_SECONDARY},
    Level.GENERAL: {Kind.PRIMARY, Kind.PRIMARY_LOWER, Kind.LOWER_SECONDARY},
    Level.UPPER: {Kind.UPPER_SECONDARY},
}


def _others(group: Group) -> Members:
    if group.noun == Noun.COMMITTEES:
        named = group.committees or COMMITTEES
        return Members(frozenset(named), COMMITTEES - named)
    if group.noun == Noun.NAMED:
        return Members(frozenset(Kind) - {Kind.OFFICE})
    return _OTHERS[group.noun]


def _schools(group: Group) -> Members:
    if group.public is False:
        return Members(_private_kinds(group.levels))
    sure: set[Kind] = set()
    doubtful: set[Kind] = set()
    excluded: set[Kind] = set()
    levels = group.levels
    for level in levels:
        sure |= _BY_LEVEL[level]
    if not levels:
        sure |= PUBLIC_SCHOOLS
    wide = not levels or bool(levels & {Level.SECONDARY, Level.GENERAL})
    # Not one level but all of them, or a word that upper secondary schools share: the scope decides.
    if wide:
        _by_scope(group.scope, Kind.UPPER_SECONDARY, sure, doubtful, excluded)
    if {Level.PRIMARY, Level.LOWER} <= levels:
        sure.add(Kind.PRIMARY_LOWER)
    elif levels & {Level.PRIMARY, Level.LOWER, Level.SECONDARY}:
        doubtful.add(Kind.PRIMARY_LOWER)
    if Level.COMBINED in levels and len(levels) > 1:
        doubtful |= {Kind.PRIMARY, Kind.LOWER_SECONDARY}
    if levels != {Level.PRESCHOOL}:
        (sure if not levels and group.scope == Scope.AREA else doubtful).add(Kind.MULTI_LEVEL)
    for kind in _private_kinds(levels):
        if group.with_private:
            sure.add(kind)
        elif group.public or (levels and group.scope is None):
            excluded.add(kind)
        elif levels and group.scope == Scope.AREA and kind == Kind.PRIVATE_SCHOOL:
            doubtful.add(kind)
        else:
            _by_scope(group.scope, kind, sure, doubtful, excluded)
    if group.noun == Noun.FACILITIES and not levels:
        (sure if group.scope == Scope.AREA else doubtful).add(Kind.CONTINUING)
    return Members(frozenset(sure), frozenset(doubtful - sure), frozenset(excluded - sure - doubtful))


def _by_scope(scope: Scope | None, kind: Kind, sure: set[Kind], doubtful: set[Kind], excluded: set[Kind]) -> None:
    if scope == Scope.AREA:
        sure.add(kind)
    elif scope == Scope.UNDER:
        excluded.add(kind)
    else:
        doubtful.add(kind)


def _private_kinds(levels: frozenset[Level]) -> frozenset[Kind]:
    if not levels:
        return PRIVATE_SCHOOLS
    kinds = {Kind.PRIVATE_PRESCHOOL} if Level.PRESCHOOL in levels else set()
    if levels - {Level.PRESCHOOL}:
        kinds.add(Kind.PRIVATE_SCHOOL)
    return frozenset(kinds)


def _school_name(group: Group, level: str) -> str:
    levels = [entry.value for entry in Level if entry in group.levels]
    text = "các cơ sở giáo dục" if group.noun == Noun.FACILITIES else "các trường"
    if levels:
        text += " " + (levels[0] if len(levels) == 1 else f"{', '.join(levels[:-1])} và {levels[-1]}")
    elif group.noun == Noun.SCHOOLS:
        text += " học"
    if group.with_private:
        text += " công lập và tư thục"
    elif group.public is not None:
        text += " công lập" if group.public else " tư thục"
    if group.scope:
        text += f" thuộc {level}" if group.scope == Scope.UNDER else f" trên địa bàn {level}"
    return text


def _committee_name(kinds: frozenset[Kind]) -> str:
    named = [word for kind, word in _COMMITTEE_NAMES.items() if kind in kinds]
    return "UBND các " + ", ".join(named or ["xã", "thị trấn"])


def is_school(kind: Kind) -> bool:
    """Whether units of this kind are schools (a centre for continuing education is none)."""
    return kind in SCHOOLS
