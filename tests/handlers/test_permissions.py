"""The table of permissions, driven through the real dispatch: every command, button and conversation by everybody.

Handlers are replaced by a note that they were reached, so what is tested is who gets there, with what about which unit, and
from where. A new command or button without a row in ``MAY`` fails the first test.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.chat.messages import Inbound
from dondoc.handlers import dispatch
from dondoc.handlers.context import Context
from dondoc.locales import translator
from dondoc.rules import permissions
from dondoc.rules.clock import machine_now
from dondoc.rules.roles import Role
from dondoc.storage import conversations, people, submissions
from dondoc.storage.offices import the_office, work_calendar
from dondoc.storage.outbox import Address
from dondoc.storage.tables import contacts, outbox, tasks, units
from tests.support import offices
from tests.support.office import Desk
from tests.support.offices import ACCOUNT, CHANNEL, START

TODAY = START.date()
GROUP = "-100"

# Everybody who may be somebody to the office. Each has a chat of that name.
WHO = (
    "contact",
    "via",
    "staff",
    "territory_staff",
    "chief",
    "leader",
    "field_leader",
    "administrator",
    "nobody",  # registered once, and nothing now
    "unknown",
)
JOINED = set(WHO) - {"unknown"}
UNITS = ("own", "foreign", "closed")  # as the contact sees them; the territory and the field hold only "own"

_CLERKS = {"staff", "chief", "administrator"}
_OFFICE = _CLERKS | {"leader"}


def over(every: set[str], only_own: set[str] = frozenset()) -> dict[str, set[str]]:  # type: ignore[assignment]
    """Those who may whatever unit it is about, and those who may for the unit of their own, their territory or field."""
    return {unit: every | (only_own if unit == "own" else set()) for unit in UNITS}


ANSWERS = over(set(), {"contact"})
CHECKS = over(_CLERKS, {"territory_staff"})
GIVES = over(_CLERKS, {"territory_staff"})
DECIDES = over({"chief", "leader"}, {"field_leader"})
LOADS = over(_CLERKS)
ADMITS = over(_CLERKS)
ADMINISTERS = over({"administrator"})
FIGURES = over(_OFFICE | {"via", "territory_staff", "field_leader"})
ANYBODY = over(JOINED)

COMMANDS = {
    "start": ANYBODY,
    "trogiup": ANYBODY,
    "ngonngu": ANYBODY,
    "dulieu": ANYBODY,
    "nhatky": ADMINISTERS,
    "caidat": ADMINISTERS,
    "nhiemvu": over({"contact", "via"}),
    "giaoviec": over(_CLERKS | {"territory_staff"}),
    "vanban": LOADS,
    "duyet": over(_CLERKS | {"territory_staff"}),
    "giahan": over({"chief", "leader", "field_leader"}),
    "tiendo": FIGURES,
    "xuat": FIGURES,
    "dangky": ADMITS,
    "hoantac": over(_CLERKS | {"territory_staff"}),
    "goidien": over(_CLERKS | {"territory_staff"}),
    "moi": ADMINISTERS,
    "bangiao": ADMITS,
    "thaythe": ADMITS,
}
# What each button's data speak of, and who may press it.
BUTTONS = {
    "answer": ("assignment", ANSWERS),
    "pick": ("assignment", ANSWERS),
    "which": ("assignment", ANSWERS),
    "which_of": ("assignments", ANSWERS),
    "sent": ("assignments", ANSWERS),
    "received": ("assignments", ANSWERS),
    "not_ours": ("assignment", ANSWERS),
    "attend": ("", over({"contact", "via"})),
    "absent": ("", over({"contact", "via"})),
    "duyet": ("", over(_CLERKS | {"territory_staff"})),
    "confirm": ("assignment", CHECKS),
    "supplement": ("assignment", CHECKS),
    "redo": ("assignment", CHECKS),
    "keep": ("assignment", CHECKS),
    "withdraw": ("assignment", CHECKS),
    "undo": ("assignment", CHECKS),
    "hold_digest": ("", over(_CLERKS | {"territory_staff"})),
    "extension_grant": ("extension", DECIDES),
    "extension_other": ("extension", DECIDES),
    "extension_refuse": ("extension", DECIDES),
    "assign_draft": ("draft", GIVES),
    "assign_ask": ("draft", GIVES),
    "assign_drop": ("draft", GIVES),
    "assign_restore": ("", over(_CLERKS | {"territory_staff"})),
    "assign_give": ("draft", GIVES),
    "assign_announce": ("draft", GIVES),
    "approve": ("", LOADS),
    "discard": ("", LOADS),
    "show_directive": ("", LOADS),
    "draft_one_by_one": ("", LOADS),
    "draft_all": ("", LOADS),
    "draft_next": ("", LOADS),
    "draft_edit": ("", LOADS),
    "draft_agree": ("", LOADS),
    "draft_answer": ("", LOADS),
    "draft_drop": ("", LOADS),
    "draft_undo": ("", LOADS),
    "draft_internal_day": ("", LOADS),
    "unit_answer": ("", LOADS),
    "reference_none": ("", LOADS),
    "amend_apply": ("", LOADS),
    "amend_keep": ("", LOADS),
    "amend_separate": ("", LOADS),
    "amend_carry": ("", LOADS),
    "amend_ordinary": ("", LOADS),
    "admit": ("", ADMITS),
    "turn_away": ("", ADMITS),
    "hand_over": ("", ADMITS),
    "setting_pick": ("", ADMINISTERS),
    "setting_value": ("", ADMINISTERS),
    "setting_save": ("", ADMINISTERS),
    "setting_drop": ("", ADMINISTERS),
    "invite_unit": ("", ADMINISTERS),
    "invite_units": ("", ADMINISTERS),
    "progress": ("", FIGURES),
    "who_owes": ("", FIGURES),
    "by_directive": ("", FIGURES),
    "export": ("", FIGURES),
    "language": ("", ANYBODY),
    "data_change": ("", ANYBODY),
    "data_export": ("", ANYBODY),
    "data_delete": ("", ANYBODY),
    "data_delete_sure": ("", ANYBODY),
}
FLOWS = {
    "dulieu": ("", ANYBODY),
    "caidat": ("", ADMINISTERS),
    "baocao": ("assignment", ANSWERS),
    "duyet": ("assignment", CHECKS),
    "giahan": ("assignment", ANSWERS),
    "giahan.grant": ("extension", DECIDES),
    "giaoviec": ("", over(_CLERKS | {"territory_staff"})),
    "hoivanban": ("", LOADS),
    "soanthao": ("", LOADS),
}


def test_the_table_has_no_gap() -> None:
    """What can be called has a row, what has a row can be called, and this test knows each."""
    assert set(permissions.COMMANDS) == set(dispatch.COMMANDS) == set(COMMANDS)
    assert set(permissions.BUTTONS) == set(dispatch.ACTIONS) == set(BUTTONS)
    assert {name.partition(".")[0] for name in permissions.FLOWS} == set(dispatch.FLOWS)
    assert set(permissions.FLOWS) == set(FLOWS)


@dataclass(slots=True)
class Stage:
    """The office with everybody in it, in a transaction that is rolled back at the end."""

    tx: AsyncConnection
    desk: Desk
    people: dict[str, int]
    units: dict[str, int]
    assignments: dict[str, int]
    extensions: dict[str, int]
    reached: list[str]

    def data(self, kind: str, unit: str) -> dict[str, Any]:
        one = self.assignments[unit]
        draft = {"lead": [self.units[unit]], "cooperate": []}
        return {
            "assignment": {"assignment": one},
            "assignments": {"assignments": [one]},
            "extension": {"extension": self.extensions[unit]},
            "draft": {"draft": draft},
        }.get(kind, {})

    async def hears(self, who: str, *, text: str = "", choice: str | None = None, in_group: bool = False) -> str:
        """What the bot answers; the name of the handler if one was reached."""
        chat = GROUP if in_group else who
        inbound = Inbound(
            channel=CHANNEL,
            account=ACCOUNT,
            chat_id=chat,
            sender_id=who,
            message_id="1",
            sent_at=START,
            text=text,
            choice=choice,
            is_group=in_group,
        )
        person = await people.identify(self.tx, CHANNEL, ACCOUNT, who, TODAY)
        office = await the_office(self.tx)
        context = Context(
            tx=self.tx,
            services=None,  # type: ignore[arg-type]
            inbound=inbound,
            inbox_id=0,
            files=(),
            address=Address(CHANNEL, ACCOUNT, chat, person.id if person else None),
            person=person,
            office=office,
            calendar=await work_calendar(self.tx, office.id),
            now=START,
            machine=machine_now(),
        )
        self.reached.clear()
        await self.tx.execute(outbox.delete())
        await dispatch.dispatch(context)
        answers = (await self.tx.execute(select(outbox.c.payload))).scalars().all()
        texts = [answer["message"]["text"] for answer in answers]
        assert len(self.reached) + len(texts) <= 1, (self.reached, texts)
        return (self.reached or texts or [""])[0]


class _RollBack(Exception):
    pass


@asynccontextmanager
async def on_stage(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    reached: list[str] = []

    def note(name: str) -> Any:
        async def handler(*_: object) -> bool:
            reached.append(name)
            return True

        return handler

    for table in (dispatch.COMMANDS, dispatch.ACTIONS, dispatch.FLOWS):
        for name in table:
            monkeypatch.setitem(table, name, note(name))  # type: ignore[arg-type]
    monkeypatch.setattr(dispatch, "READERS", tuple((right, note("reader")) for right, _ in dispatch.READERS))
    try:
        async with desk.database.write() as tx:
            yield await _stage(tx, desk, reached)
            raise _RollBack
    except _RollBack:
        pass


async def _stage(tx: AsyncConnection, desk: Desk, reached: list[str]) -> Stage:
    office = desk.office
    known: dict[str, int] = {}
    # The school lies in the commune that is the territory and the field.
    unit_ids = {"own": office.units["TH-HS"], "foreign": office.units["THCS-BM"], "closed": office.units["MN-HD"]}
    ended = units.update().where(units.c.id == unit_ids["closed"]).values(valid_to=TODAY - timedelta(days=1))
    await tx.execute(ended)
    for who in sorted(JOINED):
        known[who] = await people.add_person(tx, START, name=who)
        await people.join(tx, known[who], Address(CHANNEL, ACCOUNT, who), START)
    for unit in ("own", "closed"):
        await people.add_contact(tx, unit_ids[unit], known["contact"], function="clerk")
    await people.add_contact(tx, office.units["PGD"], known["via"])
    for who, role, field in (
        ("staff", Role.STAFF, None),
        ("territory_staff", Role.STAFF, "UBND xã An Phú"),
        ("chief", Role.CHIEF, None),
        ("leader", Role.LEADER, None),
        ("field_leader", Role.LEADER, "Trường Tiểu học Hoa Sen"),
        ("administrator", Role.ADMIN, None),
    ):
        await people.add_role(tx, known[who], office.id, role, field)
    given: dict[str, int] = {}
    asked: dict[str, int] = {}
    for unit, code in (("own", "TH-HS"), ("foreign", "THCS-BM"), ("closed", "MN-HD")):
        [given[unit]] = await offices.give(tx, office, code, deadline=date(2024, 6, 28))
        asked[unit] = await submissions.ask_extension(
            tx, given[unit], asked_by=known["contact"], asked_at=START, wanted=date(2024, 7, 5), reason="chờ số liệu"
        )
    await tx.execute(tasks.update().values(via_unit_id=office.units["PGD"]))
    return Stage(tx, desk, known, unit_ids, given, asked, reached)


T = translator()
REFUSALS = {T(f"handlers.{name}") for name in ("no_right", "button_foreign", "outside_field")}
ONLY_PRIVATE = T("handlers.group_only_private")
HOW = T("handlers.join.how")


def judge(who: str, heard: str, name: str, allowed: bool, *, in_group: bool) -> None:
    """The handler was reached, or the one line that refuses was said and nothing else."""
    if who == "unknown":
        assert heard == ("" if in_group else HOW), (who, name, heard)
    elif in_group:
        assert heard == ONLY_PRIVATE, (who, name, heard)
    elif allowed:
        assert heard == name, (who, name, heard)
    else:
        assert heard in REFUSALS, (who, name, heard)


async def test_every_command_by_everybody(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(desk, monkeypatch) as stage:
        for name, may in COMMANDS.items():
            for who in WHO:
                for in_group in (False, True):
                    heard = await stage.hears(who, text=f"/{name}", in_group=in_group)
                    judge(who, heard, name, who in may["own"], in_group=in_group)


@pytest.mark.parametrize("action", sorted(BUTTONS))
async def test_every_button_by_everybody_about_every_unit(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    """Each presses a button of their own; the unit it speaks of is theirs, somebody else's, or exists no more."""
    kind, may = BUTTONS[action]
    async with on_stage(desk, monkeypatch) as stage:
        for unit in UNITS:
            for who in WHO:
                owner = stage.people.get(who, stage.people["nobody"])
                data = stage.data(kind, unit)
                button = await conversations.make_button(stage.tx, owner, action, data, machine_now())
                for in_group in (False, True):
                    heard = await stage.hears(who, choice=button, in_group=in_group)
                    judge(who, heard, action, who in may[unit], in_group=in_group)


@pytest.mark.parametrize("flow", sorted(FLOWS))
async def test_every_conversation_by_everybody_about_every_unit(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, flow: str
) -> None:
    """Who has lost the right since the conversation began, is not understood as going on with it."""
    kind, may = FLOWS[flow]
    name, _, step = flow.partition(".")
    async with on_stage(desk, monkeypatch) as stage:
        for unit in UNITS:
            for who in sorted(JOINED):
                to = Address(CHANNEL, ACCOUNT, who, stage.people[who])
                await conversations.remember(stage.tx, to, name, step or "any", stage.data(kind, unit), machine_now())
                heard = await stage.hears(who, text="đến 05/7 ạ")
                assert (heard == name) == (who in may[unit]), (flow, who, unit, heard)


async def test_words_are_read_by_those_who_may(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody with something to say is read; who is nothing to the office is told so; groups and strangers are not."""
    async with on_stage(desk, monkeypatch) as stage:
        for who in WHO:
            heard = await stage.hears(who, text="chào buổi sáng")
            expected = {"unknown": HOW, "nobody": T("handlers.join.welcome_back", name="", office="")[:9]}
            assert heard == "reader" if who not in expected else heard.startswith(expected[who]), (who, heard)
            assert await stage.hears(who, text="chào buổi sáng", in_group=True) == ""


async def test_who_answers_only_for_a_closed_unit_is_told_where_its_work_went(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with on_stage(desk, monkeypatch) as stage:
        mine = (contacts.c.person_id == stage.people["contact"]) & (contacts.c.unit_id == stage.units["own"])
        await stage.tx.execute(contacts.delete().where(mine))
        heard = await stage.hears("contact", text="em nộp rồi ạ")
        assert "Trường Mầm non Hướng Dương" in heard
        assert await stage.hears("contact", text="/nhiemvu") == "nhiemvu", "what was, may be looked at"
