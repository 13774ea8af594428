"""The text of an old binary .doc: a library in pure Python makes a .docx of it, with tables, numbering and fonts."""

from __future__ import annotations

import tempfile
from pathlib import Path

import doc2docx
from doc2docx.errors import EncryptedDocumentError

from dondoc.directives.reading_docx import read_docx
from dondoc.directives.reading_package import package_kind
from dondoc.directives.reading_pages import ReadPages
from dondoc.directives.unreadable import UnreadableDocument


def read_doc(data: bytes) -> ReadPages:
    """The text of Word 97 to 2003. Raises UnreadableDocument ("old_doc", "encrypted", "too_large")."""
    with tempfile.TemporaryDirectory(prefix="dondoc-") as folder:
        source, target = Path(folder) / "in.doc", Path(folder) / "out.docx"
        source.write_bytes(data)
        try:
            doc2docx.convert(source, target)
            packed = target.read_bytes()
        except EncryptedDocumentError as error:
            raise UnreadableDocument("encrypted") from error
        except MemoryError as error:
            raise UnreadableDocument("too_large") from error
        except Exception as error:
            # A hostile, broken or older file can fail anywhere inside the library; it is always the file's fault.
            raise UnreadableDocument("old_doc") from error
    package_kind(packed)
    return read_docx(packed)
