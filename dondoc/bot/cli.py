"""The command line. Each group of commands has a module of its own; what a command needs is imported when it runs."""

from __future__ import annotations

import io
import os
import sys
from typing import Annotated

import typer

from dondoc.bot import (
    cli_archive,
    cli_language,
    cli_load,
    cli_papers,
    cli_people,
    cli_service,
    cli_unit_changes,
    cli_units,
    cli_work,
)
from dondoc.bot.command import FAILED

# Rich's tracebacks would show the values of variables, tokens among them.
app = typer.Typer(
    name="dondoc",
    help="Đôn Đốc follows work up until it is done: directives in, finished work out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (
    cli_service.run,
    cli_service.demo,
    cli_service.migrate,
    cli_service.doctor,
    cli_papers.parse,
    cli_load.load,
    cli_people.invite,
    cli_work.tasks,
    cli_work.reminders,
    cli_language.understand,
    cli_papers.report,
    cli_archive.backup,
    cli_archive.restore,
):
    app.command()(command)
for units_command in (cli_unit_changes.close, cli_unit_changes.rotate):
    cli_units.app.command()(units_command)
app.add_typer(cli_units.app, name="units")


def _show_version(wanted: bool) -> None:
    if wanted:
        from dondoc import __version__

        sys.stdout.write(f"dondoc {__version__}\n")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Options that stand before any command."""


def main() -> None:
    """The console script."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # Vietnamese goes through pipes of machines whose locale is none.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace" if stream is sys.stderr else "strict")
    try:
        try:
            app()
        finally:
            sys.stdout.flush()  # what is still in the buffer fails here, or in the interpreter's last moments
    except BrokenPipeError:
        # Whoever read has seen enough ("| head").
        _give_up_stdout()
        sys.exit(FAILED)
    except OSError as error:
        # Most often stdout itself: a full disk behind ">".
        _give_up_stdout()
        sys.stderr.write(f"dondoc: {error.strerror or error}\n")
        sys.exit(FAILED)
    except Exception as error:  # noqa: BLE001
        # A defect. Its traceback goes through the logs, whose filter blanks every secret, and nowhere else.
        _report(error)
        sys.exit(FAILED)


def _give_up_stdout() -> None:
    """Python flushes stdout once more when it ends, and would complain a second time."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _report(error: Exception) -> None:
    import logging

    from dondoc.bot.logs import configure, configured

    if not configured():
        configure()
    logging.getLogger("dondoc").critical("dondoc broke off: %s", type(error).__name__, exc_info=error)
