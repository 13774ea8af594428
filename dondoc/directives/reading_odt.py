"""The text of an .odt in reading order."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx.oxml.parser import parse_xml
from odf import opendocument, teletype
from odf.namespaces import OFFICENS, STYLENS, TABLENS, TEXTNS

from dondoc.directives.docx_numbering import roman_number
from dondoc.directives.reading_pages import ReadPages
from dondoc.directives.unreadable import UnreadableDocument

_PARAGRAPHS = ((TEXTNS, "p"), (TEXTNS, "h"))
_SKIPPED = ((OFFICENS, "annotation"), (TEXTNS, "tracked-changes"))  # what was struck out is no text


def read_odt(data: bytes) -> ReadPages:
    """All text of the body, one line a paragraph; a table of data is a line a row with " | " between its cells.

    Headers and feet are its margins. Raises UnreadableDocument ("damaged", "too_large").
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            # Resolves no entity. Checked here first, because the library prints what it cannot parse.
            parse_xml(archive.read("content.xml"))
        document = opendocument.load(BytesIO(data))
        shapes = _list_shapes(document)
        body = "\n".join(_lines(document.body, shapes))
        margins = "\n".join(_lines(document.masterstyles, shapes))
    except MemoryError as error:
        raise UnreadableDocument("too_large") from error
    except Exception as error:
        # A hostile or broken package can fail anywhere inside the library; it is always the file's fault.
        raise UnreadableDocument("damaged") from error
    return ReadPages((body,), margins)


def _lines(element: Any, shapes: dict[str, list[tuple[str, str]]], mark: str = "") -> Iterator[str]:
    for child in element.childNodes:
        name = getattr(child, "qname", None)
        if name in _PARAGRAPHS:
            text = teletype.extractText(child)
            yield mark + text if text.strip() else ""
            mark = ""
        elif name == (TABLENS, "table"):
            yield from _table_lines(child, shapes)
        elif name == (TEXTNS, "list"):
            yield from _list_lines(child, shapes, None, 0)
        elif name is not None and name not in _SKIPPED:
            yield from _lines(child, shapes, mark)


def _list_lines(items: Any, shapes: dict[str, list[tuple[str, str]]], style: str | None, depth: int) -> Iterator[str]:
    """The items of a list with the numbers or bullets that its style gives them."""
    style = items.getAttrNS(TEXTNS, "style-name") or style
    levels = shapes.get(style or "", [])
    shape, suffix = levels[depth] if depth < len(levels) else ("", "")
    count = 0
    for item in items.childNodes:
        if getattr(item, "qname", None) not in ((TEXTNS, "list-item"), (TEXTNS, "list-header")):
            continue
        count += 1
        mark = f"{_number(count, shape)}{suffix} " if shape else ("- " if depth == 0 else "+ ")
        for child in item.childNodes:
            if getattr(child, "qname", None) == (TEXTNS, "list"):
                yield from _list_lines(child, shapes, style, depth + 1)
            elif getattr(child, "qname", None) in _PARAGRAPHS:
                text = teletype.extractText(child)
                yield mark + text if text.strip() else ""
                mark = ""


def _list_shapes(document: Any) -> dict[str, list[tuple[str, str]]]:
    """For each list style the number format and suffix of its levels; bullets have an empty format."""
    shapes: dict[str, list[tuple[str, str]]] = {}
    for part in (document.automaticstyles, document.styles):
        for style in part.childNodes:
            if getattr(style, "qname", None) == (TEXTNS, "list-style"):
                shapes[style.getAttrNS(STYLENS, "name")] = [
                    (level.getAttrNS(STYLENS, "num-format") or "", level.getAttrNS(STYLENS, "num-suffix") or ".")
                    for level in style.childNodes
                ]
    return shapes


def _number(value: int, shape: str) -> str:
    if shape.lower() == "a" and value <= 26:
        return chr(ord(shape) + value - 1)
    if shape.lower() == "i":
        roman = roman_number(value)
        return roman if shape == "I" else roman.lower()
    return str(value)


def _table_lines(table: Any, shapes: dict[str, list[tuple[str, str]]]) -> Iterator[str]:
    rows = []
    for row in _named(table, "table-row"):
        cells = [[line for line in _lines(cell, shapes) if line.strip()] for cell in _named(row, "table-cell")]
        rows.append(cells)
    for row in rows:
        if len(row) < 3:  # header, signature and other tables made for layout
            for cell in row:
                yield from cell
                yield ""
        else:
            yield "| " + " | ".join(" ".join(" ".join(cell).split()) for cell in row) + " |"
    yield ""


def _named(element: Any, name: str) -> Iterator[Any]:
    for child in element.childNodes:
        if getattr(child, "qname", None) == (TABLENS, name):
            yield child
        elif getattr(child, "qname", (None, ""))[1] in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _named(child, name)
