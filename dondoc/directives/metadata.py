"""The head of a document: kind, number, issuer, place, day of issue, subject, addressees (Nghị định 30/2020/NĐ-CP)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from dondoc.directives.issuer import issuer_from_head
from dondoc.directives.layout import TextLine, flatten
from dondoc.directives.subject import (
    ABOUT,
    DATELINE,
    MOTTO,
    NATION,
    NUMBER_LINE,
    OPENER,
    after_title,
    subject_about,
    subject_below,
)

KINDS = {
    "thong bao": "Thông báo", "ke hoach": "Kế hoạch", "chi thi": "Chỉ thị", "quyet dinh": "Quyết định",
    "huong dan": "Hướng dẫn", "bao cao": "Báo cáo", "to trinh": "Tờ trình", "cong dien": "Công điện",
    "giay moi": "Giấy mời", "nghi quyet": "Nghị quyết", "ket luan": "Kết luận", "chuong trinh": "Chương trình",
    "quy che": "Quy chế", "quy dinh": "Quy định", "phuong an": "Phương án", "de an": "Đề án", "thong tri": "Thông tri",
    "cong van": "Công văn", "bien ban": "Biên bản", "phieu chuyen": "Phiếu chuyển", "ban ghi nho": "Bản ghi nhớ",
}  # fmt: skip
_CODES = {
    "TB": "Thông báo", "KH": "Kế hoạch", "CT": "Chỉ thị", "QĐ": "Quyết định", "HD": "Hướng dẫn", "BC": "Báo cáo",
    "TTR": "Tờ trình", "CĐ": "Công điện", "GM": "Giấy mời", "NQ": "Nghị quyết", "KL": "Kết luận", "CTR": "Chương trình",
    "CV": "Công văn", "TT": "Thông tri",
}  # fmt: skip
_HEAD_LINES = 70
_NUMBER = re.compile(
    r"\bs[oôốóồ0]\s*[:.]?\s*(?P<digits>\d{1,5}[a-z]?)\s*(?P<join>[/-])\s*"
    r"(?P<suffix>(?:\d{4}\s*/\s*)?[A-ZĐƯ][A-ZĐƯa-zđ0-9&.]*(?:\s?[-/]\s?[A-ZĐƯ0-9][A-ZĐƯa-zđ0-9&.]*(?![^\W\d_]))*)",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"[/-]\s?(?P<suffix>[A-ZĐƯ]{2,}[A-ZĐƯa-zđ0-9&]*(?:\s?[-/]\s?[A-ZĐƯ0-9][A-ZĐƯa-zđ0-9&.]*)+)")
_CUT_DATE = re.compile(r"\bngay\s*\d{0,2}$|\bngay\s*\d{1,2}\s*thang\s*\d{0,2}$")
_ADDRESSEES = re.compile(r"\bkinh\s+g[uo]i\s*:?\W*|^\W*[\w\s,]{0,60}\bdien\s*:\s*$")
_STAMP_DAY = re.compile(r"ngay ky\s*:?\s*(?P<day>\d{1,2})[/-](?P<month>\d{1,2})[/-](?P<year>20\d\d)")


@dataclass(frozen=True, slots=True)
class Head:
    """What the head says, where the body begins, and the day from which dates without a year are counted (or None)."""

    kind: str | None
    number: str | None
    suffix: str | None
    issuer: str | None
    place: str | None
    issued_on: date | None
    subject: str | None
    addressees: tuple[str, ...]
    body_start: int
    reference: date | None


def read_head(lines: list[TextLine], text: str) -> Head:
    """Read the head of the document that the lines begin with."""
    window = lines[:_HEAD_LINES]
    addressed = next((index for index, line in enumerate(window) if _addresses(line)), None)
    titled, title_kind = _title(window, addressed)
    end = min(index for index in (titled, addressed, len(window)) if index is not None)
    upper = window[: max(end, min(12, len(window)) if titled is None and addressed is None else end)]
    number, suffix = _number(upper)
    place, issued_on, month = _dateline(upper)
    kind = title_kind or _kind(suffix, addressed is not None or _first(upper, ABOUT) is not None)
    addressees: tuple[str, ...] = ()
    if addressed is not None and (titled is None or addressed > titled):
        addressees, body_start = _read_addressees(lines, addressed)
    elif titled is not None:
        body_start = after_title(lines, titled)
    else:
        body_start = _headless_start(upper)
    if number is None:
        number, suffix = _number(lines[:body_start]) if suffix is None else (None, suffix)
    if issued_on is None and month is None:
        place, issued_on, month = _dateline(lines[:body_start])
    subject = subject_below(lines, titled) if titled is not None else subject_about(upper)
    stamp = _STAMP_DAY.search(flatten(text[:2_000]))
    reference = issued_on or month or (_day(stamp["day"], stamp["month"], stamp["year"]) if stamp else None)
    return Head(
        kind,
        number,
        suffix,
        issuer_from_head(upper, place),
        place,
        issued_on,
        subject,
        addressees,
        body_start,
        reference,
    )


def _addresses(line: TextLine) -> bool:
    """Whether addressees follow: "Kính gửi:", "CHỦ TỊCH … điện:"; a heading "… Long Điền:" is none."""
    match = _ADDRESSEES.search(line.flat)
    return match is not None and ("kinh" in match.group() or "điện" in line.text.lower())


def _first(lines: list[TextLine], pattern: re.Pattern[str]) -> int | None:
    return next((index for index, line in enumerate(lines) if pattern.search(line.flat)), None)


def _title(lines: list[TextLine], addressed: int | None) -> tuple[int | None, str | None]:
    """The line that names the kind in capitals; after "Kính gửi" only the first line counts as one."""
    for index, line in enumerate(lines):
        if addressed is not None and index > addressed:
            break
        words = re.sub(r"[^\w\s]", " ", line.flat).split()
        for length in (2, 3):
            kind = KINDS.get(" ".join(words[:length]))
            capitals = [letter for letter in line.text if letter.isalpha()]
            upper = sum(letter.isupper() for letter in capitals) >= 0.7 * max(1, len(capitals))
            if kind and upper and not NUMBER_LINE.search(line.flat):
                return index, kind
    return None, None


def _kind(suffix: str | None, letter: bool) -> str | None:
    code = re.split(r"[-/]", suffix)[0].upper() if suffix else ""
    if code in _CODES and not (letter and code in ("CT", "TT")):
        return _CODES[code]
    return "Công văn" if letter else None


def _number(lines: list[TextLine]) -> tuple[str | None, str | None]:
    """Number and suffix: a number that a scan damaged is None, its suffix often survives."""
    for index, line in enumerate(lines):
        if not NUMBER_LINE.search(line.flat) and not line.flat.startswith("so"):
            continue
        text = line.text
        if re.fullmatch(r"\W*so\W*", line.flat) and index + 1 < len(lines):
            text = f"{text} {lines[index + 1].text}"  # a narrow cell broke the line after "Số:"
        cell = re.split(r"\s{3,}|\t|\|", text[re.search(r"s.\s*[:.]?|$", flatten(text)).start() :])[0]  # type: ignore[union-attr]
        match = _NUMBER.search(cell) or _NUMBER.search(text)
        if match is not None and _plain_before(text, match):
            suffix = _tidy(_cut_place(match["suffix"]))
            return f"{match['digits']}{match['join']}{suffix}", suffix
        loose = _SUFFIX.search(text)
        if loose is not None:
            return None, _tidy(_cut_place(loose["suffix"]))
    return None, None


def _plain_before(line: str, match: re.Match[str]) -> bool:
    return "/" not in line[: line.find(match.group())] if match.group() in line else True


def _cut_place(suffix: str) -> str:
    return re.split(r"\s(?=[A-ZĐ][a-zà-ỹ])", suffix)[0]


def _tidy(suffix: str) -> str:
    return re.sub(r"\s+", "", suffix).strip(".-/")


def _dateline(lines: list[TextLine]) -> tuple[str | None, date | None, date | None]:
    """Place, day of issue, and the first of its month when the day alone is unreadable."""
    for index, line in enumerate(lines):
        text = line.text
        if _CUT_DATE.search(line.flat) and index + 1 < len(lines):
            text = f"{text} {lines[index + 1].text}"
        match = DATELINE.search(flatten(text))
        if match is None:
            continue
        year = re.sub(r"\s", "", match["year"])
        day = _day(match["day"].strip(" ."), match["month"].strip(" ."), year)
        month = day or _day("1", match["month"].strip(" ."), year)
        before = text[: match.start()]
        if not before.strip(" |") and index and lines[index - 1].text.endswith(","):
            before = lines[index - 1].text  # a narrow cell broke the date line after the place
        return _place(before), day, month
    return None, None, None


def _place(before: str) -> str | None:
    cell = re.split(r"\s{3,}|\t|\|", before.rstrip(" ,."))[-1]
    words: list[str] = []
    for word in reversed(re.sub(r"[,*_#\"“]", " ", cell).split()):
        if not word[:1].isupper() and not (words and word in ("phố",)):
            break
        if word.isupper() and len(word) > 2 and not word.startswith("TP"):
            break
        words.insert(0, word)
    name = " ".join(words).strip(" -,.")
    return name if len(name) > 2 and len(words) <= 6 else None


def _day(day: str, month: str, year: str) -> date | None:
    if not (day.isascii() and day.isdigit() and month.isascii() and month.isdigit()):
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _read_addressees(lines: list[TextLine], index: int) -> tuple[tuple[str, ...], int]:
    line = lines[index]
    match = _ADDRESSEES.search(line.flat)
    first = line.text[match.end() :].strip(" :*.-–") if match else ""
    names = [first] if any(letter.isalpha() for letter in first) else []
    listed = not names or first.endswith(";")
    index += 1
    while index < len(lines) and index < _HEAD_LINES + 30:
        line = lines[index]
        text = line.text.strip("* ")
        bullet = re.match(r"^[\s.,_'`ˆ]*[-–—•+~]\s*", text)
        if text.startswith("("):
            pass
        elif bullet and listed:
            names.append(text[bullet.end() :])
        elif (
            names
            and not line.blank_before
            and not names[-1].rstrip().endswith((".", ";"))
            and (listed or text[:1].islower())
        ):
            names[-1] = f"{names[-1]} {text}"
        elif listed and text.endswith(";") and len(text) < 160 and not OPENER.match(line.flat):
            names.append(text)
        elif not (listed and not names and len(text) < 200):
            break
        else:
            names.append(text)
        index += 1
    return tuple(" ".join(name.split()).strip(" ;.,") for name in names), index


def _headless_start(lines: list[TextLine]) -> int:
    """A text without title and addressees begins its body after the last line that looks like a header."""
    last = 0
    for index, line in enumerate(lines):
        if (
            NATION.search(line.flat)
            or MOTTO.search(line.flat)
            or DATELINE.search(line.flat)
            or _NUMBER.search(line.text)
        ):
            last = index + 1
    return last


def with_issuer(head: Head, issuer: str | None) -> Head:
    """The head with an issuer that was told from elsewhere in the document."""
    return replace(head, issuer=head.issuer or issuer)
