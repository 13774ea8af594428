"""The real program as a process of its own, against the double of Telegram, and what its logs must never hold.

    installation = Installation(folder, telegram_url, database_url)
    await installation.command("units", "import", file)
    async with installation.running("2024-06-24T07:59:50+07:00") as bot:
        ...
        bot.kill()

What the program writes to stderr is kept from all its lives; ``check_logs`` looks through it at the end.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.telegram_world import TOKEN, Json, TelegramWorld

SCRIPT = Path(sys.executable).with_name("dondoc")
SECRET = TOKEN.partition(":")[2]
_STARTS_WITHIN = 40.0
# Below this length a text may stand in a log by chance ("ok").
_TELLING = 9


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


class Bot:
    """One life of ``dondoc run``."""

    def __init__(self, process: subprocess.Popen[bytes], errors: Path) -> None:
        self.process = process
        self.errors = errors
        self.url = ""

    async def ready(self) -> None:
        """Wait for the line that says where it serves. Fails with its stderr if it ends before."""
        assert self.process.stdout is not None
        async with asyncio.timeout(_STARTS_WITHIN):
            line = (await asyncio.to_thread(self.process.stdout.readline)).decode().strip()
        assert line.startswith("ready http"), f"{line!r}; stderr: {self.errors.read_text()}"
        self.url = line.removeprefix("ready ")

    @property
    def log(self) -> str:
        return self.errors.read_text(encoding="utf-8", errors="replace")

    def kill(self) -> None:
        """As if the power failed."""
        self.process.kill()
        self.process.wait()

    async def stop(self, within: float = 15) -> float:
        """SIGTERM; how many seconds it took to end. Fails if it does not end well."""
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        code = await self.ended(within)
        assert code == 0, f"ended with {code}; stderr: {self.log[-3000:]}"
        return time.monotonic() - begun

    async def ended(self, within: float = 15) -> int:
        """Wait until the process has ended by itself; its exit status."""
        async with asyncio.timeout(within):
            return await asyncio.to_thread(self.process.wait)

    def end(self) -> None:
        """Make sure that nothing is left of it."""
        if self.process.poll() is None:
            self.kill()
        if self.process.stdout is not None:
            self.process.stdout.close()


@dataclass(slots=True)
class Installation:
    """An office's folder and database, and how the program is started on them."""

    folder: Path
    telegram_url: str
    database_url: str | None = None
    settings: dict[str, str] = field(default_factory=dict)  # more of the environment, without its prefix
    lives: list[Bot] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)  # stderr of the other commands

    @property
    def url(self) -> str:
        """The database's URL, also where the program finds it by itself."""
        return self.database_url or f"sqlite:///{self.data / 'dondoc.sqlite3'}"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def environment(self, now: str | None = None, **more: str) -> dict[str, str]:
        """The process's environment: nothing of ours leaks in, leases are short, the port is free."""
        settings = {
            "DATA_DIR": str(self.data),
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_BASE_URL": f"{self.telegram_url}/bot",
            "TELEGRAM_BASE_FILE_URL": f"{self.telegram_url}/file/bot",
            "HTTP_PORT": "0",
            # Long enough for a busy machine: a send that takes longer is in doubt and goes out once more.
            "SEND_LEASE_SECONDS": "16",
            "SEND_TIMEOUT_SECONDS": "10",
        }
        if self.database_url is not None:
            settings["DATABASE_URL"] = self.database_url
        if now is not None:
            settings["NOW"] = now
        clean = {name: value for name, value in os.environ.items() if not name.startswith("DONDOC_")}
        return {**clean, **{f"DONDOC_{name}": value for name, value in {**settings, **self.settings, **more}.items()}}

    async def command(self, *arguments: object, now: str | None = None, **more: str) -> Ended:
        """Run another command of the program to its end."""
        process = await asyncio.create_subprocess_exec(
            SCRIPT,
            *map(str, arguments),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.folder,
            env=self.environment(now, **more),
        )
        async with asyncio.timeout(60):
            out, err = await process.communicate()
        assert process.returncode is not None
        self.spoken.append(err.decode())
        return Ended(process.returncode, out.decode(), err.decode())

    async def invite(self, *options: str) -> str:
        """A one-time code: ``invite("--unit", "TH-AN")``, ``invite("--role", "staff")``."""
        ended = await self.command("invite", *options)
        assert ended.code == 0, ended.err
        return ended.out.splitlines()[0]

    async def start(self, now: str | None = None, **more: str) -> Bot:
        """Start ``dondoc run`` and wait until it serves."""
        bot = self.launch(now, **more)
        await bot.ready()
        return bot

    def launch(self, now: str | None = None, **more: str) -> Bot:
        """Start ``dondoc run`` without waiting."""
        errors = self.folder / f"stderr-{len(self.lives) + 1}.log"
        with errors.open("wb") as target:
            process = subprocess.Popen(
                [SCRIPT, "run"],
                stdout=subprocess.PIPE,
                stderr=target,
                cwd=self.folder,
                env=self.environment(now, **more),
            )
        bot = Bot(process, errors)
        self.lives.append(bot)
        return bot

    @asynccontextmanager
    async def running(self, now: str | None = None, **more: str) -> AsyncIterator[Bot]:
        """The program while the block runs; then it is stopped as a service manager stops it, if it still lives."""
        bot = await self.start(now, **more)
        try:
            yield bot
        except BaseException:
            bot.end()
            raise
        if bot.process.poll() is None:
            await bot.stop()
        bot.end()

    def close(self) -> None:
        for bot in self.lives:
            bot.end()

    @property
    def all_logs(self) -> str:
        return "\n".join([*(bot.log for bot in self.lives), *self.spoken])


def check_logs(logs: str, said: Iterable[str], allowed: Iterable[str] = ()) -> None:
    """No token, no person's words, no failure. ``allowed`` are patterns of failures that a test provokes."""
    assert SECRET not in logs, "the token is in the logs"
    for text in said:
        for line in text.splitlines():
            words = line.strip()
            assert len(words) < _TELLING or words not in logs, f"a message is in the logs: {words!r}"
    lines = logs.splitlines()
    for place, line in enumerate(lines):
        if "Traceback (most recent" in line or '"level": "error"' in line or '"level": "critical"' in line:
            told = "\n".join(lines[place : place + 40]).replace("\\n", "\n")
            assert any(re.search(pattern, told) for pattern in allowed), told[:5000]


class AttentiveWorld(TelegramWorld):
    """Telegram that remembers what people wrote, so that the logs can be searched for it."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.said: list[str] = []

    async def __aenter__(self) -> AttentiveWorld:
        return self

    async def act(self, act: Json) -> list[Json]:
        if act.get("text"):
            self.said.append(act["text"])
        return await super().act(act)

    async def everything_said(self) -> list[str]:
        """By people and by the bot."""
        return [*self.said, *(message.text for message in await self.sent())]


@asynccontextmanager
async def installed(
    folder: Path, telegram_url: str, database_url: str | None, allowed: Iterable[str] = ()
) -> AsyncIterator[tuple[Installation, AttentiveWorld]]:
    """An empty installation and its Telegram. At the end nothing of it runs, and its logs hold nothing they must not.

    ``allowed`` is looked at only then: a test may add to it.
    """
    async with AttentiveWorld(telegram_url) as world:
        made = Installation(folder, telegram_url, database_url)
        try:
            yield made, world
        finally:
            made.close()
        check_logs(made.all_logs, await world.everything_said(), allowed)
