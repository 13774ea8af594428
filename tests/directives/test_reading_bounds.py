"""No file makes reading fail, hang, or use more than a stated bound of memory: attacks, accidents, and bytes by chance."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import threading
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dondoc.directives import reading, reading_bounded
from dondoc.directives.reading import UnreadableDocument, read_bytes
from dondoc.directives.reading_child import MAX_ADDRESS_SPACE, read
from dondoc.directives.reading_package import MAX_PARTS, MAX_XML_BYTES, package_kind
from dondoc.directives.unreadable import REASONS
from tests.support.documents import LINES, as_docx, as_odt, as_pdf, pdf_of, unzipped, zipped

DOC = Path(__file__).parent / "files" / "thong-bao.doc"
NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
EMPTY_DOCX = unzipped(as_docx(lines=()))
CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"


def docx_of(body: str) -> bytes:
    """A .docx with this for its body."""
    document = f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"
    return zipped({**EMPTY_DOCX, "word/document.xml": document.encode()})


def pdf_with(content: bytes, filters: bytes) -> bytes:
    """A PDF of one page whose content is packed in these ways."""
    stream = b"<</Length %d/Filter[%s]>>stream\n%s\nendstream" % (len(content), filters, content)
    return pdf_of(CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE, stream)


def many_pages(number: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (place + 3) for place in range(number))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    return pdf_of(CATALOGUE, b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, number), *[page] * number)


TWICE_PACKED = pdf_with(zlib.compress(zlib.compress(bytes(600_000_000), 9), 9), b"/FlateDecode/FlateDecode")


def outcome(data: bytes) -> str:
    """The reason why it cannot be read, or "read"."""
    try:
        read_bytes(data)
    except UnreadableDocument as error:
        return error.reason
    return "read"


@pytest.mark.parametrize(
    ("data", "reasons"),
    [
        (zipped({"word/document.xml": bytes(MAX_XML_BYTES + 1)}), {"too_large"}),
        (zipped({**EMPTY_DOCX, "word/media/image1.png": bytes(130_000_000)}), {"too_large"}),
        (zipped({**EMPTY_DOCX, **{f"x{number}": b"" for number in range(MAX_PARTS)}}), {"too_large"}),
        (docx_of("<w:p>" * 50_000 + "</w:p>" * 50_000), {"damaged"}),
        (docx_of("\0" * 1_000_000), {"damaged"}),
        (TWICE_PACKED, {"damaged", "too_large", "empty"}),
        (many_pages(301), {"too_large"}),
        (pdf_of(CATALOGUE, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"), {"empty", "damaged"}),
        (pdf_of(CATALOGUE, b"[" * 100_000), {"empty", "damaged"}),
    ],
    ids=["xml", "picture", "parts", "deep", "zeros", "packed twice", "301 pages", "ring of pages", "deep objects"],
)
def test_attacks_are_refused_within_the_bound(data: bytes, reasons: set[str]) -> None:
    assert outcome(data) in reasons
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    assert largest < MAX_ADDRESS_SPACE


@pytest.mark.parametrize(
    "body",
    [
        "<w:p>" + "<w:r><w:t>chữ </w:t></w:r>" * 60_000 + "</w:p>",
        "<w:tbl><w:tr><w:tc>" * 70 + "<w:p><w:r><w:t>chữ</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * 70,
        "<w:p><w:r><w:pict><w:txbxContent>" * 60
        + "<w:p><w:r><w:t>chữ</w:t></w:r></w:p>"
        + "</w:txbxContent></w:pict></w:r></w:p>" * 60,
    ],
    ids=["runs", "tables in tables", "boxes in boxes"],
)
def test_odd_shapes_are_read_once(body: str) -> None:
    """Sixty boxes in each other once took two to the power of sixty steps."""
    source = read_bytes(docx_of(body))
    assert source.text.count("chữ") == body.count("chữ")


def test_five_megabytes_are_read_within_200_megabytes(tmp_path: Path) -> None:
    """As text, and as a .docx of ten thousand paragraphs: the program's own process, and the one that reads."""
    line = "1. Các trường rà soát tủ thuốc y tế, báo cáo về Phòng Nội vụ trước ngày 28/6/2024 để tổng hợp. " * 4
    number = 5_000_000 // len(line.encode())
    (tmp_path / "luat.txt").write_text(f"{line}\n" * number, encoding="utf-8")
    paragraphs = f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" * number
    (tmp_path / "luat.docx").write_bytes(docx_of(paragraphs))
    program = (
        "import json, resource, sys; from pathlib import Path; from dondoc.directives.reading import read_document\n"
        "letters = len(read_document(Path(sys.argv[1])).text)\n"
        # Not its own getrusage, which counts what this process had when it began.
        "own = [line.split()[1] for line in Path('/proc/self/status').read_text().split('\\n') if 'VmHWM' in line]\n"
        "print(json.dumps([letters, int(own[0]), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss]))"
    )
    for name in ("luat.txt", "luat.docx"):
        done = subprocess.run([sys.executable, "-c", program, tmp_path / name], capture_output=True, check=True)
        letters, *kilobytes = json.loads(done.stdout)
        assert letters >= len(line.strip()) * number
        assert max(kilobytes) < 200_000, name


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_bounded, "MAX_SECONDS_OF_TEXT", 0.0)
    assert outcome(as_docx()) == "too_slow"


def test_a_process_that_dies_leaves_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert outcome(as_docx()) == "damaged"


def test_readings_end_with_the_program() -> None:
    """Nobody waits for a text when the bot is told to stop."""
    slow = pdf_with(zlib.compress(b"BT (x) Tj ET\n" * 20_000_000, 9), b"/FlateDecode")
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.append(outcome(slow)))
    thread.start()
    while not reading_bounded._running:
        os.sched_yield()
    reading_bounded.end_readings()
    thread.join()
    assert found == ["damaged"]


def test_the_process_that_reads_knows_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, str]] = []
    true_popen = subprocess.Popen

    def popen(*args: object, **kwargs: dict[str, str]) -> object:
        seen.append(kwargs["env"])
        return true_popen(*args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setenv("DONDOC_TELEGRAM_TOKEN", "1:secret")
    monkeypatch.setattr(subprocess, "Popen", popen)
    read_bytes(as_docx())
    assert seen
    assert not any(name.startswith("DONDOC_") for name in seen[0])


# --- bytes by chance --------------------------------------------------------------------------------------------------

SAMPLES = {"docx": as_docx(), "odt": as_odt(), "pdf": as_pdf([LINES, LINES]), "doc": DOC.read_bytes()}
INNER = {"docx": "word/document.xml", "odt": "content.xml"}
PUT = st.one_of(st.binary(max_size=40), st.sampled_from([b"<", b">", b"&#0;", b"w:", b"/"]))
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 200), PUT), min_size=1, max_size=6)


def mutated(data: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    """The bytes with some cut out and others put in, each at a place from 0 to 1."""
    for place, cut, put in edits:
        start = int(place * len(data))
        data = data[:start] + put + data[start + cut :]
    return data


def survives(kind: str, data: bytes) -> None:
    with suppress(UnreadableDocument):
        read(kind, data, 0)


@pytest.mark.parametrize("kind", sorted(SAMPLES))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(edits=EDITS)
def test_a_damaged_file_has_a_reason(kind: str, edits: list[tuple[float, int, bytes]]) -> None:
    survives(kind, mutated(SAMPLES[kind], edits))


@pytest.mark.parametrize("kind", sorted(INNER))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(edits=EDITS)
def test_so_has_one_with_damaged_xml(kind: str, edits: list[tuple[float, int, bytes]]) -> None:
    """Packed anew, so that the damage is found by nobody before the reader."""
    parts = unzipped(SAMPLES[kind])
    parts[INNER[kind]] = mutated(parts[INNER[kind]], edits)
    data = zipped(parts)
    with suppress(UnreadableDocument):
        read(package_kind(data), data, 0)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.sampled_from(sorted(SAMPLES.values())), edits=EDITS)
def test_the_whole_way(data: bytes, edits: list[tuple[float, int, bytes]]) -> None:
    assert outcome(mutated(data, edits)) in {*REASONS, "read"}


def test_the_bounds_are_those_of_the_documentation() -> None:
    assert (reading.MAX_FILE_BYTES, reading.MAX_LETTERS) == (50_000_000, 6_000_000)
