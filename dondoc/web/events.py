"""One stream of server-sent events for all phones of a page, because browsers allow few connections to one host.

Events: ``entries`` (a list of new and edited messages) and ``clock`` (where the office's time stands). The id of an event
holds how far each chat was read, so a page that lost its connection goes on where it was.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from dondoc.chat.web import WebEntry
from dondoc.web.doors import Demo

# Seconds: a look at the log without a beat (another process may write), and a sign of life to page and proxies.
LOOK = 2.0
SIGN_OF_LIFE = 15.0
# The office's clock was moved when it is further than this from where it would have run by itself.
_DRIFT = timedelta(seconds=1.5)
_SEQ = re.compile(r"[0-9]{1,18}")


def entry_json(chat_id: str, entry: WebEntry) -> dict[str, Any]:
    """A message of the log as the page gets it."""
    return {
        "chat_id": chat_id,
        "id": entry.external_id,
        "seq": entry.seq,
        "position": entry.position,
        "message": entry.message,
    }


def clock_json(demo: Demo, run: str) -> dict[str, Any]:
    """Where the office's time stands. ``run`` names this start of the program, so that a page notices a new one."""
    slot = demo.clock.next_slot()
    return {
        "run": run,
        "now": demo.clock.now().isoformat(),
        "next": {"kind": slot.kind, "at": slot.at.astimezone(demo.clock.now().tzinfo).isoformat()},
    }


def read_cursors(demo: Demo, text: str) -> dict[str, int]:
    """How far each chat was read, out of an event's id; 0 for what the id does not tell."""
    given = dict(parse_qsl(text))
    return {phone.chat_id: read_seq(given.get(phone.chat_id, "")) or 0 for phone in demo.phones}


def read_seq(text: str) -> int | None:
    """A position in a log; None if the text is none (18 digits at most: databases count in 64 bits)."""
    return int(text) if _SEQ.fullmatch(text) else None


def event_stream(demo: Demo, request: Request, run: str) -> Response:
    """The stream from where the page was: the header of a browser's own reconnection wins over ``?after=``."""
    position = request.headers.get("last-event-id") or request.query_params.get("after", "")
    return StreamingResponse(
        _events(demo, read_cursors(demo, position), run),
        media_type="text/event-stream",
        headers={"X-Accel-Buffering": "no"},
    )


async def _events(demo: Demo, cursors: dict[str, int], run: str) -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    told: tuple[float, datetime, datetime] | None = None
    first = True
    yield "retry: 1000\n\n"
    while not demo.pulse.closed:
        seen = demo.pulse.beats
        if _clock_moved(demo, told, loop.time()):
            told = loop.time(), demo.clock.now(), demo.clock.next_slot().at
            yield _event("clock", cursors, clock_json(demo, run))
        entries = await _read(demo, cursors)
        if entries or first:  # the first list ends the history, also an empty one
            first = False
            yield _event("entries", cursors, entries)
        await demo.pulse.wait(seen, LOOK)


def _clock_moved(demo: Demo, told: tuple[float, datetime, datetime] | None, now: float) -> bool:
    if told is None:
        return True
    when, office_time, slot = told
    expected = office_time + timedelta(seconds=now - when)
    drift = abs(demo.clock.now() - expected)
    return now - when >= SIGN_OF_LIFE or drift > _DRIFT or demo.clock.next_slot().at != slot


async def _read(demo: Demo, cursors: dict[str, int]) -> list[dict[str, Any]]:
    """What is new in all chats; moves the cursors."""
    found = []
    for phone in demo.phones:
        for entry in await demo.log.since(phone.chat_id, cursors[phone.chat_id]):
            cursors[phone.chat_id] = max(cursors[phone.chat_id], entry.seq)
            found.append(entry_json(phone.chat_id, entry))
    return found


def _event(name: str, cursors: Mapping[str, int], data: object) -> str:
    # JSON without line breaks, so that one data line holds it all.
    return f"event: {name}\nid: {urlencode(cursors)}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
