"""The day that staff set for a draft: "hạn 30/6", "trước 16h thứ 6", "hết tháng 7"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dondoc.directives.draft_edits import SetDeadline
from dondoc.vietnamese.deadlines import DeadlinePhrase, find_deadlines
from dondoc.vietnamese.text import strip_marks

_FAR = timedelta(days=300)
"""Beyond this a day without a year was hardly meant for next year: "15/6" said on 19/6."""

_DASHED = re.compile(r"(?<![\d/.-])(\d{1,2})-(\d{1,2})(?![\d/-])")
_CUE = re.compile(r"^(?:(?:them|lui|doi|co)\s+)?(?:thoi\s+)?han(?:\s+(?:moi|la|thanh|den|sang))*\s*[:\s]\s*")
_NOTHING = re.compile(
    r"(?:[\s:.,()]|\b(?:han|thoi|co|them|lui|doi|moi|la|thanh|sang|ngay|nop|gui|bao cao|xong|hoan thanh)\b)*"
)


def read_day(words: str, today: date) -> SetDeadline:
    """The deadline that these words set; without a day if they name none or several."""
    for text in _spellings(words):
        dated = [phrase for phrase in find_deadlines(text, today, colloquial=True) if phrase.day is not None]
        if dated and len({phrase.day for phrase in dated}) == 1:
            return _set(words, text, dated, today)
    return SetDeadline(words)


def _spellings(words: str) -> list[str]:
    """The words, and what they say if the cue that the rules of documents look for is added."""
    slashed = _DASHED.sub(r"\1/\2", words)
    bare = slashed[_cue_end(slashed) :]
    return list(dict.fromkeys((slashed, bare, f"hạn {bare}", f"hoàn thành trong {bare}", f"hoàn thành {bare}")))


def _cue_end(words: str) -> int:
    cue = _CUE.match(strip_marks(words).lower())
    return cue.end() if cue else 0


def _set(words: str, text: str, dated: list[DeadlinePhrase], today: date) -> SetDeadline:
    phrase = max(dated, key=lambda one: (one.time is not None, one.end - one.start))
    day = phrase.day or today
    rest = text[: phrase.start] + text[phrase.end :]
    for other in dated:
        rest = rest.replace(other.text, "")
    return SetDeadline(
        words,
        day,
        phrase.rule,
        phrase.time,
        urgent=any(one.urgent for one in dated),
        far=day - today > _FAR and str(day.year) not in phrase.text,
        whole=_NOTHING.fullmatch(strip_marks(rest).lower()) is not None,
    )
