"""How far the work is, in percent: "70%", "được 3/4", "nửa rồi", "hai phần ba", "8/10 lớp", "còn 20% nữa".

A percentage of another indicator ("tỷ lệ huy động đạt 98,6%") or of one part ("xong 100% phần số liệu") says nothing
about the whole: none. Fractions are rounded (2/3 is 67); of "70-80%" the lower counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dondoc.vietnamese.phrases import Cue, compile_phrases

_SIGNED = re.compile(r"(?<![\w/])(?P<n>\d{1,4}(?:[.,]\d{1,3})?) ?(?:%|phan tram)(?!\S)")
_LOWER = re.compile(r"(?<!\S)(?P<n>\d{1,3}) $")
_FRACTION = re.compile(r"(?<![\w/.,])(?P<part>\d{1,4})(?:/| tren | trong )(?P<whole>\d{1,4})(?!\S)")
_NUMBERS = {str(n): n for n in range(1, 11)} | {"mot": 1, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "bay": 7, "tam": 8}
_N = "|".join(_NUMBERS)
_SPOKEN = re.compile(rf"(?<!\S)(?P<part>{_N}) phan (?P<whole>{_N})(?!\S)(?! tram)")
_TENTHS = re.compile(rf"(?<!\S)(?:duoc|tầm|tam|khoang|co|xong|dat) (?P<part>{_N}) phan (?=roi|thoi|\|)")
_HALF = compile_phrases(
    """
    1|một|phân|phần|hơn|gần|quá|khoảng|tầm|được [1|một] =nửa|nua !tháng|tiếng|giờ|ngày|buổi|tuần|năm|là|em|mình|chị|anh|
        xong|gửi|nộp|thôi
    =nửa|nua chừng|chặng|phần|đường|khối_lượng
    """,
    {},
)
_COUNTED = compile_phrases(
    """
    lớp|tổ|thôn|trường|xã|điểm|hộ|hồ_sơ|biểu|mục|đơn_vị|khối|giáo_viên|phòng|học_sinh|nội_dung|phiếu|việc|mẫu|báo_cáo
    ấp|xóm|cơ_sở|đoàn|chi_bộ|công_trình|câu|nhóm|tiêu_chí|chỉ_tiêu|phụ_lục|văn_bản|danh_mục|bước|bài|nhiệm_vụ|chữ_ký
    người|em|cháu !nộp|gửi|làm|xong
    """,
    {},
)
_PROGRESS = compile_phrases(
    """
    được|xong|làm|nhập|đạt|thu|đã|mới|hoàn_thành|thực_hiện|khoảng|tầm|cỡ|tổng_hợp|rà_soát|gom|nộp|gửi|có|xử_lý|lên|vào
    độ
    """,
    {},
)
_A_DATE = compile_phrases("ngày|mùng|mồng|đến|tới|trước|sang|hôm|vào|chiều|tối|hạn|từ|kiến|hẹn|sáng|thứ_NUM|qua", {})
_GOES_ON = compile_phrases("rồi|thôi|khối_lượng|công_việc", {})
_SOMEBODY = compile_phrases("em|mình|tôi|xã|trường|bên|nộp|gửi|xong", {})
_OTHER = Cue(
    "another indicator",
    """
    tỷ_lệ|tỉ_lệ|huy_động|phụ_huynh|hộ_nghèo|chuyên_cần|tốt_nghiệp|so_với|giảm|tăng|giải_ngân|=trẻ|trẻ_em|tiêm|đỗ_vào
    bảo_hiểm|dân_số|phủ_sóng|hài_lòng|sinh_viên|lên_lớp|chất_lượng|học_sinh|chỉ_tiêu
    """,
)
_OF_A_PART = compile_phrases(
    """
    phần|biểu|mục|phụ_lục|số_liệu|câu|chương|khối !mềm|lượng|việc|công_việc|được_giao
    nội_dung !được|giao|việc|công|theo
    """,
    {},
)
_LEFT = re.compile(r"(?<!\S)(?:con|còn|thieu) (?:(?:lai|khoang|tầm|tam|chung|do|độ|co) )*$")
_BARE = re.compile(r"\| (?:(?:khoang|tầm|tam|chung|độ|do|duoc|dat) )?(?P<n>\d{1,3}) \| ")


@dataclass(frozen=True, slots=True)
class Percent:
    """How far: ``value`` 0 to 100, or None where the message's figures speak of something else; where it says so."""

    value: int | None
    words: str
    spans: tuple[tuple[int, int], ...]
    """Every figure in the line that is a fraction or percentage, whatever it counts."""


def find_percent(line: str, *, asked: bool = False, bare: bool = True) -> Percent:
    """The progress a reading's line states.

    ``asked``: the bot has just asked for the percentage. ``bare``: a number alone may be one; not where the bot has
    just asked for a day.
    """
    spans: list[tuple[int, int]] = []
    value: int | None = None
    words = ""
    for match, figure in sorted(_figures(line), key=lambda found: found[0].start()):
        spans.append(match.span())
        if value is None and (counted := _of_the_work(line, match, figure)) is not None:
            value, words = counted, match.group().strip()
    number = _BARE.fullmatch(line) if bare and not spans else None
    if number and int(number["n"]) <= 100 and (asked or int(number["n"]) >= 10):  # below ten it is a choice from a list
        value, words = int(number["n"]), number["n"]
    return Percent(value, words, tuple(spans))


def _of_the_work(line: str, match: re.Match[str], figure: float) -> int | None:
    """The figure as a progress of the whole work, or None where it measures something else."""
    before = line[line.rfind("|", 0, match.start()) + 1 : match.start()]
    if figure > 100 or _OTHER.find(before) or (figure == 100 and before.endswith("gan ")):
        return None
    if match.re is _SIGNED:
        if _OF_A_PART.match(line, match.end() + 1):
            return None
        if (lower := _LOWER.search(before)) and int(lower["n"]) < figure:
            figure = float(lower["n"])
    return round(100 - figure) if _LEFT.search(before) else int(figure + 0.5)


_ANY_FIGURE = re.compile(r"\d|nua |phan ")


def _figures(line: str) -> Iterator[tuple[re.Match[str], float]]:
    if _ANY_FIGURE.search(line) is None:
        return
    for match in _SIGNED.finditer(line):
        yield match, float(match["n"].replace(",", "."))
    for match in _FRACTION.finditer(line):
        if (share := _fraction(match, line)) is not None:
            yield match, share
    for match in _SPOKEN.finditer(line):
        if _NUMBERS[match["part"]] <= _NUMBERS[match["whole"]]:
            yield match, 100 * _NUMBERS[match["part"]] / _NUMBERS[match["whole"]]
    for match in _TENTHS.finditer(line):
        yield match, 10.0 * _NUMBERS[match["part"]]
    for match in _HALF.finditer(line):
        yield match, 50.0


def _fraction(match: re.Match[str], line: str) -> float | None:
    """Its value, or None where the two figures are a date ("27/6", "mùng 2/7") or nothing countable."""
    part, whole = int(match["part"]), int(match["whole"])
    if whole == 0 or part > whole:
        return None
    before = line[: match.start()].rstrip().rpartition(" ")[2] + " "
    after = match.end() + 1
    if _A_DATE.fullmatch(before):
        return None
    counted = _COUNTED.match(line, after)
    if not counted and ("/" not in match.group() or (part <= 31 and whole <= 12)):
        told = _PROGRESS.search(line[max(0, match.start() - 12) : match.start()]) or _GOES_ON.match(line, after)
        if not told or _SOMEBODY.match(line, after):
            return None
    return 100 * part / whole
