"""Other sites cannot use the page: headers, hosts, origins."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import httpx
import pytest

from tests.web.fake_office import SECRET, FakeOffice, serving
from tests.web.test_messages import SEND, form


@pytest.mark.parametrize("path", ["/", "/static/demo.js", "/demo/state", "/healthz", "/nowhere"])
async def test_every_answer_carries_the_headers(client: httpx.AsyncClient, path: str) -> None:
    headers = (await client.get(path)).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 201),
        ({"Origin": "self"}, 201),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 201),
    ],
)
async def test_only_the_page_itself_may_write(
    client: httpx.AsyncClient, office: FakeOffice, headers: dict[str, str], status: int
) -> None:
    if headers.get("Origin") == "self":
        headers = {"Origin": str(client.base_url).rstrip("/")}
    answer = await client.post(SEND, headers=headers, **form(text="x"))
    assert answer.status_code == status
    assert len(office.bot.payloads) == (status == 201)
    clock = await client.post("/demo/clock", headers=headers, json={"action": "next_day"})
    assert clock.status_code == (200 if status == 201 else 403)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8080", 200),
        ("127.0.0.1", 200),
        ("[::1]:8080", 200),
        ("192.168.1.20:8080", 200),
        ("demo.example", 200),
        ("evil.example", 403),
        ("127.0.0.1.evil.example", 403),
        ("demo.example@evil.example", 403),
        ("", 403),
    ],
)
async def test_foreign_names_do_not_open_the_page(tmp_path: Path, host: str, status: int) -> None:
    office = FakeOffice(tmp_path)
    office.demo = dataclasses.replace(office.demo, hosts=("demo.example",))
    async with serving(office.doors(), office.pulse) as url, httpx.AsyncClient(base_url=url) as client:
        for path in ("/", "/demo/state", "/demo/chats/mn/messages"):
            assert (await client.get(path, headers={"Host": host})).status_code == status, path


async def test_nothing_tells_the_secret(client: httpx.AsyncClient) -> None:
    for path in ("/", "/healthz", "/metrics", "/demo/state"):
        assert SECRET not in (await client.get(path)).text
