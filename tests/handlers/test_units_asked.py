"""Units that a directive names and the registry does not settle: asked once, with choices, and remembered where it lasts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import select

from dondoc.handlers.approval import approve
from dondoc.rules.unit_kinds import Kind
from dondoc.storage.offices import work_calendar
from dondoc.storage.tables import assignments, directives, events, tasks, unit_aliases, unit_successors, units
from tests.support.office import Desk
from tests.support.sayings import label, says

HEAD = """\
ỦY BAN NHÂN DÂN
HUYỆN THANH LÂM
Số: {number}/TB-UBND

Thanh Lâm, ngày 17 tháng 6 năm 2024

THÔNG BÁO

Kết luận của Chủ tịch UBND huyện tại cuộc họp giao ban

{body}
TL. CHỦ TỊCH
CHÁNH VĂN PHÒNG

Trịnh Văn Sơn
"""
DUTIES = (
    "Rà soát cơ sở vật chất, báo cáo kết quả về UBND huyện trước ngày 05/7/2024.",
    "Báo cáo phương án phòng cháy về UBND huyện trước ngày 12/7/2024.",
    "Lập danh mục sửa chữa, gửi UBND huyện trước ngày 19/7/2024.",
)


async def loads(desk: Desk, *names: str, number: int = 64, who: str = "khanh") -> str:
    """A directive that gives one duty to each of the units; what is said about it."""
    duties = zip(names, DUTIES, strict=False)
    body = "\n".join(f"{place}. {name}\n\n- {duty}\n" for place, (name, duty) in enumerate(duties, 1))
    desk.forget_news()
    await desk.sends(who, f"tb-{number}.txt", HEAD.format(number=number, body=body).encode())
    return desk.heard(who)


async def add_unit(desk: Desk, code: str, name: str, kind: str, **values: object) -> int:
    async with desk.database.write() as tx:
        insert = units.insert().values(code=code, name=name, kind=kind, **values).returning(units.c.id)
        return int((await tx.execute(insert)).scalar_one())


async def succeeds(desk: Desk, unit_id: int, *successors: int) -> None:
    async with desk.database.write() as tx:
        for one in successors:
            await tx.execute(unit_successors.insert().values(unit_id=unit_id, successor_id=one))


async def aliases(desk: Desk) -> list[tuple[int, str]]:
    known = [tuple(row) for row in await desk.rows(select(unit_aliases.c.unit_id, unit_aliases.c.alias))]
    return [entry for entry in known if entry[1] not in ("PGDĐT", "TH Hoa Sen")]


async def given_to(desk: Desk) -> list[list[int]]:
    """The units of each task once the directive is approved, in the order of the document."""
    [directive] = await desk.rows(select(directives))
    async with desk.database.write() as tx:
        calendar = await work_calendar(tx, desk.office.id)
        await approve(tx, directive.id, approver_id=None, now=desk.clock.now(), calendar=calendar)
    found = await desk.rows(
        select(tasks.c.id, assignments.c.unit_id)
        .join(assignments, assignments.c.task_id == tasks.c.id)
        .order_by(tasks.c.position, assignments.c.unit_id)
    )
    return [[row.unit_id for row in found if row.id == one] for one in dict.fromkeys(row.id for row in found)]


def offers(desk: Desk, who: str = "khanh") -> Sequence[str]:
    return list(desk.last(who).choices)


async def test_an_unknown_name_is_remembered(desk: Desk) -> None:
    """It settles the other drafts of the directive, and the next directive asks nothing."""
    unit = desk.office.units["TH-HS"]
    heard = await loads(desk, "Trường Tiểu học Hoa Xen", "Phòng Giáo dục và Đào tạo", "Trường Tiểu học Hoa Xen")
    assert says(heard, "handlers.unit.ask_unknown", name="Trường Tiểu học Hoa Xen")
    assert offers(desk)[0] == "Trường Tiểu học Hoa Sen"
    assert offers(desk)[-2:] == [label("handlers.unit.outside"), label("handlers.unit.drop")]
    await desk.presses("khanh", "Trường Tiểu học Hoa Sen")
    heard = desk.hears("khanh", "handlers.unit.learned", name="Trường Tiểu học Hoa Xen", unit="Trường Tiểu học Hoa Sen")
    assert not says(heard, "handlers.unit.ask_unknown")
    assert await aliases(desk) == [(unit, "Trường Tiểu học Hoa Xen")]
    assert await given_to(desk) == [[unit], [desk.office.units["PGD"]], [unit]]
    heard = await loads(desk, "Trường Tiểu học Hoa Xen", number=65)
    assert not says(heard, "handlers.unit.ask_unknown")
    trail = [row.detail for row in await desk.rows(select(events)) if row.kind == "unit.alias"]
    assert trail == [{"unit": unit, "alias": "Trường Tiểu học Hoa Xen"}]


async def test_the_name_may_be_typed(desk: Desk) -> None:
    await loads(desk, "Công ty Cấp nước")
    await desk.says("khanh", "TH Hoa Sen")
    desk.hears("khanh", "handlers.unit.learned", name="Công ty Cấp nước", unit="Trường Tiểu học Hoa Sen")


async def test_names_are_asked_one_after_the_other(desk: Desk) -> None:
    heard = await loads(desk, "Công ty Cấp nước", "Hội Khuyến học huyện", "Công ty Cấp nước")
    assert says(heard, "handlers.unit.more", number="01")
    await desk.presses("khanh", "handlers.unit.outside")
    heard = desk.hears("khanh", "handlers.unit.is_outside", name="Công ty Cấp nước")
    assert says(heard, "handlers.unit.ask_unknown", name="Hội Khuyến học huyện")
    await desk.presses("khanh", "handlers.unit.drop")
    desk.hears(
        "khanh", "handlers.unit.dropped", "handlers.unit.dropped_tasks", name="Hội Khuyến học huyện", number="01"
    )
    statuses = [row.status for row in await desk.rows(select(tasks.c.status).order_by(tasks.c.position))]
    assert statuses == ["draft", "dropped", "draft"]
    assert await aliases(desk) == []


async def test_two_schools_of_one_name_are_asked_every_time(desk: Desk) -> None:
    """What is meant here says nothing about the next directive."""
    first = await add_unit(desk, "TH-BC", "Trường Tiểu học Bình Chánh", Kind.PRIMARY)
    await add_unit(desk, "THCS-BC", "Trường THCS Bình Chánh", Kind.LOWER_SECONDARY)
    heard = await loads(desk, "Trường Bình Chánh", "Phòng Giáo dục và Đào tạo", "Trường Bình Chánh")
    assert says(heard, "handlers.unit.ask_ambiguous", name="Trường Bình Chánh")
    await desk.presses("khanh", "Trường Tiểu học Bình Chánh")
    heard = desk.hears("khanh", "handlers.unit.settled", name="Trường Bình Chánh", units="Trường Tiểu học Bình Chánh")
    assert not says(heard, "handlers.unit.ask_ambiguous")
    assert await aliases(desk) == []
    assert await given_to(desk) == [[first], [desk.office.units["PGD"]], [first]]
    assert says(await loads(desk, "Trường Bình Chánh", number=65), "handlers.unit.ask_ambiguous")


async def test_a_closed_unit_offers_its_successors(desk: Desk) -> None:
    """Divided among two: chosen for this directive only."""
    old = await add_unit(desk, "X-CU", "UBND xã Long Hải", Kind.COMMUNE_COMMITTEE, valid_to=date(2024, 5, 31))
    new = [
        await add_unit(desk, f"X-{name}", f"UBND xã {name}", Kind.COMMUNE_COMMITTEE)
        for name in ("Tân Long", "Hải Bình")
    ]
    await succeeds(desk, old, *new)
    heard = await loads(desk, "UBND xã Long Hải")
    assert says(heard, "handlers.unit.ask_closed", name="UBND xã Long Hải")
    assert offers(desk)[:3] == [
        "UBND xã Tân Long",
        "UBND xã Hải Bình",
        label("handlers.unit.all").replace("{number}", "02"),
    ]
    await desk.presses("khanh", offers(desk)[2])
    desk.hears("khanh", "handlers.unit.settled", units="UBND xã Tân Long; UBND xã Hải Bình")
    assert await aliases(desk) == []
    assert await given_to(desk) == [new]


async def test_a_closed_unit_with_one_successor_is_remembered(desk: Desk) -> None:
    old = await add_unit(desk, "PVH", "Phòng Văn hóa và Thông tin", Kind.DEPARTMENT, valid_to=date(2024, 5, 31))
    new = await add_unit(desk, "PVX", "Phòng Văn hóa - Xã hội", Kind.DEPARTMENT)
    await succeeds(desk, old, new)
    assert says(await loads(desk, "Phòng Văn hóa và Thông tin"), "handlers.unit.ask_closed")
    await desk.presses("khanh", "Phòng Văn hóa - Xã hội")
    assert await aliases(desk) == [(new, "Phòng Văn hóa và Thông tin")]
    heard = await loads(desk, "Phòng Văn hóa và Thông tin", number=65)
    assert not says(heard, "handlers.unit.ask_closed")


async def test_a_closed_unit_without_successors_is_never_guessed(desk: Desk) -> None:
    await add_unit(desk, "PVH", "Phòng Văn hóa và Thông tin", Kind.DEPARTMENT, valid_to=date(2024, 5, 31))
    assert says(await loads(desk, "Phòng Văn hóa và Thông tin"), "handlers.unit.ask_closed_alone")
    assert offers(desk) == [label("handlers.unit.outside"), label("handlers.unit.drop")]


@pytest.mark.parametrize("name", ["handlers.unit.include", "handlers.unit.leave_out"])
async def test_members_in_doubt_are_asked_once(desk: Desk, name: str) -> None:
    school = await add_unit(desk, "LC-DH", "Trường TH&THCS Đông Hà", Kind.PRIMARY_LOWER)
    heard = await loads(desk, "Các trường tiểu học", "Phòng Giáo dục và Đào tạo", "Các trường tiểu học")
    assert says(heard, "handlers.unit.ask_members", units="Trường TH&THCS Đông Hà")
    await desk.presses("khanh", name)
    heard = desk.heard("khanh")
    assert not says(heard, "handlers.unit.ask_members")
    included = name.endswith("include")
    assert says(heard, "handlers.unit.settled" if included else "handlers.unit.nobody")
    primary = [desk.office.units["TH-HS"], *([school] if included else [])]
    assert await given_to(desk) == [primary, [desk.office.units["PGD"]], primary]


async def test_a_question_is_answered_once(desk: Desk) -> None:
    """Two who look at the same question, and one who was asked about what is gone."""
    await loads(desk, "Công ty Cấp nước")
    await desk.says("son", "/vanban")
    await desk.presses_data("son", next(iter(desk.last("son").choices.values())))
    outside = desk.button("son", "handlers.unit.outside")
    await desk.presses("khanh", "handlers.unit.drop")
    desk.forget_news()
    await desk.presses_data("son", outside)
    desk.hears("son", "handlers.unit.answered_before")


async def test_who_may_not_load_answers_nothing(desk: Desk) -> None:
    await loads(desk, "Công ty Cấp nước")
    await desk.presses_data("huong", desk.button("khanh", "handlers.unit.drop"))
    desk.hears_only("huong", "handlers.button_foreign")
    assert {row.status for row in await desk.rows(select(tasks.c.status))} == {"draft"}


async def test_words_about_something_else_are_heard(desk: Desk) -> None:
    """The question waits; a command and a question about progress are what they are."""
    await loads(desk, "Công ty Cấp nước")
    await desk.says("khanh", "trường nào chưa nộp?")
    assert not says(desk.heard("khanh"), "handlers.unit.learned")
    await desk.presses("khanh", "handlers.unit.outside")
    desk.hears("khanh", "handlers.unit.is_outside")
