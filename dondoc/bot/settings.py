"""The settings of an installation: from the environment (prefix ``DONDOC_``) or a ``.env`` file in the working folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings.exceptions import SettingsError as SourceError

from dondoc.rules.clock import OfficeClock

PREFIX = "DONDOC_"
DATABASE_NAME = "dondoc.sqlite3"
DEMO_FOLDER = "demo"

_DATABASE = re.compile(r"(sqlite|postgresql|postgres)(\+\w+)?:")
# A bot's number, a colon, a secret. Without the colon nobody could tell the public part from the secret one.
_TOKEN = re.compile(r"\d+:[^\s/?#]+")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class BadSettings(Exception):
    """Settings that cannot be used. The message is one line; it names the settings and never quotes a value."""


def _no_slash(value: object) -> object:
    return value.rstrip("/") if isinstance(value, str) else value


Url = Annotated[str, BeforeValidator(_no_slash), Field(pattern=r"^https?://[^\s/?#]+[^\s?#]*$")]


class Settings(BaseSettings):
    """Every name here is the environment's with ``DONDOC_`` before it. Secrets show neither in repr nor in errors."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
        hide_input_in_errors=True,
    )

    data_dir: Path = Path("data")
    # A database's URL may hold a password. Read it as ``database_url``.
    database: SecretStr | None = Field(default=None, validation_alias=f"{PREFIX}DATABASE_URL")
    timezone: ZoneInfo = ZoneInfo("Asia/Ho_Chi_Minh")

    telegram_token: SecretStr | None = None
    telegram_base_url: Url = "https://api.telegram.org/bot"
    telegram_base_file_url: Url = "https://api.telegram.org/file/bot"
    telegram_mode: Literal["polling", "webhook"] = "polling"
    telegram_webhook_secret: SecretStr | None = None

    zalo_bot_token: SecretStr | None = None
    zalo_bot_base_url: Url = "https://bot-api.zaloplatforms.com"
    zalo_bot_webhook_secret: SecretStr | None = None
    zalo_oa_app_id: str | None = None
    zalo_oa_app_secret: SecretStr | None = None
    zalo_oa_secret_key: SecretStr | None = None
    zalo_oa_access_token: SecretStr | None = None
    zalo_oa_refresh_token: SecretStr | None = None
    zalo_oa_base_url: Url = "https://openapi.zalo.me"

    public_url: Url | None = None
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=0, le=65535)
    now: datetime | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] = "INFO"

    # Not part of the contract: knobs of the machinery, for tests and for unusual networks.
    send_lease_seconds: float = Field(default=60.0, gt=0)
    send_timeout_seconds: float = Field(default=20.0, gt=0)
    max_upload_mb: int = Field(default=50, ge=1, le=2000)

    @field_validator("data_dir")
    @classmethod
    def _home(cls, value: Path) -> Path:
        return value.expanduser()

    @field_validator("log_level", mode="before")
    @classmethod
    def _level(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("now", mode="before")
    @classmethod
    def _instant(cls, value: object) -> object:
        # Pydantic would also take a bare number for seconds since 1970.
        return datetime.fromisoformat(value) if isinstance(value, str) else value

    @field_validator("database")
    @classmethod
    def _known_database(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _DATABASE.match(value.get_secret_value()):
            raise ValueError("must begin with sqlite: or postgresql:")
        return value

    @field_validator("telegram_token", "zalo_bot_token")
    @classmethod
    def _bot_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("is no bot token: a number, a colon and letters are expected")
        return value

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _webhook_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _WEBHOOK_SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("must be 1 to 256 of the letters A-Z, a-z, 0-9, _ and -")
        return value

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        if self.telegram_token and self.telegram_mode == "webhook" and not self.telegram_webhook_secret:
            raise ValueError(f"{PREFIX}TELEGRAM_MODE=webhook needs {PREFIX}TELEGRAM_WEBHOOK_SECRET")
        if self.telegram_token and self.telegram_mode == "webhook" and not self.public_url:
            raise ValueError(
                f"{PREFIX}TELEGRAM_MODE=webhook needs {PREFIX}PUBLIC_URL: where Telegram finds this server"
            )
        if self.send_lease_seconds <= self.send_timeout_seconds:
            # A lease that ends before the send doubles messages without any crash.
            raise ValueError(f"{PREFIX}SEND_LEASE_SECONDS must be more than {PREFIX}SEND_TIMEOUT_SECONDS")
        return self

    @property
    def database_url(self) -> str:
        """The database as configured, or SQLite in the data folder. It may hold a password: never log it."""
        if self.database is not None:
            return self.database.get_secret_value()
        return f"sqlite:///{self.data_dir.absolute() / DATABASE_NAME}"

    @property
    def files_dir(self) -> Path:
        """Where the content store keeps uploaded files."""
        return self.data_dir / "files"

    @property
    def max_upload_bytes(self) -> int:
        return self.max_upload_mb * 1024 * 1024

    def clock(self) -> OfficeClock:
        """The office's clock: real, or started at ``DONDOC_NOW`` (without an offset it is taken in the office's zone)."""
        return OfficeClock(self.timezone, self.now)

    def secrets(self) -> Iterator[str]:
        """Every value that must never be shown."""
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, SecretStr) and name != "database":
                yield value.get_secret_value()
        try:
            password = urlsplit(self.database_url).password
        except ValueError:  # no URL that Python can take apart: then all of it is hidden
            yield self.database_url
            return
        if password:
            yield password
            yield unquote(password)


def load_settings(**overrides: Any) -> Settings:
    """The settings of this process; ``overrides`` win over the environment. Raises BadSettings."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        raise BadSettings("; ".join(_complaint(entry) for entry in error.errors(include_url=False))) from None
    except SourceError as error:
        raise BadSettings(str(error).splitlines()[0]) from None
    except UnicodeDecodeError:
        raise BadSettings(".env is not in UTF-8") from None
    except OSError as error:
        raise BadSettings(f".env cannot be read: {error.strerror}") from None


def demo_settings(data_dir: Path | None = None) -> Settings:
    """Settings of the demo: no token and no database but SQLite in a folder of its own, whatever the environment holds.

    The folder is "demo" in the data folder unless ``data_dir`` names it. Raises BadSettings.
    """
    live = {name: None for name, field in Settings.model_fields.items() if field.default is None and name != "now"}
    demo: dict[str, Any] = {**live, "telegram_mode": "polling"}
    if data_dir is None:
        data_dir = load_settings(**demo).data_dir / DEMO_FOLDER
    return load_settings(**{**demo, "data_dir": data_dir})


def names() -> frozenset[str]:
    """The environment's names that mean something here."""
    fields = Settings.model_fields.items()
    return frozenset(str(field.validation_alias or f"{PREFIX}{name.upper()}") for name, field in fields)


def _complaint(entry: Any) -> str:
    where = ".".join(str(part) for part in entry["loc"])
    kind, context = entry["type"], entry.get("ctx", {})
    if not where:
        return str(context.get("error", entry["msg"]))
    name = where if where.startswith(PREFIX) else f"{PREFIX}{where.upper()}"
    if name == f"{PREFIX}NOW":
        return f"{name} must be an ISO instant such as 2024-06-19T07:00+07:00"
    if kind == "value_error":
        return f"{name} {context['error']}"
    if kind == "string_pattern_mismatch":
        return f"{name} must be a URL that begins with http:// or https://"
    if kind == "literal_error":
        return f"{name} must be {context['expected']}"
    if kind.startswith("zoneinfo"):
        return f"{name} must be a time zone such as Asia/Ho_Chi_Minh"
    return f"{name}: {entry['msg'].lower()}"
