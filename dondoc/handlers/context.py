"""What a handler is given: the message, who sent it, the open transaction, and ways to answer.

Everything that a handler does happens in one transaction: what changed, what to say, and that the message is done.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.chat.messages import Attachment, Choice, Inbound, Outbound
from dondoc.locales import LANGUAGES, Translator, translator
from dondoc.rules.roles import Right, Scope
from dondoc.storage import conversations, outbox, people
from dondoc.storage.files import FileStore
from dondoc.storage.offices import Office
from dondoc.storage.outbox import Address
from dondoc.storage.people import Person
from dondoc.vietnamese.calendar import WorkCalendar
from dondoc.vietnamese.text import shorten

T = TypeVar("T")

# A longer label is cut off on a phone.
_LABEL = 60


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """An attachment after fetching: stored (``sha256``), or not, and then why (``failure``).

    Failures: "too_large" (``limit`` in bytes), "unavailable".
    """

    name: str
    size: int | None = None
    sha256: str | None = None
    media_type: str | None = None
    failure: str | None = None
    limit: int | None = None


class Services(Protocol):
    """What handlers need of the program around them."""

    files: FileStore
    max_upload: int
    """The largest file that is taken, in bytes, whatever a channel would carry."""

    async def forget_message(self, inbound: Inbound) -> None:
        """Blank the copy of a received message that a channel of ours keeps, if one does."""

    async def show_menu(self, to: Address, commands: Sequence[tuple[str, str]], key: str) -> None:
        """Set the platform's menu of one chat; ``key`` tells it from others."""

    def join_links(self, code: str) -> list[str]:
        """The links that carry a code of invitation."""


class OutsideWork(Exception):
    """Slow work that has to be done outside the transaction; the handler is then called again."""

    def __init__(self, key: str, work: Callable[[], Any]) -> None:
        super().__init__(key)
        self.key = key
        self.work = work


class LongReading(Exception):
    """A reading that would keep others from writing; it is done outside the transaction, then the handler runs again."""

    def __init__(self, key: str, read: Callable[[AsyncConnection], Awaitable[Any]]) -> None:
        super().__init__(key)
        self.key = key
        self.read = read


@dataclass(slots=True)
class Context:
    """One message being handled. ``now`` is the office's time, ``machine`` machine time."""

    tx: AsyncConnection
    services: Services
    inbound: Inbound
    inbox_id: int
    files: tuple[ReceivedFile, ...]
    address: Address
    person: Person | None
    office: Office
    calendar: WorkCalendar
    now: datetime
    machine: datetime
    outside_results: Mapping[str, Any] = field(default_factory=dict)
    # What stands behind the command's name; empty if the message is no command.
    argument: str = ""
    said: int = 0
    # What may only happen once the transaction is committed.
    after_commit: list[Callable[[], Awaitable[None]]] = field(default_factory=list)

    @property
    def me(self) -> Person:
        """The registered person who writes; handlers for unknown people must not ask."""
        if self.person is None:
            raise LookupError("an unknown person has no record")
        return self.person

    @property
    def text(self) -> str:
        return self.inbound.text.strip()

    @property
    def scope(self) -> Scope:
        return self.person.scope(in_group=self.inbound.is_group) if self.person else Scope.nobody()

    @property
    def t(self) -> Translator:
        return translator(self.person.language) if self.person else translator()

    def may(self, right: Right) -> bool:
        return self.scope.may(right)

    def languages(self) -> list[tuple[str, Translator]]:
        """Every language with its translator, for a text that has to be made before its reader's language is known."""
        return [(language, translator(language)) for language in LANGUAGES]

    def outside(self, key: str, work: Callable[[], T]) -> T:
        """The result of ``work``, which runs in a thread outside the transaction. It must not touch the database."""
        if key not in self.outside_results:
            raise OutsideWork(key, work)
        result = self.outside_results[key]
        if isinstance(result, Exception):
            raise result
        done: T = result
        return done

    def read_outside(self, key: str, read: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """What ``read`` finds in a reading transaction of its own, before this one, which on SQLite is the only one.

        The handler runs once more after it, so that rights and whatever else may have changed are looked at again.
        """
        if key not in self.outside_results:
            raise LongReading(key, read)
        found: T = self.outside_results[key]
        return found

    async def say(
        self,
        name: str,
        /,
        *,
        choices: Sequence[Sequence[Choice]] = (),
        about: Sequence[str] = (),
        attachments: Sequence[Attachment] = (),
        picture: Mapping[str, Any] | None = None,
        **values: object,
    ) -> None:
        """Answer in this chat with the sentence called ``name``."""
        text = self.t(name, **values)
        await self.say_text(text, choices=choices, about=about, attachments=attachments, picture=picture)

    async def say_text(
        self,
        text: str,
        *,
        choices: Sequence[Sequence[Choice]] = (),
        about: Sequence[str] = (),
        attachments: Sequence[Attachment] = (),
        picture: Mapping[str, Any] | None = None,
    ) -> None:
        """Answer in this chat with a text made of the catalogue's sentences."""
        message = Outbound(text, tuple(tuple(row) for row in choices), tuple(attachments), tuple(about))
        payload: dict[str, Any] = {"message": message.to_json()}
        if picture is not None:
            payload["picture"] = dict(picture)
        self.said += 1
        key = f"answer:{self.inbox_id}:{self.said}"
        await outbox.enqueue(self.tx, outbox.queued(self.address, "answer", payload, self.machine, dedup_key=key))

    async def tell(
        self,
        person_id: int,
        make: Callable[[Translator], str],
        *,
        choices: Sequence[tuple[str, str, Mapping[str, Any]]] = (),
        about: Sequence[str] = (),
        attachments: Sequence[Attachment] = (),
    ) -> bool:
        """Write to another person in their language; False if there is no way to reach them.

        ``choices`` are (action, name of the label, data): the buttons are made for that person.
        """
        to = await people.address_of(self.tx, person_id)
        if to is None:
            return False
        person = await people.get_person(self.tx, person_id)
        t = translator(person.language)
        rows = [(await self.button(action, data, t(label), person_id=person_id),) for action, label, data in choices]
        message = Outbound(make(t), tuple(rows), tuple(attachments), tuple(about))
        await outbox.enqueue(self.tx, outbox.queued(to, "notice", {"message": message.to_json()}, self.machine))
        return True

    async def button(self, action: str, data: Mapping[str, Any], label: str, *, person_id: int | None = None) -> Choice:
        """A choice whose meaning is kept in the database and belongs to one person."""
        owner = person_id if person_id is not None else self.me.id
        return Choice(
            await conversations.make_button(self.tx, owner, action, data, self.machine), shorten(label, _LABEL)
        )

    async def remember(self, flow: str, step: str, data: Mapping[str, Any]) -> None:
        await conversations.remember(self.tx, self.address, flow, step, data, self.machine)

    async def forget(self) -> None:
        await conversations.forget(self.tx, self.address)


Handler = Callable[[Context], Any]
