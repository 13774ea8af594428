"""The papers as an office would print them: rendered by LibreOffice, read back from the PDF.

Wants soffice (libreoffice-writer, libreoffice-calc) and a face with the measures of Times New Roman: fonts-liberation2,
because version 1 of those fonts lacks Vietnamese letters.
Set DONDOC_KEEP_PAPERS to a folder to look at the PDFs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pdfplumber
import pytest

from dondoc.reports.letter import write_reminder_letter
from dondoc.reports.paper import write_report
from dondoc.reports.register import COLUMNS, write_register
from dondoc.reports.wording import OfficeName
from dondoc.rules.progress import Row, count, standard_line
from dondoc.rules.states import Result, State
from dondoc.vietnamese.calendar import WorkCalendar

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
AS_OF = datetime(2024, 7, 30, 7, 15, tzinfo=ZONE)
OFFICE = OfficeName("Văn phòng HĐND và UBND huyện Sơn Trà", "UBND huyện Sơn Trà", "Sơn Trà")
CALENDAR = WorkCalendar()
A4 = (595, 842)
POINTS = 72 / 25.4  # to a millimetre

UNITS = (
    "Trường Tiểu học Hoa Sen",
    "Trường Mầm non Hướng Dương",
    "Trường Phổ thông dân tộc bán trú Tiểu học và Trung học cơ sở số 2 Sơn Trà",
    "Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên huyện Sơn Trà",
    "Phòng Lao động - Thương binh và Xã hội",
    "UBND xã Sơn Hải",
)
TASKS = (
    ("rà soát tủ sách dùng chung, đề xuất bổ sung cho năm học mới", date(2024, 6, 28), "before"),
    ("báo cáo tình hình dạy bơi, phòng, chống đuối nước trong dịp hè", date(2024, 7, 26), "on"),
    ("xây dựng quy chế sử dụng thư viện dùng chung của xã", None, None),
    ("báo cáo cơ sở vật chất trước năm học mới", date(2024, 8, 16), "before"),
)
STATES = (
    State.IN_PROGRESS,
    State.DONE,
    State.NEW,
    State.AWAITING_CONFIRMATION,
    State.DONE,
    State.RECEIVED,
    State.PAUSED,
)


def office_rows() -> list[Row]:
    rows = []
    for number in range(len(UNITS) * len(TASKS)):
        unit, task = divmod(number, len(TASKS))
        content, deadline, rule = TASKS[task]
        state = STATES[number % len(STATES)]
        done = state is State.DONE
        rows.append(
            Row(
                assignment_id=number,
                task_code=f"NV-{task + 1:03d}",
                directive="Kế hoạch số 112/KH-UBND ngày 05/02/2024",
                directive_number="112/KH-UBND",
                issued_on=date(2024, 2, 5),
                content=content,
                section="II.2" if task == 0 else None,
                unit_id=unit,
                unit_code=f"DV{unit:02d}",
                unit_name=UNITS[unit],
                unit_short=UNITS[unit],
                unit_kind="tieu_hoc",
                cooperate=("Phòng Tài chính - Kế hoạch",),
                report_to="UBND huyện",
                report_via="Phòng Giáo dục và Đào tạo" if unit < 3 else None,
                in_charge="Phó Chủ tịch Lê Thị Mai",
                role="lead",
                state=state,
                demand=None,
                deadline=deadline,
                granted_deadline=None,
                deadline_rule=rule,
                percent=40,
                result=(Result.EARLY if deadline else Result.NO_DEADLINE) if done else None,
                late_days=0 if done else None,
                submitted_at=datetime(2024, 6, 26, 15, 20, tzinfo=ZONE),
                evidence="45/BC ngày 26/6/2024" if done else None,
                promised_on=date(2024, 8, 2) if unit == 2 else None,
                extension_pending=unit == 1,
                extensions=0,
                obstacle="thiếu nhân viên thư viện" if unit in (0, 3) else None,
                note=None,
            )
        )
    return rows


ROWS = office_rows()


@pytest.fixture(scope="module")
def render(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    folder = tmp_path_factory.mktemp("giay-to")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"  # never the profile of who runs the tests

    def go(paper: Path) -> Path:
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(paper)]
        subprocess.run(command, check=True, capture_output=True, timeout=150)
        pdf = folder / f"{paper.stem}.pdf"
        if keep := os.environ.get("DONDOC_KEEP_PAPERS"):
            shutil.copy(pdf, keep)
        return pdf

    return go


def size(page) -> tuple[int, int]:
    return round(page.width), round(page.height)


def text(pages) -> str:
    """All text without blanks: where a letter comes from another face, PDF readers see blanks that are not there."""
    return squeezed("".join(page.extract_text() for page in pages))


def squeezed(words: str) -> str:
    return "".join(words.split()).replace("\N{NON-BREAKING HYPHEN}", "-")


def assert_inside(page, left: float, right: float) -> None:
    """No letter stands in the margins (millimetres)."""
    letters = [char for char in page.chars if char["text"].strip()]
    assert min(char["x0"] for char in letters) > left * POINTS - 1
    assert max(char["x1"] for char in letters) < page.width - right * POINTS + 1


def test_the_report_prints_on_a4_with_its_appendices_across(tmp_path: Path, render: Callable[[Path], Path]) -> None:
    path = tmp_path / "bao-cao.docx"
    write_report(
        path,
        ROWS,
        office=OFFICE,
        period=(date(2024, 6, 15), date(2024, 7, 14)),
        next_until=date(2024, 8, 31),
        as_of=AS_OF,
        calendar=CALENDAR,
    )
    with pdfplumber.open(render(path)) as pdf:
        pages = pdf.pages
        upright = [page for page in pages if size(page) == A4]
        across = [page for page in pages if size(page) == A4[::-1]]
        assert len(upright) + len(across) == len(pages)
        assert pages[: len(upright)] == upright
        assert 3 <= len(upright) <= 5
        assert 3 <= len(across) <= 5
        for page in pages:
            assert "DỰTHẢO" in text([page])
            assert_inside(page, 30, 15)
        for number, page in enumerate(pages[1:], 2):
            assert page.extract_text().split()[0] == str(number)
        lines = pages[0].extract_text_lines()
        assert any("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in line["text"] for line in lines)  # on one line
        body = text(upright)
        for words in (
            "Dự thảo – chưa có giá trị pháp lý",
            "Số liệu tính từ ngày 15/6/2024 đến ngày 14/7/2024",
            standard_line(count(ROWS, AS_OF.date(), CALENDAR)),
            "V. Nhiệm vụ trọng tâm kỳ tới",
            "Nơi nhận:",
        ):
            assert squeezed(words) in body
        assert squeezed("Phụ lục I KẾT QUẢ THỰC HIỆN THEO ĐƠN VỊ") in text(across)
        second = [page for page in across if squeezed("Tình trạng") in text([page])]
        assert len(second) == len(across) - 1  # the headings stand on each page of the long table
        face, _ = Counter(char["fontname"].split("+")[-1] for char in upright[0].chars).most_common(1)[0]
        assert "LiberationSerif" in face or "Times" in face


def test_the_letter_fits_one_page_and_its_list(tmp_path: Path, render: Callable[[Path], Path]) -> None:
    path = tmp_path / "cong-van.docx"
    named = write_reminder_letter(path, ROWS, office=OFFICE, as_of=AS_OF, calendar=CALENDAR, reply_by=date(2024, 8, 2))
    with pdfplumber.open(render(path)) as pdf:
        first, *others = pdf.pages
        assert size(first) == A4
        assert 1 <= len(others) <= 2
        assert {size(page) for page in others} == {A4[::-1]}
        for page in pdf.pages:
            assert_inside(page, 30, 15)
            assert "DỰTHẢO" in text([page])
        for words in (
            "V/v đôn đốc thực hiện nhiệm vụ quá hạn",
            "Kính gửi:",
            "chậm nhất thứ Sáu, 02/8/2024",
            "Trân trọng./.",
        ):
            assert squeezed(words) in text([first])
        assert text(others).count("112/KH-UBND") == named


def test_the_register_prints_across_with_its_headings_on_each_page(
    tmp_path: Path, render: Callable[[Path], Path]
) -> None:
    path = tmp_path / "so.xlsx"
    many = [replace(row, assignment_id=n, task_code=f"NV-{n:03d}") for n, row in enumerate(ROWS * 3)]
    counts = write_register(path, many, office=OFFICE, as_of=AS_OF, calendar=CALENDAR)
    with pdfplumber.open(render(path)) as pdf:
        assert {size(page) for page in pdf.pages} == {A4[::-1]}
        assert 5 <= len(pdf.pages) <= 9
        tasks = pdf.pages[:-2]
        for page in tasks:
            assert all(squeezed(words) in headings(page) for words in ("STT", "Trạng thái", "Ghi chú"))
        assert len(COLUMNS) == 13
        whole = text(pdf.pages)
        assert "##" not in whole  # a date wider than its column
        assert squeezed("Số liệu đến 07 giờ 15 ngày 30/7/2024") in whole
        assert whole.count(squeezed(standard_line(counts))) == 3
        assert "trước28/6/2024" in whole


def headings(page) -> str:
    """The text of the upper quarter of a page."""
    return text([page.crop((0, 0, page.width, page.height / 4))])
