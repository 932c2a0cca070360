"""The services of questions to the shop's owner, by kind."""

from __future__ import annotations

from typing import Callable, Mapping

from bot.answers.answer import Answer
from bot.answers.shop.passing_on import pass_on
from bot.answers.shop.policy import say_policy
from bot.answers.shop.upset import INSULT, upset
from bot.answers.turn import Turn
from bot.understanding.decisions_shop import PASS_ON
from bot.understanding.topics import SHOP_TOPIC
from bot.understanding.upset import UPSET

POLICIES = (
    "authenticity", "cancel_order", "carrier", "change_order", "contact", "delivery_area", "delivery_cost", "delivery_time",
    "discount", "how_to_order", "human", "order_status", "payment", "refund", "report_problem", "return", SHOP_TOPIC,
)
SERVICES: Mapping[str, Callable[[Turn], Answer]] = {**dict.fromkeys(POLICIES, say_policy), UPSET: upset, INSULT: upset, PASS_ON: pass_on}
"""The shop's own policies, as its owner wrote them in `data/shop.yml`; and whoever is upset."""
