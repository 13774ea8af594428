"""The last look before a task is moved on: is what was handed in a thing of the office, and is nothing left unexplained?

"Nộp rồi" closes; "nộp bài tập rồi", "gửi xe rồi" and "xong phim rồi" look the same to a rule about verbs. So the word
after the verb must be one that belongs there, and a bare "xong" must stand among words that are all known.
"""

from __future__ import annotations

import re

from dondoc.vietnamese.phrases import Cue, Hit, word_forms
from dondoc.vietnamese.reply_groups import GROUPS

_THINGS = """
    báo bc văn file hồ kế danh tờ công kết số biểu minh biên bản ký quyết phụ tài thông đề giải phương phiếu sản pdf nó cái
    chứng giấy ảnh hình word excel dự mẫu link bộ tập tổng nội
"""
_HOW = """
    cho qua lên về trên bằng vào từ lúc hồi hôm ở đến tới theo kèm trong tại mail gmail email zalo ioffice drive web online
    trực trục phần cổng hệ bưu trước lại luôn rồi xong đủ hết cả đầy được muộn trễ chậm sáng chiều tối trưa lâu tuần kịp ngay
    một hai ba gồm và với như đúng sau tận hộp này đó toàn tất tệp giúp bên đường sớm vừa csdl telegram messenger fb facebook
    viber qlvb nhanh chuyển hộ nhé cách bản ok đi bù thẳng chung lẹ gấp hẳn hoi gọn đợt kỳ cùng thành trọn phía dưới kia
    cứng mềm liền đấy tới
"""
_WHOM = """
    em anh chị cô thầy chú bác ông bà đồng tôi mình xã huyện trường phòng sở tỉnh ubnd vp ban thường lãnh sếp pgd sgd nhà đơn
    ủy uỷ hội <name> <number> <url> các mn mọi phường quý bí hiệu
"""
_AFTER_VERB = word_forms(_THINGS + _HOW + _WHOM)
_VERB = re.compile(r"(?<!\S)(?:nop|gui|trinh) (?P<next>[^\s|?]+) ")
_PICK = re.compile(r"[a-h]\d{0,2}|\d")
_HANDED_IN = Cue(
    "handed in",
    "nộp|gửi|trình|tải_lên|chuyển|ban_hành|phát_hành|lên_ioffice|lên_hệ_thống|lên_trục\nđã báo_cáo\nbáo_cáo xong",
)
_PRIVATE = Cue(
    "private",
    """
    nộp|gửi|trình bài|bài_tập|tiền|xe|=quà|con|cháu|lời|hàng|đơn_xin|đơn_thư|học_phí|phí|thiệp|thư_mời
    nộp|gửi hồ_sơ thi|xin|nhập|du|học
    """,
    GROUPS,
)
_BESIDE_FINISHED = word_forms(
    """
    xong rồi hết cả xuôi tất tần tật trơn trọn làm man thực hiện hoàn thành ok em anh chị cô thầy chú bác tôi mình trường xã
    phòng nhà bên đơn vị việc nhiệm vụ báo cáo nội dung này cái đó đấy đây luôn từ hồi hôm qua sáng chiều tối trưa tuần trước
    xin cảm ơn bc 100% đã vừa mới sớm lâu sếp ubnd <name> đồng câu vâng yes được vào công tác bọn tụi thì là nó đều
    toàn bộ giao ở và 10 đúng hạn đầy đủ giúp kiểm tra nhận xác coi xem kết quả file trong đính kèm có hội nghị thống kê rà
    soát dò chốt chính thức tốt ổn ban ký bản thông phần
    """
)


def strange_thing(line: str) -> Hit | None:
    """The first thing handed in that is none of the office's; None where all are."""
    if private := _PRIVATE.find(line):
        return private
    for match in _VERB.finditer(line):
        if match["next"] not in _AFTER_VERB and not match["next"][0].isdigit():
            return Hit("what was handed in", match.start(), match.end())
    return None


def unexplained(line: str, done: Hit) -> Hit | None:
    """A word nobody expects beside a bare "xong"; None where the message says what was handed in or carried out."""
    if not line.startswith("xong ", done.start) or _HANDED_IN.find(line):
        return None
    position = 0
    for word in line.split(" "):
        if word and word not in "|?" and word not in _BESIDE_FINISHED and not _PICK.fullmatch(word):
            return Hit("beside xong", position, position + len(word))
        position += len(word) + 1
    return None
