"""What a reply means. Never "done" on doubt: a task moves on only where a careful clerk would move it on this message."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from dondoc.vietnamese.phrases import Hit
from dondoc.vietnamese.reply_days import HANDING_IN, asks_for_time, promised, requested
from dondoc.vietnamese.reply_details import (
    codes_in,
    letters_in,
    names_everything,
    obstacle_of,
    own_document,
    reason_of,
)
from dondoc.vietnamese.reply_doubts import DOUBTS
from dondoc.vietnamese.reply_judge import Verdict, judge
from dondoc.vietnamese.reply_message import Message, message_of
from dondoc.vietnamese.reply_questions import DOCUMENT, EXTENSION, OBSTACLE, WHICH_TASK, answer_to, choice_in

INTENTS = (
    "hoan_thanh",
    "dang_lam",
    "chua_lam",
    "xin_gia_han",
    "vuong_mac",
    "tra_lai",
    "hoi_lai",
    "xac_nhan",
    "khong_lien_quan",
)
"""Done, under way, not begun, asks for time, an obstacle, not ours, asks back, a nod, nothing of the task."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a message says about the task it answers.

    ``intent`` is one of ``INTENTS``. ``percent`` is 0 to 100; ``date`` the day promised or asked for, with ``time`` if
    an hour is said; ``closes`` whether this message alone moves the task to "chờ xác nhận"; ``why`` the rules that
    spoke, with the words; ``reason`` of an extension or an obstacle, as written; ``codes`` of tasks as NV-012;
    ``document`` the number of the unit's own document, as written; ``letters`` picked from a list; ``everything``
    "cả 3 việc" (asked back once, so it never closes); ``choice`` the number picked from the last question.
    """

    intent: str
    percent: int | None = None
    date: date | None = None
    time: time | None = None
    closes: bool = False
    why: tuple[str, ...] = ()
    reason: str | None = None
    codes: tuple[str, ...] = ()
    document: str | None = None
    letters: tuple[str, ...] = ()
    everything: bool = False
    choice: int | None = None


def understand(text: str, now: datetime, deadline: date | None = None, question: str | None = None) -> Reply:
    """What ``text`` means, said at ``now`` (the office's local time) about a task due on ``deadline``.

    ``question`` names what the bot asked last (see ``reply_questions``). Raises ``ValueError`` on an unknown question,
    never on any text.
    """
    message = message_of(text, now, deadline, question)
    mentioned = Reply(
        intent="khong_lien_quan",
        codes=codes_in(message.reading.text),
        document=own_document(message.reading, asked=question == DOCUMENT),
        letters=letters_in(message.reading.text),
        everything=names_everything(message.line),
        choice=choice_in(message.line),
    )
    if answer := answer_to(question, message.line):
        return replace(mentioned, intent=answer.intent, closes=answer.closes, why=(answer.why,), choice=answer.choice)
    verdict = _in_answer(message, mentioned, judge(message))
    request = _request(message, question) if verdict.intent == "xin_gia_han" else None
    day, clock = _day(message, verdict.intent, request)
    return replace(
        mentioned,
        intent=verdict.intent,
        percent=message.percent.value,
        date=day,
        time=clock,
        closes=verdict.closes,
        why=verdict.why,
        reason=_reason(message, verdict.intent, request),
    )


_OPEN_ANSWERS = {OBSTACLE: "vuong_mac", EXTENSION: "xin_gia_han"}
_NOT_SAID_OTHERWISE = ("khong_lien_quan", "chua_lam", "dang_lam", "vuong_mac")


def _in_answer(message: Message, mentioned: Reply, verdict: Verdict) -> Verdict:
    """The verdict in the light of the open question that the message answers."""
    question, intent = message.question, verdict.intent
    if question in _OPEN_ANSWERS and intent in _NOT_SAID_OTHERWISE:
        return Verdict(_OPEN_ANSWERS[question], False, (f"answer to {question}", *verdict.why))
    if question == DOCUMENT and mentioned.document and intent in ("khong_lien_quan", "hoan_thanh"):
        doubt = message.says(*DOUBTS)
        # Wherever a question mark stands, also torn from its sentence: a number that is asked about is not told.
        closes = doubt is None and "?" not in message.reading.text
        return Verdict("hoan_thanh", closes, ("answer to document", *message.why(doubt)))
    picked = mentioned.letters or mentioned.codes or mentioned.everything or mentioned.choice is not None
    if question == WHICH_TASK and picked and intent == "khong_lien_quan":
        return Verdict("xac_nhan", False, ("answer to which_task",))
    return verdict


def _request(message: Message, question: str | None) -> Hit | None:
    hit = asks_for_time(message, done=False)
    if hit is None and question == EXTENSION and message.dates:
        return Hit("answer to extension", message.dates[-1].start, message.dates[-1].end)
    return hit


def _day(message: Message, intent: str, request: Hit | None) -> tuple[date | None, time | None]:
    if intent == "xin_gia_han":
        return requested(message, request)
    phrase = promised(message)
    if phrase and (
        intent == "dang_lam" or (intent in ("chua_lam", "vuong_mac") and message.beside(HANDING_IN, phrase))
    ):
        return phrase.day, phrase.clock
    return None, None


def _reason(message: Message, intent: str, request: Hit | None) -> str | None:
    if intent == "xin_gia_han":
        return reason_of(message.reading, request)
    return obstacle_of(message.reading) if intent == "vuong_mac" else None
