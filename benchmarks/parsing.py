"""Reading directives: a sample, sentences beside dateparser, and whether ten times the text takes ten times as long.

``python -m benchmarks.parsing`` prints the peak memory of reading five megabytes as well; each runs in a process of its own.
"""

from __future__ import annotations

import subprocess
import sys
import time
import warnings
from collections.abc import AsyncIterator, Callable
from datetime import date, datetime
from itertools import count

import docx

from benchmarks.timing import Line, median
from dondoc.directives.blocks import blocks_of
from dondoc.directives.layout import lines_of
from dondoc.directives.parse import parse_directive
from dondoc.directives.reading import SourceText, read_bytes, read_document
from dondoc.directives.sentences import sentences
from dondoc.samples import DIRECTIVE, sample
from dondoc.vietnamese.deadlines import find_deadlines
from tests.directives.generator.directives import seeded

_LONG = 5_000_000
_DOCUMENTS = 40
_COMPARED = 300  # sentences that dateparser reads knowing the language; without it, a tenth of them
_DAY = date(2026, 6, 18)
_PEAK = """
import resource, sys
from dondoc.directives.parse import parse_directive
from dondoc.directives.reading import read_bytes
path = sys.argv[1]
draft = parse_directive(read_bytes(open(path, "rb").read()))
print(len(draft.tasks), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


async def run() -> AsyncIterator[Line]:
    async for line in _sample():
        yield line
    for line in (*_beside_dateparser(), _linear()):
        yield line


async def _sample() -> AsyncIterator[Line]:
    path = sample(DIRECTIVE)

    async def parse() -> None:
        if not parse_directive(read_document(path)).tasks:
            raise AssertionError("no tasks found")

    async def text_only() -> None:
        "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)

    await parse()  # word lists are compiled once
    seconds = await median(parse, 9)
    yield Line("parse the sample directive (.docx)", seconds, "python-docx alone", await median(text_only, 9))


def _beside_dateparser() -> list[Line]:
    """The same sentences, one core; processor time, since other work on the machine says nothing about either."""
    from dateparser.search import search_dates

    texts = [seeded(2 * number).text for number in range(_DOCUMENTS)]
    spoken = [
        block.text[start:end]
        for text in texts
        for block in blocks_of(tuple(lines_of(text)))
        for start, end in sentences(block.text)
    ]
    told = {"DATE_ORDER": "DMY", "RELATIVE_BASE": datetime.combine(_DAY, datetime.min.time())}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ours = _each(lambda text: find_deadlines(text, _DAY), spoken)
        whole = _each(lambda text: parse_directive(_source(text)), texts) * len(texts) / len(spoken)
        theirs = _each(lambda text: search_dates(text, languages=["vi"], settings=told), spoken[:_COMPARED])
        guessed = _each(search_dates, spoken[: _COMPARED // 10])
    return [
        Line("deadlines of 1,000 sentences", 1_000 * ours, "dateparser.search, told the language", 1_000 * theirs),
        Line("deadlines of 1,000 sentences", 1_000 * ours, "dateparser.search as it comes", 1_000 * guessed),
        Line("everything in 1,000 sentences", 1_000 * whole, "dateparser.search as it comes", 1_000 * guessed),
    ]


def _each(read: Callable[[str], object], texts: list[str]) -> float:
    """Processor seconds a text, after a first round for whatever is loaded once."""
    read(texts[0])
    start = time.process_time()
    for text in texts:
        read(text)
    return (time.process_time() - start) / len(texts)


def _linear() -> Line:
    """Five megabytes of a directive beside ten times what half a megabyte takes: 1 is exactly linear."""

    def seconds(size: int) -> float:
        source = read_bytes(long_text(size))
        start = time.process_time()
        parse_directive(source)
        return time.process_time() - start

    seconds(_LONG // 100)
    return Line("parse 5 MB", seconds(_LONG), "ten times 0.5 MB", 10 * seconds(_LONG // 10))


def long_text(size: int) -> bytes:
    """A directive of about ``size`` bytes: one head, and as many duties as it takes."""
    parts: list[bytes] = []
    length = 0
    for number in count():
        text = seeded(2 * number).text
        if parts and "như sau:" not in text:
            continue
        body = text if not parts else text.split("như sau:", 1)[1]
        body = body.split("Nơi nhận", 1)[0].replace("./.", ".")
        parts.append(body.encode())
        length += len(parts[-1])
        if length >= size:
            break
    return b"\n".join(parts)[:size]


def _source(text: str) -> SourceText:
    return SourceText(text, (text,), "text/plain")


def peak_memory(path: str) -> tuple[int, float]:
    """Tasks found in a file and the peak memory of reading it, in megabytes, measured in a process of its own."""
    done = subprocess.run([sys.executable, "-c", _PEAK, path], capture_output=True, text=True, check=True)
    tasks, kilobytes = done.stdout.split()
    return int(tasks), int(kilobytes) / 1024


def main() -> None:
    import asyncio
    import tempfile

    async def show() -> None:
        async for line in run():
            print(
                f"{line.what:40} {line.seconds:9.3f} s   {line.against:40} {line.base or 0:9.3f} s   {line.ratio or 0:.3f}"
            )

    asyncio.run(show())
    with tempfile.NamedTemporaryFile(suffix=".txt") as file:
        file.write(long_text(_LONG))
        file.flush()
        tasks, megabytes = peak_memory(file.name)
    print(f"peak memory of reading 5 MB with {tasks} tasks: {megabytes:.0f} MB")


if __name__ == "__main__":
    main()
