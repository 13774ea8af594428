"""The story of an office over real HTTP: the real program, real people on a double of Telegram, Vietnamese throughout."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable

from tests.support.cast import CONTACTS, DIRECTIVE, LEADER, STAFF, import_units, join, seat
from tests.support.running import AttentiveWorld, Installation
from tests.support.sayings import label, shown
from tests.telegram_world import Sent, TelegramPerson

ANSWERS = [label(f"scheduler.answer.{name}") for name in ("sent", "working", "obstacle", "extension", "not_ours")]


async def test_people_join_by_code(installation: Installation, world: AttentiveWorld) -> None:
    """By deep link and by the typed code; a code works once; each hears what they are and what is kept of them."""
    await import_units(installation)
    async with installation.running("2024-06-19T09:00+07:00"):
        link = (await installation.command("invite", "--unit", "TH-BD")).out.splitlines()
        code = link[0]
        assert link[1] == f"https://t.me/dondoc_test_bot?start={code}"
        nhan = world.user(CONTACTS["TH-BD"], "Nhàn")
        await nhan.say(f"/start {code}")
        welcome = await nhan.hears(shown("handlers.join.welcome_unit", unit="Trường Tiểu học Bến Đò"))
        assert "Quách Thị Nhàn" in welcome.text

        hieu = world.user(CONTACTS["TH-CN"], "Hiếu")
        await hieu.say((await installation.invite("--unit", "TH-CN")).lower())
        assert "Lâm Chí Hiếu" in (await hieu.hears(shown("handlers.join.welcome_unit"))).text

        leader = await join(installation, world.user(LEADER, "Phong"), "--role", "leader")
        staff = await join(installation, world.user(STAFF, "Lệ"), "--role", "staff")
        await leader.say("/trogiup")
        assert "/tiendo" in (await leader.hears(shown("handlers.help.tiendo"))).text
        await staff.say("/trogiup")
        assert "/giaoviec" in (await staff.hears(shown("handlers.help.giaoviec"))).text

        late = world.user(9001, "Người đến sau")
        await late.say(f"/start {code}")
        await late.hears(shown("handlers.join.bad_code"))


async def test_unknown_people_get_only_the_way_to_register(installation: Installation, world: AttentiveWorld) -> None:
    """Whatever they send; and nothing of it is downloaded."""
    async with installation.running("2024-06-19T09:00+07:00"):
        strangers = [world.user(number, "Người lạ") for number in range(9001, 9008)]
        a, b, c, d, e, f, g = strangers
        acts: list[Awaitable[int]] = [
            a.say("Cho hỏi tình hình các trường thế nào rồi ạ?"),
            b.say("/tiendo"),
            c.say("/giaoviec TH Bến Đò: báo cáo ngay, nộp trước 28/6"),
            d.send_file("bao-cao.pdf", b"%PDF-1.7 noi dung", caption="Em nộp báo cáo ạ"),
            e.send_file("anh.jpg", b"\xff\xd8\xff\xe0 anh", kind="photo"),
            f.send_file("tin.ogg", b"OggS tieng noi", kind="voice"),
            g.send_file("so-lieu.zip", None, size=100_000_000),
        ]
        await asyncio.gather(*acts)
        answers = await asyncio.gather(*(stranger.hears() for stranger in strangers))
        for stranger, data in ((a, "khong-co-nut-nay"), (b, "x" * 64)):
            await stranger.press_data(answers[strangers.index(stranger)].message_id, data)
        # In a group an unknown person gets nothing at all: the group would read it.
        await a.in_group(-1009).say("/tiendo")
        answers += [await a.hears(), await b.hears()]
        for answer in answers:
            assert shown("handlers.join.how")(answer)
            assert not answer.buttons
            assert not answer.files
        await world.all_taken()
        assert len(await world.sent()) == len(answers)
        assert len(await world.calls("answerCallbackQuery")) == 2
        assert await world.calls("getFile") == []


async def test_from_directive_to_confirmed_report(installation: Installation, world: AttentiveWorld) -> None:
    """Directive, approval, notices, reminder at its slot, button, free text, file, confirmation and return, digest."""
    await import_units(installation)
    cast = await seat(installation, world, "PGD-YH", "TH-BD", "TH-CN", "CS-LT")
    staff, ben_do, cau_ngang, luong_thanh = cast.staff, cast["TH-BD"], cast["TH-CN"], cast["CS-LT"]
    async with installation.running("2024-06-19T09:00+07:00"):
        await staff.send_file("thong-bao-88.txt", DIRECTIVE.encode(), media_type="text/plain")
        drafts = await staff.hears("Chủ trì", timeout=20)
        assert "Kiểm tra cây xanh, tường rào, hệ thống điện; báo cáo kết quả về UBND huyện" in drafts.text
        assert "<blockquote" in (drafts.html or "")
        summary = await staff.hears("Thông báo số 88/TB-UBND ngày 17/6/2024")
        assert "02 có thời hạn" in summary.text
        assert "01 thường xuyên" in summary.text
        assert await world.sent(ben_do.chat_id, after=summary.seq) == []

        await staff.press(summary, label("handlers.document.approve"))
        given = await staff.hears(shown("handlers.document.approved"))
        assert "NV-001" in given.text
        assert "Trường Mầm non Sơn Ca" in given.text  # nobody there has joined
        notices = {}
        for person in (ben_do, cau_ngang, luong_thanh):
            notices[person] = await person.hears(
                shown("scheduler.notice.head", citation="Thông báo số 88/TB-UBND ngày 17/6/2024")
            )
            assert "trước ngày 28/6/2024; đề nghị gửi chậm nhất thứ Năm, 27/6/2024" in notices[person].text
            assert list(notices[person].buttons) == [label("scheduler.notice.received")]
        await cast["PGD-YH"].hears("trước ngày 05/7/2024")
        await ben_do.press(notices[ben_do], label("scheduler.notice.received"))
        await ben_do.hears(shown("handlers.report.received_all", codes="NV-001"))
        assert await world.sent(cast.leader.chat_id, after=given.seq) == []

    # Three working days before the last safe day, a few seconds before the morning's slot.
    async with installation.running("2024-06-24T07:59:56+07:00"):
        reminders = await asyncio.gather(*(_reminded(one) for one in (ben_do, cau_ngang, luong_thanh)))
        for reminder in reminders:
            assert "còn 03 ngày làm việc" in reminder.text
            assert "qua Phòng Giáo dục và Đào tạo" in reminder.text
            assert list(reminder.buttons) == ANSWERS

        # A button, and the answer to what it asks.
        await ben_do.press(reminders[0], label("scheduler.answer.working"))
        await ben_do.hears(shown("handlers.report.ask.working"))
        # Free text as a reply to the reminder's message.
        await cau_ngang.reply(reminders[1], "dạ trường đang làm đc 60% rồi, thứ 5 em nộp ạ")
        await ben_do.say("khoảng 70%, mai nộp")
        heard = await cau_ngang.hears(shown("handlers.report.noted"))
        assert "60%" in heard.text
        assert "hẹn nộp thứ Năm, 27/6/2024" in heard.text
        heard = await ben_do.hears(shown("handlers.report.noted"))
        assert "70%" in heard.text
        assert "hẹn nộp thứ Ba, 25/6/2024" in heard.text

        # A document and its receipt.
        await luong_thanh.send_file(
            "Báo cáo THCS Lương Thành.pdf",
            b"%PDF-1.7 " + b"x" * 3000,
            caption="Em gửi báo cáo ạ",
            reply_to=reminders[2],
        )
        receipt = await luong_thanh.hears(shown("scheduler.receipt.files", files="Báo cáo THCS Lương Thành.pdf"))
        assert "TN-" in receipt.text
        assert shown("scheduler.receipt.complete")(receipt)
        assert "lúc 08 giờ" in receipt.text
        # An album is one submission with one receipt.
        await ben_do.send_album(
            [("anh-1.jpg", b"\xff\xd8\xff\xe0 1"), ("anh-2.jpg", b"\xff\xd8\xff\xe0 2"), ("bc.docx", b"PK\x03\x04 3")],
            caption="NV-001 em nộp đủ ạ",
        )
        await ben_do.hears(shown("scheduler.receipt.files", files="anh-1.jpg, anh-2.jpg, bc.docx"))

        # The office hears of both and sees them with their files: one is confirmed, one returned.
        waiting = await staff.hears(shown("scheduler.queue.waiting"), timeout=20)
        await staff.press(waiting, label("scheduler.queue.open"))
        first = await staff.hears("Trường THCS Lương Thành", timeout=15)
        assert [file["name"] for file in first.files] == ["Báo cáo THCS Lương Thành.pdf"]
        second = await staff.hears("Trường Tiểu học Bến Đò", timeout=15)
        await staff.press(first, label("handlers.check.confirm"))
        await staff.hears(shown("handlers.check.confirmed", code="NV-001", unit="Trường THCS Lương Thành"))
        await luong_thanh.hears(shown("lines.result.early"))
        await staff.press(second, label("handlers.check.supplement"))
        await staff.hears(shown("handlers.check.ask_supplement", code="NV-001", unit="Trường Tiểu học Bến Đò"))
        await staff.say("thiếu biên bản kiểm tra điện, gửi lại chậm nhất 26/6")
        returned = await ben_do.hears("thiếu biên bản kiểm tra điện")
        assert "thứ Tư, 26/6/2024" in returned.text

        # An extension is asked for with a day and a reason, and the leader decides it.
        await cau_ngang.say("NV-001 xin gia hạn đến 02/7 vì chờ điện lực kiểm tra tủ điện")
        noted = await cau_ngang.hears(shown("handlers.extension.noted", code="NV-001"))
        assert "thứ Ba, 02/7/2024" in noted.text
        request = await cast.leader.hears(shown("handlers.extension.to_decide", unit="Trường Tiểu học Cầu Ngang"))
        assert "chờ điện lực kiểm tra tủ điện" in request.text
        await cast.leader.press(request, label("handlers.extension.grant"))
        await cast.leader.hears(shown("handlers.extension.granted_done", code="NV-001"))
        granted = await cau_ngang.hears(shown("handlers.extension.granted", code="NV-001", day="02/7/2024"))
        assert "trước ngày 28/6/2024" in granted.text

        # One line of staff becomes a task.
        await staff.say("/giaoviec TH Bến Đò: báo cáo cơ sở vật chất hè, nộp trước 28/6")
        draft = await staff.hears(shown("handlers.assign.draft"))
        assert "Trường Tiểu học Bến Đò" in draft.text
        assert "đề nghị gửi chậm nhất thứ Năm, 27/6/2024" in draft.text
        await staff.press(draft, label("handlers.assign.give"))
        await staff.hears(shown("handlers.assign.given", code="NV-004", number="01"))
        assert "cơ sở vật chất hè" in (await ben_do.hears(shown("scheduler.notice.head_direct"))).text

        # The leader asks: figures and a picture.
        await cast.leader.say("/tiendo")
        progress = await cast.leader.hears("Tổng số", timeout=15)
        assert "08 lượt giao (03 nhiệm vụ)" in progress.text
        assert "Đã hoàn thành 01 (đúng hạn 01, quá hạn 00)" in progress.text
        assert [file["kind"] for file in progress.files] == ["photo"]
        assert (await world.file(progress.files[0]["file_id"])).startswith(b"\x89PNG")

    assert await _states(installation, "NV-001") == {
        "CS-LT": "done",
        "TH-BD": "returned",
        "TH-CN": "in_progress",
        **dict.fromkeys(("MN-SC", "TH-GT", "CS-DX"), "new"),
    }
    # The next morning's digest.
    async with installation.running("2024-06-25T07:29:56+07:00"):
        digest = await cast.leader.hears(shown("scheduler.digest.address"), timeout=20)
        assert shown("scheduler.digest.head")(digest)
        assert "07 giờ 30" in digest.text
        assert "25/6/2024" in digest.text
    for chat in (ben_do, cau_ngang, luong_thanh):
        reminded = [message.text for message in await world.sent(chat.chat_id) if " nhắc Trường " in message.text]
        assert len(reminded) == 1, reminded


async def _reminded(person: TelegramPerson) -> Sent:
    return await person.hears(" nhắc Trường ", timeout=20)


async def _states(installation: Installation, code: str) -> dict[str, str]:
    tasks = json.loads((await installation.command("tasks", "--json")).out)
    return {task["unit_code"]: task["state"] for task in tasks if task["code"] == code}
