"""Timing and the lines of the table."""

from __future__ import annotations

import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One figure beside a simpler one; ``against`` says what that does. Without it there is no ratio.

    Figures are in seconds unless ``unit`` is another.
    """

    what: str
    seconds: float
    against: str = ""
    base: float | None = None
    unit: str = "s"

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


async def best_of(
    rounds: int, *works: Callable[[], Awaitable[object]], before: Callable[[], Awaitable[object]]
) -> list[float]:
    """The best time of each of several works in seconds; they are run in turn, so that all of them meet the same machine.

    ``before`` prepares each round and is not timed.
    """
    best = [float("inf")] * len(works)
    for _ in range(rounds):
        await before()
        for place, work in enumerate(works):
            start = time.perf_counter()
            await work()
            best[place] = min(best[place], time.perf_counter() - start)
    return best


def shown(seconds: float, unit: str = "s") -> str:
    """Seconds as people read them: 1.24 s, 35.1 ms; another unit as it is."""
    if unit != "s":
        return f"{seconds:.0f} {unit}"
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"
