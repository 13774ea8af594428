"""What /healthz says: whether somebody has to look after the program."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from dondoc.bot.app import _Service
from dondoc.bot.settings import Settings
from dondoc.rules.clock import machine_now
from tests.support.offices import ZONE


async def test_a_clock_that_nobody_looks_at_is_not_healthy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings(
        data_dir=tmp_path, telegram_token=SecretStr("1:a"), now=datetime(2024, 6, 19, 7, 59, tzinfo=ZONE)
    )
    service = await _Service.open(settings, alone=True)
    engine = service.program.engine
    try:
        await engine.tick()
        assert (await service._health()).ok
        engine.last_success = machine_now() - timedelta(minutes=11)
        assert not (await service._health()).ok
        engine.last_success = machine_now()
        engine._next = service.program.clock.now() - timedelta(minutes=11)
        assert not (await service._health()).ok
        engine._next = service.program.clock.now() - timedelta(minutes=9)
        assert (await service._health()).ok
    finally:
        await service.program.close()
