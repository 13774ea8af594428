"""Telegram, with python-telegram-bot as client and types only: what waits and what is remembered stands in our tables.

The library's Application, Updater, rate limiter and persistence are not used: they confirm updates before these are
stored and keep their state in one process.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

from telegram import InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import FileSizeLimit, MessageLimit, ParseMode
from telegram.error import TelegramError

from dondoc.chat.channel import Files, FileTooLarge, Refused, TryLater, Uncertain
from dondoc.chat.messages import Attachment, Capabilities, Inbound, Outbound
from dondoc.chat.telegram_account import BASE_FILE_URL, BASE_URL, CONNECT_TIMEOUT, READ_TIMEOUT, TelegramAccount
from dondoc.chat.telegram_errors import OFFLINE_PAUSE
from dondoc.chat.telegram_files import Upload, stream, uploads
from dondoc.chat.telegram_incoming import NAME, parse_update
from dondoc.chat.telegram_markup import keyboard, to_html, visible
from dondoc.vietnamese.text import utf16_length

CAPABILITIES = Capabilities(
    buttons=True,
    files_in=True,
    files_out=True,
    edit=True,
    max_chars=MessageLimit.MAX_TEXT_LENGTH,
    groups=True,
    max_caption=MessageLimit.CAPTION_LENGTH,
    max_file_in=FileSizeLimit.FILESIZE_DOWNLOAD,
    max_file_out=FileSizeLimit.FILESIZE_UPLOAD,
)

SENDING_LIMIT = 50.0
"""Seconds for one message with all its files; below the 60 s for which delivery holds its lease."""

_ACKNOWLEDGE_TIMEOUT = 5.0
_LARGEST_MESSAGE_ID = 2**31 - 1
# A preview would let Telegram open personal links, and covers the text with a picture.
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

_log = logging.getLogger(__name__)


class TelegramChannel(TelegramAccount):
    """One bot account as a ``Channel``. ``files`` is where outgoing attachments are found; times are in seconds."""

    name = NAME

    def __init__(
        self,
        token: str,
        *,
        base_url: str = BASE_URL,
        base_file_url: str = BASE_FILE_URL,
        files: Files | None = None,
        username: str | None = None,
        capabilities: Capabilities = CAPABILITIES,
        connect_timeout: float = CONNECT_TIMEOUT,
        read_timeout: float = READ_TIMEOUT,
        sending_limit: float = SENDING_LIMIT,
    ) -> None:
        super().__init__(
            token,
            base_url=base_url,
            base_file_url=base_file_url,
            username=username,
            connect_timeout=connect_timeout,
            read_timeout=read_timeout,
        )
        self.capabilities = capabilities
        self._files = files
        self._sending_limit = sending_limit

    def parse(self, payload: Mapping[str, Any]) -> Inbound | None:
        """See ``Channel.parse``."""
        return parse_update(payload, account=self.account, username=self.username)

    async def send(self, chat_id: str, message: Outbound, *, key: str) -> str:
        """See ``Channel.send``. Telegram knows no ``key``: a message that is sent again is delivered again.

        A text is one call, and so is one file with a text that is short enough for its caption. Where several calls are
        needed and a later one fails, part of the message has arrived, and the failure is Uncertain.
        """
        markup = keyboard(message.choices)
        files = await uploads(message.attachments, self._files, self.capabilities.max_file_out)
        if not files and not message.text.strip():
            raise Refused("a message without text and files")
        try:
            async with asyncio.timeout(self._sending_limit):
                if message.replaces is not None and not files and await self._edit(chat_id, message, markup):
                    return message.replaces
                return await self._send_anew(chat_id, message, markup, files)
        except TimeoutError:
            raise Uncertain(f"no answer within {self._sending_limit:g} s") from None

    async def acknowledge(self, inbound: Inbound) -> None:
        """See ``Channel.acknowledge``."""
        if inbound.ack is None:
            return
        try:
            await self._bot.answer_callback_query(
                inbound.ack, read_timeout=_ACKNOWLEDGE_TIMEOUT, connect_timeout=_ACKNOWLEDGE_TIMEOUT
            )
        except TelegramError as error:
            # "Query is too old", or the network: the answer itself comes by the outbox in any case.
            _log.info("a pressed button was not acknowledged: %s", type(error).__name__)

    async def download(self, attachment: Attachment) -> AsyncIterator[bytes]:
        """See ``Channel.download``."""
        limit = self.capabilities.max_file_in
        if attachment.remote_id is None:
            raise Refused("the attachment has no file on Telegram")
        if (attachment.size or 0) > limit:
            raise FileTooLarge(limit)
        try:
            file = await self._call(self._bot.get_file(attachment.remote_id), repeatable=True)
        except Refused as refusal:
            if "too big" in str(refusal):
                raise FileTooLarge(limit) from None
            raise
        if (file.file_size or 0) > limit:
            raise FileTooLarge(limit)
        if file.file_path is None:
            raise TryLater(OFFLINE_PAUSE, "Telegram has no path for the file yet")
        async for chunk in stream(self._downloads, file.file_path, limit):
            yield chunk

    async def _edit(self, chat_id: str, message: Outbound, markup: InlineKeyboardMarkup | None) -> bool:
        """Put the message in the place of the earlier one; False if that one cannot be edited.

        An edit can be repeated without harm, so it is never uncertain.
        """
        earlier = _message_id(message.replaces)
        if earlier is None:
            return False
        request = self._bot.edit_message_text(
            to_html(message.text),
            chat_id=chat_id,
            message_id=earlier,
            parse_mode=ParseMode.HTML,
            reply_markup=markup,
            link_preview_options=_NO_PREVIEW,
        )
        try:
            await self._call(request, repeatable=True)
        except Refused as refusal:
            return "not modified" in str(refusal)
        return True

    async def _send_anew(
        self, chat_id: str, message: Outbound, markup: InlineKeyboardMarkup | None, files: list[Upload]
    ) -> str:
        """The first call carries text, buttons and reply; its message is the one that later answers point at."""
        head = _Head(chat_id, to_html(message.text), markup, _reply_parameters(message.reply_to))
        if files and utf16_length(visible(message.text)) <= self.capabilities.max_caption:
            sent = await self._send_file(head, files.pop(0))
        else:
            sent = await self._send_text(head)
        try:
            for file in files:
                await self._send_file(_Head(chat_id), file)
        except (TryLater, Uncertain) as failure:
            raise Uncertain(f"only part of the message was sent: {failure}") from None
        return str(sent.message_id)

    async def _send_text(self, head: _Head) -> Message:
        request = self._bot.send_message(
            head.chat_id,
            head.html,
            parse_mode=ParseMode.HTML,
            reply_markup=head.markup,
            reply_parameters=head.reply,
            link_preview_options=_NO_PREVIEW,
        )
        return await self._call(request)

    async def _send_file(self, head: _Head, file: Upload) -> Message:
        options: dict[str, Any] = {
            "caption": head.html or None,
            "parse_mode": ParseMode.HTML,
            "reply_markup": head.markup,
            "reply_parameters": head.reply,
        }
        if file.is_photo:
            try:
                async with file.opened() as content:
                    return await self._call(self._bot.send_photo(head.chat_id, content, **options))
            except Refused:
                # Telegram takes no photo of odd proportions, but any file as a document.
                _log.info("a picture was refused as a photo and goes as a document")
        async with file.opened() as content:
            return await self._call(self._bot.send_document(head.chat_id, content, **options))


@dataclass(frozen=True, slots=True)
class _Head:
    """What a call carries besides its file."""

    chat_id: str
    html: str = ""
    markup: InlineKeyboardMarkup | None = None
    reply: ReplyParameters | None = None


def _message_id(external_id: str | None) -> int | None:
    """Telegram's number of a message; None for an id that cannot be one, which would make it refuse the whole call."""
    if external_id is None or not external_id.isdecimal():
        return None
    number = int(external_id)
    return number if 0 < number <= _LARGEST_MESSAGE_ID else None


def _reply_parameters(external_id: str | None) -> ReplyParameters | None:
    number = _message_id(external_id)
    return ReplyParameters(number, allow_sending_without_reply=True) if number is not None else None
