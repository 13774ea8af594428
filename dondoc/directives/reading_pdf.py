"""The text of a PDF, page by page, without page numbers and running heads; pages that are pictures go to OCR."""

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

from dondoc.directives.layout import is_speck
from dondoc.directives.legacy_fonts import converted, encoding_of_font
from dondoc.directives.page_lines import Word, page_lines
from dondoc.directives.reading_pages import ReadPages
from dondoc.directives.unreadable import UnreadableDocument

MAX_PAGES = 300
"""The longest plan with its annexes; ten pages a second are read on one slow core."""
MAX_PAGE_OBJECTS = 60_000
"""Letters and strokes of one page. A full page of small print has 6,000 letters, a map as many thousand strokes."""
_MIN_LETTERS = 60
_MIN_PICTURE = 0.3
"""The part of a page that a picture covers, from which on the page's text may be in the picture."""
_MANY_STROKES = 300
_PAGE_NUMBER = re.compile(r"^\W*(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?\W*$", re.IGNORECASE)
# What the letters ư and ã of the fonts before Unicode are called inside a PDF.
_GLYPHS = str.maketrans({"\u2212": "\u00ad", "\u2219": "\u00b7"})


def read_pdf(data: bytes, scan_pages: int) -> ReadPages:
    """The text of each page; of those that are pictures at most ``scan_pages`` (all, if that is negative).

    Raises UnreadableDocument.
    """
    pages, pictures = _pages(data)
    scanned: dict[int, str] = {}
    if pictures:
        scanned = _scanned(data, pictures, scan_pages, text="\n".join(pages))
    for number, text in scanned.items():
        pages[number - 1] = text
    kept, margins = _without_running_lines(pages)
    unread = tuple(number for number in pictures if number not in scanned)
    return ReadPages(tuple(kept), margins, scanned=bool(scanned), unread=unread)


def _pages(data: bytes) -> tuple[list[str], list[int]]:
    """The text of each page, and the numbers of those that are pictures."""
    pages, pictures = [], []
    try:
        with pdfplumber.open(BytesIO(data)) as document:
            if len(document.pages) > MAX_PAGES:
                raise UnreadableDocument("too_large")
            for page in document.pages:
                if sum(map(len, page.objects.values())) > MAX_PAGE_OBJECTS:
                    raise UnreadableDocument("too_large")
                pages.append(_page_text(page))
                if _is_picture(page, pages[-1]):
                    pictures.append(page.page_number)
                page.close()
    except UnreadableDocument:
        raise
    except MemoryError as error:
        raise UnreadableDocument("too_large") from error
    except Exception as error:
        # A hostile or broken file can fail anywhere inside the library; it is always the file's fault.
        locked = isinstance(error, PDFPasswordIncorrect | PDFEncryptionError) or "Password" in repr(error)
        raise UnreadableDocument("encrypted" if locked else "damaged") from error
    return pages, pictures


def _scanned(data: bytes, pictures: list[int], scan_pages: int, text: str) -> dict[int, str]:
    """The text of the pages that are pictures. Without OCR, only a document that has other text goes on."""
    from dondoc.directives import reading_scan  # what it needs takes long to load

    if _letters(text) >= _MIN_LETTERS and not reading_scan.is_installed():
        return {}
    found = reading_scan.read_pdf_pages(data, pictures, scan_pages)
    if _letters(text) < _MIN_LETTERS:
        reading_scan.require_words(" ".join(found.values()))
    return found


def _letters(text: str) -> int:
    """How many letters there are apart from page numbers and the stamps of signatures."""
    return sum(letter.isalpha() for line in text.split("\n") if not is_speck(line) for letter in line)


def _is_picture(page: Any, text: str) -> bool:
    """Whether the words of a page are in a picture, or drawn as strokes, and not in its text."""
    if _letters(text) >= _MIN_LETTERS:
        return False
    area = float(page.width) * float(page.height)
    covered = sum(
        max(0.0, image["x1"] - image["x0"]) * max(0.0, image["bottom"] - image["top"]) for image in page.images
    )
    return covered > _MIN_PICTURE * area or len(page.curves) > _MANY_STROKES


def _page_text(page: Any) -> str:
    """The page's lines from top to bottom; a ruled table of three columns or more comes as rows with " | "."""
    tables = [table for table in page.find_tables() if table.rows and max(len(row.cells) for row in table.rows) >= 3]
    parts: list[tuple[float, str]] = []
    rest = page
    for table in tables:
        rows = [[" ".join((cell or "").split()) for cell in row] for row in table.extract()]
        parts.append((table.bbox[1], "\n".join("| " + " | ".join(row) + " |" for row in rows if any(row))))
        rest = rest.filter(_outside(table.bbox))
    words = (Word(word["text"], word["x0"], word["top"], word["x1"], word["bottom"]) for word in rest.extract_words())
    parts += page_lines(words, float(page.width))
    # Sorted by height alone, so that lines of one block stay in their order.
    text = "\n".join(text for _, text in sorted(parts, key=lambda part: part[0]))
    return _in_unicode(text, page)


def _in_unicode(text: str, page: Any) -> str:
    """Converted if most letters of the page are in fonts from before Unicode."""
    fonts = Counter(encoding_of_font(char["fontname"]) for char in page.chars)
    encoding = max(fonts, key=lambda name: fonts[name]) if fonts else None
    if encoding is None:
        return text
    return "\n".join(converted(line.translate(_GLYPHS), encoding) for line in text.split("\n"))


def _outside(box: tuple[float, float, float, float]) -> Any:
    left, top, right, bottom = box

    def keeps(item: dict[str, Any]) -> bool:
        across, down = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
        return item.get("object_type") != "char" or not (left <= across <= right and top <= down <= bottom)

    return keeps


def _without_running_lines(pages: list[str]) -> tuple[list[str], str]:
    """Page numbers go; a first or last line goes to the margins when it stands on most of three or more pages."""
    split = [[line for line in page.split("\n") if not _PAGE_NUMBER.match(line)] for page in pages]
    edges = Counter(line.strip() for lines in split for line in {*lines[:1], *lines[-1:]} if line.strip())
    running = {line for line, count in edges.items() if len(pages) >= 3 and count > len(pages) / 2}
    kept = ["\n".join(line for line in lines if line.strip() not in running) for lines in split]
    return kept, "\n".join(sorted(running))
