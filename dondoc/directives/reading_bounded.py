"""Reading in a process of its own, which is ended when it takes too long: a library at work cannot be stopped otherwise."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading

from dondoc.directives.reading_pages import ReadPages
from dondoc.directives.unreadable import REASONS, UnreadableDocument

MAX_SECONDS = {"picture": 360.0, "pdf": 360.0}
"""By a clock on the wall, for kinds that may be scans: more than ``reading_scan`` gives a scan of the most pages."""
MAX_SECONDS_OF_TEXT = 120.0
"""For the others. Five megabytes of text in ten thousand paragraphs take ten."""

_INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TESSDATA_PREFIX", "SYSTEMROOT")
_running: set[subprocess.Popen[bytes]] = set()
_guard = threading.Lock()


def read_bounded(kind: str, data: bytes, scan_pages: int) -> ReadPages:
    """Read bytes of a kind that ``reading_child`` knows. Raises UnreadableDocument, and nothing else for any bytes."""
    output = _output([kind, str(scan_pages)], data)
    try:
        said = json.loads(output)
    except ValueError as error:
        # It died: a library crashed on the bytes, or the limits ended it.
        raise UnreadableDocument("damaged") from error
    if "reason" in said:
        raise UnreadableDocument(said["reason"] if said["reason"] in REASONS else "damaged")
    return ReadPages(tuple(said["pages"]), said["margins"], said["scanned"], tuple(said["unread"]))


def end_readings() -> None:
    """End what is being read, because the program stops: nobody waits for the text any more."""
    with _guard:
        for child in _running:
            _kill(child)


def _output(arguments: list[str], data: bytes) -> bytes:
    command = [sys.executable, "-P", "-m", "dondoc.directives.reading_child", *arguments]
    # The same modules as here, wherever they came from, but nothing of the current folder, and none of our settings: what
    # reads a stranger's bytes has no use for the bot's token.
    environment = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    environment |= {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "OMP_THREAD_LIMIT": "1"}
    environment |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    child = subprocess.Popen(  # noqa: S603 - our own module
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,  # so that what it starts ends with it
    )
    with _guard:
        _running.add(child)
    try:
        output, _ = child.communicate(data, timeout=MAX_SECONDS.get(arguments[0], MAX_SECONDS_OF_TEXT))
    except subprocess.TimeoutExpired as error:
        raise UnreadableDocument("too_slow") from error
    finally:
        with _guard:
            _running.discard(child)
        if child.poll() is None:
            _kill(child)
            child.communicate()
    if child.returncode == -signal.SIGXCPU:
        raise UnreadableDocument("too_slow")
    return output


def _kill(child: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return  # it has ended by itself
