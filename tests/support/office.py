"""An office at work without processes: people write, the program handles and sends, and a test reads what each heard.

    await desk.says("huong", "dạ em đang làm được 70% ạ")
    desk.hears("huong", "handlers.report.percent", percent=70)
    await desk.presses("huong", "scheduler.answer.obstacle")
    await desk.sends("huong", "bao-cao.pdf", caption="em nộp ạ")

People are those of tests/support/offices.py, by their short names; time stands still until ``desk.at`` moves it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.sql import Executable

from dondoc.bot.program import Program
from dondoc.locales import translator
from dondoc.rules.clock import FixedClock, machine_now
from dondoc.storage.database import Database
from dondoc.storage.files import FileStore
from dondoc.storage.tables import inbox, outbox
from dondoc.storage.work import Assignment
from tests.support import offices
from tests.support.channels import ScriptedChannel, Sent, arrives
from tests.support.offices import ZONE, SampleOffice
from tests.support.sayings import saying, says

PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n"


@dataclass(slots=True)
class Desk:
    """The program of one office, driven by hand."""

    database: Database
    office: SampleOffice
    channel: ScriptedChannel
    clock: FixedClock
    files: FileStore
    program: Program = field(init=False)
    _seen: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        channels = {(self.channel.name, self.channel.account): self.channel}
        self.program = Program(self.database, self.files, self.clock, channels)

    # --- what people do ----------------------------------------------------------------------------------------------

    async def says(self, who: str, text: str, **details: Any) -> None:
        """Somebody writes; it is handled and answered at once. ``who`` is a short name or a chat id."""
        await self.arrives(who, text, **details)
        await self.settle()

    async def arrives(self, who: str, text: str = "", **details: Any) -> int | None:
        """Only the arrival: the update is in the inbox."""
        return await arrives(self.database, self.channel, self.channel.update(self._chat(who), text, **details))

    async def sends(
        self, who: str, name: str, content: bytes = PDF, *, caption: str = "", reply_to: str | None = None
    ) -> None:
        """Somebody sends one file."""
        await self.says(who, caption, files={name: content}, reply_to=reply_to)

    async def sends_album(self, who: str, files: Mapping[str, bytes], *, caption: str = "", album: str = "a1") -> None:
        """Several files at once: one update each, the caption on the first."""
        for place, (name, content) in enumerate(files.items()):
            await self.arrives(who, "" if place else caption, files={name: content}, album=album)
        await self.settle()

    async def presses(self, who: str, name: str, language: str = "vi") -> None:
        """Somebody presses the newest button of their chat with this label; the catalogue's name of it will do."""
        await self.presses_data(who, self.button(who, name, language))

    async def presses_data(self, who: str, data: str) -> None:
        """A button by its data, whoever it was made for."""
        await self.says(who, choice=data, text="")

    def button(self, who: str, name: str, language: str = "vi") -> str:
        """The data of the newest button with this label in somebody's chat."""
        label = translator(language)(name) if "." in name and " " not in name else name
        for sent in reversed(self.channel.sent):
            if sent.chat_id == self._chat(who) and label in sent.choices:
                return sent.choices[label]
        raise AssertionError(f"{who} has no button {label!r}; heard: {self.all(who)}")

    # --- what happens ------------------------------------------------------------------------------------------------

    async def settle(self) -> None:
        """Handle and send everything, also what was to wait a few seconds; not what waits for the office to open."""
        while True:
            await self.program.worker.drain()
            await self.program.delivery.drain()
            soon = (outbox.c.state == "pending") & (outbox.c.not_before < machine_now() + timedelta(minutes=65))
            waiting = update(outbox).where(soon).values(not_before=machine_now())
            async with self.database.write() as tx:
                if not (await tx.execute(waiting)).rowcount:
                    return

    async def try_again(self) -> None:
        """What failed for the time being is tried now."""
        async with self.database.write() as tx:
            await tx.execute(update(inbox).where(inbox.c.state != "done").values(not_before=machine_now()))
        await self.settle()

    async def at(self, day: int, month: int, hour: int = 9, minute: int = 0) -> None:
        """Let it be another moment of 2024; what the clock brings until then has come."""
        await self.program.engine.tick()  # a clock that was never looked at knows no earlier slots
        self.clock.set(datetime(2024, month, day, hour, minute, tzinfo=ZONE))
        await self.program.engine.tick()
        await self.settle()

    # --- what people hear --------------------------------------------------------------------------------------------

    def news(self, who: str) -> list[Sent]:
        """What came into somebody's chat since this was asked last."""
        mine = [sent for sent in self.channel.sent if sent.chat_id == self._chat(who)]
        fresh = mine[self._seen.get(who, 0) :]
        self._seen[who] = len(mine)
        return fresh

    def heard(self, who: str) -> str:
        """The news as one text."""
        return "\n".join(sent.text for sent in self.news(who))

    def hears(self, who: str, /, *names: str, language: str = "vi", **values: object) -> str:
        """The news as one text; every sentence of the catalogue that is named has to be in it."""
        text = self.heard(who)
        for name in names:
            assert says(text, name, language, **values), f"{who} did not hear {name} {values}, but: {text!r}"
        return text

    def hears_only(self, who: str, name: str, /, language: str = "vi", **values: object) -> Sent:
        """One message, and it is this sentence."""
        fresh = self.news(who)
        assert len(fresh) == 1, [sent.text for sent in fresh]
        assert saying(name, language, **values).fullmatch(fresh[0].text), fresh[0].text
        return fresh[0]

    def hears_nothing(self, who: str) -> None:
        fresh = self.news(who)
        assert fresh == [], [sent.text for sent in fresh]

    def all(self, who: str) -> list[str]:
        """Everything that ever came into somebody's chat."""
        return self.channel.texts(self._chat(who))

    def last(self, who: str) -> Sent:
        return self.channel.last(self._chat(who))

    def forget_news(self) -> None:
        """Whatever was heard until now is no news."""
        for who in self.office.chats:
            self.news(who)

    # --- what is written down ----------------------------------------------------------------------------------------

    async def give(self, *codes: str, **values: Any) -> list[int]:
        """A new task for the units of these codes; see tests/support/offices.py."""
        async with self.database.write() as tx:
            return await offices.give(tx, self.office, *codes, **values)

    async def change(self, assignment_id: int, **values: Any) -> None:
        async with self.database.write() as tx:
            await offices.change(tx, assignment_id, **values)

    async def item(self, assignment_id: int) -> Assignment:
        async with self.database.read() as tx:
            return await offices.assignment(tx, assignment_id)

    async def rows(self, statement: Executable) -> list[Any]:
        async with self.database.read() as tx:
            return list((await tx.execute(statement)).all())

    async def inbox_states(self) -> list[str]:
        return [row.state for row in await self.rows(select(inbox.c.state).order_by(inbox.c.id))]

    def _chat(self, who: str) -> str:
        return self.office.chats.get(who, who)
