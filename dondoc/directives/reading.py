"""A file in, its text out: the kind is told by content, never by name, and what cannot be read has a named reason.

Plain text is decoded here; everything else is read by a process of its own with bounds on time and memory
(``reading_bounded``).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dondoc.directives.legacy_fonts import repaired
from dondoc.directives.reading_bounded import read_bounded
from dondoc.directives.reading_package import MAX_UNPACKED_BYTES, package_kind
from dondoc.directives.reading_pages import ReadPages
from dondoc.directives.reading_plain import plain_text
from dondoc.directives.unreadable import REASONS, UnreadableDocument
from dondoc.vietnamese.text import nfc

__all__ = [
    "MAX_FILE_BYTES",
    "MAX_UNPACKED_BYTES",
    "REASONS",
    "SourceText",
    "UnreadableDocument",
    "read_bytes",
    "read_document",
]

MAX_FILE_BYTES = 50_000_000
"""What the chat takes in by default; forty pages scanned in colour are about that."""
MAX_LETTERS = 6_000_000
"""Five megabytes of text, the longest law with all its annexes, and something to spare."""

PLAIN = "text/plain"
_MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "picture": "image",
    "plain": PLAIN,
}
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = (b"{\\rtf", b"<html", b"<!doctype", b"<?xml")
# Letters that nobody sees go; bullets that only a symbol font draws become dashes.
_PLAIN = str.maketrans(
    dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff") | dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf02d", "-")
)


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a document in NFC. ``pages`` are its pages where the format has any, else the whole text as one.

    ``text`` is the pages joined by newlines, so an offset in it belongs to one page. ``margins`` is what stands around the
    pages, ``scanned`` whether it was read from pictures, ``unread`` the numbers of pages that gave no text (``ReadPages``).
    """

    text: str
    pages: tuple[str, ...]
    media_type: str
    margins: str = ""
    scanned: bool = False
    unread: tuple[int, ...] = ()


def read_document(path: Path) -> SourceText:
    """Read a .txt, .docx, .odt, .doc, a PDF, or with ``dondoc[ocr]`` a scan or photograph.

    Raises UnreadableDocument, and nothing else, for whatever cannot be read: see REASONS in ``unreadable``.
    """
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UnreadableDocument("too_large")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableDocument("missing") from error
    return read_bytes(data)


def read_bytes(data: bytes, *, scan_pages: int | None = None) -> SourceText:
    """Read a document that is already in memory: see ``read_document``.

    Of a scan at most ``scan_pages`` pages are read, from the first; without a number all, and a scan of more than
    ``reading_scan.MAX_PAGES`` is refused.
    """
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableDocument("too_large")
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableDocument("empty")
    kind = _kind(data)
    if kind == "plain":
        read = ReadPages(tuple(plain_text(data).split("\f")))
    else:
        read = read_bounded(kind, data, -1 if scan_pages is None else scan_pages)
    pages = tuple(_normal(page) for page in read.pages)
    text = "\n".join(pages)
    if not any(letter.isalnum() for letter in text):
        raise UnreadableDocument("empty")
    if len(text) > MAX_LETTERS:
        raise UnreadableDocument("too_large")
    return SourceText(text, pages, _MEDIA_TYPES[kind], _normal(read.margins), read.scanned, read.unread)


def _normal(page: str) -> str:
    return nfc(repaired(page.replace("\r\n", "\n").replace("\r", "\n"))).translate(_PLAIN)


def _kind(data: bytes) -> str:
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return package_kind(data)
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableDocument("encrypted")
        return "doc"
    if data.startswith(_PICTURES) or _is_bitmap(data) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return "picture"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        return "picture"
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:9].lower().startswith(_MARKUP) or data.startswith(b"PK"):
        raise UnreadableDocument("unsupported")
    return "plain"


def _is_bitmap(data: bytes) -> bool:
    """Two letters alone could begin a text, too; the length that follows cannot."""
    return data[:2] == b"BM" and int.from_bytes(data[2:6], "little") == len(data)
