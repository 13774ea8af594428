"""Forms in which duties, their units, days and addressees are written; each sentence is of our own making."""

from __future__ import annotations

from datetime import date

import pytest

from dondoc.directives.classify import propose_class
from tests.directives.letters import HEAD, letter, notice, read


def test_who_is_told_to_do_a_list_has_its_items() -> None:
    tasks = notice(
        "I. Nhiệm vụ chung\nThủ trưởng các phòng, Chủ tịch UBND các xã tập trung thực hiện một số công việc sau:\n"
        "- Kiểm kê tài sản trước ngày 25/4/2025.\n- Sắp xếp lại kho lưu trữ."
    )
    assert [task.lead for task in tasks] == [("Thủ trưởng các phòng", "Chủ tịch UBND các xã")] * 2


def test_what_a_paper_is_to_hold_is_no_task() -> None:
    tasks = letter(
        "Sở Công Thương đề nghị Ủy ban nhân dân các xã thực hiện các công việc sau:\n\n"
        "1. Xây dựng báo cáo sơ kết quý I với các nội dung chủ yếu:\n\n- Kết quả sắp xếp chợ;\n\n"
        "- Tổ chức bộ máy quản lý chợ;\n\n"
        "2. Lập danh sách chợ tạm trước ngày 25/4/2025."
    )
    assert [task.content for task in tasks] == [
        "Xây dựng báo cáo sơ kết quý I với các nội dung chủ yếu",
        "Lập danh sách chợ tạm",
    ]


def test_a_decision_before_a_list_is_no_task() -> None:
    tasks = notice(
        "1. Để hoàn thành chỉ tiêu năm, Giám đốc Sở yêu cầu:\n\n1.1. Văn phòng\n\n- Rà soát chỉ tiêu từng tháng."
    )
    assert [(task.lead, task.content) for task in tasks] == [(("Văn phòng",), "Rà soát chỉ tiêu từng tháng")]


def test_those_who_have_not_done_it_are_named_by_a_label() -> None:
    [first, second] = letter(
        "Đề nghị các đơn vị có tên trong danh sách kèm theo khẩn trương gửi báo cáo trước ngày 14/4/2025.\n\n"
        "Đối với các đơn vị đã gửi báo cáo: đề nghị rà soát lại số liệu, nếu có thay đổi gửi bổ sung trước ngày 12/4/2025."
    )
    assert (first.lead, first.deadline) == (("các đơn vị",), date(2025, 4, 14))
    assert first.content == "Khẩn trương gửi báo cáo"
    assert (second.lead, second.deadline) == (("các đơn vị",), date(2025, 4, 12))


def test_a_heading_names_units_of_any_kind() -> None:
    tasks = letter(
        "Sở Công Thương yêu cầu:\n\n1. Các kho xăng dầu\n\nKiểm tra bồn chứa trước ngày 20/4/2025.\n\n"
        "2. Các giải pháp trước mắt\n\nTăng cường tuyên truyền."
    )
    assert [task.lead for task in tasks] == [("Các kho xăng dầu",), ()]


def test_units_that_are_told_apart_by_their_trade_or_number() -> None:
    tasks = letter(
        "Sở Công Thương yêu cầu:\n\n1. Các công ty quản lý, vận hành hồ chứa thông báo lịch xả nước.\n\n"
        "2. Phòng Kiểm tra số 1, số 2: rà soát hồ sơ, xong trước 20/4/2025."
    )
    assert [task.lead for task in tasks] == [
        ("Các công ty quản lý, vận hành hồ chứa",),
        ("Phòng Kiểm tra số 1, số 2",),
    ]


def test_who_is_the_contact_for_a_work_leads_it() -> None:
    [task] = notice("1. Phòng Nội vụ là cơ quan đầu mối, tham mưu tổ chức kiểm tra; báo cáo trước ngày 29/4/2025.")
    assert (task.lead, task.deadline) == (("Phòng Nội vụ",), date(2025, 4, 29))


def test_labels_may_name_who_is_no_office_and_no_day() -> None:
    first, second = read(
        f"{HEAD}KẾ HOẠCH\nPhủ sóng vùng cao\n\nII. NHIỆM VỤ\n\na) Lắp đặt trạm phát sóng.\n"
        "- Đơn vị chủ trì: Sóng Xanh Mây Núi.\n"
        "- Thời gian hoàn thành: Tháng 6/2025.\nb) Duy trì cổng thông tin.\n- Đơn vị chủ trì: Văn phòng Sở.\n"
        "- Thời gian thực hiện: Thường xuyên.\n"
    )
    assert (first.lead, first.deadline) == (("Sóng Xanh Mây Núi",), date(2025, 6, 30))
    assert (second.lead, second.deadline) == (("Văn phòng Sở",), None)


def test_a_title_of_units_ends_before_an_order_on_the_next_line() -> None:
    body = (
        "3. Phòng Văn hóa, Phòng Nội vụ các huyện, thị xã, thành phố\n"
        "Tham mưu Ủy ban nhân dân cùng cấp xây dựng kế hoạch và tổ chức triển khai tại địa\n"
        "phương; báo cáo kết quả về Sở Công Thương trước ngày 20/5/2025, đồng thời gửi bản\nđiện tử theo quy định."
    )
    [task] = notice(body)
    assert task.lead[-1] == "Phòng Nội vụ các huyện, thị xã, thành phố"
    assert task.content.startswith("Tham mưu Ủy ban nhân dân")


def test_how_long_is_not_by_when() -> None:
    [task] = notice("1. Văn phòng báo cáo về Ban Chỉ đạo vào 16 giờ thứ Sáu hằng tuần cho đến hết ngày 30/5/2025.")
    assert task.deadline is None
    assert task.recurrence == ("weekly",)


def test_a_month_or_quarter_at_the_end_of_an_order_is_its_deadline() -> None:
    tasks = notice(
        "1. Văn phòng tham mưu sơ kết công tác lưu trữ trong tháng 6 năm 2025.\n\n"
        "2. Phòng Nội vụ mở 02 lớp bồi dưỡng trong quý II, quý III năm 2025.\n\n"
        "3. Thanh tra báo cáo kết quả xử lý với Giám đốc Sở."
    )
    assert [task.deadline for task in tasks] == [date(2025, 6, 30), date(2025, 9, 30), None]
    assert tasks[1].lead == ("Phòng Nội vụ",)
    assert tasks[2].report_to == "Giám đốc Sở"


def test_a_clause_of_somebody_else_is_a_duty_of_theirs() -> None:
    first, second = letter(
        "Giao Ủy ban nhân dân xã Suối Trăng tổ chức lập quy hoạch chợ, hoàn thành trong quý III/2025; Sở Xây dựng có"
        " trách nhiệm hướng dẫn, kiểm tra việc lập quy hoạch."
    )
    assert (first.lead, first.deadline) == (("Ủy ban nhân dân xã Suối Trăng",), date(2025, 9, 30))
    assert (second.lead, second.deadline) == (("Sở Xây dựng",), None)


def test_a_sentence_with_its_own_unit_and_day_is_a_duty_also_in_running_text() -> None:
    first, second = letter(
        "Giao Phòng Kinh tế chủ trì xây dựng dự thảo, trình lãnh đạo Sở trước ngày 28/4/2025. Chi cục Thống kê cung cấp"
        " số liệu chính thức cho Sở Tài chính trước ngày 23/4/2025."
    )
    assert (second.lead, second.deadline, second.report_to) == (
        ("Chi cục Thống kê",),
        date(2025, 4, 23),
        "Sở Tài chính",
    )
    assert first.deadline == date(2025, 4, 28)


def test_a_list_that_says_who_and_then_what_is_one_of_duties() -> None:
    tasks = letter(
        "Giám đốc Sở thông báo đến giáo viên các trung tâm một số công việc cuối năm như sau:\n\n"
        "1. Giáo viên dạy nghề: xếp loại học viên từ ngày 24/5 đến ngày 26/5/2025.\n\n2. Tổ trưởng bộ môn: nộp báo cáo"
        " tổng kết chậm nhất ngày 27/5/2025.\n\n3. Đoàn trường phối hợp với Hội Chữ thập đỏ thăm gia đình chính sách"
        " trước ngày 05/6.\n\n4. Văn phòng: chuẩn bị lễ tổng kết (ngày 30/5/2025)."
    )
    assert [(task.lead, task.deadline) for task in tasks] == [
        (("Giáo viên dạy nghề",), date(2025, 5, 26)),
        (("Tổ trưởng bộ môn",), date(2025, 5, 27)),
        (("Đoàn trường",), date(2025, 6, 5)),
        (("Văn phòng",), None),
    ]


def test_teachers_in_an_announcement_order_nothing() -> None:
    """ "giáo viên" folds to a word that begins like "giao"."""
    tasks = letter(
        "Ban Văn hóa giám sát việc thực hiện chính sách đối với giáo viên như sau:\n\n1. Nội dung giám sát: Việc ban hành"
        " văn bản; kết quả chi trả.\n\n2. Đề nghị Sở Nội vụ gửi báo cáo trước ngày 23/4/2025."
    )
    assert [task.lead for task in tasks] == [("Sở Nội vụ",)]


def test_persons_by_their_offices_and_offices_that_protect_lead() -> None:
    tasks = letter(
        "Sở Công Thương yêu cầu:\n\n1. Hạt trưởng Hạt Kiểm lâm các huyện:\n\n- Làm mới đường băng cản lửa.\n\n"
        "2. Các ông (bà) Trưởng thôn\n\n- Họp dân thống nhất danh sách.\n\n"
        "3. Phòng Quản lý bảo vệ rừng tổng hợp, báo cáo Chi cục trưởng hằng ngày.\n\n"
        "4. Đội xung kích thôn chủ trì, phối hợp với Công an xã tuần tra."
    )
    assert [task.lead for task in tasks] == [
        ("Hạt trưởng Hạt Kiểm lâm các huyện",),
        ("Các ông (bà) Trưởng thôn",),
        ("Phòng Quản lý bảo vệ rừng",),
        ("Đội xung kích thôn",),
    ]


def test_what_a_finding_recommends_is_to_be_done() -> None:
    tasks = read(
        f"{HEAD}KẾT LUẬN THANH TRA\nVề thu, chi\n\nII. KẾT QUẢ\n\n1. Nhà trường thu 07 khoản.\n\nIII. KIẾN NGHỊ XỬ LÝ\n\n"
        "1. Đối với Phòng Tài chính: chấn chỉnh việc thu, chi.\n\n2. Giao Thanh tra Sở theo dõi việc thực hiện.\n"
    )
    assert [task.lead for task in tasks] == [("Phòng Tài chính",), ("Thanh tra Sở",)]


def test_what_matters_is_an_assessment() -> None:
    assert notice("Việc di dời các hộ dân là cấp bách, cần được tập trung thực hiện, bảo đảm an toàn.") == []


@pytest.mark.parametrize(
    ("content", "proposed"),
    [
        ("Xây dựng chuyên mục chuyển đổi số trên trang thông tin", "product"),
        ("Tổng hợp nhu cầu vốn của các xã", "product"),
        ("Kiểm tra, ký duyệt và báo cáo kết quả về Ban Giám hiệu", "product"),
        ("Có văn bản hướng dẫn các trường", "product"),
        ("Đầu tư, chuẩn hóa cơ sở vật chất, góp phần thực hiện thành công chương trình", "standing"),
        ("Là cơ quan đầu mối, tham mưu tổ chức triển khai kế hoạch", "standing"),
        ("Có trách nhiệm hướng dẫn, kiểm tra các đơn vị", "standing"),
        ("Tăng cường tuyên truyền", "standing"),
    ],
)
def test_a_product_is_a_paper_that_is_to_be_made(content: str, proposed: str) -> None:
    assert propose_class(content, dated=False, soft=False) == proposed
    assert propose_class(content, dated=True, soft=False) == "dated"


def test_an_event_that_a_plan_tells_of_is_no_task() -> None:
    tasks = read(
        f"{HEAD}KẾ HOẠCH\nQuán triệt\n\nII. NỘI DUNG\n\n1. Hội nghị cán bộ: tổ chức 01 ngày, dự kiến ngày 08/9/2025"
        " tại hội trường.\n\n2. Các chi bộ tổ chức học tập, hoàn thành trước ngày 30/9/2025.\n\n"
        "3. Ngân hàng Chính sách giải ngân vốn vay."
    )
    assert [task.lead for task in tasks] == [("Các chi bộ",), ("Ngân hàng Chính sách",)]


def test_what_units_have_done_is_told_and_what_comes_after_them_is_none_of_their_names() -> None:
    tasks = notice(
        "1. Bộ Công Thương đã tích cực, chủ động tham mưu, chỉ đạo kịp thời.\n\n"
        "2. Văn phòng hoàn thiện dự thảo, trình Thủ tướng Chính phủ trong tháng 8 năm 2025.\n\n"
        "3. Ủy ban nhân dân các xã tổng hợp, báo cáo Bộ Tài chính nhu cầu kinh phí trước ngày 30/8/2025.\n\n"
        "4. Đài Truyền hình tỉnh, các cơ quan báo chí thông tin đầy đủ, chính xác.\n\n"
        "5. Trưởng các khối, cụm thi đua tổ chức tổng kết trước ngày 20/12/2025."
    )
    assert [task.lead for task in tasks] == [
        ("Văn phòng",),
        ("Ủy ban nhân dân các xã",),
        ("Đài Truyền hình tỉnh", "các cơ quan báo chí"),
        ("Trưởng các khối, cụm thi đua",),
    ]
    assert [task.report_to for task in tasks[:2]] == ["Thủ tướng Chính phủ", "Bộ Tài chính"]


def test_the_days_that_results_are_of_are_no_deadline() -> None:
    [task] = letter(
        "Sở yêu cầu các xã báo cáo kết quả thực hiện công tác quản lý chợ từ ngày 30/01/2025 đến ngày 24/4/2025."
    )
    assert task.deadline is None
