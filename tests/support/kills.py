"""The same story again and again, while the process is killed at random moments: what has to be true afterwards.

Forty principals are given a task and reminded of it in the slots of their ladder, while they keep writing, pressing
buttons and sending files. The process is killed in the middle of it, also while messages are on the wire, and started
again. Telegram, a process of its own, keeps what nobody has fetched and remembers what it accepted.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator

from sqlalchemy import func, select

from dondoc.rules.roles import Role
from dondoc.storage import inbox, offices, people, registry
from dondoc.storage.database import Database
from dondoc.storage.outbox import Address
from dondoc.storage.tables import outbox, reminders
from tests.support.kill_verdict import ANSWERS, FIRST_CHAT, LEADER, SCHOOLS, STAFF, Report, Said, Verdict
from tests.support.offices import START
from tests.support.running import AttentiveWorld, Bot, Installation
from tests.support.sayings import label, shown
from tests.telegram_world import TOKEN, TelegramPerson

SLOW = 0.6
"""Seconds that Telegram takes for its answer to a message: so long does each stay on the wire."""

# The rungs of "trước ngày 12/7/2024" and of "trước ngày 09/8/2024": days on which everybody is reminded.
DAYS = (
    *("2024-07-02", "2024-07-08", "2024-07-10", "2024-07-11", "2024-07-12", "2024-07-15", "2024-07-17", "2024-07-19"),
    *("2024-07-30", "2024-08-05", "2024-08-07", "2024-08-08", "2024-08-09", "2024-08-12", "2024-08-14", "2024-08-16"),
)

_DIRECTIVE = """\
ỦY BAN NHÂN DÂN
HUYỆN YÊN HÒA
Số: 91/TB-UBND

Yên Hòa, ngày 18 tháng 6 năm 2024

THÔNG BÁO

Kết luận của Chủ tịch UBND huyện tại cuộc họp về tuyển sinh đầu cấp

1. Các trường tiểu học

- Rà soát chỉ tiêu tuyển sinh; báo cáo kết quả về UBND huyện trước ngày {deadline}.
"""


class KillStory:
    """One run of the story. ``kills`` is how often the process is killed, ``seed`` decides when."""

    def __init__(self, installation: Installation, world: AttentiveWorld, *, kills: int, seed: int) -> None:
        self._installation = installation
        # Short, so that what was on the wire comes back soon.
        installation.settings |= {"SEND_LEASE_SECONDS": "4", "SEND_TIMEOUT_SECONDS": "3"}
        self._world = world
        self._kills = kills
        self._random = random.Random(seed)
        self._database = Database(installation.url)
        self._said = Said()
        self._people = [world.user(FIRST_CHAT + n, f"Hiệu trưởng {n + 1}") for n in range(SCHOOLS)]
        self._staff = world.user(STAFF, "Ông Thị Lệ")
        self._leader = world.user(LEADER, "Khúc Đình Phong")
        self.report = Report(seed)

    async def run(self) -> Report:
        """Tell the story and look at what came of it."""
        try:
            await self._prepare()
            await self._world.fault("slow", method="sendMessage", seconds=SLOW, times=10**9)
            await self._world.fault("slow", method="sendPhoto", seconds=SLOW, times=10**9)
            days = min(len(DAYS), self._kills // 3 + 1)
            shares = _shares(self._kills, days + 1, self._random)
            await self._give(shares[0])
            async with self._traffic():
                for day, share in zip(DAYS[:days], shares[1:], strict=True):
                    await self._remind(day, share)
            await self._world.heal()
            async with self._installation.running(f"{DAYS[days - 1]}T10:00+07:00"):
                await self._quiet()
            await Verdict(self._installation, self._world, self._database, self._said, self.report).give()
        finally:
            await self._database.close()
        return self.report

    # --- the story ---------------------------------------------------------------------------------------------------

    async def _prepare(self) -> None:
        head = "Mã đơn vị,Tên đơn vị,Loại,Đơn vị cấp trên,Tên khác,Người liên hệ,Chức vụ,Điện thoại\n"
        lines = [
            f"TH-{n:02d},Trường Tiểu học Số {n:02d} Yên Hòa,Tiểu học,UBND huyện Yên Hòa,,Hiệu trưởng {n:02d},Hiệu trưởng,\n"
            for n in range(1, SCHOOLS + 1)
        ]
        file = self._installation.folder / "don-vi.csv"
        file.write_text(head + "".join(lines), encoding="utf-8")
        ended = await self._installation.command("units", "import", file)
        assert ended.code == 0, ended.err
        account = TOKEN.partition(":")[0]
        async with self._database.write() as tx:
            office = await offices.the_office(tx)
            units = sorted(await registry.all_units(tx), key=lambda unit: unit.code)
            contacts = await registry.contacts_of(tx, [unit.id for unit in units])
            for contact, person in zip(contacts, self._people, strict=True):
                to = Address("telegram", account, str(person.chat_id), contact.person_id)
                await people.join(tx, contact.person_id, to, START)
            for person, role in ((self._staff, Role.STAFF), (self._leader, Role.LEADER)):
                person_id = await people.add_person(tx, START, name=person.name)
                await people.add_role(tx, person_id, office.id, role)
                await people.join(tx, person_id, Address("telegram", account, str(person.chat_id), person_id), START)

    async def _give(self, kills: int) -> None:
        """Staff send two directives and approve them, whatever happens to the process meanwhile."""
        work = asyncio.create_task(self._approve())
        await self._lives("2024-06-19T09:00:00+07:00", "2024-06-19T09:00:30+07:00", kills, work)

    async def _approve(self) -> None:
        for number, deadline in enumerate(("12/7/2024", "09/8/2024"), 1):
            text = _DIRECTIVE.format(deadline=deadline).replace("91/TB", f"{90 + number}/TB")
            await self._staff.send_file(f"thong-bao-{number}.txt", text.encode(), media_type="text/plain")
            citation = f"{90 + number}/TB-UBND"
            summary = await self._staff.hears(lambda m, c=citation: c in m.text and bool(m.buttons), timeout=90)  # type: ignore[misc]
            await self._staff.press(summary, label("handlers.document.approve"))
            await self._staff.hears(
                shown("handlers.document.approved", tasks="01", assignments=str(SCHOOLS)), timeout=90
            )

    async def _remind(self, day: str, kills: int) -> None:
        """The morning's slot of one day, with its kills; then everybody has been reminded."""
        self.report.days.append(day)
        work = asyncio.create_task(self._slot_sent(day))
        await self._lives(f"{day}T07:59:58+07:00", f"{day}T08:00:20+07:00", kills, work)

    async def _slot_sent(self, day: str) -> None:
        async with asyncio.timeout(120):
            while True:
                async with self._database.read() as tx:
                    statement = select(func.count()).select_from(reminders.join(outbox))
                    flying = outbox.c.state.in_(("pending", "leased", "sending"))
                    planned = (await tx.execute(select(func.count()).select_from(reminders))).scalar_one()
                    left = (await tx.execute(statement.where(flying))).scalar_one()
                if planned >= len(self.report.days) * SCHOOLS and not left:
                    return
                await asyncio.sleep(0.1)

    async def _lives(self, first: str, later: str, kills: int, work: asyncio.Task[None]) -> None:
        """Start and kill the process some times, then let it live until ``work`` is done, and stop it."""
        try:
            now = first
            for _ in range(kills):
                bot = self._installation.launch(now)
                await self._some_time(bot)
                bot.kill()
                self.report.kills += 1
                self.report.on_the_wire.append(await self._count_sending())
                now = later if await self._slot_planned(first) else first
            async with self._installation.running(now):
                await work
        finally:
            work.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await work

    async def _some_time(self, bot: Bot) -> None:
        """A random while: from the first breath of the process, or from its first message on."""
        if self._random.random() < 0.3:
            await asyncio.sleep(self._random.uniform(0.1, 4.0))
            return
        await bot.ready()
        before = len(await self._world.sent())
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(5):
                while len(await self._world.sent()) == before:  # noqa: ASYNC110 - only the other process knows
                    await asyncio.sleep(0.03)
        await asyncio.sleep(self._random.uniform(0.0, 1.6))

    async def _slot_planned(self, first: str) -> bool:
        async with self._database.read() as tx:
            planned = (await tx.execute(select(func.count()).select_from(reminders))).scalar_one()
        return planned >= len(self.report.days) * SCHOOLS

    async def _count_sending(self) -> int:
        async with self._database.read() as tx:
            statement = select(func.count()).where(outbox.c.state == "sending")
            return int((await tx.execute(statement)).scalar_one())

    # --- people ------------------------------------------------------------------------------------------------------

    @contextlib.asynccontextmanager
    async def _traffic(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self._talk())
        try:
            yield
            task.cancel()
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _talk(self) -> None:
        """People do not know whether the process lives."""
        while True:
            await asyncio.sleep(self._random.uniform(0.05, 0.5))
            await self._one_act()

    async def _one_act(self) -> None:
        person = self._random.choice(self._people)
        chat = person.chat_id
        what = self._random.random()
        if what < 0.5:
            percents = self._said.percents.setdefault(chat, [])
            percent = 10 + len(percents)
            if percent < 100:
                percents.append(percent)
                await asyncio.shield(asyncio.create_task(person.say(f"NV-001 trường em đang làm được {percent}% ạ")))
        elif what < 0.75:
            files = self._said.files.setdefault(chat, [])
            name = f"ban-nhap-{chat}-{len(files) + 1}.pdf"
            files.append(name)
            words = "NV-001 em gửi bản mềm trước, bản ký gửi sau ạ"
            content = f"%PDF-1.7 {name}".encode()
            await asyncio.shield(asyncio.create_task(person.send_file(name, content, caption=words)))
        elif what < 0.95:
            await self._press(person)
        else:
            self._said.questions += 1
            await asyncio.shield(asyncio.create_task(self._leader.say("/tiendo")))

    async def _press(self, person: TelegramPerson) -> None:
        """The second answer under the last reminder that came, if one came."""
        for message in reversed(await self._world.sent(person.chat_id)):
            if len(message.buttons) == ANSWERS:
                self._said.presses[person.chat_id] += 1
                await asyncio.shield(asyncio.create_task(person.press(message, label("scheduler.answer.working"))))
                return

    async def _quiet(self) -> None:
        """Until nothing is left to fetch, to handle or to send."""
        async with asyncio.timeout(120):
            while True:
                pending = await self._world.pending()
                async with self._database.read() as tx:
                    waiting = await inbox.open_count(tx)
                    flying = outbox.c.state.in_(("pending", "leased", "sending"))
                    leaving = (await tx.execute(select(func.count()).where(flying))).scalar_one()
                if not (pending or waiting or leaving):
                    return
                await asyncio.sleep(0.1)


def _shares(kills: int, phases: int, rng: random.Random) -> list[int]:
    """The kills spread over the phases, each with one at least while there are enough."""
    shares = [1 if phase < kills else 0 for phase in range(phases)]
    for _ in range(kills - sum(shares)):
        shares[rng.randrange(phases)] += 1
    return shares
