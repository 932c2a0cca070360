"""Every setting, read from the environment or a `.env` file beside it, checked once."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Optional

from dotenv import dotenv_values
from pydantic import BaseSettings, Field

from bot.paths import DATA, KNOWLEDGE, MODELS, ROOT


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
        pydantic.ValidationError: naming the setting that cannot be used.
    """
    return Settings(**{key.lower(): value for key, value in _dotenv().items() if value is not None})


def _dotenv() -> dict[str, Optional[str]]:
    known = set(Settings.__fields__)
    return {
        key: value
        for key, value in dotenv_values(ROOT / ".env").items()
        if key.lower() in known and key not in os.environ and key.lower() not in os.environ
    }
