"""Small things of wording."""

from __future__ import annotations

from random import Random


def joined(rng: Random, units: tuple[str, ...]) -> str:
    """Units as a list: commas, semicolons, and "và" before the last."""
    if len(units) == 1:
        return units[0]
    comma = rng.choice((", ", ", ", "; "))
    return f"{comma.join(units[:-1])}{rng.choice((' và ', comma, ', '))}{units[-1]}"


def capital(words: str) -> str:
    """The words with their first letter as a capital."""
    return words[:1].upper() + words[1:]
