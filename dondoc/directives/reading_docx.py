"""The text of a .docx in reading order: paragraphs with their automatic numbers, tables, simple text boxes."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from operator import itemgetter
from typing import Any

import docx
from docx.oxml.ns import qn

from dondoc.directives.docx_fonts import Fonts
from dondoc.directives.docx_numbering import Numbering
from dondoc.directives.legacy_fonts import converted
from dondoc.directives.reading_pages import ReadPages
from dondoc.directives.unreadable import UnreadableDocument

_TEXT, _RUN, _ROW, _CELL, _BOX = qn("w:t"), qn("w:r"), qn("w:tr"), qn("w:tc"), qn("w:txbxContent")
_COPY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset({qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:pPr"), qn("w:rPr"), _BOX, _COPY})
# A soft hyphen is a letter to the fonts before Unicode; where it is none it is taken out later.
_MARKS = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
    qn("w:softHyphen"): "\u00ad",
}
_HOLDERS = frozenset(
    {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo"), qn("w:customXml"), qn("w:smartTag")}
)


def read_docx(data: bytes) -> ReadPages:
    """All text of the body, one line a paragraph; a table of data is a line a row with " | " between its cells.

    Headers and feet are its margins. Raises UnreadableDocument ("damaged", "too_large").
    """
    try:
        document = docx.Document(BytesIO(data))
        reader = _Reader(document)
        body = "\n".join(reader.lines(document.element.body))
        margins = "\n".join(line for part in _margin_parts(document) for line in reader.lines(part))
    except MemoryError as error:
        raise UnreadableDocument("too_large") from error
    except Exception as error:
        # A hostile or broken package can fail anywhere inside the library; it is always the file's fault.
        raise UnreadableDocument("damaged") from error
    return ReadPages((body,), margins)


def _margin_parts(document: Any) -> Iterator[Any]:
    """The headers and feet, each once however many sections share it."""
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.rsplit("/", 1)[-1] in ("header", "footer"):
            yield relation.target_part.element


class _Reader:
    """Walks the blocks of one document."""

    def __init__(self, document: Any) -> None:
        self._numbering = Numbering(document)
        self._fonts = Fonts(document)

    def lines(self, container: Any) -> Iterator[str]:
        for element in container.iterchildren():
            if element.tag == qn("w:p"):
                yield from self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                yield from self._table(element)
            elif element.tag in _HOLDERS:
                yield from self.lines(element)

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        text = self._text(paragraph)
        if text.strip():
            yield self._numbering.label(paragraph) + text
        else:
            yield ""
        for box in _boxes(paragraph):
            yield from self.lines(box)

    def _text(self, paragraph: Any) -> str:
        """Neighbours in one font together: a letter and its mark may stand in two runs."""
        usual = self._fonts.of_paragraph(paragraph)
        texts = []
        for (encoding, capitals), pieces in groupby(self._pieces(paragraph, None, usual), itemgetter(1)):
            text = "".join(piece for piece, _ in pieces)
            if encoding is not None:
                text = converted(text, encoding)
            texts.append(text.upper() if capitals else text)
        return "".join(texts)

    def _pieces(self, element: Any, run: Any, usual: str | None) -> Iterator[tuple[str, tuple[str | None, bool]]]:
        for child in element.iterchildren():
            tag = child.tag
            if tag in _SKIPPED:
                continue
            if tag == _TEXT:
                yield child.text or "", self._fonts.of_run(run, usual)
            elif tag in _MARKS:
                yield _MARKS[tag], self._fonts.of_run(run, usual)
            else:
                yield from self._pieces(child, child if tag == _RUN else run, usual)

    def _table(self, table: Any) -> Iterator[str]:
        rows = [
            [[line for line in self.lines(cell) if line.strip()] for cell in _held(row, _CELL)]
            for row in _held(table, _ROW)
        ]
        for row in rows:
            if len(row) < 3:  # header, signature and other tables made for layout
                for cell in row:
                    yield from cell
                    yield ""
            else:
                yield "| " + " | ".join(" ".join(" ".join(cell).split()) for cell in row) + " |"
        yield ""


def _held(element: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row; forms put a holder around them."""
    for child in element.iterchildren():
        if child.tag == tag:
            yield child
        elif child.tag in _HOLDERS:
            yield from _held(child, tag)


def _boxes(element: Any) -> Iterator[Any]:
    """The text boxes anchored in a paragraph, without those inside them; the copy for old programs is left out."""
    for child in element.iterchildren():
        if child.tag == _BOX:
            yield child
        elif child.tag != _COPY:
            yield from _boxes(child)
