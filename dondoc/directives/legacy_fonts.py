"""Text typed for the fonts of the years before Unicode: TCVN 5712 ("ABC", .VnTime) and VNI for Windows (VNI-Times).

Such text is made of Western letters that only those fonts draw as Vietnamese ones: "Th«ng b¸o" and "Thoâng baùo" are both
"Thông báo". What is what is told by the font's name, and where no font is known by which reading gives Vietnamese words.
Sources: TCVN 5712:1999 (VN3) and the layout of the VNI fonts for Windows.
"""

from __future__ import annotations

import re
import unicodedata

TCVN3, VNI = "tcvn3", "vni"

_SUBSET = re.compile(r"^[A-Z]{6}\+")  # how a PDF names the part of a font that it carries
_TCVN3_FONT = re.compile(r"\.[Vv][Nn]|Vn[A-Z3]")
_CAPITALS_FONT = re.compile(r"(?<=[a-z0-9])\s?H(?:$|[\s,;-])")

_TCVN3_LETTERS = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¸¶·¹»¾¼½ÆÇÊÈÉËÌÐÎÏÑÒÕÓÔÖ×ÝØÜÞßãáâäåèæçéêíëìîïóñòôõøö÷ùúýûüþ",
    "ĂÂÊÔƠƯĐăâêôơưđàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ",
)

_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_CIRCUMFLEX = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_SINGLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_letters() -> dict[str, str]:
    """What each letter, alone or followed by its mark, stands for; a capital may bear a small mark."""
    small = dict(_SINGLE)
    small |= {base + mark: _SINGLE.get(base, base) + tone for base in "aeouyôö" for mark, tone in _TONES.items()}
    small |= {base + mark: base + "\u0302" + tone for base in "aeo" for mark, tone in _CIRCUMFLEX.items()}
    small |= {"a" + mark: "a\u0306" + tone for mark, tone in _BREVE.items()}
    letters = {}
    for written, meant in small.items():
        for form in {written, written.upper(), written[0].upper() + written[1:]}:
            letters[form] = unicodedata.normalize("NFC", meant if form[0].islower() else meant.upper())
    return letters


_VNI_LETTERS = _vni_letters()
_VNI = re.compile("|".join(sorted(map(re.escape, _VNI_LETTERS), key=len, reverse=True)))

_UNICODE_ONLY = re.compile(r"[\u1ea0-\u1ef9\u0103\u0111\u01a1\u01b0\u0102\u0110\u01a0\u01af]")
_WORD = re.compile(r"[^\W\d_]+")
_FREQUENT_WORDS = """
và của các có là không được trong về với những đã để khi đến từ theo này việc như trên số năm tháng ngày trước sau
đơn vị báo cáo thực hiện đề nghị kế hoạch thông tổ chức công tác trường giáo dục phòng ủy nhân dân quyết định gửi
nơi nhận kính chủ tịch giám đốc nội dung yêu cầu hướng dẫn phối hợp học sinh
"""
_FREQUENT = frozenset(_FREQUENT_WORDS.split())
_SAMPLE = 20_000
_MIN_WORDS = 3
_MIN_SHARE = 0.15


def encoding_of_font(name: str) -> str | None:
    """The encoding that the name of a font stands for, or None for a font with Unicode letters."""
    plain = _SUBSET.sub("", name)
    if plain.upper().startswith("VNI"):
        return VNI
    return TCVN3 if _TCVN3_FONT.match(plain) else None


def draws_capitals(name: str) -> bool:
    """Whether a TCVN3 font draws small letters as capitals, as .VnTimeH does: its encoding has no accented capitals."""
    return encoding_of_font(name) == TCVN3 and _CAPITALS_FONT.search(name) is not None


def converted(text: str, encoding: str) -> str:
    """The text in Unicode. Text that already has letters that only Unicode has stays as it is."""
    if _UNICODE_ONLY.search(text):
        return text
    if encoding == TCVN3:
        return text.translate(_TCVN3_LETTERS)
    return _VNI.sub(lambda match: _VNI_LETTERS[match.group()], text)


def vietnamese_share(text: str) -> float:
    """Which part of the first words of a text is among the most frequent words of Vietnamese papers, marks and all."""
    words = [word.lower() for word in _WORD.findall(unicodedata.normalize("NFC", text[:_SAMPLE]))]
    hits = sum(word in _FREQUENT for word in words)
    return hits / len(words) if hits >= _MIN_WORDS else 0.0


def repaired(text: str) -> str:
    """The text converted if it reads as Vietnamese only then; for text that came without the names of its fonts."""
    sample = text[:_SAMPLE]
    foreign = sum("\u00a1" <= letter <= "\u00ff" for letter in sample)
    if len(_UNICODE_ONLY.findall(sample)) * 4 > foreign or foreign * 50 < len(sample):
        return text
    encoding = max((TCVN3, VNI), key=lambda name: vietnamese_share(_piecewise(sample, name)))
    if vietnamese_share(_piecewise(sample, encoding)) < max(_MIN_SHARE, 2 * vietnamese_share(sample)):
        return text
    return _piecewise(text, encoding)


def _piecewise(text: str, encoding: str) -> str:
    """Converted line by line: a line that somebody typed in Unicode stays."""
    return "\n".join(converted(line, encoding) for line in text.split("\n"))
