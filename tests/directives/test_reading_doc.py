"""Old binary .doc files: text, head, numbering, tables and old fonts. The sample was written by LibreOffice as Word 97."""

from __future__ import annotations

from pathlib import Path

import pytest

from dondoc.directives.parse import parse_directive
from dondoc.directives.reading import UnreadableDocument, read_bytes, read_document

SAMPLE = Path(__file__).parent / "files" / "thong-bao.doc"


def test_everything_in_it_is_read() -> None:
    source = read_document(SAMPLE)
    assert source.media_type == "application/msword"
    assert [line for line in source.text.split("\n") if line] == [
        "UBND HUYỆN HÒA SƠN",
        "PHÒNG NỘI VỤ",
        "Số: 31/TB-PNV",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hòa Sơn, ngày 12 tháng 6 năm 2024",
        "THÔNG BÁO",
        "Về việc rà soát tủ thuốc",
        "1. Các trường báo cáo về Phòng Nội vụ trước ngày 28/6/2024.",
        "2. Trạm Y tế cấp bổ sung thuốc.",
        "Phòng Nội vụ trước ngày 05/7/2024 gửi kết quả.",
        "| TT | Nội dung | Thời hạn |",
        "| 1 | Kiểm tra | 30/6/2024 |",
    ]


def test_its_draft() -> None:
    draft = parse_directive(read_document(SAMPLE))
    assert (draft.document.number, str(draft.document.issued_on)) == ("31/TB-PNV", "2024-06-12")
    assert "2024-06-28" in {str(task.deadline) for task in draft.tasks}


@pytest.mark.parametrize("end", [600, 4_000, 9_000])
def test_a_cut_off_file_says_what_to_do(end: int) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_bytes(SAMPLE.read_bytes()[:end])
    assert caught.value.reason == "old_doc"
    assert "save it as .docx" in str(caught.value)
