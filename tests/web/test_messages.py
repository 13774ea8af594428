"""What a person types, presses and uploads on the demo page, over HTTP."""

from __future__ import annotations

import unicodedata
from typing import Any

import httpx
import pytest

from dondoc.chat.messages import Choice, Outbound
from tests.web.fake_office import PHONES, FakeOffice

SEND = "/demo/chats/mn/messages"


def form(**fields: str) -> dict[str, Any]:
    """A multipart form even without files."""
    return {"files": [(name, (None, value)) for name, value in fields.items()]}


async def read(client: httpx.AsyncClient, chat: str, after: int = 0) -> list[dict[str, Any]]:
    answer = await client.get(f"/demo/chats/{chat}/messages", params={"after": after})
    assert answer.status_code == 200
    entries: list[dict[str, Any]] = answer.json()["entries"]
    return entries


async def test_a_typed_message_is_shown_taken_and_answered(client: httpx.AsyncClient, office: FakeOffice) -> None:
    answer = await client.post(SEND, **form(text="  dạ em nộp rồi ạ\r\nhôm qua "))
    assert answer.status_code == 201
    message_id = answer.json()["message_id"]
    own, bot = await read(client, "mn")
    assert (own["id"], own["message"]["from"], own["message"]["text"]) == (
        message_id,
        "person",
        "dạ em nộp rồi ạ\nhôm qua",
    )
    assert (bot["message"]["from"], bot["message"]["reply_to"]) == ("office", message_id)
    (payload,) = office.bot.payloads
    assert payload["chat_id"] == "mn"
    assert payload["message_id"] == message_id
    assert payload["sender_name"] == "Nguyễn Thị Lan"
    assert payload["sent_at"] == "2024-06-20T08:05:00+07:00"
    assert await read(client, "th") == []


async def test_decomposed_letters_are_composed(client: httpx.AsyncClient, office: FakeOffice) -> None:
    await client.post(SEND, **form(text=unicodedata.normalize("NFD", "đã nộp báo cáo")))
    assert office.bot.payloads[0]["text"] == "đã nộp báo cáo"


async def test_the_same_key_makes_one_message(client: httpx.AsyncClient, office: FakeOffice) -> None:
    first = await client.post(SEND, **form(text="một lần", key="0123456789abcdef"))
    again = await client.post(SEND, **form(text="một lần", key="0123456789abcdef"))
    other = await client.post(SEND, **form(text="một lần", key="fedcba9876543210"))
    assert first.json() == again.json() != other.json()
    assert len(office.bot.payloads) == 2


async def test_the_key_of_one_phone_is_not_the_key_of_another(client: httpx.AsyncClient, office: FakeOffice) -> None:
    for chat in ("mn", "th"):
        await client.post(f"/demo/chats/{chat}/messages", **form(text="chào", key="0123456789abcdef"))
    assert [payload["chat_id"] for payload in office.bot.payloads] == ["mn", "th"]


async def test_a_press_names_the_choice_and_its_message(client: httpx.AsyncClient, office: FakeOffice) -> None:
    asked = await office.channel.send("mn", Outbound("Đúng không ạ?", ((Choice("edit", "Đúng"),),)), key="ask")
    answer = await client.post(SEND, **form(choice="edit", reply_to=asked))
    assert answer.status_code == 201
    assert (office.bot.payloads[0]["choice"], office.bot.payloads[0]["reply_to"]) == ("edit", asked)
    first, *_ = [entry for entry in await read(client, "mn") if entry["id"] == asked]
    assert first["message"]["edited"] is True
    assert first["message"]["text"] == "Đã chọn **edit**"


async def test_files_are_stored_before_they_are_announced(client: httpx.AsyncClient, office: FakeOffice) -> None:
    files: Any = [
        ("files", ("Báo cáo.docx", b"one")),
        ("files", ("../../etc/ảnh.png", b"\x89PNGtwo")),
        ("text", (None, "em gửi ạ")),
    ]
    answer = await client.post(SEND, files=files)
    assert answer.status_code == 201
    one, two = office.bot.payloads[0]["files"]
    assert (one["name"], one["size"], two["name"], two["media_type"]) == ("Báo cáo.docx", 3, "ảnh.png", "image/png")
    assert office.content.path(one["sha256"]).read_bytes() == b"one"
    assert office.log.texts("mn")[-1] == "Đã nhận tệp Báo cáo.docx, ảnh.png"


async def test_a_file_that_is_too_large_is_named_and_nothing_is_kept(
    client: httpx.AsyncClient, office: FakeOffice
) -> None:
    files = [("files", ("nhỏ.txt", b"1")), ("files", ("lớn.bin", b"x" * (64 * 1024 + 1)))]
    answer = await client.post(SEND, files=files)
    assert answer.status_code == 413
    assert answer.json() == {
        "error": {
            "code": "file_too_large",
            "message": "Tệp lớn.bin nặng 65 KB, vượt mức 64 KB cho một tệp. Đề nghị gửi tệp nhỏ hơn.",
        }
    }
    english = await client.post(SEND, params={"lang": "en"}, files=files)
    assert english.json()["error"]["message"].startswith("lớn.bin is 65 KB, above the limit of 64 KB")
    assert office.bot.payloads == []
    assert [path.name for path in office.content.folder.iterdir()] == ["Thông báo 57.txt"]


async def test_a_body_that_is_far_too_large_still_hears_why(client: httpx.AsyncClient, office: FakeOffice) -> None:
    answer = await client.post(SEND, files=[("files", ("a.bin", b"x" * 500_000))])
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "body_too_large"
    assert "256 KB" in answer.json()["error"]["message"]
    assert office.bot.payloads == []


async def test_a_body_without_a_size_is_limited_as_it_comes(client: httpx.AsyncClient, office: FakeOffice) -> None:
    async def chunks() -> Any:
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.bin"\r\n\r\n'
        for _ in range(100):
            yield b"x" * 5000
        yield b"\r\n--b--\r\n"

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = await client.post(SEND, content=chunks(), headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "body_too_large")
    assert office.bot.payloads == []


@pytest.mark.parametrize(
    ("files", "status", "code"),
    [
        ([("text", (None, "  "))], 400, "empty"),
        ([("files", ("trống.txt", b""))], 400, "empty_file"),
        ([("files", (f"{n}.txt", b"x")) for n in range(4)], 400, "form"),
        ([("text", ("a.txt", b"x"))], 400, "form"),
        ([("text", (None, "x" * 4097))], 413, "text_too_long"),
        ([("text", (None, "🟢" * 2049))], 413, "text_too_long"),
        ([("text", (None, "x" * 70_000))], 400, "form"),
    ],
)
async def test_what_cannot_be_a_message_is_refused(
    client: httpx.AsyncClient, office: FakeOffice, files: Any, status: int, code: str
) -> None:
    answer = await client.post(SEND, files=files)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert office.bot.payloads == []
    assert await read(client, "mn") == []


async def test_a_form_of_another_kind_is_refused(client: httpx.AsyncClient) -> None:
    assert (await client.post(SEND, data={"text": "x"})).status_code == 415
    assert (await client.post(SEND, content=b"x", headers={"Content-Type": "multipart/form-data"})).status_code == 400
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    assert (await client.post(SEND, content=b"no form", headers=headers)).status_code == 400


async def test_an_unknown_phone_is_none(client: httpx.AsyncClient) -> None:
    assert (await client.post("/demo/chats/ai/messages", **form(text="x"))).status_code == 404
    assert (await client.get("/demo/chats/ai/messages")).json()["error"]["message"].startswith("Không có máy này")


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "9" * 19, "١"])
async def test_a_position_that_is_none_is_refused(client: httpx.AsyncClient, after: str) -> None:
    assert (await client.get("/demo/chats/mn/messages", params={"after": after})).status_code == 400


async def test_a_sample_goes_from_the_office_only(client: httpx.AsyncClient, office: FakeOffice) -> None:
    answer = await client.post("/demo/chats/cvp/samples/0")
    assert answer.status_code == 201
    (file,) = office.bot.payloads[0]["files"]
    assert file["name"] == "Thông báo 57.txt"
    assert office.content.path(file["sha256"]).read_text(encoding="utf-8").startswith("THÔNG BÁO")
    for path in ("/demo/chats/mn/samples/0", "/demo/chats/cvp/samples/1", "/demo/chats/ai/samples/0"):
        assert (await client.post(path)).status_code == 404, path
    assert len(office.bot.payloads) == 1


async def test_the_state_holds_what_the_page_needs(client: httpx.AsyncClient) -> None:
    state = (await client.get("/demo/state")).json()
    assert state["now"] == "2024-06-20T08:05:00+07:00"
    assert state["next"] == {"kind": "afternoon", "at": "2024-06-20T14:00:00+07:00"}
    assert [phone["chat_id"] for phone in state["phones"]] == [phone.chat_id for phone in PHONES]
    assert state["samples"] == [{"label": "Thông báo số 57/TB-UBND", "role": "office"}]
    assert state["texts"]["web.clock.next_slot"] == "Phiên nhắc kế tiếp"
    english = (await client.get("/demo/state", params={"lang": "en"})).json()
    assert (english["language"], english["texts"]["web.clock.next_day"]) == ("en", "Next day")
    assert (await client.get("/demo/state", params={"lang": "xx"})).json()["language"] == "vi"
