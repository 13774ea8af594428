"""Each reading of a draft can be explained to the staff who check it."""

from __future__ import annotations

import pytest

from dondoc.directives.parse import parse_directive
from dondoc.directives.reading import SourceText
from dondoc.directives.reasons import CODES
from dondoc.locales import LANGUAGES, translator
from dondoc.reports.reasons import explain

NOTICE = """ỦY BAN NHÂN DÂN
HUYỆN TRÀ MY
Số: 41/TB-UBND

Trà My, ngày 03 tháng 6 năm 2024

THÔNG BÁO
Kết luận của Chủ tịch UBND huyện tại cuộc họp giao ban

Chủ tịch UBND huyện kết luận, yêu cầu:

1. Phòng Nội vụ

- Rà soát hồ sơ tuyển dụng, gửi về UBND huyện trước ngày 21/6/2024.

2. Các trường mầm non thuộc huyện (hoàn thành trong tháng 7 năm 2024)

- Kiểm tra đồ chơi ngoài trời.
"""


def explained(text: str) -> list[str]:
    draft = parse_directive(SourceText(text, (text,), "text/plain"))
    return [explain(translator(), [reason.to_json() for reason in task.why]) for task in draft.tasks]


def test_a_draft_says_which_words_and_which_heading_it_rests_on() -> None:
    first, second = explained(NOTICE)
    assert first == (
        "câu yêu cầu gửi báo cáo, văn bản; đơn vị theo đề mục “1. Phòng Nội vụ”; "
        "thời hạn từ “trước ngày 21/6/2024”, quy tắc “trước ngày”"
    )
    assert "đơn vị theo đề mục “2. Các trường mầm non thuộc huyện" in second
    assert "thời hạn từ “hoàn thành trong tháng 7 năm 2024”, tính cả ngày đó" in second
    assert second.endswith(
        "thời hạn theo đề mục “2. Các trường mầm non thuộc huyện (hoàn thành trong tháng 7 năm 2024)”"
    )


def test_units_of_an_announcement_are_explained_by_its_sentence() -> None:
    [line] = explained(
        "Kính gửi: Ủy ban nhân dân các xã\n\nĐề nghị Ủy ban nhân dân các xã thực hiện các nội dung sau:\n\n"
        "1. Thống kê số hộ có nhà tạm."
    )
    assert "đơn vị theo câu dẫn “Đề nghị Ủy ban nhân dân các xã thực hiện các nội dung sau”" in line
    assert line.endswith("bản quét mờ, không đọc được số và ngày ban hành")


def test_a_day_of_another_document_is_said_not_to_be_taken() -> None:
    [line] = explained(NOTICE.partition("- Rà soát")[0] + "- Gửi ngay báo cáo về UBND huyện trước ngày 15/01/2022.")
    assert "đã qua trước ngày ban hành" in line


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_words(language: str) -> None:
    for code in CODES:
        assert translator(language)(f"lines.why.{code}", words="…")
