"""Labels below or behind a task: "Đơn vị chủ trì: …", "Đơn vị phối hợp: …", "Thời gian hoàn thành: …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dondoc.directives.units_in_text import read_units
from dondoc.vietnamese.deadline_dates import find_dates, line_of
from dondoc.vietnamese.deadline_phrase import ON
from dondoc.vietnamese.deadlines import DeadlinePhrase, find_deadlines

_WHO = r"(?:(?:don vi|co quan|bo phan|phong|nguoi|can bo|to chuc)\s+)"
_NAMES = (
    (
        "lead",
        rf"{_WHO}?(?:chu tri(?: thuc hien| tham muu)?|chiu trach nhiem(?: chinh| thuc hien)?|phu trach|dau moi)"
        rf"|{_WHO}(?:thuc hien|tham muu|duoc giao)|phan cong(?: thuc hien)?|trach nhiem(?: thuc hien)?|thuc hien",
    ),
    ("cooperate", rf"{_WHO}?(?:cung )?phoi hop(?: thuc hien)?"),
    ("done", r"(?:thoi (?:gian|han)|tien do|han) (?:phai )?(?:hoan thanh|xong)|thoi han|hoan thanh(?: trong| truoc)?"),
    ("when", r"thoi gian(?: thuc hien| trien khai| to chuc)?|tien do(?: thuc hien)?"),
    ("other", r"(?:san pham|ket qua)(?: dau ra| du kien| hoan thanh| can dat)?|kinh phi(?: thuc hien)?|ghi chu"),
)
_NAMED = "|".join(f"(?P<{key}>{pattern})" for key, pattern in _NAMES)
_LABEL = re.compile(rf"(?:^[\W_]*|(?P<apart>[.;,(–+-]\s*)|\s)(?P<name>{_NAMED})\s*:\s*(?=\w)")
_OPENING = re.compile(rf"[\W_]*(?:{'|'.join(pattern for key, pattern in _NAMES[:3])})\s*:\s*\w")
_MAX_VALUE = 300
_STANDING = re.compile(r"(?:thuong xuyen|hang nam|hang thang|hang quy|hang tuan|lien tuc|ca nam|trong nam|nam \d{4})\b")
"""What stands for a time where there is no deadline."""

_ENUMERATED = re.compile(r"\s*[;,]\s*(?=[A-ZĐÀ-Ỹ])")
_MAX_NAME = 60


@dataclass(frozen=True, slots=True)
class Labels:
    """What labels say, and where the first of them begins in the text. ``named``: one of them names units."""

    start: int
    lead: tuple[str, ...] = ()
    cooperate: tuple[str, ...] = ()
    phrase: DeadlinePhrase | None = None
    named: bool = False


def opens_with_label(flat: str) -> bool:
    """Whether a flat line begins with a label of a task and its value."""
    return _OPENING.match(flat) is not None


def read_labels(text: str, flat: str, reference: date, *, known: bool = False) -> Labels | None:
    """The labels of a text, or None. ``known``: labels with units went before, so that a bare "Thời gian:" is one too."""
    found = [match for match in _LABEL.finditer(flat) if _stands_apart(text, match)]
    lead: tuple[str, ...] = ()
    cooperate: tuple[str, ...] = ()
    phrase: DeadlinePhrase | None = None
    start: int | None = None
    ends = [*(match.start() for match in found[1:]), len(text)]
    for match, end in zip(found, ends, strict=False):
        value = text[match.end() : end].strip(" .;,()")
        if match["lead"] or match["cooperate"]:
            units = _units(value) or _units(value.split(";")[0].strip()) or _written(match["name"], value)
            if not units:
                continue
            if match["lead"]:
                lead = lead or units
            else:
                cooperate = cooperate or units
        elif match["done"] or (match["when"] and (known or lead or cooperate)):
            phrase = phrase or deadline_of(value, reference)
            if phrase is None and _STANDING.match(flat, match.end()) is None:
                continue
        elif not known and start is None:
            continue
        start = match.start("name") if start is None else start
    if start is None:
        return None
    if phrase is None:
        dated = [found for found in find_deadlines(text[start:], reference) if found.day or found.recurrence_rule]
        phrase = dated[-1] if dated else None
    return Labels(start, lead, cooperate, phrase, bool(lead or cooperate))


def _stands_apart(text: str, match: re.Match[str]) -> bool:
    """Whether a label begins the text, stands behind a mark, or begins with a capital as on a line of its own."""
    start = match.start("name")
    return match["apart"] is not None or not text[:start].strip(" -+*_") or text[start].isupper()


def _units(value: str) -> tuple[str, ...]:
    """The units of a value, which must be nothing but units."""
    if len(value) > _MAX_VALUE:
        return ()
    units = read_units(value, line_of(value).flat, 0)
    return units.names if units is not None and units.end >= len(value) - 3 else ()


def _written(label: str, value: str) -> tuple[str, ...]:
    """Names that are no kind of unit by their words, behind a label that says who: "Đơn vị chủ trì: Viettel X"."""
    names = [name.strip(" .") for name in _ENUMERATED.split(value)]
    if not label.startswith(("don vi", "co quan")) or not all(
        name[:1].isupper() and len(name) <= _MAX_NAME and "." not in name for name in names
    ):
        return ()
    return tuple(names)


def deadline_of(value: str, reference: date) -> DeadlinePhrase | None:
    """The deadline of a cell or label under "Thời gian": there a bare date or month is one without any cue."""
    found = find_deadlines(value, reference) or find_deadlines(f"hoàn thành {value}", reference)
    if found:
        phrase = found[-1]
        return DeadlinePhrase(
            0, len(value), value, phrase.day, phrase.time, phrase.rule, phrase.soft, phrase.relative, phrase.recurrence,
            phrase.recurrence_rule, phrase.urgent,
        )  # fmt: skip
    dates = find_dates(line_of(value), reference)
    return DeadlinePhrase(0, len(value), value, day=dates[-1].day, rule=ON) if dates else None
