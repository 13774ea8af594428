"""Reading the sample directive into drafts, beside what python-docx needs to open the same file and give its text."""

from __future__ import annotations

from collections.abc import AsyncIterator

import docx

from benchmarks.timing import Line, median
from dondoc.directives.parse import parse_directive
from dondoc.directives.reading import read_document
from dondoc.samples import DIRECTIVE, sample


async def run() -> AsyncIterator[Line]:
    path = sample(DIRECTIVE)

    async def parse() -> None:
        if not parse_directive(read_document(path)).tasks:
            raise AssertionError("no tasks found")

    async def text_only() -> None:
        "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)

    await parse()  # word lists are compiled once
    seconds = await median(parse, 9)
    yield Line("parse the sample directive (.docx)", seconds, "python-docx alone", await median(text_only, 9))
