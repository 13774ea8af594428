"""Names of units that are complete: a word in small letters behind them belongs to the sentence, whatever verb it is."""

from __future__ import annotations

import re

_TERRITORY = r"(?:xã|phường|thị trấn|huyện|quận|tỉnh|thành phố|thị xã|đặc khu)"
_SYLLABLE = r"(?:\s[A-ZĐÀ-Ỹ][a-zà-ỹ']*)"
_SCHOOL = (
    r"(?:Mầm non|Mẫu giáo|Tiểu học|Trung học cơ sở|Trung học phổ thông|TH&THCS|THCS&THPT|PTDTBT|PTDTNT|THCS|THPT|TH"
    r"|MN|MG)"
)
_CLOSED_FIELDS = (
    "Giáo dục và Đào tạo|GD&ĐT|GDĐT|Y tế|Nội vụ|Công Thương|Tư pháp|Dân tộc và Tôn giáo|Ngoại vụ|Du lịch|Văn hóa - Xã hội"
    "|Văn hóa và Thông tin|Văn hóa, Thể thao và Du lịch|Thông tin và Truyền thông|Khoa học và Công nghệ|Kế hoạch và Đầu tư"
    "|Nông nghiệp và Môi trường|Nông nghiệp và Phát triển nông thôn|Tài nguyên và Môi trường|Kinh tế và Hạ tầng"
    "|Lao động - Thương binh và Xã hội|Tài chính - Kế hoạch|Kế hoạch - Tài chính|Quản lý đô thị|Giao thông vận tải"
)
_COMPLETE = re.compile(
    rf"(?:\b{_TERRITORY}{_SYLLABLE}{{1,4}}"  # UBND xã Tân Lập
    rf"|(?<!\bcác)(?<!\bcấp)(?<!\bmỗi)(?<!\btừng)(?<!,)(?<!\bvà)\s{_TERRITORY}"  # Công an tỉnh
    rf"|\b[Tt]rường\s{_SCHOOL}{_SYLLABLE}{{2,5}}"  # Trường Tiểu học Kim Đồng
    rf"|\b(?:Sở|Bộ|Phòng)\s(?:{_CLOSED_FIELDS}))\s+$"
)
_GOES_ON = re.compile(
    r"(?:và|hoặc|thuộc|trực thuộc|trên|ở|các|cùng|khu vực|có liên quan|liên quan|cấp|tỉnh|huyện|xã|phường|thị|thành|quận|đặc"
    r"|số|khóa|nhiệm kỳ|khác|còn lại|nơi|phụ trách|mới|cũ|nêu|vùng|miền|ven|biên giới|bán chuyên|chi nhánh|cơ sở|thôn|trung"
    r"|ngoài|trong|phía|giai|đến|hợp nhất|sau)\b"
)
_MAX_NAME = 90


def ends_before(text: str, start: int, position: int) -> bool:
    """Whether the name that began at ``start`` is complete before the word in small letters at ``position``."""
    if not text[position].islower() or _GOES_ON.match(text, position) or text.startswith("xã hội", position - 3):
        return False
    return _COMPLETE.search(text, max(start, position - _MAX_NAME), position) is not None
