"""What staff answer when a document's number or day of issue could not be read: "số 203/TB-UBND", "18/6", "không số"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dondoc.vietnamese.text import nfc, strip_marks

_NUMBER = re.compile(
    r"(?:^|\b(?:so|ky hieu|so ky hieu)\s*:?\s*)(?P<number>\d{1,5}[a-z]?\s*[/-]\s*[a-z][a-z0-9&]*(?:\s?[-/.]\s?[a-z0-9&]+)*)"
)
_BARE_NUMBER = re.compile(
    r"^(?:(?:van ban|thong bao|cong van|ke hoach|tb|kh|cv)\s+)?(?:so\s*:?\s*)?"
    r"(?P<number>\d{1,5}[a-z]?)(?:\s+(?:a|nhe|em))*\W*$"
)
_NO_NUMBER = re.compile(r"\b(?:khong (?:co )?so|chua (?:co |cap |danh )?so|k so|ko (?:co )?so)\b")
_NO_DAY = re.compile(r"\b(?:khong (?:co |ro |ghi )?ngay|chua (?:co |ghi )?ngay|ko (?:co )?ngay|khong ro|khong biet)\b")
_DAY = re.compile(
    r"(?<![\d/.-])(?P<day>\d{1,2})\s*(?:[/.-]|\s*thang\s*)\s*(?P<month>\d{1,2})(?:\s*(?:[/.-]|\s*nam\s*)\s*(?P<year>\d{4}|\d{2}))?(?![\d/])"
)

# What may stand around a number and a day in an answer; anything else makes it no answer ("hạn 30/6", "gộp với 3").
_AROUND = re.compile(
    r"so|ky|hieu|cua|van|ban|thong|bao|cong|ke|hoach|quyet|dinh|la|ngay|thang|nam|hanh|tb|kh|cv|qd"
    r"|a|da|em|thua|anh|chi|khong|chua|co|ro|ghi|cap|danh|nhe|vao|ko?|biet"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """What an answer says: a number, a day, or that the document has none."""

    number: str | None = None
    issued_on: date | None = None
    no_number: bool = False
    no_day: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.number or self.issued_on or self.no_number or self.no_day)


def read_reference(text: str, today: date, *, asked: str = "") -> Reference:
    """Read an answer. ``asked`` ("number" or "day") tells what a bare "203" or "không" answers.

    A day without a year is the last such day up to today: a document that is here has been issued.
    """
    written = " ".join(nfc(text).split())
    flat = strip_marks(written).lower()
    number = _number(written, flat, asked)
    rest = flat[: number[1]] + " " + flat[number[2] :] if number else flat
    day = _DAY.search(rest)
    others = re.findall(r"[a-z0-9]+", rest[: day.start()] + " " + rest[day.end() :] if day else rest)
    if not all(_AROUND.fullmatch(word) for word in others):
        return Reference()
    issued_on = _day(day, today) if day else None
    refuses = re.fullmatch(r"\W*(?:khong|k|ko|khong co|chua co)(?: a)?\W*", flat) is not None
    return Reference(
        number[0] if number else None,
        issued_on,
        no_number=number is None and (bool(_NO_NUMBER.search(flat)) or (refuses and asked == "number")),
        no_day=issued_on is None and (bool(_NO_DAY.search(flat)) or (refuses and asked == "day")),
    )


def _number(written: str, flat: str, asked: str) -> tuple[str, int, int] | None:
    """The number with the place of it in the text."""
    match = _NUMBER.search(flat)
    if match is None and asked == "number":
        match = _BARE_NUMBER.search(flat)
    if match is None:
        return None
    found = "".join(written[match.start("number") : match.end("number")].split())
    digits = re.match(r"\d+[a-z]?", found, re.IGNORECASE)
    # Signs are written in capitals (Nghị định 30/2020/NĐ-CP); figures such as "203a" as they are.
    end = digits.end() if digits else len(found)
    return found[:end] + found[end:].upper(), match.start("number"), match.end("number")


def _day(match: re.Match[str], today: date) -> date | None:
    given = match["year"]
    years = [int(given) + (2000 if len(given) == 2 else 0)] if given else [today.year, today.year - 1]
    for year in years:
        try:
            day = date(year, int(match["month"]), int(match["day"]))
        except ValueError:
            continue
        if given or day <= today:
            return day
    return None
