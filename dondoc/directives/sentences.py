"""Sentences and clauses of a block, by position, so that every piece can be quoted."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?…]+[\"”’)\]]*(?=\s+\W{0,3}[A-ZĐÀ-Ỹ0-9]|\s*$|[A-ZĐÀ-Ỹ][a-zà-ỹ])|\./\.?(?=\W|$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:TP|Tp|T\.P|TX|TT|ThS|TS|PGS|GS|BS|Ds|CN|KS|KT|TL|TM|TUQ|St|Nxb|SĐT|v\.v|Đ/c|đ/c|Số|số|Q|P|H|M|stt)"
    r"|\b[A-ZĐ]|\d)$"
)
_CLAUSE = re.compile(r";")
_GOES_ON = re.compile(
    r"\b(?:và|của|với|các|cho|tại|theo|thuộc|hoặc|những|trước|từ|đến|trong|do|để|được|là|bằng|về|số)$"
)
"""Words that no sentence ends with: the full stop behind them is a scan's."""


def sentences(text: str) -> list[tuple[int, int]]:
    """The stretches of a block's sentences, full stops included. Dots of abbreviations and of numbers end none."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        before = text[max(0, match.start() - 6) : match.start()]
        if match.group().startswith(".") and len(match.group().strip('"”’)]')) == 1 and _ABBREVIATION.search(before):
            following = text[match.end() :].lstrip()
            if not before[-1:].isdigit() or following[:1].isdigit():
                continue
        if _open_parenthesis(text, start, match.start()) or _GOES_ON.search(
            text, max(0, match.start() - 8), match.start()
        ):
            continue
        _add(spans, text, start, match.end())
        start = match.end()
    _add(spans, text, start, len(text))
    return spans


def clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of a sentence between its semicolons; those inside parentheses do not count."""
    spans: list[tuple[int, int]] = []
    begin = start
    for match in _CLAUSE.finditer(text, start, end):
        if _open_parenthesis(text, begin, match.start()):
            continue
        _add(spans, text, begin, match.end())
        begin = match.end()
    _add(spans, text, begin, end)
    return spans


def _open_parenthesis(text: str, start: int, end: int) -> bool:
    """Whether a parenthesis is open at ``end``; one never closed within the next 300 letters does not count."""
    depth = text.count("(", start, end) - text.count(")", start, end)
    return depth > 0 and ")" in text[end : end + 300]


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
