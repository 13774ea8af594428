"""What the documents promise: settings, commands, buttons and links are looked up in the program."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import typer.main
from pydantic import SecretStr

from dondoc.bot.cli import app
from dondoc.bot.settings import PREFIX, Settings, names
from dondoc.handlers.dispatch import COMMANDS
from dondoc.locales import translator

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "benchmarks").glob("*.md")])
INSTALL = ROOT / "docs" / "install.md"
GUIDE = ROOT / "docs" / "huong-dan-van-phong.md"

_ROW = re.compile(rf"^\| `({PREFIX}\w+)` \| (.+?) \| .+ \|$", re.MULTILINE)
_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CALL = re.compile(r"(?:^|/bin/|&& )dondoc ((?:--)?[a-z][^|#;&>]*)")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_BUTTON = re.compile(r"\*\*\[(.+?)\]\*\*")
_SLASH = re.compile(r"`/([a-z]+)[^`]*`")


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


# --- settings --------------------------------------------------------------------------------------------------------


def test_every_setting_stands_in_the_table_and_nothing_else() -> None:
    assert {name for name, _ in _ROW.findall(text_of(INSTALL))} == names()


def test_defaults_are_those_of_the_program() -> None:
    """A default of None is told in words, without code marks."""
    told = {name: re.findall(r"`([^`]+)`", default) for name, default in _ROW.findall(text_of(INSTALL))}
    real = {
        str(field.validation_alias or f"{PREFIX}{name.upper()}"): _plain(field.default)
        for name, field in Settings.model_fields.items()
    }
    assert told == real


def _plain(default: object) -> list[str]:
    if default is None or isinstance(default, SecretStr):
        return []
    if isinstance(default, ZoneInfo):
        return [default.key]
    return [f"{default:g}" if isinstance(default, float) else str(default)]


def test_no_page_names_an_unknown_setting() -> None:
    known = names() | {f"{PREFIX}TESTS_STRICT", f"{PREFIX}KEEP_PAPERS"}
    for page in PAGES:
        assert set(re.findall(rf"{PREFIX}[A-Z_]+[A-Z]", text_of(page))) <= known, page.name


# --- commands --------------------------------------------------------------------------------------------------------


def calls(page: Path) -> Iterator[list[str]]:
    """The words of every ``dondoc …`` that the page shows as code."""
    text = text_of(page)
    shell = [line for language, block in _FENCED.findall(text) if language in ("", "sh") for line in block.splitlines()]
    for line in (*shell, *re.findall(r"`([^`\n]+)`", _FENCED.sub("", text))):
        for call in _CALL.findall(line.strip().partition(" #")[0]):
            yield shlex.split(re.sub(r"[\[\]…]", " ", call))


def complaint(words: list[str]) -> str | None:
    """What is wrong with a call of the program; None if it could be typed so."""
    command = typer.main.get_command(app)
    while words and hasattr(command, "commands"):
        word, *words = words
        if word.startswith("--"):
            return None if word in _options(command) else f"no option {word}"
        if word not in command.commands:
            return f"no command {word}"
        command = command.commands[word]
    wrong = [word for word in words if word.startswith("--") and word.partition("=")[0] not in _options(command)]
    return f"{command.name} has no {wrong}" if wrong else None


def _options(command: object) -> set[str]:
    return {"--help", *(name for parameter in command.params for name in parameter.opts)}  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_can_be_typed_as_they_are_shown(page: Path) -> None:
    assert [(words, wrong) for words in calls(page) if (wrong := complaint(list(words)))] == []


def test_the_search_for_commands_finds_and_judges() -> None:
    assert len(list(calls(INSTALL))) > 15
    assert complaint(["load", "x.docx", "--approve"]) is None
    assert complaint(["load", "x.docx", "--at-once"])
    assert complaint(["units", "fly"])
    assert complaint(["fly"])


def test_the_install_guide_knows_every_command_that_an_administrator_needs() -> None:
    shown = {words[0] for words in calls(INSTALL) if words}
    assert shown >= {"run", "migrate", "doctor", "invite", "units", "load", "tasks", "report", "backup", "restore"}


# --- the guide for the office ----------------------------------------------------------------------------------------


def test_the_guide_shows_the_commands_of_the_chat() -> None:
    shown = set(_SLASH.findall(text_of(GUIDE)))
    assert shown <= set(COMMANDS)
    assert shown >= {"giaoviec", "duyet", "tiendo", "giahan", "vanban", "nhiemvu", "xuat", "trogiup"}


def test_buttons_are_called_as_they_are_called_on_the_screen() -> None:
    sentences = {text for room in ("handlers", "scheduler", "web") for text in translator("vi").room(room).values()}
    shown = set(_BUTTON.findall(text_of(GUIDE)))
    assert shown
    assert shown - sentences == set()


# --- links -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in _LINK.findall(text_of(page)):
        if not target.startswith(("http://", "https://", "#")):
            path, _, anchor = target.partition("#")
            place = page.parent / path
            assert place.exists(), target
            assert not anchor or anchor in _anchors(place), target


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
