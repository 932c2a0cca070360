"""What else is asked in a message that a person must see to first: the gravest goes in front, and nothing of the rest is dropped."""

from __future__ import annotations

from dataclasses import replace
from typing import List

from bot.answers.shop import delivery
from bot.answers.shop.contact import sends_to_staff
from bot.answers.shop.topics import DELETE_DATA, PLAINLY, PRIVACY, topic_text
from bot.answers.turn import Turn
from bot.understanding.asked import Found
from bot.understanding.frame import kind_of_intent
from bot.understanding.topics import SHOP_TOPIC

MOST = 2
LEAST_SURE = 0.4
OF_DATA = frozenset({DELETE_DATA, PRIVACY, "close_account"})


def erasing_beside(turn: Turn, found: Found | None) -> str:
    """That what the shop keeps of the customer is deleted by its staff, where that is wanted beside another question; empty where it is not."""
    frame = turn.frame
    wants = frame.has("wants_data_erased") and not frame.has("keeps_it") and not (found and found.name in OF_DATA)
    return turn.say("deletion_first") if wants else ""


def asked_in_words(turn: Turn) -> List[str]:
    """What the shop says on what is asked in plain words beside something grave; no rule that its staff would have to apply."""
    topics, shop = turn.resources.topics, turn.resources.shop
    texts = [_of_countries(turn)]
    for one in topics.all(replace(turn.frame, meant=())):
        said, topic = shop.topics.get(one.name), topics.entries[one.name]
        text = said.say if said is not None and not said.hand_over else None
        plain = bool(text) and not sends_to_staff(text or "")
        if one.span >= PLAINLY and one.name not in OF_DATA and topic.kind == SHOP_TOPIC and plain:
            texts.append(topic_text(turn, one))
    return [text for text in texts if text][:MOST]


def _of_countries(turn: Turn) -> str:
    asked = any(kind_of_intent(name) == delivery.AREA and share >= LEAST_SURE for name, share in turn.frame.ranking)
    return delivery.named_countries(turn) if asked else ""
