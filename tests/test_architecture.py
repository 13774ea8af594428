"""What holds the house together, checked on the source: imports go downwards, one clock, modules that can be read in
one sitting."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "dondoc"
CLOCK = PACKAGE / "rules" / "clock.py"

MAX_LINES = 350
# Longer on purpose, and why.
LONG = {
    "dondoc/storage/tables.py": "all tables side by side: one look at the schema",
    "dondoc/storage/migrations/versions": "steps of the schema are written by a program and never changed afterwards",
}

# What tells the present by itself: (module or class, function).
_PRESENT = {
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
}


def modules() -> Iterator[Path]:
    return PACKAGE.rglob("*.py")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_go_downwards_only() -> None:
    """The contracts stand in pyproject.toml. In a process of its own, because the linter changes the import path."""
    program = (
        "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def calls_of_the_present(source: str) -> list[int]:
    """The lines on which a source asks the machine for the time, past the office's clock."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", None)
            if (owner, node.attr) in _PRESENT:
                found.append(node.lineno)
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            found.extend(node.lineno for alias in node.names if ("time", alias.name) in _PRESENT)
    return found


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import UTC, datetime\nx = datetime.now(UTC)",
        "import datetime\nx = datetime.datetime.utcnow()",
        "import datetime as d\nx = d.date.today()",
        "import time\nx = time.time()",
        "from time import time\nx = time()",
        "from datetime import datetime\nmake = datetime.now",
    ],
)
def test_the_search_for_clocks_finds(source: str) -> None:
    assert calls_of_the_present(source)


def test_the_search_for_clocks_leaves_ours_alone() -> None:
    assert calls_of_the_present("now = clock.now()\nat = self._clock.now()\npause = time.monotonic()") == []


def test_only_the_clock_reads_the_time() -> None:
    """Whatever else did would not move with the office's clock, in a trial or a test."""
    found = {
        name_of(path): lines
        for path in modules()
        if path != CLOCK and (lines := calls_of_the_present(path.read_text(encoding="utf-8")))
    }
    assert found == {}
    assert calls_of_the_present(CLOCK.read_text(encoding="utf-8"))


def test_modules_can_be_read_in_one_sitting() -> None:
    """A module that grows beyond this has a second job: give it a module of its own."""
    long = {}
    for path in modules():
        lines = len(path.read_text(encoding="utf-8").splitlines())
        listed = name_of(path) in LONG or name_of(path.parent) in LONG
        if lines > MAX_LINES and not listed:
            long[name_of(path)] = lines
    assert long == {}


def test_every_exception_is_still_needed() -> None:
    for name in LONG:
        path = ROOT / name
        files = path.glob("*.py") if path.is_dir() else [path]
        assert any(len(file.read_text(encoding="utf-8").splitlines()) > MAX_LINES for file in files), name
