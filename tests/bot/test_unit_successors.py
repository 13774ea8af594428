"""Who took over from a unit that ended, in the sheet of units: read by code or name, kept, and written out again."""

from __future__ import annotations

import pytest

from tests.bot.conftest import DIRECTIVE, Shell

HEADINGS = "Mã đơn vị,Tên đơn vị,Loại,Hiệu lực đến,{heading}\n"
UNITS = (
    "X1,UBND xã Long Hải,UBND xã,30/6/2025,{successors}\nX2,UBND xã Tân Long,UBND xã,,\nX3,UBND xã Hải Bình,UBND xã,,\n"
)


def imported(shell: Shell, successors: str, heading: str = "Đơn vị kế thừa", *options: str) -> tuple[int, str]:
    sheet = HEADINGS.format(heading=heading) + UNITS.format(successors=successors)
    ended = shell.run("units", "import", shell.path("units.csv", sheet), *options)
    return ended.code, ended.out + ended.err


def successors(shell: Shell) -> dict[str, list[str]]:
    return {
        unit["code"]: unit["successors"] for unit in shell.run("units", "list", "--json").json() if unit["successors"]
    }


@pytest.mark.parametrize("heading", ["Đơn vị kế thừa", "THAY THẾ BỞI", "Sáp nhập vào"])
@pytest.mark.parametrize("names", ["X2; x3", "UBND xã Tân Long; X3", "X3|UBND xã tân long"])
def test_by_code_and_by_name(shell: Shell, heading: str, names: str) -> None:
    assert imported(shell, names, heading)[0] == 0
    assert successors(shell) == {"X1": ["X2", "X3"]}


def test_nobody_is_made_up(shell: Shell) -> None:
    """A sheet with a successor that is no unit is refused whole."""
    code, said = imported(shell, "UBND xã Không Có")
    assert code == 1
    assert "UBND xã Không Có" in said
    assert shell.run("units", "list", "--json").json() == []


def test_it_is_told_as_a_change_and_kept(shell: Shell) -> None:
    imported(shell, "")
    assert "succeeded by X2" in imported(shell, "X2", "Đơn vị kế thừa", "--dry-run")[1]
    assert successors(shell) == {}
    imported(shell, "X2")
    assert "3 as they were" in imported(shell, "X2")[1]
    assert "3 as they were" in imported(shell, "")[1]
    assert successors(shell) == {"X1": ["X2"]}


def test_a_directive_for_it_offers_them(shell: Shell) -> None:
    imported(shell, "X2; X3")
    shell.environment["DONDOC_NOW"] = "2025-08-05T07:00+07:00"
    text = DIRECTIVE.replace("2. Phòng Giáo dục và Đào tạo", "2. UBND xã Long Hải").replace("2024", "2025")
    ended = shell.run("load", shell.path("d.txt", text))
    [line] = [line for line in ended.err.splitlines() if "UBND xã Long Hải" in line]
    assert "exists no more" in line
    assert "X2 UBND xã Tân Long, X3 UBND xã Hải Bình" in line
    assert "left as a draft" in shell.run("load", shell.path("d.txt", text), "--approve").err
    assert shell.run("tasks", "--json").json() == []
