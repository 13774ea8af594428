"""``python -m benchmarks``: all figures as one table, in a few minutes; ``--full`` for the largest sizes, in half an hour."""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import AsyncIterator

from rich import box
from rich.console import Console
from rich.table import Table

from benchmarks import delivery, memory, parsing, planning, replies, scheduler_jobs
from benchmarks.timing import Line, shown
from tests.support.postgres import running_postgres


async def lines(*, full: bool) -> AsyncIterator[Line]:
    async for line in parsing.run():
        yield line
    with running_postgres() as server:
        async for line in planning.run(server, full=full):
            yield line
        async for line in delivery.run(server, full=full):
            yield line
        async for line in memory.run(server, full=full):
            yield line


async def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Figures about speed, as ratios.")
    parser.add_argument("--full", action="store_true", help="with the largest sizes: a million rows")
    full = parser.parse_args().full
    started = time.perf_counter()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("what", "takes", "beside", "takes", "ratio"):
        table.add_column(heading, justify="left" if heading in ("what", "beside") else "right")
    async for line in lines(full=full):
        base = "" if line.base is None else shown(line.base, line.unit)
        ratio = "" if line.ratio is None else f"{line.ratio:.2f}"
        table.add_row(line.what, shown(line.seconds, line.unit), line.against, base, ratio)
    console = Console(width=150)
    console.print(table)
    for sentence in scheduler_jobs.run(full=full):
        console.print(sentence)
    replies.main()
    console.print(f"{time.perf_counter() - started:.0f} s in all")


if __name__ == "__main__":
    asyncio.run(main())
