"""Logs: one line each on stderr, JSON for machines or key=value on a terminal, and never a secret in them.

structlog's and every library's records go through the same handler. The filter on it works on what is to be written, so
a token is blanked wherever it stands: in a message, in an argument, in a URL, in a traceback.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

BLANK = "[hidden]"

# A bot's token wherever it stands, also as "bot123456:AA…" in a URL, and with its colon escaped.
_TOKEN = re.compile(r"(?<!\d)\d{6,}(?::|%3[Aa])[A-Za-z0-9_-]{30,}")
# What blanking of very short secrets would leave of a log tells nothing any more.
_SHORTEST = 4

# Libraries that say too much, or (httpx, sqlalchemy) what must not be said: URLs with tokens, people's words.
_QUIET = {
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "telegram": logging.WARNING,
    "apscheduler": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "aiosqlite": logging.WARNING,
    "alembic": logging.WARNING,
    "asyncio": logging.WARNING,
    "uvicorn": logging.WARNING,
    "matplotlib": logging.WARNING,
    "PIL": logging.WARNING,
    "pdfminer": logging.ERROR,
    "fontTools": logging.WARNING,
}
_OWN_HANDLERS = ("uvicorn", "uvicorn.access", "uvicorn.error", "sqlalchemy", "apscheduler", "telegram")


class _Handler(logging.StreamHandler[TextIO]):
    """Ours, so that configuring again replaces it and leaves other handlers alone."""


class HideSecrets(logging.Filter):
    """Blanks every known secret, and whatever looks like a bot token, in records of structlog and of the libraries."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._known: re.Pattern[str] | None = None
        self._secrets: set[str] = set()
        self.add(*secrets)

    def add(self, *secrets: str) -> None:
        """Secrets to hide from now on."""
        self._secrets.update(secret for secret in secrets if len(secret) >= _SHORTEST)
        # The longest first: a secret may contain another one.
        parts = sorted(map(re.escape, self._secrets), key=len, reverse=True)
        self._known = re.compile("|".join(parts)) if parts else None

    def hide(self, text: str) -> str:
        """The text without secrets."""
        if self._known is not None:
            text = self._known.sub(BLANK, text)
        return _TOKEN.sub(BLANK, text)

    def filter(self, record: logging.LogRecord) -> bool:
        """Blank the record; it is always let through."""
        if isinstance(record.msg, Mapping):
            record.msg = self._clean(record.msg)
        else:
            record.msg = self.hide(_words(record))
            record.args = ()
        error = record.exc_info
        if error and error[0] is not None:
            record.exc_text = self.hide(_traceback(error))
            record.exc_info = None
        elif record.exc_text:
            record.exc_text = self.hide(record.exc_text)
        if record.stack_info:
            record.stack_info = self.hide(record.stack_info)
        return True

    def _clean(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {self._clean(key): self._clean(one) for key, one in value.items()}
        if isinstance(value, (list, tuple, set, frozenset)):
            return [self._clean(one) for one in value]
        if value is None or isinstance(value, (bool, int, float)):
            return value
        # Whatever else there is would be written as its words anyway: a URL, a path, an exception.
        return self.hide(str(value))


def configure(
    *,
    level: str = "INFO",
    secrets: Iterable[str] = (),
    stream: TextIO | None = None,
    pretty: bool | None = None,
) -> HideSecrets:
    """Send all logs of this process to ``stream`` (stderr). ``pretty`` is on when that is a terminal.

    Returns the filter, so that secrets which are learnt later can be added to it.
    """
    stream = sys.stderr if stream is None else stream
    pretty = stream.isatty() if pretty is None else pretty
    hide = HideSecrets(secrets)
    handler = _Handler(stream)
    handler.addFilter(hide)
    handler.setFormatter(_formatter(pretty))

    root = logging.getLogger()
    for old in root.handlers[:]:
        if isinstance(old, _Handler):
            root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name, quietest in _QUIET.items():
        logging.getLogger(name).setLevel(max(quietest, logging.getLevelNamesMapping()[level]))
    for name in _OWN_HANDLERS:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    logging.captureWarnings(True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        # A logger that was used before this call must follow the new configuration: tests configure more than once.
        cache_logger_on_first_use=False,
    )
    return hide


def configured() -> bool:
    """Whether ``configure`` has been called: before that, Python's own handlers would write without our filter."""
    return any(isinstance(handler, _Handler) for handler in logging.getLogger().handlers)


def _formatter(pretty: bool) -> logging.Formatter:
    last: Processor
    if pretty:
        last = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    else:
        last = structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*_SHARED, _exception],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
    )


def _exception(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """The traceback that the filter has made harmless."""
    text = event["_record"].exc_text
    if text:
        event["exception"] = text
    return event


_SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def _words(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        # A library's broken log call: its words are kept, and the program goes on.
        return f"{record.msg} {record.args}"


def _traceback(error: tuple[type[BaseException], BaseException, TracebackType | None]) -> str:
    return "".join(traceback.format_exception(*error)).rstrip()
