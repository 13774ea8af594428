"""HTTP to the Bot API, judged before the library puts it into words.

The library would log and quote an answer that is no JSON, and a gateway's page may repeat the URL, token included; it
also makes a blocked bot of any 403, a gateway's too. So foreign answers are taken out here, by their status alone.
"""

from __future__ import annotations

import json
import logging
from typing import Any

from telegram import Bot
from telegram.request import HTTPXRequest

from dondoc.chat.telegram_errors import FloodControl, GatewayAnswer

UNNAMED_PAUSE = 5.0
"""Seconds to wait after a 429 that does not say how long."""

# At DEBUG the library logs every call with the text that is sent.
logging.getLogger("telegram.Bot").setLevel(logging.INFO)

_TOO_MANY = 429
_SERVER_FAILED = 500


class JudgedRequest(HTTPXRequest):
    """Raises GatewayAnswer for what the Bot API did not say or failed at, FloodControl for 429; passes the rest on."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        status, payload = await super().do_request(*args, **kwargs)
        answer = _object(payload)
        if status == _TOO_MANY:
            raise FloodControl(_pause(answer))
        if answer is None or status >= _SERVER_FAILED or not ("result" in answer or answer.get("ok") is False):
            raise GatewayAnswer(status)
        return status, payload


class RawBot(Bot):
    """The library's client, which can also fetch updates without parsing them."""

    async def fetch_updates(
        self, offset: int | None, timeout: int, allowed: list[str], *, read_timeout: float
    ) -> list[dict[str, Any]]:
        """getUpdates as it comes, also with updates that the library could not parse.

        ``timeout`` (seconds) is how long Telegram waits for something to come, ``read_timeout`` how long we wait for
        Telegram. ``do_api_request`` would do the same with a warning to use ``get_updates``, which parses; the method
        under both is used instead.
        """
        result = await self._post(
            "getUpdates",
            {"offset": offset, "timeout": timeout, "allowed_updates": allowed},
            read_timeout=read_timeout,
        )
        return result if isinstance(result, list) else []


def _object(payload: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(payload)
    except ValueError:  # also UnicodeDecodeError
        return None
    return answer if isinstance(answer, dict) else None


def _pause(answer: dict[str, Any] | None) -> float:
    parameters = (answer or {}).get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return float(seconds) if isinstance(seconds, int | float) and seconds > 0 else UNNAMED_PAUSE
