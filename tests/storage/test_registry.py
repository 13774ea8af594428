"""The registry: imported again it changes in place, and nothing that people were told is lost."""

from __future__ import annotations

from dataclasses import replace

from dondoc.rules.unit_kinds import Kind
from dondoc.storage import registry, unit_records
from dondoc.storage.database import Database
from dondoc.storage.unit_records import ContactRecord, UnitRecord
from tests.support.offices import START, SampleOffice

SCHOOL = UnitRecord(
    "TH-ST",
    "Trường Tiểu học Suối Tre",
    Kind.PRIMARY,
    "UBND xã An Phú",
    ("TH Suối Tre",),
    (ContactRecord("Mạc Đình Lâm", "Hiệu trưởng", "0900000031"),),
)


async def test_units_are_found_under_their_names(database: Database, office: SampleOffice) -> None:
    async with database.read() as tx:
        unit = await registry.unit_by_code(tx, "TH-HS")
        names = await registry.unit_names(tx, [office.units["PGD"], 4711])
        known = {one.code: one for one in await registry.all_units(tx)}
    assert unit is not None
    assert (unit.id, unit.name, unit.kind) == (office.units["TH-HS"], "Trường Tiểu học Hoa Sen", Kind.PRIMARY)
    assert names == {office.units["PGD"]: "Phòng Giáo dục và Đào tạo"}
    assert known["TH-HS"].aliases == ("TH Hoa Sen",)
    assert list(known) == sorted(known)


async def test_importing_again_changes_nothing(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        assert await unit_records.save_units(tx, [SCHOOL], START) == (1, 0)
        before = await registry.all_units(tx), await registry.contacts_of(tx, [1, 2, 3, 4, 5, 6])
        assert await unit_records.save_units(tx, [SCHOOL], START) == (0, 1)
        assert before == (await registry.all_units(tx), await registry.contacts_of(tx, [1, 2, 3, 4, 5, 6]))


async def test_what_changed_in_the_spreadsheet_changes_in_place(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        await unit_records.save_units(tx, [SCHOOL], START)
        old = await registry.unit_by_code(tx, "TH-ST")
        assert old is not None
        changed = replace(
            SCHOOL,
            name="Trường TH&THCS Suối Tre",
            aliases=("Liên cấp Suối Tre",),
            contacts=(
                ContactRecord("Mạc Đình Lâm", "", "0911111111"),
                ContactRecord("Quách Thị Ngà", "Văn thư", "0922222222"),
            ),
        )
        await unit_records.save_units(tx, [changed], START)
        (unit,) = [one for one in await registry.all_units(tx) if one.id == old.id]
        contacts = await registry.contacts_of(tx, [old.id])
    assert (unit.name, set(unit.aliases)) == ("Trường TH&THCS Suối Tre", {"TH Suối Tre", "Liên cấp Suối Tre"})
    assert [(one.rank, one.name, one.title, one.phone) for one in contacts] == [
        (1, "Mạc Đình Lâm", "Hiệu trưởng", "0911111111"),
        (2, "Quách Thị Ngà", "Văn thư", "0922222222"),
    ]


async def test_another_spelling_of_a_name_is_no_new_person_and_no_new_alias(
    database: Database, office: SampleOffice
) -> None:
    async with database.write() as tx:
        await unit_records.save_units(tx, [SCHOOL], START)
        spelled = replace(
            SCHOOL, aliases=("th suoi tre",), contacts=(ContactRecord("MẠC ĐÌNH LÂM", "Hiệu trưởng", ""),)
        )
        await unit_records.save_units(tx, [spelled], START)
        unit = next(one for one in await registry.all_units(tx) if one.code == "TH-ST")
        assert unit.aliases == ("TH Suối Tre",)
        assert len(await registry.contacts_of(tx, [unit.id])) == 1


async def test_aliases_are_kept_in_one_normal_form(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        await registry.add_alias(tx, office.units["X-AP"], " xã An Phu\u0301 ")
        unit = next(one for one in await registry.all_units(tx) if one.code == "X-AP")
    assert unit.aliases == ("xã An Phú",)


async def test_names_resolve_against_what_is_stored(database: Database, office: SampleOffice) -> None:
    async with database.read() as tx:
        found = await registry.registry(tx)
    assert [unit.code for unit in found.resolve("TH Hoa Sen", START.date()).units] == ["TH-HS"]
