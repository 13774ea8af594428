"""Whole documents of our own, of many kinds, and what a clerk would enter from each of them.

``documents/NAME.txt`` is the text, ``documents/NAME.json`` the draft: fields that the text does not give are left out.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from dondoc.directives.drafts import DirectiveDraft, to_json
from dondoc.directives.parse import parse_directive
from dondoc.directives.reading import SourceText, read_document

FOLDER = Path(__file__).parent / "documents"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
UNSAID = ("quote", "page", "deadline_text", "confidence", "why")


def draft_of(name: str) -> DirectiveDraft:
    return parse_directive(read_document(FOLDER / f"{name}.txt"))


def said(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value not in (None, []) and key not in UNSAID}


@pytest.mark.parametrize("name", NAMES)
def test_a_document_becomes_its_draft(name: str) -> None:
    expected = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    got = to_json(draft_of(name))
    assert said(got["document"]) == expected["document"]
    assert [said(task) for task in got["tasks"]] == expected["tasks"]
    assert got["warnings"] == expected["warnings"]


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_stands_in_the_source(name: str) -> None:
    source = " ".join(read_document(FOLDER / f"{name}.txt").text.split())
    for task in draft_of(name).tasks:
        assert task.quote in source


@pytest.mark.parametrize("name", NAMES)
def test_lines_broken_elsewhere_change_nothing_but_the_breaks(name: str) -> None:
    """A text broken at eighty letters, with page numbers between, gives the same days to the same units."""
    import textwrap

    source = read_document(FOLDER / f"{name}.txt")
    if "|" in source.text or len(source.text) / max(1, source.text.count("\n")) > 500:
        pytest.skip("tables and texts in one line have no breaks to move")
    lines: list[str] = []
    for line in source.text.split("\n"):
        lines += textwrap.wrap(line, 80, break_on_hyphens=False, break_long_words=False) if len(line) > 95 else [line]
    text = "\n".join(lines)
    broken = parse_directive(SourceText(text, (text,), source.media_type))
    assert _days(broken) == _days(draft_of(name))


def _days(draft: DirectiveDraft) -> list[tuple[object, ...]]:
    return [(task.lead, task.deadline, task.time, task.report_to, task.report_via) for task in draft.tasks]


def test_the_json_has_the_fields_of_the_contract_in_their_order() -> None:
    got = to_json(draft_of("cong-van-mot-cot"))
    assert list(got) == ["document", "tasks", "warnings"]
    assert list(got["document"]) == (
        "kind number issuer place issued_on subject signer signer_title recipients".split()  # noqa: SIM905
    )
    contract = (
        "section content quote page lead cooperate deadline time deadline_text deadline_rule soft relative recurrence"
        " recurrence_rule report_to report_via confidence task_class why"
    )
    assert all(" ".join(task) == contract for task in got["tasks"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", got["tasks"][0]["deadline"])


def test_an_outline_of_a_report_is_no_task_and_its_sending_belongs_to_the_request() -> None:
    draft = draft_of("bo-ra-soat")
    assert len(draft.tasks) == 1
    assert "giảng viên cơ hữu" not in draft.tasks[0].quote


def test_a_second_document_in_the_file_is_named_and_not_read() -> None:
    first = (FOLDER / "nhac-bao-cao.txt").read_text(encoding="utf-8")
    second = (FOLDER / "cong-van-mot-cot.txt").read_text(encoding="utf-8")
    text = f"{first}\n\n{second}"
    draft = parse_directive(SourceText(text, (text,), "text/plain"))
    assert draft.document.signer == "Lâm Văn Phước"
    assert [task.deadline for task in draft.tasks] == [task.deadline for task in draft_of("nhac-bao-cao").tasks]
    assert "further_document" in draft.warnings
