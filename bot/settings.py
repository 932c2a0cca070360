"""Every setting, read from the environment or a `.env` file beside it, checked once."""

from __future__ import annotations

import os
import re
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
WORKER = "GLASSKIN_WORKER"
"""In it a process tells those that it starts their numbers; nobody sets it."""
UNSAID = ("secret", "token", "url", "key")
"""Settings with one of these in the name may hold a password, so their values are never printed."""
SHORTEST_SECRET = 16
ENGINES = ("woocommerce", "shopify", "oscar", "vendure")
THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
SHORTEST_PAUSE_S = 60
GROUP_NUMBER = re.compile(r"-\d{2,18}")


class SettingsError(ValueError):
    """A setting cannot be used; the message is one line that names it, where it stands and what is wrong."""


def seconds_of(text: str) -> float:
    """The seconds of "90s", "15m", "2h" or "1d".

    Raises:
        ValueError: when it is none of these, or less than a minute.
    """
    number, unit = text.strip()[:-1], text.strip()[-1:].lower()
    if unit not in UNITS or not (number.isascii() and number.isdigit()):
        raise ValueError(f"{text!r} is no time, write it as 15m or 2h")
    seconds = int(number) * UNITS[unit]
    if seconds < SHORTEST_PAUSE_S:
        raise ValueError(f"{text!r} is too often, a minute is the least")
    return float(seconds)


class Settings(BaseSettings):
    """The assistant's settings. Each can be set by the environment variable of the same name in capitals."""

    host: str = Field("127.0.0.1", description="address the server listens on")
    port: int = Field(5005, ge=1, le=65535, description="port the server listens on")
    workers: int = Field(1, ge=1, le=64, description="processes that answer on this machine, at one port")
    database_url: str = Field("", description="the shop's database; empty for SQLite in var/")
    tracker_url: str = Field("", description="the conversations' database; empty for SQLite in var/")
    action_endpoint: Optional[str] = Field(None, description="address of a separate action server")
    knowledge: Path = KNOWLEDGE
    shop: Path = DATA / "shop.yml"
    models: Path = MODELS
    var: Path = ROOT / "var"
    shop_home: Optional[Path] = Field(None, description="folder of the owner's own files; empty for home/ in VAR")
    query_time_limit: float = Field(2.0, gt=0, description="seconds after which a question to the shop's database is stopped")
    longest_message: int = Field(6000, ge=1, description="most characters of a message")
    log_messages: bool = Field(True, description="a line of JSON for each message, without what was said")
    session_secret: str = Field("", description="key that signs web sessions; empty for one made and kept in var/")
    session_days: int = Field(90, ge=1, description="days that a web session can be continued")
    keep_days: int = Field(90, ge=0, description="days that conversations are kept after their last message; 0: for ever")
    web_origins: str = Field("", description="shop pages that may talk to the web channel, such as https://shop.com")
    trusted_proxies: int = Field(0, ge=0, description="own proxies in front that append to X-Forwarded-For")
    web_connections: int = Field(2000, ge=1, description="most open web connections")
    web_connections_per_address: int = Field(50, ge=1, description="most open web connections of one address")
    web_messages_per_minute: float = Field(30, gt=0, description="messages of one web session, on average")
    web_messages_per_minute_per_address: float = Field(240, gt=0, description="the same for one address")
    desk_session_hours: float = Field(12, gt=0, le=168, description="hours after which who does nothing at the desk is signed out")
    mail_address: str = Field("", description="the assistant's mailbox; empty: no mail goes out")
    mail_smtp_url: str = Field("", description="where mail goes out, such as smtps://user:password@host")
    mail_imap_url: str = Field("", description="where mail comes in, for staff who answer by mail, such as imaps://user:password@host")
    mail_staff: str = Field("", description="who of the staff answers by mail: Mina <mina@shop.com>, Joon <joon@shop.com>")
    mail_every: float = Field(10, ge=1, le=600, description="seconds after which the mailbox is looked at again")
    week_mail_to: str = Field("", description="who gets a mail on each week on Monday morning: Mina <mina@shop.com>; empty: nobody")
    desk_url: str = Field("", description="the desk's address as the staff open it, for links in mails, such as https://shop.com/desk/")
    desk_webhook_url: str = Field("", description="where a helpdesk of yours is told of hand-overs; empty: there is none")
    desk_webhook_secret: str = Field("", description="signs what goes to it and comes back")
    desk_webhook_staff: str = Field("", description="names of its staff, as customers read them: Mina, Joon")
    chatwoot_url: str = Field("", description="the inbox of Chatwoot in which the staff answer, such as https://chatwoot.example/app/accounts/1/inbox/IDENTIFIER; empty: they don't there")
    chatwoot_token: str = Field("", description="access token of the bot there")
    chatwoot_secret: str = Field("", description="webhook secret of the bot, which signs what Chatwoot posts")
    attachments: bool = Field(True, description="whether customers may send pictures")
    attachment_scanner: str = Field("", description="command that gets each picture as its input and ends with 0 for clean, 1 for harmful")
    label_reader: str = Field("tesseract", description="command that reads the letters on photos of labels, as Tesseract does; where it is not installed, or empty: they are not read")
    rest_keys: str = Field("", description="keys that programs on other machines send to REST, with blanks or commas between")
    metrics_key: str = Field("", description="the key that programs on other machines send to read /metrics")
    rest_messages_per_minute: float = Field(30, gt=0, description="messages of one REST sender, on average")
    rest_messages_per_minute_per_address: float = Field(1200, gt=0, description="the same for one address")
    telegram_token: str = Field("", description="the Telegram bot's token from @BotFather; empty: Telegram is off")
    telegram_webhook_url: str = Field("", description="public https address of this server; empty: updates are polled")
    telegram_secret: str = Field("", description="what Telegram sends along; empty for one made from the token")
    telegram_staff_group: str = Field("", description="number of the Telegram group in which the staff answer; empty: they don't there")
    telegram_messages_per_minute: float = Field(30, gt=0, description="messages of one person on Telegram, on average")
    telegram_api: str = Field("https://api.telegram.org", description="address of the Bot API server")

    engine_url: str = Field("", description="the shop's engine that orders are looked up in, such as woocommerce+https://shop.com; empty: the own order book")
    engine_key: str = Field("", description="the key that the engine made for the assistant")
    engine_events_secret: str = Field("", description="what the shop signs its events with; empty: none are taken")
    sync_url: str = Field("", description="https address of the shop's product file or feed, for `glasskin sync`")
    sync_every: str = Field("", description="how often the server looks at it, such as 15m; empty: never by itself")
    sync_private: bool = Field(False, description="whether it may lie in a private network, and without https")
    sync_keep_missing: bool = Field(False, description="whether products that it no longer names stay on sale")
    sync_megabytes: int = Field(200, ge=1, description="most MiB of the file")

    @validator("sync_every")
    def _pause(cls, value: str) -> str:  # noqa: N805 - pydantic hands the class
        if value:
            seconds_of(value)
        return value

    @validator("database_url", "tracker_url")
    def _address(cls, value: str) -> str:  # noqa: N805 - pydantic hands the class
        return _database_address(value)

    @validator("web_origins")
    def _origins(cls, value: str) -> str:  # noqa: N805 - pydantic hands the class
        for origin in listed(value):
            parts = urlsplit(origin.rstrip("/"))
            if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
                raise ValueError(f"{origin} is no origin, write scheme and host alone such as https://shop.example")
        return value

    @validator("engine_url")
    def _engine(cls, value: str) -> str:  # noqa: N805 - pydantic hands the class
        return _engine_address(value.strip())

    @validator("rest_keys")
    def _long_keys(cls, value: str) -> str:  # noqa: N805 - pydantic hands the class
        if any(len(key) < SHORTEST_SECRET for key in listed(value)):
            raise ValueError(f"each key needs at least {SHORTEST_SECRET} characters")
        return value

    @validator("telegram_staff_group")
    def _group(cls, value: str) -> str:  # noqa: N805 - pydantic hands the class
        if value and not GROUP_NUMBER.fullmatch(value):
            raise ValueError("a group's number is -100 and more digits; /group in the group tells it")
        return value

    @validator("session_secret", "engine_events_secret")
    def _long_enough(cls, value: str) -> str:  # noqa: N805 - pydantic hands the class
        if value and len(value) < SHORTEST_SECRET:
            raise ValueError(f"it needs at least {SHORTEST_SECRET} characters")
        return value

    @property
    def several_processes(self) -> bool:
        """Whether other processes may answer the same conversations: on this machine, or on others at the same PostgreSQL."""
        return self.workers > 1 or self.tracker_database.startswith("postgresql")

    @property
    def shop_database(self) -> str:
        """SQLAlchemy address of the shop's database."""
        return self.database_url or f"sqlite:///{self.var / 'shop.sqlite'}"

    @property
    def home(self) -> Path:
        """Folder of the owner's own files."""
        return self.shop_home or self.var / "home"

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


def worker_number() -> str:
    """The number of this process among those of its machine, the same after it was started again; empty where it is the only one."""
    return os.environ.get(WORKER, "")


def listed(value: str) -> list[str]:
    """The parts of a setting that is a list, with blanks or commas between."""
    return value.replace(",", " ").split()


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


def _engine_address(value: str) -> str:
    """Checks that it names an engine and a place: https, but for a shop on this machine.

    Raises:
        ValueError: when it does not.
    """
    engine, _, address = value.partition("+")
    if not value:
        return value
    if engine not in ENGINES:
        raise ValueError(f"write the engine in front, {' or '.join(ENGINES)}, as in {ENGINES[0]}+https://shop.example")
    parts = urlsplit(address)
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError(f"write it as {engine}+https://shop.example, and the key into ENGINE_KEY")
    if parts.scheme == "http" and parts.hostname not in THIS_MACHINE:
        raise ValueError("the key would go over the network in the clear, so it must be https")
    return value


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
