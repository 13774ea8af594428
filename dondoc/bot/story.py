"""``dondoc demo --play``: the demo's story told in the terminal, with the real program; every step must have its effect."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from dondoc.bot.command import FAILED, OK
from dondoc.bot.stage import CHIEF, DEPARTMENT, LEADER, OPENS, PRESCHOOL, PRIMARY, SECONDARY, ZONE, Player, Stage, build
from dondoc.chat.web import OFFICE, PERSON
from dondoc.rules.clock import FixedClock
from dondoc.samples import DIRECTIVE, REPORT, sample
from dondoc.scheduler.slots import upcoming
from dondoc.vietnamese.words import format_day, format_hour

_WIDTH = 100


class StepFailed(Exception):
    """A step of the story did not have the expected effect."""


def play() -> int:
    """Tell the story; 0 only if every step had the expected effect."""
    with tempfile.TemporaryDirectory(prefix="dondoc-demo-") as folder:
        return asyncio.run(_play(Path(folder)))


async def _play(folder: Path) -> int:
    clock = FixedClock(OPENS)
    stage = await build(folder, clock)
    teller = Teller(stage, clock)
    try:
        for title, step in STEPS:
            teller.title(title)
            await step(teller)
    except StepFailed as failure:
        teller.line(f"✘ {failure}")
        return FAILED
    finally:
        await stage.program.close()
    teller.line(f"\n✔ {len(STEPS)} bước, tất cả đúng như mong đợi.")
    return OK


class Teller:
    """Plays everybody, moves the clock, prints what is said, and looks whether it is what was expected."""

    def __init__(self, stage: Stage, clock: FixedClock) -> None:
        self._stage = stage
        self._clock = clock
        self._seen: dict[str, int] = {}
        self._heard: dict[str, list[dict[str, object]]] = {}
        self._sent = 0

    def line(self, text: str) -> None:
        sys.stdout.write(text + "\n")

    def title(self, text: str) -> None:
        self.line(f"\n── {text} " + "─" * max(0, _WIDTH - len(text) - 4))

    # --- doing -------------------------------------------------------------------------------------------------------

    async def says(self, who: Player, text: str) -> None:
        """Somebody types."""
        self.line(f"{who.name} ▸ {text}")
        await self._take(who, {"text": text})

    async def presses(self, who: Player, label: str) -> None:
        """Somebody presses the newest button with this label."""
        for message in reversed(self._heard.get(who.chat_id, [])):
            for row in message.get("choices", []):  # type: ignore[attr-defined]
                for choice in row:
                    if choice["label"].startswith(label):
                        self.line(f"{who.name} ▸ [{choice['label']}]")
                        await self._take(who, {"choice": choice["id"], "text": ""})
                        return
        raise StepFailed(f"{who.name} không có nút “{label}”")

    async def sends(self, who: Player, path: Path, text: str = "") -> None:
        """Somebody sends a file."""
        self.line(f"{who.name} ▸ 📎 {path.name} {text}".rstrip())
        stored = await self._stage.program.files.store_bytes(path.read_bytes())
        file = {"name": path.name, "size": stored.size, "sha256": stored.sha256, "media_type": stored.media_type}
        await self._take(who, {"text": text, "files": [file]})

    async def _take(self, who: Player, message: dict[str, object]) -> None:
        self._sent += 1
        said = {**message, "sent_at": self._clock.now().isoformat(), "sender_name": who.name}
        message_id = await self._stage.log.append(
            who.chat_id, key=f"play:{self._sent}", message={"from": PERSON, **said}
        )
        await self._stage.inbox.take({"chat_id": who.chat_id, "message_id": message_id, **said})
        await self._settle()

    async def until(self, day: int, month: int, hour: int = 8, minute: int = 1) -> None:
        """Let the days pass, stopping at every slot on the way."""
        goal = datetime(OPENS.year, month, day, hour, minute, tzinfo=ZONE)
        while (at := upcoming(self._clock.now(), self._stage.calendar, ZONE)[1]) <= goal:
            self._clock.set(at)
            await self._stage.program.engine.tick()
            await self._settle()
        self._clock.set(goal)
        await self._settle()
        self.line(f"⏱ {format_hour(goal)}, {format_day(goal.date())}")

    async def _settle(self) -> None:
        await self._stage.program.drain()

    # --- looking -----------------------------------------------------------------------------------------------------

    async def hears(self, who: Player, *expected: str, picture: bool = False) -> None:
        """Print what came on somebody's phone since the last look; it must hold every expected piece."""
        fresh = await self._fresh(who)
        for message in fresh:
            self._print(who, message)
        text = "\n".join(str(message["text"]) for message in fresh)
        for piece in expected:
            if piece not in text:
                raise StepFailed(f"{who.name} không nhận được “{piece}”")
        if picture and not any(
            str(file["media_type"]).startswith("image/")
            for message in fresh
            for file in message.get("files", [])  # type: ignore[attr-defined]
        ):
            raise StepFailed(f"{who.name} không nhận được hình")

    async def hears_nothing(self, who: Player) -> None:
        """Nothing may have come on somebody's phone."""
        fresh = await self._fresh(who)
        if fresh:
            raise StepFailed(f"{who.name} lẽ ra không nhận được gì, nhưng nhận: {str(fresh[0]['text'])[:80]}")

    async def skips(self, who: Player) -> None:
        """Go on without looking at what came."""
        await self._fresh(who)

    async def _fresh(self, who: Player) -> list[dict[str, object]]:
        entries = await self._stage.log.since(who.chat_id, self._seen.get(who.chat_id, 0))
        if entries:
            self._seen[who.chat_id] = entries[-1].seq
        fresh = [entry.message for entry in entries if entry.message["from"] == OFFICE]
        self._heard.setdefault(who.chat_id, []).extend(fresh)
        return fresh

    def _print(self, who: Player, message: dict[str, object]) -> None:
        text = str(message["text"]).replace("\n", "\n    ")
        self.line(f"  → {who.name} ({who.title}):\n    {text}")
        for file in message.get("files", []):  # type: ignore[attr-defined]
            self.line(f"    📎 {file['name']}")
        labels = [choice["label"] for row in message.get("choices", []) for choice in row]  # type: ignore[attr-defined]
        if labels:
            self.line("    " + " ".join(f"[{label}]" for label in labels))


# --- the story -------------------------------------------------------------------------------------------------------


async def _directive(t: Teller) -> None:
    await t.sends(CHIEF, sample(DIRECTIVE))
    await t.hears(CHIEF, "Thông báo số 57/TB-UBND ngày 04/3/2025", "> ", "trước ngày 14/3/2025", "03 có thời hạn")


async def _edit(t: Teller) -> None:
    await t.says(CHIEF, "3: hạn 26/3, phối hợp thêm Phòng Nội vụ; 4 không theo dõi")
    await t.hears(CHIEF, "Đã sửa dự thảo 3", "Đã bỏ dự thảo 4", "chậm nhất thứ Tư, 26/3/2025", "Phòng Nội vụ")
    await t.says(CHIEF, "hoàn tác")
    await t.hears(CHIEF, "Đã hoàn tác")
    await t.says(CHIEF, "3: hạn 26/3, phối hợp thêm Phòng Nội vụ")
    await t.hears(CHIEF, "Đã sửa dự thảo 3", "Phối hợp: Phòng Tài chính - Kế hoạch; Phòng Nội vụ")
    for who in (LEADER, DEPARTMENT, PRESCHOOL):
        await t.hears_nothing(who)


async def _approve(t: Teller) -> None:
    await t.presses(CHIEF, "Duyệt và giao")
    await t.hears(CHIEF, "Đã giao", "NV-", "chưa đăng ký nhận tin")
    for who in (PRESCHOOL, PRIMARY, SECONDARY):
        await t.hears(
            who, "nhiệm vụ được giao tại Thông báo số 57/TB-UBND", "trước ngày 14/3/2025", "trước ngày 04/4/2025"
        )
    await t.hears(DEPARTMENT, "chậm nhất thứ Tư, 26/3/2025")
    await t.hears_nothing(LEADER)
    await t.presses(PRESCHOOL, "Đã tiếp nhận")
    await t.hears(PRESCHOOL, "đã tiếp nhận NV-")


async def _first_reminder(t: Teller) -> None:
    await t.until(10, 3)
    await t.hears(PRIMARY, "nhắc Trường Tiểu học Thanh Sơn", "còn 03 ngày làm việc", "chậm nhất thứ Năm, 13/3/2025")
    await t.skips(PRESCHOOL)
    await t.skips(SECONDARY)


async def _free_text(t: Teller) -> None:
    await t.says(PRIMARY, "dạ NV-002 em đang làm được 70% rồi, mai em nộp ạ")
    await t.hears(PRIMARY, "đang thực hiện", "70%", "hẹn nộp thứ Ba, 11/3/2025")


async def _report(t: Teller) -> None:
    await t.until(11, 3, 9, 15)
    await t.hears(PRIMARY, "là ngày nhà trường hẹn nộp")
    await t.sends(PRIMARY, sample(REPORT), "NV-002 em gửi báo cáo ạ")
    await t.hears(PRIMARY, "Đã nhận tệp bao-cao-de-xuat.docx", "mã tiếp nhận TN-", "chờ xác nhận")
    await t.until(11, 3, 9, 30)
    await t.says(PRESCHOOL, "NV-002 trường em đã nộp báo cáo số 15/BC-MNHS ngày 11/3 ạ")
    await t.hears(PRESCHOOL, "15/BC-MNHS", "chờ xác nhận")


async def _checking(t: Teller) -> None:
    await t.skips(CHIEF)
    await t.says(CHIEF, "/duyet")
    await t.hears(CHIEF, "02 kết quả chờ xác nhận", "Trường Tiểu học Thanh Sơn", "Trường Mầm non Hoa Sen")
    await t.presses(CHIEF, "Yêu cầu bổ sung")
    await t.hears(CHIEF, "Trường Mầm non Hoa Sen cần bổ sung gì")
    await t.says(CHIEF, "thiếu phụ lục ảnh hiện trạng, gửi lại chậm nhất 13/3")
    await t.hears(CHIEF, "Đã yêu cầu Trường Mầm non Hoa Sen bổ sung")
    await t.hears(PRESCHOOL, "thiếu phụ lục ảnh hiện trạng", "thứ Năm, 13/3/2025", "vẫn được ghi nhận")
    await t.says(CHIEF, "/duyet")
    await t.hears(CHIEF, "01 kết quả chờ xác nhận")
    await t.presses(CHIEF, "Xác nhận hoàn thành")
    await t.hears(CHIEF, "hoàn thành đúng hạn")
    await t.hears(PRIMARY, "xác nhận", "hoàn thành đúng hạn")


async def _extension(t: Teller) -> None:
    await t.until(13, 3)
    await t.hears(SECONDARY, "là ngày cuối gửi NV-002", "16 giờ 30")
    await t.says(SECONDARY, "NV-002 xin gia hạn đến 18/3 vì đang chờ đơn vị tư vấn kiểm định lan can")
    await t.hears(
        SECONDARY, "Đã ghi nhận đề nghị gia hạn", "thứ Ba, 18/3/2025", "Thời hạn hiện hành vẫn là trước ngày 14/3/2025"
    )
    await t.skips(LEADER)
    await t.says(LEADER, "/giahan")
    await t.hears(LEADER, "Trường THCS Thanh Lâm đề nghị gia hạn")
    await t.presses(LEADER, "Đồng ý")
    await t.hears(LEADER, "Đã gia hạn NV-002")
    await t.hears(SECONDARY, "đồng ý gia hạn NV-002 đến hết ngày 18/3/2025", "lần 1")


async def _the_day(t: Teller) -> None:
    await t.until(14, 3)
    await t.hears(PRIMARY)  # nothing about NV-002: it is done
    await t.hears_nothing(SECONDARY)  # granted until 18/3: no rung today
    await t.sends(PRESCHOOL, sample(REPORT), "NV-002 em bổ sung phụ lục rồi ạ")
    await t.hears(PRESCHOOL, "lần nộp thứ 02", "chờ xác nhận")


async def _one_line(t: Teller) -> None:
    await t.skips(CHIEF)
    await t.says(CHIEF, "/giaoviec TH Thanh Sơn: báo cáo cơ sở vật chất hè, nộp trước 21/3")
    await t.hears(CHIEF, "Dự thảo giao việc", "Trường Tiểu học Thanh Sơn", "trước ngày 21/3/2025", "thứ Năm, 20/3/2025")
    await t.presses(CHIEF, "Giao việc")
    await t.hears(CHIEF, "Đã giao NV-")
    await t.hears(PRIMARY, "giao Trường Tiểu học Thanh Sơn", "cơ sở vật chất hè")


async def _progress(t: Teller) -> None:
    await t.skips(LEADER)
    await t.says(LEADER, "/tiendo")
    await t.hears(LEADER, "Tổng số", "lượt giao", "Đã hoàn thành 01 (đúng hạn 01, quá hạn 00)", picture=True)
    await t.says(LEADER, "trường nào chưa nộp?")
    await t.hears(LEADER, "chưa nộp", "Trường THCS Thanh Lâm")


async def _digest(t: Teller) -> None:
    await t.until(17, 3, 7, 31)
    await t.hears(CHIEF, "Bản tin sáng gửi lãnh đạo", "BẢN TIN TIẾN ĐỘ")
    await t.hears(LEADER, "Kính báo cáo đồng chí Chủ tịch", "Số liệu đến 07 giờ 30 ngày 17/3/2025", "quá hạn")


STEPS = (
    ("Chánh Văn phòng gửi văn bản chỉ đạo", _directive),
    ("Sửa dự thảo bằng lời, hoàn tác", _edit),
    ("Duyệt và giao; mỗi đơn vị nhận thông báo", _approve),
    ("Nhắc trước hạn 03 ngày làm việc", _first_reminder),
    ("Trả lời bằng lời", _free_text),
    ("Nộp tệp và báo số văn bản", _report),
    ("Văn phòng xác nhận một, yêu cầu bổ sung một", _checking),
    ("Xin gia hạn, lãnh đạo đồng ý", _extension),
    ("Ngày ghi trong văn bản", _the_day),
    ("Giao việc bằng một dòng", _one_line),
    ("Lãnh đạo hỏi tiến độ", _progress),
    ("Bản tin sáng", _digest),
)
