"""Why a file cannot be read, as a code for chat and a line for the command line."""

from __future__ import annotations

REASONS = {
    "missing": "the file cannot be opened",
    "empty": "the file holds no text",
    "binary": "the file is neither a document nor text",
    "encoding": "the text is neither Unicode nor in one of the old Vietnamese encodings",
    "scan": (
        "the file is a picture or a scan, and nothing here can read those: pip install 'dondoc[ocr]' and, on Debian, "
        "apt install tesseract-ocr tesseract-ocr-vie; or use a version with text"
    ),
    "scan_unreadable": (
        "the words in the picture or scan cannot be made out; scan the paper straight at 200 dpi or more, or use a "
        "version with text"
    ),
    "scan_too_long": "the scan has more pages than are read at a time; split it, or use a version with text",
    "old_doc": "this .doc file cannot be read; save it as .docx or PDF",
    "unsupported": "files of this kind are not read; use .docx, .doc, .odt, PDF, .txt, or a scan",
    "too_large": "the file is too large, or unpacks to too much",
    "too_slow": "reading the file takes too long; save it anew as .docx or PDF",
    "encrypted": "the file is protected by a password",
    "damaged": "the file is damaged or incomplete",
    "unsafe": "the file declares XML entities and is not opened",
}

NOT_KEPT = frozenset({"scan", "scan_unreadable", "scan_too_long", "too_slow"})
"""Reasons after which a file is not kept, because it may bear a secrecy mark that nobody could read."""


class UnreadableDocument(Exception):
    """A file that gives no text. ``reason`` is a key of ``REASONS``; the message is its one English line."""

    def __init__(self, reason: str) -> None:
        super().__init__(REASONS[reason])
        self.reason = reason
