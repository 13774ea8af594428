"""The made-up district office where the lines of ``lines/*.jsonl`` are typed, on Wednesday 9/10/2024 at half past eight."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dondoc.directives.line import LineDraft, parse_line
from dondoc.rules.deadlines import Deadline, safe_day
from dondoc.rules.units import Registry, Unit, kind_of
from dondoc.samples import sample
from dondoc.vietnamese.calendar import WorkCalendar

LINES = Path(__file__).parent / "lines"
NOW = datetime(2024, 10, 9, 8, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
_MORE = {
    "CAH": "Công an huyện",
    "LDTBXH": "Phòng Lao động - Thương binh và Xã hội",
    "KTHT": "Phòng Kinh tế và Hạ tầng",
    "TNMT": "Phòng Tài nguyên và Môi trường",
    "CB01": "Chi bộ Trường Tiểu học Thanh Sơn",
}
_CALENDAR = WorkCalendar()


def _units() -> list[Unit]:
    units: list[Unit] = []
    with sample("don-vi.csv").open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            name, others = row["Tên đơn vị"], row["Tên khác"]
            aliases = tuple(alias.strip() for alias in others.split(";") if alias.strip())
            kind = kind_of(row["Loại"], name).value
            units.append(Unit(len(units), row["Mã đơn vị"], name, kind, row["Đơn vị cấp trên"] or None, "", aliases))
    return units + [
        Unit(len(units) + i, code, name, kind_of("", name).value) for i, (code, name) in enumerate(_MORE.items())
    ]


REGISTRY = Registry(_units())


def read(text: str) -> LineDraft:
    return parse_line(text, NOW, REGISTRY)


def understood(draft: LineDraft) -> dict[str, Any]:
    """A draft in the words of the files: codes, ISO days, what is not there left out."""
    safe = None
    if draft.deadline is not None and draft.deadline_rule is not None:
        safe = safe_day(Deadline(draft.deadline, draft.deadline_rule), _CALENDAR).isoformat()
    said: dict[str, Any] = {
        "units": _codes(draft.lead),
        "cooperate": _codes(draft.cooperate),
        "candidates": _codes(draft.candidates),
        "doubtful": _codes(draft.doubtful),
        "content": draft.content,
        "deadline": draft.deadline and draft.deadline.isoformat(),
        "rule": draft.deadline_rule,
        "safe": safe if draft.deadline and safe != draft.deadline.isoformat() else None,
        "time": draft.time and draft.time.strftime("%H:%M"),
        "deliverable": draft.deliverable,
        "urgent": draft.urgent,
        "basis": draft.basis,
        "nil": draft.nil_report,
        "period": draft.data_period and [day.isoformat() for day in draft.data_period],
        "report_to": draft.report_to and draft.report_to.code,
        "via": draft.report_via and draft.report_via.code,
        "meeting": draft.kind == "meeting",
        "event_at": draft.event_at and draft.event_at.isoformat(timespec="minutes"),
        "recurrence": list(draft.recurrence),
        "rrule": draft.recurrence_rule,
        "to_be_issued": draft.to_be_issued,
        "party": list(draft.party),
        "warnings": list(draft.warnings),
    }
    return {key: value for key, value in said.items() if value}


def _codes(units: tuple[Unit, ...]) -> list[str]:
    return sorted(unit.code for unit in units)
