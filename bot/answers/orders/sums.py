"""Sums of money: what goes back or is paid for all that was done in a conversation, with what is proposed; what things cost together."""

from __future__ import annotations

from decimal import Decimal
from typing import List, Sequence

from bot.answers.orders.case import BACK
from bot.answers.orders.proof import asker
from bot.answers.orders.words import money
from bot.answers.turn import Turn
from bot.store.support_models import PROPOSED
from bot.support.gateway import Order
from bot.support.naming import titles_in
from bot.support.orders import Orders
from bot.understanding.support import YES

OF_BACK = frozenset({"refund", "back", "save", "saved"})
OF_PAYING = frozenset({"pay", "owe", "charged"})
TOTAL = frozenset({"total", "sum", "altogether", "overall"})


def asks(words: Sequence[str]) -> bool:
    """Whether words ask for a sum of what is done, not for an order's."""
    said = set(words)
    return bool(OF_BACK & said) or bool(OF_PAYING & said and TOTAL & said)


def of_done(turn: Turn, orders: Orders) -> str:
    """What goes back or is paid for everything that was done in this conversation, where that are several amounts."""
    amounts = _done(turn, orders)
    return _said(turn, orders, "", sum(amounts, Decimal(0))) if len(amounts) > 1 else ""


def so_far(turn: Turn, orders: Orders) -> str:
    """The same where it is asked for, also of one, and what it would be with what waits for a yes."""
    amounts, proposed = _done(turn, orders), _proposed(turn, orders)
    done = sum(amounts, Decimal(0))
    parts = [_said(turn, orders, "", done)] if amounts else []
    if proposed is not None:
        parts.append(_said(turn, orders, "with_" if amounts else "proposed_", done + proposed))
    return " ".join(part for part in parts if part) or turn.say("nothing_back_yet")


def of_things(turn: Turn, words: Sequence[str], orders: Sequence[Order]) -> List[str]:
    """What the things cost together that words name in these orders, where they ask for that."""
    if not TOTAL & set(words):
        return []
    titles = list(dict.fromkeys(one.title for one in titles_in([line.title for order in orders for line in order.lines], words)))
    found: List[str] = []
    for title in titles:
        lines = [line for order in orders for line in order.lines if line.title == title]
        if sum(line.quantity for line in lines) > 1:
            total = sum((line.price * line.quantity for line in lines), Decimal(0))
            found.append(turn.say("sum_of_things", item=title, sum=money(total, orders[0].currency)))
    return found


def _done(turn: Turn, orders: Orders) -> List[Decimal]:
    """The amounts of what was done: back, or less than nothing what is paid."""
    found: List[Decimal] = []
    for one in orders.requests.done_of(turn.sender):
        paid = Decimal(one.result.get("paid") or 0)
        found += [Decimal(amount) for amount, _ in one.result.get("refunds", ())] + ([-paid] if paid else [])
    return found


def _proposed(turn: Turn, orders: Orders) -> Decimal | None:
    """What the request that waits for a yes would give back; None where none waits, or no money moves."""
    pointer = turn.memory.request
    if pointer is None or pointer.awaits != YES:
        return None
    request = orders.requests.of(turn.sender, pointer.id)
    back = Decimal(str(request.details.get(BACK) or 0)) if request is not None and request.state == PROPOSED else Decimal(0)
    return back or None


def _said(turn: Turn, orders: Orders, with_what: str, amount: Decimal) -> str:
    found = orders.proving.orders_of(asker(turn))
    way = "back" if amount >= 0 else "pay"
    return turn.say(f"sum_{with_what}{way}", sum=money(abs(amount), found[0].currency)) if found else ""
