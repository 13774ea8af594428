"""Words on a page come in the order in which the page is read."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from dondoc.directives.page_lines import Word, page_lines

WIDTH = 600.0


def words(left: float, top: float, text: str, height: float = 12.0) -> list[Word]:
    """A line of words, six units a letter."""
    found = []
    for word in text.split():
        found.append(Word(word, left, top, left + 6 * len(word), top + height))
        left += 6 * len(word) + 4
    return found


def read(*lines: list[Word]) -> list[str]:
    return [text for _, text in page_lines([word for line in lines for word in line], WIDTH)]


def test_the_head_is_read_column_by_column() -> None:
    assert read(
        words(40, 20, "UBND HUYỆN HÒA SƠN"),
        words(280, 21, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        words(60, 36, "PHÒNG NỘI VỤ"),
        words(310, 36, "Độc lập - Tự do - Hạnh phúc"),
        words(60, 60, "Số: 12/TB-PNV"),
        words(300, 61, "Hòa Sơn, ngày 12 tháng 6 năm 2024"),
        words(40, 76, "V/v rà soát tủ thuốc"),
        words(250, 110, "THÔNG BÁO"),
        words(40, 130, "Các trường báo cáo kết quả rà soát về Phòng Nội vụ trước ngày 28/6/2024 để tổng hợp"),
    ) == [
        "UBND HUYỆN HÒA SƠN",
        "PHÒNG NỘI VỤ",
        "Số: 12/TB-PNV",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hòa Sơn, ngày 12 tháng 6 năm 2024",
        "V/v rà soát tủ thuốc",
        "THÔNG BÁO",
        "Các trường báo cáo kết quả rà soát về Phòng Nội vụ trước ngày 28/6/2024 để tổng hợp",
    ]


def test_recipients_stand_together_beside_the_signature() -> None:
    assert read(
        words(40, 20, "Nơi nhận:"),
        words(350, 20, "TRƯỞNG PHÒNG"),
        words(40, 34, "- Như trên;"),
        words(40, 48, "- Lưu: VT."),
        words(350, 90, "Võ Minh Tuấn"),
    ) == ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "TRƯỞNG PHÒNG", "Võ Minh Tuấn"]


def test_other_columns_are_read_row_by_row() -> None:
    """A number far before its words is no column, and the cells of a row belong together."""
    assert read(
        words(200, 20, "Kiểm tra"),
        words(400, 20, "30/6/2024"),
        words(200, 34, "Báo cáo"),
        words(400, 34, "05/7/2024"),
    ) == ["Kiểm tra 30/6/2024", "Báo cáo 05/7/2024"]


def test_small_marks_stay_in_their_row() -> None:
    dash, comma = Word("-", 40, 25, 44, 27), Word(",", 110, 30, 112, 34)
    assert read([dash], words(50, 20, "Như trên"), [comma], words(40, 40, "Lưu VT")) == ["- Như trên ,", "Lưu VT"]


@given(
    st.lists(
        st.builds(
            lambda text, left, top, wide, tall: Word(text, left, top, left + wide, top + tall),
            st.sampled_from(["CỘNG HÒA", "Nơi nhận", "Số:", "a", "-", " "]),
            *[st.floats(0, 1000)] * 2,
            *[st.floats(0, 200)] * 2,
        ),
        max_size=40,
    )
)
@example([Word("CỘNG HÒA", 0, 0, 0, 0), Word("CỘNG HÒA", 0, 0, 0, 0), Word("CỘNG HÒA", 241, 0, 241, 1)])
def test_every_word_comes_once(found: list[Word]) -> None:
    lines = " ".join(text for _, text in page_lines(found, WIDTH))
    assert sorted(lines.split()) == sorted(" ".join(word.text for word in found).split())
