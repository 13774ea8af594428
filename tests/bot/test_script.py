"""The installed console script, as scripts and people use it: streams, exit codes, working folders, secrets."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from pathlib import Path

import pytest

from dondoc import __version__
from tests.bot.conftest import DIRECTIVE, REGISTRY, SCRIPT, Shell
from tests.telegram_world import TOKEN

SECRET_PART = TOKEN.partition(":")[2]
COMMANDS = (
    "run demo migrate doctor parse load units invite tasks reminders understand report backup restore".split()  # noqa: SIM905
)


def test_version_and_help(shell: Shell) -> None:
    assert shell.script("--version").out == f"dondoc {__version__}\n"
    told = shell.script("--help")
    assert told.code == 0
    for command in COMMANDS:
        assert f"  {command} " in told.out


def test_help_comes_at_once(shell: Shell) -> None:
    """Heavy libraries are imported by the commands that need them: the best of three is far below a second."""
    best = 9.0
    for _ in range(3):
        begun = time.perf_counter()
        shell.script("--help")
        best = min(best, time.perf_counter() - begun)
    assert best < 1.0


@pytest.mark.parametrize(
    "arguments", [("no-such",), ("tasks", "--no-such"), ("reminders",), ("load",), ("units", "no-such")]
)
def test_wrong_usage_is_2_and_says_so_on_stderr(shell: Shell, arguments: tuple[str, ...]) -> None:
    ended = shell.script(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err


def test_the_story_of_the_command_line_from_two_folders(shell: Shell, tmp_path: Path, empty_database_url: str) -> None:
    """Everything works from any folder, on either database, which may be new; JSON stands alone on stdout."""
    shell.environment["DONDOC_DATABASE_URL"] = empty_database_url
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    units, document = shell.path("units.csv", REGISTRY), shell.path("57.txt", DIRECTIVE)
    assert shell.script("units", "import", units).code == 0
    assert shell.script("load", document, "--approve", cwd=elsewhere).code == 0
    here, there = shell.script("tasks", "--json"), shell.script("tasks", "--json", cwd=elsewhere)
    assert here.err == there.err == ""
    assert here.json() == there.json() != []
    assert [path.name for path in elsewhere.iterdir()] == []

    assert "newest schema" in shell.run("doctor").out
    assert shell.script("backup", tmp_path / "b.tar.gz").code == 0
    del shell.environment["DONDOC_DATABASE_URL"]
    assert shell.script("restore", tmp_path / "b.tar.gz").code == 0
    assert shell.script("tasks", "--json").json() == here.json()


def test_settings_from_a_file_in_the_working_folder(shell: Shell) -> None:
    shell.environment.clear()
    shell.path(".env", f"DONDOC_DATA_DIR=kept here\nDONDOC_NOW=2024-06-19T07:00\nDONDOC_TELEGRAM_TOKEN={TOKEN}\n")
    assert shell.script("migrate").code == 0
    assert (shell.folder / "kept here" / "dondoc.sqlite3").exists()
    told = shell.script("doctor", DONDOC_TELEGRAM_BASE_URL=_nobody())
    assert told.code == 1
    assert SECRET_PART not in told.out + told.err


def _nobody() -> str:
    """An address where nobody answers."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{closed.getsockname()[1]}/bot"


def test_vietnamese_goes_through_a_machine_without_a_locale(shell: Shell) -> None:
    shell.script("units", "import", shell.path("units.csv", REGISTRY))
    ended = shell.script("units", "list", "--json", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert "Trường Tiểu học Bình Chánh" in {unit["name"] for unit in ended.json()}
    asked = json.dumps({"text": "Dạ em nộp rồi ạ", "now": "2024-06-25T10:00:00+07:00"}, ensure_ascii=False)
    answered = shell.script("understand", "--json", stdin=asked, LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert answered.json()["intent"] == "hoan_thanh"


def test_the_bot_without_any_channel_says_what_is_missing(shell: Shell) -> None:
    ended = shell.script("run", DONDOC_HTTP_PORT="0")
    assert (ended.code, ended.out) == (2, "")
    assert "DONDOC_TELEGRAM_TOKEN" in ended.err


def test_a_defect_is_logged_without_secrets(shell: Shell, tmp_path: Path) -> None:
    """A module that breaks on import stands for any defect: one JSON line, exit 1, the token blanked."""
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "segno.py").write_text(f"raise RuntimeError('at https://api.telegram.org/bot{TOKEN}/getMe, {TOKEN}')\n")
    ended = shell.script(
        "invite",
        "--role",
        "staff",
        "--qr",
        "code.png",
        PYTHONPATH=str(broken),
        DONDOC_TELEGRAM_TOKEN=TOKEN,
        DONDOC_TELEGRAM_BASE_URL=_nobody(),
    )
    assert ended.code == 1
    assert "broke off" in ended.err
    assert "[hidden]" in ended.err
    assert SECRET_PART not in ended.out + ended.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_behind_stdout_is_one_line(shell: Shell, unbuffered: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [SCRIPT, "units", "list", "--json"],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=shell.folder,
            env={**os.environ, **shell.environment, "PYTHONUNBUFFERED": unbuffered},
            check=False,
        )
    assert done.returncode == 1
    assert len(done.stderr.decode().splitlines()) == 1


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_goes_away_is_no_defect(shell: Shell, unbuffered: str) -> None:
    shell.run("units", "import", shell.path("units.csv", REGISTRY))
    done = subprocess.run(
        f"'{SCRIPT}' units list --json | head -n 1",
        shell=True,
        capture_output=True,
        cwd=shell.folder,
        env={**os.environ, **shell.environment, "PYTHONUNBUFFERED": unbuffered},
        check=False,
    )
    assert done.stdout == b"[\n"
    assert done.stderr == b""
