"""A directive as read is written down as drafts: the same for the chat and the command line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.directives.amending import Amended
from dondoc.directives.drafts import DirectiveDraft, TaskDraft
from dondoc.directives.identity import fingerprint, letters, may_be_one_issuer, number_key
from dondoc.storage import directives, work
from dondoc.storage.directives import APPROVED, DRAFT, DROPPED, Directive
from dondoc.storage.offices import Office
from dondoc.vietnamese.text import nfc
from dondoc.vietnamese.words import cite


@dataclass(frozen=True, slots=True)
class Stored:
    """A directive in storage; ``existed`` if it was loaded before."""

    directive_id: int
    existed: bool


async def recognise(
    tx: AsyncConnection, office: Office, draft: DirectiveDraft, file_sha256: str | None, *, besides: int | None = None
) -> Directive | None:
    """The directive that a document is, if it was loaded before; its content may have changed since.

    It is known by its content, or by number, day and issuer together, for two issuers may use the same number. Where a
    head is blank, by what is left of it and the same duties.
    """
    document, content_hash = draft.document, fingerprint(draft)
    found = await directives.perhaps_same(
        tx, office.id, content_hash=content_hash, file_sha256=file_sha256, issued_on=document.issued_on
    )
    rows = [row for row in found if row.id != besides]
    for row in rows:
        if row.content_hash == content_hash or (file_sha256 is not None and row.file_sha256 == file_sha256):
            return row
    number = number_key(document.number)
    rows = [row for row in rows if may_be_one_issuer(row.issuer, document.issuer)]
    for row in rows:
        if number and document.issued_on and (number_key(row.number), row.issued_on) == (number, document.issued_on):
            return row
    for row in rows:
        agrees = (not number or not row.number or number_key(row.number) == number) and (
            document.issued_on is None or row.issued_on is None or row.issued_on == document.issued_on
        )
        blank = not (number and document.issued_on and row.number and row.issued_on)
        if agrees and blank and await _says_the_same(tx, row.id, draft):
            return row
    return None


async def amended_by(tx: AsyncConnection, office: Office, amended: Amended, issuer: str | None) -> Directive | None:
    """The directive that a document says that it amends; None if it is not here, or if it could be several."""
    rows = await directives.perhaps_same(tx, office.id, content_hash="", file_sha256=None, issued_on=amended.issued_on)
    named = [row for row in rows if row.number and number_key(row.number) == number_key(amended.number)]
    if amended.issued_on is not None:
        named = [row for row in named if row.issued_on == amended.issued_on]
    if len(named) > 1:
        named = [row for row in named if row.issuer and may_be_one_issuer(row.issuer, issuer)]
    return named[0] if len(named) == 1 else None


async def _says_the_same(tx: AsyncConnection, directive_id: int, draft: DirectiveDraft) -> bool:
    tasks = await directives.tasks_of(tx, directive_id, [DRAFT, APPROVED, DROPPED])
    said = Counter(letters(task.content) for task in draft.tasks)
    return bool(tasks) and Counter(letters(task.content) for task in tasks) == said


async def store(
    tx: AsyncConnection,
    office: Office,
    draft: DirectiveDraft,
    *,
    file_sha256: str | None,
    file_name: str | None,
    created_by: int | None,
    now: datetime,
    amends: Directive | None = None,
    amendment: str | None = None,
) -> Stored:
    """Write the drafts down. A document that was loaded before is left as it is.

    ``amends`` is the directive that the document amends or replaces (``amendment``: "amends" or "replaces").
    """
    same = await recognise(tx, office, draft, file_sha256)
    if same is not None:
        return Stored(same.id, existed=True)
    directive_id = await store_new(
        tx,
        office,
        draft,
        file_sha256=file_sha256,
        file_name=file_name,
        created_by=created_by,
        now=now,
        amends=amends,
        amendment=amendment,
    )
    return Stored(directive_id, existed=False)


async def store_new(
    tx: AsyncConnection,
    office: Office,
    draft: DirectiveDraft,
    *,
    file_sha256: str | None,
    file_name: str | None,
    created_by: int | None,
    now: datetime,
    amends: Directive | None = None,
    amendment: str | None = None,
) -> int:
    """The same, whatever is here already: staff say that it is a document of its own. The id."""
    document = draft.document
    directive_id = await directives.add_directive(
        tx,
        {
            "office_id": office.id,
            "kind": document.kind,
            "number": document.number,
            "issuer": document.issuer,
            "place": document.place,
            "issued_on": document.issued_on,
            "subject": document.subject,
            "signer": document.signer,
            "content_hash": fingerprint(draft),
            "file_sha256": file_sha256,
            "file_name": file_name,
            "amends_id": amends.id if amends else None,
            "amendment": amendment if amends else None,
            "created_by": created_by,
            "created_at": now,
        },
    )
    await add_drafts(tx, office.id, directive_id, draft.tasks, created_by=created_by, now=now)
    await work.record(
        tx,
        "directive.loaded",
        actor_id=created_by,
        at=now,
        directive_id=directive_id,
        detail={"tasks": len(draft.tasks)},
    )
    return directive_id


async def add_drafts(
    tx: AsyncConnection,
    office_id: int,
    directive_id: int,
    tasks: Sequence[TaskDraft],
    *,
    created_by: int | None,
    now: datetime,
    first: int = 1,
) -> list[int]:
    """Duties as drafts of a directive, from a position on; their ids."""
    common = {"office_id": office_id, "directive_id": directive_id, "created_by": created_by, "created_at": now}
    return [
        await directives.add_task(tx, {**common, **_task_values(task, position)})
        for position, task in enumerate(tasks, first)
    ]


async def read_again(tx: AsyncConnection, directive: Directive, draft: DirectiveDraft) -> int:
    """The document read with the number and the day that staff gave: drafts whose day could not be counted before get it
    now, and how many did. What staff have set stays."""
    document = draft.document
    values = {"number": document.number, "issued_on": document.issued_on, "content_hash": fingerprint(draft)}
    await directives.set_directive(tx, directive.id, **values)
    dated = 0
    duties = list(draft.tasks)
    for task in await directives.tasks_of(tx, directive.id, [DRAFT]):
        same = next((one for one in duties if letters(one.quote) == letters(task.quote)), None)
        if same is None:
            continue
        duties.remove(same)
        if task.deadline is None and same.deadline is not None and task.deadline_text == same.deadline_text:
            fresh = _task_values(same, task.position)
            dating = ("deadline", "deadline_rule", "deadline_time", "task_class", "confidence", "why")
            await directives.set_task(tx, task.id, **{name: fresh[name] for name in dating})
            dated += 1
    return dated


def _task_values(task: TaskDraft, position: int) -> dict[str, object]:
    return {
        "position": position,
        "section": task.section,
        "content": nfc(task.content),
        "quote": nfc(task.quote),
        "page": task.page,
        "task_class": task.task_class,
        "deadline": task.deadline,
        "deadline_rule": task.deadline_rule if task.deadline else None,
        "deadline_time": task.time if task.deadline else None,
        "deadline_text": task.deadline_text,
        "lead": list(task.lead),
        "cooperate": list(task.cooperate),
        "report_to": task.report_to,
        "report_via": task.report_via,
        "confidence": task.confidence,
        "why": [reason.to_json() for reason in task.why],
    }


def citation(directive: Directive) -> str:
    """The document as documents are cited."""
    return cite(directive.kind, directive.number, directive.issued_on)
