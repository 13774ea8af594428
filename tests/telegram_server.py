"""A double of Telegram's Bot API over real HTTP, for everything between a person's thumb and our tables.

    python -m tests.telegram_server --port 0

prints its address and serves until it is ended. It is the outside world: it outlives the bot, keeps updates while the
bot is down, and remembers every message that it accepted. Over the emulator that it extends, it knows my_chat_member,
real dates, replies, edits and files, reads HTML as strictly as Telegram does, and can fail in every way that Telegram
does. Tests speak to it through ``TelegramWorld``, which uses the endpoints of
telegram_control.py.
"""

from __future__ import annotations

import argparse
import asyncio
import copy
import json
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from lo_bot_api_emulator import ApiRefusal, LoBotApiEmulator  # type: ignore[import-untyped]
from lo_bot_api_emulator.updates import UpdateError, UpdateQueues  # type: ignore[import-untyped]

from tests.telegram_control import add_control
from tests.telegram_faults import Fault, read_html
from tests.telegram_people import People, bot_user
from tests.telegram_world import TOKEN, USERNAME, Sent, TelegramPerson, TelegramWorld, spawned_server

__all__ = [
    "TOKEN",
    "USERNAME",
    "Sent",
    "TelegramPerson",
    "TelegramServer",
    "TelegramWorld",
    "serving",
    "spawned_server",
]

Json = dict[str, Any]

LARGEST_DOWNLOAD = 20_000_000
_MANY = 100_000
# Parameters of the real API that the emulator does not model; none of them changes what is tested here.
_NOT_MODELLED = ("link_preview_options", "protect_content", "message_thread_id", "disable_content_type_detection")
_PAGE = "<html><head><title>502 Bad Gateway</title></head><body>The URL {} was not reached.</body></html>"


class Queues(UpdateQueues):  # type: ignore[misc]
    """Update queues that take any update: also the kinds the emulator does not know, and garbage."""

    async def enqueue(self, token: str, update: Json) -> int:
        state = self._state(token)
        async with state.condition:
            update_id: int = state.next_id
            state.next_id += 1
            state.updates.append({"update_id": update_id, **copy.deepcopy(update)})
            state.condition.notify_all()
        await self.deliver(token)
        return update_id


class TelegramServer(LoBotApiEmulator):  # type: ignore[misc]
    """The server. ``sent`` and ``calls`` may be read directly by tests in the same process."""

    def __init__(self) -> None:
        super().__init__(max_updates=_MANY, max_history=_MANY, max_assets=_MANY)
        self._update_queues = Queues(record=self._record, max_updates=_MANY, insecure_webhooks=True)
        self.sent: list[Json] = []
        self.calls: list[Json] = []
        self.faults: list[Fault] = []
        self.messages: dict[tuple[int, int], Json] = {}
        self.blocked: set[int] = set()
        self.tokens = {TOKEN}
        self.people = People(
            take_id=self._take_id,
            keep_file=self._keep_file,
            message=lambda chat, message: self.messages.get((chat, message)),
        )
        self._stopping = asyncio.Event()

    def app(self) -> web.Application:
        app: web.Application = super().app()
        add_control(app, self)
        app.cleanup_ctx.append(self._redelivering)
        app.on_shutdown.append(self._stop)
        return app

    def set_blocked(self, chat_id: int, blocked: bool) -> None:
        """Refuse from now on what the bot sends to this chat, or take it again."""
        (self.blocked.add if blocked else self.blocked.discard)(chat_id)

    def state(self, token: str) -> Json:
        """The queue of one bot: its webhook, the kinds it asked for, and how much it has not confirmed."""
        info: Json = self._update_queues.info(token)
        return {**info, "pending": info["pending_update_count"]}

    async def handle(self, request: web.Request) -> web.StreamResponse:
        token, method = request.match_info["token"], request.match_info["method"]
        self.tokens.add(token)
        fields: Json = {}
        fault: Fault | None = None
        try:
            fields, uploads = await self.read_request(request)
            fault = next((f for f in self.faults if f.concerns(method, fields.get("chat_id"))), None)
            if fault is not None:
                fault.times -= 1
            if fault is None or fault.accepts:
                body: Json = {"ok": True, "result": await self._perform(request, token, method, fields, uploads)}
            else:
                body = {}
            status = 200
        except (ApiRefusal, UpdateError) as error:
            status, body = error.status, _refusal(error)
        if fault is not None:
            return await self._misbehave(request, fault, method, fields, body)
        self._log(method, fields, status)
        return web.json_response(body, status=status)

    async def _misbehave(
        self, request: web.Request, fault: Fault, method: str, fields: Json, body: Json
    ) -> web.StreamResponse:
        answer = fault.answer()
        if answer is not None:
            self._log(method, fields, answer[0])
            return web.json_response(answer[1], status=answer[0])
        self._log(method, fields, 0 if fault.kind != "slow" else 200)
        if fault.kind == "gateway":
            return web.Response(text=_PAGE.format(request.path), status=502, content_type="text/html")
        if fault.kind == "hang":
            while not (self._stopping.is_set() or _left(request)):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        elif fault.kind == "drop" and request.transport is not None:
            request.transport.abort()
        else:
            await asyncio.sleep(fault.seconds)
        return web.json_response(body)

    async def _perform(self, request: web.Request, token: str, method: str, fields: Json, uploads: Json) -> Any:
        if method.startswith(("send", "editMessage")) and method != "sendChatAction":
            return self._deliver_message(token, method, fields, uploads)
        match method:
            case "getUpdates":
                return await self._update_queues.poll(token, fields, disconnected=lambda: _left(request))
            case "setWebhook" | "deleteWebhook":
                wanted = fields if method == "setWebhook" else {**fields, "url": ""}
                return await self._update_queues.set_webhook(token, wanted)
            case "getWebhookInfo":
                return self._update_queues.info(token)
            case "getMe":
                return {**self.validate(method, fields, uploads), **bot_user(token)}
            case "getFile":
                if self.assets.get(fields.get("file_id"), {}).get("size", 0) > LARGEST_DOWNLOAD:
                    raise ApiRefusal("Bad Request: file is too big")
                file = self.validate(method, fields, uploads)
                return {**file, "file_size": self.assets[fields["file_id"]]["size"]}
        return self.validate(method, fields, uploads)

    def _deliver_message(self, token: str, method: str, fields: Json, uploads: Json) -> Json:
        try:
            chat_id = int(fields["chat_id"])
        except (KeyError, ValueError):
            raise ApiRefusal("Bad Request: chat not found") from None
        if chat_id in self.blocked:
            raise ApiRefusal("Forbidden: bot was blocked by the user", 403)
        wanted = {name: value for name, value in fields.items() if name not in _NOT_MODELLED}
        html = self._take_html(wanted)
        reply_to = self._take_reply(wanted, chat_id)
        markup = self.decoded(wanted.get("reply_markup"))
        if isinstance(markup, dict) and "force_reply" in markup:
            del wanted["reply_markup"]
        edited = method.startswith("editMessage")
        if edited:
            self._check_edit(chat_id, wanted, markup)
        message: Json = self.validate(method, wanted, uploads)
        message["date"] = int(time.time())
        message["chat"] = {"id": chat_id, "type": "private" if chat_id > 0 else "supergroup"}
        message["from"] = bot_user(token)
        if markup is not None:
            message["reply_markup"] = markup
        files = [self._name_file(message, kind, upload) for kind, upload in uploads.items()]
        self.messages[chat_id, message["message_id"]] = message
        self.sent.append(
            {
                "seq": len(self.sent) + 1,
                "method": method,
                "chat_id": chat_id,
                "message_id": message["message_id"],
                "text": message.get("text", message.get("caption", "")),
                "html": html,
                "reply_markup": markup,
                "reply_to": reply_to,
                "files": files,
                "edited": edited,
                "time": time.time(),
                "token": token,
            }
        )
        return message

    def _take_html(self, wanted: Json) -> str | None:
        html = wanted.get("text", wanted.get("caption"))
        if html is not None and wanted.get("parse_mode") == "HTML":
            try:
                wanted["text" if "text" in wanted else "caption"] = read_html(html)
            except ValueError as error:
                raise ApiRefusal(str(error)) from None
        return html

    def _take_reply(self, wanted: Json, chat_id: int) -> int | None:
        parameters = self.decoded(wanted.get("reply_parameters"))
        if not isinstance(parameters, dict):
            return None
        message_id = int(parameters["message_id"])
        if (chat_id, message_id) in self.messages:
            return message_id
        if not parameters.get("allow_sending_without_reply"):
            raise ApiRefusal("Bad Request: message to be replied not found")
        return None

    def _check_edit(self, chat_id: int, wanted: Json, markup: Any) -> None:
        earlier = self.messages.get((chat_id, int(wanted.get("message_id", 0))))
        if earlier is None:
            raise ApiRefusal("Bad Request: message to edit not found")
        if not earlier["from"]["is_bot"]:
            raise ApiRefusal("Bad Request: message can't be edited")
        if "text" not in earlier:
            raise ApiRefusal("Bad Request: there is no text in the message to edit")
        if earlier["text"] == wanted.get("text") and earlier.get("reply_markup") == markup:
            raise ApiRefusal("Bad Request: message is not modified: specified new message content is the same")

    def _name_file(self, message: Json, kind: str, upload: Json) -> Json:
        media = message[kind][-1] if kind == "photo" else message[kind]
        media["file_size"] = upload["size"]
        return {"kind": kind, "name": upload["filename"], "size": upload["size"], "file_id": media["file_id"]}

    def _take_id(self) -> int:
        self.next_id += 1
        return int(self.next_id) - 1

    def _keep_file(self, name: str, content: bytes | None, size: int) -> str:
        file_id = f"from-people-{len(self.assets) + 1}"
        self.assets[file_id] = {"filename": name, "data": content or b"", "size": size}
        return file_id

    def _log(self, method: str, fields: Json, status: int) -> None:
        entry = {"seq": len(self.calls) + 1, "method": method, "status": status, "time": time.time()}
        self.calls.append({**entry, "fields": {name: _plain(value) for name, value in fields.items()}})

    async def _redelivering(self, _: web.Application) -> AsyncIterator[None]:
        """Telegram offers an update to a webhook again until it is taken."""

        async def again() -> None:
            while True:
                await asyncio.sleep(0.3)
                for token in list(self.tokens):
                    await self._update_queues.deliver(token)

        task = asyncio.create_task(again())
        yield
        task.cancel()

    async def _stop(self, _: web.Application) -> None:
        self._stopping.set()


def _left(request: web.Request) -> bool:
    return request.transport is None or request.transport.is_closing()


def _refusal(error: Any) -> Json:
    words = error.description if isinstance(error, ApiRefusal) else str(error)
    return {"ok": False, "error_code": error.status, "description": words}


def _plain(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


@asynccontextmanager
async def serving(port: int = 0) -> AsyncIterator[tuple[TelegramServer, str]]:
    """The server in this process and its address."""
    server = TelegramServer()
    runner = web.AppRunner(server.app(), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield server, "http://{}:{}".format(*runner.addresses[0][:2])
    finally:
        await runner.cleanup()


async def _serve_until_ended(port: int) -> None:
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    async with serving(port) as (_, address):
        sys.stdout.write(address + "\n")
        sys.stdout.flush()
        await ended.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="A double of Telegram's Bot API for tests")
    parser.add_argument("--port", type=int, default=0)
    asyncio.run(_serve_until_ended(parser.parse_args().port))
