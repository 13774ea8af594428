"""Backup and restore: the same installation on the other side, on both databases and across them; or nothing."""

from __future__ import annotations

import asyncio
import gzip
import io
import json
import shutil
import stat
import tarfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from dondoc.bot.archive import TABLES, ArchiveRefused, NotEmpty, backup, head_revision, restore
from dondoc.rules.clock import machine_now
from dondoc.rules.roles import Scope
from dondoc.storage import files as content
from dondoc.storage import offices, outbox, work
from dondoc.storage.database import Database
from dondoc.storage.files import FileStore
from dondoc.storage.tables import calendar_overrides, inbox, leases, metadata, submissions
from dondoc.storage.tables import outbox as outbox_table
from tests.support.offices import START, SampleOffice, directive, give

Rows = dict[str, list[dict[str, Any]]]
WORDS = "Báo cáo “bước đầu” – 100% 👍"


async def rows_of(database: Database) -> Rows:
    async with database.read() as tx:
        return {
            table.name: [
                dict(row) for row in (await tx.execute(select(table).order_by(*table.primary_key.columns))).mappings()
            ]
            for table in TABLES
        }


def without(columns: set[str], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name not in columns} for row in rows]


@pytest.fixture
async def busy(database: Database, office: SampleOffice, file_store: FileStore) -> Database:
    """An office in the middle of its work: every kind of column and every unsettled state of a message."""
    stored = await file_store.store_bytes(WORDS.encode())
    empty = await file_store.store_bytes(b"")
    async with database.write() as tx:
        for file in (stored, empty):
            await content.register(tx, file)
        given = await directive(tx, office, file_sha256=stored.sha256, file_name=f"{WORDS}.txt")
        (first, _) = await give(
            tx,
            office,
            "TH-HS",
            "THCS-BM",
            deadline=date(2024, 6, 28),
            rule="before",
            task={"directive_id": given, "content": WORDS, "deadline_time": time(16, 30)},
        )
        item = await work.get(tx, Scope.office(), first)
        assert item is not None
        await work.change(tx, item, "submitted", actor_id=office.people["huong"], at=START, detail={"words": WORDS})
        await offices.set_setting(tx, office.id, "saturdays", True)
        await tx.execute(calendar_overrides.insert().values(day=date(2026, 1, 2), working=False))
        await tx.execute(
            submissions.insert().values(
                assignment_id=first, version=1, code="TN-1", arrived_at=START, way="chat", complete=False
            )
        )
        await tx.execute(
            inbox.insert().values(
                channel="test",
                account="office",
                external_id="1",
                chat_id="21",
                payload={"text": WORDS, "deep": [1, 2.5, None, True]},
                files=[],
                state="received",
                received_at=START,
                not_before=START,
            )
        )
        await tx.execute(leases.insert().values(name="poller", owner="me", until=machine_now()))
        for number, state in enumerate(("pending", "leased", "sending", "sent", "in_doubt", "failed")):
            row = outbox.queued(office.address("huong"), "notice", {"message": {"text": WORDS}}, machine_now())
            await tx.execute(insert(outbox_table).values(**{**row, "state": state, "dedup_key": f"k{number}"}))
    return database


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Opens a new installation on either database: its database and its content store."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[tuple[Database, FileStore]]:
        store = FileStore(tmp_path / "elsewhere")
        if request.param == "sqlite":
            shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "elsewhere.db")
            database = Database(f"sqlite:///{tmp_path / 'elsewhere.db'}")
            try:
                yield database, store
            finally:
                await database.close()
            return
        template = request.getfixturevalue("postgres_template")
        with request.getfixturevalue("postgres").database(template) as url:
            database = Database(url)
            try:
                yield database, store
            finally:
                await database.close()

    return opened


@pytest.fixture
async def empty(open_database: Callable[[str], Database], sqlite_template: Path, tmp_path: Path) -> Database:
    shutil.copy(sqlite_template, tmp_path / "fresh.db")
    return open_database(f"sqlite:///{tmp_path / 'fresh.db'}")


async def test_the_same_installation_on_the_other_side(
    busy: Database, file_store: FileStore, elsewhere: Any, tmp_path: Path
) -> None:
    written = await backup(busy, file_store, tmp_path / "b.tar.gz")
    before = await rows_of(busy)
    async with elsewhere() as (database, store):
        async with database.write() as tx:
            await offices.ensure_office(tx, START)  # every command makes the office
        brought = await restore(database, store, tmp_path / "b.tar.gz")
        after = await rows_of(database)
        assert (brought.rows, brought.files) == (written.rows, written.files)
        assert written.files == 2
        # A stamp is new wherever its tables are written.
        changed = {"outbox": {"state", "doubts", "send_at", "lease_until"}, "stamps": {"value"}}
        for name, rows in before.items():
            hidden = changed.get(name, set())
            assert without(hidden, after[name]) == without(hidden, rows), name
        for row in before["blobs"]:
            assert store.path(row["sha256"]).read_bytes() == file_store.path(row["sha256"]).read_bytes()


async def test_what_was_on_its_way_goes_out_marked_as_sent_again(
    busy: Database, file_store: FileStore, empty: Database, tmp_path: Path
) -> None:
    await backup(busy, file_store, tmp_path / "b.tar.gz")
    await restore(empty, FileStore(tmp_path / "other"), tmp_path / "b.tar.gz")
    async with empty.read() as tx:
        states = [
            tuple(row)
            for row in await tx.execute(select(outbox_table.c.state, outbox_table.c.doubts).order_by(outbox_table.c.id))
        ]
        assert states == [("pending", 1)] * 3 + [("sent", 0), ("in_doubt", 0), ("failed", 0)]
        assert (await tx.execute(select(func.count()).select_from(leases))).scalar_one() == 0


async def test_rows_that_come_later_get_new_numbers(
    busy: Database, office: SampleOffice, file_store: FileStore, elsewhere: Any, tmp_path: Path
) -> None:
    await backup(busy, file_store, tmp_path / "b.tar.gz")
    async with elsewhere() as (database, store):
        await restore(database, store, tmp_path / "b.tar.gz")
        async with database.write() as tx:
            ids = await give(tx, office, "TH-HS")
            all_ids = [item.id for item in await work.find(tx, Scope.office())]
        assert ids[0] == max(all_ids)
        assert len(all_ids) == len(set(all_ids)) == 3


async def test_a_backup_is_for_its_owner_alone_and_leaves_no_scraps(
    busy: Database, file_store: FileStore, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    await backup(busy, file_store, folder / "b.tar.gz")
    await backup(busy, file_store, folder / "b.tar.gz")
    assert [path.name for path in folder.iterdir()] == ["b.tar.gz"]
    assert stat.S_IMODE((folder / "b.tar.gz").stat().st_mode) == 0o600


async def test_a_backup_that_fails_leaves_the_old_one(
    busy: Database, file_store: FileStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "backups" / "b.tar.gz"
    target.parent.mkdir()
    target.write_text("the old one")
    monkeypatch.setattr(FileStore, "path", lambda self, sha256: tmp_path)
    with pytest.raises(IsADirectoryError):
        await backup(busy, file_store, target)
    assert [path.name for path in target.parent.iterdir()] == ["b.tar.gz"]
    assert target.read_text() == "the old one"


async def test_a_backup_is_one_moment(
    busy: Database,
    second_database: Database,
    office: SampleOffice,
    file_store: FileStore,
    empty: Database,
    tmp_path: Path,
) -> None:
    """Work goes on while it is written: whatever the backup holds fits together, and nothing is refused."""
    stop = asyncio.Event()

    async def work_on() -> int:
        rounds = 0
        while not stop.is_set():
            async with second_database.write() as tx:
                given = await directive(tx, office, number=f"{rounds + 100}/TB-UBND")
                await give(tx, office, "TH-HS", task={"directive_id": given})
            rounds += 1
            await asyncio.sleep(0)
        return rounds

    going_on = asyncio.create_task(work_on())
    await backup(busy, file_store, tmp_path / "b.tar.gz")
    stop.set()
    assert await going_on > 0
    await restore(empty, FileStore(tmp_path / "other"), tmp_path / "b.tar.gz")
    rows = await rows_of(empty)
    assert len(rows["tasks"]) == len(rows["directives"]) == len(rows["assignments"]) - 1


async def test_a_file_that_is_gone_is_told(busy: Database, file_store: FileStore, tmp_path: Path) -> None:
    stored = await file_store.store_bytes(WORDS.encode())
    file_store.forget(stored.sha256)
    assert (await backup(busy, file_store, tmp_path / "b.tar.gz")).missing == [stored.sha256]


async def test_nothing_is_restored_over_an_offices_data(
    busy: Database, office: SampleOffice, file_store: FileStore, tmp_path: Path
) -> None:
    await backup(busy, file_store, tmp_path / "b.tar.gz")
    before = await rows_of(busy)
    with pytest.raises(NotEmpty):
        await restore(busy, file_store, tmp_path / "b.tar.gz")
    assert await rows_of(busy) == before


# --- what is no backup, or a bad one ---------------------------------------------------------------------------------


def repacked(source: Path, target: Path, change: Callable[[str, bytes], list[tuple[str, bytes]]]) -> Path:
    """The archive with every member replaced by what ``change`` makes of it."""
    with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
        for entry in old:
            stream = old.extractfile(entry)
            assert stream is not None
            for name, data in change(entry.name, stream.read()):
                added = tarfile.TarInfo(name)
                added.size = len(data)
                new.addfile(added, io.BytesIO(data))
    return target


def _stray(name: str) -> Callable[[str, bytes], list[tuple[str, bytes]]]:
    return lambda old, data: [(old, data), (name, b"x")] if old == "manifest.json" else [(old, data)]


def _without(name: str) -> Callable[[str, bytes], list[tuple[str, bytes]]]:
    return lambda old, data: [] if old == name else [(old, data)]


def _schema(old: str, data: bytes) -> list[tuple[str, bytes]]:
    if old != "manifest.json":
        return [(old, data)]
    return [(old, json.dumps({**json.loads(data), "schema": "9999_from_the_future"}).encode())]


def _other_bytes(old: str, data: bytes) -> list[tuple[str, bytes]]:
    return [(old, data[::-1] if old.startswith("files/") else data)]


def _bad_row(old: str, data: bytes) -> list[tuple[str, bytes]]:
    return [(old, data + b"{broken\n" if old == "tables/submissions.jsonl" else data)]


def _unknown_column(old: str, data: bytes) -> list[tuple[str, bytes]]:
    return [(old, data + b'{"no_such": 1}\n' if old == "tables/submissions.jsonl" else data)]


@pytest.mark.parametrize(
    "change",
    [
        _stray("../../etc/passwd"),
        _stray("/etc/passwd"),
        _stray("files/../../x"),
        _stray("tables/no_such.jsonl"),
        _without("manifest.json"),
        _without("tables/tasks.jsonl"),
        _without("tables/web_messages.jsonl"),
        _schema,
        _other_bytes,
        _bad_row,
        _unknown_column,
    ],
)
async def test_a_bad_archive_changes_nothing(
    busy: Database, file_store: FileStore, empty: Database, tmp_path: Path, change: Any
) -> None:
    await backup(busy, file_store, tmp_path / "b.tar.gz")
    bad = repacked(tmp_path / "b.tar.gz", tmp_path / "bad.tar.gz", change)
    before, store = await rows_of(empty), FileStore(tmp_path / "other")
    with pytest.raises(ArchiveRefused) as caught:
        await restore(empty, store, bad)
    assert "\n" not in str(caught.value)
    assert await rows_of(empty) == before
    assert [path for path in store.root.rglob("*") if path.is_file()] == []
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE])
async def test_only_plain_files_are_taken(empty: Database, tmp_path: Path, kind: bytes) -> None:
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as archive:
        entry = tarfile.TarInfo("manifest.json")
        entry.type, entry.linkname = kind, "/etc/passwd"
        archive.addfile(entry)
    with pytest.raises(ArchiveRefused):
        await restore(empty, FileStore(tmp_path / "other"), tmp_path / "b.tar.gz")


@pytest.mark.parametrize(
    "data",
    [b"", b"no archive at all", gzip.compress(b"no tar"), b"\x1f\x8b\x08\x00broken"],
    # By name: compressed bytes hold the time, and two test processes would not agree on what they have collected.
    ids=["empty", "text", "no tar inside", "broken"],
)
async def test_what_is_no_archive_is_refused(empty: Database, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "b.tar.gz").write_bytes(data)
    with pytest.raises(ArchiveRefused):
        await restore(empty, FileStore(tmp_path / "other"), tmp_path / "b.tar.gz")


async def test_an_archive_that_was_cut_off_is_refused(
    busy: Database, file_store: FileStore, empty: Database, tmp_path: Path
) -> None:
    whole = tmp_path / "b.tar.gz"
    await backup(busy, file_store, whole)
    data = whole.read_bytes()
    before, store = await rows_of(empty), FileStore(tmp_path / "other")
    for share in (0.1, 0.5, 0.9, 0.99):
        whole.write_bytes(data[: int(len(data) * share)])
        with pytest.raises(ArchiveRefused):
            await restore(empty, store, whole)
        assert await rows_of(empty) == before


def test_every_table_is_kept_or_left_out_on_purpose() -> None:
    assert set(metadata.tables) - {table.name for table in TABLES} == {"leases", "pace"}
    assert head_revision()
