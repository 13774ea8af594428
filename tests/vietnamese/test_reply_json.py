"""The lines that scripts speak."""

from __future__ import annotations

import json

import pytest

from dondoc.vietnamese.reply_json import understand_lines
from tests.vietnamese.labelled import NOW


def test_one_object_in_one_object_out() -> None:
    lines = [
        '{"text": "mai em nộp", "now": "2024-06-25T10:00:00+07:00", "deadline": "2024-06-28"}\n',
        "\n",
        '{"text": "xong 100% rồi ạ"}',
        '{"text": "1", "question": "confirm_done"}',
    ]
    assert [json.loads(line) for line in understand_lines(lines, NOW)] == [
        {"intent": "dang_lam", "percent": None, "date": "2024-06-26", "closes": False},
        {"intent": "hoan_thanh", "percent": 100, "date": None, "closes": True},
        {"intent": "hoan_thanh", "percent": None, "date": None, "closes": True},
    ]


def test_instants_of_other_zones_are_taken_in_the_offices() -> None:
    line = '{"text": "mai em nộp", "now": "2024-06-25T18:30:00+00:00"}'
    assert json.loads(next(understand_lines([line], NOW)))["date"] == "2024-06-27"


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("nộp rồi", "Expecting value"),
        ("[1]", "not a JSON object"),
        ('{"now": "2024-06-25T10:00:00"}', '"text" is missing'),
        ('{"text": 5, "now": "2024-06-25T10:00:00"}', '"text" is missing or no string'),
        ('{"text": "ok"}', '"now" is missing'),
        ('{"text": "ok", "now": "today"}', '"now" is no ISO instant'),
        ('{"text": "ok", "now": "2024-06-25T10:00:00", "deadline": "28/6"}', '"deadline" is no ISO date'),
        ('{"text": "ok", "now": "2024-06-25T10:00:00", "question": "weather"}', '"question" is none of'),
    ],
)
def test_a_bad_line_is_named(line: str, wrong: str) -> None:
    good = '{"text": "ok", "now": "2024-06-25T10:00:00"}'
    answers = understand_lines([good, line])
    assert next(answers)
    with pytest.raises(ValueError, match=f"line 2: .*{wrong}"):
        next(answers)
