"""The ``web`` channel: its platform is a log of messages in our own database, read by the demo page.

A message of the log is plain JSON, the same shape in both directions::

    {"from": "office" | "person", "text", "choices": [[{"id", "label", "url"}]], "choice", "reply_to",
     "files": [{"name", "size", "sha256", "media_type"}], "sent_at": ISO instant, "edited": bool, "sender_name"}

Nothing leaves the machine, so the only failure is a message that can never be shown: ``Refused``.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from dondoc.chat.channel import Refused, Unparseable
from dondoc.chat.messages import Attachment, Capabilities, Inbound, Outbound
from dondoc.rules.clock import Clock
from dondoc.vietnamese.text import nfc, utf16_length

NAME = "web"
MAX_CHARS = 4096
OFFICE, PERSON = "office", "person"


class WebEntry(Protocol):
    """A message of the log as it stands now.

    ``seq`` grows in the chat with every new message and every edit and tells of the latest change; ``position`` is
    fixed when the message is appended and orders the messages on the screen.
    """

    @property
    def seq(self) -> int: ...
    @property
    def position(self) -> int: ...
    @property
    def external_id(self) -> str: ...
    @property
    def message(self) -> dict[str, Any]: ...


class WebLog(Protocol):
    """Where the messages of the web channel stand."""

    async def append(self, chat_id: str, *, key: str, message: dict[str, Any]) -> str:
        """Append a message and return its external id. The same key appends once and returns the same id again."""

    async def edit(self, chat_id: str, external_id: str, message: dict[str, Any]) -> bool:
        """Put another message in the place of an earlier one; False if the chat has no such message."""

    async def since(self, chat_id: str, after: int) -> Sequence[WebEntry]:
        """What was appended or edited with a ``seq`` above ``after``, in the order of ``seq``, each message once."""


class Pulse:
    """Wakes the readers of the log when it has changed, so that nobody has to ask the database all the time.

    Readers remember the beat they saw before they read; a beat in between makes the next wait return at once.
    """

    def __init__(self) -> None:
        self.beats = 0
        self.closed = False
        self._next = asyncio.Event()

    def beat(self) -> None:
        """Something has changed: let everybody look."""
        self.beats += 1
        passed, self._next = self._next, asyncio.Event()
        passed.set()

    def close(self) -> None:
        """No more beats: readers end, so that a server with open streams can stop at once."""
        self.closed = True
        self.beat()

    async def wait(self, seen: int, seconds: float) -> None:
        """Return when there was a beat after the ``seen`` ones, or after ``seconds``."""
        if self.beats != seen or self.closed:
            return
        try:
            async with asyncio.timeout(seconds):
                await self._next.wait()
        except TimeoutError:
            return


class WebChannel:
    """One demo office's page as a channel. ``clock`` is the office's: the page shows when things happened there."""

    name = NAME
    capabilities = Capabilities(
        buttons=True,
        files_in=True,
        files_out=True,
        edit=True,
        max_chars=MAX_CHARS,
        groups=False,
        max_caption=MAX_CHARS,
        rate=1000,
        chat_gap=0,
        group_gap=0,
    )

    def __init__(self, account: str, log: WebLog, clock: Clock, pulse: Pulse | None = None) -> None:
        self.account = account
        self._log = log
        self._clock = clock
        self._pulse = pulse or Pulse()

    def parse(self, payload: Mapping[str, Any]) -> Inbound | None:
        """What a person typed, pressed or uploaded on the page; None if there is nothing in it. Raises Unparseable."""
        reader = _Reader(payload)
        chat_id = reader.required("chat_id")
        text, choice, files = nfc(reader.optional("text") or ""), reader.optional("choice"), reader.files()
        if not (text.strip() or choice or files):
            return None
        return Inbound(
            channel=self.name,
            account=self.account,
            chat_id=chat_id,
            sender_id=chat_id,
            message_id=reader.required("message_id"),
            sent_at=reader.instant("sent_at"),
            text=text,
            reply_to=reader.optional("reply_to"),
            choice=choice,
            attachments=files,
            sender_name=nfc(reader.optional("sender_name") or ""),
        )

    async def send(self, chat_id: str, message: Outbound, *, key: str) -> str:
        """Append to the log, or edit the message that this one replaces; a lost original makes a new message.

        Raises Refused for a text above the channel's limit and for an attachment whose bytes are not stored.
        """
        if utf16_length(message.text) > self.capabilities.max_chars:
            raise Refused(f"text longer than {self.capabilities.max_chars}")
        if any(attachment.sha256 is None for attachment in message.attachments):
            raise Refused("an attachment without stored bytes")
        shown = self._shown(message)
        external_id = message.replaces
        if external_id is None or not await self._log.edit(chat_id, external_id, {**shown, "edited": True}):
            external_id = await self._log.append(chat_id, key=key, message=shown)
        self._pulse.beat()
        return external_id

    async def acknowledge(self, inbound: Inbound) -> None:
        """The page marks a pressed button by itself: there is nobody to tell."""

    async def download(self, attachment: Attachment) -> AsyncIterator[bytes]:
        """Uploads are in the content store before the message is written, so nothing is ever fetched."""
        raise Refused("files of the web channel are stored before they are announced")
        yield b""  # pragma: no cover - makes this an asynchronous generator, as the interface asks

    async def close(self) -> None:
        """End the streams of open pages."""
        self._pulse.close()

    def _shown(self, message: Outbound) -> dict[str, Any]:
        return {
            "from": OFFICE,
            "text": nfc(message.text),
            "choices": [[{"id": c.id, "label": c.label, "url": c.url} for c in row] for row in message.choices],
            "files": [file_json(attachment) for attachment in message.attachments],
            "reply_to": message.reply_to,
            "sent_at": self._clock.now().isoformat(),
        }


def file_json(attachment: Attachment) -> dict[str, Any]:
    """A file as messages of the log and payloads of the web door hold it."""
    return {
        "name": nfc(attachment.name),
        "size": attachment.size,
        "sha256": attachment.sha256,
        "media_type": attachment.media_type,
    }


class _Reader:
    """Takes typed values out of a payload, which is not trusted to have any shape."""

    def __init__(self, payload: Mapping[str, Any]) -> None:
        self._payload = payload

    def optional(self, name: str) -> str | None:
        value = self._payload.get(name)
        if value is not None and not isinstance(value, str):
            raise Unparseable(f"{name} is no text")
        return value or None

    def required(self, name: str) -> str:
        value = self.optional(name)
        if value is None:
            raise Unparseable(f"{name} is missing")
        return value

    def instant(self, name: str) -> datetime:
        try:
            moment = datetime.fromisoformat(self.required(name))
        except ValueError as error:
            raise Unparseable(f"{name} is no instant") from error
        if moment.tzinfo is None:
            raise Unparseable(f"{name} has no offset")
        return moment

    def files(self) -> tuple[Attachment, ...]:
        files = self._payload.get("files") or []
        if not isinstance(files, list) or not all(isinstance(file, dict) for file in files):
            raise Unparseable("files is no list of objects")
        return tuple(_attachment(_Reader(file), file.get("size")) for file in files)


def _attachment(reader: _Reader, size: object) -> Attachment:
    if size is not None and not isinstance(size, int):
        raise Unparseable("size is no number")
    return Attachment(
        name=nfc(reader.required("name")),
        size=size,
        media_type=reader.optional("media_type"),
        sha256=reader.required("sha256"),
    )
