"""Plain text in the encodings that offices use: UTF-8, UTF-16, Windows-1258, and what was typed for fonts before Unicode."""

from __future__ import annotations

import codecs

from dondoc.directives.legacy_fonts import TCVN3, VNI, converted, vietnamese_share
from dondoc.directives.unreadable import UnreadableDocument
from dondoc.vietnamese.text import nfc

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ALLOWED_CONTROLS = frozenset("\n\r\t\f\v\u0007\u0008\u0001\u0013\u0014\u0015")
_MAX_CONTROL_SHARE = 0.02
_SAMPLE = 40_000
_MIN_SHARE = 0.15


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
        if encoding.startswith("utf-16"):
            even = data[: len(data) // 2 * 2]
            if len(even) < len(data) and error.start >= len(even):
                return even.decode(encoding)
        textual = sum(byte >= 0x20 or byte in b"\n\r\t" for byte in data[:4_000]) > 0.97 * len(data[:4_000])
        if not textual or b"\0" in data:
            raise UnreadableDocument("binary") from error
        return _of_one_byte(data)


def _of_one_byte(data: bytes) -> str:
    """Text with a byte a letter, in the encoding in which it reads most like Vietnamese."""
    western = data.decode("latin-1")
    readings = {
        "cp1258": nfc(data[:_SAMPLE].decode("cp1258", "replace")),
        TCVN3: converted(western[:_SAMPLE], TCVN3),
        VNI: converted(western[:_SAMPLE], VNI),
    }
    best = max(readings, key=lambda name: vietnamese_share(readings[name]))
    if vietnamese_share(readings[best]) < _MIN_SHARE:
        raise UnreadableDocument("encoding")
    return nfc(data.decode("cp1258", "replace")) if best == "cp1258" else converted(western, best)
