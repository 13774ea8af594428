"""The project's founding documents, scored as they are scored from outside; they are not part of the project."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "tools" / "score_directives.py"

pytestmark = pytest.mark.skipif(not SCORER.exists(), reason="the founding documents are not here")

PRINT_DRAFT = """
import json, pathlib, sys
sys.path.insert(0, sys.argv[1])
from dondoc.directives.drafts import to_json
from dondoc.directives.parse import parse_directive
from dondoc.directives.reading import read_document
print(json.dumps(to_json(parse_directive(read_document(pathlib.Path(sys.argv[2]))))))
"""


def scored(folder: Path, tmp_path: Path, *names: str) -> tuple[dict[str, float], str]:
    script = tmp_path / "print_draft.py"
    script.write_text(PRINT_DRAFT, encoding="utf-8")
    command = f"{sys.executable} {script} {ROOT} {{}}"
    run = subprocess.run(
        [sys.executable, str(SCORER), command, str(folder), str(folder / "gold"), *names],
        capture_output=True,
        text=True,
        check=True,
    )
    *rows, totals = run.stdout.strip().splitlines()
    return json.loads(totals), "\n".join(rows)


@pytest.mark.parametrize("folder", ["directives", "directives/adapted"])
def test_the_founding_documents_read_well(folder: str, tmp_path: Path) -> None:
    totals, rows = scored(SHARED / folder, tmp_path)
    for name in ("errors", "quote_bad", "not_deadline_bad", "not_task_bad"):
        assert totals[name] == 0, rows
    for name in ("dated_f1", "meta", "found"):
        assert totals[name] >= 0.95, rows
    for name in ("lead_f1", "report_to_via", "task_precision"):
        assert totals[name] >= 0.9, rows


def test_the_first_of_them_reads_perfectly(tmp_path: Path) -> None:
    totals, rows = scored(SHARED / "directives", tmp_path, "binh-son-203-tb-ubnd-2024")
    faults = {name: value for name, value in totals.items() if name in ("errors", "quote_bad", "not_deadline_bad")}
    assert set(faults.values()) == {0}, rows
    assert all(value == 1 for name, value in totals.items() if name not in faults and name != "not_task_bad"), rows
