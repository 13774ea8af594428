"""What casts doubt on "done": any of ``DOUBTS`` anywhere in a message keeps it from closing a task."""

from __future__ import annotations

from dondoc.vietnamese.phrases import Cue
from dondoc.vietnamese.reply_groups import GROUPS
from dondoc.vietnamese.reply_progress import AHEAD, FINISH_THEN_SEND, NOT_BEGUN, PART_ONLY, UNDER_WAY

HEARSAY = Cue(
    "hearsay",
    """
    hình_như|hình_nhu|có_lẽ|có_vẻ|đoán_là|đoán_chắc|em_đoán|theo_như|thì_phải|cứ_tưởng|có_thể|khả_năng
    ~không|sẽ chắc !chắn
    nghe nói|bảo|đâu|có|thấy|kể|cô|thầy|kế_toán|văn_thư
    không nhớ|biết|rõ|chắc
    nhớ không nhầm|lầm
    thấy bảo|nói|báo
    nói|báo là|rằng !đã|chưa|đang
    =bảo
    nói thì|là|rằng|đã|nộp|gửi|xong
    ~đối tưởng
    xem|coi|hỏi|kiểm_tra lại .. đã|cái
    để .. xem|coi|hỏi|kiểm_tra
    =nghĩ
    nghi là|chắc
    PERSON [*] báo|nói|kể|khoe|bảo|thông_báo !cáo ... nộp|gửi|xong|rồi|làm
    """,
    GROUPS,
)
"""Heard, believed or guessed."""

OTHERS = Cue(
    "somebody else's",
    """
    trường|xã|phòng|đơn_vị|thôn|phường|tổ|lớp .. kia|khác|=bạn|trên|dưới
    trường|xã|đơn_vị ban
    các|mấy|nhiều|mọi|moi|vài|một_số|tất_cả|đa_số trường|xã|đơn_vị|thôn|lớp|tổ|phòng|người|bạn|cô|thầy .. [đã|
        cũng|đều] nộp|gửi|xong|làm|hoàn_thành|báo
    bên kia|đó|ấy|=họ|=bạn|anh|chị|huyện|sở|tỉnh|công_an
    việc|cái|nhiệm_vụ|báo_cáo|đầu_việc|mục|đợt|kỳ|lần|năm|tháng|quý [*] kia|khác|trước|ngoái|cũ
    =họ|người_ta|tụi_nó
    cảm_ơn ... đã
    ho làm|nộp|gửi|đã|xong
    ai [cũng|đã] nộp|gửi|xong
    anh|chị|văn_phòng|phòng|huyện|sở|bên_anh|bên_chị|thầy|cô [đã|vừa|mới] gửi|chuyển|nộp {lại|cho|giúp} em|
        trường|xã|mình|tôi
    đã|em|trường|xã nhận
    nhận được
    """,
    GROUPS,
)
"""Done by others, for another task or in another period."""

BROKEN = Cue(
    "went wrong",
    """
    nộp|gửi|làm|đính_kèm|nhập|chuyển .. nhầm|sai|thiếu|lỗi
    nhầm|sai file|bản|mẫu|biểu|người|phiên_bản|số
    lệch
    bị lỗi|trả|treo|từ_chối|sai|văng|khóa|mất
    không nộp|gửi|vào|mở|tải|lên|đăng|làm !nữa
    thất_bại|làm_lại
    ~xin =lỗi
    bi|bao loi
    ~đã gửi|nộp lại bản|sau|mai
    """,
    GROUPS,
)
"""Tried, and it did not work or was wrong."""

DOUBTING_WORDS = Cue(
    "doubt",
    """
    nhưng|tuy|song|chưa|chẳng|coi_như|xem_như|gọi_là|thế_là|ai_dè|ai_ngờ
    chứ|chớ $
    không !còn_nợ|thiếu|sao|phát_sinh|có|còn
    không còn !nợ
    =thì
    sau $
    NUM thôi
    ^ để !nghị|xuất
    ^ hẹn|hen
    nhắc|đề_nghị|yêu_cầu|đôn_đốc các
    cho|xuống|đến các_tổ|các_trường|các_thôn|các_lớp|các_cô|các_thầy|các_đơn_vị
    rồi|xong|nộp|gửi|thành thì
    giá_mà|giá_như|ước_gì|ước_là|hy_vọng|hi_vọng|ủa|tí|sắp|gần|lát|khi|ai
    xin|lấy góp_ý
    mong là|sao|cho|sẽ
    theo .. biết|nghĩ|nhớ|lời
    ~được|đã duyệt|phê_duyệt !và|rồi|xong
    ~trung tạm
    đâu $
    đâu có|mà|đã|phải
    chờ em|tí|chút
    cho em tí|chút|xíu
    nộp|gửi|làm|trình|xong ... giúp|hộ|dùm em|trường|xã|mình|tôi|chị|anh
    cảm_ơn [SELF] [đã] nộp|gửi|chuyển|xong
    hẹn|hen .. nộp|gửi|xong
    mà [SELF] $
    nộp|gửi thử
    trình LEADER
    cho ký|duyệt
    cả|tất_cả|hết .. việc|nhiệm_vụ
    câu_hỏi|thắc_mắc|đơn_xin|đơn_thư|giấy_mời|tin_nhắn|thư_mời|xin_ý_kiến|đề_nghị_cấp|lấy_ý_kiến|đôn_đốc|
        bài_tập|chuyển_khoản
    gửi|chuyển|giao ... cho|về|xuống|đến các_tổ|các_trường|các_thôn|các_lớp|các_cô|các_thầy|các_đơn_vị|giáo_viên|
        phụ_huynh|học_sinh|thôn|tổ|lớp
    gửi|chuyển|giao [lại] [cho|về|xuống|đến] các_tổ|các_trường|các_thôn|các_lớp|các_cô|các_thầy|các_đơn_vị|xuống|
        giáo_viên|phụ_huynh|học_sinh|thôn|tổ|lớp|kế_toán|cô|thầy
    triển_khai đến|tới|cho|xuống
    giá_như|lẽ_ra|đáng_lẽ|suýt|tự_nhiên
    """,
    GROUPS,
)
"""Words beside "done" that make a careful clerk ask."""

PREPARED = Cue(
    "a step on the way",
    """
    họp|in|gom|chuẩn_bị|thu_thập|đọc|xem|duyệt|ký|dò|tập_huấn|thi xong
    """,
    GROUPS,
)
"""Finished, but only a step on the way."""

WRITTEN = Cue(
    "written, perhaps not sent",
    """
    viết|soạn|soạn_thảo|tổng_hợp|lập|đánh_máy|kiểm_tra|rà_soát .. xong
    """,
    GROUPS,
)

DOUBTS = (
    UNDER_WAY,
    PART_ONLY,
    AHEAD,
    FINISH_THEN_SEND,
    NOT_BEGUN,
    HEARSAY,
    OTHERS,
    BROKEN,
    PREPARED,
    WRITTEN,
    DOUBTING_WORDS,
)
