"""The morning digest: shown to the office, sent to the leaders, with figures that add up."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from dondoc.rules.clock import FixedClock
from dondoc.scheduler import digest
from dondoc.scheduler.delivery import Delivery
from dondoc.storage import conversations, offices, submissions
from dondoc.storage.database import Database
from dondoc.storage.tables import people as people_table
from tests.support.channels import ScriptedChannel
from tests.support.offices import ZONE, SampleOffice, give, join

KHANH, SON, LOAN = "11", "12", "13"
TODAY = date(2024, 6, 19)


def at(hour: int, minute: int, day: int = 19) -> datetime:
    return datetime(2024, 6, day, hour, minute, tzinfo=ZONE)


class Morning:
    """Plans the two slots and reads what arrives."""

    def __init__(
        self, database: Database, office: SampleOffice, delivery: Delivery, clock: FixedClock, channel: ScriptedChannel
    ) -> None:
        self.database, self.office, self.delivery, self.clock, self.channel = database, office, delivery, clock, channel

    async def preview(self) -> None:
        async with self.database.write() as tx:
            await digest.plan_preview(tx, self.office.id, at(7, 0))
        await self.send(at(7, 0))

    async def plan(self) -> int:
        async with self.database.write() as tx:
            return await digest.plan_digest(tx, self.office.id, at(7, 30))

    async def send(self, moment: datetime) -> None:
        self.clock.set(moment)
        await self.delivery.drain()


@pytest.fixture
def morning(
    database: Database, office: SampleOffice, delivery: Delivery, clock: FixedClock, channel: ScriptedChannel
) -> Morning:
    return Morning(database, office, delivery, clock, channel)


async def test_the_office_sees_it_first_and_can_hold_it(morning: Morning) -> None:
    await morning.preview()
    assert sorted(sent.chat_id for sent in morning.channel.sent) == [KHANH, SON]
    assert morning.channel.texts(KHANH)[0].startswith("Bản tin sáng gửi lãnh đạo lúc 07 giờ 30 (xem trước;")
    hold = morning.channel.last(KHANH).choices["Tạm giữ bản tin"]
    async with morning.database.read() as tx:
        button = await conversations.get_button(tx, hold)
    assert button is not None
    assert (button.person_id, button.action, button.data) == (
        morning.office.people["khanh"],
        "hold_digest",
        {"day": "2024-06-19"},
    )


async def test_the_leader_gets_it_unless_it_is_held(morning: Morning) -> None:
    assert await morning.plan() == 1
    await morning.send(at(7, 30))
    (sent,) = morning.channel.sent
    assert sent.chat_id == LOAN
    assert sent.text.startswith("**BẢN TIN TIẾN ĐỘ** – thứ Tư, 19/6/2024\n\nKính báo cáo đồng chí Chủ tịch:")
    assert sent.choices == {}


async def _hold(morning: Morning, day: date) -> None:
    async with morning.database.write() as tx:
        await offices.set_setting(tx, morning.office.id, offices.DIGEST_HELD, day.isoformat())


async def test_a_held_digest_is_not_sent_that_day(morning: Morning) -> None:
    await _hold(morning, TODAY)
    assert await morning.plan() == 0
    await _hold(morning, TODAY - timedelta(days=1))
    assert await morning.plan() == 1


async def test_a_digest_that_is_held_while_it_waits_is_not_sent(morning: Morning) -> None:
    await morning.plan()
    await _hold(morning, TODAY)
    await morning.send(at(7, 31))
    assert morning.channel.sent == []


async def test_the_office_goes_on_writing_while_a_digest_is_read(
    morning: Morning, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written meanwhile counts: here that the digest is held."""
    read = digest.digest_lines

    async def held_meanwhile(*arguments: Any) -> list[str]:
        lines = await read(*arguments)
        async with asyncio.timeout(20):  # a deadlock must end as a failure
            await _hold(morning, TODAY)
        return lines

    await morning.plan()
    monkeypatch.setattr(digest, "digest_lines", held_meanwhile)
    await morning.send(at(7, 31))
    assert morning.channel.sent == []


async def test_yesterdays_digest_is_not_sent_today(morning: Morning) -> None:
    """It waited for a network that was down; today's digest is on its way, and the office has not seen it yet."""
    await morning.plan()
    await morning.send(at(6, 0, day=20))
    assert morning.channel.sent == []


async def test_it_is_sent_when_all_is_well(morning: Morning) -> None:
    async with morning.database.write() as tx:
        await give(tx, morning.office, "TH-HS", deadline=date(2024, 7, 12))
    await morning.plan()
    await morning.send(at(7, 30))
    (text,) = morning.channel.texts(LOAN)
    _, _, stamp, figures, well, facts = text.split("\n\n")
    assert stamp.startswith("Số liệu đến 07 giờ 30 ngày 19/6/2024")
    assert figures == (
        "Tổng số 01 lượt giao (01 nhiệm vụ). Đã hoàn thành 00 (đúng hạn 00, quá hạn 00). Chờ xác nhận 00. "
        "Chưa hoàn thành 01: trong hạn 01; quá hạn 00, trong đó trên 30 ngày 00; không thời hạn 00."
    )
    assert well == "Không có nhiệm vụ quá hạn."
    assert facts.splitlines() == ["Đã nộp từ hôm qua: 00 lượt", "Chờ Văn phòng xác nhận: 00 lượt"]


async def _a_busy_morning(morning: Morning) -> None:
    office = morning.office
    async with morning.database.write() as tx:
        await give(tx, office, "TH-HS", "THCS-BM", deadline=TODAY, task={"content": "Báo cáo nhanh"})
        late = await give(tx, office, "TH-HS", "MN-HD", deadline=date(2024, 6, 14))
        await give(tx, office, "X-AP", deadline=date(2024, 5, 10))
        await give(tx, office, "PGD", promised_on=date(2024, 6, 18))
        await give(
            tx,
            office,
            "THCS-BM",
            deadline=date(2024, 6, 25),
            state="awaiting_confirmation",
            submitted_at=at(15, 0, day=18),
        )
        await give(
            tx, office, "TH-HS", deadline=date(2024, 6, 12), state="done", result="on_time", submitted_at=at(9, 0, 12)
        )
        await give(tx, office, "TH-HS", deadline=TODAY, role="cooperate")
        await give(tx, office, "TH-HS", task={"task_class": "standing"})
        await submissions.ask_extension(
            tx, late[0], asked_by=office.people["huong"], asked_at=at(16, 0, 18), wanted=date(2024, 6, 21), reason="…"
        )


async def test_the_figures_add_up_and_the_worst_stands_first(morning: Morning) -> None:
    await _a_busy_morning(morning)
    await morning.plan()
    await morning.send(at(7, 30))
    (text,) = morning.channel.texts(LOAN)
    _, _, _, figures, today, overdue, promises, facts = text.split("\n\n")
    assert figures == (
        "Tổng số 08 lượt giao (06 nhiệm vụ). Đã hoàn thành 01 (đúng hạn 01, quá hạn 00). Chờ xác nhận 01. "
        "Chưa hoàn thành 06: trong hạn 02; quá hạn 03, trong đó trên 30 ngày 01; không thời hạn 01."
    )
    assert today.splitlines() == [
        "**Đến hạn hôm nay**",
        "• NV-001 – Báo cáo nhanh: 02 đơn vị (Trường Tiểu học Hoa Sen; Trường THCS Bình Minh)",
    ]
    assert overdue.splitlines() == [
        "**Quá hạn lâu nhất**",
        "• NV-003 · UBND xã An Phú: 🔴 quá hạn 40 ngày",
        "• NV-002 · Trường Mầm non Hướng Dương: 🔴 quá hạn 05 ngày",
        "• NV-002 · Trường Tiểu học Hoa Sen: 🔴 quá hạn 05 ngày",
    ]
    assert promises.splitlines() == [
        "**Quá ngày hẹn**",
        "• NV-004 – Báo cáo kết quả tuyển sinh đầu cấp: 01 đơn vị (Phòng Giáo dục và Đào tạo)",
    ]
    submitted, waiting, decide, silent = facts.splitlines()
    assert (submitted, waiting) == ("Đã nộp từ hôm qua: 01 lượt", "Chờ Văn phòng xác nhận: 01 lượt")
    assert decide.startswith("Cần ý kiến lãnh đạo: 01 đề nghị gia hạn")
    assert silent == ("Chưa đăng ký nhận tin (02): Trường Mầm non Hướng Dương; UBND xã An Phú")


async def test_it_stays_short_however_much_is_late(morning: Morning) -> None:
    async with morning.database.write() as tx:
        for day in range(1, 14):
            await give(tx, morning.office, "TH-HS", deadline=date(2024, 6, day))
    await morning.plan()
    await morning.send(at(7, 30))
    (text,) = morning.channel.texts(LOAN)
    lines = text.splitlines()
    assert len([line for line in lines if line.startswith("• ")]) == 5
    assert "… và 08 mục khác" in lines


async def test_a_reader_of_english_gets_the_same_figures(morning: Morning) -> None:
    await _a_busy_morning(morning)
    async with morning.database.write() as tx:
        await tx.execute(people_table.update().values(language="en"))
    await morning.plan()
    await morning.send(at(7, 30))
    (text,) = morning.channel.texts(LOAN)
    assert "8" in text.split("\n\n")[3]
    assert "Tổng số" not in text


async def test_who_has_two_ways_to_be_reached_gets_one(morning: Morning) -> None:
    async with morning.database.write() as tx:
        await join(tx, morning.office, "loan", "99", at(7, 0))
    assert await morning.plan() == 1
    assert await morning.plan() == 1
    await morning.send(at(7, 30))
    assert [sent.chat_id for sent in morning.channel.sent] == ["99"]
