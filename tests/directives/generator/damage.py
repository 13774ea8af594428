"""What scanners, converters and chats do to a text: the kinds of damage seen on real papers."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from random import Random

_DATE = re.compile(r"(?<=ngày )\d{1,2}/\d{1,2}/\d{4}|(?<=trước )\d{1,2}/\d{1,2}/\d{4}")
_CUED = re.compile(r"(?:trước|chậm nhất) ngày \d{1,2}/\d{1,2}/\d{4}")
_WORD = re.compile(r"[^\W\d_]+")
_SHAPES = (
    "aàáảãạ",
    "ăằắẳẵặ",
    "âầấẩẫậ",
    "eèéẻẽẹ",
    "êềếểễệ",
    "iìíỉĩị",
    "oòóỏõọ",
    "ôồốổỗộ",
    "ơờớởỡợ",
    "uùúủũụ",
    "ưừứửữự",
    "yỳýỷỹỵ",
)
_KIN = ("aăâ", "eê", "oôơ", "uư")
_TORN = {"trước": "trươc", "ngày": "ngay", "chậm": "châm", "nhất": "nhât", "báo": "bảo", "về": "vê", "để": "đề"}


def torn_dates(rng: Random, text: str) -> str:
    """Blanks within dates: 03/1 1/2026, 08/ 12 /2026."""

    def tear(match: re.Match[str]) -> str:
        day, month, year = match.group().split("/")
        kind = rng.choice(["none", "blank", "around", "month"])
        if kind == "blank":
            return f"{day}/ {month}/{year}"
        if kind == "around":
            return f"{day}/ {month} /{year}"
        if kind == "month" and len(month) == 2:
            return f"{day}/{month[0]} {month[1]}/{year}"
        return match.group()

    return _DATE.sub(tear, text)


def letters_for_digits(rng: Random, text: str) -> str:
    """l and I where a 1 was: 2l/10/2026."""

    def swap(match: re.Match[str]) -> str:
        day, rest = match.group().split("/", 1)
        return f"{day.replace('1', rng.choice('lI'))}/{rest}" if rng.random() < 0.6 else match.group()

    return re.sub(r"(?<=ngày )\d{1,2}/\d{1,2}/\d{4}", swap, text)


def lost_marks(rng: Random, text: str) -> str:
    """A few words lose or change their marks, among them those that make a deadline."""

    def lose(match: re.Match[str]) -> str:
        word = match.group()
        if word in _TORN and rng.random() < 0.15:
            return _TORN[word]
        return "".join(_other(rng, letter) for letter in word) if rng.random() < 0.03 else word

    return _WORD.sub(lose, text)


def _other(rng: Random, letter: str) -> str:
    for shapes in _SHAPES:
        place = shapes.find(letter.lower())
        if place > 0:
            new = shapes[rng.choice((0, place, place % 5 + 1))]
            return new.upper() if letter.isupper() else new
    for kin in _KIN:
        if letter in kin:
            return rng.choice(kin)
    return letter


def markdown(rng: Random, text: str) -> str:
    """Marks of bold print around deadlines and headings."""
    text = _CUED.sub(lambda match: f"**{match.group()}**" if rng.random() < 0.5 else match.group(), text)
    return re.sub(r"(?m)^((?:[IVX]+|\d{1,2})\. [^\n.;:]{4,70}:?)$", r"**\1**", text)


def run_on(rng: Random, text: str) -> str:
    """No line breaks at all; what stood on lines of its own stands glued or with a blank."""
    joint = rng.choice(("", " "))
    return re.sub(r"\n[\n ]*", joint, text) if "|" not in text else text


def lost_hyphens(rng: Random, text: str) -> str:
    """Items without their dashes."""
    del rng
    return re.sub(r"(?m)^[-+] ", "", text)


def broken_lines(rng: Random, text: str) -> str:
    """Lines as a page breaks them, with page numbers between them."""
    width = rng.randint(68, 95)
    lines: list[str] = []
    for line in text.split("\n"):
        if line.count("|") >= 2 or "\t" in line or "   " in line or len(line) <= width:
            lines.append(line)
        else:
            lines += textwrap.wrap(line, width, break_on_hyphens=False, break_long_words=False)
    pages = [lines[start : start + 40] for start in range(0, len(lines), 40)]
    return "\n".join(
        "\n".join([*page, *([str(number)] if number < len(pages) else [])]) for number, page in enumerate(pages, 1)
    )


def stamped(rng: Random, text: str) -> str:
    """The stamp of a digital signature at the top or the bottom."""
    stamp = "Người ký: Văn phòng\nNgày ký: 19/09/2029 08:13:29 +07:00"
    return f"{stamp}\n{text}" if rng.random() < 0.5 else f"{text}\n{stamp}"


def wider_blanks(rng: Random, text: str) -> str:
    """Two blanks, tabs and odd blanks between words."""
    return re.sub(r"(?<=\w) (?=\w)", lambda _: rng.choice((" ",) * 30 + ("  ", "\u00a0")), text)


DAMAGES: dict[str, Callable[[Random, str], str]] = {
    "torn dates": torn_dates,
    "letters for digits": letters_for_digits,
    "lost marks": lost_marks,
    "markdown": markdown,
    "run on": run_on,
    "lost hyphens": lost_hyphens,
    "broken lines": broken_lines,
    "stamped": stamped,
    "wider blanks": wider_blanks,
}

HARMLESS = ("markdown", "stamped", "wider blanks", "broken lines")
"""Damage that costs nothing a reader could not see at once."""
