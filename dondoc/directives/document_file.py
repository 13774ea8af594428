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


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a file: a draft; or the reason why it cannot be read (see ``unreadable``); or the secrecy mark
    that it carries, and then nothing else of it."""

    draft: DirectiveDraft | None = None
    cautions: tuple[str, ...] = ()
    amended: Amended | None = None
    moves: tuple[Move, ...] = ()
    unread: tuple[int, ...] = ()
    reason: str | None = None
    mark: str | None = None


def read_file(path: Path, *, number: str | None = None, issued_on: date | None = None) -> Reading:
    """Read a file. ``number`` and ``issued_on`` are what staff say where the head is blank."""
    try:
        source = read_document(path)
    except UnreadableDocument as error:
        return Reading(reason=error.reason)
    if (mark := document_mark(source)) is not None:
        return Reading(mark=mark)
    draft = parse_directive(source, number=number, issued_on=issued_on)
    amended = find_amended(source)
    issued = draft.document.issued_on
    moves = find_moves(source, issued) if amended is not None and issued is not None else []
    return Reading(draft, caution_marks(source.text), amended, tuple(moves), source.unread)
