"""The Word report and the draft letter: their structure, and every figure counted by hand from the appendix."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dondoc.reports.letter import MOST_ADDRESSEES, NothingOverdue, write_reminder_letter
from dondoc.reports.paper import OVERDUE_LINES, write_report
from dondoc.reports.wording import OfficeName
from dondoc.rules.progress import Row, count, standard_line
from dondoc.rules.states import Result, State
from dondoc.vietnamese.calendar import WorkCalendar


@pytest.fixture
def report(tmp_path: Path, office: OfficeName, as_of: datetime, calendar: WorkCalendar):
    def go(rows: list[Row], **more: object):
        path = tmp_path / "bao-cao.docx"
        write_report(
            path,
            rows,
            office=office,
            period=(date(2024, 6, 15), date(2024, 7, 14)),
            next_until=date(2024, 8, 31),
            as_of=as_of,
            calendar=calendar,
            **more,  # type: ignore[arg-type]
        )
        return Document(str(path))

    return go


@pytest.fixture
def letter(tmp_path: Path, office: OfficeName, as_of: datetime, calendar: WorkCalendar):
    def go(rows: list[Row], **more: object):
        path = tmp_path / "cong-van.docx"
        named = write_reminder_letter(path, rows, office=office, as_of=as_of, calendar=calendar, **more)  # type: ignore[arg-type]
        return Document(str(path)), named

    return go


def texts(document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def section_text(document, start: str, end: str) -> str:
    lines = texts(document)
    first = next(n for n, line in enumerate(lines) if line.startswith(start))
    last = next(n for n, line in enumerate(lines) if line.startswith(end))
    return "\n".join(lines[first + 1 : last])


def cells(table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def find_table(document, heading: str):
    return next(table for table in document.tables if table.rows[0].cells[0].text == heading)


# ---- the report


def test_sections_stand_in_the_order_of_such_reports(report, rows: list[Row]) -> None:
    document = report(rows)
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == [
        "I. Kết quả chung",
        "II. Nhiệm vụ quá hạn, nguyên nhân",
        "III. Khó khăn, vướng mắc",
        "IV. Kiến nghị, đề xuất",
        "V. Nhiệm vụ trọng tâm kỳ tới",
    ]
    lines = texts(document)
    assert lines[:3] == [
        "BÁO CÁO",
        "Tình hình thực hiện nhiệm vụ",
        "(Số liệu tính từ ngày 15/6/2024 đến ngày 14/7/2024)",
    ]
    assert "07 giờ 15 ngày 30/7/2024" in lines[3]
    assert any(line.endswith("./.") for line in lines)
    assert [line for line in lines if line.startswith("Phụ lục")] == ["Phụ lục I", "Phụ lục II"]


def test_the_head_has_the_motto_and_neither_number_nor_day(report, rows: list[Row]) -> None:
    left, right = (cell.text for cell in report(rows).tables[0].rows[0].cells)
    assert left.splitlines()[:2] == ["UBND HUYỆN SƠN TRÀ", "VĂN PHÒNG HĐND VÀ UBND HUYỆN SƠN TRÀ"]
    assert right.splitlines()[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    number, day = (cell.text for cell in report(rows).tables[0].rows[1].cells)
    assert not any(letter.isdigit() for letter in number)
    assert day.split() == ["Sơn", "Trà,", "ngày", "tháng", "7", "năm", "2024"]


def test_every_page_says_that_it_is_a_draft(report, rows: list[Row]) -> None:
    portrait, landscape = report(rows).sections
    first = [p.text for p in portrait.first_page_header.paragraphs]
    assert first == ["DỰ THẢO", "Dự thảo – chưa có giá trị pháp lý"]
    for section in (portrait, landscape):
        assert section.header.paragraphs[0].text.endswith("DỰ THẢO")
        assert section.header.paragraphs[0]._p.findall(qn("w:fldSimple"))  # the page number
    assert portrait.different_first_page_header_footer
    assert not landscape.different_first_page_header_footer
    assert not landscape.header.is_linked_to_previous


def test_the_page_is_that_of_the_decree(report, rows: list[Row]) -> None:
    document = report(rows)
    portrait, landscape = document.sections
    assert (round(portrait.page_width.mm), round(portrait.page_height.mm)) == (210, 297)
    assert (round(landscape.page_width.mm), round(landscape.page_height.mm)) == (297, 210)
    assert landscape.orientation == WD_ORIENT.LANDSCAPE
    for section in document.sections:
        assert 20 <= round(section.top_margin.mm, 1) <= 25
        assert 20 <= round(section.bottom_margin.mm, 1) <= 25
        assert 30 <= round(section.left_margin.mm, 1) <= 35
        assert 15 <= round(section.right_margin.mm, 1) <= 20
    for name in ("Normal", "Heading 1", "Thân văn bản"):
        font = document.styles[name].font
        assert font.name == "Times New Roman"
        assert 13 <= font.size.pt <= 14
        fonts = document.styles[name].element.rPr.rFonts
        assert not [key for key in fonts.attrib if key.endswith("Theme")]


def test_tables_are_as_wide_as_the_page_allows(report, letter, rows: list[Row]) -> None:
    for document in (report(rows), letter(rows)[0]):
        for table in document.tables:
            width = round(sum(column.width.mm for column in table.columns))
            assert width <= 165 or 240 <= width <= 252


def test_figures_can_be_counted_from_the_appendix(
    report, rows: list[Row], as_of: datetime, calendar: WorkCalendar
) -> None:
    document = report(rows)
    counts = count(rows, as_of.date(), calendar)
    assert standard_line(counts) in texts(document)

    marks = Counter(line[1] for line in cells(find_table(document, "STT"))[1:] if line[0].isdigit())
    assert sum(marks.values()) == counts.total == 19
    said = {}
    for name, number, codes in cells(find_table(document, "Chỉ tiêu"))[1:]:
        wanted = [mark for mark in marks if any(mark.startswith(code) for code in codes.split(", "))]
        assert int(number) == sum(marks[mark] for mark in wanted), name
        said[name.strip(" –")] = int(number)
    assert said["Tổng số lượt giao"] == counts.total
    assert said["trong đó trên 30 ngày"] == counts.overdue_long > 0
    assert set(marks) == {"1a", "1b", "1c", "1d", "2", "3a", "3b", "3c", "3d"}


@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from(State), st.none() | st.integers(-60, 60)), max_size=25))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_work_the_papers_say_what_is_counted(
    report, make, as_of: datetime, calendar: WorkCalendar, work: list[tuple[int, State, int | None]]
) -> None:
    today = as_of.date()
    rows = []
    for unit, state, days in work:
        deadline = None if days is None else today + timedelta(days=days)
        result = Result.NO_DEADLINE if deadline is None else Result.LATE if unit == 1 else Result.EARLY
        rows.append(make(unit, state=state, deadline=deadline, result=result if state is State.DONE else None))
    counts = count(rows, today, calendar)
    document = report(rows)
    figures = {line[0].strip(" –"): int(line[1]) for line in cells(find_table(document, "Chỉ tiêu"))[1:]}
    marks = Counter(line[1] for line in cells(find_table(document, "STT"))[1:] if line[0].isdigit())
    assert figures["Tổng số lượt giao"] == counts.total == sum(marks.values())
    assert figures["2. Chờ xác nhận"] == counts.awaiting == marks["2"]
    assert figures["trong đó trên 30 ngày"] == counts.overdue_long == marks["3c"]
    assert figures["3. Chưa hoàn thành"] == counts.open == sum(marks[f"3{letter}"] for letter in "abcd")
    assert figures["1. Đã hoàn thành"] == counts.done == sum(marks[f"1{letter}"] for letter in "abcd")


def test_the_figures_of_the_units_add_up_to_those_of_the_whole(report, rows: list[Row]) -> None:
    document = report(rows)
    head, *lines, whole = cells(find_table(document, "TT"))
    assert [line[1] for line in lines] == list(dict.fromkeys(row.unit_name for row in rows))
    numbers = [[int(text.replace("–", "0")) for text in line[2:]] for line in [*lines, whole]]
    assert [sum(column) for column in zip(*numbers[:-1], strict=True)] == numbers[-1]
    assert all(line[0] == sum(line[1:]) for line in numbers)
    assert len(head) == 12


def test_the_appendix_lists_each_counted_assignment_once_under_its_unit(report, rows: list[Row]) -> None:
    lines = cells(find_table(report(rows), "STT"))[1:]
    assert [line[0] for line in lines if line[0].isdigit()] == [str(n) for n in range(1, 20)]
    heads = [line[0] for line in lines if not line[0].isdigit()]
    assert heads[0] == "Trường Tiểu học Hoa Sen: 06 lượt giao"
    assert sum(int(head.split(": ")[1].split()[0]) for head in heads) == 19


def test_overdue_come_worst_first_with_their_reason(report, rows: list[Row]) -> None:
    document = report(rows)
    table = cells(find_table(document, "STT (Phụ lục II)"))[1:]
    days = [int(line[4].split()[0]) for line in table]
    assert days == sorted(days, reverse=True)
    reasons = " | ".join(line[5] for line in table)
    assert "Quá ngày hẹn 24/7/2024; vướng mắc: thiếu nhân viên thư viện" in reasons
    assert "Đơn vị chưa báo cáo nguyên nhân" in reasons
    listed = {line[0]: line for line in cells(find_table(document, "STT"))[1:]}
    for line in table:
        assert listed[line[0]][1] in ("3b", "3c")
        assert line[2].startswith(listed[line[0]][2])


def test_a_long_list_of_overdue_is_cut_and_says_where_the_rest_is(report, make) -> None:
    document = report([make(1, task_code=f"NV-{n:03d}") for n in range(OVERDUE_LINES + 7)])
    assert len(find_table(document, "STT (Phụ lục II)").rows) == OVERDUE_LINES + 1
    assert "Còn 07 lượt giao quá hạn khác nêu tại Phụ lục II." in texts(document)


def test_the_same_obstacle_is_told_once_with_its_units(report, rows: list[Row]) -> None:
    told = section_text(report(rows), "III.", "IV.")
    assert told.splitlines()[0] == (
        "- Thiếu nhân viên thư viện (02 đơn vị: Trường Tiểu học Hoa Sen, Trường Mầm non Hướng Dương; NV-005)."
    )
    assert "01 lượt giao chưa được đơn vị tiếp nhận" in told


def test_what_waits_for_a_decision_is_proposed(report, rows: list[Row]) -> None:
    told = section_text(report(rows), "IV.", "V.")
    assert "đề nghị gia hạn nhiệm vụ NV-005 của 01 đơn vị: Trường Mầm non Hướng Dương." in told
    assert "đề nghị giao lại (không thuộc nhiệm vụ của đơn vị) nhiệm vụ NV-004 của 01 đơn vị: UBND xã Sơn Trà." in told
    assert "[Văn phòng bổ sung" in told
    own = section_text(report(rows, proposals=["Bố trí thêm nhân viên thư viện."]), "IV.", "V.")
    assert "- Bố trí thêm nhân viên thư viện." in own
    assert "[" not in own


def test_the_coming_period_names_what_falls_due_and_not_what_is_paused(report, rows: list[Row]) -> None:
    told = section_text(report(rows), "V.", "Trên đây")
    assert "Từ nay đến ngày 31/8/2024:" in told
    assert "NV-002 – báo cáo tình hình dạy bơi: thời hạn 16/8/2024, 01 đơn vị; thời hạn 23/8/2024, 01 đơn vị" in told
    assert told.index("NV-006") < told.index("NV-002")


def test_an_office_without_work_gets_a_report_without_gaps(report) -> None:
    document = report([])
    text = "\n".join(texts(document))
    assert "Tổng số 00 lượt giao (00 nhiệm vụ)." in text
    assert "không có lượt giao nào đang quá hạn" in text
    assert "chưa nêu khó khăn" in text
    assert "Không có đề nghị nào" in text
    assert "Không có nhiệm vụ nào đến hạn" in text


def test_receivers_are_named_and_nobody_signs(report, rows: list[Row]) -> None:
    left, right = report(rows, recipients=["Chủ tịch UBND huyện", "Lưu: VT"]).tables[-3].rows[0].cells
    assert left.text.splitlines() == ["Nơi nhận:", "- Chủ tịch UBND huyện;", "- Lưu: VT."]
    assert right.text == ""


def test_letters_that_word_cannot_hold_do_no_harm(report, letter, make) -> None:
    odd = make(content="bản\x00 giấy\x0b \ud83d", obstacle="mưa\x01", note="\x08")
    assert "bản giấy" in cells(find_table(report([odd]), "STT"))[2][2]
    assert letter([odd])[1] == 1


# ---- the letter


def test_the_letter_addresses_the_overdue_units_and_names_their_tasks(letter, rows: list[Row]) -> None:
    document, named = letter(rows, reply_by=date(2024, 8, 2))
    lines = texts(document)
    start = lines.index("Kính gửi:")
    assert lines[start + 1 : start + 5] == [
        "- UBND xã Sơn Trà;",
        "- Trường Tiểu học Hoa Sen;",
        "- Trường Mầm non Hướng Dương;",
        "- Trường Phổ thông dân tộc bán trú Tiểu học và Trung học cơ sở số 2 Sơn Trà.",
    ]
    body = "\n".join(lines)
    assert "Kế hoạch số 12/KH-UBND ngày 05/02/2024" in body
    assert f"còn {named:02d} lượt giao của 04 đơn vị" in body
    assert "chậm nhất thứ Sáu, 02/8/2024." in body
    assert "Trân trọng./." in body
    table = cells(find_table(document, "STT"))[1:]
    assert [line[0] for line in table if line[0].isdigit()] == [str(n) for n in range(1, named + 1)]
    assert named == 5
    assert {line[1].split(" – ")[0] for line in table if line[0].isdigit()} == {"NV-001", "NV-002", "NV-005"}
    subject = document.tables[0].rows[1].cells[0]
    assert "V/v đôn đốc thực hiện\nnhiệm vụ quá hạn" in subject.text
    assert len(list(subject._tc.iter(qn("w:br")))) == 1


def test_numbers_of_documents_stay_on_one_line_and_stay_as_written(report, make) -> None:
    table = find_table(report([make(content="- gộp\nhai việc theo Công văn 07/UBND-VP, TC-KH phối hợp")]), "STT")
    task, directive = table.rows[2].cells[2:4]
    assert task.text == "NV-001 – - gộp\nhai việc theo Công văn 07/UBND-VP, TC-KH phối hợp (mục II.2)"
    assert directive.text == "Kế hoạch số 12/KH-UBND ngày 05/02/2024"
    assert len(list(task._tc.iter(qn("w:noBreakHyphen")))) == 2


def test_a_task_that_its_unit_handed_back_is_not_chased(letter, make) -> None:
    document, named = letter([make(1), make(2, state=State.DECLINED)])
    assert named == 1
    assert "Kính gửi: Trường Tiểu học Hoa Sen" in texts(document)


def test_many_units_are_addressed_through_the_list(letter, make) -> None:
    rows = [replace(make(1), unit_id=n, unit_name=f"Trường Tiểu học số {n}") for n in range(MOST_ADDRESSEES + 1)]
    document, _ = letter(rows)
    assert "Kính gửi: Các cơ quan, đơn vị có tên tại Phụ lục kèm theo" in texts(document)


def test_without_a_day_the_draft_leaves_it_open(letter, make) -> None:
    assert any("chậm nhất ngày …/…/…." in line for line in texts(letter([make()])[0]))


def test_nobody_overdue_means_no_letter(letter, make, tmp_path: Path) -> None:
    with pytest.raises(NothingOverdue):
        letter([make(deadline=None), make(role="cooperate"), make(state=State.PAUSED)])
    assert not list(tmp_path.iterdir())
