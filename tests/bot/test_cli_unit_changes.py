"""dondoc units export, close and rotate: the registry goes out and comes in again, units end, people change."""

from __future__ import annotations

from datetime import datetime

import openpyxl
import pytest

from dondoc.rules.unit_kinds import LABELS, Kind, kind_of
from tests.bot.conftest import DIRECTIVE, Shell

MORE = (
    "Mã đơn vị,Tên đơn vị,Loại,Tên khác,Người liên hệ,Chức vụ,Điện thoại,Xưng hô,Vai trò đầu mối,Hiệu lực từ,Hiệu lực đến\n"
    'TH1,Trường Tiểu học Bình Chánh,,"TH B.Chánh; Tiểu học Chánh",Phan Văn Khải,Hiệu trưởng,0900000004,Thầy,'
    "đầu mối chính,05/9/2001,\n"
    "TH1,,,,Cao Thị Liên,Văn thư,0922222222,Cô,văn thư,,\n"
    "TH1,,,,Bùi Thị Hạ,Giáo viên,0933333333,,trực hè,,\n"
    "CU1,Trường Tiểu học Cũ,Tiểu học,,,,,,,,31/12/2023\n"
)


def codes(shell: Shell) -> dict[str, dict[str, object]]:
    return {unit["code"]: unit for unit in shell.run("units", "list", "--json").json()}


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_what_goes_out_comes_in_unchanged(imported: Shell, suffix: str) -> None:
    """Also into an empty installation, with functions, forms of address and days."""
    assert imported.run("units", "import", imported.path("more.csv", MORE)).code == 0
    before = codes(imported)
    file = imported.folder / f"out.{suffix}"
    ended = imported.run("units", "export", file)
    assert ended.code == 0, ended.err
    assert ended.out.startswith("12 units, 14 rows")
    again = imported.run("units", "import", file)
    assert again.out == "0 new, 0 changed, 12 as they were.\n", imported.run("units", "import", file, "--dry-run").out
    imported.environment["DONDOC_DATA_DIR"] = str(imported.folder / "another")
    assert imported.run("units", "import", file).out.startswith("12 new"), imported.run("units", "import", file).err
    assert codes(imported) == before
    assert before["CU1"]["valid_to"] == "2023-12-31"
    assert before["TH1"]["valid_from"] == "2001-09-05"
    assert [contact["name"] for contact in before["TH1"]["contacts"]] == ["Phan Văn Khải", "Cao Thị Liên", "Bùi Thị Hạ"]  # type: ignore[attr-defined]


def test_a_file_is_not_overwritten(imported: Shell) -> None:
    file = imported.path("mine.csv", "quý")
    assert imported.run("units", "export", file).code == 1
    assert file.read_text(encoding="utf-8") == "quý"


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_written_as_it_is_read(kind: Kind) -> None:
    assert kind_of(LABELS[kind], "Đơn vị nào đó") == kind


def test_days_that_excel_knows_as_days(imported: Shell) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Mã đơn vị", "Tên đơn vị", "Hiệu lực đến", "Tên khác"])
    book.active.append(["CU1", "Trường Tiểu học Cũ", None, None])
    book.active.cell(2, 3).value = datetime(2023, 12, 31)  # noqa: DTZ001
    file = imported.folder / "days.xlsx"
    book.save(file)
    assert imported.run("units", "import", file).code == 0
    assert codes(imported)["CU1"]["valid_to"] == "2023-12-31"
    book.active.cell(2, 4).value = datetime(2023, 12, 31)  # noqa: DTZ001
    book.save(file)
    assert "turned into a date" in imported.run("units", "import", file).err


@pytest.mark.parametrize("day", ["31/2/2024", "cuối năm", "2024"])
def test_what_is_no_day_is_refused_in_words(imported: Shell, day: str) -> None:
    sheet = imported.path("days.csv", f"Mã đơn vị,Tên đơn vị,Hiệu lực đến\nCU1,Trường Tiểu học Cũ,{day}\n")
    ended = imported.run("units", "import", sheet)
    assert ended.code == 1
    assert f'"{day}" is no day' in ended.err
    assert "CU1" not in codes(imported)


# --- closing -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def charged(imported: Shell) -> Shell:
    """Every school owes something."""
    ended = imported.run("load", imported.path("thong-bao.txt", DIRECTIVE), "--approve")
    assert ended.code == 0, ended.err
    return imported


def owing(shell: Shell, unit: str) -> list[str]:
    return [
        row["code"] for row in shell.run("tasks", "--json").json() if row["unit_code"] == unit and row["state"] == "new"
    ]


def test_a_unit_ends_and_its_work_goes_on(charged: Shell) -> None:
    """PGD has a task of its own: it goes to the office's department that is named, with who took over."""
    before = owing(charged, "PGD")
    assert before
    refused = charged.run("units", "close", "PGD", "--on", "2024-06-18")
    assert refused.code == 1
    assert "no unit is named" in refused.err
    assert owing(charged, "PGD") == before
    ended = charged.run("units", "close", "pgd", "--on", "2024-06-18", "--successor", "XA1", "--to", "XA1")
    assert ended.code == 0, ended.err
    assert f"{len(before)} assignments moved" in ended.out
    assert owing(charged, "PGD") == []
    assert set(before) <= set(owing(charged, "XA1"))
    assert codes(charged)["PGD"]["valid_to"] == "2024-06-18"


def test_two_schools_merge(charged: Shell) -> None:
    both = owing(charged, "CS1")
    ended = charged.run("units", "close", "TH1", "MN1", "--on", "2024-06-18", "--successor", "CS1")
    assert ended.code == 0, ended.err
    assert "had the same task already" in ended.err
    assert owing(charged, "CS1") == both
    assert owing(charged, "TH1") == owing(charged, "MN1") == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("TH1", "--on", "2025-01-01"),
        ("TH1", "--on", "mai"),
        ("TH9", "--on", "2024-06-18"),
        ("TH1", "--on", "2024-06-18", "--to", "TH1"),
        ("TH1", "--on", "2024-06-18", "--to", "CS1", "--task", "NV-001"),
    ],
)
def test_what_makes_no_sense_changes_nothing(charged: Shell, arguments: tuple[str, ...]) -> None:
    before = charged.run("units", "list", "--json").out
    ended = charged.run("units", "close", *arguments)
    assert ended.code == 2, ended.out
    assert len(ended.err.splitlines()) == 1
    assert charged.run("units", "list", "--json").out == before


def test_import_closes_no_unit_that_owes_something(charged: Shell) -> None:
    sheet = charged.path("end.csv", "Mã đơn vị,Tên đơn vị,Hiệu lực đến\nTH1,Trường Tiểu học Bình Chánh,18/6/2024\n")
    ended = charged.run("units", "import", sheet)
    assert ended.code == 1
    assert "dondoc units close TH1" in ended.err
    assert codes(charged)["TH1"]["valid_to"] is None


# --- the yearly rotation -------------------------------------------------------------------------------------------------


def test_the_difference_is_shown_before_it_is_stored(imported: Shell) -> None:
    sheet = imported.path(
        "rotation.csv",
        "Mã đơn vị,Tên đơn vị,Người liên hệ,Chức vụ,Điện thoại\n"
        "TH1,Trường Tiểu học Bình Chánh,Lý Thị Thơm,Hiệu trưởng,0900000003\n"
        "MN1,Trường Mầm non Hoa Mai,Hà Thị Mới,Hiệu trưởng,0944444444\n"
        "XA1,UBND xã Bình Chánh,Lương Văn Hòa,Chủ tịch,0900000007\n",
    )
    shown = imported.run("units", "rotate", sheet, "--dry-run")
    assert shown.out.splitlines() == [
        "~ TH1 Trường Tiểu học Bình Chánh: Phan Văn Khải → Lý Thị Thơm (before: Trường Mầm non Hoa Mai)",
        "~ MN1 Trường Mầm non Hoa Mai: Lý Thị Thơm → Hà Thị Mới",
        "2 units change; nothing was stored.",
    ]
    assert [one["name"] for one in codes(imported)["TH1"]["contacts"]] == ["Phan Văn Khải"]  # type: ignore[attr-defined]
    done = imported.run("units", "rotate", sheet)
    assert done.out.endswith("2 units changed.\n")
    assert "1 people are new" in done.err
    assert [one["name"] for one in codes(imported)["TH1"]["contacts"]] == ["Lý Thị Thơm"]  # type: ignore[attr-defined]
    assert imported.run("units", "rotate", sheet).out == "0 units changed.\n"


def test_a_sheet_that_cannot_be_read(imported: Shell) -> None:
    assert imported.run("units", "rotate", imported.path("x.csv", "chỉ có chữ\n")).code == 3
