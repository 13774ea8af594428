"""What words say about how far the work is: handed in, under way, to come, not begun."""

from __future__ import annotations

from dondoc.vietnamese.phrases import Cue
from dondoc.vietnamese.reply_groups import GROUPS

DONE = Cue(
    "done",
    """
    đã {được|kịp|ký|chính_thức|cũng|hoàn_toàn|ký_và|duyệt_và|làm_và|in_và|ký_số_và} SUBMIT
    đã .. xong|hoàn_thành|hoàn_tất|ht
    đã báo_cáo !lại|với|anh|lãnh_đạo|sếp|hiệu_trưởng|thầy|cô
    đã thực_hiện|tổ_chức|giải_quyết|xử_lý|khắc_phục|cập_nhật|phản_hồi|trả_lời
    ~để SUBMIT ... rồi
    ~để SUBMIT ... * * rồi
    ~làm|viết|soạn|xem|đọc|được|thấy|nhận báo_cáo !LEADER|anh|chị|cô|thầy|với|sếp .. rồi
    xin|kính [phép|được] gửi|nộp|trình !em|lại|cho_em|giúp ... DOC
    SUBMIT ... xong|đầy_đủ|đủ|đủ_bộ
    đã có DOC [DOC] số <number>|NUM
    đã * đủ|đầy_đủ
    ^ [SELF] {xin|phép} gửi|nộp lại DOC .. đã|mới|hoàn_chỉnh|bổ_sung|chỉnh_sửa|hoàn_thiện
    xong
    hoàn_thành|hoàn_tất ... rồi|xong|đầy_đủ|100%|đúng_hạn
    ^ [SELF] .. hoàn_thành|hoàn_tất 100%|đầy_đủ|toàn_bộ|tất_cả
    vừa|vừa_mới|mới [xong|kịp|mới] nộp|gửi|trình|chuyển|bấm !được
    SUBMIT ... PAST
    SUBMIT ... * * PAST
    PAST .. nộp|gửi|trình
    ^ [SELF] {xin|phép|được|kính} gửi|nộp|chuyển|gửi_kèm !em|lại_em|giúp|cho_em|trường|xã|mình|hộ|lại|
        sau ... DOC
    ^ trường|xã|ubnd|phòng|đơn_vị|trạm|trung_tâm|công_an|thị_trấn|phường ... gửi|nộp [anh|chị|phòng|văn_phòng|
        ubnd|huyện|sở] DOC
    DOC ... đây|kèm_theo|đính_kèm|gửi_kèm|kèm_đây $
    đây_là DOC
    đính_kèm|gửi_kèm|kèm_theo DOC
    hết =nợ
    không_còn|hết nợ rồi
    đầy_đủ_rồi
    đủ rồi
    đủ cả|hết|bộ ... rồi
    nộp|gửi muộn|trễ|chậm mất|hơn
    """,
    GROUPS,
)
"""The unit says that its work was handed in or carried out."""

DONE_WEAK = Cue(
    "perhaps done",
    """
    ^ rồi [SELF] $
    ACT .. rồi
    ACT ... * rồi
    đã ACT
    <tick>
    ^ [SELF] [xin] nộp|gửi [SELF] [đây] $
    số <number>
    ^ <number>
    ^ [SELF] [xin|gửi] bổ_sung .. DOC
    ký|duyệt rồi
    nộp|gửi muộn|trễ|chậm
    """,
    GROUPS,
)
"""Perhaps done: good for asking, never for closing."""

LEFT_OVER = Cue(
    "speaks of handing in",
    """
    OURS|anh|chị .. nộp|gửi|trình|làm|báo_cáo
    nộp|trình
    làm tới|đến
    """,
    GROUPS,
)
"""Handing in is spoken of, and no rule knows how."""

UNDER_WAY = Cue(
    "under way",
    """
    đang !đăng|ký|tải|lái|lái_xe|chạy_xe|ăn|ngủ|bận|nghỉ|họp
    dang nhap ?số|du|liệu|dữ|NUM|đến|vào
    gần|sắp|gần_như|sắp_sửa|chuẩn_bị {như|được} xong|hoàn_thành|hoàn_tất|đủ|hết|nộp|gửi|1|tới|đến|về|nửa|rồi
    gần 100%|xong|hết
    được kha_khá|nhiều|bộn|một_ít
    lần cuối|chót
    bước|khâu|công_đoạn cuối
    đến nơi rồi
    ~không|chẳng =còn !chưa|nợ|gì|ai|sớm|nhớ|biết|lại_gì
    còn ... nữa|xong
    còn [đúng|độc|có] một|mỗi|moi|có|ít|vài|chút|tí|xíu|khoảng|lại|thiếu|phần|cái|=chờ|=đợi|rà|sửa|chỉnh|NUM|
        đang|hoàn|phải|mấy|PART|biểu|phụ_lục|bổ_sung|khâu|ký|đóng|giai_đoạn|đoạn|hai|ba
    [về] cơ_bản|sơ_bộ|tạm_xong|tạm_ổn|tạm_đủ|hầu_hết|hầu_như|phần_lớn|đa_số|gần_như
    ~đã|vừa WORK dở|dở_dang|đến_đâu|tới_đâu|nốt|tiếp|được_ít|được_một_ít
    dở_dang|làm_dở
    về|lên|xuống [thì|mới|rồi_mới] ký|duyệt
    chưa [được|kịp|thể] xong|hoàn_thành|hoàn_tất|hoàn_chỉnh|đủ|đầy_đủ|ký|đóng|duyệt|chốt|phát_hành|ban_hành|hết|
        bấm|ra_số|lấy_số|lấy_dấu|có_dấu|có_chữ_ký|ổn|in
    chưa có số !liệu
    chưa [được] WORK xong|hết|đủ|đóng
    không|chẳng|chả [kịp] xong|đủ
    đâu [đã] xong|đủ
    xong đâu|thế_nào|sao_được|gì
    mới|chỉ {có|được|đạt|xong|làm|nộp|gửi|nhập|xong_được} NUM|một|phần|bước|cái|bản|sơ_bộ|ít|nửa|ba|vài|tầm|
        khoảng|10%|dự_thảo
    ~đã|vừa|mới kiểm|rà|chỉnh|sửa|soát|bổ_sung|hoàn_thiện|hoàn_chỉnh lại|nốt|thêm
    ~theo|từ =chờ|=đợi !được
    đang|còn|phải|vẫn cho|chờ|đợi
    trình|xin|gửi [cho] [cô|thầy|anh|chị] LEADER|ký|ý_kiến|duyệt !và|xong|duyệt_và|ký_và|xem_và
    <half>
    """,
    GROUPS,
)
"""Begun and not finished."""

PART_ONLY = Cue(
    "a part only",
    """
    bản|file mềm|word|nháp|scan|chụp|dự_thảo|tạm
    dự_thảo
    ~bộ phần NUM|một|hai|ba|đầu|số_liệu|thuyết_minh|còn_lại|chính|nội_dung|lời
    ~bộ một phần
    NUM trong [số|tổng_số] NUM
    ^ [ở|bên] PART NUM
    rồi|xong|nộp|gửi|đủ|cáo|thành PART|biểu|mục|phần|phụ_lục NUM|một
    ~không|hết|khỏi thiếu [mỗi|một|mấy|vài|cái|phần|lại] chữ_ký|dấu|con_dấu|phụ_lục|biểu|số_liệu|file|bản|mục|
        hồ_sơ|báo_cáo|NUM|minh_chứng|trang|tờ|giấy|ý_kiến|xác_nhận|danh_sách|phần|cái
    còn|gửi|nộp thiếu
    PART !chức|trưởng|em|mình|tôi|phó|học|nào NUM|* [với|và] {PART} [*] [đã|cũng|thì|đều] nộp|gửi|xong|báo
    xong|được|nộp|gửi|nhập [được] FEW biểu|mục|việc|mẫu|thôn|lớp|tổ|khối|nội_dung|câu|cột|dòng|phụ_lục
    nộp|gửi|ký ... ~tuần|hôm|tháng|kỳ|năm|lần|đợt trước ?bản|file|phần|đã|em
    nộp|gửi|ký .. ~tuần|hôm|tháng|kỳ|năm|lần|đợt trước $
    bổ_sung|nộp|gửi|hoàn_thiện|cập_nhật ... sau|tiếp $
    bổ_sung|nộp|gửi sau !hạn|khi|ngày
    xong|nộp|gửi .. việc|mục|nhiệm_vụ NUM
    xong|làm|được [cái|phần|bước] khung|sườn|dàn_ý|đề_cương|bước|bìa|mở_đầu|thô
    riêng ... xin|thì|sẽ|còn|bổ_sung
    """,
    GROUPS,
)
"""Handed in or finished in part."""

AHEAD = Cue(
    "to come",
    """
    sẽ
    để em|tôi|mình|trường|xã|bên|con|phòng
    để anh|chị|cô|thầy !nhắc|phải|đợi|chờ|lo|nói
    dự_kiến|dự_tính
    =hẹn|phấn_đấu|cố_gắng|cam_kết|hứa
    hen nop|gửi|mai|chiều|ngày
    nộp|gửi|báo|làm|bổ_sung|trình|triển_khai|thực_hiện .. =ngay|=liền|liền|luôn|sớm $
    nop|gui|lam|trinh [SELF] ngay $
    gửi|nộp =ngay
    lát|tí|chút|xíu|tẹo|phút|tiếng|ngày|hôm nữa
    khi_nào|lúc_nào|bao_giờ|hôm_nào ... nộp|gửi|báo|bổ_sung|làm|xong
    xong|ký|duyệt|có|rồi|về|đủ [rồi|xong|số] thì|là|rồi_mới|mới [SELF] [sẽ] nộp|gửi|báo|đẩy|up|trình|tải_lên|
        phát_hành|xong
    mới nộp|gửi|làm|xong|hoàn_thành được|xong
    =rồi mới
    nếu|giả_sử|miễn_là|lỡ_mà
    phải|cần|nhờ|yêu_cầu .. nộp|gửi|hoàn_thành|báo_cáo|xong|làm|thực_hiện
    các|những * nộp|gửi|hoàn_thành|báo_cáo
    trước NUM|ngày|thứ
    kịp|mai_mốt|mai_một
    định|tính|muốn nộp|gửi|làm
    đúng hạn .. nộp|gửi
    """,
    GROUPS,
)
"""Promised, conditional or waited for."""

FINISH_THEN_SEND = Cue(
    "will send once finished",
    """
    xong [xuôi|hết] [rồi|là|thì|mới] [SELF] [sẽ|mới] nộp|gửi|báo|đẩy|trình|tải_lên|chuyển|up
    rồi thì [SELF] báo|nộp|gửi
    rồi [mới] [SELF] [sẽ] nộp|gửi|báo_cáo|đẩy_lên|tải_lên {lại|anh|chị|sau|ngay|liền|luôn|cho|về|huyện} $
    """,
    GROUPS,
)

NOT_BEGUN = Cue(
    "not begun",
    """
    chưa {hề|được|kịp|có|thể|mở|bắt_đầu|đụng|động} WORK
    chưa có gì|số_liệu|báo_cáo|văn_bản|thông_tin|kết_quả|bản_nào|phương_án|kế_hoạch
    chưa kịp|=rớ|=rờ|rớt|đâu|hề|thấy|nhớ|đến_lượt|tới_lượt|đụng|động|chạm|biết_làm|rảnh|tính|nghĩ
    chưa [hề|kịp|được|có] nộp|gửi|trình|phát_hành|chuyển
    ^ {OURS|riêng|cái|việc|này|vẫn|thì|nội_dung|nhiệm_vụ|báo_cáo|kế_hoạch|phần|bản|đó} chưa {SELF|đâu|có|làm|
        gì} $
    =thì|thi chưa [SELF] $
    ^ chưa $
    ^ [*] * ~nộp|gửi|xong|làm|được|nhận|đúng|xem|ký|duyệt|thấy|có|thành|hết|đủ|luôn|về|ăn|ngủ|đến|tới|khỏe|
        dậy chưa $
    đâu đã|có|làm làm|nộp|gửi
    đã|có nộp|gửi|làm|xong|trình đâu
    ai_dè|hóa_ra|hoá_ra|té_ra|ai_ngờ|thì|lại|mà chưa $
    làm gì đâu|có|đã
    có làm gì|được đâu|gì
    em|tôi|mình|chị|anh|lỡ|lo quên !mật_khẩu|pass|nút|báo|ký|đóng|đính_kèm|file|nhấn|gửi_thông
    quen béng|mất|khuấy|bẵng|luôn|rồi
    ^ quên !mật_khẩu|pass|báo
    bỏ|lo quên|sót
    không nhớ|nhớ_gì
    không hay $
    không để_ý|hay_biết|biết_có|biết_là_có
    không làm|kịp_làm
    chưa biết gì
    """,
    GROUPS,
)
"""Not begun, or nothing that counts."""

WORKED = Cue("worked on", "đã WORK !gì", GROUPS)
"""Work was done, which says nothing of handing in."""

NO_START = Cue(
    "work not even begun",
    """
    chưa {hề|được|kịp|có|thể} bắt_đầu|làm|đụng|động|mở|triển_khai|thực_hiện|đọc|=rớ|=rờ|rớt|tổ_chức|tiến_hành|xem|
        bắt_tay|=sờ
    quên
    làm gì đâu
    mới bắt_đầu
    """,
    GROUPS,
)
