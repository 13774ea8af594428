"""dondoc units: all or nothing in, the contract's JSON out."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.bot.conftest import REGISTRY, Shell


def test_list_gives_the_units_of_the_sheet(imported: Shell) -> None:
    listed = imported.run("units", "list", "--json").json()
    assert [unit["code"] for unit in listed] == sorted(line.split(",")[0] for line in REGISTRY.splitlines()[1:])
    school = next(unit for unit in listed if unit["code"] == "TH1")
    assert school == {
        "code": "TH1",
        "name": "Trường Tiểu học Bình Chánh",
        "kind": "primary",
        "parent": "UBNDH",
        "aliases": ["TH Bình Chánh"],
        "contacts": [{"name": "Phan Văn Khải", "title": "Hiệu trưởng", "phone": "0900000004", "joined": False}],
        "valid_from": None,
        "valid_to": None,
        "successors": [],
    }


def test_a_table_for_people(imported: Shell) -> None:
    ended = imported.run("units", "list")
    assert "Trường Tiểu học Bình Chánh" in ended.out
    assert "Phan Văn Khải" in ended.out


def test_importing_again_changes_nothing(imported: Shell) -> None:
    before = imported.run("units", "list", "--json").out
    ended = imported.run("units", "import", imported.folder / "units.csv")
    assert ended.out == "0 new, 0 changed, 11 as they were.\n"
    assert imported.run("units", "list", "--json").out == before


def test_dry_run_tells_and_stores_nothing(shell: Shell) -> None:
    ended = shell.run("units", "import", shell.path("u.csv", REGISTRY), "--dry-run")
    assert "+ TH1 Trường Tiểu học Bình Chánh" in ended.out
    assert "11 new, 0 changed" in ended.out
    assert shell.run("units", "list", "--json").json() == []


def test_a_known_unit_is_updated_by_its_code_in_any_case(imported: Shell) -> None:
    sheet = imported.path(
        "more.csv",
        "Điện thoại,TÊN ĐƠN VỊ,Mã đơn vị,Người liên hệ,Chức vụ,Tên khác\n"
        "0911111111,Trường Tiểu học Bình Chánh,th1,Phan Văn Khải,Hiệu trưởng,Tiểu học Chánh\n"
        "0922222222,Trường Tiểu học Bình Chánh,th1,Cao Thị Liên,Văn thư,\n",
    )
    told = imported.run("units", "import", sheet, "--dry-run").out
    assert "phone 0900000004 → 0911111111" in told
    assert "new contact Cao Thị Liên" in told
    assert "also called Tiểu học Chánh" in told
    assert imported.run("units", "import", sheet).out.startswith("0 new, 1 changed")
    school = next(unit for unit in imported.run("units", "list", "--json").json() if unit["code"] == "TH1")
    assert [contact["phone"] for contact in school["contacts"]] == ["0911111111", "0922222222"]
    assert len(imported.run("units", "list", "--json").json()) == 11


def test_one_bad_row_keeps_everything_out(shell: Shell) -> None:
    broken = REGISTRY + ",Trường không mã,Tiểu học,,,,,\nTH1,Trường khác hẳn,Tiểu học,,,,,\n"
    ended = shell.run("units", "import", shell.path("u.csv", broken))
    assert ended.code == 1
    assert ended.out == ""
    assert "row 13" in ended.err
    assert "row 14" in ended.err
    assert shell.run("units", "list", "--json").json() == []


@pytest.mark.parametrize("content", ["", "không có tiêu đề\nnào cả\n"])
def test_a_sheet_that_cannot_be_read_is_refused_in_one_line(shell: Shell, content: str) -> None:
    ended = shell.run("units", "import", shell.path("u.csv", content))
    assert ended.code == 3
    assert len(ended.err.splitlines()) == 1


def test_a_missing_sheet(shell: Shell) -> None:
    ended = shell.run("units", "import", "nowhere.xlsx")
    assert ended.code == 3
    assert "nowhere.xlsx" in ended.err


def test_headings_alone_import_nothing(shell: Shell) -> None:
    ended = shell.run("units", "import", shell.path("u.csv", REGISTRY.splitlines()[0] + "\n"))
    assert ended.code == 1
    assert "holds no units" in ended.err


def test_contacts_stand_in_the_order_of_what_they_are(shell: Shell) -> None:
    sheet = shell.path(
        "u.csv",
        "Mã đơn vị,Tên đơn vị,Người liên hệ,Vai trò đầu mối,Xưng hô\n"
        "TH1,Trường Tiểu học Sông Trà,Văn Thư,văn thư,\n"
        "TH1,,Dự Phòng,đầu mối dự phòng,Thầy\n"
        "TH1,,Đầu Tiên,đầu mối chính,Cô\n",
    )
    assert shell.run("units", "import", sheet).code == 0
    (unit,) = shell.run("units", "list", "--json").json()
    assert [contact["name"] for contact in unit["contacts"]] == ["Đầu Tiên", "Dự Phòng", "Văn Thư"]


def test_the_template_is_what_import_understands(shell: Shell) -> None:
    file = shell.folder / "mau.xlsx"
    assert shell.run("units", "template", file).code == 0
    book = openpyxl.load_workbook(file)
    sheet = book.active
    for column, value in enumerate(
        ("TH9", "Trường Tiểu học Hoa Sen", "", "", "TH Hoa Sen", "Lê An", "HT", "0900000009"), 1
    ):
        sheet.cell(2, column).value = value
    book.save(file)
    assert shell.run("units", "import", file).out.startswith("1 new")
    (unit,) = shell.run("units", "list", "--json").json()
    assert (unit["kind"], unit["aliases"]) == ("primary", ["TH Hoa Sen"])
    assert unit["contacts"][0]["phone"] == "0900000009"


def test_a_template_overwrites_nothing(shell: Shell) -> None:
    file = shell.path("mau.xlsx", "mine")
    assert shell.run("units", "template", file).code == 1
    assert Path(file).read_text() == "mine"
