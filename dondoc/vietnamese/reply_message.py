"""A reply as its judge holds it: the reading, what figures and days it names, and the occasion it was said on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from dondoc.vietnamese.percent import Percent, find_percent
from dondoc.vietnamese.phrases import Cue, Hit
from dondoc.vietnamese.reading import Reading, read
from dondoc.vietnamese.reply_dates import find_dates
from dondoc.vietnamese.reply_day_words import DatePhrase
from dondoc.vietnamese.reply_questions import DATE, EXTENSION, PERCENT

_COUNTERFACTUAL = re.compile(
    r"tuong (?:la )?(?:chua|khong) (?:[^\s|?]+ ){0,4}?(?=hoa ra |ai ngo |nhung |ma |\|)"
    r"|(?:con |còn )?thieu (?:hom truoc|lan truoc|hom no|dot truoc) "
)
_SOFT_COPY = re.compile(r"(?<!\S)(?:ban|bản|file|va|lan|lẫn) (?:mem|dien tu) ")
_HARD_COPY = re.compile(
    r"(?<!\S)(?:giay|cung|do|ky|dấu|dau)(?: [^\s|?]+){0,3}? (?:va|lan|voi|file|ban|\|) (?:[^\s|?]+ )?(?:mem|dien tu) "
    r"|(?:mem|dien tu) (?:va|lan|voi|ban) (?:[^\s|?]+ )?(?:giay|cung|do|ky|dấu|dau) "
)
_PERFECT = re.compile(r"(?<!\S)(?:da|roi|vua) ")


@dataclass(frozen=True, slots=True)
class Message:
    """One reply, read once."""

    reading: Reading
    line: str
    words: frozenset[str]
    percent: Percent
    dates: tuple[DatePhrase, ...]
    today: date
    deadline: date | None
    question: str | None

    def says(self, *cues: Cue) -> Hit | None:
        """The first of the cues that speaks."""
        for cue in cues:
            if cue.may_speak(self.words) and (hit := cue.find(self.line)):
                return hit
        return None

    def says_all(self, cue: Cue) -> Iterator[Hit]:
        """Every place where the cue speaks."""
        return cue.find_all(self.line) if cue.may_speak(self.words) else iter(())

    def bounds(self, hit: Hit | DatePhrase) -> tuple[int, int]:
        """Where the clause around the hit begins and ends in ``line``."""
        return self.reading.clause(hit.start)

    def clause(self, hit: Hit | DatePhrase) -> str:
        """The clause around the hit, as a line of its own."""
        start, end = self.bounds(hit)
        return f"|{self.line[start:end]}| "

    def beside(self, cue: Cue, hit: Hit | DatePhrase) -> Hit | None:
        """Where the cue speaks in the clause of the hit."""
        if not cue.may_speak(self.words):
            return None
        start, end = self.bounds(hit)
        return cue.find(self.line, start, end + 1)

    def is_perfect(self, hit: Hit | DatePhrase) -> bool:
        """Whether the clause around the hit says "đã", "vừa" or "rồi"."""
        return _PERFECT.search(self.line, *self.bounds(hit)) is not None

    def told(self, hit: Hit | DatePhrase) -> str:
        """The plain words of the hit."""
        return self.line[hit.start : hit.end].strip()

    def why(self, *hits: Hit | None) -> tuple[str, ...]:
        """The hits as explanations: the rule's name and its words."""
        return tuple(f"{hit.cue}: {self.told(hit)}".removesuffix(": ") for hit in hits if hit)


def message_of(text: str, now: datetime, deadline: date | None, question: str | None) -> Message:
    """Read a reply said at ``now``."""
    reading = read(text)
    line = _without_counterfactuals(reading.line)
    percent = find_percent(line, asked=question == PERCENT, bare=question not in (DATE, EXTENSION))
    words = frozenset(line.split())
    dates = tuple(find_dates(line, now, percent.spans, asked=question in (DATE, EXTENSION)))
    return Message(reading, line, words, percent, dates, now.date(), deadline, question)


def _without_counterfactuals(line: str) -> str:
    """The line without what somebody only had thought ("tưởng chưa xong hóa ra …") or what was missing before.

    A soft copy beside the signed one is no part only.
    """
    line = _COUNTERFACTUAL.sub(_blanked, line)
    return _SOFT_COPY.sub(_blanked, line) if _HARD_COPY.search(line) else line


def _blanked(match: re.Match[str]) -> str:
    return "_" * (len(match.group()) - 1) + " "
