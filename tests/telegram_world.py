"""The people at the other end: what a test does and sees on Telegram, against ``tests.telegram_server``.

    with spawned_server() as url:
        world = TelegramWorld(url)
        lan = world.user(1001, "Cô Lan")
        await lan.say("/start ABC123")
        welcome = await lan.hears("đã đăng ký")
        await lan.press(welcome, "Đúng")

Chat ids are those of the platform: a person's private chat has the person's id, a group a negative one.
"""

from __future__ import annotations

import asyncio
import base64
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

TOKEN = "7001:double-of-a-token"
USERNAME = "dondoc_test_bot"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """A message of the bot that Telegram accepted, or an edit of one. ``seq`` orders all of them."""

    seq: int
    method: str
    chat_id: int
    message_id: int
    text: str
    html: str | None
    reply_markup: Json | None
    reply_to: int | None
    files: list[Json]
    edited: bool
    time: float
    token: str

    @property
    def buttons(self) -> dict[str, str]:
        """Label → callback data or URL."""
        rows = (self.reply_markup or {}).get("inline_keyboard", [])
        return {b["text"]: b.get("callback_data", b.get("url", "")) for row in rows for b in row}


Wanted = Callable[[Sent], bool] | str


class TelegramWorld:
    """Telegram as its people see it. ``token`` says which bot they talk to."""

    def __init__(self, url: str, token: str = TOKEN) -> None:
        self.url = url
        self.token = token
        self.base_url = f"{url}/bot"
        self.base_file_url = f"{url}/file/bot"
        self._http = httpx.AsyncClient(base_url=url, timeout=30, trust_env=False)

    async def __aenter__(self) -> TelegramWorld:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    def user(self, user_id: int, name: str = "Nguyễn Văn A") -> TelegramPerson:
        """A person in the private chat with the bot."""
        return TelegramPerson(self, user_id, name, user_id)

    async def sent(self, chat_id: int | None = None, after: int = 0) -> list[Sent]:
        """Everything the bot sent, in order, from the message after number ``after`` on."""
        query = {"after": after} | ({"chat_id": chat_id} if chat_id is not None else {})
        answer = await self._http.get("/control/sent", params=query)
        return [Sent(**item) for item in answer.json()["sent"] if item["token"] == self.token]

    async def wait_for(self, chat_id: int | None, wanted: Wanted, timeout: float = 10, after: int = 0) -> Sent:
        """The first message, sent already or within ``timeout`` seconds, that is wanted: a part of its text, or a test.

        Fails with what was sent instead.
        """
        test = (lambda message: wanted in message.text) if isinstance(wanted, str) else wanted
        end = time.monotonic() + timeout
        while True:
            messages = await self.sent(chat_id, after)
            for message in messages:
                if test(message):
                    return message
            if time.monotonic() > end:
                texts = "\n".join(f"  {m.seq}: {m.text!r} {list(m.buttons)}" for m in messages)
                raise AssertionError(f"not sent to {chat_id} within {timeout:g} s: {wanted!r}; sent was:\n{texts}")
            await asyncio.sleep(0.05)

    async def calls(self, method: str | None = None, after: int = 0) -> list[Json]:
        """Every call of any bot, with ``fields`` and ``status`` (0: not answered)."""
        query = {"after": after} | ({"method": method} if method is not None else {})
        answer = await self._http.get("/control/calls", params=query)
        calls: list[Json] = answer.json()["calls"]
        return calls

    async def pending(self) -> int:
        """How many updates the bot has not confirmed yet."""
        answer = await self._http.get("/control/state", params={"token": self.token})
        return int(answer.json()["pending"])

    async def all_taken(self, timeout: float = 10) -> None:
        """Wait until the bot has confirmed every update."""
        async with asyncio.timeout(timeout):
            while await self.pending():  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def fault(self, kind: str, **details: Any) -> None:
        """Let something go wrong; see telegram_faults.py. ``method``, ``chat_id``, ``times`` say when."""
        (await self._http.post("/control/fault", json={"kind": kind, **details})).raise_for_status()

    async def heal(self) -> None:
        """Let nothing go wrong any more."""
        (await self._http.delete("/control/fault")).raise_for_status()

    async def file(self, file_id: str) -> bytes:
        """The bytes of a file that either side sent."""
        answer = await self._http.get("/control/file", params={"file_id": file_id})
        return answer.raise_for_status().content

    async def raw(self, update: Json) -> int:
        """Hand the bot this very update, sense or not; its number is added. Returns that number."""
        return int((await self.act({"kind": "raw", "update": update}))[0]["update_id"])

    async def act(self, act: Json) -> list[Json]:
        """An act of a person, as telegram_people.py knows them. Returns update and message ids."""
        answer = await self._http.post("/control/updates", json={"token": self.token, **act})
        if answer.is_error:
            raise AssertionError(answer.text)
        updates: list[Json] = answer.json()["updates"]
        return updates


class TelegramPerson:
    """A person in one chat. Whatever they send returns the message id (an album: of its first message)."""

    def __init__(self, world: TelegramWorld, user_id: int, name: str, chat_id: int, title: str = "") -> None:
        self.world = world
        self.user_id = user_id
        self.name = name
        self.chat_id = chat_id
        self.title = title
        self._heard = 0

    def in_group(self, chat_id: int, title: str = "Nhóm") -> TelegramPerson:
        """The same person in a group chat."""
        return TelegramPerson(self.world, self.user_id, self.name, chat_id, title)

    async def say(self, text: str, *, reply_to: Sent | int | None = None, date: float | None = None) -> int:
        """Write a message."""
        return await self._message({"text": text, "date": date}, reply_to)

    async def reply(self, message: Sent | int, text: str) -> int:
        """Answer a message."""
        return await self.say(text, reply_to=message)

    async def edit(self, text: str) -> None:
        """Change a message that was sent before."""
        await self._act({"kind": "edited", "text": text})

    async def send_file(
        self,
        name: str,
        content: bytes | None = b"content",
        *,
        caption: str = "",
        media_type: str | None = None,
        kind: str = "document",
        size: int | None = None,
        reply_to: Sent | int | None = None,
    ) -> int:
        """Send a file: ``kind`` is document, photo, voice, audio, video or sticker. Without content it has a size only."""
        file = _file(name, content, media_type, kind, size)
        return await self._message({"text": caption, "files": [file]}, reply_to)

    async def send_album(self, files: Sequence[tuple[str, bytes]], *, caption: str = "") -> int:
        """Send several files together: one update for each, the caption on the first."""
        album = [_file(name, content, None, "document", None) for name, content in files]
        return await self._message({"text": caption, "files": album}, None)

    async def press(self, message: Sent, label: str) -> None:
        """Press the button with this label, or the only one whose label holds it."""
        labels = [name for name in message.buttons if name == label] or [n for n in message.buttons if label in n]
        assert len(labels) == 1, f"{label!r} is not one button of {list(message.buttons)}"
        await self.press_data(message.message_id, message.buttons[labels[0]])

    async def press_data(self, message_id: int, data: str) -> None:
        """Press a button by its data, also one that the message does not have (any more)."""
        await self._act({"kind": "press", "message_id": message_id, "data": data})

    async def block(self) -> None:
        """Block the bot; in a group, remove it. It is told, and whatever it sends here is refused from now on."""
        await self._act({"kind": "member", "old_status": "member", "status": "kicked"})

    async def unblock(self) -> None:
        """Come back."""
        await self._act({"kind": "member", "old_status": "kicked", "status": "member"})

    async def hears(self, wanted: Wanted = "", timeout: float = 10) -> Sent:
        """The next message in this chat that is wanted, after the one heard last."""
        message = await self.world.wait_for(self.chat_id, wanted, timeout, after=self._heard)
        self._heard = message.seq
        return message

    async def _message(self, act: Json, reply_to: Sent | int | None) -> int:
        answered = reply_to.message_id if isinstance(reply_to, Sent) else reply_to
        updates = await self._act({"kind": "message", "reply_to": answered, **act})
        return int(updates[0]["message_id"])

    async def _act(self, act: Json) -> list[Json]:
        who = {"user_id": self.user_id, "name": self.name, "chat_id": self.chat_id, "title": self.title}
        return await self.world.act({**who, **act})


def _file(name: str, content: bytes | None, media_type: str | None, kind: str, size: int | None) -> Json:
    data = {"data": base64.b64encode(content).decode()} if content is not None else {"size": size}
    return {"name": name, "media_type": media_type, "as": kind, **data}


@contextmanager
def spawned_server(port: int = 0) -> Iterator[str]:
    """The server as a process of its own, which outlives any bot; its address."""
    root = Path(__file__).resolve().parent.parent
    command = [sys.executable, "-m", "tests.telegram_server", "--port", str(port)]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            assert address.startswith("http://"), "the server did not start"
            yield address
        finally:
            process.terminate()
