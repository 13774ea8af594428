"""Stored documents are read, outside the transaction."""

from __future__ import annotations

from datetime import date

from dondoc.directives.document_file import Reading, read_file
from dondoc.handlers.context import Context
from dondoc.storage.directives import Directive
from dondoc.storage.files import FileStore


def reading(ctx: Context, sha256: str, *, number: str | None = None, issued_on: date | None = None) -> Reading:
    """What a stored file says. ``number`` and ``issued_on`` are what staff say where its head is blank."""
    key = f"read:{sha256}:{number}:{issued_on}"
    return ctx.outside(key, lambda: read_stored(ctx.services.files, sha256, number=number, issued_on=issued_on))


def reading_of(ctx: Context, directive: Directive) -> Reading | None:
    """The file of a directive read again; None if it is not here any more."""
    if directive.file_sha256 is None:
        return None
    found = reading(ctx, directive.file_sha256, number=directive.number, issued_on=directive.issued_on)
    return found if found.draft is not None else None


def read_stored(files: FileStore, sha256: str, *, number: str | None = None, issued_on: date | None = None) -> Reading:
    """The same without a message."""
    try:
        path = files.path(sha256)
    except FileNotFoundError:
        return Reading(reason="missing")
    return read_file(path, number=number, issued_on=issued_on)
