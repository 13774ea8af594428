"""Files of the demo page: only what a message names, and nothing that a browser would run."""

from __future__ import annotations

import httpx
import pytest

from dondoc.chat.messages import Outbound
from dondoc.web.uploads import clean_name
from tests.web.fake_office import PNG, FakeOffice


async def upload(client: httpx.AsyncClient, office: FakeOffice, name: str, content: bytes) -> str:
    answer = await client.post("/demo/chats/mn/messages", files=[("files", (name, content))])
    assert answer.status_code == 201
    sha256: str = office.bot.payloads[-1]["files"][0]["sha256"]
    return sha256


async def test_a_file_comes_back_as_an_inert_download(client: httpx.AsyncClient, office: FakeOffice) -> None:
    sha256 = await upload(client, office, "Báo cáo số 12.html", b"<script>alert(1)</script>")
    answer = await client.get(f"/demo/files/{sha256}")
    assert (answer.status_code, answer.content) == (200, b"<script>alert(1)</script>")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert (
        answer.headers["content-disposition"]
        == "attachment; filename*=utf-8''B%C3%A1o%20c%C3%A1o%20s%E1%BB%91%2012.html"
    )
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert "sandbox" in answer.headers["content-security-policy"]


async def test_a_picture_keeps_its_type(client: httpx.AsyncClient, office: FakeOffice) -> None:
    await office.channel.send("ct", Outbound("Tiến độ", attachments=(await office.picture(),)), key="chart")
    (entry,) = await office.log.since("ct", 0)
    answer = await client.get(f"/demo/files/{entry.message['files'][0]['sha256']}")
    assert (answer.content, answer.headers["content-type"]) == (PNG, "image/png")
    assert answer.headers["content-disposition"].startswith("attachment")


async def test_content_that_no_message_names_stays_hidden(client: httpx.AsyncClient, office: FakeOffice) -> None:
    secret = await office.picture()
    assert (await client.get(f"/demo/files/{secret.sha256}")).status_code == 404
    for path in ("0" * 64, "..%2F..%2Fetc%2Fpasswd", "x"):
        assert (await client.get(f"/demo/files/{path}")).status_code == 404, path


async def test_an_erased_message_takes_its_files_out_of_reach(client: httpx.AsyncClient, office: FakeOffice) -> None:
    sha256 = await upload(client, office, "a.txt", b"secret")
    assert (await client.get(f"/demo/files/{sha256}")).status_code == 200
    first = (await office.log.since("mn", 0))[0]
    erased = {"from": "person", "erased": True, "sent_at": first.message["sent_at"], "text": "", "files": []}
    await office.log.edit("mn", first.external_id, erased)
    assert (await client.get(f"/demo/files/{sha256}")).status_code == 404


async def test_content_that_is_gone_is_not_found(client: httpx.AsyncClient, office: FakeOffice) -> None:
    sha256 = await upload(client, office, "a.txt", b"x")
    office.content.path(sha256).unlink()
    answer = await client.get(f"/demo/files/{sha256}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "file")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("báo cáo.docx", "báo cáo.docx"),
        ("ba\u0301o ca\u0301o.docx", "báo cáo.docx"),
        (r"C:\Users\lan\báo cáo.docx", "báo cáo.docx"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie: x.txt"),
        ("cod\u202etxt.exe", "codtxt.exe"),
        ("", "file"),
        ("...", "file"),
        ("x" * 200 + ".docx", "x" * 145 + ".docx"),
        ("y" * 200, "y" * 150),
    ],
)
def test_names_are_fit_to_be_shown(given: str, shown: str) -> None:
    assert clean_name(given) == shown
