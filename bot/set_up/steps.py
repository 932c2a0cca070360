"""The steps of a set-up at the desk: which questions are asked together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from bot.set_up.draft import Draft
from bot.set_up.questions import QUESTIONS, Question

BY_KEY: Mapping[str, Question] = {one.key: one for one in QUESTIONS}


class How(str, Enum):
    """How far a step is."""

    DONE = "done"
    BEGUN = "begun"
    LEFT = "left"


def how(done: int, of: int) -> How:
    """How far a step is of which so many parts are done."""
    return How.DONE if done >= of else How.BEGUN if done else How.LEFT


@dataclass(frozen=True)
class Asked:
    """A step of questions: its name in addresses, its title, and their places in `shop.yml`."""

    name: str
    title: str
    keys: Sequence[str]

    @property
    def questions(self) -> Sequence[Question]:
        """Its questions."""
        return [BY_KEY[key] for key in self.keys]

    def done(self, draft: Draft) -> int:
        """How many of them are answered, or left out on purpose."""
        return sum(draft.is_answered(key) for key in self.keys)


def _policies(*kinds: str) -> list[str]:
    return [f"policies.{kind}.say" for kind in kinds]


ASKED: Sequence[Asked] = (
    Asked("shop", "Your shop", ["name", "about", "currency", "contact.email", "contact.phone", "contact.hours", "contact.address"]),
    Asked("delivery", "Delivery", ["delivers_to", *_policies("delivery_area", "delivery_time", "delivery_cost", "carrier")]),
    Asked("returns", "Returns and help", _policies("return", "refund", "report_problem", "order_status", "cancel_order", "change_order")),
    Asked("payment", "Payment and ordering", ["pays_with", *_policies("payment", "how_to_order", "discount", "authenticity")]),
)
