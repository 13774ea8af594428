"""Telegram's failures under the names that every channel uses.

    answer                                                    name
    429 with retry_after                                      TryLater(retry_after)
    403; "chat not found" and its like                        Unreachable
    400 with migrate_to_chat_id                               Moved
    other 4xx                                                 Refused
    401, 404: the token is not accepted                       TryLater, the whole account
    no connection: refused, connect or pool timeout           TryLater, the whole account: nothing was sent
    read or write timeout, connection lost                    Uncertain
    5xx, or an answer that is not the Bot API's               Uncertain

The texts of Telegram and of gateways are never passed on whole: they may quote a message, an address, or a URL with the
token in it.
"""

from __future__ import annotations

import re

import httpx
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, TelegramError

from dondoc.chat.channel import ChannelError, Moved, Refused, TryLater, Uncertain, Unreachable

OFFLINE_PAUSE = 5.0
"""Seconds to wait when nothing could be sent."""

TOKEN_PAUSE = 60.0
"""Seconds to wait when the token is not accepted: somebody has to act, and no message may be lost meanwhile."""

_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)
_UNREACHABLE = re.compile(
    r"chat not found|user not found|PEER_ID_INVALID|USER_IS_BLOCKED|INPUT_USER_DEACTIVATED|CHANNEL_PRIVATE"
    r"|CHAT_WRITE_FORBIDDEN|CHAT_RESTRICTED|CHAT_SEND_PLAIN_FORBIDDEN|TOPIC_CLOSED|have no rights to send a message"
    r"|not enough rights to send text messages|need administrator rights|group chat was (?:deleted|deactivated)"
    r"|bot is not a member|bot was kicked|bot was blocked|user is deactivated",
    re.IGNORECASE,
)
_QUOTING = re.compile(r"[:\"“]|(?<!\w)'")
_LONGEST_REASON = 80
_PAYLOAD_TOO_LARGE = 413


class PollingConflict(ChannelError):
    """Somebody else fetches the updates of this bot, or a webhook is set."""


class FloodControl(TelegramError):
    """HTTP 429. ``seconds`` is how long Telegram asks to wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__("too many requests")
        self.seconds = seconds


class GatewayAnswer(TelegramError):
    """An HTTP answer that the Bot API did not give, or with which it says that it failed. Only ``status`` is kept."""

    def __init__(self, status: int) -> None:
        super().__init__(f"answered with HTTP {status}")
        self.status = status


def named(error: TelegramError, *, repeatable: bool = False) -> ChannelError:
    """The failure by its name. A ``repeatable`` call does no harm when done twice and is never uncertain."""
    failure = _named(error)
    if repeatable and isinstance(failure, Uncertain):
        return TryLater(OFFLINE_PAUSE, str(failure))
    return failure


def _named(error: TelegramError) -> ChannelError:
    match error:
        case FloodControl():
            return TryLater(error.seconds, "over Telegram's rate")
        case ChatMigrated():
            return Moved(str(error.new_chat_id))
        case Forbidden():
            return Unreachable(_reason(error))
        case InvalidToken():
            return TryLater(TOKEN_PAUSE, "the token is not accepted", whole_account=True)
        case Conflict():
            return PollingConflict("another poller or a webhook is active")
        case GatewayAnswer(status=status):
            return Refused("too large for Telegram") if status == _PAYLOAD_TOO_LARGE else Uncertain(str(error))
        case BadRequest():
            return Unreachable(_reason(error)) if _UNREACHABLE.search(error.message) else Refused(_reason(error))
        case NetworkError():
            return _by_cause(error)
        case _:
            return Uncertain(type(error).__name__)


def _by_cause(error: NetworkError) -> ChannelError:
    cause = error.__cause__
    if cause is None:
        return Refused(_reason(error))
    if isinstance(cause, _NOT_SENT):
        return TryLater(OFFLINE_PAUSE, f"not sent: {type(cause).__name__}", whole_account=True)
    return Uncertain(f"no answer: {type(cause).__name__}")


def _reason(error: TelegramError) -> str:
    """Telegram's description as far as it cannot quote what was sent."""
    text = error.message.removeprefix("Forbidden: ").removeprefix("Bad Request: ")
    quoting = _QUOTING.search(text)
    return text[: quoting.start() if quoting else None][:_LONGEST_REASON].strip() or type(error).__name__
