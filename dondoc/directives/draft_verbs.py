"""The words with which staff say what is to become of a draft: each with marks, without, or with half of them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from dondoc.vietnamese.deadline_dates import line_of
from dondoc.vietnamese.deadline_phrase import Line
from dondoc.vietnamese.text import strip_marks

_ROWS = """
deadline: hạn | thời hạn | hạn nộp | hạn gửi | hạn chót | hạn cuối | hạn mới | thêm hạn | lùi hạn | dời hạn | trước
deadline: trước ngày | chậm nhất | muộn nhất | đến hết | đến hết ngày | xong trước | hoàn thành trước | nộp trước
no_deadline: bỏ hạn | bỏ thời hạn | không hạn | không thời hạn | không có hạn | không có thời hạn | xóa hạn | xóa thời hạn
add_lead: giao thêm | giao thêm cho | thêm | thêm đơn vị | bổ sung | bổ sung đơn vị | thêm chủ trì
set_lead: giao | giao cho | giao lại | giao lại cho | chủ trì | đơn vị chủ trì | chuyển cho | chuyển sang
set_lead: thay bằng | chỉ giao | chỉ giao cho
remove: bỏ | bỏ đơn vị | không giao | không giao cho | bớt | trừ | rút | loại | xóa | bỏ đi | loại bỏ | hủy | xóa đi
drop: không phải nhiệm vụ | không phải việc | không là nhiệm vụ
untracked: không theo dõi | không cần theo dõi | không phải theo dõi
add_cooperate: thêm phối hợp | phối hợp thêm | bổ sung phối hợp | thêm đơn vị phối hợp
set_cooperate: phối hợp | phối hợp với | đơn vị phối hợp | cơ quan phối hợp
no_cooperate: bỏ phối hợp | không phối hợp | không cần phối hợp
content: nội dung | nội dung là | nội dung mới | sửa nội dung
to: gửi | gửi về | gửi đến | gửi cho | báo cáo về | nơi nhận | nộp về | nộp cho | gửi thẳng | báo cáo thẳng
no_to: bỏ nơi nhận | không nơi nhận
via: qua | thông qua | gửi qua | nộp qua | báo cáo qua
skip: bỏ qua
no_via: không qua | không gửi qua | không cần qua
standing: thường xuyên | việc thường xuyên | nhiệm vụ thường xuyên | là việc thường xuyên | là nhiệm vụ thường xuyên
product: có sản phẩm | sản phẩm | có sản phẩm không thời hạn | có sản phẩm không hạn
dated: có thời hạn | có hạn
urgent: khẩn | gấp | hỏa tốc | việc khẩn | việc gấp | đánh dấu khẩn
not_urgent: không khẩn | bỏ khẩn | không gấp | bỏ gấp
merge: gộp | gộp với | gộp vào | gộp chung với | ghép | ghép với | ghép vào | nhập với | gộp cùng | gộp lại
split: tách | tách ra | tách đôi | tách riêng | chia
agree: đồng ý | ok | oke | được | đúng | đúng rồi | nhất trí | giữ nguyên | được rồi
next: tiếp | tiếp theo | tiếp tục | xem tiếp
show: xem | xem lại | danh sách | tóm tắt | mở
undo: hoàn tác | undo | quay lại | làm lại như cũ | khôi phục | lấy lại
approve: duyệt | duyệt và giao | duyệt giao | phê duyệt
help: sửa | chỉnh sửa | sửa lại | hướng dẫn | sửa thế nào
"""

_WORD = re.compile(r"[^\W_]+")
_BLANKS = re.compile(r"[ \t\u00a0]*")


@dataclass(frozen=True, slots=True)
class Verb:
    """What was said, and where its words begin and end."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Said:
    """A message of staff with its words; places count in the composed (NFC) text."""

    line: Line
    words: tuple[tuple[str, int, int], ...]

    @staticmethod
    def of(text: str) -> Said:
        line = line_of(text)
        found = _WORD.finditer(line.text.lower() if len(line.text.lower()) == len(line.text) else line.flat)
        return Said(line, tuple((word.group(), word.start(), word.end()) for word in found))

    def verb_at(self, place: int) -> Verb | None:
        """The longest of the known phrases that begins at this place."""
        first = next((index for index, (_, start, _) in enumerate(self.words) if start == place), None)
        if first is None:
            return None
        for phrase, kind in _BY_FIRST.get(strip_marks(self.words[first][0]), ()):
            said = self.words[first : first + len(phrase)]
            if len(said) == len(phrase) and self._together(said) and all(map(_is_said, said, phrase)):
                return Verb(kind, place, said[-1][2])
        return None

    def _together(self, said: tuple[tuple[str, int, int], ...]) -> bool:
        return all(_BLANKS.fullmatch(self.line.text, left[2], right[1]) for left, right in pairwise(said))


def is_typed(word: str, meant: str) -> bool:
    """Whether a typed word is the one meant: its letters, and no mark that this one does not have ("thuong", "hòan")."""
    if strip_marks(word) != strip_marks(meant):
        return False
    left = _marks(meant)
    for mark in _marks(word):
        if mark not in left:
            return False
        left.remove(mark)
    return True


def _is_said(said: tuple[str, int, int], meant: str) -> bool:
    return is_typed(said[0], meant)


def _marks(word: str) -> list[str]:
    return [letter for letter in unicodedata.normalize("NFD", word) if unicodedata.combining(letter)]


def _by_first() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in _ROWS.strip().splitlines():
        kind, _, phrases = row.partition(": ")
        for phrase in phrases.split(" | "):
            words = tuple(phrase.split())
            found.setdefault(strip_marks(words[0]), []).append((words, kind))
    return {first: tuple(sorted(some, key=lambda one: -len(one[0]))) for first, some in found.items()}


_BY_FIRST = _by_first()
