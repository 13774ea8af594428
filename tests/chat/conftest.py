"""Telegram's double over real HTTP, and a channel that speaks to it."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dondoc.chat.messages import Attachment
from dondoc.chat.telegram import TelegramChannel
from tests.telegram_server import TOKEN, TelegramServer, TelegramWorld, serving


class FolderOfFiles:
    """Stored contents in a folder, each under its hash."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, name: str, content: bytes, media_type: str | None = None) -> Attachment:
        sha256 = hashlib.sha256(content).hexdigest()
        (self._folder / sha256).write_bytes(content)
        return Attachment(name=name, size=len(content), media_type=media_type, sha256=sha256)

    def path(self, sha256: str) -> Path:
        found = self._folder / sha256
        if not found.exists():
            raise FileNotFoundError(sha256)
        return found


@pytest.fixture
def files(tmp_path: Path) -> FolderOfFiles:
    return FolderOfFiles(tmp_path)


@pytest.fixture
async def telegram() -> AsyncIterator[tuple[TelegramServer, str]]:
    async with serving() as running:
        yield running


@pytest.fixture
def server(telegram: tuple[TelegramServer, str]) -> TelegramServer:
    return telegram[0]


@pytest.fixture
async def world(telegram: tuple[TelegramServer, str]) -> AsyncIterator[TelegramWorld]:
    async with TelegramWorld(telegram[1]) as people:
        yield people


@pytest.fixture
async def channel(world: TelegramWorld, files: FolderOfFiles) -> AsyncIterator[TelegramChannel]:
    """A channel with short timeouts, so that a server that does not answer costs a test little."""
    opened = TelegramChannel(
        TOKEN,
        base_url=world.base_url,
        base_file_url=world.base_file_url,
        files=files,
        connect_timeout=2,
        read_timeout=0.5,
    )
    yield opened
    await opened.close()
