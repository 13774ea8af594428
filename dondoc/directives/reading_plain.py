"""Plain text in the encodings that offices use: UTF-8 and UTF-16, with or without a mark at the start."""

from __future__ import annotations

import codecs

from dondoc.directives.unreadable import UnreadableDocument

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ALLOWED_CONTROLS = frozenset("\n\r\t\f\v\u0007\u0008\u0001\u0013\u0014\u0015")
_MAX_CONTROL_SHARE = 0.02


def plain_text(data: bytes) -> str:
    """The text of the bytes. Raises UnreadableDocument ("binary", "encoding")."""
    text = _decoded(data)
    controls = sum(letter < " " and letter not in _ALLOWED_CONTROLS for letter in text)
    if controls > max(8, _MAX_CONTROL_SHARE * len(text)):
        raise UnreadableDocument("binary")
    return text.replace("\0", " ")


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding)
    if data[:4_000].count(0) > len(data[:4_000]) // 8:
        little = data[1:4_000:2].count(0) >= data[0:4_000:2].count(0)
        return _strict(data, "utf-16-le" if little else "utf-16-be")
    return _strict(data, "utf-8")


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding.startswith("utf-8") and error.start >= len(data) - 3:
            return data[: error.start].decode(encoding)  # cut off within its last letter
        textual = sum(byte >= 0x20 or byte in b"\n\r\t" for byte in data[:4_000]) > 0.97 * len(data[:4_000])
        raise UnreadableDocument("encoding" if textual and b"\0" not in data else "binary") from error
