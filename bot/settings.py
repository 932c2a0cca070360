"""Every setting, read from the environment or a `.env` file beside it, checked once."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Optional
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import BaseSettings, Field, ValidationError, validator

from bot.nearest import nearest
from bot.paths import DATA, KNOWLEDGE, MODELS, ROOT

DOTENV = ROOT / ".env"
ENVIRONMENT_ONLY = ("GLASSKIN_TENSORFLOW",)
"""Read by parts that start before any file is read."""
UNSAID = ("secret", "token", "url", "key")
"""Settings with one of these in the name may hold a password, so their values are never printed."""
SHORTEST_SECRET = 16


class SettingsError(ValueError):
    """A setting cannot be used; the message is one line that names it, where it stands and what is wrong."""


class Settings(BaseSettings):
    """The assistant's settings. Each can be set by the environment variable of the same name in capitals."""

    host: str = Field("127.0.0.1", description="address the server listens on")
    port: int = Field(5005, ge=1, le=65535, description="port the server listens on")
    database_url: str = Field("", description="the shop's database; empty for SQLite in var/")
    tracker_url: str = Field("", description="the conversations' database; empty for SQLite in var/")
    action_endpoint: Optional[str] = Field(None, description="address of a separate action server")
    knowledge: Path = KNOWLEDGE
    shop: Path = DATA / "shop.yml"
    models: Path = MODELS
    var: Path = ROOT / "var"
    query_time_limit: float = Field(2.0, gt=0, description="seconds after which a question to the shop's database is stopped")
    longest_message: int = Field(6000, ge=1, description="most characters of a message")
    session_secret: str = Field("", description="key that signs web sessions; empty for one made and kept in var/")
    session_days: int = Field(90, ge=1, description="days that a web session can be continued")
    web_origins: str = Field("", description="shop pages that may talk to the web channel, such as https://shop.com")
    trusted_proxies: int = Field(0, ge=0, description="own proxies in front that append to X-Forwarded-For")
    web_connections: int = Field(2000, ge=1, description="most open web connections")
    web_connections_per_address: int = Field(50, ge=1, description="most open web connections of one address")
    web_messages_per_minute: float = Field(30, gt=0, description="messages of one web session, on average")
    web_messages_per_minute_per_address: float = Field(240, gt=0, description="the same for one address")
    telegram_token: str = Field("", description="the Telegram bot's token from @BotFather; empty: Telegram is off")
    telegram_webhook_url: str = Field("", description="public https address of this server; empty: updates are polled")
    telegram_secret: str = Field("", description="what Telegram sends along; empty for one made from the token")
    telegram_api: str = Field("https://api.telegram.org", description="address of the Bot API server")

    @validator("database_url", "tracker_url")
    def _address(cls, value: str) -> str:  # noqa: N805 - pydantic hands the class
        return _database_address(value)

    @validator("web_origins")
    def _origins(cls, value: str) -> str:  # noqa: N805 - pydantic hands the class
        for origin in value.replace(",", " ").split():
            parts = urlsplit(origin.rstrip("/"))
            if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
                raise ValueError(f"{origin} is no origin, write scheme and host alone such as https://shop.example")
        return value

    @validator("session_secret")
    def _long_enough(cls, value: str) -> str:  # noqa: N805 - pydantic hands the class
        if value and len(value) < SHORTEST_SECRET:
            raise ValueError(f"it needs at least {SHORTEST_SECRET} characters")
        return value

    @property
    def shop_database(self) -> str:
        """SQLAlchemy address of the shop's database."""
        return self.database_url or f"sqlite:///{self.var / 'shop.sqlite'}"

    @property
    def product_names(self) -> Path:
        """File of the shop's product names, for the understanding of messages."""
        return self.var / "product_names.tsv"

    @property
    def tracker_database(self) -> str:
        """SQLAlchemy address of the conversations' database."""
        return self.tracker_url or f"sqlite:///{self.var / 'conversations.sqlite'}"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: naming the setting that cannot be used, or one in .env that is probably misspelt.
    """
    written = dotenv_values(DOTENV)
    misspelt = [(key, meant) for key in unknown_names(written) if (meant := nearest(key, known_names()))]
    for key, meant in misspelt:
        raise SettingsError(f"{key} in .env is no setting. Did you mean {meant}? docs/settings.md lists them all.")
    chosen = {key.lower(): value for key, value in written.items() if value is not None and _counts(key)}
    try:
        return Settings(**chosen)
    except ValidationError as error:
        raise SettingsError(_told(error, frozenset(chosen))) from None


def known_names() -> list[str]:
    """Every setting, as it is written in the environment or .env."""
    return [name.upper() for name in Settings.__fields__]


def unknown_names(written: Iterable[str]) -> list[str]:
    """Those names that are no setting; what Rasa, Sanic or Docker Compose read is theirs to know."""
    known = {*known_names(), *ENVIRONMENT_ONLY}
    others = ("RASA_", "SANIC_", "COMPOSE_", "POSTGRES_", "GLASSKIN_TEST_")
    return [name for name in written if name.upper() not in known and not name.upper().startswith(others)]


def unread_settings() -> list[str]:
    """What stands in .env without any effect, a line each."""
    lines = []
    for name in dotenv_values(DOTENV):
        if name in ENVIRONMENT_ONLY:
            lines.append(f".env: {name} is read from the environment only: export it before the start.")
    return lines + [f".env: {name} is no setting: nothing reads it." for name in unknown_names(dotenv_values(DOTENV))]


def _counts(key: str) -> bool:
    """Whether a line of .env says something that the environment does not."""
    return key.lower() in Settings.__fields__ and key not in os.environ and key.lower() not in os.environ


def _told(error: ValidationError, from_file: frozenset[str]) -> str:
    first = error.errors()[0]
    name = str(first["loc"][0])
    value = os.environ.get(name.upper(), os.environ.get(name, dotenv_values(DOTENV).get(name.upper())))
    given = name.upper() if any(part in name for part in UNSAID) or value is None else f"{name.upper()}={value}"
    where = ".env" if name in from_file else "the environment"
    what = Settings.__fields__[name].field_info.description
    return f"{given} in {where} cannot be used: {first['msg']}" + (f" ({what})." if what else ".")


def _database_address(value: str) -> str:
    """Checks that SQLAlchemy can use the address.

    Raises:
        ValueError: when it cannot, or knows how to but the schema was never tried there.
    """
    if not value:
        return value
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        kind = make_url(value).get_backend_name()
    except (ArgumentError, ValueError):
        kind = ""
    if kind not in ("sqlite", "postgresql"):
        raise ValueError("write an address such as postgresql://user:password@host/shop or sqlite:////folder/shop.sqlite")
    return value
