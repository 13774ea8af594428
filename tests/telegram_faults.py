"""How the double of Telegram misbehaves on request, and how it reads HTML as strictly as Telegram does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

_TAGS = frozenset({"b", "i", "u", "s", "a", "code", "pre", "blockquote", "tg-time", "tg-spoiler"})
_TOKEN = re.compile(r"<(/?)([a-z-]+)((?:\s[^<>]*)?)>|(<)|&(?:(lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);)?|[^<&]+")


@dataclass
class Fault:
    """Something that goes wrong ``times`` times, for one method and chat or for any.

    kind        what the bot sees
    flood       429, to be repeated after ``retry_after`` seconds
    blocked     403, the person blocked the bot
    gone        400, chat not found
    migrate     400, the group is now ``to``
    gateway     502 with a page of HTML that repeats the URL, token included
    hang        no answer at all; the message is accepted all the same
    drop        the connection ends without an answer; the message is accepted all the same
    slow        the right answer, after ``seconds``
    error       ``status`` with ``description``

    ``delivered`` overrides whether the message is accepted.
    """

    kind: str
    method: str | None = None
    chat_id: int | None = None
    times: int = 1
    delivered: bool | None = None
    retry_after: int = 1
    to: int = 0
    seconds: float = 0.0
    status: int = 400
    description: str = "Bad Request"

    def concerns(self, method: str, chat_id: str | None) -> bool:
        """Whether this call goes wrong by this fault."""
        if self.times <= 0 or (self.method is not None and self.method != method):
            return False
        return self.chat_id is None or str(self.chat_id) == str(chat_id)

    @property
    def accepts(self) -> bool:
        """Whether the call takes effect all the same."""
        return self.kind in ("hang", "drop", "slow") if self.delivered is None else self.delivered

    def answer(self) -> tuple[int, dict[str, Any]] | None:
        """Status and JSON body; None where the fault is no answer in JSON."""
        match self.kind:
            case "flood":
                words = f"Too Many Requests: retry after {self.retry_after}"
                return 429, _refusal(429, words, {"retry_after": self.retry_after})
            case "blocked":
                return 403, _refusal(403, "Forbidden: bot was blocked by the user")
            case "gone":
                return 400, _refusal(400, "Bad Request: chat not found")
            case "migrate":
                words = "Bad Request: group chat was upgraded to a supergroup chat"
                return 400, _refusal(400, words, {"migrate_to_chat_id": self.to})
            case "error":
                return self.status, _refusal(self.status, self.description)
        return None


def _refusal(code: int, words: str, parameters: dict[str, int] | None = None) -> dict[str, Any]:
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": words}
    return body | ({"parameters": parameters} if parameters else {})


def read_html(html: str) -> str:
    """The visible text of a message in Telegram's HTML. Raises ValueError in Telegram's words for what it would refuse."""
    open_tags: list[str] = []
    text: list[str] = []
    for token in _TOKEN.finditer(html):
        closing, tag, _, stray, entity = token.groups()
        if stray is not None or (tag is not None and tag not in _TAGS):
            raise ValueError(f'Bad Request: can\'t parse entities: unsupported start tag "{token[0]}"')
        if tag is None:
            if token[0].startswith("&") and entity is None:
                raise ValueError("Bad Request: can't parse entities: an ampersand that is no entity")
            text.append(unescape(token[0]))
        elif not closing:
            if tag == "blockquote" and "blockquote" in open_tags:
                raise ValueError("Bad Request: can't parse entities: blockquote can't be nested")
            open_tags.append(tag)
        elif not open_tags or open_tags.pop() != tag:
            raise ValueError(f"Bad Request: can't parse entities: unexpected end tag {tag}")
    if open_tags:
        raise ValueError(f"Bad Request: can't parse entities: no end tag for {open_tags[-1]}")
    return "".join(text)
