"""Why a file cannot be read, as a code for chat and a line for the command line."""

from __future__ import annotations

REASONS = {
    "missing": "the file cannot be opened",
    "empty": "the file holds no text",
    "binary": "the file is neither a document nor text",
    "encoding": "the text is in no Unicode encoding",
    "scan": "the file is a picture or a scan without text; a text version is needed",
    "old_doc": "the file is in the old .doc format; save it as .docx or PDF",
    "unsupported": "files of this kind are not read; use .docx, .odt, PDF with text, or .txt",
    "too_large": "the file is too large",
    "encrypted": "the file is protected by a password",
    "damaged": "the file is damaged or incomplete",
    "unsafe": "the file declares XML entities and is not opened",
}


class UnreadableDocument(Exception):
    """A file that gives no text. ``reason`` is a key of ``REASONS``; the message is its one English line."""

    def __init__(self, reason: str) -> None:
        super().__init__(REASONS[reason])
        self.reason = reason
