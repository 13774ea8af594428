"""What holds for every text whatever: an answer, within its bounds, the same for every way of encoding it."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, time, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from dondoc.vietnamese.replies import INTENTS, understand
from dondoc.vietnamese.reply_questions import QUESTIONS
from tests.vietnamese.labelled import DEADLINE, HERE, NOW, load, say

WORDS = sorted({word for row in load(HERE / "replies.jsonl", "develop") for word in row["text"].split()})
CHATTER = st.lists(st.sampled_from([*WORDS, ",", ".", "?", "rồi", "chưa", "không", "28/6", "3/4"]), max_size=14).map(
    " ".join
)
TEXTS = st.one_of(st.text(max_size=80), CHATTER)
DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))
HOURS = st.times()


@given(TEXTS, DAYS, HOURS, st.none() | DAYS, st.none() | st.sampled_from(sorted(QUESTIONS)))
@example("?0?0", date(2024, 6, 19), time(8), None, "document")
@example("?45?", date(2024, 6, 19), time(8), None, "document")
def test_every_text_has_an_answer_within_bounds(
    text: str, today: date, hour: time, deadline: date | None, question: str | None
) -> None:
    reply = understand(text, datetime.combine(today, hour, NOW.tzinfo), deadline, question)
    assert reply.intent in INTENTS
    assert reply.percent is None or 0 <= reply.percent <= 100
    assert not reply.closes or reply.intent == "hoan_thanh"
    assert not (reply.closes and "?" in text)
    assert reply.why
    assert reply.time is None or reply.date is not None
    assert reply.date is None or reply.intent in ("dang_lam", "chua_lam", "vuong_mac", "xin_gia_han")
    assert reply.choice is None or 0 <= reply.choice <= 9
    assert reply.reason is None or unicodedata.is_normalized("NFC", reply.reason)


@given(TEXTS)
def test_the_encoding_does_not_matter(text: str) -> None:
    assert say(unicodedata.normalize("NFD", text)) == say(unicodedata.normalize("NFC", text))


@given(
    CHATTER,
    st.sampled_from(["chưa", "nhưng chưa ký", "mai nộp", "hình như vậy", "còn thiếu", "phải không?", "đang làm"]),
)
def test_a_word_of_doubt_keeps_everything_open(text: str, doubt: str) -> None:
    assert not say(f"{text}, {doubt}").closes


@given(st.integers(1, 60), DAYS)
def test_added_days_count_from_the_deadline(days: int, deadline: date) -> None:
    assert understand(f"xin lùi {days} ngày", NOW, deadline).date == deadline + timedelta(days=days)


@given(st.integers(0, 100))
def test_percentages_are_read_back(percent: int) -> None:
    assert understand(f"đang làm được {percent}%", NOW, DEADLINE).percent == percent
