"""Short answers mean what was asked last, and politeness is no consent."""

from __future__ import annotations

from datetime import date

import pytest

from dondoc.vietnamese.reply_questions import (
    CONFIRM_DONE,
    CONFIRM_NIL,
    CONFIRM_PROMISE,
    DATE,
    DOCUMENT,
    EXTENSION,
    OBSTACLE,
    PERCENT,
    REMINDER,
    WHICH_TASK,
)
from tests.vietnamese.labelled import say


@pytest.mark.parametrize(
    ("question", "text", "intent", "closes", "choice"),
    [
        (REMINDER, "1", "hoan_thanh", True, 1),
        (REMINDER, "2 ạ", "dang_lam", False, 2),
        (REMINDER, "3", "vuong_mac", False, 3),
        (REMINDER, "4", "xin_gia_han", False, 4),
        (REMINDER, "5", "tra_lai", False, 5),
        (REMINDER, "9", "khong_lien_quan", False, 9),
        (CONFIRM_PROMISE, "1", "xac_nhan", False, 1),
        (CONFIRM_PROMISE, "đúng rồi em", "xac_nhan", False, 1),
        (CONFIRM_PROMISE, "2", "hoan_thanh", True, 2),
        (CONFIRM_PROMISE, "không phải", "khong_lien_quan", False, 3),
        (CONFIRM_DONE, "đúng ạ", "hoan_thanh", True, 1),
        (CONFIRM_DONE, "chưa ạ", "chua_lam", False, 2),
        (CONFIRM_NIL, "1", "hoan_thanh", True, 1),
        (CONFIRM_NIL, "dung roi", "hoan_thanh", True, 1),
        (CONFIRM_NIL, "2", "dang_lam", False, 2),
        (None, "1", "khong_lien_quan", False, 1),
        (None, "0", "khong_lien_quan", False, 0),
    ],
)
def test_choices(question: str | None, text: str, intent: str, closes: bool, choice: int | None) -> None:
    reply = say(text, question)
    assert (reply.intent, reply.closes, reply.choice) == (intent, closes, choice)


@pytest.mark.parametrize("question", [REMINDER, CONFIRM_PROMISE, CONFIRM_DONE, CONFIRM_NIL])
@pytest.mark.parametrize("text", ["vâng", "dạ", "ok", "👍", "dạ vâng ạ", "đúng không em?"])
def test_politeness_confirms_nothing(question: str, text: str) -> None:
    assert not say(text, question).closes


def test_free_words_still_mean_what_they_say() -> None:
    assert say("mai em nộp", CONFIRM_DONE).date == date(2024, 6, 26)
    assert say("nộp rồi ạ", CONFIRM_PROMISE).closes


def test_a_bare_number_answers_what_was_asked() -> None:
    assert say("5", PERCENT).percent == 5
    assert say("28", DATE).date == date(2024, 6, 28)
    assert say("28", DATE).percent is None
    assert say("28").percent == 28
    assert say("5").percent is None


def test_open_answers() -> None:
    extension = say("5/7, chưa đủ số liệu", EXTENSION)
    assert (extension.intent, extension.date, extension.reason) == ("xin_gia_han", date(2024, 7, 5), "chưa đủ số liệu")
    assert say("cô kế toán đi vắng", OBSTACLE).intent == "vuong_mac"
    assert say("em nộp rồi ạ", OBSTACLE).intent == "hoan_thanh"
    assert say("A1", WHICH_TASK).intent == "xac_nhan"


def test_the_number_of_the_document_is_evidence() -> None:
    assert say("45 ngày 24/6", DOCUMENT).closes
    assert say("45 ngày 24/6", DOCUMENT).document == "45"
    assert not say("số 45, mai mới gửi", DOCUMENT).closes
    assert not say("số 45/BC-THCS ngày 24/6").closes


def test_an_unknown_question_is_an_error() -> None:
    with pytest.raises(ValueError, match="unknown question"):
        say("1", "weather")
