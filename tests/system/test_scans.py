"""Scans and photographs, read by the true Tesseract: pages drawn here and spoilt as scanners and telephones spoil them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from PIL import Image

from dondoc.directives import reading_scan
from dondoc.directives.marked import file_mark
from dondoc.directives.parse import parse_directive
from dondoc.directives.reading import UnreadableDocument, read_bytes, read_document
from dondoc.directives.secrecy import document_mark
from tests.support.documents import as_pdf
from tests.support.pages import as_bytes, degraded, drawn_page

pytestmark = pytest.mark.system

SCAN = {"angle": 1.3, "blur": 0.8, "noise": 14, "quality": 45, "shadow": 0.35}
PHOTOGRAPH = {"angle": -2.0, "blur": 0.5, "noise": 6, "quality": 70, "shadow": 0.3}


@pytest.fixture(autouse=True)
def _needs_tesseract() -> None:
    if not reading_scan.is_installed():
        pytest.skip("tesseract-ocr and tesseract-ocr-vie are not installed")


def deadlines(data: bytes) -> set[str]:
    return {str(task.deadline) for task in parse_directive(read_bytes(data)).tasks if task.deadline}


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP", "PDF"])
def test_a_scan_in_every_kind_of_file(kind: str) -> None:
    source = read_bytes(as_bytes(degraded(drawn_page(), **SCAN), kind))
    assert source.scanned
    assert source.unread == ()
    draft = parse_directive(source)
    assert (draft.document.number, str(draft.document.issued_on)) == ("148/TB-PGDĐT", "2024-06-12")
    assert {"2024-06-28", "2024-07-05", "2024-07-15"} <= {str(task.deadline) for task in draft.tasks}


def test_a_photograph_as_a_messenger_packs_it() -> None:
    """1,280 points high, a little askew, in bad light."""
    assert {"2024-06-28", "2024-07-05"} <= deadlines(as_bytes(degraded(drawn_page(110), **PHOTOGRAPH), "JPEG"))


@pytest.mark.parametrize(
    "turn",
    [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270],
    ids=lambda turn: turn.name,
)
def test_a_page_that_lies_on_its_side_or_stands_on_its_head(turn: Image.Transpose) -> None:
    page = degraded(drawn_page(), **SCAN).transpose(turn)
    assert {"2024-06-28", "2024-07-05", "2024-07-15"} <= deadlines(as_bytes(page, "PNG"))


def test_a_page_that_was_put_in_askew() -> None:
    assert {"2024-06-28", "2024-07-05"} <= deadlines(as_bytes(degraded(drawn_page(), **{**SCAN, "angle": 8.5}), "PNG"))


def test_the_head_is_read_column_by_column() -> None:
    lines = read_bytes(as_bytes(drawn_page(), "PNG")).text.split("\n")
    assert lines[:3] == ["UBND HUYỆN HÒA SƠN", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "Số: 148/TB-PGDĐT"]
    assert lines[3] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def test_a_secret_scan_is_known_as_one(tmp_path: Path) -> None:
    path = tmp_path / "quet.pdf"
    path.write_bytes(as_bytes(degraded(drawn_page(stamp="MẬT"), **SCAN), "PDF"))
    assert document_mark(read_document(path)) == "MẬT"
    assert file_mark(path, "quet.pdf") == "MẬT"
    path.write_bytes(as_bytes(degraded(drawn_page(), **SCAN), "PDF"))
    assert file_mark(path, "quet.pdf") is None


def test_a_signature_stamp_does_not_make_a_scan_a_text() -> None:
    """Whoever signs a scan adds a few words of text to it."""
    packed = BytesIO()
    with PdfPages(packed) as document:
        figure = Figure(figsize=(8.27, 11.69))
        figure.figimage(drawn_page(100), cmap="gray", resize=False)
        figure.text(0.6, 0.97, "Người ký: Phòng Giáo dục và Đào tạo huyện Hòa Sơn", fontsize=6)
        figure.text(0.6, 0.96, "Ngày ký: 12/06/2024 10:12:13 +07:00", fontsize=6)
        document.savefig(figure)
    source = read_bytes(packed.getvalue())
    assert source.scanned
    assert "trước ngày 28/6/2024" in " ".join(source.text.split())


def test_only_the_first_pages_if_that_is_asked_for() -> None:
    packed = BytesIO()
    page = drawn_page()
    page.save(packed, "PDF", resolution=200, save_all=True, append_images=[page, page])
    source = read_bytes(packed.getvalue(), scan_pages=1)
    assert (len(source.pages), source.unread) == (3, (2, 3))


@pytest.mark.parametrize(
    "picture", [Image.new("L", (1653, 2338), 255), Image.effect_mandelbrot((1653, 2338), (-2, -2, 2, 2), 90)]
)
def test_a_picture_without_words_is_refused(picture: Image.Image) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_bytes(as_bytes(picture, "PNG"))
    assert caught.value.reason == "scan_unreadable"


def test_text_pages_need_no_scan() -> None:
    assert not read_bytes(as_pdf([["Các đơn vị báo cáo kết quả thực hiện nhiệm vụ trước ngày 28/6/2024."] * 2])).scanned
