"""The clock bar over HTTP: forward only, and what the page is told."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.web.fake_office import START, FakeOffice


async def move(client: httpx.AsyncClient, **order: Any) -> httpx.Response:
    return await client.post("/demo/clock", json=order)


async def test_the_buttons_move_the_clock(client: httpx.AsyncClient, office: FakeOffice) -> None:
    slot = await move(client, action="next_slot")
    assert slot.json()["now"] == "2024-06-20T14:00:00+07:00"
    assert slot.json()["next"] == {"kind": "digest", "at": "2024-06-21T07:30:00+07:00"}
    day = await move(client, action="next_day")
    assert day.json()["now"] == "2024-06-21T07:00:00+07:00"
    assert office.bar.moves == ["next_slot", "next_day"]


@pytest.mark.parametrize(
    ("at", "now"),
    [
        ("2024-06-27", "2024-06-27T06:00:00+07:00"),
        ("2024-06-27T09:30", "2024-06-27T09:30:00+07:00"),
        ("2024-06-27T02:30:00+00:00", "2024-06-27T09:30:00+07:00"),
        ("2024-06-27T02:30:00Z", "2024-06-27T09:30:00+07:00"),
    ],
)
async def test_a_date_begins_before_its_first_slot(client: httpx.AsyncClient, at: str, now: str) -> None:
    assert (await move(client, action="set", at=at)).json()["now"] == now


@pytest.mark.parametrize(
    ("order", "status", "code"),
    [
        ({"action": "set", "at": "2024-06-20"}, 409, "clock_back"),
        ({"action": "set", "at": "2024-06-20T08:05:00+07:00"}, 409, "clock_back"),
        ({"action": "set", "at": "2025-06-30"}, 409, "clock_far"),
        ({"action": "set", "at": "30/6/2024"}, 400, "clock_date"),
        ({"action": "set", "at": "2024-06-31"}, 400, "clock_date"),
        ({"action": "set", "at": "0001-01-01T00:00:00+14:00"}, 400, "clock_date"),
        ({"action": "set"}, 400, "clock_date"),
        ({"action": "set", "at": 5}, 400, "clock_date"),
        ({"action": "back"}, 400, "form"),
        ([], 400, "form"),
    ],
)
async def test_what_makes_no_sense_moves_nothing(
    client: httpx.AsyncClient, office: FakeOffice, order: Any, status: int, code: str
) -> None:
    answer = await client.post("/demo/clock", json=order)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert office.clock.now() == START
    assert office.bar.moves == []


@pytest.mark.parametrize(("body", "status"), [(b"{", 400), (b"\xff", 400), (b" " * 5000, 413)])
async def test_a_body_that_is_no_order_is_refused(client: httpx.AsyncClient, body: bytes, status: int) -> None:
    assert (await client.post("/demo/clock", content=body)).status_code == status
