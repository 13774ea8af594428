"""Forms in which duties stand in scans, with what a scan does to them; each sentence is of our own making."""

from __future__ import annotations

from datetime import date

import pytest

from dondoc.directives.parse import parse_directive
from dondoc.directives.reading import SourceText
from tests.directives.letters import HEAD, letter, notice, read


def test_an_implausible_year_is_told_and_never_corrected() -> None:
    body = "1. Văn phòng báo cáo kết quả trước ngày 20/8/2035.\n\n2. Thanh tra gửi báo cáo về Sở trước ngày 20/8/2012."
    draft = parse_directive(SourceText(f"{HEAD}THÔNG BÁO\nKết luận\n\nGiám đốc chỉ đạo:\n\n{body}\n", (), "text/plain"))
    assert [task.deadline for task in draft.tasks] == [date(2035, 8, 20), None]
    assert draft.warnings == ("deadline_far:2035-08-20", "deadline_before_issue:2012-08-20")
    assert [task.confidence <= 0.5 for task in draft.tasks] == [True, True]
    assert [task.why[-1].code for task in draft.tasks] == ["deadline_year", "deadline_past"]


def test_words_that_a_scan_has_blurred_make_a_reading_less_sure() -> None:
    clear, blurred = notice("1. Văn phòng lập kế hoạch kiểm kê kho.\n\n2. Văn phòng lập kế hoạch # kiểm kê £ kho.")
    assert blurred.confidence < clear.confidence
    assert blurred.why[-1].code == "blurred"


def test_what_a_scan_does_to_lists_is_undone() -> None:
    """Dust before marks, commas for full stops, full stops between words, blank lines within items, lost slashes."""
    tasks = letter(
        "-Để chủ động ứng phó, Giám đốc Sở yêu cầu:\n\n1, Phòng Quản lý năng.lượng:\n\nˆ_- Lập phương án,"
        " hoàn thành trước\n\n17h00 ngày 25/4/2025.\n\n2, Chỉ cục Quản lý thị trường kiểm tra các chợ,"
        " xử\n\nlý nghiêm vi phạm;\n\n"
        "báo cáo kết quả với ƯBND tỉnh trước ngày 28/4/2025.\n\n3. Văn phòng Sở tổ chức kiểm kê xong trong quý 22025."
    )
    assert [(task.lead, task.deadline) for task in tasks] == [
        (("Phòng Quản lý năng lượng",), date(2025, 4, 25)),
        (("Chi cục Quản lý thị trường",), date(2025, 4, 28)),
        (("Văn phòng Sở",), date(2025, 6, 30)),
    ]
    assert tasks[1].report_to == "UBND tỉnh"


def test_a_request_whose_verb_is_torn_still_opens_a_list_of_duties() -> None:
    tasks = letter(
        "Giám đốc Sở yêu cầu các phòng thực Hà các\n\nnội dung sau:\n\n1. Rà soát hồ sơ lưu trữ.\n\n2. Kiểm kê tài sản."
    )
    assert [task.content for task in tasks] == ["Rà soát hồ sơ lưu trữ", "Kiểm kê tài sản"]


def test_dates_that_a_scan_leaves_alone_on_a_line_belong_to_the_sentence_before() -> None:
    """Blank lines stand within sentences, full stops that are none end full lines, and "Sau:" is alone, too."""
    lines = (
        "Hiện nay công tác quản lý chợ còn nhiều khó khăn, vì vậy Giám đốc Sở yêu cầu các xã,\n\n"
        "phường, thị trấn trên địa bàn tỉnh khẩn trương tập trung thực hiện các nhiệm vụ\n\nSau:\n\n"
        "1. Rà soát quy hoạch chợ, bố trí quỹ đất và lập phương án sắp xếp lại các điểm bán.\n\n"
        "hàng tự phát trên địa bàn, hoàn thiện hồ sơ, gửi Sở Công Thương tổng hợp trước ngày\n\n28/4/2025*. .\n\n"
        "2. Kiểm tra việc niêm yết giá tại các chợ, báo cáo kết quả kiểm tra bằng văn bản về Sở\n\n"
        "_ Công Thương chậm nhất trước ngày 15/5/2025 và phối hợp với Sở Tài chính tổ chức sơ\n\nkết, thực hiện xong trước\n"
        "20/5/2025. ặ\n\n1I. Tổ chức thực hiện\n\nVăn phòng Sở theo dõi, đôn đốc việc thực hiện."
    )
    tasks = letter(lines)
    assert [task.deadline for task in tasks[:3]] == [date(2025, 4, 28), date(2025, 5, 15), date(2025, 5, 20)]
    assert tasks[0].content.startswith("Rà soát quy hoạch chợ")
    assert (tasks[0].report_to, tasks[1].report_to) == ("Sở Công Thương", "Sở Công Thương")
    assert tasks[3].lead == ("Văn phòng Sở",)
    assert tasks[3].section == "1I"


def test_a_day_that_nobody_can_read_is_asked_for() -> None:
    draft = parse_directive(
        SourceText(
            f"{HEAD}THÔNG BÁO\nKết luận\n\nGiám đốc chỉ đạo:\n\n3. Văn phòng gửi dự thảo về Sở trước ngày ˆ.\n",
            (),
            "text/plain",
        )
    )
    [task] = draft.tasks
    assert (task.deadline, task.soft, task.task_class) == (None, "trước ngày ˆ", "product")
    assert "deadline_unread" in {one.code for one in task.why}
    assert draft.warnings == ("deadline_unread:3",)
    assert task.confidence < 0.7


@pytest.mark.parametrize("words", ["trước ngày khai giảng", "trước ngày 01/7/2024 thì được tính theo quy định cũ"])
def test_days_of_events_and_of_laws_are_not_unread(words: str) -> None:
    draft = parse_directive(
        SourceText(
            f"{HEAD}THÔNG BÁO\nKết luận\n\nGiám đốc chỉ đạo:\n\n3. Kiểm tra các trường {words}.\n", (), "text/plain"
        )
    )
    assert draft.warnings == ()


def test_titles_and_items_with_dust_behind_them_are_still_what_they_are() -> None:
    tasks = read(
        f"{HEAD}KẾT LUẬN THANH TRA\nVề thu, chi\n\nI. KẾT QUẢ\n\nĐã thu 07 khoản.\n\nIII. KIẾN NGHỊ XỬ LÝ ,\n\n"
        "1: Đối với Phòng Tài chính: chấn chỉnh việc thu, chi.\n\n2, Đoàn kiểm tra bàn giao hồ sơ cho Thanh tra Sở"
        " trước ngày 05/6. sàn\n\nIV. Phân công :\n\nVăn phòng Sở theo dõi."
    )
    assert [(task.lead, task.deadline) for task in tasks] == [
        (("Phòng Tài chính",), None),
        (("Đoàn kiểm tra",), date(2025, 6, 5)),
        (("Văn phòng Sở",), None),
    ]


def test_a_roman_number_read_as_an_arabic_one_is_a_part() -> None:
    tasks = read(
        f"{HEAD}KẾ HOẠCH\nKiểm kê\n\n1. MỤC ĐÍCH, YÊU CẦU\n\n1. Bảo đảm tính thống nhất trong triển khai.\n\n"
        "II. TỔ CHỨC THỰC HIỆN\n\n1. Văn phòng lập danh sách trước 10-tháng 6 năm 2025."
    )
    assert [(task.lead, task.deadline) for task in tasks] == [(("Văn phòng",), date(2025, 6, 10))]


def test_a_signer_beside_the_recipients_and_an_issuer_in_one_word() -> None:
    text = (
        "UBND TỈNH MÂY NÚI CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n. SỞY TÉ Độc lập - Tự do - Hạnh phúc\n\n"
        "Số: 14/SYT-VP- Đồi Cao, ngày 12 tháng 01 năm 2021\nV/v báo cáo\n\nKính gửi: - Các bệnh viện;\n._ - Các trạm y tế;\n"
        "~ Phòng Y tế các huyện.\n\nSở Y tế đề nghị các đơn vị báo cáo trước ngày 20/01/2021./.\n\nNơi nhận: GIÁM ĐỐC\n"
        "- Như trên;\n- Lưu: VT - Quàng Thị Sen\n"
    )
    draft = parse_directive(SourceText(text, (text,), "text/plain"))
    assert draft.document.issuer == "Sở Y tế tỉnh Mây Núi"
    assert draft.document.number == "14/SYT-VP"
    assert draft.document.signer == "Quàng Thị Sen"
    assert draft.document.recipients[:3] == ("Các bệnh viện", "Các trạm y tế", "Phòng Y tế các huyện")
    assert [task.deadline for task in draft.tasks] == [date(2021, 1, 20)]


def test_dust_around_items_and_behind_sentences_opens_no_list_and_hides_no_number() -> None:
    tasks = read(
        f"{HEAD}KẾ HOẠCH\nKiểm kê kho\n\nI. MỤC ĐÍCH, YÊU CẦU\n\n2. Yêu cầu :\n\n- Các hoạt động phải đồng bộ.\n\n"
        "II. PHÂN CÔNG NHIỆM VỤ\n\n1. Văn phòng Sở\n\n- Rà soát hồ sơ kho lưu trữ theo.Quyết định của Giám đốc Sở. : :\n\n"
        "- Lập biên bản kiểm kê.\n\n-_2. Phòng Kế hoạch: tổng hợp báo cáo, trình lãnh đạo Sở trước ngày 30/4/2025."
    )
    assert [(task.section, task.lead) for task in tasks] == [
        ("II.1", ("Văn phòng Sở",)),
        ("II.1", ("Văn phòng Sở",)),
        ("II.2", ("Phòng Kế hoạch",)),
    ]
    assert tasks[0].content == "Rà soát hồ sơ kho lưu trữ theo.Quyết định của Giám đốc Sở"


def test_what_another_letter_asked_for_is_no_task() -> None:
    tasks = letter(
        "Ngày 10/02/2025, Sở đã có Công văn số .74/SCT-VP đề nghị các xã gửi báo cáo về Sở trước ngày 30/3/2025.\n\n"
        "Đề nghị các xã chưa báo cáo khẩn trương gửi về Sở trước ngày 20/4/2025."
    )
    assert [task.deadline for task in tasks] == [date(2025, 4, 20)]


def test_a_title_without_a_number_stays_above_a_numbered_list() -> None:
    tasks = letter("TỔ CHỨC THỰC HIỆN\n\n1. Rà soát quy hoạch chợ trên địa bàn.\n\n2. Kiểm tra việc niêm yết giá.")
    assert len(tasks) == 2
