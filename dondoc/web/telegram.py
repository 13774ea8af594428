"""The door for Telegram's webhook: who knocks is known before anything is read, and stored before it is answered."""

from __future__ import annotations

import hmac
import json

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dondoc.web.doors import TelegramDoor
from dondoc.web.security import BodyTooLarge, read_limited

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name, no secret


def telegram_route(door: TelegramDoor) -> Route:
    """POST on the door's path: 200 stored, 401 wrong secret, 413 too large, 400 no update.

    What cannot be stored raises, so that Telegram gets 500 and sends the update again.
    """

    async def webhook(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), door.secret.encode()):
            return JSONResponse({"error": "unauthorized"}, 401)
        try:
            body = await read_limited(request, door.max_body)
        except BodyTooLarge:
            return JSONResponse({"error": "too large"}, 413)
        try:
            update = json.loads(body)
        except ValueError:  # also UnicodeDecodeError, its subclass
            return JSONResponse({"error": "no JSON"}, 400)
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            return JSONResponse({"error": "no update"}, 400)
        await door.store([update])
        return JSONResponse({"ok": True})

    return Route(door.path, webhook, methods=["POST"])
