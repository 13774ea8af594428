"""A field or a territory: the units that a leader looks after or a clerk is in charge of, in the words of the registry."""

from __future__ import annotations

from datetime import date

from dondoc.rules.units import Registry


class UnclearField(Exception):
    """A field that the registry does not know for certain. The message names the part that is not clear."""


def units_of_field(units: Registry, field: str, on: date) -> frozenset[int]:
    """The units that a field holds on a day, with all units below them: "UBND xã An Phú" holds its schools.

    A field is written as in a directive ("các trường mầm non; Phòng Nội vụ"). Raises UnclearField: a field is never guessed.
    """
    found = units.resolve(field, on)
    open_parts = [*found.unread, *(unit.name for unit in (*found.candidates, *found.doubtful, *found.closed))]
    if found.unknown or open_parts or not found.units:
        raise UnclearField("; ".join(open_parts) or field)
    held = {unit.id for unit in found.units}
    while True:
        below = {
            unit.id
            for unit in units.units
            if unit.id not in held and (parent := units.parent_of(unit)) is not None and parent.id in held
        }
        if not below:
            return frozenset(held)
        held |= below
