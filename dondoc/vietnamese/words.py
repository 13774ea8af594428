"""How official Vietnamese writes dates, hours and counts (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

from __future__ import annotations

from datetime import date, datetime

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def format_date(day: date) -> str:
    """28/6/2024, 08/5/2024, 05/02/2024: a zero before days below 10 and before the months 1 and 2 only."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def weekday(day: date) -> str:
    """thứ Hai … Chủ nhật."""
    return WEEKDAYS[day.weekday()]


def format_day(day: date) -> str:
    """thứ Năm, 27/6/2024."""
    return f"{weekday(day)}, {format_date(day)}"


def format_hour(moment: datetime) -> str:
    """07 giờ 15; a full hour is 16 giờ."""
    return f"{moment.hour:02d} giờ" + (f" {moment.minute:02d}" if moment.minute else "")


def count(number: int) -> str:
    """Counts of two digits at least, as formal messages write them: 03, 37, 148."""
    return f"{number:02d}"


def capital(text: str) -> str:
    """The text with its first letter as a capital, the rest untouched."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """The text as it stands inside a sentence: a small first letter, unless it begins with an abbreviation or a name."""
    head = text.split(" ", 1)[0]
    if len(head) > 1 and head[1:] != head[1:].lower():
        return text
    return text[:1].lower() + text[1:]


def cite(kind: str | None, number: str | None, issued_on: date | None) -> str:
    """How a document is cited: "Thông báo số 203/TB-UBND ngày 18/6/2024"; what is not known is left out."""
    parts = [kind or "Văn bản"]
    if number:
        parts.append(f"số {number}")
    if issued_on:
        parts.append(f"ngày {format_date(issued_on)}")
    return " ".join(parts)
