"""What is kept about one person as a workbook for them: who they are, what they said and heard, what they did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from dondoc.storage.privacy import Everything
from dondoc.vietnamese.words import format_date, format_hour


def own_data(facts: Sequence[tuple[str, str]], everything: Everything, zone: tzinfo | None) -> bytes:
    """The workbook. ``facts`` are the person's own: a name and a value each."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Hồ sơ"
    for fact in facts:
        sheet.append([_plain(part) for part in fact])
    parts = (
        ("Tin đã gửi cho hệ thống", "Nội dung", everything.received),
        ("Tin hệ thống đã gửi", "Nội dung", everything.sent),
        ("Kết quả đã nộp", "Mã tiếp nhận", everything.submissions),
        ("Nhật ký", "Việc đã làm", everything.events),
    )
    for title, heading, rows in parts:
        sheet = book.create_sheet(title)
        sheet.append(["Lúc", heading])
        for moment, what in rows:
            local = moment.astimezone(zone)
            sheet.append([f"{format_hour(local)}, {format_date(local.date())}", _plain(what)])
    for sheet in book.worksheets:
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 28, 90
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _plain(text: str) -> str:
    """Letters that a workbook can hold, and never a formula."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", text)[:32_000]
    return f"'{clean}" if clean.startswith(("=", "+", "-", "@")) and not clean[1:2].isdigit() else clean


def as_of(now: datetime) -> str:
    """The name of the file."""
    return f"du-lieu-ca-nhan-{now:%Y-%m-%d}.xlsx"
