"""Who may do what: which rights a role holds, and over which units. Closed by default.

Which command and which button takes which right stands in ``permissions``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a person is to an office.

    A contact answers for units, whatever the function there (đầu mối, văn thư, trực hè). ``VIA`` is nobody's by invitation:
    a contact has it whose unit other units report through. The others are given by invitation; they may be limited to a
    field (a Phó Chủ tịch's) or a territory, which is a set of units.
    """

    CONTACT = "contact"
    VIA = "via"
    STAFF = "staff"
    CHIEF = "chief"
    LEADER = "leader"
    ADMIN = "admin"


class Right(StrEnum):
    ANSWER = "answer"  # report on assignments of one's own unit
    SEE_OWN = "see_own"  # see assignments of one's own unit
    SEE_PROGRESS = "see_progress"  # figures and the register of what one sees
    SEE_ALL = "see_all"  # see every assignment of the office
    ASSIGN = "assign"  # /giaoviec
    LOAD = "load"  # load and approve directives
    CONFIRM = "confirm"  # confirm or return submissions
    DECIDE = "decide"  # decide extensions
    ADMIT = "admit"  # see who joined, let people in
    ADMINISTER = "administer"  # invitations, settings, the log
    RECEIVE_DIGEST = "receive_digest"
    RECEIVE_ALERTS = "receive_alerts"


_OFFICE = frozenset({Right.SEE_ALL, Right.SEE_PROGRESS})
_CLERK = _OFFICE | {Right.ASSIGN, Right.LOAD, Right.CONFIRM, Right.ADMIT, Right.RECEIVE_ALERTS}

_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.CONTACT: frozenset({Right.ANSWER, Right.SEE_OWN}),
    Role.VIA: frozenset({Right.SEE_PROGRESS}),
    Role.STAFF: _CLERK | {Right.RECEIVE_DIGEST},
    Role.CHIEF: _CLERK | {Right.DECIDE, Right.RECEIVE_DIGEST},
    Role.LEADER: _OFFICE | {Right.DECIDE, Right.RECEIVE_DIGEST},
    Role.ADMIN: _CLERK | {Right.ADMINISTER},
}

# Of one's own units only, never of a unit that exists no more.
_OF_OWN_UNITS = frozenset({Right.ANSWER})
# About the whole office: nobody holds them for a field or a territory.
_UNDIVIDED = frozenset({Right.LOAD, Right.ADMIT, Right.ADMINISTER})


def rights_of(role: Role) -> frozenset[Right]:
    return _RIGHTS[role]


@dataclass(frozen=True, slots=True)
class Scope:
    """Who asks, and from where: a required argument of every query about tasks.

    ``unit_ids`` are the units the person answers for, ``closed`` those of them that exist no more; ``routed`` the units
    for which they see what is reported through them. ``sees_all`` opens the whole office, ``fields`` limits a right to
    some units. A group chat narrows the scope to nothing private.
    """

    person_id: int | None
    unit_ids: frozenset[int] = frozenset()
    sees_all: bool = False
    rights: frozenset[Right] = field(default_factory=frozenset)
    closed: frozenset[int] = frozenset()
    routed: frozenset[int] = frozenset()
    fields: Mapping[Right, frozenset[int]] = field(default_factory=dict)

    def may(self, right: Right, units: Iterable[int] = ()) -> bool:
        """Whether the person holds the right, and holds it over all of these units."""
        if right not in self.rights:
            return False
        if right in _OF_OWN_UNITS:
            return set(units) <= self.unit_ids - self.closed
        return right not in self.fields or set(units) <= self.fields[right]

    @property
    def seen_units(self) -> frozenset[int] | None:
        """The units whose assignments are seen; None for every unit of the office."""
        if self.sees_all and Right.SEE_ALL not in self.fields:
            return None
        return self.unit_ids | self.fields.get(Right.SEE_ALL, frozenset())

    @staticmethod
    def office() -> Scope:
        """The program itself and the command line: whoever can run it owns the data."""
        return Scope(person_id=None, sees_all=True, rights=frozenset(Right))

    @staticmethod
    def nobody() -> Scope:
        return Scope(person_id=None)


def scope_for(
    person_id: int,
    roles: frozenset[Role],
    unit_ids: frozenset[int],
    *,
    in_group: bool = False,
    closed: frozenset[int] = frozenset(),
    fields: Mapping[Role, frozenset[int]] | None = None,
) -> Scope:
    """What a person may see and do from a private chat; from a group chat nothing about tasks.

    ``fields`` are the units to which an office role of the person is limited.
    """
    if in_group:
        return Scope(person_id=person_id)
    limits = fields or {}
    held = {role: _RIGHTS[role] - _UNDIVIDED if role in limits else _RIGHTS[role] for role in roles}
    rights = frozenset().union(*held.values())
    own = unit_ids if Role.CONTACT in roles else frozenset()
    if own and own <= closed:
        rights -= _OF_OWN_UNITS
    divided: dict[Right, frozenset[int]] = {}
    for right in rights:
        holders = [role for role, some in held.items() if right in some and role is not Role.VIA]
        if holders and all(role in limits for role in holders):
            divided[right] = frozenset().union(*(limits[role] for role in holders))
    return Scope(
        person_id=person_id,
        unit_ids=own,
        sees_all=Right.SEE_ALL in rights,
        rights=rights,
        closed=own & closed,
        routed=own - closed if Role.VIA in roles else frozenset(),
        fields=divided,
    )
