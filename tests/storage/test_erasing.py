"""What is erased is gone from the database's files too, while the program runs on."""

from __future__ import annotations

from pathlib import Path

import pytest

from dondoc.rules.clock import machine_now
from dondoc.storage import inbox
from dondoc.storage.database import Database
from tests.support.channels import ScriptedChannel, arrives

TELLTALE = "phuong-an-thap-luc-so-05"


def holding(folder: Path) -> list[str]:
    """The files that hold the words."""
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and TELLTALE.encode() in path.read_bytes())


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("length", [1, 40, 2000])
async def test_an_erased_message_leaves_nothing_in_the_files(
    database: Database, channel: ScriptedChannel, tmp_path: Path, length: int
) -> None:
    """Short, long, and so long that it overflows its page; also with a second connection that has read it."""
    for number in range(3):
        await arrives(database, channel, channel.update("11", f"tin {number}"))
    row_id = await arrives(database, channel, channel.update("11", TELLTALE * length))
    assert row_id is not None
    async with database.read() as tx:
        assert len(await inbox.heads(tx, machine_now())) == 1
    assert holding(tmp_path)
    async with database.write() as tx:
        await inbox.erase(tx, row_id)
    assert holding(tmp_path) == []
    async with database.read() as tx:
        assert (await inbox.heads(tx, machine_now()))[0].payload["text"] == "tin 0"
