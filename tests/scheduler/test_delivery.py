"""Delivery: at least once, every possible double marked, and no chat waits for another's trouble."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.chat.channel import ChannelError, Moved, Refused, TryLater, Uncertain, Unreachable
from dondoc.chat.messages import Choice, Outbound
from dondoc.rules.clock import machine_now
from dondoc.scheduler import delivery as delivery_module
from dondoc.scheduler.delivery import Delivery, Timing
from dondoc.storage import outbox, pacing, people, planning
from dondoc.storage.database import Database
from dondoc.storage.outbox import Address, OutboxRow
from dondoc.storage.planning import PlannedReminder
from dondoc.storage.tables import outbox as table
from dondoc.storage.tables import pace
from dondoc.storage.tables import reminders as reminders_table
from tests.scheduler.conftest import RENDERERS
from tests.support.channels import ABLE, ScriptedChannel
from tests.support.offices import START, SampleOffice, give

MakeDelivery = Callable[..., Delivery]
HUONG, BINH, KHANH, SON = "21", "23", "11", "12"


async def say(
    database: Database,
    to: Address,
    text: str = "Chào",
    kind: str = "notice",
    *,
    message: Outbound | None = None,
    **payload: Any,
) -> int:
    """Queue a message."""
    async with database.write() as tx:
        given = {"message": (message or Outbound(text)).to_json(), **payload}
        made = await outbox.enqueue(tx, outbox.queued(to, kind, given, machine_now()))
    assert made is not None
    return made


async def row_of(database: Database, row_id: int) -> Any:
    async with database.read() as tx:
        return (await tx.execute(select(table).where(table.c.id == row_id))).one()


async def state_of(database: Database, row_id: int) -> str:
    return str((await row_of(database, row_id)).state)


async def wait_is_over(database: Database) -> None:
    """Whatever had to wait may go now."""
    async with database.write() as tx:
        await tx.execute(pace.delete())
        await tx.execute(table.update().values(not_before=machine_now() - timedelta(hours=1)))


async def lease_is_over(database: Database) -> None:
    """The process that has rows in flight has been silent for longer than its lease."""
    async with database.write() as tx:
        long_ago = machine_now() - timedelta(hours=1)
        await tx.execute(table.update().where(table.c.lease_until.is_not(None)).values(lease_until=long_ago))


async def remind(database: Database, office: SampleOffice) -> int:
    """A reminder row behind a message to the head of the school; the message's id."""
    async with database.write() as tx:
        (item,) = await give(tx, office, "TH-HS", deadline=START.date())
    row_id = await say(database, office.address("huong"), kind="reminder")
    async with database.write() as tx:
        planned = [PlannedReminder(office.people["huong"], item, "3", 1)]
        await planning.add_reminders(tx, START, [(one, row_id) for one in planned])
    return row_id


async def reminder_states(database: Database) -> list[str]:
    async with database.read() as tx:
        return list((await tx.execute(select(reminders_table.c.state))).scalars())


# --- when all goes well ------------------------------------------------------------------------------------------------


async def test_what_is_queued_arrives_and_is_written_down(
    database: Database, office: SampleOffice, delivery: Delivery, channel: ScriptedChannel
) -> None:
    message = Outbound("**Chào** cô", ((Choice("b1", "Đúng"),),), about=("assignment:1",))
    row_id = await say(database, office.address("huong"), message=message)
    await delivery.drain()
    (sent,) = channel.sent
    assert (sent.chat_id, sent.message) == (HUONG, message)
    row = await row_of(database, row_id)
    assert (row.state, row.external_id, row.error, row.lease_until) == ("sent", sent.external_id, None, None)
    assert row.sent_at is not None
    async with database.read() as tx:
        found = await outbox.find_sent(tx, "test", "office", HUONG, sent.external_id)
    assert found is not None
    assert Outbound.from_json(found.payload["message"]) == message


async def test_one_chat_after_another_and_each_in_order(
    database: Database, office: SampleOffice, delivery: Delivery, channel: ScriptedChannel
) -> None:
    for number in range(5):
        for name in ("huong", "binh"):
            await say(database, office.address(name), str(number))
    await delivery.drain()
    assert channel.texts(HUONG) == channel.texts(BINH) == list("01234")


async def test_a_reminder_that_left_is_settled(database: Database, office: SampleOffice, delivery: Delivery) -> None:
    await remind(database, office)
    await delivery.drain()
    assert await reminder_states(database) == ["sent"]


async def test_a_picture_is_drawn_and_goes_with_the_words(
    database: Database, office: SampleOffice, delivery: Delivery, channel: ScriptedChannel
) -> None:
    await say(database, office.address("loan"), "Tiến độ", picture={"title": "a"})
    await delivery.drain()
    (sent,) = channel.sent
    (attachment,) = sent.message.attachments
    assert (sent.text, attachment.media_type) == ("Tiến độ", "image/png")


async def test_words_too_long_for_a_caption_go_before_the_picture(
    database: Database, office: SampleOffice, make_delivery: MakeDelivery
) -> None:
    channel = ScriptedChannel(capabilities=replace(ABLE, max_caption=200))
    text = "\n\n".join(f"Đoạn {number}: " + "tiến độ chung " * 8 for number in range(3))
    await say(database, Address("test", "office", "13"), text, picture={"title": "a"})
    await make_delivery(database, channel).drain()
    assert [len(sent.message.attachments) for sent in channel.sent] == [0, 1]
    assert "Đoạn 2" in channel.sent[-1].text


async def test_choices_are_numbered_where_there_are_no_buttons(
    database: Database, office: SampleOffice, make_delivery: MakeDelivery
) -> None:
    channel = ScriptedChannel(capabilities=replace(ABLE, buttons=False))
    await say(database, office.address("huong"), message=Outbound("Đúng không?", ((Choice("a", "Đúng"),),)))
    await make_delivery(database, channel).drain()
    assert channel.texts() == ["Đúng không?\n1 – Đúng"]


# --- long texts --------------------------------------------------------------------------------------------------------


LONG = "\n\n".join(f"Đoạn {number}. " + "chữ " * 30 for number in range(6))


@pytest.fixture
def narrow() -> ScriptedChannel:
    return ScriptedChannel(capabilities=replace(ABLE, max_chars=400))


async def test_a_long_text_arrives_in_parts_in_order(
    database: Database, office: SampleOffice, make_delivery: MakeDelivery, narrow: ScriptedChannel
) -> None:
    row_id = await say(database, office.address("huong"), LONG)
    await say(database, office.address("huong"), "sau đó")
    await make_delivery(database, narrow).drain()
    *parts, last = narrow.texts()
    assert len(parts) == 3
    assert "".join(parts).split() == LONG.split()
    assert last == "sau đó"
    assert len({sent.key for sent in narrow.sent}) == 4
    assert await state_of(database, row_id) == "sent"


async def test_a_reply_to_any_part_is_understood(
    database: Database, office: SampleOffice, make_delivery: MakeDelivery, narrow: ScriptedChannel
) -> None:
    message = Outbound(LONG, about=("assignment:7",))
    await say(database, office.address("huong"), kind="reminder", message=message)
    await make_delivery(database, narrow).drain()
    assert len(narrow.sent) == 3
    async with database.read() as tx:
        for sent in narrow.sent:
            found = await outbox.find_sent(tx, "test", "office", HUONG, sent.external_id)
            assert found is not None
            assert (found.state, found.kind) == ("sent", "reminder")
            assert Outbound.from_json(found.payload["message"]) == sent.message
            assert sent.message.about == ("assignment:7",)
        assert await outbox.counts(tx) == {"sent": 3}


async def test_only_the_doubtful_part_is_sent_again(
    database: Database, office: SampleOffice, make_delivery: MakeDelivery, narrow: ScriptedChannel
) -> None:
    await say(database, office.address("huong"), LONG)
    delivery = make_delivery(database, narrow)
    narrow.fails(TryLater(0))
    hang = narrow.hangs()
    task = asyncio.create_task(delivery.drain())
    await hang.reached()
    narrow.loses_answer()
    hang.release()
    await task
    texts = narrow.texts()
    assert [text.split()[1] for text in texts if "(gửi lại)" not in text] == ["0.", "2.", "4."]
    (again,) = [text for text in texts if "(gửi lại)" in text]
    assert again == f"(gửi lại) {texts[1]}"


async def test_a_doubt_about_one_part_is_not_a_doubt_about_the_next(
    database: Database, office: SampleOffice, make_delivery: MakeDelivery, narrow: ScriptedChannel
) -> None:
    row_id = await say(database, office.address("huong"), LONG)
    narrow.fails(Uncertain("?"))
    delivery = make_delivery(database, narrow)
    hang = narrow.hangs()
    task = asyncio.create_task(delivery.drain())
    await hang.reached()
    narrow.fails(Uncertain("?"))
    hang.release()
    await task
    assert await state_of(database, row_id) == "sent"
    assert ["(gửi lại)" in text for text in narrow.texts()] == [True, True, False]


# --- try later ---------------------------------------------------------------------------------------------------------


async def test_an_hours_wait_in_one_chat_does_not_delay_the_others(
    database: Database, office: SampleOffice, delivery: Delivery, channel: ScriptedChannel
) -> None:
    channel.fails(TryLater(3600), chat_id=HUONG)
    waiting = [await say(database, office.address("huong"), text) for text in ("một", "hai")]
    for name in ("binh", "dung", "loan"):
        await say(database, office.address(name))
    before = machine_now()
    await delivery.drain()
    assert sorted(sent.chat_id for sent in channel.sent) == ["13", "23", "24"]
    row = await row_of(database, waiting[0])
    assert (row.state, row.attempts) == ("pending", 1)
    assert timedelta(seconds=3600) <= row.not_before - before < timedelta(seconds=3630)
    assert len([chat for chat, _ in channel.attempts if chat == HUONG]) == 1, "nor is the chat asked again"
    await wait_is_over(database)
    await delivery.drain()
    assert channel.texts(HUONG) == ["một", "hai"]


async def test_a_platform_that_is_down_is_asked_more_and_more_rarely(
    database: Database, office: SampleOffice, delivery: Delivery, channel: ScriptedChannel
) -> None:
    channel.always_fails(TryLater(10, whole_account=True))
    row_id = await say(database, office.address("huong"))
    waits = []
    for _ in range(6):
        before = machine_now()
        await delivery.drain()
        waited = (await row_of(database, row_id)).not_before - before
        waits.append(waited)
        other = await say(database, office.address("binh"))
        attempts = len(channel.attempts)
        await delivery.drain()
        assert len(channel.attempts) == attempts, "everybody waits"
        async with database.write() as tx:
            await tx.execute(table.delete().where(table.c.id == other))
        await wait_is_over(database)
    for waited, seconds in zip(waits, [20, 40, 80, 160, 300, 300], strict=True):
        # The row's time was taken a little after ours; how much, the machine's load says.
        assert timedelta(seconds=seconds) <= waited < timedelta(seconds=1.5 * seconds)
    channel.recovers()
    await delivery.drain()
    assert channel.texts(HUONG) == ["Chào"]


# --- people who cannot be reached --------------------------------------------------------------------------------------


async def test_who_blocked_the_bot_gets_nothing_more_and_the_office_hears_of_it_once(
    database: Database, office: SampleOffice, delivery: Delivery, channel: ScriptedChannel
) -> None:
    channel.always_fails(Unreachable("bot was blocked by the user"), chat_id=HUONG)
    row_id = await remind(database, office)
    other = await say(database, office.address("huong"))
    free = await say(database, office.address("binh"))
    await delivery.drain()
    assert [await state_of(database, one) for one in (row_id, other, free)] == ["failed", "failed", "sent"]
    assert len([chat for chat, _ in channel.attempts if chat == HUONG]) == 1
    assert await reminder_states(database) == ["failed"]
    async with database.read() as tx:
        assert await people.address_of(tx, office.people["huong"]) is None
    alert = (
        "Không gửi được tin cho Lê Thu Hường – Hiệu trưởng – 0900000021: người nhận đã chặn hoặc rời khỏi kênh. "
        "Đề nghị liên hệ trực tiếp và mời đăng ký lại."
    )
    assert channel.texts(KHANH) == channel.texts(SON) == [alert]
    assert channel.texts("13") == [], "the leader is not bothered with it"


async def test_an_office_that_cannot_be_reached_makes_no_storm(
    database: Database, office: SampleOffice, delivery: Delivery, channel: ScriptedChannel
) -> None:
    channel.always_fails(Unreachable("blocked"))
    for name in ("huong", "khanh", "son"):
        await say(database, office.address(name))
    await delivery.drain()
    async with database.read() as tx:
        states = await outbox.counts(tx)
        alerts = (await tx.execute(select(table.c.id).where(table.c.kind == "alert"))).all()
    assert set(states) == {"failed"}
    assert len(alerts) <= 6
    assert len(channel.attempts) <= 3 + len(alerts)


async def test_a_chat_with_a_new_id_gets_its_message_there(
    database: Database, office: SampleOffice, delivery: Delivery, channel: ScriptedChannel
) -> None:
    channel.always_fails(Moved("-1001"), chat_id=HUONG)
    for text in ("một", "hai"):
        await say(database, office.address("huong"), text)
    await delivery.drain()
    assert channel.texts("-1001") == ["một", "hai"]
    async with database.read() as tx:
        found = await people.identify(tx, "test", "office", "-1001")
    assert found is not None
    assert found.id == office.people["huong"]


async def test_a_reminder_for_somebody_who_was_known_to_have_left_is_told_to_the_office(
    database: Database, office: SampleOffice, delivery: Delivery, channel: ScriptedChannel
) -> None:
    """The platform said so between the planning and the sending: nobody was reminded, and the office has to know."""
    channel.always_fails(Unreachable("bot was blocked by the user"), chat_id=HUONG)
    await remind(database, office)
    async with database.write() as tx:
        await people.set_reachable(tx, office.address("huong"), False, "blocked")
    await delivery.drain()
    assert await reminder_states(database) == ["failed"]
    (told,) = channel.texts(KHANH)
    assert told.startswith("Không gửi được tin cho Lê Thu Hường")


async def test_what_nobody_waits_for_is_not_told_again(
    database: Database, office: SampleOffice, delivery: Delivery, channel: ScriptedChannel
) -> None:
    channel.always_fails(Unreachable("bot was blocked by the user"), chat_id=HUONG)
    await say(database, office.address("huong"))
    async with database.write() as tx:
        await people.set_reachable(tx, office.address("huong"), False, "blocked")
    await delivery.drain()
    assert channel.texts(KHANH) == []


# --- doubt -------------------------------------------------------------------------------------------------------------


async def test_a_doubt_is_sent_once_more_and_marked(
    database: Database, office: SampleOffice, delivery: Delivery, channel: ScriptedChannel
) -> None:
    channel.loses_answer(HUONG)
    row_id = await remind(database, office)
    await delivery.drain()
    assert channel.texts(HUONG) == ["Chào", "(gửi lại) Chào"]
    assert channel.sent[0].key == channel.sent[1].key
    assert await state_of(database, row_id) == "sent"
    assert await reminder_states(database) == ["sent"]
    assert channel.texts(KHANH) == []


async def test_a_second_doubt_goes_to_the_office_and_not_to_the_person(
    database: Database, office: SampleOffice, delivery: Delivery, channel: ScriptedChannel
) -> None:
    channel.always_fails(Uncertain("no answer"), chat_id=HUONG)
    row_id = await remind(database, office)
    await delivery.drain()
    await wait_is_over(database)
    await delivery.drain()
    row = await row_of(database, row_id)
    assert (row.state, row.doubts) == ("in_doubt", 2)
    assert [text for chat, text in channel.attempts if chat == HUONG] == ["Chào", "(gửi lại) Chào"]
    assert await reminder_states(database) == ["in_doubt"]
    assert channel.texts(KHANH) == channel.texts(SON)
    assert channel.texts(KHANH) == [
        "Một tin gửi Lê Thu Hường – Hiệu trưởng – 0900000021 chưa rõ đã đến hay chưa sau hai lần gửi. "
        "Đề nghị liên hệ trực tiếp để xác nhận."
    ]


async def test_nobody_is_told_about_their_own_messages(
    database: Database, office: SampleOffice, delivery: Delivery, channel: ScriptedChannel
) -> None:
    channel.always_fails(Uncertain("no answer"), chat_id=KHANH)
    await say(database, office.address("khanh"))
    await delivery.drain()
    assert [chat for chat, _ in channel.attempts] == [KHANH, KHANH, SON]


async def test_an_alert_in_doubt_makes_no_alert(
    database: Database, office: SampleOffice, delivery: Delivery, channel: ScriptedChannel
) -> None:
    channel.always_fails(Uncertain("no answer"))
    await say(database, office.address("huong"))
    await delivery.drain()
    assert sorted(chat for chat, _ in channel.attempts) == [KHANH, KHANH, SON, SON, HUONG, HUONG]


# --- our own faults ----------------------------------------------------------------------------------------------------


async def test_what_the_platform_refuses_is_told_to_the_office(
    database: Database, office: SampleOffice, delivery: Delivery, channel: ScriptedChannel
) -> None:
    channel.fails(Refused("can't parse entities"), chat_id=HUONG)
    row_id = await remind(database, office)
    await delivery.drain()
    row = await row_of(database, row_id)
    assert (row.state, row.error) == ("failed", "can't parse entities")
    assert await reminder_states(database) == ["failed"]
    assert channel.texts(KHANH) == [
        "Một tin gửi Lê Thu Hường – Hiệu trưởng – 0900000021 không gửi được do lỗi kỹ thuật. "
        f"Đề nghị báo trực tiếp cho người nhận; quản trị viên xem nhật ký, tin số {row_id}."
    ]


@pytest.mark.parametrize(
    "payload",
    [
        {"render": "broken"},
        {"render": "unheard of"},
        {"message": {"no": "text"}},
        {},
        {"parts": []},
        {"parts": [{"no": "text"}]},
        {"message": {"text": 5}},
    ],
    ids=["error", "unknown", "malformed", "empty", "no parts", "malformed part", "no words"],
)
async def test_a_message_that_cannot_be_made_stops_nobody(
    database: Database,
    office: SampleOffice,
    make_delivery: MakeDelivery,
    channel: ScriptedChannel,
    payload: Mapping[str, Any],
) -> None:
    async def broken(_tx: AsyncConnection, _row: OutboxRow, _now: datetime) -> Outbound | None:
        raise OverflowError("bug")

    delivery = make_delivery(database, renderers={**RENDERERS, "broken": broken})
    async with database.write() as tx:
        row_id = await outbox.enqueue(tx, outbox.queued(office.address("huong"), "notice", payload, machine_now()))
    await say(database, office.address("huong"), "sau đó")
    await delivery.drain()
    assert await state_of(database, row_id or 0) == "failed"
    assert channel.texts(HUONG) == ["sau đó"]
    assert len(channel.texts(KHANH)) == 1


async def test_the_databases_trouble_is_not_the_messages_fault(
    database: Database, office: SampleOffice, make_delivery: MakeDelivery, channel: ScriptedChannel
) -> None:
    troubles = [1]

    async def passing(_tx: AsyncConnection, _row: OutboxRow, _now: datetime) -> Outbound | None:
        if troubles:
            troubles.pop()
            raise OperationalError("…", {}, OSError("gone"))
        return Outbound("Chào")

    delivery = make_delivery(database, renderers={"passing": passing})
    async with database.write() as tx:
        await outbox.enqueue(tx, outbox.queued(office.address("huong"), "notice", {"render": "passing"}, machine_now()))
    await delivery.drain()
    assert channel.texts() == []
    await lease_is_over(database)
    await delivery.drain()
    assert channel.texts() == ["Chào"], "neither failed nor marked as sent before"


async def test_a_picture_that_cannot_be_drawn_does_not_hold_back_the_words(
    database: Database, office: SampleOffice, delivery: Delivery, channel: ScriptedChannel
) -> None:
    await say(database, office.address("loan"), "Tiến độ", picture={"broken": True})
    await delivery.drain()
    (sent,) = channel.sent
    assert (sent.text, sent.message.attachments) == ("Tiến độ", ())


# --- processes that stop -----------------------------------------------------------------------------------------------


async def test_what_a_dead_process_was_sending_is_sent_again_and_marked(
    database: Database, office: SampleOffice, make_delivery: MakeDelivery, channel: ScriptedChannel
) -> None:
    dead = make_delivery(database)
    hang = channel.hangs(HUONG)
    row_id = await say(database, office.address("huong"))
    await dead.tick()
    await hang.reached()
    alive = make_delivery(database)
    await alive.drain()
    assert channel.texts() == [], "its lease has not run out"
    await alive.recover_everything()
    await alive.drain()
    assert channel.texts() == ["(gửi lại) Chào"]
    assert await state_of(database, row_id) == "sent"
    hang.release(Uncertain("gone"))


@pytest.mark.parametrize(
    "end",
    [None, Uncertain("?"), TryLater(5), TryLater(5, whole_account=True), Refused("?"), Unreachable("?"), Moved("-1")],
    ids=["sent", "uncertain", "later", "account later", "refused", "unreachable", "moved"],
)
async def test_who_lost_its_lease_cannot_undo_what_another_did_since(
    database: Database,
    second_database: Database,
    office: SampleOffice,
    make_delivery: MakeDelivery,
    channel: ScriptedChannel,
    end: ChannelError | None,
) -> None:
    """A machine that slept for an hour wakes up in the middle of a send."""
    slow, other = make_delivery(database), make_delivery(second_database)
    hang = channel.hangs(HUONG)
    row_id = await say(database, office.address("huong"))
    asleep = asyncio.create_task(slow.drain())
    await hang.reached()
    await lease_is_over(database)
    await other.drain()
    assert channel.texts(HUONG) == ["(gửi lại) Chào"]
    hang.release(end)
    await asleep
    await wait_is_over(database)
    await other.drain()
    assert [text for chat, text in channel.attempts if chat == HUONG] == ["Chào", "(gửi lại) Chào"]
    assert await state_of(database, row_id) == "sent"


async def test_a_success_that_is_told_late_spares_the_second_try(
    database: Database,
    second_database: Database,
    office: SampleOffice,
    make_delivery: MakeDelivery,
    channel: ScriptedChannel,
) -> None:
    slow, other = make_delivery(database), make_delivery(second_database)
    hang = channel.hangs(HUONG)
    row_id = await say(database, office.address("huong"))
    asleep = asyncio.create_task(slow.drain())
    await hang.reached()
    async with second_database.write() as tx:
        await outbox.recover(tx, machine_now(), everything=True)
    hang.release()
    await asleep
    await other.drain()
    assert channel.texts(HUONG) == ["Chào"]
    assert await state_of(database, row_id) == "sent"


async def test_what_missed_its_send_slot_gets_another(
    database: Database, office: SampleOffice, delivery: Delivery, channel: ScriptedChannel
) -> None:
    """After a pause of the whole process, rows must not leave in a burst."""
    await say(database, office.address("huong"))
    await wait_is_over(database)
    async with database.write() as tx:
        late = machine_now() - timedelta(seconds=5)
        limits = outbox.Limits(27, 1, 3)
        (row,) = await outbox.lease(tx, "test", "office", limits, late, lease_for=timedelta(seconds=60))
    await delivery.deliver(row)
    assert channel.attempts == []
    assert await state_of(database, row.id) == "pending"
    await wait_is_over(database)
    await delivery.drain()
    assert channel.texts() == ["Chào"]


async def test_what_overslept_its_send_slot_gets_another(
    database: Database,
    office: SampleOffice,
    delivery: Delivery,
    channel: ScriptedChannel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The machine slept while rows waited for their slots: they must not all leave when it wakes up."""
    await say(database, office.address("huong"))
    async with database.write() as tx:
        await pacing.hold(tx, "test", "office", "", machine_now() + timedelta(seconds=3))
        limits = outbox.Limits(27, 1, 3)
        (row,) = await outbox.lease(tx, "test", "office", limits, machine_now(), lease_for=timedelta(seconds=60))
    asleep: list[float] = []

    async def oversleep(seconds: float) -> None:
        asleep.append(seconds)
        woken = machine_now() + timedelta(hours=1)
        monkeypatch.setattr(delivery_module, "machine_now", lambda: woken)

    with monkeypatch.context() as patched:
        patched.setattr(asyncio, "sleep", oversleep)
        await delivery.deliver(row)
    assert len(asleep) == 1
    assert channel.attempts == []
    assert await state_of(database, row.id) == "pending"


async def test_a_send_that_hangs_holds_back_its_own_chat_only(
    database: Database, office: SampleOffice, delivery: Delivery, channel: ScriptedChannel
) -> None:
    hang = channel.hangs(HUONG)
    for text in ("một", "hai"):
        await say(database, office.address("huong"), text)
        await say(database, office.address("binh"), text)
    task = asyncio.create_task(delivery.drain())
    await hang.reached()
    await channel.arrived(2)
    assert channel.texts() == ["một", "hai"]
    hang.release()
    await task
    assert channel.texts(HUONG) == ["một", "hai"]


async def test_two_processes_send_everything_once(
    database: Database, second_database: Database, office: SampleOffice, make_delivery: MakeDelivery
) -> None:
    channels = ScriptedChannel(), ScriptedChannel()
    for number in range(30):
        await say(database, office.address(("huong", "binh", "dung", "loan")[number % 4]), str(number))
    both = [make_delivery(one, channel) for one, channel in zip((database, second_database), channels, strict=True)]
    for _ in range(100):
        await asyncio.gather(*(one.drain() for one in both))
        async with database.read() as tx:
            if set(await outbox.counts(tx)) == {"sent"}:
                break
    texts = [text for channel in channels for text in channel.texts()]
    assert sorted(texts, key=int) == [str(number) for number in range(30)]


async def test_running_it_sends_what_a_commit_brings_and_lets_sends_end(
    database: Database, office: SampleOffice, delivery: Delivery, channel: ScriptedChannel
) -> None:
    running = asyncio.create_task(delivery.run())
    await say(database, office.address("huong"), "một")
    await channel.arrived(1)
    hang = channel.hangs()
    await say(database, office.address("huong"), "hai")
    await hang.reached()
    running.cancel()
    await asyncio.sleep(0)
    hang.release()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert channel.texts() == ["một", "hai"]
    async with database.read() as tx:
        assert await outbox.counts(tx) == {"sent": 2}


async def test_many_sends_that_end_do_not_make_as_many_looks(
    database: Database, office: SampleOffice, make_delivery: MakeDelivery
) -> None:
    """Each look costs the more the more is waiting."""

    class Counting(Delivery):
        looks = 0

        async def tick(self) -> int:
            Counting.looks += 1
            return await super().tick()

    channel = ScriptedChannel(capabilities=replace(ABLE, rate=60))
    counting = make_delivery(database, channel, kind=Counting)
    async with database.write() as tx:
        for number in range(60):
            to = Address("test", "office", str(1000 + number))
            await outbox.enqueue(tx, outbox.queued(to, "notice", {"message": {"text": "Chào"}}, machine_now()))
    running = asyncio.create_task(counting.run())
    await channel.arrived(60)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert Counting.looks < 20


async def test_a_lease_is_as_long_as_it_is_set(
    database: Database, office: SampleOffice, make_delivery: MakeDelivery, channel: ScriptedChannel
) -> None:
    hang = channel.hangs()
    row_id = await say(database, office.address("huong"))
    delivery = make_delivery(database, timing=Timing(lease=600))
    task = asyncio.create_task(delivery.drain())
    await hang.reached()
    row = await row_of(database, row_id)
    assert row.state == "sending"
    assert timedelta(seconds=590) < row.lease_until - machine_now() <= timedelta(seconds=600)
    hang.release()
    await task


async def test_a_database_that_does_not_answer_ends_no_loop(
    database: Database,
    office: SampleOffice,
    delivery: Delivery,
    channel: ScriptedChannel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    has_work = outbox.has_work
    failures = [sqlite3.OperationalError("database is locked"), psycopg.OperationalError("the connection is closed")]
    pauses: list[float] = []

    async def troubled(*arguments: Any) -> bool:
        if failures:
            raise OperationalError("…", {}, failures.pop())
        return await has_work(*arguments)

    async def no_pause(seconds: float) -> None:
        pauses.append(seconds)
        assert delivery.patience.since is not None

    await say(database, office.address("huong"))
    monkeypatch.setattr(outbox, "has_work", troubled)
    monkeypatch.setattr(delivery_module, "pause", no_pause)
    running = asyncio.create_task(delivery.run())
    await channel.arrived(1)
    assert pauses == [1.0, 2.0]
    assert delivery.patience.since is None
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
