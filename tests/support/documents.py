"""Documents of every format, made for tests; nothing of them is from real papers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence

import docx
from matplotlib import rc_context
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from odf import opendocument
from odf.text import H, P

LINES = ("THÔNG BÁO", "1. Phòng Nội vụ báo cáo trước ngày 05/4/2024.", "2. Các trường rà soát tủ thuốc.")
TEXT = "\n".join(LINES)


def as_docx(build: Callable[[docx.document.Document], object] | None = None, lines: Sequence[str] = LINES) -> bytes:
    """A .docx of these paragraphs and of what ``build`` adds."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if build is not None:
        build(document)
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def as_odt(lines: Sequence[str] = LINES) -> bytes:
    """An .odt with a heading and paragraphs."""
    document = opendocument.OpenDocumentText()
    document.text.addElement(H(outlinelevel=1, text=lines[0]))
    for line in lines[1:]:
        document.text.addElement(P(text=line))
    packed = io.BytesIO()
    document.write(packed)
    return packed.getvalue()


def as_pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF with text, a line each from the top of each page."""
    packed = io.BytesIO()
    with rc_context({"pdf.fonttype": 42}), PdfPages(packed) as document:
        for lines in pages:
            figure = Figure(figsize=(8.27, 11.69))
            for number, line in enumerate(lines):
                figure.text(0.1, 0.95 - 0.03 * number, line, fontsize=11)
            document.savefig(figure)
    return packed.getvalue()


def zipped(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these parts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pdf_of(*objects: bytes) -> bytes:
    """A PDF of bare objects, of which the first is the catalogue: for files that no program would write."""
    body = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, table) + trailer
