"""The catalogues: complete in both languages, and every sentence that the program asks for is there with its fields."""

from __future__ import annotations

import ast
import re
import string
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from dondoc.locales import DEFAULT_LANGUAGE, LANGUAGES, Translator, translator

PACKAGE = Path(__file__).parents[1] / "dondoc"
ROOMS = sorted(path.stem for path in (PACKAGE / "locales" / DEFAULT_LANGUAGE).glob("*.po"))
NAME = re.compile(rf"(?:{'|'.join(ROOMS)})\.[a-z0-9_]+(?:\.[a-z0-9_]+)*")
# What says a sentence: t("…"), self.t("…"), ctx.say("…").
SPEAKERS = {"t", "say"}


def fields(sentence: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(sentence) if field}


@cache
def catalogue(language: str) -> dict[str, str]:
    return {name: text for room in ROOMS for name, text in translator(language).room(room).items()}


# --- the catalogues ----------------------------------------------------------------------------------------------------


def test_every_language_has_every_room() -> None:
    for language in LANGUAGES:
        assert sorted(path.stem for path in (PACKAGE / "locales" / language).glob("*.po")) == ROOMS


@pytest.mark.parametrize("room", ROOMS)
def test_both_languages_have_the_same_sentences(room: str) -> None:
    vi, en = (translator(language).room(room) for language in LANGUAGES)
    assert sorted(vi) == sorted(en)
    assert all(name.startswith(f"{room}.") for name in vi)


# English needs no word for "nhà trường" or "đơn vị" everywhere; it names months, and writes days without a zero.
_WORDING = {"noun"}
_DATE_PARTS = {"d", "m", "day", "month"}


@pytest.mark.parametrize("room", ROOMS)
def test_sentences_have_the_same_fields_in_both_languages(room: str) -> None:
    vi, en = (translator(language).room(room) for language in LANGUAGES)
    free = _WORDING | (_DATE_PARTS if room == "web" else set())
    assert {name: fields(text) - free for name, text in vi.items()} == {
        name: fields(text) - free for name, text in en.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty_or_oddly_spelled(language: str) -> None:
    for name, text in catalogue(language).items():
        assert text.strip(), name
        assert unicodedata.is_normalized("NFC", text), name
        assert "fuzzy" not in text, name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("room", ROOMS)
def test_no_sentence_is_written_twice(language: str, room: str) -> None:
    source = (PACKAGE / "locales" / language / f"{room}.po").read_text(encoding="utf-8")
    names = Counter(re.findall(r'^msgid "(.+)"$', source, re.MULTILINE))
    assert [name for name, count in names.items() if count > 1] == []


def test_a_missing_sentence_is_never_guessed() -> None:
    with pytest.raises(KeyError):
        translator()("chat.no_such_sentence")
    assert not translator().has("chat.no_such_sentence")
    assert translator().has("chat.sent_again")


def test_an_unknown_language_is_the_default_one() -> None:
    assert translator("fr").language == DEFAULT_LANGUAGE
    assert Translator("en")("chat.sent_again") != translator("vi")("chat.sent_again")


# --- the program -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """A name that some source asks for. ``pattern`` stands for names that are put together while the program runs."""

    where: str
    pattern: str
    given: frozenset[str] | None = None  # the fields it is said with, where that can be seen

    def names(self) -> list[str]:
        return [name for name in catalogue(DEFAULT_LANGUAGE) if re.fullmatch(self.pattern, name)]


def asked_in_python(path: Path, source: str) -> Iterator[Asked]:
    nodes = list(ast.walk(ast.parse(source)))
    parts = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in nodes:
        where = f"{path.name}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Call) and node.args and _speaks(node.func):
            pattern = _pattern(node.args[0])
            if pattern is not None and all(keyword.arg for keyword in node.keywords):
                yield Asked(where, pattern, frozenset(keyword.arg or "" for keyword in node.keywords))
        elif id(node) not in parts and (pattern := _pattern(node)) is not None:
            yield Asked(where, pattern)


def _speaks(function: ast.expr) -> bool:
    if isinstance(function, ast.Call):  # translator(language)("…")
        return isinstance(function.func, ast.Name) and function.func.id == "translator"
    return getattr(function, "id", getattr(function, "attr", None)) in SPEAKERS


def _pattern(node: ast.AST) -> str | None:
    """The names that an expression may stand for, as a regular expression; None if it is no name."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAME.fullmatch(node.value):
        return re.escape(node.value)
    if not isinstance(node, ast.JoinedStr) or not isinstance(node.values[0], ast.Constant):
        return None
    if not re.match(rf"(?:{'|'.join(ROOMS)})\.", str(node.values[0].value)):
        return None
    return "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[a-z0-9_.]+" for part in node.values
    )


def asked_in_script(path: Path, source: str) -> Iterator[Asked]:
    for line, text in enumerate(source.splitlines(), 1):
        for name in re.findall(r"""["'](web\.[a-z0-9_]+(?:\.[a-z0-9_]+)*)["']""", text):
            yield Asked(f"{path.name}:{line}", re.escape(name))
        for template in re.findall(r"`(web\.[^`]*)`", text):
            parts = re.split(r"\$\{[^}]*\}", template)
            yield Asked(f"{path.name}:{line}", r"[a-zA-Z0-9_.]+".join(map(re.escape, parts)))


@cache
def asked() -> tuple[Asked, ...]:
    found: list[Asked] = []
    for path in sorted(PACKAGE.rglob("*.py")):
        found.extend(asked_in_python(path, path.read_text(encoding="utf-8")))
    for path in sorted((PACKAGE / "web" / "static").glob("*")):
        if path.suffix in (".js", ".html"):
            found.extend(asked_in_script(path, path.read_text(encoding="utf-8")))
    return tuple(found)


def test_the_search_finds_what_is_asked_for() -> None:
    """A search that finds nothing would pass the tests below."""
    source = """
t("chat.sent_again", number=1)
self.t(f"scheduler.alert.{what}", **values)
translator(person.language)("handlers.failed")
rooms = ["lines.undated", "no.name", "Lines.undated"]
"""
    found = {(one.pattern, one.given) for one in asked_in_python(Path("x.py"), source)}
    assert (r"chat\.sent_again", frozenset({"number"})) in found
    assert (r"scheduler\.alert\.[a-z0-9_.]+", None) in found
    assert (r"handlers\.failed", frozenset()) in found
    assert (r"lines\.undated", None) in found
    assert not any("name" in pattern for pattern, _ in found)
    script = list(asked_in_script(Path("x.js"), 't("web.close"); t(`web.slot.${name}`)'))
    assert [one.pattern for one in script] == [r"web\.close", r"web\.slot\.[a-zA-Z0-9_.]+"]
    assert len(asked()) > 300


def test_every_sentence_that_is_asked_for_is_there() -> None:
    missing = [f"{one.where} {one.pattern}" for one in asked() if not one.names()]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_said_with_its_fields(language: str) -> None:
    """A sentence without a value for a field would show the field, or break the message."""
    sentences = catalogue(language)
    lacking = [
        f"{one.where} {one.pattern}: {one.names()}"
        for one in asked()
        # A name that is put together may fit others by chance: one of them has to be sayable.
        if one.given is not None and not any(fields(sentences[name]) <= one.given for name in one.names())
    ]
    assert lacking == []


def test_no_sentence_lies_about_unused() -> None:
    used = {name for one in asked() for name in one.names()}
    assert sorted(set(catalogue(DEFAULT_LANGUAGE)) - used) == []
