"""What actions work with, loaded on first use and kept for the life of the process."""

from __future__ import annotations

from functools import lru_cache

from bot.rules.knowledge import Knowledge, load
from bot.rules.labelling import LabelReader
from bot.settings import settings
from bot.store.database import Database
from bot.store.policies import Shop, load_shop


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """The skincare knowledge."""
    return load(settings().knowledge)


@lru_cache(maxsize=1)
def label_reader() -> LabelReader:
    """Reads labels with the names of the knowledge."""
    return LabelReader(knowledge())


@lru_cache(maxsize=1)
def shop() -> Shop:
    """The shop's own policies."""
    return load_shop(settings().shop)


@lru_cache(maxsize=1)
def database() -> Database:
    """The shop's database."""
    return Database(settings().shop_database, settings().query_time_limit)
