"""Each format is read from files made here; what cannot be read says why."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path

import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odf import opendocument
from odf import table as odf_table
from odf.text import H, List, ListItem, P

from dondoc.directives import reading
from dondoc.directives.reading import UnreadableDocument, read_bytes, read_document
from tests.support.documents import LINES, TEXT, as_docx, as_pdf, zipped


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read_bytes(data)
    assert str(caught.value)
    assert "\n" not in str(caught.value)
    return caught.value.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_plain_text_in_the_encodings_of_offices(encoding: str) -> None:
    source = read_bytes(TEXT.encode(encoding))
    assert source.text == TEXT
    assert source.media_type == "text/plain"


def test_decomposed_letters_and_foreign_line_ends_become_one_form() -> None:
    source = read_bytes(unicodedata.normalize("NFD", TEXT).replace("\n", "\r\n").encode())
    assert source.text == TEXT


def test_form_feeds_part_the_pages_of_plain_text() -> None:
    assert read_bytes("một\fhai\fba".encode()).pages == ("một", "hai", "ba")


def test_the_name_of_a_file_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "thong-bao.pdf"
    path.write_text(TEXT, encoding="utf-8")
    assert read_document(path).media_type == "text/plain"


def test_docx_with_tables_lists_and_a_text_box_in_reading_order() -> None:
    def build(document: Document) -> None:
        table = document.add_table(rows=1, cols=2)
        table.cell(0, 0).text, table.cell(0, 1).text = "UBND HUYỆN", "CỘNG HÒA"
        document.add_paragraph("Lập danh sách", style="List Number")
        document.add_paragraph("Gửi báo cáo", style="List Number")
        document.add_paragraph("Trực hè", style="List Bullet")
        wide = document.add_table(rows=2, cols=3)
        for row, words in enumerate((("TT", "Nội dung", "Thời hạn"), ("1", "Kiểm tra", "30/6/2024"))):
            for column, word in enumerate(words):
                wide.cell(row, column).text = word
        holder = document.add_paragraph("")
        holder._p.append(
            parse_xml(
                f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>HỎA TỐC</w:t></w:r></w:p>"
                "</w:txbxContent></w:pict></w:r>"
            )
        )

    lines = [line for line in read_bytes(as_docx(build)).text.split("\n") if line]
    assert lines[3:] == [
        "UBND HUYỆN",
        "CỘNG HÒA",
        "1. Lập danh sách",
        "2. Gửi báo cáo",
        "- Trực hè",
        "| TT | Nội dung | Thời hạn |",
        "| 1 | Kiểm tra | 30/6/2024 |",
        "HỎA TỐC",
    ]


def test_docx_without_what_was_struck_out() -> None:
    def build(document: Document) -> None:
        paragraph = document.add_paragraph("Hạn ")
        paragraph._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:t>28/6</w:t></w:r></w:del>"))
        paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>30/6</w:t></w:r></w:ins>"))

    assert read_bytes(as_docx(build)).text.endswith("Hạn 30/6")


def test_odt_with_headings_lists_and_tables() -> None:
    document = opendocument.OpenDocumentText()
    document.text.addElement(H(outlinelevel=1, text="KẾ HOẠCH"))
    document.text.addElement(P(text="Phòng Y tế chủ trì."))
    items = List()
    for words in ("Khám sức khỏe", "Báo cáo"):
        item = ListItem()
        item.addElement(P(text=words))
        items.addElement(item)
    document.text.addElement(items)
    table = odf_table.Table()
    row = odf_table.TableRow()
    for words in ("1", "Kiểm tra", "30/6/2024"):
        cell = odf_table.TableCell()
        cell.addElement(P(text=words))
        row.addElement(cell)
    table.addElement(row)
    document.text.addElement(table)
    packed = io.BytesIO()
    document.write(packed)
    lines = [line for line in read_bytes(packed.getvalue()).text.split("\n") if line]
    assert lines == ["KẾ HOẠCH", "Phòng Y tế chủ trì.", "- Khám sức khỏe", "- Báo cáo", "| 1 | Kiểm tra | 30/6/2024 |"]


def test_pdf_by_page_without_page_numbers_and_running_heads() -> None:
    body = [f"Đoạn {number}: các đơn vị báo cáo kết quả thực hiện nhiệm vụ." for number in range(3)]
    source = read_bytes(as_pdf([["Sổ tay nội bộ", body[number], str(number + 1)] for number in range(3)]))
    assert source.media_type == "application/pdf"
    assert [page.strip() for page in source.pages] == body


def test_a_pdf_of_page_numbers_holds_no_text() -> None:
    assert refused(as_pdf([["12"]])) == "empty"


def old_doc(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le")


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>&b;</w:body></w:document>"""


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (bytes(4_000), "empty"),
        (b"... --- ...", "empty"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x7fELF" + bytes(range(256)) * 8, "binary"),
        ("Señor, mañana él irá además a Málaga. ".encode("latin-1") * 20, "encoding"),
        (old_doc("WordDocument"), "old_doc"),
        (old_doc("EncryptedPackage"), "encrypted"),
        (rb"{\rtf1\ansi xin chao}", "unsupported"),
        (b"<html><body>x</body></html>", "unsupported"),
        (zipped({"xl/workbook.xml": b"<x/>"}), "unsupported"),
        (zipped({"word/document.xml": b"<broken"}), "damaged"),
        (zipped({"word/document.xml": ENTITIES}), "unsafe"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "damaged"),
        (zipped({"word/document.xml": bytes(90_000_000)}), "too_large"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"%PDF-1.7 nothing follows", "damaged"),
        (b"a " * 3_100_000, "too_large"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    assert refused(data) == reason


def test_a_cut_off_document_is_damaged_and_cut_off_text_is_still_text() -> None:
    assert refused(as_docx()[:-2_000]) == "damaged"
    assert refused(as_pdf([list(LINES) * 4])[:2_000]) in ("damaged", "scan")
    assert read_bytes(TEXT.encode()[:-18]).text == TEXT.encode()[:-18].decode("utf-8", "ignore")


def test_a_missing_file_and_one_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_document(tmp_path / "none.docx")
    assert caught.value.reason == "missing"
    monkeypatch.setattr(reading, "MAX_FILE_BYTES", 10)
    path = tmp_path / "big.txt"
    path.write_text(TEXT, encoding="utf-8")
    with pytest.raises(UnreadableDocument) as caught:
        read_document(path)
    assert caught.value.reason == "too_large"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"]),
)
def test_no_bytes_end_in_a_traceback(data: bytes, head: bytes) -> None:
    try:
        text = read_bytes(head + data).text
    except UnreadableDocument as error:
        text = reading.REASONS[error.reason]
    assert text.strip()
