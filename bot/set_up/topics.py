"""The narrower questions that every shop is asked, in the groups of their files, and how an owner's answer to one is checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Optional

import yaml

from bot.set_up.draft import Draft
from bot.set_up.questions import AnswerError, said
from bot.understanding.topics import FOLDER, SHOP_TOPIC, Topic, pack

SAYS_IT_TWICE = ("yes", "no")
TITLES: Mapping[str, str] = {
    "account": "Accounts", "billing": "Prices, invoices and ways to pay", "delivery": "Delivery", "discounts": "Discounts and codes", "orders": "Orders",
    "returns": "Returns", "shop": "The shop",
}  # fmt: skip


@dataclass(frozen=True)
class Group:
    """Topics that are asked together: the group's name in addresses, its title, the topics by their names."""

    name: str
    title: str
    topics: Mapping[str, Topic]


@lru_cache(maxsize=1)
def topic_groups() -> Sequence[Group]:
    """The topics of the starter pack, a group for each of its files.

    Raises:
        AskedError: when they cannot be used.
    """
    known = pack()[0]
    groups = []
    for path in sorted(FOLDER.glob("[!_]*.yml")):
        names = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        groups.append(Group(path.stem, TITLES.get(path.stem, path.stem.capitalize()), {name: known[name] for name in names if name in known}))
    return groups


def place(name: str) -> str:
    """Where a topic's answer stands in `shop.yml`."""
    return f"topics.{name}"


def answer_of(draft: Draft, name: str) -> Mapping[str, Any]:
    """What is said on a topic, empty for nothing."""
    found = draft.value(place(name))
    return found if isinstance(found, Mapping) and found.get("say") else {}


def is_said(draft: Draft, name: str, topic: Topic) -> bool:
    """Whether the shop has words on a topic, be it a policy that is for it."""
    return bool(answer_of(draft, name)) or by_policy(draft, topic)


def by_policy(draft: Draft, topic: Topic) -> bool:
    """Whether a policy answers it."""
    return topic.kind != SHOP_TOPIC and draft.value(f"policies.{topic.kind}.say") is not None


def begins_with_yes_or_no(say: Optional[str]) -> bool:
    """Whether words begin with what a plain answer says already."""
    first = (say or "").lower().replace(",", " ").replace(".", " ").split()[:1]
    return bool(first) and first[0] in SAYS_IT_TWICE


def topic_answer(say: str, answer: str, hand_over: bool) -> Optional[Mapping[str, Any]]:
    """An owner's answer as it stands in `shop.yml`; None where nothing is said.

    Args:
        say: their words.
        answer: "yes", "no" or empty.
        hand_over: whether the staff must look into it.

    Raises:
        AnswerError: they cannot be used.
    """
    words = said(say)
    if not words:
        if answer:
            raise AnswerError("Say it in a sentence too; yes or no goes before it.")
        return None
    if answer and begins_with_yes_or_no(words):
        raise AnswerError("Leave out the first word: yes or no is put before it already.")
    return {"answer": {"yes": True, "no": False}.get(answer), "say": words, "hand_over": True if hand_over else None}
