"""The endpoints by which a test moves the world of ``tests.telegram_server`` and looks into it.

POST   /control/updates  an act of a person, see telegram_people.py; answers with the ids of what came of it
GET    /control/sent     what was accepted from the bot: ?chat_id= ?after=
GET    /control/calls    every call of the bot with its parameters: ?method= ?after=
GET    /control/state    what still waits for the bot: ?token=
GET    /control/file     the bytes of a file of either side: ?file_id=
POST   /control/fault    something that shall go wrong, see telegram_faults.py; DELETE takes all of them away
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from tests.telegram_faults import Fault
from tests.telegram_people import bot_user
from tests.telegram_world import TOKEN

if TYPE_CHECKING:
    from tests.telegram_server import TelegramServer


def add_control(app: web.Application, server: TelegramServer) -> None:
    """Add the endpoints to the application of the server."""
    control = _Control(server)
    app.router.add_post("/control/updates", control.updates)
    app.router.add_get("/control/sent", control.sent)
    app.router.add_get("/control/calls", control.calls)
    app.router.add_get("/control/state", control.state)
    app.router.add_get("/control/file", control.file)
    app.router.add_post("/control/fault", control.fault)
    app.router.add_delete("/control/fault", control.heal)


class _Control:
    def __init__(self, server: TelegramServer) -> None:
        self._server = server

    async def updates(self, request: web.Request) -> web.Response:
        act = await request.json()
        token = act.get("token", TOKEN)
        try:
            updates = self._server.people.updates(act, bot_user(token))
        except (KeyError, ValueError) as error:
            return web.json_response({"error": f"{type(error).__name__}: {error}"}, status=400)
        if act["kind"] == "member":
            self._server.set_blocked(act["chat_id"], act["status"] in ("kicked", "left"))
        done = []
        for update in updates:
            message = update.get("message") if act["kind"] == "message" else None
            if message is not None:
                self._server.messages[message["chat"]["id"], message["message_id"]] = message
            update_id = await self._server.enqueue_update(update, token=token)
            done.append({"update_id": update_id, "message_id": (message or {}).get("message_id")})
        return web.json_response({"updates": done})

    async def sent(self, request: web.Request) -> web.Response:
        after, chat = int(request.query.get("after", 0)), request.query.get("chat_id")
        found = [item for item in self._server.sent[after:] if chat is None or item["chat_id"] == int(chat)]
        return web.json_response({"sent": found})

    async def calls(self, request: web.Request) -> web.Response:
        after, method = int(request.query.get("after", 0)), request.query.get("method")
        found = [item for item in self._server.calls[after:] if method is None or item["method"] == method]
        return web.json_response({"calls": found})

    async def state(self, request: web.Request) -> web.Response:
        return web.json_response(self._server.state(request.query.get("token", TOKEN)))

    async def file(self, request: web.Request) -> web.Response:
        return web.Response(body=self._server.assets[request.query["file_id"]]["data"])

    async def fault(self, request: web.Request) -> web.Response:
        self._server.faults.append(Fault(**await request.json()))
        return web.json_response({"ok": True})

    async def heal(self, _: web.Request) -> web.Response:
        self._server.faults.clear()
        return web.json_response({"ok": True})
