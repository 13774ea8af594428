"""The commands as a platform's menu lists them: for everybody, and for a chat by what its person may do."""

from __future__ import annotations

from dondoc.handlers.context import Context
from dondoc.locales import DEFAULT_LANGUAGE, LANGUAGES, translator
from dondoc.rules import permissions
from dondoc.rules.roles import Scope

# Who is not registered can register, and whoever is finds help.
_EVERYBODY = ("start", "trogiup")

Entries = list[tuple[str, str]]


def command_menu() -> dict[str, Entries]:
    """By language ("" is the platform's default): the commands of those who have no menu of their own yet."""
    return {
        ("" if language == DEFAULT_LANGUAGE else language): _entries(_EVERYBODY, language) for language in LANGUAGES
    }


def menu_of(scope: Scope, language: str) -> Entries:
    """The commands of one person in their language."""
    return _entries([name for name in permissions.commands_of(scope) if name != "start"], language)


def keep_up(ctx: Context, shown: str | None) -> None:
    """Once the message is done, let the menu of its chat be what its person may do now, in their language."""
    entries = menu_of(ctx.scope, ctx.me.language)
    key = menu_key(entries, ctx.me.language)
    if key != shown:
        ctx.after_commit.append(lambda: ctx.services.show_menu(ctx.address, entries, key))


def menu_key(entries: Entries, language: str) -> str:
    """What tells two menus apart, short enough to be kept with the chat."""
    return f"{language}:{','.join(name for name, _ in entries)}"


def _entries(names: list[str] | tuple[str, ...], language: str) -> Entries:
    t = translator(language)
    return [(name, t(f"handlers.menu.{name}")) for name in names]
