"""The content store: whole or not at all, named by hash, typed by content."""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
import signal
import sys
import zipfile
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from sqlalchemy import select

from dondoc.rules.clock import machine_now
from dondoc.storage import files
from dondoc.storage.database import Database
from dondoc.storage.files import ContentTooLarge, FileStore
from dondoc.storage.tables import blobs

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)


async def chunks(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


def all_files(store: FileStore) -> list[Path]:
    return sorted(path for path in store.root.rglob("*") if path.is_file())


def word() -> bytes:
    document, target = Document(), io.BytesIO()
    document.add_paragraph("Báo cáo kết quả tuyển sinh")
    document.save(target)
    return target.getvalue()


def excel() -> bytes:
    book, target = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["STT", "Đơn vị"])
    book.save(target)
    return target.getvalue()


def packed(*names: str, content: str = "x") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, content)
    return target.getvalue()


async def test_content_lies_under_its_hash(file_store: FileStore) -> None:
    stored = await file_store.store(chunks(b"xin ", "chào".encode()), 100)
    content = "xin chào".encode()
    assert (stored.sha256, stored.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert file_store.path(stored.sha256).read_bytes() == content
    assert all_files(file_store) == [file_store.path(stored.sha256)]


async def test_the_same_content_is_kept_once(file_store: FileStore) -> None:
    first = await file_store.store(chunks(b"abc"), 100)
    again = await asyncio.gather(*(file_store.store(chunks(b"a", b"b", b"c"), 100) for _ in range(5)))
    assert set(again) == {first}
    assert len(all_files(file_store)) == 1


async def test_the_limit_counts_to_the_byte(file_store: FileStore) -> None:
    assert (await file_store.store(chunks(b"12345", b"67890"), 10)).size == 10
    with pytest.raises(ContentTooLarge) as caught:
        await file_store.store(chunks(b"12345", b"678901"), 10)
    assert caught.value.limit == 10
    assert len(all_files(file_store)) == 1


async def test_nothing_is_read_beyond_the_limit(file_store: FileStore) -> None:
    given = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal given
        while True:
            given += 1
            yield b"x" * 1000

    with pytest.raises(ContentTooLarge):
        await file_store.store(endless(), 10_500)
    assert given == 11
    assert all_files(file_store) == []


async def test_a_sender_that_breaks_off_leaves_nothing(file_store: FileStore) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"half of it"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await file_store.store(broken(), 100)
    assert all_files(file_store) == []


async def test_a_cancelled_download_leaves_nothing(file_store: FileStore) -> None:
    begun = asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield b"half of it"
        begun.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(file_store.store(slow(), 100))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert all_files(file_store) == []


_DIES = """
import asyncio, os, sys
from pathlib import Path
from dondoc.storage.files import FileStore

async def half():
    yield b"half of it"
    print("begun", flush=True)
    sys.stdin.read()

asyncio.run(FileStore(Path(sys.argv[1])).store(half(), 100))
"""


async def test_a_process_that_is_killed_leaves_nothing_that_looks_like_content(file_store: FileStore) -> None:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _DIES, str(file_store.root), stdin=pipe, stdout=pipe
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"begun\n"
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()
    left = all_files(file_store)
    assert [path.parent.name for path in left] == ["incoming"]
    assert (await FileStore(file_store.root).store(chunks(b"whole"), 100)).size == 5


async def test_what_a_killed_process_left_behind_is_cleared_away_a_day_later(file_store: FileStore) -> None:
    old, young = file_store.root / "incoming" / "old", file_store.root / "incoming" / "young"
    for path, age in ((old, timedelta(hours=25)), (young, timedelta(hours=1))):
        path.write_bytes(b"half of it")
        moment = (machine_now() - age).timestamp()
        os.utime(path, (moment, moment))
    FileStore(file_store.root)
    assert all_files(file_store) == [young]


async def test_the_file_and_its_name_are_written_through(
    file_store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []

    def note(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").resolve())

    monkeypatch.setattr(os, "fsync", note)
    stored = await file_store.store_bytes(b"abc")
    folder = file_store.path(stored.sha256).parent
    assert [path.parent.name if path.parent.name == "incoming" else path for path in synced] == ["incoming", folder]


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 63, "A" * 64, "", "bao-cao.pdf", "g" * 64, "a" * 64 + "\n"])
async def test_only_hashes_name_content(file_store: FileStore, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        file_store.path(name)
    with pytest.raises(ValueError, match="SHA-256"):
        file_store.forget(name)


async def test_what_is_not_stored_is_not_found(file_store: FileStore) -> None:
    with pytest.raises(FileNotFoundError):
        file_store.path("a" * 64)


async def test_forgotten_content_is_gone(file_store: FileStore) -> None:
    stored = await file_store.store_bytes(b"MAT")
    file_store.forget(stored.sha256)
    file_store.forget(stored.sha256)
    assert all_files(file_store) == []


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n", "application/pdf"),
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(100) + b"\xff\xd9", "image/jpeg"),
        (word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (excel(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("Đề nghị các trường báo cáo.\n".encode(), "text/plain"),
        (("Trường Tiểu học Hoa Sen đã nộp. " * 400).encode(), "text/plain"),
        (b"x" * 4095 + "ệ".encode(), "text/plain"),
        (b"", "text/plain"),
        (bytes(range(128, 256)) * 20, "application/octet-stream"),
        (b"MZ\x90\x00" + bytes(200), "application/vnd.microsoft.portable-executable"),
        (b"MZ\x90\x00" + bytes(200) + word(), "application/vnd.microsoft.portable-executable"),
        (b"\x7fELF\x02\x01\x01" + bytes(200), "application/x-executable"),
        (b"#!/bin/sh\nrm -rf /\n", "text/x-shellscript"),
        (packed("META-INF/MANIFEST.MF", "word/a.class"), "application/java-archive"),
        (packed("a.txt"), "application/zip"),
        (packed("a.txt")[:-30], "application/zip"),
        (
            packed("mimetype", content="application/vnd.oasis.opendocument.text"),
            "application/vnd.oasis.opendocument.text",
        ),
    ],
    ids=[
        "pdf",
        "png",
        "jpeg",
        "docx",
        "xlsx",
        "text",
        "long text",
        "text cut in a letter",
        "empty",
        "noise",
        "program",
        "program that carries a document",
        "program for Linux",
        "script",
        "program for Java",
        "zip",
        "broken zip",
        "odt",
    ],
)
async def test_the_type_is_told_by_the_content(file_store: FileStore, content: bytes, media_type: str) -> None:
    assert (await file_store.store_bytes(content)).media_type == media_type


async def test_kept_content_is_written_down_once(database: Database, file_store: FileStore) -> None:
    stored = await file_store.store_bytes(PNG)
    async with database.write() as tx:
        await files.register(tx, stored)
        await files.register(tx, stored)
        row = (await tx.execute(select(blobs))).one()
        assert (row.sha256, row.size, row.media_type) == (stored.sha256, len(PNG), "image/png")
        await files.erase(tx, stored.sha256)
        assert (await tx.execute(select(blobs))).all() == []
