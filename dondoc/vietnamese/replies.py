"""What a reply means. Never "done" on doubt: a task moves on only where a careful clerk would move it on this message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from dondoc.vietnamese.phrases import Hit
from dondoc.vietnamese.reply_days import HANDING_IN, asks_for_time, promised, requested
from dondoc.vietnamese.reply_details import codes_in, letters_in, names_everything, obstacle_of, own_document, reason_of
from dondoc.vietnamese.reply_judge import Verdict, judge
from dondoc.vietnamese.reply_message import Message, message_of
from dondoc.vietnamese.reply_questions import DOCUMENT, answer_to

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
    answer = answer_to(question, message.line)
    verdict = Verdict(answer.intent, answer.closes, (answer.why,)) if answer else judge(message)
    document = own_document(message.reading.text, asked=question == DOCUMENT)
    if document and question == DOCUMENT and verdict.intent in ("khong_lien_quan", "hoan_thanh"):
        verdict = Verdict("hoan_thanh", True, ("answer to document",))
    request = asks_for_time(message, done=False) if verdict.intent == "xin_gia_han" else None
    day, clock = _day(message, verdict.intent, request)
    return Reply(
        intent=verdict.intent,
        percent=None if answer else message.percent.value,
        date=day,
        time=clock,
        closes=verdict.closes,
        why=verdict.why,
        reason=_reason(message, verdict.intent, request),
        codes=codes_in(message.reading.text),
        document=document,
        letters=letters_in(message.reading.text),
        everything=names_everything(message.line),
        choice=answer.choice if answer else None,
    )


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
