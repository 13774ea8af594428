"""``dondoc backup`` and ``dondoc restore``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dondoc.bot.command import FAILED, REFUSED, Installation, fail, say, tell, with_installation

File = Annotated[Path, typer.Argument(metavar="FILE", show_default=False)]
_LISTED = 10


def backup(file: File) -> None:
    """Write the whole installation into one file.

    Database and files, with all that people wrote: keep it safe.
    """

    if file.is_dir():
        fail(FAILED, f"{file} is a folder; name the file to write")

    async def work(here: Installation) -> None:
        from dondoc.bot import archive
        from dondoc.storage.files import FileStore

        contents = await archive.backup(here.database, FileStore(here.settings.files_dir), file)
        for sha256 in contents.missing[:_LISTED]:
            tell(f"note: a file that the database names is not in the store: {sha256}")
        if len(contents.missing) > _LISTED:
            tell(f"note: … and {len(contents.missing) - _LISTED} more")
        say(f"{file}: {contents.rows} rows and {contents.files} files.")

    with_installation(work)


def restore(file: File) -> None:
    """Bring a backup into a new installation."""

    async def work(here: Installation) -> None:
        from dondoc.bot import archive
        from dondoc.storage.files import FileStore

        try:
            contents = await archive.restore(here.database, FileStore(here.settings.files_dir), file)
        except archive.NotEmpty as error:
            fail(FAILED, str(error))
        except archive.ArchiveRefused as error:
            fail(REFUSED, str(error))
        except FileNotFoundError:
            fail(REFUSED, f"{file} cannot be opened")
        say(f"{file}: {contents.rows} rows and {contents.files} files restored.")

    with_installation(work)
