"""A small language for phrases that rules look for, so that word lists read as Vietnamese and not as expressions.

One phrase a line, its places set apart by blanks, matched against ``Reading.line``:

    xin ... lùi|khất|chậm_lại     alternatives; "_" joins the words of one alternative
    [đã] nộp                      a place that may be empty;  {rất|quá} up to five of these words
    nộp .. rồi                    ".." up to two other words of the same clause, "..." up to six
    * rồi                         "*" exactly one word, whatever it is
    ^ chưa $                      the clause begins, the clause ends
    nộp !lại|sau                  not followed by;  ?lại followed by
    ~quên nộp                     not preceded by the word "quên"
    SELF                          a named group;  NUM a number or a date;  # starts a remark
    a|b|                          a row that ends in "|" goes on in the next

A word is found with its marks or without any. "=chờ" is found without marks only where no twin of other meaning is so
written: never as "cho".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from dondoc.vietnamese.marks import PLAIN_AMONG_MARKED, TWINS
from dondoc.vietnamese.text import fold, nfc

_WORD = r"[^\s|?]+ "
_NUMBER = r"\d[^\s|?]*"


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that spoke: its name and the span of the line that made it."""

    cue: str
    start: int
    end: int


class Cue:
    """One thing that words can say, with all the ways of saying it."""

    def __init__(self, name: str, phrases: str, groups: Mapping[str, str] | None = None) -> None:
        self.name = name
        self._pattern = compile_phrases(phrases, groups or {})
        self._needed = _needed_words(phrases, groups or {})

    def may_speak(self, words: Set[str]) -> bool:
        """Whether a line of these words may say it at all: a quick no, never a yes."""
        return self._needed is None or not self._needed.isdisjoint(words)

    def find(self, line: str, start: int = 0, end: int | None = None) -> Hit | None:
        """The first place that says it."""
        match = self._pattern.search(line, start, len(line) if end is None else end)
        return Hit(self.name, match.start(), match.end()) if match else None

    def find_all(self, line: str) -> Iterator[Hit]:
        """Every place that says it."""
        return (Hit(self.name, match.start(), match.end()) for match in self._pattern.finditer(line))


def word_set(words: str) -> frozenset[str]:
    """The words of a list, as they stand."""
    return frozenset(words.split())


def word_forms(words: str) -> frozenset[str]:
    """All forms in which a reading may show the words of a list."""
    return frozenset(form for word in words.split() for form in _forms(word))


def compile_phrases(phrases: str, groups: Mapping[str, str]) -> re.Pattern[str]:
    """One expression for all the phrases. Raises ``ValueError`` on a phrase that is none."""
    ways = ["".join(_place(place, groups) for place in phrase) for phrase in _rows(phrases)]
    return re.compile(r"(?<!\S)(?:" + "|".join(ways) + ")")


def _rows(phrases: str) -> Iterator[list[str]]:
    """The places of each phrase."""
    for row in re.sub(r"\|\s*\n\s*", "|", phrases).strip().splitlines():
        if places := row.split("#", 1)[0].split():
            yield places


def _needed_words(phrases: str, groups: Mapping[str, str]) -> frozenset[str] | None:
    """Words of which a line has at least one if any of the phrases is in it; None where no such words can be told."""
    needed: set[str] = set()
    for places in _rows(phrases):
        choices = [_first_words(place, groups) for place in places if place[0] not in ".*^$[{!?~"]
        told = [choice for choice in choices if choice is not None]
        if not told:
            return None
        needed |= min(told, key=len)
    return frozenset(needed)


def _first_words(place: str, groups: Mapping[str, str]) -> set[str] | None:
    """The words with which the alternatives of a place begin; None where one may begin with any word."""
    words: set[str] = set()
    for alternative in place.split("|"):
        if alternative in groups:
            inner = _first_words("|".join(groups[alternative].split()), groups)
            if inner is None:
                return None
            words |= inner
            continue
        first = alternative.split("_")[0]
        if first in ("NUM", "*"):
            return None
        words |= _forms(first)
    return words


def _place(place: str, groups: Mapping[str, str]) -> str:
    if place in ("..", "..."):
        return rf"(?:{_WORD}){{0,{2 if place == '..' else 6}}}?"
    if place == "*":
        return _WORD
    if place == "^":
        return r"(?<=\| )"
    if place == "$":
        return r"(?=[|?])"
    if place[0] == "[" and place[-1] == "]":
        return f"(?:{_alternatives(place[1:-1], groups)} )?"
    if place[0] == "{" and place[-1] == "}":
        return f"(?:{_alternatives(place[1:-1], groups)} ){{0,5}}?"  # bounded: "xã em" can be taken as one or as two
    if place[0] == "!":
        return f"(?!{_alternatives(place[1:], groups)} )"
    if place[0] == "?":
        return f"(?={_alternatives(place[1:], groups)} )"
    if place[0] == "~":
        return "".join(f"(?<!{re.escape(form)} )" for word in place[1:].split("|") for form in sorted(_forms(word)))
    if any(sign in place for sign in "[]{}()"):
        raise ValueError(f"not a place of a phrase: {place}")
    return f"{_alternatives(place, groups)} "


def _alternatives(written: str, groups: Mapping[str, str]) -> str:
    ways: list[str] = []
    for alternative in written.split("|"):
        if alternative == "NUM":
            ways.append(_NUMBER)
        elif alternative in groups:
            ways.append(_alternatives("|".join(groups[alternative].split()), groups))
        elif alternative.isupper() and len(alternative) > 2:
            raise ValueError(f"unknown group {alternative}")
        else:
            ways.append(" ".join(_any_form(word) for word in alternative.split("_")))
    ways.sort(key=len, reverse=True)
    return "(?:" + "|".join(ways) + ")"


def _any_form(word: str) -> str:
    if word == "NUM":
        return _NUMBER
    if word == "*":
        return _WORD[:-1]
    forms = sorted(re.escape(form) for form in _forms(word))
    return forms[0] if len(forms) == 1 else "(?:" + "|".join(forms) + ")"


def _forms(word: str) -> set[str]:
    """How a reading may show the word."""
    exact = word.startswith("=")
    plain = nfc(word.removeprefix("="))
    meant = TWINS.get(plain) or (PLAIN_AMONG_MARKED.get(plain) if plain.isascii() else None) or fold(plain)
    return {meant} if exact else {meant, fold(plain)}
