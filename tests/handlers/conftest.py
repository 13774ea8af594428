"""Conversations through the inbox, on both databases."""

from __future__ import annotations

import pytest

from dondoc.rules.clock import FixedClock
from dondoc.storage.database import Database
from dondoc.storage.files import FileStore
from tests.support.channels import ScriptedChannel
from tests.support.office import Desk
from tests.support.offices import SampleOffice


@pytest.fixture
def desk(
    database: Database, office: SampleOffice, channel: ScriptedChannel, clock: FixedClock, file_store: FileStore
) -> Desk:
    """The office at work. It is 07:00 on Wednesday 19/6/2024."""
    return Desk(database, office, channel, clock, file_store)
