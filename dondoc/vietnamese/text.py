"""Vietnamese text: one normal form in storage, folding only for comparing."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"\s+")


def nfc(text: str) -> str:
    """The text in Unicode's composed form, the only form that is stored."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """The text for comparing: lower case, without tone and vowel marks, đ as d, runs of blanks as one.

    Never stored and never shown: "Trường" and "Trưởng" fold to the same word.
    """
    return _SPACES.sub(" ", strip_marks(text).casefold()).strip()


def strip_marks(text: str) -> str:
    """The text without its tone and vowel marks, letter by letter: as long as its NFC form, so offsets carry over."""
    return text if text.isascii() else nfc(text).translate(_STRIPPED)


class _Stripped(dict[int, str]):
    """What each letter is without its marks, found when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        base = unicodedata.normalize("NFD", letter)[0]
        self[code] = stripped = base if base.isascii() else letter
        return stripped


_STRIPPED = _Stripped({ord("đ"): "d", ord("Đ"): "D"})


def utf16_length(text: str) -> int:
    """Length as Telegram and Zalo count it: UTF-16 code units, so that most emoji count two."""
    return len(text.encode("utf-16-le")) // 2


def shorten(text: str, limit: int = 90) -> str:
    """The text cut at a word, with an ellipsis, for one line of a list."""
    text = text.strip()
    if len(text) <= limit:
        return text
    cut = text.rfind(" ", 0, limit)
    return text[: cut if cut > 0 else limit - 1].rstrip(" ,;:") + "…"
