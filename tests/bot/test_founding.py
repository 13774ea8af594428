"""The founding directives through the command line: the right units on the right days, nothing dated that is not."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from dondoc.vietnamese.calendar import WorkCalendar
from dondoc.vietnamese.text import nfc
from tests.bot.conftest import SCHOOLS, Ended, Shell

SHARED = Path(__file__).parents[3] / "shared" / "directives"
NOTICE = SHARED / "binh-son-203-tb-ubnd-2024.txt"
OTHERS = (
    "an-duong-tb-ubnd-2023",
    "cu-chi-ke-hoach-2023-2024",
    "huyen-uy-giao-ban-quy-1-2023",
    "quang-ninh-3677-tb-sgddt-2023",
)

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the founding directives are not part of the project")

DEPARTMENTS, COMMUNES = {"PGD", "TCKH"}, {"XA1", "TT1"}
# The rung of 18/6 is past on 19/6 and replaced by the notice.
LADDERS = {
    "2024-06-28": {"06-24": "3", "06-26": "1", "06-27": "0", "06-28": "X"},
    "2024-07-12": {"07-02": "7", "07-08": "3", "07-10": "1", "07-11": "0", "07-12": "X"},
    "2024-07-26": {"07-16": "7", "07-22": "3", "07-24": "1", "07-25": "0", "07-26": "X"},
}
Entries = dict[date, list[dict[str, Any]]]


@pytest.fixture
def loaded(imported: Shell) -> Shell:
    ended = imported.run("load", NOTICE, "--approve")
    assert ended.code == 0, ended.err
    return imported


def test_every_dated_task_goes_to_its_units(loaded: Shell) -> None:
    dated: dict[tuple[str, str], set[str]] = defaultdict(set)
    for task in loaded.run("tasks", "--json").json():
        if task["deadline"] and task["role"] == "lead":
            dated[task["deadline"], task["code"]].add(task["unit_code"])
    by_deadline: dict[str, list[set[str]]] = defaultdict(list)
    for (deadline, _), units in sorted(dated.items()):
        by_deadline[deadline].append(units)
    assert by_deadline == {
        "2024-06-28": [SCHOOLS, {"PGD"}],
        "2024-07-12": [{"PGD"}],
        "2024-07-26": [SCHOOLS | DEPARTMENTS | COMMUNES],
    }


def test_reminders_fall_on_these_days_and_no_others(loaded: Shell) -> None:
    deadlines = {task["code"]: task["deadline"] for task in loaded.run("tasks", "--json").json()}
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    calendar = WorkCalendar()
    day = date(2024, 6, 19)
    while day <= date(2024, 7, 26):
        entries = loaded.run("reminders", "--on", day.isoformat(), "--json").json()
        if not calendar.is_working(day):
            assert entries == [], day
        for entry in entries:
            assert entry["at"] == f"{day.isoformat()}T08:00:00+07:00"
            for task in entry["tasks"]:
                if not task["rung"].startswith("+"):
                    found[deadlines[task["code"]]][f"{day:%m-%d}"].add(task["rung"])
        day += timedelta(days=1)
    assert found == {deadline: {on: {rung} for on, rung in days.items()} for deadline, days in LADDERS.items()}


def test_what_is_owed_after_the_day_is_reminded_of_three_times(loaded: Shell) -> None:
    for day, rung in (("2024-07-01", "+1"), ("2024-07-03", "+3"), ("2024-07-05", "+5")):
        entries = loaded.run("reminders", "--on", day, "--json").json()
        assert {entry["unit_code"] for entry in entries} == SCHOOLS | {"PGD"}
        assert {task["rung"] for entry in entries for task in entry["tasks"]} == {rung}


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (
            "2024-06-24",
            "Thời hạn: trước ngày 28/6/2024; đề nghị gửi chậm nhất thứ Năm, 27/6/2024 (còn 03 ngày làm việc)",
        ),
        ("2024-06-26", "(còn 01 ngày làm việc)"),
        ("2024-06-27", "ôm nay, thứ Năm, 27/6/2024, là ngày cuối gửi"),
        ("2024-06-28", "là trước ngày hôm nay, 28/6/2024; Văn phòng chưa ghi nhận kết quả"),
    ],
)
def test_reminders_speak_as_offices_write(loaded: Shell, day: str, words: str) -> None:
    entries = loaded.run("reminders", "--on", day, "--json").json()
    (entry,) = [entry for entry in entries if entry["unit_code"] == "TH1"]
    assert words in entry["text"]
    assert "mục II.2, Thông báo số 203/TB-UBND ngày 18/6/2024" in entry["text"] or day != "2024-06-24"
    assert "\nTrả lời: 1 – Đã gửi" in entry["text"]


def test_a_unit_with_several_tasks_on_a_day_gets_one_message(loaded: Shell) -> None:
    """On 26/6 the department has one task, on a day with several nobody is written to twice."""
    for day in ("2024-06-24", "2024-07-12", "2024-07-22"):
        people = [entry["person"] for entry in loaded.run("reminders", "--on", day, "--json").json() if entry["person"]]
        assert len(people) == len(set(people))


@pytest.mark.parametrize("name", OTHERS)
def test_the_others_load_and_keep_undated_what_is_undated(imported: Shell, name: str) -> None:
    gold = json.loads((SHARED / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    ended: Ended = imported.run("load", SHARED / f"{name}.txt", "--approve")
    assert ended.code == 0, ended.err
    with sqlite3.connect(imported.folder / "data" / "dondoc.sqlite3") as database:
        stored = database.execute("SELECT quote, deadline, task_class FROM tasks").fetchall()
        undated = database.execute(
            "SELECT count(*) FROM assignments JOIN tasks ON tasks.id = task_id"
            " WHERE assignments.deadline IS NOT NULL AND tasks.deadline IS NULL"
        ).fetchone()
    assert stored
    assert undated == (0,)
    assert all((deadline is not None) == (kind == "dated") for _, deadline, kind in stored)
    days = {task["deadline"] for task in gold["tasks"]}
    assert {deadline for _, deadline, _ in stored} <= days | {None}
    wanted = [nfc(task["snippet"]) for task in gold["tasks"] if task["deadline"] is None and not task.get("optional")]
    for quote, deadline, _ in stored:
        assert deadline is None or not any(" ".join(snippet.split()) in " ".join(quote.split()) for snippet in wanted)
