"""Further verbs of work with their marks: two syllables and more, so that no name of a unit can be mistaken for one."""

from __future__ import annotations

import re

from dondoc.directives.duty_words import alternatives
from dondoc.vietnamese.text import strip_marks

_VERBS = """
    siết chặt, thắt chặt, phúc tra, hậu kiểm, rà quét, đối soát, đối chiếu, kiểm kê, tiêm phòng, tiêm nhắc, tiêm vắc
    xin, tiêu hủy, tiêu độc, khử khuẩn, khử trùng, phun thuốc, đấu nối, lắp đặt, tháo dỡ, di dời, cưỡng chế, giải tỏa,
    cắm mốc, khoanh vùng, khoanh nuôi, đo đạc, trích đo, trích lục, trồng dặm, trồng mới, trồng cây, phát quang, nạo
    vét, gia cố, khóa sổ, chốt số liệu, chốt danh sách, đối thoại, tham vấn, cụ thể hóa, số hóa, chuẩn hóa, đơn giản
    hóa, hiện đại hóa, xã hội hóa, công khai hóa, mở lớp, mở đợt, mở cửa, mở rộng, đóng cửa, ký cam kết, ký kết, ký
    hợp đồng, chấn chỉnh, xốc lại, củng cố, làm sạch, làm rõ, làm việc, làm tốt, làm đầu mối, bóc tách, phân luồng,
    phân làn, phân ca, điều tiết, điều phối, điều động, tuần tra, tuần tiễu, canh gác, gác chắn, trực gác, túc trực,
    sơ tán, tập kết, thăm hỏi, tặng quà, trao quà, chi trả, hoàn trả, hoàn ứng, thu nộp, truy thu, đôn thu, bảo dưỡng,
    duy tu, sửa chữa, cải tạo, nâng cấp, thay thế, vận hành, chạy thử, kiểm thử, nghiệm thu, thanh lý, bàn giao, tiếp
    nhận, chuyển giao, điều chuyển, luân chuyển, biệt phái, cấp phát, cấp đổi, cấp mới, cấp phép, gắn biển, gắn mã,
    dán nhãn, niêm phong, niêm yết, đăng tải, phát sóng, đưa tin, viết bài, biên soạn, biên tập, in ấn, phát hành, sao
    gửi, chỉnh lý, giải mật, đối ứng, lồng ghép, ủy thác, ủy quyền, phân cấp, phân quyền, phân bổ, phân khai, điều
    hòa, giải ngân, quyết toán, tất toán, đấu thầu, mời thầu, chọn thầu, thương thảo, thẩm tra, phản biện, lấy mẫu,
    lấy ý kiến, lấy phiếu, bỏ phiếu, bình xét, bình chọn, xét duyệt, xét chọn, xét thưởng, đề cử, ứng cử, hiệp thương,
    kết nạp, tập huấn, phổ cập, ôn tập, phụ đạo, dạy bù, kèm cặp, chấm điểm, coi thi, tuyển chọn, tuyển quân, giao
    quân, khám tuyển, khám sàng lọc, cách ly, tuyên dương, kiểm điểm, xử phạt, truy
    quét, triệt phá, trấn áp, tố giác, tiếp dân, tiếp xúc, đối đáp, trả lời, phúc đáp, giải trình, giải đáp, bám nắm,
    nắm chắc, nắm tình hình, cảnh báo, khuyến cáo, nhân rộng, lan tỏa, quảng bá, kết nối, hưởng ứng, phát động, ra
    quân, tổng vệ sinh, dọn dẹp, thu gom, phân loại, tái chế, tuyên thệ, cam kết, gương mẫu, đi đầu, nêu gương, bảo
    lãnh, bảo mật, sao lưu, khôi phục, kích hoạt, định danh, xác thực, liên thông, tích hợp, chia sẻ, nhập
    liệu, quét mã, tổng rà soát, tổng kiểm tra, tổng kết, sơ kết, tổng điều tra, lập sổ, vào sổ, mở sổ, ghi sổ, báo
    tăng, báo giảm, dự thảo, cân đối, dự trù, trang trí, treo băng rôn, treo cờ, thắp sáng, tổng duyệt, cắt tỉa, điểm danh
"""

_FLAT = re.compile(rf"(?:{alternatives(strip_marks(_VERBS))})\b(?!\s*:)")
_MARKED = re.compile(rf"(?:{alternatives(_VERBS)})\b")


def further_verb_at(flat: str, position: int) -> bool:
    """Whether one of these verbs stands at this place of a flat text."""
    return _FLAT.match(flat, position) is not None


def further_verb_behind(text: str, position: int) -> bool:
    """Whether one of these verbs stands at this place with its marks and in small letters."""
    return _MARKED.match(text, position) is not None
