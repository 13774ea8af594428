"""What the bot may have asked last, and what a short answer to it means. Choices are numbered in chats without buttons."""

from __future__ import annotations

import re
from dataclasses import dataclass

REMINDER = "reminder"
"""A reminder of one task: 1 – đã gửi · 2 – đang thực hiện · 3 – có vướng mắc · 4 – đề nghị gia hạn · 5 – không thuộc."""
CONFIRM_PROMISE = "confirm_promise"
""""Văn phòng hiểu: …, hẹn nộp …, có đúng không ạ?" 1 – đúng · 2 – đã nộp · 3 – khác."""
CONFIRM_DONE = "confirm_done"
""""Văn phòng hiểu: đã nộp (một hay nhiều việc), có đúng không ạ?" 1 – đúng · 2 – chưa nộp · 3 – khác."""
CONFIRM_NIL = "confirm_nil"
""""Văn phòng hiểu: báo cáo không (kỳ …), có đúng không ạ?" 1 – đúng · 2 – sẽ báo cáo sau · 3 – khác."""
PERCENT = "percent"
""""Đạt bao nhiêu phần trăm?": a bare number is the answer."""
DATE = "date"
""""Hẹn nộp ngày nào?": a bare day is the answer."""
EXTENSION = "extension"
""""Đề nghị gia hạn đến ngày nào, lý do?": a day and a reason are the answer, whatever the words."""
OBSTACLE = "obstacle"
""""Vướng mắc gì?": the answer is the obstacle."""
DOCUMENT = "document"
""""Số, ngày văn bản đã gửi?": a number is the answer."""
WHICH_TASK = "which_task"
""""Nhiệm vụ nào?": a letter, a code or "cả 3 việc" is the answer."""

QUESTIONS = frozenset(
    {REMINDER, CONFIRM_PROMISE, CONFIRM_DONE, CONFIRM_NIL, PERCENT, DATE, EXTENSION, OBSTACLE, DOCUMENT, WHICH_TASK}
)

_CHOICES: dict[str, tuple[tuple[str, bool], ...]] = {
    REMINDER: (
        ("hoan_thanh", True),
        ("dang_lam", False),
        ("vuong_mac", False),
        ("xin_gia_han", False),
        ("tra_lai", False),
    ),
    CONFIRM_PROMISE: (("xac_nhan", False), ("hoan_thanh", True), ("khong_lien_quan", False)),
    CONFIRM_DONE: (("hoan_thanh", True), ("chua_lam", False), ("khong_lien_quan", False)),
    CONFIRM_NIL: (("hoan_thanh", True), ("dang_lam", False), ("khong_lien_quan", False)),
}
_NUMBER = re.compile(r"\| (?:so |chon |muc |la |em chon )?(?P<n>[0-9])(?: (?:anh|chi|em))? \| ")
_RIGHT = re.compile(
    r"\| (?:vang |ok )?(?:\| )?(?:em )?(?:dung|phai|chinh xac|chuan)(?: (?:roi|vay|the|anh|chi|em|day|do|nhu vay))* \| "
)
_NOT_YET = re.compile(r"\| (?:van )?chua(?: (?:anh|chi|em|dau|nop|xong))* \| ")
_WRONG = re.compile(r"\| (?:khong (?:phai|dung)|sai)(?: (?:roi|vay|the|dau|anh|chi|em))* \| ")


@dataclass(frozen=True, slots=True)
class Answer:
    """A short answer: what it says, whether it closes, and which numbered choice it picked, if any."""

    intent: str
    closes: bool
    choice: int | None
    why: str


def answer_to(question: str | None, line: str) -> Answer | None:
    """What a bare number, a "đúng" or a "không phải" says to the last question; None where it is no such answer.

    "Vâng", "ok" and a thumb are no answer: politeness is not consent. Raises ``ValueError`` on an unknown question.
    """
    if question is None:
        return None
    if question not in QUESTIONS:
        raise ValueError(f"unknown question {question!r}")
    choices = _CHOICES.get(question)
    if choices is None:
        return None
    if number := _NUMBER.fullmatch(line):
        picked = int(number["n"])
        if 1 <= picked <= len(choices):
            return Answer(*choices[picked - 1], picked, f"choice {picked} of {question}")
        return Answer("khong_lien_quan", False, picked, f"no such choice of {question}")
    if question == REMINDER:
        return None
    if _RIGHT.fullmatch(line):
        return Answer(*choices[0], 1, f"yes to {question}")
    if question == CONFIRM_DONE and _NOT_YET.fullmatch(line):
        return Answer(*choices[1], 2, f"not yet to {question}")
    if _WRONG.fullmatch(line):
        return Answer(*choices[-1], len(choices), f"no to {question}")
    return None


def choice_in(line: str) -> int | None:
    """The single figure that a message consists of: a choice, whatever was asked."""
    number = _NUMBER.fullmatch(line)
    return int(number["n"]) if number else None
