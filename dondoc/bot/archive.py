"""The whole of an installation in one file, and back: every table as JSON lines, and the content store.

A backup is a gzipped tar: ``manifest.json``, ``tables/NAME.jsonl`` in an order in which no row refers to a later one, and
``files/ab/cdef…`` by SHA-256. Nothing in it depends on the database, so what was SQLite can be restored on PostgreSQL.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import tarfile
import tempfile
import zlib
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

from alembic.script import ScriptDirectory
from sqlalchemy import Date, DateTime, Table, Time, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc import __version__
from dondoc.rules.clock import machine_now
from dondoc.storage.columns import Instant
from dondoc.storage.database import Database
from dondoc.storage.files import ContentTooLarge, FileStore
from dondoc.storage.migrate import alembic_config
from dondoc.storage.tables import blobs, leases, metadata, outbox, pace

FORMAT = 1
_MANIFEST = "manifest.json"
_TABLE = re.compile(r"tables/([a-z_]+)\.jsonl")
_FILE = re.compile(r"files/([0-9a-f]{2})/([0-9a-f]{62})")
_BATCH = 500
_CHUNK = 1 << 20
# Who holds what at this moment is nothing to bring back later or elsewhere.
_OF_THE_MOMENT = (leases, pace)
TABLES = tuple(table for table in metadata.sorted_tables if table not in _OF_THE_MOMENT)
# What an installation has before anybody has used it: its office, the office's settings, the slots of its clock.
_FROM_THE_START = frozenset({"offices", "settings", "slots"})


class ArchiveRefused(Exception):
    """The file is no backup of this program, or not one that this version can restore. The message is one line."""


class NotEmpty(Exception):
    """The installation holds an office's data already; restoring would mix two."""


@dataclass(slots=True)
class Contents:
    """What an archive holds: rows, files, and files which the database names but the store does not have."""

    rows: int = 0
    files: int = 0
    missing: list[str] = field(default_factory=list)


# --- backup ----------------------------------------------------------------------------------------------------------


async def backup(database: Database, files: FileStore, target: Path) -> Contents:
    """Write a consistent backup; ``target`` appears whole or not at all. Raises OSError."""
    contents = Contents()
    descriptor, name = tempfile.mkstemp(dir=target.absolute().parent, prefix=f".{target.name}.")
    temporary = Path(name)
    try:
        # mkstemp's file is readable by its owner alone: it holds what people wrote.
        with os.fdopen(descriptor, "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w:gz") as archive:
                await _write(database, files, archive, contents)
            raw.flush()
            os.fsync(raw.fileno())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return contents


async def _write(database: Database, files: FileStore, archive: tarfile.TarFile, contents: Contents) -> None:
    manifest = {
        "format": FORMAT,
        "program": f"dondoc {__version__}",
        "schema": head_revision(),
        "made_at": machine_now().isoformat(timespec="seconds"),
    }
    _add(archive, _MANIFEST, io.BytesIO(json.dumps(manifest, indent=2).encode()))
    async with database.read() as tx:
        if not database.is_sqlite:
            # One snapshot for all tables; on SQLite a reading transaction is one already.
            await tx.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        for table in TABLES:
            with tempfile.TemporaryFile() as lines:
                contents.rows += await _write_rows(tx, table, lines)
                _add(archive, f"tables/{table.name}.jsonl", lines)
        hashes = list((await tx.execute(select(blobs.c.sha256).order_by(blobs.c.sha256))).scalars())
    for sha256 in hashes:
        try:
            content = files.path(sha256).open("rb")
        except FileNotFoundError:
            contents.missing.append(sha256)
            continue
        with content:
            _add(archive, f"files/{sha256[:2]}/{sha256[2:]}", content)
        contents.files += 1


async def _write_rows(tx: AsyncConnection, table: Table, lines: IO[bytes]) -> int:
    number = 0
    rows = await tx.stream(select(table).order_by(*table.primary_key.columns))
    async for row in rows.mappings():
        line = json.dumps(dict(row), default=_plain, ensure_ascii=False)
        lines.write(line.encode() + b"\n")
        number += 1
    return number


def _plain(value: object) -> str:
    if isinstance(value, (date, time)):
        return value.isoformat()
    raise TypeError(f"a column of type {type(value).__name__} has no form in a backup")


def _add(archive: tarfile.TarFile, name: str, content: IO[bytes]) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = content.seek(0, os.SEEK_END)
    entry.mtime = int(machine_now().timestamp())
    entry.mode = 0o600
    content.seek(0)
    archive.addfile(entry, content)


# --- restore ---------------------------------------------------------------------------------------------------------


async def restore(database: Database, files: FileStore, source: Path) -> Contents:
    """Bring a backup back into an installation that nobody has used: everything or nothing.

    The database must have the newest schema. Raises NotEmpty, ArchiveRefused, OSError.
    """
    contents = Contents()
    brought: list[str] = []
    try:
        async with database.write() as tx:
            await _require_empty(tx)
            for name in _FROM_THE_START:
                await tx.execute(metadata.tables[name].delete())
            await _read(tx, files, source, contents, brought)
            await _settle(tx)
            if not database.is_sqlite:
                await _advance_sequences(tx)
    except BaseException:
        for sha256 in brought:
            files.forget(sha256)
        raise
    return contents


async def _require_empty(tx: AsyncConnection) -> None:
    for table in TABLES:
        if table.name in _FROM_THE_START:
            continue
        if (await tx.execute(select(1).select_from(table).limit(1))).first() is not None:
            raise NotEmpty(
                f"there are {table.name.replace('_', ' ')} already: a backup is restored into a new installation"
            )


async def _read(tx: AsyncConnection, files: FileStore, source: Path, contents: Contents, brought: list[str]) -> None:
    waiting = [table.name for table in TABLES]
    described = False
    try:
        with gzip.open(source) as unpacked, tarfile.open(fileobj=unpacked, mode="r|") as archive:
            for entry in archive:
                body = archive.extractfile(entry) if entry.isreg() else None
                if body is None:
                    raise ArchiveRefused(f"{source}: no backup of this program: “{entry.name}” is no file")
                if entry.name == _MANIFEST and not described:
                    _check_manifest(source, body.read(_CHUNK))
                    described = True
                elif not described:
                    raise ArchiveRefused(f"{source}: no backup of this program")
                elif table := _TABLE.fullmatch(entry.name):
                    if not waiting or table[1] != waiting.pop(0):
                        raise ArchiveRefused(f"{source}: the tables are not those of this version")
                    contents.rows += await _read_rows(tx, metadata.tables[table[1]], body, source)
                elif file := _FILE.fullmatch(entry.name):
                    await _read_file(files, body, file[1] + file[2], entry.size, source, brought)
                    contents.files += 1
                else:
                    # Names are only ever compared, never used as paths; still, what is strange is not ours.
                    raise ArchiveRefused(f"{source}: no backup of this program: it holds “{entry.name}”")
            # What follows the last entry is padding, but only at its end does gzip see that nothing was cut off.
            while unpacked.read(_CHUNK):
                pass
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ArchiveRefused(f"{source}: the backup is damaged or no backup ({error})") from error
    if waiting:
        raise ArchiveRefused(f"{source}: the backup is incomplete")


def _check_manifest(source: Path, data: bytes) -> None:
    try:
        manifest = json.loads(data)
        form, schema, program = manifest["format"], manifest["schema"], manifest["program"]
    except (ValueError, KeyError, TypeError) as error:
        raise ArchiveRefused(f"{source}: no backup of this program") from error
    if form != FORMAT or schema != head_revision():
        raise ArchiveRefused(
            f"{source}: made by {program} with schema {schema}, this version has {head_revision()}: restore it with the "
            "version that made it, then let this one migrate"
        )


async def _read_rows(tx: AsyncConnection, table: Table, content: IO[bytes], source: Path) -> int:
    number = 0
    batch: list[dict[str, Any]] = []
    for line in content:
        try:
            batch.append(_row(table, json.loads(line)))
        except (ValueError, TypeError, KeyError) as error:
            raise ArchiveRefused(f"{source}: table {table.name} is damaged") from error
        number += 1
        if len(batch) == _BATCH:
            await tx.execute(insert(table), batch)
            batch = []
    if batch:
        await tx.execute(insert(table), batch)
    return number


def _row(table: Table, data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(table, name, value) for name, value in data.items()}


def _value(table: Table, name: str, value: Any) -> Any:
    if value is None:
        return None
    kind = table.c[name].type
    if isinstance(kind, (Instant, DateTime)):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, Time):
        return time.fromisoformat(value)
    return value


async def _read_file(
    files: FileStore, content: IO[bytes], sha256: str, size: int, source: Path, brought: list[str]
) -> None:
    try:
        files.path(sha256)
    except FileNotFoundError:
        pass
    else:
        return
    try:
        stored = await files.store(_chunks(content), max(size, 1))
    except ContentTooLarge as error:
        raise ArchiveRefused(f"{source}: the backup is damaged") from error
    brought.append(stored.sha256)
    if stored.sha256 != sha256:
        raise ArchiveRefused(f"{source}: the content of a file is not what its name says")


async def _chunks(content: IO[bytes]) -> AsyncIterator[bytes]:
    while chunk := content.read(_CHUNK):
        yield chunk


async def _settle(tx: AsyncConnection) -> None:
    """What had not been sent when the backup was made may have been sent since: it goes out marked as sent again."""
    open_states = outbox.c.state.in_(("pending", "leased", "sending"))
    again = {"state": "pending", "lease_until": None, "send_at": None, "doubts": 1}
    await tx.execute(update(outbox).where(open_states, outbox.c.doubts == 0).values(**again))
    await tx.execute(update(outbox).where(open_states).values(**{**again, "doubts": outbox.c.doubts}))


async def _advance_sequences(tx: AsyncConnection) -> None:
    """PostgreSQL numbers on from its own counters, which do not see rows that bring their numbers along."""
    for table, column in _numbered():
        sequence = await tx.scalar(select(func.pg_get_serial_sequence(table.name, column)))
        highest = await tx.scalar(select(func.max(table.c[column])))
        if sequence is not None and highest is not None:
            await tx.execute(select(func.setval(sequence, highest)))


def _numbered() -> Iterator[tuple[Table, str]]:
    for table in TABLES:
        column = table.autoincrement_column
        if column is not None:
            yield table, column.name


def head_revision() -> str:
    """The newest schema that this program knows."""
    return str(ScriptDirectory.from_config(alembic_config()).get_current_head())
