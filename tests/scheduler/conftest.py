"""Delivery as the program wires it, over the scripted channel, and slots as the clock brings them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from dondoc.chat.channel import Channel
from dondoc.rules.clock import FixedClock
from dondoc.scheduler import digest, messages
from dondoc.scheduler.alerts import report_delivery
from dondoc.scheduler.delivery import Delivery, Timing
from dondoc.scheduler.rendering import ReadFirst, Renderer
from dondoc.storage.database import Database
from dondoc.storage.files import FileStore
from tests.support.channels import ScriptedChannel

RENDERERS: dict[str, Renderer | ReadFirst] = {
    "reminder": messages.reminder,
    "notice": messages.notice,
    "receipt": messages.receipt,
    "queue": ReadFirst(messages.queue),
    "digest": ReadFirst(digest.digest),
}


def draw(values: Mapping[str, Any]) -> bytes:
    """Stands for the picture of the reports room."""
    if "broken" in values:
        raise ValueError("no such picture")
    return b"\x89PNG\r\n\x1a\n" + str(sorted(values)).encode()


@pytest.fixture
def make_delivery(file_store: FileStore, clock: FixedClock, channel: ScriptedChannel) -> Callable[..., Delivery]:
    """Makes a delivery on a database, over the scripted channel unless others are given."""

    def make(
        database: Database,
        *channels: Channel,
        renderers: Mapping[str, Renderer | ReadFirst] = RENDERERS,
        timing: Timing | None = None,
        kind: type[Delivery] = Delivery,
    ) -> Delivery:
        return kind(
            database,
            {(one.name, one.account): one for one in channels or (channel,)},
            file_store,
            clock,
            renderers=renderers,
            draw=draw,
            report=report_delivery,
            timing=timing,
        )

    return make


@pytest.fixture
def delivery(database: Database, make_delivery: Callable[..., Delivery]) -> Delivery:
    return make_delivery(database)
