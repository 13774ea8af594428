"""What a reply may ask the office to decide: more time, help with an obstacle, another unit for the task."""

from __future__ import annotations

from dondoc.vietnamese.phrases import Cue
from dondoc.vietnamese.reply_groups import GROUPS

EXTENSION = Cue(
    "asks for time",
    """
    gia_hạn|giãn_hạn
    xin !lỗi ... lùi|khất|hoãn|giãn|nới|dời|LATE
    xin !lỗi .. hoan|doi lại|đến|sang|tới|lịch|ngày
    xin !lỗi ... thêm .. SPAN|thời_gian|chút|xíu|ít
    xin {phép|được|anh|chị|cho|SELF} FEW ngày|hôm|tuần|tháng|tiếng|giờ|buổi
    xin [đến|tới|sang|qua] ngày|thứ|hết|cuối|mùng|mai|chủ_nhật|đầu_tuần|đầu_tháng|tuần|NUM
    ~bị|đã|họp|lịch lùi !xe
    khất !khao|vọng
    cần thêm .. SPAN|thời_gian|chút|ít
    cho [phép] SELF ... thêm|lùi|khất|giãn|nới|LATE|dời|=nợ
    cho [phép] SELF ... hoãn
    cho [phép] SELF {thêm|xin|thư} FEW SPAN
    thư_thả|thư_thư|du_di|châm_chước|linh_động .. FEW|cho|thời_gian|hạn
    xin [phép] nộp|gửi|báo_cáo sau
    chậm|muộn|trễ [lại] [một|1] chút|tí|xíu|ít được không
    cho [phép] báo_cáo|nộp|gửi .. LATE|thêm|sau
    cho_phép|cho ... lùi|LATE !em|xã|trường
    cho [phép] SELF đến|tới ngày|thứ|hết|cuối|mùng|mai|chủ_nhật|đầu|NUM|tuần|sáng|chiều
    điều_chỉnh [thời] hạn|gian
    kéo_dài [thêm] thời
    thêm thời_gian|thời_hạn
    nới [rộng] [thời] hạn
    nộp|gửi|báo_cáo .. LATE|sau .. được không
    """,
    GROUPS,
)
"""Asks for a later date."""

LATE_BY = Cue(
    "will be late",
    """
    nộp|gửi|báo_cáo LATE [hạn] [khoảng|tầm|chừng] FEW ngày|hôm|tuần|buổi !rồi|mất
    """,
    GROUPS,
)
"""Late by some days: asks for time, unless it was handed in."""

LEAVE = Cue(
    "asks leave for a day",
    """
    cho [phép] SELF {xin|phép} nộp|gửi|báo_cáo|qua|sang|tới|đến|hết|bổ_sung
    """,
    GROUPS,
)
LEAVE_IF_LATE = Cue("asks leave for a later day", "xin|đề_nghị [phép|được] [SELF] nộp|gửi|báo_cáo|hoàn_thành", GROUPS)
"""With a day beside them; the second only where that day lies after the deadline."""

HOW_TO_EXTEND = Cue(
    "how to ask for time",
    """
    gia_hạn ... thế_nào|ở_đâu|như_nào|ai|ra_sao|làm_sao|mẫu_nào|kiểu_gì
    thủ_tục|cách|đơn|mẫu|làm_sao|thế_nào .. gia_hạn
    muốn .. gia_hạn thì|phải
    """,
    GROUPS,
)

TIME_ALLOWED = Cue(
    "will that day do",
    """
    được|kịp|ok|ổn không|hông|hôn|ko
    có_thể|được_phép nộp|gửi|báo_cáo ... không
    được chứ|hả|hem|nhỉ|chu|chăng
    có sao|muộn không
    """,
    GROUPS,
)
"""With a day beside it: asks whether that day will do."""

_MACHINES = """
    phần_mềm hệ_thống mạng internet wifi web trang link file máy máy_tính máy_chủ server đường_truyền app
    chữ_ký_số tài_khoản điện csdl biểu_mẫu usb trục ioffice cổng_dịch_vụ cổng_thông_tin ct chương_trình máy_scan
    máy_in excel zalo dữ_liệu website vneid
"""
_DECIDES = """
    duyệt cấp trả_lời phản_hồi cung_cấp gửi hướng_dẫn phê_duyệt chuyển văn_bản ký hợp_tác đồng_ý đồng_thuận chịu bố_trí
    thẩm_định nhận giải_quyết trả chấp_thuận xác_nhận kết_quả cho ý_kiến
"""
OBSTACLE = Cue(
    "obstacle",
    """
    MACHINE ... lỗi|bị|=hỏng|hư|treo|yếu|chập_chờn|rớt|văng|mất|đứt|sập|bảo_trì|khóa|khoá|quá_tải|hết_hạn|
        trục_trặc|chết|die|tèo|lag|=đơ|cúp
    MACHINE .. không vào|mở|chạy|lên|gửi|nộp|tải|in|được|nhận|kết_nối|cho|hiện
    mất|đứt|cúp|=hỏng|hư|treo|rớt|khóa|lỗi MACHINE|sóng|kết_nối|cáp|chữ_ký
    lỗi NUM|500|502|404
    báo|bị lỗi
    bị treo|khóa|khoá|văng|đứt|chặn|từ_chối|trả_lại|ốm|bệnh|ngập|cô_lập|mất|=hỏng|kẹt|đóng|=đơ
    gặp|có|đang|nhiều|cũng|còn|vẫn khó_khăn|vướng|khó|trục_trặc|sự_cố|vấn_đề
    khó_khăn|vướng_mắc
    vướng|trở_ngại|bế_tắc|ách_tắc|trục_trặc|sự_cố
    kẹt !lịch|họp|quả|thúc|luận|hợp|nối|cấu|nạp
    khó quá|làm|thực_hiện|hoàn_thành|lấy|triển_khai|kiếm|thu|thật|lắm
    không [thể] vào|mở|truy_cập|tải|in|kết_nối|nhập|gửi|nộp|làm|liên_hệ|gọi|liên_lạc|xuất|ký|hoàn_thành|
        thực_hiện|triển_khai|xác_định|tìm .. được|nổi|xuể|xue
    không [thể] đăng_nhập|truy_cập
    dang|đăng nhập không
    không thể|đủ_khả_năng|xuể|kham
    vào|mở|tải|gửi|nộp|nhập|làm|liên_lạc|đăng_nhập|kết_nối|in|up .. không được|nổi|lên|ra|xuể|xong
    không WORK được
    không !hiểu|nhận|biết|nhớ|có|phải|rõ|thấy|còn|xin * [*] được|nổi|xuể|xue
    không xin được
    không rành|thạo
    dịch tả|cúm|sởi|sốt|bệnh|covid
    không lên được|khớp|cân_được
    không nhận|lấy|xin|tìm được .. mã|otp|số_liệu|phản_hồi
    thiếu|không_có|hết|chưa_có|không_đủ|không_còn|chưa_đủ|chưa_được_cấp|chưa_cấp|chưa_bố_trí|chưa_được_bố_trí|
        không_bố_trí_được|lấy_đâu_ra người|kinh_phí|nhân_lực|nhân_sự|nhân_viên|giáo_viên|máy|thiết_bị|vốn|tiền|
        nguồn|cán_bộ|ai|quyền|điện|mạng|internet|mặt_bằng|đất|công_chức|bác_sĩ|biên_chế|hóa_đơn|phòng_học|
        phương_tiện|cơ_sở_vật_chất|hướng_dẫn|đơn_vị_thi_công|nhà_thầu|vật_tư !nào|vi_phạm|thuộc|mắc
    không [còn] ai|người_nào .. biết|rảnh|làm|hỗ_trợ|phụ_trách|nhận|chỉ|ký|thay|đảm_đương|gánh
    không [còn] ai !cả|hết|thuộc|vi_phạm|mắc|bị|nào *
    có ai .. biết|làm đâu
    không biết làm_sao|kêu_ai|gọi_ai|hỏi_ai|xử_lý|làm_thế_nào|xoay
    mưa_lũ|mưa_lụt|mưa_bão|mưa_to|=bão|=lũ|lũ_lụt|lụt|ngập|ngập_lụt|sạt_lở|dịch_bệnh|cháy_rừng|hạn_hán|lũ_quét|
        thiên_tai
    nghỉ|đi thai_sản|sinh|ngang|ốm|viện|bệnh_viện|cấp_cứu
    nghỉ_chế_độ|thai_sản|nhập_viện|nằm_viện|tai_nạn|tang_gia
    bên !em|anh|chị|mình|tôi|này|con|cô|thầy|tui * [*] [*] {vẫn|còn|mới|đang|thì} chưa|không|chậm {có|hề|chịu|
        được|thèm} duyệt|cấp|trả_lời|phản_hồi|cung_cấp|gửi|hướng_dẫn|phê_duyệt|chuyển|ký|hợp_tác|làm|xác_nhận|
        cho|ý_kiến
    kinh_phí|vốn|tiền|hướng_dẫn|vật_tư|thiết_bị|mặt_bằng|dự_toán [vẫn|còn|thì] chưa có|về|được|cấp|đủ|duyệt|
        giải_ngân
    quá nặng|chậm|tải|to|mờ
    nặng|mờ|lag|yếu quá|không
    không gửi|nộp|up|tải_lên|đọc|xem đi|nổi|được
    thủ_tục rườm_rà|vướng|phức_tạp
    tranh_chấp|khiếu_kiện|khiếu_nại|chưa_thống_nhất|không_thống_nhất|không_khớp|không_liên_lạc|mất_file|
        hỏng_file|virus|bị_hack|hết_mực|hết_hạn_chữ_ký|vượt_dự_toán|cúp_điện
    phụ_huynh|=dân|người_dân|giáo_viên|hộ_dân|bà_con phản_ứng|phản_đối|bức_xúc|khiếu_nại|không_đồng_tình
    MACHINE .. không phản_hồi|hoạt_động|load
    =họ [vẫn|còn|mà] chưa|không
    bảo_trì|nâng_cấp .. đường_truyền|hệ_thống|mạng|máy_chủ|phần_mềm|suốt
    OUTSIDER [*] {vẫn|còn|mới|đang|thì} chưa|không|chậm|cứ_chưa|bỏ|kém {có|hề|chịu|được|thèm} DECIDES|giao|
        ban_hành|làm|
        nộp_tiền|ngang|tiến_độ|thi_công
    NEIGHBOUR [*] {vẫn|còn|mới|đang|thì} chưa|không|chậm|cứ_chưa {có|hề|chịu|được|thèm} DECIDES
    vì * .. chưa !làm|nộp
    do * [*] chưa được|xong|có|cấp
    phụ_thuộc|trùng_lịch|không_hợp_tác|không_đồng_ý|không_đồng_thuận|không_chịu|bỏ_ngang|bỏ_trốn|treo_lại|
        file_treo|quá_dung_lượng|quay_vòng|quá_sức|ngoài_khả_năng|bó_tay
    không biết dùng|sử_dụng|thao_tác|nhập_liệu
    mất .. dữ_liệu|số_liệu
    cứu em|chị|với|mình|tôi|anh
    chứng_thư|chữ_ký|chữ_ký_số|tài_khoản .. hết_hạn
    quên|sai|mất mật_khẩu|pass|mk
    mật_khẩu sai|hết|không
    không|chả|chẳng kịp !làm
    chưa được cấp|bố_trí|phân_bổ|giải_ngân|hướng_dẫn|tập_huấn|giao_vốn
    kinh_phí|nhân_lực|nhân_sự|vốn|thời_tiết|mặt_bằng|cơ_sở_vật_chất .. hạn_hẹp|hạn_chế|eo_hẹp|khó_khăn|thiếu|
        không_thuận
    hệ_thống|phần_mềm|máy|web .. báo sai|lỗi|không|thiếu
    không làm|thực_hiện|nộp|gửi|nhập|vào|mở|tải|in được
    khó mà|khó_lòng
    """,
    GROUPS | {"MACHINE": _MACHINES, "DECIDES": _DECIDES},
)
"""Something stands in the way that the unit does not blame on itself."""

TROUBLE = Cue(
    "some trouble",
    """
    không|chẳng|chả !phát_sinh|có_gì * [*] được|nổi
    thiếu|mất|=hỏng|hư|chậm|kém|=yếu|ốm|bệnh|cúp|quá_tải|kẹt|vướng|khó|hạn_hán|thiên_tai
    ~xin lỗi
    chưa [có|được] kết_nối|lắp|trang_bị|cấp|người|tiền
    """,
    GROUPS,
)
"""Words of trouble, told where nothing else is: perhaps an obstacle."""

ELSEWHERE = Cue(
    "perhaps not ours",
    """
    trường|xã|đơn_vị|phòng|bên [em|mình|tôi] không {có|phải|dạy|quản_lý|làm|tổ_chức|thực_hiện|báo_cáo} *
    không phải báo_cáo|làm|nộp|thực_hiện .. này
    trường|xã|đơn_vị em|mình|tôi là
    """,
    GROUPS,
)
"""The unit says that the matter does not exist with it."""

WAITING = Cue(
    "waits for others",
    """
    =chờ|=đợi|còn_cho|đang_cho|phải_cho|vẫn_cho .. hướng_dẫn|kinh_phí|vốn
    =chờ|=đợi OUTSIDER ... mới
    đi vắng|công_tác|phép
    nghỉ_phép|vắng_mặt
    =chờ|=đợi|còn_cho|đang_cho|phải_cho|vẫn_cho {số_liệu|ý_kiến|phản_hồi|thẩm_định|phê_duyệt|góp_ý|xác_nhận|của|
        từ|kết_quả|văn_bản} OUTSIDER|NEIGHBOUR
    =chờ|=đợi|còn_cho|đang_cho|phải_cho|vẫn_cho {số_liệu|ý_kiến|phản_hồi|thẩm_định|phê_duyệt|góp_ý|xác_nhận|của|
        từ|kết_quả|văn_bản} bên !em|mình|tôi|anh|chị *
    """,
    GROUPS,
)
"""Waits for what somebody outside the unit must do first."""

OVERCOME = Cue(
    "overcome",
    """
    hết lỗi|sự_cố|vướng|kẹt
    giờ|nay|hôm_nay|sáng_nay|chiều_nay|vừa|mới|bây_giờ ... được|ổn|xong rồi
    khắc_phục|sửa xong|được
    đã khắc_phục|sửa|vào_được|nộp_được|gửi_được
    mới nộp|gửi được
    nộp|gửi lại [được] rồi
    nộp|gửi|up lại thành_công
    """,
    GROUPS,
)

NOT_OURS = Cue(
    "not ours",
    """
    giao|chuyển|nhận|phân|phân_công .. nhầm|sai|nham
    gửi nhầm rồi|đơn_vị|chỗ|địa_chỉ|cơ_quan|trường|xã|phòng
    nhầm|sai trường|đơn_vị|xã|địa_chỉ|cơ_quan|phòng|đối_tượng|thẩm_quyền
    không [còn] thuộc|nằm_trong [về] thẩm_quyền|trách_nhiệm|chức_năng|phạm_vi|đối_tượng|nhiệm_vụ|địa_bàn|diện|
        lĩnh_vực|quyền|trường|xã|phòng|đơn_vị|bên|em|mình|quản_lý|đảng|cấp
    không phải|fai [là|nhiệm_vụ|việc] việc|nhiệm_vụ|trách_nhiệm|chức_năng|thẩm_quyền|của|bên|phần|trường|xã|nv|
        phòng
    không_có|ngoài|không_đúng|trái|vượt chức_năng|thẩm_quyền|trách_nhiệm|phạm_vi
    ~phụ thuộc {thẩm_quyền|trách_nhiệm|chức_năng|lĩnh_vực|nhiệm_vụ|của|về} phòng|=sở|so_giáo_dục|so_nội_vụ|
        công_an|ubnd|huyện|trung_tâm|trạm|ban|hội|chi_cục|đoàn|bệnh_viện|kho_bạc|văn_phòng|bên|xã|trường
    TASK [này|đó] [là] {của|do|thuộc_về|là|việc} phòng|=sở|công_an|ubnd|trung_tâm|trạm|ban_*|=hội|chi_cục|đoàn|
        bệnh_viện|văn_phòng|công_đoàn !em|mình|tôi|làm_được|gửi
    là việc|nhiệm_vụ của|bên phòng|=sở|công_an|ubnd|trung_tâm|trạm|bên|chi_cục|đoàn|bệnh_viện|văn_phòng|xã
    là việc|nhiệm_vụ|phần|trách_nhiệm của !em|mình|tôi|trường_em|bên_em|xã_em|đơn_vị_em|chúng|trường_tôi|ai
    không được giao|phân_công [việc|nhiệm_vụ|làm|thực_hiện|nội_dung]
    việc của !em|mình|trường_em|tôi phòng|=sở|công_an|ubnd|trung_tâm|trạm|bên|chi_cục|đoàn|văn_phòng|xã
    đề_nghị|xin|nhờ|mong|vui_lòng|làm_ơn ... giao_lại|phân_công_lại|chuyển_lại|chuyển_nhiệm_vụ|chuyển_việc|
        chuyển_đúng|chuyển_sang|chuyển_nội_dung|chuyển_trả|giao_cho_đơn_vị|giao_cho_phòng|giao_đúng|
        chuyển_cho_đơn_vị|chuyển_cho_phòng|chuyển_cho_bên|thu_lại|rút|giao_cho !em|trường_em|xã_em
    không phụ_trách !nữa
    phòng|đơn_vị|bên|trường|xã khác làm|phụ_trách|chủ_trì|quản_lý
    trả lại phiếu|việc|nhiệm_vụ|văn_bản|công_việc|nội_dung
    từ_chối|không nhận việc|nhiệm_vụ
    giao lại cho|đơn_vị
    chuyển đúng|sang đơn_vị|phòng|cơ_quan
    =sáp|sap|đã nhập vào|về|với|từ|rồi|thành|xã|trường
    cắt|tách|sáp_nhập [qua|về|sang] xã|phường|huyện|đơn_vị
    trường|xã|em|mình|tôi|bên_em đâu có quyền|trách_nhiệm|chức_năng
    hỏi bên|phòng ... chứ|chớ|mới
    giải_thể|đã_chuyển_giao|không_còn_quản_lý
    chuyển cho|về|sang trung_tâm|phòng|xã|=sở|ubnd|bên ... rồi|quản_lý|làm|phụ_trách
    trường|xã|đơn_vị|bên|phòng|em .. không|làm_gì|đâu {có|còn|hề|phải|tổ_chức} lớp|mẫu_giáo|bán_trú|khu|cấp|
        học_sinh_lớp|khối|đối_tượng|diện|cơ_sở|chức_năng|thôn|nội_trú|mầm_non|tiểu_học|rừng|biển|sông|chợ
    bên * [*|em] [*] phụ_trách|chủ_trì|quản_lý|đảm_nhận|lo !chưa|không
    phòng|trung_tâm|trạm|=sở|công_an|ubnd|=hội|chi_cục .. [*] [*] chủ_trì|phụ_trách|tham_mưu_chứ
    bên đó|ấy|kia|họ làm|phụ_trách|lo|quản_lý
    sao [lại|không] giao
    giao [cho] đơn_vị|phòng|bên|trường|xã khác
    là của bên|phòng|ban|trung_tâm|công_an|=sở|hội !em|mình|tôi
    không đúng .. chức_năng|thẩm_quyền|địa_bàn|đối_tượng
    trường|đơn_vị|xã [em|mình|tôi] là ... mà|chứ $
    đâu phải việc|nhiệm_vụ|của|trách_nhiệm
    chỉ|chi [là] phối_hợp
    giao [lại] cho phòng|bên|đơn_vị|xã|trung_tâm|ban|sở|trạm|trường|công_an ... mới_đúng|đúng_hơn|mới_phải|
        phù_hợp
    không phải [là] đơn_vị|cơ_quan|trường|đối_tượng|chủ_trì|đầu_mối
    không [có] liên_quan
    không quản_lý|chủ_trì|đảm_nhiệm [mảng|lĩnh_vực|việc|nội_dung|về]
    TASK này .. [do] bên|phòng|ban|trung_tâm|công_an|đoàn|=hội|trạm !em|mình|anh|chị|tôi|này ... làm|thực_hiện|
        phụ_trách|chủ_trì|lo|quản_lý
    do ban|phòng|sở|trung_tâm|công_an|bên|trạm|huyện_đoàn !em|mình|anh|chị|tôi .. thực_hiện|làm|chủ_trì|
        phụ_trách|quản_lý
    xem|rà lại phân_công|đơn_vị_thực_hiện|đơn_vị_được_giao|việc_giao
    đã bàn_giao|ban_giao cho|về|sang phòng|bên|trung_tâm|xã|đơn_vị .. quản_lý|rồi
    không trực_thuộc|nằm_trong_danh_sách|thuộc_danh_sách
    thuộc =sở|bộ quản_lý
    nên|phải giao|là|chuyển [cho] phòng|bên|ban|trung_tâm|công_an|=sở
    chứ|chu không phải|thuộc [của|là] phòng|trường|xã|bên|em|mình|đơn_vị|nhiệm_vụ
    """,
    GROUPS | {"TASK": "việc nhiệm_vụ nv nội_dung cái mục phần_việc lĩnh_vực đầu_việc yêu_cầu"},
)
"""The task belongs elsewhere."""
