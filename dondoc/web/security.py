"""What keeps a page on this machine from being used by other sites: headers, checked hosts, checked origins, limits."""

from __future__ import annotations

import ipaddress
from collections.abc import AsyncGenerator, Iterable
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Scripts, styles, pictures and requests come from here only; nothing inline, no frames, no plug-ins.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
# A file that somebody uploaded may do nothing at all, even when it is opened by itself.
FILE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"

_HEADERS = {
    "Content-Security-Policy": PAGE_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}


class BodyTooLarge(Exception):
    """The request's body is larger than this door takes. ``limit`` is in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"body larger than {limit} bytes")
        self.limit = limit


class SecurityHeaders:
    """Adds the headers to every answer; an answer that sets one by itself keeps its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def host_allowed(connection: HTTPConnection, names: Iterable[str]) -> bool:
    """Whether the Host header is an address, localhost or one of ``names``.

    A foreign name that was pointed at this machine (DNS rebinding) would make a stranger's page same-origin with ours;
    an address cannot be pointed anywhere.
    """
    host = urlsplit(f"//{connection.headers.get('host', '')}").hostname
    if host is None:
        return False
    if host == "localhost" or host in names:
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def same_origin(connection: HTTPConnection) -> bool:
    """Whether a changing request comes from our own page.

    Browsers send Origin with every POST. A client that sends neither Origin nor Sec-Fetch-Site is no browser, so nobody's
    page stands behind it. Schemes are not compared: a proxy may end TLS before us.
    """
    origin = connection.headers.get("origin")
    if origin is None:
        return connection.headers.get("sec-fetch-site", "same-origin") == "same-origin"
    return urlsplit(origin).netloc == connection.headers.get("host") != ""


def declared_length(request: Request) -> int:
    """The Content-Length in bytes; 0 if there is none (the server refuses one that is no number)."""
    value = request.headers.get("content-length", "")
    return int(value) if value.isascii() and value.isdigit() else 0


async def limited(request: Request, limit: int, *, drain: int = 0) -> AsyncGenerator[bytes, None]:
    """The body in chunks. Raises BodyTooLarge before the first chunk if it says its size, else when it passes the limit.

    Up to ``drain`` bytes beyond the limit are read and thrown away first: a browser that is still sending when the answer
    comes does not read it, it sees a broken connection.
    """
    too_large = declared_length(request) > limit
    if too_large and not drain:
        raise BodyTooLarge(limit)
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        too_large = too_large or size > limit
        if size > limit + drain:
            break
        if not too_large:
            yield chunk
    if too_large:
        raise BodyTooLarge(limit)


async def read_limited(request: Request, limit: int) -> bytes:
    """The whole body, at most ``limit`` bytes. Raises BodyTooLarge."""
    return b"".join([chunk async for chunk in limited(request, limit)])
