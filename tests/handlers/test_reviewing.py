"""Staff review drafts before approval: they look, change them in their own words, take back, and approve."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from dondoc.storage.tables import assignments, draft_edits, events, office_roles, tasks
from tests.support.office import Desk
from tests.support.sayings import label, says

DIRECTIVE = """\
ỦY BAN NHÂN DÂN
HUYỆN THANH LÂM
Số: 71/TB-UBND

Thanh Lâm, ngày 17 tháng 6 năm 2024

THÔNG BÁO

Kết luận của Chủ tịch UBND huyện tại cuộc họp về năm học mới

1. Trường Tiểu học Hoa Sen

- Rà soát tủ thuốc y tế, lập danh mục thuốc và báo cáo kết quả về UBND huyện (qua Phòng Giáo dục và Đào tạo) trước \
ngày 28/6/2024.

- Tăng cường tuyên truyền đến phụ huynh.

2. Trường THCS Bình Minh

- Lập danh sách đội tuyển dự thi, gửi Phòng Giáo dục và Đào tạo trước ngày 05/7/2024.

3. Phòng Giáo dục và Đào tạo

- Tổng hợp kết quả rà soát tủ thuốc, báo cáo UBND huyện trước ngày 28/6/2024.
"""


@pytest.fixture
async def reviewing(desk: Desk) -> Desk:
    """The drafts of the directive were shown to khanh: 1 tủ thuốc, 2 tuyên truyền, 3 dự thi, 4 tổng hợp."""
    await desk.sends("khanh", "thong-bao-71.txt", DIRECTIVE.encode())
    desk.forget_news()
    return desk


async def drafts(desk: Desk) -> dict[int, Any]:
    rows = await desk.rows(select(tasks).where(tasks.c.status == "draft").order_by(tasks.c.position))
    return {row.position: row for row in rows}


async def the_draft(desk: Desk, number: int) -> Any:
    return (await drafts(desk))[number]


async def test_summary_first_then_every_draft_with_what_is_known_of_it(desk: Desk) -> None:
    await desk.sends("khanh", "thong-bao-71.txt", DIRECTIVE.encode())
    head, shown, last = desk.news("khanh")
    assert says(head.text, "handlers.document.summary", tasks="04", dated="03", standing="01")
    assert "1. Rà soát tủ thuốc" in shown.text
    assert "Trường Tiểu học Hoa Sen" in shown.text
    assert "trước ngày 28/6/2024; đề nghị gửi chậm nhất thứ Năm, 27/6/2024" in shown.text
    assert "qua Phòng Giáo dục và Đào tạo" in shown.text
    assert "> - Rà soát tủ thuốc" in shown.text or "> Rà soát tủ thuốc" in shown.text
    assert "đơn vị theo đề mục “1. Trường Tiểu học Hoa Sen”" in shown.text
    assert says(shown.text, "handlers.draft.sure") or says(shown.text, "handlers.draft.unsure")
    assert says(last.text, "handlers.draft.ready")
    assert set(last.choices) >= {label("handlers.document.approve"), label("handlers.draft.button.one_by_one")}
    for who in ("huong", "binh", "dung", "loan"):
        desk.hears_nothing(who)


async def test_unsure_drafts_come_first(reviewing: Desk) -> None:
    desk = reviewing
    async with desk.database.write() as tx:
        await tx.execute(tasks.update().where(tasks.c.position == 4).values(confidence=0.3))
    await desk.presses("khanh", "handlers.draft.button.one_by_one")
    [first] = desk.news("khanh")
    assert first.text.startswith("**4. ")
    assert says(first.text, "handlers.draft.unsure", percent=30)
    await desk.presses("khanh", "handlers.draft.button.agree")
    [second] = desk.news("khanh")
    assert second.text.startswith("**1. ")
    assert {one["code"] for one in (await the_draft(desk, 4)).why} >= {"staff_checked"}


async def test_one_by_one_to_the_end(reviewing: Desk) -> None:
    """Agree, drop, go on; after the last one the standing tasks and the approval."""
    desk = reviewing
    await desk.presses("khanh", "handlers.draft.button.one_by_one")
    assert "**1. " in desk.heard("khanh")
    await desk.presses("khanh", "handlers.draft.button.agree")
    assert "**3. " in desk.heard("khanh")
    await desk.presses("khanh", "handlers.draft.button.drop")
    text = desk.hears("khanh", "handlers.draft.dropped", numbers="3")
    assert "**4. " in text
    await desk.says("khanh", "tiếp")
    desk.hears("khanh", "handlers.draft.all_seen", "handlers.document.standing", "handlers.draft.ready")
    assert sorted(await drafts(desk)) == [1, 2, 4]
    await desk.says("khanh", "3: hạn 30/6")
    desk.hears_only("khanh", "handlers.draft.refused.no_draft", words="3")


async def test_words_change_the_draft_that_was_shown(reviewing: Desk) -> None:
    desk = reviewing
    await desk.says("khanh", "3")
    assert "**3. " in desk.heard("khanh")
    await desk.presses("khanh", "handlers.draft.button.edit")
    desk.hears("khanh", "handlers.draft.how_to_edit", number=3)
    await desk.says("khanh", "han truoc 10/7, giao them truong tieu hoc hoa sen, khan")
    text = desk.hears("khanh", "handlers.draft.changed", numbers="3")
    assert "trước ngày 10/7/2024; đề nghị gửi chậm nhất thứ Ba, 09/7/2024" in text
    draft = await the_draft(desk, 3)
    assert (draft.deadline, draft.deadline_rule, draft.urgent) == (date(2024, 7, 10), "before", True)
    assert draft.lead == ["Trường THCS Bình Minh", "Trường Tiểu học Hoa Sen"]
    assert draft.deadline_text == "trước ngày 05/7/2024"


@pytest.mark.parametrize(
    ("words", "number", "expected"),
    [
        ("1: hạn 30/6", 1, {"deadline": date(2024, 6, 30), "deadline_rule": "on"}),
        ("1: bỏ hạn", 1, {"deadline": None, "task_class": "product"}),
        ("1: bo han", 1, {"deadline": None, "task_class": "product"}),
        ("2: có sản phẩm", 2, {"task_class": "product"}),
        ("1 thường xuyên", 1, {"task_class": "standing", "deadline": None}),
        ("2: hạn 5/7", 2, {"task_class": "dated", "deadline": date(2024, 7, 5)}),
        ("1: giao cho THCS Bình Minh", 1, {"lead": ["Trường THCS Bình Minh"]}),
        ("1: giao thêm PGD", 1, {"lead": ["Trường Tiểu học Hoa Sen", "Phòng Giáo dục và Đào tạo"]}),
        ("1: phối hợp: PGDĐT", 1, {"cooperate": ["Phòng Giáo dục và Đào tạo"]}),
        ("1: nội dung: Rà soát tủ thuốc; thay thuốc hết hạn", 1, {"content": "Rà soát tủ thuốc; thay thuốc hết hạn"}),
        ("3: gửi PGD", 3, {"report_to": "Phòng Giáo dục và Đào tạo"}),
        ("3: qua PGD", 3, {"report_via": "Phòng Giáo dục và Đào tạo"}),
        ("1: không qua", 1, {"report_via": None}),
    ],
)
async def test_each_kind_of_change(reviewing: Desk, words: str, number: int, expected: dict[str, object]) -> None:
    await reviewing.says("khanh", words)
    reviewing.hears("khanh", "handlers.draft.changed", numbers=str(number))
    draft = await the_draft(reviewing, number)
    assert {name: getattr(draft, name) for name in expected} == expected


async def test_several_at_once_and_undone_step_by_step(reviewing: Desk) -> None:
    """Undo works after a restart, too: the steps are rows."""
    desk = reviewing
    before = await drafts(desk)
    await desk.says("khanh", "1,3: hạn 12/7; 2 bỏ")
    text = desk.hears("khanh", "handlers.draft.changed", numbers="1, 3")
    assert says(text, "handlers.draft.dropped", numbers="2")
    assert text.count("chậm nhất thứ Sáu, 12/7/2024") == 2
    assert sorted(await drafts(desk)) == [1, 3, 4]
    await desk.says("khanh", "tất cả thường xuyên")
    assert {row.task_class for row in (await drafts(desk)).values()} == {"standing"}
    await desk.says("khanh", "bỏ 3-4")
    assert sorted(await drafts(desk)) == [1]
    again = Desk(desk.database, desk.office, desk.channel, desk.clock, desk.files)
    for left in ([1, 3, 4], [1, 3, 4], [1, 2, 3, 4]):
        await again.says("khanh", "hoàn tác")
        assert sorted(await drafts(desk)) == left
    assert await drafts(desk) == before
    desk.forget_news()
    await again.says("khanh", "hoàn tác")
    desk.hears_only("khanh", "handlers.draft.undo_not.none")
    kinds = [row.kind for row in await desk.rows(select(events.c.kind).order_by(events.c.id))]
    assert kinds.count("draft.edited") == kinds.count("draft.undone") == 3


async def test_merging_and_splitting(reviewing: Desk) -> None:
    desk = reviewing
    await desk.says("khanh", "1 gộp với 4")
    text = desk.hears("khanh", "handlers.draft.changed", numbers="1")
    assert says(text, "handlers.draft.merged", numbers="4")
    merged = await the_draft(desk, 1)
    assert sorted(await drafts(desk)) == [1, 2, 3]
    assert merged.content.startswith("Rà soát tủ thuốc")
    assert "; tổng hợp kết quả" in merged.content
    assert len(merged.quote.splitlines()) == 2
    assert merged.lead == ["Trường Tiểu học Hoa Sen", "Phòng Giáo dục và Đào tạo"]
    await desk.says("khanh", "hoàn tác")
    assert sorted(await drafts(desk)) == [1, 2, 3, 4]
    desk.forget_news()
    await desk.says("khanh", "1 tách ở “lập danh mục”")
    desk.hears("khanh", "handlers.draft.changed", numbers="1, 5")
    first, second = await the_draft(desk, 1), await the_draft(desk, 5)
    assert first.content == "Rà soát tủ thuốc y tế"
    assert second.quote.startswith("lập danh mục thuốc và báo cáo kết quả")
    assert first.deadline == second.deadline == date(2024, 6, 28)
    await desk.says("khanh", "hoàn tác")
    assert sorted(await drafts(desk)) == [1, 2, 3, 4]


async def test_where_to_split_is_asked(reviewing: Desk) -> None:
    desk = reviewing
    await desk.says("khanh", "tách 1")
    asked = desk.hears_only("khanh", "handlers.draft.ask.split", words="1")
    [choice, *_] = asked.choices
    assert choice.startswith("lập danh mục thuốc")
    assert await desk.rows(select(draft_edits)) == []
    await desk.presses("khanh", choice)
    assert sorted(await drafts(desk)) == [1, 2, 3, 4, 5]


async def test_different_deadlines_of_a_merge_are_asked(reviewing: Desk) -> None:
    desk = reviewing
    await desk.says("khanh", "3 gộp với 4")
    asked = desk.hears_only("khanh", "handlers.draft.ask.merge_deadline")
    assert [choice for choice in asked.choices if "trước ngày 05/7/2024" in choice]
    await desk.says("khanh", "4")
    # The receivers differ as well.
    asked = desk.hears_only("khanh", "handlers.draft.ask.merge_report_to")
    assert sorted(await drafts(desk)) == [1, 2, 3, 4]
    await desk.says("khanh", "3")
    desk.hears("khanh", "handlers.draft.changed")
    assert (await the_draft(desk, 3)).deadline == date(2024, 6, 28)


async def test_an_unknown_unit_is_asked_and_nothing_done_by_half(reviewing: Desk) -> None:
    desk = reviewing
    before = await drafts(desk)
    await desk.says("khanh", "1: hạn 12/7, giao thêm Trường Tiểu học Hoa Xen")
    asked = desk.hears_only("khanh", "handlers.draft.ask.unknown")
    assert await drafts(desk) == before
    assert "Trường Tiểu học Hoa Sen" in asked.choices
    await desk.says("khanh", "THCS Bình Minh")
    desk.hears("khanh", "handlers.draft.changed", numbers="1")
    draft = await the_draft(desk, 1)
    assert (draft.deadline, draft.lead) == (date(2024, 7, 12), ["Trường Tiểu học Hoa Sen", "Trường THCS Bình Minh"])


async def test_a_question_is_given_up(reviewing: Desk) -> None:
    desk = reviewing
    before = await drafts(desk)
    await desk.says("khanh", "1: giao thêm Phòng Không Có")
    desk.hears("khanh", "handlers.draft.ask.unknown")
    await desk.says("khanh", "thôi")
    desk.hears_only("khanh", "handlers.draft.kept")
    await desk.says("khanh", "1: giao thêm Phòng Không Có")
    await desk.says("khanh", "2: bỏ")  # something else
    assert sorted(await drafts(desk)) == [1, 3, 4]
    assert (await the_draft(desk, 1)).lead == before[1].lead


@pytest.mark.parametrize(
    ("words", "kind"), [("1: hạn 15/6/2024", "day_past"), ("1: hạn 15/6", "day_far"), ("1: hạn 30", "day_missing")]
)
async def test_a_day_that_is_over_or_unclear_is_asked(reviewing: Desk, words: str, kind: str) -> None:
    desk = reviewing
    await desk.says("khanh", words)
    asked = desk.hears_only("khanh", f"handlers.draft.ask.{kind}")
    assert (await the_draft(desk, 1)).deadline == date(2024, 6, 28)
    if kind != "day_missing":
        assert "Chủ nhật, 15/6/2025" in asked.choices
    await desk.says("khanh", "thứ 6 tuần sau")
    assert (await the_draft(desk, 1)).deadline == date(2024, 6, 28)
    desk.hears("khanh", "handlers.draft.changed", numbers="1")
    assert (await the_draft(desk, 1)).deadline_rule == "on"


async def test_another_order_is_no_answer(reviewing: Desk) -> None:
    """A day for draft 3 is not the day that was asked for draft 1."""
    desk = reviewing
    await desk.says("khanh", "1: hạn 15/6/2024")
    await desk.says("khanh", "3: hạn 12/7")
    found = await drafts(desk)
    assert (found[1].deadline, found[3].deadline) == (date(2024, 6, 28), date(2024, 7, 12))


async def test_a_day_from_a_button_is_taken_as_it_is(reviewing: Desk) -> None:
    desk = reviewing
    await desk.says("khanh", "1: hạn 15/6/2024")
    await desk.presses("khanh", "thứ Bảy, 15/6/2024")
    assert (await the_draft(desk, 1)).deadline == date(2024, 6, 15)


async def test_what_is_not_understood_gets_examples_and_other_matters_go_on(reviewing: Desk) -> None:
    desk = reviewing
    await desk.says("khanh", "3: làm cho nó khác đi một tí")
    desk.hears_only("khanh", "handlers.draft.not_understood")
    await desk.says("khanh", "bỏ hạn đi nhé em")
    assert len(desk.news("khanh")) == 1
    await desk.says("khanh", "trường nào chưa nộp?")
    assert not says(desk.heard("khanh"), "handlers.draft.not_understood")
    await desk.says("khanh", "/tiendo")
    desk.forget_news()
    await desk.says("khanh", "1: hạn 12/7")  # still, after another command
    desk.hears("khanh", "handlers.draft.changed", numbers="1")


async def test_a_reply_names_the_draft(reviewing: Desk) -> None:
    desk = reviewing
    await desk.says("khanh", "3")
    third = desk.last("khanh")
    await desk.says("khanh", "1")
    await desk.says("khanh", "hạn 12/7", reply_to=third.external_id)
    desk.hears("khanh", "handlers.draft.changed", numbers="3")
    assert (await the_draft(desk, 3)).deadline == date(2024, 7, 12)
    await desk.says("khanh", "/tiendo")
    await desk.says("khanh", "hạn 15/7", reply_to=third.external_id)
    assert (await the_draft(desk, 3)).deadline == date(2024, 7, 15)
    desk.forget_news()
    await desk.says("khanh", "ừ nhỉ", reply_to=third.external_id)
    desk.hears_only("khanh", "handlers.draft.not_understood")


async def test_bare_words_without_a_draft_ask_which(reviewing: Desk) -> None:
    desk = reviewing
    await desk.says("khanh", "hạn 12/7")
    desk.hears_only("khanh", "handlers.draft.refused.which_draft")


# --- two people ------------------------------------------------------------------------------------------------------


async def test_two_who_review_the_same_directive_lose_nothing(reviewing: Desk) -> None:
    desk = reviewing
    await desk.says("son", "/vanban")
    await desk.presses_data("son", next(iter(desk.last("son").choices.values())))
    await desk.says("khanh", "1: hạn 12/7")
    desk.forget_news()
    await desk.says("son", "1: giao thêm PGD")
    text = desk.hears("son", "handlers.draft.by_others", who="Hồ Gia Khánh", numbers="1")
    assert "12/7/2024" in text
    draft = await the_draft(desk, 1)
    assert (draft.deadline, draft.lead) == (
        date(2024, 7, 12),
        ["Trường Tiểu học Hoa Sen", "Phòng Giáo dục và Đào tạo"],
    )
    # Each takes back only their own steps, and not beneath the other's.
    desk.forget_news()
    await desk.says("khanh", "hoàn tác")
    desk.hears_only("khanh", "handlers.draft.undo_not.changed_since")
    await desk.says("son", "hoàn tác")
    await desk.says("khanh", "hoàn tác")
    draft = await the_draft(desk, 1)
    assert (draft.deadline, draft.lead) == (date(2024, 6, 28), ["Trường Tiểu học Hoa Sen"])


async def test_nobody_approves_what_they_have_not_seen(reviewing: Desk) -> None:
    desk = reviewing
    old = desk.button("khanh", "handlers.document.approve")
    await desk.says("son", "/vanban")
    await desk.presses_data("son", next(iter(desk.last("son").choices.values())))
    await desk.says("son", "3: bỏ")
    desk.forget_news()
    await desk.presses_data("khanh", old)
    desk.hears("khanh", "handlers.draft.by_others", "handlers.draft.ready", who="Trịnh Văn Sơn")
    assert await desk.rows(select(assignments.c.id)) == []
    await desk.presses("khanh", "handlers.document.approve")
    desk.hears("khanh", "handlers.document.approved", tasks="03")


async def test_a_draft_that_was_assigned_is_not_changed(reviewing: Desk) -> None:
    desk = reviewing
    await desk.says("khanh", "1")
    drop = desk.button("khanh", "handlers.draft.button.drop")
    await desk.says("khanh", "1: hạn 12/7")
    await desk.says("khanh", "duyệt 1")
    await desk.presses("khanh", "handlers.document.approve")
    desk.forget_news()
    await desk.presses_data("khanh", drop)
    desk.hears_only("khanh", "handlers.draft.gone")
    await desk.says("khanh", "hoàn tác")
    desk.hears_only("khanh", "handlers.draft.undo_not.assigned_since")
    await desk.says("khanh", "1: bỏ")
    desk.hears_only("khanh", "handlers.draft.refused.no_draft", words="1")


# --- approval --------------------------------------------------------------------------------------------------------


async def test_the_approval_says_what_it_will_do_and_does_that(reviewing: Desk) -> None:
    """Nobody hears anything before; then as many messages as were foretold. The declaration is on record."""
    desk = reviewing
    await desk.says("khanh", "2: giao thêm Trường Mầm non Hướng Dương")
    desk.forget_news()
    await desk.says("khanh", "duyệt")
    [preview] = desk.news("khanh")
    assert says(preview.text, "handlers.document.forecast", tasks="04", assignments="05", people="03", messages="03"), (
        preview.text
    )
    assert says(preview.text, "handlers.document.unreached", number="01", units="Trường Mầm non Hướng Dương")
    assert says(preview.text, "handlers.draft.declaration")
    for who in ("huong", "binh", "dung"):
        desk.hears_nothing(who)
    await desk.says("khanh", "đồng ý")
    desk.hears("khanh", "handlers.document.approved", tasks="04", assignments="05", messages="03")
    assert sum(len(desk.news(who)) for who in ("huong", "binh", "dung")) == 3
    [event] = await desk.rows(select(events.c.detail, events.c.actor_id).where(events.c.kind == "directive.approved"))
    assert event.detail["holds_no_secret"] is True
    assert event.actor_id == desk.office.people["khanh"]


async def test_some_are_approved_and_the_rest_waits(reviewing: Desk) -> None:
    desk = reviewing
    await desk.says("khanh", "duyệt 1,3")
    desk.hears("khanh", "handlers.document.forecast", tasks="02", assignments="02", people="02", messages="02")
    await desk.presses("khanh", "handlers.document.approve")
    desk.hears("khanh", "handlers.document.approved", "handlers.draft.waiting", tasks="02", number="02")
    assert sorted(await drafts(desk)) == [2, 4]
    await desk.says("khanh", "duyệt 1")
    desk.hears_only("khanh", "handlers.draft.refused.no_draft", words="1")


async def test_a_via_unit_without_a_day_is_told_and_given_one(reviewing: Desk) -> None:
    """The department has to pass on by 27/6 what its school may send until 27/6."""
    desk = reviewing
    await desk.says("khanh", "duyệt")
    text = desk.hears("khanh", "handlers.draft.tight_route", unit="Phòng Giáo dục và Đào tạo", numbers="1")
    assert "27/6/2024" in text
    await desk.presses("khanh", "Đặt hạn nội bộ 25/6/2024 cho các đơn vị")
    draft = await the_draft(desk, 1)
    assert (draft.deadline, draft.deadline_rule) == (date(2024, 6, 25), "on")
    assert (await the_draft(desk, 4)).deadline == date(2024, 6, 28)
    desk.forget_news()
    await desk.says("khanh", "duyệt")
    assert not says(desk.heard("khanh"), "handlers.draft.tight_route")


async def test_old_buttons_say_that_the_right_is_gone(reviewing: Desk) -> None:
    """A leader may see and not review: who became one meanwhile changes nothing."""
    desk = reviewing
    await desk.says("khanh", "1")
    async with desk.database.write() as tx:
        mine = office_roles.c.person_id == desk.office.people["khanh"]
        await tx.execute(office_roles.update().where(mine).values(role="leader"))
    before = await drafts(desk)
    desk.forget_news()
    for name in ("agree", "edit", "drop", "next", "all", "one_by_one"):
        await desk.presses("khanh", f"handlers.draft.button.{name}")
        desk.hears_only("khanh", "handlers.no_right")
    await desk.presses("khanh", "handlers.document.approve")
    desk.hears_only("khanh", "handlers.no_right")
    await desk.says("khanh", "1: bỏ")
    assert await drafts(desk) == before
    assert await desk.rows(select(assignments.c.id)) == []


async def test_long_lists_are_cut_between_drafts_only(desk: Desk) -> None:
    """Forty drafts: one by one first; all at once in several messages, no draft in two of them."""
    duties = "\n\n".join(
        f"- Rà soát nội dung thứ {number} của kế hoạch năm học, báo cáo kết quả về UBND huyện trước ngày 28/6/2024."
        for number in range(1, 41)
    )
    text = DIRECTIVE.partition("- Rà soát")[0] + duties + "\n"
    await desk.sends("khanh", "thong-bao-72.txt", text.encode())
    assert desk.heard("khanh").count("> ") == 1
    await desk.says("khanh", "xem tất cả")
    parts = [sent.text for sent in desk.news("khanh") if "> " in sent.text]
    assert len(parts) > 2
    for part in parts:
        assert part.startswith("**")
        assert part.count("\n> ") == part.count("**") // 2


async def test_everybody_dropped_can_still_be_taken_back(reviewing: Desk) -> None:
    desk = reviewing
    await desk.says("khanh", "bỏ tất cả")
    desk.hears_only("khanh", "handlers.draft.none_left")
    undo = desk.button("khanh", "handlers.draft.button.undo")
    await desk.presses_data("khanh", undo)
    desk.hears("khanh", "handlers.draft.undone")
    assert sorted(await drafts(desk)) == [1, 2, 3, 4]
    desk.forget_news()
    await desk.presses_data("khanh", undo)
    desk.hears_only("khanh", "handlers.button_old")
