"""Whether a file may be here at all, by its name, its text, and, for an archive, by what is packed in it.

An archive is looked into within bounds: entries, bytes, and one archive inside another. What cannot be read carries no mark
that could be read.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import openpyxl

from dondoc.directives.reading import MAX_FILE_BYTES, MAX_UNPACKED_BYTES, read_bytes
from dondoc.directives.secrecy import document_mark, secrecy_mark
from dondoc.directives.secrecy_said import name_mark
from dondoc.directives.unreadable import UnreadableDocument

MAX_ENTRIES = 500
MAX_SCANS = 5
"""Pictures and scans whose first page is read: a hundred photographs in an archive must not hold the bot up."""
_DEEP = 2
_SHEET_ROWS, _SHEET_COLUMNS = 20, 30
_UTF8_NAME = 0x800


def file_mark(path: Path, name: str) -> str | None:
    """The secrecy level that a file carries, or None. ``name`` is what the sender calls it. Raises OSError."""
    if (named := name_mark(name)) is not None:
        return named
    if path.stat().st_size > MAX_UNPACKED_BYTES:
        return None
    return _content_mark(path.read_bytes(), _DEEP, _Left())


@dataclass(slots=True)
class _Left:
    """What may still be looked at of one file and all that is packed in it."""

    size: int = MAX_UNPACKED_BYTES
    scans: int = MAX_SCANS


def _content_mark(data: bytes, deep: int, left: _Left) -> str | None:
    if len(data) > MAX_FILE_BYTES:
        return None
    try:
        source = read_bytes(data, scan_pages=1 if left.scans > 0 else 0)
        left.scans -= source.scanned
        return document_mark(source)
    except UnreadableDocument as error:
        left.scans -= error.reason == "scan_unreadable"
        if error.reason != "unsupported" or not data.startswith(b"PK\x03\x04"):
            return None
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if "xl/workbook.xml" in archive.namelist():
                return _sheet_mark(archive, data)
            return _packed_mark(archive, deep, left)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError):
        return None  # broken, encrypted or packed in an odd way


def _packed_mark(archive: zipfile.ZipFile, deep: int, left: _Left) -> str | None:
    for entry in archive.infolist()[:MAX_ENTRIES]:
        if (named := name_mark(_entry_name(entry))) is not None:
            return named
        if entry.is_dir() or deep == 0 or entry.flag_bits & 0x1 or entry.file_size > min(MAX_FILE_BYTES, left.size):
            continue
        with archive.open(entry) as packed:
            # No further than it says: a size that lies is one of the ways in which an archive attacks its reader.
            content = packed.read(entry.file_size)
        left.size -= len(content)
        if (found := _content_mark(content, deep - 1, left)) is not None:
            return found
    return None


def _entry_name(entry: zipfile.ZipInfo) -> str:
    """Many programs write names in UTF-8 without saying so."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _sheet_mark(archive: zipfile.ZipFile, data: bytes) -> str | None:
    """The mark in the first rows of a workbook's first sheet."""
    if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_BYTES:
        return None
    try:
        book = openpyxl.load_workbook(BytesIO(data), read_only=True)
        try:
            rows = book.worksheets[0].iter_rows(max_row=_SHEET_ROWS, max_col=_SHEET_COLUMNS, values_only=True)
            lines = [" | ".join(str(cell) for cell in row if cell is not None) for row in rows]
        finally:
            book.close()
    except Exception:  # noqa: BLE001 - a damaged workbook makes openpyxl raise nearly anything
        return None
    return secrecy_mark("\n".join(lines))
