"""What must hold whatever the world does: one person's trouble is nobody else's, bad input gets one clear line."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.sql import Executable

from dondoc.storage.database import Database
from dondoc.storage.tables import addresses, assignments, directives, events, inbox, outbox, submissions, tasks
from tests.support.cast import import_units, load, seat
from tests.support.kill_verdict import AGAIN
from tests.support.running import AttentiveWorld, Installation
from tests.support.sayings import label, shown

WEDNESDAY = "2024-06-19T09:00+07:00"
RUNG = "2024-06-24T07:59:56+07:00"


async def rows(installation: Installation, statement: Executable) -> list[tuple[object, ...]]:
    """What the database says, read as another process reads it."""
    database = Database(installation.url)
    try:
        async with database.read() as tx:
            return [tuple(row) for row in (await tx.execute(statement)).all()]
    finally:
        await database.close()


async def test_the_trouble_of_some_is_nobody_elses(installation: Installation, world: AttentiveWorld) -> None:
    """An update that cannot be parsed, a recipient who blocked the bot, a 429 of an hour; the others notice nothing."""
    await import_units(installation)
    await load(installation, WEDNESDAY)
    cast = await seat(installation, world, "TH-BD", "TH-CN", "CS-LT", "MN-SC")
    blocked, flooded, well = cast["TH-BD"], cast["TH-CN"], cast["CS-LT"]
    await world.fault("blocked", method="sendMessage", chat_id=blocked.chat_id, times=100)
    await world.fault("flood", method="sendMessage", chat_id=flooded.chat_id, retry_after=3600, times=100)
    async with installation.running(RUNG) as bot:
        await world.raw({"message": "một chuỗi"})
        await world.raw({"message": {"message_id": "x", "chat": {"id": well.chat_id, "type": "private"}, "date": "?"}})
        await world.raw({"callback_query": {"id": 1}})
        await world.raw({"something_new": {"deep": [{"er": None}]}})
        await well.hears(" nhắc Trường THCS Lương Thành", timeout=20)
        await cast["MN-SC"].hears(" nhắc Trường Mầm non Sơn Ca", timeout=20)
        begun = time.monotonic()
        await well.say("NV-001 trường em đang làm được 45% ạ")
        await well.hears("đạt 45%")
        assert time.monotonic() - begun < 5
        # The office hears whom it cannot reach, by name.
        alert = await cast.staff.hears(shown("scheduler.alert.unreachable"))
        assert "Quách Thị Nhàn" in alert.text
        assert "0900000104" in alert.text
        await flooded.say("dạ em nhận được rồi ạ")
        await world.all_taken()
        async with httpx.AsyncClient(trust_env=False) as http:
            assert (await http.get(f"{bot.url}/healthz")).status_code == 200
    assert await world.sent(flooded.chat_id) == []
    reached = [call for call in await world.calls("sendMessage") if call["fields"]["chat_id"] == str(flooded.chat_id)]
    assert len(reached) == 1  # asked to wait an hour, it was not asked again
    held = await rows(
        installation,
        select(outbox.c.state, outbox.c.kind).where(outbox.c.chat_id == str(flooded.chat_id)).order_by(outbox.c.id),
    )
    assert held == [("pending", "reminder"), ("pending", "answer")]
    assert (str(blocked.chat_id), False) in await rows(installation, select(addresses.c.chat_id, addresses.c.reachable))
    assert await rows(installation, select(inbox.c.error).where(inbox.c.state == "failed")) == [("unparseable",)] * 3


async def test_bad_input_of_staff_gets_one_clear_line(installation: Installation, world: AttentiveWorld) -> None:
    """Files that are no directive, a day in the past, an unknown unit, an endless message, nonsense: nothing is stored."""
    await import_units(installation)
    cast = await seat(installation, world)
    staff = cast.staff

    async def line(act: Awaitable[object], *expected: str) -> None:
        before = await world.sent(staff.chat_id)
        await act
        told = await staff.hears(timeout=20)
        for part in expected:
            assert part in told.text, told.text
        await world.all_taken()
        assert len(await world.sent(staff.chat_id)) == len(before) + 1

    async with installation.running(WEDNESDAY):
        await line(staff.send_file("rong.docx", b""), "rong.docx")
        await line(staff.send_file("anh.docx", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20), "anh.docx")
        await line(staff.send_file("may.pdf", bytes(range(256)) * 20), "may.pdf")
        await line(staff.send_file("hong.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20), "hong.pdf")
        await line(staff.send_file("chuong-trinh.exe", b"MZ" + b"\0" * 200), "chuong-trinh.exe")
        await line(staff.send_file("to.pdf", None, size=100_000_000), "to.pdf", "MB")
        await line(staff.say("/giaoviec TH Bến Đò: báo cáo điện nước, nộp trước 28/5/2024"), "28/5/2024")
        await line(staff.say("/giaoviec Trường Tiểu học Không Có: báo cáo điện nước, nộp trước 28/6"))
        await line(staff.say("Trường Tiểu học Cũng Không Có"), "Cũng Không Có")
        await line(staff.say("/khongcolenhnay"), label("handlers.unknown_command"))
        await line(staff.say("à" * 4096))
        await line(
            staff.press_data((await world.sent(staff.chat_id))[0].message_id, "rác" * 15),
            label("handlers.button_foreign"),
        )
        await line(
            staff.press_data((await world.sent(staff.chat_id))[0].message_id, "\u0000"),
            label("handlers.button_foreign"),
        )
    assert await world.calls("getFile", after=0) != []
    assert not [call for call in await world.calls("getFile") if call["fields"]["file_id"].endswith("-6")]
    for table in (directives, tasks, assignments):
        assert await rows(installation, select(table.c.id)) == []
    assert {state for (state,) in await rows(installation, select(inbox.c.state))} == {"done"}
    assert [state for (state,) in await rows(installation, select(outbox.c.state)) if state != "sent"] == []


async def test_bad_input_of_units_gets_one_clear_line(installation: Installation, world: AttentiveWorld) -> None:
    """A file of 100 MB, somebody else's button, an old or forwarded one, nonsense, an endless message."""
    await import_units(installation)
    await load(installation, WEDNESDAY)
    cast = await seat(installation, world, "TH-BD", "TH-CN")
    ben_do, cau_ngang = cast["TH-BD"], cast["TH-CN"]
    async with installation.running(RUNG):
        mine = await ben_do.hears(" nhắc Trường Tiểu học Bến Đò", timeout=20)
        theirs = await cau_ngang.hears(" nhắc Trường Tiểu học Cầu Ngang", timeout=20)
        await ben_do.send_file("quay-phim.mp4", None, size=100_000_000, caption="Em nộp báo cáo ạ")
        told = await ben_do.hears()
        assert "quay-phim.mp4" in told.text
        assert "MB" in told.text
        for data in (theirs.buttons["Đã gửi"], theirs.buttons["Không thuộc đơn vị"], "rác", "x" * 64):
            await ben_do.press_data(mine.message_id, data)
            assert (await ben_do.hears()).text == label("handlers.button_foreign")
        await cau_ngang.say("a" * 4096)
        answer = await cau_ngang.hears()
        assert "NV-001" in answer.text or "Văn phòng" in answer.text
        await world.all_taken()
    assert len(list(await world.sent(ben_do.chat_id))) == 6
    assert await world.calls("getFile") == []
    assert await rows(installation, select(submissions.c.id)) == []
    states = {state for (state,) in await rows(installation, select(assignments.c.state))}
    assert states == {"new"}


SECRET = """\
ỦY BAN NHÂN DÂN
HUYỆN YÊN HÒA
Số: 05/KH-UBND
MẬT

Yên Hòa, ngày 10 tháng 6 năm 2024

KẾ HOẠCH

Phương án đặc biệt bốn chữ thập lục

1. Các trường học thuộc huyện báo cáo về UBND huyện trước ngày 28/6/2024.
"""
_TELLTALES = ("thập lục", "ke-hoach-05", "chú thích kèm theo")


def _left_on_disk(installation: Installation) -> set[tuple[str, str]]:
    """The files of the data folder that hold any of the telltales, however they are written."""
    found = set()
    for path in installation.data.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for word in _TELLTALES:
            spelled = (word.encode(), word.encode("utf-16-le"), json.dumps(word)[1:-1].encode())
            if any(spelling in content for spelling in spelled):
                found.add((path.name, word))
    return found


async def test_a_secret_document_leaves_nothing_behind(installation: Installation, world: AttentiveWorld) -> None:
    """Neither on the disk nor in the database: bytes, file name, caption, payload. Who, when and the hash stay."""
    await import_units(installation)
    cast = await seat(installation, world)
    async with installation.running(WEDNESDAY):
        await cast.staff.send_file("ke-hoach-05.txt", SECRET.encode(), caption="chú thích kèm theo")
        told = await cast.staff.hears(shown("handlers.document.secret"), timeout=20)
        assert "ke-hoach-05" not in told.text
        assert _left_on_disk(installation) == set()
    payloads = await rows(installation, select(inbox.c.payload, inbox.c.files))
    assert payloads == [({}, [])]
    [(_kind, actor, detail)] = await rows(
        installation,
        select(events.c.kind, events.c.actor_id, events.c.detail).where(events.c.kind == "document.refused"),
    )
    assert actor is not None
    assert set(detail) == {"sha256", "size"}  # type: ignore[call-overload]
    assert _left_on_disk(installation) == set()
    everything = await rows(installation, select(outbox.c.payload))
    assert not any(word in json.dumps(everything, ensure_ascii=False) for word in _TELLTALES)


async def test_sigterm_stops_within_seconds_and_loses_nothing(
    installation: Installation, world: AttentiveWorld
) -> None:
    """With messages waiting, in flight and unanswered: what is in flight ends, the rest is there after the restart."""
    await import_units(installation)
    await load(installation, WEDNESDAY)
    cast = await seat(installation, world, "TH-BD", "TH-CN", "CS-LT", "MN-SC", "PGD-YH")
    await world.fault("slow", method="sendMessage", seconds=1.5, times=1000)
    people = list(cast.contacts.values())
    bot = await installation.start(WEDNESDAY)
    for number in range(3):
        for person in people:
            await person.say(f"/nhiemvu {number}")
    await world.wait_for(None, shown("handlers.tasks.head"))
    taken = await bot.stop()
    assert taken < 8
    assert len(await world.sent()) < 3 * len(people)
    await world.heal()
    async with installation.running(WEDNESDAY):
        async with asyncio.timeout(40):
            while len(await world.sent()) < 3 * len(people):  # noqa: ASYNC110 - only the other process knows
                await asyncio.sleep(0.1)
        await world.all_taken()
    sent = await world.sent()
    assert not [message.text for message in sent if message.text.startswith(AGAIN)]
    assert {chat: len([m for m in sent if m.chat_id == chat]) for chat in {m.chat_id for m in sent}} == {
        person.chat_id: 3 for person in people
    }


@pytest.mark.parametrize("where", ["sqlite"], indirect=True)
async def test_a_second_process_on_the_same_folder_refuses(installation: Installation) -> None:
    """SQLite has one writer: the second ``dondoc run`` says so in one line and leaves the first alone."""
    async with installation.running(WEDNESDAY) as bot:
        ended = await installation.command("run")
        assert ended.code == 1
        assert ended.out == ""
        assert len(ended.err.splitlines()) == 1
        assert "another dondoc is running" in ended.err
        assert bot.process.poll() is None


@pytest.mark.parametrize("where", ["postgresql"], indirect=True)
async def test_two_processes_on_one_database_double_nothing(installation: Installation, world: AttentiveWorld) -> None:
    """One polls, both handle and send, and each message goes out once. The poller dies: the other takes over."""
    await import_units(installation)
    await load(installation, WEDNESDAY)
    cast = await seat(installation, world, "TH-BD", "TH-CN", "CS-LT", "MN-SC", "PGD-YH")
    people = list(cast.contacts.values())
    first = await installation.start(RUNG)
    second = await installation.start(RUNG)
    for number in range(11, 15):
        for person in people:
            await person.say(f"NV-001 đang làm được {number}% ạ")
        await people[0].send_file(
            f"nhap-{number}.pdf", b"%PDF-1.7 " + bytes([number]), caption="bản mềm, bản ký gửi sau"
        )
    for person in people[:4]:
        await person.hears("đạt 14%", timeout=30)
    await people[0].hears("nhap-14.pdf", timeout=30)
    first.kill()
    await people[1].say("NV-001 đang làm được 15% ạ")
    await people[1].hears("đạt 15%", timeout=40)
    await second.stop()
    sent = await world.sent()
    for person in people[:4]:
        texts = [message.text for message in sent if message.chat_id == person.chat_id]
        for number in range(11, 15):
            assert len([text for text in texts if f"đạt {number}%" in text]) == 1, texts
        assert len([text for text in texts if " nhắc Trường " in text]) == 1, texts
    digests = [m for m in sent if m.chat_id == cast.leader.chat_id and "BẢN TIN TIẾN ĐỘ" in m.text]
    assert len(digests) <= 1
    assert len(await rows(installation, select(submissions.c.id))) == 4
    assert [call for call in await world.calls("getUpdates") if call["status"] == 409] == []


@pytest.mark.parametrize("where", ["postgresql"], indirect=True)
async def test_after_a_stop_the_next_process_polls_at_once(installation: Installation, world: AttentiveWorld) -> None:
    """Who stops gives the lease of the poller back."""
    stranger = world.user(9001)
    for _ in range(2):
        async with installation.running(WEDNESDAY):
            await stranger.say("xin chào")
            await stranger.hears(shown("handlers.join.how"), timeout=5)
