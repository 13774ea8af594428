"""The catalogues are complete: what the program says exists in every language, says the same, and is said somewhere."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from dondoc.directives.unreadable import REASONS
from dondoc.locales import DEFAULT_LANGUAGE, LANGUAGES, translator
from dondoc.rules.roles import Role

PACKAGE = Path(__file__).parents[1] / "dondoc"
ROOMS = sorted(path.stem for path in (PACKAGE / "locales" / DEFAULT_LANGUAGE).glob("*.po"))
OTHERS = [language for language in LANGUAGES if language != DEFAULT_LANGUAGE]

# A name of a sentence: its room, then words between dots. "*" stands for what is filled in at run time.
_NAME = re.compile(rf"(?:{'|'.join(ROOMS)})(?:\.[a-z0-9_*]+)+")
_IN_SCRIPT = re.compile(rf"[\"'`]((?:{'|'.join(ROOMS)})(?:\.(?:[a-z0-9_]|\$\{{[^}}]*\}})+)+)[\"'`]")
# The page fills all of these into every date.
_DATE = {"weekday", "day", "d", "m", "month", "y"}


def sentences(language: str) -> dict[str, str]:
    return {name: text for room in ROOMS for name, text in translator(language).room(room).items()}


def fields(sentence: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(sentence) if field is not None}


def names_in_python(source: str) -> Iterator[str]:
    """String constants that are names of sentences; of f-strings the filled-in parts become "*"."""
    tree = ast.parse(source)
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        text = ""
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            text = node.value
        if _NAME.fullmatch(text):
            yield text


def names_in_script(source: str) -> Iterator[str]:
    for name in _IN_SCRIPT.findall(source):
        yield re.sub(r"\$\{[^}]*\}", "*", name)


def used() -> dict[str, str]:
    """Names and patterns that the program uses, each with a file in which it stands."""
    found: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*")):
        search = {".py": names_in_python, ".js": names_in_script}.get(path.suffix)
        if search is not None:
            for name in search(path.read_text(encoding="utf-8")):
                found.setdefault(name, path.relative_to(PACKAGE).as_posix())
    return found


def as_pattern(name: str) -> re.Pattern[str]:
    return re.compile(re.escape(name).replace(r"\*", r"[a-z0-9_.]+"))


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_every_sentence(language: str) -> None:
    ours, theirs = sentences(DEFAULT_LANGUAGE), sentences(language)
    assert {"missing": ours.keys() - theirs.keys(), "too many": theirs.keys() - ours.keys()} == {
        "missing": set(),
        "too many": set(),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty(language: str) -> None:
    assert [name for name, text in sentences(language).items() if not text.strip()] == []


@pytest.mark.parametrize("language", OTHERS)
def test_translations_fill_in_nothing_that_the_original_does_not(language: str) -> None:
    """A field less is a matter of language; a field more would fail when the sentence is said."""
    ours, theirs = sentences(DEFAULT_LANGUAGE), sentences(language)
    wrong = set()
    for name in ours.keys() & theirs.keys():
        filled = fields(ours[name])
        if filled & _DATE and name.startswith("web."):
            filled |= _DATE
        if not fields(theirs[name]) <= filled:
            wrong.add(name)
    assert wrong == set()


def test_what_the_program_says_exists() -> None:
    known = sentences(DEFAULT_LANGUAGE)
    lost = {name: where for name, where in used().items() if not any(map(as_pattern(name).fullmatch, known))}
    assert lost == {}


def test_what_exists_is_said_somewhere() -> None:
    """A sentence that nobody says is translated and improved for nothing."""
    patterns = [as_pattern(name) for name in used()]
    idle = [name for name in sentences(DEFAULT_LANGUAGE) if not any(one.fullmatch(name) for one in patterns)]
    assert idle == []


@pytest.mark.parametrize(
    ("prefix", "endings"),
    [
        ("handlers.document.unreadable.", set(REASONS)),
        ("handlers.role.", {role.value for role in Role}),
        ("handlers.language.", set(LANGUAGES)),
    ],
)
def test_filled_in_names_have_a_sentence_for_each_value(prefix: str, endings: set[str]) -> None:
    known = sentences(DEFAULT_LANGUAGE)
    assert {ending for ending in endings if prefix + ending not in known} == set()


def test_the_search_finds_names() -> None:
    source = 't("handlers.yes"); t(f"lines.state.{state}"); say("no.such room"); x = "a lines.unit b"'
    assert sorted(names_in_python(source)) == ["handlers.yes", "lines.state.*"]
    assert list(names_in_script("t(`web.slot.${slot.kind}`); t('web.chat.reply')")) == ["web.slot.*", "web.chat.reply"]
