"""The one message model that every channel speaks.

Values only; they turn to and from plain JSON so that they can wait in the inbox and the outbox.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came in or goes out.

    Incoming: ``remote_id`` is the channel's own reference from which the bytes are fetched, ``sha256`` is set once they
    are in the content store. Outgoing: ``sha256`` names stored bytes. ``name`` is what the sender called it and is never
    used as a path; ``size`` is in bytes, None when the channel does not say.
    """

    name: str
    size: int | None = None
    media_type: str | None = None
    remote_id: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Inbound:
    """What a person sent, in the terms of no particular channel.

    ``choice`` is the id of a pressed button; ``reply_to`` the external id of the message that was answered; ``album``
    groups files sent together. ``service`` tells of something that is no message: "blocked", "unblocked".
    """

    channel: str
    account: str
    chat_id: str
    sender_id: str
    message_id: str
    sent_at: datetime
    text: str = ""
    reply_to: str | None = None
    choice: str | None = None
    attachments: tuple[Attachment, ...] = ()
    is_group: bool = False
    album: str | None = None
    sender_name: str = ""
    service: str | None = None
    # What the channel needs to acknowledge a pressed button; opaque to everybody else.
    ack: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that is offered: a button where the channel has them, else "Trả lời 1, 2, 3"."""

    id: str
    label: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Outbound:
    """What the bot says. ``text`` may hold the marks ``**bold**`` and lines that begin with "> " (a quotation).

    ``choices`` are rows of choices. ``about`` names what the message speaks of ("assignment:12"), so that a reply to it is
    understood. ``replaces`` is the external id of an earlier message that this one edits where the channel can.
    """

    text: str
    choices: tuple[tuple[Choice, ...], ...] = ()
    attachments: tuple[Attachment, ...] = ()
    about: tuple[str, ...] = ()
    reply_to: str | None = None
    replaces: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "choices": [[[c.id, c.label, c.url] for c in row] for row in self.choices],
            "attachments": [[a.name, a.size, a.media_type, a.sha256] for a in self.attachments],
            "about": list(self.about),
            "reply_to": self.reply_to,
            "replaces": self.replaces,
        }

    @staticmethod
    def from_json(data: dict[str, Any]) -> Outbound:
        return Outbound(
            text=data["text"],
            choices=tuple(tuple(Choice(*c) for c in row) for row in data.get("choices", ())),
            attachments=tuple(
                Attachment(name=n, size=s, media_type=m, sha256=h) for n, s, m, h in data.get("attachments", ())
            ),
            about=tuple(data.get("about", ())),
            reply_to=data.get("reply_to"),
            replaces=data.get("replaces"),
        )

    def marked(self, mark: str) -> Outbound:
        """The same message with a mark before its text, such as "(gửi lại)"."""
        return replace(self, text=f"{mark} {self.text}")


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can do. ``max_chars`` counts UTF-16 units; ``max_file_in`` and ``max_file_out`` are bytes."""

    buttons: bool
    files_in: bool
    files_out: bool
    edit: bool
    max_chars: int
    groups: bool
    max_caption: int = 1024
    max_file_in: int = 20 * 1024 * 1024
    max_file_out: int = 50 * 1024 * 1024
    # Messages a second over the whole account, and seconds between two messages to one private chat or one group.
    rate: float = 27.0
    chat_gap: float = 1.0
    group_gap: float = 3.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """Bytes that were brought into the content store."""

    sha256: str
    size: int
    media_type: str = field(default="application/octet-stream")
