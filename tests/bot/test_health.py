"""What /healthz says: whether somebody has to look after the program."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy.exc import OperationalError

from dondoc.bot import app
from dondoc.bot.app import _Service
from dondoc.bot.polling import TelegramPoller
from dondoc.bot.settings import Settings
from dondoc.chat.channel import Refused, TryLater
from dondoc.rules.clock import machine_now
from tests.support.offices import ZONE


@pytest.fixture
async def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[_Service]:
    """A process that polls, before its loops are started."""
    monkeypatch.chdir(tmp_path)
    settings = Settings(
        data_dir=tmp_path / "data", telegram_token=SecretStr("1:a"), now=datetime(2024, 6, 19, 7, 59, tzinfo=ZONE)
    )
    opened = await _Service.open(settings, alone=True)
    yield opened
    await opened.program.close()


async def test_a_clock_that_nobody_looks_at_is_not_healthy(service: _Service) -> None:
    engine = service.program.engine
    await engine.tick()
    assert (await service._health()).ok
    engine.last_success = machine_now() - timedelta(minutes=11)
    assert not (await service._health()).ok
    engine.last_success = machine_now()
    engine._next = service.program.clock.now() - timedelta(minutes=11)
    assert not (await service._health()).ok
    engine._next = service.program.clock.now() - timedelta(minutes=9)
    assert (await service._health()).ok


async def test_a_poller_that_never_heard_anything_is_not_healthy(service: _Service) -> None:
    service.poller = TelegramPoller(service.telegram, service.store)
    assert (await service._health()).ok
    service.poller.started = machine_now() - timedelta(minutes=3)
    assert not (await service._health()).ok
    service.poller.last_success = machine_now()
    assert (await service._health()).ok


async def test_a_webhook_that_telegram_does_not_know_is_not_healthy(service: _Service) -> None:
    service.settings = service.settings.model_copy(update={"telegram_mode": "webhook"})
    assert (await service._health()).ok
    service.started = machine_now() - timedelta(minutes=3)
    assert not (await service._health()).ok
    service.introduced = True
    assert (await service._health()).ok


async def test_a_database_in_trouble_is_not_healthy(service: _Service, monkeypatch: pytest.MonkeyPatch) -> None:
    locked = OperationalError("…", {}, sqlite3.OperationalError("database is locked"))

    async def fails(*_: object) -> None:
        raise locked

    service.program.worker.patience.met(locked)
    health = await service._health()
    assert not health.ok
    assert health.details["database_in_trouble_since"]
    service.program.worker.patience.over()
    monkeypatch.setattr(app, "oldest_due", fails)
    health = await service._health()
    assert not health.ok
    assert not health.details["database_answers"]


async def test_the_bot_is_introduced_until_the_platform_hears_it(
    service: _Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[Exception] = [TryLater(60), Refused("the address is not reachable"), TryLater(1)]
    pauses: list[float] = []

    async def me() -> None:
        if answers:
            raise answers.pop(0)

    async def set_commands(*_: object, **__: object) -> None:
        return

    async def no_pause(seconds: float) -> None:
        pauses.append(seconds)

    monkeypatch.setattr(service.telegram, "me", me)
    monkeypatch.setattr(service.telegram, "set_commands", set_commands)
    monkeypatch.setattr(app, "pause", no_pause)
    await service._introduce()
    assert pauses == [60, 10, 20]
    assert service.introduced


async def test_the_data_folder_is_the_programs_alone(service: _Service) -> None:
    for folder in (service.settings.data_dir, service.settings.files_dir):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
