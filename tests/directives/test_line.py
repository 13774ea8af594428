"""One line of staff into a draft: any order, abbreviated, without marks; nothing chosen in doubt."""

from __future__ import annotations

import json
import unicodedata
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dondoc.directives.line import LineDraft, parse_line
from dondoc.rules.units import Registry, Unit, kind_of
from dondoc.vietnamese.text import strip_marks

SHARED = Path(__file__).resolve().parents[3] / "shared"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2025, 3, 12, 9, 0, tzinfo=ZONE)  # a Wednesday

NAMES = {
    "H": ("UBND huyện Sông Lam", "ubnd_huyen"),
    "VP": ("Văn phòng HĐND và UBND huyện", "van_phong"),
    "P1": ("Phòng Giáo dục và Đào tạo", "phong_ban"),
    "P2": ("Phòng Tài chính - Kế hoạch", "phong_ban"),
    "P3": ("Phòng Lao động - Thương binh và Xã hội", "phong_ban"),
    "P5": ("Phòng Nội vụ", "phong_ban"),
    "S1": ("Trung tâm Y tế huyện", "su_nghiep"),
    "C1": ("Công an huyện", "nganh_doc"),
    "X1": ("UBND xã Đông Hà", "ubnd_xa"),
    "X2": ("UBND xã Tân Thịnh", "ubnd_xa"),
    "X3": ("UBND thị trấn Lạc Sơn", "ubnd_thi_tran"),
    "M1": ("Trường Mầm non Đông Hà", "mam_non"),
    "M2": ("Trường Mầm non Lạc Sơn", "mam_non"),
    "M3": ("Trường Mầm non tư thục Hoa Mai", "mam_non_tu_thuc"),
    "T1": ("Trường Tiểu học Đông Hà", "tieu_hoc"),
    "T2": ("Trường Tiểu học số 2 Lạc Sơn", "tieu_hoc"),
    "L1": ("Trường TH&THCS Tân Thịnh", "th_thcs"),
    "T3": ("Trường THCS Lạc Sơn", "thcs"),
    "T4": ("Trường THPT Sông Lam", "thpt"),
    "B1": ("Chi bộ Trường Tiểu học Đông Hà", "chi_bo"),
}
SCHOOLS = "M1 M2 T1 T2 L1 T3"


def _registry(entries: dict[str, tuple[str, str]]) -> Registry:
    return Registry([Unit(i, c, n, kind_of(k, n).value) for i, (c, (n, k)) in enumerate(entries.items())])


REGISTRY = _registry(NAMES)


def read(text: str) -> LineDraft:
    return parse_line(text, NOW, REGISTRY)


def codes(units: tuple[Unit, ...]) -> str:
    return " ".join(unit.code for unit in units)


@pytest.mark.parametrize(
    ("text", "lead", "content", "deadline", "rule"),
    [
        ("TH Đông Hà: báo cáo cơ sở vật chất, nộp trước 20/3", "T1", "báo cáo cơ sở vật chất", (3, 20), "before"),
        ("báo cáo csvc trước 20/3 - TH Đông Hà", "T1", "báo cáo cơ sở vật chất", (3, 20), "before"),
        ("trước 20/3 TH Đông Hà nộp báo cáo CSVC", "T1", "báo cáo cơ sở vật chất", (3, 20), "before"),
        ("bao cao csvc truoc 20/3 th dong ha", "T1", "báo cáo cơ sở vật chất", (3, 20), "before"),
        ("nộp báo cáo csvc TH Đông Hà trc 20/3", "T1", "báo cáo cơ sở vật chất", (3, 20), "before"),
        ("giao PGD tổng hợp số liệu tuyển sinh, hạn thứ 6", "P1", "tổng hợp số liệu tuyển sinh", (3, 14), "on"),
        ("đ/c Hiệu trưởng TH Đông Hà giải trình thu chi chậm nhất 20/3", "T1", "giải trình thu chi", (3, 20), "on"),
        ("TH Đông Hà và MN Lạc Sơn nộp kế hoạch trực ngày 20/3", "T1 M2", "kế hoạch trực", (3, 20), "on"),
        ("MN, TH Đông Hà rà soát bếp ăn hạn 20.3", "M1 T1", "rà soát bếp ăn", (3, 20), "on"),
        ("xã Đông Hà, Tân Thịnh rà soát hộ nghèo trước 20-3", "X1 X2", "rà soát hộ nghèo", (3, 20), "before"),
        ("Nội vụ + LĐTBXH rà soát chế độ, xong trước 20/3", "P5 P3", "rà soát chế độ", (3, 20), "before"),
        ("công an huyện, y tế huyện kiểm tra bếp ăn trước 20/3", "C1 S1", "kiểm tra bếp ăn", (3, 20), "before"),
        (
            "các trường thuộc huyện (trừ THCS Lạc Sơn) nộp dự toán trước 20/3",
            "M1 M2 T1 T2 L1",
            "dự toán",
            (3, 20),
            "before",
        ),
        ("Nộp dự toán. TH Đông Hà. Hạn 20/3.", "T1", "dự toán", (3, 20), "on"),
        ("mn hoa mai lap danh sach thiet bi truoc 20/3", "M3", "lập danh sách thiết bị", (3, 20), "before"),
        ("UBND xã Đông Hà rà soát hộ nghèo trong tháng 3", "X1", "rà soát hộ nghèo", (3, 31), "on"),
        (
            "kính gửi các trường thuộc huyện, đề nghị báo cáo sĩ số trước 20/3",
            SCHOOLS,
            "báo cáo sĩ số",
            (3, 20),
            "before",
        ),
        ("xã Đông Hà kiểm tra TH Đông Hà trước 20/3", "X1", "kiểm tra TH Đông Hà", (3, 20), "before"),
        ("BÁO CÁO HK1 TRƯỚC 20/3 - CÁC TRƯỜNG MẦM NON", "M1 M2", "BÁO CÁO HỌC KỲ I", (3, 20), "before"),
        ("T1, M2 nộp biên bản kiểm kê trước 20/3", "T1 M2", "biên bản kiểm kê", (3, 20), "before"),
        ("gửi TH Đông Hà: đề nghị báo cáo sĩ số trước 20/3", "T1", "báo cáo sĩ số", (3, 20), "before"),
        ("UBND huyện giao PGD rà soát sĩ số trước 20/3", "P1", "rà soát sĩ số", (3, 20), "before"),
        ("báo cáo sĩ số | TH Đông Hà | 20/3", "T1", "báo cáo sĩ số", (3, 20), "on"),
        ('"TH Đông Hà" báo cáo trước 20/03/2025.', "T1", "báo cáo", (3, 20), "before"),
        ("nhắc lại: xã Đông Hà nộp báo cáo NTM trước 20/3", "X1", "báo cáo NTM", (3, 20), "before"),
        ("trong ngày mai các trường MN báo cáo sĩ số", "M1 M2", "báo cáo sĩ số", (3, 13), "on"),
        ("PGD tham mưu hướng dẫn tuyển sinh trước 20/3", "P1", "tham mưu hướng dẫn tuyển sinh", (3, 20), "before"),
        ("3 trường TH Đông Hà, MN Lạc Sơn nộp dự toán trước 20/3", "T1 M2", "dự toán", (3, 20), "before"),
        ("20/3 là hạn chót các xã, thị trấn nộp dự toán", "X1 X2 X3", "dự toán", (3, 20), "on"),
        ("TCKH khẩn trương rà soát dự toán, xong trong tuần này", "P2", "rà soát dự toán", (3, 14), "on"),
        ("nộp dự toán, đơn vị: THCS Lạc Sơn, thời hạn: 20/3/2025", "T3", "dự toán", (3, 20), "on"),
        ("trg th đông hà nộp b/c csvc trc 20/3 nha", "T1", "báo cáo cơ sở vật chất", (3, 20), "before"),
        ("từ nay đến 20/3 các trường mầm non hoàn thành kiểm kê", "M1 M2", "hoàn thành kiểm kê", (3, 20), "on"),
        ("chi bộ TH Đông Hà nộp nghị quyết trước 20/3", "B1", "nộp nghị quyết", (3, 20), "before"),
        (
            "PGD có văn bản hướng dẫn các trường trực lễ trước 20/3",
            "P1",
            "có văn bản hướng dẫn các trường trực lễ",
            (3, 20),
            "before",
        ),
    ],
)
def test_who_what_until_when(text: str, lead: str, content: str, deadline: tuple[int, int], rule: str) -> None:
    draft = read(text)
    assert set(codes(draft.lead).split()) == set(lead.split())
    assert draft.content == content
    assert (draft.deadline, draft.deadline_rule) == (date(2025, *deadline), rule)
    assert draft.missing == ()
    assert draft.kind == "task"
    assert draft.quote == text


@pytest.mark.parametrize(
    ("text", "lead", "cooperate"),
    [
        ("PGD chủ trì, TC-KH phối hợp rà soát thu chi trước 20/3", "P1", "P2"),
        ("PGD phối hợp với TC-KH, Nội vụ rà soát thu chi trước 20/3", "P1", "P2 P5"),
        ("phòng nội vụ phối hợp PGD rà soát thu chi trước 20/3", "P5", "P1"),
        ("Chủ trì: PGD; phối hợp: TCKH; nội dung: rà soát thu chi; hạn: 20/3", "P1", "P2"),
        ("phối hợp với TTYT: các trường MN rà soát thu chi trước 20/3", "M1 M2", "S1"),
        (
            "Giao Phòng Nội vụ chủ trì, phối hợp Phòng GDĐT và UBND các xã, thị trấn rà soát thu chi trước 20/3",
            "P5",
            "P1 X1 X2 X3",
        ),
    ],
)
def test_lead_and_cooperating_units(text: str, lead: str, cooperate: str) -> None:
    draft = read(text)
    assert (codes(draft.lead), codes(draft.cooperate)) == (lead, cooperate)
    assert draft.content == "rà soát thu chi"


@pytest.mark.parametrize(
    ("text", "receiver", "via", "content"),
    [
        ("TH Đông Hà rà soát tủ thuốc, báo cáo về PGD trước 20/3", "P1", None, "rà soát tủ thuốc"),
        ("TH Đông Hà gửi báo cáo bán trú trước 20/3 về PGD", "P1", None, "báo cáo bán trú"),
        ("TH Đông Hà nộp hồ sơ cho PGD trước 20/3", "P1", None, "hồ sơ"),
        ("TH Đông Hà báo cáo về UBND huyện kết quả thi trước 20/3", "H", None, "báo cáo kết quả thi"),
        ("TH Đông Hà báo cáo bán trú gửi về UBND huyện (qua PGD) trước 20/3", "H", "P1", "báo cáo bán trú"),
        ("gửi về UBND huyện qua PGD trước 20/3: TH Đông Hà báo cáo bán trú", "H", "P1", "báo cáo bán trú"),
        ("TH Đông Hà báo cáo bán trú về huyện trước 20/3", "H", None, "báo cáo bán trú"),
        ("TH Đông Hà báo cáo bán trú về VP trước 20/3", "VP", None, "báo cáo bán trú"),
        ("TCKH tham mưu UBND huyện quyết định phân bổ trước 20/3", "H", None, "tham mưu quyết định phân bổ"),
        ("PGD làm tờ trình sửa chữa, trình UBND huyện ký trước 20/3", "H", None, "làm tờ trình sửa chữa"),
    ],
)
def test_to_whom(text: str, receiver: str, via: str | None, content: str) -> None:
    draft = read(text)
    assert draft.report_to is not None
    assert draft.report_to.code == receiver
    assert (draft.report_via.code if draft.report_via else None) == via
    assert draft.content == content
    assert draft.lead


@pytest.mark.parametrize(
    ("text", "candidates", "missing"),
    [
        ("Đông Hà làm lại kế hoạch", "T1 M1 X1", ("units", "deadline")),
        ("TH Lạc Sơn nộp kế hoạch trước 20/3", "T2", ("units",)),
        ("UBND huyện Bến Cát báo cáo trước 20/3", "H", ("units",)),
        ("Trường TH Ánh Sao báo cáo trước 20/3", "", ("units",)),
        ("kiểm tra PCCC tại TH Đông Hà trước 20/3", "", ("units",)),
        ("rà soát tủ thuốc y tế trước 20/3", "", ("units",)),
        ("TH Đông Hà", "", ("content", "deadline")),
        ("", "", ("units", "content", "deadline")),
        ("20/3", "", ("units", "content")),
    ],
)
def test_what_is_missing_or_ambiguous_is_asked(text: str, candidates: str, missing: tuple[str, ...]) -> None:
    draft = read(text)
    assert codes(draft.candidates) == candidates
    assert draft.missing == missing


def test_doubtful_members_of_a_group_are_handed_on() -> None:
    draft = read("các trường tiểu học báo cáo trước 20/3")
    assert (codes(draft.lead), codes(draft.doubtful), draft.group) == ("T1 T2", "L1", "các trường tiểu học")
    assert codes(read("các trường báo cáo trước 20/3").doubtful) == "M3 T4"
    vague = read("các đơn vị liên quan góp ý dự thảo trước 20/3")
    assert vague.lead == ()
    assert "vague" in vague.warnings


def test_a_name_in_the_list_that_is_not_known_is_told() -> None:
    draft = read("TH Đông Hà và TH Ánh Sao báo cáo sĩ số trước 20/3")
    assert codes(draft.lead) == "T1"
    assert draft.content == "báo cáo sĩ số"
    assert draft.warnings == ("unknown_unit:TH Ánh Sao",)


@pytest.mark.parametrize(
    ("text", "deadline", "clock", "urgent"),
    [
        ("TH Đông Hà báo cáo trước 16h hôm nay", date(2025, 3, 12), time(16), True),
        ("TH Đông Hà báo cáo gấp trong chiều nay", date(2025, 3, 12), time(17), True),
        ("TH Đông Hà báo cáo trước 11h", date(2025, 3, 12), time(11), True),
        ("TH Đông Hà báo cáo trước 7h", None, None, False),
        ("khẩn: TH Đông Hà báo cáo trước 10h sáng mai", date(2025, 3, 13), time(10), True),
        ("TH Đông Hà nộp ngay báo cáo", None, None, True),
        ("TH Đông Hà nộp báo cáo ngày 20/3", date(2025, 3, 20), None, False),
        ("TH Đông Hà nộp báo cáo trong 3 ngày", date(2025, 3, 15), None, False),
        ("TH Đông Hà nộp báo cáo trong 3 ngày làm việc", date(2025, 3, 17), None, False),
        ("Đơn vị: TH Đông Hà; nội dung: sửa cổng; thời hạn: 15 ngày", date(2025, 3, 27), None, False),
        ("TH Đông Hà nộp báo cáo trước 10/3", None, None, False),
        ("TH Đông Hà nộp báo cáo trước 10/3/2025", date(2025, 3, 10), None, False),
        ("TH Đông Hà nộp báo cáo trước 20/3 và chậm nhất 25/3", None, None, False),
        ("TH Đông Hà nộp báo cáo trong dịp hè", None, None, False),
        ("TH Đông Hà báo cáo sĩ số trong tháng 3", None, None, False),
    ],
)
def test_hours_haste_and_days_that_are_not_chosen(
    text: str, deadline: date | None, clock: time | None, urgent: bool
) -> None:
    draft = read(text)
    assert (draft.deadline, draft.time, draft.urgent) == (deadline, clock, urgent)
    assert ("deadline" in draft.missing) == (deadline is None)


def test_the_command_word_is_not_needed_and_not_in_the_way() -> None:
    plain = read("TH Đông Hà báo cáo sĩ số trước 20/3")
    assert read("/giaoviec TH Đông Hà báo cáo sĩ số trước 20/3") == plain
    assert read("/giaonhiemvu@don_doc_bot TH Đông Hà báo cáo sĩ số trước 20/3") == plain


@pytest.mark.parametrize(
    "text",
    [
        "TH Đông Hà: báo cáo cơ sở vật chất, nộp trước 20/3",
        "các trường MN và TH rà soát tủ thuốc, báo cáo về PGD chậm nhất 16h thứ 6 tuần này",
        "PGD chủ trì, TC-KH phối hợp tham mưu văn bản trình UBND ký trước ngày 20/3/2025",
    ],
)
def test_marks_and_normal_form_make_no_difference(text: str) -> None:
    draft = read(text)
    for other in (unicodedata.normalize("NFD", text), strip_marks(text)):
        said = read(other)
        assert (said.lead, said.cooperate, said.deadline, said.time, said.report_to) == (
            draft.lead, draft.cooperate, draft.deadline, draft.time, draft.report_to,
        )  # fmt: skip
        assert said.content == draft.content


_PIECES = [
    "TH Đông Hà", "PGD", "các trường", "báo cáo", "trước 20/3", "chậm nhất 16h mai", "phối hợp", "chủ trì", "về", "qua",
    "họp", "mời", ",", ":", "(", ")", ";", "trừ", "và", "gấp", "nhé", "Đông Hà", "kể cả báo cáo không", "file excel",
    "😀", "|",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=12).map(" ".join))
def test_any_line_gives_a_draft_that_keeps_its_word(text: str) -> None:
    """Whatever is typed: no failure, no unit both sure and asked about, and what is missing is said."""
    draft = read(text)
    assert not set(draft.lead) & set(draft.cooperate)
    assert ("units" in draft.missing) == (not draft.lead)
    assert ("content" in draft.missing) == (not draft.content)
    assert (draft.deadline is None) == (draft.deadline_rule is None)
    assert draft.kind == "meeting" or ("deadline" in draft.missing) == (draft.deadline is None)


@pytest.mark.skipif(not SHARED.exists(), reason="example data of the workplace")
def test_the_office_cases() -> None:
    data = json.loads((SHARED / "office_cases.json").read_text(encoding="utf-8"))
    registry = _registry({u["code"]: (u["name"], u["kind"]) for u in data["registry"]})
    now = datetime(2024, 6, 19, 8, 0, tzinfo=ZONE)
    for case in data["giaoviec"]:
        expect = case["expect"]
        draft = parse_line(case["input"], now, registry)
        got = {
            "units": [unit.code for unit in draft.lead] or None,
            "content": draft.content,
            "deadline": draft.deadline.isoformat() if draft.deadline else None,
            "deadline_rule": draft.deadline_rule,
            "deliverable": draft.deliverable,
            "time": draft.time.strftime("%H:%M") if draft.time else None,
            "urgent": draft.urgent or None,
            "cooperate": [unit.code for unit in draft.cooperate] or None,
            "candidates": [unit.code for unit in draft.candidates] or None,
            "report_to": draft.report_to.code if draft.report_to else None,
            "basis": draft.basis,
            "nil_report": draft.nil_report or None,
            "data_period": [day.isoformat() for day in draft.data_period] if draft.data_period else None,
            "event_at": draft.event_at.strftime("%Y-%m-%dT%H:%M+07:00") if draft.event_at else None,
        }
        assert got == {key: expect.get(key) for key in got}, case["id"]
