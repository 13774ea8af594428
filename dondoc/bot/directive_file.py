"""A directive's file on the command line: read, or refused with one line and exit status 3."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dondoc.bot.command import REFUSED, fail, tell

if TYPE_CHECKING:
    from dondoc.directives.amending import Amended, Move
    from dondoc.directives.drafts import DirectiveDraft

Document = Annotated[
    Path, typer.Argument(metavar="FILE", help=".txt, .docx, .doc, .odt, PDF or scan", show_default=False)
]

_CAUTIONS = {
    "internal": "the document is marked for internal use",
    "recalled": "the document is to be given back after the meeting",
    "pupils": "the document lists pupils by name: it belongs on no shared channel",
}


@dataclass(frozen=True, slots=True)
class DirectiveFile:
    """A document that may be here and could be read: what it says, and which other document it amends."""

    draft: DirectiveDraft
    amended: Amended | None
    moves: tuple[Move, ...]


def read_or_refuse(file: Path, *, number: str | None = None, issued_on: date | None = None) -> DirectiveFile:
    """Read a document; of one that carries a secrecy mark, also in its name, or cannot be read, the command ends.

    What to be careful about is told.
    """
    from dondoc.directives.document_file import read_file
    from dondoc.directives.secrecy_said import name_mark
    from dondoc.directives.unreadable import REASONS

    mark = name_mark(file.name)
    read = read_file(file, number=number, issued_on=issued_on) if mark is None else None
    if read is None or read.mark is not None:
        mark = mark or (read.mark if read else None)
        fail(REFUSED, f"{file} is marked {mark}: it has no place here; delete it and use the paper route")
    if read.draft is None:
        fail(REFUSED, f"{file}: {REASONS[read.reason or 'damaged']}")
    for caution in read.cautions:
        tell(f"note: {_CAUTIONS[caution]}")
    return DirectiveFile(read.draft, read.amended, read.moves)


def citation(draft: DirectiveDraft) -> str:
    """The document as it is cited."""
    from dondoc.vietnamese.words import cite

    return cite(draft.document.kind, draft.document.number, draft.document.issued_on)


def when(day: date, rule: str | None, hour: time | None) -> str:
    """A deadline as "before 2024-06-28" or "by 2024-07-05 16:00"."""
    at = f" {hour:%H:%M}" if hour else ""
    return f"{'before' if rule == 'before' else 'by'} {day.isoformat()}{at}"
