"""The event stream: all phones on one connection, resumed where it was lost, ended when the program stops."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from dondoc.chat.messages import Outbound
from dondoc.chat.web import Pulse
from tests.web.fake_office import FakeOffice, serving


class Stream:
    """Reads server-sent events as (name, id, data)."""

    def __init__(self, lines: AsyncIterator[str]) -> None:
        self._lines = lines

    async def next(self) -> tuple[str, str, Any]:
        fields: dict[str, str] = {}
        async with asyncio.timeout(5):
            async for line in self._lines:
                if line:
                    name, _, value = line.partition(": ")
                    fields[name] = value
                elif "data" in fields:
                    return fields["event"], fields["id"], json.loads(fields["data"])
        raise EOFError

    async def texts(self) -> list[tuple[str, str]]:
        """The chats and texts of the next event of entries; the office's clock may be told in between."""
        name, _, entries = await self.next()
        while name != "entries":
            name, _, entries = await self.next()
        return [(entry["chat_id"], entry["message"]["text"]) for entry in entries]


@asynccontextmanager
async def listening(client: httpx.AsyncClient, **options: Any) -> AsyncIterator[Stream]:
    async with client.stream("GET", "/demo/events", **options) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield Stream(answer.aiter_lines())


async def say(office: FakeOffice, chat: str, text: str) -> str:
    return await office.channel.send(chat, Outbound(text), key=f"{chat}:{text}")


async def test_history_comes_first_then_news_of_every_phone(client: httpx.AsyncClient, office: FakeOffice) -> None:
    await say(office, "mn", "trước")
    async with listening(client) as stream:
        name, _, clock = await stream.next()
        assert (name, clock["now"]) == ("clock", "2024-06-20T08:05:00+07:00")
        assert await stream.texts() == [("mn", "trước")]
        await say(office, "ct", "sau")
        assert await stream.texts() == [("ct", "sau")]


async def test_an_empty_history_is_told_so(client: httpx.AsyncClient) -> None:
    async with listening(client) as stream:
        await stream.next()
        assert await stream.texts() == []


async def test_a_lost_connection_goes_on_where_it_was(client: httpx.AsyncClient, office: FakeOffice) -> None:
    await say(office, "mn", "một")
    await say(office, "th", "hai")
    async with listening(client) as stream:
        await stream.next()
        _, position, _ = await stream.next()
    await say(office, "mn", "ba")
    async with listening(client, headers={"Last-Event-ID": position}) as stream:
        await stream.next()
        assert await stream.texts() == [("mn", "ba")]
    async with listening(client, params={"after": position}) as stream:
        await stream.next()
        assert await stream.texts() == [("mn", "ba")]


async def test_a_position_that_makes_no_sense_starts_anew(client: httpx.AsyncClient, office: FakeOffice) -> None:
    await say(office, "mn", "một")
    async with listening(client, params={"after": "mn=x&ai=5&th=-1"}) as stream:
        await stream.next()
        assert await stream.texts() == [("mn", "một")]


async def test_an_edit_comes_with_the_place_of_the_message(client: httpx.AsyncClient, office: FakeOffice) -> None:
    first = await say(office, "mn", "một")
    await say(office, "mn", "hai")
    async with listening(client) as stream:
        await stream.next()
        _, _, before = await stream.next()
        await office.channel.send("mn", Outbound("một, sửa", replaces=first), key="edit")
        _, _, (after,) = await stream.next()
    assert (after["id"], after["position"]) == (before[0]["id"], before[0]["position"])
    assert after["seq"] > before[1]["seq"]
    assert (after["message"]["text"], after["message"]["edited"]) == ("một, sửa", True)


async def test_a_moved_clock_is_told_to_every_page(client: httpx.AsyncClient) -> None:
    async with listening(client) as one, listening(client) as other:
        for stream in (one, other):
            await stream.next()
            await stream.next()
        await client.post("/demo/clock", json={"action": "next_slot"})
        for stream in (one, other):
            name, _, clock = await stream.next()
            assert (name, clock["now"]) == ("clock", "2024-06-20T14:00:00+07:00")


async def test_news_without_a_beat_come_a_little_later(client: httpx.AsyncClient, office: FakeOffice) -> None:
    async with listening(client) as stream:
        await stream.next()
        await stream.next()
        await office.log.append("mn", key="other process", message={"from": "office", "text": "tin", "sent_at": "x"})
        assert await stream.texts() == [("mn", "tin")]


async def test_an_open_page_does_not_keep_the_program_from_stopping(tmp_path: Path) -> None:
    office = FakeOffice(tmp_path)
    async with httpx.AsyncClient(timeout=10) as client, asyncio.timeout(8):
        async with serving(office.doors(), office.pulse) as url:
            answer = await client.send(client.build_request("GET", f"{url}/demo/events"), stream=True)
        await answer.aread()  # the stream ended properly
    assert office.pulse.closed


async def test_a_beat_before_the_wait_is_not_slept_through() -> None:
    pulse = Pulse()
    seen = pulse.beats
    pulse.beat()
    async with asyncio.timeout(1):
        await pulse.wait(seen, 60)
    waiting = asyncio.create_task(pulse.wait(pulse.beats, 60))
    await asyncio.sleep(0)
    pulse.beat()
    async with asyncio.timeout(1):
        await waiting
    before = pulse.beats
    await pulse.wait(before, 0.01)
    assert pulse.beats == before
