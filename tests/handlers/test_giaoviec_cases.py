"""The example orders of the workplace through the chat: what the draft says, what it asks, and what is written down."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from dondoc.rules.clock import FixedClock
from dondoc.rules.deadlines import Deadline, safe_day
from dondoc.rules.roles import Role
from dondoc.rules.unit_kinds import kind_of
from dondoc.storage import offices, order_drafts, people
from dondoc.storage.database import Database
from dondoc.storage.files import FileStore
from dondoc.storage.outbox import Address
from dondoc.storage.tables import order_drafts as drafts
from dondoc.storage.tables import tasks, units
from dondoc.storage.unit_records import UnitRecord, save_units
from dondoc.vietnamese.calendar import WorkCalendar
from dondoc.vietnamese.words import capital, count, format_date, format_day
from tests.support.channels import ScriptedChannel
from tests.support.office import Desk
from tests.support.offices import ACCOUNT, CHANNEL, ZONE, SampleOffice
from tests.support.sayings import says

CASES = Path(__file__).resolve().parents[3] / "shared" / "office_cases.json"
NOW = datetime(2024, 6, 19, 8, 0, tzinfo=ZONE)
pytestmark = pytest.mark.skipif(not CASES.exists(), reason="example data of the workplace")


def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(CASES.read_text(encoding="utf-8")) if CASES.exists() else {"giaoviec": []}
    return loaded


@pytest.fixture
async def workplace(database: Database, channel: ScriptedChannel, clock: FixedClock, file_store: FileStore) -> Desk:
    """The office of the examples on its day."""
    clock.set(NOW)
    async with database.write() as tx:
        office = await offices.ensure_office(tx, NOW)
        await offices.name_office(
            tx, office.id, name="Văn phòng HĐND và UBND huyện Bình Sơn", organ="UBND huyện Bình Sơn"
        )
        rows = [
            UnitRecord(one["code"], one["name"], kind_of(one["kind"], one["name"]), None, (), ())
            for one in _data()["registry"]
        ]
        await save_units(tx, rows, NOW)
        ids = dict((await tx.execute(select(units.c.code, units.c.id))).all())
        person = await people.add_person(tx, NOW, name="Hồ Gia Khánh", title="Chuyên viên")
        await people.add_role(tx, person, office.id, Role.STAFF)
        await people.join(tx, person, Address(CHANNEL, ACCOUNT, "11", person), NOW)
    return Desk(database, SampleOffice(office.id, ids, {"khanh": person}, {"khanh": "11"}), channel, clock, file_store)


async def _draft(desk: Desk) -> dict[str, Any]:
    [row] = await desk.rows(select(drafts.c.data).where(drafts.c.status != order_drafts.DROPPED))
    data: dict[str, Any] = row[0]
    return data


def _codes(desk: Desk, ids: list[int]) -> list[str]:
    names = {unit_id: code for code, unit_id in desk.office.units.items()}
    return [names[one] for one in ids]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in _data()["giaoviec"]])
async def test_an_example_order(workplace: Desk, case: dict[str, Any]) -> None:
    """What was understood of the line, before anything is asked."""
    expect = case["expect"]
    await workplace.says("khanh", case["input"])
    data = await _draft(workplace)
    deadline = data["deadline"]
    assert sorted(_codes(workplace, data["lead"])) == sorted(expect["units"] or [])
    assert data["content"] == expect["content"]
    assert (deadline and deadline["day"]) == expect["deadline"]
    assert (deadline and deadline["rule"]) == expect["deadline_rule"]
    assert (deadline and deadline["time"] and deadline["time"][:5]) == expect.get("time")
    if deadline:
        written = Deadline(datetime.fromisoformat(deadline["day"]).date(), deadline["rule"])
        assert safe_day(written, WorkCalendar()).isoformat() == expect["remind_for"]
    assert data["deliverable"] == expect["deliverable"]
    assert data["urgent"] == expect.get("urgent", False)
    assert _codes(workplace, data["cooperate"]) == expect.get("cooperate", [])
    assert _codes(workplace, data["candidates"]) == expect.get("candidates", [])
    names = {one["code"]: one["name"] for one in _data()["registry"]}
    assert data["report_to"] == names.get(expect.get("report_to", ""))
    assert data["basis"] == expect.get("basis")
    assert data["nil_report"] == expect.get("nil_report", False)
    assert data["data_period"] == expect.get("data_period")
    assert data["meeting"] == (expect.get("kind") == "thong_bao_hop")
    assert (data["event_at"] and data["event_at"][:16] + data["event_at"][19:]) == expect.get("event_at")
    assert not {"PT01", "MN09", "CB01", "UBNDH", "VPH"} & set(_codes(workplace, data["lead"]))


async def _answered(desk: Desk, *presses: str) -> str:
    """The last message after these choices were taken."""
    for one in presses:
        await desk.presses("khanh", one)
    return desk.last("khanh").text


async def _one_line(desk: Desk, case_id: str) -> str:
    [line] = [case["input"] for case in _data()["giaoviec"] if case["id"] == case_id]
    await desk.says("khanh", line)
    return desk.last("khanh").text


async def test_the_draft_of_one_school(workplace: Desk) -> None:
    draft = await _one_line(workplace, "G01")
    assert says(draft, "handlers.assign.draft_units", number="01", units="Trường Tiểu học Bình Chánh")
    assert "trước ngày 28/6/2024" in draft
    assert "thứ Năm, 27/6/2024" in draft
    assert says(draft, "handlers.assign.draft_deliverable", deliverable="Báo cáo")


async def test_a_school_of_two_levels_is_asked_about(workplace: Desk) -> None:
    question = await _one_line(workplace, "G02")
    assert says(question, "handlers.assign.doubtful", units="Trường TH&THCS Bình Trị")
    draft = await _answered(workplace, "handlers.assign.leave_out")
    assert says(draft, "handlers.assign.draft_units", number="04")
    assert says(draft, "handlers.assign.draft_basis", basis="chỉ đạo miệng của PCT, giao ban 19/6/2024")
    assert "16 giờ" in draft
    assert "thứ Sáu, 21/6/2024" in draft


async def test_lists_of_pupils_warn_and_who_is_left_out_is_shown(workplace: Desk) -> None:
    draft = await _one_line(workplace, "G03")
    assert says(draft, "handlers.assign.warning.pupil_data")
    assert says(draft, "handlers.assign.draft_deliverable", deliverable="Danh sách (Excel)")
    assert says(draft, "handlers.assign.draft_units", number="06")


async def test_a_draft_that_is_signed_by_others(workplace: Desk) -> None:
    draft = await _one_line(workplace, "G04")
    assert says(draft, "handlers.assign.draft_cooperate", units="Phòng Tài chính - Kế hoạch")
    assert says(draft, "handlers.assign.draft_to", to="UBND huyện Bình Sơn")
    await _answered(workplace, "handlers.assign.give")
    assert await workplace.rows(select(tasks.c.to_be_issued)) == [(True,)]


async def test_urgent_today(workplace: Desk) -> None:
    draft = await _one_line(workplace, "G05")
    assert says(draft, "handlers.assign.draft_hours", hours="14 giờ, 16 giờ, 17 giờ")
    assert "17 giờ" in draft


async def test_the_period_of_the_figures_is_asked_back(workplace: Desk) -> None:
    draft = await _one_line(workplace, "G06")
    assert says(draft, "handlers.assign.draft_period", first="15/12/2023", last="14/6/2024")
    assert "thứ Sáu, 28/6/2024" in draft
    assert says(draft, "handlers.assign.draft_nil")
    await workplace.presses("khanh", "handlers.assign.change_period")
    await workplace.says("khanh", "01/01/2024 đến 31/5/2024")
    assert says(workplace.last("khanh").text, "handlers.assign.draft_period", first="01/01/2024", last="31/5/2024")


async def test_which_unit_and_until_when_are_asked_never_chosen(workplace: Desk) -> None:
    question = await _one_line(workplace, "G07")
    assert says(question, "handlers.assign.which_unit")
    choices = list(workplace.last("khanh").choices)
    assert choices == ["Trường Tiểu học Bình Chánh", "Trường Mầm non Bình Chánh", "UBND xã Bình Chánh"]
    assert says(await _answered(workplace, "Trường Mầm non Bình Chánh"), "handlers.assign.ask_deadline")
    await workplace.says("khanh", "30/6")
    draft = workplace.last("khanh").text
    assert says(draft, "handlers.assign.draft_units", number=count(1), units="Trường Mầm non Bình Chánh")
    assert format_day(datetime(2024, 6, 28, tzinfo=ZONE).date()) in draft


async def test_an_invitation_asks_who_and_how(workplace: Desk) -> None:
    question = await _one_line(workplace, "G08")
    assert says(question, "handlers.assign.doubtful")
    assert "Trường THPT Bình Sơn" in question
    assert "Trường Mầm non tư thục Hoa Mai" in question
    draft = await _answered(workplace, "handlers.assign.leave_out")
    assert says(draft, "handlers.assign.meeting_at", at="07 giờ 30, thứ Hai, 24/6/2024")
    assert says(draft, "handlers.assign.meeting_how")
    assert capital("dự họp trực tuyến triển khai tuyển sinh") in draft
    assert format_date(datetime(2024, 6, 24, tzinfo=ZONE).date()) in draft
