"""Replies understood a second, on one core, on our labelled replies: ``python benchmarks/replies.py``."""

from __future__ import annotations

import json
import time
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from dondoc.vietnamese.replies import understand

REPLIES = Path(__file__).parents[1] / "tests" / "vietnamese"
NOW = datetime(2024, 6, 25, 10, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
ROUNDS = 5


def main() -> None:
    """Print the pace of the best round."""
    files = ("replies.jsonl", "replies_later.jsonl")
    texts = [json.loads(line)["text"] for name in files for line in (REPLIES / name).read_text().splitlines()]
    paces = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        for text in texts:
            understand(text, NOW, date(2024, 6, 28))
        paces.append(len(texts) / (time.perf_counter() - started))
    print(
        f"{len(texts)} replies, best of {ROUNDS} rounds: {max(paces):,.0f} replies/s (the first round {paces[0]:,.0f})"
    )


if __name__ == "__main__":
    main()
