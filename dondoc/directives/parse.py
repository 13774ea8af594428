"""A directive's text in, its draft out: head, foot, sections, duties and tables put together."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from datetime import date
from itertools import accumulate

from dondoc.directives.addressee import find_addressee
from dondoc.directives.blocks import blocks_of
from dondoc.directives.classify import confidence, is_blurred, propose_class
from dondoc.directives.cooperation import find_cooperation
from dondoc.directives.drafts import DirectiveDraft, DocumentDraft, TaskDraft
from dondoc.directives.gathering import Found, gather
from dondoc.directives.issuer import issuer_from_text
from dondoc.directives.layout import Parts, flatten, lines_of, parts_of
from dondoc.directives.metadata import Head, read_head
from dondoc.directives.reading import SourceText
from dondoc.directives.reasons import Reason, deadline_reason, reason, unit_reason
from dondoc.directives.signature import Foot, read_foot
from dondoc.directives.statement import statement
from dondoc.directives.tables import TableTask, table_tasks
from dondoc.vietnamese.deadline_soft import is_unread
from dondoc.vietnamese.deadlines import DeadlinePhrase

_NAMES_OF_EVERY_PLACE = ("Ủy ban nhân dân", "Hội đồng nhân dân")
_NO_DAY = date(1, 1, 1)
_LATE_DAYS = 31
_FAR_DAYS = 3 * 365
_FIRST_YEAR = 1900
_CITED_DAY = re.compile(r"ng[aà]y\s+(?P<day>\d{1,2})[/-](?P<month>\d{1,2})[/-](?P<year>(?:19|20)\d\d)")
_TERSE = 30
_AS_ABOVE = re.compile(r"^(?:nhu (?:tren|kinh gui|muc kinh gui)|nhu dieu \d)")


def parse_directive(source: SourceText, *, number: str | None = None, issued_on: date | None = None) -> DirectiveDraft:
    """Read a directive. Never raises on any text; what the text does not say is None or empty.

    ``number`` and ``issued_on`` are what staff say where the head is blank or damaged: days without a year are then
    counted from there.
    """
    lines = lines_of(source.text)
    head = read_head(lines, source.text)
    if number is not None:
        head = replace(head, number=number if "/" in number or not head.suffix else f"{number}/{head.suffix}")
    if issued_on is not None:
        head = replace(head, issued_on=issued_on, reference=issued_on)
    parts = parts_of(lines, head.body_start)
    foot = read_foot(parts.foot)
    reference = head.reference or _latest_cited(source.text) or _NO_DAY
    document = _document(head, foot, parts, source.text)
    rows = table_tasks((*parts.body, *parts.rest), reference)
    blocks = blocks_of(parts.body)
    # Of a long text what was read must not stay beside what is made of it: the lines go now, each duty when it is told.
    parts = replace(parts, body=())
    lines.clear()
    found = gather(blocks, head.kind, reference)
    blocks.clear()
    found.reverse()
    pages = _Pages(source)
    tasks = []
    while found:
        tasks.append(_task(found.pop(), source, head, pages))
    tasks += [_row_task(row, source, pages) for row in rows]
    checked = [_checked(task, head, reference) for task in tasks]
    unread = (f"pages_unread:{','.join(map(str, source.unread))}",) if source.unread else ()
    return DirectiveDraft(document, tuple(checked), (*unread, *_warnings(document, head, parts, tasks)))


def _document(head: Head, foot: Foot, parts: Parts, text: str) -> DocumentDraft:
    ending = " ".join(line.text for line in parts.foot)
    issuer = head.issuer
    if issuer is None or issuer in _NAMES_OF_EVERY_PLACE:
        issuer = issuer_from_text(text, ending, head.suffix, head.place) or issuer
    recipients = foot.recipients
    if head.addressees:
        recipients = (*head.addressees, *(name for name in recipients if not _AS_ABOVE.match(flatten(name))))
    return DocumentDraft(
        kind=head.kind,
        number=head.number,
        issuer=issuer,
        place=head.place,
        issued_on=head.issued_on,
        subject=head.subject,
        signer=foot.signer,
        signer_title=foot.signer_title,
        recipients=recipients,
    )


def _task(entry: Found, source: SourceText, head: Head, pages: _Pages) -> TaskDraft:
    duty, context = entry.duty, entry.item.context
    said = entry.sending or entry
    phrase = said.duty.phrase
    fixed = phrase is not None and (phrase.day or phrase.recurrence_rule or phrase.relative)
    own_text = phrase.text if phrase is not None and fixed and not said.duty.inherited and said is entry else None
    lead, origin = duty.lead, duty.source
    if not lead and head.addressees and duty.how in ("request", "submission"):
        lead, origin = head.addressees, "addressee"
    block = entry.item.block
    told = duty.told if duty.told is not None and duty.words < duty.told <= duty.end else duty.end
    content = statement(block.text[duty.words : told], own_text)
    if duty.start != duty.group and len(content) < _TERSE and "báo cáo" not in content.lower():
        first = block.flat[duty.group : duty.start]
        content = f"Báo cáo {content[:1].lower()}{content[1:]}" if "bao cao" in first else content
    if duty.pending and head.subject and len(content) < _TERSE:
        content = f"{content}: {head.subject}"
    to, via = _addressee(said) if said is entry else _either(_addressee(said), _addressee(entry))
    dated = phrase is not None and bool(phrase.day or phrase.recurrence_rule or phrase.relative)
    soft = phrase is not None and bool(phrase.soft or (phrase.recurrence and not phrase.recurrence_rule))
    damaged = head.number is None and head.issued_on is None
    quote = _quote(entry, source)
    blurred = is_blurred(quote) or (phrase is not None and is_unread(phrase.soft or ""))
    return TaskDraft(
        content=content,
        quote=quote,
        section=context.section,
        page=pages.of(block.places[duty.start]),
        lead=lead,
        cooperate=entry.cooperate or find_cooperation(block.text, block.flat, duty.start, duty.end),
        report_to=to,
        report_via=via,
        confidence=confidence(how=duty.how, source=origin, dated=dated, damaged=damaged, blurred=blurred),
        task_class=propose_class(content, dated=dated, soft=soft),
        why=_why(entry, origin, damaged=damaged, blurred=blurred),
        **_when(phrase),  # type: ignore[arg-type]
    )


def _quote(entry: Found, source: SourceText) -> str:
    """The words of the duty; with its sending when that follows at once, else those of the sending alone."""
    block, duty = entry.item.block, entry.duty
    if entry.tail is not None and entry.tail.places:
        return " ".join(source.text[block.places[duty.start] : entry.tail.places[-1] + 1].split())
    if entry.sending is None:
        return block.quote(source.text, duty.start, duty.end)
    other = entry.sending.item.block
    if entry.sending.index > entry.index + 1:
        return other.quote(source.text, entry.sending.duty.start, entry.sending.duty.end)
    first, final = block.places[duty.start], other.places[entry.sending.duty.end - 1]
    return " ".join(source.text[first : final + 1].split())


def _addressee(entry: Found) -> tuple[str | None, str | None]:
    """To whom and through whom; duties parted by their days share what the first of them says."""
    block, duty = entry.item.block, entry.duty
    own = find_addressee(block.text, block.flat, duty.start, duty.end)
    if duty.start == duty.group or own[0] is not None:
        return own
    return _either(own, find_addressee(block.text, block.flat, duty.group, duty.end))


def _either(
    first: tuple[str | None, str | None], second: tuple[str | None, str | None]
) -> tuple[str | None, str | None]:
    return first[0] or second[0], first[1] or second[1]


def _why(entry: Found, source: str, *, damaged: bool, blurred: bool) -> tuple[Reason, ...]:
    duty, said = entry.duty, (entry.sending or entry).duty
    origin = "; ".join(duty.lead) if source == "own" else duty.origin
    why = [Reason(duty.how), unit_reason(source, origin if duty.lead else "")]
    if said.phrase is not None:
        why.append(deadline_reason(said.phrase))
        if said.inherited:
            why.append(reason("deadline_heading", entry.item.context.deadline_origin))
    if damaged:
        why.append(Reason("damaged"))
    if blurred:
        why.append(Reason("blurred"))
    return tuple(why)


def _when(phrase: DeadlinePhrase | None) -> dict[str, object]:
    if phrase is None:
        return {}
    return {
        "deadline": phrase.day,
        "time": phrase.time,
        "deadline_text": phrase.text,
        "deadline_rule": phrase.rule,
        "soft": phrase.soft,
        "relative": phrase.relative,
        "recurrence": phrase.recurrence,
        "recurrence_rule": phrase.recurrence_rule,
    }


def _row_task(row: TableTask, source: SourceText, pages: _Pages) -> TaskDraft:
    phrase = row.phrase
    dated = phrase is not None and bool(phrase.day or phrase.recurrence_rule or phrase.relative)
    content = statement(row.content, None)
    flat = flatten(row.content)
    to, via = find_addressee(row.content, flat, 0, len(row.content))
    return TaskDraft(
        content=content,
        quote=" ".join(source.text[row.start : row.end].split()),
        section=row.number,
        page=pages.of(row.start),
        lead=row.lead,
        cooperate=row.cooperate,
        report_to=to,
        report_via=via,
        confidence=confidence(how="table", source="own" if row.lead else "", dated=dated, damaged=False),
        task_class=propose_class(content, dated=dated, soft=phrase is not None and phrase.soft is not None),
        why=(
            Reason("table"),
            unit_reason("own" if row.lead else "", "; ".join(row.lead)),
            *((deadline_reason(phrase),) if phrase else ()),
        ),
        **_when(phrase),  # type: ignore[arg-type]
    )


def _checked(task: TaskDraft, head: Head, reference: date) -> TaskDraft:
    """Without a day of issue a date without a year means nothing; a day long past is another document's."""
    day = task.deadline
    if day is None:
        return task
    words = task.deadline_text or ""
    if day.year < _FIRST_YEAR or (head.reference is not None and (reference - day).days > _LATE_DAYS):
        kept = tuple(one for one in task.why if not one.code.startswith("deadline"))
        why = (*kept, reason("deadline_past", words))
        return replace(
            task, deadline=None, deadline_rule=None, time=None, confidence=min(task.confidence, 0.4), why=why
        )
    if (day - reference).days > _FAR_DAYS or day < reference:
        why = (*task.why, reason("deadline_year", words))
        return replace(task, confidence=min(task.confidence, 0.5), why=why)
    return task


class _Pages:
    """Where the pages of a text end."""

    def __init__(self, source: SourceText) -> None:
        paged = len(source.pages) > 1 or source.media_type == "application/pdf"
        self._ends = list(accumulate(len(page) + 1 for page in source.pages)) if paged else []

    def of(self, place: int) -> int | None:
        """The page of an offset, counted from 1; None where the format has no pages."""
        return min(bisect_right(self._ends, place) + 1, len(self._ends)) if self._ends else None


def _latest_cited(text: str) -> date | None:
    """The latest day that a document without a date line cites at its beginning: it was issued after that."""
    days = []
    for match in _CITED_DAY.finditer(text[:3_000]):
        try:
            days.append(date(int(match["year"]), int(match["month"]), int(match["day"])))
        except ValueError:
            continue
    return max(days) if days else None


def _warnings(document: DocumentDraft, head: Head, parts: Parts, tasks: list[TaskDraft]) -> tuple[str, ...]:
    """What staff must look at; ``tasks`` with their days as read, before any was left out as implausible."""
    warnings = []
    if document.number is None:
        warnings.append("no_number")
    if document.issued_on is None:
        warnings.append("no_issue_date")
    if not tasks:
        warnings.append("no_tasks")
    if any(re.search(r"\bcong ho[a-z]* xa hoi", line.flat) for line in parts.rest):
        warnings.append("further_document")
    for task in tasks:
        if task.soft and is_unread(task.soft):
            warnings.append(f"deadline_unread:{task.section or ''}".rstrip(":"))
    dated = [(task, task.deadline) for task in tasks if task.deadline is not None and task.deadline.year >= _FIRST_YEAR]
    for task, day in dated:
        if head.reference is not None:
            if day < head.reference:
                warnings.append(f"deadline_before_issue:{day.isoformat()}")
            elif (day - head.reference).days > _FAR_DAYS:
                warnings.append(f"deadline_far:{day.isoformat()}")
        if not task.lead:
            warnings.append(f"lead_missing:{day.isoformat()}")
    return tuple(dict.fromkeys(warnings))
