"""The naive peer: one APScheduler job a reminder in its SQLAlchemy job store. Start-up, memory, and what is dropped.

All jobs fall due at one moment, as the reminders of a slot do; the scheduler starts two seconds late, as after a restart, and
runs with its own defaults (a job that is more than a second late is dropped). Our side of the same: the slot is planned
with as many due rows, whatever the time.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

SIZES = (1_000, 10_000)
FULL = (*SIZES, 100_000)

_PEER = """
import asyncio, logging, pickle, resource, sys, tempfile, time
from datetime import datetime, timedelta, UTC
logging.disable(logging.CRITICAL)
from apscheduler.events import EVENT_JOB_EXECUTED, EVENT_JOB_MISSED
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

def remind(number):
    pass

async def main(jobs):
    with tempfile.TemporaryDirectory() as folder:
        store = SQLAlchemyJobStore(f"sqlite:///{folder}/jobs.db")
        writer = AsyncIOScheduler(jobstores={"default": store}, timezone=UTC)
        writer.start(paused=True)
        at = datetime.now(UTC) - timedelta(seconds=2)
        # In the store's own format, but all at once: one commit a job would take all day.
        state = writer.add_job(remind, "date", run_date=at, args=[0], id="0").__getstate__()
        rows = []
        for number in range(jobs):
            state = {**state, "id": str(number), "args": (number,)}
            rows.append({"id": str(number), "next_run_time": at.timestamp(), "job_state": pickle.dumps(state, 5)})
        with store.engine.begin() as connection:
            connection.execute(store.jobs_t.delete())
            connection.execute(store.jobs_t.insert(), rows)
        writer.shutdown(wait=False)
        del rows
        ran, missed = [], []
        store = SQLAlchemyJobStore(f"sqlite:///{folder}/jobs.db")
        scheduler = AsyncIOScheduler(jobstores={"default": store}, timezone=UTC)
        scheduler.add_listener(lambda event: ran.append(event.job_id), EVENT_JOB_EXECUTED)
        scheduler.add_listener(lambda event: missed.append(event.job_id), EVENT_JOB_MISSED)
        start = time.perf_counter()
        scheduler.start()
        while len(ran) + len(missed) < jobs:
            await asyncio.sleep(0.05)
        took = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{took:.2f} {peak} {len(missed)}")
        scheduler.shutdown(wait=False)

asyncio.run(main(int(sys.argv[1])))
"""


def run(*, full: bool = False) -> Iterator[str]:
    """A sentence for each size."""
    for size in FULL if full else SIZES:
        ended = subprocess.run([sys.executable, "-c", _PEER, str(size)], capture_output=True, text=True, check=True)
        took, peak, missed = ended.stdout.split()
        yield f"one APScheduler job a reminder, {size:,} due at once: {took} s, {peak} MB, {int(missed):,} dropped"
