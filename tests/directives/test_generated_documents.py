"""Directives nobody has written: generated with their answers, in every shape and damage that offices have shown.

The generator lies in ``generator``; a failing number can be looked at with
``python -m tests.directives.generator NUMBER``.
"""

from __future__ import annotations

import unicodedata
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dondoc.directives.drafts import DirectiveDraft, to_json
from dondoc.directives.parse import parse_directive
from dondoc.directives.reading import SourceText, read_bytes
from tests.directives.generator.damage import DAMAGES
from tests.directives.generator.directives import seeded
from tests.directives.generator.scoring import Score, folded

# The same draws on every machine and in every run: a search for new ones is a matter of changing the numbers below.
settings.register_profile("generated", deadline=None, derandomize=True, max_examples=60)
generated = settings.get_profile("generated")

SAMPLE = range(300)
CLEAN = range(0, 600, 2)
NUMBERS = st.integers(0, 10**6)
UNDAMAGED = NUMBERS.map(lambda number: 2 * number)


def read(text: str) -> DirectiveDraft:
    return parse_directive(SourceText(text, (text,), "text/plain"))


def scored(numbers: range) -> Score:
    score = Score()
    for number in numbers:
        document = seeded(number)
        score.add(document, read(document.text))
    return score


def days_of(draft: DirectiveDraft) -> list[tuple[str, ...]]:
    """Who, by when and to whom of every task, blanks folded."""
    return [
        tuple(folded(str(value)) for value in (*task.lead, task.deadline, task.time, task.report_to, task.report_via))
        for task in draft.tasks
    ]


def test_a_sample_of_three_hundred_is_read_as_well_as_was_promised() -> None:
    """Half of them as written, half damaged in one or two ways; the bars are the issue's."""
    score = scored(SAMPLE)
    totals, misses = score.totals(), "\n".join(score.misses)
    assert totals["dated_f1"] >= 0.95, misses
    assert totals["found"] >= 0.92, misses
    assert totals["lead_f1"] >= 0.88, misses
    assert totals["task_precision"] >= 0.85, misses
    assert totals["report_to_via"] >= 0.9, misses
    assert totals["meta"] >= 0.95, misses
    assert totals["quote_bad"] == 0, misses
    assert totals["not_deadline_bad"] == 0, misses
    assert totals["not_task_bad"] <= len(SAMPLE) // 100, misses


def test_what_is_undamaged_is_read_without_fault() -> None:
    score = scored(CLEAN)
    totals, misses = score.totals(), "\n".join(score.misses)
    shares = {name: share for name, share in totals.items() if not name.endswith("_bad")}
    assert min(shares.values()) >= 0.985, misses
    assert totals["dated_f1"] >= 0.995, misses
    assert totals["rule"] == 1, misses
    assert {totals[name] for name in ("quote_bad", "not_task_bad", "not_deadline_bad")} == {0}, misses


@generated
@given(UNDAMAGED)
def test_deadlines_of_undamaged_text_are_exact(number: int) -> None:
    """Each task that has a day is found with it, its rule and its hour; no other day is said anywhere."""
    document, score = seeded(number), Score()
    draft = read(document.text)
    score.add(document, draft)
    counts = score.counts
    assert counts["dated_found"] == counts["dated_expected"], score.misses
    assert counts["dated_right"] == counts["dated_said"], score.misses
    assert counts["rule_right"] == counts["rules"], score.misses
    assert counts["not_deadline_bad"] == 0, score.misses


@generated
@given(UNDAMAGED)
def test_items_below_a_heading_have_its_day(number: int) -> None:
    document = seeded(number)
    draft = read(document.text)
    for expected in document.tasks:
        if not expected.inherited:
            continue
        words = folded(expected.snippet)
        said = [task for task in draft.tasks if words in folded(task.quote)]
        assert [(task.deadline, task.deadline_rule) for task in said] == [(expected.moment.day, expected.moment.rule)]


@generated
@given(UNDAMAGED, st.lists(st.sampled_from(sorted(DAMAGES)), max_size=3))
def test_no_damage_makes_it_fail_or_invent(number: int, damages: list[str]) -> None:
    """Every quote stands in the source, every day in words of the source; a date of another sort never becomes one."""
    document = seeded(number)
    text = document.text
    for name in damages:
        text = DAMAGES[name](Random(number), text)
    source = read_bytes(text.encode())
    draft = parse_directive(source)
    body = " ".join(source.text.split())
    for task in draft.tasks:
        assert task.quote in body
        if task.deadline is not None:
            assert task.deadline_text is not None
            assert folded(task.deadline_text) in folded(body)
            assert task.deadline not in document.not_deadlines
    to_json(draft)


@pytest.mark.parametrize("damage", ["markdown", "wider blanks", "stamped"])
@generated
@given(number=UNDAMAGED)
def test_what_a_reader_overlooks_changes_nothing(damage: str, number: int) -> None:
    text = seeded(number).text
    damaged = read(DAMAGES[damage](Random(number), text))
    assert days_of(damaged) == days_of(read(text))


@generated
@given(NUMBERS)
def test_decomposed_letters_and_other_line_ends_change_nothing(number: int) -> None:
    text = seeded(number).text
    plain = parse_directive(read_bytes(text.encode()))
    assert plain == parse_directive(read_bytes(unicodedata.normalize("NFD", text).encode()))
    assert plain == parse_directive(read_bytes(text.replace("\n", "\r\n").encode()))
    assert plain == parse_directive(read_bytes(text.encode("utf-16")))
