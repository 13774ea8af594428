"""Labelled replies and how understanding scores on them."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dondoc.vietnamese.replies import Reply, understand
from dondoc.vietnamese.text import strip_marks

NOW = datetime(2024, 6, 25, 10, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
"""A Tuesday morning."""
DEADLINE = date(2024, 6, 28)
HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "replies"

WRITINGS = {
    "as written": lambda text: text,
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "without marks": strip_marks,
    "in capitals": str.upper,
}


def say(text: str, question: str | None = None) -> Reply:
    """A reply said on that morning."""
    return understand(text, NOW, DEADLINE, question)


def load(path: Path, part: str | None = None) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    return [row for row in rows if part is None or row["part"] == part]


@dataclass
class Score:
    count: int = 0
    right: int = 0
    finished: int = 0
    missed: list[str] = field(default_factory=list)
    false_closes: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    figures: list[bool] = field(default_factory=list)
    days: list[bool] = field(default_factory=list)

    @property
    def accuracy(self) -> float:
        return self.right / self.count

    @property
    def missed_share(self) -> float:
        return len(self.missed) / self.finished


def score(rows: list[dict[str, Any]], writing: str = "as written") -> Score:
    result = Score()
    for row in rows:
        reply = say(WRITINGS[writing](row["text"]))
        wanted = "vuong_mac|tra_lai" if "tra_lai" in row.get("tags", ()) else row["intent"]
        result.count += 1
        if reply.intent in wanted.split("|"):
            result.right += 1
        else:
            result.wrong.append(f"{wanted} → {reply.intent}: {row['text']} {reply.why}")
        if row.get("closes", wanted == "hoan_thanh"):
            result.finished += 1
            if not reply.closes:
                result.missed.append(row["text"])
        elif reply.closes:
            result.false_closes.append(row["text"])
        if "percent" in row:
            result.figures.append(reply.percent == row["percent"])
        if "date" in row:
            result.days.append((reply.date.isoformat() if reply.date else None) == row["date"])
    return result
