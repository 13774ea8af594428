"""Tesseract with Vietnamese, as a program of its own: what it reads on the picture of a page.

Why this one stands in docs/architecture.md, with figures; ``python -m benchmarks.scans`` measures it again.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from io import BytesIO

from PIL import Image

from dondoc.directives.page_lines import Word

SECONDS_A_PAGE = 30.0
"""A page takes one or two; what takes longer is no page of text."""
LANGUAGE = "vie"
_LIST_SECONDS = 10.0
_COLUMNS = 12


@cache
def is_installed() -> bool:
    """Whether the program and its Vietnamese are there."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    try:
        listed = subprocess.run(  # noqa: S603 - no input of anybody's
            [program, "--list-langs"], capture_output=True, check=False, timeout=_LIST_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return LANGUAGE in listed.stdout.decode("utf-8", "replace").split()


def read_words(page: Image.Image) -> tuple[list[Word], float]:
    """The words on a page, and how sure they are, from 0 to 100. A page that takes too long has none."""
    packed = BytesIO()
    page.save(packed, "PPM")
    command = ["tesseract", "stdin", "stdout", "-l", LANGUAGE, "--psm", "3", "--dpi", "200"]
    try:
        done = subprocess.run(  # noqa: S603 - fixed words; the picture comes on standard input
            [*command, "-c", "tessedit_create_tsv=1"],
            input=packed.getvalue(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # its threads only wait for each other
            timeout=SECONDS_A_PAGE,
        )
    except subprocess.TimeoutExpired:
        return [], 0.0
    found = list(_words(done.stdout.decode("utf-8", "replace")))
    letters = sum(len(word.text) for word, _ in found)
    sure = sum(confidence * len(word.text) for word, confidence in found) / letters if letters else 0.0
    return [word for word, _ in found], sure


def _words(table: str) -> Iterator[tuple[Word, float]]:
    """Rows of tab-separated level, page, block, paragraph, line, word, left, top, width, height, confidence, text."""
    for row in table.split("\n")[1:]:
        cells = row.split("\t")
        if len(cells) != _COLUMNS or not cells[-1].strip() or float(cells[10]) < 0:
            continue
        left, top, width, height = (float(cell) for cell in cells[6:10])
        yield Word(cells[-1].strip(), left, top, left + width, top + height), float(cells[10])
