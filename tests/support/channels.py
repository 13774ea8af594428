"""A channel in memory that keeps what it was told to send and fails as it was told to fail.

    channel = ScriptedChannel()
    channel.fails(TryLater(3600), chat_id="21")      # the next message to this chat
    channel.fails(Refused("too odd"))                # the next message to any chat
    channel.always_fails(Unreachable("blocked"), chat_id="22")
    channel.loses_answer(chat_id="21")               # it arrives, but nobody hears of it: Uncertain
    hang = channel.hangs(chat_id="21")               # … await hang.reached(); hang.release()

What people send comes in through the inbox, as on any channel:

    await arrives(database, channel, channel.update("21", "xong rồi ạ", files={"bao-cao.pdf": b"%PDF-1.7"}))
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from dondoc.chat.channel import ChannelError, FileTooLarge, Refused, Uncertain, Unparseable
from dondoc.chat.messages import Attachment, Capabilities, Inbound, Outbound
from dondoc.rules.clock import machine_now
from dondoc.storage import inbox
from dondoc.storage.database import Database
from dondoc.vietnamese.text import utf16_length

ABLE = Capabilities(
    buttons=True,
    files_in=True,
    files_out=True,
    edit=True,
    max_chars=4096,
    groups=True,
    # So fast that a test never waits for a send slot.
    rate=10_000,
    chat_gap=0,
    group_gap=0,
)
_MOMENT = datetime(2024, 6, 19, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that reached a chat. ``external_id`` is what the platform calls it, ``key`` what delivery calls it."""

    chat_id: str
    message: Outbound
    key: str
    external_id: str

    @property
    def text(self) -> str:
        return self.message.text

    @property
    def choices(self) -> dict[str, str]:
        """Label → id of every choice."""
        return {choice.label: choice.id for row in self.message.choices for choice in row}


@dataclass(slots=True)
class Hang:
    """A send that stands still until it is released; then it succeeds, or fails as told."""

    failure: ChannelError | None = None
    _reached: asyncio.Event = field(default_factory=asyncio.Event)
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    async def reached(self) -> None:
        """Return once the message is on its way."""
        await self._reached.wait()

    def release(self, failure: ChannelError | None = None) -> None:
        """Let the send end."""
        self.failure = failure
        self._released.set()

    async def stand(self) -> None:
        self._reached.set()
        await self._released.wait()


class _LostAnswer(Exception):
    """The message arrives, and then the connection breaks."""


@dataclass(frozen=True, slots=True)
class _Step:
    chat_id: str | None
    what: ChannelError | Hang | _LostAnswer | Exception

    def fits(self, chat_id: str) -> bool:
        return self.chat_id is None or self.chat_id == chat_id


class ScriptedChannel:
    """One account on a platform that exists only in a test."""

    name = "test"

    def __init__(self, account: str = "office", capabilities: Capabilities = ABLE) -> None:
        self.account = account
        self.capabilities = capabilities
        self.sent: list[Sent] = []
        self.attempts: list[tuple[str, str]] = []  # (chat, text) of every send, also of those that failed
        self.acknowledged: list[Inbound] = []
        self.files: dict[str, bytes] = {}
        self.closed = False
        self._script: list[_Step] = []
        self._always: list[_Step] = []
        self._numbers = 0
        self._arrived = asyncio.Condition()

    # --- what happens next -------------------------------------------------------------------------------------------

    def fails(self, *failures: Exception, chat_id: str | None = None) -> None:
        """Each of the next sends (to this chat, or to any) fails with one of these, in their order."""
        self._script.extend(_Step(chat_id, failure) for failure in failures)

    def always_fails(self, failure: Exception, chat_id: str | None = None) -> None:
        """Every send (to this chat, or to any) fails until ``recovers``."""
        self._always.append(_Step(chat_id, failure))

    def recovers(self) -> None:
        """Whatever was to fail goes well from now on."""
        self._always.clear()
        self._script.clear()

    def loses_answer(self, chat_id: str | None = None) -> None:
        """The next message arrives, but the sender is not told so."""
        self._script.append(_Step(chat_id, _LostAnswer()))

    def hangs(self, chat_id: str | None = None) -> Hang:
        """The next send stands still until the returned hang is released."""
        hang = Hang()
        self._script.append(_Step(chat_id, hang))
        return hang

    # --- what happened -----------------------------------------------------------------------------------------------

    def texts(self, chat_id: str | None = None) -> list[str]:
        """The texts that arrived, in order."""
        return [sent.text for sent in self.sent if chat_id in (None, sent.chat_id)]

    def last(self, chat_id: str) -> Sent:
        """What arrived last in a chat. Raises LookupError if nothing did."""
        for sent in reversed(self.sent):
            if sent.chat_id == chat_id:
                return sent
        raise LookupError(f"nothing arrived in chat {chat_id}")

    async def arrived(self, count: int) -> None:
        """Return once this many messages have arrived in all."""
        async with self._arrived:
            await self._arrived.wait_for(lambda: len(self.sent) >= count)

    # --- the channel's own interface ---------------------------------------------------------------------------------

    async def send(self, chat_id: str, message: Outbound, *, key: str) -> str:
        self.attempts.append((chat_id, message.text))
        self._check(message)
        step = next((step for step in self._script if step.fits(chat_id)), None)
        if step is not None:
            self._script.remove(step)
        else:
            step = next((step for step in self._always if step.fits(chat_id)), None)
        what = step.what if step is not None else None
        if isinstance(what, Hang):
            await what.stand()
            what = what.failure
        if isinstance(what, _LostAnswer):
            await self._arrive(chat_id, message, key)
            raise Uncertain("no answer")
        if what is not None:
            raise what
        return await self._arrive(chat_id, message, key)

    def _check(self, message: Outbound) -> None:
        """No platform takes what is too long, or a file whose bytes nobody has."""
        able = self.capabilities
        limit = able.max_caption if message.attachments else able.max_chars
        if utf16_length(message.text) > limit:
            raise Refused(f"text longer than {limit}")
        if message.choices and not able.buttons:
            raise Refused("no buttons here")
        if any(attachment.sha256 is None for attachment in message.attachments):
            raise Refused("an attachment without stored bytes")

    async def _arrive(self, chat_id: str, message: Outbound, key: str) -> str:
        external_id = f"m{len(self.sent) + 1}"
        async with self._arrived:
            self.sent.append(Sent(chat_id, message, key, external_id))
            self._arrived.notify_all()
        return external_id

    def parse(self, payload: Mapping[str, Any]) -> Inbound | None:
        if payload.get("ignored"):
            return None
        if "chat_id" not in payload:
            raise Unparseable("no chat")
        return Inbound(
            channel=self.name,
            account=self.account,
            chat_id=payload["chat_id"],
            sender_id=payload["sender_id"],
            message_id=payload["message_id"],
            sent_at=datetime.fromisoformat(payload["sent_at"]),
            text=payload["text"],
            reply_to=payload["reply_to"],
            choice=payload["choice"],
            attachments=tuple(Attachment(**file) for file in payload["files"]),
            is_group=payload["is_group"],
            album=payload["album"],
            sender_name=payload["sender_name"],
            service=payload["service"],
            ack=payload["choice"],
        )

    async def acknowledge(self, inbound: Inbound) -> None:
        self.acknowledged.append(inbound)

    async def download(self, attachment: Attachment) -> AsyncIterator[bytes]:
        content = self.files.get(attachment.remote_id or "")
        if content is None:
            raise Refused("no such file")
        if len(content) > self.capabilities.max_file_in:
            raise FileTooLarge(self.capabilities.max_file_in)
        for start in range(0, len(content), 1000):
            yield content[start : start + 1000]

    async def close(self) -> None:
        self.closed = True

    # --- what people do ----------------------------------------------------------------------------------------------

    def update(
        self,
        chat_id: str,
        text: str = "",
        *,
        choice: str | None = None,
        files: Mapping[str, bytes] | None = None,
        reply_to: str | None = None,
        sender_id: str | None = None,
        sender_name: str = "",
        is_group: bool = False,
        album: str | None = None,
        service: str | None = None,
        sent_at: datetime = _MOMENT,
    ) -> dict[str, Any]:
        """A raw update of this platform: somebody wrote, pressed a choice or sent files."""
        self._numbers += 1
        attachments = []
        for name, content in (files or {}).items():
            remote_id = f"u{self._numbers}:{name}"
            self.files[remote_id] = content
            attachments.append({"name": name, "size": len(content), "remote_id": remote_id})
        return {
            "chat_id": chat_id,
            "sender_id": sender_id or chat_id,
            "message_id": f"u{self._numbers}",
            "sent_at": sent_at.isoformat(),
            "text": text,
            "reply_to": reply_to,
            "choice": choice,
            "files": attachments,
            "is_group": is_group,
            "album": album,
            "sender_name": sender_name,
            "service": service,
        }


async def arrives(database: Database, channel: ScriptedChannel, update: Mapping[str, Any]) -> int | None:
    """Write an update into the inbox, as the door of a platform does; None if it was written before."""
    async with database.write() as tx:
        return await inbox.receive(
            tx,
            channel=channel.name,
            account=channel.account,
            external_id=update["message_id"],
            chat_id=update["chat_id"],
            payload=update,
            now=machine_now(),
        )
