"""A fake office behind a real server, and a client of its page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.web.fake_office import FakeOffice, serving


@pytest.fixture
def office(tmp_path: Path) -> FakeOffice:
    return FakeOffice(tmp_path)


@pytest.fixture
async def client(office: FakeOffice) -> AsyncIterator[httpx.AsyncClient]:
    async with serving(office.doors(), office.pulse) as url, httpx.AsyncClient(base_url=url, timeout=10) as http:
        yield http
