"""To which of a customer's ways to pay money goes, or from which it comes, as they say it and the owner allows it."""

from __future__ import annotations

from decimal import Decimal
from typing import List, Sequence

from bot.answers.orders.case import Case
from bot.store.order_policy import RefundTo
from bot.support.gateway import Customer
from bot.support.variants import Method
from bot.understanding.said import holds, plain

GIFT_CARD, ORIGINAL, OTHER = "gift_card", "original", "other"
KEY = "method"


def customer_of(case: Case) -> Customer | None:
    """The customer of the order, where who asks proved to be them and the shop keeps such things."""
    return case.orders.proving.customer(case.asker) or (case.orders.gateway.customer(case.order.customer) if case.shows_items and case.order.customer else None)


def named(case: Case, customer: Customer | None) -> List[Method]:
    """The ways that the message names, of those that the customer keeps."""
    words = plain(case.text)
    kinds = case.turn.resources.request_words.named(words, "methods")
    if customer is None or not kinds:
        return []
    exactly = [one for one in customer.methods if _said(one, words)]
    if exactly:
        return exactly
    original = customer.method(case.order.paid_with)
    found: List[Method] = []
    for kind in kinds:
        if kind == ORIGINAL:
            found += [original] if original else []
        elif kind == OTHER:
            same_kind = [one for one in customer.methods if one != original and original is not None and one.kind == original.kind]
            found += same_kind or [one for one in customer.methods if one != original]
        else:
            found += [one for one in customer.methods if one.kind == kind]
    return list(dict.fromkeys(found))


def unknown_kind(case: Case, customer: Customer | None) -> bool:
    """Whether the message names a way to pay, and the customer keeps none of that kind."""
    kinds = [one for one in case.turn.resources.request_words.named(plain(case.text), "methods") if one not in (ORIGINAL, OTHER)]
    return bool(kinds) and customer is not None and not named(case, customer)


def may_get(case: Case, method: Method) -> bool:
    """Whether a refund of this order may go there."""
    allowed = case.orders.policy.returns.refund_to
    return (
        (RefundTo.ORIGINAL in allowed and method.key == case.order.paid_with)
        or (RefundTo.GIFT_CARD in allowed and method.kind == GIFT_CARD)
        or RefundTo.KEPT in allowed
    )


def covers(method: Method, amount: Decimal) -> bool:
    """Whether there is enough on it, where it holds money."""
    return method.balance is None or method.balance >= amount


def _said(method: Method, words: Sequence[str]) -> bool:
    """Whether words say this very one: its brand or its last digits."""
    label = [word for word in plain(method.label) if word not in ("card", "gift", "credit", "ending", "account")]
    return any(holds(words, (word,)) >= 0 for word in label) and method.kind != GIFT_CARD
