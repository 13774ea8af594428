"""Files to and from Telegram: streamed both ways, with their size checked before and while they come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from telegram import InputFile
from telegram.constants import FileSizeLimit

from dondoc.chat.channel import Files, FileTooLarge, Refused, TryLater
from dondoc.chat.messages import Attachment
from dondoc.chat.telegram_errors import OFFLINE_PAUSE

CHUNK = 64 * 1024

_PHOTOS = frozenset({"image/jpeg", "image/png"})
_TRANSIENT = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Upload:
    """A stored file that goes out. ``is_photo`` tells whether Telegram may show it in the chat."""

    path: Path
    name: str
    is_photo: bool

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[InputFile]:
        """The file for one call, read while it is sent and not before."""
        content = await asyncio.to_thread(self.path.open, "rb")
        try:
            yield InputFile(content, filename=self.name, read_file_handle=False)
        finally:
            content.close()


async def uploads(attachments: Sequence[Attachment], files: Files | None, limit: int) -> list[Upload]:
    """The stored files of outgoing attachments, all of them checked before anything is sent.

    Raises Refused for a file that is not in the store or larger than ``limit`` bytes.
    """
    if attachments and files is None:
        raise Refused("this channel was given no files to send")
    return [await asyncio.to_thread(_upload, attachment, files, limit) for attachment in attachments]


def _upload(attachment: Attachment, files: Files | None, limit: int) -> Upload:
    if files is None or attachment.sha256 is None:
        raise Refused("an attachment without stored content")
    try:
        path = files.path(attachment.sha256)
        size = path.stat().st_size
    except FileNotFoundError:
        raise Refused("the content of an attachment is no longer in the store") from None
    if size == 0 or size > limit:
        raise Refused(f"a file of {size} bytes cannot be sent")
    is_photo = attachment.media_type in _PHOTOS and size <= FileSizeLimit.PHOTOSIZE_UPLOAD
    return Upload(path, attachment.name, is_photo)


async def stream(client: httpx.AsyncClient, url: str, limit: int) -> AsyncIterator[bytes]:
    """The bytes behind the URL in chunks. Raises FileTooLarge once they are more than ``limit``, TryLater, Refused.

    The URL holds the token, so neither it nor the client's words for a failure are passed on.
    """
    received = 0
    try:
        async with client.stream("GET", url) as answer:
            if answer.status_code >= 500 or answer.status_code in _TRANSIENT:
                raise TryLater(OFFLINE_PAUSE, f"the file was answered with HTTP {answer.status_code}")
            if answer.status_code != httpx.codes.OK:
                raise Refused(f"the file was answered with HTTP {answer.status_code}")
            async for chunk in answer.aiter_bytes(CHUNK):
                received += len(chunk)
                if received > limit:
                    raise FileTooLarge(limit)
                yield chunk
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise TryLater(OFFLINE_PAUSE, f"the file did not come: {type(error).__name__}") from None
