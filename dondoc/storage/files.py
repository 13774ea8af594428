"""The content store: uploaded bytes under the data folder, named by their SHA-256, never by what a sender called them."""

from __future__ import annotations

import asyncio
import codecs
import hashlib
import os
import re
import tempfile
import zipfile
import zlib
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import puremagic
from sqlalchemy import String, cast, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.rules.clock import machine_now
from dondoc.storage import order_drafts
from dondoc.storage.database import insert_new
from dondoc.storage.folders import private_folder
from dondoc.storage.tables import blobs, directives, inbox, submission_files, task_files

LEFT_BEHIND_AFTER = timedelta(days=1)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_OFFICE_FOLDERS = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
# Under one name each, so that they can be refused; for these the library has several names, or none.
_PROGRAMS = {
    b"MZ": "application/vnd.microsoft.portable-executable",
    b"\x7fELF": "application/x-executable",
    b"#!": "text/x-shellscript",
}


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
        private_folder(self._incoming)
        for left in self._incoming.iterdir():  # by a process that was killed
            with suppress(FileNotFoundError):  # another process that just finished with it
                if left.stat().st_mtime < machine_now().timestamp() - LEFT_BEHIND_AFTER.total_seconds():
                    left.unlink()

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
            await asyncio.to_thread(_sync_folder, place.parent)
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


def _sync_folder(folder: Path) -> None:
    # Without it a power cut can lose the name of a file whose bytes are safe.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sniff(path: Path) -> str:
    """The media type by content; "application/octet-stream" when nothing is recognised."""
    try:
        matches = puremagic.magic_file(path)
    except (puremagic.PureError, ValueError):  # ValueError: an empty file
        matches = []
    with path.open("rb") as source:
        beginning = source.read(4096)
    for start, media_type in _PROGRAMS.items():
        if beginning.startswith(start):
            return media_type
    if beginning.startswith(b"PK\x03\x04"):
        return _packed_type(path)
    for match in matches:
        if match.mime_type:
            return str(match.mime_type)
    try:
        # Not final: the beginning may end within a letter.
        codecs.getincrementaldecoder("utf-8")().decode(beginning)
    except UnicodeDecodeError:
        return "application/octet-stream"
    return "text/plain"


def _packed_type(path: Path) -> str:
    """What a ZIP file is. The signatures of Word and Excel files are the same: only what they hold tells them apart."""
    try:
        with zipfile.ZipFile(path) as packed:
            names = packed.namelist()
            if "mimetype" in names:  # OpenDocument says it in plain letters
                with packed.open("mimetype") as source:
                    return source.read(100).decode("ascii").strip()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, UnicodeDecodeError, OSError):
        return "application/zip"  # broken, encrypted or odd: not ours to repair
    if "META-INF/MANIFEST.MF" in names:
        return "application/java-archive"
    for folder, media_type in _OFFICE_FOLDERS.items():
        if any(name.startswith(folder) for name in names):
            return media_type
    return "application/zip"


async def register(tx: AsyncConnection, file: StoredFile) -> None:
    """Write down that the content is kept, so that rows may refer to it."""
    await insert_new(
        tx,
        blobs,
        {"sha256": file.sha256, "size": file.size, "media_type": file.media_type, "stored_at": machine_now()},
    )


async def erase(tx: AsyncConnection, sha256: str) -> None:
    """Forget that the content was kept, whoever refers to it: it is secret.

    The bytes go with ``FileStore.forget`` once this is committed.
    """
    # The same bytes may have come before, from somebody who was not refused.
    await tx.execute(submission_files.delete().where(submission_files.c.sha256 == sha256))
    await tx.execute(task_files.delete().where(task_files.c.sha256 == sha256))
    await order_drafts.forget_file(tx, sha256)
    await tx.execute(update(directives).where(directives.c.file_sha256 == sha256).values(file_sha256=None))
    await tx.execute(blobs.delete().where(blobs.c.sha256 == sha256))


async def release(tx: AsyncConnection, sha256: str, inbox_id: int) -> bool:
    """Forget content that came with one message, unless something else refers to it; whether it is to go.

    The bytes go with ``FileStore.forget`` once this is committed.
    """
    elsewhere = (
        select(submission_files.c.sha256).where(submission_files.c.sha256 == sha256),
        select(directives.c.file_sha256).where(directives.c.file_sha256 == sha256),
        select(task_files.c.sha256).where(task_files.c.sha256 == sha256),
        # Another message that brought the same bytes: its sender may just be asked what it is about.
        select(inbox.c.id).where(inbox.c.id != inbox_id, cast(inbox.c.files, String).contains(sha256)),
    )
    for statement in elsewhere:
        if (await tx.execute(statement.limit(1))).first() is not None:
            return False
    if await order_drafts.mentions_file(tx, sha256):
        return False
    await tx.execute(blobs.delete().where(blobs.c.sha256 == sha256))
    return True
