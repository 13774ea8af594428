"""Health, metrics, the Telegram webhook, and that no door is open which was not given."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import httpx
import pytest

from dondoc.web.doors import Health, TelegramDoor
from dondoc.web.telegram import SECRET_HEADER
from tests.web.fake_office import SECRET, FakeOffice, serving

UPDATE = {"update_id": 7, "message": {"message_id": 1}}


async def test_health_is_told_with_its_details(client: httpx.AsyncClient, office: FakeOffice) -> None:
    answer = await client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"ok": True, "database": "ok"})
    office.health = Health(False, {"database": "locked"})
    answer = await client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"ok": False, "database": "locked"})


async def test_metrics_come_from_the_given_registry(client: httpx.AsyncClient) -> None:
    answer = await client.get("/metrics")
    assert "dondoc_sent_total 3.0" in answer.text
    assert answer.headers["content-type"].startswith("text/plain")


async def test_doors_that_are_not_given_are_closed(tmp_path: Path) -> None:
    doors = dataclasses.replace(FakeOffice(tmp_path).doors(), telegram=None, demo=None)
    async with serving(doors) as url, httpx.AsyncClient(base_url=url) as client:
        for path in ("/", "/demo/state", "/demo/events", "/static/demo.js", "/telegram"):
            assert (await client.get(path)).status_code == 404, path
        assert (await client.post("/telegram", json=UPDATE)).status_code == 404


async def test_an_update_is_stored_before_it_is_confirmed(client: httpx.AsyncClient, office: FakeOffice) -> None:
    answer = await client.post("/telegram", json=UPDATE, headers={SECRET_HEADER: SECRET})
    assert answer.status_code == 200
    assert office.updates == [UPDATE]


@pytest.mark.parametrize("secret", [None, "", "wire-secre", "wire-secrets", "WIRE-SECRET", "bí mật"])
async def test_a_wrong_secret_opens_nothing(client: httpx.AsyncClient, office: FakeOffice, secret: str | None) -> None:
    headers = {} if secret is None else {SECRET_HEADER.encode(): secret.encode()}
    answer = await client.post("/telegram", json=UPDATE, headers=headers)
    assert answer.status_code == 401
    assert office.updates == []


async def test_the_secret_is_checked_before_the_body_is_read(client: httpx.AsyncClient) -> None:
    answer = await client.post("/telegram", content=b"x" * 10_000)
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"", 400),
        (b"\xff\xfe", 400),
        (b"[]", 400),
        (b'{"message": {}}', 400),
        (b'{"update_id": "7"}', 400),
        (b'{"update_id": 7, "x": "' + b"y" * 5000 + b'"}', 413),
    ],
)
async def test_what_is_no_update_is_refused(
    client: httpx.AsyncClient, office: FakeOffice, body: bytes, status: int
) -> None:
    answer = await client.post("/telegram", content=body, headers={SECRET_HEADER: SECRET})
    assert answer.status_code == status
    assert office.updates == []


async def test_a_body_without_a_size_is_limited_too(client: httpx.AsyncClient, office: FakeOffice) -> None:
    async def chunks() -> Any:
        for _ in range(10):
            yield b"y" * 1000

    answer = await client.post("/telegram", content=chunks(), headers={SECRET_HEADER: SECRET})
    assert answer.status_code == 413
    assert office.updates == []


async def test_what_cannot_be_stored_is_not_confirmed(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def store(_: object) -> None:
        raise OSError("disk full")

    doors = dataclasses.replace(FakeOffice(tmp_path).doors(), telegram=TelegramDoor(SECRET, store))
    async with serving(doors) as url, httpx.AsyncClient(base_url=url) as client:
        answer = await client.post("/telegram", json=UPDATE, headers={SECRET_HEADER: SECRET})
    assert answer.status_code == 500
    assert SECRET not in caplog.text


async def test_a_door_without_a_secret_cannot_be_built() -> None:
    async def store(_: object) -> None: ...

    with pytest.raises(ValueError, match="secret"):
        TelegramDoor("", store)
    assert "wire" not in repr(TelegramDoor(SECRET, store))
