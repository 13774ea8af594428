"""What a message means, in the order of a clerk's thoughts.

Is this person ours, is the task theirs, do they protest, ask for time, tell of an obstacle, ask something; only then
how far the work is. "Done" closes a task only where nothing in the message casts doubt on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from dondoc.vietnamese import reply_doubts as doubts
from dondoc.vietnamese import reply_matters as matters
from dondoc.vietnamese import reply_progress as progress
from dondoc.vietnamese import reply_talk as talk
from dondoc.vietnamese.phrases import Hit
from dondoc.vietnamese.reply_closing import strange_thing, unexplained
from dondoc.vietnamese.reply_day_words import DatePhrase
from dondoc.vietnamese.reply_days import HANDING_IN, PROMISE, asks_for_time, promised
from dondoc.vietnamese.reply_message import Message
from dondoc.vietnamese.reply_strangers import OFF_TOPIC, ORDERED, WRONG_PERSON

_SOON = 60
"""Days within which a day without its year lies ahead; further ahead it is one of the past, told without its year."""
_SHORT = 7
"""Words (and bars) of a question so short that it needs no word of the work to be about it: "gì vậy em?"."""
_LONGEST = 600
"""Letters of a line beyond which a message is a pasted document: it may mean anything, and closes nothing."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a message means, whether it closes the task, and the rules that said so."""

    intent: str
    closes: bool
    why: tuple[str, ...]


def judge(message: Message) -> Verdict:
    """The meaning of a message that is no mere choice from a list."""
    if verdict := _without_words(message):
        return verdict
    done = own_done(message)
    for step in (_of_strangers, _of_what_the_office_decides, _of_talk):
        if verdict := step(message, done):
            return verdict
    return _how_far(message, done)


def own_done(message: Message) -> Hit | None:
    """ "Done" said of one's own work: not of another unit's, of another task, of something private; not denied."""
    for hit in message.says_all(progress.DONE):
        if _overlap(hit, message.beside(progress.NOT_BEGUN, hit)):  # "đã nộp đâu"
            continue
        if not (message.beside(doubts.OTHERS, hit) or message.beside(OFF_TOPIC, hit)):
            return hit
    return Hit("100%", 0, 0) if message.percent.value == 100 else None


def _without_words(message: Message) -> Verdict | None:
    written = message.reading.text.lower()
    if _NOTHING.fullmatch(message.line):
        polite = _POLITE.search(written) is not None
        return Verdict("xac_nhan" if polite else "khong_lien_quan", False, ("no words",))
    if _VOCATIVES_ONLY.fullmatch(message.line) and _POLITE.match(written):
        return Verdict("xac_nhan", False, ("polite words only",))
    return None


_NOTHING = re.compile(r"[|?\s]*")
_POLITE = re.compile(r"\b(?:dạ|da|vâng|ạ)\b")
_VOCATIVES_ONLY = re.compile(r"\|(?: (?:anh|chi|em|co|thay|sep|bac|chu|dong))+ \| ")


def _of_strangers(message: Message, done: Hit | None) -> Verdict | None:
    if (hit := message.says(WRONG_PERSON)) and not message.says(matters.OBSTACLE):
        return Verdict("khong_lien_quan", False, message.why(hit))
    if message.says(matters.NOT_OURS):
        return None
    if (hit := message.says(OFF_TOPIC)) and not done and not asks_for_time(message, done=False):
        return Verdict("khong_lien_quan", False, message.why(hit))
    if (hit := message.says(ORDERED)) and not (done and message.is_perfect(done)):
        return Verdict("khong_lien_quan", False, message.why(hit))
    return None


def _of_what_the_office_decides(message: Message, done: Hit | None) -> Verdict | None:
    if hit := message.says(talk.NIL_ASKED):
        return Verdict("hoi_lai", False, message.why(hit))
    if hit := message.says(talk.NIL):
        doubt = message.says(doubts.HEARSAY, progress.AHEAD, doubts.OTHERS)
        if doubt is None and "?" in message.line:
            doubt = Hit("question mark", 0, 0)
        return Verdict("hoan_thanh", doubt is None, message.why(hit, doubt))
    if hit := message.says(matters.NOT_OURS):
        return Verdict("tra_lai", False, message.why(hit))
    if hit := message.says(talk.PROTEST):
        return Verdict("hoi_lai", False, message.why(hit, done))
    if hit := asks_for_time(message, done=done is not None):
        return Verdict("xin_gia_han", False, message.why(hit))
    if (hit := message.says(matters.OBSTACLE)) and not (done and _is_overcome(message, hit, done)):
        return Verdict("vuong_mac", False, message.why(hit))
    return None


def _is_overcome(message: Message, trouble: Hit, done: Hit) -> bool:
    """Whether the trouble is told as gone: "hôm qua mạng lỗi, giờ nộp được rồi"."""
    if message.says(matters.OVERCOME):
        return True
    start, end = message.bounds(trouble)
    gone = any(phrase.past and start <= phrase.start < end for phrase in message.dates)
    return gone and message.is_perfect(done) and message.bounds(done) != (start, end)


def _of_talk(message: Message, done: Hit | None) -> Verdict | None:
    asked = _asks(message)
    if asked is None:
        return None
    if len(message.line.split()) > _SHORT and not message.says(talk.OF_THE_OFFICE):
        return Verdict("khong_lien_quan", False, ("a question about something else", *message.why(asked)))
    unfinished = message.says(progress.UNDER_WAY, progress.PART_ONLY, progress.NOT_BEGUN)
    if done and not unfinished and message.bounds(done) != message.bounds(asked):
        return Verdict("hoan_thanh", False, message.why(done, asked))
    return Verdict("hoi_lai", False, message.why(asked))


def _asks(message: Message) -> Hit | None:
    hit = message.says(talk.INFORMATION, talk.QUESTION)
    if hit is None or _is_idle(message, hit):
        hit = _asking_word(message)
    mark = message.line.find("?")
    if hit is None and mark >= 0 and not promised(message):
        return Hit("question mark", mark, mark + 1)
    return None if mark < 0 and message.says(talk.CONDITION) else hit


def _asking_word(message: Message) -> Hit | None:
    """A word that asks, and that no "không" or "chưa" before it has turned into "nothing", "nobody"."""
    for hit in message.says_all(talk.ASKING_WORD):
        start, end = message.bounds(hit)
        if _is_idle(message, hit):
            continue
        if "?" in message.line[start:end] or not _NEGATION.search(message.line, start, hit.start):
            return hit
    return None


_NEGATION = re.compile(r"(?<!\S)(?:khong|chua|chang|chẳng|chả|het|khoi|bat ky) ")


def _is_idle(message: Message, hit: Hit) -> bool:
    """Whether the words are those of "not begun" ("ai dè chưa", "làm gì đâu") and no question mark follows."""
    start, end = message.bounds(hit)
    return "?" not in message.line[start:end] and _overlap(hit, message.beside(progress.NOT_BEGUN, hit))


def _overlap(hit: Hit, other: Hit | None) -> bool:
    return other is not None and other.start < hit.end and hit.start < other.end


def _how_far(message: Message, done: Hit | None) -> Verdict:
    percent = message.percent.value
    if percent == 0:
        return Verdict("chua_lam", False, (f"percent: {message.percent.words}",))
    partial = percent is not None and percent < 100
    day = promised(message)
    idle = _idle(message)
    begun = message.says(progress.UNDER_WAY, progress.PART_ONLY)
    hearsay = message.says(doubts.HEARSAY)
    if done and hearsay and not (partial or day or idle or message.says(progress.UNDER_WAY)):
        return Verdict("hoan_thanh", False, message.why(done, hearsay))
    if idle:
        coming = day is not None and message.beside(HANDING_IN, day) is not None
        if done or begun or partial or (not message.says(progress.NO_START) and (coming or _worked(message, idle))):
            return Verdict("dang_lam", False, message.why(idle, done, begun))
        return Verdict("chua_lam", False, message.why(idle))
    if waiting := message.says(matters.WAITING):
        on_the_way = done or partial or day or message.says(progress.PART_ONLY)
        return Verdict("dang_lam" if on_the_way else "vuong_mac", False, message.why(waiting))
    if begun or partial or day:
        told = (f"percent: {message.percent.words}",) if partial else ()
        coming_day = Hit("a day to come", day.start, day.end) if day else None
        return Verdict("dang_lam", False, message.why(begun, coming_day) + told)
    ahead = message.says(progress.FINISH_THEN_SEND, progress.AHEAD)
    if ahead and (not done or ahead.cue == progress.FINISH_THEN_SEND.name or not message.is_perfect(done)):
        return _ahead(message, ahead)
    return _finished(message, done) if done else _faint(message)


def _worked(message: Message, idle: Hit) -> bool:
    return not _overlap(idle, message.says(progress.WORKED)) and message.says(progress.WORKED) is not None


def _idle(message: Message) -> Hit | None:
    """ "Not begun", unless it is only not checked, seen or remembered."""
    for hit in message.says_all(progress.NOT_BEGUN):
        if not (_UNCHECKED.search(message.line, hit.start, hit.end) and message.says(progress.DONE)):
            return hit
    return None


_UNCHECKED = re.compile(r"chua (?:\S+ )*(?:kiem tra|xem|thay|biet|coi) |khong nho ")


def _ahead(message: Message, ahead: Hit) -> Verdict:
    """To come: a nod where it is about noting and passing on, under way where it is about handing in."""
    nod = message.says(talk.ACKNOWLEDGED)
    if not message.beside(HANDING_IN, ahead) and (nod or not message.beside(PROMISE, ahead)):
        return Verdict("xac_nhan", False, message.why(nod or ahead))
    return Verdict("dang_lam", False, message.why(ahead))


def _finished(message: Message, done: Hit) -> Verdict:
    overcome = message.says(matters.OVERCOME)
    if not overcome and (broken := message.says(doubts.BROKEN)):
        return Verdict("dang_lam", False, message.why(broken))
    if (step := message.says(doubts.PREPARED)) and message.bounds(step) == message.bounds(done):
        return Verdict("dang_lam", False, message.why(step))
    casting = [cue for cue in doubts.DOUBTS if not (overcome and cue is doubts.BROKEN)]
    doubt = message.says(*casting) or strange_thing(message.line) or unexplained(message.line, done)
    if doubt is None and (coming := _day_to_come(message)):
        doubt = Hit("a day to come", coming.start, coming.end)
    if doubt is None and len(message.line) > _LONGEST:
        doubt = Hit("too long for a reply", 0, 0)
    if doubt and doubt.cue == doubts.OTHERS.name and message.beside(talk.ACKNOWLEDGED, doubt):
        return Verdict("xac_nhan", False, message.why(doubt))
    return Verdict("hoan_thanh", doubt is None, message.why(done, doubt))


def _day_to_come(message: Message) -> DatePhrase | None:
    """A day of the next weeks: "đã nộp ngày 30/6" before that day is not said of something done."""
    soon = message.today + timedelta(days=_SOON)
    return next((p for p in message.dates if not p.past and p.day and message.today < p.day <= soon), None)


def _faint(message: Message) -> Verdict:
    """What is left when nothing clear was said."""
    nod = message.says(talk.ACKNOWLEDGED)
    if hit := message.says(talk.NIL_FACT):
        return Verdict("hoan_thanh", False, message.why(hit))
    if hit := message.says(matters.ELSEWHERE):
        return Verdict("tra_lai", False, message.why(hit))
    if hit := message.says(matters.TROUBLE):
        return Verdict("vuong_mac", False, message.why(hit))
    if "chua " in message.line:
        return Verdict("chua_lam", False, ("not yet something",))
    if (hit := message.says(progress.DONE_WEAK)) and not nod:
        return Verdict("hoan_thanh", False, message.why(hit))
    if nod:
        return Verdict("xac_nhan", False, message.why(nod))
    if hit := message.says(progress.DONE):  # another unit's, another task's: good for asking
        return Verdict("hoan_thanh", False, message.why(hit, message.says(doubts.OTHERS)))
    if hit := message.says(progress.LEFT_OVER):
        return Verdict("dang_lam", False, message.why(hit))
    return Verdict("khong_lien_quan", False, ("no rule spoke",))
