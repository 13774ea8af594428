"""Timing and the lines of the table."""

from __future__ import annotations

import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One figure in seconds beside a simpler one; ``against`` says what that does. Without it there is no ratio."""

    what: str
    seconds: float
    against: str = ""
    base: float | None = None

    @property
    def ratio(self) -> float | None:
        return None if not self.base else self.seconds / self.base


async def median(
    work: Callable[[], Awaitable[object]], times: int, *, before: Callable[[], Awaitable[object]] | None = None
) -> float:
    """The median of several runs in seconds; ``before`` prepares each run and is not timed."""
    found = []
    for _ in range(times):
        if before is not None:
            await before()
        start = time.perf_counter()
        await work()
        found.append(time.perf_counter() - start)
    return statistics.median(found)


def shown(seconds: float) -> str:
    """Seconds as people read them: 1.24 s, 35.1 ms."""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"
