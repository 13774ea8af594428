"""What every channel offers, and the four named ways in which one fails.

    ChannelError
      × Unreachable   the person blocked the bot, or the chat is gone
      × TryLater      the platform is busy or over a rate; ``after`` seconds
      × Refused       our fault: the platform will never take this message
      × Uncertain     perhaps delivered: the request left, no answer came

Delivery alone knows what follows from each.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from dondoc.chat.messages import Attachment, Capabilities, Inbound, Outbound


class ChannelError(Exception):
    """A channel could not do what it was asked. The text never holds a token or a person's message."""


class Unreachable(ChannelError):
    """The person cannot be reached at this address any more (blocked, gone, never started)."""


class TryLater(ChannelError):
    """The platform asks to wait. ``after`` is in seconds; ``whole_account`` if every chat has to wait."""

    def __init__(self, after: float, reason: str = "", *, whole_account: bool = False) -> None:
        super().__init__(reason or f"try again in {after:g} s")
        self.after = after
        self.whole_account = whole_account


class Refused(ChannelError):
    """The platform refuses this message for good, through our fault."""


class Moved(ChannelError):
    """The chat has a new id (a group became a supergroup)."""

    def __init__(self, chat_id: str) -> None:
        super().__init__("the chat has a new id")
        self.chat_id = chat_id


class Uncertain(ChannelError):
    """The message may have been delivered: no answer came after it was sent."""


class Unparseable(ChannelError):
    """An update that makes no sense to us. Its inbox row fails; nothing else notices."""


class FileTooLarge(ChannelError):
    """The file is larger than the channel or the office takes. ``limit`` is in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"file larger than {limit} bytes")
        self.limit = limit


class Files(Protocol):
    """Where a channel finds the bytes of an outgoing attachment."""

    def path(self, sha256: str) -> Path:
        """The file that holds the content; raises FileNotFoundError."""


class Channel(Protocol):
    """One account on one platform."""

    name: str
    account: str
    capabilities: Capabilities

    def parse(self, payload: Mapping[str, Any]) -> Inbound | None:
        """A raw update as an Inbound; None if it is of no interest. Raises Unparseable."""

    async def send(self, chat_id: str, message: Outbound, *, key: str) -> str:
        """Send one message that fits the capabilities and return its external id.

        ``key`` is stable over retries of the same message, for platforms that can drop a repeated one.
        Raises the named failures.
        """

    async def acknowledge(self, inbound: Inbound) -> None:
        """Tell the platform that a pressed button was taken. Best effort: never raises a ChannelError."""

    def download(self, attachment: Attachment) -> AsyncIterator[bytes]:
        """The bytes of an incoming file, in chunks. Raises FileTooLarge, TryLater, Refused."""

    async def close(self) -> None:
        """Release connections."""


@runtime_checkable
class HasMenu(Protocol):
    """A channel whose platform lists commands in a menu."""

    async def set_commands(
        self, commands: Mapping[str, Sequence[tuple[str, str]]], *, chat_id: str | None = None
    ) -> None:
        """Set the menu by language ("" for every other), of everybody or of one chat. Raises the named failures."""


@runtime_checkable
class HasDeepLinks(Protocol):
    """A channel whose platform opens the bot by a link that carries a code. ``username`` is None until it is known."""

    username: str | None

    def deep_link(self, code: str) -> str:
        """The link. Raises ValueError while the bot's name is not known."""
