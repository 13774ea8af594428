"""Start-up and memory of the program with much open beside the same with nothing open.

A process of its own opens the database, brings it to the newest schema, makes the loops and looks once at the clock, the
outbox and the inbox; what it took and what it holds is what a start costs.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator

from benchmarks.databases import KINDS, new_database
from benchmarks.office import Size, found
from benchmarks.timing import Line
from tests.support.postgres import Postgres

ROUNDS = 3
SIZE, FULL = Size(4_000, 160_000), Size(20_000, 1_000_000)

_START = """
import asyncio, resource, sys, tempfile, time
from pathlib import Path
start = time.perf_counter()
from dondoc.bot.program import Program
from dondoc.storage.database import Database
from dondoc.storage.files import FileStore
from dondoc.storage.migrate import migrate
from benchmarks.office import SLOT
from dondoc.rules.clock import FixedClock
from tests.support.channels import ScriptedChannel

async def main():
    database = Database(sys.argv[1])
    await migrate(database)
    channel = ScriptedChannel()
    with tempfile.TemporaryDirectory() as folder:
        program = Program(database, FileStore(Path(folder)), FixedClock(SLOT), {(channel.name, channel.account): channel})
        await program.delivery.recover_everything()
        await program.engine.tick()
        await program.drain()
        took = time.perf_counter() - start
        print(took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    await program.close()

asyncio.run(main())
"""


async def run(server: Postgres, *, full: bool = False) -> AsyncIterator[Line]:
    size = FULL if full else SIZE
    for kind in KINDS:
        async with new_database(kind, server) as empty, new_database(kind, server) as much:
            await found(empty, Size(size.people, 0))
            await found(much, size)
            urls = [one.url.render_as_string(hide_password=False) for one in (empty, much)]
            best = [(float("inf"), float("inf"))] * 2
            for _ in range(ROUNDS):
                for place, url in enumerate(urls):
                    seconds, megabytes = await _start(url)
                    best[place] = (min(best[place][0], seconds), min(best[place][1], megabytes))
            (none_s, none_mb), (much_s, much_mb) = best
            yield Line(f"start with {size.open:,} open ({kind})", much_s, "with none open", none_s)
            yield Line(f"memory with {size.open:,} open ({kind})", much_mb, "with none open", none_mb, unit="MB")


async def _start(url: str) -> tuple[float, float]:
    """Seconds to start and the most memory it held, in MB."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", _START, url, stdout=asyncio.subprocess.PIPE)
    out, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError("the program did not start")
    seconds, megabytes = out.decode().split()[-2:]
    return float(seconds), float(megabytes)
