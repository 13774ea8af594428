"""The demo page in a real browser: typing, pressing, uploading, moving the clock, and text that stays text."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, FilePayload, Locator, Page, async_playwright, expect

from dondoc.chat.messages import Choice, Outbound
from tests.web.fake_office import FakeOffice, serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ATTACKS = (
    "<script>window.hurt = 1</script>",
    "<img src=x onerror='window.hurt = 1'>",
    "**<svg onload=window.hurt=1>**",
    "> <iframe src=javascript:window.hurt=1>",
    "javascript:window.hurt=1",
    'https://example.org/"onmouseover="window.hurt=1',
)

pytestmark = [pytest.mark.system, pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture
def office(tmp_path: Path) -> FakeOffice:
    return FakeOffice(tmp_path)


@pytest.fixture
async def url(office: FakeOffice) -> AsyncIterator[str]:
    async with serving(office.doors(), office.pulse) as address:
        yield address


@pytest.fixture
async def page(browser: Browser, url: str) -> AsyncIterator[Page]:
    """The page, on a wide screen; whatever it complains of fails the test."""
    page = await browser.new_page(viewport={"width": 1400, "height": 900}, timezone_id="America/Lima", locale="en-US")
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    await page.goto(url)
    await expect(page.locator(".phone")).to_have_count(6)
    yield page
    refusals = [text for text in complaints if "413" in text or "409" in text]  # refused on purpose by a test
    assert [text for text in complaints if text not in refusals] == []


def phone(page: Page, chat: str) -> Locator:
    return page.locator(f'[data-chat="{chat}"]')


async def say(page: Page, chat: str, text: str) -> None:
    box = phone(page, chat).get_by_role("textbox")
    await box.fill(text)
    await box.press("Enter")


async def test_typing_is_answered_on_the_same_phone_only(page: Page, office: FakeOffice) -> None:
    await say(page, "mn", "dạ trường em làm được 70% rồi")
    own = phone(page, "mn").locator(".message.person")
    await expect(own).to_contain_text("dạ trường em làm được 70% rồi")
    await expect(own).to_contain_text("08:05")
    answer = phone(page, "mn").locator(".message.office")
    await expect(answer).to_contain_text("Văn phòng nhận: dạ trường em làm được 70% rồi")
    await expect(answer.locator(".quotation")).to_have_text("dạ trường em làm được 70% rồi")
    await expect(phone(page, "mn").locator(".day")).to_have_text("Thứ Năm, 20/6/2024")
    await expect(phone(page, "mn").get_by_role("textbox")).to_have_value("")
    await expect(phone(page, "th").locator(".message")).to_have_count(0)
    assert len(office.bot.payloads) == 1


async def test_enter_with_shift_makes_a_line_and_an_empty_box_sends_nothing(page: Page, office: FakeOffice) -> None:
    box = phone(page, "mn").get_by_role("textbox")
    await box.press("Enter")
    await box.type("một")
    await box.press("Shift+Enter")
    await box.type("hai")
    await phone(page, "mn").get_by_role("button", name="Gửi", exact=True).click()
    await expect(phone(page, "mn").locator(".message.person .text")).to_have_text("một\nhai", use_inner_text=True)
    assert [payload["text"] for payload in office.bot.payloads] == ["một\nhai"]


async def test_a_pressed_choice_is_marked_and_stays_so(page: Page, office: FakeOffice) -> None:
    await say(page, "mn", "em hỏi ạ")
    yes = phone(page, "mn").get_by_role("button", name="Đúng")
    await expect(yes).to_have_attribute("aria-pressed", "false")
    await yes.click()
    await expect(yes).to_have_attribute("aria-pressed", "true")
    await expect(phone(page, "mn").locator(".message.office").last).to_have_text(re.compile("Đã chọn yes"))
    assert (office.bot.payloads[1]["choice"], office.bot.payloads[1]["text"]) == ("yes", "")
    await page.reload()
    await expect(yes).to_have_attribute("aria-pressed", "true")
    await expect(phone(page, "mn").get_by_role("link", name="Trang")).to_have_attribute("href", "https://example.org/a")


async def test_an_edited_message_changes_in_its_place(page: Page, office: FakeOffice) -> None:
    await say(page, "mn", "em hỏi ạ")
    await phone(page, "mn").get_by_role("button", name="Sửa").click()
    messages = phone(page, "mn").locator(".message")
    await expect(messages).to_have_count(2)
    await expect(messages.last).to_contain_text("Đã chọn edit")
    await expect(messages.last.locator("strong")).to_have_text("edit")
    await expect(messages.last).to_contain_text("đã cập nhật")


async def test_files_go_up_and_come_back(page: Page, office: FakeOffice) -> None:
    await (
        phone(page, "th")
        .locator("input[type=file]")
        .set_input_files(FilePayload(name="Báo cáo <b>12.docx", mimeType="application/x", buffer=b"x" * 2000))
    )
    await expect(phone(page, "th").locator(".pending-file")).to_contain_text("2 KB")
    await say(page, "th", "em gửi ạ")
    file = phone(page, "th").locator(".message.person .file")
    await expect(file.locator(".file-name")).to_have_text("Báo cáo <b>12.docx")
    await expect(phone(page, "th").locator(".pending-file")).to_have_count(0)
    async with page.expect_download() as download:
        await file.click()
    assert (await (await download.value).path()).read_bytes() == b"x" * 2000
    assert office.bot.payloads[0]["text"] == "em gửi ạ"


async def test_a_picture_is_shown_and_opens_large(page: Page, office: FakeOffice) -> None:
    await office.channel.send("ct", Outbound("Tiến độ", attachments=(await office.picture(),)), key="chart")
    picture = phone(page, "ct").locator(".picture img")
    await expect(picture).to_have_js_property("naturalWidth", 1)
    await picture.click()
    await expect(page.get_by_role("dialog").get_by_role("img")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_a_file_that_is_too_large_is_refused_in_words(page: Page, office: FakeOffice) -> None:
    await (
        phone(page, "th")
        .locator("input[type=file]")
        .set_input_files(FilePayload(name="lớn.pdf", mimeType="application/pdf", buffer=b"x" * 70_000))
    )
    await expect(page.locator(".notice")).to_have_text(
        "Tệp lớn.pdf nặng 69 KB, vượt mức 64 KB cho một tệp. Đề nghị gửi tệp nhỏ hơn."
    )
    await expect(phone(page, "th").locator(".pending-file")).to_have_count(0)
    assert office.bot.payloads == []


async def test_a_reply_names_its_message(page: Page, office: FakeOffice) -> None:
    asked = await office.channel.send("mn", Outbound("Nhắc **NV-001**\nhạn 27/6"), key="ask")
    await phone(page, "mn").locator(".bubble").click()
    await expect(phone(page, "mn").locator(".replying")).to_contain_text("Trả lời: Nhắc NV-001 hạn 27/6")
    await say(page, "mn", "mai em gửi")
    await expect(phone(page, "mn").locator(".message.person .quotation")).to_have_text("Nhắc NV-001 hạn 27/6")
    assert office.bot.payloads[0]["reply_to"] == asked
    await expect(phone(page, "mn").locator(".replying")).to_have_count(0)


async def test_an_erased_message_is_gone_from_its_quotations_too(page: Page, office: FakeOffice) -> None:
    await say(page, "mn", "nội dung không được giữ")
    quotation = phone(page, "mn").locator(".message.office .quotation")
    await expect(quotation).to_have_text("nội dung không được giữ")
    own = next(entry for entry in await office.log.since("mn", 0) if entry.message["from"] == "person")
    erased = {"from": "person", "erased": True, "sent_at": own.message["sent_at"]}
    await office.log.edit("mn", own.external_id, erased)
    office.pulse.beat()
    await expect(quotation).to_have_text("Nội dung đã được xóa.")
    await expect(phone(page, "mn").locator(".message.person .text")).to_have_count(0)


async def test_text_stays_text(page: Page, office: FakeOffice) -> None:
    for number, attack in enumerate(ATTACKS):
        choices = ((Choice("x", attack), Choice("y", "Trang", url="javascript:window.hurt=1")),)
        await office.channel.send("mn", Outbound(attack, choices), key=f"attack {number}")
    await say(page, "mn", "\n".join(ATTACKS))
    await expect(phone(page, "mn").locator(".message")).to_have_count(len(ATTACKS) + 2)
    log = phone(page, "mn").locator(".log")
    assert await log.locator("script, img, iframe, svg:not(.icon), [onerror], [onload], [onmouseover]").count() == 0
    assert await log.locator('a[href^="javascript"]').count() == 0
    await expect(log).to_contain_text("<script>window.hurt = 1</script>")
    assert await page.evaluate("window.hurt") is None


async def test_the_clock_moves_for_every_open_page(page: Page, browser: Browser, url: str, office: FakeOffice) -> None:
    other = await browser.new_page()
    await other.goto(url)
    clock = page.locator("#clock")
    await expect(clock).to_contain_text("08:05")
    await expect(clock).to_contain_text("Thứ Năm, 20/6/2024")
    await expect(clock).to_contain_text("Phiên kế tiếp: 14:00 – nhắc nhiệm vụ, buổi chiều")
    await page.get_by_role("button", name="Phiên nhắc kế tiếp").first.click()
    await expect(clock).to_contain_text("Phiên kế tiếp: 07:30, Thứ Sáu, 21/6/2024 – bản tin đầu ngày")
    await expect(other.locator("#clock")).to_contain_text("14:00")
    await page.locator("#clock").get_by_role("button", name="Ngày kế tiếp").click()
    await expect(clock).to_contain_text("Thứ Sáu, 21/6/2024")
    assert office.bar.moves == ["next_slot", "next_day"]
    await other.close()


async def test_a_date_is_chosen_with_the_keyboard(page: Page, office: FakeOffice) -> None:
    await page.get_by_role("button", name="Đến ngày").press("Enter")
    month = page.get_by_role("dialog", name="Chọn ngày")
    await expect(month).to_contain_text("Tháng 6 năm 2024")
    await expect(month.get_by_role("button", name="Thứ Năm, 20/6/2024")).to_be_disabled()
    await expect(month.get_by_role("button", name="Thứ Sáu, 21/6/2024")).to_be_focused()
    for key in ("ArrowUp", "ArrowDown", "ArrowDown"):
        await page.keyboard.press(key)
    await expect(month).to_contain_text("Tháng 7 năm 2024")
    await expect(month.get_by_role("button", name="Thứ Sáu, 05/7/2024")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#clock")).to_contain_text("Thứ Sáu, 05/7/2024")
    await expect(month).to_be_hidden()
    assert office.clock.now().isoformat() == "2024-07-05T06:00:00+07:00"


async def test_unread_messages_are_counted_until_somebody_looks(page: Page, office: FakeOffice) -> None:
    await page.locator(".brand-name").hover()
    await office.channel.send("cs", Outbound("Nhắc NV-001"), key="one")
    await office.channel.send("cs", Outbound("Nhắc NV-002"), key="two")
    await expect(phone(page, "cs").get_by_text("2 tin chưa đọc")).to_be_attached()
    await expect(page).to_have_title("(2) Đôn Đốc – bản chạy thử")
    await phone(page, "cs").get_by_role("textbox").focus()
    await expect(phone(page, "cs").get_by_text("tin chưa đọc")).to_have_count(0)
    await expect(page).to_have_title("Đôn Đốc – bản chạy thử")


async def test_the_guide_sends_types_and_folds(page: Page, office: FakeOffice) -> None:
    guide = page.locator("#guide")
    await guide.get_by_role("button", name="Gửi Thông báo số 57/TB-UBND").click()
    await expect(phone(page, "cvp").locator(".message.person .file-name")).to_have_text("Thông báo 57.txt")
    await guide.locator('[data-step="progress"] .try').click()
    await expect(phone(page, "ct").get_by_role("textbox")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(phone(page, "ct").locator(".message.office")).to_contain_text("Văn phòng nhận: /tiendo")
    await guide.get_by_role("button", name="Ẩn hướng dẫn").click()
    await expect(guide.locator(".steps")).to_be_hidden()
    await guide.get_by_role("button", name="Mở hướng dẫn").click()
    await expect(guide.locator(".step")).to_have_count(11)


async def test_the_page_speaks_english_too(page: Page) -> None:
    await page.get_by_role("link", name="English").click()
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await expect(page.get_by_role("button", name="Next day").first).to_be_visible()
    await expect(page.locator("#clock")).to_contain_text("Thursday, 20 June 2024")
    assert "web." not in await page.locator("body").inner_text()


async def test_what_was_said_while_the_connection_was_away_comes_later(page: Page, office: FakeOffice) -> None:
    await say(page, "mn", "một")
    await expect(phone(page, "mn").locator(".message.office")).to_have_count(1)
    office.pulse.close()  # the stream ends, and every new one at once
    await expect(page.locator(".notice")).to_contain_text("Mất kết nối")
    await office.channel.send("mn", Outbound("trong lúc mất kết nối"), key="away")
    office.pulse.closed = False
    await expect(phone(page, "mn").locator(".message.office").last).to_contain_text("trong lúc mất kết nối")
    await expect(phone(page, "mn").locator(".message")).to_have_count(3)
    await expect(page.locator(".notice")).to_have_count(0)


async def test_a_new_start_of_the_program_is_noticed(browser: Browser, office: FakeOffice, tmp_path: Path) -> None:
    page = await browser.new_page()
    async with serving(office.doors(), office.pulse) as url:
        await page.goto(url)
        await say(page, "mn", "trước khi khởi động lại")
        await expect(phone(page, "mn").locator(".message")).to_have_count(2)
    (tmp_path / "anew").mkdir()
    anew = FakeOffice(tmp_path / "anew")
    await anew.channel.send("ct", Outbound("sau khi khởi động lại"), key="new")
    async with serving(anew.doors(), anew.pulse, port=int(url.rpartition(":")[2])):
        await expect(phone(page, "ct").locator(".message")).to_contain_text("sau khi khởi động lại", timeout=20_000)
        await expect(phone(page, "mn").locator(".message")).to_have_count(0)
    await page.close()


async def test_a_narrow_screen_scrolls_from_phone_to_phone(page: Page) -> None:
    await page.set_viewport_size({"width": 400, "height": 800})
    boxes = [await phone(page, chat).bounding_box() for chat in ("cvp", "ct")]
    assert all(boxes)
    assert boxes[0]["y"] == boxes[1]["y"]  # type: ignore[index]
    assert await page.evaluate("document.documentElement.scrollWidth") <= 400
    await page.locator(".pill").last.click()
    await expect(phone(page, "cs")).to_be_in_viewport(ratio=0.5)


async def test_three_phones_stand_side_by_side_on_a_wide_screen(page: Page) -> None:
    tops = [(await node.bounding_box() or {"y": -1.0})["y"] for node in await page.locator(".phone").all()]
    assert len(set(tops[:3])) == 1
    assert len(set(tops[3:])) == 1
    assert tops[0] < tops[3]
