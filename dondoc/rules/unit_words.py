"""Words of unit names: cut from free text with their places, abbreviations written out.

"Phòng GD&ĐT", "phong giao duc - dao tao" and "P. GDĐT" become the same words. Abbreviations with more than one meaning
("TT": thị trấn, trung tâm, tư thục) are left as they stand; the names of the registry decide what they mean.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from dondoc.vietnamese.text import nfc, strip_marks

_TOKEN = re.compile(r"[^\W_]+|\n|[^\w\s]|_")

# Each abbreviation as its parts; they may be written together or apart ("gddt", "gd&dt", "gd-đt").
_ABBREVIATIONS = {
    "ubnd": "uy ban nhan dan",
    "ub": "uy ban",
    "hdnd": "hoi dong nhan dan",
    "vp": "van phong",
    "vpub": "van phong uy ban",
    "mn": "mam non",
    "mg": "mau giao",
    "th": "tieu hoc",
    "thcs": "trung hoc co so",
    "ptcs": "trung hoc co so",
    "thpt": "trung hoc pho thong",
    "ptth": "trung hoc pho thong",
    "ptdtbt": "pho thong dan toc ban tru",
    "ptdtnt": "pho thong dan toc noi tru",
    "pgd": "phong giao duc",
    "pgd dt": "phong giao duc dao tao",
    "sgd": "so giao duc",
    "sgd dt": "so giao duc dao tao",
    "gd dt": "giao duc dao tao",
    "tc kh": "tai chinh ke hoach",
    "kt ht": "kinh te ha tang",
    "kt ht dt": "kinh te ha tang do thi",
    "tn mt": "tai nguyen moi truong",
    "vh xh": "van hoa xa hoi",
    "vh tt": "van hoa thong tin",
    "vh kh tt": "van hoa khoa hoc thong tin",
    "nn ptnt": "nong nghiep phat trien nong thon",
    "nn mt": "nong nghiep moi truong",
    "ld tb xh": "lao dong thuong binh xa hoi",
    "gdnn gdtx": "giao duc nghe nghiep giao duc thuong xuyen",
    "gdtx": "giao duc thuong xuyen",
    "ttyt": "trung tam y te",
    "ttgdtx": "trung tam giao duc thuong xuyen",
    "bch qs": "ban chi huy quan su",
    "bql da": "ban quan ly du an",
    "bql": "ban quan ly",
    "mttq": "mat tran to quoc",
    "mttq vn": "mat tran to quoc viet nam",
    "ubmttq": "uy ban mat tran to quoc",
    "ubmttq vn": "uy ban mat tran to quoc viet nam",
    "lhpn": "lien hiep phu nu",
    "ldld": "lien doan lao dong",
    "ccb": "cuu chien binh",
    "bhxh": "bao hiem xa hoi",
    "thads": "thi hanh an dan su",
    "qltt": "quan ly thi truong",
    "bgh": "ban giam hieu",
    "ht": "hieu truong",
    "d / c": "dong chi",
    "dc": "dong chi",
}
_JOINTS = frozenset({"&", "-", "–", "—", "/", "+", "va"})
CONNECTORS = frozenset({",", ";", "&", "+", "/", "va", "voi", "cung", "\n"})
MARKS_INSIDE_NAMES = frozenset({"&", "-", "–", "—", "/", "va", "."})


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name without marks, in lower case; ``start`` and ``end`` are its place in the composed text.

    ``source`` is the word as written; ``short`` says that it was written out from an abbreviation.
    """

    text: str
    start: int
    end: int
    source: str
    short: bool = False

    @property
    def is_mark(self) -> bool:
        """Whether it is punctuation or the word "và", none of which tells units apart."""
        return self.text == "va" or not self.text[0].isalnum()

    @property
    def capital(self) -> bool:
        return self.source[:1].isupper()


def _spellings(parts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every way to write the parts together or apart."""
    for joined in product((True, False), repeat=len(parts) - 1):
        pieces = [parts[0]]
        for together, part in zip(joined, parts[1:], strict=True):
            if together:
                pieces[-1] += part
            else:
                pieces.append(part)
        yield tuple(pieces)


def _table() -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    table: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for short, long in _ABBREVIATIONS.items():
        parts = short.split()
        for spelling in [tuple(parts)] if "/" in parts else _spellings(parts):
            table.setdefault(spelling[0], []).append((spelling, tuple(long.split())))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


_TABLE = _table()


def tokens(text: str) -> list[Word]:
    """The words and marks of the composed text as written, abbreviations untouched."""
    composed = nfc(text)
    return [
        Word(m.group().lower(), m.start(), m.end(), composed[m.start() : m.end()])
        for m in _TOKEN.finditer(strip_marks(composed))
    ]


def read_words(text: str) -> list[Word]:
    """The words of a text, abbreviations written out. Places count in the composed form of the text."""
    raw = tokens(text)
    words: list[Word] = []
    i = 0
    while i < len(raw):
        end, long = _abbreviation_at(raw, i)
        if long:
            start, stop = raw[i].start, raw[end - 1].end
            source = "".join(word.source for word in raw[i:end])
            words.extend(Word(text, start, stop, source, short=True) for text in long)
            i = end
            continue
        if not (raw[i].text == "." and i > 0 and raw[i - 1].text in {"p", "tt", "tx", "tp", "h", "x"}):
            words.append(raw[i])
        i += 1
    return words


def _abbreviation_at(raw: Sequence[Word], i: int) -> tuple[int, tuple[str, ...]]:
    for spelling, long in _TABLE.get(raw[i].text, ()):
        j = i + 1
        for part in spelling[1:]:
            if j < len(raw) and raw[j].text in _JOINTS and raw[j].text != part:
                j += 1
            if j >= len(raw) or raw[j].text != part:
                break
            j += 1
        else:
            return j, long
    return i, ()


@lru_cache(maxsize=20_000)
def key_of(text: str) -> tuple[str, ...]:
    """The words by which a name is compared: written out, without marks, without "và" and without "số" before a figure."""
    words = [word.text for word in read_words(text) if not word.is_mark]
    return tuple(drop_so(words))


@lru_cache(maxsize=20_000)
def nfc_words(text: str) -> tuple[tuple[str, str], ...]:
    """The words of a name that are no abbreviations, each without its marks and as written."""
    return tuple((word.text, word.source) for word in read_words(text) if not word.short)


def drop_so(words: Sequence[str]) -> list[str]:
    """The words without "số" where it only introduces a figure: "số 1 Bình Long" is "1 Bình Long"."""
    return [
        word for i, word in enumerate(words) if not (word == "so" and i + 1 < len(words) and words[i + 1].isdigit())
    ]


def marks_of(word: str) -> str:
    """A word with its marks so that the place of the tone does not matter: "hoà" and "hòa" are equal."""
    return "".join(sorted(unicodedata.normalize("NFD", word.lower())))
