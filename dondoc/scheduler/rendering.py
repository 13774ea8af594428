"""What an outbox row says: its text is made when it leaves, from what is true at that moment, and fitted to its channel."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.chat.messages import Attachment, Capabilities, Outbound
from dondoc.chat.rendering import fit
from dondoc.locales import Translator, translator
from dondoc.rules.clock import Clock
from dondoc.rules.traces import where
from dondoc.scheduler.slots import opening
from dondoc.storage import people
from dondoc.storage.database import Database
from dondoc.storage.files import FileStore
from dondoc.storage.offices import the_office, work_calendar
from dondoc.storage.outbox import OutboxRow

log = structlog.get_logger(__name__)

NOW = timedelta(0)
# The morning slot comes first and sends at once what still has to be said; this is for a slot that does not come.
_BEHIND_SLOT = timedelta(minutes=5)
_PICTURE = Attachment("tien-do.png", media_type="image/png")

# Renders a message when it is sent, from what is true at that moment; None when there is nothing left to say.
Renderer = Callable[[AsyncConnection, OutboxRow, datetime], Awaitable[Outbound | None]]
# Draws a picture from plain values. Runs in a thread.
Draw = Callable[[Mapping[str, Any]], bytes]


@dataclass(frozen=True, slots=True)
class ReadFirst:
    """For a message that takes long to read: ``read`` runs in a reading transaction and gives the renderer of this row.

    The writing transaction, which on SQLite keeps everybody else from writing, is left with what may have changed since.
    """

    read: Callable[[AsyncConnection, OutboxRow, datetime], Awaitable[Renderer]]


class RenderingFailed(Exception):
    """The text of a message could not be made."""


class Rendering:
    """Makes the messages of outbox rows."""

    def __init__(
        self,
        database: Database,
        files: FileStore,
        clock: Clock,
        *,
        renderers: Mapping[str, Renderer | ReadFirst],
        draw: Draw,
    ) -> None:
        self._database = database
        self._files = files
        self._clock = clock
        self._renderers = renderers
        self._draw = draw

    async def prepare(self, row: OutboxRow) -> Renderer:
        """The renderer of a row, once what takes long is read. Raises RenderingFailed."""
        if "render" not in row.payload or "parts" in row.payload:
            return _ready
        renderer = self._renderers.get(row.payload["render"])
        if renderer is None:
            raise RenderingFailed(row.payload["render"])
        if not isinstance(renderer, ReadFirst):
            return renderer
        try:
            async with self._database.read() as tx:
                return await renderer.read(tx, row, self._clock.now())
        except SQLAlchemyError:
            raise
        except Exception as error:
            raise RenderingFailed(row.payload["render"]) from error

    async def parts(
        self, tx: AsyncConnection, row: OutboxRow, capabilities: Capabilities, renderer: Renderer
    ) -> list[Outbound] | None:
        """What is left to send of a message, fit for its channel; None if there is nothing left to say.

        Raises RenderingFailed.
        """
        try:
            return await self._parts(tx, row, capabilities, renderer)
        except SQLAlchemyError:
            raise  # the database's trouble passes; the row keeps its lease and comes back
        except Exception as error:
            raise RenderingFailed(row.payload.get("render", "message")) from error

    async def _parts(
        self, tx: AsyncConnection, row: OutboxRow, capabilities: Capabilities, renderer: Renderer
    ) -> list[Outbound] | None:
        t = await _translator(tx, row)
        if "parts" in row.payload:
            parts = [Outbound.from_json(part) for part in row.payload["parts"]]
        else:
            message = await renderer(tx, row, self._clock.now())
            if message is None:
                return None
            if row.payload.get("picture"):
                # Its place is kept while the text is made to fit; it is drawn outside the transaction.
                message = replace(message, attachments=(*message.attachments, _PICTURE))
            say = partial(t, "chat.numbered")
            parts = fit(
                message,
                capabilities,
                numbered=lambda n, label: say(number=n, label=label),
                kept_back=lambda names: t("chat.kept_back", files=names),
            )
        first, *rest = parts
        return [first.marked(t("chat.sent_again")) if row.doubts else first, *rest]

    async def closed_for(self, tx: AsyncConnection, row: OutboxRow) -> timedelta:
        """How long a message has to wait for the office to open: reminders that were held up do not leave at night."""
        if row.kind != "reminder":
            return NOW
        now = self._clock.now()
        wait = opening(now, await work_calendar(tx, (await the_office(tx)).id)) - now
        return wait + _BEHIND_SLOT if wait else NOW

    async def with_picture(self, row: OutboxRow, message: Outbound) -> Outbound:
        """The message with its picture drawn, if it has one."""
        if _PICTURE not in message.attachments:
            return message
        attachments = [attachment for attachment in message.attachments if attachment != _PICTURE]
        try:
            content = await asyncio.to_thread(self._draw, row.payload["picture"])
            stored = await self._files.store_bytes(content)
            attachments.append(replace(_PICTURE, size=stored.size, sha256=stored.sha256))
        except Exception as error:  # noqa: BLE001 - whatever becomes of the picture, the words have to go
            log.error("picture could not be drawn", action="deliver", outbox_id=row.id, where=where(error))
        return replace(message, attachments=tuple(attachments))


async def _ready(_tx: AsyncConnection, row: OutboxRow, _now: datetime) -> Outbound | None:
    """A message that was ready when it was queued."""
    return Outbound.from_json(row.payload["message"])


async def nothing(_tx: AsyncConnection, _row: OutboxRow, _now: datetime) -> Outbound | None:
    """There is nothing left to say."""
    return None


async def _translator(tx: AsyncConnection, row: OutboxRow) -> Translator:
    if row.person_id is None:
        return translator()
    return translator((await people.get_person(tx, row.person_id)).language)
