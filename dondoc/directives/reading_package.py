"""Checks of a packed document (.docx, .odt) before any library opens it."""

from __future__ import annotations

import zipfile
from io import BytesIO

from dondoc.directives.unreadable import UnreadableDocument

MAX_UNPACKED_BYTES = 120_000_000
"""All parts together. A real paper with photographs in it stays far below; a zip bomb says what it is before it goes off."""
MAX_XML_BYTES = 40_000_000
"""One part of XML, of which the libraries make a tree about six times as large. Five million letters are about half of it."""
MAX_PARTS = 3_000

DOCX, ODT = "docx", "odt"
_ODT_TYPE = b"application/vnd.oasis.opendocument.text"


def package_kind(data: bytes) -> str:
    """ "docx" or "odt". Raises UnreadableDocument ("too_large", "encrypted", "unsafe", "damaged", "unsupported")."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = _checked_names(archive)
            if "word/document.xml" in names:
                _refuse_entities(archive, "word/")
                return DOCX
            if "mimetype" in names and archive.read("mimetype").strip() == _ODT_TYPE:
                if "content.xml" not in names:
                    raise UnreadableDocument("damaged")
                _refuse_entities(archive, "")
                if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                    raise UnreadableDocument("encrypted")
                return ODT
    except (zipfile.BadZipFile, KeyError, EOFError, RuntimeError, NotImplementedError, OSError, ValueError) as error:
        reason = "encrypted" if "encrypted" in str(error) else "damaged"
        raise UnreadableDocument(reason) from error
    raise UnreadableDocument("unsupported")


def _checked_names(archive: zipfile.ZipFile) -> set[str]:
    """The names in an archive; refused when it would unpack to more than a document ever needs."""
    parts = archive.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise UnreadableDocument("too_large")
    if any(part.file_size > MAX_XML_BYTES for part in parts if part.filename.endswith((".xml", ".rels"))):
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
