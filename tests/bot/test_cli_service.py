"""doctor, migrate, backup and restore as commands; and how any command ends when something is wrong."""

from __future__ import annotations

import socket
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.bot.conftest import Shell
from tests.telegram_world import TOKEN, USERNAME, spawned_server

SECRET_PART = TOKEN.partition(":")[2]


def finding(table: str, check: str) -> str:
    """The row of a check in the doctor's table."""
    return next(line for line in table.splitlines() if line.split()[:1] == [check])


@pytest.fixture(scope="module")
def telegram() -> Iterator[str]:
    with spawned_server() as url:
        yield url


def database_of(shell: Shell) -> sqlite3.Connection:
    return sqlite3.connect(shell.folder / "data" / "dondoc.sqlite3")


def put(shell: Shell, table: str, row: Mapping[str, object]) -> None:
    marks = ", ".join("?" for _ in row)
    with database_of(shell) as database:
        database.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))


def test_doctor_on_a_new_installation_has_notes_and_no_problem(shell: Shell) -> None:
    ended = shell.run("doctor")
    assert ended.code == 0
    assert "DONDOC_NOW is set" in finding(ended.out, "clock")
    assert "note" in finding(ended.out, "clock")
    assert "no units yet" in finding(ended.out, "contacts")
    assert "sqlite, newest schema" in finding(ended.out, "database")
    assert " ok " in finding(ended.out, "disk")
    assert "TELEGRAM_TOKEN is not set" in finding(ended.out, "telegram")


def test_doctor_without_a_set_clock(shell: Shell) -> None:
    del shell.environment["DONDOC_NOW"]
    assert " ok " in finding(shell.run("doctor").out, "clock")


def test_doctor_names_settings_that_nobody_knows(shell: Shell) -> None:
    shell.environment["DONDOC_TELEGRAM_TOKN"] = TOKEN
    ended = shell.run("doctor")
    assert "DONDOC_TELEGRAM_TOKN" in finding(ended.out, "settings")
    assert SECRET_PART not in ended.out + ended.err


def test_doctor_finds_units_that_nobody_can_be_reached_in(imported: Shell) -> None:
    assert " ok " in finding(imported.run("doctor").out, "contacts")
    task: dict[str, object] = dict.fromkeys(("lead", "cooperate", "unresolved", "groups", "why"), "[]")
    task |= {"office_id": 1, "status": "approved", "code": "NV-001", "content": "x", "task_class": "product"}
    put(imported, "tasks", task | {"created_at": "2024-06-19"})
    (unit_id,) = database_of(imported).execute("SELECT id FROM units WHERE code = 'TH1'").fetchone()
    owed = {"task_id": 1, "unit_id": unit_id, "role": "lead", "state": "new", "assigned_at": "2024-06-19"}
    put(imported, "assignments", owed)
    ended = imported.run("doctor")
    assert ended.code == 1
    assert "Trường Tiểu học Bình Chánh" in finding(ended.out, "contacts")


def test_doctor_counts_messages_that_somebody_has_to_see_to(imported: Shell) -> None:
    message = {"channel": "telegram", "account": "1", "kind": "notice", "payload": "{}"}
    message |= {"not_before": "2024-06-19", "created_at": "2024-06-19"}
    for number, state in enumerate(("in_doubt", "failed", "failed", "sent")):
        put(imported, "outbox", message | {"chat_id": str(number), "state": state})
    ended = imported.run("doctor")
    assert ended.code == 1
    assert "2 failed, 1 in doubt" in finding(ended.out, "outbox")


def test_doctor_asks_telegram_who_the_bot_is(shell: Shell, telegram: str) -> None:
    shell.environment.update(DONDOC_TELEGRAM_TOKEN=TOKEN, DONDOC_TELEGRAM_BASE_URL=f"{telegram}/bot")
    ended = shell.run("doctor")
    assert ended.code == 0
    assert f"@{USERNAME}" in finding(ended.out, "telegram")


def test_a_webhook_without_an_address_is_wrong_usage(shell: Shell, telegram: str) -> None:
    shell.environment.update(
        DONDOC_TELEGRAM_TOKEN=TOKEN,
        DONDOC_TELEGRAM_BASE_URL=f"{telegram}/bot",
        DONDOC_TELEGRAM_MODE="webhook",
        DONDOC_TELEGRAM_WEBHOOK_SECRET="long-enough-secret",
    )
    ended = shell.run("doctor")
    assert ended.code == 2
    assert "DONDOC_PUBLIC_URL" in ended.err
    assert "long-enough-secret" not in ended.out + ended.err


def test_doctor_finds_a_server_that_does_not_answer(shell: Shell) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        shell.environment.update(
            DONDOC_TELEGRAM_TOKEN=TOKEN, DONDOC_TELEGRAM_BASE_URL=f"http://127.0.0.1:{nobody.getsockname()[1]}/bot"
        )
        ended = shell.run("doctor")
    assert ended.code == 1
    assert "PROBLEM" in finding(ended.out, "telegram")
    assert SECRET_PART not in ended.out + ended.err


def test_doctor_shows_what_it_can_when_the_database_is_none(shell: Shell) -> None:
    (shell.folder / "data").mkdir()
    shell.path("data/dondoc.sqlite3", "this is no database, however long it may be " * 50)
    ended = shell.run("doctor")
    assert ended.code == 1
    assert "settings" in ended.out
    assert "the database cannot be used" in ended.err


def test_migrate_says_so_and_can_be_repeated(shell: Shell) -> None:
    for _ in range(2):
        ended = shell.run("migrate")
        assert (ended.code, ended.out, ended.err) == (0, "The database has the newest schema.\n", "")
    with database_of(shell) as database:
        assert database.execute("SELECT count(*) FROM offices").fetchone() == (1,)


def test_a_newer_database_is_left_alone(shell: Shell) -> None:
    shell.run("migrate")
    with database_of(shell) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    ended = shell.run("tasks", "--json")
    assert (ended.code, ended.out) == (1, "")
    assert "newer" in ended.err
    assert len(ended.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DONDOC_HTTP_PORT", "many"),
        ("DONDOC_DATABASE_URL", "mysql://root:hunter2@x/y"),
        ("DONDOC_DATABASE_URL", "sqlite://"),
        ("DONDOC_DATABASE_URL", "sqlite:///:memory:"),
        ("DONDOC_DATABASE_URL", "postgresql://u:hunter2@h:port/db"),
        ("DONDOC_TELEGRAM_TOKEN", "hunter2"),
    ],
)
def test_bad_settings_end_with_one_line(shell: Shell, name: str, value: str) -> None:
    shell.environment[name] = value
    ended = shell.run("migrate")
    assert (ended.code, ended.out) == (2, "")
    assert name in ended.err
    assert "hunter2" not in ended.err
    assert len(ended.err.splitlines()) == 1


def test_a_database_that_does_not_answer_is_one_line_without_the_password(shell: Shell) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        shell.environment["DONDOC_DATABASE_URL"] = f"postgresql://dondoc:hunter2secret@127.0.0.1:{port}/dondoc"
        ended = shell.run("tasks")
    assert (ended.code, ended.out) == (1, "")
    assert "the database cannot be used" in ended.err
    assert "hunter2secret" not in ended.err
    assert len(ended.err.splitlines()) == 1


def test_a_data_folder_that_is_a_file_is_one_line(shell: Shell) -> None:
    shell.path("data", "a file")
    ended = shell.run("tasks")
    assert (ended.code, ended.out) == (1, "")
    assert len(ended.err.splitlines()) == 1


def test_backup_and_restore_bring_an_office_to_another_folder(imported: Shell, tmp_path: Path) -> None:
    file = tmp_path / "b.tar.gz"
    told = imported.run("backup", file)
    assert told.code == 0, told.err
    before = imported.run("units", "list", "--json").json()
    imported.environment["DONDOC_DATA_DIR"] = str(tmp_path / "elsewhere")
    assert imported.run("restore", file).code == 0
    assert imported.run("units", "list", "--json").json() == before
    again = imported.run("restore", file)
    assert again.code == 1
    assert "already" in again.err
    assert len(again.err.splitlines()) == 1


@pytest.mark.parametrize("content", [None, "no archive"])
def test_restoring_what_is_no_backup(shell: Shell, content: str | None) -> None:
    file = shell.folder / "b.tar.gz" if content is None else shell.path("b.tar.gz", content)
    ended = shell.run("restore", file)
    assert (ended.code, ended.out) == (3, "")
    assert len(ended.err.splitlines()) == 1
    assert shell.run("units", "list", "--json").json() == []


@pytest.mark.parametrize("where", ["no/such/b.tar.gz", "."])
def test_a_backup_that_cannot_be_written(imported: Shell, where: str) -> None:
    ended = imported.run("backup", imported.folder / where)
    assert (ended.code, ended.out) == (1, "")
    assert len(ended.err.splitlines()) == 1
