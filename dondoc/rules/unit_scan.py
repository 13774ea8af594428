"""Goes through words and finds the units and groups that they name, one after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from dondoc.rules.group_grammar import GroupReader
from dondoc.rules.groups import Group, Noun
from dondoc.rules.unit_index import Hit, UnitIndex, is_head, with_locality
from dondoc.rules.unit_words import CONNECTORS, MARKS_INSIDE_NAMES, Word, marks_of
from dondoc.vietnamese.text import strip_marks

# Words around names that name nothing themselves.
_FILLERS = tuple(tuple(phrase.split()) for phrase in (
    "đối với", "giao cho", "giao", "cho", "đề nghị", "yêu cầu", "kính gửi", "gửi", "đồng thời", "bao gồm", "gồm cả", "gồm",
    "kể cả", "và cả", "cả", "như sau", "sau đây", "sau", "tất cả", "toàn bộ", "các", "những", "hai", "ba", "đại diện",
    "đồng chí", "hiệu trưởng", "phó hiệu trưởng", "ban giám hiệu", "thủ trưởng", "chủ tịch", "trưởng", "trường", "lãnh đạo",
    "giám đốc", "người đứng đầu", "bí thư", "văn thư", "nhà trường", "đơn vị", "thầy", "cô", "cấp", "thuộc", "trên địa bàn",
))  # fmt: skip
_EXCEPT = tuple(
    tuple(phrase.split()) for phrase in ("ngoại trừ", "trừ", "không bao gồm", "không gồm", "không kể", "chưa kể")
)
_TITLES = (("tất", "cả"), ("các",), ("những",), ("trường",), ("toàn", "bộ"))
_LISTING = frozenset({"gom", "sau", ":"})
_ENDS_OF_LIST = frozenset({"\n", ";", ":", "(", ")", "."})


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of words: a unit (``hit``), a group, or neither: words that were not understood.

    ``minus`` says that it stands after "trừ"; ``heading`` that the members of the group are listed after it.
    """

    start: int
    end: int
    hit: Hit | None = None
    group: Group | None = None
    minus: bool = False
    heading: bool = False

    @property
    def is_known(self) -> bool:
        return self.hit is not None or self.group is not None


class Scanner:
    """Finds mentions with one registry's names."""

    def __init__(self, index: UnitIndex, reader: GroupReader) -> None:
        self._index = index
        self._reader = reader

    def all(self, words: Sequence[Word]) -> list[Mention]:
        """Every stretch of the words, in order, where nothing but units is expected."""
        found: list[Mention] = []
        minus = False
        head: tuple[str, ...] = ()
        at = _enumeration(words)
        while at < len(words):
            word = words[at]
            if word.is_mark:
                if word.text == ":" and found and found[-1].group:
                    found[-1] = replace(found[-1], heading=True)
                if word.text == ")":
                    minus = False
                if word.text in _ENDS_OF_LIST - {";"}:
                    head = ()
                at += 1
                continue
            if size := _phrase(words, at, _EXCEPT):
                minus = True
                at += size
                continue
            mention = self.at(words, at, head)
            if mention:
                found.append(replace(mention, minus=minus))
                head = mention.hit.head if mention.hit else ()
                at = mention.end
                continue
            unknown = bool(found) and not found[-1].is_known and found[-1].end == at
            if not unknown and not word.short and (size := _phrase(words, at, _FILLERS)):
                if any(word.text in _LISTING for word in words[at : at + size]) and found and found[-1].group:
                    found[-1] = replace(found[-1], heading=True)
                at += size
                continue
            if unknown:
                found[-1] = replace(found[-1], end=at + 1)
            else:
                found.append(Mention(at, at + 1))
            head = ()
            at += 1
        return _share_scope(_doubt_neighbours(_join_unknown(found, words)))

    def at(self, words: Sequence[Word], at: int, head: tuple[str, ...] = ()) -> Mention | None:
        """The unit or group that begins at a word, whichever reaches further."""
        group = self._reader.read(words, at)
        start = at
        hit: Hit | None = None
        while start < len(words) and not is_head(words[start]):
            hit = self._index.at(words, start, head)
            size = _phrase(words, start, _TITLES)
            if hit or not size:
                break
            start += size
        if hit:
            hit = with_locality(hit, words, self._reader.home)
        if hit and (group is None or hit.end > group[0]) and not _only_title(words, at, start, hit):
            return Mention(at, hit.end, hit=hit)
        if group:
            return Mention(at, group[0], group=group[1])
        return None


def _only_title(words: Sequence[Word], at: int, start: int, hit: Hit) -> bool:
    """Whether words like "các" would be swallowed before something that is no unit for certain."""
    return start > at and not hit.sure and words[at].text != "truong"


def _enumeration(words: Sequence[Word]) -> int:
    """The place after a bullet or a number that begins the text: "2.1. Phòng …", "a) …", "- …"."""
    at = 0
    while at < len(words) and (
        words[at].is_mark
        or (
            len(words[at].source) <= 3
            and at + 1 < len(words)
            and words[at + 1].text in {".", ")"}
            and not words[at].short
        )
    ):
        at += 1
    return at


def _phrase(words: Sequence[Word], at: int, phrases: Sequence[tuple[str, ...]]) -> int:
    """How many words the longest of the phrases takes here, 0 if none stands here; "Giáo" is not "giao"."""
    best = 0
    for phrase in phrases:
        here = words[at : at + len(phrase)]
        if len(phrase) > best and len(here) == len(phrase) and all(map(_is_word, here, phrase)):
            best = len(phrase)
    return best


def _is_word(word: Word, marked: str) -> bool:
    bare = _bare(marked)
    return word.text == bare and (
        word.short or word.source.lower() == word.text or marks_of(word.source) == marks_of(marked)
    )


@lru_cache(maxsize=256)
def _bare(text: str) -> str:
    return strip_marks(text)


def _join_unknown(found: Sequence[Mention], words: Sequence[Word]) -> list[Mention]:
    """Unknown words with only a dash or "và" between are one unknown name: "Phòng Văn hóa và Thông tin"."""
    joined: list[Mention] = []
    for mention in found:
        last = joined[-1] if joined else None
        if last and not last.is_known and not mention.is_known:
            between = words[last.end : mention.start]
            if all(word.text in MARKS_INSIDE_NAMES for word in between):
                joined[-1] = replace(last, end=mention.end)
                continue
        joined.append(mention)
    return joined


def _doubt_neighbours(found: Sequence[Mention]) -> list[Mention]:
    """A known name that runs on into unknown words without a comma is only part of another name ("Phòng | Y tế huyện")."""
    doubted = list(found)
    for i, mention in enumerate(doubted):
        before, after = doubted[i - 1 : i], doubted[i + 1 : i + 2]
        touched = any(not other.is_known and other.end == mention.start for other in before) or any(
            not other.is_known and other.start == mention.end for other in after
        )
        if touched and mention.hit:
            doubted[i] = replace(mention, hit=replace(mention.hit, sure=False))
        elif touched and mention.group:
            doubted[i] = replace(mention, group=replace(mention.group, vague=True))
    return doubted


def _share_scope(found: list[Mention]) -> list[Mention]:
    """ "các trường mầm non, các trường tiểu học trên địa bàn huyện": what is said at the end holds for both."""
    shared = list(found)
    for i in range(len(shared) - 2, -1, -1):
        group, after = shared[i].group, shared[i + 1].group
        if (
            group
            and after
            and {group.noun, after.noun} <= {Noun.SCHOOLS, Noun.FACILITIES}
            and group.scope is None
            and after.scope is not None
        ):
            shared[i] = replace(
                shared[i], group=replace(group, scope=after.scope, elsewhere=after.elsewhere, place=after.place)
            )
    return shared


def is_connector(word: Word) -> bool:
    """Whether a word only joins names in a list."""
    return word.text in CONNECTORS
