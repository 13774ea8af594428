"""Logs are lines of JSON on one stream, and no secret is ever in them, whoever wrote it and however."""

from __future__ import annotations

import io
import json
import logging
import warnings
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import structlog

from dondoc.bot.logs import BLANK, HideSecrets, configure

TOKEN = "987654321:AAH_x-0123456789abcdefghijklmnopqrstu"
PASSWORD = "mật khẩu/of the database"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """A fresh stream, and afterwards the logging of the process as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in ("httpx", "httpcore", "sqlalchemy", "uvicorn")}
    yield io.StringIO()
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
    logging.captureWarnings(False)
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_both_kinds_of_loggers_write_one_json_object_a_line(stream: io.StringIO) -> None:
    configure(stream=stream)
    structlog.get_logger("dondoc.x").info("slot planned", action="slot", messages=3)
    logging.getLogger("somebody").warning("took %d s", 7)
    ours, theirs = lines(stream)
    assert ours["event"] == "slot planned"
    assert (ours["action"], ours["messages"], ours["level"], ours["logger"]) == ("slot", 3, "info", "dondoc.x")
    assert (theirs["event"], theirs["level"], theirs["logger"]) == ("took 7 s", "warning", "somebody")
    assert ours["timestamp"].endswith("Z")


def test_a_terminal_gets_key_value_lines(stream: io.StringIO) -> None:
    configure(stream=stream, pretty=True, secrets=[PASSWORD])
    structlog.get_logger().info("hello", action="greet", word=PASSWORD)
    assert "greet" in stream.getvalue()
    assert PASSWORD not in stream.getvalue()
    with pytest.raises(ValueError):
        json.loads(stream.getvalue())


def test_the_level_is_kept_and_configuring_again_doubles_nothing(stream: io.StringIO) -> None:
    configure(stream=stream)
    configure(stream=stream, level="ERROR")
    structlog.get_logger().info("quiet")
    structlog.get_logger().error("heard")
    assert [line["event"] for line in lines(stream)] == ["heard"]


async def _fetch(url: str) -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json={"ok": True}))
    async with httpx.AsyncClient(transport=transport) as client:
        await client.post(url)


async def test_httpx_is_silent_about_its_requests(stream: io.StringIO) -> None:
    configure(stream=stream, level="DEBUG")
    await _fetch(f"https://api.telegram.org/bot{TOKEN}/sendMessage")
    assert stream.getvalue() == ""


async def test_httpx_that_speaks_up_is_still_blanked(stream: io.StringIO) -> None:
    configure(stream=stream)
    logging.getLogger("httpx").setLevel(logging.INFO)
    await _fetch(f"https://api.telegram.org/bot{TOKEN}/sendMessage")
    (line,) = lines(stream)
    assert "HTTP Request: POST https://api.telegram.org/bot" in line["event"]
    assert BLANK in line["event"]
    assert TOKEN.partition(":")[2] not in stream.getvalue()


def test_arguments_of_any_type_are_blanked(stream: io.StringIO) -> None:
    configure(stream=stream, secrets=[PASSWORD])
    logging.getLogger("x").warning(
        "to %s with %r", httpx.URL(f"http://127.0.0.1/file/bot{TOKEN}/a.pdf"), {"p": PASSWORD}
    )
    structlog.get_logger().warning(
        "nested", url=httpx.URL(f"http://h/bot{TOKEN}/x"), deep={"a": [PASSWORD, {"b": (PASSWORD, 1, None, True)}]}
    )
    assert TOKEN not in stream.getvalue()
    assert PASSWORD not in stream.getvalue()
    assert "khẩu" not in stream.getvalue()
    nested = lines(stream)[1]
    assert nested["deep"] == {"a": [BLANK, {"b": [BLANK, 1, None, True]}]}


def test_an_escaped_colon_does_not_save_a_token(stream: io.StringIO) -> None:
    configure(stream=stream)
    logging.getLogger("x").warning("https://h/?u=%s", TOKEN.replace(":", "%3A"))
    assert TOKEN.partition(":")[2] not in stream.getvalue()


@pytest.mark.parametrize("ours", [True, False])
def test_tracebacks_are_blanked(ours: bool, stream: io.StringIO) -> None:
    configure(stream=stream, secrets=[PASSWORD])
    try:
        try:
            raise ConnectionError(f"cannot reach https://api.telegram.org/bot{TOKEN}/getMe")
        except ConnectionError as error:
            raise RuntimeError(f"wrong {PASSWORD}") from error
    except RuntimeError:
        if ours:
            structlog.get_logger().exception("broke")
        else:
            logging.getLogger("library").exception("broke")
    (line,) = lines(stream)
    assert "RuntimeError" in line["exception"]
    assert "ConnectionError" in line["exception"]
    assert TOKEN not in stream.getvalue()
    assert PASSWORD not in stream.getvalue()


def test_an_exception_handed_over_is_written(stream: io.StringIO) -> None:
    configure(stream=stream)
    structlog.get_logger().error("broke off", exc_info=ValueError(f"bad {TOKEN}"))
    (line,) = lines(stream)
    assert line["exception"] == f"ValueError: bad {BLANK}"


def test_warnings_go_the_same_way(stream: io.StringIO) -> None:
    configure(stream=stream)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(False)
        logging.captureWarnings(True)
        warnings.warn(f"old use of {TOKEN}", UserWarning, stacklevel=1)
    assert TOKEN not in stream.getvalue()
    assert "old use of" in lines(stream)[0]["event"]


def test_a_broken_log_call_does_not_break_the_program(stream: io.StringIO) -> None:
    logging.getLogger().handlers.clear()  # pytest's own would raise on such a call
    configure(stream=stream)
    logging.getLogger("library").warning("%d of %s", "no number")
    assert "no number" in lines(stream)[0]["event"]


def test_uvicorn_gives_up_its_own_handlers(stream: io.StringIO) -> None:
    own = io.StringIO()
    logger = logging.getLogger("uvicorn.error")
    logger.addHandler(logging.StreamHandler(own))
    configure(stream=stream)
    logger.error("no port")
    assert own.getvalue() == ""
    assert lines(stream)[0]["event"] == "no port"


def test_what_is_no_token_stays() -> None:
    hide = HideSecrets(["long secret", "long"])
    assert hide.hide("NV-012, 203/TB-UBND, 14:30, 0914567890:abc") == "NV-012, 203/TB-UBND, 14:30, 0914567890:abc"
    assert hide.hide("a long secret") == f"a {BLANK}"


def test_a_secret_learnt_later_is_hidden_from_then_on(stream: io.StringIO) -> None:
    hide = configure(stream=stream)
    hide.add("fresh-access-token")
    structlog.get_logger().info("got fresh-access-token")
    assert "fresh-access-token" not in stream.getvalue()
