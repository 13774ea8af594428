"""Fifty kills: tests/acceptance/test_kill.py for longer."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.support.kills import KillStory
from tests.support.running import installed
from tests.telegram_server import spawned_server

KILLS = int(os.environ.get("KILLS", "25"))
"""On each database. Another number, or a SEED that was printed, comes from the environment."""


@pytest.mark.system
@pytest.mark.timeout(60 + 40 * KILLS)
async def test_fifty_kills(tmp_path: Path, empty_database_url: str) -> None:
    """The seed is printed first: with it the same moments are chosen again."""
    seed = int(os.environ.get("SEED", random.randrange(10**6)))
    print(f"seed {seed}")
    with spawned_server() as telegram_url:
        async with installed(tmp_path, telegram_url, empty_database_url) as (installation, world):
            print(await KillStory(installation, world, kills=KILLS, seed=seed).run())
