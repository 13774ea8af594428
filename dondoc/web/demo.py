"""The demo page: several phones of one made-up office in a browser window, and a bar that moves the office's clock."""

from __future__ import annotations

import asyncio
import json
import mimetypes
import uuid
from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from dondoc.chat.web import MAX_CHARS
from dondoc.web.answers import Endpoint, PageError, guarded, language, phone_of
from dondoc.web.doors import Demo
from dondoc.web.events import clock_json, entry_json, event_stream, read_seq
from dondoc.web.log_files import LogFiles
from dondoc.web.security import BodyTooLarge, read_limited
from dondoc.web.uploads import receive_form, send_sample

STATIC = Path(__file__).with_name("static")
# A jump to a date lands before the day's first slot. Further than a year nobody jumps on purpose.
_DAY_BEGINS = 6
_LONGEST_JUMP = timedelta(days=366)
_CLOCK_BODY = 4096

# Windows takes types from its registry, where .js is often text/plain: with nosniff no script would run.
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("text/css", ".css")
mimetypes.add_type("image/svg+xml", ".svg")


class DemoPage:
    """The endpoints of one demo."""

    def __init__(self, demo: Demo) -> None:
        self.demo = demo
        self.files = LogFiles(demo)
        self._run = uuid.uuid4().hex
        self._moving = asyncio.Lock()

    async def page(self, _: Request) -> Response:
        return FileResponse(STATIC / "demo.html", media_type="text/html")

    async def state(self, request: Request) -> Response:
        """Everything the page needs to draw itself, its sentences included."""
        demo, t = self.demo, language(request)
        return JSONResponse(
            {
                **clock_json(demo, self._run),
                "office": demo.office,
                "phones": [asdict(phone) for phone in demo.phones],
                "samples": [{"label": sample.label, "role": sample.role} for sample in demo.samples],
                "limits": {"file": demo.max_file, "files": demo.max_files, "body": demo.max_body, "chars": MAX_CHARS},
                "language": t.language,
                "texts": t.room("web"),
            }
        )

    async def messages(self, request: Request) -> Response:
        """What is new in one chat after ``?after=``, for scripts; the page listens to the stream."""
        phone = phone_of(self.demo, request)
        after = read_seq(request.query_params.get("after", "0"))
        if after is None:
            raise PageError(400, "form")
        entries = await self.demo.log.since(phone.chat_id, after)
        return JSONResponse({"entries": [entry_json(phone.chat_id, entry) for entry in entries]})

    async def events(self, request: Request) -> Response:
        return event_stream(self.demo, request, self._run)

    async def receive(self, request: Request) -> Response:
        return await receive_form(self.demo, request)

    async def sample(self, request: Request) -> Response:
        return await send_sample(self.demo, request)

    async def move_clock(self, request: Request) -> Response:
        """POST {"action": "next_slot" | "next_day" | "set", "at": ISO date or instant}: where the clock stands then."""
        order = await _clock_order(request)
        clock = self.demo.clock
        async with self._moving:
            match order.get("action"):
                case "next_slot":
                    await clock.to_next_slot()
                case "next_day":
                    await clock.to_next_day()
                case "set":
                    await clock.to(_later(clock.now(), order.get("at")))
                case _:
                    raise PageError(400, "form")
        self.demo.pulse.beat()
        return JSONResponse(clock_json(self.demo, self._run))


def demo_routes(demo: Demo) -> list[BaseRoute]:
    """All routes of the demo page."""
    page = DemoPage(demo)

    def route(path: str, endpoint: Endpoint, method: str = "GET") -> Route:
        return Route(path, guarded(demo, endpoint), methods=[method])

    return [
        route("/", page.page),
        Mount("/static", StaticFiles(directory=STATIC)),
        route("/demo/state", page.state),
        route("/demo/events", page.events),
        route("/demo/chats/{chat_id}/messages", page.messages),
        route("/demo/chats/{chat_id}/messages", page.receive, "POST"),
        route("/demo/chats/{chat_id}/samples/{index:int}", page.sample, "POST"),
        route("/demo/files/{sha256}", page.files.serve),
        route("/demo/clock", page.move_clock, "POST"),
    ]


async def _clock_order(request: Request) -> dict[str, Any]:
    try:
        order = json.loads(await read_limited(request, _CLOCK_BODY))
    except BodyTooLarge as error:
        raise PageError(413, "form") from error
    except ValueError as error:
        raise PageError(400, "form") from error
    if not isinstance(order, dict):
        raise PageError(400, "form")
    return order


def _later(now: datetime, text: object) -> datetime:
    """The instant to go to, in the office's zone; the beginning of the day for a mere date. Raises PageError."""
    zone = now.tzinfo
    if not isinstance(text, str):
        raise PageError(400, "clock_date")
    try:
        if len(text) == len("2024-06-28"):
            day = date.fromisoformat(text)
            moment = datetime(day.year, day.month, day.day, _DAY_BEGINS, tzinfo=zone)
        else:
            moment = datetime.fromisoformat(text)
            moment = moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
    except (ValueError, OverflowError) as error:
        raise PageError(400, "clock_date") from error
    if moment <= now:
        raise PageError(409, "clock_back")
    if moment - now > _LONGEST_JUMP:
        raise PageError(409, "clock_far")
    return moment
