"""What a reader of one format gives back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadPages:
    """The text by page; a format without pages has one.

    ``margins`` is what stands in the margins of pages (headers, feet, running heads): no text of the document, but a
    secrecy mark may be among it. ``scanned`` says whether any page was read by OCR; ``unread`` are the numbers, from 1, of
    pages that hold something and gave no text.
    """

    pages: tuple[str, ...]
    margins: str = ""
    scanned: bool = False
    unread: tuple[int, ...] = ()
