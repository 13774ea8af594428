"""What holds for scans without any program that reads them: the page is made straight, and who cannot read says so."""

from __future__ import annotations

import io
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dondoc.directives.parse import parse_directive
from dondoc.directives.reading import SourceText, UnreadableDocument, read_bytes
from dondoc.directives.scan_picture import MAX_PIXELS, SHORT_SIDE, open_picture, straightened
from dondoc.directives.secrecy import document_mark
from tests.support.documents import as_docx
from tests.support.pages import as_bytes, degraded, drawn_page

SPOILT = {"blur": 0.8, "noise": 14, "quality": 45, "shadow": 0.35}


@pytest.fixture
def no_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")


def refused(data: bytes) -> UnreadableDocument:
    with pytest.raises(UnreadableDocument) as caught:
        read_bytes(data)
    return caught.value


def levelness(page: Image.Image) -> float:
    """The part of the rows of a page that is nearly white: between level lines there are many."""
    small = page.resize((300, 400), Image.Resampling.BOX)
    rows = [sum(small.getpixel((column, row)) < 128 for column in range(300)) for row in range(400)]
    return sum(dark <= 2 for dark in rows) / 400


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP", "PDF"])
@pytest.mark.usefixtures("no_ocr")
def test_without_ocr_a_scan_says_what_to_install(kind: str) -> None:
    error = refused(as_bytes(drawn_page(100), kind))
    assert error.reason == "scan"
    assert "pip install 'dondoc[ocr]'" in str(error)
    assert "tesseract-ocr-vie" in str(error)


@pytest.mark.parametrize("angle", [-11.0, -4.3, 2.0, 9.0])
def test_a_page_is_made_level(angle: float) -> None:
    crooked = degraded(drawn_page(110), angle=angle, **SPOILT)
    # Between level lines three rows in four are white; askew, not even that of a page half full.
    assert levelness(straightened(crooked)) > 0.75


def test_a_page_on_its_side_is_turned() -> None:
    page = degraded(drawn_page(110), angle=1.0, **SPOILT)
    turned = straightened(page.transpose(Image.Transpose.ROTATE_90))
    assert turned.width < turned.height


def test_shadow_and_paper_become_white() -> None:
    page = straightened(degraded(drawn_page(110), angle=0.0, **{**SPOILT, "noise": 2}))
    assert page.getpixel((20, 20)) > 200


@pytest.mark.parametrize(
    ("size", "short"), [((600, 850), SHORT_SIDE[0]), ((2480, 3508), SHORT_SIDE[1]), ((1400, 2000), 1400)]
)
def test_pages_come_to_a_size_at_which_letters_are_read(size: tuple[int, int], short: int) -> None:
    [page] = open_picture(as_bytes(Image.new("L", size, 255), "PNG"))
    assert min(page.size) == short


def test_a_picture_of_more_points_than_any_camera_makes_is_refused() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        open_picture(as_bytes(Image.new("1", (10_000, MAX_PIXELS // 10_000 + 1)), "PNG"))
    assert caught.value.reason == "too_large"


def test_a_broken_picture_is_an_unreadable_one() -> None:
    with pytest.raises(UnreadableDocument) as caught:
        open_picture(as_bytes(drawn_page(50), "PNG")[:2_000])
    assert caught.value.reason == "scan_unreadable"


@pytest.mark.parametrize("size", [(16, 16), (1, 60_000), (300, 3_100)])
def test_icons_and_ribbons_are_not_tried(size: tuple[int, int]) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        open_picture(as_bytes(Image.new("L", size, 255), "PNG"))
    assert caught.value.reason == "scan_unreadable"


PICTURES = {kind: as_bytes(drawn_page(30), kind) for kind in ("PNG", "JPEG", "TIFF", "WEBP", "GIF", "BMP")}


@pytest.mark.parametrize("kind", sorted(PICTURES))
@settings(max_examples=40)
@given(place=st.floats(0, 1), cut=st.integers(0, 200), put=st.binary(max_size=20))
def test_damaged_pictures_have_a_reason(kind: str, place: float, cut: int, put: bytes) -> None:
    data = PICTURES[kind]
    start = int(place * len(data))
    with suppress(UnreadableDocument):
        open_picture(data[:start] + put + data[start + cut :])


def test_every_page_of_a_fax_is_there() -> None:
    packed = io.BytesIO()
    Image.new("1", (600, 850), 1).save(packed, "TIFF", save_all=True, append_images=[Image.new("1", (600, 850), 1)] * 2)
    assert len(open_picture(packed.getvalue())) == 3


def test_pages_that_gave_no_text_are_warned_about() -> None:
    source = SourceText(
        "Báo cáo trước ngày 28/6/2024.\n", ("Báo cáo trước ngày 28/6/2024.", ""), "application/pdf", unread=(2,)
    )
    assert "pages_unread:2" in parse_directive(source).warnings


def test_a_mark_in_the_header_of_pages_counts() -> None:
    """It is no text of the document, and decides whether the document may be here."""
    source = read_bytes(as_docx(lambda document: setattr(document.sections[0].header.paragraphs[0], "text", "MẬT")))
    assert "MẬT" not in source.text
    assert document_mark(source) == "MẬT"
