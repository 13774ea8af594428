"""Replies as JSON lines, for scripts: one object a line in, one object a line out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from dondoc.vietnamese.replies import Reply, understand
from dondoc.vietnamese.reply_questions import QUESTIONS


def understand_lines(lines: Iterable[str], default_now: datetime | None = None) -> Iterator[str]:
    """For each line ``{"text", "now"?, "deadline"?, "question"?}`` a line ``{"intent", "percent", "date", "closes"}``.

    ``now`` is an ISO instant, ``deadline`` an ISO date; a line without ``now`` is taken at ``default_now``, whose zone
    is the office's: instants of other zones are turned into it. Empty lines are skipped. Raises ``ValueError`` with the
    number of the line and what is wrong with it.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                reply = _understand_one(json.loads(line), default_now)
            except ValueError as error:  # json.JSONDecodeError is one too
                raise ValueError(f"line {number}: {error}") from error
            yield json.dumps(_answer(reply), ensure_ascii=False)


def _understand_one(request: object, default_now: datetime | None) -> Reply:
    if not isinstance(request, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 - callers are promised ValueError for every bad line
    text = request.get("text")
    if not isinstance(text, str):
        raise ValueError('"text" is missing or no string')  # noqa: TRY004
    now = _instant(request.get("now")) or default_now
    if now is None:
        raise ValueError('"now" is missing')
    if now.tzinfo and default_now and default_now.tzinfo:
        now = now.astimezone(default_now.tzinfo)
    question = request.get("question")
    if question is not None and question not in QUESTIONS:
        raise ValueError(f'"question" is none of {", ".join(sorted(QUESTIONS))}')
    return understand(text, now, _day(request.get("deadline")), question)


def _instant(written: object) -> datetime | None:
    if written is None:
        return None
    try:
        return datetime.fromisoformat(str(written))
    except ValueError:
        raise ValueError(f'"now" is no ISO instant: {written!r}') from None


def _day(written: object) -> date | None:
    if written is None:
        return None
    try:
        return date.fromisoformat(str(written)[:10])
    except ValueError:
        raise ValueError(f'"deadline" is no ISO date: {written!r}') from None


def _answer(reply: Reply) -> dict[str, object]:
    return {
        "intent": reply.intent,
        "percent": reply.percent,
        "date": reply.date.isoformat() if reply.date else None,
        "closes": reply.closes,
    }
