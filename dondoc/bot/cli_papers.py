"""``dondoc parse``, ``dondoc load`` and ``dondoc report``: documents in, papers out."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dondoc.bot.command import (
    FAILED,
    REFUSED,
    USAGE,
    Installation,
    fail,
    say,
    say_json,
    short,
    tell,
    with_installation,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time

    from dondoc.directives.drafts import DirectiveDraft
    from dondoc.handlers.approval import Approval
    from dondoc.handlers.intake import Stored

Document = Annotated[
    Path, typer.Argument(metavar="FILE", help=".txt, .docx, .odt or PDF with text", show_default=False)
]

_CAUTIONS = {
    "internal": "the document is marked for internal use",
    "recalled": "the document is to be given back after the meeting",
    "pupils": "the document lists pupils by name: it belongs on no shared channel",
}


def parse(
    file: Document,
    as_json: Annotated[bool, typer.Option("--json", help="The draft as JSON on stdout.")] = False,
) -> None:
    """Show the draft of a directive. Nothing is stored."""
    from dondoc.bot.logs import configure
    from dondoc.directives.drafts import to_json

    configure(level="ERROR")
    draft = _read(file)
    if as_json:
        say_json(to_json(draft))
    else:
        _show(draft)


def _read(file: Path) -> DirectiveDraft:
    """The draft of a document that may be here and can be read; otherwise the command ends."""
    from dondoc.directives.parse import parse_directive
    from dondoc.directives.reading import read_document
    from dondoc.directives.secrecy import caution_marks, document_mark
    from dondoc.directives.unreadable import UnreadableDocument

    try:
        source = read_document(file)
    except UnreadableDocument as error:
        fail(REFUSED, f"{file}: {error}")
    if (mark := document_mark(source)) is not None:
        fail(REFUSED, f"{file} is marked {mark}: it has no place here; delete it and use the paper route")
    for caution in caution_marks(source.text):
        tell(f"note: {_CAUTIONS[caution]}")
    return parse_directive(source)


def _show(draft: DirectiveDraft) -> None:
    from dondoc.bot.tables import show_table

    document = draft.document
    say(_citation(draft))
    for name, value in (("issuer", document.issuer), ("subject", document.subject), ("signer", document.signer)):
        if value:
            say(f"{name}: {value}")
    rows = (
        (
            task.section or "",
            task.task_class,
            _when(task.deadline, task.deadline_rule, task.time)
            if task.deadline
            else (task.soft or task.relative or "–"),
            "; ".join(task.lead) or "–",
            " via ".join(filter(None, (task.report_to, task.report_via))),
            task.content,
        )
        for task in draft.tasks
    )
    show_table(("section", "class", "deadline", "lead", "report to", "task"), rows)
    for warning in draft.warnings:
        tell(f"note: {warning}")


def load(
    file: Document,
    approve: Annotated[
        bool, typer.Option("--approve", help="Assign at once what resolves in the registry; the rest stays drafts.")
    ] = False,
) -> None:
    """Store a directive. Loading the same document again changes nothing."""
    draft = _read(file)
    for warning in draft.warnings:
        tell(f"note: {warning}")
    if not draft.tasks:
        say(f"{_citation(draft)}: no tasks found, nothing stored.")
        return
    data = file.read_bytes()

    async def work(here: Installation) -> tuple[Stored, Approval | None]:
        return await _load(here, draft, data, file.name, approve)

    stored, approval = with_installation(work)
    if stored.existed:
        say(f"{_citation(draft)} was loaded before; it was not stored again.")
    else:
        dated = sum(task.deadline is not None for task in draft.tasks)
        say(f"{_citation(draft)}: {len(draft.tasks)} drafts stored, {dated} with a deadline.")
    if approval is not None:
        _show_approval(approval)


async def _load(
    here: Installation, draft: DirectiveDraft, data: bytes, name: str, approve: bool
) -> tuple[Stored, Approval | None]:
    from dondoc.handlers import intake
    from dondoc.handlers.approval import approve as assign_drafts
    from dondoc.storage import files
    from dondoc.storage.files import FileStore
    from dondoc.vietnamese.text import nfc

    sha256 = hashlib.sha256(data).hexdigest()
    async with here.database.read() as tx:
        known = await intake.recognise(tx, here.office, draft, sha256)
    content = None if known else await FileStore(here.settings.files_dir).store_bytes(data)
    now = here.now
    async with here.database.write() as tx:
        if content is not None:
            await files.register(tx, content)
        stored = await intake.store(
            tx,
            here.office,
            draft,
            file_sha256=sha256,
            file_name=nfc(name)[:300],
            created_by=None,
            now=now,
        )
        if not approve:
            return stored, None
        approval = await assign_drafts(tx, stored.directive_id, approver_id=None, now=now, calendar=here.calendar)
        return stored, approval


def _show_approval(approval: Approval) -> None:
    """What was assigned on stdout; what staff have to see to, a line each, on stderr."""
    for code, task, resolved in approval.assigned:
        when = _when(task.deadline, task.deadline_rule, task.deadline_time) if task.deadline else task.task_class
        say(f"{code}  {when}  units: {len(resolved.lead)}  {short(task.content)}")
        if resolved.unresolved:
            tell(f"{code}: not settled, and not assigned to: {_quoted(resolved.unresolved)}")
    for left in approval.left:
        names = left.resolved.unresolved
        why = f"not in the registry, or not clear: {_quoted(names)}" if names else "the text names no unit"
        tell(f"left as a draft: {short(left.task.content)} – {why}")
    if approval.assigned:
        say(
            f"Tasks assigned: {len(approval.assigned)}; assignments: {approval.assignments}; "
            f"notices queued: {approval.messages}; drafts left: {len(approval.left)}."
        )
    else:
        say("Nothing new to assign.")
    if approval.unreached:
        tell(f"nobody has joined yet in: {'; '.join(approval.unreached)}")


def report(
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="FILE", help="The register as an Excel file.")] = None,
    docx: Annotated[Path | None, typer.Option("--docx", metavar="FILE", help="The report as a Word draft.")] = None,
) -> None:
    """Write the register in Excel, the report in Word, or both."""
    if xlsx is None and docx is None:
        fail(USAGE, "one of --xlsx and --docx is needed")
    with_installation(lambda here: _report(here, xlsx, docx))


async def _report(here: Installation, xlsx: Path | None, docx: Path | None) -> None:
    from dondoc.reports.paper import write_report
    from dondoc.reports.register import write_register
    from dondoc.reports.wording import OfficeName
    from dondoc.rules.roles import Scope
    from dondoc.storage import progress

    async with here.database.read() as tx:
        rows = await progress.rows(tx, Scope.office(), here.clock.zone)
    office = OfficeName(here.office.name, here.office.organ, here.office.place)
    now = here.now
    begin, until = month_window(now.date())
    for file in filter(None, (xlsx, docx)):
        try:
            if file is xlsx:
                write_register(file, rows, office=office, as_of=now, calendar=here.calendar)
            else:
                write_report(
                    file,
                    rows,
                    office=office,
                    period=(begin, now.date()),
                    next_until=until,
                    as_of=now,
                    calendar=here.calendar,
                )
        except OSError as error:
            fail(FAILED, f"{file} cannot be written: {error.strerror}")
        say(f"Written: {file}")


def month_window(today: date) -> tuple[date, date]:
    """The first day of the running month of reporting, and the last of the coming one.

    A month of reporting goes from the 15th to the 14th (Nghị định 09/2019/NĐ-CP, Điều 12).
    """
    begin = _month_later(today.replace(day=15), 0 if today.day >= 15 else -1)
    return begin, _month_later(begin.replace(day=14), 2)


def _month_later(day: date, months: int) -> date:
    month = day.year * 12 + day.month - 1 + months
    return day.replace(year=month // 12, month=month % 12 + 1)


def _citation(draft: DirectiveDraft) -> str:
    from dondoc.vietnamese.words import cite

    return cite(draft.document.kind, draft.document.number, draft.document.issued_on)


def _when(day: date, rule: str | None, hour: time | None) -> str:
    at = f" {hour:%H:%M}" if hour else ""
    return f"{'before' if rule == 'before' else 'by'} {day.isoformat()}{at}"


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
