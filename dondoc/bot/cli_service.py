"""``dondoc run``, ``demo``, ``migrate`` and ``doctor``: the program itself and how it is."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from dondoc.bot.command import (
    FAILED,
    demo_settings_of_process,
    ended_by_name,
    installation,
    say,
    settings_of_process,
)

_MARKS = {"ok": "ok", "note": "note", "problem": "PROBLEM"}


def run() -> None:
    """Run the bot until it is stopped. Prints "ready URL" once it serves."""
    settings = settings_of_process(service=True)
    from dondoc.bot import app

    raise typer.Exit(ended_by_name(lambda: app.run(settings)))


def demo(
    play: Annotated[bool, typer.Option("--play", help="Tell the story in the terminal and exit.")] = False,
    anew: Annotated[bool, typer.Option("--anew", help="Forget the last demo and begin again.")] = False,
) -> None:
    """Show everything on a made-up office.

    No token is needed, and no live office can be touched.
    """
    if play:
        from dondoc.bot import story
        from dondoc.bot.logs import configure

        configure(level="ERROR")
        raise typer.Exit(ended_by_name(story.play))
    from dondoc.bot import demo as page

    settings = demo_settings_of_process()
    raise typer.Exit(ended_by_name(lambda: page.run(settings, anew=anew)))


def migrate() -> None:
    """Bring the database to the newest schema."""
    settings = settings_of_process()

    async def work() -> None:
        async with installation(settings):
            say("The database has the newest schema.")

    ended_by_name(lambda: asyncio.run(work()))


def doctor() -> None:
    """Check that everything is in order.

    Settings, database, tokens, clock, disk, messages that failed, and whether everybody who owes something can be
    reached. Exit status 1 if somebody has to see to something.
    """
    from dondoc.bot.checks import after_opening, before_opening
    from dondoc.bot.tables import show_table

    settings = settings_of_process()
    findings = before_opening(settings)

    async def work() -> None:
        async with installation(settings) as here:
            findings.extend(await after_opening(here))

    try:
        ended_by_name(lambda: asyncio.run(work()))
    finally:
        # Also when the database cannot be opened: the rest of the table may tell why.
        show_table(
            ("check", "state", "finding"), [(found.check, _MARKS[found.state], found.words) for found in findings]
        )
    if any(found.state == "problem" for found in findings):
        raise typer.Exit(FAILED)
