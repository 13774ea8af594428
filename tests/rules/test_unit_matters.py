"""What has to be settled about the names of units, what is offered, and what the answers make of the names."""

from __future__ import annotations

from datetime import date

import pytest

from dondoc.rules.unit_kinds import Kind
from dondoc.rules.unit_matters import Answer, Doubt, Matter, Verdict, answers_from, meant_by
from dondoc.rules.unit_model import Unit
from dondoc.rules.unit_nearest import nearest
from dondoc.rules.units import Registry

TODAY = date(2026, 11, 20)
END = date(2025, 6, 30)
UNITS = (
    Unit(1, "TH-HS", "Trường Tiểu học Hoa Sen", Kind.PRIMARY),
    Unit(2, "TH-BC", "Trường Tiểu học Bình Chánh", Kind.PRIMARY),
    Unit(3, "THCS-BC", "Trường THCS Bình Chánh", Kind.LOWER_SECONDARY),
    Unit(4, "LC-DH", "Trường TH&THCS Đông Hà", Kind.PRIMARY_LOWER),
    Unit(5, "PVHTT", "Phòng Văn hóa và Thông tin", Kind.DEPARTMENT, valid_to=END, successors=(6,)),
    Unit(6, "PVHXH", "Phòng Văn hóa - Xã hội", Kind.DEPARTMENT, successors=()),
    Unit(7, "X-CU", "UBND xã Long Hải", Kind.COMMUNE_COMMITTEE, valid_to=END, successors=(8, 9)),
    Unit(8, "X-A", "UBND xã Tân Long", Kind.COMMUNE_COMMITTEE),
    Unit(9, "X-B", "UBND xã Hải Bình", Kind.COMMUNE_COMMITTEE, valid_to=END, successors=(10,)),
    Unit(10, "X-C", "UBND xã Hải An", Kind.COMMUNE_COMMITTEE),
)
REGISTRY = Registry(UNITS)


def matters(*names: str) -> list[tuple[Doubt, str, list[str]]]:
    found = meant_by(names, REGISTRY, TODAY, {}).matters
    return [(one.doubt, one.text, [unit.code for unit in one.choices]) for one in found]


def test_what_is_settled_is_not_asked() -> None:
    assert matters("Trường Tiểu học Hoa Sen", "TH Bình Chánh") == []


def test_an_unknown_name_offers_the_nearest() -> None:
    [(doubt, text, choices)] = matters("Trường Tiểu học Hoa Xen")
    assert (doubt, text, choices[0]) == (Doubt.UNKNOWN, "Trường Tiểu học Hoa Xen", "TH-HS")
    assert matters("Công ty Điện lực") == [(Doubt.UNKNOWN, "Công ty Điện lực", [])]


def test_only_the_unknown_part_of_a_list_is_asked() -> None:
    found = meant_by(["Trường Tiểu học Hoa Sen, Hội Khuyến học"], REGISTRY, TODAY, {})
    assert [unit.code for unit in found.units] == ["TH-HS"]
    assert [(one.doubt, one.text) for one in found.matters] == [(Doubt.UNKNOWN, "Hội Khuyến học")]


def test_two_schools_of_one_name() -> None:
    assert matters("trường Bình Chánh") == [(Doubt.AMBIGUOUS, "trường Bình Chánh", ["TH-BC", "THCS-BC"])]


def test_a_unit_that_ended_offers_who_took_over() -> None:
    assert matters("Phòng Văn hóa và Thông tin") == [(Doubt.CLOSED, "Phòng Văn hóa và Thông tin", ["PVHXH"])]


def test_successors_of_successors() -> None:
    """One half took over itself, the other half has ended again."""
    assert matters("UBND xã Long Hải") == [(Doubt.CLOSED, "UBND xã Long Hải", ["X-A", "X-C"])]


def test_successors_in_a_circle_come_to_an_end() -> None:
    circle = Registry(
        (
            Unit(1, "A", "Phòng Nội vụ", Kind.DEPARTMENT, valid_to=END, successors=(2,)),
            Unit(2, "B", "Phòng Nội chính", Kind.DEPARTMENT, valid_to=END, successors=(1,)),
        )
    )
    assert circle.successors_of(circle.units[0], TODAY) == ()


def test_a_group_with_members_in_doubt() -> None:
    found = meant_by(["các trường tiểu học"], REGISTRY, TODAY, {})
    assert {unit.code for unit in found.units} == {"TH-HS", "TH-BC"}
    assert [(one.doubt, [unit.code for unit in one.choices]) for one in found.matters] == [(Doubt.MEMBERS, ["LC-DH"])]


@pytest.mark.parametrize(
    ("name", "answer", "units", "unsettled"),
    [
        ("Công ty Điện lực", Answer(Verdict.UNITS, (1,)), {1}, 0),
        ("Công ty Điện lực", Answer(Verdict.OUTSIDE), set(), 1),
        ("Công ty Điện lực", Answer(Verdict.DROPPED), set(), 0),
        ("trường Bình Chánh", Answer(Verdict.UNITS, (3,)), {3}, 0),
        ("UBND xã Long Hải", Answer(Verdict.UNITS, (8, 10)), {8, 10}, 0),
        ("các trường tiểu học", Answer(Verdict.UNITS, (4,)), {1, 2, 4}, 0),
        ("các trường tiểu học", Answer(Verdict.UNITS), {1, 2}, 0),
    ],
)
def test_an_answer_settles_it(name: str, answer: Answer, units: set[int], unsettled: int) -> None:
    [matter] = meant_by([name], REGISTRY, TODAY, {}).matters
    kept = answers_from({"units": {matter.key: answer.to_json()}})
    found = meant_by([name, name], REGISTRY, TODAY, kept)
    assert {unit.id for unit in found.units} == units
    assert found.matters == ()
    assert len(found.unsettled) == unsettled


@pytest.mark.parametrize(
    ("matter", "lasts"),
    [
        (Matter(Doubt.UNKNOWN, "Trường Hoa Xen"), True),
        (Matter(Doubt.UNKNOWN, "các đơn vị có liên quan"), False),
        (Matter(Doubt.UNKNOWN, "a" * 301), False),
        (Matter(Doubt.AMBIGUOUS, "trường Bình Chánh", UNITS[1:3]), False),
        (Matter(Doubt.CLOSED, "Phòng VHTT", UNITS[5:6]), True),
        (Matter(Doubt.CLOSED, "UBND xã Long Hải", UNITS[7:9]), False),
        (Matter(Doubt.MEMBERS, "các trường tiểu học", UNITS[3:4]), False),
    ],
)
def test_what_is_remembered_beyond_the_directive(matter: Matter, lasts: bool) -> None:
    assert matter.is_lasting is lasts


def test_nearest_offers_nothing_that_only_shares_its_type() -> None:
    assert nearest("Trường Quang Trung", UNITS, TODAY) == []
    assert nearest("", UNITS, TODAY) == []
    assert [unit.code for unit in nearest("PHONG VAN HOA XA HOI", UNITS, TODAY)][:1] == ["PVHXH"]
