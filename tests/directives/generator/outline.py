"""The numbering of a document's parts and items, with gaps and faults now and then."""

from __future__ import annotations

from random import Random

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_LETTERS = "abcdđeghikl"

SCHEMES = (
    ("roman", "number", "dash", "plus"),
    ("roman", "number", "dotted", "dash"),
    ("number", "dotted", "dash", "plus"),
    ("number", "letter", "dash", "plus"),
    ("number", "dash", "plus", "plus"),
    ("roman", "number", "letter", "dash"),
    ("part", "roman", "number", "dash"),
    ("roman", "dash", "plus", "plus"),
    ("number", "bracket", "dash", "plus"),
)


class Outline:
    """Gives each item its mark and knows the section it stands in, as a reader would name it ("II.2", "3.1")."""

    def __init__(self, rng: Random, scheme: tuple[str, ...] | None = None) -> None:
        self._rng = rng
        self.scheme = scheme or rng.choice(SCHEMES)
        self._counts = [0, 0, 0, 0]
        self._marks: list[str] = ["", "", "", ""]
        self._dot = rng.choice((".", ".", ".", "/", ")")) if self.scheme[0] == "number" else "."
        self._tail = rng.choice((".", ".", ""))

    def mark(self, level: int) -> str:
        """The written mark of the next item on a level, with the blank behind it."""
        kind = self.scheme[level]
        step = 1 if level == 0 or self._counts[level] == 0 or self._rng.random() > 0.04 else 2
        self._counts[level] = min(self._counts[level] + step, 10)
        for deeper in range(level + 1, 4):
            self._counts[deeper] = 0
            self._marks[deeper] = ""
        count = self._counts[level]
        if kind in ("dash", "plus"):
            self._marks[level] = ""
            return "- " if kind == "dash" else "+ "
        plain = {
            "roman": _ROMAN[count - 1],
            "number": str(count),
            "letter": _LETTERS[count - 1],
            "dotted": f"{self._marks[level - 1]}.{count}",
            "part": "ABCDE"[min(count, 5) - 1],
            "bracket": f"({_ROMAN[count - 1].lower()})",
        }[kind]
        self._marks[level] = plain
        closing = {"roman": ". ", "number": f"{self._dot} ", "letter": ") ", "dotted": f"{self._tail} ", "part": ". "}
        return plain + closing.get(kind, " ")

    def section(self, level: int) -> str | None:
        """The section of the item marked last on a level."""
        parts: list[str] = []
        for mark in self._marks[: level + 1]:
            if not mark or mark.startswith("("):
                continue
            if "." in mark and parts and mark.startswith(f"{parts[-1]}."):
                parts.pop()
            parts.append(mark)
        return ".".join(parts) or None

    def above(self, level: int) -> str | None:
        return self.section(level - 1) if level else None
