"""What a document is about: the lines below its title, or the words after "V/v" in a letter."""

from __future__ import annotations

import re

from dondoc.directives.layout import TextLine, flatten

NATION = re.compile(r"\bc[oô]ng h[oòõ][a-zà]*\s+x[aã]\b|\bcong ho[a-z]* xa|\bdang cong san|\bxa hoi chu", re.IGNORECASE)
"""The country's or the Party's name in a head."""

MOTTO = re.compile(r"\bdoc lap\b")
NUMBER_LINE = re.compile(r"\bs[oôó0]\s*[:.]|^\W*so\s+\d")
DATELINE = re.compile(
    r"ngay(?P<day>[^,;|]{0,14}?)\s*thang(?P<month>[^,;|]{0,12}?)\s*nam\s*(?P<year>2\s?0\s?\d\s?\d)(?!\d)", re.IGNORECASE
)
ABOUT = re.compile(r"^\W*(?:v\s?/\s?v|v\.v|ve viec)\b\W*")
_WITHIN = re.compile(r"\bv\s?/\s?v\b\W*")
_STATE = re.compile(r"^\W*(?:cong h\w+ xa hoi|(?:dang cong san|xa hoi chu nghia) viet nam\W*$|doc lap\W+tu do)")
OPENER = re.compile(
    r"^\W*(?:can cu|thuc hien|ngay \d|sang ngay|chieu ngay|sau khi|de |nham|trong |theo |hien nay|qua |duoc |tiep theo"
    r"|i\.|1\.|a\.|phan |dieu 1|uy ban|ubnd|so |van phong|tiep tuc|thoi gian|thua lenh|kinh moi|tran trong)"
)
"""How the text begins below a head."""

_AUTHORITY = re.compile(
    r"^\W*(?:uy ban nhan dan|ubnd|hoi dong|chu tich|bo truong|giam doc|cuc truong|chi cuc truong|truong ban|truong phong"
    r"|hieu truong|ban thuong vu|ban chap hanh|tong giam doc|chanh)\b"
)
"""Who decides, in a line of its own between the subject and "Căn cứ …" (Nghị định 30/2020/NĐ-CP, Quyết định)."""

_URGENCY = re.compile(r"^\W*(?:hoa toc|thuong khan|khan|hoa toc hen gio|du thao|mat|toi mat)\W*$")
_FIRST_ITEM = re.compile(r"^\W*(?:I|A|1|Phần|PHẦN|Điều|ĐIỀU)(?:\s*[.)/]\s*|\s+(?:1|I|thứ)\b)\s*\S?")
_SUBJECT_LINES = 9


def after_title(lines: list[TextLine], titled: int) -> int:
    """Where the body begins below the title in line ``titled`` and its subject."""
    index = titled + 1
    while index < len(lines) and index <= titled + _SUBJECT_LINES:
        line = lines[index]
        if index > titled + 1 and re.search(r"\bkinh gui\b", line.flat):
            break
        if index > titled + 1 and _FIRST_ITEM.match(line.text):
            break
        if index > titled + 1 and (line.blank_before or OPENER.match(line.flat)) and not line.text.isupper():
            break
        if index == titled + 1 and len(line.text) > 60 and OPENER.match(line.flat) and not ABOUT.match(line.flat):
            break
        index += 1
    return index


def subject_below(lines: list[TextLine], titled: int) -> str | None:
    """The subject in the lines below the title."""
    below = lines[titled + 1 : after_title(lines, titled)]
    if len(below) > 1 and below[0].text.isupper() and re.match(r"\W*cua\b", below[0].flat):
        below = below[1:]  # "CHỈ THỊ / CỦA BAN THƯỜNG VỤ TỈNH ỦY / về …"
    while len(below) > 1 and below[-1].text.isupper() and _AUTHORITY.match(below[-1].flat):
        below.pop()
    return _joined(
        [
            line.text.strip("* _")
            for line in below
            if not any(pattern.search(line.flat) for pattern in (DATELINE, NUMBER_LINE, _STATE, _URGENCY))
        ]
    )


def subject_about(lines: list[TextLine]) -> str | None:
    """The subject after "V/v" in the head of a letter."""
    start = next((index for index, line in enumerate(lines) if ABOUT.match(line.flat)), None)
    if start is None:
        return _about_within(lines)
    words: list[str] = []
    for line in lines[start:]:
        if words and DATELINE.search(line.flat) and not re.search(r"\t|\s{3,}|\|", line.text):
            continue
        cells = [cell.strip() for cell in re.split(r"\s{3,}|\t|\|", line.text) if cell.strip()]
        words += [
            cell
            for cell in cells[:1]
            if not any(pattern.search(flatten(cell)) for pattern in (NATION, MOTTO, DATELINE, _URGENCY))
        ]
    return _joined([_about_words(words[0]), *words[1:]]) if words else None


def _about_within(lines: list[TextLine]) -> str | None:
    """The subject that stands on the line of the number: "Số: 12/SYT-NVY V/v báo cáo …"."""
    for line in lines:
        match = _WITHIN.search(line.flat)
        if match is not None:
            return _joined([re.split(r"\s{3,}|\t|\|", line.text[match.end() :])[0]])
    return None


def _about_words(text: str) -> str:
    match = ABOUT.match(flatten(text))
    return text[match.end() :] if match else text


def _joined(words: list[str]) -> str | None:
    text = " ".join(" ".join(words).split()).strip(" .*-_")
    return text or None
