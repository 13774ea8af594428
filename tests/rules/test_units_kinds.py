"""What kind a unit is, when it exists and where it belongs."""

from __future__ import annotations

from datetime import date

import pytest

from dondoc.rules.units import Kind, Registry, Unit, kind_of

DAY = date(2025, 3, 10)


def unit(code: str, name: str, label: str, **more: object) -> Unit:
    return Unit(len(code), code, name, kind_of(label, name).value, **more)  # type: ignore[arg-type]


def codes(units: tuple[Unit, ...]) -> str:
    return " ".join(u.code for u in units)


@pytest.mark.parametrize(
    ("label", "name", "kind"),
    [
        ("mam_non", "", Kind.PRESCHOOL),
        ("Mầm non", "", Kind.PRESCHOOL),
        ("Mầm non tư thục", "", Kind.PRIVATE_PRESCHOOL),
        ("Mầm non", "Trường Mầm non tư thục Hoa Mai", Kind.PRIVATE_PRESCHOOL),
        ("th_thcs", "", Kind.PRIMARY_LOWER),
        ("Trường", "Trường Tiểu học và Trung học cơ sở Tân Lập", Kind.PRIMARY_LOWER),
        ("", "Trường THCS Tân Lập", Kind.LOWER_SECONDARY),
        ("", "Trường TH, THCS và THPT Việt Anh", Kind.MULTI_LEVEL),
        ("tư thục", "Trường TH, THCS và THPT Việt Anh", Kind.PRIVATE_SCHOOL),
        ("thpt", "", Kind.UPPER_SECONDARY),
        ("TRƯỜNG THPT", "", Kind.UPPER_SECONDARY),
        ("", "Trung tâm GDNN - GDTX huyện", Kind.CONTINUING),
        ("phòng ban", "", Kind.DEPARTMENT),
        ("", "Thanh tra huyện", Kind.DEPARTMENT),
        ("đơn vị sự nghiệp", "", Kind.PUBLIC_SERVICE),
        ("", "Trung tâm Văn hóa - Thể thao", Kind.PUBLIC_SERVICE),
        ("ubnd_xa", "", Kind.COMMUNE_COMMITTEE),
        ("UBND cấp xã", "UBND thị trấn Lạc Sơn", Kind.TOWNSHIP_COMMITTEE),
        ("UBND", "UBND phường 5", Kind.WARD_COMMITTEE),
        ("ubnd_huyen", "UBND huyện Sông Lam", Kind.OWN_COMMITTEE),
        ("Cơ quan chủ quản", "UBND xã Đông Hà", Kind.OWN_COMMITTEE),
        ("van_phong", "", Kind.OFFICE),
        ("", "Ban Chỉ huy Quân sự huyện", Kind.VERTICAL),
        ("ngành dọc", "", Kind.VERTICAL),
        ("chi_bo", "", Kind.PARTY_CELL),
        ("", "Ban Tuyên giáo Huyện ủy", Kind.PARTY_ORGAN),
        ("đoàn thể", "", Kind.FRONT),
        ("", "Ủy ban MTTQ Việt Nam huyện", Kind.FRONT),
        ("lower_secondary", "", Kind.LOWER_SECONDARY),
        ("gì đó", "Hợp tác xã Rau sạch", Kind.OTHER),
    ],
)
def test_kinds(label: str, name: str, kind: Kind) -> None:
    assert kind_of(label, name) == kind


def test_tone_marks_tell_names_apart() -> None:
    registry = Registry([unit("A", "UBND xã Bình Trung", ""), unit("B", "UBND xã Bình Trưng", "")])
    assert codes(registry.resolve("xã Bình Trưng", DAY).units) == "B"
    assert codes(registry.resolve("xã bình trung", DAY).candidates) == "A B"
    assert codes(Registry([unit("A", "UBND xã Hoà Bình", "")]).resolve("xã Hòa Bình", DAY).units) == "A"


def test_closed_units_are_in_no_group_and_are_reported_when_named() -> None:
    closed = unit("C", "Trường THCS Cũ", "thcs", valid_to=date(2024, 12, 31))
    registry = Registry([closed, unit("N", "Trường THCS Mới", "thcs", valid_from=date(2025, 1, 1))])
    assert codes(registry.resolve("các trường THCS", DAY).units) == "N"
    named = registry.resolve("THCS Cũ", DAY)
    assert (named.units, named.closed, named.unknown) == ((), (closed,), False)
    assert codes(registry.resolve("THCS Cũ", date(2024, 12, 31)).units) == "C"


def test_a_school_under_the_department_of_the_province_is_not_under_the_district() -> None:
    registry = Registry(
        [unit("A", "Trường THCS A", "thcs", parent="UBND huyện"), unit("B", "Trường THCS B", "thcs", parent="Sở GDĐT")]
    )
    found = registry.resolve("các trường học thuộc huyện", DAY)
    assert (codes(found.units), codes(found.excluded)) == ("A", "B")


def test_the_schools_of_a_commune_are_those_whose_parent_it_is() -> None:
    registry = Registry(
        [
            unit("X", "UBND xã Đông Hà", ""),
            unit("A", "Trường Mầm non Hoa Sen", "", parent="UBND xã Đông Hà"),
            unit("B", "Trường Tiểu học Đông Hà", "", parent="X"),
            unit("C", "Trường Tiểu học Khác", "", parent="UBND xã Khác"),
        ]
    )
    assert codes(registry.resolve("các trường trên địa bàn xã Đông Hà", DAY).units) == "A B"


def test_an_office_of_a_commune_has_its_own_territory() -> None:
    registry = Registry(
        [
            unit("U", "UBND xã Đông Hà", "ubnd_xa"),
            unit("V", "Văn phòng HĐND và UBND xã", "van_phong", parent="U"),
            unit("K", "Phòng Kinh tế", "phong_ban", parent="U"),
            unit("M", "Trường Mầm non Đông Hà", "", parent="U"),
        ]
    )
    assert registry.own_committee is registry.units[0]
    assert registry.resolve("các trường thuộc xã", DAY).group == "các trường học thuộc xã"
    assert codes(registry.resolve("các trường học thuộc xã Đông Hà", DAY).units) == "M"
    assert codes(registry.resolve("các cơ quan, đơn vị", DAY).units) == "K"
