"""What the reading of a duty rests on, as codes with the words of the source that go with them."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from dondoc.vietnamese.deadline_soft import is_unread
from dondoc.vietnamese.deadlines import BEFORE, DeadlinePhrase
from dondoc.vietnamese.text import shorten

CODES = (
    "request",  # the document asks or orders expressly
    "imperative",  # an item of a list of duties that opens with a verb
    "must",  # "phải", "có trách nhiệm", "hoàn thành"
    "submission",  # something is to be sent
    "table",  # a row of a table of tasks
    "unit_own",  # the sentence itself names the units
    "unit_label",  # a label at the task does: "Đơn vị chủ trì: …"
    "unit_heading",  # the heading above does
    "unit_announced",  # the sentence before the list does
    "unit_addressee",  # nobody is named: the units that the letter is addressed to
    "unit_none",
    "deadline_before",  # "trước ngày X"
    "deadline_on",  # the day itself is included
    "deadline_recurring",
    "deadline_relative",  # counted from an event
    "deadline_soft",  # words that name no day
    "deadline_unread",  # "trước ngày" before a day that a scan lost
    "deadline_heading",  # the words of the heading that the deadline stands in
    "deadline_past",  # a day long before the day of issue: another document's, not taken
    "deadline_year",  # a day whose year a scan may have misread
    "blurred",  # the words themselves show what scans do to text
    "damaged",  # number and day of issue are unreadable: a bad scan
    "staff_deadline",  # staff set the day, in these words
    "staff_unit",  # staff chose the units, in these words
    "staff_cooperate",  # staff said who cooperates, in these words
    "staff_merged",  # staff made one of the drafts with these numbers
    "staff_split",  # staff took it out of the draft with this number
    "staff_checked",  # staff looked at the draft
)
_SOURCES = {
    "own": "unit_own",
    "label": "unit_label",
    "heading": "unit_heading",
    "default": "unit_announced",
    "addressee": "unit_addressee",
}
_MAX_LETTERS = 160


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that a reading rests on. ``code`` is one of ``CODES``, ``words`` those of the source, or empty."""

    code: str
    words: str = ""

    def to_json(self) -> dict[str, str]:
        return asdict(self)


def reason(code: str, words: str = "") -> Reason:
    """A reason with its words cut to what can be shown."""
    return Reason(code, shorten(" ".join(words.split()).strip(" :;,."), _MAX_LETTERS))


def unit_reason(source: str, words: str) -> Reason:
    """Where the units in the lead come from."""
    return reason(_SOURCES.get(source, "unit_none"), words)


def deadline_reason(phrase: DeadlinePhrase) -> Reason:
    """By which rule the deadline was read, with its exact words."""
    if phrase.recurrence_rule or (phrase.recurrence and phrase.day is None):
        code = "deadline_recurring"
    elif phrase.day is not None:
        code = "deadline_before" if phrase.rule == BEFORE else "deadline_on"
    elif phrase.relative:
        code = "deadline_relative"
    else:
        code = "deadline_unread" if is_unread(phrase.soft or "") else "deadline_soft"
    return reason(code, phrase.text)
