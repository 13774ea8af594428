"""``dondoc parse`` and ``dondoc report``: a document in, papers out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dondoc.bot.command import FAILED, USAGE, Installation, fail, say, say_json, tell, with_installation
from dondoc.bot.directive_file import Document, citation, read_or_refuse, when

if TYPE_CHECKING:
    from datetime import date

    from dondoc.directives.drafts import DirectiveDraft


def parse(
    file: Document,
    as_json: Annotated[bool, typer.Option("--json", help="The draft as JSON on stdout.")] = False,
) -> None:
    """Show the draft of a directive. Nothing is stored."""
    from dondoc.bot.logs import configure
    from dondoc.directives.drafts import to_json

    configure(level="ERROR")
    draft = read_or_refuse(file).draft
    if as_json:
        say_json(to_json(draft))
    else:
        _show(draft)


def _show(draft: DirectiveDraft) -> None:
    from dondoc.bot.tables import show_table

    document = draft.document
    say(citation(draft))
    for name, value in (("issuer", document.issuer), ("subject", document.subject), ("signer", document.signer)):
        if value:
            say(f"{name}: {value}")
    rows = (
        (
            task.section or "",
            task.task_class,
            when(task.deadline, task.deadline_rule, task.time)
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
