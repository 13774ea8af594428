"""From the inbox to its effect: in order, once, and whatever happens nobody else notices."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date

from sqlalchemy import select

from dondoc.bot.program import Program
from dondoc.chat.messages import Attachment
from dondoc.rules.clock import FixedClock
from dondoc.storage.database import Database
from dondoc.storage.files import FileStore
from dondoc.storage.tables import submissions
from tests.support.channels import ScriptedChannel
from tests.support.office import PDF, Desk

DEADLINE = date(2024, 6, 28)


class SlowChannel(ScriptedChannel):
    """Its downloads stand still until they are let go."""

    def __init__(self) -> None:
        super().__init__()
        self.reached = asyncio.Event()
        self.go = asyncio.Event()

    async def download(self, attachment: Attachment) -> AsyncIterator[bytes]:
        self.reached.set()
        await self.go.wait()
        async for chunk in super().download(attachment):
            yield chunk


async def test_a_process_that_is_late_with_a_file_does_not_bring_the_message_back(
    desk: Desk, second_database: Database, clock: FixedClock, file_store: FileStore
) -> None:
    """Two processes take the same message; one fetches its file so slowly that the other has long handled it."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    slow = SlowChannel()
    slow.files = desk.channel.files
    other = Program(second_database, file_store, clock, {(slow.name, slow.account): slow})
    await desk.arrives("huong", "em nộp báo cáo ạ", files={"bc.pdf": PDF})
    handling = asyncio.create_task(other.worker.drain())
    await slow.reached.wait()
    await desk.settle()
    assert (await desk.item(item_id)).state == "awaiting_confirmation"
    slow.go.set()
    await handling
    await desk.settle()
    assert await desk.inbox_states() == ["done"]
    assert len(await desk.rows(select(submissions.c.id))) == 1
    assert len([text for text in desk.all("huong") if "Đã nhận tệp" in text]) == 1
