"""Words whose marks decide the meaning: folded, they would be taken for another word of the rules."""

from __future__ import annotations

_APART = """
trẻ bạn bán bàn bận mời mỗi mọi đầu đấu dấu đau dầu thời dù dự dư dữ phân phấn phản nháp thiểu tiến tiên tường
tương tượng sẻ đừng dừng dùng họ hộ hỏi hội hơi kỳ lời lợi màu máu mặt mắt mật mãi nghĩ nghề rối rơi rời hợp hộp
sáp sập thuốc thư thử thủ tự tử từng tuân tuấn đăng đảng dạng chứa chữa chùa chỉ chỗ chở gắn hẳn liên bảo bão
đội đôi đổi bé hẹn giỗ gió vẽ hỏng bà răng nữa chứ tầm sở dân dần đơ đoàn những hè phận quà rớ lũ dõi còn sờ rờ
đời cơ nhậu nãy yếu lỗi tâm thì nó nợ mốt mượn sữa dạ ạ nhé thưa à á nhỉ hả ơi
"""

TWINS = {word: word for word in _APART.split()} | {
    "tôi": "tui", "tới": "den", "chờ": "doi", "đợi": "doi", "dời": "lui", "lùi": "lui", "hoãn": "lui", "liền": "lien",
    "kì": "kỳ", "hử": "hả", "hở": "hả", "hỉ": "nhỉ", "trễ": "tre", "một": "1", "hai": "2", "bốn": "4", "sáu": "6",
    "bảy": "7", "tám": "8", "chín": "9", "mười": "10",
}  # fmt: skip
"""What the rules see for a word with marks, where that is not the word without them: a word kept apart from its twin
("trẻ" children from "trễ" late), or its meaning ("chờ" and "đợi" wait)."""

PLAIN_AMONG_MARKED = {
    "con": "con_cai",
    "ngay": "lien",
    "chi": "gi",
    "kho": "kho_",
    "ba": "3",
    "nha": "nhé",
    "thu": "thu_",
}
"""What a word without marks means in a message that sets them: "con" is a child, not "còn"; "chi" is "gì", not "chị"."""
