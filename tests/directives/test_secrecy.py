"""A secrecy mark stands alone in the head; what only holds the letters of one is none."""

from __future__ import annotations

import unicodedata

import pytest

from dondoc.directives.secrecy import caution_marks, secrecy_mark


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("UBND HUYỆN MỸ THẠNH\nMẬT\nSố: 12/BC-UBND", "MẬT"),
        ("**TỐI MẬT**\nCÔNG AN TỈNH", "TỐI MẬT"),
        ("TUYỆT MẬT", "TUYỆT MẬT"),
        ("Độ mật: Mật\nBáo cáo", "MẬT"),
        ("UBND TỈNH          TỐI  MẬT", "TỐI MẬT"),
        ("| MẬT | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |", "MẬT"),
        ("MẬT Kính gửi: Sở Nội vụ", "MẬT"),
        ("[ MẬT ]", "MẬT"),
    ],
)
def test_marks(text: str, mark: str) -> None:
    assert secrecy_mark(text) == mark
    assert secrecy_mark(unicodedata.normalize("NFD", text)) == mark


@pytest.mark.parametrize(
    "text",
    [
        "Mật khẩu phải đổi định kỳ",
        "mật độ dân số",
        "- Ủy ban Mật trận Tổ quốc xã",
        "MẶT TRẬN TỔ QUỐC VIỆT NAM",
        "QUY CHẾ BẢO VỆ BÍ MẬT",
        "tài liệu này có nội dung mật",
        "bí\nmật\nnhà nước",
        "Thông báo\n" * 40 + "MẬT",
    ],
)
def test_what_is_no_mark(text: str) -> None:
    assert secrecy_mark(text) is None


@pytest.mark.parametrize(
    ("text", "cautions"),
    [
        ("TÀI LIỆU LƯU HÀNH NỘI BỘ", ("internal",)),
        ("Tài liệu thu hồi sau hội nghị", ("recalled",)),
        ("gửi danh sách hs chưa biết bơi", ("pupils",)),
        ("| STT | Họ và tên | Ngày sinh | Lớp | Cân nặng |", ("pupils",)),
        ("gửi danh sách cán bộ, giáo viên", ()),
    ],
)
def test_cautions(text: str, cautions: tuple[str, ...]) -> None:
    assert caution_marks(text) == cautions
