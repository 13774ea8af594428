"""The process of its own in which a file is read: ``python -m dondoc.directives.reading_child KIND SCAN_PAGES``.

The bytes come on standard input, the pages go to standard output as JSON. The limits are set before anything is opened, so
that a file which defeats a library can neither fill the memory nor hold a core of the machine that serves the office.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict

from dondoc.directives.reading_pages import ReadPages
from dondoc.directives.unreadable import UnreadableDocument

MAX_ADDRESS_SPACE = 1_000_000_000
"""Bytes of address space: libraries alone reserve 300 MB of it; 40 MB of XML as a tree take 400 MB."""
MAX_CPU_SECONDS = 90
"""Of this process alone: three hundred pages of text take 30, forty scanned ones 40 besides what Tesseract takes."""


def read(kind: str, data: bytes, scan_pages: int) -> ReadPages:
    """Read bytes of a known kind. Raises UnreadableDocument."""
    return _reader(kind, scan_pages)(data)


def _reader(kind: str, scan_pages: int) -> Callable[[bytes], ReadPages]:
    # Only what a kind needs is imported: starting is most of the time that a short document takes.
    if kind == "pdf":
        from dondoc.directives.reading_pdf import read_pdf

        return lambda data: read_pdf(data, scan_pages)
    if kind == "docx":
        from dondoc.directives.reading_docx import read_docx

        return read_docx
    if kind == "doc":
        from dondoc.directives.reading_doc import read_doc

        return read_doc
    if kind == "odt":
        from dondoc.directives.reading_odt import read_odt

        return read_odt
    if kind == "picture":
        from dondoc.directives.reading_scan import read_picture

        return lambda data: read_picture(data, scan_pages)
    raise ValueError(kind)


def _limit() -> None:
    try:
        import resource
    except ImportError:  # not on this system; the parent's clock still holds
        return
    for which, limit in (
        (resource.RLIMIT_AS, MAX_ADDRESS_SPACE),
        (resource.RLIMIT_CPU, MAX_CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(which)
        resource.setrlimit(which, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
    os.nice(5)  # the office's messages come first


def main() -> None:
    """Read what comes in and say what it holds, or why it cannot be read."""
    _limit()
    answers = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # some libraries print what they cannot parse
    try:
        said: dict[str, object] = asdict(read(sys.argv[1], sys.stdin.buffer.read(), int(sys.argv[2])))
    except UnreadableDocument as error:
        said = {"reason": error.reason}
    except MemoryError:
        said = {"reason": "too_large"}
    with os.fdopen(answers, "wb") as output:
        output.write(json.dumps(said).encode())


if __name__ == "__main__":
    main()
