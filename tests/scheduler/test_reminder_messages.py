"""A reminder says what is true when it leaves, and nothing of what was settled meanwhile."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from dondoc.chat.channel import TryLater
from dondoc.rules.clock import FixedClock, machine_now
from dondoc.scheduler import reminders
from dondoc.scheduler.alerts import report_slot
from dondoc.scheduler.delivery import Delivery
from dondoc.scheduler.engine import Engine
from dondoc.storage import conversations, outbox
from dondoc.storage.database import Database
from dondoc.storage.tables import outbox as outbox_table
from dondoc.storage.tables import pace
from dondoc.storage.tables import people as people_table
from dondoc.storage.tables import reminders as reminders_table
from dondoc.vietnamese.calendar import WorkCalendar
from tests.support.channels import ScriptedChannel
from tests.support.offices import NAME, ZONE, SampleOffice, change, directive, give

CALENDAR = WorkCalendar()
FRIDAY = date(2024, 6, 28)
HUONG = "21"


def at(day: int, month: int = 6, hour: int = 8) -> datetime:
    return datetime(2024, month, day, hour, 0, tzinfo=ZONE)


class Slots:
    """Plans slots and sends what they brought."""

    def __init__(self, database: Database, delivery: Delivery, clock: FixedClock, channel: ScriptedChannel) -> None:
        self.database, self.delivery, self.clock, self.channel = database, delivery, clock, channel

    async def plan(self, moment: datetime) -> None:
        since = datetime.combine(CALENDAR.before(moment.date()), moment.time(), ZONE)
        await reminders.plan(self.database, moment, since, CALENDAR)
        self.clock.set(moment)

    async def send(self, moment: datetime | None = None) -> list[str]:
        """What arrives at the head of the school when the messages leave."""
        if moment is not None:
            self.clock.set(moment)
        self.channel.sent.clear()
        await self.delivery.drain()
        return self.channel.texts(HUONG)

    async def states(self) -> list[str]:
        async with self.database.read() as tx:
            return list((await tx.execute(select(reminders_table.c.state).order_by(reminders_table.c.id))).scalars())


@pytest.fixture
def slots(database: Database, delivery: Delivery, clock: FixedClock, channel: ScriptedChannel) -> Slots:
    return Slots(database, delivery, clock, channel)


TITLE = "NV-001 – đề xuất phương án tuyển sinh"
SOURCE = "mục III.1, Thông báo số 88/TB-UBND ngày 10/6/2024"


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (
            at(24),
            f"{NAME} nhắc Trường Tiểu học Hoa Sen: nhiệm vụ {TITLE} ({SOURCE}). Thời hạn: trước ngày 28/6/2024; "
            "đề nghị gửi chậm nhất thứ Năm, 27/6/2024 (còn 03 ngày làm việc). "
            "Nơi nhận: UBND huyện, qua Phòng Giáo dục và Đào tạo.",
        ),
        (
            at(27),
            f"Hôm nay, thứ Năm, 27/6/2024, là ngày cuối gửi {TITLE} (thời hạn: trước ngày 28/6/2024). "
            "Đề nghị nhà trường gửi trước 16 giờ 30 để Văn phòng tổng hợp.",
        ),
        (
            at(28),
            "Thời hạn ghi trong Thông báo là trước ngày hôm nay, 28/6/2024; Văn phòng chưa ghi nhận kết quả của "
            f"Trường Tiểu học Hoa Sen về nhiệm vụ {TITLE}. Đề nghị gửi ngay hoặc cho biết số, ngày văn bản đã gửi.",
        ),
        (
            at(1, 7),
            f"Văn phòng chưa ghi nhận kết quả của Trường Tiểu học Hoa Sen về nhiệm vụ {TITLE} (thời hạn: trước ngày "
            "28/6/2024; quá hạn 03 ngày). Đề nghị gửi kết quả; nếu đã gửi qua kênh khác, đề nghị cho biết số, ngày văn bản.",
        ),
        (
            at(3, 7),
            f"Văn phòng chưa ghi nhận kết quả của Trường Tiểu học Hoa Sen về nhiệm vụ {TITLE} (thời hạn: trước ngày "
            "28/6/2024; quá hạn 05 ngày). Đề nghị nhà trường gửi kết quả và báo cáo nguyên nhân chậm trước 10 giờ "
            "thứ Năm, 04/7/2024.",
        ),
    ],
    ids=["3", "0", "X", "+1", "+3"],
)
async def test_the_words_of_each_rung(office: SampleOffice, slots: Slots, moment: datetime, text: str) -> None:
    async with slots.database.write() as tx:
        task = {
            "content": "Đề xuất phương án tuyển sinh.",
            "section": "III.1",
            "report_via": "Phòng Giáo dục và Đào tạo",
            "directive_id": await directive(tx, office),
        }
        await give(tx, office, "TH-HS", deadline=FRIDAY, rule="before", task=task)
    await slots.plan(moment)
    assert await slots.send() == [text]


async def test_five_answers_are_offered_and_belong_to_the_person(office: SampleOffice, slots: Slots) -> None:
    async with slots.database.write() as tx:
        (item,) = await give(tx, office, "TH-HS", deadline=FRIDAY, rule="before")
    await slots.plan(at(24))
    await slots.send()
    sent = slots.channel.last(HUONG)
    assert list(sent.choices) == [
        "Đã gửi",
        "Đang thực hiện",
        "Có vướng mắc",
        "Đề nghị gia hạn",
        "Không thuộc đơn vị",
    ]
    assert sent.message.about == (f"assignment:{item}",)
    async with slots.database.read() as tx:
        button = await conversations.get_button(tx, sent.choices["Có vướng mắc"])
    assert button is not None
    assert (button.person_id, button.action, button.data) == (
        office.people["huong"],
        "answer",
        {"assignment": item, "answer": "obstacle"},
    )


async def test_several_tasks_have_letters_the_most_urgent_first(office: SampleOffice, slots: Slots) -> None:
    async with slots.database.write() as tx:
        (soon,) = await give(tx, office, "TH-HS", deadline=FRIDAY, rule="before")
        (late,) = await give(tx, office, "TH-HS", deadline=date(2024, 6, 21))
    await slots.plan(at(24))
    (text,) = await slots.send()
    head, first, second, tail = text.split("\n\n")
    assert head == f"{NAME} nhắc Trường Tiểu học Hoa Sen 02 nhiệm vụ:"
    assert first.startswith("**A.** Văn phòng chưa ghi nhận kết quả")
    assert "NV-002" in first
    assert second.startswith("**B.** Nhiệm vụ NV-001")
    assert tail.startswith("Trả lời theo chữ cái")
    sent = slots.channel.last(HUONG)
    assert sent.message.about == (f"assignment:{late}", f"assignment:{soon}")
    assert list(sent.choices) == ["A · NV-002", "B · NV-001"]


async def test_people_are_written_to_in_their_language(office: SampleOffice, slots: Slots) -> None:
    async with slots.database.write() as tx:
        await tx.execute(people_table.update().values(language="en"))
        await give(tx, office, "TH-HS", deadline=FRIDAY, rule="before")
    await slots.plan(at(27))
    (text,) = await slots.send()
    assert text.startswith("Today, ")


# --- what changed between planning and sending -------------------------------------------------------------------------


async def test_what_was_settled_meanwhile_is_left_out(office: SampleOffice, slots: Slots) -> None:
    async with slots.database.write() as tx:
        (closed,) = await give(tx, office, "TH-HS", deadline=FRIDAY, rule="before")
        (owed,) = await give(tx, office, "TH-HS", deadline=FRIDAY, rule="before")
    await slots.plan(at(24))
    async with slots.database.write() as tx:
        await change(tx, closed, state="awaiting_confirmation")
    (text,) = await slots.send()
    assert "NV-001" not in text
    assert text.startswith(f"{NAME} nhắc Trường Tiểu học Hoa Sen: nhiệm vụ NV-002")
    assert slots.channel.last(HUONG).message.about == (f"assignment:{owed}",)
    assert await slots.states() == ["dropped", "sent"]


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "done"},
        {"state": "paused"},
        {"state": "withdrawn"},
        {"deadline": date(2024, 7, 15), "deadline_version": 2},
    ],
    ids=["done", "paused", "withdrawn", "moved"],
)
async def test_a_message_about_nothing_is_not_sent(
    office: SampleOffice, slots: Slots, changed: dict[str, object]
) -> None:
    async with slots.database.write() as tx:
        (item,) = await give(tx, office, "TH-HS", deadline=FRIDAY, rule="before")
    await slots.plan(at(24))
    async with slots.database.write() as tx:
        await change(tx, item, **changed)
    assert await slots.send() == []
    assert await slots.states() == ["dropped"]
    async with slots.database.read() as tx:
        assert await outbox.counts(tx) == {"dropped": 1}


async def test_a_message_that_is_held_up_says_what_is_true_when_it_leaves(office: SampleOffice, slots: Slots) -> None:
    """Planned as the last day, sent the morning after: "today is the last day" would be wrong."""
    async with slots.database.write() as tx:
        await give(tx, office, "TH-HS", deadline=FRIDAY, rule="before")
    await slots.plan(at(27))
    slots.channel.fails(TryLater(3600))
    assert await slots.send() == []
    await _due_again(slots.database)
    (text,) = await slots.send(at(28))
    assert text.startswith("Thời hạn ghi trong văn bản là trước ngày hôm nay, 28/6/2024")


SAFE_DAY_PAST = (
    "Ngày đề nghị gửi NV-001 – báo cáo kết quả tuyển sinh đầu cấp ({safe}) đã qua; thời hạn: {written}. "
    "Đề nghị nhà trường gửi ngay hoặc cho biết số, ngày văn bản đã gửi."
)


@pytest.mark.parametrize(
    ("deadline", "rule", "planned", "sent", "text"),
    [
        # The last safe day was Friday, and Monday still counts.
        (
            date(2024, 6, 29),
            "on",
            at(28),
            at(1, 7),
            SAFE_DAY_PAST.format(safe="thứ Sáu, 28/6/2024", written="chậm nhất thứ Bảy, 29/6/2024"),
        ),
        # Nothing is said on the Sunday in "trước ngày 30/6", and then it is late.
        (date(2024, 6, 30), "before", at(28), at(1, 7), "Văn phòng chưa ghi nhận kết quả"),
        (FRIDAY, "on", at(28), at(1, 7), "Văn phòng chưa ghi nhận kết quả"),
        (FRIDAY, "before", at(28), at(1, 7), "Văn phòng chưa ghi nhận kết quả"),
    ],
    ids=["still counts", "late after a day off", "late", "late after the day"],
)
async def test_a_last_day_that_is_over_is_not_called_today(
    office: SampleOffice, slots: Slots, deadline: date, rule: str, planned: datetime, sent: datetime, text: str
) -> None:
    async with slots.database.write() as tx:
        await give(tx, office, "TH-HS", deadline=deadline, rule=rule)
    await slots.plan(planned)
    (said,) = await slots.send(sent)
    assert said.startswith(text)


async def test_a_last_day_that_was_slept_through_is_not_called_today(office: SampleOffice, slots: Slots) -> None:
    """Friday's slots were missed; on Monday a submission still counts."""
    async with slots.database.write() as tx:
        await give(tx, office, "TH-HS", deadline=date(2024, 6, 29))
    await reminders.plan(slots.database, at(1, 7), at(27), CALENDAR)
    (said,) = await slots.send(at(1, 7))
    assert said.startswith("Ngày đề nghị gửi NV-001")


@pytest.mark.parametrize(("held_until", "opens"), [(at(27, hour=17), at(28)), (at(29, hour=10), at(1, 7))])
async def test_a_reminder_that_was_held_up_waits_for_the_office_to_open(
    office: SampleOffice, slots: Slots, held_until: datetime, opens: datetime
) -> None:
    async with slots.database.write() as tx:
        await give(tx, office, "TH-HS", deadline=FRIDAY, rule="before")
    await slots.plan(at(27))
    before = machine_now()
    assert await slots.send(held_until) == []
    async with slots.database.read() as tx:
        (row,) = (await tx.execute(select(outbox_table.c.state, outbox_table.c.not_before))).all()
    assert row.state == "pending"
    assert timedelta(minutes=5) <= row.not_before - before - (opens - held_until) < timedelta(minutes=6)
    assert slots.channel.attempts == []
    await _due_again(slots.database)
    assert len(await slots.send(opens)) == 1


async def test_answers_and_notices_leave_at_night(office: SampleOffice, slots: Slots) -> None:
    async with slots.database.write() as tx:
        for kind in ("answer", "notice", "alert"):
            row = outbox.queued(office.address("huong"), kind, {"message": {"text": kind}}, machine_now())
            await outbox.enqueue(tx, row)
    assert await slots.send(at(22, hour=23)) == ["answer", "notice", "alert"]


async def test_what_waits_for_the_office_leaves_with_the_next_slot(
    office: SampleOffice, slots: Slots, clock: FixedClock
) -> None:
    """Also where the office's clock was moved: machine time has not gone as far."""
    async with slots.database.write() as tx:
        await give(tx, office, "TH-HS", deadline=FRIDAY, rule="before")
    engine = Engine(slots.database, clock, report_slot)
    for moment in (at(27, hour=7), at(27)):
        clock.set(moment)
        await engine.tick()
    assert await slots.send(at(27, hour=20)) == []
    clock.set(at(28))
    await engine.tick()
    assert len(await slots.send()) == 1, "and what the slot itself says of a task is not said twice"
    assert await slots.states() == ["dropped", "sent"]


async def test_a_rung_without_a_later_one_leaves_with_the_next_slot(
    office: SampleOffice, slots: Slots, clock: FixedClock
) -> None:
    async with slots.database.write() as tx:
        await give(tx, office, "TH-HS", deadline=FRIDAY, rule="before")
    engine = Engine(slots.database, clock, report_slot)
    for moment in (at(24, hour=7), at(24)):
        clock.set(moment)
        await engine.tick()
    assert await slots.send(at(24, hour=20)) == []
    clock.set(at(25))
    await engine.tick()
    (text,) = await slots.send()
    assert "(còn 02 ngày làm việc)" in text


async def test_days_left_are_counted_when_it_leaves(office: SampleOffice, slots: Slots) -> None:
    async with slots.database.write() as tx:
        await give(tx, office, "TH-HS", deadline=FRIDAY, rule="before")
    await slots.plan(at(24))
    (text,) = await slots.send(at(25))
    assert "(còn 02 ngày làm việc)" in text


# --- promises and returns ----------------------------------------------------------------------------------------------


async def test_a_promise_of_today(office: SampleOffice, slots: Slots) -> None:
    async with slots.database.write() as tx:
        await give(tx, office, "TH-HS", deadline=FRIDAY, rule="before", promised_on=date(2024, 6, 25))
    await slots.plan(at(25))
    assert await slots.send() == [
        "Hôm nay, thứ Ba, 25/6/2024, là ngày nhà trường hẹn nộp NV-001 – báo cáo kết quả tuyển sinh đầu cấp "
        "(thời hạn: trước ngày 28/6/2024). Đề nghị gửi kết quả, kèm tệp hoặc số, ngày văn bản."
    ]


async def test_a_promise_for_a_day_off_names_its_day(office: SampleOffice, slots: Slots) -> None:
    async with slots.database.write() as tx:
        await give(tx, office, "TH-HS", promised_on=date(2024, 6, 22))
    await slots.plan(at(24))
    assert await slots.send() == [
        "Nhà trường hẹn nộp NV-001 – báo cáo kết quả tuyển sinh đầu cấp vào thứ Bảy, 22/6/2024 (thời hạn: không thời "
        "hạn); Văn phòng chưa ghi nhận kết quả. Đề nghị gửi kết quả, kèm tệp hoặc số, ngày văn bản."
    ]


async def test_a_promise_that_was_changed_meanwhile_is_not_reminded_of(office: SampleOffice, slots: Slots) -> None:
    async with slots.database.write() as tx:
        (item,) = await give(tx, office, "TH-HS", deadline=FRIDAY, rule="before", promised_on=date(2024, 6, 25))
    await slots.plan(at(25))
    async with slots.database.write() as tx:
        await change(tx, item, promised_on=date(2024, 6, 27))
    assert await slots.send() == []
    assert await slots.states() == ["dropped"]


async def test_a_returned_result_is_reminded_of_with_its_reason(office: SampleOffice, slots: Slots) -> None:
    async with slots.database.write() as tx:
        await give(
            tx,
            office,
            "TH-HS",
            deadline=FRIDAY,
            rule="before",
            state="returned",
            demand="supplement",
            demand_due=date(2024, 7, 5),
            demand_reason="thiếu biểu số 2",
            deadline_version=2,
        )
    await slots.plan(at(4, 7))
    (text,) = await slots.send()
    assert text == (
        "Văn phòng đề nghị Trường Tiểu học Hoa Sen bổ sung kết quả nhiệm vụ NV-001 – báo cáo kết quả tuyển sinh đầu cấp. "
        "Nội dung: thiếu biểu số 2; gửi chậm nhất thứ Sáu, 05/7/2024. Thời điểm nộp lần đầu vẫn được ghi nhận."
    )
    await slots.plan(at(8, 7))
    (text,) = await slots.send()
    assert text.startswith("Văn phòng chưa nhận được phần bổ sung của Trường Tiểu học Hoa Sen về nhiệm vụ NV-001")


async def _due_again(database: Database) -> None:
    """The hour that the platform asked for is over."""
    async with database.write() as tx:
        await tx.execute(pace.delete())
        await tx.execute(outbox_table.update().values(not_before=outbox_table.c.created_at))
