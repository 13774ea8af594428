"""/bangiao and /thaythe: a contact hands over, somebody stands in."""

from __future__ import annotations

import re
from datetime import date

from dondoc.storage import registry
from tests.support.office import Desk
from tests.support.offices import join

DEADLINE = date(2024, 6, 28)


async def names(desk: Desk, unit: str) -> list[str]:
    async with desk.database.read() as tx:
        return [one.name for one in await registry.contacts_of(tx, [desk.office.units[unit]])]


async def test_a_principal_hands_over(desk: Desk) -> None:
    """One line and one tap: the old one may nothing more, the new one joins with the code and finds the open tasks."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.says("khanh", "/bangiao TH Hoa Sen: Đào Bích Liên, Hiệu trưởng, 0900 000 099")
    desk.hears("khanh", "handlers.contact.handover", old="Lê Thu Hường, Hiệu trưởng")
    assert await names(desk, "TH-HS") == ["Lê Thu Hường", "Vũ Hoài Nam"], "nothing happens before it is confirmed"
    await desk.presses("khanh", "handlers.contact.hand_over")
    told = desk.hears("khanh", "handlers.contact.handed_over", name="Đào Bích Liên")
    desk.hears("huong", "handlers.contact.you_handed_over", unit="Trường Tiểu học Hoa Sen")
    assert await names(desk, "TH-HS") == ["Đào Bích Liên", "Vũ Hoài Nam"]
    await desk.says("huong", "NV-001 nộp rồi ạ, số 15/BC ngày 18/6")
    assert (await desk.item(item_id)).state == "new"
    code = re.search(r"\b[A-Z2-9]{8}\b", told)
    assert code
    await desk.says("41", code[0])
    text = desk.hears("41", "handlers.join.welcome_unit")
    assert "Đào Bích Liên" in text
    assert "NV-001" in text
    await desk.presses("khanh", "handlers.contact.hand_over")
    desk.hears_only("khanh", "handlers.button_old")


async def test_another_than_the_first_contact(desk: Desk) -> None:
    await desk.says("khanh", "/ban giao TH-HS: Vũ Hoài Nam -> Tạ Thị Yên, Văn thư")
    await desk.presses("khanh", "handlers.contact.hand_over")
    assert await names(desk, "TH-HS") == ["Lê Thu Hường", "Tạ Thị Yên"]


async def test_what_is_not_clear_changes_nothing(desk: Desk) -> None:
    for text, name in (
        ("/bangiao", "how_handover"),
        ("/bangiao TH Hoa Sen", "how_handover"),
        ("/bangiao Trường Nào Đó: Đào Bích Liên", "which_unit"),
        ("/bangiao TH Hoa Sen: Ai Đó → Đào Bích Liên", "unknown"),
        ("/thaythe TH Hoa Sen: Vũ Hoài Nam", "how_stand_in"),
        ("/thaythe TH Hoa Sen: Vũ Hoài Nam từ 15/7 đến 01/7/2024", "how_stand_in"),
        ("/thaythe TH Hoa Sen: Ai Đó từ 01/7 đến 15/7", "unknown"),
        ("/thaythe TH Hoa Sen: Lê Thu Hường từ 01/7 đến 15/7", "unknown"),
    ):
        await desk.says("khanh", text)
        desk.hears_only("khanh", f"handlers.contact.{name}")
    assert await names(desk, "TH-HS") == ["Lê Thu Hường", "Vũ Hoài Nam"]


async def test_reminders_go_to_who_stands_in(desk: Desk) -> None:
    """Only on those days; the one who is away hears nothing then."""
    await desk.give("TH-HS", deadline=DEADLINE)
    async with desk.database.write() as tx:
        await join(tx, desk.office, "nam", "22")
    desk.office.chats["nam"] = "22"  # type: ignore[index]
    await desk.says("khanh", "/thaythe TH Hoa Sen: Vũ Hoài Nam từ 24/6 đến 26/6")
    desk.hears("khanh", "handlers.contact.stands_in", name="Vũ Hoài Nam", first="24/6/2024", last="26/6/2024")
    desk.hears("nam", "handlers.contact.you_stand_in", unit="Trường Tiểu học Hoa Sen")
    await desk.at(25, 6, 8, 1)
    assert "NV-001" in desk.heard("nam")
    desk.hears_nothing("huong")
    await desk.at(27, 6, 8, 1)
    assert "NV-001" in desk.heard("huong")
    desk.hears_nothing("nam")
