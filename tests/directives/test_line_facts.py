"""What a line of staff says besides who and until when: product, nil reports, period, basis, meetings, warnings."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from dondoc.directives.line import WARNINGS, LineDraft, parse_line
from dondoc.rules.units import Registry, Unit, kind_of

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2025, 3, 12, 9, 0, tzinfo=ZONE)  # a Wednesday
NAMES = {
    "H": "UBND huyện Sông Lam",
    "P1": "Phòng Giáo dục và Đào tạo",
    "P2": "Phòng Tài chính - Kế hoạch",
    "P5": "Phòng Nội vụ",
    "S1": "Trung tâm Y tế huyện",
    "C1": "Công an huyện",
    "X1": "UBND xã Đông Hà",
    "X2": "UBND xã Tân Thịnh",
    "X3": "UBND thị trấn Lạc Sơn",
    "M1": "Trường Mầm non Đông Hà",
    "T1": "Trường Tiểu học Đông Hà",
    "T3": "Trường THCS Lạc Sơn",
}
SCHOOLS = "M1 T1 T3"
REGISTRY = Registry([Unit(i, code, name, kind_of("", name).value) for i, (code, name) in enumerate(NAMES.items())])


def read(text: str) -> LineDraft:
    return parse_line(text, NOW, REGISTRY)


def codes(units: tuple[Unit, ...]) -> str:
    return " ".join(unit.code for unit in units)


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("TH Đông Hà gửi danh sách hs khuyết tật trước 20/3", "pupil_data"),
        ("TH Đông Hà nộp báo cáo trước 10/3", "deadline_far"),
        ("TH Đông Hà nộp báo cáo trước 10/3/2025", "deadline_past"),
        ("TH Đông Hà nộp báo cáo trước 20/3 và chậm nhất 25/3", "several_deadlines"),
        ("TH Đông Hà nộp báo cáo trong 3 ngày", "counted_deadline"),
        ("UBND huyện Bến Cát báo cáo trước 20/3", "other_locality"),
        ("PGD rà soát biên chế, TCKH rà soát dự toán trước 20/3", "several_orders"),
        ("họp giao ban các trường tại hội trường", "no_event_time"),
        ("mời chủ tịch các xã họp sáng thứ 5", "no_event_time"),
    ],
)
def test_warnings(text: str, warning: str) -> None:
    assert warning in WARNINGS
    assert warning in read(text).warnings


def test_the_mark_of_urgency_in_brackets_is_no_basis() -> None:
    draft = read("[KHẨN] Công an huyện, UBND xã Đông Hà báo cáo vụ cháy trước 10h")
    assert (draft.basis, draft.urgent, draft.content) == (None, True, "báo cáo vụ cháy")


def test_numbers_of_pupils_are_no_personal_data() -> None:
    assert read("TH Đông Hà báo cáo số lượng học sinh trước 20/3").warnings == ()


@pytest.mark.parametrize(
    ("text", "deliverable"),
    [
        ("TH Đông Hà báo cáo sĩ số trước 20/3", "Báo cáo"),
        ("TH Đông Hà rà soát tủ thuốc, báo cáo về PGD trước 20/3", "Báo cáo kết quả rà soát"),
        ("TH Đông Hà gửi danh sách thiết bị trước 20/3 file excel", "Danh sách (Excel)"),
        ("TH Đông Hà bổ sung biên bản kiểm tra PCCC trước 20/3", "Biên bản kiểm tra PCCC"),
        ("X1 báo cáo đuối nước trước 20/3, kể cả báo cáo không", "Báo cáo (cho phép báo cáo không)"),
        (
            "PGD tham mưu kế hoạch hè trình UBND ký trước 20/3",
            "Tờ trình kèm dự thảo kế hoạch (hoàn thành khi văn bản được ký ban hành)",
        ),
        ("PGD góp ý dự thảo quy chế trước 20/3", "Ý kiến góp ý"),
        ("TTYT kiểm tra bếp ăn các trường MN, báo cáo trước 20/3", "Báo cáo kết quả kiểm tra"),
        ("các trường MN gửi số lượng trẻ ra lớp trước 20/3", "Số liệu"),
        ("TH Đông Hà rà soát tủ thuốc trước 20/3", None),
        ("TH Đông Hà trồng cây trước 20/3", None),
    ],
)
def test_deliverables(text: str, deliverable: str | None) -> None:
    assert read(text).deliverable == deliverable


@pytest.mark.parametrize(
    ("text", "nil"),
    [
        ("các xã, thị trấn báo cáo đuối nước (kể cả báo cáo không) trước 20/3", True),
        ("ubnd cac xa tt bao cao duoi nuoc truoc 20/3, khong co cung bao cao", True),
        ("các xã, thị trấn báo cáo đuối nước trước 20/3", False),
        ("các xã, thị trấn báo cáo không đúng mẫu thì làm lại trước 20/3", False),
    ],
)
def test_nil_reports(text: str, nil: bool) -> None:
    assert read(text).nil_report is nil


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("6 tháng đầu năm", date(2024, 12, 15), date(2025, 6, 14)),
        ("6 tháng cuối năm 2024", date(2024, 6, 15), date(2024, 12, 14)),
        ("quý I", date(2024, 12, 15), date(2025, 3, 14)),
        ("quý IV", date(2024, 9, 15), date(2024, 12, 14)),
        ("tháng 3", date(2025, 2, 15), date(2025, 3, 14)),
        ("tháng 12", date(2024, 11, 15), date(2024, 12, 14)),
        ("năm 2024", date(2023, 12, 15), date(2024, 12, 14)),
        ("9 tháng", date(2023, 12, 15), date(2024, 9, 14)),
    ],
)
def test_the_period_of_the_figures(period: str, first: date, last: date) -> None:
    draft = read(f"các xã, thị trấn báo cáo đuối nước {period} chậm nhất 20/3")
    assert draft.data_period == (first, last)
    assert draft.deadline == date(2025, 3, 20)
    assert period in draft.content


def test_no_period_without_figures() -> None:
    assert read("TH Đông Hà xây dựng kế hoạch tháng 4 trước 20/3").data_period is None


@pytest.mark.parametrize(
    ("text", "basis", "content"),
    [
        (
            "TH Đông Hà rà soát tủ thuốc trước 20/3 (theo chỉ đạo đ/c CT tại giao ban chiều qua)",
            "chỉ đạo miệng của CT, giao ban 11/3/2025",
            "rà soát tủ thuốc",
        ),
        (
            "TH Đông Hà rà soát tủ thuốc theo Công văn 12/UBND-VP ngày 5/3/2025, trước 20/3",
            "Công văn 12/UBND-VP ngày 5/3/2025",
            "rà soát tủ thuốc",
        ),
        ("TH Đông Hà rà soát tủ thuốc (CV số 12/UBND-VP) trước 20/3", "CV số 12/UBND-VP", "rà soát tủ thuốc"),
        ("TH Đông Hà rà soát tủ thuốc theo mẫu trước 20/3", None, "rà soát tủ thuốc theo mẫu"),
    ],
)
def test_the_basis_of_an_order(text: str, basis: str | None, content: str) -> None:
    draft = read(text)
    assert (draft.basis, draft.content, draft.deadline) == (basis, content, date(2025, 3, 20))


@pytest.mark.parametrize(
    ("text", "lead", "content", "at"),
    [
        (
            "mời các đ/c hiệu trưởng họp triển khai tuyển sinh 7h30 thứ 2 tuần sau",
            SCHOOLS,
            "dự họp triển khai tuyển sinh",
            (17, 7, 30),
        ),
        ("mời Nội vụ, TCKH dự họp thẩm định biên chế 14h chiều mai", "P5 P2", "dự họp thẩm định biên chế", (13, 14, 0)),
        ("TH Đông Hà dự tập huấn PCCC ngày 20/3 lúc 7h30", "T1", "dự tập huấn PCCC", (20, 7, 30)),
        ("thông báo các trường thuộc huyện họp 14h mai", SCHOOLS, "dự họp", (13, 14, 0)),
        ("8h sáng mai họp phòng chống bão, mời CAH, TTYT", "C1 S1", "dự họp phòng chống bão", (13, 8, 0)),
        ("họp với các xã, thị trấn về phòng chống bão 14h mai", "X1 X2 X3", "dự họp về phòng chống bão", (13, 14, 0)),
        (
            "họp giao ban các trường thuộc huyện 8h thứ 6 tại hội trường UBND huyện",
            SCHOOLS,
            "dự họp giao ban tại hội trường UBND huyện",
            (14, 8, 0),
        ),
    ],
)
def test_an_invitation_is_no_task_and_its_hour_no_deadline(
    text: str, lead: str, content: str, at: tuple[int, int, int]
) -> None:
    draft = read(text)
    assert draft.kind == "meeting"
    assert set(codes(draft.lead).split()) == set(lead.split())
    assert draft.content == content
    assert draft.event_at == datetime(2025, 3, *at, tzinfo=ZONE)
    assert (draft.deadline, draft.deadline_rule, draft.deliverable, draft.missing) == (None, None, None, ())


@pytest.mark.parametrize(
    "text",
    [
        "TH Đông Hà họp phụ huynh trước 20/3",
        "TH Đông Hà gửi giấy mời họp trước 20/3",
        "PGD chuẩn bị tài liệu họp trước 20/3",
    ],
)
def test_work_around_a_meeting_is_a_task(text: str) -> None:
    draft = read(text)
    assert (draft.kind, draft.deadline, draft.event_at) == ("task", date(2025, 3, 20), None)


@pytest.mark.parametrize(
    ("text", "recurrence", "rule", "first"),
    [
        ("TH Đông Hà báo cáo sĩ số hằng tuần vào thứ 6", "weekly", "FREQ=WEEKLY;BYDAY=FR", date(2025, 3, 14)),
        (
            "TH Đông Hà báo cáo sĩ số trước ngày 12 hằng tháng",
            "monthly",
            "FREQ=MONTHLY;BYMONTHDAY=12",
            date(2025, 4, 12),
        ),
        ("TH Đông Hà báo cáo sĩ số ngày 12 hàng tháng", "monthly", "FREQ=MONTHLY;BYMONTHDAY=12", date(2025, 3, 12)),
        ("TH Đông Hà báo cáo sĩ số trước 8h hằng ngày", "daily", "FREQ=DAILY", date(2025, 3, 13)),
        ("TH Đông Hà báo cáo sĩ số hằng quý", "quarterly", None, None),
    ],
)
def test_what_comes_again_begins_with_the_next_such_day(
    text: str, recurrence: str, rule: str | None, first: date | None
) -> None:
    draft = read(text)
    assert (draft.recurrence, draft.recurrence_rule, draft.deadline) == ((recurrence,), rule, first)
    assert draft.content == "báo cáo sĩ số"


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Ban Tuyên giáo Huyện ủy báo cáo trước 20/3", ("Ban Tuyên giáo Huyện ủy",)),
        ("chi bộ TH Đông Hà nộp nghị quyết trước 20/3", ("chi bộ TH Đông Hà",)),
        ("giao Đảng ủy xã Đông Hà rà soát đảng viên trước 20/3", ("Đảng ủy xã Đông Hà",)),
        ("dang uy xa dong ha ra soat dang vien truoc 20/3", ("dang uy xa dong ha",)),
        ("TH Đông Hà, chi bộ TH Đông Hà nộp nghị quyết trước 20/3", ("chi bộ TH Đông Hà",)),
        ("TH Đông Hà tuyên truyền Đại hội Đảng bộ huyện trước 20/3", ()),
        ("PGD báo cáo Thường trực Huyện ủy kết quả thi trước 20/3", ()),
        ("PGD báo cáo Thường trực UBND huyện kết quả thi trước 20/3", ()),
        ("TH Đông Hà chỉ bổ sung biên bản trước 20/3", ()),
        ("TH Đông Hà đang sửa cổng, xong trước 20/3", ()),
    ],
)
def test_organs_of_the_party_that_are_addressed(text: str, party: tuple[str, ...]) -> None:
    assert read(text).party == party


def test_another_order_in_the_same_line_is_not_mixed_into_the_first() -> None:
    draft = read("PGD rà soát biên chế trước 18/3; TCKH lập dự toán trước 20/3")
    assert (codes(draft.lead), draft.content, draft.deadline) == ("P1", "rà soát biên chế", date(2025, 3, 18))
    assert draft.rest == "TCKH lập dự toán trước 20/3"


def test_of_several_days_each_is_there_to_be_chosen() -> None:
    draft = read("TH Đông Hà nộp kế hoạch trước 20/3 và báo cáo trước 25/3")
    assert (draft.deadline, [one.day.day for one in draft.deadlines]) == (None, [20, 25])


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("HỎA TỐC: TH Đông Hà báo cáo ngập lụt trước 11h", "flash"),
        ("TH Đông Hà báo cáo gấp trước 11h", "urgent"),
        ("TH Đông Hà khẩn trương báo cáo trước 20/3", None),
        ("TH Đông Hà báo cáo trong hôm nay", None),
        ("TH Đông Hà lập danh sách học sinh khó khăn, gửi trước 20/3", None),
        ("TH Đông Hà báo cáo buổi gặp mặt phụ huynh trước 20/3", None),
    ],
)
def test_the_word_that_presses(text: str, urgency: str | None) -> None:
    assert read(text).urgency == urgency


def test_hardship_is_no_haste() -> None:
    assert not read("TH Đông Hà lập danh sách hộ khó khăn, gửi trước 20/3").urgent
    assert not read("th dong ha lap danh sach ho kho khan, gui truoc 20/3").urgent


def test_words_that_want_no_deadline() -> None:
    draft = read("TH Đông Hà rà soát cây xanh, không thời hạn")
    assert (draft.undated, draft.content, draft.missing) == (True, "rà soát cây xanh", ())
    assert not read("TH Đông Hà rà soát cây xanh trước 20/3").undated


def test_units_in_general_are_asked_for() -> None:
    draft = read("các đơn vị gửi góp ý dự thảo quy chế trước 20/3")
    assert (draft.lead, draft.content, draft.warnings) == ((), "góp ý dự thảo quy chế", ("vague",))


def test_the_chairman_signs() -> None:
    draft = read("PGD tham mưu QĐ điều động hiệu trưởng trình CT UBND huyện ký trước 20/3")
    assert (draft.to_be_issued, draft.report_to and draft.report_to.code) == (True, "H")
    assert draft.content == "tham mưu quyết định điều động hiệu trưởng"
