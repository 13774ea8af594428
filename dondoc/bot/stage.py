"""The demo's office: made up, in a folder of its own, with people who have a phone on the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dondoc.bot import unit_import
from dondoc.bot.program import Program
from dondoc.chat.messages import Inbound
from dondoc.chat.web import PERSON, Pulse, WebChannel
from dondoc.registry.sheet import read_sheet
from dondoc.rules.clock import Clock, machine_now
from dondoc.rules.roles import Role
from dondoc.samples import REGISTRY, sample
from dondoc.storage import files as content
from dondoc.storage import inbox, offices, people, registry
from dondoc.storage.database import Database
from dondoc.storage.files import FileStore, StoredFile
from dondoc.storage.migrate import migrate
from dondoc.storage.outbox import Address
from dondoc.storage.web_log import WebMessages
from dondoc.vietnamese.calendar import WorkCalendar

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
OPENS = datetime(2025, 3, 5, 7, 45, tzinfo=ZONE)
ACCOUNT = "demo"


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody with a phone: a contact of a unit (by its code) or a person of the office."""

    chat_id: str
    name: str
    title: str
    role: Role
    unit_code: str | None = None


CHIEF = Player("chanh-van-phong", "Trần Quốc Bảo", "Chánh Văn phòng", Role.CHIEF)
LEADER = Player("chu-tich", "Đặng Hữu Phước", "Chủ tịch UBND huyện", Role.LEADER)
DEPARTMENT = Player("pgddt", "Lê Thị Thu Hà", "Trưởng phòng", Role.CONTACT, "PGDDT")
PRESCHOOL = Player("mn-hoa-sen", "Nguyễn Thị Bích Ngọc", "Hiệu trưởng", Role.CONTACT, "MN01")
PRIMARY = Player("th-thanh-son", "Võ Minh Tuấn", "Hiệu trưởng", Role.CONTACT, "TH01")
SECONDARY = Player("thcs-thanh-lam", "Phạm Thị Kim Oanh", "Hiệu trưởng", Role.CONTACT, "CS01")
PLAYERS = (CHIEF, LEADER, DEPARTMENT, PRESCHOOL, PRIMARY, SECONDARY)


class DemoInbox:
    """The inbox behind the page."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, payload: Mapping[str, Any]) -> None:
        """Commit a payload of the web channel as an inbox row, once per message."""
        async with self._database.write() as tx:
            for file in payload.get("files", ()):
                await content.register(tx, StoredFile(file["sha256"], file["size"], file["media_type"]))
            await inbox.receive(
                tx,
                channel=WebChannel.name,
                account=ACCOUNT,
                external_id=str(payload["message_id"]),
                chat_id=str(payload["chat_id"]),
                payload=payload,
                now=machine_now(),
            )


@dataclass(frozen=True, slots=True)
class Stage:
    """The demo's program with the parts that its page needs."""

    program: Program
    log: WebMessages
    inbox: DemoInbox
    pulse: Pulse
    office: str
    calendar: WorkCalendar


async def build(folder: Path, clock: Clock) -> Stage:
    """Open the folder's office, made up anew if the folder is empty."""
    database = Database(f"sqlite:///{(folder / 'demo.sqlite3').absolute()}")
    await migrate(database)
    log, pulse = WebMessages(database), Pulse()
    channel = WebChannel(ACCOUNT, log, clock, pulse)

    async def forget(inbound: Inbound) -> None:
        erased = {"from": PERSON, "erased": True, "text": "", "sent_at": inbound.sent_at.isoformat()}
        await log.edit(inbound.chat_id, inbound.message_id, erased)
        pulse.beat()

    channels = {(channel.name, ACCOUNT): channel}
    program = Program(database, FileStore(folder / "files"), clock, channels, forget=forget)
    async with database.write() as tx:
        office = await offices.ensure_office(tx, machine_now())
        if not await registry.all_units(tx):
            await unit_import.store(tx, office, read_sheet(sample(REGISTRY)).rows)
            for player in PLAYERS:
                await _seat(tx, office.id, player)
        office = await offices.the_office(tx)
        calendar = await offices.work_calendar(tx, office.id)
    return Stage(program, log, DemoInbox(database), pulse, office.name, calendar)


async def _seat(tx: Any, office_id: int, player: Player) -> None:
    """Give a player a phone."""
    now = machine_now()
    if player.unit_code is None:
        person_id = await people.add_person(tx, now, name=player.name, title=player.title)
        await people.add_role(tx, person_id, office_id, player.role)
    else:
        unit = await registry.unit_by_code(tx, player.unit_code)
        if unit is None:
            raise LookupError(f"the sample registry has no unit {player.unit_code}")
        [contact, *_] = await registry.contacts_of(tx, [unit.id])
        person_id = contact.person_id
    await people.join(tx, person_id, Address(WebChannel.name, ACCOUNT, player.chat_id, person_id), now)
