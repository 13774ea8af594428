"""Notices, receipts and the office's queue: made when they are sent, from what is true then."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from dondoc.rules.clock import FixedClock, machine_now
from dondoc.scheduler.delivery import Delivery
from dondoc.scheduler.messages import human_size
from dondoc.storage import conversations, files, outbox, submissions
from dondoc.storage.database import Database
from dondoc.storage.files import StoredFile
from tests.support.channels import ScriptedChannel, Sent
from tests.support.offices import NAME, ZONE, SampleOffice, change, directive, give

FRIDAY = date(2024, 6, 28)


class Sender:
    """Sends one message that is made when it leaves."""

    def __init__(
        self, database: Database, office: SampleOffice, delivery: Delivery, clock: FixedClock, channel: ScriptedChannel
    ) -> None:
        self.database, self.office, self.delivery, self.channel = database, office, delivery, channel
        clock.set(datetime(2024, 6, 19, 8, 15, tzinfo=ZONE))

    async def send(self, name: str, to: str, **payload: object) -> Sent | None:
        async with self.database.write() as tx:
            row = outbox.queued(self.office.address(to), "notice", {"render": name, **payload}, machine_now())
            await outbox.enqueue(tx, row)
        self.channel.sent.clear()
        await self.delivery.drain()
        return self.channel.sent[-1] if self.channel.sent else None


@pytest.fixture
def sender(
    database: Database, office: SampleOffice, delivery: Delivery, clock: FixedClock, channel: ScriptedChannel
) -> Sender:
    return Sender(database, office, delivery, clock, channel)


async def test_a_notice_says_what_each_unit_was_given(sender: Sender) -> None:
    office = sender.office
    async with sender.database.write() as tx:
        source = {"directive_id": await directive(tx, office)}
        (dated,) = await give(tx, office, "TH-HS", deadline=FRIDAY, rule="before", task={**source, "section": "II.1"})
        (undated,) = await give(tx, office, "TH-HS", task={**source, "content": "Rà soát sĩ số"})
        (helping,) = await give(tx, office, "TH-HS", task={**source, "content": "Tuyên truyền"}, role="cooperate")
        standing = [(await give(tx, office, "TH-HS", task={**source, "task_class": "standing"}))[0] for _ in range(2)]
    sent = await sender.send("notice", "huong", assignments=[dated, undated, helping, *standing])
    assert sent is not None
    head, first, second, cooperating, always, tail = sent.text.split("\n\n")
    assert head.startswith(f"{NAME} gửi Trường Tiểu học Hoa Sen")
    assert "Thông báo số 88/TB-UBND ngày 10/6/2024" in head
    assert first.startswith(
        "**A.** NV-001 – báo cáo kết quả tuyển sinh đầu cấp (mục II.1). Thời hạn: trước ngày 28/6/2024; đề nghị gửi "
        "chậm nhất thứ Năm, 27/6/2024 (còn 06 ngày làm việc)"
    )
    assert second.startswith("**B.** NV-002 – rà soát sĩ số. Không thời hạn")
    assert second.endswith("Nơi nhận: UBND huyện.")
    assert "NV-003 – tuyên truyền" in cooperating
    assert "02 nhiệm vụ" in always
    assert tail.startswith("Đề nghị nhà trường")
    assert sent.message.about == (f"assignment:{dated}", f"assignment:{undated}")
    async with sender.database.read() as tx:
        button = await conversations.get_button(tx, sent.choices["Đã tiếp nhận"])
    assert button is not None
    assert button.data == {"assignments": [dated, undated]}


async def test_a_notice_of_what_was_withdrawn_meanwhile_is_not_sent(sender: Sender) -> None:
    async with sender.database.write() as tx:
        (item,) = await give(tx, sender.office, "TH-HS", deadline=FRIDAY)
        await change(tx, item, state="withdrawn")
    assert await sender.send("notice", "huong", assignments=[item]) is None


async def test_what_was_received_already_needs_no_button(sender: Sender) -> None:
    async with sender.database.write() as tx:
        (item,) = await give(tx, sender.office, "PGD", deadline=FRIDAY, state="received")
    sent = await sender.send("notice", "dung", assignments=[item])
    assert sent is not None
    assert sent.choices == {}
    assert sent.text.startswith(f"{NAME} giao Phòng Giáo dục và Đào tạo:")
    assert "Đề nghị đơn vị" in sent.text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (
            {"files": [("a" * 64, "bao-cao.pdf"), ("b" * 64, "phụ lục.xlsx")]},
            "Đã nhận tệp bao-cao.pdf, phụ lục.xlsx (2,4 MB) của Trường Tiểu học Hoa Sen cho nhiệm vụ NV-001 lúc "
            "08 giờ 10 ngày 19/6/2024; mã tiếp nhận ",
        ),
        (
            {"document": "số 45/BC-HS ngày 18/6/2024"},
            "Đã ghi nhận văn bản số 45/BC-HS ngày 18/6/2024 của Trường Tiểu học Hoa Sen cho nhiệm vụ NV-001",
        ),
        ({}, "Đã ghi nhận lúc 08 giờ 10 ngày 19/6/2024: Trường Tiểu học Hoa Sen báo đã nộp nhiệm vụ NV-001"),
    ],
    ids=["files", "document", "words"],
)
async def test_a_receipt_names_what_came(sender: Sender, given: dict[str, object], words: str) -> None:
    async with sender.database.write() as tx:
        (item,) = await give(tx, sender.office, "TH-HS", deadline=FRIDAY)
        for sha256, size in (("a" * 64, 2_500_000), ("b" * 64, 20_000)):
            await files.register(tx, StoredFile(sha256, size, "application/pdf"))
        made = await submissions.add_submission(
            tx,
            item,
            person_id=sender.office.people["huong"],
            arrived_at=datetime(2024, 6, 19, 8, 10, tzinfo=ZONE),
            way="chat",
            **given,  # type: ignore[arg-type]
        )
    sent = await sender.send("receipt", "huong", submission=made.id)
    assert sent is not None
    assert sent.text.startswith(words)
    assert made.code in sent.text
    assert sent.text.endswith("Trạng thái: chờ xác nhận.")
    assert sent.message.about == (f"assignment:{item}",)


async def test_a_second_and_partial_submission_says_so(sender: Sender) -> None:
    async with sender.database.write() as tx:
        (item,) = await give(tx, sender.office, "TH-HS", deadline=FRIDAY)
        for _ in range(2):
            made = await submissions.add_submission(
                tx,
                item,
                person_id=None,
                arrived_at=datetime(2024, 6, 19, 8, 10, tzinfo=ZONE),
                way="chat",
                complete=False,
            )
    sent = await sender.send("receipt", "huong", submission=made.id)
    assert sent is not None
    assert "Đây là lần nộp thứ 02." in sent.text
    assert "mới nộp một phần" in sent.text


async def test_the_office_is_told_what_waits_for_it(sender: Sender) -> None:
    office = sender.office
    assert await sender.send("queue", "khanh") is None
    async with sender.database.write() as tx:
        await give(tx, office, "TH-HS", "THCS-BM", "PGD", deadline=FRIDAY, state="awaiting_confirmation")
        await give(tx, office, "PGD", deadline=date(2024, 7, 1), state="awaiting_issue")
        await give(tx, office, "MN-HD", deadline=FRIDAY)
    sent = await sender.send("queue", "khanh")
    assert sent is not None
    assert sent.text == (
        "Có 04 kết quả chờ Văn phòng xác nhận: Phòng Giáo dục và Đào tạo (NV-001); "
        "Trường Tiểu học Hoa Sen (NV-001); Trường THCS Bình Minh (NV-001) …."
    )
    assert list(sent.choices) == ["Xem và xác nhận"]


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1 KB"),
        (35_500, "35 KB"),
        (1024 * 1024, "1,0 MB"),
        (2_520_000, "2,4 MB"),
    ],
)
def test_sizes_as_people_read_them(size: int, text: str) -> None:
    assert human_size(size) == text
