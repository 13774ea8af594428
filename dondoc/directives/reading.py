"""A file in, its text out: the kind is told by content, never by name, and what cannot be read has a named reason."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

from dondoc.directives.reading_docx import docx_text
from dondoc.directives.reading_odt import odt_text
from dondoc.directives.reading_pdf import pdf_pages
from dondoc.directives.reading_plain import plain_text
from dondoc.directives.unreadable import REASONS, UnreadableDocument
from dondoc.vietnamese.text import nfc

__all__ = ["REASONS", "SourceText", "UnreadableDocument", "read_bytes", "read_document"]

MAX_FILE_BYTES = 30_000_000
MAX_UNPACKED_BYTES = 80_000_000
MAX_PACKED_PARTS = 3_000
MAX_LETTERS = 500_000

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
PDF = "application/pdf"
PLAIN = "text/plain"

_PICTURES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\0",
    b"MM\0*",
    b"BM",
    b"RIFF",
    b"\0\0\0\x18ftyphei",
    b"\0\0\0\x1cftyphei",
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a document in NFC. ``pages`` are its pages where the format has any, else the whole text as one.

    ``text`` is the pages joined by newlines, so an offset in it belongs to one page.
    """

    text: str
    pages: tuple[str, ...]
    media_type: str


def read_document(path: Path) -> SourceText:
    """Read a .txt, .docx, .odt or text PDF.

    Raises UnreadableDocument, and nothing else, for whatever cannot be read: see REASONS in ``unreadable``.
    """
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UnreadableDocument("too_large")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableDocument("missing") from error
    return read_bytes(data)


def read_bytes(data: bytes) -> SourceText:
    """Read a document that is already in memory: see ``read_document``."""
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableDocument("too_large")
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableDocument("empty")
    pages, media_type = _pages(data)
    normal = tuple(nfc(page.replace("\r\n", "\n").replace("\r", "\n")) for page in pages)
    text = "\n".join(normal)
    if not any(letter.isalnum() for letter in text):
        raise UnreadableDocument("empty")
    if len(text) > MAX_LETTERS:
        raise UnreadableDocument("too_large")
    return SourceText(text, normal, media_type)


def _pages(data: bytes) -> tuple[list[str], str]:
    if b"%PDF-" in data[:1024]:
        return pdf_pages(data), PDF
    if data.startswith(b"PK\x03\x04"):
        return _packed(data)
    if data.startswith(_OLE):
        raise UnreadableDocument("encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "old_doc")
    if data.startswith(_PICTURES):
        raise UnreadableDocument("scan")
    if data.lstrip()[:6].lower() in (b"{\\rtf1", b"<html>", b"<!doct") or data.startswith(b"PK"):
        raise UnreadableDocument("unsupported")
    return plain_text(data).split("\f"), PLAIN


def _packed(data: bytes) -> tuple[list[str], str]:
    from io import BytesIO

    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = _checked_names(archive)
            if "word/document.xml" in names:
                _refuse_entities(archive, "word/")
                return [docx_text(data)], DOCX
            if "mimetype" in names and archive.read("mimetype").strip() == ODT.encode():
                _refuse_entities(archive, "")
                return [odt_text(data, archive.read("content.xml"))], ODT
    except UnreadableDocument:
        raise
    except (zipfile.BadZipFile, KeyError, EOFError, RuntimeError, NotImplementedError, OSError) as error:
        reason = "encrypted" if "encrypted" in str(error) else "damaged"
        raise UnreadableDocument(reason) from error
    raise UnreadableDocument("unsupported")


def _checked_names(archive: zipfile.ZipFile) -> set[str]:
    """The names in an archive; refused when it would unpack to more than a document ever needs."""
    parts = archive.infolist()
    if len(parts) > MAX_PACKED_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise UnreadableDocument("too_large")
    if any(part.flag_bits & 0x1 for part in parts):
        raise UnreadableDocument("encrypted")
    return {part.filename for part in parts}


def _refuse_entities(archive: zipfile.ZipFile, folder: str) -> None:
    """Office files never declare entities; one that does is an attack on the XML parser."""
    for part in archive.infolist():
        if part.filename.startswith(folder) and part.filename.endswith(".xml"):
            with archive.open(part) as stream:
                if b"<!ENTITY" in stream.read(4_096):
                    raise UnreadableDocument("unsafe")
