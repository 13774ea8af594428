"""A small made-up office with its units and people, and work to give to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.rules.roles import Role, Scope
from dondoc.rules.unit_kinds import Kind
from dondoc.storage import directives, offices, people, registry, unit_records, work
from dondoc.storage.outbox import Address
from dondoc.storage.tables import assignments, units
from dondoc.storage.unit_records import ContactRecord, UnitRecord
from dondoc.storage.work import Assignment

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
START = datetime(2024, 6, 19, 7, 0, tzinfo=ZONE)  # a Wednesday, before the first slots of the day
CHANNEL, ACCOUNT = "test", "office"
NAME = "Văn phòng HĐND và UBND huyện Thanh Lâm"

_UNITS = (
    UnitRecord(
        "PGD",
        "Phòng Giáo dục và Đào tạo",
        Kind.DEPARTMENT,
        None,
        ("PGDĐT",),
        (ContactRecord("Đỗ Tiến Dũng", "Trưởng phòng", "0900000024"),),
    ),
    UnitRecord(
        "TH-HS",
        "Trường Tiểu học Hoa Sen",
        Kind.PRIMARY,
        "UBND xã An Phú",
        ("TH Hoa Sen",),
        (
            ContactRecord("Lê Thu Hường", "Hiệu trưởng", "0900000021"),
            ContactRecord("Vũ Hoài Nam", "Phó Hiệu trưởng", "0900000022"),
        ),
    ),
    UnitRecord(
        "THCS-BM",
        "Trường THCS Bình Minh",
        Kind.LOWER_SECONDARY,
        None,
        (),
        (ContactRecord("Ngô Thanh Bình", "Hiệu trưởng", "0900000023"),),
    ),
    # Its contact has not joined.
    UnitRecord(
        "MN-HD",
        "Trường Mầm non Hướng Dương",
        Kind.PRESCHOOL,
        None,
        (),
        (ContactRecord("Bùi Tuyết Mai", "Hiệu trưởng", "0900000025"),),
    ),
    # It has no contact at all.
    UnitRecord("X-AP", "UBND xã An Phú", Kind.COMMUNE_COMMITTEE, None, (), ()),
)
_CONTACTS = {
    "dung": ("Đỗ Tiến Dũng", "24"),
    "huong": ("Lê Thu Hường", "21"),
    "nam": ("Vũ Hoài Nam", None),
    "binh": ("Ngô Thanh Bình", "23"),
    "mai": ("Bùi Tuyết Mai", None),
}
_OFFICE = {
    "khanh": ("Hồ Gia Khánh", "Chuyên viên", Role.STAFF, "11"),
    "son": ("Trịnh Văn Sơn", "Chánh Văn phòng", Role.CHIEF, "12"),
    "loan": ("Cao Thị Loan", "Chủ tịch", Role.LEADER, "13"),
}


@dataclass(frozen=True, slots=True)
class SampleOffice:
    """Ids by short names: units by code, people by given name, chats by the same given name."""

    id: int
    units: Mapping[str, int]
    people: Mapping[str, int]
    chats: Mapping[str, str]

    def address(self, name: str) -> Address:
        """Where a person who has joined is reached."""
        return Address(CHANNEL, ACCOUNT, self.chats[name], self.people[name])


async def found_office(tx: AsyncConnection, now: datetime = START) -> SampleOffice:
    """Write the office into an empty database."""
    office = await offices.ensure_office(tx, now)
    await offices.name_office(tx, office.id, name=NAME, organ="UBND huyện Thanh Lâm", place="Thanh Lâm")
    await unit_records.save_units(tx, _UNITS, now)
    unit_ids = dict((await tx.execute(select(units.c.code, units.c.id))).all())
    contacts = {one.name: one.person_id for one in await registry.contacts_of(tx, unit_ids.values())}
    known: dict[str, int] = {}
    chats: dict[str, str] = {}
    for short, (name, chat_id) in _CONTACTS.items():
        known[short] = contacts[name]
        if chat_id is not None:
            chats[short] = chat_id
    for short, (name, title, role, chat_id) in _OFFICE.items():
        known[short] = await people.add_person(tx, now, name=name, title=title)
        await people.add_role(tx, known[short], office.id, role)
        chats[short] = chat_id
    for short, chat_id in chats.items():
        await people.join(tx, known[short], Address(CHANNEL, ACCOUNT, chat_id), now)
    return SampleOffice(office.id, unit_ids, known, chats)


async def join(tx: AsyncConnection, office: SampleOffice, name: str, chat_id: str, now: datetime = START) -> Address:
    """Let a person of the office be reached in a chat from now on."""
    to = Address(CHANNEL, ACCOUNT, chat_id, office.people[name])
    await people.join(tx, office.people[name], to, now)
    return to


async def directive(tx: AsyncConnection, office: SampleOffice, number: str = "88/TB-UBND", **values: Any) -> int:
    """An approved document that gives tasks; its id."""
    given = {
        "office_id": office.id,
        "kind": "Thông báo",
        "number": number,
        "issued_on": date(2024, 6, 10),
        "subject": "Kết luận cuộc họp về công tác tuyển sinh",
        "content_hash": number.ljust(64, "0"),
        "created_by": office.people["khanh"],
        "created_at": START,
        "approved_at": START,
    }
    return await directives.add_directive(tx, {**given, **values})


async def give(
    tx: AsyncConnection,
    office: SampleOffice,
    *codes: str,
    deadline: date | None = None,
    rule: str | None = None,
    task: Mapping[str, Any] | None = None,
    assigned_at: datetime = datetime(2024, 6, 3, 9, 0, tzinfo=ZONE),
    **values: Any,
) -> list[int]:
    """Give one new task to the units of these codes; the ids of the assignments in the same order.

    ``task`` sets columns of the task, ``values`` columns of its assignments.
    """
    if deadline is not None and rule is None:
        rule = "on"
    task_id = await directives.add_task(
        tx,
        {
            "office_id": office.id,
            "status": directives.APPROVED,
            "code": (await directives.next_codes(tx, office.id, 1))[0],
            "content": "Báo cáo kết quả tuyển sinh đầu cấp",
            "task_class": "dated" if deadline else "product",
            "deadline": deadline,
            "deadline_rule": rule,
            "report_to": "UBND huyện",
            "created_by": office.people["khanh"],
            "created_at": assigned_at,
            "approved_at": assigned_at,
            **(task or {}),
        },
    )
    ids = []
    for code in codes:
        row = {
            "task_id": task_id,
            "unit_id": office.units[code],
            "role": "lead",
            "state": "new",
            "deadline": deadline,
            "deadline_rule": rule,
            "assigned_at": assigned_at,
            **values,
        }
        ids.append(int((await tx.execute(assignments.insert().values(**row).returning(assignments.c.id))).scalar_one()))
    return ids


async def change(tx: AsyncConnection, assignment_id: int, **values: Any) -> None:
    """Set columns of an assignment."""
    await tx.execute(assignments.update().where(assignments.c.id == assignment_id).values(**values))


async def assignment(tx: AsyncConnection, assignment_id: int) -> Assignment:
    found = await work.get(tx, Scope.office(), assignment_id)
    assert found is not None
    return found
