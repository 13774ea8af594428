"""What a unit hands in, says again, says of the wrong task, or takes back."""

from __future__ import annotations

from datetime import date

import pytest

from dondoc.storage.conversations import get_button
from tests.support.handed_in import confirms, demands, files, shown_files, versions
from tests.support.office import PDF, Desk
from tests.support.sayings import label, says

DEADLINE = date(2024, 6, 28)
LATER = date(2024, 7, 12)
OTHER = {"content": "Rà soát cơ sở vật chất"}
ALBUM = {"trang-1.pdf": PDF, "trang-2.pdf": PDF + b"2", "trang-3.pdf": PDF + b"3"}


async def two_tasks(desk: Desk) -> tuple[int, int]:
    """NV-001 until 28/6 and NV-002 until 12/7, of one unit."""
    [first] = await desk.give("TH-HS", deadline=DEADLINE)
    [second] = await desk.give("TH-HS", deadline=LATER, task=OTHER)
    await desk.at(26, 6)
    desk.forget_news()
    return first, second


async def three_tasks(desk: Desk) -> list[int]:
    items = [(await desk.give("TH-HS", deadline=DEADLINE, task={"content": f"Báo cáo {one}"}))[0] for one in "abc"]
    await desk.at(26, 6)
    desk.forget_news()
    return items


def choice(desk: Desk, who: str, code: str) -> str:
    """The newest button whose label begins with the code."""
    return next(data for text, data in desk.last(who).choices.items() if text.startswith(code))


# --- saying it again -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["em nộp rồi ạ", "dạ em gửi rồi ạ", "em đã nộp báo cáo NV-001 rồi ạ"])
async def test_saying_it_again_makes_nothing_later(desk: Desk, words: str) -> None:
    """Handed in on the last day, said again after it: on time, and staff still see the file."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.at(28, 6)
    await desk.sends("huong", "bao-cao.pdf")
    before = await desk.item(item_id)
    await desk.at(1, 7)
    desk.forget_news()
    await desk.says("huong", words)
    [only] = await versions(desk, item_id)
    text = desk.hears("huong", "scheduler.receipt.files", files="bao-cao.pdf", receipt=only.code)
    assert "28/6" in text
    now = await desk.item(item_id)
    assert (now.submitted_at, now.first_submitted_at) == (before.submitted_at, before.first_submitted_at)
    desk.forget_news()
    await desk.says("khanh", "/duyet")
    assert shown_files(desk, "khanh") == ["bao-cao.pdf"]
    await desk.presses("khanh", "handlers.check.confirm")
    now = await desk.item(item_id)
    assert (now.state, now.result, now.late_days) == ("done", "on_time", 0)


async def test_the_number_said_later_goes_with_the_file(desk: Desk) -> None:
    """Words that add the document's number complete the submission and leave its time alone."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.at(28, 6)
    await desk.sends("huong", "bao-cao.pdf")
    before = await desk.item(item_id)
    await desk.at(1, 7)
    await desk.says("huong", "em nộp rồi ạ, số 45/BC-THHS")
    [only] = await versions(desk, item_id)
    assert only.document is not None
    assert only.document.startswith("45/BC-THHS")
    assert [file.name for file in only.files] == ["bao-cao.pdf"]
    assert (await desk.item(item_id)).submitted_at == before.submitted_at


async def test_another_number_is_another_version(desk: Desk) -> None:
    """Only what was said before is nothing new."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.at(26, 6)
    await desk.says("huong", "em nộp rồi ạ, số 45/BC-THHS")
    await desk.at(27, 6)
    await desk.says("huong", "em nộp rồi ạ, số 52/BC-THHS")
    assert [(one.version, (one.document or "")[:2]) for one in await versions(desk, item_id)] == [(1, "45"), (2, "52")]


# --- which task ------------------------------------------------------------------------------------------------------


async def test_a_second_file_without_words_is_asked_about(desk: Desk) -> None:
    """After a file for NV-001 the next may be its annex or NV-002: nobody guesses."""
    first, second = await two_tasks(desk)
    await desk.sends("huong", "bao-cao.pdf", caption="em nộp NV-001 ạ")
    desk.hears("huong", "scheduler.receipt.files", code="NV-001")
    await desk.sends("huong", "phu-luc.pdf", PDF + b"2")
    asked = desk.hears_only("huong", "handlers.report.which")
    assert [text[:6] for text in asked.choices] == ["NV-001", "NV-002"]
    assert await files(desk, first) == [["bao-cao.pdf"]]
    assert await versions(desk, second) == []
    await desk.presses_data("huong", choice(desk, "huong", "NV-001"))
    assert ["phu-luc.pdf"] in await files(desk, first)
    assert (await desk.item(second)).state == "new"


async def test_words_after_a_file_belong_to_its_task(desk: Desk) -> None:
    first, second = await two_tasks(desk)
    await desk.sends("huong", "bao-cao.pdf", caption="em nộp NV-001 ạ")
    desk.forget_news()
    await desk.says("huong", "dạ em gửi rồi ạ")
    desk.hears("huong", "scheduler.receipt.files", code="NV-001", files="bao-cao.pdf")
    assert await files(desk, first) == [["bao-cao.pdf"]]
    assert await versions(desk, second) == []
    assert (await desk.item(second)).state == "new"


async def test_what_is_kept_for_a_question_is_handed_in_once(desk: Desk) -> None:
    """The same choice pressed twice."""
    first, *_ = await three_tasks(desk)
    await desk.sends("huong", "bao-cao.pdf")
    data = choice(desk, "huong", "NV-001")
    await desk.presses_data("huong", data)
    await desk.at(1, 7)
    await confirms(desk)
    desk.forget_news()
    await desk.presses_data("huong", data)
    desk.hears_only("huong", "handlers.button_old")
    assert await files(desk, first) == [["bao-cao.pdf"]]


# --- albums ----------------------------------------------------------------------------------------------------------


async def test_an_album_with_a_code_is_one_submission(desk: Desk) -> None:
    """The caption stands on the first file only; the others have no words of their own."""
    items = await three_tasks(desk)
    await desk.sends_album("huong", ALBUM, caption="em nộp NV-001")
    news = desk.news("huong")
    assert len(news) == 1, [sent.text for sent in news]
    assert says(news[0].text, "scheduler.receipt.files", code="NV-001", files=", ".join(ALBUM))
    assert await files(desk, items[0]) == [list(ALBUM)]
    assert [await versions(desk, item) for item in items[1:]] == [[], []]


async def test_an_album_without_words_is_asked_about_once(desk: Desk) -> None:
    """And everything in it goes to the task that is chosen."""
    items = await three_tasks(desk)
    await desk.sends_album("huong", ALBUM)
    asked = desk.hears_only("huong", "handlers.report.which")
    assert len(asked.choices) == 3
    await desk.presses_data("huong", choice(desk, "huong", "NV-002"))
    desk.hears("huong", "scheduler.receipt.files", code="NV-002", files=", ".join(ALBUM))
    assert await files(desk, items[1]) == [list(ALBUM)]
    assert [await versions(desk, items[place]) for place in (0, 2)] == [[], []]
    desk.forget_news()
    await desk.says("khanh", "/duyet")
    assert shown_files(desk, "khanh") == list(ALBUM)


async def test_the_rest_of_an_album_follows_the_choice(desk: Desk) -> None:
    """A file that arrives after the task was chosen is no new question."""
    items = await three_tasks(desk)
    await desk.says("huong", "", files={"trang-1.pdf": PDF}, album="a1")
    await desk.presses_data("huong", choice(desk, "huong", "NV-001"))
    desk.hears("huong", "scheduler.receipt.files")
    await desk.says("huong", "", files={"trang-2.pdf": PDF + b"2"}, album="a1")
    assert await files(desk, items[0]) == [["trang-1.pdf", "trang-2.pdf"]]
    assert not says(desk.heard("huong"), "handlers.report.which")


async def test_an_album_goes_to_one_task(desk: Desk) -> None:
    """A second button of the same question says that it was dealt with, and takes no part of the album elsewhere."""
    items = await three_tasks(desk)
    await desk.sends_album("huong", ALBUM)
    first, second = (choice(desk, "huong", code) for code in ("NV-001", "NV-002"))
    await desk.presses_data("huong", first)
    desk.forget_news()
    await desk.presses_data("huong", second)
    desk.hears_only("huong", "handlers.button_old")
    assert await files(desk, items[0]) == [list(ALBUM)]
    assert await versions(desk, items[1]) == []


# --- taking it back --------------------------------------------------------------------------------------------------


async def test_what_was_taken_back_counts_for_nothing(desk: Desk) -> None:
    """ "em nộp rồi" in time, "em nhầm" at once, the file a week late: late."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.at(25, 6)
    await desk.says("huong", "em nộp rồi ạ")
    assert (await desk.item(item_id)).state == "awaiting_confirmation"
    await desk.says("huong", "em nhầm, chưa xong, em mới làm được 40%")
    item = await desk.item(item_id)
    assert (item.state, item.percent, item.submitted_at, item.first_submitted_at) == ("in_progress", 40, None, None)
    await desk.at(5, 7)
    await desk.sends("huong", "bao-cao.pdf")
    await confirms(desk)
    item = await desk.item(item_id)
    assert (item.state, item.result, item.late_days) == ("done", "late", 7)
    assert [one.verdict for one in await versions(desk, item_id)] == ["retracted", "accepted"]


async def test_a_supplement_does_not_bring_back_what_was_taken_back(desk: Desk) -> None:
    """The first date that stands is that of the first real submission, which was late."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.at(25, 6)
    await desk.says("huong", "em nộp rồi ạ")
    await desk.says("huong", "em nhầm, mới 40%")
    await desk.at(5, 7)
    await desk.sends("huong", "bao-cao.pdf")
    await demands(desk, "handlers.check.supplement", "thiếu phụ lục, gửi lại chậm nhất 9/7")
    await desk.at(8, 7)
    await desk.sends("huong", "phu-luc.pdf", PDF + b"2")
    await confirms(desk)
    item = await desk.item(item_id)
    assert (item.result, item.late_days) == ("late", 7)


async def test_an_open_demand_outlives_what_was_taken_back(desk: Desk) -> None:
    """What the office still wants is wanted, and the first submission still stands."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.at(27, 6)
    await desk.sends("huong", "bao-cao.pdf")
    first = (await desk.item(item_id)).first_submitted_at
    await demands(desk, "handlers.check.supplement", "thiếu phụ lục, gửi lại chậm nhất 5/7")
    await desk.at(1, 7)
    await desk.says("huong", "em nộp rồi ạ")
    assert (await desk.item(item_id)).state == "awaiting_confirmation"
    await desk.says("huong", "em nhầm, mới 40%")
    item = await desk.item(item_id)
    assert (item.state, item.demand, item.demand_due) == ("returned", "supplement", date(2024, 7, 5))
    assert (item.submitted_at, item.first_submitted_at) == (None, first)
    await desk.at(4, 7)
    await desk.sends("huong", "phu-luc.pdf", PDF + b"2")
    await confirms(desk)
    item = await desk.item(item_id)
    assert (item.state, item.late_days) == ("done", 0)


# --- buttons ---------------------------------------------------------------------------------------------------------


async def test_yes_pressed_twice_is_one_submission(desk: Desk) -> None:
    """Twice at once, and again after the office wanted it done anew."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE, task={"nil_report": True})
    await desk.at(26, 6)
    await desk.says("huong", "em nộp rồi ạ")
    yes = desk.button("huong", "handlers.yes")
    desk.forget_news()
    await desk.arrives("huong", choice=yes)
    await desk.arrives("huong", choice=yes)
    await desk.settle()
    desk.hears("huong", "scheduler.receipt.words", "handlers.button_old")
    assert len(await versions(desk, item_id)) == 1
    await demands(desk, "handlers.check.redo", "sai biểu mẫu, gửi lại chậm nhất 5/7")
    await desk.at(1, 7)
    desk.forget_news()
    await desk.presses_data("huong", yes)
    desk.hears_only("huong", "handlers.button_old")
    item = await desk.item(item_id)
    assert (item.state, item.submitted_at) == ("returned", None)
    assert len(await versions(desk, item_id)) == 1


async def test_nobody_confirms_what_they_have_not_seen(desk: Desk) -> None:
    """A button of v1 pressed after v2 came shows v2."""
    [item_id] = await desk.give("TH-HS", deadline=DEADLINE)
    await desk.at(26, 6)
    await desk.sends("huong", "ban-1.pdf")
    await desk.says("khanh", "/duyet")
    old = {name: desk.button("khanh", f"handlers.check.{name}") for name in ("confirm", "supplement", "redo")}
    await desk.at(26, 6, 10)
    await desk.sends("huong", "ban-2.pdf", PDF + b"2")
    for data in old.values():
        desk.forget_news()
        await desk.presses_data("khanh", data)
        news = desk.news("khanh")
        assert says(news[0].text, "handlers.check.newer")
        assert "ban-2.pdf" in [file.name for sent in news for file in sent.message.attachments]
        assert (await desk.item(item_id)).state == "awaiting_confirmation"
        assert [one.verdict for one in await versions(desk, item_id)] == [None, None]
    fresh = desk.button("khanh", "handlers.check.confirm")
    assert fresh not in old.values()
    async with desk.database.read() as tx:
        button = await get_button(tx, fresh)
    assert button is not None
    assert button.data["submission"] == (await versions(desk, item_id))[-1].id
    await desk.presses_data("khanh", fresh)
    assert (await desk.item(item_id)).state == "done"


# --- what fits no task -----------------------------------------------------------------------------------------------


async def test_what_fits_no_task_reaches_the_office_with_its_file(desk: Desk) -> None:
    await desk.sends("huong", "bao-cao.pdf", caption="em gửi báo cáo ạ")
    desk.hears_only("huong", "handlers.report.no_open_task")
    for who in ("khanh", "son"):
        [sent] = desk.news(who)
        assert says(sent.text, "handlers.office.message", text="em gửi báo cáo ạ")
        assert [file.name for file in sent.message.attachments] == ["bao-cao.pdf"]


async def test_it_is_said_when_nobody_of_the_office_can_be_reached(desk: Desk) -> None:
    """Nothing is promised that nobody will read."""
    for who in ("khanh", "son"):
        await desk.says(who, "", service="blocked")
    desk.forget_news()
    await desk.sends("huong", "bao-cao.pdf", caption="em gửi báo cáo ạ")
    desk.hears_only("huong", "handlers.report.office_unreachable")
    assert label("handlers.report.no_open_task") not in desk.all("huong")
