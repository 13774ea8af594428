"""The number and the day that could not be read are asked before approval; days without a year are then counted anew."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from dondoc.storage.tables import directives, tasks
from tests.handlers.test_directives import DIRECTIVE
from tests.support.office import Desk
from tests.support.sayings import says

BLANK = (
    DIRECTIVE.replace("Số: 64/TB-UBND", "Số:      /TB-UBND")
    .replace("ngày 17 tháng 6 năm 2024", "ngày    tháng    năm")
    .replace("28/6/2024", "28/6")
    .replace("05/7/2024", "05/7")
    .replace("10/7/2024", "10/7")
)


async def sent(desk: Desk, text: str = BLANK, who: str = "khanh") -> str:
    desk.forget_news()
    await desk.sends(who, "quet.txt", text.encode())
    return desk.heard(who)


async def head(desk: Desk) -> tuple[str | None, date | None]:
    [row] = await desk.rows(select(directives))
    return row.number, row.issued_on


async def deadlines(desk: Desk) -> list[date | None]:
    return [row.deadline for row in await desk.rows(select(tasks.c.deadline).order_by(tasks.c.position))]


async def test_number_and_day_are_asked_in_turn(desk: Desk) -> None:
    heard = await sent(desk)
    assert says(heard, "handlers.reference.ask_number")
    assert await deadlines(desk) == [None] * 4
    await desk.says("khanh", "số 64/TB-UBND")
    heard = desk.hears("khanh", "handlers.reference.taken", "handlers.reference.ask_day")
    assert "Thông báo số 64/TB-UBND" in heard
    await desk.says("khanh", "17/6")
    heard = desk.hears("khanh", "handlers.reference.taken", citation="Thông báo số 64/TB-UBND ngày 17/6/2024")
    assert says(heard, "handlers.reference.dated", number="03")
    assert await head(desk) == ("64/TB-UBND", date(2024, 6, 17))
    assert await deadlines(desk) == [date(2024, 6, 28), None, date(2024, 7, 5), date(2024, 7, 10)]
    classes = [row.task_class for row in await desk.rows(select(tasks.c.task_class).order_by(tasks.c.position))]
    assert classes == ["dated", "standing", "dated", "dated"]


async def test_both_in_one_answer(desk: Desk) -> None:
    await sent(desk)
    await desk.says("khanh", "64/tb-ubnd ngày 17/6/2024")
    assert not says(desk.heard("khanh"), "handlers.reference.ask_day")
    assert await head(desk) == ("64/TB-UBND", date(2024, 6, 17))


async def test_the_sign_that_a_scan_left_completes_a_bare_number(desk: Desk) -> None:
    await sent(desk, BLANK.replace("Số:      /TB-UBND", "Số: ~/TB-UBND"))
    await desk.says("khanh", "64")
    assert (await head(desk))[0] == "64/TB-UBND"


@pytest.mark.parametrize("by_button", [True, False])
async def test_a_document_without_number_and_day(desk: Desk, by_button: bool) -> None:
    """It is asked once each, also when the document is shown again."""
    await sent(desk)
    if by_button:
        await desk.presses("khanh", "handlers.reference.no_number")
        desk.hears("khanh", "handlers.reference.ask_day")
        await desk.presses("khanh", "handlers.reference.no_day")
    else:
        await desk.says("khanh", "không số")
        desk.hears("khanh", "handlers.reference.ask_day")
        await desk.says("khanh", "không ghi ngày")
    assert await head(desk) == (None, None)
    heard = await sent(desk)
    assert not says(heard, "handlers.reference.ask_number")
    assert not says(heard, "handlers.reference.ask_day")
    assert len(await desk.rows(select(directives))) == 1


async def test_a_day_to_come_is_no_day_of_issue(desk: Desk) -> None:
    await sent(desk)
    await desk.says("khanh", "64/TB-UBND")
    await desk.says("khanh", "20/7/2024")
    desk.hears("khanh", "handlers.reference.future", day="20/7/2024")
    await desk.says("khanh", "17/6/2024")
    assert await head(desk) == ("64/TB-UBND", date(2024, 6, 17))


async def test_it_turns_out_to_be_here_already(desk: Desk) -> None:
    """A scan without its head, of a document that was loaded: nothing is doubled."""
    await desk.sends("son", "goc.txt", DIRECTIVE.encode())
    text = BLANK.replace("- Tăng cường tuyên truyền đến phụ huynh.", "- Tăng cường tuyên truyền đến cha mẹ học sinh.")
    await sent(desk, text)
    assert len(await desk.rows(select(directives))) == 2
    desk.forget_news()
    await desk.says("khanh", "64/TB-UBND, ngày 17/6/2024")
    assert len(await desk.rows(select(directives))) == 1
    desk.hears("khanh", "handlers.amended.head_revision", citation="Thông báo số 64/TB-UBND ngày 17/6/2024")


async def test_it_is_asked_before_anything_is_approved(desk: Desk) -> None:
    await sent(desk)
    await desk.presses("khanh", "handlers.document.approve")
    desk.hears("khanh", "handlers.reference.ask_number")
    assert {row.status for row in await desk.rows(select(tasks.c.status))} == {"draft"}
    await desk.says("khanh", "không số")
    await desk.says("khanh", "17/6")
    await desk.presses("khanh", "handlers.document.approve")
    assert "approved" in {row.status for row in await desk.rows(select(tasks.c.status))}


async def test_what_staff_set_meanwhile_stays(desk: Desk) -> None:
    await sent(desk)
    first = (await desk.rows(select(tasks.c.id).order_by(tasks.c.position)))[0].id
    async with desk.database.write() as tx:
        await tx.execute(
            tasks.update().where(tasks.c.id == first).values(deadline=date(2024, 6, 30), deadline_rule="on")
        )
    await desk.says("khanh", "64/TB-UBND ngày 17/6/2024")
    assert (await deadlines(desk))[0] == date(2024, 6, 30)


async def test_an_answer_after_it_was_discarded(desk: Desk) -> None:
    await sent(desk)
    async with desk.database.write() as tx:
        await tx.execute(tasks.delete())
        await tx.execute(directives.delete())
    await desk.says("khanh", "64/TB-UBND")
    assert set(await desk.inbox_states()) == {"done"}
    await desk.presses("khanh", "handlers.reference.no_number")
    desk.hears("khanh", "handlers.button_old")
