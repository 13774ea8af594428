"""What a deadline phrase is: the words of a text that say until when, read but not yet weighed against any calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

BEFORE = "before"
ON = "on"


@dataclass(frozen=True, slots=True)
class DeadlinePhrase:
    """One deadline phrase.

    ``start`` and ``end`` count letters of the text in its NFC form and ``text`` is what stands there. ``day`` is the
    day as written, local to the office. ``rule`` is "before" for "trước ngày X" and "on" for every form that includes
    the day: "chậm nhất", "đến hết", "hạn chót", the end of a month, quarter or year, and every day with an hour
    ("trước 16h30 ngày X" lasts until 16:30 of X); None without a day. ``time`` is the hour the text gives. ``soft``
    holds words that name no day ("vào dịp hè", "ngay sau khi …"), ``relative`` words that count from an event
    ("trong 05 ngày làm việc kể từ ngày nhận được…"). ``recurrence`` names the periods (daily, weekly, monthly,
    quarterly, half-yearly, yearly) and ``recurrence_rule`` is an RFC 5545 rule where the text fixes a day in them;
    ``day`` is then given only if the text fixes a first occurrence. ``urgent`` marks khẩn, gấp, ngay, hỏa tốc.
    """

    start: int
    end: int
    text: str
    day: date | None = None
    time: time | None = None
    rule: str | None = None
    soft: str | None = None
    relative: str | None = None
    recurrence: tuple[str, ...] = ()
    recurrence_rule: str | None = None
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A text with its flat form for matching: lower case, without marks, one dash and one slash, letter for letter."""

    text: str
    flat: str

    def before(self, position: int, width: int = 120) -> str:
        """The flat text up to ``width`` letters before ``position``."""
        return self.flat[max(0, position - width) : position]

    def after(self, position: int, width: int = 120) -> str:
        """The flat text up to ``width`` letters from ``position`` on."""
        return self.flat[position : position + width]
