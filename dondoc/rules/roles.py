"""Who may do what: one table, closed by default."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a person is to an office. A contact answers for units; the others are given by invitation."""

    CONTACT = "contact"
    STAFF = "staff"
    CHIEF = "chief"
    LEADER = "leader"
    ADMIN = "admin"


class Right(StrEnum):
    ANSWER = "answer"  # report on assignments of one's own unit
    SEE_OWN = "see_own"  # see assignments of one's own unit
    SEE_ALL = "see_all"  # see every assignment of the office
    ASSIGN = "assign"  # load directives, /giaoviec
    CONFIRM = "confirm"  # confirm or return submissions
    DECIDE = "decide"  # decide extensions
    RECEIVE_DIGEST = "receive_digest"
    RECEIVE_ALERTS = "receive_alerts"


_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.CONTACT: frozenset({Right.ANSWER, Right.SEE_OWN}),
    Role.STAFF: frozenset({Right.SEE_ALL, Right.ASSIGN, Right.CONFIRM, Right.RECEIVE_ALERTS, Right.RECEIVE_DIGEST}),
    Role.CHIEF: frozenset(
        {Right.SEE_ALL, Right.ASSIGN, Right.CONFIRM, Right.DECIDE, Right.RECEIVE_ALERTS, Right.RECEIVE_DIGEST}
    ),
    Role.LEADER: frozenset({Right.SEE_ALL, Right.DECIDE, Right.RECEIVE_DIGEST}),
    Role.ADMIN: frozenset({Right.SEE_ALL, Right.ASSIGN, Right.CONFIRM, Right.RECEIVE_ALERTS}),
}


def rights_of(role: Role) -> frozenset[Right]:
    return _RIGHTS[role]


@dataclass(frozen=True, slots=True)
class Scope:
    """Who asks, and from where: a required argument of every query about tasks.

    ``unit_ids`` are the units the person answers for; ``sees_all`` opens the whole office. A group chat narrows the
    scope to nothing private.
    """

    person_id: int | None
    unit_ids: frozenset[int] = frozenset()
    sees_all: bool = False
    rights: frozenset[Right] = field(default_factory=frozenset)

    def may(self, right: Right) -> bool:
        return right in self.rights

    @staticmethod
    def office() -> Scope:
        """The program itself and the command line: whoever can run it owns the data."""
        return Scope(person_id=None, sees_all=True, rights=frozenset(Right))

    @staticmethod
    def nobody() -> Scope:
        return Scope(person_id=None)


def scope_for(person_id: int, roles: frozenset[Role], unit_ids: frozenset[int], *, in_group: bool = False) -> Scope:
    """What a person may see and do from a private chat; from a group chat nothing about tasks."""
    if in_group:
        return Scope(person_id=person_id)
    rights = frozenset(right for role in roles for right in _RIGHTS[role])
    return Scope(
        person_id=person_id,
        unit_ids=unit_ids if Role.CONTACT in roles else frozenset(),
        sees_all=Right.SEE_ALL in rights,
        rights=rights,
    )
