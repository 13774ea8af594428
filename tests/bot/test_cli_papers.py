"""dondoc parse, load and report: drafts without storing, loading once, refusing what has no place here."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest

from dondoc.bot.cli_papers import month_window
from tests.bot.conftest import DIRECTIVE, Shell

DOCUMENT_KEYS = {"kind", "number", "issuer", "place", "issued_on", "subject", "signer", "signer_title", "recipients"}
_TASK = """section content quote page lead cooperate deadline time deadline_text deadline_rule soft relative recurrence
    recurrence_rule report_to report_via confidence"""
TASK_KEYS = set(_TASK.split())


def everything_stored(shell: Shell) -> tuple[list[str], set[Path]]:
    """The database as SQL and the files of the content store."""
    with sqlite3.connect(shell.folder / "data" / "dondoc.sqlite3") as database:
        rows = list(database.iterdump())
    return rows, {path for path in (shell.folder / "data" / "files").rglob("*") if path.is_file()}


@pytest.fixture
def document(imported: Shell) -> Path:
    return imported.path("57-TB-UBND.txt", DIRECTIVE)


# --- parse -----------------------------------------------------------------------------------------------------------


def test_parse_prints_the_contracts_json_alone(shell: Shell) -> None:
    ended = shell.run("parse", shell.path("d.txt", DIRECTIVE), "--json")
    assert (ended.code, ended.err) == (0, "")
    draft = ended.json()
    assert set(draft) == {"document", "tasks", "warnings"}
    assert set(draft["document"]) == DOCUMENT_KEYS
    assert all(set(task) >= TASK_KEYS for task in draft["tasks"])
    assert draft["document"]["number"] == "57/TB-UBND"
    assert [task["deadline"] for task in draft["tasks"] if task["deadline"]] == ["2024-07-05", "2024-07-12"]


def test_parse_stores_nothing_and_needs_no_settings(shell: Shell) -> None:
    shell.environment["DONDOC_DATABASE_URL"] = "not a database"
    assert shell.run("parse", shell.path("d.txt", DIRECTIVE)).code == 0
    assert [path.name for path in shell.folder.iterdir()] == ["d.txt"]


def test_parse_shows_a_table_to_people(shell: Shell) -> None:
    ended = shell.run("parse", shell.path("d.txt", DIRECTIVE))
    assert ended.out.startswith("Thông báo số 57/TB-UBND ngày 17/6/2024\n")
    assert "before 2024-07-05" in ended.out
    assert "UBND huyện via Phòng Giáo dục và Đào tạo" in ended.out


@pytest.mark.parametrize("command", ["parse", "load"])
@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.txt", b""), ("binary.txt", b"\x00\x01\x02\xff" * 100), ("scan.png", b"\x89PNG\r\n\x1a\n" + b"0" * 50)],
)
def test_what_cannot_be_read_is_refused_in_one_line(shell: Shell, command: str, name: str, content: bytes) -> None:
    (shell.folder / name).write_bytes(content)
    ended = shell.run(command, name)
    assert (ended.code, ended.out) == (3, "")
    assert name in ended.err
    assert len(ended.err.splitlines()) == 1


def test_a_missing_document(shell: Shell) -> None:
    ended = shell.run("parse", "nowhere.txt", "--json")
    assert (ended.code, ended.out) == (3, "")
    assert len(ended.err.splitlines()) == 1


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
@pytest.mark.parametrize("command", [("parse", "--json"), ("load",), ("load", "--approve")])
def test_a_secret_document_leaves_no_trace(imported: Shell, mark: str, command: tuple[str, ...]) -> None:
    before = everything_stored(imported)
    secret = DIRECTIVE.replace("Số: 57/TB-UBND", f"Số: 57/TB-UBND\n\n{mark}")
    ended = imported.run(*command, imported.path("d.txt", secret))
    assert (ended.code, ended.out) == (3, "")
    assert mark in ended.err
    assert "phụ huynh" not in ended.err
    assert everything_stored(imported) == before


def test_a_caution_is_said_and_nothing_more(shell: Shell) -> None:
    marked = DIRECTIVE.replace("THÔNG BÁO", "(Tài liệu lưu hành nội bộ)\n\nTHÔNG BÁO")
    ended = shell.run("parse", shell.path("d.txt", marked), "--json")
    assert ended.code == 0
    assert "internal use" in ended.err
    assert ended.json()["tasks"]


# --- report ----------------------------------------------------------------------------------------------------------


def test_both_papers_at_once(imported: Shell, document: Path) -> None:
    imported.run("load", document, "--approve")
    xlsx, word = imported.folder / "so.xlsx", imported.folder / "bao-cao.docx"
    ended = imported.run("report", "--xlsx", xlsx, "--docx", word)
    assert ended.code == 0, ended.err
    cells = {str(cell.value) for sheet in openpyxl.load_workbook(xlsx) for row in sheet.iter_rows() for cell in row}
    assert "57/TB-UBND" in cells
    assert "Phòng Giáo dục và Đào tạo" in cells
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(word)).paragraphs)
    assert "ngày 15/6/2024 đến ngày 19/6/2024" in text
    assert "Văn phòng HĐND và UBND huyện Bình Sơn" in text


def test_a_report_needs_to_know_which(imported: Shell) -> None:
    assert imported.run("report").code == 2


def test_a_paper_that_cannot_be_written(imported: Shell) -> None:
    ended = imported.run("report", "--xlsx", imported.folder / "no" / "so.xlsx")
    assert (ended.code, ended.out) == (1, "")
    assert len(ended.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("today", "begin", "until"),
    [
        (date(2024, 6, 19), date(2024, 6, 15), date(2024, 8, 14)),
        (date(2024, 6, 14), date(2024, 5, 15), date(2024, 7, 14)),
        (date(2024, 6, 15), date(2024, 6, 15), date(2024, 8, 14)),
        (date(2024, 12, 31), date(2024, 12, 15), date(2025, 2, 14)),
        (date(2025, 1, 1), date(2024, 12, 15), date(2025, 2, 14)),
    ],
)
def test_a_month_of_reporting_goes_from_the_15th_to_the_14th(today: date, begin: date, until: date) -> None:
    assert month_window(today) == (begin, until)
