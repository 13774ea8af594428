"""SIGKILL at random moments: whatever was accepted is handled once, and every reminder is sent.

The long run of the same is tests/system/test_kill_long.py.
"""

from __future__ import annotations

import random

import pytest

from tests.support.kills import KillStory
from tests.support.running import AttentiveWorld, Installation

KILLS = {"sqlite": 3, "postgresql": 2}


@pytest.mark.timeout(300)
async def test_killed_at_random_moments(
    installation: Installation, world: AttentiveWorld, request: pytest.FixtureRequest
) -> None:
    """Five kills, split over the databases. The seed is printed with a failure; KillStory takes it again."""
    seed = random.randrange(10**6)
    kills = KILLS["sqlite" if installation.database_url is None else "postgresql"]
    print(f"seed {seed}")
    report = await KillStory(installation, world, kills=kills, seed=seed).run()
    print(report)
