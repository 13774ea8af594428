"""What a person at the demo page sends: a form in, a message of the log and an inbox row out.

Files go to the content store before anything tells of them. The page gives every message a key of its own, so that a form
that is sent again after a lost answer makes no second message.
"""

from __future__ import annotations

import asyncio
import re
import unicodedata
import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dondoc.chat.messages import Attachment
from dondoc.chat.web import MAX_CHARS, PERSON, file_json
from dondoc.vietnamese.text import nfc, utf16_length
from dondoc.web.answers import PageError, language, phone_of, readable_size
from dondoc.web.doors import Demo, Phone
from dondoc.web.security import BodyTooLarge, limited

_CHUNK = 256 * 1024
_FIELD_BYTES = 64 * 1024
_NAME_CHARS = 150
_KEY = re.compile(r"[0-9A-Za-z-]{8,40}")


@dataclass(frozen=True, slots=True)
class Post:
    """One message of a person. ``key`` is the page's own name for it, stable over retries."""

    key: str
    text: str = ""
    choice: str | None = None
    reply_to: str | None = None
    files: Sequence[dict[str, Any]] = ()


async def post(demo: Demo, phone: Phone, content: Post) -> str:
    """Show the message on the page and hand it to the inbox; its external id. The same key again changes nothing."""
    message: dict[str, Any] = {
        "text": content.text,
        "choice": content.choice,
        "reply_to": content.reply_to,
        "files": list(content.files),
        "sent_at": demo.clock.now().isoformat(),
        "sender_name": phone.name,
    }
    key = f"in:{phone.chat_id}:{content.key}"
    message_id = await demo.log.append(phone.chat_id, key=key, message={"from": PERSON, **message})
    demo.pulse.beat()
    await demo.inbox.take({"chat_id": phone.chat_id, "message_id": message_id, **message})
    return message_id


async def receive_form(demo: Demo, request: Request) -> Response:
    """POST of text, choice, reply_to, key and files as multipart: 201 with the message's id, or a PageError."""
    phone = phone_of(demo, request)
    form = await _parse(demo, request)
    try:
        content = Post(
            key=_key(_field(form, "key")),
            # Forms carry line ends as CR LF, whatever was typed.
            text="\n".join(nfc(_field(form, "text")).splitlines()).strip(),
            choice=_field(form, "choice") or None,
            reply_to=_field(form, "reply_to") or None,
        )
        uploads = _uploads(form)
        if utf16_length(content.text) > MAX_CHARS:
            raise PageError(413, "text_too_long", limit=MAX_CHARS)
        if not (content.text or content.choice or uploads):
            raise PageError(400, "empty")
        content = replace(content, files=await _store(demo, request, uploads))
    finally:
        await form.close()
    return JSONResponse({"message_id": await post(demo, phone, content)}, 201)


async def send_sample(demo: Demo, request: Request) -> Response:
    """POST that lets a phone send one of the samples, as if the person had chosen the file."""
    phone = phone_of(demo, request)
    index: int = request.path_params["index"]
    if index >= len(demo.samples) or demo.samples[index].role != phone.role:
        raise PageError(404, "sample")
    path = demo.samples[index].path
    file = await _stored(demo, path.name, _read_path(path))
    key = _key(request.query_params.get("key", ""))
    return JSONResponse({"message_id": await post(demo, phone, Post(key=key, files=[file]))}, 201)


def clean_name(name: str) -> str:
    """What a sender calls a file, fit to be shown: no folders, no control or direction characters, at most 150 letters."""
    last = re.split(r"[/\\]", nfc(name))[-1]
    shown = "".join(letter for letter in last if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    shown = shown.strip(" .") or "file"
    if len(shown) <= _NAME_CHARS:
        return shown
    stem, dot, suffix = shown.rpartition(".")
    if not dot or len(suffix) > 8:
        return shown[:_NAME_CHARS]
    return f"{stem[: _NAME_CHARS - len(suffix) - 1]}.{suffix}"


async def _parse(demo: Demo, request: Request) -> FormData:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise PageError(415, "form")
    body = limited(request, demo.max_body, drain=demo.max_body)
    parser = MultiPartParser(request.headers, body, max_files=demo.max_files, max_fields=8, max_part_size=_FIELD_BYTES)
    try:
        try:
            return await parser.parse()
        except MultiPartException as error:
            async for _ in body:  # let the browser finish sending, or it will not hear the answer
                pass
            raise PageError(400, "form") from error
    except BodyTooLarge as error:
        limit = readable_size(error.limit, language(request))
        raise PageError(413, "body_too_large", limit=limit) from error


def _field(form: FormData, name: str) -> str:
    value = form.get(name, "")
    if not isinstance(value, str):
        raise PageError(400, "form")
    return value


def _uploads(form: FormData) -> list[UploadFile]:
    # A form without a chosen file still holds one nameless empty part.
    uploads = [item for item in form.getlist("files") if isinstance(item, UploadFile)]
    return [upload for upload in uploads if upload.filename or upload.size]


def _key(given: str) -> str:
    return given if _KEY.fullmatch(given) else str(uuid.uuid4())


async def _store(demo: Demo, request: Request, uploads: Sequence[UploadFile]) -> list[dict[str, Any]]:
    """All files of a form, or none: sizes are checked before the first one is stored."""
    for upload in uploads:
        name, size = clean_name(upload.filename or ""), upload.size or 0
        if size == 0:
            raise PageError(400, "empty_file", file=name)
        if size > demo.max_file:
            t = language(request)
            limit = readable_size(demo.max_file, t)
            raise PageError(413, "file_too_large", file=name, size=readable_size(size, t), limit=limit)
    return [await _stored(demo, upload.filename or "", _read_upload(upload)) for upload in uploads]


async def _stored(demo: Demo, name: str, chunks: AsyncIterator[bytes]) -> dict[str, Any]:
    stored = await demo.content.store(chunks, demo.max_file)
    return file_json(
        Attachment(name=clean_name(name), size=stored.size, media_type=stored.media_type, sha256=stored.sha256)
    )


async def _read_upload(upload: UploadFile) -> AsyncIterator[bytes]:
    while chunk := await upload.read(_CHUNK):
        yield chunk


async def _read_path(path: Path) -> AsyncIterator[bytes]:
    source = await asyncio.to_thread(path.open, "rb")
    try:
        while chunk := await asyncio.to_thread(source.read, _CHUNK):
            yield chunk
    finally:
        source.close()
