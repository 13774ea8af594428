"""An office in memory behind the doors of the web room: a log, a content store, a clock, and a bot that echoes."""

from __future__ import annotations

import asyncio
import hashlib
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import uvicorn
from prometheus_client import CollectorRegistry, Counter

from dondoc.chat.messages import Attachment, Choice, Outbound
from dondoc.chat.web import Pulse, WebChannel
from dondoc.rules.clock import FixedClock, at
from dondoc.web.app import build_app
from dondoc.web.doors import Demo, Doors, Health, Phone, Sample, Slot, TelegramDoor

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
START = datetime(2024, 6, 20, 8, 5, tzinfo=ZONE)
SECRET = "wire-secret"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)

PHONES = (
    Phone("cvp", "Trần Văn Minh", "Chánh Văn phòng", "Văn phòng HĐND và UBND huyện", "TM", "office"),
    Phone("ct", "Lê Thị Hoa", "Chủ tịch", "UBND huyện", "LH", "leader"),
    Phone("pgd", "Phạm Quốc Bảo", "Trưởng phòng", "Phòng Giáo dục và Đào tạo", "PB", "via"),
    Phone("mn", "Nguyễn Thị Lan", "Hiệu trưởng", "Trường Mầm non Sơn Ca", "NL", "unit"),
    Phone("th", "Võ Thanh Tùng", "Hiệu trưởng", "Trường Tiểu học số 1 Bình An", "VT", "unit"),
    Phone("cs", "Đặng Thu Hương", "Hiệu trưởng", "Trường THCS Nguyễn Trãi", "ĐH", "unit"),
)


@dataclass(frozen=True)
class Entry:
    """A message of the log."""

    seq: int
    position: int
    external_id: str
    message: dict[str, Any]


class MemoryLog:
    """The log of the web channel in memory, with the sequence that every append and edit moves on."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], Entry] = {}
        self._keys: dict[str, str] = {}
        self._seq = 0

    async def append(self, chat_id: str, *, key: str, message: dict[str, Any]) -> str:
        if key not in self._keys:
            self._seq += 1
            external_id = self._keys[key] = str(len(self.entries) + 1)
            self.entries[chat_id, external_id] = Entry(self._seq, self._seq, external_id, message)
        return self._keys[key]

    async def edit(self, chat_id: str, external_id: str, message: dict[str, Any]) -> bool:
        old = self.entries.get((chat_id, external_id))
        if old is None:
            return False
        self._seq += 1
        self.entries[chat_id, external_id] = Entry(self._seq, old.position, external_id, message)
        return True

    async def since(self, chat_id: str, after: int) -> list[Entry]:
        found = [entry for (chat, _), entry in self.entries.items() if chat == chat_id and entry.seq > after]
        return sorted(found, key=lambda entry: entry.seq)

    def texts(self, chat_id: str) -> list[str]:
        return [entry.message["text"] for (chat, _), entry in self.entries.items() if chat == chat_id]


@dataclass(frozen=True)
class Stored:
    sha256: str
    size: int
    media_type: str


class FolderContent:
    """The content store in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def store(self, chunks: AsyncIterator[bytes], limit: int) -> Stored:
        content = b"".join([chunk async for chunk in chunks])
        assert len(content) <= limit
        sha256 = hashlib.sha256(content).hexdigest()
        (self.folder / sha256).write_bytes(content)
        media_type = "image/png" if content.startswith(b"\x89PNG") else "application/octet-stream"
        return Stored(sha256, len(content), media_type)

    def path(self, sha256: str) -> Path:
        path = self.folder / sha256
        if not path.is_file():
            raise FileNotFoundError(sha256)
        return path


class SlotClock:
    """The clock bar over a clock that stands still: slots at 07:30, 08:00 and 14:00 of every day."""

    def __init__(self, clock: FixedClock) -> None:
        self.clock = clock
        self.moves: list[str] = []

    def now(self) -> datetime:
        return self.clock.now()

    def next_slot(self) -> Slot:
        today = self.now().date()
        slots = [
            Slot(kind, at(day, hour, minute, ZONE))
            for day in (today, today + timedelta(days=1))
            for kind, hour, minute in (("digest", 7, 30), ("morning", 8, 0), ("afternoon", 14, 0))
        ]
        return next(slot for slot in slots if slot.at > self.now())

    async def to_next_slot(self) -> None:
        self._go("next_slot", self.next_slot().at)

    async def to_next_day(self) -> None:
        self._go("next_day", at(self.now().date() + timedelta(days=1), 7, 0, ZONE))

    async def to(self, instant: datetime) -> None:
        self._go("set", instant)

    def _go(self, move: str, instant: datetime) -> None:
        self.moves.append(move)
        self.clock.set(instant)


class EchoBot:
    """The inbox, and a bot behind it: says again what came, with two choices, and marks what was chosen."""

    def __init__(self, channel: WebChannel) -> None:
        self.channel = channel
        self.payloads: list[Mapping[str, Any]] = []
        self._taken: set[str] = set()

    async def take(self, payload: Mapping[str, Any]) -> None:
        if payload["message_id"] in self._taken:
            return
        self._taken.add(payload["message_id"])
        self.payloads.append(payload)
        inbound = self.channel.parse(payload)
        assert inbound is not None
        key = f"echo:{inbound.message_id}"
        if inbound.choice:
            answer = Outbound(
                f"Đã chọn **{inbound.choice}**", replaces=inbound.reply_to if inbound.choice == "edit" else None
            )
        elif inbound.attachments:
            names = ", ".join(attachment.name for attachment in inbound.attachments)
            answer = Outbound(f"Đã nhận tệp {names}", reply_to=inbound.message_id)
        else:
            choices = (
                (Choice("yes", "Đúng"), Choice("edit", "Sửa")),
                (Choice("page", "Trang", url="https://example.org/a"),),
            )
            answer = Outbound(f"Văn phòng nhận: {inbound.text}", choices=choices, reply_to=inbound.message_id)
        await self.channel.send(inbound.chat_id, answer, key=key)


class FakeOffice:
    """Everything together. ``updates`` is what the Telegram door stored."""

    def __init__(self, folder: Path) -> None:
        self.clock = FixedClock(START)
        self.pulse = Pulse()
        self.log = MemoryLog()
        self.content = FolderContent(folder)
        self.bar = SlotClock(self.clock)
        self.channel = WebChannel("demo", self.log, self.clock, self.pulse)
        self.bot = EchoBot(self.channel)
        self.updates: list[Mapping[str, Any]] = []
        self.health = Health(True, {"database": "ok"})
        sample = folder / "Thông báo 57.txt"
        sample.write_text("THÔNG BÁO\nvề việc chuẩn bị năm học mới", encoding="utf-8")
        self.demo = Demo(
            office="Văn phòng HĐND và UBND huyện",
            phones=PHONES,
            log=self.log,
            inbox=self.bot,
            content=self.content,
            clock=self.bar,
            pulse=self.pulse,
            samples=(Sample("Thông báo số 57/TB-UBND", sample),),
            max_file=64 * 1024,
            max_files=3,
            max_body=256 * 1024,
        )

    def doors(self) -> Doors:
        async def health() -> Health:
            return self.health

        async def store(updates: Any) -> None:
            self.updates.extend(updates)

        registry = CollectorRegistry()
        Counter("dondoc_sent", "Messages sent", registry=registry).inc(3)
        return Doors(health, registry, telegram=TelegramDoor(SECRET, store, max_body=4096), demo=self.demo)

    async def picture(self) -> Attachment:
        """A stored picture, ready to be sent."""

        async def chunks() -> AsyncIterator[bytes]:
            yield PNG

        stored = await self.content.store(chunks(), len(PNG))
        return Attachment("bieu-do.png", stored.size, stored.media_type, sha256=stored.sha256)


class _Server(uvicorn.Server):
    """A server that tells when it serves."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.serves = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.serves.set()


@asynccontextmanager
async def serving(doors: Doors, pulse: Pulse | None = None, port: int = 0) -> AsyncIterator[str]:
    """A real server, on a free port if none is given; its address without a slash at the end."""
    config = uvicorn.Config(
        build_app(doors), host="127.0.0.1", port=port, log_level="warning", lifespan="off", ws="none"
    )
    server = _Server(config)
    running = asyncio.create_task(server.serve())
    try:
        async with asyncio.timeout(10):
            await server.serves.wait()
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        if pulse is not None:
            pulse.close()
        server.should_exit = True
        await running
