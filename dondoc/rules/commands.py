"""A command as people type it: with or without marks, in one word or two, with a slip of the finger."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from dondoc.vietnamese.text import fold

# Other names of commands, as offices also say.
ALIASES: Mapping[str, str] = {
    "help": "trogiup",
    "huongdan": "trogiup",
    "giaonhiemvu": "giaoviec",
    "dondoc": "nhac",
    "baocaotiendo": "tiendo",
    "xuatexcel": "xuat",
    "caidathethong": "caidat",
}
_MOST_WORDS = 4
# Shorter names lie too near each other for guessing.
_GUESSED_FROM = 5
_SEPARATORS = re.compile(r"[\s_\-.]+")


@dataclass(frozen=True, slots=True)
class Command:
    """``name`` is a known command, or the unknown word as it was understood; ``guessed`` says a letter was put right."""

    name: str
    argument: str
    known: bool
    guessed: bool = False


def read_command(text: str, names: Collection[str]) -> Command | None:
    """What "/tiendo 203", "/tien do", "/TiếnĐộ@bot" and "/tiendoo" call; None if the text does not begin with a slash."""
    stripped = text.strip()
    if not stripped.startswith("/"):
        return None
    words = stripped[1:].split()
    if not words:
        return Command("", "", known=False)
    words[0] = words[0].partition("@")[0]
    for number in range(min(_MOST_WORDS, len(words)), 0, -1):
        name = _name("".join(words[:number]), names)
        if name is not None:
            return Command(name, _after(stripped[1:], number), known=True)
    guessed = _nearest(_plain(words[0]), names)
    if guessed is not None:
        return Command(guessed, _after(stripped[1:], 1), known=True, guessed=True)
    return Command(_plain(words[0]), _after(stripped[1:], 1), known=False)


def read_bare(text: str, names: Collection[str]) -> Command | None:
    """The command that a whole message names without a slash: "tiến độ", "giao viec". None for anything else.

    Only the words of the command may stand there, because "tiến độ 70%" is an answer.
    """
    words = text.strip(" \t\n.?!").split()
    if not 0 < len(words) <= _MOST_WORDS:
        return None
    name = _name("".join(words), names)
    return None if name is None else Command(name, "", known=True)


def _name(word: str, names: Collection[str]) -> str | None:
    plain = _plain(word)
    name = plain if plain in names else ALIASES.get(plain)
    return name if name in names else None


def _plain(word: str) -> str:
    return _SEPARATORS.sub("", fold(word))


def _after(text: str, words: int) -> str:
    """What stands behind the first words, with its own spaces and lines."""
    parts = text.strip().split(maxsplit=words)
    return parts[words].strip() if len(parts) > words else ""


def _nearest(word: str, names: Collection[str]) -> str | None:
    """The only command one letter away: one too many, one missing, one wrong, or two in the wrong order."""
    if len(word) < _GUESSED_FROM:
        return None
    near = {ALIASES.get(name, name) for name in {*names, *ALIASES} if _is_one_off(word, name)} & set(names)
    return near.pop() if len(near) == 1 else None


def _is_one_off(one: str, other: str) -> bool:
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[start:], other[start:]
    if len(left) != len(right):
        return left[1:] == right or left == right[1:]
    return left[1:] == right[1:] or (left[2:] == right[2:] and left[:2] == right[1::-1])
