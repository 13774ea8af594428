"""What rights lead to: what is left undone, what is seen, and that nothing outlives its right."""

from __future__ import annotations

from dondoc.storage.tables import assignments, directives, extensions, office_roles, submissions, tasks
from tests.support.office import Desk
from tests.support.offices import START
from tests.support.sayings import says


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


async def test_a_via_unit_sees_what_is_reported_through_it(desk: Desk) -> None:
    """Its figures and its register, of its own units and no other; it answers for itself only."""
    [routed] = await desk.give("TH-HS", task={"via_unit_id": desk.office.units["PGD"]})
    await desk.give("THCS-BM")
    await desk.says("dung", "/tiendo")
    assert "Tổng số 01 lượt giao" in desk.heard("dung")
    await desk.says("dung", "NV-001 đã xong")
    assert (await desk.item(routed)).state == "new"
    await desk.says("binh", "/tiendo")
    desk.hears_only("binh", "handlers.no_right")


async def test_a_group_chat_hears_nothing_of_what_its_members_may_see(desk: Desk) -> None:
    """Neither by command, by button nor in words, whoever asks; they are told once where to ask."""
    await desk.give("TH-HS")
    for text in ("/tiendo", "/nhiemvu", "/trogiup"):
        await desk.says("-7", text, sender_id=desk.office.chats["khanh"], is_group=True)
        desk.hears_only("-7", "handlers.group_only_private")
    for text in ("trường nào chưa nộp?", "NV-001 đã xong"):
        await desk.says("-7", text, sender_id=desk.office.chats["huong"], is_group=True)
        desk.hears_nothing("-7")
