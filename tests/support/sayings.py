"""The catalogue's sentences as patterns, so that a test says which sentence it means and not how it is worded today."""

from __future__ import annotations

import re
from collections.abc import Callable

from dondoc.locales import translator
from tests.telegram_world import Sent

_PLACE = re.compile(r"\{(\w+)\}")


def saying(name: str, language: str = "vi", /, **values: object) -> re.Pattern[str]:
    """The sentence called ``name``, anywhere in a text; places without a value may hold anything."""
    parts: list[str] = []
    end = 0
    template = translator(language)(name)
    for place in _PLACE.finditer(template):
        parts.append(re.escape(template[end : place.start()]))
        parts.append(re.escape(str(values[place[1]])) if place[1] in values else r"[\s\S]*?")
        end = place.end()
    return re.compile("".join((*parts, re.escape(template[end:]))))


def says(text: str, name: str, language: str = "vi", /, **values: object) -> bool:
    """Whether the text holds the sentence called ``name`` with these values."""
    return saying(name, language, **values).search(text) is not None


def shown(name: str, /, **values: object) -> Callable[[Sent], bool]:
    """Whether a message on Telegram holds the sentence called ``name``; there marks are formatting and no letters."""
    pattern = re.compile(saying(name, **values).pattern.replace(re.escape("**"), ""))
    return lambda message: pattern.search(message.text) is not None


def label(name: str, language: str = "vi") -> str:
    """What stands on a button."""
    return translator(language)(name)
