"""Folders that hold what people wrote: for the program's user alone."""

from __future__ import annotations

from pathlib import Path


def private_folder(path: Path) -> None:
    """Make the folder, and those above it that are missing, with no right for anybody else (0700).

    A folder that is there keeps the rights that the administrator gave it.
    """
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=0o700, exist_ok=True)
