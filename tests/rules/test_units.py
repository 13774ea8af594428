"""Units and groups as directives and staff name them, over a made-up district."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dondoc.rules.units import Registry, Resolution, Unit, find_units, kind_of

SHARED = Path(__file__).resolve().parents[3] / "shared"
DAY = date(2025, 3, 10)

NAMES = {
    "H": ("UBND huyện Sông Lam", "ubnd_huyen"),
    "VP": ("Văn phòng HĐND và UBND huyện", "van_phong"),
    "P1": ("Phòng Giáo dục và Đào tạo", "phong_ban"),
    "P2": ("Phòng Tài chính - Kế hoạch", "phong_ban"),
    "P3": ("Phòng Lao động - Thương binh và Xã hội", "phong_ban"),
    "P4": ("Phòng Nông nghiệp và Phát triển nông thôn", "phong_ban"),
    "P5": ("Phòng Nội vụ", "phong_ban"),
    "S1": ("Trung tâm Y tế huyện", "su_nghiep"),
    "S2": ("Ban Quản lý dự án đầu tư xây dựng", "su_nghiep"),
    "C1": ("Công an huyện", "nganh_doc"),
    "X1": ("UBND xã Đông Hà", "ubnd_xa"),
    "X2": ("UBND xã Tân Thịnh", "ubnd_xa"),
    "X3": ("UBND thị trấn Lạc Sơn", "ubnd_thi_tran"),
    "M1": ("Trường Mầm non Đông Hà", "mam_non"),
    "M2": ("Trường Mầm non Lạc Sơn", "mam_non"),
    "M3": ("Trường Mầm non tư thục Ánh Dương", "mam_non_tu_thuc"),
    "T1": ("Trường Tiểu học Đông Hà", "tieu_hoc"),
    "T2": ("Trường Tiểu học số 2 Lạc Sơn", "tieu_hoc"),
    "L1": ("Trường TH&THCS Tân Thịnh", "th_thcs"),
    "T3": ("Trường THCS Lạc Sơn", "thcs"),
    "T4": ("Trường THPT Sông Lam", "thpt"),
    "G1": ("Trung tâm GDNN-GDTX huyện", "gdnn_gdtx"),
    "B1": ("Chi bộ Trường Tiểu học Đông Hà", "chi_bo"),
    "D1": ("Hội Liên hiệp Phụ nữ huyện", "doan_the"),
}


def unit(code: str, name: str, label: str, **more: object) -> Unit:
    return Unit(abs(hash(code)), code, name, kind_of(label, name).value, **more)  # type: ignore[arg-type]


WHOLE = Registry([unit(code, name, label) for code, (name, label) in NAMES.items()])


@pytest.fixture
def registry() -> Registry:
    return WHOLE


def codes(units: tuple[Unit, ...]) -> str:
    return " ".join(u.code for u in units)


SCHOOLS = "M1 M2 T1 T2 L1 T3"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Trường Tiểu học Đông Hà", "T1"),
        ("th dong ha", "T1"),
        ("hiệu trưởng trường TH Đông Hà", "T1"),
        ("TH Đông Hà, huyện Sông Lam", "T1"),
        ("t1", "T1"),
        ("TH số 2 Lạc Sơn", "T2"),
        ("Tiểu học Lạc Sơn 2", "T2"),
        ("TH&THCS Tân Thịnh", "L1"),
        ("TH và THCS Tân Thịnh", "L1"),
        ("trường Tân Thịnh", "L1"),
        ("MN Ánh Dương", "M3"),
        ("UBND xã Đông Hà", "X1"),
        ("Uỷ ban nhân dân xã Đông Hà", "X1"),
        ("xã Tân Thịnh", "X2"),
        ("TT Lạc Sơn", "X3"),
        ("ubnd tt lac son", "X3"),
        ("Phòng Giáo dục và Đào tạo huyện", "P1"),
        ("Phòng GDĐT", "P1"),
        ("P. GD&ĐT", "P1"),
        ("PGD", "P1"),
        ("đồng chí Trưởng phòng Giáo dục - Đào tạo", "P1"),
        ("TC-KH", "P2"),
        ("Phòng Tài chính – Kế hoạch huyện Sông Lam", "P2"),
        ("phòng tài chính", "P2"),
        ("LĐ-TB&XH", "P3"),
        ("phòng ldtbxh", "P3"),
        ("Phòng Lao động, Thương binh và Xã hội", "P3"),
        ("NN&PTNT", "P4"),
        ("Nội vụ", "P5"),
        ("TT Y tế", "S1"),
        ("TTYT", "S1"),
        ("BQLDA đầu tư xây dựng", "S2"),
        ("Công an", "C1"),
        ("công an huyện", "C1"),
        ("GDNN-GDTX", "G1"),
        ("Hội LHPN", "D1"),
        ("Chi bộ trường TH Đông Hà", "B1"),
        ("VP HĐND&UBND huyện", "VP"),
        ("UBND huyện", "H"),
        ("huyện", "H"),
    ],
)
def test_one_unit(registry: Registry, text: str, code: str) -> None:
    found = registry.resolve(text, DAY)
    assert codes(found.units) == code
    assert found.is_settled
    assert found.group is None


@pytest.mark.parametrize(
    ("text", "sure", "doubtful"),
    [
        ("các trường học thuộc huyện", SCHOOLS, ""),
        ("Các trường học trực thuộc huyện", SCHOOLS, ""),
        ("các trường (học) thuộc huyện", SCHOOLS, ""),
        ("tất cả các trường thuộc huyện Sông Lam", SCHOOLS, ""),
        ("các trường học trên địa bàn huyện", "M1 M2 M3 T1 T2 L1 T3 T4", ""),
        ("các trường công lập trên địa bàn", SCHOOLS + " T4", ""),
        ("Các cơ sở giáo dục trên địa bàn huyện", "M1 M2 M3 T1 T2 L1 T3 T4 G1", ""),
        ("các trường mầm non", "M1 M2", ""),
        ("các trường mầm non tư thục", "M3", ""),
        ("các trường mầm non trên địa bàn huyện", "M1 M2 M3", ""),
        ("các trường tiểu học", "T1 T2", "L1"),
        ("hiệu trưởng các trường THCS", "T3", "L1"),
        ("các trường MN và TH", "M1 M2 T1 T2", "L1"),
        ("cac truong mn, th, thcs", SCHOOLS, ""),
        ("các trường TH&THCS", "L1", ""),
        ("các trường THPT", "T4", ""),
        ("các đ/c hiệu trưởng", SCHOOLS, "M3 T4"),
        ("tất cả các trường", SCHOOLS, "M3 T4"),
        ("UBND các xã, thị trấn", "X1 X2 X3", ""),
        ("UBND xã, TT", "X1 X2 X3", ""),
        ("Chủ tịch UBND các xã, thị trấn", "X1 X2 X3", ""),
        ("Địa phương", "X1 X2 X3", ""),
        ("các xã", "X1 X2", "X3"),
        ("Các cơ quan, đơn vị", "P1 P2 P3 P4 P5 S1 S2", ""),
        ("Thủ trưởng các cơ quan, đơn vị thuộc huyện", "P1 P2 P3 P4 P5 S1 S2", ""),
        ("các phòng, ban chuyên môn huyện", "P1 P2 P3 P4 P5", ""),
        ("các phòng, ban, ngành", "P1 P2 P3 P4 P5", "S1 S2 C1"),
        ("các đơn vị sự nghiệp", "S1 S2", ""),
        ("các cơ quan, đơn vị liên quan", "", "P1 P2 P3 P4 P5 S1 S2"),
        ("các chi bộ trường học", "B1", ""),
        ("các đoàn thể", "D1", ""),
        ("các trung tâm", "S1 G1", ""),
    ],
)
def test_a_group(registry: Registry, text: str, sure: str, doubtful: str) -> None:
    found = registry.resolve(text, DAY)
    assert set(codes(found.units).split()) == set(sure.split())
    assert set(codes(found.doubtful).split()) == set(doubtful.split())
    assert found.candidates == ()


def test_canonical_names(registry: Registry) -> None:
    names = {
        "Các trường học trực thuộc huyện Sông Lam": "các trường học thuộc huyện",
        "cac truong mn va th": "các trường mầm non và tiểu học",
        "địa phương": "UBND các xã, thị trấn",
        "Thủ trưởng các cơ quan, đơn vị": "các cơ quan, đơn vị",
    }
    assert {text: registry.resolve(text, DAY).group for text in names} == names


def test_what_a_group_leaves_out_is_told(registry: Registry) -> None:
    found = registry.resolve("các trường học thuộc huyện", DAY)
    assert codes(found.excluded) == "M3 T4"
    assert codes(registry.resolve("các cơ quan, đơn vị", DAY).excluded) == "C1"


def test_another_district_is_the_same_group_but_not_the_same_unit(registry: Registry) -> None:
    group = registry.resolve("các trường học thuộc huyện Bến Cát", DAY)
    assert codes(group.units) == SCHOOLS
    assert group.notes == ("other_locality",)
    for text in ("Phòng Nội vụ huyện Bến Cát", "Công an tỉnh", "Công an xã Đông Hà", "UBND huyện Bến Cát"):
        found = registry.resolve(text, DAY)
        assert found.units == (), text
        assert found.notes == ("other_locality",), text


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (
            "Các cơ quan, đơn vị, UBND các xã, thị trấn và các trường học thuộc huyện",
            f"P1 P2 P3 P4 P5 S1 S2 X1 X2 X3 {SCHOOLS}",
        ),
        ("các cơ quan, đơn vị, địa phương", "P1 P2 P3 P4 P5 S1 S2 X1 X2 X3"),
        ("PGD, TCKH, Nội vụ", "P1 P2 P5"),
        ("Phòng Nội vụ và Công an huyện", "P5 C1"),
        ("TH Đông Hà và MN Lạc Sơn", "T1 M2"),
        ("MN, TH Đông Hà", "M1 T1"),
        ("xã Đông Hà, Tân Thịnh và TT Lạc Sơn", "X1 X2 X3"),
        ("MN Đông Hà, Lạc Sơn", "M1 M2"),
        ("Trường THPT Sông Lam; các trường THCS thuộc huyện", "T4 T3"),
        ("các trường thuộc huyện trừ THCS Lạc Sơn", "M1 M2 T1 T2 L1"),
        ("các trường: TH Đông Hà, MN Lạc Sơn", "T1 M2"),
        ("các trường mầm non, các trường tiểu học và THCS trên địa bàn huyện", "M1 M2 M3 T1 T2 L1 T3"),
    ],
)
def test_lists(registry: Registry, text: str, sure: str) -> None:
    found = registry.resolve(text, DAY)
    assert set(codes(found.units).split()) == set(sure.split())
    assert found.unread == ()


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Đông Hà", "T1 M1 X1"),
        ("trường Đông Hà", "T1 M1"),
        ("TH Lạc Sơn", "T2"),
        ("TH Tân Thịnh", "L1"),
        ("THCS Tân Thịnh", "L1"),
        ("MG Đông Hà", "M1"),
        ("Trường Tiểu học Đông Hạ", "T1"),
        ("TH Đông Hà và Tân Thịnh", "L1"),
        ("Sông Lam", "T4 H"),
    ],
)
def test_never_guesses(registry: Registry, text: str, candidates: str) -> None:
    found = registry.resolve(text, DAY)
    assert codes(found.candidates) == candidates
    assert not found.is_settled


@pytest.mark.parametrize("text", ["Trường Đại học Kinh tế", "Hội đồng nghiệm thu", "", "thí sinh", "Cục Hải quan"])
def test_unknown(registry: Registry, text: str) -> None:
    found = registry.resolve(text, DAY)
    assert found.unknown
    assert not found.units


def test_what_is_not_understood_is_handed_back(registry: Registry) -> None:
    found = registry.resolve("Phòng Nội vụ và Hạt Kiểm lâm", DAY)
    assert codes(found.units) == "P5"
    assert found.unread == ("Hạt Kiểm lâm",)
    assert not found.unknown
    assert not found.is_settled


def test_decomposed_text(registry: Registry) -> None:
    import unicodedata

    assert codes(registry.resolve(unicodedata.normalize("NFD", "Trường Tiểu học Đông Hà"), DAY).units) == "T1"


def test_units_are_found_inside_a_sentence(registry: Registry) -> None:
    text = "Đề nghị phòng GD&ĐT phối hợp UBND các xã, thị trấn rà soát tủ thuốc y tế tại TH Đông Hà"
    spans = [span for span in find_units(text, registry, DAY) if not span.weak]
    assert [text[s.start : s.end] for s in spans] == ["phòng GD&ĐT", "UBND các xã, thị trấn", "TH Đông Hà"]
    assert [s.is_group for s in spans] == [False, True, False]


@pytest.mark.parametrize(
    "text", ["rà soát các trường hợp khó khăn", "công tác nội vụ quý II", "phát triển kinh tế xã hội", "các bạn ơi"]
)
def test_ordinary_words_are_no_units(registry: Registry, text: str) -> None:
    assert [span for span in find_units(text, registry, DAY) if not span.weak] == []


@pytest.mark.skipif(not SHARED.exists(), reason="example data of the workplace")
def test_the_groups_of_the_office_cases() -> None:
    data = json.loads((SHARED / "office_cases.json").read_text(encoding="utf-8"))
    registry = Registry([unit(u["code"], u["name"], u["kind"]) for u in data["registry"]])
    for text, expected in data["meta"]["rules"]["groups"].items():
        found: Resolution = registry.resolve(text.replace(" (huyện)", " huyện"), date(2024, 6, 19))
        assert {u.code for u in found.units} == set(expected), text
        assert found.is_settled, text


@pytest.mark.parametrize(
    "text",
    [
        "Phòng Y tế huyện",  # not Trung tâm Y tế
        "Phòng Tài nguyên và Môi trường huyện",  # "mọi trường" it is not
        "Công đoàn Trường Tiểu học Đông Hà",
        "Hội đồng trường TH Đông Hà",
        "cô Hạnh TH Đông Hà",
        "UBND xã Đông Hà Bắc",
        "Văn phòng Huyện ủy",
        "Huyện đoàn",
        "các trường tiểu học vùng sâu",
    ],
)
def test_a_name_that_runs_on_into_unknown_words_is_not_taken(registry: Registry, text: str) -> None:
    found = registry.resolve(text, DAY)
    assert found.units == ()
    assert not found.is_settled


def test_an_exception_that_may_mean_several_makes_them_doubtful(registry: Registry) -> None:
    found = registry.resolve("các trường thuộc huyện trừ Đông Hà", DAY)
    assert (codes(found.units), codes(found.doubtful)) == ("M2 T2 L1 T3", "M1 T1")


def test_an_unknown_name_is_handed_back_in_one_piece(registry: Registry) -> None:
    for name in ("Phòng Văn hóa và Thông tin", "Trung tâm Giáo dục quốc phòng - An ninh"):
        assert registry.resolve(name, DAY).unread == (name,)


def test_schools_that_meet_and_cases(registry: Registry) -> None:
    assert [span.text for span in find_units("thông báo các trường họp 14h mai", registry, DAY)] == ["các trường"]
    assert find_units("xử lý các trường hợp vi phạm", registry, DAY) == []


_WORDS = [
    "các", "trường", "TH", "MN", "TH&THCS", "Đông Hà", "Lạc Sơn", "xã", "UBND", "thị trấn", "và", ",", ";", ":", "(", ")",
    "trừ", "thuộc", "huyện", "trên địa bàn", "Phòng", "Nội vụ", "cơ quan", "đơn vị", "tất cả", "Bến Cát", "số 2", "-",
    "chi bộ",
]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), max_size=10).map(" ".join))
def test_any_text_resolves_without_contradiction(text: str) -> None:
    found = WHOLE.resolve(text, DAY)
    assert not set(found.units) & set(found.candidates)
    assert not set(found.units) & set(found.doubtful)
    assert not set(found.units) & set(found.excluded)
    assert not (found.unknown and (found.units or found.candidates or found.doubtful or found.group))
    for span in WHOLE.find(text, DAY):
        assert text[span.start : span.end] == span.text
