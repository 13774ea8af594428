"""What staff type about drafts, read into orders: "3: hạn 30/6", "2,4,5 bỏ", "giao thêm Phòng TC-KH, qua PGD", "hoàn tác".

Free Vietnamese with or without marks, several things at once, numbers before or behind. What is not wholly understood is
not understood at all, so that nothing is done by half.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from dondoc.directives.draft_edits import (
    AddCooperate,
    AddLead,
    Agree,
    ClearDeadline,
    Drop,
    Edit,
    Merge,
    Order,
    RemoveUnits,
    SetClass,
    SetContent,
    SetCooperate,
    SetLead,
    SetTo,
    SetUrgent,
    SetVia,
    Split,
    Wish,
)
from dondoc.directives.draft_numbers import NOUN, NUMBERS, Which, numbers_in, which_at
from dondoc.directives.draft_time import read_day
from dondoc.directives.draft_verbs import Said, Verb

MAX_LETTERS = 4_000
"""Longer messages are no words about drafts."""

_SUFFIX = re.compile(rf"\s+(?:cho|o|trong|khoi|vao)\s+(?=(?:cac\s+)?(?:du thao|nhiem vu|muc|viec|so)\s)({NUMBERS})$")
_AFTER_HEAD = re.compile(r"\s*[:.)\-]?\s*(?:(?:thi|la)\s+)?")
_BETWEEN = re.compile(r"(?:[\s,;.!]|(?:va|roi|dong thoi)(?=\s))*")
_FILLER = re.compile(r"(?:(?:sua|doi|chinh sua|chinh|cap nhat|cho|ghi|dat|de nghi|nho)\s+)*")
# As typed and in small letters: "Thanh Hải" is no "thành".
_LEADING = re.compile(r"(?:[\s:=>\"“]|-\s|(?:là|la|thành|cho|về|ve|đến|den|với|voi)(?=[\s:]))*")
_CHAIRS = re.compile(r"\s*,?\s*(?:lam\s+)?chu tri\s*$")
_POLITE = re.compile(
    r"(?:[\s,]+(?:nhé|nhe|nha|nhá|ạ|đi|luôn|luon|giúp(?: em| anh| chị| tôi)?))+[\s.!]*$", re.IGNORECASE
)
_STOP = re.compile(r"\s*(?:$|[,;.!\n]|(?:va|roi)\s)")
_SEAM = re.compile(r"[;\n]|[,.](?=\s)|,(?=\D)|\s")
_CUT = re.compile(r"\s*(?:(?:o|tai|tu|truoc)\s+(?:(?:cho|chu|cum tu|doan|cau)\s+)?|:\s*)[:\"“”'\s]*")
_COUNT = r"(?:\d|hai|ba|bon)\s*"
_PARTS = re.compile(
    rf"\s+(?:(?:lam|thanh|ra)\s+)*{_COUNT}(?:viec|phan|du thao|nhiem vu|cau|y)\s*|\s+(?:lam|thanh)\s+{_COUNT}"
)
_BLANKS = re.compile(r"[^\S\n]*")
_COLON = re.compile(r"\s*:")
_AND = re.compile(r"\b(?:va|roi)\s*$")
_WITH_NUMBERS = re.compile(rf"\s*(?:voi|vao|cung)\s+(?={NOUN}\d)")
_SAYS_WHAT = re.compile(r"\s*[:=\-]|.*\b(?:la|moi)$")
_NAMED_DEADLINE = re.compile(r"(?:\w+\s+)?(?:thoi\s+)?han\b")
_DAY_WIDTH = 40

_PLAIN: dict[str, Edit | Wish] = {
    "no_deadline": ClearDeadline(),
    "drop": Drop(),
    "remove": Drop(),
    "untracked": Drop(untracked=True),
    "no_cooperate": SetCooperate(""),
    "no_to": SetTo(""),
    "no_via": SetVia(""),
    "skip": "next",
    "standing": SetClass("standing"),
    "product": SetClass("product"),
    "dated": SetClass("dated"),
    "urgent": SetUrgent(urgent=True),
    "not_urgent": SetUrgent(urgent=False),
    "split": Split(),
    "agree": Agree(),
    "next": "next",
    "show": "show",
    "undo": "undo",
    "approve": "approve",
    "help": "help",
}
_WITH_NAMES: dict[str, Callable[[str], Edit]] = {
    "add_lead": AddLead,
    "set_lead": SetLead,
    "remove": RemoveUnits,
    "add_cooperate": AddCooperate,
    "set_cooperate": SetCooperate,
    "no_cooperate": RemoveUnits,
    "to": SetTo,
    "via": SetVia,
    "no_via": lambda _: SetVia(""),
    "skip": lambda _: SetVia(""),
}
# Words that begin many a message.
_COMMON = frozenset({"agree", "next", "show", "to", "via", "help", "urgent"})
# What ends a list of units or a day even without a comma: "giao PGD phối hợp TC-KH hạn 30/6".
_INLINE = frozenset({"deadline", "via", "to", "set_cooperate", "add_cooperate", "content"})


def read_orders(text: str, today: date) -> tuple[Order, ...] | None:
    """What a message orders, in its order; None if not every word of it is understood. Never fails.

    Days without a year are the next such day from ``today`` on. A message that names drafts once means them until it
    names others.
    """
    text = text.strip()
    if not text or len(text) > MAX_LETTERS or text.endswith("?"):
        return None
    return _Reader(Said.of(text), today).read()


def seems_an_order(text: str) -> bool:
    """Whether a message at least begins as words about drafts do; then it is worth a hint when it is not understood."""
    said = Said.of(text.strip()[:MAX_LETTERS])
    which = which_at(said.line.flat, 0)
    if which is None:
        verb = said.verb_at(0)
        return verb is not None and verb.kind not in _COMMON
    head = _AFTER_HEAD.match(said.line.flat, which.end)
    marked = re.match(r"\s*[:)]", said.line.flat[which.end :]) is not None
    return marked or (head is not None and said.verb_at(head.end()) is not None)


class _Reader:
    """Goes through a message from left to right; every step takes some words or gives up."""

    def __init__(self, said: Said, today: date) -> None:
        self._said = said
        self._flat = said.line.flat
        self._today = today
        self._place = 0
        self._about = Which()
        self._orders: list[Order] = []

    def read(self) -> tuple[Order, ...] | None:
        while True:
            self._skip(_BETWEEN)
            if self._place >= len(self._flat):
                return tuple(self._orders) or None
            if not self._one():
                return None

    def _one(self) -> bool:
        start = self._place
        which = which_at(self._flat, start)
        verb = self._said.verb_at(start) if which is None else None
        if which is None and (verb is None or verb.kind == "help"):
            self._skip(_FILLER)
            which = which_at(self._flat, self._place)
            verb = (self._said.verb_at(self._place) if which is None else None) or verb
        if which is not None:
            self._about = which
            self._place = which.end
            self._skip(_AFTER_HEAD)
            self._skip(_FILLER)
            verb = self._said.verb_at(self._place)
        if verb is not None:
            return self._carry(verb)
        if self._bare_day():
            return True
        return which is not None and self._ends_here(which.end) and self._add("show")

    def _carry(self, verb: Verb) -> bool:
        self._place = verb.end
        if verb.kind == "deadline":
            return self._deadline(verb)
        if verb.kind == "content":
            return self._content()
        if verb.kind == "merge":
            return self._merge()
        if verb.kind == "split" and self._split():
            return True
        if verb.kind in _PLAIN and self._stands_alone():
            return self._add(_PLAIN[verb.kind])
        if verb.kind in _WITH_NAMES:
            return self._names(verb.kind)
        return verb.kind == "dated" and self._deadline(verb)

    # --- what follows a verb -----------------------------------------------------------------------------------------

    def _deadline(self, verb: Verb) -> bool:
        """The day is read from the verb on: "trước" and "chậm nhất" say whether it is included."""
        words = self._argument(verb.start, verb.end, "deadline")
        day = read_day(words, self._today)
        asked = _NAMED_DEADLINE.match(self._flat, verb.start) is not None
        return (day.whole if day.day is not None else asked) and self._add(day)

    def _bare_day(self) -> bool:
        """ "3: 30/6": nothing but a day."""
        day = read_day(self._argument(self._place, self._place, "deadline"), self._today)
        return day.day is not None and day.whole and self._add(day)

    def _content(self) -> bool:
        """To the end of the line, whatever it holds. "Nội dung cuộc họp" is no order: it takes a colon or a number."""
        if not _SAYS_WHAT.match(self._flat, self._place) and not self._about.numbers:
            return False
        end = self._flat.find("\n", self._place)
        end = len(self._flat) if end < 0 else end
        text = " ".join(self._said.line.text[self._place : end].split()).lstrip(":-=> ").strip('"“” ')
        self._place = end
        return len(text) > 1 and self._add(SetContent(text))

    def _names(self, kind: str) -> bool:
        said = Said.of(self._argument(self._place, self._place, kind)).line
        lead = _LEADING.match(said.text)
        names = said.text[lead.end() if lead else 0 :]
        chairs = _CHAIRS.search(Said.of(names).line.flat) if kind in ("set_lead", "add_lead") else None
        names = " ".join((names[: chairs.start()] if chairs else names).split()).strip(' ,;.:"“”')
        if not names or not any(letter.isalpha() for letter in names):
            return False
        return self._add(_WITH_NAMES[kind](names))

    def _split(self) -> bool:
        """ "tách làm 2", "tách ở “và lập danh sách”"; not "tách 3", which says what is to be split."""
        end = self._argument_end(self._place, "content")
        rest = self._said.line.text[self._place : end]
        parts = _PARTS.fullmatch(self._flat, self._place, end)
        cut = _CUT.match(self._flat, self._place, end)
        if parts is None and cut is None:
            return False
        at = "" if cut is None else " ".join(rest[cut.end() - self._place :].split()).strip("\"“”'., ")
        self._place = end
        return (parts is not None or len(at) > 1) and self._add(Split(at))

    def _merge(self) -> bool:
        """ "gộp với 3", "gộp 2, 3 và 4", "gộp 2 với 3", "2 và 3 gộp"."""
        with_these = self._flat[: self._place].endswith(("voi", "vao", "cung"))
        first = which_at(self._flat, self._place + 1)
        if first is None:
            return (len(self._about.numbers) > 1 or self._about.everything) and self._add(Merge())
        second = _WITH_NUMBERS.match(self._flat, first.end)
        more = which_at(self._flat, second.end()) if second else None
        numbers = (*first.numbers, *(more.numbers if more else ()))
        self._place = more.end if more else first.end
        if not self._ends_here(self._place) or first.others or (with_these and not numbers):
            return False
        if not with_these and not self._about.numbers and (len(numbers) > 1 or first.everything):
            self._about = Which(numbers[:1], first.everything)
            numbers = numbers[1:]
        return self._add(Merge(numbers))

    # --- pieces ------------------------------------------------------------------------------------------------------

    def _stands_alone(self) -> bool:
        """Whether nothing stands behind the verb but the drafts that it is about; if so these are taken."""
        place = self._place
        self._skip(_BLANKS)
        which = which_at(self._flat, self._place)
        if which is not None and _COLON.match(self._flat, which.end):
            # "bỏ 3, 5: hạn 30/6": the 5 begins what comes next.
            comma = self._flat.rfind(",", self._place, which.end)
            which = which_at(self._flat[: max(comma, 0)], self._place)
        if which is not None and self._ends_here(which.end):
            self._about, self._place = which, max(self._place, which.end)
            return True
        self._place = place
        return self._ends_here(place)

    def _ends_here(self, place: int) -> bool:
        polite = _POLITE.match(self._said.line.text, place)
        if polite is not None:
            self._place = polite.end()
            return True
        return _STOP.match(self._flat, place) is not None

    def _argument(self, start: int, behind: int, kind: str) -> str:
        """The words from ``start`` that belong to a verb which ends at ``behind``, without a closing "cho dự thảo 3"."""
        end = self._argument_end(behind, kind)
        words = self._said.line.text[start:end]
        suffix = _SUFFIX.search(self._flat[start:end])
        if suffix is not None:
            self._about = Which(numbers_in(suffix.group(1)))
            words = words[: suffix.start()]
        self._place = end
        return _POLITE.sub("", words).strip()

    def _argument_end(self, start: int, kind: str) -> int:
        """Where the words that belong to a verb end: at a semicolon, or where the next verb or number begins."""
        for seam in _SEAM.finditer(self._flat, start):
            mark = seam.group()
            if mark in ";\n":
                return seam.start()
            between = _BETWEEN.match(self._flat, seam.end())
            place = between.end() if between else seam.end()
            hard = mark in ",." or _AND.search(self._flat, seam.end(), place) is not None
            verb = self._said.verb_at(place)
            if verb is not None and seam.start() > start and self._parts(verb, kind, hard=hard):
                return seam.start()
            which = which_at(self._flat, place) if hard else None
            if which is not None and _COLON.match(self._flat, which.end):
                return seam.start()
        return len(self._flat)

    def _parts(self, verb: Verb, kind: str, *, hard: bool) -> bool:
        """Whether a verb inside the words of another begins something new, and is not part of a name or of a day."""
        said = self._flat[verb.start : verb.end]
        if kind == "content" or (kind == "deadline" and verb.kind in ("deadline", "show")):
            return False
        if said == "tru" or (said == "qua" and self._flat[: verb.start].rstrip().endswith("hom")):
            return False
        if verb.kind == "deadline" and not hard:
            return read_day(self._said.line.text[verb.start : verb.start + _DAY_WIDTH], self._today).day is not None
        return hard or verb.kind in _INLINE

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self._flat, self._place)
        self._place = match.end() if match else self._place

    def _add(self, what: Edit | Wish) -> bool:
        self._orders.append(Order(what, self._about.numbers, self._about.everything, self._about.others))
        return True
