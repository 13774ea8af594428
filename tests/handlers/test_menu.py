"""The platform's menu of commands: for each person what they may do, in their language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from dondoc.chat.channel import Refused
from dondoc.handlers.menu import command_menu
from dondoc.locales import LANGUAGES
from dondoc.rules.clock import FixedClock
from dondoc.rules.roles import Role
from dondoc.storage import people
from dondoc.storage.database import Database
from dondoc.storage.files import FileStore
from tests.support.channels import ScriptedChannel
from tests.support.office import Desk
from tests.support.offices import SampleOffice


class ChannelWithMenu(ScriptedChannel):
    """Keeps the menus that were set, by chat."""

    def __init__(self) -> None:
        super().__init__()
        self.menus: list[tuple[str | None, list[str]]] = []
        self.broken = False

    async def set_commands(
        self, commands: Mapping[str, Sequence[tuple[str, str]]], *, chat_id: str | None = None
    ) -> None:
        if self.broken:
            raise Refused("no menus today")
        self.menus.append((chat_id, [name for name, _ in commands[""]]))


@pytest.fixture
def channel() -> ChannelWithMenu:
    return ChannelWithMenu()


@pytest.fixture
def desk(
    database: Database, office: SampleOffice, channel: ChannelWithMenu, clock: FixedClock, file_store: FileStore
) -> Desk:
    return Desk(database, office, channel, clock, file_store)


def test_who_is_not_registered_finds_how_to() -> None:
    menu = command_menu()
    assert set(menu) == {"", *LANGUAGES[1:]}
    assert all([name for name, _ in entries] == ["start", "trogiup"] for entries in menu.values())


async def test_each_role_gets_its_own_menu_once(desk: Desk, channel: ChannelWithMenu) -> None:
    for who in ("huong", "loan", "khanh"):
        await desk.says(who, "/trogiup")
        await desk.says(who, "/trogiup")
    menus = dict(channel.menus)
    assert len(channel.menus) == 3
    assert menus[desk.office.chats["huong"]] == ["trogiup", "nhiemvu", "dulieu", "ngonngu"]
    assert "duyet" in menus[desk.office.chats["khanh"]]
    assert "duyet" not in menus[desk.office.chats["loan"]]
    assert {"tiendo", "giahan"} <= set(menus[desk.office.chats["loan"]])


async def test_a_new_role_and_a_new_language_change_the_menu(desk: Desk, channel: ChannelWithMenu) -> None:
    await desk.says("huong", "/trogiup")
    async with desk.database.write() as tx:
        await people.add_role(tx, desk.office.people["huong"], desk.office.id, Role.STAFF)
    await desk.says("huong", "/trogiup")
    await desk.says("huong", "/ngonngu")
    await desk.presses("huong", "handlers.language.en")
    assert [("giaoviec" in menu) for _, menu in channel.menus] == [False, True, True]


async def test_a_menu_that_could_not_be_set_is_set_with_the_next_message(desk: Desk, channel: ChannelWithMenu) -> None:
    channel.broken = True
    await desk.says("huong", "/trogiup")
    desk.hears("huong", "handlers.help.nhiemvu")
    assert await desk.inbox_states() == ["done"]
    channel.broken = False
    await desk.says("huong", "/trogiup")
    assert len(channel.menus) == 1


async def test_strangers_and_groups_change_no_menu(desk: Desk, channel: ChannelWithMenu) -> None:
    await desk.says("99", "xin chào")
    await desk.says("-7", "/tiendo", sender_id=desk.office.chats["khanh"], is_group=True)
    desk.hears_only("-7", "handlers.group_only_private")
    assert channel.menus == []


async def test_commands_without_a_slash_and_with_a_slip(desk: Desk, channel: ChannelWithMenu) -> None:
    """Who may give them; of somebody else the same words are an answer."""
    await desk.give("TH-HS")
    for text in ("/tien do", "tien do", "Tiến độ?", "/tiendoo", "/Tiến Độ"):
        await desk.says("loan", text)
        assert "Tổng số" in desk.heard("loan"), text
    await desk.says("khanh", "giao viec")
    desk.hears_only("khanh", "handlers.assign.ask_line")
    await desk.says("huong", "tien do")
    text = desk.heard("huong")
    assert text
    assert "Tổng số" not in text
    assert desk.last("huong").text != "handlers.no_right"
