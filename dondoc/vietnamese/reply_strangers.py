"""Messages that are not about the task at all: private talk, advertisements, a wrong number, a person who has left."""

from __future__ import annotations

from dondoc.vietnamese.phrases import Cue
from dondoc.vietnamese.reply_groups import GROUPS

OFF_TOPIC = Cue(
    "not about the work",
    """
    =đám cưới|giỗ|gio|ma|hỏi|tang
    dam cuoi|gio|ma|tang
    kèo|đi|bữa|hôm nhậu
    cafe|cà_phê|caphe|=nhậu|kèo|karaoke|bia|trà_sữa
    ~công ăn gì|chưa
    ăn cơm|com|sáng|trưa|tối|nhậu|lẩu|uống|tiệc
    đi chơi|ăn|nhậu|đá_bóng|chợ|du_lịch
    đá_bóng|bóng_đá|đá_banh
    lương tháng|tháng_này
    tiền điện|nước|nhà|lương|cơm|học|trọ
    nộp|đóng tiền|phạt|thuế|học_phí|viện_phí|bảo_hiểm|quỹ
    học_phí|lô_đất|vay_vốn|vay_tiền|khuyến_mãi|khuyến_mại|trúng_thưởng|nhận_quà|giảm_giá|việc_nhẹ|hoa_hồng|
        xổ_số|lô_đề|giá_rẻ|đầu_tư_sinh_lời
    =bán|ban đất|lô|nhà|hàng|xe|bảo_hiểm|sim
    chúc mừng|cả|anh|chị|em|mọi|sếp|thầy|cô|các|đồng_chí|văn_phòng|ngủ|buổi|ngày|cuối|năm|cháu
    sinh_nhật|năm_mới|giáng_sinh|ngủ_ngon
    thời_tiết .. thế_nào|đẹp|không|sao
    trời nóng|mưa|lạnh|nắng
    lớp con|cháu
    họp phụ_huynh .. mấy_giờ|khi_nào|ở_đâu|hôm_nào|ngày_nào
    ai trực
    nghỉ học không $
    em_bé|cháu|con .. ốm|sốt|bệnh
    xin [phép] nghỉ
    con tôi|em|chị|anh|mình học|lớp|bị|có|đi
    xin|cho [SELF] [xin] số|sđt ?điện|của|đt|sđt
    xin|cho .. số điện_thoại|của
    xin nghỉ_phép|việc_làm
    ai còn .. thừa|sách|dư
    sách giáo_khoa|gdđp|tham_khảo
    ^ alo|a_lô|hello|hi|hey|chào|helo|test|haha|hihi|hehe|kaka|hic|huhu|start|bot
    ^ ai đây|đấy|thế|vậy|đó
    bạn|đây là ai
    gửi lời chào|chúc|thăm
    hỏi ... tuyển_sinh|học_phí|nhập_học|chuyển_trường
    số này .. của ai
    mời cả_nhà|anh_em|mọi_người|các ... dự|ăn|uống|cafe|đi|ghé|tới|đến|cưới
    mời .. dự|ăn|uống|cafe|cưới
    xong hôm|tiệc|trận|kèo|cơm nhậu|bia
    nhạc_chế|hát_hò|xem_phim|bắt_sóng
    """,
    GROUPS,
)

ORDERED = Cue(
    "an order passed on",
    """
    đề_nghị|yêu_cầu|giao|đôn_đốc {hiệu_trưởng|thủ_trưởng|lãnh_đạo|chủ_tịch} các|toàn_thể|tất_cả|mỗi
    """,
    GROUPS,
)
"""The wording of an order to many, forwarded: no answer of one unit."""

WRONG_PERSON = Cue(
    "wrong person or number",
    """
    nhầm|sai số|máy|người|nhóm|group|chat|hộp_thoại|tin|box !liệu|văn_bản|công_văn|tiền
    ^ SELF [gửi|nhắn] gửi|nhắn nhầm [rồi|tin] $
    gửi|nhắn nhầm $
    gửi|nhắn nhầm nhóm|group|tin|người
    nhắn|gọi|bấm|ấn [tin] nhầm
    số này|điện_thoại|máy ... không_phải|của_người|đổi_chủ|không_còn|không_đúng|người_khác|cá_nhân
    nghỉ|về hưu|việc|công_tác !phí
    đã|mới|được|vừa nghỉ|chuyển|đổi|điều [*] công_tác|đơn_vị|trường_khác|cơ_quan
    chuyển|điều công_tác|về_phòng|về_sở|về_huyện|sang_trường|sang_đơn_vị|sang_phòng|đi_nơi_khác|về_trường|
        về_quê !nhiệm_vụ|việc
    luân_chuyển|điều_động|nghỉ_chế_độ|thôi_việc|hết_nhiệm_kỳ
    không còn là|làm|công_tác|phụ_trách|giữ|ở
    SELF|<name> không|thôi [còn] phụ_trách|làm|giữ|công_tác ... nữa
    dừng|đừng|dung|ngưng|thôi nhắn|gửi|nhận [tin] [cho|vào|đến] [tôi|số|em|mình|tin]
    hủy|huỷ đăng_ký
    xóa|xoá|bỏ|gỡ|loại em|tôi|mình|số|tên
    liên_hệ [với] cô|thầy|chị|anh|<name>|đồng_chí|số
    =đổi số|máy|người
    """,
    GROUPS,
)
"""A matter for the registry: who this is, not what they did."""
