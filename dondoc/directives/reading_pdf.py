"""The text of a PDF, page by page, without page numbers and running heads; a PDF of pictures only is a scan."""

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

from dondoc.directives.unreadable import UnreadableDocument

MAX_PAGES = 120
_MIN_LETTERS = 60
_PAGE_NUMBER = re.compile(r"^\W*(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?\W*$", re.IGNORECASE)


def pdf_pages(data: bytes) -> list[str]:
    """The text of each page. Raises UnreadableDocument ("scan", "encrypted", "too_large", "damaged")."""
    try:
        with pdfplumber.open(BytesIO(data)) as document:
            if len(document.pages) > MAX_PAGES:
                raise UnreadableDocument("too_large")
            pages = []
            for page in document.pages:
                pages.append(_page_text(page))
                page.close()
    except UnreadableDocument:
        raise
    except Exception as error:
        # A hostile or broken file can fail anywhere inside the library; it is always the file's fault.
        locked = isinstance(error, PDFPasswordIncorrect | PDFEncryptionError) or "Password" in repr(error)
        raise UnreadableDocument("encrypted" if locked else "damaged") from error
    if sum(letter.isalpha() for page in pages for letter in page) < _MIN_LETTERS:
        raise UnreadableDocument("scan")
    return _without_running_lines(pages)


def _page_text(page: Any) -> str:
    """The page's lines from top to bottom; a ruled table of three columns or more comes as rows with " | "."""
    tables = [table for table in page.find_tables() if table.rows and max(len(row.cells) for row in table.rows) >= 3]
    if not tables:
        return str(page.extract_text() or "")
    parts: list[tuple[float, str]] = []
    rest = page
    for table in tables:
        rows = [[" ".join((cell or "").split()) for cell in row] for row in table.extract()]
        parts.append((table.bbox[1], "\n".join("| " + " | ".join(row) + " |" for row in rows if any(row))))
        rest = rest.filter(_outside(table.bbox))
    parts += [(line["top"], line["text"]) for line in rest.extract_text_lines(strip=False)]
    return "\n".join(text for _, text in sorted(parts, key=lambda part: part[0]))


def _outside(box: tuple[float, float, float, float]) -> Any:
    left, top, right, bottom = box

    def keeps(item: dict[str, Any]) -> bool:
        across, down = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
        return item.get("object_type") != "char" or not (left <= across <= right and top <= down <= bottom)

    return keeps


def _without_running_lines(pages: list[str]) -> list[str]:
    """Page numbers go; a first or last line goes when it stands on most of three or more pages."""
    split = [[line for line in page.split("\n") if not _PAGE_NUMBER.match(line)] for page in pages]
    edges = Counter(line.strip() for lines in split for line in {*lines[:1], *lines[-1:]} if line.strip())
    running = {line for line, count in edges.items() if len(pages) >= 3 and count > len(pages) / 2}
    return ["\n".join(line for line in lines if line.strip() not in running) for lines in split]
