"""``dondoc understand``: what a reply means, one JSON object a line in and out."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dondoc.bot.command import FAILED, settings_of_process, tell

if TYPE_CHECKING:
    from dondoc.rules.clock import Clock


@dataclass(frozen=True, slots=True)
class _Question:
    text: str
    now: datetime
    deadline: date | None
    question: str | None


def understand(
    as_json: Annotated[bool, typer.Option("--json", help="Answer with one JSON object a line.")] = False,
) -> None:
    """Read replies from stdin and say what each means.

    A line is a JSON object {"text", "now", "deadline"?, "question"?}, or without --json also a bare message. The answer
    is {"intent", "percent", "date", "closes"}. A line that cannot be read is named on stderr and gets no answer.
    """
    from dondoc.vietnamese.replies import understand as read_reply

    clock = settings_of_process().clock()
    refused = 0
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            asked = _parse(line, clock, bare=not as_json)
        except ValueError as error:
            tell(f"line {number}: {error}")
            refused += 1
            continue
        reply = read_reply(asked.text, asked.now, asked.deadline, asked.question)
        answer: dict[str, Any] = {
            "intent": reply.intent,
            "percent": reply.percent,
            "date": reply.date.isoformat() if reply.date else None,
            "closes": reply.closes,
        }
        words = " ".join(f"{key}={'–' if value is None else value}" for key, value in answer.items())
        sys.stdout.write((json.dumps(answer, ensure_ascii=False) if as_json else words) + "\n")
        # Whoever feeds one line at a time waits for its answer.
        sys.stdout.flush()
    if refused:
        raise typer.Exit(FAILED)


def _parse(line: str, clock: Clock, *, bare: bool) -> _Question:
    """The question in a line. Raises ValueError."""
    if bare and not line.lstrip().startswith("{"):
        return _Question(line.strip(), clock.now(), None, None)
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"no JSON: {error.msg}") from None
    text = data.get("text") if isinstance(data, dict) else None
    if not isinstance(text, str):
        raise ValueError('a JSON object with "text" is expected')  # noqa: TRY004
    now, deadline, question = (data.get(name) for name in ("now", "deadline", "question"))
    return _Question(
        text,
        _instant(str(now), clock) if now else clock.now(),
        date.fromisoformat(str(deadline)[:10]) if deadline else None,
        str(question) if question is not None else None,
    )


def _instant(text: str, clock: Clock) -> datetime:
    """An ISO instant in the office's zone, where "mai" and "thứ 6" are counted."""
    instant = datetime.fromisoformat(text)
    return instant.astimezone(clock.zone) if instant.tzinfo else instant.replace(tzinfo=clock.zone)
