"""dondoc understand: a line in, a line out, in order and at once."""

from __future__ import annotations

import json
import subprocess

import pytest

from tests.bot.conftest import SCRIPT, Shell


def line(text: str, **more: str) -> str:
    return json.dumps({"text": text, "now": "2024-06-25T10:00:00+07:00", **more}, ensure_ascii=False) + "\n"


def test_one_answer_a_line_in_the_same_order(shell: Shell) -> None:
    asked = (
        line("Dạ em nộp báo cáo rồi ạ", deadline="2024-06-28")
        + "\n"
        + line("bên em làm được 60% rồi")
        + line("mai em gửi")
    )
    ended = shell.run("understand", "--json", stdin=asked)
    assert (ended.code, ended.err) == (0, "")
    answers = [json.loads(answer) for answer in ended.out.splitlines()]
    assert all(set(answer) == {"intent", "percent", "date", "closes"} for answer in answers)
    assert answers[0]["intent"] == "hoan_thanh"
    assert answers[0]["closes"] is True
    assert answers[1]["percent"] == 60
    assert answers[1]["closes"] is False
    assert answers[2]["date"] == "2024-06-26"


def test_days_are_counted_where_the_office_is(shell: Shell) -> None:
    # 20:00 UTC on 25/6 is 03:00 on 26/6 in Vietnam.
    ended = shell.run("understand", "--json", stdin=line("mai em gửi", now="2024-06-25T20:00:00Z"))
    assert json.loads(ended.out)["date"] == "2024-06-27"


def test_without_now_the_offices_clock_counts(shell: Shell) -> None:
    ended = shell.run("understand", "--json", stdin='{"text": "mai em gửi"}\n')
    assert json.loads(ended.out)["date"] == "2024-06-20"


@pytest.mark.parametrize(
    "bad",
    [
        "xong",
        "[]",
        '{"text": 5}',
        '{"now": "2024-06-25"}',
        '{"text": "a", "now": "soon"}',
        '{"text": "a", "deadline": "x"}',
    ],
)
def test_a_line_that_is_none_is_named_and_the_others_are_answered(shell: Shell, bad: str) -> None:
    ended = shell.run("understand", "--json", stdin=f"{line('xong rồi ạ')}{bad}\n{line('ok')}")
    assert ended.code == 1
    assert len(ended.out.splitlines()) == 2
    assert ended.err.startswith("line 2: ")


def test_bare_messages_for_people(shell: Shell) -> None:
    ended = shell.run("understand", stdin="xong 2/3 rồi\n")
    assert ended.out == "intent=dang_lam percent=67 date=– closes=False\n"


def test_each_answer_comes_at_once(shell: Shell) -> None:
    """A program that asks line by line is not kept waiting for the end."""
    with subprocess.Popen(
        [SCRIPT, "understand", "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=shell.folder,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(2):
            process.stdin.write(line("đã nộp"))
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["intent"]
        process.stdin.close()
        assert process.wait(20) == 0
