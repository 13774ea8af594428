"""Secrecy marks as people write them about a document: in a message, a caption, or the name of a file.

There the mark is set apart from the other words: "[MẬT] kế hoạch", "MẬT - gửi anh", "12-KH_MAT.docx", "công văn MẬT số 12".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from dondoc.directives.secrecy import secrecy_mark
from dondoc.vietnamese.text import fold, nfc

_COMMAND = re.compile(r"^/\w+(?:@\w+)?\s*")
_WORD = re.compile(r"[^\W_]+")
_LEVELS = {"toi": "TỐI MẬT", "tuyet": "TUYỆT MẬT"}
_LEVEL_WORDS = frozenset({"tối", "tuyệt"})
# "mật" is the end of one of these, or the beginning of one of those.
_BEFORE = frozenset({"bao", "bi", "co", "can", "than", "trang", "tuan", "nuoc", "tui"})
_AFTER = frozenset(
    {
        "khau",
        "do",
        "vu",
        "thu",
        "ma",
        "ong",
        "nghi",
        "dao",
        "tap",
        "bang",
        "tran",
        "hang",
        "cat",
        "troi",
        "duong",
        "mia",
    }
)
_KINDS = frozenset(
    {"van ban", "tai lieu", "cong van", "ho so", "ke hoach", "bao cao", "thong bao", "do", "dau", "loai"}
)
_OPENING, _CLOSING = "([{", ")]}"
_LINES = 30


@dataclass(frozen=True, slots=True)
class _Said:
    """A word as written, and what stands before and behind it; None at an end of the line."""

    word: str
    before: str | None
    behind: str | None

    @property
    def plain(self) -> str:
        return fold(self.word)

    @property
    def apart_before(self) -> bool:
        return self.before is None or bool(self.before.strip())

    @property
    def apart_behind(self) -> bool:
        return self.behind is None or bool(self.behind.strip())

    @property
    def in_brackets(self) -> bool:
        return any(c in (self.before or "") for c in _OPENING) and any(c in (self.behind or "") for c in _CLOSING)


def said_mark(text: str) -> str | None:
    """The level that a message or a caption claims: "MẬT", "TỐI MẬT", "TUYỆT MẬT", or None."""
    text = _COMMAND.sub("", nfc(text).strip())
    found = secrecy_mark(text)
    for line in text.split("\n")[:_LINES] if found is None else ():
        found = found or _set_apart(line, is_name=False)
    return found


def name_mark(name: str) -> str | None:
    """The level that the name of a file claims, folders included: "MẬT/ke hoach.docx" inside an archive."""
    path = PurePath(nfc(name).replace("\\", "/"))
    return next(filter(None, (_set_apart(part, is_name=True) for part in (*path.parts[:-1], path.stem))), None)


def _set_apart(line: str, *, is_name: bool) -> str | None:
    words = _words(line)
    for place, said in enumerate(words):
        if said.plain != "mat" or said.word.lower() not in ("mật", "mât", "mat"):
            continue
        before = words[place - 1] if place else None
        after = words[place + 1] if place + 1 < len(words) else None
        if after is not None and after.plain in _AFTER:
            continue
        if before is not None and before.plain in _LEVELS and not (before.behind or "").strip(" _-"):
            if _is_level(before, said, is_name=is_name):
                return _LEVELS[before.plain]
        elif (before is None or before.plain not in _BEFORE) and _is_alone(words, place, line, is_name=is_name):
            return "MẬT"
    return None


def _words(line: str) -> list[_Said]:
    found = list(_WORD.finditer(line))
    edges = [0, *(match.end() for match in found)]
    starts = [*(match.start() for match in found), len(line)]
    between: list[str | None] = [line[end:start] for end, start in zip(edges, starts, strict=True)]
    if between and not (between[0] or "").strip():
        between[0] = None
    if between and not (between[-1] or "").strip():
        between[-1] = None
    return [_Said(match.group(), between[place], between[place + 1]) for place, match in enumerate(found)]


def _is_level(first: _Said, said: _Said, *, is_name: bool) -> bool:
    """ "tối mật" with its marks in a name, with a capital in a sentence; without marks it must be set apart."""
    if first.word.lower() in _LEVEL_WORDS:
        return is_name or first.word[:1].isupper()
    return first.word.isupper() or (first.apart_before and said.apart_behind)


def _is_alone(words: list[_Said], place: int, line: str, *, is_name: bool) -> bool:
    said = words[place]
    marked, capitals = said.word.lower() != "mat", said.word.isupper()
    if said.in_brackets:
        return marked or capitals or is_name
    if said.apart_before and said.apart_behind and len(words) > 1:
        return capitals or (marked and (is_name or said.word[:1].isupper()))
    if len(words) == 1:
        return capitals or (marked and (is_name or said.word[:1].isupper()))
    if marked and capitals and place == 0 and words[1].word[:1].isdigit():
        return True  # "MẬT 12-KH"
    # Beside other words only capitals that the other words are not written in set it apart.
    if not (marked and capitals) or line.isupper():
        return False
    return said.apart_before or said.apart_behind or _names_a_kind(words[:place])


def _names_a_kind(before: list[_Said]) -> bool:
    return bool(before) and (before[-1].plain in _KINDS or " ".join(one.plain for one in before[-2:]) in _KINDS)
