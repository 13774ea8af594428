"""When a message cannot be handled: who hears of it, what is tried again and how often, and what is not."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from dondoc.bot.program import Program
from dondoc.chat.channel import TryLater
from dondoc.chat.messages import Attachment
from dondoc.handlers import worker as worker_module
from dondoc.handlers.context import Context
from dondoc.handlers.dispatch import dispatch
from dondoc.rules.clock import FixedClock, machine_now
from dondoc.storage import inbox
from dondoc.storage.database import Database
from dondoc.storage.files import FileStore
from dondoc.storage.tables import inbox as inbox_table
from dondoc.storage.tables import outbox as outbox_table
from tests.support.channels import ScriptedChannel
from tests.support.office import PDF, Desk
from tests.support.offices import START

WORDS = "em vướng mắc về kinh phí, việc này xin giữ kín"


class Broken:
    """Handles nothing until it is mended."""

    def __init__(self, desk: Desk, error: Exception) -> None:
        self.error: Exception | None = error
        self.tries = 0
        desk.program.worker._dispatch = self

    async def __call__(self, ctx: Context) -> None:
        self.tries += 1
        if self.error is not None:
            raise self.error
        await dispatch(ctx)


async def test_a_message_that_cannot_be_handled_is_told_to_its_sender_and_to_the_office(desk: Desk) -> None:
    desk.clock.set(START + timedelta(seconds=40))
    broken = Broken(desk, RuntimeError("bug"))
    await desk.says("huong", WORDS)
    for _ in range(4):
        await desk.try_again()
    assert broken.tries == worker_module.MAX_ATTEMPTS
    assert await desk.inbox_states() == ["failed"]
    assert desk.heard("huong").startswith("Tin nhắn đã đến nhưng chưa ghi nhận được")
    (number,) = (row.id for row in await desk.rows(select(inbox_table.c.id)))
    told = (
        "Tin nhắn của Lê Thu Hường – Hiệu trưởng – 0900000021 lúc 07 giờ ngày 19/6/2024 chưa được ghi nhận do lỗi "
        "kỹ thuật. Đề nghị liên hệ trực tiếp người gửi; quản trị viên xem nhật ký, tin đến số "
        f"{number}."
    )
    assert desk.all("khanh") == desk.all("son") == [told]
    assert desk.all("loan") == []


async def test_a_strangers_message_is_told_to_the_office_only(desk: Desk) -> None:
    desk.clock.set(START + timedelta(seconds=40))
    Broken(desk, RuntimeError("bug"))
    await desk.says("777", "/start ABCD2345")
    for _ in range(4):
        await desk.try_again()
    assert desk.all("777") == []
    assert desk.heard("khanh").startswith("Tin nhắn của người chưa đăng ký lúc 07 giờ")


class Machine:
    """Machine time that a test moves."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def __call__(self) -> object:
        return machine_now() + self.ahead


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    moved = Machine()
    monkeypatch.setattr(worker_module, "machine_now", moved)
    return moved


async def test_a_database_in_trouble_is_not_the_messages_fault(desk: Desk, machine: Machine) -> None:
    """It is tried more and more rarely, as long as it takes, and nobody is told that it failed."""
    broken = Broken(desk, OperationalError("…", {}, sqlite3.OperationalError("database is locked")))
    await desk.says("huong", "dạ em đang làm ạ")
    waits = []
    for _ in range(12):
        before = broken.tries
        wait = 0.5
        while broken.tries == before:
            wait *= 2
            machine.ahead += timedelta(seconds=wait / 2 if wait > 1 else wait)
            await desk.settle()
        waits.append(wait)
    assert waits == sorted(waits)
    assert max(waits) < 600
    assert await desk.inbox_states() == ["fetched"]
    broken.error = None
    machine.ahead += timedelta(seconds=301)
    await desk.settle()
    assert await desk.inbox_states() == ["done"]
    assert "lỗi kỹ thuật" not in "".join(desk.channel.texts())


async def test_what_the_database_will_never_do_is_given_up(desk: Desk) -> None:
    """A statement that is wrong comes as the same exception as a database that is locked."""
    wrong = sqlite3.OperationalError("too many SQL variables")
    wrong.sqlite_errorcode = sqlite3.SQLITE_ERROR
    broken = Broken(desk, OperationalError("…", {}, wrong))
    await desk.says("huong", "dạ em đang làm ạ")
    for _ in range(4):
        await desk.try_again()
    assert broken.tries == worker_module.MAX_ATTEMPTS
    assert await desk.inbox_states() == ["failed"]
    assert "lỗi kỹ thuật" in desk.heard("khanh")


async def test_trouble_with_one_message_alone_ends(desk: Desk, machine: Machine) -> None:
    """The database is locked for this message only, and for ever: that the failure can be written down shows it."""
    broken = Broken(desk, OperationalError("…", {}, sqlite3.OperationalError("database is locked")))
    await desk.says("huong", "dạ em đang làm ạ")
    for _ in range(worker_module.MAX_HOLDS + worker_module.MAX_ATTEMPTS):
        machine.ahead += timedelta(seconds=worker_module.RETRY_CEILING + 1)
        await desk.try_again()
    assert broken.tries == worker_module.MAX_HOLDS + worker_module.MAX_ATTEMPTS
    assert await desk.inbox_states() == ["failed"]
    kinds = sorted(row.kind for row in await desk.rows(select(outbox_table.c.kind)))
    assert kinds == ["alert", "alert", "answer"], "the office and the sender are told, by the clock of this machine"


async def test_a_database_that_does_not_answer_ends_no_loop(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    heads = inbox.heads
    failures = [sqlite3.OperationalError("database is locked"), sqlite3.OperationalError("disk I/O error")]
    pauses: list[float] = []

    async def troubled(*arguments: object, **options: object) -> list[inbox.InboxRow]:
        if failures:
            raise OperationalError("…", {}, failures.pop())
        return await heads(*arguments, **options)  # type: ignore[arg-type]

    async def no_pause(seconds: float) -> None:
        pauses.append(seconds)
        assert desk.program.troubled_since() is not None

    await desk.arrives("huong", "dạ em đang làm được 70% ạ")
    with monkeypatch.context() as patched:
        patched.setattr(inbox, "heads", troubled)
        patched.setattr(worker_module, "pause", no_pause)
        running = asyncio.create_task(desk.program.worker.run())
        while (await desk.inbox_states()) != ["done"]:
            assert not running.done()
            await asyncio.sleep(0)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert pauses == [1.0, 2.0]
    assert desk.program.troubled_since() is None


async def test_an_update_that_makes_no_sense_is_told_to_the_office_once_a_day(desk: Desk) -> None:
    for number in range(2):
        async with desk.database.write() as tx:
            await inbox.receive(
                tx,
                channel=desk.channel.name,
                account=desk.channel.account,
                external_id=f"x{number}",
                chat_id=desk.office.chats["huong"],
                payload={"odd": number},
                now=machine_now(),
            )
    await desk.settle()
    assert await desk.inbox_states() == ["failed", "failed"]
    assert desk.heard("khanh").count("Lê Thu Hường") == 1
    assert desk.heard("huong").count("Tin nhắn đã đến nhưng chưa ghi nhận được") == 2


async def test_drain_sees_what_waits_behind_a_message_that_ends_during_the_look(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look that finds the second message held back by the first must not be the last one."""
    await desk.arrives("huong", "một")
    await desk.arrives("huong", "hai")
    heads = inbox.heads
    worker = desk.program.worker

    async def slow(*arguments: object, **options: object) -> list[inbox.InboxRow]:
        found = await heads(*arguments, **options)  # type: ignore[arg-type]
        if worker._running:
            await asyncio.wait(list(worker._running.values()))
            await asyncio.sleep(0)
        return found

    monkeypatch.setattr(inbox, "heads", slow)
    draining = asyncio.create_task(worker.drain())
    await worker._start_heads()
    await draining
    assert await desk.inbox_states() == ["done", "done"]


async def test_later_messages_of_the_chat_wait_and_other_chats_do_not(desk: Desk, machine: Machine) -> None:
    broken = Broken(desk, OperationalError("…", {}, sqlite3.OperationalError("database is locked")))
    await desk.says("huong", "một")
    broken.error = None
    await desk.says("huong", "hai")
    await desk.says("binh", "ba")
    assert await desk.inbox_states() == ["fetched", "received", "done"]
    machine.ahead += timedelta(seconds=5)
    await desk.settle()
    assert await desk.inbox_states() == ["done"] * 3


class Reluctant(ScriptedChannel):
    """Its files come only after so many tries."""

    refusals = 0

    async def download(self, attachment: Attachment) -> AsyncIterator[bytes]:
        if self.refusals:
            self.refusals -= 1
            raise TryLater(1)
        async for chunk in super().download(attachment):
            yield chunk


async def test_what_was_hard_to_fetch_has_all_its_tries_left(
    database: Database, desk: Desk, clock: FixedClock, file_store: FileStore
) -> None:
    reluctant = Reluctant()
    reluctant.refusals = worker_module.MAX_FETCHES - 1
    reluctant.files = desk.channel.files
    [item_id] = await desk.give("TH-HS", deadline=date(2024, 6, 28))
    desk.program = Program(database, file_store, clock, {(reluctant.name, reluctant.account): reluctant})
    await desk.arrives("huong", "em nộp báo cáo ạ", files={"bc.pdf": PDF})
    for _ in range(worker_module.MAX_FETCHES - 1):
        await desk.try_again()
    broken = Broken(desk, RuntimeError("passing"))
    for _ in range(worker_module.MAX_ATTEMPTS - 1):
        await desk.try_again()
    assert (broken.tries, await desk.inbox_states()) == (worker_module.MAX_ATTEMPTS - 1, ["fetched"])
    broken.error = None
    await desk.try_again()
    assert await desk.inbox_states() == ["done"]
    assert (await desk.item(item_id)).state == "awaiting_confirmation"


async def test_a_pressed_button_is_acknowledged_once(desk: Desk) -> None:
    Broken(desk, RuntimeError("bug"))
    await desk.presses_data("huong", "x")
    for _ in range(4):
        await desk.try_again()
    assert len(desk.channel.acknowledged) == 1


async def test_a_message_that_another_process_has_is_not_asked_for_again_and_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    looked = asyncio.Event()
    heads = inbox.heads

    async def counted(*arguments: object, **options: object) -> list[inbox.InboxRow]:
        looks.append(1)
        looked.set()
        return await heads(*arguments, **options)  # type: ignore[arg-type]

    async def taken(*_: object) -> None:
        return None

    await desk.arrives("huong", "một")
    monkeypatch.setattr(inbox, "heads", counted)
    monkeypatch.setattr(inbox, "lock", taken)
    running = asyncio.create_task(desk.program.worker.run())
    await looked.wait()
    for _ in range(2):  # the next looks are those of the clock, a second apart
        looked.clear()
        await looked.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert len(looks) == 3
