"""dondoc tasks and reminders: the contract's lists, and what a dry run says of a day."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from tests.bot.conftest import DIRECTIVE, SCHOOLS, Shell

_KEYS = "code directive unit unit_code role content deadline granted_deadline state percent result submitted_at"
KEYS = set(_KEYS.split())


@pytest.fixture
def working(imported: Shell) -> Shell:
    """The directive's tasks are assigned; the head of Tiểu học Bình Chánh has joined."""
    assert imported.run("load", imported.path("d.txt", DIRECTIVE), "--approve").code == 0
    change(
        imported,
        "INSERT INTO addresses (person_id, channel, account, chat_id, joined_at)"
        " SELECT id, 'telegram', '7001', '42', '2024-06-19' FROM people WHERE name = 'Phan Văn Khải'",
    )
    return imported


def change(shell: Shell, statement: str, *values: object) -> None:
    with sqlite3.connect(shell.folder / "data" / "dondoc.sqlite3") as database:
        assert database.execute(statement, values).rowcount > 0


def of_unit(rows: list[dict[str, Any]], code: str) -> dict[str, Any]:
    (row,) = [row for row in rows if row["unit_code"] == code]
    return row


def test_tasks_have_exactly_the_keys_of_the_contract(working: Shell) -> None:
    ended = working.run("tasks", "--json")
    assert (ended.code, ended.err) == (0, "")
    tasks = ended.json()
    assert tasks
    assert all(set(task) == KEYS for task in tasks)
    pairs = [(task["code"], task["unit_code"]) for task in tasks]
    assert len(set(pairs)) == len(pairs)
    task = next(task for task in tasks if task["deadline"] == "2024-07-12")
    assert task["state"] == "new"
    assert task["role"] == "lead"
    assert (task["percent"], task["result"], task["submitted_at"], task["granted_deadline"]) == (None, None, None, None)


def test_a_returned_assignment_says_what_is_demanded(working: Shell) -> None:
    change(
        working,
        "UPDATE assignments SET state = 'returned', demand = 'supplement', percent = 80, granted_deadline = '2024-07-10',"
        " submitted_at = '2024-06-20 01:30:00' WHERE deadline = '2024-07-12'",
    )
    task = next(task for task in working.run("tasks", "--json").json() if task["deadline"] == "2024-07-12")
    assert set(task) == KEYS | {"demand"}
    assert (task["state"], task["demand"], task["percent"]) == ("returned", "supplement", 80)
    assert task["granted_deadline"] == "2024-07-10"
    assert task["submitted_at"] == "2024-06-20T08:30:00+07:00"


def test_tasks_for_people(working: Shell) -> None:
    ended = working.run("tasks")
    assert "Trường Tiểu học Bình Chánh" in ended.out
    assert "2024-07-05" in ended.out


def test_reminders_say_who_gets_what_and_when(working: Shell) -> None:
    # Before 5/7 the last safe day is Thursday 4/7; three working days before it is Monday 1/7.
    entries = working.run("reminders", "--on", "2024-07-01", "--json").json()
    assert {entry["unit_code"] for entry in entries} == SCHOOLS
    entry = of_unit(entries, "TH1")
    assert set(entry) == {"at", "person", "unit_code", "channel", "tasks", "text"}
    assert entry["at"] == "2024-07-01T08:00:00+07:00"
    assert (entry["person"], entry["channel"]) == ("Phan Văn Khải", "telegram")
    assert [task["rung"] for task in entry["tasks"]] == ["3"]
    assert "còn 03 ngày làm việc" in entry["text"]
    assert "Trả lời: 1 – Đã gửi" in entry["text"]
    assert "**" not in entry["text"]
    assert (of_unit(entries, "MN1")["person"], of_unit(entries, "MN1")["channel"]) == ("Lý Thị Thơm", None)
    assert (of_unit(entries, "CS1")["person"], of_unit(entries, "CS1")["channel"]) == (None, None)


def test_a_dry_run_stores_nothing(working: Shell) -> None:
    database = working.folder / "data" / "dondoc.sqlite3"
    with sqlite3.connect(database) as before:
        rows = list(before.iterdump())
    working.run("reminders", "--on", "2024-07-01", "--json")
    with sqlite3.connect(database) as after:
        assert list(after.iterdump()) == rows


@pytest.mark.parametrize("day", ["2024-06-29", "2024-06-30", "2024-09-02"])
def test_nobody_is_reminded_on_a_day_off(working: Shell, day: str) -> None:
    assert working.run("reminders", "--on", day, "--json").json() == []


def test_who_has_submitted_is_not_reminded(working: Shell) -> None:
    change(
        working,
        "UPDATE assignments SET state = 'awaiting_confirmation' WHERE unit_id = (SELECT id FROM units WHERE code = 'TH1')",
    )
    entries = working.run("reminders", "--on", "2024-07-01", "--json").json()
    assert {entry["unit_code"] for entry in entries} == SCHOOLS - {"TH1"}


def test_a_promise_for_a_sunday_is_spoken_of_on_monday(working: Shell) -> None:
    change(working, "UPDATE assignments SET promised_on = '2024-06-23' WHERE deadline = '2024-07-12'")
    (entry,) = working.run("reminders", "--on", "2024-06-24", "--json").json()
    assert [task["rung"] for task in entry["tasks"]] == ["hen"]


def test_one_message_for_a_person_with_several_tasks(working: Shell) -> None:
    change(working, "UPDATE tasks SET deadline = '2024-07-05' WHERE deadline = '2024-07-12'")
    change(working, "UPDATE assignments SET deadline = '2024-07-05' WHERE deadline = '2024-07-12'")
    # The same person answers for the school and for the department.
    change(
        working,
        "UPDATE contacts SET person_id = (SELECT id FROM people WHERE name = 'Phan Văn Khải')"
        " WHERE unit_id = (SELECT id FROM units WHERE code = 'PGD')",
    )
    entries = working.run("reminders", "--on", "2024-07-01", "--json").json()
    entry = next(entry for entry in entries if entry["person"] == "Phan Văn Khải")
    assert entry["unit_code"] == "TH1, PGD"
    assert len(entry["tasks"]) == 2
    assert "A. " in entry["text"]


def test_reminders_for_people(working: Shell) -> None:
    ended = working.run("reminders", "--on", "2024-07-01")
    assert "Phan Văn Khải – TH1 – telegram" in ended.out
    assert "nobody – CS1 – has not joined" in ended.out
    assert "Nobody is reminded" in working.run("reminders", "--on", "2024-06-29").out


@pytest.mark.parametrize("day", ["24/6/2024", "tomorrow", "2024-02-30"])
def test_a_day_that_is_none(working: Shell, day: str) -> None:
    ended = working.run("reminders", "--on", day)
    assert (ended.code, ended.out) == (2, "")
    assert day in ended.err
