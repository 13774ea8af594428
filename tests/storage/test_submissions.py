"""What units hand in is versioned, never overwritten; at most one extension is asked for at a time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from dondoc.storage import files, submissions
from dondoc.storage.database import Database
from dondoc.storage.files import StoredFile
from dondoc.storage.tables import extensions
from tests.support.offices import START, SampleOffice, give

DUE = date(2024, 6, 28)
PDF = StoredFile("a" * 64, 1200, "application/pdf")
SHEET = StoredFile("b" * 64, 300, "application/vnd.ms-excel")


async def test_new_files_are_versions(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        (item,) = await give(tx, office, "TH-HS", deadline=DUE)
        for stored in (PDF, SHEET):
            await files.register(tx, stored)
        first = await submissions.add_submission(
            tx,
            item,
            person_id=office.people["huong"],
            arrived_at=START,
            way="chat",
            files=[(PDF.sha256, "bao-cao.pdf")],
        )
        await submissions.add_files(tx, first.id, [(SHEET.sha256, "phụ lục.xls")])
        second = await submissions.add_submission(
            tx, item, person_id=None, arrived_at=START + timedelta(hours=1), way="paper", document="45/BC-HS"
        )
        first = await submissions.get_submission(tx, first.id)
        last = await submissions.last_submission(tx, item)
    assert [(file.name, file.size, file.media_type) for file in first.files] == [
        ("bao-cao.pdf", 1200, "application/pdf"),
        ("phụ lục.xls", 300, "application/vnd.ms-excel"),
    ]
    assert (first.version, second.version, last) == (1, 2, second)
    assert first.code.startswith("TN-")
    assert first.code != second.code


async def test_only_stored_files_can_be_handed_in(database: Database, office: SampleOffice) -> None:
    async def hand_in() -> None:
        async with database.write() as tx:
            (item,) = await give(tx, office, "TH-HS", deadline=DUE)
            await submissions.add_submission(
                tx, item, person_id=None, arrived_at=START, way="chat", files=[("c" * 64, "x")]
            )

    with pytest.raises(IntegrityError):
        await hand_in()


async def test_nothing_handed_in(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        (item,) = await give(tx, office, "TH-HS", deadline=DUE)
        assert await submissions.last_submission(tx, item) is None
        with pytest.raises(LookupError):
            await submissions.get_submission(tx, 4711)


async def test_asking_again_changes_the_pending_request(database: Database, office: SampleOffice) -> None:
    async with database.write() as tx:
        (item,) = await give(tx, office, "TH-HS", deadline=DUE)

        async def ask(wanted: date, reason: str) -> int:
            return await submissions.ask_extension(
                tx, item, asked_by=office.people["huong"], asked_at=START, wanted=wanted, reason=reason
            )

        first = await ask(date(2024, 7, 5), "chờ số liệu")
        again = await ask(date(2024, 7, 3), "thiếu người")
        assert again == first
        (pending,) = await submissions.pending_extensions(tx)
        assert (pending.wanted, pending.reason) == (date(2024, 7, 3), "thiếu người")
        await submissions.decide_extension(
            tx, first, granted=date(2024, 7, 2), decided_by=office.people["loan"], decided_at=START
        )
        assert await submissions.pending_extension(tx, item) is None
        third = await ask(date(2024, 7, 9), "mưa bão")
        assert third != first
        await submissions.decide_extension(tx, third, granted=None, decided_by=office.people["loan"], decided_at=START)
        decided = await submissions.get_extension(tx, third, lock=True)
        assert decided is not None
        assert decided.status == "refused"


async def test_the_database_itself_keeps_a_second_pending_request_out(database: Database, office: SampleOffice) -> None:
    async def ask_twice() -> None:
        async with database.write() as tx:
            (item,) = await give(tx, office, "TH-HS", deadline=DUE)
            row = {"assignment_id": item, "asked_at": START, "wanted": DUE, "status": "pending"}
            await tx.execute(extensions.insert().values(row))
            await tx.execute(extensions.insert().values(row))

    with pytest.raises(IntegrityError):
        await ask_twice()
