"""The same document again, in whatever format and by whoever; and what is another one although much is alike."""

from __future__ import annotations

import io
import unicodedata
from datetime import date

import docx
import pytest
from sqlalchemy import select

from dondoc.directives.drafts import DirectiveDraft, DocumentDraft, TaskDraft
from dondoc.handlers import intake
from dondoc.storage.offices import the_office
from dondoc.storage.tables import directives, tasks
from tests.directives.test_reading import as_pdf
from tests.handlers.test_directives import DIRECTIVE
from tests.support.office import Desk
from tests.support.offices import START
from tests.support.sayings import says


def as_docx(text: str) -> bytes:
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


async def number_of(desk: Desk) -> tuple[int, int]:
    return len(await desk.rows(select(directives.c.id))), len(await desk.rows(select(tasks.c.id)))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tb-64.docx", as_docx(DIRECTIVE)),
        ("tb-64.txt", DIRECTIVE.replace(", báo cáo", ",  báo cáo").encode()),
        ("tb-64.txt", unicodedata.normalize("NFD", DIRECTIVE).encode()),
        ("tb-64.pdf", as_pdf([[line for line in DIRECTIVE.split("\n") if line]])),
    ],
)
async def test_another_format_is_the_same_document(desk: Desk, name: str, content: bytes) -> None:
    await desk.sends("khanh", "goc.txt", DIRECTIVE.encode())
    before = await number_of(desk)
    desk.forget_news()
    await desk.sends("son", name, content)
    desk.hears("son", "handlers.document.known", citation="Thông báo số 64/TB-UBND ngày 17/6/2024")
    assert await number_of(desk) == before == (1, 4)


async def test_two_issuers_may_use_one_number(desk: Desk) -> None:
    await desk.sends("khanh", "huyen.txt", DIRECTIVE.encode())
    other = DIRECTIVE.replace("HUYỆN THANH LÂM", "HUYỆN TÂN PHÚ").replace("Thanh Lâm, ngày", "Tân Phú, ngày")
    desk.forget_news()
    await desk.sends("khanh", "khac.txt", other.encode())
    assert not says(desk.heard("khanh"), "handlers.document.known")
    assert (await number_of(desk))[0] == 2


async def test_the_same_duties_under_another_number_are_another_document(desk: Desk) -> None:
    """A letter that is written anew every month."""
    await desk.sends("khanh", "thang-6.txt", DIRECTIVE.encode())
    again = DIRECTIVE.replace("Số: 64", "Số: 71").replace("ngày 17 tháng 6", "ngày 19 tháng 6")
    await desk.sends("khanh", "thang-7.txt", again.encode())
    assert (await number_of(desk))[0] == 2


def draft(number: str | None, issued_on: date | None, issuer: str | None, *contents: str) -> DirectiveDraft:
    said = tuple(TaskDraft(content=content, quote=content) for content in contents)
    return DirectiveDraft(DocumentDraft("Thông báo", number, issuer, None, issued_on), said)


DAY = date(2024, 6, 17)
HUYEN = "Ủy ban nhân dân huyện Thanh Lâm"
FIRST = draft("64/TB-UBND", DAY, HUYEN, "Rà soát", "Báo cáo")


@pytest.mark.parametrize(
    ("again", "same"),
    [
        (draft("64/TB-UBND", DAY, "UBND huyện Thanh Lâm", "Rà soát", "Báo cáo"), True),
        (draft("64 /TB–UBND", DAY, None, "Việc khác"), True),  # number, day and issuer say what it is
        (draft("64/TB-UBND", DAY, "UBND huyện Tân Phú", "Việc khác"), False),
        (draft("64/TB-UBND", date(2023, 6, 17), HUYEN, "Rà soát", "Báo cáo"), False),
        (draft("65/TB-UBND", DAY, HUYEN, "Rà soát", "Báo cáo"), False),
        (draft(None, DAY, HUYEN, "Rà soát", "Báo cáo"), True),  # of what is left of the head all agrees
        (draft(None, None, None, "Báo cáo", "Rà soát"), True),
        (draft(None, None, None, "Rà soát"), False),
        (draft(None, date(2024, 6, 1), HUYEN, "Rà soát", "Báo cáo"), False),
    ],
)
async def test_what_makes_a_document_the_same(desk: Desk, again: DirectiveDraft, same: bool) -> None:
    async with desk.database.write() as tx:
        office = await the_office(tx)
        stored = await intake.store(tx, office, FIRST, file_sha256=None, file_name=None, created_by=None, now=START)
        found = await intake.recognise(tx, office, again, None)
    assert (found is not None and found.id == stored.directive_id) is same
