"""What stands behind the doors: the collaborators of the web room, handed in by whoever starts it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Protocol

from prometheus_client import CollectorRegistry

from dondoc.chat.web import Pulse, WebLog

MEBIBYTE = 1024 * 1024

Role = Literal["office", "leader", "via", "unit"]


@dataclass(frozen=True, slots=True)
class Health:
    """How the program is. ``details`` is shown as JSON to whoever asks, so it holds no secrets."""

    ok: bool
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TelegramDoor:
    """The webhook of one Telegram account.

    ``store`` commits raw updates to the inbox; Telegram is told that they were taken only after it returned.
    ``max_body`` is in bytes. Raises ValueError for an empty secret: that would let everybody in.
    """

    secret: str = field(repr=False)
    store: Callable[[Sequence[Mapping[str, Any]]], Awaitable[None]]
    path: str = "/telegram"
    max_body: int = MEBIBYTE

    def __post_init__(self) -> None:
        if not self.secret:
            raise ValueError("the Telegram webhook needs a secret")


@dataclass(frozen=True, slots=True)
class Phone:
    """One person's phone on the demo page; ``avatar`` is one to three letters. ``role`` tells the guide who does what."""

    chat_id: str
    name: str
    title: str
    unit: str
    avatar: str
    role: Role


@dataclass(frozen=True, slots=True)
class Sample:
    """A file that the guide can send from a phone of the role: a directive of the office, a report of a unit."""

    label: str
    path: Path
    role: Role = "office"


@dataclass(frozen=True, slots=True)
class Slot:
    """A time at which the clock has something to do. ``kind`` names the slot in the catalogue: web.slot.<kind>."""

    kind: str
    at: datetime


class StoredContent(Protocol):
    """What the content store says of bytes that it took."""

    @property
    def sha256(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def media_type(self) -> str: ...


class Content(Protocol):
    """The content store."""

    async def store(self, chunks: AsyncIterator[bytes], limit: int) -> StoredContent:
        """Store at most ``limit`` bytes under their SHA-256; the media type is judged by the content, not by a name."""

    def path(self, sha256: str) -> Path:
        """The file that holds the content; raises FileNotFoundError."""


class WebInbox(Protocol):
    """The inbox behind the web channel."""

    async def take(self, payload: Mapping[str, Any]) -> None:
        """Commit a payload of the web channel as an inbox row, once per ``message_id``, and wake the handlers.

        The bytes of its files are in the content store already; from now on rows refer to them.
        """


class ClockBar(Protocol):
    """The office's clock as the demo page moves it: only forward, doing on the way what falls due."""

    def now(self) -> datetime:
        """The office's present instant, in the office's zone."""

    def next_slot(self) -> Slot:
        """The next slot after now."""

    async def to_next_slot(self) -> None:
        """Go to the next slot and do what it asks."""

    async def to_next_day(self) -> None:
        """Go to the beginning of the next day, doing what falls due on the way."""

    async def to(self, instant: datetime) -> None:
        """Go to a later instant, doing what falls due on the way."""


@dataclass(frozen=True, slots=True)
class Demo:
    """The demo page: an office in one browser window. Sizes are in bytes.

    ``hosts`` are names under which the page may be opened besides localhost and addresses, so that no other name can be
    pointed at it (DNS rebinding).
    """

    office: str
    phones: Sequence[Phone]
    log: WebLog
    inbox: WebInbox
    content: Content
    clock: ClockBar
    pulse: Pulse = field(default_factory=Pulse)
    samples: Sequence[Sample] = ()
    hosts: Sequence[str] = ()
    max_file: int = 20 * MEBIBYTE
    max_files: int = 10
    max_body: int = 50 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Doors:
    """All doors of one process. ``telegram`` and ``demo`` exist only where they are given."""

    health: Callable[[], Awaitable[Health]]
    metrics: CollectorRegistry
    telegram: TelegramDoor | None = None
    demo: Demo | None = None
