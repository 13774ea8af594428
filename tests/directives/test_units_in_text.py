"""Where names of units begin and end in running text."""

from __future__ import annotations

import pytest

from dondoc.directives.layout import flatten
from dondoc.directives.units_in_text import read_units


def names(text: str) -> tuple[str, ...]:
    units = read_units(text, flatten(text), 0)
    return units.names if units is not None else ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phòng Nội vụ chủ trì tham mưu", ("Phòng Nội vụ",)),
        (
            "Phòng Tài nguyên và Môi trường và UBND xã Tân Bình kiểm tra",
            ("Phòng Tài nguyên và Môi trường", "UBND xã Tân Bình"),
        ),
        ("các cơ quan, đơn vị, địa phương nghiêm túc", ("các cơ quan, đơn vị", "địa phương")),
        ("UBND các xã, thị trấn và các trường học tổ chức", ("UBND các xã, thị trấn", "các trường học")),
        ("Các trường mầm non, tiểu học, THCS công lập rà soát", ("Các trường mầm non, tiểu học, THCS công lập",)),
        ("các Sở: Tài chính, Xây dựng, Y tế hướng dẫn", ("Sở Tài chính", "Sở Xây dựng", "Sở Y tế")),
        ("Sở Văn hóa, Thể thao và Du lịch xây dựng", ("Sở Văn hóa, Thể thao và Du lịch",)),
        ("Ban Chỉ huy Phòng, chống thiên tai xã trực ban", ("Ban Chỉ huy Phòng, chống thiên tai xã",)),
        ("Ban Quản lý dự án đầu tư xây dựng huyện hoàn thành", ("Ban Quản lý dự án đầu tư xây dựng huyện",)),
        ("Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên tuyển sinh", None),
        ("Văn phòng HĐND và UBND huyện theo dõi", ("Văn phòng HĐND và UBND huyện",)),
        ("Giám đốc Sở Y tế, Chủ tịch UBND các huyện chịu trách nhiệm", ("Giám đốc Sở Y tế", "Chủ tịch UBND các huyện")),
        ("Công an huyện; Ban Chỉ huy Quân sự huyện tăng cường", ("Công an huyện", "Ban Chỉ huy Quân sự huyện")),
        ("các chi, đảng bộ trực thuộc khẩn trương", ("các chi, đảng bộ trực thuộc",)),
        ("UBND huyện (qua Phòng Nội vụ) trước ngày 5/4", ("UBND huyện",)),
        ("Sở Y tê tổng hợp", ("Sở Y tế",)),
        ("Uy ban nhân dân Thành phó xem xét", ("Ủy ban nhân dân Thành phố",)),
        ("Bộ phận Tài chính tham mưu dự toán", ("Bộ phận Tài chính",)),
        ("Tổ Thư ký tổng hợp", ("Tổ Thư ký",)),
        ("Tổ biên tập hoàn thiện dự thảo", ("Tổ biên tập",)),
        ("bộ phận dân cư còn khó khăn", ()),
        ("phòng, chống dịch bệnh", ()),
        ("tổ chức thực hiện tốt", ()),
        ("cơ sở vật chất nhà trường", ()),
        ("số liệu của các trường", ()),
        ("các bản đăng ký", ()),
        ("báo cáo kết quả", ()),
    ],
)
def test_lists_of_units(text: str, expected: tuple[str, ...] | None) -> None:
    if expected is None:
        assert names(text)[0].startswith("Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên")
    else:
        assert names(text) == expected


def test_a_very_long_list_ends_somewhere() -> None:
    text = "Giao " + "Phòng Nội vụ, " * 10_000
    units = read_units(text, flatten(text), 5)
    assert units is not None
    assert units.end < 1_000
