"""An errand: one thing that a customer wants done, for one order; and the desk: what errands are read by."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Dict, Mapping, Sequence

from bot.store.order_policy import OrderPolicy
from bot.support.gateway import Order, State
from bot.support.rules import Why, cancelling, changing_address, changing_items, changing_payment, exchanging, returning
from bot.understanding.requests import ADDRESS, CANCEL, ITEMS, PAYMENT, RETURN, RequestWords


@dataclass(frozen=True)
class Errand:
    """One thing to do: its kind, its words, its order ("" where the customer has to say which), and how many of which positions.
    `otherwise`: only where the one before is refused; `unknown`: an order number that none of theirs has; `among`: things of one name of which the
    customer has to say which."""

    kind: str
    text: str
    number: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)
    otherwise: bool = False
    unknown: str = ""
    among: Sequence[str] = ()

    def as_data(self) -> Dict[str, Any]:
        """As JSON can keep it."""
        return asdict(self)

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Errand:
        """What `as_data` wrote."""
        return cls(**data)


@dataclass(frozen=True)
class Desk:
    """What errands are read by: the orders that who asks may be told of, the owner's rules, the day, the words, what was
    answered to the question which is meant, and what was spoken of last: an order's number,
    the kind of request, and the words about it."""

    orders: Sequence[Order]
    policy: OrderPolicy
    today: date
    words: RequestWords
    hint: Sequence[str] = ()
    last: str = ""
    last_kind: str = ""
    topic: Sequence[str] = ()

    def allowed(self, order: Order, kind: str) -> bool:
        """Whether a thing of this kind can be done with an order at all."""
        if kind == CANCEL:
            return cancelling(order, self.policy).allowed
        if kind == ADDRESS:
            return changing_address(order, self.policy).allowed
        if kind == PAYMENT:
            return changing_payment(order, self.policy).allowed
        if kind == RETURN:
            return returning(order, self.policy, Why.UNWANTED, self.today).allowed
        if kind == ITEMS:
            return changing_items(order, self.policy).allowed or exchanging(order, self.policy, self.today).allowed
        return True


def is_open(order: Order) -> bool:
    """Whether an order has not left the shop."""
    return order.state in (State.OPEN, State.PACKED)
