"""Pages that are pictures, read by OCR within bounds: how many, how large, how long."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from io import BytesIO

import pypdfium2
from PIL import Image

from dondoc.directives import tesseract
from dondoc.directives.legacy_fonts import vietnamese_share
from dondoc.directives.page_lines import Word, page_lines
from dondoc.directives.reading_pages import ReadPages
from dondoc.directives.scan_picture import MAX_PIXELS, SHORT_SIDE, open_picture, straightened
from dondoc.directives.unreadable import UnreadableDocument

MAX_PAGES = 40
"""A directive with its annexes: a minute on a quiet machine, five on one that has other things to do."""
MAX_SECONDS = 300.0
_SURE = 70.0
"""Below this a page may stand on its head, and is turned."""
_READ = 45.0
"""Below this what was read is no text."""
_MIN_SHARE = 0.05


def read_picture(data: bytes, scan_pages: int) -> ReadPages:
    """Read a photograph or a picture of several pages. Raises UnreadableDocument."""
    _require_ocr()
    _open_heif()
    pictures = open_picture(data)
    found = read_pages(enumerate(pictures, 1), len(pictures), scan_pages)
    return _result(found, len(pictures))


def read_pdf_pages(data: bytes, numbers: list[int], scan_pages: int) -> dict[int, str]:
    """The text of these pages, counted from 1, of a PDF; pages that give none are left out. Raises UnreadableDocument."""
    _require_ocr()
    return read_pages(_rendered(data, numbers), len(numbers), scan_pages)


def read_pages(pictures: Iterable[tuple[int, Image.Image]], total: int, scan_pages: int) -> dict[int, str]:
    """The text by number of page; at most ``scan_pages`` of them, or all if that is negative."""
    if scan_pages < 0 and total > MAX_PAGES:
        raise UnreadableDocument("scan_too_long")
    end = time.monotonic() + MAX_SECONDS
    found = {}
    for done, (number, picture) in enumerate(pictures):
        if done == (scan_pages if scan_pages >= 0 else MAX_PAGES):
            break
        if time.monotonic() > end:
            raise UnreadableDocument("scan_too_long")
        if text := _text(picture):
            found[number] = text
    return found


def is_installed() -> bool:
    """Whether scans can be read here."""
    return tesseract.is_installed()


def _require_ocr() -> None:
    if not is_installed():
        raise UnreadableDocument("scan")


def _open_heif() -> None:
    """Photographs of iPhones need a library of their own, which the extra brings; without it they are damaged to us."""
    try:
        from pi_heif import register_heif_opener
    except ImportError:
        return
    register_heif_opener()


def _rendered(data: bytes, numbers: list[int]) -> Iterator[tuple[int, Image.Image]]:
    document = pypdfium2.PdfDocument(BytesIO(data))
    try:
        for number in numbers:
            page = document[number - 1]
            width, height = page.get_size()
            scale = SHORT_SIDE[1] / max(1.0, min(width, height))
            if width * height * scale * scale > MAX_PIXELS:
                continue  # a strip a hundred times as long as wide is no page
            yield number, page.render(scale=scale, grayscale=True).to_pil().convert("L")
            page.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument("damaged") from error
    finally:
        document.close()


def _text(picture: Image.Image) -> str:
    """What stands on a page, whichever way up it came; empty if nothing can be made out."""
    page = straightened(picture)
    words, sure = tesseract.read_words(page)
    if sure < _SURE:
        turned = page.transpose(Image.Transpose.ROTATE_180)
        other, other_sure = tesseract.read_words(turned)
        if other_sure > sure:
            page, words, sure = turned, other, other_sure
    if sure < _READ:
        return ""
    return _lines(words, page.width)


def _lines(words: list[Word], width: int) -> str:
    return "\n".join(line for _, line in page_lines(words, width))


def _result(found: dict[int, str], total: int) -> ReadPages:
    pages = tuple(found.get(number, "") for number in range(1, total + 1))
    require_words(" ".join(pages))
    return ReadPages(pages, scanned=True, unread=tuple(n for n in range(1, total + 1) if n not in found))


def require_words(text: str) -> None:
    """Raises UnreadableDocument ("scan_unreadable") unless what was read is Vietnamese at all."""
    if vietnamese_share(text) < _MIN_SHARE:
        raise UnreadableDocument("scan_unreadable")
