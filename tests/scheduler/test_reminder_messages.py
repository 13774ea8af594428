"""A reminder says what is true when it leaves, and nothing of what was settled meanwhile."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import select

from dondoc.chat.channel import TryLater
from dondoc.rules.clock import FixedClock
from dondoc.scheduler import reminders
from dondoc.scheduler.delivery import Delivery
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
