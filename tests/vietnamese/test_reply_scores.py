"""How well replies are understood, measured on labelled ones: above all, nothing is closed that was not finished."""

from __future__ import annotations

import pytest

from tests.vietnamese.labelled import HERE, SHARED, WRITINGS, Score, load, score

OWN = HERE / "replies.jsonl"
LATER = HERE / "replies_later.jsonl"


def check(result: Score, accuracy: float, missed: float) -> None:
    assert result.false_closes == []
    assert result.accuracy >= accuracy, result.wrong
    assert result.missed_share <= missed, result.missed


@pytest.mark.parametrize("writing", WRITINGS)
def test_replies_the_rules_were_written_with(writing: str) -> None:
    result = score(load(OWN, "develop"), writing)
    check(result, accuracy=0.95, missed=0.10)
    assert sum(result.figures) >= 0.97 * len(result.figures)
    assert sum(result.days) >= 0.95 * len(result.days)


@pytest.mark.parametrize("writing", WRITINGS)
def test_replies_held_back_from_the_rules(writing: str) -> None:
    check(score(load(OWN, "held_back"), writing), accuracy=0.88, missed=0.20)


@pytest.mark.parametrize("writing", WRITINGS)
def test_replies_added_later_to_widen_the_rules(writing: str) -> None:
    check(score(load(LATER), writing), accuracy=0.93, missed=0.10)


@pytest.mark.skipif(not SHARED.exists(), reason="the office's own replies lie beside the project")
@pytest.mark.parametrize("name", ["labelled", "dated"])
@pytest.mark.parametrize("writing", WRITINGS)
def test_the_offices_own_replies(name: str, writing: str) -> None:
    result = score(load(SHARED / f"{name}.jsonl"), writing)
    check(result, accuracy=0.95, missed=0.10)
    assert sum(result.figures) >= 0.97 * len(result.figures)
    assert sum(result.days) >= 0.95 * len(result.days)
