"""For developers: writes the next step of the schema from what changed in ``tables.py``.

    python -m dondoc.storage.migrations new "a table for holidays"
    python -m dondoc.storage.migrations initial

``initial`` writes the first step anew; it is only for the time before the first release, when no database has to be
kept. Read what was written before it is committed: a rename, for instance, comes out as a loss and a new column.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from alembic import command
from alembic.script import Script, ScriptDirectory

from dondoc.storage.database import database_url
from dondoc.storage.migrate import alembic_config, locked_connection

# What Alembic writes although it says nothing.
_NOISE = re.compile(r"^ *# ###.*\n|, nullable=True|, unique=False|(?<=String\()length=", re.MULTILINE)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m dondoc.storage.migrations", description="Write a migration.")
    choices = parser.add_subparsers(dest="command", required=True)
    choices.add_parser("initial", help="write the first step anew (before the first release only)")
    new = choices.add_parser("new", help="write the next step")
    new.add_argument("message", help="what changes, in a few words")
    given = parser.parse_args(arguments)
    steps = ScriptDirectory.from_config(alembic_config())
    numbers = [int(step.revision) for step in steps.walk_revisions()]
    if given.command == "initial":
        if max(numbers, default=1) > 1:
            parser.error("there are later steps: write a new one instead")
        for old in Path(steps.versions).glob("0001_*.py"):
            old.unlink()
        _write("initial", 1)
    else:
        _write(given.message, max(numbers, default=0) + 1)


def _write(message: str, number: int) -> None:
    """Write the step that leads from the newest schema to what ``tables.py`` says, seen from a new SQLite database."""
    with (
        tempfile.TemporaryDirectory() as folder,
        locked_connection(database_url(f"sqlite:///{folder}/empty.db")) as connection,
    ):
        config = alembic_config(connection)
        config.attributes["batch"] = number > 1
        command.upgrade(config, "head")
        written = command.revision(config, message, autogenerate=True, rev_id=f"{number:04d}")
    if isinstance(written, Script):
        _tidy(Path(written.path))


def _tidy(step: Path) -> None:
    step.write_text(_NOISE.sub("", step.read_text(encoding="utf-8")), encoding="utf-8")
    for tool in (("format",), ("check", "--fix")):
        subprocess.run([sys.executable, "-m", "ruff", *tool, "--quiet", step], check=True)  # noqa: S603 - our own file


if __name__ == "__main__":
    main()
