"""A place in a list of words, for reading phrases one after another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from dondoc.rules.groups import Level
from dondoc.rules.unit_words import Word

Key = tuple[str, ...]
T = TypeVar("T")

LEVELS = {
    "mam non": Level.PRESCHOOL,
    "mau giao": Level.PRESCHOOL,
    "nha tre": Level.PRESCHOOL,
    "tieu hoc": Level.PRIMARY,
    "cap 1": Level.PRIMARY,
    "trung hoc co so": Level.LOWER,
    "cap 2": Level.LOWER,
    "trung hoc pho thong": Level.UPPER,
    "cap 3": Level.UPPER,
    "trung hoc": Level.SECONDARY,
    "pho thong": Level.GENERAL,
}


class Cursor:
    """A place in a list of words that moves forward as phrases are recognised."""

    def __init__(self, words: Sequence[Word], at: int) -> None:
        self.words = words
        self.at = at
        self.last_source = ""

    def peek(self, *phrases: str) -> str:
        """The longest of the phrases that stands here, else an empty string."""
        best = ""
        first = self.words[self.at].text if self.at < len(self.words) else "\0"
        for phrase in phrases:
            if not phrase.startswith(first):
                continue
            parts = phrase.split()
            here = [word.text for word in self.words[self.at : self.at + len(parts)]]
            if here == parts and len(phrase) > len(best):
                best = phrase
        return best

    def take(self, *phrases: str) -> str:
        """Step over the longest of the phrases that stands here and return it."""
        found = self.peek(*phrases)
        if found:
            self.last_source = self.words[self.at].source
            self.at += len(found.split())
        return found

    def take_loosely(self, phrase: str) -> bool:
        """Step over the words of a phrase with any marks and "và" between them."""
        at = self.at
        for i, part in enumerate(phrase.split()):
            while i and at < len(self.words) and self.words[at].text in {",", "-", "–", "&", "/", "va"}:
                at += 1
            if at >= len(self.words) or self.words[at].text != part:
                return False
            at += 1
        self.at = at
        return True

    def back_is(self, text: str) -> bool:
        return self.at > 0 and self.words[self.at - 1].text == text

    def listed(self, table: Mapping[str, T]) -> list[T]:
        """The entries that stand here one after another, with commas, dashes, "và" and "các" between them."""
        found: list[T] = []
        while phrase := self.take(*table):
            found.append(table[phrase])
            kept = self.at
            while self.at < len(self.words) and self.words[self.at].text in {",", "va", "-", "–", "/", "&"}:
                self.at += 1
            self.take("cac")
            if not self.peek(*table):
                self.at = kept
                break
        return found

    def levels(self) -> list[Level]:
        """Levels of schooling one after another; "TH&THCS" is one level of its own."""
        found: list[Level] = []
        while phrase := self.take(*LEVELS):
            level = LEVELS[phrase]
            if level == Level.LOWER and found[-1:] == [Level.PRIMARY] and self._joined(phrase):
                found[-1] = Level.COMBINED
            else:
                found.append(level)
            kept = self.at
            while self.at < len(self.words) and self.words[self.at].text in {",", "va", "-", "–", "/", "&", "+"}:
                self.at += 1
            if self.take("cac") or self.peek("truong"):
                self.take("truong")
            if not self.peek(*LEVELS):
                self.at = kept
                break
        return found

    def _joined(self, phrase: str) -> bool:
        """Whether the level just read hangs on the one before it by "&" or a dash."""
        before = self.at - len(phrase.split()) - 1
        return before >= 0 and self.words[before].text in {"&", "-", "–"}

    def proper_name(self, own: Key) -> Key:
        """A place's name here: the office's own, or words with capital letters."""
        if own and tuple(word.text for word in self.words[self.at : self.at + len(own)]) == own:
            self.at += len(own)
            return own
        start = self.at
        while self.at < len(self.words) and self.at < start + 4:
            word = self.words[self.at]
            if word.is_mark or word.short or not word.capital or word.source.isupper():
                break
            self.at += 1
        return tuple(word.text for word in self.words[start : self.at])

    def inside_name(self) -> bool:
        """Whether a word follows at once, without a mark between."""
        return self.at < len(self.words) and not self.words[self.at].is_mark
