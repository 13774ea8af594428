"""The office's sheet of units: what is read, what is refused and with which words."""

from __future__ import annotations

import csv
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dondoc.registry.headings import Column, column_of
from dondoc.registry.sheet import RowError, Sheet, UnitRow, UnreadableSheet, phone_text, read_sheet

HEADINGS = [
    "Mã đơn vị", "Tên đơn vị", "Loại", "Đơn vị cấp trên", "Tên khác", "Người liên hệ", "Chức vụ", "Điện thoại",
]  # fmt: skip
SCHOOL = [
    "T1",
    "Trường Tiểu học Đông Hà",
    "Tiểu học",
    "UBND huyện",
    "TH ĐH; Tiểu học Hà",
    "Lê Thị Na",
    "Hiệu trưởng",
    "0905000111",
]


def workbook(path: Path, rows: Sequence[Sequence[object]], merges: Sequence[str] = (), title: str = "Đơn vị") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for merge in merges:
        sheet.merge_cells(merge)
    book.save(path)
    return path


def table(path: Path, rows: Sequence[Sequence[str]], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def places(errors: Sequence[RowError]) -> list[tuple[int, str]]:
    return [(error.line, error.column) for error in errors]


def test_a_plain_sheet(tmp_path: Path) -> None:
    sheet = read_sheet(workbook(tmp_path / "a.xlsx", [HEADINGS, SCHOOL]))
    assert sheet.errors == sheet.warnings == ()
    assert sheet.rows == (
        UnitRow(
            line=2,
            code="T1",
            name="Trường Tiểu học Đông Hà",
            kind="primary",
            kind_label="Tiểu học",
            parent="UBND huyện",
            aliases=("TH ĐH", "Tiểu học Hà"),
            contact_name="Lê Thị Na",
            contact_title="Hiệu trưởng",
            contact_phone="0905000111",
            contact_function="contact",
        ),
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_of_every_making(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = table(tmp_path / "a.csv", [HEADINGS, [*SCHOOL[:3], "UBND xã A, B", *SCHOOL[4:]]], delimiter, encoding)
    (row,) = read_sheet(path).rows
    assert (row.code, row.parent, row.aliases, row.line) == ("T1", "UBND xã A, B", ("TH ĐH", "Tiểu học Hà"), 2)


def test_headings_in_any_order_case_and_row(tmp_path: Path) -> None:
    rows = [
        ["DANH MỤC CƠ QUAN, ĐƠN VỊ"],
        [],
        ["stt", "SO DIEN THOAI (Zalo)", "ten don vi (*)", "LOẠI HÌNH", "MÃ  ĐƠN VỊ", "Họ và tên", "Ghi chú"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        [1, 905000111, "Phòng Nội vụ", "phong_ban", 12, "Trần Văn B", "x"],
    ]
    sheet = read_sheet(workbook(tmp_path / "a.xlsx", rows))
    (row,) = sheet.rows
    assert sheet.errors == ()
    assert (row.line, row.code, row.kind, row.contact_phone, row.contact_name) == (
        5,
        "12",
        "department",
        "0905000111",
        "Trần Văn B",
    )


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Mã đơn vị", Column.CODE),
        ("MÃ SỐ", Column.CODE),
        ("Tên cơ quan, đơn vị", Column.NAME),
        ("Đơn vị", Column.NAME),
        ("Loại (kiểu)", Column.KIND),
        ("Trực thuộc", Column.PARENT),
        ("Tên viết tắt", Column.ALIASES),
        ("Người liên hệ (đầu mối)", Column.CONTACT_NAME),
        ("Họ tên người liên hệ", Column.CONTACT_NAME),
        ("chuc danh", Column.CONTACT_TITLE),
        ("SĐT", Column.CONTACT_PHONE),
        ("Điện thoại 2", Column.CONTACT_PHONE),
        ("Xưng hô", Column.CONTACT_ADDRESS),
        ("Vai trò đầu mối", Column.CONTACT_FUNCTION),
        ("Địa chỉ", None),
        ("Ghi chú", None),
        ("", None),
    ],
)
def test_headings(heading: str, column: Column | None) -> None:
    assert column_of(heading) == column


def test_further_rows_of_a_code_are_further_contacts(tmp_path: Path) -> None:
    rows = [
        [*HEADINGS, "Vai trò đầu mối", "Xưng hô"],
        [*SCHOOL, "Đầu mối chính", "Cô"],
        ["t1", "", "", "", "", "Võ Văn Tư", "Văn thư", "0905 000 222", "văn thư", "Thầy"],
        ["T1", "trường tiểu học đông hà", "", "", "", "Lý Thị Năm", "Phó Hiệu trưởng", "0905000333", "dự phòng", ""],
    ]
    sheet = read_sheet(workbook(tmp_path / "a.xlsx", rows))
    assert sheet.errors == ()
    assert [(r.code, r.contact_name, r.contact_function, r.contact_address) for r in sheet.rows] == [
        ("T1", "Lê Thị Na", "first", "Cô"),
        ("T1", "Võ Văn Tư", "clerk", "Thầy"),
        ("T1", "Lý Thị Năm", "second", ""),
    ]
    assert {(r.name, r.kind, r.parent) for r in sheet.rows} == {("Trường Tiểu học Đông Hà", "primary", "UBND huyện")}


def test_several_sets_of_contact_columns(tmp_path: Path) -> None:
    rows = [
        ["Mã", "Đơn vị", "Người liên hệ 1", "Điện thoại 1", "Người liên hệ 2", "Điện thoại 2"],
        ["A", "Phòng Nội vụ", "Một", "0901000001", "Hai", "0901000002"],
        ["B", "Phòng Y tế", "Ba", "0901000003", "", ""],
    ]
    sheet = read_sheet(workbook(tmp_path / "a.xlsx", rows))
    assert [(r.line, r.code, r.contact_name, r.contact_phone) for r in sheet.rows] == [
        (2, "A", "Một", "0901000001"),
        (2, "A", "Hai", "0901000002"),
        (3, "B", "Ba", "0901000003"),
    ]


def test_merged_cells_hold_for_all_their_rows_and_two_rows_of_headings(tmp_path: Path) -> None:
    rows = [
        ["TT", "Mã đơn vị", "Tên đơn vị", "Đầu mối", None, None],
        [None, None, None, "Họ và tên", "Chức vụ", "Số điện thoại"],
        ["I", "Khối phòng, ban", None, None, None, None],
        [1, "A", "Phòng Nội vụ", "Một", "Trưởng phòng", "0901000001"],
        [None, None, None, "Hai", "Chuyên viên", "0901000002"],
        [2, "B", "Phòng Y tế", "Ba", "Trưởng phòng", "0901000003"],
    ]
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:F1", "B3:F3", "A4:A5", "B4:B5", "C4:C5"]
    sheet = read_sheet(workbook(tmp_path / "a.xlsx", rows, merges))
    assert sheet.errors == ()
    assert [(r.code, r.contact_name, r.contact_title) for r in sheet.rows] == [
        ("A", "Một", "Trưởng phòng"),
        ("A", "Hai", "Chuyên viên"),
        ("B", "Ba", "Trưởng phòng"),
    ]


def test_an_empty_code_without_a_merge_is_never_given_to_the_unit_above(tmp_path: Path) -> None:
    rows = [HEADINGS, SCHOOL, ["", "", "", "", "", "Ai Đó", "", "0905000999"]]
    sheet = read_sheet(workbook(tmp_path / "a.xlsx", rows))
    assert places(sheet.errors) == [(3, "Mã đơn vị")]
    assert [row.contact_name for row in sheet.rows] == ["Lê Thị Na"]


def test_rows_that_are_refused(tmp_path: Path) -> None:
    rows = [
        HEADINGS,
        SCHOOL,
        [],
        ["", "Trường Không Mã", "", "", "", "", "", ""],
        ["T2", "", "", "", "", "", "", ""],
        ["T1", "Trường Tiểu học Khác", "", "", "", "", "", ""],
        ["T3", "trường tiểu học ĐÔNG HÀ", "", "UBND huyện", "", "", "", ""],
        ["T1", "", "Phòng ban", "", "", "", "", ""],
        ["T" * 41, "Dài", "", "", "", "", "", ""],
        ["T4", "Phòng Y tế", "", "", "", "", "", "9.05E+08"],
    ]
    sheet = read_sheet(table(tmp_path / "a.csv", rows))
    assert places(sheet.errors) == [
        (4, "Mã đơn vị"),
        (5, "Tên đơn vị"),
        (6, "Tên đơn vị"),
        (7, "Tên đơn vị"),
        (8, "Loại"),
        (9, "Mã đơn vị"),
        (10, "Điện thoại"),
    ]
    assert [row.code for row in sheet.rows] == ["T1"]
    assert str(sheet.errors[2]) == (
        'row 6, Tên đơn vị: Code T1 has the name "Trường Tiểu học Đông Hà" in row 2 and "Trường Tiểu học Khác" here.'
    )


def test_warnings_do_not_refuse(tmp_path: Path) -> None:
    rows = [
        [*HEADINGS, "Vai trò đầu mối"],
        ["A", "Trường Mầm non Hoa Sen", "Mầm non", "UBND xã Một", "", "", "", "", ""],
        ["B", "Trường Mầm non Hoa Sen", "Mầm non", "UBND xã Hai", "", "", "", "", ""],
        ["C", "Câu lạc bộ Thơ", "clb", "", "", "Ông X", "", "", "chủ nhiệm"],
        ["D", "Nhà khách", "", "", "", "", "", "", ""],
        ["C", "", "", "", "", "Ông X", "", "", ""],
    ]
    sheet = read_sheet(workbook(tmp_path / "a.xlsx", rows))
    assert sheet.errors == ()
    assert places(sheet.warnings) == [
        (3, "Tên đơn vị"), (4, "Loại"), (4, "Vai trò đầu mối"), (5, "Loại"), (6, "Người liên hệ"),
    ]  # fmt: skip
    assert [(row.code, row.kind) for row in sheet.rows] == [
        ("A", "preschool"),
        ("B", "preschool"),
        ("C", "other"),
        ("D", "other"),
    ]


def test_cells_that_excel_changed(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        HEADINGS,
        [date(2024, 5, 1), *SCHOOL[1:]],
        ["A", '="Phòng "&"Nội vụ"', "", "", "", "", "", ""],
        ["B", "#REF!", "", "", "", "", "", ""],
        [7.0, "Phòng Y tế", "", "", "", "Một", "", 84905000111],
    ]
    path = workbook(tmp_path / "a.xlsx", rows)
    book = openpyxl.load_workbook(path)
    book.active["B4"].data_type = "e"  # type: ignore[index,union-attr]
    book.save(path)
    sheet = read_sheet(path)
    assert [(e.line, e.what.split()[2]) for e in sheet.errors] == [(2, "was"), (3, "holds"), (4, "holds")]
    assert [(row.code, row.contact_phone) for row in sheet.rows] == [("7", "+84905000111")]


@pytest.mark.parametrize(
    ("written", "number", "kept"),
    [
        ("905000111", True, "0905000111"),
        ("905000111", False, "0905000111"),
        ("2553822123", True, "02553822123"),
        ("0905000111", False, "0905000111"),
        ("84905000111", False, "84905000111"),
        ("84905000111", True, "+84905000111"),
        ("+84 905 000 111", False, "+84 905 000 111"),
        ("0905.000.111; 0255.3822.123", False, "0905.000.111; 0255.3822.123"),
        ("'0905000111", False, "0905000111"),
        ("113", True, "113"),
        ("", False, ""),
    ],
)
def test_telephone_numbers(written: str, number: bool, kept: str) -> None:
    assert phone_text(written, number) == kept


def test_the_first_visible_sheet_with_headings_is_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["Hướng dẫn"]], title="Hướng dẫn")
    book = openpyxl.load_workbook(path)
    hidden = book.create_sheet("Ẩn")
    hidden.append(HEADINGS)
    hidden.append(["H", "Phòng Ẩn"])
    hidden.sheet_state = "hidden"
    shown = book.create_sheet("Đơn vị")
    shown.append(HEADINGS)
    shown.append(["A", "Phòng Nội vụ"])
    book.save(path)
    assert [row.code for row in read_sheet(path).rows] == ["A"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04nonsense", "no readable Excel file"),
        (b"\xd0\xcf\x11\xe0old", "save it as .xlsx"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "neither an Excel file nor text"),
        ("Mã đơn vị,Tên đơn vị".encode("utf-16-le"), "neither"),
        (b"Ma don vi,Ten don vi\nA,Ph\xf2ng", "UTF-8"),
        ("STT,Tên đơn vị\n1,A".encode(), '"Mã đơn vị"'),
        ("xin chào".encode(), '"Mã đơn vị" and "Tên đơn vị"'),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "file.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableSheet, match=r"file\.xlsx") as caught:
        read_sheet(path)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSheet, match="cannot be opened"):
        read_sheet(tmp_path / "none.csv")


_TEXT = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=25)
_NAME = _TEXT.map(lambda text: " ".join(f"X{text}".replace("=", "").split()))
_UNITS = st.lists(
    st.tuples(_NAME, _NAME, st.text("0123456789", min_size=11, max_size=11).map(lambda digits: "0" + digits)),
    max_size=8,
    unique_by=(lambda row: row[0].casefold(), lambda row: _folded(row[1])),
)


def _folded(name: str) -> str:
    from dondoc.registry.grid import clean
    from dondoc.vietnamese.text import fold

    return fold(clean(name))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_UNITS, st.permutations(range(4)), st.sampled_from(["xlsx", ",", ";", "\t"]))
def test_round_trip(tmp_path: Path, units: list[tuple[str, str, str]], order: list[int], form: str) -> None:
    """What is written comes back, whatever the order of columns and the form of the file."""
    headings = ["Mã đơn vị", "Tên đơn vị", "Điện thoại", "Ghi chú"]
    rows = [headings, *([code, name, phone, "x"] for code, name, phone in units)]
    shuffled = [[row[i] for i in order] for row in rows]
    path = tmp_path / "round"
    if form == "xlsx":
        workbook(path.with_suffix(".xlsx"), shuffled).rename(path)
    else:
        table(path, shuffled, form)
    sheet: Sheet = read_sheet(path)
    from dondoc.registry.grid import clean

    assert sheet.errors == ()
    assert [(r.code, r.name, r.contact_phone) for r in sheet.rows] == [(clean(c), clean(n), p) for c, n, p in units]


def test_five_thousand_rows_take_seconds(tmp_path: Path) -> None:
    rows: list[list[object]] = [HEADINGS]
    rows += [
        [f"U{i}", f"Trường Tiểu học số {i} Đông Hà", "tieu_hoc", "", "", "Na", "", 905000000 + i] for i in range(5000)
    ]
    path = workbook(tmp_path / "big.xlsx", rows)
    start = time.process_time()
    assert len(read_sheet(path).rows) == 5000
    assert time.process_time() - start < 10
