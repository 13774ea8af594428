"""What we say in Telegram's HTML and keyboards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.chat.channel import Refused
from dondoc.chat.messages import Choice
from dondoc.chat.telegram_markup import keyboard, to_html, visible
from tests.telegram_faults import read_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Đã nhận.", "Đã nhận."),
        ("**NV-012** – quá hạn **05 ngày**", "<b>NV-012</b> – quá hạn <b>05 ngày</b>"),
        ("5 < 6 & <b>chữ</b>", "5 &lt; 6 &amp; &lt;b&gt;chữ&lt;/b&gt;"),
        ("**A & B**", "<b>A &amp; B</b>"),
        ("2 ** 3 và ** 4", "2 ** 3 và ** 4"),
        ("**mở mà không đóng\nở dòng sau**", "**mở mà không đóng\nở dòng sau**"),
        ("Trích:\n> một\n> **hai**\nhết", "Trích:\n<blockquote>một\n<b>hai</b></blockquote>\nhết"),
        ("> a\n> b\n> c\n> d", "<blockquote expandable>a\nb\nc\nd</blockquote>"),
        ("> " + "a" * 300, "<blockquote expandable>" + "a" * 300 + "</blockquote>"),
        ("Thời hạn>10 ngày", "Thời hạn&gt;10 ngày"),
    ],
)
def test_marks_become_html_and_nothing_else_does(text: str, html: str) -> None:
    assert to_html(text) == html
    assert read_html(html) == visible(text)


@given(st.text(alphabet=st.sampled_from("ab*>< \n&;\"'/đ"), max_size=60))
def test_telegram_reads_back_what_was_meant(text: str) -> None:
    assert read_html(to_html(text)) == visible(text)


def test_a_keyboard_has_the_ids_as_data_and_links_as_links() -> None:
    markup = keyboard(((Choice("c1", "Đúng"), Choice("c2", "Khác")), (Choice("c3", "Trang", "https://a.example/x"),)))
    assert markup is not None
    assert [[(b.text, b.callback_data, b.url) for b in row] for row in markup.inline_keyboard] == [
        [("Đúng", "c1", None), ("Khác", "c2", None)],
        [("Trang", None, "https://a.example/x")],
    ]
    assert keyboard(()) is None


def test_data_of_a_button_are_64_bytes_and_not_letters() -> None:
    assert keyboard(((Choice("đ" * 32, "a"),),)) is not None
    with pytest.raises(Refused, match="64 bytes"):
        keyboard(((Choice("đ" * 33, "a"),),))
    with pytest.raises(Refused):
        keyboard(((Choice("", "a"),),))


def test_a_keyboard_has_at_most_100_buttons_and_8_in_a_row() -> None:
    markup = keyboard((tuple(Choice(f"c{n}", str(n)) for n in range(100)),))
    assert markup is not None
    assert [len(row) for row in markup.inline_keyboard] == [8] * 12 + [4]
    with pytest.raises(Refused, match="100 buttons"):
        keyboard((tuple(Choice(f"c{n}", str(n)) for n in range(101)),))
