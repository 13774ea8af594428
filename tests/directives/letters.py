"""Short letters and announcements of one made-up office, of 7 April 2025, around the sentences under test."""

from __future__ import annotations

from dondoc.directives.drafts import TaskDraft
from dondoc.directives.parse import parse_directive
from dondoc.directives.reading import SourceText

HEAD = """UBND TỈNH MÂY NÚI
SỞ CÔNG THƯƠNG
Số: 118/SCT-VP

Mây Núi, ngày 07 tháng 4 năm 2025

"""


def letter(body: str) -> list[TaskDraft]:
    """The tasks of a letter of 7 April 2025 to the communes."""
    return read(f"{HEAD}Kính gửi: Ủy ban nhân dân các xã\n\n{body}\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n")


def notice(body: str) -> list[TaskDraft]:
    """The tasks of an announcement of the same day, below the sentence that announces them."""
    return read(f"{HEAD}THÔNG BÁO\nKết luận của Giám đốc Sở\n\nGiám đốc Sở kết luận, chỉ đạo:\n\n{body}\n")


def read(text: str) -> list[TaskDraft]:
    return list(parse_directive(SourceText(text, (text,), "text/plain")).tasks)
