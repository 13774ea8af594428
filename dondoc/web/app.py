"""The HTTP side of one process: health and metrics always, webhooks and the demo page where they are configured."""

from __future__ import annotations

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from dondoc.web.demo import demo_routes
from dondoc.web.doors import Doors
from dondoc.web.security import SecurityHeaders
from dondoc.web.telegram import telegram_route


def build_app(doors: Doors) -> Starlette:
    """The application with exactly the doors that are given; every other path answers 404."""

    async def healthz(_: Request) -> Response:
        health = await doors.health()
        return JSONResponse({"ok": health.ok, **health.details}, 200 if health.ok else 503)

    async def metrics(_: Request) -> Response:
        return Response(generate_latest(doors.metrics), headers={"Content-Type": CONTENT_TYPE_LATEST})

    routes: list[BaseRoute] = [Route("/healthz", healthz), Route("/metrics", metrics)]
    if doors.telegram is not None:
        routes.append(telegram_route(doors.telegram))
    if doors.demo is not None:
        routes.extend(demo_routes(doors.demo))
    return Starlette(routes=routes, middleware=[Middleware(SecurityHeaders)])
