"""What the shop says, from the project's file and the owner's own, read anew when one of them changes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.answers.shop.asked_topics import shop_topics
from bot.home.folder import SHOP
from bot.home.fresh import Fresh
from bot.store.policies import Shop, ShopError, load_own_words, load_shop
from bot.understanding.asked import AskedError, AskedFinder
from bot.understanding.topics import Topic


@dataclass(frozen=True)
class ShopWords:
    """A shop's words, and what finds the topics that it is asked for."""

    shop: Shop
    topics: AskedFinder[Topic]

    @classmethod
    def of(cls, shop: Shop) -> ShopWords:
        """The words of a shop.

        Raises:
            ShopError, AskedError: see `shop_topics`.
        """
        return cls(shop, shop_topics(shop))


@dataclass(frozen=True)
class ShopFiles:
    """The files' content: as it stands there, and what of it is the owner's own where the rest is the sample's."""

    as_it_stands: ShopWords
    path: Path
    home: Path

    @cached_property
    def own(self) -> ShopWords:
        """The owner's own words.

        Raises:
            ShopError, AskedError: see `shop_topics`.
        """
        return ShopWords.of(load_own_words(self.path, self.home))


def shop_files(path: Path, home: Path) -> Fresh[ShopFiles]:
    """The shop's words, always as the files are.

    Args:
        path: the project's file.
        home: the folder of the owner's own.
    """
    return Fresh((path, home / SHOP), lambda: ShopFiles(ShopWords.of(load_shop(path, home)), path, home), (ShopError, AskedError))
