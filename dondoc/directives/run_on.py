"""Texts that lost their line breaks: where the breaks were, told by the parts that every document has."""

from __future__ import annotations

import re

LOWER = "a-zàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
UPPER = LOWER.upper()
"""The letters of Vietnamese, for character classes: the ranges of Unicode mix both cases."""

_LONG = 400
_PARTS = r"CỘNG H[OÒ][AÀ]|Độc lập\s*-|Số\s{0,3}:\s|Kính gửi\s*:|Nơi nhận\s*:"
_PART = re.compile(_PARTS)
_TITLE = r"THÔNG BÁO|KẾ HOẠCH|CHỈ THỊ|CÔNG ĐIỆN|HƯỚNG DẪN|QUYẾT ĐỊNH|KẾT LUẬN"
_BREAKS = re.compile(
    rf"(?<=\S)(?=(?:{_PARTS})|V/v\s)"
    rf"|(?<=\S)\s+(?={_PARTS}|V/v\s)"
    rf"|(?<=\S)\s+(?=(?:{_TITLE})\s)|(?<=[{LOWER}\d])(?=(?:{_TITLE}))"
    r"|(?<=THÔNG BÁO)\s*|(?<=KẾ HOẠCH)\s*|(?<=CHỈ THỊ)\s*|(?<=CÔNG ĐIỆN)\s*|(?<=KẾT LUẬN)\s*|(?<=QUYẾT ĐỊNH)\s*(?=V)"
    rf"|(?<=[SN] VIỆT NAM)\s*(?=[{UPPER}])|(?<=A VIỆT NAM)\s*(?=[{UPPER}])|\s?(?=\(Đã ký\))|(?<=\(Đã ký\))"
    r"|\s(?=Trên đây là\s)"
    rf"|(?<=[.;:])\s*(?=\d{{1,2}}(?:\.\s?|[/)]\s)[{UPPER}])|\s(?=(?:[IVX]{{1,4}}\.|\d\.\d{{1,2}}\.?)\s[{UPPER}])"
    rf"|(?<=[.;:{LOWER}])(?=(?:[IVX]{{1,4}}\.|\d{{1,2}}[./)]|\d\.\d{{1,2}}\.?|[-+]|[a-hđ]\))\s[{UPPER}])"
    rf"|(?<=[{UPPER}]{{2}})(?=(?:[IVX]{{1,4}}\.|\d{{1,2}}[./)])\s[{UPPER}])"
    rf"|(?<=[.;:])\s*(?=Điều\s\d{{1,2}}\.|\([ivx]{{1,4}}\)\s)|(?<=VT\.)(?=[{UPPER}])|(?<=\S)(?=Số\s\d{{1,4}}-[A-ZĐ])"
    rf"|(?<=[{LOWER}])(?<!đợt)(?<!lớp)(?<!khối)(?<!số)\s(?=1\.\s[{UPPER}][{LOWER}])"
    rf"|(?<=[{LOWER}][.])(?=[{UPPER}][{LOWER}])"
    rf"|(?<=[;:.])\s*(?=[-+]\s?[^\W\d])|(?<=[;:.])\s(?=[{LOWER}]\)\s)"
    r"|(?<=\S)(?<!Số:)(?<!ngày)(?<!tháng)\s{4,}(?=\S)"
    rf"|(?<=[{LOWER}.;])\s*(?=(?:T[LM]|KT|TUQ)\.\s?[{UPPER}])"
    rf"|(?<=[{LOWER}]{{2}})(?=[{UPPER}][{LOWER}])"
    rf"|(?<=[{UPPER}]{{2}})\s?(?!\s?Việt Nam)(?=[{UPPER}][{LOWER}]{{1,5}}\s[{UPPER}][{LOWER}])"
    rf"|(?<=[{UPPER}])(?=TỈNH |HUYỆN |THÀNH PHỐ |QUẬN |PHƯỜNG |XÃ |ĐẢNG ỦY |TRƯỜNG |PHÒNG "
    rf"|CHÁNH |GIÁM ĐỐC|PHÓ |SỞ |VĂN PHÒNG)(?<! [{UPPER}])"
    rf"|\./\.\s+(?=[{UPPER}])"
)
_AGAINST = re.compile(r"[^\s*|(\"“](?:Kính gửi|Nơi nhận)\s*:")
_GLUED = re.compile(rf"(?<=\./\.)(?=\S)|(?<=>)(?=[{UPPER}][{LOWER}])")


def is_glued(text: str) -> bool:
    """Whether parts of a document stand directly against the words before them: their line breaks are lost."""
    return _AGAINST.search(text) is not None


def lost_breaks(line: str, *, glued: bool = False) -> list[int]:
    """Where a line has to be cut: after "./.", after a link glued to the next sentence, and everywhere in a run-on text.

    A run-on text is glued, or a long line that holds at least two of the parts that stand on lines of their own.
    """
    cuts = [match.start() for match in _GLUED.finditer(line)]
    if glued or (len(line) > _LONG and len({match.group()[:4] for match in _PART.finditer(line)}) >= 2):
        cuts += [match.end() for match in _BREAKS.finditer(line)]
    return sorted({cut for cut in cuts if 0 < cut < len(line)})
