"""A document's file is read: what it says, what to be careful about, and which other document it amends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dondoc.directives.amending import Amended, Move, find_amended, find_moves
from dondoc.directives.drafts import DirectiveDraft
from dondoc.directives.parse import parse_directive
from dondoc.directives.reading import read_document
from dondoc.directives.secrecy import caution_marks, document_mark
from dondoc.directives.unreadable import UnreadableDocument
from dondoc.handlers.context import Context
from dondoc.storage.directives import Directive
from dondoc.storage.files import FileStore


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a file: a draft, or the reason why it cannot be read (see ``directives.unreadable``), or that it
    carries a secrecy mark (``marked``)."""

    draft: DirectiveDraft | None = None
    cautions: tuple[str, ...] = ()
    amended: Amended | None = None
    moves: tuple[Move, ...] = ()
    reason: str | None = None
    marked: bool = False


def read_file(path: Path, *, number: str | None = None, issued_on: date | None = None) -> Reading:
    """Read a file. ``number`` and ``issued_on`` are what staff say where the head is blank."""
    try:
        source = read_document(path)
    except UnreadableDocument as error:
        return Reading(reason=error.reason)
    if document_mark(source) is not None:
        return Reading(marked=True)
    draft = parse_directive(source, number=number, issued_on=issued_on)
    amended = find_amended(source)
    issued = draft.document.issued_on
    moves = find_moves(source, issued) if amended is not None and issued is not None else []
    return Reading(draft, caution_marks(source.text), amended, tuple(moves))


def reading(ctx: Context, sha256: str, *, number: str | None = None, issued_on: date | None = None) -> Reading:
    """The same of a stored file, outside the transaction."""
    key = f"read:{sha256}:{number}:{issued_on}"
    return ctx.outside(key, lambda: read_stored(ctx.services.files, sha256, number=number, issued_on=issued_on))


def reading_of(ctx: Context, directive: Directive) -> Reading | None:
    """The file of a directive read again; None if it is not here any more."""
    if directive.file_sha256 is None:
        return None
    found = reading(ctx, directive.file_sha256, number=directive.number, issued_on=directive.issued_on)
    return found if found.draft is not None else None


def read_stored(files: FileStore, sha256: str, *, number: str | None = None, issued_on: date | None = None) -> Reading:
    try:
        path = files.path(sha256)
    except FileNotFoundError:
        return Reading(reason="missing")
    return read_file(path, number=number, issued_on=issued_on)
