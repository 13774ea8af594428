"""What people do on Telegram, as the updates that the Bot API makes of it."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from typing import Any

from tests.telegram_world import USERNAME

Json = dict[str, Any]


class People:
    """Composes updates. ``take_id`` gives message ids, ``keep_file`` takes a file's bytes (None: only its size is known)
    and returns its file_id, ``message`` finds an earlier message by chat and id."""

    def __init__(
        self,
        *,
        take_id: Callable[[], int],
        keep_file: Callable[[str, bytes | None, int], str],
        message: Callable[[int, int], Json | None],
    ) -> None:
        self._take_id = take_id
        self._keep_file = keep_file
        self._message = message

    def updates(self, act: Json, bot: Json) -> list[Json]:
        """The updates of one act; an album is one for each file. Raises KeyError, ValueError for an act without sense."""
        match act["kind"]:
            case "raw":
                return [act["update"]]
            case "message" | "edited":
                key = "message" if act["kind"] == "message" else "edited_message"
                return [{key: message} for message in self._messages(act)]
            case "press":
                return [{"callback_query": self._press(act)}]
            case "member":
                return [{"my_chat_member": self._member(act, bot)}]
        raise ValueError(f"unknown kind {act['kind']!r}")

    def _messages(self, act: Json) -> list[Json]:
        head: Json = {"date": _date(act), "chat": _chat(act), "from": _user(act)}
        if act.get("reply_to"):
            head["reply_to_message"] = self._answered(head["chat"], act["reply_to"])
        files = act.get("files", [])
        if not files:
            return [{"message_id": self._take_id(), **head, "text": act["text"]} | act.get("extra", {})]
        album = {"media_group_id": str(time.monotonic_ns())} if len(files) > 1 else {}
        messages = [{"message_id": self._take_id(), **head, **album, **self._media(file)} for file in files]
        if act.get("text"):
            messages[0]["caption"] = act["text"]
        return messages

    def _answered(self, chat: Json, message_id: int) -> Json:
        known = self._message(chat["id"], message_id)
        if known is None:
            return {"message_id": message_id, "date": 0, "chat": chat}
        return {key: value for key, value in known.items() if key != "reply_to_message"}

    def _media(self, file: Json) -> Json:
        kind = file.get("as", "document")
        content = base64.b64decode(file["data"]) if "data" in file else None
        size = file["size"] if content is None else len(content)
        file_id = self._keep_file(file["name"], content, size)
        media: Json = {"file_id": file_id, "file_unique_id": f"u{file_id}", "file_size": size}
        if kind == "photo":
            small = {**media, "file_id": f"{file_id}-small", "width": 90, "height": 60, "file_size": 1}
            return {"photo": [small, {**media, "width": 1280, "height": 853}]}
        if kind == "sticker":
            shape = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular"}
            return {"sticker": {**media, **shape, "emoji": "👍"}}
        if file.get("name"):
            media["file_name"] = file["name"]
        if file.get("media_type"):
            media["mime_type"] = file["media_type"]
        if kind in ("voice", "audio", "video"):
            media["duration"] = 3
        if kind == "video":
            media |= {"width": 640, "height": 360}
        return {kind: media}

    def _press(self, act: Json) -> Json:
        chat = _chat(act)
        message = self._message(chat["id"], act["message_id"])
        if message is None:
            raise ValueError(f"chat {chat['id']} has no message {act['message_id']}")
        query = {"id": str(time.monotonic_ns()), "from": _user(act), "chat_instance": str(chat["id"])}
        return {**query, "message": message, "data": act["data"]}

    def _member(self, act: Json, bot: Json) -> Json:
        old, new = act.get("old_status", "member"), act["status"]
        ends = {"kicked": {"until_date": 0}}
        return {
            "chat": _chat(act),
            "from": _user(act),
            "date": _date(act),
            "old_chat_member": {"user": bot, "status": old, **ends.get(old, {})},
            "new_chat_member": {"user": bot, "status": new, **ends.get(new, {})},
        }


def _date(act: Json) -> int:
    return int(act.get("date") or time.time())


def _user(act: Json) -> Json:
    return {"id": act["user_id"], "is_bot": False, "first_name": act["name"], "language_code": "vi"}


def _chat(act: Json) -> Json:
    if act["chat_id"] == act["user_id"]:
        return {"id": act["chat_id"], "type": "private", "first_name": act["name"]}
    return {"id": act["chat_id"], "type": "supergroup", "title": act.get("title") or "Nhóm"}


def bot_user(token: str) -> Json:
    """The bot with this token as a user of Telegram."""
    return {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": "Đôn Đốc", "username": USERNAME}
