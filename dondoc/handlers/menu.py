"""The commands as a platform's menu lists them."""

from __future__ import annotations

from dondoc.locales import DEFAULT_LANGUAGE, LANGUAGES, translator

MENU = ("trogiup", "nhiemvu", "tiendo", "duyet", "giaoviec", "giahan", "vanban", "xuat", "ngonngu")


def command_menu() -> dict[str, list[tuple[str, str]]]:
    """By language ("" is the platform's default): the commands and what they do."""
    menu: dict[str, list[tuple[str, str]]] = {}
    for language in LANGUAGES:
        t = translator(language)
        key = "" if language == DEFAULT_LANGUAGE else language
        menu[key] = [(name, t(f"handlers.menu.{name}")) for name in MENU]
    return menu
