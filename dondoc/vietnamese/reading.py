"""A chat message made readable for rules: one line of plain words in clauses, each tied to where it stands in the text.

``Reading.line`` looks like "| em nop bao cao roi | chi kiem tra giup em ? | ": words repaired, folded, without
politeness; "|" between clauses, "?" after one that ends in a question mark. Where marks decide the meaning and the
writer set them, the word is not folded onto its twin (see ``marks.py``). A task's code says which task, not what became
of it: it is left out, and begins a clause where no verb takes it for its object.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from dondoc.vietnamese.marks import PLAIN_AMONG_MARKED, TWINS
from dondoc.vietnamese.phrases import word_set
from dondoc.vietnamese.repair import repair
from dondoc.vietnamese.text import fold, nfc

MAX_LETTERS = 2_000
"""Longer messages are pasted documents, not replies; the rest of them is not read."""

_TOKEN = re.compile(
    r"(?P<url>https?://\S+|www\.\S+|\b[\w.-]+@[\w-]+\.[\w.]+)"
    r"|(?P<code>\b[Nn][Vv][-–_ ]{0,2}\d{1,5}\b|#\d{1,5}\b)"
    r"|(?P<number>\b\d{1,5}/[^\W\d_][\w.&-]*(?:/[\w.&-]+)*|\b\d{1,5}-[A-ZĐ]{2,}/[\w.&-]+)"
    r"|(?P<percent>\d{1,4}(?:[.,]\d{1,3})?\s?%)"
    r"|(?P<clock>\b\d{1,2}(?:[hHgG]|:)[0-5]\d\b|\b\d{1,2}[hHgG](?![^\W_]))"
    r"|(?P<date>\b\d{1,2}(?P<sep>[/.-])\d{1,2}(?:(?P=sep)\d{2,4})?(?![\w/%]))"
    r"|(?P<quarter>\b(?:IV|I{1,3}|[1-4])/\d{4}\b)"
    r"|(?P<fraction>\b\d{1,4}\s?/\s?\d{1,4}\b)"
    r"|(?P<comrade>\b[đĐdD][/.][cC]\b)"
    r"|(?P<pick>\b[A-Za-zđĐ]\d{1,2}\b)"
    r"|(?P<word>[A-ZĐ]{1,6}(?:[&-][A-ZĐ]{1,6})+\b|[^\W\d_][^\W_]*)"
    r"|(?P<digits>\d{1,9}(?:[.,]\d{1,3})*)"
    r"|(?P<stop>[.,;:?!()\n\r…–—\"“”]|(?<=\s)[-+](?=\s))"
    r"|(?P<sign>[^\w\s])"
)
_SIGNS = (
    dict.fromkeys("✅☑✔💯", ("<tick>",)) | dict.fromkeys("👍👌🆗❤♥🙏👏💪🤝🫡😍🥰💖🌹", ("<thumb>",)) | {"%": ("%",)}
)
_LABELLED = re.compile(
    r"(lop|quy|mau|phan|bieu|tuan|thang|ngay|thu|muc|so|khoi|to|dot|ky|cau|phu luc|thon|nv|mung)(\d{1,2})"
)
_TITLES = word_set("cô thầy chị anh bạn bác chú ông bà chí mn th thcs thpt mg non học xã thôn phường ấp trấn trường")
_VOCATIVE = word_set("anh chi em co thay chu bac ong ba bà ban bạn sep chau")
_AFTER_DA = word_set(
    """
    nop gui xong lam hoan bao trinh ky duoc xem ro chuyen to thuc trien tham ban phat up tai cap nhap bo ra
    lap xay hop doc tiep giao phan day upload in soan viet tong chot xu giai khac kiem thong gan dang bc len
    scan pho quan man nhan hieu biet noi ghi sáp sap co
    """
)
_DROPPED = word_set("ạ nhé dạ thưa à á nha ui iu")
_BEFORE_NHA = word_set("truong thau nuoc em giao hoc tre ve dan o may cua van")
_NAMES_ITS_TASK = word_set("nop gui trinh viec vu cua cho ve cao lam theo voi va hien thanh la muc mã ma")
_AFTER_HONG = word_set("co biet nho kip phai thay duoc lam hieu ro co dam rảnh ranh")
_AFTER_NHUNG = word_set("gi nguoi viec noi ai cai truong em anh")
_BREAKS = frozenset({"nhung", "tuy", "song", "chứ", "rieng"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A message as the rules see it."""

    text: str
    """The message in NFC."""
    line: str
    """The plain words, clauses set apart."""
    starts: tuple[int, ...]
    """Where each word begins in ``line``."""
    spans: tuple[tuple[int, int], ...]
    """Where each word stands in ``text``."""
    marked: bool
    """Whether the writer sets marks at all."""

    def source(self, start: int, end: int) -> str:
        """What the writer wrote for ``line[start:end]``."""
        first = max(0, bisect_right(self.starts, start) - 1)
        last = max(first, bisect_right(self.starts, max(start, end - 1)) - 1)
        if not self.spans:
            return ""
        return self.text[self.spans[first][0] : self.spans[last][1]]

    def clause(self, position: int) -> tuple[int, int]:
        """The bounds in ``line`` of the clause around ``position``, its "|" left out."""
        start = self.line.rfind("|", 0, position + 1) + 1
        end = self.line.find("|", position + 1)
        return start, len(self.line) if end < 0 else end


def read(text: str) -> Reading:
    """Make a message readable. Never fails, whatever the text."""
    text = nfc(text)
    tokens = _tokens(text[:MAX_LETTERS])
    marked = _sets_marks(tokens)
    words = _words(tokens, text, marked=marked)
    return _joined(text, words, marked=marked)


_Word = tuple[str, int, int]


def _tokens(text: str) -> list[tuple[str, str, int, int]]:
    return [(m.lastgroup or "", m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text)]


def _sets_marks(tokens: list[tuple[str, str, int, int]]) -> bool:
    longer = [token for kind, token, _, _ in tokens if kind == "word" and len(token) > 1]
    return sum(not token.isascii() for token in longer) * 5 >= len(longer) * 2 and bool(longer)


def _words(tokens: list[tuple[str, str, int, int]], text: str, *, marked: bool) -> list[_Word]:
    words: list[_Word] = []
    plain: tuple[str, ...]
    after_title = False
    for kind, token, start, end in tokens:
        if kind == "word":
            if after_title and marked and token[0].isupper() and not token.isupper():
                plain = ("<name>",)
            else:
                plain = _plain(token, marked)
            after_title = token.lower() in _TITLES or plain == ("<name>",)
        else:
            plain = _special(kind, token)
            after_title = kind == "comrade"
        words.extend((word, start, end) for word in plain)
    return words


@lru_cache(maxsize=32_768)
def _plain(token: str, marked: bool) -> tuple[str, ...]:
    """The plain words for one written word."""
    if token.isascii() and (label := _LABELLED.fullmatch(token.lower())):
        return (label[1], label[2])
    result: list[str] = []
    for word in repair(token).split():
        if word in TWINS:
            result.append(TWINS[word])
        elif marked and token.isascii() and word in PLAIN_AMONG_MARKED:
            result.append(PLAIN_AMONG_MARKED[word])
        else:
            result.append(fold(word).replace("|", "").replace(" ", "") or "_")
    return tuple(result)


def _special(kind: str, token: str) -> tuple[str, ...]:
    if kind == "url":
        return ("<url>",)
    if kind == "code":
        return ("<code>",)
    if kind == "number":
        return ("<number>",)
    if kind == "comrade":
        return ("dong", "chi")
    if kind == "stop":
        return ("|",) if token != "?" else (token,)  # noqa: S105
    if kind == "sign":
        return _SIGNS.get(token, ())
    if kind == "pick":
        lower = token.lower()
        if lower[0] == "t" and lower[1:] in "234567":
            return ("thu", lower[1:])
        return (lower,)
    return (token.lower().replace(" ", ""),)


def _joined(text: str, words: list[_Word], *, marked: bool) -> Reading:
    kept: list[_Word] = [("|", 0, 0)]
    size = len(words)
    for at, (word, start, end) in enumerate(words):
        following = words[at + 1][0] if at + 1 < size else "|"
        if word == "<code>":
            if kept[-1][0] in _NAMES_ITS_TASK:
                continue
            word = "|"
        word = _in_context(word, kept, following, marked=marked)
        if word == "|":
            if kept[-1][0] != "|":
                kept.append(("|", start, end))
        elif word == "?":
            if kept[-1][0] == "|" and len(kept) > 1:
                kept.insert(len(kept) - 1, ("?", start, end))
            else:
                kept.extend((("?", start, end), ("|", end, end)))
        elif word:
            if word in _BREAKS and kept[-1][0] != "|":
                kept.append(("|", start, start))
            kept.append((word, start, end))
    if kept[-1][0] != "|":
        kept.append(("|", len(text), len(text)))
    starts: list[int] = []
    position = 0
    for word, _, _ in kept:
        starts.append(position)
        position += len(word) + 1
    line = "".join(word + " " for word, _, _ in kept)
    return Reading(text, line, tuple(starts), tuple((start, end) for _, start, end in kept), marked)


def _in_context(word: str, kept: list[_Word], following: str, *, marked: bool) -> str:
    """The word, or "" where it is only politeness, or what it means between its neighbours."""
    previous = kept[-1][0]
    if word == "da" and not marked:
        return "da" if following in _AFTER_DA else ""
    if word == "nha" and following in _BEFORE_NHA:
        return word
    if word in ("oi", "ơi"):
        if word == "oi" and previous in ("xong", "nop", "gui", "het", "lam", "duoc"):
            return "roi"
        if previous in _VOCATIVE:
            kept.pop()
        return ""
    if word == "nhung" and following in _AFTER_NHUNG:
        return "những"
    if word == "hỏng" and following in _AFTER_HONG:
        return "khong"
    if word == "goi" and previous in ("xong", "nop", "gui", "het", "lam"):
        return "roi"
    if word == "a":
        return "anh" if following not in ("|", "?", "a") and previous != "a" and following != "ơi" else ""
    return "" if word in _DROPPED else word
