"""Answers that the staff choose from: wording for them, and what the shop says on its topics and policies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.phrases import Phrases, capital
from bot.store.policies import Shop
from bot.understanding.topics import pack

PREFIX = "canned_"
MOST = 40


@dataclass(frozen=True)
class Canned:
    """An answer with the title that it is found by."""

    title: str
    text: str


class CannedAnswers:
    """All of them for a shop, which is asked anew each time, as what of its words may be said can change."""

    def __init__(self, phrases: Phrases, shop: Callable[[], Shop]) -> None:
        self._phrases, self._shop = phrases, shop

    def found(self, words: str, name: str) -> list[Canned]:
        """Those with all of these words, filled for who answers: wording for the staff first. Reads files the first time."""
        wanted, shop = words.casefold().split(), self._shop()
        answers = [*self._wording(name, shop.name), *_of_shop(shop, self._topic_names)]
        fitting = [one for one in answers if all(word in f"{one.title} {one.text}".casefold() for word in wanted)]
        return fitting[:MOST]

    def _wording(self, name: str, shop: str) -> Iterator[Canned]:
        for key in sorted(self._phrases.keys):
            if key.startswith(PREFIX):
                yield Canned(_title(key.removeprefix(PREFIX)), self._phrases.say(key, name=name, shop=shop))

    @cached_property
    def _topic_names(self) -> Mapping[str, str]:
        return {key: topic.name for key, topic in pack()[0].items()}


def _of_shop(shop: Shop, names: Mapping[str, str]) -> Iterator[Canned]:
    """What the shop says by itself. Where the staff must look into it, the words are the assistant's own and no answer."""
    for key, policy in shop.policies.items():
        if not policy.hand_over:
            yield Canned(_title(key), policy.say)
    for key, topic in shop.topics.items():
        if topic.say and not topic.hand_over:
            yield Canned(_title(topic.name or names.get(key) or key), topic.say)


def _title(key: str) -> str:
    return capital(key.replace("_", " "))
