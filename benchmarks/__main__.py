"""``python -m benchmarks``: all figures as one table. Takes about a minute; run it on a machine that is quiet."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

from rich import box
from rich.console import Console
from rich.table import Table

from benchmarks import delivery, parsing, planning, replies
from benchmarks.timing import Line, shown
from tests.support.postgres import running_postgres


async def lines() -> AsyncIterator[Line]:
    async for line in parsing.run():
        yield line
    with running_postgres() as server:
        async for line in planning.run(server):
            yield line
        async for line in delivery.run(server):
            yield line


async def main() -> None:
    started = time.perf_counter()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("what", "takes", "beside", "takes", "ratio"):
        table.add_column(heading, justify="left" if heading in ("what", "beside") else "right")
    async for line in lines():
        base = "" if line.base is None else shown(line.base)
        ratio = "" if line.ratio is None else f"{line.ratio:.2f}"
        table.add_row(line.what, shown(line.seconds), line.against, base, ratio)
    console = Console(width=130)
    console.print(table)
    replies.main()
    console.print(f"{time.perf_counter() - started:.0f} s in all")


if __name__ == "__main__":
    asyncio.run(main())
