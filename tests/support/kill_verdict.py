"""What has to be true after the story of tests/support/kills.py, however often the process was killed in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.storage.database import Database
from dondoc.storage.tables import assignments, events, outbox, reminders, submission_files, submissions
from dondoc.storage.tables import inbox as inbox_table
from tests.support.running import AttentiveWorld, Installation
from tests.support.sayings import label, saying, says
from tests.telegram_world import Sent

AGAIN = label("chat.sent_again") + " "
ASKED = "handlers.report.ask.working"
ANSWERS = 5  # buttons under a reminder

SCHOOLS = 40
FIRST_CHAT = 4001
STAFF, LEADER = 2001, 2003


@dataclass(slots=True)
class Report:
    """What happened, for people to read."""

    seed: int
    kills: int = 0
    said: int = 0
    sent: int = 0
    on_the_wire: list[int] = field(default_factory=list)
    timeouts: int = 0
    flagged: int = 0
    in_doubt: int = 0
    reminded: int = 0
    days: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"seed {self.seed}: {self.kills} kills with {self.on_the_wire} messages on the wire; {self.said} things said,"
            f" {self.sent} messages sent, {self.reminded} reminders on {len(self.days)} days;"
            f" {self.flagged} sent again ({self.timeouts} timeouts), {self.in_doubt} in doubt"
        )


@dataclass(slots=True)
class Said:
    """What people did that has to be answered once: percentages and files by chat, and how many presses and questions."""

    percents: dict[int, list[int]] = field(default_factory=dict)
    files: dict[int, list[str]] = field(default_factory=dict)
    presses: Counter[int] = field(default_factory=Counter)
    questions: int = 0

    @property
    def total(self) -> int:
        exact = sum(map(len, self.percents.values())) + sum(map(len, self.files.values()))
        return exact + self.presses.total() + self.questions


@dataclass(slots=True)
class Verdict:
    """Looks at Telegram, the database and the logs."""

    installation: Installation
    world: AttentiveWorld
    database: Database
    said: Said
    report: Report

    async def give(self) -> None:
        """Fails with what is wrong; else the report is complete."""
        days = len(self.report.days)
        sent = await self.world.sent()
        self.report.said = self.said.total
        self.report.sent = len(sent)
        self.report.flagged = sum(message.text.startswith(AGAIN) for message in sent)
        self.report.timeouts = self.installation.all_logs.count("message perhaps delivered")
        # Nothing goes out again but what a kill or, on a busy machine, a timeout left in doubt.
        assert self.report.flagged <= sum(self.report.on_the_wire) + self.report.timeouts, str(self.report)
        async with self.database.read() as tx:
            failed = (await tx.execute(select(inbox_table.c.error).where(inbox_table.c.state != "done"))).all()
            assert failed == [], failed
            rows = (await tx.execute(select(outbox.c.state, outbox.c.chat_id, outbox.c.payload))).all()
            states = Counter(row.state for row in rows)
            assert set(states) <= {"sent", "dropped", "in_doubt"}, states
            self.report.in_doubt = states["in_doubt"]
            await self._judge_alerts(tx)
            doubtful = Counter(int(row.chat_id) for row in rows if row.state == "in_doubt")
            await self._judge_work(tx)
            remembered = (
                await tx.execute(select(reminders.c.person_id, reminders.c.rung, reminders.c.assignment_id))
            ).all()
            self.report.reminded = len(remembered)
            assert len(remembered) == len(set(remembered)) == days * SCHOOLS
        self._judge_wire(sent, doubtful, days)

    async def _judge_alerts(self, tx: AsyncConnection) -> None:
        """What stays in doubt stands on the office's list, but for what was to be said to that person alone."""
        rows = await tx.execute(
            select(outbox.c.id, outbox.c.kind, outbox.c.chat_id).where(outbox.c.state == "in_doubt")
        )
        wanted = {row.id for row in rows if row.kind != "alert" and row.chat_id != str(STAFF)}
        keys = (await tx.execute(select(outbox.c.dedup_key).where(outbox.c.kind == "alert"))).scalars()
        assert wanted <= {int(key.rsplit(":", 1)[1]) for key in keys if key and ":in_doubt:" in key}

    async def _judge_work(self, tx: AsyncConnection) -> None:
        """Everything that was said had its effect once."""
        given = (await tx.execute(select(func.count()).select_from(assignments))).scalar_one()
        assert given == 2 * SCHOOLS
        kept = Counter((await tx.execute(select(submission_files.c.name))).scalars())
        assert kept == Counter(name for names in self.said.files.values() for name in names)
        versions = (await tx.execute(select(func.count()).select_from(submissions))).scalar_one()
        assert versions == kept.total()
        noted = (await tx.execute(select(events.c.detail).where(events.c.kind == "assignment.progress"))).scalars()
        percents = Counter(detail["percent"] for detail in noted if "percent" in detail)
        assert percents == Counter(percent for some in self.said.percents.values() for percent in some)

    def _judge_wire(self, sent: Sequence[Sent], doubtful: Counter[int], days: int) -> None:
        """Everything was answered, and nothing twice unless it says so."""
        for chat in range(FIRST_CHAT, FIRST_CHAT + SCHOOLS):
            texts = [message.text for message in sent if message.chat_id == chat]
            plain = [text for text in texts if not text.startswith(AGAIN)]
            missing = 0
            answers = [
                *(saying("handlers.report.percent", percent=percent) for percent in self.said.percents.get(chat, ())),
                *(saying("scheduler.receipt.files", files=name) for name in self.said.files.get(chat, ())),
            ]
            for answer in answers:
                assert sum(bool(answer.search(text)) for text in plain) <= 1, (chat, answer, texts)
                missing += not any(answer.search(text) for text in texts)
            presses = self.said.presses[chat]
            assert sum(says(text, ASKED) for text in plain) <= presses, (chat, texts)
            missing += max(0, presses - sum(says(text, ASKED) for text in texts))
            reminded = [m for m in sent if m.chat_id == chat and len(m.buttons) == ANSWERS]
            told = Counter(m.text for m in reminded if not m.text.startswith(AGAIN))
            assert not told or max(told.values()) == 1, told
            missing += max(0, days - len({m.text.removeprefix(AGAIN) for m in reminded}))
            # What was on the wire at two kills is not sent a third time: it stands on the office's list.
            assert missing <= doubtful[chat], (chat, missing, texts)
        pictures = [m for m in sent if m.chat_id == LEADER and m.method == "sendPhoto"]
        assert len([m for m in pictures if not m.text.startswith(AGAIN)]) <= self.said.questions
        assert len(pictures) + doubtful[LEADER] >= self.said.questions
