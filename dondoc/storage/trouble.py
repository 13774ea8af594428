"""Trouble of the database itself: locked, full, restarting, gone. It passes; what met it waits and is tried again.

What is wrong with a statement (too many values, no such column) comes as the same kinds of exception and passes never:
``is_trouble`` tells the two apart by the codes of the databases.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import structlog
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from dondoc.rules.clock import machine_now
from dondoc.rules.traces import where

log = structlog.get_logger(__name__)

LONGEST_WAIT: Final = 30.0
"""Seconds between two tries, at most."""

# https://www.sqlite.org/rescode.html: SQLITE_ERROR, TOOBIG, MISMATCH, MISUSE, RANGE
_SQLITE_STATEMENT = frozenset({1, 18, 20, 21, 25})
# https://www.postgresql.org/docs/current/errcodes-appendix.html: feature not supported, data exception, integrity
# constraint, syntax error or access rule, program limit exceeded
_POSTGRES_STATEMENT = frozenset({"0A", "22", "23", "42", "54"})


def is_trouble(error: BaseException) -> bool:
    """Whether the database is in trouble, and not the statement wrong."""
    if isinstance(error, PoolTimeout):
        return True
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF not in _SQLITE_STATEMENT
    state = getattr(error.orig, "sqlstate", None)
    return state is None or state[:2] not in _POSTGRES_STATEMENT


class Patience:
    """How long one loop has met trouble, and how long it waits before it tries again.

    ``since`` is the machine time of the first failure of a row of them; None while all is well.
    """

    def __init__(self, action: str) -> None:
        self.since: datetime | None = None
        self._action = action
        self._tries = 0

    def met(self, error: BaseException) -> float:
        """Seconds to wait now: longer with each failure. Whatever is no trouble of the database is raised again."""
        if not is_trouble(error):
            raise error
        self.since = self.since or machine_now()
        wait = min(2.0 ** min(self._tries, 10), LONGEST_WAIT)
        self._tries += 1
        log.warning("database in trouble", action=self._action, attempt=self._tries, wait=wait, where=where(error))
        return wait

    def over(self) -> None:
        """The database answers again."""
        if self.since is not None:
            log.info("database answers again", action=self._action, after=self._tries)
        self.since, self._tries = None, 0
