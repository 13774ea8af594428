"""A bot's account on Telegram: the connections, and what the start of the program, polling and webhooks need of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx
from telegram import BotCommand, BotCommandScopeChat
from telegram.constants import UpdateType
from telegram.error import InvalidToken, TelegramError
from telegram.helpers import create_deep_linked_url

from dondoc.chat.channel import ChannelError, Refused, TryLater, Uncertain
from dondoc.chat.telegram_errors import OFFLINE_PAUSE, named
from dondoc.chat.telegram_incoming import storable
from dondoc.chat.telegram_request import JudgedRequest, RawBot

BASE_URL = "https://api.telegram.org/bot"
BASE_FILE_URL = "https://api.telegram.org/file/bot"

ALLOWED_UPDATES = [UpdateType.MESSAGE.value, UpdateType.CALLBACK_QUERY.value, UpdateType.MY_CHAT_MEMBER.value]
"""The list is sticky on Telegram's side, so it goes along with every getUpdates and setWebhook."""

CONNECT_TIMEOUT = 10.0
READ_TIMEOUT = 20.0

# Delivery keeps at most 300 messages in flight. A poll that hangs must leave room for the next one.
_SENDING_POOL = 320
_POLLING_POOL = 4
# The pool looks at every idle connection for each call, so that hundreds of them would cost more than new ones.
_KEPT_ALIVE = 20
_POOL_TIMEOUT = 5.0
_POLLING_GRACE = 10.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Me:
    """Who the bot is on Telegram."""

    id: str
    username: str
    name: str


class TelegramAccount:
    """One bot. ``account`` is its id, the part of the token that is no secret; the token is shown nowhere.

    ``username`` is known from the start if it is given, else after ``me()``. Timeouts are in seconds.
    """

    def __init__(
        self,
        token: str,
        *,
        base_url: str = BASE_URL,
        base_file_url: str = BASE_FILE_URL,
        username: str | None = None,
        connect_timeout: float = CONNECT_TIMEOUT,
        read_timeout: float = READ_TIMEOUT,
    ) -> None:
        self.account = token.partition(":")[0]
        self.username = username
        self._sending = _request(_SENDING_POOL, connect_timeout, read_timeout)
        self._polling = _request(_POLLING_POOL, connect_timeout, read_timeout)
        self._bot = RawBot(
            token,
            base_url=base_url,
            base_file_url=base_file_url,
            request=self._sending,
            get_updates_request=self._polling,
        )
        self._downloads = httpx.AsyncClient(timeout=httpx.Timeout(read_timeout, connect=connect_timeout))

    def __repr__(self) -> str:
        return f"{type(self).__name__}(account={self.account!r})"

    async def close(self) -> None:
        """Release connections."""
        await self._sending.shutdown()
        await self._polling.shutdown()
        await self._downloads.aclose()

    async def me(self) -> Me:
        """Who the bot is; ``username`` is known from then on. Raises Refused if the token is not accepted, TryLater."""
        try:
            user = await self._bot.get_me()
        except InvalidToken:
            raise Refused("the token is not accepted") from None
        except TelegramError as error:
            raise named(error, repeatable=True) from None
        self.username = user.username
        return Me(str(user.id), user.username or "", user.full_name)

    def deep_link(self, code: str) -> str:
        """The link that opens the bot and sends ``/start code``.

        Raises ValueError for a code other than ``[A-Za-z0-9_-]{1,64}``, and while the bot's username is not known.
        """
        if self.username is None:
            raise ValueError("the bot's username is not known yet")
        if not code:
            raise ValueError("a deep link needs a code")
        return create_deep_linked_url(self.username, code)

    async def set_commands(
        self, commands: Mapping[str, Sequence[tuple[str, str]]], *, chat_id: str | None = None
    ) -> None:
        """Set the menu of commands: pairs of name (without slash) and description for each language code.

        The language "" is for everybody who has no other. ``chat_id`` limits the menu to one chat.
        """
        scope = BotCommandScopeChat(chat_id) if chat_id is not None else None
        for language, menu in commands.items():
            entries = [BotCommand(name, description) for name, description in menu]
            await self._call(
                self._bot.set_my_commands(entries, scope=scope, language_code=language or None), repeatable=True
            )

    async def raw_updates(self, offset: int | None, timeout: int) -> list[dict[str, Any]]:
        """What came since ``offset``, as raw JSON that a database can hold, after at most ``timeout`` seconds.

        Asking with an offset confirms everything before it to Telegram. Raises TryLater, PollingConflict.
        """
        request = self._bot.fetch_updates(offset, timeout, ALLOWED_UPDATES, read_timeout=timeout + _POLLING_GRACE)
        try:
            # The read timeout starts anew with every byte; this one does not.
            async with asyncio.timeout(timeout + 2 * _POLLING_GRACE):
                updates = await self._call(request, repeatable=True)
        except TimeoutError:
            raise TryLater(OFFLINE_PAUSE, "the poll did not end") from None
        return [storable(update) for update in updates]

    async def set_webhook(self, url: str, secret: str) -> None:
        """Let Telegram bring the updates to ``url``, with ``secret`` in its header. What waits is not dropped."""
        request = self._bot.set_webhook(url, secret_token=secret, allowed_updates=ALLOWED_UPDATES)
        await self._call(request, repeatable=True)

    async def delete_webhook(self) -> None:
        """Let Telegram keep the updates until they are fetched. What waits is not dropped."""
        await self._call(self._bot.delete_webhook(), repeatable=True)

    async def _call(self, request: Awaitable[T], *, repeatable: bool = False) -> T:
        """The result of one call, or its failure by name, without the words of those who failed."""
        try:
            return await request
        except TelegramError as error:
            raise named(error, repeatable=repeatable) from None
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            # The library could not make its types of the answer: the call itself may have taken effect.
            raise _senseless(error, repeatable) from None


def _senseless(error: Exception, repeatable: bool) -> ChannelError:
    words = f"an answer without sense: {type(error).__name__}"
    return TryLater(OFFLINE_PAUSE, words) if repeatable else Uncertain(words)


def _request(pool: int, connect_timeout: float, read_timeout: float) -> JudgedRequest:
    return JudgedRequest(
        httpx_kwargs={"limits": httpx.Limits(max_connections=pool, max_keepalive_connections=_KEPT_ALIVE)},
        connect_timeout=connect_timeout,
        read_timeout=read_timeout,
        write_timeout=read_timeout,
        media_write_timeout=read_timeout,
        pool_timeout=_POOL_TIMEOUT,
    )
