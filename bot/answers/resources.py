"""What services work with: the knowledge, the shop and its database, the wording; loaded on first use and kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.answers.products.item import Items
from bot.answers.wording import Wording
from bot.phrases import phrases
from bot.rules.knowledge import Knowledge, load
from bot.rules.labelling import LabelReader
from bot.settings import Settings, settings
from bot.store.database import Database
from bot.store.policies import Shop, load_shop


@dataclass(frozen=True)
class Resources:
    """Everything that answers rest on, by the settings' places."""

    chosen: Settings

    def ready(self) -> None:
        """Loads what the first message would wait for."""
        self.knowledge.names_in_text, self.labels, self.wording, self.shop  # noqa: B018 - loaded by being asked for

    @cached_property
    def knowledge(self) -> Knowledge:
        """The skincare knowledge."""
        return load(self.chosen.knowledge)

    @cached_property
    def labels(self) -> LabelReader:
        """Reads labels with the names of the knowledge."""
        return LabelReader(self.knowledge)

    @cached_property
    def items(self) -> Items:
        """Reads the shop's rows as the rules see them."""
        return Items(self.knowledge, self.labels)

    @cached_property
    def shop(self) -> Shop:
        """The shop's own policies."""
        return load_shop(self.chosen.shop)

    @cached_property
    def database(self) -> Database:
        """The shop's database."""
        return Database(self.chosen.shop_database, self.chosen.query_time_limit)

    @cached_property
    def wording(self) -> Wording:
        """The assistant's wording."""
        return Wording(phrases(), self.knowledge)


@lru_cache(maxsize=1)
def resources() -> Resources:
    """The resources of this process."""
    return Resources(settings())
