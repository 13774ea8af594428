"""Word keeps automatic numbers out of the text; this counts them again, so that "2.", "a)" and "-" are there to read."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from docx.oxml.ns import qn

_PLACE = re.compile(r"%(\d)")
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class Numbering:
    """Counts list items in the order in which their paragraphs are asked for."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._of_style = _style_numbers(document)
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):  # a document without lists has no such part
            return
        abstract = {item.get(qn("w:abstractNumId")): item for item in root.iter(qn("w:abstractNum"))}
        for number in root.iter(qn("w:num")):
            target = number.find(qn("w:abstractNumId"))
            kind = abstract.get(target.get(qn("w:val"))) if target is not None else None
            if kind is not None:
                self._levels[number.get(qn("w:numId"))] = dict(_level(level) for level in kind.iter(qn("w:lvl")))

    def label(self, paragraph: Any) -> str:
        """The number or bullet of a paragraph with a blank after it, or an empty string."""
        identity, depth = self._place(paragraph)
        level = self._levels.get(identity or "", {}).get(depth)
        if level is None or identity is None:
            return ""
        counts = self._counts[identity]
        counts[depth] = counts.get(depth, level[2] - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        if level[0] == "bullet":
            return "- " if depth == 0 else "+ "
        if level[0] == "none":
            return ""
        text = _PLACE.sub(lambda match: self._written(identity, int(match[1]) - 1), level[1])
        return f"{text} " if text.strip() else ""

    def _written(self, identity: str, depth: int) -> str:
        shape, _, start = self._levels[identity].get(depth, ("decimal", "", 1))
        return _number(self._counts[identity].get(depth, start), shape)

    def _place(self, paragraph: Any) -> tuple[str | None, int]:
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return None, 0
        numbers = properties.find(qn("w:numPr"))
        style = properties.find(qn("w:pStyle"))
        inherited = self._of_style.get(style.get(qn("w:val"))) if style is not None else None
        if numbers is None:
            return inherited or (None, 0)
        identity, depth = _number_of(numbers)
        return (identity or (inherited[0] if inherited else None)), depth


def _style_numbers(document: Any) -> dict[str, tuple[str | None, int]]:
    found = {}
    for style in document.styles.element.iter(qn("w:style")):
        numbers = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if numbers is not None:
            found[style.get(qn("w:styleId"))] = _number_of(numbers)
    return found


def _number_of(numbers: Any) -> tuple[str | None, int]:
    identity, depth = numbers.find(qn("w:numId")), numbers.find(qn("w:ilvl"))
    return (
        identity.get(qn("w:val")) if identity is not None else None,
        int(depth.get(qn("w:val"))) if depth is not None else 0,
    )


def _level(level: Any) -> tuple[int, tuple[str, str, int]]:
    shape, text, start = level.find(qn("w:numFmt")), level.find(qn("w:lvlText")), level.find(qn("w:start"))
    return int(level.get(qn("w:ilvl"))), (
        shape.get(qn("w:val")) if shape is not None else "decimal",
        (text.get(qn("w:val")) or "") if text is not None else "",
        int(start.get(qn("w:val"))) if start is not None else 1,
    )


def roman_number(value: int) -> str:
    """I, II, III … for list items."""
    roman = ""
    for size, letters in _ROMAN:
        while value >= size:
            roman, value = roman + letters, value - size
    return roman


def _number(value: int, shape: str) -> str:
    if shape in ("upperRoman", "lowerRoman"):
        roman = roman_number(value)
        return roman if shape == "upperRoman" else roman.lower()
    if shape in ("lowerLetter", "upperLetter") and 1 <= value <= 26:
        letter = chr(ord("a") + value - 1)
        return letter if shape == "lowerLetter" else letter.upper()
    return f"{value:02d}" if shape == "decimalZero" else str(value)
