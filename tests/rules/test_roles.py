"""Who may do what: closed by default."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.rules.roles import Right, Role, Scope, rights_of, scope_for

UNITS = frozenset({1, 2})


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (Role.CONTACT, "answer see_own"),
        (Role.VIA, "see_progress"),
        (Role.STAFF, "see_all see_progress assign load confirm admit receive_alerts receive_digest"),
        (Role.CHIEF, "see_all see_progress assign load confirm decide admit receive_alerts receive_digest"),
        (Role.LEADER, "see_all see_progress decide receive_digest"),
        (Role.ADMIN, "see_all see_progress assign load confirm admit administer receive_alerts"),
    ],
)
def test_the_rights_of_each_role(role: Role, rights: str) -> None:
    assert rights_of(role) == {Right(right) for right in rights.split()}


def test_a_contact_sees_the_own_units_and_nothing_else() -> None:
    scope = scope_for(7, frozenset({Role.CONTACT}), UNITS)
    assert (scope.person_id, scope.unit_ids, scope.sees_all) == (7, UNITS, False)


def test_units_without_the_role_of_a_contact_open_nothing() -> None:
    assert scope_for(7, frozenset({Role.LEADER}), UNITS).unit_ids == frozenset()


def test_nobody_may_nothing_and_the_office_everything() -> None:
    nobody = Scope.nobody()
    assert (nobody.person_id, nobody.unit_ids, nobody.sees_all) == (None, frozenset(), False)
    assert not any(nobody.may(right) for right in Right)
    assert Scope.office().sees_all
    assert all(Scope.office().may(right) for right in Right)


def test_a_closed_unit_is_seen_and_answered_for_no_more() -> None:
    scope = scope_for(7, frozenset({Role.CONTACT}), UNITS, closed=frozenset({2}))
    assert scope.may(Right.ANSWER, [1])
    assert not scope.may(Right.ANSWER, [2])
    assert not scope.may(Right.ANSWER, [1, 2])
    assert scope.seen_units == UNITS
    assert not scope_for(7, frozenset({Role.CONTACT}), UNITS, closed=UNITS).may(Right.ANSWER)


def test_a_field_limits_what_is_seen_and_decided() -> None:
    """Nobody holds for a field what concerns the whole office."""
    scope = scope_for(7, frozenset({Role.STAFF}), frozenset(), fields={Role.STAFF: frozenset({3, 4})})
    assert scope.seen_units == {3, 4}
    assert scope.may(Right.CONFIRM, [3])
    assert not scope.may(Right.CONFIRM, [3, 5])
    assert not scope.may(Right.LOAD)
    assert not scope.may(Right.ADMIT)


def test_another_role_without_a_limit_lifts_it() -> None:
    """A clerk of a territory who is also the chief of the office checks everywhere."""
    limited = {Role.STAFF: frozenset({3})}
    scope = scope_for(7, frozenset({Role.STAFF, Role.CHIEF}), frozenset(), fields=limited)
    assert scope.seen_units is None
    assert scope.may(Right.CONFIRM, [5])
    assert scope.may(Right.LOAD)


def test_two_fields_add_up() -> None:
    fields = {Role.STAFF: frozenset({3}), Role.LEADER: frozenset({4})}
    scope = scope_for(7, frozenset(fields), UNITS, fields=fields)
    assert scope.seen_units == {3, 4}
    assert scope.may(Right.CONFIRM, [3])
    assert not scope.may(Right.CONFIRM, [4])
    assert scope.may(Right.DECIDE, [4])
    assert not scope.may(Right.DECIDE, [3])


roles = st.frozensets(st.sampled_from(Role))
units = st.frozensets(st.integers(1, 9))


@given(roles, units)
def test_a_group_chat_opens_nothing(roles: frozenset[Role], units: frozenset[int]) -> None:
    scope = scope_for(7, roles, units, in_group=True)
    assert (scope.unit_ids, scope.sees_all, scope.rights) == (frozenset(), False, frozenset())


@given(roles, roles, units)
def test_another_role_never_takes_a_right_away(
    some: frozenset[Role], more: frozenset[Role], units: frozenset[int]
) -> None:
    fewer, all_of_them = scope_for(7, some, units), scope_for(7, some | more, units)
    assert fewer.rights <= all_of_them.rights
    assert fewer.unit_ids <= all_of_them.unit_ids
    assert fewer.sees_all <= all_of_them.sees_all
    assert all_of_them.rights == {right for role in some | more for right in rights_of(role)}
