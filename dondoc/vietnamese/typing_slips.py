"""Telex and VNI keystrokes that were sent as typed ("ddax nopj", "d9a4 no65p"), put together into the word meant.

Both methods write a letter's mark and the syllable's tone with extra keys, in any place after the vowel. A word is only
put together when it is no Vietnamese syllable as it stands and becomes one: "link" and "form" stay what they are.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from dondoc.vietnamese.text import fold

_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?"
    r"(?:uyeu?|uya|uou|uoi|uay|ieu|yeu|oai|oao|oay|oeo|uye|"
    r"ia|ie|ye|iu|oa|oe|oi|ua|ue|ui|uo|uu|uy|ai|ao|au|ay|eo|eu|[aeiouy])"
    r"(?:ng|nh|ch|[cmnpt])?"
)

_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_CIRCUMFLEX, _HORN, _BREVE = "\u0302", "\u031b", "\u0306"
_TELEX_TONES = {"s": _ACUTE, "f": _GRAVE, "r": _HOOK, "x": _TILDE, "j": _DOT}
_VNI_TONES = {"1": _ACUTE, "2": _GRAVE, "3": _HOOK, "4": _TILDE, "5": _DOT}
_VNI_MARKS = {"6": (_CIRCUMFLEX, "aeo"), "7": (_HORN, "ou"), "8": (_BREVE, "a")}
_VOWELS = frozenset("aeiouy")


class _Parts(NamedTuple):
    """A word taken apart: its letters, the mark over each ("" for none), the tone, whether any key was a command."""

    letters: list[str]
    marks: list[str]
    tone: str
    commanded: bool


def is_syllable(word: str) -> bool:
    """Whether the word, without its marks, is built like a Vietnamese syllable."""
    return _SYLLABLE.fullmatch(fold(word)) is not None


def compose(word: str) -> str | None:
    """The word that Telex or VNI keys meant, or None where they make no syllable. ``word`` is lower case, NFC."""
    for take_apart in (_vni, _telex):
        parts = take_apart(word)
        if parts.commanded and (made := _put_together(parts)) is not None:
            return made
    return None


def _telex(word: str) -> _Parts:
    letters: list[str] = []
    marks: list[str] = []
    tone, commanded = "", False
    for key in word:
        plain = [i for i, letter in enumerate(letters) if letter == key and not marks[i]]
        has_vowel = any(letter in _VOWELS for letter in letters)
        if key == "d" and letters == ["d"]:
            letters[0] = "đ"
        elif key in "aeo" and plain and not (key == "o" and letters[-1] in "aei"):
            marks[plain[-1]] = _CIRCUMFLEX
        elif key == "w" and (targets := [i for i, letter in enumerate(letters) if letter in "aou"]):
            _horn(letters, marks, targets)
        elif key in _TELEX_TONES and has_vowel:
            tone = _TELEX_TONES[key]
        else:
            letters.append(key)
            marks.append("")
            continue
        commanded = True
    return _Parts(letters, marks, tone, commanded)


def _vni(word: str) -> _Parts:
    letters: list[str] = []
    marks: list[str] = []
    tone, commanded = "", False
    for key in word:
        if not key.isdigit():
            letters.append(key)
            marks.append("")
            continue
        commanded = True
        if key in _VNI_TONES:
            tone = _VNI_TONES[key]
        elif key == "9" and letters[:1] == ["d"]:
            letters[0] = "đ"
        elif key in _VNI_MARKS:
            mark, bases = _VNI_MARKS[key]
            targets = [i for i, letter in enumerate(letters) if letter in bases]
            if mark == _HORN and targets:
                _horn(letters, marks, targets)
            elif targets:
                marks[targets[-1]] = mark
            else:
                letters.append(key)
                marks.append("")
        else:
            letters.append(key)
            marks.append("")
    return _Parts(letters, marks, tone, commanded)


def _horn(letters: list[str], marks: list[str], targets: list[int]) -> None:
    last = targets[-1]
    marks[last] = _BREVE if letters[last] == "a" else _HORN
    if letters[last] == "o" and last and letters[last - 1] == "u":
        marks[last - 1] = _HORN
    if letters[last] == "a" and last and letters[last - 1] == "u":
        marks[last], marks[last - 1] = "", _HORN


def _put_together(parts: _Parts) -> str | None:
    letters, marks, tone, _ = parts
    if not is_syllable("".join(letters)):
        # An abbreviation without vowels still shows its đ: "ddc" is "đc".
        bare = "".join(letters)
        return bare if bare.startswith("đ") and not tone and not _VOWELS & set(bare) else None
    if tone and not any(marks) and not _VOWELS.intersection(letters):
        return None  # the only vowels bear marks already: not keys of one method
    pieces = [letter + mark for letter, mark in zip(letters, marks, strict=True)]
    if tone:
        place = _tone_place(letters, marks)
        pieces[place] += tone
    return unicodedata.normalize("NFC", "".join(pieces))


def _tone_place(letters: list[str], marks: list[str]) -> int:
    marked = [i for i, mark in enumerate(marks) if mark]
    if marked:
        return marked[-1]
    vowels = [i for i, letter in enumerate(letters) if letter in _VOWELS]
    if len(vowels) > 1 and "".join(letters[:2]) in ("gi", "qu"):
        vowels = vowels[1:]
    closed = letters[-1] not in _VOWELS
    return vowels[-1] if closed or len(vowels) == 1 else vowels[1] if len(vowels) > 2 else vowels[0]
