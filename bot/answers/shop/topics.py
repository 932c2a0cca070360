"""Questions narrower than a policy ("gift cards"), by the owner's own words for them."""

from __future__ import annotations

from typing import List, Sequence, Tuple

from bot.answers.shop.contact import briefly
from bot.answers.shop.matching import topics_in
from bot.answers.turn import Turn
from bot.store.policies import Shop, Topic
from bot.store.text import words
from bot.understanding.frame import Frame
from bot.understanding.memory import Memory

MOST_TOPICS = 2


def topics_asked(frame: Frame, memory: Memory, shop: Shop) -> List[Topic]:
    """The narrower questions that a question asks, also where it goes on with a policy said before; at most two."""
    talk = [*words(frame.text), *memory.shown.policy.split("_")]
    return topics_in(shop, said(frame), talk)[:MOST_TOPICS]


def topics_text(turn: Turn, topics: Sequence[Topic]) -> str:
    """The shop's words on narrower questions; plainly that it has not said, with its staff, where it has not."""
    lines = [one.say or turn.say("topic_not_said", topic=one.name) for one in topics]
    asks_staff = any(one.say is None or one.hand_over for one in topics)
    return " ".join([*lines, *([briefly(turn)] if asks_staff else [])])


def said(frame: Frame) -> Tuple[str, ...]:
    """The words of the question as the owner's words are compared with them."""
    return tuple(words(" ".join(frame.words)))
