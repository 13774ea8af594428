"""What else a line of staff says: its basis, the form of the product, the period of the figures, nil reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dondoc.directives.line_text import MASK, LineText
from dondoc.vietnamese.text import fold, strip_marks
from dondoc.vietnamese.words import format_date

Urgency = Literal["urgent", "flash"]
_DAY = timedelta(days=1)
_BASIS_HEAD = (
    r"(?:theo|thuc hien|can cu|tiep theo|kem theo)\s+(?:tinh than\s+|su\s+|y kien\s+)*"
    r"(?:chi dao|y kien|ket luan|yeu cau|cong van|cv|thong bao|tb|ke hoach so|kh so|cong dien|van ban so|quyet dinh"
    r"|qd|chi thi|nghi quyet"
    r"|kh|vb|ke hoach|van ban)\b"
)
_BASIS_PAREN = re.compile(rf"[(\[]\s*(?P<basis>(?:{_BASIS_HEAD}|(?:cv|tb|kh|cong van|thong bao)\b)[^)\]]*)[)\]]?")
# Outside parentheses only an order by word of mouth or a numbered document, up to the next comma.
_BASIS_OPEN = re.compile(
    rf"\b(?P<basis>{_BASIS_HEAD}(?:(?=[^,;.|]*\d)|(?<=chi dao)|(?<=y kien)|(?<=ket luan)|(?<=yeu cau))[^,;|)]*)"
)
_NUMBERED = re.compile(r"\b(?:so\s*)?\d+\s*[/-]\s*[a-z]|\b(?:so|cv|cong van|tb|thong bao|kh|ke hoach|qd)\s+\d+")
_WHO = re.compile(
    r"\b(?P<who>pct|ct|pho chu tich|chu tich|chanh van phong|cvp|pcvp|bi thu|pho bi thu|truong phong|giam doc"
    r"|lanh dao \w+|lanh dao)\b"
    r"(?P<rest>(?: ubnd| hdnd| huyen uy| huyen| xa| thuong truc)*)"
)
_NAME = re.compile(r"(?:\s+[A-ZĐÂĂÊÔƠƯ][a-zà-ỹ]\w*){1,4}")
_EVENT = re.compile(
    r"\b(?P<event>(?:hoi nghi |cuoc hop |hop |buoi )?giao ban(?: dau tuan| cuoi tuan| tuan| thang| quy)?"
    r"|cuoc hop|hoi nghi|hop"
    r"|buoi lam viec|hoi y)\b"
)
_SPOKEN_DAY = re.compile(
    r"\b(?:(?:sang|trua|chieu|toi) nay|hom nay|(?P<yesterday>hom qua|(?:sang|chieu|toi) qua|(?:sang|chieu|toi) hom qua)"
    r"|(?P<before>hom kia|hom truoc)|thu (?P<weekday>hai|ba|tu|nam|sau|bay|[2-7]) (?:vua roi|vua qua|tuan nay|roi)"
    r"|ngay (?P<day>\d{1,2})"
    r"[/-](?P<month>\d{1,2})(?:[/-](?P<year>\d{4}))?)\b"
)
_WEEKDAYS = {"hai": 0, "2": 0, "ba": 1, "3": 1, "tu": 2, "4": 2, "nam": 3, "5": 3, "sau": 4, "6": 4, "bay": 5, "7": 5}
_NIL = re.compile(
    r"[(,;]?\s*(?:ke ca|gom ca|bao gom ca|co|neu khong co thi|khong co thi|khong phat sinh thi|va"
    r"|hoac)?\s*(?:khi )?(?:bao cao (?:\")?khong(?:\")?(?! co| du| dung|"
    r" kip| qua)\b|(?:khong|ko|k) (?:co|phat sinh)(?: gi)? (?:cung|van)(?: phai)? bao cao|ke ca khong (?:co|phat sinh)"
    r"|(?:khong|ko|k) co cung bao)[^,;.|]{0,15}?(?=[),;.|]|$|truoc|cham|han)\)?"
)
_FORMAT = re.compile(
    r"[,;(]?\s*(?:\b(?:bang|dang|theo|qua|gui kem|kem|nop)\s+)?\b(?:(?:file|tep|ban|bang)\s+(?P<kind>excel|word|pdf"
    r"|scan|mem|cung|giay)"
    r"|(?P<bare>excel))\b(?:\s+(?:va|\+)\s+(?:ban )?(?:cung|giay|pdf|scan|word))?\)?"
)
_UNDATED = re.compile(r"[,;(]?\s*\b(?:khong|ko) (?:can |co |dat )?(?:thoi )?han\b(?! che| hep| muc)\)?")
_CHANNEL = re.compile(
    r"\b(?:gui )?(?:qua|bang)\s+(?:zalo|e?mail|gmail|ioffice|truc(?: lien thong)?(?: van ban)?|phan mem)\b"
)
_FORMATS = {
    "excel": "Excel",
    "word": "Word",
    "pdf": "PDF",
    "scan": "bản scan",
    "mem": "bản mềm",
    "cung": "bản giấy",
    "giay": "bản giấy",
}
_URGENT = re.compile(
    r"[,(]?\s*\b(?:lam |xu ly |nop |gui |viec )?(?:gap|(?<!kho )khan(?! truong)|hoa toc|khan cap|ngay lap tuc)\b(?: gap)?\)?"
)
_LEVELS: tuple[tuple[Urgency, re.Pattern[str]], ...] = (
    ("flash", re.compile(r"\b(?:hoa toc|thuong khan)\b")),
    ("urgent", re.compile(r"\b(?:(?<!kho )khan(?! truong)|khan cap|(?<!cuoc )gap|ngay lap tuc)\b")),
)
# The same letters with other marks: "khó khăn", "gặp mặt".
_OTHER_WORDS = re.compile(r"khăn|khán|gặp|gập|gắp|găp")
_PUPILS = re.compile(r"\b(?:hoc sinh|hs|tre em|tre|chau|hoc vien|tre mam non|phu huynh)\b")
_PERSONAL = re.compile(
    r"\b(?:danh sach|ds|ho ten|ngay sinh|suc khoe|benh|khuyet tat|dia chi|cccd|ma dinh danh|ly lich|so dien thoai"
    r"|hoan canh|anh the|hoc ba)\b"
)
_DOCUMENTS = (
    "báo cáo", "danh sách", "biên bản", "kế hoạch", "tờ trình", "dự thảo", "phương án", "đề án", "hồ sơ", "số liệu",
    "bảng tổng hợp",
    "biểu mẫu", "biểu", "giải trình", "quyết định", "quy chế", "minh chứng", "dự toán", "quyết toán", "đề xuất", "ý kiến",
    "bản đăng ký",
    "công văn", "văn bản", "thông báo", "chương trình", "lịch",
    "bản cam kết", "cam kết", "bản kiểm điểm", "số lượng",
)  # fmt: skip
_DRAFTED = re.compile(r"\b(?:tham mưu|soạn thảo|dự thảo|xây dựng|soạn)\b(?P<what>.*)", re.IGNORECASE)
_CHECKED = re.compile(
    r"\b(rà soát|kiểm tra|thống kê|tổng hợp|khảo sát|kiểm kê|đánh giá|xác minh|thực hiện|xử lý|khắc phục|thẩm định)\b",
    re.IGNORECASE,
)
# What is done with a document that exists: it is no product of the task.
_HANDLED = re.compile(
    r"(?:xem lại|xem xét|nghiên cứu|triển khai|phổ biến|quán triệt|tuyên truyền|niêm yết|công khai)\b"
)
_JOINTLY = re.compile(rf"phối hợp .{{0,80}}?(?={_CHECKED.pattern})")
_CALLED = {"số lượng": "Số liệu", "cam kết": "Bản cam kết"}
_NO_PRODUCT = frozenset({"rà soát", "kiểm tra", "thẩm định", "đánh giá", "khắc phục", "xử lý", "xác minh"})
_PERIOD = re.compile(
    r"\b(?:(?P<half>(?:6|06|sau) thang (?P<which>dau|cuoi) nam)|(?P<nine>0?9 thang(?: dau nam)?)|quy (?P<quarter>iv"
    r"|i{1,3}|[1-4])"
    r"|thang (?P<month>1[0-2]|0?[1-9])|(?P<whole>(?:ca )?nam(?= 20\d\d| nay)))\b(?:\s*[/,-]?\s*(?:nam\s*)?(?P<year>20\d\d))?"
)
_REPORTED = re.compile(r"\b(?:bao cao|so lieu|thong ke|tong hop)\b")


@dataclass(frozen=True, slots=True)
class Form:
    """Things said about the product: the form of the file, whether nil is reported too, and that no day is set for it."""

    file_form: str | None
    nil: bool
    undated: bool = False


def take_basis(line: LineText, today: date) -> str | None:
    """Cut "(theo chỉ đạo của …)" out of the line; an order by word of mouth gets the day it was given on."""
    match = _BASIS_PAREN.search(line.flat) or _BASIS_OPEN.search(line.flat)
    if match is None:
        return None
    written = line.text[match.start("basis") : match.end("basis")].strip(" .,;)")
    said = fold(written)
    line.cut(match.start(), match.end())
    return (
        re.sub(r"^(?:theo|căn cứ|thực hiện|can cu|thuc hien)\s+", "", written, flags=re.IGNORECASE)
        if _NUMBERED.search(said)
        else _oral(written, said, today)
    )


def _oral(written: str, said: str, today: date) -> str:
    who = _WHO.search(said)
    event = _EVENT.search(said)
    if who is None and event is None:
        return written
    text = "chỉ đạo miệng"
    if who:
        name = _NAME.match(written, who.end()) if len(written) == len(said) else None
        text += " của " + _as_written(written, said, who.start(), name.end() if name else who.end())
    if event:
        text += ", " + _as_written(written, said, event.start(), event.end())
    day = _spoken_day(said, today)
    return f"{text} {format_date(day)}" if day else text


def _as_written(written: str, said: str, start: int, end: int) -> str:
    """The words as typed, when folding has kept the letters in place."""
    return (written if len(written) == len(said) else said)[start:end].strip()


def _spoken_day(said: str, today: date) -> date | None:
    match = _SPOKEN_DAY.search(said)
    if match is None:
        return None
    if match["yesterday"]:
        return today - _DAY
    if match["before"]:
        return None
    if match["weekday"]:
        return today - _DAY * ((today.weekday() - _WEEKDAYS[match["weekday"]]) % 7)
    if match["day"]:
        try:
            return date(int(match["year"] or today.year), int(match["month"]), int(match["day"]))
        except ValueError:
            return None
    return today


def take_form(line: LineText) -> Form:
    """Cut the words on the form of the product out of the line."""
    nil = _NIL.search(line.flat)
    if nil:
        line.cut(nil.start(), nil.end())
    if channel := _CHANNEL.search(line.flat):
        line.cut(channel.start(), channel.end())
    form = _FORMAT.search(line.flat)
    said = None
    if form:
        said = _FORMATS[form["kind"] or form["bare"]]
        line.cut(form.start(), form.end())
    undated = _UNDATED.search(line.flat)
    if undated:
        line.cut(undated.start(), undated.end())
    return Form(said, nil is not None, undated is not None)


def urgency_of(text: str) -> Urgency | None:
    """How pressing the words are: "hỏa tốc" (also công điện) is more than "khẩn" and "gấp"."""
    flat = strip_marks(text).lower()
    for level, pattern in _LEVELS:
        for match in pattern.finditer(flat):
            if len(flat) != len(text) or not _OTHER_WORDS.search(text[match.start() : match.end()].lower()):
                return level
    return None


def take_urgency(line: LineText) -> bool:
    """Cut a bare "gấp", "khẩn", "hỏa tốc" out of the line."""
    found = False
    if at_once := re.search(
        r"\b(?:nộp|gửi|báo cáo|làm|xử lý|khắc phục|thực hiện|bổ sung)(?P<now> ngay)\b(?! \d)",
        line.masked,
        re.IGNORECASE,
    ):
        line.cut(at_once.start("now"), at_once.end("now"))
        found = True
    if last := re.search(r"\bngay(?=\s*(?:[,;.!]|$))", line.masked, re.IGNORECASE):
        line.cut(last.start(), last.end())
        found = True
    while match := _URGENT.search(line.flat):
        if _OTHER_WORDS.search(line.text[match.start() : match.end()].lower()):
            break
        line.cut(match.start(), match.end())
        found = True
    return found


def names_pupils(content: str) -> bool:
    """Whether the task asks for personal data of pupils or children: lists, health, addresses. Numbers alone are none."""
    flat = fold(content)
    return bool(_PUPILS.search(flat) and _PERSONAL.search(flat)) and not re.search(
        r"\b(?:so luong|ty le|ti le)\b", flat
    )


def is_to_be_issued(content: str, *, submits: bool) -> bool:
    """Whether a draft is asked for that somebody else signs: the task is done when the document has been issued."""
    return submits and _DRAFTED.search(content) is not None


def deliverable_of(content: str, form: Form, *, reports: bool, submits: bool) -> str | None:
    """What is to be handed in, as the register calls it; None if the line names no product."""
    low = content.lower()
    if is_to_be_issued(content, submits=submits) and (drafted := _DRAFTED.search(low)):
        what = _document_in(drafted["what"]) or "văn bản"
        if what == "văn bản" and "văn bản hướng dẫn" in low:
            what = "văn bản hướng dẫn"
        return f"Tờ trình kèm dự thảo {what} (hoàn thành khi văn bản được ký ban hành)"
    if joint := _JOINTLY.match(low):
        low = low[joint.end() :]
    checked = _CHECKED.match(low)
    if re.match(r"(?:tham gia )?(?:góp ý|có ý kiến|cho ý kiến|tham gia ý kiến)\b", low):
        return "Ý kiến góp ý"
    if not reports and _HANDLED.match(low):
        return None
    if checked and not reports and checked.group(1) in _NO_PRODUCT:
        return None
    if checked and checked.group(1) == "tổng hợp" and _document_in(low):
        checked = None
    if reports and checked:
        product = f"Báo cáo kết quả {checked.group(1)}"
    elif document := _document_in(low):
        product = _CALLED.get(document, document[0].upper() + document[1:])
        if document == "biên bản":
            product += content[low.index(document) + len(document) :].split(",")[0].rstrip()
    elif reports:
        product = "Báo cáo"
    else:
        return None
    notes = [note for note in (form.file_form, "cho phép báo cáo không" if form.nil else None) if note]
    return f"{product} ({'; '.join(notes)})" if notes else product


def _document_in(text: str) -> str | None:
    """The first kind of document that a text names."""
    places = [
        (place, name)
        for name in _DOCUMENTS
        if (found := re.search(rf"\b{name}\b", text)) and (place := found.start()) >= 0
    ]
    return min(places, key=lambda item: (item[0], -len(item[1])), default=(0, None))[1]


def data_period_of(content: str, today: date) -> tuple[date, date] | None:
    """The days whose figures a report covers, cut off at the 14th (Nghị định 09/2019/NĐ-CP, Điều 12); None without a period.

    Of the years that the words leave open the one is taken whose period ends nearest to today.
    """
    flat = fold(content.replace(MASK, " "))
    if not _REPORTED.search(flat):
        return None
    match = _PERIOD.search(flat)
    if match is None or re.search(r"\b(?:nghi|truoc|trong|cong nhan|lop|hoc)\s*$", flat[: match.start()]):
        return None
    months = _months(match)
    if months is None:
        return None
    first, last = months
    if match["year"]:
        return _window(int(match["year"]), first, last)
    windows = [_window(year, first, last) for year in (today.year - 1, today.year, today.year + 1)]
    return min(windows, key=lambda window: abs((window[1] - today).days))


def _months(match: re.Match[str]) -> tuple[int, int] | None:
    if match["half"]:
        return (1, 6) if match["which"] == "dau" else (7, 12)
    if match["nine"]:
        return 1, 9
    if match["quarter"]:
        quarter = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(match["quarter"]) or int(match["quarter"])
        return 3 * quarter - 2, 3 * quarter
    if match["month"]:
        return int(match["month"]), int(match["month"])
    return (1, 12) if match["whole"] else None


def _window(year: int, first: int, last: int) -> tuple[date, date]:
    """From the 15th of the month before the first to the 14th of the last month."""
    start = date(year - 1, 12, 15) if first == 1 else date(year, first - 1, 15)
    return start, date(year, last, 14)
