"""The Excel register, read back as a spreadsheet would read it."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from dondoc.reports.register import DIRECTIVES_SHEET, TASKS_SHEET, UNITS_SHEET, write_register
from dondoc.reports.sheet import HEAD_ROW
from dondoc.reports.wording import OfficeName, printable
from dondoc.rules.progress import Row, count, standard_line
from dondoc.vietnamese.calendar import WorkCalendar

HEADINGS = [
    "STT",
    "Nội dung nhiệm vụ",
    "Số/ký hiệu văn bản",
    "Ngày ban hành",
    "Thời hạn hoàn thành",
    "Cơ quan, đơn vị chủ trì",
    "Cơ quan, đơn vị phối hợp",
    "Nơi nhận (qua)",
    "Lãnh đạo phụ trách",
    "Tiến độ (%)",
    "Trạng thái",
    "Kết quả xử lý (số văn bản)",
    "Ghi chú",
]


@pytest.fixture
def write(tmp_path: Path, office: OfficeName, as_of: datetime, calendar: WorkCalendar):
    def go(rows: list[Row]) -> Workbook:
        path = tmp_path / "so.xlsx"
        write_register(path, iter(rows), office=office, as_of=as_of, calendar=calendar)
        return load_workbook(path)

    return go


def line(book: Workbook, row: int, sheet: str = TASKS_SHEET) -> list[object]:
    return [cell.value for cell in book[sheet][row]]


def test_sheets_head_and_columns_stand_in_order(write, rows: list[Row]) -> None:
    book = write(rows)
    assert book.sheetnames == [TASKS_SHEET, UNITS_SHEET, DIRECTIVES_SHEET]
    sheet = book[TASKS_SHEET]
    assert sheet["A1"].value == "UBND huyện Sơn Trà – Văn phòng HĐND và UBND huyện Sơn Trà"
    assert sheet["A3"].value == "Số liệu đến 07 giờ 15 ngày 30/7/2024"
    assert line(book, HEAD_ROW) == HEADINGS


def test_a_row_comes_back_as_it_was(write, make) -> None:
    row = make(3, evidence=None, note="gửi bản giấy", granted_deadline=date(2024, 8, 2), extensions=1)
    values = line(write([row]), HEAD_ROW + 1)
    assert values == [
        1,
        "NV-001 – rà soát tủ sách dùng chung, đề xuất bổ sung cho năm học mới (mục II.2)",
        "12/KH-UBND",
        datetime(2024, 2, 5),  # noqa: DTZ001
        datetime(2024, 8, 2),  # noqa: DTZ001
        "Trường Phổ thông dân tộc bán trú Tiểu học và Trung học cơ sở số 2 Sơn Trà",
        "Phòng Tài chính - Kế hoạch; Thư viện huyện",
        "UBND huyện (qua Phòng Giáo dục và Đào tạo)",
        "Phó Chủ tịch Lê Thị Mai",
        70,
        "🟡 sắp đến hạn (còn 03 ngày làm việc) – đang thực hiện",
        None,
        "Đã gia hạn lần 1 (thời hạn ban đầu: trước ngày 28/6/2024); gửi bản giấy",
    ]


def test_dates_are_dates_and_shown_as_offices_write_them(write, make) -> None:
    sheet = write([make(), make(deadline_rule="on", deadline=date(2024, 1, 9)), make(deadline=None)])[TASKS_SHEET]
    issued, before, inclusive, none = sheet["D5"], sheet["E5"], sheet["E6"], sheet["E7"]
    assert issued.is_date
    assert issued.number_format == "dd/mm/yyyy"
    assert before.is_date
    assert before.number_format == '"trước "dd/m/yyyy'
    assert before.value == datetime(2024, 6, 28)  # noqa: DTZ001
    assert inclusive.number_format == "dd/mm/yyyy"
    assert none.value is None


def test_every_sheet_is_frozen_filtered_and_prints_on_a4_across(write, rows: list[Row]) -> None:
    book = write(rows)
    for sheet in book:
        assert sheet.freeze_panes == "A5"
        assert sheet.print_title_rows == "$4:$4"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert book[TASKS_SHEET].auto_filter.ref == f"A4:M{HEAD_ROW + 20}"  # the cooperating row is not listed
    assert book[UNITS_SHEET].auto_filter.ref == f"A4:P{HEAD_ROW + 4}"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "=cmd|'/c calc'!A", "#N/A", "＝"])
def test_what_people_wrote_is_never_a_formula(write, make, tmp_path: Path, start: str) -> None:
    evil = f"{start}1+1"
    row = make(
        content=evil,
        note=evil,
        evidence=evil,
        in_charge=evil,
        report_to=evil,
        cooperate=(evil,),
        directive_number=evil,
    )
    row = replace(row, unit_name=evil, report_via=None)
    book = write([row])
    for sheet in book:
        for cells in sheet.iter_rows(min_row=HEAD_ROW + 1):
            for cell in cells:
                assert cell.data_type in ("n", "s", "d"), cell.coordinate
                if isinstance(cell.value, str) and cell.has_style and cell.border.left.style:
                    assert cell.quotePrefix, cell.coordinate
    assert book[TASKS_SHEET]["L5"].value in (evil, evil.replace("\r", "\n"))  # XML has one kind of line end
    with zipfile.ZipFile(tmp_path / "so.xlsx") as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
    assert len(sheets) == 3
    assert not [xml for xml in sheets if re.search(r"<(\w+:)?f[ >]", xml)]


def test_letters_that_the_format_cannot_hold_are_left_out(write, make) -> None:
    odd = "bản\x00 giấy\x0b 🙂 \ud83d" + "x" * 40_000
    value = write([make(evidence=odd)])[TASKS_SHEET]["L5"].value
    assert isinstance(value, str)
    assert value == printable(odd)[: len(value)]
    assert 30_000 < len(value) < 32_768


def test_figures_are_those_of_the_standard_line(
    write, rows: list[Row], as_of: datetime, calendar: WorkCalendar
) -> None:
    book = write(rows)
    counts = count(rows, as_of.date(), calendar)
    sentence = standard_line(counts)
    for sheet in book:
        assert sheet.cell(sheet.max_row, 1).value == sentence
    for name, groups, names in ((UNITS_SHEET, 4, 1), (DIRECTIVES_SHEET, 2, 2)):
        table = [line(book, HEAD_ROW + number, name)[1 + names :] for number in range(1, groups + 2)]
        *parts, whole = table
        assert whole[1] == counts.total == 19
        assert whole[0] == counts.tasks
        assert [sum(column) for column in zip(*[part[1:] for part in parts], strict=True)] == whole[1:]  # type: ignore[arg-type]


def test_withdrawn_assignments_are_listed_but_not_counted(write, make) -> None:
    book = write([make(), make(2, state="withdrawn")])
    assert line(book, HEAD_ROW + 2)[10] == "rút nhiệm vụ"
    assert line(book, HEAD_ROW + 1, UNITS_SHEET)[1] == "Trường Tiểu học Hoa Sen"
    assert line(book, HEAD_ROW + 2, UNITS_SHEET)[1] == "Toàn bộ"


def test_directives_with_one_number_in_two_years_stay_apart(write, make) -> None:
    book = write([make(), make(2, issued_on=date(2023, 2, 5))])
    assert [line(book, HEAD_ROW + n, DIRECTIVES_SHEET)[2] for n in (1, 2)] == [
        datetime(2024, 2, 5),  # noqa: DTZ001
        datetime(2023, 2, 5),  # noqa: DTZ001
    ]


def test_an_empty_register_is_still_a_register(write) -> None:
    book = write([])
    assert line(book, HEAD_ROW) == HEADINGS
    assert book[TASKS_SHEET].auto_filter.ref == "A4:M4"


def test_long_texts_get_the_height_they_need(write, make) -> None:
    sheet = write([make(content="ngắn", section=None), make(content="một việc rất dài " * 20)])[TASKS_SHEET]
    assert sheet.row_dimensions[6].height > 5 * sheet.row_dimensions[5].height / 3


def test_rows_are_streamed_and_progress_is_told(
    make, tmp_path: Path, office: OfficeName, as_of: datetime, calendar: WorkCalendar
) -> None:
    told: list[tuple[int, int]] = []
    made = 0

    def stream():
        nonlocal made
        for number in range(2500):
            made += 1
            yield make(assignment_id=number)

    counts = write_register(
        tmp_path / "so.xlsx",
        stream(),
        office=office,
        as_of=as_of,
        calendar=calendar,
        on_progress=lambda written: told.append((written, made)),
    )
    assert told == [(1000, 1000), (2000, 2000)]  # told while later rows were not yet made
    assert counts.total == 2500
