"""The text of a .docx in reading order: paragraphs with their automatic numbers, tables, simple text boxes."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn

from dondoc.directives.docx_numbering import Numbering
from dondoc.directives.unreadable import UnreadableDocument

_SKIPPED = frozenset({qn("w:del"), qn("w:txbxContent"), qn("w:moveFrom"), qn("w:instrText"), qn("w:pPr"), qn("w:rPr"),
                      "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"})  # fmt: skip
_MARKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def docx_text(data: bytes) -> str:
    """All text of the body, one line a paragraph; a table of data is a line a row with " | " between its cells.

    Raises UnreadableDocument ("damaged") when the package does not hold together.
    """
    try:
        document = docx.Document(BytesIO(data))
        numbering = Numbering(document)
        return "\n".join(_block_lines(document.element.body, numbering))
    except Exception as error:
        # A hostile or broken package can fail anywhere inside the library; it is always the file's fault.
        raise UnreadableDocument("damaged") from error


def _block_lines(container: Any, numbering: Numbering) -> Iterator[str]:
    for element in container.iterchildren():
        if element.tag == qn("w:p"):
            yield from _paragraph_lines(element, numbering)
        elif element.tag == qn("w:tbl"):
            yield from _table_lines(element, numbering)
        elif element.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
            yield from _block_lines(element, numbering)


def _paragraph_lines(paragraph: Any, numbering: Numbering) -> Iterator[str]:
    text = "".join(_pieces(paragraph))
    if text.strip():
        yield numbering.label(paragraph) + text
    else:
        yield ""
    for box in paragraph.iter(qn("w:txbxContent")):
        if not any(parent.tag.endswith("}Fallback") for parent in box.iterancestors()):
            yield from _block_lines(box, numbering)


def _pieces(element: Any) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag in _SKIPPED:
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        else:
            yield from _pieces(child)


def _table_lines(table: Any, numbering: Numbering) -> Iterator[str]:
    rows = [
        [[line for line in _block_lines(cell, numbering) if line.strip()] for cell in row.iterchildren(qn("w:tc"))]
        for row in table.iterchildren(qn("w:tr"))
    ]
    for row in rows:
        if len(row) < 3:  # header, signature and other tables made for layout
            for cell in row:
                yield from cell
                yield ""
        else:
            yield "| " + " | ".join(" ".join(" ".join(cell).split()) for cell in row) + " |"
    yield ""
