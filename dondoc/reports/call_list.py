"""The list of those to be telephoned: units where nobody can be reached, and those that were reminded to the last rung."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.reports.sheet import Sheet
from dondoc.reports.wording import OfficeName
from dondoc.rules.deadlines import last_day
from dondoc.rules.ladder import OVERDUE_RUNGS
from dondoc.rules.roles import Role, Scope
from dondoc.rules.states import OWING
from dondoc.storage import people, registry, work
from dondoc.storage.registry import UnitContact
from dondoc.storage.work import Assignment
from dondoc.vietnamese.calendar import WorkCalendar
from dondoc.vietnamese.words import capital, count, format_date

_COLUMNS = (
    ("STT", 6),
    ("Đơn vị", 30),
    ("Họ tên", 24),
    ("Chức vụ", 18),
    ("Số điện thoại", 16),
    ("Nhiệm vụ chưa báo cáo", 56),
    ("Lý do gọi", 24),
)
_CAPTION = "DANH SÁCH GỌI ĐIỆN"
_UNREACHED = "chưa có ai nhận được tin"
_REMINDED = "đã nhắc đủ bậc, chưa báo cáo"


@dataclass(frozen=True, slots=True)
class Call:
    """One unit to be telephoned: its contacts in their order, and what it has not reported."""

    unit_name: str
    contacts: tuple[UnitContact, ...]
    tasks: tuple[Assignment, ...]
    reached: bool


async def calls(tx: AsyncConnection, scope: Scope, today: date, calendar: WorkCalendar) -> list[Call]:
    """The units that owe something and have nobody who can be reached, or were reminded to the end of the ladder."""
    owed = [item for item in await work.find(tx, scope, role="lead", states=OWING) if item.task_class != "standing"]
    by_unit: dict[int, list[Assignment]] = {}
    for item in owed:
        by_unit.setdefault(item.unit_id, []).append(item)
    contacts: dict[int, list[UnitContact]] = {}
    for contact in await registry.contacts_of(tx, by_unit, today):
        contacts.setdefault(contact.unit_id, []).append(contact)
    joined = await people.addresses_of(tx, [one.person_id for some in contacts.values() for one in some])
    found: list[Call] = []
    for unit_id, items in by_unit.items():
        some = contacts.get(unit_id, [])
        reached = any(contact.person_id in joined for contact in some)
        tasks = tuple(item for item in items if not reached or _is_past_reminding(item, today, calendar))
        if tasks:
            found.append(Call(items[0].unit_name, tuple(some), tasks, reached))
    return sorted(found, key=lambda call: (call.reached, call.unit_name))


def _is_past_reminding(item: Assignment, today: date, calendar: WorkCalendar) -> bool:
    if item.deadline is None:
        return False
    return today >= calendar.after(last_day(item.deadline, calendar), max(OVERDUE_RUNGS))


async def levels_without_anybody(tx: AsyncConnection, office_id: int) -> list[Role]:
    """The levels of the office to which something is escalated and where nobody can be reached."""
    missing: list[Role] = []
    for role in (Role.STAFF, Role.CHIEF, Role.LEADER):
        if not await people.addresses_of(tx, await people.with_role(tx, office_id, role)):
            missing.append(role)
    return missing


def write_call_list(found: Sequence[Call], *, office: OfficeName, as_of: datetime) -> bytes:
    """The printable sheet, one line a contact; a unit without any has one line without a name."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = Sheet(book, "Gọi điện", _COLUMNS, _CAPTION, office, as_of)
    for number, call in enumerate(found, 1):
        tasks = "\n".join(_task(item) for item in call.tasks)
        reason = _REMINDED if call.reached else _UNREACHED
        for place, contact in enumerate(call.contacts or (None,)):
            name, title, phone = (contact.name, contact.title, contact.phone) if contact else ("–", "", "")
            first = place == 0
            sheet.add([number, call.unit_name, name, title, phone, tasks if first else "", reason if first else ""])
    sheet.finish(f"Tổng số {count(len(found))} đơn vị.")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _task(item: Assignment) -> str:
    day = item.deadline_day
    return f"{item.code}: {capital(item.content)}" + (f" (thời hạn {format_date(day)})" if day else "")
