"""What a reply says to the office besides its state: a protest, a question, "nothing to report", a nod."""

from __future__ import annotations

from dondoc.vietnamese.phrases import Cue
from dondoc.vietnamese.reply_groups import GROUPS

PROTEST = Cue(
    "already done, why still asked",
    """
    sao|răng ... vẫn|lại|còn|cứ|hoài ... nhắc|báo|=nợ|đòi|hỏi|thiếu|hiện|kêu|ghi|thấy|gọi|quá_hạn|giục|no|chưa
    mà sao|vẫn|cứ|còn|lại .. nhắc|báo|=nợ|đòi|hỏi|thiếu|hiện|kêu|ghi|gọi|quá_hạn|giục
    rồi mà [SELF] $
    rồi mà sao|còn|cứ
    ủa|ua|lạ_nhỉ|lạ_quá|lạ_thật ... nộp|gửi|xong|báo_cáo|hoàn_thành
    nộp|gửi|xong|thành|đủ|cáo mà [SELF] $
    nhắc hoài|nhầm|mãi|làm_gì|lại_làm|miết|suốt
    dung|đừng|khỏi nhắc
    sao [vẫn] chưa ghi|cập_nhật|xác_nhận|hiện|thấy|ghi_nhận
    nhận|thấy [được] .. chưa [SELF|vậy|thế] $
    nhận|thấy được ... chưa [SELF|vậy|thế] $
    không|chưa nhận|thấy [được] hả|a|ha|sao|ư
    rõ_ràng ... rồi
    """,
    GROUPS,
)
"""Says it was handed in and asks why it is still chased, or whether it arrived."""

QUESTION = Cue(
    "question",
    """
    số mấy
    mấy vậy|thế|nhỉ|hả
    mấy_giờ|bao_nhiêu|bao_giờ|thế_nào|ra_sao|làm_sao|tại_sao|vì_sao|kiểu_gì|như_nào|ntn|mấy_ngày|mấy_bản|mấy_bộ|
        khi_đâu|cách_nào|bao_lâu
    ^ răng !miệng|hàm
    có|được|phải|cần|đúng|còn|kịp|nhận|thấy|ok|ổn|đủ|tính|biết|hợp_lệ|gửi|nộp|xong|làm|báo_cáo|hạn ... không|
        hông|hôn {SELF|vậy|thế|ta|nhỉ|hả|đây} $
    có|được|phải|cần|đúng|còn ... ... không|hông|hôn {SELF|vậy|thế|ta|nhỉ|hả|đây|hay} $
    có|được|phải|cần ... không hay
    nộp|gửi|nhận|xong|được|đúng|xem|duyệt|ký|đủ|ok|vào|thấy|biết|ổn|cập_nhật|lên|tính|ghi_nhận|làm|hoàn_thành|
        hoàn_tất .. chưa {SELF|vậy|thế|ta|nhỉ|hả} $
    nộp|gửi|nhận|đúng|xem|duyệt|ký|thấy ... chưa {SELF|vậy|thế|ta|nhỉ|hả} $
    * hay [là] !quên|bị|bao|sao * ... vậy|thế|nhỉ|hả|sao|ta
    * hay [là] * .. [SELF] $
    hả|ha|nhỉ|nhi|đúng_không|phải_không|hay_sao [SELF] $
    cho|xin [SELF] =hỏi|hoi
    SELF [muốn|xin] =hỏi !lại|thăm
    """,
    GROUPS,
)

OF_THE_OFFICE = Cue(
    "a word of the work",
    """
    nộp|gửi|trình|báo_cáo|bc|mẫu|biểu|hạn|việc|nhiệm_vụ|nội_dung|văn_bản|công_văn|số_liệu|file|link|phụ_lục|kế_hoạch|hồ_sơ
    làm|điền|ký|dấu|cột|mục|danh_sách|duyệt|hệ_thống|phần_mềm|tài_khoản|chỉ_tiêu|thống_kê|tổng_hợp|rà_soát|bản|văn_phòng
    này|nhập|kê_khai|giao|nhắc|thông_báo|đơn_vị|tính|thời_điểm|ngày_nào|yêu_cầu|hướng_dẫn|số|đúng|hợp_lệ|gia_hạn
    <number>|trường_em|xã_em|trường_nào|xã_nào|trường_mình|chỉ_đạo|triển_khai|thực_hiện|xong|hoàn_thành|nhận_được|hiểu|rõ
    """,
    GROUPS,
)
"""A question of some length without any of these is about something else."""

ASKING_WORD = Cue(
    "asking word",
    """
    ~đời gì|nào !cũng|đó|đấy|hết
    ở|về|tại|qua|nộp|gửi|mẫu|file|link|chỗ|từ|chuyển|trình đâu
    ai !cũng|đó|nấy
    ~không|vì|tại|ra|làm sao !mai
    """,
    GROUPS,
)
"""Asks, unless it stands after a "no": "không có hộ nào", "chưa làm gì"."""

INFORMATION = Cue(
    "asks for information",
    """
    cho|xin [SELF] {xin|lại|cái|anh|chị} FORM
    cho|gửi|chuyển .. FORM ... với $
    gửi|chuyển|up {lại|giúp|cho|hộ} em|trường|xã|mình|tôi|bên_em {xin|lại|cái} FORM
    có FORM .. không
    cho SELF xin $
    gửi|chuyển lại giúp|với|cho
    gửi|chuyển lại|giúp [cho|giúp] em|trường|xã|mình|tôi|bên_em
    hướng_dẫn|giải_thích|chỉ|nói_rõ|làm_rõ|giải_đáp|tư_vấn {giúp|cho|thêm|rõ|hộ|cụ_thể|lại|cách} em|trường|xã|
        mình|tôi|thêm|với|cách|rõ
    không thấy|có file|link|mẫu|công_văn|đính_kèm|văn_bản
    xin|nhờ|anh|chị .. nhắc|nói lại
    chưa|không rõ|hiểu|nắm_rõ|biết_làm|biết_phải|biết_nộp|biết_gửi|biết_điền|biết_cách|biết_mẫu|biết_bắt_đầu|
        biết_việc !thôi
    danh_sách [các] việc|nhiệm_vụ
    xem|tra_cứu|kiểm_tra|coi {lại|giúp|hộ} việc|nhiệm_vụ|danh_sách|hạn|tiến_độ
    kiểm_tra|xem|coi {lại|giúp|hộ|em|trường|xem|bên} ... chưa|không|thiếu $
    ^ việc|nhiệm_vụ của|còn trường|xã|tôi|em|đơn_vị|=nợ|lại
    còn =nợ|thiếu gì|việc|mấy|những
    văn_phòng|anh|chị kiểm_tra|xem|đối_chiếu|tra {lại|giúp} xem
    """,
    GROUPS
    | {
        "FORM": """
            mẫu link file công_văn văn_bản hướng_dẫn tài_liệu biểu biểu_mẫu phụ_lục thông_báo kế_hoạch nội_dung đường_link"""
    },
)
"""Asks for a document, an explanation or the state of things."""

CONDITION = Cue(
    "when, not a question",
    """
    khi_nào|lúc_nào|bao_giờ|hôm_nào|ngày_nào ... OURS|mới nộp|gửi|báo|bổ_sung|làm|xong|thì|sẽ|được|tiếp
    khi_nào|lúc_nào|bao_giờ|hôm_nào xong|có|ký|duyệt|họp .. em|tôi|mình|trường|xã|nộp|gửi|thì|sẽ
    có_gì em|tôi|mình|trường|anh|chị|văn_phòng|xin
    """,
    GROUPS,
)

NIL = Cue(
    "nothing to report",
    "báo_cáo|bc không !có|nộp|kịp|được|gửi|cần|phải|thấy|xong|mở|đủ|lên|vào|khớp|đúng\nbáo không",
    GROUPS,
)
NIL_FACT = Cue(
    "nothing occurred",
    """
    không [có] phát_sinh
    không [có|hề_có] trường_hợp|hộ|vụ|vụ_việc|đối_tượng|ai|cán_bộ|giáo_viên|học_sinh|cháu|em|trẻ|đơn_thư|người|
        cơ_sở|ca|công_trình .. nào|cả|hết|thuộc|vi_phạm|mắc|bị
    không có gì [để] báo_cáo
    không có trường_hợp $
    """,
    GROUPS,
)
NIL_ASKED = Cue(
    "is a nil report needed",
    """
    phải|cần [nộp|làm|gửi] báo_cáo không
    có báo_cáo không
    báo_cáo không hay|nhỉ|hả
    """,
    GROUPS,
)

ACKNOWLEDGED = Cue(
    "acknowledged",
    """
    ^ vâng|ok|rõ|nhất_trí|đồng_ý|<thumb>|tuân_lệnh|yes|được|hiểu|biết|đã {SELF|rõ|rồi|hiểu|luôn|=đó} $
    vâng|ok|nhất_trí|đồng_ý|<thumb>|tuân_lệnh|chấp_hành|tiếp_thu|ghi_nhận|lưu_ý|ghi_sổ|nắm_rõ|nắm_được|nắm_rồi|
        nắm_bắt|nghe_rõ|đã_rõ|rõ_rồi|em_rõ|em_hiểu|hiểu_rồi|biết_rồi|tiếp_nhận|nhớ_rồi|quán_triệt|nhận_lệnh
    ^ SELF nghe $
    SELF [có] thấy|đọc|xem|nhận ... rồi
    giao [việc] [cho|lại] mấy|các|cho em|cô|bạn|người|anh
    để SELF giao|phân|nói|báo|nhắc|chuyển|chỉ_đạo|truyền_đạt
    SELF [đã] biết|nhớ|hiểu ... rồi
    đã|em|trường|xã|tôi xem|đọc|nhận|coi|tiếp_nhận|rõ|biết|hiểu|ghi
    đã phổ_biến|quán_triệt|thông_báo|nhắc
    ^ xem|đọc|nhận|coi [được] .. rồi
    ^ nhận [được] {tin|thông_báo|văn_bản|công_văn|nhiệm_vụ|rồi|đủ} $
    ~chưa|không nhận [được|đủ] tin|thông_báo|văn_bản|công_văn|nhiệm_vụ|chỉ_đạo|rồi
    giao|phân_công|chuyển|báo|nhắn [việc] [cho] đồng_chí|cô|thầy|bạn|bộ_phận|kế_toán|văn_thư|công_chức|phó|
        cán_bộ|chuyên_môn|các_cô|các_thầy|các_tổ|<name>|lãnh_đạo|hiệu_phó|tổ_trưởng|chuyên_viên|thầy_cô
    chuyển [đến|tới|qua|cho|sang] LEADER|PERSON
    báo_cáo|báo LEADER
    lưu|ghi lại rồi
    note|noted|ghi_chú_rồi
    phân_công|giao_việc
    sẽ|để_em|em nhắc|đôn_đốc|đọc|xem|lưu_ý|kiểm_tra|chỉ_đạo|triển_khai|thực_hiện|chuyển|thông_báo|phổ_biến|
        quán_triệt
    cảm_ơn
    """,
    GROUPS,
)
