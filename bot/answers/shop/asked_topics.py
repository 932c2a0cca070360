"""Finds the topics that a shop is asked for: those of the starter pack and its own."""

from __future__ import annotations

from typing import Dict

from bot.store.policies import Shop, ShopError
from bot.store.policies import Topic as Said
from bot.understanding.asked import AskedFinder
from bot.understanding.topics import SHOP_TOPIC, Topic, finder, pack

OF_AN_OWN = ("asked", "turned", "unless", "takes", "leaves")


def shop_topics(shop: Shop) -> AskedFinder[Topic]:
    """The finder of a shop's topics.

    Raises:
        ShopError: when a topic of its own has no name or no phrases.
        AskedError: when a phrase cannot be read.
    """
    return finder({name: _own(name, shop.topics[name]) for name in own_topics(shop)})


def own_topics(shop: Shop) -> list[str]:
    """The names of the topics that are none of the starter pack."""
    known, *_ = pack()
    return [name for name in shop.topics if name not in known]


def unsaid_topics(found: Shop, topics: AskedFinder[Topic]) -> list[str]:
    """The topics that the owner has not answered and that no policy of theirs answers."""
    said = {name for name, topic in found.topics.items() if topic.say}
    by_policy = {name for name, topic in topics.entries.items() if topic.kind != SHOP_TOPIC and found.policy(topic.kind)}
    return [name for name in topics.entries if name not in said | by_policy]


def _own(name: str, said: Said) -> Topic:
    if not said.name or not said.asked:
        raise ShopError(f"topics.{name} is none of the starter pack: give it a name and, under asked, the phrases by which people ask it.")
    fields: Dict[str, object] = {one: getattr(said, one) for one in OF_AN_OWN}
    return Topic.parse_obj({"name": said.name, **fields})
