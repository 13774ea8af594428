"""Several drafts made one, one made several: nothing of the source's words is lost, and no deadline is made up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from dondoc.directives.classify import propose_class
from dondoc.directives.draft_edits import Answered, Draft, Option, Question, Refused, Unsettled
from dondoc.directives.drafts import TaskClass
from dondoc.directives.duty_words import VERB_AT
from dondoc.directives.layout import flatten
from dondoc.directives.reasons import Reason, reason
from dondoc.directives.sentences import clauses, sentences
from dondoc.directives.statement import statement
from dondoc.vietnamese.deadlines import find_deadlines
from dondoc.vietnamese.text import shorten, strip_marks
from dondoc.vietnamese.words import lower_first

_SHORTEST = 12
_OFFERED = 6
_MAY_CUT = re.compile(r",\s+(?:và\s+|đồng thời\s+)?|\s+(?:và|đồng thời)\s+")
_LOOSE_END = re.compile(r"(?:[\s,;]|\s(?:và|đồng thời))+$")
_LETTER = re.compile(r"[^\W\d_]")

# --- merging ---------------------------------------------------------------------------------------------------------


def merged(drafts: Mapping[int, Draft], answers: Answered) -> Draft:
    """One draft of several, by number; what they differ in is asked. Raises Unsettled, and Refused for a single one."""
    if len(drafts) < 2:
        raise Refused("alone")
    some = [drafts[number] for number in sorted(drafts)]
    first = some[0]
    dated = _chosen(drafts, "deadline", answers)
    lead = _union(draft.lead for draft in some)
    classes: set[TaskClass] = {draft.task_class for draft in some}
    undated: TaskClass = "product" if classes & {"product", "dated"} else "standing"
    return replace(
        first,
        content=_joined_content(some),
        quote=_joined_quote(some),
        task_class="dated" if dated.deadline else undated,
        deadline=dated.deadline,
        deadline_rule=dated.deadline_rule,
        deadline_time=dated.deadline_time,
        deadline_text=dated.deadline_text,
        lead=lead,
        cooperate=tuple(name for name in _union(draft.cooperate for draft in some) if name not in lead),
        report_to=_chosen(drafts, "report_to", answers).report_to,
        report_via=_chosen(drafts, "report_via", answers).report_via,
        urgent=any(draft.urgent for draft in some),
        confidence=min((draft.confidence for draft in some if draft.confidence is not None), default=None),
        why=(
            *dict.fromkeys(one for draft in some for one in draft.why),
            Reason("staff_merged", ", ".join(map(str, sorted(drafts)))),
        ),
    )


def _chosen(drafts: Mapping[int, Draft], name: str, answers: Answered) -> Draft:
    """The draft whose deadline, receiver or way is kept: the only one that has any, or the one that staff choose."""
    having = {number: draft for number, draft in sorted(drafts.items()) if getattr(draft, name) is not None}
    if not having:
        return next(iter(drafts.values()))
    different = {_value(draft, name): number for number, draft in reversed(having.items())}
    if len(different) == 1:
        return next(iter(having.values()))
    kind, numbers = f"merge_{name}", sorted(different.values())
    key = f"{kind}:{','.join(map(str, sorted(drafts)))}"
    chosen = answers.get(key)
    if chosen in numbers:
        return drafts[chosen]
    raise Unsettled(Question(kind, ", ".join(map(str, numbers)), key, tuple(Option(number) for number in numbers)))


def _value(draft: Draft, name: str) -> object:
    if name == "deadline":
        return draft.deadline, draft.deadline_rule, draft.deadline_time
    return getattr(draft, name)


def _union(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for names in lists for name in names))


def _joined_content(some: Sequence[Draft]) -> str:
    parts: list[str] = []
    for draft in some:
        content = draft.content.rstrip(" .;")
        if content and content not in parts:
            parts.append(content)
    return "; ".join([*parts[:1], *map(lower_first, parts[1:])])


def _joined_quote(some: Sequence[Draft]) -> str:
    """The words of each, a line each; once where two drafts were cut from the same sentence."""
    lines: list[str] = []
    for draft in some:
        if draft.quote and not any(draft.quote in line for line in lines):
            lines = [line for line in lines if line not in draft.quote] + [draft.quote]
    return "\n".join(lines)


# --- splitting -------------------------------------------------------------------------------------------------------


def parts(number: int, draft: Draft, at: str, reference: date, answers: Answered) -> list[Draft]:
    """The draft in parts: cut before the words ``at``, or where its sentences and clauses part.

    Where it has only one clause the place is asked. Days without a year are counted from ``reference``. Raises Unsettled,
    and Refused for words that are not in it.
    """
    text = draft.quote or draft.content
    key = f"split:{number}"
    at = at or str(answers.get(key, ""))
    pieces = _cut_before(text, at) if at else _clauses(text)
    if len(pieces) < 2:
        options = tuple(Option(words, shorten(words, 60)) for words in _places(text))
        if not options:
            raise Refused("nothing_to_split", str(number))
        raise Unsettled(Question("split", str(number), key, options))
    return [_part(number, draft, piece, reference) for piece in pieces]


def _clauses(text: str) -> list[str]:
    spans = [
        clause
        for line in re.finditer(r"[^\n]+", text)
        for start, end in sentences(line.group())
        for clause in clauses(text, line.start() + start, line.start() + end)
    ]
    pieces: list[tuple[int, int]] = []
    for start, end in spans:
        if pieces and (end - start < _SHORTEST or not _LETTER.search(text[start:end])):
            pieces[-1] = (pieces[-1][0], end)
        else:
            pieces.append((start, end))
    return [text[start:end] for start, end in pieces]


def _places(text: str) -> list[str]:
    """The words of every part that may begin inside a clause: those with a verb at their front."""
    flat = flatten(text)
    found = []
    for match in _MAY_CUT.finditer(text):
        if len(flat) == len(text) and VERB_AT.match(flat, match.end()) and len(text) - match.end() >= _SHORTEST:
            words = text[match.end() :].split("\n")[0]
            found.append(" ".join(words.split()[:8]))
    return [words for words in dict.fromkeys(found) if _find(text, words) is not None][:_OFFERED]


def _cut_before(text: str, at: str) -> list[str]:
    place = _find(text, at)
    if place is None:
        raise Refused("words_not_found", at)
    first, second = _LOOSE_END.sub("", text[:place]), text[place:].strip()
    if not _LETTER.search(first) or not _LETTER.search(second):
        raise Refused("words_not_found", at)
    return [first, second]


def _find(text: str, words: str) -> int | None:
    """Where the words stand, whatever their case, marks and blanks."""
    pattern = r"\s+".join(re.escape(word) for word in strip_marks(words).lower().split())
    match = re.search(pattern, strip_marks(text).lower()) if pattern else None
    return match.start() if match else None


def _part(number: int, draft: Draft, piece: str, reference: date) -> Draft:
    """A day of its own is the part's; without one it has the day of the whole."""
    phrases = [phrase for phrase in find_deadlines(piece, reference) if phrase.day is not None]
    own = phrases[0] if len({phrase.day for phrase in phrases}) == 1 else None
    content = statement(piece, own.text if own else None)
    dated = replace(draft, content=content, quote=piece, why=(*draft.why, reason("staff_split", str(number))))
    if own is not None:
        dated = replace(
            dated,
            deadline=own.day,
            deadline_rule=own.rule,
            deadline_time=own.time,
            deadline_text=own.text,
        )
    if dated.deadline is not None:
        return replace(dated, task_class="dated")
    return replace(dated, task_class=propose_class(content, dated=False, soft=draft.task_class == "product"))
