"""The services of questions to the shop's owner, by kind."""

from __future__ import annotations

from typing import Callable, Mapping

from bot.answers.answer import Answer
from bot.answers.shop.policy import TOPIC, say_policy
from bot.answers.turn import Turn

POLICIES = (
    "authenticity", "cancel_order", "carrier", "change_order", "contact", "delivery_area", "delivery_cost", "delivery_time",
    "discount", "how_to_order", "human", "order_status", "payment", "refund", "report_problem", "return", TOPIC,
)
SERVICES: Mapping[str, Callable[[Turn], Answer]] = dict.fromkeys(POLICIES, say_policy)
