"""A line of staff as it is taken apart: what was understood is cut out, what remains is the content of the task."""

from __future__ import annotations

import re

from dondoc.directives.line_lexicon import (
    ACRONYMS,
    ACTION_WORDS,
    CLOSING_WORDS,
    OPENING_WORDS,
    PARTICLES,
    PHRASES,
    SENT_THINGS,
    SHORTHAND,
    alternatives,
)
from dondoc.vietnamese.text import fold, nfc, strip_marks

MASK = "|"
# Verbs with which the content of an order begins; folded.
ACTION = alternatives(fold(ACTION_WORDS.replace("\n", ";")))
_NAME_AFTER = re.compile(r"\s+[A-ZĐÂĂÊÔƠƯ][a-zà-ỹ]")
_PARTICLES = re.compile(rf"[\s,.;]*\b(?:{alternatives(PARTICLES)})[\s.!]*$", re.IGNORECASE)
_LEADING = re.compile(
    rf"^(?:[\s,;:.)(!\]\"”-]|(?:{alternatives(OPENING_WORDS)})\b[\s:]*"
    r"|(?:gửi|nộp|báo cáo|xong|hoàn thành)\s*[:;,.](?=.*\w))+",
    re.IGNORECASE,
)
_TRAILING_VERB = re.compile(
    rf"(?:[\s,;.(-]+(?:và |rồi )?(?:{alternatives(CLOSING_WORDS)})"
    r"|(?<!công)(?<!quy)(?<!chương)(?<!tờ)(?<!quá)(?<!lộ)(?<!giáo)[\s,;.(-]+(?:và |rồi )?trình"
    r"|[\s]*[,;.]\s*(?:và |rồi )?(?:báo cáo|báo cáo kết quả|gửi báo cáo|nộp báo cáo|gửi kết quả)"
    r"|\s+và báo cáo(?: kết quả)?)[\s,;:.(-]*$",
    re.IGNORECASE,
)
# "1) rà soát …; 2": the second point was taken out with its receiver.
_ENUMERATED = re.compile(r"^\s*\d\)\s*(?!.*\b\d\)\s*\w)|[;,.]\s*\d\)?\s*$")
_SENDING = re.compile(rf"^(?:nộp|gửi)(?: lại)?(?: bản)? (?=(?:{alternatives(SENT_THINGS)})\b)", re.IGNORECASE)
# Short forms that the rules for days and units would not know, written out before anything is looked for.
_WRITTEN_OUT = (
    (re.compile(r"\b(?:trc|trk|truoc)\b", re.IGNORECASE), "trước"),
    (re.compile(r"\btrg\b", re.IGNORECASE), "trường"),
    (re.compile(r"\bb/c\b", re.IGNORECASE), "báo cáo"),
    (re.compile(r"\bv/v\b", re.IGNORECASE), "về việc"),
    (
        re.compile(
            r"\b(?:từ|tu) (?:nay|giờ|hôm nay|hom nay) (?:cho )?(?:đến|den|tới|toi)(?: hết| het)?(?: ngày| ngay)?\b"
        ),
        "chậm nhất ngày",
    ),
)
# People write a day and a month as 25.6 or 25-6 too; after one of these words it is nothing else.
_POINTED = re.compile(
    r"(?P<cue>\b(?:hạn|han|trước|chậm nhất|cham nhat|muộn nhất|ngày|ngay|đến hết|den het)(?:\s+(?:chót|chot|cuối"
    r"|cuoi|nộp|nop|là|la|ngày|ngay))*"
    r"\s*:?\s*)(?P<day>\d{1,2}[.-]\d{1,2})(?![\d.,/-]|\s*(?:%|triệu|điểm))",
    re.IGNORECASE,
)


def _slashed(match: re.Match[str]) -> str:
    return match["cue"] + re.sub(r"[.-]", "/", match["day"])


class LineText:
    """A line and its folded form, letter for letter; what is cut is neither content nor searched again.

    ``asks_report`` is set by ``content`` when a closing "báo cáo" was taken off: the result is to be reported.
    """

    def __init__(self, text: str) -> None:
        text = nfc(text).replace(MASK, ";")
        for pattern, long in _WRITTEN_OUT:
            text = pattern.sub(long, text)
        self.text = _POINTED.sub(_slashed, text)
        self._cuts: list[tuple[int, int]] = []
        self.asks_report = False
        self._update()

    def _update(self) -> None:
        letters = list(self.text)
        for start, end in self._cuts:
            letters[start:end] = MASK * (end - start)
        self.masked = "".join(letters)
        self.flat = strip_marks(self.masked).lower()

    def cut(self, start: int, end: int) -> None:
        """Take a range out of the content and hide it from further search."""
        if end > start:
            self._cuts.append((start, end))
            self._update()

    def has_content(self, start: int, end: int) -> bool:
        """Whether words remain between two places, other than those that only introduce."""
        left = self.masked[start:end].replace(MASK, " ")
        return bool(re.search(r"\w", _LEADING.sub("", left.strip())))

    def content(self) -> str:
        """What remains, in order, tidied, with shorthand written out and marks put back where none were typed."""
        text = re.sub(rf"{re.escape(MASK)}+", " ", self.masked)
        text = re.sub(r"\(\s*[,;.]*\s*\)|\[\s*\]", " ", text)
        text = " ".join(text.split())
        text = write_out(text)
        previous = ""
        while previous != text:
            previous = text
            text = _LEADING.sub("", text)
            text = _PARTICLES.sub("", text)
            text = _ENUMERATED.sub("", text)
            trailing = _TRAILING_VERB.search(text)
            # "nộp kế hoạch và báo cáo": the report is handed in beside the plan; else it only tells of what was done.
            beside = trailing and "và báo cáo" in trailing.group().lower() and _SENDING.match(text)
            if trailing and not beside and re.search(r"\w", text[: trailing.start()]):
                self.asks_report = self.asks_report or "báo cáo" in trailing.group().lower()
                text = text[: trailing.start()]
            text = re.sub(r"\s+([,;.:])", r"\1", text)
            text = re.sub(r"([,;:])(?:\s*[,;:.])+", r"\1", text)
            text = re.sub(r"[\s,;]+(?:và|va|rồi)$", "", text.strip(" \t,;:.-–("))
        text = _SENDING.sub("", text)
        return text if text.count("(") == text.count(")") else text.strip("() ")


def write_out(text: str) -> str:
    """Shorthand written out ("vb", "hs", "csvc"); if no marks were typed, those of the usual words put back."""
    text = re.sub(r"(?<![\w&/-])[\w.]+(?![\w&/-])", _long_in_capitals if text.isupper() else _long, text)
    return restore_marks(text, everywhere=text.isascii() or _without_marks(text))


def _long(match: re.Match[str]) -> str:
    word = match.group()
    key = word.lower()
    if key in {"đc", "dc"} and _NAME_AFTER.match(match.string, match.end()):
        return "đ/c"
    return SHORTHAND.get(key, ACRONYMS.get(key, word))


def _long_in_capitals(match: re.Match[str]) -> str:
    return _long(match).upper()


def _without_marks(text: str) -> bool:
    """Whether the writer used no marks: all words but those that shorthand wrote out are plain letters."""
    marked = [word for word in text.split() if not word.isascii()]
    written = {word for long in SHORTHAND.values() for word in long.split()} | {
        "trước",
        "trường",
        "đến",
        "hết",
        "ngày",
        "về",
        "việc",
    }
    return all(word.strip(",.;:()") in written for word in marked)


def restore_marks(text: str, *, everywhere: bool = True) -> str:
    """The text with the marks of the usual words of offices; words that are not among them stay as typed.

    Unless ``everywhere``, the writer used marks: then only a usual phrase that lost some of its own gets them back
    ("bao cáo").
    """
    words = text.split(" ")
    restored: list[str] = []
    i = 0
    while i < len(words):
        for size in range(min(5, len(words) - i), 0, -1):
            piece = words[i : i + size]
            if any(word[-1:] in ",;:." for word in piece[:-1]):
                continue
            bare = " ".join(piece).rstrip(",;:.)").lstrip("(")
            marked = PHRASES.get(fold(bare))
            if marked and ((everywhere and bare.isascii()) or _partly(bare, marked)):
                whole = " ".join(piece)
                restored.append(whole.replace(bare, marked[0].upper() + marked[1:] if bare[:1].isupper() else marked))
                i += size
                break
        else:
            restored.append(words[i])
            i += 1
    return " ".join(restored)


def _partly(bare: str, marked: str) -> bool:
    """Whether every word is the phrase's own, some with and some without its marks."""
    pairs = list(zip(bare.lower().split(), marked.lower().split(), strict=False))
    kept = [typed == proper for typed, proper in pairs if not proper.isascii()]
    return all(typed in (proper, strip_marks(proper)) for typed, proper in pairs) and any(kept) and not all(kept)
