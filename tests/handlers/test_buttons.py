"""Buttons: each belongs to one person, means what it meant when it was shown, and says nothing to anybody else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Table, delete, select

from dondoc.handlers.dispatch import ACTIONS
from dondoc.rules.clock import machine_now
from dondoc.rules.roles import Role
from dondoc.storage import conversations, invitations, offices
from dondoc.storage.tables import (
    assignments,
    buttons,
    directives,
    extensions,
    office_roles,
    outbox,
    people,
    settings,
    submissions,
    tasks,
)
from tests.support.cast import DIRECTIVE
from tests.support.office import PDF, Desk
from tests.support.offices import START
from tests.support.sayings import says

DEADLINE = date(2024, 6, 28)
WORK = (assignments, tasks, directives, submissions, extensions, settings, people)
CHATS = ("huong", "binh", "dung", "khanh", "son", "loan")


async def every_button(desk: Desk) -> None:
    """A day of the office on which every kind of button is shown to somebody."""
    await desk.give("TH-HS", deadline=DEADLINE, task={"content": "Báo cáo tuyển sinh"})
    await desk.give("THCS-BM", deadline=DEADLINE, task={"content": "Báo cáo cơ sở vật chất"})
    await desk.give("THCS-BM", deadline=DEADLINE, task={"content": "Báo cáo nhân sự"})
    await desk.at(25, 6, 8, 1)  # reminders: answers to one task, letters for several; the preview that can be held
    await desk.presses("huong", "scheduler.answer.not_ours")  # really? yes, no
    await desk.says("binh", "em đang làm 40%")  # which task?
    await desk.says("binh", "cả 2 việc em nộp rồi ạ")  # all of them? yes, no
    await desk.says("binh", "NV-002 xin gia hạn đến 05/7 vì chờ số liệu của Sở")  # the decision
    await desk.says("binh", "/ngonngu")
    await desk.says("khanh", "/giaoviec PGD: báo cáo học bạ, nộp trước 28/6")  # give, change, drop
    await desk.presses("khanh", "handlers.assign.give")  # the notice: received
    await desk.says("khanh", "/giaoviec PGD: báo cáo học liệu")  # without a date
    await desk.says("khanh", "thôi")  # bring it back
    await desk.says("khanh", "/giaoviec mời PGD họp giao ban 8h00 ngày 28/6/2024 tại hội trường")
    await desk.presses("khanh", "handlers.assign.announce")  # will attend, cannot
    await desk.sends("khanh", "thong-bao.txt", DIRECTIVE.encode())  # approve, discard
    await desk.presses("khanh", "handlers.draft.button.one_by_one")  # agree, change, drop, next, all
    await desk.says("khanh", "1: hạn 15/6/2024")  # which day?
    await desk.says("khanh", "3: hạn trước 28/6")  # undo
    await desk.says("khanh", "duyệt")  # an earlier day for the units of the department
    await desk.says("khanh", "/vanban")
    await desk.says("dung", "NV-004 không phải của phòng ạ")
    await desk.presses("dung", "handlers.report.not_ours_yes")  # keep, withdraw
    await desk.sends("huong", "bc.pdf", PDF, caption="NV-001 em nộp ạ")
    await desk.says("khanh", "/duyet")  # confirm, supplement, redo
    async with desk.database.write() as tx:
        await offices.set_setting(tx, desk.office.id, offices.JOINING_IS_CHECKED, True)
        unit_id = desk.office.units["X-AP"]
        code = await invitations.invite(tx, desk.office.id, Role.CONTACT, machine_now(), unit_id=unit_id)
    await desk.says("51", f"/start {code}")  # let in, turn away
    await desk.says("loan", "/tiendo")  # who owes, by directive, export
    await desk.says("loan", "/tiendo Trường")


async def snapshot(desk: Desk, *tables: Table) -> list[list[Any]]:
    return [await desk.rows(select(table).order_by(*table.primary_key.columns)) for table in tables]


async def shown(desk: Desk) -> dict[str, list[tuple[str, int]]]:
    """(id, owner) of every button by its action."""
    found: dict[str, list[tuple[str, int]]] = {}
    for row in await desk.rows(select(buttons.c.action, buttons.c.id, buttons.c.person_id)):
        found.setdefault(row.action, []).append((row.id, row.person_id))
    return found


async def test_every_button_belongs_to_one_person(desk: Desk) -> None:
    """Pressed by anybody else, known or not, it says the same nothing, and nothing changes."""
    await every_button(desk)
    rare = sorted(set(ACTIONS) - set(await shown(desk)))  # what such a day does not show
    async with desk.database.write() as tx:
        owner_id = desk.office.people["khanh"]
        await conversations.make_buttons(tx, [(owner_id, action, {}) for action in rare], desk.clock.now())
    by_action = await shown(desk)
    assert set(by_action) == set(ACTIONS)
    desk.forget_news()
    before = await snapshot(desk, *WORK)
    owners = {person_id: who for who, person_id in desk.office.people.items()}
    for action, some in sorted(by_action.items()):
        button, owner = some[-1]
        for who in CHATS:
            if owners[owner] == who:
                continue
            await desk.presses_data(who, button)
            desk.hears_only(who, "handlers.button_foreign")
        await desk.presses_data("99", button)
        desk.hears_only("99", "handlers.join.how")
        assert await snapshot(desk, *WORK) == before, action


async def test_office_buttons_need_the_right_also_later(desk: Desk) -> None:
    """Everybody of the office loses their roles: what was shown to them before does nothing any more."""
    await every_button(desk)
    by_action = await shown(desk)
    async with desk.database.write() as tx:
        await tx.execute(delete(office_roles))
    desk.forget_news()
    before = await snapshot(desk, *WORK)
    office = {desk.office.people[who]: who for who in ("khanh", "son", "loan")}
    harmless = {"language", "assign_drop"}
    for action, some in sorted(by_action.items()):
        for button, owner in some[-1:]:
            if owner not in office or action in harmless:
                continue
            await desk.presses_data(office[owner], button)
            text = desk.heard(office[owner])
            assert says(text, "handlers.no_right"), (action, text)
            assert await snapshot(desk, *WORK) == before, action


@pytest.mark.parametrize("data", ["", "rác", "x" * 64, "1; DROP TABLE buttons", "\ufffd", "NV-001"])
async def test_nonsense_is_nobodys_button(desk: Desk, data: str) -> None:
    await desk.presses_data("huong", data)
    desk.hears_only("huong", "handlers.button_foreign")


async def test_pressing_again_does_nothing_twice(desk: Desk) -> None:
    """Every button twice by its owner: whatever it did, it did once."""
    await every_button(desk)
    by_action = await shown(desk)
    owners = {person_id: who for who, person_id in desk.office.people.items()}
    for action in ("received", "not_ours", "confirm", "extension_grant", "approve", "assign_give", "withdraw"):
        button, owner = by_action[action][-1]
        await desk.presses_data(owners[owner], button)
        desk.forget_news()
        before = await snapshot(desk, *WORK)
        sent = len(desk.channel.sent)
        await desk.presses_data(owners[owner], button)
        assert await snapshot(desk, *WORK) == before, action
        # One line to who pressed, and nobody else hears of it.
        assert [one.chat_id for one in desk.channel.sent[sent:]] == [desk.office.chats[owners[owner]]], action


async def test_a_button_is_acknowledged_at_once(desk: Desk) -> None:
    """Also a stranger's, and one that means nothing."""
    for who, data in (("huong", "rác"), ("99", "rác")):
        await desk.presses_data(who, data)
    assert len(desk.channel.acknowledged) == 2


async def test_an_old_reminder_speaks_of_what_is_true_now(desk: Desk) -> None:
    """Its buttons still work for the same task, and do not reopen what is settled."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.at(25, 6, 8, 1)
    data = desk.button("huong", "scheduler.answer.working")
    await desk.change(item_id, state="done", result="on_time", late_days=0, closed_at=START)
    desk.forget_news()
    await desk.presses_data("huong", data)
    desk.hears_only("huong", "handlers.report.settled", code="NV-001")
    assert (await desk.item(item_id)).state == "done"
    assert {row.state for row in await desk.rows(select(outbox.c.state))} == {"sent"}
