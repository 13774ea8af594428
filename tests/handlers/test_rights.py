"""Who may give which command: every command by every role."""

from __future__ import annotations

from dondoc.handlers.dispatch import COMMANDS
from dondoc.handlers.menu import MENU
from dondoc.rules.roles import Role
from dondoc.storage import people
from dondoc.storage.outbox import Address
from dondoc.storage.tables import assignments, directives, extensions, office_roles, submissions, tasks
from tests.support.office import Desk
from tests.support.offices import START
from tests.support.sayings import says

EVERYBODY = {"huong", "khanh", "son", "loan", "quan"}
OFFICE = EVERYBODY - {"huong"}
CLERKS = {"khanh", "son", "quan"}

# huong is a unit's contact, khanh staff, son the chief of office, loan a leader, quan the administrator.
MAY = {
    "start": EVERYBODY,
    "trogiup": EVERYBODY,
    "help": EVERYBODY,
    "ngonngu": EVERYBODY,
    "nhiemvu": {"huong"},
    "tiendo": OFFICE,
    "xuat": OFFICE,
    "giaoviec": CLERKS,
    "giaonhiemvu": CLERKS,
    "vanban": CLERKS,
    "duyet": CLERKS,
    "giahan": {"son", "loan"},
}


async def with_administrator(desk: Desk) -> None:
    async with desk.database.write() as tx:
        person_id = await people.add_person(tx, START, name="Lương Quân")
        await people.add_role(tx, person_id, desk.office.id, Role.ADMIN)
        await people.join(tx, person_id, Address(desk.channel.name, desk.channel.account, "14", person_id), START)
    desk.office.chats["quan"] = "14"  # type: ignore[index]


async def test_every_command_by_every_role(desk: Desk) -> None:
    """Who may gets an answer, who may not is told so and nothing else; a stranger gets the way to register."""
    assert set(COMMANDS) == set(MAY)
    assert set(MENU) <= set(COMMANDS)
    await with_administrator(desk)
    for command, allowed in MAY.items():
        for who in sorted(EVERYBODY):
            await desk.says(who, f"/{command}")
            heard = desk.heard(who)
            assert heard
            assert says(heard, "handlers.no_right") == (who not in allowed), (command, who, heard)
        await desk.says("99", f"/{command}")
        desk.hears_only("99", "handlers.join.how")


async def test_what_may_not_be_done_leaves_nothing(desk: Desk) -> None:
    """A contact tries what staff do, in commands, files and words."""
    await desk.says("huong", "/giaoviec THCS Bình Minh: báo cáo điện nước, nộp trước 28/6")
    await desk.sends("huong", "chi-dao.txt", "THÔNG BÁO\n1. Các trường báo cáo trước ngày 28/6/2024.".encode())
    await desk.says("loan", "/giaoviec THCS Bình Minh: báo cáo điện nước, nộp trước 28/6")
    await desk.says("loan", "Trường THCS Bình Minh nộp NV-001 số 12 ngày 18/6")
    for table in (tasks, assignments, directives, submissions, extensions):
        assert await desk.rows(table.select()) == []


async def test_commands_are_read_as_people_type_them(desk: Desk) -> None:
    """With marks, capitals, a space, the bot's name behind them; an unknown one is named unknown."""
    for text in ("/tiendo", "/TienDo", "/tiến độ", "/tien do", "/tiendo@dondoc_bot"):
        await desk.says("loan", text)
        assert "Tổng số" in desk.heard("loan") or desk.last("loan").text, text
        assert not says(desk.last("loan").text, "handlers.unknown_command"), text
    await desk.says("loan", "/baocaothang")
    desk.hears("loan", "handlers.unknown_command")


async def test_a_right_that_was_taken_away_is_gone_at_once(desk: Desk) -> None:
    """Also behind buttons that were made before."""
    [item_id] = await desk.give("TH-HS", state="awaiting_confirmation", submitted_at=START)
    await desk.says("khanh", "/duyet")
    confirm = desk.button("khanh", "handlers.check.confirm")
    async with desk.database.write() as tx:
        await tx.execute(office_roles.delete().where(office_roles.c.person_id == desk.office.people["khanh"]))
    desk.forget_news()
    await desk.presses_data("khanh", confirm)
    desk.hears_only("khanh", "handlers.no_right")
    await desk.says("khanh", "/duyet")
    desk.hears_only("khanh", "handlers.no_right")
    assert (await desk.item(item_id)).state == "awaiting_confirmation"


async def test_help_shows_what_one_may_do(desk: Desk) -> None:
    await desk.says("huong", "/trogiup")
    text = desk.hears("huong", "handlers.help.nhiemvu", "handlers.help.answer")
    assert "/giaoviec" not in text
    await desk.says("loan", "/help")
    text = desk.hears("loan", "handlers.help.tiendo", "handlers.help.giahan")
    assert "/duyet" not in text
