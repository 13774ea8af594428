"""A directive as read is written down as drafts: the same for the chat and the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from dondoc.directives.drafts import DirectiveDraft, TaskDraft
from dondoc.storage import directives, work
from dondoc.storage.directives import Directive
from dondoc.storage.offices import Office
from dondoc.vietnamese.text import nfc
from dondoc.vietnamese.words import cite


@dataclass(frozen=True, slots=True)
class Stored:
    """A directive in storage; ``existed`` if it was loaded before."""

    directive_id: int
    existed: bool


async def store(
    tx: AsyncConnection,
    office: Office,
    draft: DirectiveDraft,
    *,
    content_hash: str,
    file_sha256: str | None,
    file_name: str | None,
    created_by: int | None,
    now: datetime,
) -> Stored:
    """Write the drafts down. A document that was loaded before (content, or number and date) is left as it is."""
    document = draft.document
    same = await directives.same_directive(
        tx, office.id, content_hash=content_hash, number=document.number, issued_on=document.issued_on
    )
    if same is not None:
        return Stored(same.id, existed=True)
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
            "content_hash": content_hash,
            "file_sha256": file_sha256,
            "file_name": file_name,
            "created_by": created_by,
            "created_at": now,
        },
    )
    for position, task in enumerate(draft.tasks, 1):
        values = _task_values(task, position)
        await directives.add_task(
            tx,
            {
                "office_id": office.id,
                "directive_id": directive_id,
                "created_by": created_by,
                "created_at": now,
                **values,
            },
        )
    await work.record(
        tx,
        "directive.loaded",
        actor_id=created_by,
        at=now,
        directive_id=directive_id,
        detail={"tasks": len(draft.tasks)},
    )
    return Stored(directive_id, existed=False)


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
