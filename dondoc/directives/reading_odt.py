"""The text of an .odt in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx.oxml.parser import parse_xml
from odf import opendocument, teletype
from odf.namespaces import OFFICENS, TABLENS, TEXTNS

from dondoc.directives.unreadable import UnreadableDocument

_PARAGRAPHS = ((TEXTNS, "p"), (TEXTNS, "h"))


def odt_text(data: bytes, content: bytes) -> str:
    """All text of the body, one line a paragraph; a table of data is a line a row with " | " between its cells.

    ``content`` is the part content.xml: it is checked here first, because the library prints what it cannot parse.
    Raises UnreadableDocument ("damaged").
    """
    try:
        parse_xml(content)  # resolves no entity
        document = opendocument.load(BytesIO(data))
        return "\n".join(_lines(document.body))
    except Exception as error:
        # A hostile or broken package can fail anywhere inside the library; it is always the file's fault.
        raise UnreadableDocument("damaged") from error


def _lines(element: Any, bullet: str = "") -> Iterator[str]:
    for child in element.childNodes:
        name = getattr(child, "qname", None)
        if name in _PARAGRAPHS:
            text = teletype.extractText(child)
            yield bullet + text if text.strip() else ""
        elif name == (TABLENS, "table"):
            yield from _table_lines(child)
        elif name == (TEXTNS, "list-item"):
            yield from _lines(child, bullet="- ")
        elif name is not None and name != (OFFICENS, "annotation"):
            yield from _lines(child, bullet)


def _table_lines(table: Any) -> Iterator[str]:
    rows = []
    for row in _named(table, "table-row"):
        cells = [[line for line in _lines(cell) if line.strip()] for cell in _named(row, "table-cell")]
        rows.append(cells)
    if max((len(row) for row in rows), default=0) < 3:  # header, signature and other tables made for layout
        for row in rows:
            for cell in row:
                yield from cell
                yield ""
        return
    yield ""
    for row in rows:
        yield "| " + " | ".join(" ".join(cell) for cell in row) + " |"
    yield ""


def _named(element: Any, name: str) -> Iterator[Any]:
    for child in element.childNodes:
        if getattr(child, "qname", None) == (TABLENS, name):
            yield child
        elif getattr(child, "qname", (None, ""))[1] in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _named(child, name)
