"""What a directive becomes before anybody has approved it: a document, its task drafts, and warnings about the reading."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, Literal

from dondoc.directives.reasons import Reason

TaskClass = Literal["dated", "product", "standing"]
"""Có thời hạn; có sản phẩm, không thời hạn; thường xuyên. Proposed here, chosen by staff at approval."""

WARNINGS = (
    "no_number",  # the number is missing or unreadable
    "no_issue_date",  # so is the day of issue: dates without a year were not resolved
    "no_tasks",
    "pages_unread",  # pages of a scan that gave no text, by their numbers: duties may be missing
    "further_document",  # the file holds another document after this one's signature; it was not read
    "deadline_before_issue",  # a deadline lies before the day of issue; long before, it was not taken
    "deadline_far",  # a deadline lies three years or more ahead: a scan may have misread it
    "deadline_unread",  # words that lead to a day, and no day that can be read
    "lead_missing",  # a task with a deadline names no unit
)
"""Codes in ``DirectiveDraft.warnings``; after a colon may stand the day, the section or the pages that are meant."""


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    """The head and foot of a document. What the text does not give, or a scan lost, is None."""

    kind: str | None = None
    number: str | None = None
    issuer: str | None = None
    place: str | None = None
    issued_on: date | None = None
    subject: str | None = None
    signer: str | None = None
    signer_title: str | None = None
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """One duty as the text states it.

    ``content`` is the register's short statement, ``quote`` the exact words of the source, ``lead`` and ``cooperate``
    the units as written. ``why`` names what the reading rests on, with the words of the source.
    """

    content: str
    quote: str
    section: str | None = None
    page: int | None = None
    lead: tuple[str, ...] = ()
    cooperate: tuple[str, ...] = ()
    deadline: date | None = None
    time: time | None = None
    deadline_text: str | None = None
    deadline_rule: str | None = None
    soft: str | None = None
    relative: str | None = None
    recurrence: tuple[str, ...] = ()
    recurrence_rule: str | None = None
    report_to: str | None = None
    report_via: str | None = None
    confidence: float = 0.5
    task_class: TaskClass = "standing"
    why: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class DirectiveDraft:
    """A directive as read: nothing of it is stored or sent before staff approve it."""

    document: DocumentDraft
    tasks: tuple[TaskDraft, ...] = ()
    warnings: tuple[str, ...] = field(default=())


def to_json(draft: DirectiveDraft) -> dict[str, Any]:
    """The draft in the shape of ``dondoc parse --json``: dates ISO, hours HH:MM, unknown fields null."""
    document = draft.document
    return {
        "document": {
            "kind": document.kind,
            "number": document.number,
            "issuer": document.issuer,
            "place": document.place,
            "issued_on": _iso(document.issued_on),
            "subject": document.subject,
            "signer": document.signer,
            "signer_title": document.signer_title,
            "recipients": list(document.recipients),
        },
        "tasks": [_task_json(task) for task in draft.tasks],
        "warnings": list(draft.warnings),
    }


def _task_json(task: TaskDraft) -> dict[str, Any]:
    return {
        "section": task.section,
        "content": task.content,
        "quote": task.quote,
        "page": task.page,
        "lead": list(task.lead),
        "cooperate": list(task.cooperate),
        "deadline": _iso(task.deadline),
        "time": task.time.strftime("%H:%M") if task.time else None,
        "deadline_text": task.deadline_text,
        "deadline_rule": task.deadline_rule,
        "soft": task.soft,
        "relative": task.relative,
        "recurrence": list(task.recurrence),
        "recurrence_rule": task.recurrence_rule,
        "report_to": task.report_to,
        "report_via": task.report_via,
        "confidence": task.confidence,
        "task_class": task.task_class,
        "why": [reason.to_json() for reason in task.why],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
