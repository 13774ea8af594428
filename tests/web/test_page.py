"""The page as it is shipped: every sentence in both languages, no markup out of text, nothing from elsewhere."""

from __future__ import annotations

import re
from string import Formatter

import httpx
import pytest

from dondoc.locales import translator
from dondoc.scheduler.slots import SLOTS
from dondoc.web.demo import STATIC
from tests.web.fake_office import FakeOffice

SCRIPTS = sorted(STATIC.glob("*.js"))
VI, EN = translator("vi").room("web"), translator("en").room("web")


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_both_catalogues_say_the_same_things() -> None:
    assert VI.keys() == EN.keys()
    assert not [name for name, sentence in (VI | EN).items() if not sentence.strip()]
    # Dates are put together differently; everything else has the same fields.
    differing = [name for name in VI if fields(VI[name]) != fields(EN[name])]
    assert set(differing) <= {"web.date.day", "web.date.short", "web.calendar.month"}


def test_every_sentence_of_the_page_exists_and_is_used() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    named = set(re.findall(r'"(web\.[a-z_.]+)"', sources))
    assert not named - VI.keys()
    steps = re.findall(r'\{ name: "(\w+)"', sources)
    made = {f"web.guide.{step}.{part}" for step in steps for part in ("title", "text")}
    made |= {f"web.guide.{step}.try" for step in re.findall(r'name: "(\w+)", actions: \[\{ fill', sources)}
    made |= {f"web.slot.{kind}" for kind in [*(slot.name for slot in SLOTS), "check"]}
    made |= {f"web.weekday.{n}" for n in range(7)} | {f"web.weekday_short.{n}" for n in range(7)}
    made |= {f"web.month.{n}" for n in range(1, 13)}
    assert not made - VI.keys()
    by_server = {name for name in VI if name.startswith("web.error.")}
    assert VI.keys() - named - made - by_server == set()


def test_the_server_never_speaks_of_an_error_without_a_sentence() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in STATIC.parent.glob("*.py"))
    codes = set(re.findall(r'PageError\(\d+, "(\w+)"', sources))
    assert len(codes) >= 10
    assert not {f"web.error.{code}" for code in codes} - VI.keys()


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_never_make_markup_out_of_text(path: object) -> None:
    source = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    for word in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "DOMParser",
    ):
        assert word not in source, word


def test_nothing_comes_from_elsewhere_or_stands_inline() -> None:
    page = (STATIC / "demo.html").read_text(encoding="utf-8")
    assert not re.findall(r"(?:src|href)=\"(?!/static/)", page)
    assert not re.findall(r"<style|style=|\son\w+=|<script(?![^>]*\ssrc=)", page)
    for sheet in STATIC.glob("*.css"):
        assert "url(" not in sheet.read_text(encoding="utf-8")
        assert "@import" not in sheet.read_text(encoding="utf-8")


async def test_the_page_and_its_parts_are_served_with_their_types(
    client: httpx.AsyncClient, office: FakeOffice
) -> None:
    page = await client.get("/")
    assert page.headers["content-type"].startswith("text/html")
    parts = re.findall(r"/static/[\w.]+", page.text)
    assert len(parts) >= 4
    types = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
    for part in {*parts, *(f"/static/{path.name}" for path in SCRIPTS)}:
        answer = await client.get(part)
        assert answer.status_code == 200, part
        assert answer.headers["content-type"].startswith(types[part[part.rindex(".") :]]), part
    for path in ("/static/../demo.py", "/static/%2e%2e/demo.py", "/static/"):
        assert (await client.get(path)).status_code == 404
