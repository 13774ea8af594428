"""Which of several tasks is meant: asked when it is not clear, never guessed."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from dondoc.storage import people
from dondoc.storage.tables import buttons, submissions
from tests.support.office import Desk
from tests.support.sayings import says

DEADLINE = date(2024, 6, 28)
WORKING = "em đang làm được 40% ạ"


async def states(desk: Desk, *ids: int) -> list[str]:
    return [(await desk.item(one)).state.value for one in ids]


async def three(desk: Desk) -> list[int]:
    """NV-001, NV-002, NV-003 of one school, of which it was reminded as A, B, C."""
    ids = [(await desk.give("TH-HS", deadline=DEADLINE, task={"content": f"Báo cáo việc thứ {n}"}))[0] for n in "123"]
    await desk.at(25, 6, 8, 1)
    reminder = desk.news("huong")[-1]
    assert [name[:1] for name in reminder.choices] == ["A", "B", "C"]
    desk.forget_news()
    return ids


async def test_a_bare_answer_to_several_is_asked_about(desk: Desk) -> None:
    """The words are kept: the choice is all that is missing."""
    ids = await three(desk)
    await desk.says("huong", WORKING)
    question = desk.news("huong")[-1]
    assert says(question.text, "handlers.report.which")
    assert [name[:6] for name in question.choices] == ["NV-001", "NV-002", "NV-003"]
    assert await states(desk, *ids) == ["new"] * 3
    await desk.presses_data("huong", list(question.choices.values())[1])
    assert await states(desk, *ids) == ["new", "in_progress", "new"]
    assert (await desk.item(ids[1])).percent == 40


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NV-002 đang làm 40%", [1]),
        ("nv 2 đang làm 40%", [1]),
        ("B đang làm 40%", [1]),
        ("C1", []),
        ("A xong 40%", [0]),
    ],
)
async def test_codes_and_letters(desk: Desk, text: str, expected: list[int]) -> None:
    ids = await three(desk)
    await desk.says("huong", text)
    changed = [place for place, state in enumerate(await states(desk, *ids)) if state == "in_progress"]
    assert changed == expected, desk.heard("huong")


async def test_the_letters_are_those_of_the_message_replied_to(desk: Desk) -> None:
    """Two messages with letters: a reply says which one is meant."""
    ids = await three(desk)
    reminder = desk.last("huong")
    await desk.says("huong", "A đang làm 10%", reply_to=reminder.external_id)
    assert (await desk.item(ids[0])).percent == 10


async def test_a_reply_to_a_message_about_one_task_means_that_task(desk: Desk) -> None:
    ids = await three(desk)
    await desk.says("huong", "NV-003 đang làm 20%")
    answer = desk.last("huong")
    await desk.says("huong", "NV-001 đang làm 30%")
    await desk.says("huong", "được 50% rồi ạ", reply_to=answer.external_id)
    assert [(await desk.item(one)).percent for one in ids] == [30, None, 50]


async def test_the_conversation_goes_on_about_the_task_named_last(desk: Desk) -> None:
    ids = await three(desk)
    await desk.says("huong", "NV-002 đang làm 20%")
    await desk.says("huong", "à không, được 50% rồi ạ")
    assert [(await desk.item(one)).percent for one in ids] == [None, 50, None]


async def test_all_of_them_at_once_is_asked_once(desk: Desk) -> None:
    """ "Cả 3 việc xong": one question with the list, then all wait for the office."""
    ids = await three(desk)
    await desk.says("huong", "cả 3 việc em nộp rồi ạ")
    question = desk.news("huong")[-1]
    assert says(question.text, "handlers.report.all_sent", number="03")
    assert await states(desk, *ids) == ["new"] * 3
    await desk.presses("huong", "handlers.yes")
    assert await states(desk, *ids) == ["awaiting_confirmation"] * 3
    await desk.presses("huong", "handlers.yes")
    assert len(await desk.rows(select(submissions.c.id))) == 3


async def test_all_of_them_but_no(desk: Desk) -> None:
    ids = await three(desk)
    await desk.says("huong", "cả 3 việc em nộp rồi ạ")
    await desk.presses("huong", "handlers.no")
    assert says(desk.news("huong")[-1].text, "handlers.report.which")
    assert await states(desk, *ids) == ["new"] * 3


async def test_the_letter_buttons_of_a_reminder(desk: Desk) -> None:
    """ "B · NV-002" opens the five answers to that one."""
    ids = await three(desk)
    await desk.presses_data("huong", desk.button("huong", "B · NV-002"))
    desk.hears("huong", "handlers.report.choose")
    await desk.presses("huong", "scheduler.answer.working")
    await desk.says("huong", "45%")
    assert [(await desk.item(one)).percent for one in ids] == [None, 45, None]


async def test_another_units_task_is_none_of_theirs(desk: Desk) -> None:
    """By its code: nothing is said of it and nothing happens to it."""
    [theirs] = await desk.give("THCS-BM", deadline=DEADLINE, task={"content": "Báo cáo riêng của Bình Minh"})
    await desk.give("TH-HS", deadline=DEADLINE)
    for text in ("NV-001 em nộp rồi ạ", "NV-001 xin gia hạn đến 05/7 vì bận", "NV-001 thời hạn bao giờ ạ?"):
        await desk.says("huong", text)
        assert "Bình Minh" not in desk.heard("huong")
    assert (await desk.item(theirs)).state == "new"
    assert not any("Bình Minh" in str(row) for row in await desk.rows(select(buttons.c.data)))


async def test_one_person_for_two_units(desk: Desk) -> None:
    """The same task of both: asked by the unit's name."""
    async with desk.database.write() as tx:
        await people.add_contact(tx, desk.office.units["X-AP"], desk.office.people["huong"])
    ids = await desk.give("TH-HS", "X-AP", deadline=DEADLINE)
    await desk.says("huong", WORKING)
    question = desk.news("huong")[-1]
    assert {name.partition(" · ")[2] for name in question.choices} == {"Trường Tiểu học Hoa Sen", "UBND xã An Phú"}
    await desk.presses_data("huong", next(data for name, data in question.choices.items() if "An Phú" in name))
    assert await states(desk, *ids) == ["new", "in_progress"]


async def test_cooperating_and_standing_tasks_are_not_asked_about(desk: Desk) -> None:
    """They are owed nothing: the only task with a date is meant."""
    await desk.give("TH-HS", deadline=DEADLINE, role="cooperate")
    await desk.give("TH-HS", task={"task_class": "standing"})
    [dated] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.says("huong", WORKING)
    assert (await desk.item(dated)).percent == 40
