"""Assignments: who may see what, codes without gaps or doubles, and a trail of every change."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest
from sqlalchemy import select

from dondoc.rules.deadlines import Deadline
from dondoc.rules.roles import Role, Scope, scope_for
from dondoc.rules.states import State
from dondoc.rules.unit_kinds import Kind
from dondoc.storage import directives, progress, work
from dondoc.storage.database import Database
from dondoc.storage.tables import assignments, events
from tests.support.offices import START, ZONE, SampleOffice, assignment, change, directive, give

DUE = date(2024, 6, 28)


async def _seen(database: Database, scope: Scope) -> tuple[set[str], set[str], list[bool]]:
    """What the three ways of asking show a person: units found, units in figures, and single assignments."""
    async with database.read() as tx:
        found = {item.unit_code for item in await work.find(tx, scope)}
        figures = {row.unit_code for row in await progress.rows(tx, scope, ZONE)}
        ids = (await tx.execute(select(assignments.c.id).order_by(assignments.c.id))).scalars().all()
        single = [await work.get(tx, scope, one) is not None for one in ids]
    return found, figures, single


async def test_people_see_what_their_scope_opens(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        await give(tx, office, "TH-HS", "THCS-BM", deadline=DUE)
    huong = scope_for(office.people["huong"], frozenset({Role.CONTACT}), frozenset({office.units["TH-HS"]}))
    staff = scope_for(office.people["khanh"], frozenset({Role.STAFF}), frozenset())
    in_group = scope_for(office.people["khanh"], frozenset({Role.STAFF}), frozenset(), in_group=True)
    everything = ({"TH-HS", "THCS-BM"}, {"TH-HS", "THCS-BM"}, [True, True])
    nothing: tuple[set[str], set[str], list[bool]] = (set(), set(), [False, False])
    assert await _seen(database, Scope.nobody()) == nothing
    assert await _seen(database, in_group) == nothing
    assert await _seen(database, huong) == ({"TH-HS"}, {"TH-HS"}, [True, False])
    assert await _seen(database, staff) == everything
    assert await _seen(database, Scope.office()) == everything


async def test_a_unit_cannot_lock_what_it_may_not_see(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        (other,) = await give(tx, office, "THCS-BM", deadline=DUE)
        scope = scope_for(office.people["huong"], frozenset({Role.CONTACT}), frozenset({office.units["TH-HS"]}))
        assert await work.get(tx, scope, other, lock=True) is None


async def test_an_assignment_carries_what_messages_need(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        source = await directive(tx, office)
        (made,) = await give(
            tx,
            office,
            "TH-HS",
            deadline=DUE,
            rule="before",
            task={"directive_id": source, "section": "II.2", "report_via": "Phòng Giáo dục và Đào tạo"},
        )
        item = await assignment(tx, made)
    assert item.code == "NV-001"
    assert item.citation == "Thông báo số 88/TB-UBND ngày 10/6/2024"
    assert item.deadline == Deadline(DUE, "before")
    assert (item.unit_name, item.unit_kind, item.state, item.version) == (
        "Trường Tiểu học Hoa Sen",
        Kind.PRIMARY,
        State.NEW,
        1,
    )


async def test_the_nearest_deadline_comes_first_and_undated_work_last(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        await give(tx, office, "TH-HS")
        await give(tx, office, "TH-HS", deadline=date(2024, 7, 1))
        await give(tx, office, "THCS-BM", "TH-HS", deadline=DUE)
        found = [(item.code, item.unit_code) for item in await work.find(tx, Scope.office())]
    assert found == [("NV-003", "TH-HS"), ("NV-003", "THCS-BM"), ("NV-002", "TH-HS"), ("NV-001", "TH-HS")]


async def test_filters_narrow_and_an_empty_list_finds_nothing(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        first, second = await give(tx, office, "TH-HS", "THCS-BM", deadline=DUE)
        await change(tx, second, state="done")
        scope = Scope.office()
        assert [item.id for item in await work.find(tx, scope, states=[State.NEW])] == [first]
        assert [item.id for item in await work.find(tx, scope, unit_id=office.units["THCS-BM"])] == [second]
        assert [item.id for item in await work.find(tx, scope, code="NV-001", condition=work.open_condition())] == [
            first
        ]
        assert await work.find(tx, scope, ids=[]) == []
        assert await work.find(tx, scope, unit_ids=[]) == []


@pytest.mark.parametrize(
    ("role", "state", "owing"),
    [(role, state, role == "lead" and state in ("new", "received", "in_progress", "returned"))
     for role in ("lead", "cooperate") for state in State],
)  # fmt: skip
async def test_only_lead_units_that_have_not_submitted_owe_something(
    database: Database, office: SampleOffice, role: str, state: State, owing: bool
) -> None:
    async with database.write() as tx:
        await give(tx, office, "TH-HS", deadline=DUE, role=role, state=state.value)
        found = await work.find(tx, Scope.office(), condition=work.owing_condition())
    assert bool(found) is owing


# --- codes -------------------------------------------------------------------------------------------------------------


async def test_codes_go_on_from_the_highest(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        assert await directives.next_codes(tx, office.id, 2) == ["NV-001", "NV-002"]
        for code in ("NV-009", "NV-1000", "NV-010"):
            await give(tx, office, "TH-HS", task={"code": code})
        assert await directives.next_codes(tx, office.id, 2) == ["NV-1001", "NV-1002"]


async def test_approvals_at_the_same_moment_give_different_codes(
    database: Database, second_database: Database, office: SampleOffice
) -> None:
    async def approve(one: Database) -> None:
        async with one.write() as tx:
            await give(tx, office, "TH-HS")

    await asyncio.gather(*(approve(one) for one in (database, second_database) for _ in range(5)))
    async with database.read() as tx:
        codes = [item.code for item in await work.find(tx, Scope.office())]
    assert codes == [f"NV-{number:03d}" for number in range(1, 11)]


# --- the trail ---------------------------------------------------------------------------------------------------------


async def test_every_change_leaves_its_trail_without_anybodys_words(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        (made,) = await give(tx, office, "TH-HS", deadline=DUE)
        item = await assignment(tx, made)
        await work.change(
            tx,
            item,
            "obstacle",
            actor_id=office.people["huong"],
            at=START,
            state="in_progress",
            promised_on=date(2024, 6, 21),
            last_reply_at=START,
            obstacle="Máy chủ của trường hỏng",
        )
        after = await assignment(tx, made)
        event = (await tx.execute(select(events))).one()
    assert (after.state, after.obstacle) == (State.IN_PROGRESS, "Máy chủ của trường hỏng")
    assert (event.kind, event.actor_id, event.assignment_id) == ("obstacle", office.people["huong"], made)
    assert event.detail == {
        "from": "new",
        "state": "in_progress",
        "promised_on": "2024-06-21",
        "last_reply_at": START.isoformat(),
        "before": {"state": "new", "promised_on": None, "last_reply_at": None},
    }


# --- directives --------------------------------------------------------------------------------------------------------


async def test_what_may_be_the_same_document(database: Database, office: SampleOffice) -> None:
    """By content, by bytes, by day, or with a blank head; whether it is, the reader of documents decides."""
    issued = date(2024, 6, 10)
    async with database.write() as tx:
        made = await directive(tx, office)
        blank = await directive(tx, office, "90/TB-UBND", issued_on=None)

        async def perhaps(content: str, on: date | None, office_id: int = office.id) -> list[int]:
            found = await directives.perhaps_same(tx, office_id, content_hash=content, file_sha256=None, issued_on=on)
            return [one.id for one in found]

        assert await perhaps("88/TB-UBND".ljust(64, "0"), date(2023, 6, 10)) == [blank, made]
        assert await perhaps("x" * 64, issued) == [blank, made]
        assert await perhaps("x" * 64, date(2023, 6, 10)) == [blank]
        assert await perhaps("x" * 64, None) == [blank, made]
        assert await perhaps("x" * 64, issued, office.id + 1) == []


async def test_directives_are_found_by_what_people_type(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        first = await directive(tx, office, "88/TB-UBND")
        second = await directive(tx, office, "88/KH-UBND")
        await directive(tx, office, "888/TB-UBND")
        await directive(tx, office, "88/CV-UBND", approved_at=None)

        async def found(number: str) -> list[int]:
            return [one.id for one in await directives.find_directives(tx, office.id, number)]

        assert await found(" 88/tb-ubnd ") == [first]
        assert await found("88") == [first, second]
        assert await found("8") == []


async def test_a_draft_goes_with_its_document_and_what_was_approved_stays(
    database: Database, office: SampleOffice
) -> None:
    async with database.write() as tx:
        draft = await directive(tx, office, approved_at=None)
        values = {"office_id": office.id, "content": "…", "task_class": "dated", "created_at": START}
        await directives.add_task(tx, {**values, "directive_id": draft})
        await directives.delete_directive(tx, draft)
        with pytest.raises(LookupError):
            await directives.get_directive(tx, draft)
        approved = await directive(tx, office)
        kept = await directives.add_task(tx, {**values, "directive_id": approved, "status": directives.APPROVED})
        await directives.delete_directive(tx, approved)
        assert (await directives.get_task(tx, kept)).directive_id == approved
