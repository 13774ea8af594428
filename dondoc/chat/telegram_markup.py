"""What we say, in Telegram's terms: HTML from the two marks of the message model, inline keyboards from choices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit

from dondoc.chat.channel import Refused
from dondoc.chat.messages import Choice
from dondoc.chat.rendering import BOLD, QUOTE

# Telegram folds an expandable quotation to three lines; a shorter one is better shown whole.
_LONG_QUOTE_LINES = 3
_LONG_QUOTE_CHARS = 240


def to_html(text: str) -> str:
    """The text as Telegram's HTML: ``**bold**`` as <b>, quoted lines as <blockquote>, everything else escaped."""
    return "\n".join(_blocks(text))


def visible(text: str) -> str:
    """The text as it will be read, without the marks: what Telegram's limits count."""
    lines = (line.removeprefix(QUOTE) if _is_quote(line) else line for line in text.split("\n"))
    return "\n".join(BOLD.sub(r"\1", line) for line in lines)


def keyboard(choices: Sequence[Sequence[Choice]]) -> InlineKeyboardMarkup | None:
    """An inline keyboard whose callback data are the ids of the choices; None without choices.

    Rows wider than Telegram takes are wrapped. Raises Refused where Telegram's limits leave no way.
    """
    rows = [
        [_button(choice) for choice in row[start : start + InlineKeyboardMarkupLimit.BUTTONS_PER_ROW]]
        for row in choices
        for start in range(0, len(row), InlineKeyboardMarkupLimit.BUTTONS_PER_ROW)
    ]
    if sum(map(len, rows)) > InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER:
        raise Refused(f"more than {InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER} buttons")
    return InlineKeyboardMarkup(rows) if rows else None


def _button(choice: Choice) -> InlineKeyboardButton:
    if choice.url is not None:
        return InlineKeyboardButton(choice.label, url=choice.url)
    if not 1 <= len(choice.id.encode()) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
        raise Refused(f"the id of a button is empty or longer than {InlineKeyboardButtonLimit.MAX_CALLBACK_DATA} bytes")
    return InlineKeyboardButton(choice.label, callback_data=choice.id)


def _blocks(text: str) -> Iterator[str]:
    for quoted, lines in groupby(text.split("\n"), key=_is_quote):
        if not quoted:
            yield "\n".join(map(_line, lines))
            continue
        words = [line.removeprefix(QUOTE) for line in lines]
        long = len(words) > _LONG_QUOTE_LINES or sum(map(len, words)) > _LONG_QUOTE_CHARS
        yield f"<blockquote{' expandable' if long else ''}>" + "\n".join(map(_line, words)) + "</blockquote>"


def _is_quote(line: str) -> bool:
    return line.startswith(QUOTE)


def _line(line: str) -> str:
    # The marks hold nothing that escaping changes, so bold can be found in the escaped line.
    return BOLD.sub(r"<b>\1</b>", escape(line))
