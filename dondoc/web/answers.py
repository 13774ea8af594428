"""How the demo's routes answer: checks before, clear errors in the reader's language after."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dondoc.locales import Translator, translator
from dondoc.web.doors import Demo, Phone
from dondoc.web.security import host_allowed, same_origin

Endpoint = Callable[[Request], Awaitable[Response]]


class PageError(Exception):
    """Something the person at the page has to know. ``code`` names the sentence web.error.<code>."""

    def __init__(self, status: int, code: str, **values: object) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.values = values


def language(request: Request) -> Translator:
    """The translator for ``?lang=``; the default language without it."""
    return translator(request.query_params.get("lang", ""))


def guarded(demo: Demo, endpoint: Endpoint) -> Endpoint:
    """The endpoint behind the checks of host and origin, its PageError as JSON: {"error": {"code", "message"}}."""

    async def answer(request: Request) -> Response:
        try:
            if not host_allowed(request, demo.hosts):
                raise PageError(403, "host")
            if request.method not in {"GET", "HEAD"} and not same_origin(request):
                raise PageError(403, "origin")
            return await endpoint(request)
        except PageError as error:
            message = language(request)(f"web.error.{error.code}", **error.values)
            return JSONResponse({"error": {"code": error.code, "message": message}}, error.status)

    return answer


def phone_of(demo: Demo, request: Request) -> Phone:
    """The phone whose chat the path names; raises PageError 404."""
    for phone in demo.phones:
        if phone.chat_id == request.path_params["chat_id"]:
            return phone
    raise PageError(404, "chat")


def readable_size(size: int, t: Translator) -> str:
    """2,5 MB; sizes below one megabyte in whole KB, rounded up."""
    if size < 1024 * 1024:
        return t("web.size.kb", n=-(-size // 1024))
    number = f"{size / (1024 * 1024):.1f}".removesuffix(".0").replace(".", t("web.size.point"))
    return t("web.size.mb", n=number)
