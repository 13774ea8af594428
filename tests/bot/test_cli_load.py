"""dondoc load: drafts, assignments at once, the same document again, an amended one, and what has no place here."""

from __future__ import annotations

import hashlib
import io
import os
import sqlite3
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.bot.conftest import DIRECTIVE, SCHOOLS, SCRIPT, Shell
from tests.bot.test_cli_papers import everything_stored

LATER = DIRECTIVE.replace("trước ngày 05/7/2024", "trước ngày 15/7/2024")


@pytest.fixture
def document(imported: Shell) -> Path:
    return imported.path("57-TB-UBND.txt", DIRECTIVE)


def tasks(shell: Shell) -> dict[tuple[str, str], dict[str, object]]:
    """The assignments by task and unit code."""
    return {(row["code"], row["unit_code"]): row for row in shell.run("tasks", "--json").json()}


# --- load ------------------------------------------------------------------------------------------------------------


def test_load_stores_drafts_and_the_file(imported: Shell, document: Path) -> None:
    ended = imported.run("load", document)
    assert ended.code == 0
    first, *drafts = ended.out.splitlines()
    assert first == "Thông báo số 57/TB-UBND ngày 17/6/2024: 3 drafts stored, 2 with a deadline."
    assert any("before 2024-07-12" in line and "Phòng Giáo dục và Đào tạo" in line for line in drafts)
    assert imported.run("tasks", "--json").json() == []
    sha256 = hashlib.sha256(document.read_bytes()).hexdigest()
    kept = imported.folder / "data" / "files" / sha256[:2] / sha256[2:]
    assert kept.read_bytes() == document.read_bytes()


def test_approve_assigns_what_resolves(imported: Shell, document: Path) -> None:
    ended = imported.run("load", document, "--approve")
    assert ended.code == 0
    tasks = imported.run("tasks", "--json").json()
    first = [task for task in tasks if task["deadline"] == "2024-07-05"]
    assert {task["unit_code"] for task in first} == SCHOOLS
    assert {task["unit_code"] for task in tasks if task["deadline"] == "2024-07-12"} == {"PGD"}
    assert {task["directive"] for task in tasks} == {"57/TB-UBND"}
    assert "Trường THCS Bình Minh" in ended.err  # nobody there can be reached


@pytest.mark.parametrize("options", [(), ("--approve",)])
def test_loading_the_same_document_again_changes_nothing(
    imported: Shell, document: Path, options: tuple[str, ...]
) -> None:
    imported.run("load", document, *options)
    before = everything_stored(imported)
    again = imported.run("load", document, *options)
    assert again.code == 0
    assert "was loaded before" in again.out
    assert everything_stored(imported) == before


def test_the_same_number_and_day_are_the_same_document(imported: Shell, document: Path) -> None:
    imported.run("load", document)
    before = everything_stored(imported)
    retyped = imported.path("retyped.txt", DIRECTIVE.replace("Rà soát cơ sở", "Rà  soát cơ sở"))
    assert "was loaded before" in imported.run("load", retyped).out
    assert everything_stored(imported) == before


def test_drafts_that_were_loaded_can_be_approved_later(imported: Shell, document: Path) -> None:
    imported.run("load", document)
    ended = imported.run("load", document, "--approve")
    assert "was loaded before" in ended.out
    assert "Tasks assigned: 3" in ended.out


def test_what_does_not_resolve_stays_a_draft_with_a_line_each(shell: Shell) -> None:
    shell.run("units", "import", shell.path("u.csv", "Mã đơn vị,Tên đơn vị\nPGD,Phòng Giáo dục và Đào tạo\n"))
    file = shell.path("d.txt", DIRECTIVE)
    ended = shell.run("load", file, "--approve")
    assert ended.code == 0
    left = [line for line in ended.err.splitlines() if line.startswith("left as a draft")]
    assert len(left) == 2
    assert all("trường học thuộc huyện" in line for line in left)
    assert {task["unit_code"] for task in shell.run("tasks", "--json").json()} == {"PGD"}

    shell.run("units", "import", shell.path("u2.csv", "Mã đơn vị,Tên đơn vị\nTH1,Trường Tiểu học Bình Chánh\n"))
    assert "Tasks assigned: 2" in shell.run("load", file, "--approve").out


def test_a_document_without_tasks_is_not_stored(imported: Shell) -> None:
    before = everything_stored(imported)
    ended = imported.run("load", imported.path("d.txt", "Hôm nay trời đẹp.\n"))
    assert ended.code == 0
    assert "no tasks" in ended.out
    assert everything_stored(imported) == before


def test_what_is_announced_is_stored(imported: Shell, document: Path) -> None:
    """Whoever reads only the first line (head -1) closes the pipe: what it says holds all the same."""
    running = subprocess.Popen(
        [SCRIPT, "load", str(document)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **imported.environment},
        cwd=imported.folder,
    )
    assert running.stdout is not None
    running.stdout.close()
    running.wait(120)
    assert "was loaded before" in imported.run("load", document).out


# --- what is blank, what is not settled --------------------------------------------------------------------------------


BLANK = (
    DIRECTIVE.replace("Số: 57/TB-UBND", "Số:    /TB-UBND")
    .replace("ngày 17 tháng 6 năm 2024", "ngày    tháng    năm")
    .replace("05/7/2024", "05/7")
    .replace("12/7/2024", "12/7")
)


def test_number_and_day_may_be_given(imported: Shell) -> None:
    file = imported.path("quet.txt", BLANK)
    ended = imported.run("load", file, "--number", "57/TB-UBND", "--issued-on", "2024-06-17")
    assert "Thông báo số 57/TB-UBND ngày 17/6/2024: 3 drafts stored, 2 with a deadline." in ended.out
    assert "no_number" not in ended.err


def test_and_also_later(imported: Shell) -> None:
    """What was loaded with a blank head is the same document when its number and day are known."""
    file = imported.path("quet.txt", BLANK)
    assert "0 with a deadline" in imported.run("load", file).out
    ended = imported.run("load", file, "--number", "57", "--issued-on", "2024-06-17", "--approve")
    assert "2 more drafts with a deadline" in ended.out
    assert "Tasks assigned: 3" in ended.out
    assert {row["directive"] for row in tasks(imported).values()} == {"57/TB-UBND"}
    assert "was loaded before" in imported.run("load", imported.path("goc.txt", DIRECTIVE)).out


def test_a_day_that_is_none(imported: Shell, document: Path) -> None:
    ended = imported.run("load", document, "--issued-on", "17/6/2024")
    assert (ended.code, ended.out) == (2, "")
    assert len(ended.err.splitlines()) == 1


def test_names_that_are_not_settled_come_with_what_they_may_be(imported: Shell) -> None:
    text = DIRECTIVE.replace("2. Phòng Giáo dục và Đào tạo", "2. Phòng Giáo giục và Đào tạo")
    ended = imported.run("load", imported.path("d.txt", text))
    assert ended.code == 0
    [line] = [line for line in ended.err.splitlines() if line.startswith("not settled: ")]
    assert "“Phòng Giáo giục và Đào tạo”" in line
    assert "PGD Phòng Giáo dục và Đào tạo" in line


# --- amended -----------------------------------------------------------------------------------------------------------


def test_an_amended_document_shows_its_difference(imported: Shell, document: Path) -> None:
    imported.run("load", document, "--approve")
    before = everything_stored(imported)
    amended = imported.path("57-moi.txt", LATER)
    ended = imported.run("load", amended)
    assert ended.code == 0
    assert "deadline before 2024-07-05 → before 2024-07-15" in ended.out
    assert "Nothing was changed" in ended.out
    assert everything_stored(imported) == before

    ended = imported.run("load", amended, "--approve")
    assert ended.code == 0
    assert "with a new deadline" in ended.out
    assert {row["deadline"] for (code, _), row in tasks(imported).items() if code == "NV-001"} == {"2024-07-15"}
    assert {row["deadline"] for (code, _), row in tasks(imported).items() if code == "NV-003"} == {"2024-07-12"}
    after = everything_stored(imported)
    again = imported.run("load", amended, "--approve")
    assert (again.code, "was loaded before; it was not stored again" in again.out) == (0, True)
    assert everything_stored(imported) == after


def test_what_was_handed_in_keeps_the_day_that_held_then(imported: Shell, document: Path) -> None:
    imported.run("load", document, "--approve")
    with sqlite3.connect(imported.folder / "data" / "dondoc.sqlite3") as database:
        school = "unit_id = (SELECT id FROM units WHERE code = 'TH1')"
        database.execute(f"UPDATE assignments SET state = 'done', result = 'late', late_days = 3 WHERE {school}")
    ended = imported.run("load", imported.path("57-moi.txt", LATER), "--approve")
    assert "left     NV-001  Trường Tiểu học Bình Chánh: done" in ended.out
    rows = tasks(imported)
    assert (rows["NV-001", "TH1"]["deadline"], rows["NV-001", "TH1"]["state"]) == ("2024-07-05", "done")
    assert rows["NV-001", "MN1"]["deadline"] == "2024-07-15"


def test_new_and_gone(imported: Shell, document: Path) -> None:
    imported.run("load", document, "--approve")
    text = DIRECTIVE.replace(
        "2. Phòng Giáo dục và Đào tạo\n\n- Tổng hợp, báo cáo UBND huyện kết quả rà soát của các trường. "
        "Hoàn thành trước ngày 12/7/2024.",
        "2. Phòng Tài chính – Kế hoạch\n\n- Bố trí kinh phí sửa chữa trường lớp. Hoàn thành trước ngày 19/7/2024.",
    )
    ended = imported.run("load", imported.path("57-moi.txt", text), "--approve")
    assert ended.code == 0, ended.err
    rows = tasks(imported)
    assert rows["NV-003", "PGD"]["state"] == "withdrawn"
    assert (rows["NV-004", "TCKH"]["state"], rows["NV-004", "TCKH"]["deadline"]) == ("new", "2024-07-19")


def test_a_document_that_amends_another(imported: Shell, document: Path) -> None:
    imported.run("load", document, "--approve")
    text = (
        DIRECTIVE[: DIRECTIVE.index("Kết luận của")]
        .replace("57/TB-UBND", "60/TB-UBND")
        .replace("ngày 17 tháng", "ngày 18 tháng")
    )
    text += (
        "Về việc điều chỉnh Thông báo số 57/TB-UBND ngày 17/6/2024\n\n"
        "1. Gia hạn thời gian rà soát cơ sở vật chất, lập danh mục sửa chữa tại mục 1 Thông báo số 57/TB-UBND từ ngày "
        "05/7/2024 đến hết ngày 15/7/2024.\n"
    )
    file = imported.path("60.txt", text)
    ended = imported.run("load", file)
    assert "It amends Thông báo số 57/TB-UBND ngày 17/6/2024" in ended.out
    assert "→ by 2024-07-15" in ended.out
    assert {row["deadline"] for (code, _), row in tasks(imported).items() if code == "NV-001"} == {"2024-07-05"}

    other = imported.path("61.txt", text.replace("60/TB-UBND", "61/TB-UBND"))
    assert imported.run("load", other, "--approve").code == 0
    assert {row["deadline"] for (code, _), row in tasks(imported).items() if code == "NV-001"} == {"2024-07-15"}


# --- secrets -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["parse", "load"])
def test_a_name_that_claims_a_secret(imported: Shell, command: str) -> None:
    before = everything_stored(imported)
    ended = imported.run(command, imported.path("57-TB (MẬT).txt", DIRECTIVE))
    assert (ended.code, ended.out) == (3, "")
    assert "phụ huynh" not in ended.err
    assert everything_stored(imported) == before


def test_an_archive_is_no_document(imported: Shell) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("kho.txt", DIRECTIVE.replace("THÔNG BÁO", "TỐI MẬT\n\nTHÔNG BÁO", 1))
    before = everything_stored(imported)
    (imported.folder / "ho-so.zip").write_bytes(packed.getvalue())
    assert imported.run("load", "ho-so.zip").code == 3
    assert everything_stored(imported) == before
