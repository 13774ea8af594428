"""The content store: uploaded bytes under the data folder, named by their SHA-256, never by what a sender called them."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import puremagic
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.rules.clock import machine_now
from dondoc.storage.database import insert_new
from dondoc.storage.tables import blobs

_SHA256 = re.compile(r"[0-9a-f]{64}")


class ContentTooLarge(Exception):
    """More bytes came than the limit allows. ``limit`` is in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"content larger than {limit} bytes")
        self.limit = limit


@dataclass(frozen=True, slots=True)
class StoredFile:
    """Bytes in the store: their hash, size in bytes, and type by content."""

    sha256: str
    size: int
    media_type: str


class FileStore:
    """Files under ``root``/ab/cdef…; a file is there whole or not at all."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._incoming = root / "incoming"
        self._incoming.mkdir(parents=True, exist_ok=True)

    def path(self, sha256: str) -> Path:
        """Where the content lies. Raises ValueError for what is no hash, FileNotFoundError for what is not stored."""
        path = self._place(sha256)
        if not path.is_file():
            raise FileNotFoundError(sha256)
        return path

    async def store(self, chunks: AsyncIterator[bytes], limit: int) -> StoredFile:
        """Stream bytes into the store. Raises ContentTooLarge as soon as they exceed ``limit``; nothing is left then."""
        digest = hashlib.sha256()
        size = 0
        descriptor, name = tempfile.mkstemp(dir=self._incoming)
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as target:
                async for chunk in chunks:
                    size += len(chunk)
                    if size > limit:
                        raise ContentTooLarge(limit)
                    digest.update(chunk)
                    await asyncio.to_thread(target.write, chunk)
                target.flush()
                await asyncio.to_thread(os.fsync, target.fileno())
            media_type = await asyncio.to_thread(sniff, temporary)
            sha256 = digest.hexdigest()
            place = self._place(sha256)
            place.parent.mkdir(exist_ok=True)
            temporary.replace(place)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        return StoredFile(sha256, size, media_type)

    async def store_bytes(self, content: bytes) -> StoredFile:
        """Store bytes that we made ourselves, such as a picture."""

        async def once() -> AsyncIterator[bytes]:
            yield content

        return await self.store(once(), max(len(content), 1))

    def forget(self, sha256: str) -> None:
        """Remove content that must not be kept."""
        self._place(sha256).unlink(missing_ok=True)

    def _place(self, sha256: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise ValueError("not a SHA-256")
        return self.root / sha256[:2] / sha256[2:]


def sniff(path: Path) -> str:
    """The media type by content; "application/octet-stream" when nothing is recognised."""
    try:
        matches = puremagic.magic_file(path)
    except (puremagic.PureError, ValueError):  # ValueError: an empty file
        matches = []
    for match in matches:
        if match.mime_type:
            return str(match.mime_type)
    try:
        with path.open("rb") as source:
            source.read(4096).decode("utf-8")
    except UnicodeDecodeError:
        return "application/octet-stream"
    return "text/plain"


async def register(tx: AsyncConnection, file: StoredFile) -> None:
    """Write down that the content is kept, so that rows may refer to it."""
    await insert_new(
        tx,
        blobs,
        {"sha256": file.sha256, "size": file.size, "media_type": file.media_type, "stored_at": machine_now()},
    )


async def erase(tx: AsyncConnection, sha256: str) -> None:
    """Forget that the content was kept. The bytes go with ``FileStore.forget`` once this is committed."""
    await tx.execute(blobs.delete().where(blobs.c.sha256 == sha256))
