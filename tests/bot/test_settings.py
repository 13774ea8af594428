"""Settings come from the environment or .env; what is wrong with them is said in one line without any value."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from dondoc.bot.settings import BadSettings, demo_settings, load_settings, names
from dondoc.rules.clock import machine_now

SECRET = "123456789:AAF-not_a_real_token_0123456789abcdef"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("DONDOC_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_defaults_are_a_local_sqlite_and_the_usual_address(tmp_path: Path) -> None:
    settings = load_settings()
    assert settings.database_url == f"sqlite:///{tmp_path}/data/dondoc.sqlite3"
    assert (settings.http_host, settings.http_port) == ("127.0.0.1", 8080)
    assert settings.timezone.key == "Asia/Ho_Chi_Minh"
    assert settings.telegram_base_url == "https://api.telegram.org/bot"


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DONDOC_HTTP_PORT=9001\nDONDOC_HTTP_HOST=0.0.0.0\nOTHER=1\n", encoding="utf-8")
    monkeypatch.setenv("DONDOC_HTTP_PORT", "0")
    settings = load_settings()
    assert (settings.http_host, settings.http_port) == ("0.0.0.0", 0)


def test_an_empty_name_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_TELEGRAM_TOKEN", "")
    assert load_settings().telegram_token is None


@pytest.mark.parametrize("scheme", ["sqlite:", "postgresql:", "postgres:", "postgresql+psycopg:"])
def test_both_databases_are_taken(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_DATABASE_URL", f"{scheme}//somewhere/x")
    assert load_settings().database_url == f"{scheme}//somewhere/x"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HTTP_PORT", "70000"),
        ("HTTP_PORT", "http"),
        ("TIMEZONE", "Mars/Olympus"),
        ("NOW", "yesterday"),
        ("LOG_LEVEL", "loud"),
        ("DATABASE_URL", "mysql://user:hunter2secret@host/db"),
        ("TELEGRAM_TOKEN", "hunter2secret"),
        ("TELEGRAM_TOKEN", "12345:with a space hunter2secret"),
        ("TELEGRAM_MODE", "push"),
        ("TELEGRAM_BASE_URL", "api.telegram.org"),
        ("TELEGRAM_WEBHOOK_SECRET", "hunter2secret with spaces"),
        ("PUBLIC_URL", "ftp://example.vn"),
    ],
)
def test_a_bad_value_is_named_and_never_quoted(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"DONDOC_{name}", value)
    with pytest.raises(BadSettings) as caught:
        load_settings()
    words = str(caught.value)
    assert f"DONDOC_{name}" in words
    assert "hunter2secret" not in words
    assert "\n" not in words


def test_all_complaints_stand_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_HTTP_PORT", "x")
    monkeypatch.setenv("DONDOC_NOW", "x")
    with pytest.raises(BadSettings, match=r"DONDOC_HTTP_PORT.*; DONDOC_NOW"):
        load_settings()


def test_a_webhook_needs_its_secret_and_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_TELEGRAM_TOKEN", SECRET)
    monkeypatch.setenv("DONDOC_TELEGRAM_MODE", "webhook")
    with pytest.raises(BadSettings, match="DONDOC_TELEGRAM_WEBHOOK_SECRET"):
        load_settings()
    monkeypatch.setenv("DONDOC_TELEGRAM_WEBHOOK_SECRET", "s3cret-s3cret")
    with pytest.raises(BadSettings, match="DONDOC_PUBLIC_URL"):
        load_settings()
    monkeypatch.setenv("DONDOC_PUBLIC_URL", "https://vanphong.example")
    assert load_settings().telegram_mode == "webhook"


def test_a_lease_outlives_a_send(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_SEND_LEASE_SECONDS", "20")
    with pytest.raises(BadSettings, match="SEND_LEASE_SECONDS"):
        load_settings()


def test_secrets_show_nowhere_and_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_TELEGRAM_TOKEN", SECRET)
    monkeypatch.setenv("DONDOC_ZALO_OA_REFRESH_TOKEN", "zalo-refresh-secret")
    monkeypatch.setenv("DONDOC_DATABASE_URL", "postgresql://dondoc:p%40ssword@db.example.vn/dondoc")
    settings = load_settings()
    for secret in (SECRET, "zalo-refresh-secret", "p%40ssword", "p@ssword"):
        assert secret in set(settings.secrets())
        assert secret not in repr(settings)
        assert secret not in str(settings)


def test_a_database_url_that_cannot_be_taken_apart_is_hidden_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_DATABASE_URL", "postgresql://u:pa[ss@host/db")
    assert "postgresql://u:pa[ss@host/db" in set(load_settings().secrets())


def test_the_clock_starts_where_it_is_told_and_runs_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_NOW", "2024-06-19T07:00+07:00")
    clock = load_settings().clock()
    first = clock.now()
    assert timedelta(0) <= first - datetime.fromisoformat("2024-06-19T07:00+07:00") < timedelta(minutes=1)
    assert clock.now() > first
    assert str(first.tzinfo) == "Asia/Ho_Chi_Minh"


def test_an_instant_without_an_offset_is_the_offices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_NOW", "2024-06-19T07:00")
    assert load_settings().clock().now().isoformat().startswith("2024-06-19T07:00:")


def test_without_now_the_clock_is_the_real_one() -> None:
    assert abs(load_settings().clock().now() - machine_now()) < timedelta(seconds=5)


def test_the_demo_cannot_touch_a_live_office(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DONDOC_TELEGRAM_TOKEN", "not even a token")
    monkeypatch.setenv("DONDOC_ZALO_BOT_TOKEN", "1:live")
    monkeypatch.setenv("DONDOC_DATABASE_URL", "postgresql://u:p@live/db")
    monkeypatch.setenv("DONDOC_DATA_DIR", "/var/lib/dondoc")
    monkeypatch.setenv("DONDOC_TELEGRAM_MODE", "webhook")
    monkeypatch.setenv("DONDOC_HTTP_PORT", "0")
    settings = demo_settings(tmp_path / "demo")
    assert list(settings.secrets()) == []
    assert settings.database_url == f"sqlite:///{tmp_path}/demo/dondoc.sqlite3"
    assert settings.http_port == 0


def test_the_demo_has_its_own_folder_below_the_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_DATA_DIR", "/var/lib/dondoc")
    assert demo_settings().data_dir == Path("/var/lib/dondoc/demo")


def test_a_file_that_is_no_text_is_a_bad_setting(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"DONDOC_NOW=\xff\xfe\n")
    with pytest.raises(BadSettings, match="UTF-8"):
        load_settings()


def test_every_name_of_the_contract_is_known() -> None:
    contract = """DATA_DIR DATABASE_URL TIMEZONE TELEGRAM_TOKEN TELEGRAM_BASE_URL TELEGRAM_BASE_FILE_URL TELEGRAM_MODE
    TELEGRAM_WEBHOOK_SECRET ZALO_BOT_TOKEN ZALO_BOT_BASE_URL ZALO_BOT_WEBHOOK_SECRET PUBLIC_URL HTTP_HOST HTTP_PORT NOW
    LOG_LEVEL"""
    assert {f"DONDOC_{name}" for name in contract.split()} <= names()
